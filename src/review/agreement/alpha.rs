//! Krippendorff's α for what people say of the same thing: the attributes of matched tags.
//!
//! Krippendorff 2011, Computing Krippendorff's alpha-reliability; Krippendorff 2018, Content Analysis, 4th ed., ch. 12. Any number
//! of people, any of whom may have no value for a unit; a unit with fewer than two values says nothing of agreement.

use super::figure::{Counts, Figure, Undefined};
use super::interval::Bootstrap;

/// How far apart two values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// The same or not: kinds, responsible bodies, anything from a list without an order.
    Nominal,
    /// By how many of the values given lie between them: the strength of a commitment.
    Ordinal,
    /// By their difference: years.
    Interval,
    /// By their difference against their sum: quantities, whose unit does not matter. There are no ratios below zero, where
    /// two values of one size would be the same.
    Ratio,
}

impl Metric {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Nominal, Self::Ordinal, Self::Interval, Self::Ratio];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
            Self::Ratio => "ratio",
        }
    }

    fn distance(self, one: f64, other: f64) -> f64 {
        let difference = one - other;
        match self {
            Self::Nominal => f64::from(u8::from(one != other)),
            Self::Ordinal | Self::Interval => difference * difference,
            Self::Ratio if one + other == 0.0 => 0.0,
            Self::Ratio => (difference / (one + other)).powi(2),
        }
    }
}

/// The values that people gave to units.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    metric: Metric,
    coders: u32,
    /// Every value once, ascending.
    domain: Vec<f64>,
    /// The values given to each unit, as their numbers in the domain.
    units: Vec<Vec<usize>>,
}

impl Ratings {
    /// So many people, and a row for each unit with a value of each of them, none where it is missing. Values without a size of their own are
    /// numbered: in any way for [`Metric::Nominal`], in their order for [`Metric::Ordinal`]. A value that is no finite
    /// number is missing.
    pub fn new(metric: Metric, coders: u32, rows: &[Vec<Option<f64>>]) -> Self {
        // Adding zero makes one of the two zeros there are.
        let given = |row: &Vec<Option<f64>>| row.iter().flatten().filter(|it| it.is_finite()).map(|it| it + 0.0).collect::<Vec<f64>>();
        let given: Vec<Vec<f64>> = rows.iter().map(given).collect();
        let mut domain: Vec<f64> = given.iter().flatten().copied().collect();
        domain.sort_by(f64::total_cmp);
        domain.dedup();
        let number = |value: &f64| domain.binary_search_by(|known| known.total_cmp(value)).ok();
        let units = given.iter().map(|row| row.iter().filter_map(number).collect()).collect();
        Self { metric, coders, domain, units }
    }

    /// How many units there are, those with too few values included.
    pub const fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Whether a value has no place on the scale of the metric: ratios begin at zero.
    fn is_off_scale(&self) -> bool {
        self.metric == Metric::Ratio && self.domain.first().is_some_and(|least| *least < 0.0)
    }

    /// Krippendorff's α. With the ratio metric there is none where a value is below zero.
    pub fn alpha(&self) -> Figure {
        self.weighted(&vec![1_u32; self.units.len()])
    }

    /// Krippendorff's α with its interval over the units. With the ratio metric each resample compares all pairs of values
    /// there are; otherwise it takes a time in proportion to the units.
    pub fn alpha_within(&self, bootstrap: &Bootstrap) -> Figure {
        // Units that say nothing are not drawn: the interval is that of the units compared.
        let compared = Self { units: self.units.iter().filter(|unit| unit.len() >= 2).cloned().collect(), ..self.clone() };
        self.alpha().within(bootstrap.interval(compared.len(), |weights| compared.weighted(weights).value))
    }

    /// Krippendorff's α as if each unit was there so many times.
    pub fn weighted(&self, times: &[u32]) -> Figure {
        let mut counts = Counts { coders: self.coders, ..Counts::default() };
        let mut judgements = vec![0_u64; self.domain.len()];
        for (unit, times) in self.units.iter().zip(times) {
            let times = u64::from(*times);
            if unit.len() < 2 {
                counts.left_out += times;
                continue;
            }
            counts.compared += times;
            counts.agreed += if unit.iter().min() == unit.iter().max() { times } else { 0 };
            for value in unit {
                if let Some(count) = judgements.get_mut(*value) {
                    *count += times;
                }
            }
        }
        Figure::new(self.value(times, &judgements), counts)
    }

