//! Figures of agreement against independent implementations: tests/oracles/agreement.py made the cases and what they say.

use jiannuo::review::agreement::{
    Additive, Bootstrap, Comparison, Figure, Labelled, Metric, Ratings, Rule, Scores, Stretch, Tally, Undefined, Units, cohen, compare,
    fleiss, krippendorff, unitized,
};
use serde_json::Value;

const PRECISION: f64 = 1e-9;
const RULES: [(&str, Rule); 4] = [("strict", Rule::Strict), ("exact", Rule::Exact), ("partial", Rule::Partial), ("ent_type", Rule::Kind)];

struct Case(Value);

impl Case {
    fn all() -> Vec<Self> {
        include_str!("fixtures/agreement/cases.jsonl").lines().map(|line| Self(serde_json::from_str(line).unwrap())).collect()
    }

    fn name(&self) -> String {
        format!("set {} ({})", self.0["seed"], self.0["name"].as_str().unwrap())
    }

    fn length(&self) -> u32 {
        number(&self.0["length"])
    }

    fn people(&self) -> usize {
        list(&self.0["people"]).len()
    }

    /// What a person tagged.
    fn labelled(&self, person: usize) -> Vec<Labelled> {
        let of = |it: &Value| Labelled { start: number(&it[0]), end: number(&it[1]), kind: number(&it[2]) };
        list(&self.0["people"][person]).iter().map(of).collect()
    }

    fn compare(&self, first: usize, second: usize, rule: Rule) -> Comparison {
        compare(&self.labelled(first), &self.labelled(second), &[], rule)
    }

    /// What these people tagged with kind 0.
    fn units(&self, people: impl IntoIterator<Item = usize>) -> Units {
        let mut units = Units::new(self.length());
        for person in people {
            let tagged = self.labelled(person).into_iter().filter(|it| it.kind == 0).map(|it| it.start..it.end);
            let unread = list(&self.0["unread"][person]).iter().map(|it| number(&it[0])..number(&it[1]));
            units.add(tagged, unread);
        }
        units
    }

