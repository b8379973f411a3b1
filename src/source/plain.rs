//! Plain text: decoded, and nothing else.

use super::NotAReport;
use super::extracted::{Extracted, Layout, Method};
use super::sniff::FileKind;
use crate::text::decode::{Encoding, decode, decode_as, detect, reads_as_text};
use std::collections::BTreeMap;

/// The largest plain text, in bytes: some two thousand pages of five thousand characters would be half of it.
const LARGEST_PLAIN: usize = 24 * 1024 * 1024;

/// Reads plain text in the encoding asked for or the one found. With an encoding asked for nothing is refused.
///
/// # Errors
/// If it is no text.
pub(super) fn read(bytes: &[u8], kind: FileKind, encoding: Option<Encoding>) -> Result<Extracted, NotAReport> {
    if bytes.len() > LARGEST_PLAIN {
        return Err(NotAReport::Bomb);
    }
    // UTF-16 without a mark looks like binary data until it is read.
    let undecided = kind == FileKind::Binary && matches!(detect(bytes), Encoding::Utf16Le | Encoding::Utf16Be);
    if encoding.is_none() && kind != FileKind::Text && !undecided {
        return Err(NotAReport::Format(kind));
    }
    let decoded = encoding.map_or_else(|| decode(bytes), |encoding| decode_as(bytes, encoding));
    if encoding.is_none() && undecided && !decoded.text.trim().is_empty() && !reads_as_text(&decoded.text) {
        return Err(NotAReport::Format(kind));
    }
    Ok(Extracted {
        text: decoded.text,
        method: Method::plain(decoded.encoding),
        errors: decoded.errors,
        layout: Layout::default(),
        told: BTreeMap::new(),
        left_out: false,
    })
}
