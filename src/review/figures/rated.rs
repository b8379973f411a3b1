//! Agreement on what is said of matched tags: Krippendorff's α for their kind, each attribute and each measure.

use super::super::agreement::{Bootstrap, Figure, Metric, Ratings};
use super::super::{Case, Layer, cases};
use super::coders::Coder;
use crate::annotation::{Attribute, AttributeId, Codebook, Tag, ValueType};
use crate::quantity::Measure;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The attribute whose values have an order, that of the codebook.
const ORDERED: &str = "strength";
/// How many pairs of values the ratio metric compares at most, in all resamples together, and how many resamples it gets at least.
const PAIRS: usize = 1_000_000_000;
const FEWEST: usize = 200;

/// What is said of a tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rated {
    /// Of which kind it is.
    Kind,
    /// The value of an attribute.
    Attribute(AttributeId),
    /// What it states in numbers, by one measure: values in the unit without its magnitude, of a range the lower end.
    Value(Measure),
}

impl Rated {
    /// Its key, in files and in the locale: that of the attribute or measure.
    pub fn key(&self) -> &str {
        match self {
            Self::Kind => "kind",
            Self::Attribute(id) => id.as_str(),
            Self::Value(measure) => measure.key(),
        }
    }

    /// The group of words in the locale its key belongs to.
    pub const fn group(&self) -> &'static str {
        match self {
            Self::Kind => "rated",
            Self::Attribute(_) => "attribute",
            Self::Value(_) => "measure",
        }
    }
}

/// The tag of each person that stands for one statement; none of who has none, or several.
type Matched<'l> = Vec<Option<&'l Tag>>;
/// What each person says of it.
type Row = Vec<Option<f64>>;

/// α for everything that at least one person says of a matched tag.
///
/// With the nominal metric, a tag of a kind that has an attribute says something even without a value: that there is none. An
/// order or a ratio has no place for that; there it is missing.
pub fn rated(codebook: &Codebook, coders: &[Coder], bootstrap: Bootstrap) -> Vec<(Rated, Metric, Figure)> {
    let layers: Vec<Layer> = coders.iter().map(Coder::on_what_is_read).collect();
    let matched = matched(&layers);
    let kinds = nominal(&matched, |tag| Some(tag.kind.to_string()));
    let mut all = vec![(Rated::Kind, Metric::Nominal, kinds)];
    for id in attributes(codebook, &matched) {
        let (metric, rows) = by_attribute(&matched, &id, codebook.attribute(&id));
        all.push((Rated::Attribute(id), metric, rows));
    }
    for &measure in Measure::ALL {
        let rows = values(&matched, measure);
        // Below zero there are no ratios.
        let metric = if rows.iter().flatten().flatten().any(|value| *value < 0.0) { Metric::Interval } else { Metric::Ratio };
        if !rows.is_empty() {
            all.push((Rated::Value(measure), metric, rows));
        }
    }
    let people = layers.len() as u32;
    all.into_iter().map(|(of, metric, rows)| (of, metric, alpha(metric, people, &rows, bootstrap))).collect()
}

/// The cases to which at least two people have a tag.
fn matched(layers: &[Layer]) -> Vec<Matched<'_>> {
    let of_case = |case: Case| case.members.iter().zip(layers).map(|(places, layer)| only(layer, places)).collect::<Matched>();
    cases(layers).into_iter().map(of_case).filter(|tags| tags.iter().flatten().count() >= 2).collect()
}

/// The tag of a layer at the only one of these places.
fn only<'l>(layer: &'l Layer, places: &[usize]) -> Option<&'l Tag> {
    let [only] = places else { return None };
    layer.tags.get(*only)
}

/// The attributes of which anybody gives a value, in the order of the codebook, then those it does not know.
fn attributes(codebook: &Codebook, matched: &[Matched]) -> Vec<AttributeId> {
    let tags = matched.iter().flatten().flatten();
    let used = tags.flat_map(|tag| tag.attributes.iter()).filter(|(_, value)| !value.is_empty()).map(|(id, _)| id);
    let mut used: BTreeSet<&AttributeId> = used.collect();
    let mut all: Vec<AttributeId> = codebook.attributes.iter().map(|known| known.id.clone()).filter(|id| used.remove(id)).collect();
    all.extend(used.into_iter().cloned());
    all
}

fn by_attribute(matched: &[Matched], id: &AttributeId, attribute: Option<&Attribute>) -> (Metric, Vec<Row>) {
    let has_it = |tag: &Tag| attribute.is_none_or(|attribute| attribute.belongs_to(&tag.kind));
    match attribute.map(|attribute| &attribute.takes) {
        Some(ValueType::Choice(order)) if id.as_str() == ORDERED => {
            let place = |tag: &Tag| order.iter().position(|value| *value == tag.attribute(id)).map(|place| place as f64);
            let row = |tags: &Matched| tags.iter().map(|tag| tag.filter(|tag| has_it(tag)).and_then(place)).collect();
            (Metric::Ordinal, matched.iter().map(row).collect())
        }
        _ => (Metric::Nominal, nominal(matched, |tag| has_it(tag).then(|| tag.attribute(id)))),
    }
}

