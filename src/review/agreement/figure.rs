//! A figure of agreement: its value, how sure it is and what it was counted from, or why there is none.

/// What a figure was counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many people.
    pub coders: u32,
    /// How many things were compared: characters, units with values, or stretches; of F1 the stretches of both people.
    pub compared: u64,
    /// On how many of these all who judged them agree: of stretches, how many the other person has, too.
    pub agreed: u64,
    /// How many were not compared, because somebody did not read them or fewer than two people have a value for them.
    pub left_out: u64,
}

/// Why there is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Undefined {
    /// There are fewer than two people.
    OneCoder,
    /// It compares two people, and there are more.
    MoreThanTwo,
    /// There is nothing that all of them, or two of them, judged.
    NothingShared,
    /// Nobody tagged anything.
    NothingTagged,
    /// One of the two tagged nothing, so that no part of that can be right.
    OneTaggedNothing,
    /// All said the same of everything: there is nothing that chance could have got wrong.
    NoVariation,
    /// A value is below zero, where there are no ratios.
    BelowZero,
    /// The values are too large to reckon with.
    TooLarge,
}

impl Undefined {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::OneCoder,
        Self::MoreThanTwo,
        Self::NothingShared,
        Self::NothingTagged,
        Self::OneTaggedNothing,
        Self::NoVariation,
        Self::BelowZero,
        Self::TooLarge,
    ];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OneCoder => "one-coder",
            Self::MoreThanTwo => "more-than-two",
            Self::NothingShared => "nothing-shared",
            Self::NothingTagged => "nothing-tagged",
            Self::OneTaggedNothing => "one-tagged-nothing",
            Self::NoVariation => "no-variation",
            Self::BelowZero => "below-zero",
            Self::TooLarge => "too-large",
        }
    }
}

/// A figure of agreement. It never holds a number that is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The figure, if there is one.
    pub value: Option<f64>,
    /// The lower end of its 95 % interval, where one was drawn.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// What it was counted from.
    pub counts: Counts,
    /// Why there is no value; none if there is one.
    pub undefined: Option<Undefined>,
}

impl Figure {
    /// A figure without an interval.
    pub fn new(value: Result<f64, Undefined>, counts: Counts) -> Self {
        let value = value.and_then(|value| if value.is_finite() { Ok(value) } else { Err(Undefined::TooLarge) });
        Self { value: value.ok(), low: None, high: None, counts, undefined: value.err() }
    }

    /// The figure with its interval; one without a value has none.
    #[must_use]
    pub fn within(self, interval: Option<(f64, f64)>) -> Self {
        let interval = interval.filter(|_| self.value.is_some());
        Self { low: interval.map(|(low, _)| low), high: interval.map(|(_, high)| high), ..self }
    }
}

/// One part of another, or the reason there is none when that is nothing.
pub(super) fn share(part: f64, whole: f64, otherwise: Undefined) -> Result<f64, Undefined> {
    if whole > 0.0 { Ok(part / whole) } else { Err(otherwise) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_figure_has_a_value_or_a_reason() {
        let counts = Counts { coders: 2, compared: 10, agreed: 5, left_out: 0 };
        let figure = Figure::new(Ok(0.5), counts).within(Some((0.25, 0.75)));
        assert_eq!((figure.value, figure.low, figure.high, figure.undefined), (Some(0.5), Some(0.25), Some(0.75), None));
        let none = Figure::new(Err(Undefined::NothingTagged), counts).within(Some((0.0, 1.0)));
        assert_eq!((none.value, none.low, none.high, none.undefined), (None, None, None, Some(Undefined::NothingTagged)));
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let none = Figure::new(Ok(value), counts);
            assert_eq!((none.value, none.undefined), (None, Some(Undefined::TooLarge)));
        }
    }

    #[test]
    fn each_reason_has_a_key_of_its_own() {
        let keys: BTreeSet<&str> = Undefined::ALL.iter().map(|reason| reason.key()).collect();
        assert_eq!(keys.len(), Undefined::ALL.len());
    }

    #[test]
    fn a_part_of_nothing_is_a_reason() {
        assert_eq!(share(1.0, 4.0, Undefined::NothingTagged), Ok(0.25));
        assert_eq!(share(0.0, 0.0, Undefined::NothingTagged), Err(Undefined::NothingTagged));
    }
}
