//! What stands in a RON file: types of their own, so that the program's may change while files do not.
//!
//! Kinds, attributes and all other keys are strings, so that a file never fails for one that is not
//! known. What a program does not know stands in `ext` maps and is kept to the letter.

pub mod any_path;
mod migrate;
mod person;
mod record;
mod records;
mod remark_lists;
mod remarks;
mod report;
mod salvage;
mod submission;

pub use migrate::{Edition, edition};
pub use person::{Extras, PersonFile, PersonRecord, Role, Troubles, WireCodebook, person_from_wire, person_to_wire};
pub use record::WireRecord;
pub use report::{ReportFile, WireCorrections, WireExtractor, method_of};
pub(super) use report::{mark_from_wire, mark_to_wire};
pub(super) use submission::submission_of;

use ron::value::RawValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What minor editions add: names with values kept verbatim.
pub type Ext = BTreeMap<String, Box<RawValue>>;

/// The major edition this program writes. It opens newer ones for reading only.
pub const MAJOR: u32 = 1;
/// The minor edition of a file without anything that a later one brought.
pub const MINOR: u32 = 0;

/// What a file could not be read as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// What the reader says.
    pub reason: String,
}

/// How deep a file may nest: our own files need eight; a thousand brackets are an attack on the stack.
const DEEPEST: usize = 48;

/// Reads a RON text.
///
/// # Errors
/// Where and why not.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let options = ron::Options::default().with_recursion_limit(DEEPEST);
    options.from_str(text).map_err(|error| Unreadable { line: error.span.start.line, reason: error.code.to_string() })
}

/// Writes RON with one record a line, so that a diff shows records and a damaged file loses only lines.
pub fn print<T: Serialize>(value: &T) -> String {
    print_to_depth(value, 2)
}

/// Writes a record on one line, as it stands in a file.
fn print_record<T: Serialize>(value: &T) -> String {
    print_to_depth(value, 0)
}

fn print_to_depth<T: Serialize>(value: &T, depth: usize) -> String {
    let pretty = ron::ser::PrettyConfig::new().depth_limit(depth).indentor("  ").new_line("\n").separate_tuple_members(false);
    let options = ron::Options::default().with_recursion_limit(DEEPEST);
    // Our own types have neither unserialisable maps nor deep nesting; an empty file would be refused on loading.
    options.to_string_pretty(value, pretty).unwrap_or_default()
}

/// Writes RON on one line.
pub fn print_line<T: Serialize>(value: &T) -> String {
    ron::Options::default().to_string(value).unwrap_or_default()
}

/// Who, in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WirePerson {
    /// A UUID.
    pub id: String,
    /// The name people see.
    pub name: String,
}
