//! What the cells of a row said when it was handed over, noted in a column of its own: when it comes back, what somebody changed
//! is told from what only stayed as it was, whatever has become of the tag since.
//!
//! `kind=9f2c01ab note=0c77d1e4+ rows=2`: of each cell that was not empty a digest of its words, with `+` behind it where the
//! cell held only the beginning of them; of a row of quantities how many there were of the same tag; and of a row of tags, as
//! `as_exported`, a digest of all that the tag said, whatever the language and script of the cells.

use super::cell::Cell;
use crate::annotation::Tag;
use crate::exchange::handed::Labels;
use crate::exchange::incoming::plain;
use crate::exchange::standoff::quantities_as_text;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The name of the column.
pub(in crate::exchange) const AS_EXPORTED: &str = "as_exported";

/// The cells of a row of tags that are read when it comes back, those of attributes apart.
pub(super) const TAG_CELLS: [&str; 7] = ["kind", "quote", "quantities", "note", "unsure", "start", "end"];

/// Those of a row of quantities.
pub(in crate::exchange) const QUANTITY_CELLS: [&str; 7] = ["words", "value", "value_high", "unit", "bound", "measure", "basis"];

/// Under this key stands how many rows there were of the same tag.
const ROWS: &str = "rows";

/// Stands behind the digest of a cell that held only the beginning of its words.
const CUT: char = '+';

/// How whoever writes a table writes its cells.
#[derive(Clone, Copy)]
pub(in crate::exchange) struct Pen<'a> {
    /// In which words.
    pub labels: &'a dyn Labels,
    /// As much of words as a cell holds.
    pub holds: fn(&str) -> &str,
}

impl Pen<'_> {
    /// What is noted of a row: of those cells that have a key, and of its tag.
    pub(super) fn note(self, keys: &[Option<String>], cells: &[Cell<'_>], of_tag: Option<String>) -> String {
        let one = |(key, cell): (&Option<String>, &Cell<'_>)| {
            let (key, said) = (key.as_deref()?, cell.said(self.labels));
            let held = (self.holds)(&said);
            let cut = if held.len() < said.len() { "+" } else { "" };
            (!said.is_empty()).then(|| format!("{}={}{cut}", word(key), digest(held)))
        };
        keys.iter().zip(cells).filter_map(one).chain(of_tag).collect::<Vec<_>>().join(" ")
    }
}

/// What is noted of a tag in each of its rows of quantities: how many there are.
pub(super) fn rows(count: usize) -> String {
    format!("{ROWS}={count}")
}

/// What is noted of a tag in its row of tags: all that it says.
pub(super) fn whole(tag: &Tag) -> String {
    format!("{AS_EXPORTED}={}", content(tag))
}

/// A digest of all that can be said otherwise of a tag.
pub(in crate::exchange) fn content(tag: &Tag) -> String {
    let fields = [tag.kind.to_string(), format!("{:?}", tag.place()), quantities_as_text(&tag.quantities), tag.unsure.to_string()];
    let attributes = tag.attributes.iter().map(|(id, value)| format!("{id}={}", value.text()));
    digest(&fields.into_iter().chain(attributes).chain([tag.note.clone()]).collect::<Vec<_>>().join("\n"))
}

/// What was noted of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::exchange) struct AsExported(BTreeMap<String, String>);

impl AsExported {
    /// What stands in the column; nothing where nothing was noted, as of a row that somebody added.
    pub(in crate::exchange) fn read(noted: &str) -> Option<Self> {
        let one = |one: &str| one.split_once('=').map(|(key, noted)| (key.to_owned(), noted.to_owned()));
        let noted: BTreeMap<String, String> = noted.split_whitespace().filter_map(one).collect();
        (!noted.is_empty()).then_some(Self(noted))
    }

    /// Whether a cell says what it said then.
    pub(in crate::exchange) fn stays(&self, key: &str, said: &str) -> bool {
        match self.0.get(&word(key)) {
            Some(noted) => noted.trim_end_matches(CUT) == digest(said),
            None => said.trim().is_empty(),
        }
    }

    /// Whether a cell held only the beginning of its words.
    pub(in crate::exchange) fn is_cut(&self, key: &str) -> bool {
        self.0.get(&word(key)).is_some_and(|noted| noted.ends_with(CUT))
    }

    /// A digest of all that the tag said.
    pub(in crate::exchange) fn content(&self) -> Option<&str> {
        self.0.get(AS_EXPORTED).map(String::as_str)
    }

    /// How many rows there were of the same tag.
    pub(in crate::exchange) fn rows(&self) -> Option<usize> {
        self.0.get(ROWS)?.parse().ok()
    }
}

/// A digest of what a cell says, as far as every way through a spreadsheet keeps it.
fn digest(said: &str) -> String {
    Sha256::digest(plain(said).trim()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// The name of a column as one word.
fn word(key: &str) -> String {
    key.chars().map(|c| if c == '=' || c.is_whitespace() { '_' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Keys;

    fn first_two(words: &str) -> &str {
        words.char_indices().nth(2).and_then(|(at, _)| words.get(..at)).unwrap_or(words)
    }

    #[test]
    fn a_cell_stays_or_was_changed_or_was_cut() {
        let keys = ["kind", "note", "empty", "own key=1", "unsure"].map(|key| Some(key.to_owned()));
        let cells = [Cell::key("kind", "甲"), Cell::text("乙\r\n丙"), Cell::Empty, Cell::text("丁"), Cell::Flag(true)];
        let whole = Pen { labels: &Keys, holds: |words| words };
        let noted = AsExported::read(&whole.note(&keys, &cells, Some(rows(3)))).unwrap();
        let cases = [
            ("kind", "甲", true),
            ("kind", " 甲 ", true),
            ("kind", "乙", false),
            ("kind", "", false),
            ("note", "乙\n丙", true),
            ("note", "乙_x000D_\n丙", false),
            ("empty", " ", true),
            ("empty", "甲", false),
            ("own key=1", "丁", true),
            ("unsure", "true", true),
            ("unsure", "false", false),
            ("no such column", "", true),
            ("no such column", "甲", false),
        ];
        for (key, said, stays) in cases {
            assert_eq!(noted.stays(key, said), stays, "{key} {said:?}");
        }
        assert_eq!((noted.rows(), noted.is_cut("note"), noted.is_cut("empty")), (Some(3), false, false));
        let short = AsExported::read(&Pen { holds: first_two, ..whole }.note(&keys, &cells, None)).unwrap();
        assert!(short.is_cut("note") && short.stays("note", "乙\r") && !short.is_cut("kind") && short.rows().is_none());
        assert_eq!([AsExported::read(""), AsExported::read("nothing of ours")], [None, None]);
    }

    #[test]
    fn what_is_noted_is_no_formula_and_no_number() {
        let noted = Pen { labels: &Keys, holds: |words| words }.note(&[Some("kind".into())], &[Cell::key("kind", "target")], None);
        assert!(noted.starts_with("kind=") && noted.len() == "kind=".len() + 8, "{noted}");
    }
}