/// Values without an order, numbered.
fn nominal(matched: &[Matched], value: impl Fn(&Tag) -> Option<String>) -> Vec<Row> {
    let rows: Vec<Vec<Option<String>>> = matched.iter().map(|tags| tags.iter().map(|tag| tag.and_then(&value)).collect()).collect();
    let distinct: BTreeSet<&String> = rows.iter().flatten().flatten().collect();
    let numbers: BTreeMap<&String, f64> = distinct.into_iter().enumerate().map(|(number, value)| (value, number as f64)).collect();
    let number = |value: &Option<String>| value.as_ref().and_then(|value| numbers.get(value)).copied();
    rows.iter().map(|row| row.iter().map(number).collect()).collect()
}

/// The values by one measure. Where people state several of it in one tag, they are compared from the smallest on.
fn values(matched: &[Matched], measure: Measure) -> Vec<Row> {
    let of_tag = |tag: &Option<&Tag>| {
        let quantities = tag.iter().flat_map(|tag| &tag.quantities).filter(|quantity| quantity.measure == measure);
        let mut values: Vec<f64> = quantities.filter_map(|quantity| f64::try_from(quantity.stated.standard_value()?).ok()).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let of_case = |tags: &Matched| {
        let values: Vec<Vec<f64>> = tags.iter().map(of_tag).collect();
        let most = values.iter().map(Vec::len).max().unwrap_or_default();
        (0..most).map(|at| values.iter().map(|values| values.get(at).copied()).collect()).collect::<Vec<Row>>()
    };
    matched.iter().flat_map(of_case).collect()
}

/// α with its interval over the rows. Those in which the same is said are reckoned once, as often as they are drawn.
fn alpha(metric: Metric, people: u32, rows: &[Row], bootstrap: Bootstrap) -> Figure {
    let whole = Ratings::new(metric, people, rows).alpha();
    if whole.value.is_none() {
        return whole;
    }
    let mut known: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    let (mut distinct, mut drawn): (Vec<Row>, Vec<usize>) = (Vec::new(), Vec::new());
    // A row of one value says nothing.
    for row in rows.iter().filter(|row| row.iter().flatten().count() >= 2) {
        let mut said: Vec<u64> = row.iter().flatten().map(|value| value.to_bits()).collect();
        said.sort_unstable();
        let place = *known.entry(said).or_insert(distinct.len());
        if place == distinct.len() {
            distinct.push(row.clone());
        }
        drawn.push(place);
    }
    let ratings = Ratings::new(metric, people, &distinct);
    let bootstrap = Bootstrap { resamples: affordable(metric, &distinct, bootstrap.resamples), ..bootstrap };
    whole.within(bootstrap.interval(drawn.len(), |weights| {
        let mut times = vec![0; distinct.len()];
        for (place, weight) in drawn.iter().zip(weights) {
            if let Some(times) = times.get_mut(*place) {
                *times += *weight;
            }
        }
        ratings.weighted(&times).value
    }))
}

/// How many resamples can be waited for: with the ratio metric each compares every two values there are.
fn affordable(metric: Metric, rows: &[Row], resamples: u32) -> u32 {
    let values: BTreeSet<u64> = rows.iter().flatten().flatten().map(|value| value.to_bits()).collect();
    let pairs = values.len() * values.len() / 2;
    let most = if metric == Metric::Ratio { (PAIRS / pairs.max(1)).max(FEWEST) } else { usize::MAX };
    resamples.min(u32::try_from(most).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::super::agreement::{Counts, Undefined};
    use super::super::super::tests::{layer, tag};
    use super::*;
    use crate::annotation::Value;
    use crate::quantity::Quantity;

    /// The rows of an attribute of the standard codebook.
    fn rows(layers: &[Layer], id: &str) -> (Metric, Vec<Row>) {
        let book = Codebook::standard();
        let id = AttributeId::new(id);
        by_attribute(&matched(layers), &id, book.attribute(&id))
    }

    fn with(mut layer: Layer, attribute: &str, values: &[&str]) -> Layer {
        for (tag, value) in layer.tags.iter_mut().zip(values) {
            tag.set_attribute(AttributeId::new(attribute), Value::One((*value).into()));
        }
        layer
    }

    #[test]
    fn a_case_has_a_row_of_those_who_have_one_tag() {
        let (one, other) = (layer(1, &[(0, 12, 0), (20, 9, 0), (40, 9, 0)]), layer(2, &[(0, 6, 0), (6, 6, 2), (20, 9, 4)]));
        let layers = [one, other, layer(3, &[(0, 12, 0)])];
        let has: Vec<Vec<bool>> = matched(&layers).iter().map(|tags| tags.iter().map(Option::is_some).collect()).collect();
        assert_eq!(has, [[true, false, true], [true, true, false]]);
        assert_eq!(rows(&layers, "period"), (Metric::Nominal, vec![vec![Some(0.0), None, Some(0.0)], vec![Some(0.0), Some(1.0), None]]));
    }

    #[test]
    fn no_value_is_one_where_there_is_no_order() {
        let tags = [(0, 9, 0), (10, 9, 0), (20, 9, 1)];
        let one = with(with(layer(1, &tags), "tier", &["floor", "", "floor"]), "strength", &["hard", "neutral", "hard"]);
        let other = with(with(layer(2, &tags), "tier", &["floor", "stretch", ""]), "strength", &["soft", "", "hard"]);
        // Indicators have neither.
        let tier = vec![vec![Some(1.0), Some(1.0)], vec![Some(0.0), Some(2.0)], vec![None, None]];
        assert_eq!(rows(&[one.clone(), other.clone()], "tier"), (Metric::Nominal, tier));
        let strength = vec![vec![Some(0.0), Some(2.0)], vec![Some(1.0), None], vec![None, None]];
        assert_eq!(rows(&[one, other], "strength"), (Metric::Ordinal, strength));
    }

    #[test]
    fn values_are_compared_in_one_unit_and_in_their_order() {
        let mut layers = [layer(1, &[(0, 9, 0), (10, 9, 0)]), layer(2, &[(0, 9, 0), (10, 9, 0)])];
        let mut state = |layer: usize, at: usize, words: &[&str]| {
            layers[layer].tags[at].quantities = words.iter().map(|words| Quantity::of_words(words)).collect();
        };
        state(0, 0, &["2.69万亿元", "同比增长13.5%"]);
        state(1, 0, &["26900亿元"]);
        state(0, 1, &["7亿元", "5亿元"]);
        state(1, 1, &["5亿元"]);
        let matched = matched(&layers);
        let level = [[Some(2.69e12), Some(2.69e12)], [Some(5e8), Some(5e8)], [Some(7e8), None]];
        assert_eq!(values(&matched, Measure::Level), level);
        assert_eq!(values(&matched, Measure::Growth), [[Some(13.5), None]]);
        assert!(values(&matched, Measure::Rank).is_empty());
    }

    #[test]
    fn by_hand() {
        // Values a a, a b: observed 2, by chance 16 − 10 of 3.
        let rows = [vec![Some(0.0), Some(0.0)], vec![Some(0.0), Some(1.0)], vec![Some(1.0), None]];
        let figure = alpha(Metric::Nominal, 2, &rows, Bootstrap::seeded(3));
        assert_eq!((figure.value, figure.counts), (Some(0.0), Counts { coders: 2, compared: 2, agreed: 1, left_out: 1 }));
        let same = alpha(Metric::Ratio, 2, &rows[..1], Bootstrap::seeded(3));
        assert_eq!((same.undefined, same.low), (Some(Undefined::NoVariation), None));
    }

    #[test]
    fn what_is_said_several_times_is_reckoned_once() {
        let said = [[1.0, 1.0, 2.0], [2.0, 2.0, 2.0], [1.0, 2.0, 1.0], [3.0, 3.0, 3.0], [3.0, 1.0, 3.0]];
        let rows: Vec<Row> = (0..60).map(|at| said[at * at % 5].iter().copied().map(Some).collect()).collect();
        for metric in Metric::ALL {
            let one = alpha(metric, 3, &rows, Bootstrap::seeded(5));
            let other = Ratings::new(metric, 3, &rows).alpha_within(&Bootstrap::seeded(5));
            let near = |one: Option<f64>, other: Option<f64>| (one.unwrap() - other.unwrap()).abs() < 1e-9;
            assert_eq!((one.value, one.counts), (other.value, other.counts));
            assert!(near(one.low, other.low) && near(one.high, other.high), "{metric:?} {one:?} {other:?}");
        }
    }

    #[test]
    fn many_values_are_compared_in_fewer_resamples() {
        let rows: Vec<Row> = (0..4000).map(|at| vec![Some(f64::from(at)), Some(f64::from(at + 1))]).collect();
        assert_eq!(affordable(Metric::Ratio, &rows, 1000), FEWEST as u32);
        assert_eq!(affordable(Metric::Interval, &rows, 1000), 1000);
        assert_eq!(affordable(Metric::Ratio, &rows[..1000], 1000), 1000);
    }

    #[test]
    fn only_what_somebody_says_is_told() {
        let book = Codebook::standard();
        let (mut one, other) = (tag(1, (0, 9, 0)), tag(2, (0, 9, 0)));
        one.attributes.insert(AttributeId::new("of_our_own"), Value::One("x".into()));
        one.attributes.insert(AttributeId::new("scope"), Value::One(String::new()));
        let matched = [vec![Some(&one), Some(&other)]];
        assert_eq!(attributes(&book, &matched), [AttributeId::new("period"), AttributeId::new("of_our_own")]);
    }
}