    fn ratings(&self, metric: Metric) -> Ratings {
        let row = |unit: &Value| list(unit).iter().map(Value::as_f64).collect::<Vec<_>>();
        let rows: Vec<Vec<Option<f64>>> = list(&self.0["ratings"]).iter().map(row).collect();
        Ratings::new(metric, self.people() as u32, &rows)
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

/// Holds a figure against what is expected, where null is undefined, and checks that it has a value or a reason.
fn hold(figure: Figure, expected: &Value, what: &str) {
    assert_eq!(figure.value.is_none(), figure.undefined.is_some(), "{what}: {figure:?}");
    match (figure.value, expected.as_f64()) {
        (None, None) => {}
        (Some(value), Some(expected)) if (value - expected).abs() < PRECISION => {}
        _ => panic!("{what}: {figure:?}, not {expected}"),
    }
}

#[test]
fn characters_and_units_are_those_of_scikit_learn_irrcac_and_krippendorff() {
    let cases = Case::all();
    assert!(cases.len() >= 200);
    for case in &cases {
        let (all, pair) = (case.units(0..case.people()), case.units(0..2));
        assert_eq!(all.pair(0, 1), pair);
        let (all, pair) = (all.tally(), pair.tally());
        let expected = &case.0["characters"];
        for (name, figure) in
            [("cohen", cohen(&pair)), ("fleiss", fleiss(&all)), ("alpha", krippendorff(&all)), ("unitized", unitized(&all))]
        {
            hold(figure, &expected[name], &format!("{} {name}", case.name()));
            assert_eq!(figure.counts.compared + figure.counts.left_out, u64::from(case.length()), "{} {name}", case.name());
        }
        assert_eq!(cohen(&all).undefined == Some(Undefined::MoreThanTwo), case.people() > 2);
    }
}

#[test]
fn stretches_are_those_of_nervaluate() {
    for case in Case::all() {
        for (name, rule) in RULES {
            let Some(expected) = case.0["spans"].get(name) else { continue };
            let what = format!("{} {name}", case.name());
            let scores = case.compare(0, 1, rule).scores();
            let counts = [scores.correct, scores.incorrect, scores.partial, scores.missed, scores.spurious];
            assert_eq!(counts.map(Value::from).as_slice(), &list(expected)[..5], "{what}");
            for (figure, expected) in [scores.precision(), scores.recall(), scores.f1()].into_iter().zip(&list(expected)[5..]) {
                // Where nothing can be divided nervaluate says zero.
                match figure.undefined {
                    Some(Undefined::NothingTagged | Undefined::OneTaggedNothing) => assert_eq!(expected.as_f64(), Some(0.0), "{what}"),
                    _ => hold(figure, expected, &what),
                }
            }
        }
    }
}

#[test]
fn attributes_are_those_of_krippendorff() {
    for case in Case::all() {
        for (name, metric) in Metric::ALL.map(|metric| (metric.key(), metric)) {
            hold(case.ratings(metric).alpha(), &case.0["alphas"][name], &format!("{} {name}", case.name()));
        }
    }
}

#[test]
fn intervals_are_drawn_alike() {
    for case in Case::all() {
        let tens: Vec<Stretch> = (0..case.length().div_ceil(10)).map(|block| block * 10..(block + 1) * 10).collect();
        // What the person did not read is not left out of these.
        let mut units = Units::new(case.length());
        units.add(case.labelled(0).into_iter().filter(|it| it.kind == 0).map(|it| it.start..it.end), []);
        let values: Vec<f64> = units.tallies(&tens).iter().map(|tally| tally.tagged_by_any() as f64).collect();
        let bootstrap = Bootstrap { seed: case.0["seed"].as_u64().unwrap(), resamples: 200 };
        let mean = |weights: &[u32]| {
            Some(values.iter().zip(weights).map(|(value, weight)| value * f64::from(*weight)).sum::<f64>() / values.len() as f64)
        };
        let interval = bootstrap.interval(values.len(), mean);
        let expected = case.0["interval"].as_array().map(|bounds| (bounds[0].as_f64().unwrap(), bounds[1].as_f64().unwrap()));
        match (interval, expected) {
            (None, None) => {}
            (Some(found), Some(expected)) => {
                let near = (found.0 - expected.0).abs() < PRECISION && (found.1 - expected.1).abs() < PRECISION;
                assert!(near, "{}: {found:?}, not {expected:?}", case.name());
            }
            _ => panic!("{}: {interval:?}, not {expected:?}", case.name()),
        }
    }
}

#[test]
fn who_is_first_does_not_matter() {
    let close = |one: Figure, other: Figure, what: &str| match (one.value, other.value) {
        (Some(one), Some(other)) => assert!((one - other).abs() < PRECISION, "{what}: {one} and {other}"),
        _ => assert_eq!(one, other, "{what}"),
    };
    for case in Case::all() {
        let (there, back) = (case.units(0..case.people()).tally(), case.units((0..case.people()).rev()).tally());
        for figure in [fleiss, krippendorff, unitized] {
            close(figure(&there), figure(&back), &case.name());
        }
        close(cohen(&case.units([0, 1]).tally()), cohen(&case.units([1, 0]).tally()), &case.name());
        for (name, rule) in RULES {
            let (there, back) = (case.compare(0, 1, rule).scores(), case.compare(1, 0, rule).scores());
            let swapped = Scores { missed: back.spurious, spurious: back.missed, ..back };
            assert_eq!(there, swapped, "{} {name}", case.name());
        }
    }
}

#[test]
fn sections_add_up_to_the_whole() {
    for case in Case::all() {
        let units = case.units(0..case.people());
        let third = case.length().div_ceil(3);
        let blocks: Vec<Stretch> =
            (0..3).map(|block| (block * third).min(case.length())..((block + 1) * third).min(case.length())).collect();
        assert_eq!(Tally::total(&units.tallies(&blocks)), units.tally(), "{}", case.name());
        for (name, rule) in RULES {
            let comparison = case.compare(0, 1, rule);
            assert_eq!(Scores::total(&comparison.by_block(&blocks)), comparison.scores(), "{} {name}", case.name());
        }
    }
}
