//! What is written in a format: its files, what they leave out, and why there may be none.

use super::docx::DocxLayout;
use super::formats::Format;
use super::package::TooLarge;
use super::standoff::{Corpus, CorpusFile};
use super::xlsx::NotWritten;
use crate::annotation::Time;

/// What only some formats ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extra {
    /// How a Word document is laid out.
    pub layout: DocxLayout,
    /// This moment, which a workbook says of itself.
    pub now: Time,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingFile {
    /// Its path inside the place that is chosen, with `/` between the steps; no step leads out of it.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What is written in a format, and what the format cannot hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// The files, the one that matters most first, where one does.
    pub files: Vec<OutgoingFile>,
    /// How many tags are not in them: they have no place in the text, or none that the format can say.
    pub tags_left_out: usize,
    /// How many links are not in them.
    pub links_left_out: usize,
    /// How many cells hold only the beginning of their words, because a cell holds no more.
    pub cut: usize,
}

impl Outgoing {
    pub(super) fn of(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { files: vec![OutgoingFile { path: path.into(), bytes: bytes.into() }], ..Self::default() }
    }

    pub(super) fn and(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.push(OutgoingFile { path: path.to_owned(), bytes: bytes.into() });
        self
    }

    /// Its files as they are called beside a file of this name ([`Format::beside`]).
    pub fn beside(&self, format: Format, name: &str) -> Option<Vec<(String, &[u8])>> {
        let paths: Vec<String> = self.files.iter().map(|file| file.path.clone()).collect();
        let names = format.beside(name, &paths)?;
        Some(names.into_iter().zip(self.files.iter().map(|file| file.bytes.as_slice())).collect())
    }
}

impl From<Corpus> for Outgoing {
    fn from(corpus: Corpus) -> Self {
        let Corpus { files, tags_left_out, links_left_out } = corpus;
        let file = |file: CorpusFile| OutgoingFile { path: file.path, bytes: file.text.into_bytes() };
        Self { files: files.into_iter().map(file).collect(), tags_left_out: tags_left_out.len(), links_left_out, cut: 0 }
    }
}

/// Why something could not be handed over in a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    /// A sheet holds 1,048,576 rows.
    #[error("more rows than a sheet holds")]
    TooManyRows,
    /// It would be larger than the format can be.
    #[error("larger than the format can be")]
    TooLarge,
    /// Anything else, in the words of what writes.
    #[error("{0}")]
    Other(String),
}

impl From<NotWritten> for NotMade {
    fn from(error: NotWritten) -> Self {
        match error {
            NotWritten::TooManyRows => Self::TooManyRows,
            NotWritten::Other(words) => Self::Other(words),
        }
    }
}

impl From<TooLarge> for NotMade {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}