    fn value(&self, times: &[u32], judgements: &[u64]) -> Result<f64, Undefined> {
        if self.coders < 2 {
            return Err(Undefined::OneCoder);
        }
        match judgements.iter().filter(|count| **count > 0).count() {
            0 => return Err(Undefined::NothingShared),
            _ if self.is_off_scale() => return Err(Undefined::BelowZero),
            1 => return Err(Undefined::NoVariation),
            _ => {}
        }
        let scale = Scale::new(self.metric, &self.domain, judgements);
        let units = self.units.iter().zip(times).filter(|(unit, times)| unit.len() >= 2 && **times > 0);
        let observed: f64 = units.map(|(unit, times)| f64::from(*times) * scale.within(unit)).sum();
        let expected = scale.between_all();
        if expected > 0.0 { Ok(1.0 - observed * (scale.total() - 1.0) / expected) } else { Err(Undefined::NoVariation) }
    }
}

/// Where the values of a domain lie, as the metric measures their distance, and how often each was given.
struct Scale {
    metric: Metric,
    values: Vec<(f64, f64)>,
}

impl Scale {
    /// Ordinal values lie at their mean rank: the distance of two is how many judgements lie between them and half of those
    /// at either.
    fn new(metric: Metric, domain: &[f64], judgements: &[u64]) -> Self {
        let mut below = 0.0;
        let place = |(value, count): (&f64, &u64)| {
            let count = *count as f64;
            let rank = below + count / 2.0;
            below += count;
            (if metric == Metric::Ordinal { rank } else { *value }, count)
        };
        Self { metric, values: domain.iter().zip(judgements).map(place).collect() }
    }

    fn total(&self) -> f64 {
        self.values.iter().map(|(_, count)| count).sum()
    }

    /// The distances of all ordered pairs of the values of a unit, against how many others each has.
    fn within(&self, unit: &[usize]) -> f64 {
        let place = |value: &usize| self.values.get(*value).map_or(0.0, |(place, _)| *place);
        let mut sum = 0.0;
        for (at, one) in unit.iter().enumerate() {
            sum += unit.iter().skip(at + 1).map(|other| self.metric.distance(place(one), place(other))).sum::<f64>();
        }
        2.0 * sum / unit.len().saturating_sub(1) as f64
    }

