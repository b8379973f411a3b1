//! How sure a figure is: the 95 % bootstrap interval, drawn with a seed that is stored, so that it can be drawn again.
//!
//! The percentile method (Efron 1979, Bootstrap methods: another look at the jackknife, Annals of Statistics 7; Efron and
//! Tibshirani 1993, An Introduction to the Bootstrap, ch. 13). What is drawn with replacement are whole units: sections or
//! reports for characters and stretches, as neighbouring characters depend on each other, and matched tags for attributes.

use super::super::chance::Chance;
use super::figure::Figure;

/// How often the units are drawn anew unless told otherwise.
const RESAMPLES: u32 = 1000;

/// What can be counted part by part and added up.
pub trait Additive: Default {
    /// Adds another part so many times.
    fn add(&mut self, part: &Self, times: u32);

    /// All parts together.
    fn total(parts: &[Self]) -> Self {
        Self::weighted(parts, std::iter::repeat(&1))
    }

    /// All parts together, each so many times.
    fn weighted<'a>(parts: &'a [Self], times: impl IntoIterator<Item = &'a u32>) -> Self
    where
        Self: 'a,
    {
        let mut all = Self::default();
        for (part, times) in parts.iter().zip(times) {
            all.add(part, *times);
        }
        all
    }
}

/// How intervals are drawn. The same seed and the same units give the same interval on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// Where chance begins.
    pub seed: u64,
    /// How often the units are drawn anew.
    pub resamples: u32,
}

impl Bootstrap {
    /// The usual way, from a seed.
    pub const fn seeded(seed: u64) -> Self {
        Self { seed, resamples: RESAMPLES }
    }

    /// The interval of a figure over so many units. The figure is asked with how often each unit was drawn.
    ///
    /// There is none for fewer than two units, or if the figure is undefined for more than half of what was drawn; what is
    /// undefined otherwise does not count.
    pub fn interval(&self, units: usize, mut figure: impl FnMut(&[u32]) -> Option<f64>) -> Option<(f64, f64)> {
        if units < 2 {
            return None;
        }
        let mut chance = Chance::seeded(self.seed);
        let mut weights = vec![0_u32; units];
        let mut values = Vec::new();
        for _ in 0..self.resamples {
            weights.fill(0);
            for _ in 0..units {
                if let Some(weight) = weights.get_mut(chance.below(units)) {
                    *weight += 1;
                }
            }
            values.extend(figure(&weights).filter(|value| value.is_finite()));
        }
        if values.len() * 2 < self.resamples as usize {
            return None;
        }
        values.sort_by(f64::total_cmp);
        Some((quantile(&values, 0.025)?, quantile(&values, 0.975)?))
    }

    /// A figure of all parts together, with its interval over these parts.
    pub fn of<T: Additive>(&self, parts: &[T], figure: impl Fn(&T) -> Figure) -> Figure {
        let interval = self.interval(parts.len(), |weights| figure(&T::weighted(parts, weights)).value);
        figure(&T::total(parts)).within(interval)
    }
}

/// The number below which this share of sorted numbers lies, between two of them on the line that joins them (type 7 of
/// Hyndman and Fan 1996, as in R and NumPy).
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let below = place.floor();
    let low = *sorted.get(below as usize)?;
    let high = *sorted.get(place.ceil() as usize)?;
    Some(low + (high - low) * (place - below))
}

#[cfg(test)]
mod tests {
    use super::super::figure::Counts;
    use super::*;

    /// A number with how many there are: the mean can be had of any parts.
    #[derive(Default)]
    struct Mean(f64, u32);

    impl Additive for Mean {
        fn add(&mut self, part: &Self, times: u32) {
            self.0 += part.0 * f64::from(times);
            self.1 += part.1 * times;
        }
    }

    fn mean(mean: &Mean) -> Figure {
        Figure::new(Ok(mean.0 / f64::from(mean.1)), Counts::default())
    }

    #[test]
    fn quantiles_lie_on_the_line_between_two_numbers() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[3.0], 0.975), Some(3.0));
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
        assert_eq!(quantile(&[0.0, 10.0], 0.25), Some(2.5));
        assert_eq!(quantile(&[0.0, 10.0], 1.0), Some(10.0));
    }

    #[test]
    fn the_same_seed_gives_the_same_interval() {
        let parts: Vec<Mean> = (0..40).map(|number| Mean(f64::from(number), 1)).collect();
        let figure = Bootstrap::seeded(7).of(&parts, mean);
        assert_eq!(figure.value, Some(19.5));
        let (low, high) = (figure.low.unwrap(), figure.high.unwrap());
        // The standard error is about 1.83.
        assert!((15.0..17.5).contains(&low) && (21.5..24.0).contains(&high), "{low} {high}");
        assert_eq!(Bootstrap::seeded(7).of(&parts, mean), figure);
        assert_ne!(Bootstrap::seeded(8).of(&parts, mean), figure);
    }

    #[test]
    fn too_little_to_draw_from_has_no_interval() {
        assert_eq!(Bootstrap::seeded(1).interval(0, |_| Some(1.0)), None);
        assert_eq!(Bootstrap::seeded(1).interval(1, |_| Some(1.0)), None);
        assert_eq!(Bootstrap::seeded(1).interval(5, |_| None), None);
        assert_eq!(Bootstrap::seeded(1).interval(5, |_| Some(f64::NAN)), None);
        assert_eq!(Bootstrap::seeded(1).interval(5, |_| Some(1.0)), Some((1.0, 1.0)));
    }

    #[test]
    fn as_many_are_drawn_as_there_are() {
        let mut asked = 0;
        Bootstrap { seed: 3, resamples: 50 }.interval(9, |weights| {
            asked += 1;
            assert_eq!(weights.iter().sum::<u32>(), 9);
            Some(0.0)
        });
        assert_eq!(asked, 50);
    }
}
