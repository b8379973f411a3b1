//! A report's own file: what the report is, and what people corrected of it.

use super::{Ext, MAJOR, MINOR, Unreadable, parse};
use crate::report::{Corrections, Field, Role};
use crate::source::{Extent, Format, Layout, Mark, Method, Told};
use crate::store::ReportRecord;
use crate::text::Pos;
use crate::text::decode::Encoding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the format.
pub const FORMAT: &str = "jiannuo report";

/// A report's file as it stands on disk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportFile {
    format: String,
    version: u32,
    #[serde(default)]
    minor: u32,
    /// SHA-256 of the source text.
    pub report: String,
    /// The file's name when it was last saved.
    pub name: String,
    /// SHA-256 of the file's bytes.
    pub original: String,
    /// The encoding it was read in; empty for a format that has none.
    pub encoding: String,
    /// Whether a person chose that encoding.
    #[serde(default)]
    pub encoding_chosen: bool,
    /// What extracted its text, where it is no plain text; `source.txt` beside this file then holds the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extractor: Option<WireExtractor>,
    /// Whether the original holds more than was taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
    /// What the original says of itself.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub told: BTreeMap<String, String>,
    /// Where pages, cells and notes of the original begin: `120 page 2`, `130 cell 1 2 3`, `200 text`, `210 note 1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layout: Vec<String>,
    /// What people corrected.
    #[serde(default)]
    pub corrections: WireCorrections,
    /// Counts the changes of what they corrected.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections_revision: u64,
    /// What later editions put there.
    #[serde(default)]
    pub ext: Ext,
}

/// Corrections in a file: all keys are strings, places are counts of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireCorrections {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    part_fields: BTreeMap<u32, BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    parts: BTreeMap<u32, bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    roles: BTreeMap<u32, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    joined: Vec<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    divided: Vec<u32>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    sentences: BTreeMap<u32, bool>,
}

impl From<&Corrections> for WireCorrections {
    fn from(from: &Corrections) -> Self {
        Self {
            fields: fields_to_wire(&from.fields),
            part_fields: from.part_fields.iter().map(|(place, fields)| (place.get(), fields_to_wire(fields))).collect(),
            parts: from.parts.iter().map(|(place, &begins)| (place.get(), begins)).collect(),
            roles: from.roles.iter().map(|(place, role)| (place.get(), role.key().to_owned())).collect(),
            joined: from.joined.iter().map(|place| place.get()).collect(),
            divided: from.divided.iter().map(|place| place.get()).collect(),
            sentences: from.sentences.iter().map(|(place, &begins)| (place.get(), begins)).collect(),
        }
    }
}

impl From<&WireCorrections> for Corrections {
    /// Keys that are not known are left out; the file they came from keeps them until it is written.
    fn from(from: &WireCorrections) -> Self {
        Self {
            fields: fields_from_wire(&from.fields),
            part_fields: from.part_fields.iter().map(|(&place, fields)| (Pos::new(place), fields_from_wire(fields))).collect(),
            parts: from.parts.iter().map(|(&place, &begins)| (Pos::new(place), begins)).collect(),
            roles: from.roles.iter().filter_map(|(&place, key)| Some((Pos::new(place), Role::from_key(key)?))).collect(),
            joined: from.joined.iter().map(|&place| Pos::new(place)).collect(),
            divided: from.divided.iter().map(|&place| Pos::new(place)).collect(),
            sentences: from.sentences.iter().map(|(&place, &begins)| (Pos::new(place), begins)).collect(),
        }
    }
}

fn fields_to_wire(fields: &BTreeMap<Field, String>) -> BTreeMap<String, String> {
    fields.iter().map(|(field, value)| (field.key().to_owned(), value.clone())).collect()
}

fn fields_from_wire(fields: &BTreeMap<String, String>) -> BTreeMap<Field, String> {
    fields.iter().filter_map(|(key, value)| Some((Field::from_key(key)?, value.clone()))).collect()
}

