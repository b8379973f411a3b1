//! File formats to source text: what a file is, and the text in it.
//!
//! One file a format. Plain text is the only one read so far; the others are recognised, so that
//! a person is told what the file is and what to do with it.

mod sniff;

pub use sniff::{FileKind, sniff};

use crate::text::decode::{Decoded, Encoding, decode, decode_as, detect, reads_as_text};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// Why a file's bytes are not a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAReport {
    /// No bytes, or nothing but space.
    #[error("the file is empty")]
    Empty,
    /// A format that is not read.
    #[error("the file is {0:?}, not text")]
    Format(FileKind),
}

/// Reads the bytes of a file as a report's source text, in the encoding asked for or the one found.
///
/// # Errors
/// If it is empty or no text.
pub fn read(bytes: &[u8], encoding: Option<Encoding>) -> Result<Decoded, NotAReport> {
    let kind = sniff(bytes);
    // UTF-16 without a mark looks like binary data until it is read.
    let undecided = kind == FileKind::Binary && matches!(detect(bytes), Encoding::Utf16Le | Encoding::Utf16Be);
    if encoding.is_none() && kind != FileKind::Text && !undecided {
        return Err(NotAReport::Format(kind));
    }
    let decoded = encoding.map_or_else(|| decode(bytes), |encoding| decode_as(bytes, encoding));
    if decoded.text.trim().is_empty() {
        return Err(NotAReport::Empty);
    }
    if encoding.is_none() && undecided && !reads_as_text(&decoded.text) {
        return Err(NotAReport::Format(kind));
    }
    Ok(decoded)
}
