//! What a format gives: source text, how it was read, and where in the original its parts stand.

use crate::text::Pos;
use crate::text::decode::Encoding;
use std::collections::BTreeMap;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text: decoded, nothing else.
    Text,
    /// Word, .docx (ISO/IEC 29500, transitional and strict).
    Docx,
    /// OpenDocument text (ISO/IEC 26300).
    Odt,
    /// A saved web page.
    Html,
    /// A web page saved as one file, .mhtml (RFC 2557).
    Mhtml,
    /// PDF with a text layer (ISO 32000).
    Pdf,
    /// Markdown (CommonMark, with tables and notes).
    Markdown,
    /// EPUB.
    Epub,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 8] = [Self::Text, Self::Docx, Self::Odt, Self::Html, Self::Mhtml, Self::Pdf, Self::Markdown, Self::Epub];

    /// Its name in files and on the command line, and its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Pdf => "pdf",
            Self::Markdown => "markdown",
            Self::Epub => "epub",
        }
    }

    /// The format of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// The edition of its extractor. It is raised whenever the same file would give another text: what was extracted by
    /// an earlier one is kept beside the tags and stays as it is.
    pub const fn edition(self) -> u32 {
        match self {
            Self::Text | Self::Docx | Self::Odt | Self::Html | Self::Mhtml | Self::Pdf | Self::Markdown | Self::Epub => 1,
        }
    }

    /// Whether there is more in a file of it than the report: navigation, running heads, contents.
    pub const fn has_extents(self) -> bool {
        match self {
            Self::Docx | Self::Odt | Self::Html | Self::Mhtml | Self::Pdf | Self::Epub => true,
            Self::Text | Self::Markdown => false,
        }
    }

    /// Whether an encoding has to be known to read it, so that a person may choose one.
    pub const fn has_encoding(self) -> bool {
        match self {
            Self::Text | Self::Html | Self::Markdown => true,
            Self::Docx | Self::Odt | Self::Mhtml | Self::Pdf | Self::Epub => false,
        }
    }
}

/// How much of a file is taken for the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// What was written as the report: no navigation, no running heads, no table of contents.
    #[default]
    Main,
    /// Everything that can be seen.
    Whole,
}

/// How a file's bytes became source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method {
    /// The format.
    pub format: Format,
    /// The edition of its extractor.
    pub edition: u32,
    /// The encoding, where the format has one.
    pub encoding: Option<Encoding>,
    /// How much was taken.
    pub extent: Extent,
}

impl Method {
    /// Plain text in an encoding.
    pub const fn plain(encoding: Encoding) -> Self {
        Self { format: Format::Text, edition: 1, encoding: Some(encoding), extent: Extent::Main }
    }

    /// Another format, by its present extractor.
    pub const fn of(format: Format, encoding: Option<Encoding>, extent: Extent) -> Self {
        Self { format, edition: format.edition(), encoding, extent }
    }

    /// Whether the source text has to be stored beside the tags: decoding alone does not give it again.
    pub fn is_extracted(self) -> bool {
        self.format != Format::Text
    }
}

/// What an original says of itself beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    /// Its title.
    Title,
    /// Who issued it.
    Issuer,
    /// Where it was taken from: a newspaper, a site.
    Source,
    /// When it was published, as a date.
    Published,
    /// Its address.
    Url,
    /// When the file was saved from there, as a date.
    Accessed,
}

impl Told {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Title, Self::Issuer, Self::Source, Self::Published, Self::Url, Self::Accessed];

    /// Its name in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Issuer => "issuer",
            Self::Source => "source",
            Self::Published => "published",
            Self::Url => "url",
            Self::Accessed => "accessed",
        }
    }

    /// The one of a name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.key() == key)
    }
}

/// What begins at a place of the source text, in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// A page; the first is 1.
    Page(u32),
    /// A cell of a table; all three are counted from 1.
    Cell {
        /// The table.
        table: u32,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// Running text again, after a table.
    Text,
    /// A note; the first is 1.
    Note(u32),
}

/// Where a place stands in the original, as far as its format says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub page: Option<u32>,
    /// Table, row and column.
    pub cell: Option<(u32, u32, u32)>,
    /// The note.
    pub note: Option<u32>,
}

/// The pages, tables and notes of an original, by where they begin in the source text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout(Vec<(Pos, Mark)>);

impl Layout {
    /// A layout from marks, in any order.
    pub fn new(mut marks: Vec<(Pos, Mark)>) -> Self {
        marks.sort_by_key(|(at, _)| *at);
        Self(marks)
    }

    /// The marks in order.
    pub fn marks(&self) -> &[(Pos, Mark)] {
        &self.0
    }

    /// Where a place of the source text stands in the original.
    pub fn place(&self, at: Pos) -> Place {
        let before = self.0.get(..self.0.partition_point(|(start, _)| *start <= at)).unwrap_or_default();
        let page = before.iter().rev().find_map(|(_, mark)| if let Mark::Page(page) = mark { Some(*page) } else { None });
        let inside = before.iter().rev().find(|(_, mark)| !matches!(mark, Mark::Page(_)));
        match inside {
            Some((_, Mark::Cell { table, row, column })) => Place { page, cell: Some((*table, *row, *column)), note: None },
            Some((_, Mark::Note(note))) => Place { page, cell: None, note: Some(*note) },
            Some((_, Mark::Text | Mark::Page(_))) | None => Place { page, cell: None, note: None },
        }
    }
}

/// A file as its format reads it.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The source text. What could not be decoded stands in it as U+FFFD.
    pub text: String,
    /// How it came about.
    pub method: Method,
    /// Where bytes could not be decoded, in order.
    pub errors: Vec<Pos>,
    /// Pages, tables, notes.
    pub layout: Layout,
    /// What the file says of itself.
    pub told: BTreeMap<Told, String>,
    /// Whether something was left out that the whole extent has: navigation, running heads, contents.
    pub left_out: bool,
}