impl ReportFile {
    /// A file for the disk.
    pub fn new(report: String, record: &ReportRecord) -> Self {
        Self {
            format: FORMAT.into(),
            version: MAJOR,
            minor: MINOR,
            report,
            name: record.name.clone(),
            original: record.original.clone(),
            encoding: record.method.encoding.map_or("", Encoding::name).to_owned(),
            encoding_chosen: record.chosen,
            extractor: WireExtractor::of(record.method),
            left_out: record.left_out,
            told: record.told.iter().map(|(told, value)| (told.key().to_owned(), value.clone())).collect(),
            layout: record.layout.marks().iter().map(mark_to_wire).collect(),
            corrections: (&record.corrections).into(),
            corrections_revision: record.corrections_revision,
            ext: record.ext.clone(),
        }
    }

    /// Whether everything in it is known here: what is not is left out.
    pub fn is_known_whole(&self) -> bool {
        WireCorrections::from(&Corrections::from(&self.corrections)) == self.corrections
            && self.told.keys().all(|key| Told::from_key(key).is_some())
            && self.layout.iter().all(|line| mark_from_wire(line).is_some())
    }

    /// What it says; nothing if it was read in a way that is not known here.
    pub fn record(self) -> Option<ReportRecord> {
        Some(ReportRecord {
            corrections: (&self.corrections).into(),
            corrections_revision: self.corrections_revision,
            method: method_of(self.extractor.as_ref(), &self.encoding)?,
            name: self.name,
            original: self.original,
            chosen: self.encoding_chosen,
            left_out: self.left_out,
            told: self.told.into_iter().filter_map(|(key, value)| Some((Told::from_key(&key)?, value))).collect(),
            layout: Layout::new(self.layout.iter().filter_map(|line| mark_from_wire(line)).collect()),
            ext: self.ext,
        })
    }

    /// Reads a report's file.
    ///
    /// # Errors
    /// Where and why not; a newer major edition is one reason.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let file: Self = parse(text)?;
        if file.format != FORMAT || file.version > MAJOR {
            return Err(Unreadable { line: 1, reason: format!("{} {}", file.format, file.version) });
        }
        Ok(file)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// What extracted a report's text, as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireExtractor {
    /// The format it reads.
    pub format: String,
    /// Its edition.
    pub edition: u32,
    /// Whether everything in the original was taken.
    #[serde(default)]
    pub whole: bool,
}

impl WireExtractor {
    /// That of a method; nothing for plain text.
    pub fn of(method: Method) -> Option<Self> {
        let whole = method.extent == Extent::Whole;
        method.is_extracted().then(|| Self { format: method.format.key().to_owned(), edition: method.edition, whole })
    }
}

/// The method of an extractor and an encoding's name; nothing where one of them is not known.
pub fn method_of(extractor: Option<&WireExtractor>, encoding: &str) -> Option<Method> {
    let Some(extractor) = extractor else { return Some(Method::plain(Encoding::from_name(encoding)?)) };
    Some(Method {
        // Plain text is extracted by nothing.
        format: Format::from_key(&extractor.format).filter(|format| *format != Format::Text)?,
        edition: extractor.edition,
        encoding: Encoding::from_name(encoding),
        extent: if extractor.whole { Extent::Whole } else { Extent::Main },
    })
}

pub(in crate::store) fn mark_to_wire((at, mark): &(Pos, Mark)) -> String {
    let at = at.get();
    match mark {
        Mark::Page(page) => format!("{at} page {page}"),
        Mark::Cell { table, row, column } => format!("{at} cell {table} {row} {column}"),
        Mark::Text => format!("{at} text"),
        Mark::Note(note) => format!("{at} note {note}"),
    }
}

pub(in crate::store) fn mark_from_wire(line: &str) -> Option<(Pos, Mark)> {
    let mut words = line.split(' ');
    let number = |words: &mut std::str::Split<'_, char>| words.next()?.parse::<u32>().ok();
    let at = Pos::new(number(&mut words)?);
    let mark = match words.next()? {
        "page" => Mark::Page(number(&mut words)?),
        "cell" => Mark::Cell { table: number(&mut words)?, row: number(&mut words)?, column: number(&mut words)? },
        "text" => Mark::Text,
        "note" => Mark::Note(number(&mut words)?),
        _ => return None,
    };
    Some((at, mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back() {
        for mark in [Mark::Page(3), Mark::Cell { table: 1, row: 2, column: 3 }, Mark::Text, Mark::Note(4)] {
            let there = (Pos::new(120), mark);
            assert_eq!(mark_from_wire(&mark_to_wire(&there)), Some(there));
        }
        assert_eq!(mark_from_wire("12 picture 1"), None);
    }
}
