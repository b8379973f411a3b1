//! A report's own file: what the report is, and what people corrected of it.

use super::{Ext, MAJOR, MINOR, Unreadable, parse};
use crate::report::{Corrections, Field, Role};
use crate::text::Pos;
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
    /// The encoding it was read in.
    pub encoding: String,
    /// Whether a person chose that encoding.
    #[serde(default)]
    pub encoding_chosen: bool,
    /// What people corrected.
    #[serde(default)]
    pub corrections: WireCorrections,
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
            fields: from.fields.iter().map(|(field, value)| (field.key().to_owned(), value.clone())).collect(),
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
            fields: from.fields.iter().filter_map(|(key, value)| Some((Field::from_key(key)?, value.clone()))).collect(),
            roles: from.roles.iter().filter_map(|(&place, key)| Some((Pos::new(place), Role::from_key(key)?))).collect(),
            joined: from.joined.iter().map(|&place| Pos::new(place)).collect(),
            divided: from.divided.iter().map(|&place| Pos::new(place)).collect(),
            sentences: from.sentences.iter().map(|(&place, &begins)| (Pos::new(place), begins)).collect(),
        }
    }
}

impl ReportFile {
    /// A file for the disk.
    pub fn new(
        report: String,
        name: String,
        original: String,
        encoding: String,
        encoding_chosen: bool,
        corrections: &Corrections,
        ext: Ext,
    ) -> Self {
        Self {
            format: FORMAT.into(),
            version: MAJOR,
            minor: MINOR,
            report,
            name,
            original,
            encoding,
            encoding_chosen,
            corrections: corrections.into(),
            ext,
        }
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
