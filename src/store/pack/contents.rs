//! `jiannuo/pack.ron`: what a pack holds, and how to tell that it still does.

use super::Refusal;
use crate::annotation::Time;
use crate::store::checksum::{Seal, seal, unseal};
use crate::store::wire::{self, Edition, Ext, MAJOR, MINOR, edition};
use serde::{Deserialize, Serialize};

/// Its name in the pack.
pub(super) const NAME: &str = "jiannuo/pack.ron";
/// The name of the format.
const FORMAT: &str = "jiannuo pack";

/// What a pack holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Contents {
    format: String,
    version: u32,
    #[serde(default)]
    minor: u32,
    /// When it was packed.
    pub(super) packed: String,
    /// The edition of the program that packed it.
    pub(super) program: String,
    /// Its files, this one apart.
    pub(super) entries: Vec<Entry>,
    #[serde(default)]
    ext: Ext,
}

/// A file in a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its name, which is its path inside the project.
    pub(super) name: String,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
    /// How many bytes it has.
    pub(super) length: u64,
    /// Of a report: the folder in the pack that holds what is kept of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kept: Option<String>,
}

impl Contents {
    pub(super) fn new(now: Time, entries: Vec<Entry>) -> Self {
        Self {
            format: FORMAT.into(),
            version: MAJOR,
            minor: MINOR,
            packed: now.to_string(),
            program: env!("CARGO_PKG_VERSION").into(),
            entries,
            ext: Ext::new(),
        }
    }

    /// The file for the pack.
    pub(super) fn print(&self) -> String {
        seal(wire::print(self))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// If it is damaged, another file, or of a newer program.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let (text, seal) = unseal(bytes);
        if matches!(edition(&text), Edition::Known(major, _) if major > MAJOR) {
            return Err(Refusal::Newer);
        }
        let damaged = || Refusal::Damaged(NAME.to_owned());
        let contents: Self = wire::parse(&text).map_err(|_| damaged())?;
        if seal != Seal::Intact {
            return Err(damaged());
        }
        if contents.format == FORMAT { Ok(contents) } else { Err(Refusal::NotAPack) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_come_back_and_say_when_they_are_damaged_or_newer() {
        let entry = Entry { name: "甲.txt".into(), sha256: "00".into(), length: 3, kept: Some("jiannuo/甲~446e740c".into()) };
        let printed = Contents::new(Time(1), vec![entry.clone()]).print();
        assert_eq!(Contents::read(printed.as_bytes()).unwrap().entries, [entry]);
        let read = |text: String| Contents::read(text.as_bytes()).map(|_| ());
        assert_eq!(read(printed.replace("length: 3", "length: 4")), Err(Refusal::Damaged(NAME.into())));
        assert_eq!(read(printed.replace("version: 1", "version: 2")), Err(Refusal::Newer));
        let other = seal(unseal(printed.as_bytes()).0.replace(FORMAT, "another"));
        assert_eq!(read(other), Err(Refusal::NotAPack));
    }
}