    /// The distances of all ordered pairs of judgements there are.
    fn between_all(&self) -> f64 {
        let total = self.total();
        match self.metric {
            Metric::Nominal => total * total - self.values.iter().map(|(_, count)| count * count).sum::<f64>(),
            Metric::Ordinal | Metric::Interval => {
                let mean = self.values.iter().map(|(place, count)| place * count).sum::<f64>() / total;
                let squares = self.values.iter().map(|(place, count)| count * (place - mean).powi(2)).sum::<f64>();
                2.0 * total * squares
            }
            Metric::Ratio => {
                let given: Vec<&(f64, f64)> = self.values.iter().filter(|(_, count)| *count > 0.0).collect();
                let mut sum = 0.0;
                for (at, (one, count)) in given.iter().enumerate() {
                    let others = given.iter().skip(at + 1);
                    sum += count * others.map(|(other, count)| count * self.metric.distance(*one, *other)).sum::<f64>();
                }
                2.0 * sum
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column for each unit, a line for each person; a dot is missing.
    fn rows(lines: &[&str]) -> Vec<Vec<Option<f64>>> {
        let value = |line: &str, at: usize| line.chars().nth(at).and_then(|it| it.to_digit(10)).map(f64::from);
        let length = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
        (0..length).map(|at| lines.iter().map(|line| value(line, at)).collect()).collect()
    }

    fn close(figure: Figure, expected: f64, precision: f64) {
        let value = figure.value.unwrap();
        assert!((value - expected).abs() < precision, "{value}, not {expected}");
    }

    #[test]
    fn the_example_of_krippendorff() {
        // Krippendorff 2011, example C: four observers, twelve units.
        let rows = rows(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]);
        for (metric, expected) in Metric::ALL.into_iter().zip([0.743, 0.815, 0.849, 0.797]) {
            close(Ratings::new(metric, 4, &rows).alpha(), expected, 0.0006);
        }
        let counts = Ratings::new(Metric::Nominal, 4, &rows).alpha().counts;
        assert_eq!((counts.coders, counts.compared, counts.left_out), (4, 11, 1));
    }

    #[test]
    fn by_hand() {
        // Two people, values 1 1, 1 2, 2 2: observed 2 of 6, by chance 2 · 3 · 3 of 6 · 5.
        for metric in [Metric::Nominal, Metric::Interval, Metric::Ordinal] {
            close(Ratings::new(metric, 2, &rows(&["112", "122"])).alpha(), 1.0 - 5.0 * 2.0 / 18.0, 1e-12);
        }
    }

    #[test]
    fn where_there_is_none() {
        for metric in Metric::ALL {
            let reason = |lines: &[&str]| Ratings::new(metric, lines.len() as u32, &rows(lines)).alpha().undefined;
            assert_eq!(reason(&[]), Some(Undefined::OneCoder));
            assert_eq!(reason(&["123"]), Some(Undefined::OneCoder));
            assert_eq!(reason(&["1.3", ".2."]), Some(Undefined::NothingShared));
            assert_eq!(reason(&["", ""]), Some(Undefined::NothingShared));
            assert_eq!(reason(&["22.", "223"]), Some(Undefined::NoVariation));
            assert_eq!(reason(&["12", "12"]), None);
        }
    }

    #[test]
    fn what_is_no_number_is_missing() {
        let odd = [Some(f64::NAN), Some(f64::INFINITY), Some(1.0)];
        let ratings = Ratings::new(Metric::Interval, 3, &[odd.to_vec(), vec![Some(-0.0), Some(0.0), None]]);
        assert_eq!(ratings.alpha().counts, Counts { coders: 3, compared: 1, agreed: 1, left_out: 1 });
        assert_eq!(ratings.alpha().undefined, Some(Undefined::NoVariation));
        let large = Ratings::new(Metric::Interval, 2, &[vec![Some(f64::MAX), Some(f64::MIN)]]);
        assert_eq!(large.alpha().undefined, Some(Undefined::TooLarge));
    }

    #[test]
    fn below_zero_there_are_no_ratios() {
        let alpha = |metric, rows: &[Vec<Option<f64>>]| Ratings::new(metric, 2, rows).alpha();
        let opposite = [vec![Some(5.6), Some(-5.6)], vec![Some(1.0), Some(1.0)]];
        assert_eq!(alpha(Metric::Ratio, &opposite).undefined, Some(Undefined::BelowZero));
        assert!(alpha(Metric::Interval, &opposite).value.is_some_and(|value| value < 0.0), "they are far apart");
        assert_eq!(alpha(Metric::Ratio, &[vec![Some(-5.6), None]]).undefined, Some(Undefined::NothingShared));
        let from_zero = [vec![Some(0.0), Some(-0.0)], vec![Some(2.0), Some(0.0)]];
        assert!(alpha(Metric::Ratio, &from_zero).value.is_some());
        let drawn = Ratings::new(Metric::Ratio, 2, &opposite).alpha_within(&Bootstrap::seeded(5));
        assert_eq!((drawn.low, drawn.high), (None, None));
    }

    #[test]
    fn each_metric_has_a_key_of_its_own() {
        let keys: std::collections::BTreeSet<&str> = Metric::ALL.iter().map(|metric| metric.key()).collect();
        assert_eq!(keys.len(), Metric::ALL.len());
    }

    #[test]
    fn a_weight_is_a_unit_said_more_often() {
        for metric in Metric::ALL {
            let weighted = Ratings::new(metric, 3, &rows(&["1234", "1334", "22.4"])).weighted(&[2, 1, 0, 3]);
            let said = Ratings::new(metric, 3, &rows(&["112444", "113444", "222444"])).alpha();
            close(weighted, said.value.unwrap(), 1e-12);
        }
    }

    #[test]
    fn the_interval_holds_the_figure() {
        let rows = rows(&["12332141251313", "12332241253213"]);
        let figure = Ratings::new(Metric::Ordinal, 2, &rows).alpha_within(&Bootstrap::seeded(5));
        assert!(figure.low < figure.value && figure.value <= figure.high, "{figure:?}");
    }
}
