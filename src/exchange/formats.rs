//! The one table of formats in which tags are handed over: what each is called, what it makes, and how it is read.

use super::brat::{read_brat, write_brat};
use super::conll::write_conll;
use super::delimited::{Delimiter, first_tags, write_delimited};
use super::doccano::{read_doccano, write_doccano};
use super::docx::write_docx;
use super::glance::in_words;
use super::handed::Handed;
use super::html::write_html;
use super::imported::Imported;
use super::incoming::{Incoming, Known, NotATable, read_delimited, read_workbook};
use super::json::{TAGS_SCHEMA, read_json, write_json, write_jsonl};
use super::label_studio::{read_label_studio, write_label_studio};
use super::markdown::write_markdown;
use super::outgoing::{Extra, NotMade, Outgoing, OutgoingFile};
use super::standoff::Corpus;
use super::table::Table;
use super::web_annotation::{read_web_annotation, write_web_annotation};
use super::xlsx::{first_rows, workbook};
use super::xmi::{read_xmi, write_xmi};
use crate::report::Report;
use crate::text::decode::{Encoding, decode, detect};
use std::borrow::Cow;

/// A format in which tags are handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A workbook, for offices.
    Xlsx,
    /// Tables with commas, for scripts.
    Csv,
    /// Tables with tabs.
    Tsv,
    /// An object a line, for programs.
    Jsonl,
    /// One object.
    Json,
    /// One page, for reading, mailing and printing.
    Html,
    /// A Word document.
    Docx,
    /// Notes.
    Markdown,
    /// brat.
    Brat,
    /// W3C Web Annotation.
    WebAnnotation,
    /// Label Studio.
    LabelStudio,
    /// doccano.
    Doccano,
    /// UIMA CAS.
    Xmi,
    /// One character a line.
    Conll,
}

/// How many files a format makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// One.
    File,
    /// One, and others that belong to it.
    Files,
    /// A folder of them.
    Folder,
}

/// What is known of a format.
#[derive(Clone, Copy)]
struct Entry {
    key: &'static str,
    ending: &'static str,
    shape: Shape,
    write: Write,
    read: Option<Read>,
}

