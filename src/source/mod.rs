//! File formats to source text: what a file is, and the text in it.
//!
//! One file or folder a format, one line in [`read`]. What the text of each looks like is said in docs/originals.md.

mod docx;
mod epub;
mod extracted;
mod html;
mod lines;
mod markdown;
mod mhtml;
mod odt;
mod ordinal;
mod package;
mod pdf;
mod plain;
mod sniff;
pub(crate) mod xml;

pub use extracted::{Extent, Extracted, Format, Layout, Mark, Method, Place, Told};
pub use lines::BETWEEN_CELLS;
pub(crate) use lines::unknown_characters;
pub use sniff::{FileKind, sniff};

use crate::text::decode::Encoding;

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
    /// It begins as its format does and does not go on so.
    #[error("the file is damaged")]
    Damaged,
    /// It is locked with a password.
    #[error("the file is locked with a password")]
    Locked,
    /// Pictures of pages, without text.
    #[error("the file holds pictures of pages and no text")]
    Scan,
    /// The letters of its fonts cannot be told.
    #[error("the file does not say which characters its fonts draw")]
    Unmapped,
    /// Unpacked it would be larger, or nest deeper, than any report.
    #[error("the file unpacks to more than any report holds")]
    Bomb,
}

impl NotAReport {
    /// All reasons but those of a format.
    const PLAIN: [Self; 6] = [Self::Empty, Self::Damaged, Self::Locked, Self::Scan, Self::Unmapped, Self::Bomb];

    /// Its key in the locale and in the index of a folder.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Format(kind) => kind.key(),
            Self::Damaged => "damaged",
            Self::Locked => "locked",
            Self::Scan => "scan",
            Self::Unmapped => "unmapped",
            Self::Bomb => "bomb",
        }
    }

    /// The reason of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        let plain = Self::PLAIN.into_iter().find(|why| why.key() == key);
        plain.or_else(|| FileKind::ALL.into_iter().find(|kind| kind.key() == key).map(Self::Format))
    }
}

/// How a person wants a file to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// In this encoding, whatever the bytes look like.
    pub encoding: Option<Encoding>,
    /// How much of it.
    pub extent: Extent,
}

/// Reads a file as a report's source text. Its name only tells Markdown from plain text.
///
/// # Errors
/// If it is empty, damaged, locked or no text.
pub fn read(bytes: &[u8], name: &str, wish: Wish) -> Result<Extracted, NotAReport> {
    let kind = sniff(bytes);
    let extracted = match kind {
        FileKind::Text | FileKind::Binary if !is_markdown(name) => read_as(kind, bytes, name, wish),
        _ => apart(|| read_as(kind, bytes, name, wish)),
    }?;
    if extracted.text.trim().is_empty() { Err(NotAReport::Empty) } else { Ok(extracted) }
}

/// Stack of the thread that reads documents, in bytes: trees nest deep, and only what is used of it is taken.
const STACK: usize = 64 * 1024 * 1024;

/// Reads on a thread with stack enough. Should a reader of somebody else's fail on a damaged file, only the thread ends.
fn apart(read: impl FnOnce() -> Result<Extracted, NotAReport> + Send) -> Result<Extracted, NotAReport> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("read a document".into()).stack_size(STACK).spawn_scoped(scope, read);
        thread.map_or(Err(NotAReport::Damaged), |thread| thread.join().unwrap_or(Err(NotAReport::Damaged)))
    })
}

fn read_as(kind: FileKind, bytes: &[u8], name: &str, wish: Wish) -> Result<Extracted, NotAReport> {
    match kind {
        FileKind::Docx => docx::read(bytes, wish.extent),
        FileKind::Odt => odt::read(bytes, wish.extent),
        FileKind::Epub => epub::read(bytes, wish.extent),
        FileKind::Pdf => pdf::read(bytes, wish.extent),
        FileKind::Mhtml => mhtml::read(bytes, wish.extent),
        FileKind::Html => html::read(bytes, wish),
        FileKind::Text if is_markdown(name) => markdown::read(bytes, wish.encoding),
        kind => plain::read(bytes, kind, wish.encoding),
    }
}

/// Whether a text of this name is Markdown.
pub fn is_markdown(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["md", "markdown"].iter().any(|markdown| ending.eq_ignore_ascii_case(markdown))
}
