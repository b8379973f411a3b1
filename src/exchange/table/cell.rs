//! What stands in a cell.

use crate::exchange::handed::Labels;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::exchange) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// A number as it was stated.
    Number(Decimal),
    /// A number of things.
    Count(u32),
    /// Yes or no.
    Flag(bool),
    /// Keys of a group; people read their labels.
    Keys(Cow<'a, str>, Vec<&'a str>),
}

impl<'a> Cell<'a> {
    /// A cell of words.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A cell of a number that may be missing.
    pub(super) fn number(value: Option<Decimal>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    /// A cell of a count that may be missing.
    pub(super) fn count(count: Option<usize>) -> Self {
        count.and_then(|count| u32::try_from(count).ok()).map_or(Self::Empty, Self::Count)
    }

    /// A cell of one key.
    pub(super) fn key(group: &'static str, key: &'a str) -> Self {
        Self::Keys(Cow::Borrowed(group), vec![key])
    }

    /// What it says, with the labels of its keys.
    pub(in crate::exchange) fn said(&self, labels: &dyn Labels) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone().into_owned(),
            Self::Number(number) => number.normalize().to_string(),
            Self::Count(count) => count.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Keys(group, keys) => keys.iter().map(|key| labels.label(group, key)).collect::<Vec<_>>().join("、"),
        }
    }
}

/// A number as spreadsheets and JSON hold it, if that is the same number.
pub(in crate::exchange) fn exact(number: Decimal) -> Option<f64> {
    let float: f64 = number.to_string().parse().ok()?;
    (float.to_string().parse::<Decimal>() == Ok(number)).then_some(float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_float_only_if_it_stays_itself() {
        let number = |text: &str| text.parse::<Decimal>().unwrap_or_default();
        for (text, expected) in [("13.5", Some(13.5)), ("-0.40", Some(-0.4)), ("2690000000000", Some(2.69e12)), ("0", Some(0.0))] {
            assert_eq!(exact(number(text)), expected, "{text}");
        }
        for text in ["9007199254740993", "0.1234567890123456789"] {
            assert_eq!(exact(number(text)), None, "{text}");
        }
    }
}