/// How a format is written.
#[derive(Clone, Copy)]
enum Write {
    /// As a workbook.
    Workbook,
    /// As tables.
    Tables(Delimiter),
    /// As a text that has a schema.
    Described(fn(Handed<'_>) -> String),
    /// As a page.
    Page(fn(Handed<'_>) -> String),
    /// As a document.
    Document,
    /// As what corpus tools read.
    Corpus(fn(Handed<'_>) -> Corpus),
}

/// How a format is read.
#[derive(Clone, Copy)]
enum Read {
    /// As a workbook.
    Workbook,
    /// As a table, of tags with that of their quantities beside it.
    Table,
    /// As rows that know their tags.
    Rows(fn(&str, &Known<'_>) -> Result<Vec<Incoming>, NotATable>),
    /// As tags by the labels that another tool gave them.
    Tags(fn(&str, &Report) -> Imported),
    /// The same, where the text stands in a file beside.
    TagsBeside(fn(&str, Option<&str>, &Report) -> Imported),
}

const fn entry(key: &'static str, ending: &'static str, shape: Shape, write: Write, read: Option<Read>) -> Entry {
    Entry { key, ending, shape, write, read }
}

impl Format {
    /// All of them, in the order people are shown.
    pub const ALL: [Self; 14] = [
        Self::Xlsx,
        Self::Csv,
        Self::Tsv,
        Self::Jsonl,
        Self::Json,
        Self::Html,
        Self::Docx,
        Self::Markdown,
        Self::Brat,
        Self::WebAnnotation,
        Self::LabelStudio,
        Self::Doccano,
        Self::Xmi,
        Self::Conll,
    ];

    /// The table: key, ending, how many files, how it is written, how it is read.
    const fn entry(self) -> Entry {
        use Read as R;
        use Shape::{File, Files, Folder};
        use Write as W;
        match self {
            Self::Xlsx => entry("xlsx", "xlsx", File, W::Workbook, Some(R::Workbook)),
            Self::Csv => entry("csv", "csv", Files, W::Tables(Delimiter::Comma), Some(R::Table)),
            Self::Tsv => entry("tsv", "tsv", Files, W::Tables(Delimiter::Tab), Some(R::Table)),
            Self::Jsonl => entry("jsonl", "jsonl", Files, W::Described(write_jsonl), Some(R::Rows(read_json))),
            Self::Json => entry("json", "json", Files, W::Described(write_json), Some(R::Rows(read_json))),
            Self::Html => entry("html", "html", File, W::Page(write_html), None),
            Self::Docx => entry("docx", "docx", File, W::Document, None),
            Self::Markdown => entry("markdown", "md", File, W::Corpus(write_markdown), None),
            Self::Brat => entry("brat", "ann", Folder, W::Corpus(write_brat), Some(R::TagsBeside(read_brat))),
            Self::WebAnnotation => entry("w3c", "jsonld", File, W::Corpus(write_web_annotation), Some(R::Tags(read_web_annotation))),
            Self::LabelStudio => entry("label-studio", "json", Files, W::Corpus(write_label_studio), Some(R::Tags(read_label_studio))),
            Self::Doccano => entry("doccano", "jsonl", File, W::Corpus(write_doccano), Some(R::Tags(read_doccano))),
            Self::Xmi => entry("xmi", "xmi", Folder, W::Corpus(write_xmi), Some(R::Tags(read_xmi))),
            Self::Conll => entry("conll", "conll", File, W::Corpus(write_conll), None),
        }
    }

    /// Its key in the locale and on the command line.
    pub const fn key(self) -> &'static str {
        self.entry().key
    }

    /// The format of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.key() == key)
    }

    /// How the names of its files end, without the dot.
    pub const fn ending(self) -> &'static str {
        self.entry().ending
    }

    /// How many files it makes.
    pub const fn shape(self) -> Shape {
        self.entry().shape
    }

    /// Whether what was made of it, or by other programs in it, comes back.
    pub const fn is_read(self) -> bool {
        self.entry().read.is_some()
    }

    /// Whether it speaks the language of whoever reads it; the others are for programs.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Xlsx | Self::Html | Self::Docx | Self::Markdown)
    }

    /// Whether it has the words as they are read, where that is asked for; the others stand on the text of the file.
    pub const fn has_reading(self) -> bool {
        !matches!(self.entry().write, Write::Corpus(_)) || matches!(self, Self::Markdown)
    }

    /// Writes what is handed over.
    ///
    /// # Errors
    /// If it is more than the format holds.
    pub fn write(self, handed: Handed<'_>, extra: &Extra) -> Result<Outgoing, NotMade> {
        let name = self.first_path();
        match self.entry().write {
            Write::Workbook => {
                let (workbook, cut) = workbook(handed, extra.now)?;
                Ok(Outgoing { cut, ..Outgoing::of(name, workbook) })
            }
            Write::Tables(delimiter) => Ok(tables(handed, delimiter, self.ending())),
            Write::Described(write) => Ok(Outgoing::of(name, write(handed)).and(self.schema_path(), TAGS_SCHEMA)),
            Write::Page(write) => Ok(Outgoing { links_left_out: handed.links().count(), ..Outgoing::of(name, write(handed)) }),
            Write::Document => {
                let document = write_docx(handed, extra.layout)?;
                Ok(Outgoing { links_left_out: handed.links().count(), ..Outgoing::of(name, document) })
            }
            Write::Corpus(write) => Ok(write(handed).into()),
        }
    }

    /// What the files are called that are written of what is handed over, inside the place that is chosen; in the order of
    /// [`Outgoing::files`].
    pub fn paths(self, handed: Handed<'_>) -> Vec<String> {
        match self.entry().write {
            Write::Workbook | Write::Page(_) | Write::Document => vec![self.first_path()],
            Write::Tables(_) => tables_of(handed).map(|table| table_path(table, self.ending())).collect(),
            Write::Described(_) => vec![self.first_path(), self.schema_path().to_owned()],
            Write::Corpus(write) => write(handed).files.into_iter().map(|file| file.path).collect(),
        }
    }

    fn first_path(self) -> String {
        format!("tags.{}", self.ending())
    }

    /// Where the schema lies: those of JSON and JSONL may lie in one folder.
    const fn schema_path(self) -> &'static str {
        if matches!(self, Self::Jsonl) { "jsonl.schema.json" } else { "schema.json" }
    }

    /// What files of these paths are called beside a file of this name, which the first of them gets: `out.csv`,
    /// `out.quantities.csv`. Nothing where they have to lie in a folder of their own.
    pub fn beside(self, name: &str, paths: &[String]) -> Option<Vec<String>> {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let is_named = ending.eq_ignore_ascii_case(self.ending());
        let of_format = |path: &String| path.rsplit_once('.').is_some_and(|(_, ending)| ending == self.ending());
        let is_single = || paths.first().is_some_and(of_format) && paths.iter().filter(|path| of_format(path)).count() == 1;
        let is_flat = || paths.iter().all(|path| !path.contains('/'));
        let fits = match self.shape() {
            Shape::File => true,
            Shape::Files => is_named,
            Shape::Folder => is_named && is_single() && is_flat(),
        };
        let called = |(at, path): (usize, &String)| if at == 0 { name.to_owned() } else { format!("{stem}.{path}") };
        fits.then(|| paths.iter().enumerate().map(called).collect())
    }

    /// What would be written, as text that people can look at: of tables the first rows as people see them, of pages and documents
    /// the words.
    pub fn preview(self, handed: Handed<'_>) -> String {
        match self.entry().write {
            Write::Workbook => first_rows(handed, PREVIEWED),
            Write::Tables(delimiter) => first_tags(handed, delimiter, PREVIEWED),
            Write::Described(write) => write(handed),
            Write::Page(_) | Write::Document => in_words(handed, PREVIEWED),
            Write::Corpus(write) => first_text(write(handed), self.ending()),
        }
    }

    /// Reads a file as tags of a report; nothing where the format is not read. What tags of this program are known by is
    /// looked up in `known`.
    ///
    /// # Errors
    /// If it is not of the format.
    pub fn read(self, file: Received<'_>, report: &Report, known: &Known<'_>) -> Result<Brought, NotATable> {
        let text = || decode(file.bytes).text;
        match self.entry().read {
            None => Err(NotATable::NoTags),
            Some(Read::Workbook) => read_workbook(file.bytes, known).map(Brought::Rows),
            Some(Read::Table) => {
                let beside = file.beside.map(with_its_line_ends);
                read_delimited(&with_its_line_ends(file.bytes), beside.as_deref(), known).map(Brought::Rows)
            }
            Some(Read::Rows(read)) => read(&text(), known).map(Brought::Rows),
            Some(Read::Tags(read)) => Ok(Brought::Tags(read(&text(), report))),
            Some(Read::TagsBeside(read)) => {
                // Line ends count in its offsets.
                let beside = file.beside.map(String::from_utf8_lossy);
                Ok(Brought::Tags(read(&text(), beside.as_deref(), report)))
            }
        }
    }

    /// What the file is called that is read along with one of this name, where the format has such: the text of brat's annotations,
    /// the table of quantities of a table of tags. It lies beside it.
    pub fn companion(self, name: &str) -> Option<String> {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, self.ending()));
        match self {
            Self::Brat => Some(format!("{stem}.txt")),
            Self::Csv | Self::Tsv if stem == Table::Tags.key() => Some(format!("{}.{ending}", Table::Quantities.key())),
            Self::Csv | Self::Tsv => Some(format!("{stem}.{}.{ending}", Table::Quantities.key())),
            _ => None,
        }
    }

    /// The format that a file seems to be of, by its name and by what is in it.
    pub fn guess(name: &str, bytes: &[u8]) -> Option<Self> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "ann" => Some(Self::Brat),
            "jsonld" => Some(Self::WebAnnotation),
            _ => Self::guess_by(&String::from_utf8_lossy(bytes), &ending),
        }
    }

    /// The format by the names of fields in the text: of several programs files end alike.
    fn guess_by(text: &str, ending: &str) -> Option<Self> {
        let holds = |names: &[&str]| names.iter().any(|name| text.contains(name));
        let is_json = matches!(ending, "json" | "jsonl" | "ndjson");
        if holds(&["<xmi:XMI"]) {
            Some(Self::Xmi)
        } else if holds(&["TextPositionSelector", "TextQuoteSelector"]) {
            Some(Self::WebAnnotation)
        } else if is_json && holds(&["\"data\""]) && holds(&["\"annotations\"", "\"completions\"", "\"predictions\""]) {
            Some(Self::LabelStudio)
        } else if is_json && holds(&["\"kind\""]) {
            Some(if ending == "json" { Self::Json } else { Self::Jsonl })
        } else if is_json && holds(&["\"text\"", "\"data\""]) {
            Some(Self::Doccano)
        } else {
            None
        }
    }
}

