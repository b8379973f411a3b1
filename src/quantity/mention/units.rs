//! Units and the words around numbers, read from assets/units.ron.

use super::folded::folded;
use super::lexicon::Lexicon;
use crate::quantity::Bound;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::OnceLock;

/// What a unit says of the number in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It measures: 元, 公里, 天.
    Measure,
    /// It counts: 个, 家, 项.
    Counter,
    /// Per cent.
    Percent,
    /// Percentage points.
    Points,
    /// Places moved in an order.
    Places,
    /// Times as much.
    Multiple,
    /// It is no unit: a time (年), an ordinal, a name.
    None,
}

/// A unit.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) kind: Kind,
    /// Its one spelling.
    pub(super) name: String,
}

/// The units that numbers in a text may have, and the words around numbers.
#[derive(Clone, Debug, Default)]
pub struct Units {
    pub(super) units: Lexicon<Unit>,
    pub(super) per: Lexicon<String>,
    /// Units that a single Chinese digit does not count.
    pub(super) arabic: FxHashSet<String>,
    /// Words in front that bound; nothing for words that only look like one.
    pub(super) before: Lexicon<Option<Bound>>,
    pub(super) after: Lexicon<Option<Bound>>,
    pub(super) changes: Lexicon<bool>,
    pub(super) values: Lexicon<bool>,
    pub(super) phrases: Lexicon<()>,
}

/// The file: its comments say what each list is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    measures: Vec<String>,
    counters: Vec<String>,
    percent: Vec<String>,
    points: Vec<String>,
    places: Vec<String>,
    multiples: Vec<String>,
    spellings: Vec<(String, String)>,
    per: Vec<String>,
    arabic: Vec<String>,
    no_units: Vec<String>,
    before: Vec<(Limit, Vec<String>)>,
    not_before: Vec<String>,
    after: Vec<(Limit, Vec<String>)>,
    not_after: Vec<String>,
    changes: Vec<String>,
    not_changes: Vec<String>,
    values: Vec<String>,
    not_values: Vec<String>,
    phrases: Vec<String>,
}

/// How a word bounds a number.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Limit {
    About,
    AtLeast,
    AtMost,
}

impl From<Limit> for Bound {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::About => Self::About,
            Limit::AtLeast => Self::AtLeast,
            Limit::AtMost => Self::AtMost,
        }
    }
}

impl Units {
    /// The units that come with the program.
    pub fn standard() -> &'static Self {
        static STANDARD: OnceLock<Units> = OnceLock::new();
        STANDARD.get_or_init(|| Self::parse(STANDARD_TEXT).unwrap_or_default())
    }

    /// These units and a project's own, which may be written with or without 万 and 亿.
    #[must_use]
    pub fn with(&self, more: &[String]) -> Self {
        let mut units = self.clone();
        for unit in more {
            let word = folded(unit.trim());
            let magnitude = word.iter().take_while(|c| matches!(c, '万' | '亿')).count();
            let word: Vec<char> = word.into_iter().skip(magnitude).collect();
            let known = units.units.longest(word.iter().copied()).is_some_and(|(len, unit)| len == word.len() && unit.kind != Kind::None);
            if !known {
                let name = word.iter().collect();
                units.units.replace(word, Unit { kind: Kind::Measure, name });
            }
        }
        units
    }

    /// Whether a text begins with a unit.
    pub(in crate::quantity) fn begins(&self, text: &str) -> bool {
        self.units.longest(text.chars()).is_some_and(|(_, unit)| unit.kind != Kind::None)
    }

    fn parse(text: &str) -> ron::error::SpannedResult<Self> {
        let listed: Listed = ron::from_str(text)?;
        let spelt: FxHashMap<String, String> = listed.spellings.into_iter().collect();
        let mut units = Lexicon::default();
        let kinds = [
            (Kind::Measure, listed.measures),
            (Kind::Counter, listed.counters),
            (Kind::Percent, listed.percent),
            (Kind::Points, listed.points),
            (Kind::Places, listed.places),
            (Kind::Multiple, listed.multiples),
            (Kind::Measure, spelt.keys().cloned().collect()),
            (Kind::None, listed.no_units),
        ];
        for (kind, words) in kinds {
            for word in words {
                let name = spelt.get(&word).cloned().unwrap_or_else(|| word.clone());
                units.insert(folded(&word), Unit { kind, name });
            }
        }
        let bounds = |lists: Vec<(Limit, Vec<String>)>, not: Vec<String>| {
            let said = lists.into_iter().flat_map(|(limit, words)| words.into_iter().map(move |word| (word, Some(Bound::from(limit)))));
            said.chain(not.into_iter().map(|word| (word, None))).collect::<Vec<_>>()
        };
        let either = |words: Vec<String>, not: Vec<String>| {
            words.into_iter().map(|word| (word, true)).chain(not.into_iter().map(|word| (word, false))).collect::<Vec<_>>()
        };
        Ok(Self {
            units,
            per: Lexicon::beginning(listed.per.into_iter().map(|word| (word.clone(), word))),
            arabic: listed.arabic.into_iter().collect(),
            before: Lexicon::ending(bounds(listed.before, listed.not_before)),
            after: Lexicon::beginning(bounds(listed.after, listed.not_after)),
            changes: Lexicon::ending(either(listed.changes, listed.not_changes)),
            values: Lexicon::ending(either(listed.values, listed.not_values)),
            phrases: Lexicon::beginning(listed.phrases.into_iter().map(|word| (word, ()))),
        })
    }
}

/// The text of the standard units.
const STANDARD_TEXT: &str = include_str!("../../../assets/units.ron");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_units_can_be_read() {
        let read = Units::parse(STANDARD_TEXT);
        assert!(read.is_ok(), "{:?}", read.err());
    }

    #[test]
    fn a_project_adds_its_own() {
        let named = |units: &Units, word: &str| units.units.longest(word.chars()).map(|(_, unit)| (unit.kind, unit.name.clone()));
        let units = Units::standard().with(&["万蒲式耳".to_owned(), "家庭".to_owned()]);
        assert_eq!(named(&units, "蒲式耳"), Some((Kind::Measure, "蒲式耳".to_owned())));
        assert_eq!(named(&units, "家庭"), Some((Kind::Measure, "家庭".to_owned())));
        assert_eq!(named(Units::standard(), "家庭"), Some((Kind::None, "家庭".to_owned())));
    }
}
