//! Documents packed as ZIP: their parts, with limits on what unpacking may cost.

use super::NotAReport;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// The largest part, unpacked, in bytes.
const LARGEST_PART: u64 = 64 * 1024 * 1024;
/// The most that is unpacked of one file.
const LARGEST_ALL: u64 = 256 * 1024 * 1024;
/// How many times larger than packed a part may be, beyond the size below which it does not matter.
const RATIO: u64 = 100;
/// That size.
const SMALL: u64 = 100 * 1024;
/// The most parts a package may have: a book has some hundreds.
const MOST_PARTS: usize = 20_000;

/// A package.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
    /// How long the file is: a part's packed size is only what the file says it is.
    length: u64,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// If it is damaged or has too many parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, NotAReport> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotAReport::Damaged)?;
        if zip.len() > MOST_PARTS {
            return Err(NotAReport::Bomb);
        }
        Ok(Self { zip, unpacked: 0, length: bytes.len() as u64 })
    }

    /// A part's bytes; nothing if there is none of that name. A name never leads out of the package.
    ///
    /// # Errors
    /// If it is damaged, locked or too large.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, NotAReport> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => return Err(NotAReport::Locked),
            Err(_) => return Err(NotAReport::Damaged),
        };
        let packed = file.compressed_size();
        let most =
            LARGEST_PART.min(LARGEST_ALL.saturating_sub(self.unpacked)).min(packed.min(self.length).saturating_mul(RATIO).max(SMALL));
        let mut bytes = Vec::new();
        let read = file.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(NotAReport::Bomb);
        }
        read.map_err(|_| NotAReport::Damaged)?;
        self.unpacked += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// A part that has to be there, as text.
    ///
    /// # Errors
    /// If it is missing, damaged, locked or too large.
    pub(super) fn text(&mut self, name: &str) -> Result<String, NotAReport> {
        self.text_if_any(name)?.ok_or(NotAReport::Damaged)
    }

    /// A part that may be missing, as text.
    ///
    /// # Errors
    /// If it is damaged, locked or too large.
    pub(super) fn text_if_any(&mut self, name: &str) -> Result<Option<String>, NotAReport> {
        Ok(self.part(name)?.map(|bytes| super::xml::decoded(&bytes)))
    }
}

/// The names of the parts of a package; nothing if it is damaged.
pub(super) fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    Some(zip.file_names().take(MOST_PARTS).filter_map(Result::ok).map(std::borrow::Cow::into_owned).collect())
}

/// The name of a part that another part refers to: relative to that part's folder, never above the root.
pub(super) fn resolve(from: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or("");
    let folder = if target.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            path.pop();
        } else {
            path.push(step);
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_inside() {
        for (from, target, expected) in [
            ("word/document.xml", "footnotes.xml", "word/footnotes.xml"),
            ("OEBPS/content.opf", "text/../ch1.xhtml#a", "OEBPS/ch1.xhtml"),
            ("word/document.xml", "../../../etc/passwd", "etc/passwd"),
            ("a/b", "/word/document.xml", "word/document.xml"),
        ] {
            assert_eq!(resolve(from, target), expected);
        }
    }
}