/// How many rows or tags people look at before they are written.
const PREVIEWED: usize = 20;

/// The text of a table, decoded. Line ends are left as they are: those in a cell are somebody's.
fn with_its_line_ends(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if detect(bytes) == Encoding::Utf8 => Cow::Borrowed(text),
        _ => Cow::Owned(decode(bytes).text),
    }
}

/// The tables of tags and of quantities; that of links where there are any.
fn tables_of(handed: Handed<'_>) -> impl Iterator<Item = Table> {
    let links = handed.links().next().map(|_| Table::Links);
    [Some(Table::Tags), Some(Table::Quantities), links].into_iter().flatten()
}

fn table_path(table: Table, ending: &str) -> String {
    format!("{}.{ending}", table.key())
}

fn tables(handed: Handed<'_>, delimiter: Delimiter, ending: &str) -> Outgoing {
    let file =
        |table: Table| OutgoingFile { path: table_path(table, ending), bytes: write_delimited(handed, table, delimiter).into_bytes() };
    Outgoing { files: tables_of(handed).map(file).collect(), ..Outgoing::default() }
}

/// The first of the files with an ending.
fn first_text(corpus: Corpus, ending: &str) -> String {
    let is_it = |path: &str| path.rsplit_once('.').is_some_and(|(_, of_path)| of_path == ending);
    corpus.files.into_iter().find(|file| is_it(&file.path)).map(|file| file.text).unwrap_or_default()
}

/// A file that came from elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// What is in it.
    pub bytes: &'a [u8],
    /// What is in the file that lies beside it ([`Format::companion`]), if there is one.
    pub beside: Option<&'a [u8]>,
}

/// What a file brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Brought {
    /// Tags by the labels that another tool gave them.
    Tags(Imported),
    /// Rows that know their tags.
    Rows(Vec<Incoming>),
}

#[cfg(test)]
mod tests;
