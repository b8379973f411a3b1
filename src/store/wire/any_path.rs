//! Paths in files: as text, or, where one is no Unicode, as the bytes it has in hexadecimal digits behind a mark.

use serde::{Deserialize, Deserializer, Serializer};
use std::path::{Path, PathBuf};

/// No path begins so.
const MARK: &str = "\u{0}bytes ";

/// Writes a path.
pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&as_text(path))
}

/// Reads a path.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    String::deserialize(deserializer).map(|text| of_text(&text))
}

/// A path as text.
fn as_text(path: &Path) -> String {
    path.to_str().map_or_else(
        || path.as_os_str().as_encoded_bytes().iter().fold(MARK.to_owned(), |text, byte| format!("{text}{byte:02x}")),
        str::to_owned,
    )
}

/// The path of a text.
fn of_text(text: &str) -> PathBuf {
    let Some(digits) = text.strip_prefix(MARK) else { return PathBuf::from(text) };
    let bytes: Vec<u8> = (0..digits.len()).step_by(2).filter_map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect();
    of_bytes(bytes)
}

#[cfg(unix)]
fn of_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn of_bytes(bytes: Vec<u8>) -> PathBuf {
    // Half a pair of surrogates cannot be brought back without unsafe code: the file is then not found, and said to be.
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

/// The same for a path that may be missing.
pub mod optional {
    use super::{as_text, of_text};
    use serde::{Deserialize, Deserializer, Serialize as _, Serializer};
    use std::path::PathBuf;

    /// Writes it.
    pub fn serialize<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
        path.as_deref().map(as_text).serialize(serializer)
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(|text| of_text(&text)))
    }
}
