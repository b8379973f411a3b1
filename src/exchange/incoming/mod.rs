//! What comes back: tags as a table or a JSON file has them after somebody worked on it elsewhere.
//!
//! Nothing is taken here. A file is read into [`Incoming`] rows, and [`arrival()`] holds them against the tags that are
//! there: what differs, what is new, and what does not fit. Which of it is taken, a person says.

mod arrival;
mod grid;
mod heads;
mod place;
mod rows;
mod said;
#[cfg(test)]
pub(super) mod sample;
mod workbook;

pub use arrival::{Arrival, Arriving, Difference, arrival};
pub use grid::read_delimited;
pub use said::{Said, TagField};
pub use workbook::read_workbook;

pub(super) use place::cut;
pub(super) use said::{kind_of, plain};

use super::handed::Labels;
use crate::annotation::{Carried, Codebook, DefinitionId, KindId, Link, Origin, PersonId, TagId, Time};
use crate::quantity::Quantity;
use crate::report::ReportId;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the words in a file before it is read.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The codebook in force.
    pub book: &'a Codebook,
    /// The words of every language it may have been written in.
    pub labels: &'a [&'a dyn Labels],
    /// What another program or a person calls kinds, and which they are here.
    pub kinds: &'a BTreeMap<String, KindId>,
}

/// A row that came back: what it says of one tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    /// Where it stands.
    pub row: RowAt,
    /// The tag it is of; nothing for a row that somebody added.
    pub tag: Option<TagId>,
    /// The report the tag stands in.
    pub report: Option<ReportId>,
    /// Whose tag it is.
    pub person: Option<PersonId>,
    /// When the tag was last changed before it was handed over.
    pub changed: Option<Time>,
    /// The words it stands on.
    pub quote: Option<String>,
    /// What it says. What the file has no column for is not said.
    pub said: Vec<Said>,
    /// The words of its quantities in one cell, of a table that says no more of them.
    pub words: Option<String>,
    /// Its quantities in a table of their own.
    pub stated: Vec<StatedRow>,
    /// How many rows that table had for the tag when it was handed over, where the file says so.
    pub stated_of: Option<usize>,
    /// The columns of tags in which it says what it said when it was handed over.
    pub stays: BTreeSet<String>,
    /// A digest of all that the tag said then, where the file has it.
    pub content: Option<String>,
    /// Whether it is of somebody else's tag: what that one said of its quantities when it was handed over, the tag here may never
    /// have said.
    pub is_foreign: bool,
    /// The columns in which it holds the beginning of its words only. Of these it says nothing.
    pub cut: Vec<String>,
    /// How it was made.
    pub made: Made,
    /// Links that are written with it.
    pub links: Vec<Link>,
    /// What could not be read.
    pub misfits: Vec<Misfit>,
}

impl Incoming {
    /// A row of which nothing is known yet.
    pub(super) fn at(sheet: &str, number: usize) -> Self {
        Self { row: RowAt { sheet: sheet.to_owned(), number }, ..Self::default() }
    }

    /// Whether somebody changed it since it was handed over, where the file tells.
    pub(super) fn is_edited(&self) -> bool {
        let says_otherwise = || {
            let words = [("quantities", &self.words), ("quote", &self.quote)];
            let other = words.into_iter().any(|(column, said)| said.is_some() && !self.stays.contains(column));
            other || self.said.iter().any(|said| !self.only_stays(&said.field()))
        };
        let is_noted = !self.stays.is_empty();
        let rows = self.stated_of.is_some_and(|of| of != self.stated.len());
        (is_noted && says_otherwise()) || rows || self.stated.iter().any(|stated| stated.stays == Some(false))
    }

    /// Whether it says of a field only what it said when it was handed over.
    fn only_stays(&self, field: &TagField) -> bool {
        field.columns().iter().all(|column| self.stays.contains(column))
    }
}

/// A row of a table of quantities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedRow {
    /// Which of the quantities of its tag it is, from 1; one that somebody added has no number.
    pub number: Option<usize>,
    /// The quantity.
    pub quantity: Quantity,
    /// Whether it says what it said when it was handed over, where the file tells.
    pub stays: Option<bool>,
}

/// Where a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowAt {
    /// The sheet; empty in a file that has none.
    pub sheet: String,
    /// Its number, as a spreadsheet or an editor counts.
    pub number: usize,
}

/// How a tag was made, as far as a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Where it comes from.
    pub origin: Origin,
    /// By which definition of its kind.
    pub definition: Option<DefinitionId>,
    /// Where it stood before its text changed.
    pub carried: Option<Box<Carried>>,
}

/// What does not fit. It is listed, and the rest is taken all the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misfit {
    /// A line or an object that cannot be read, and why.
    Unreadable(String),
    /// A column that is none of a table of tags.
    Column(String),
    /// A cell that should hold a name of something, and what it holds.
    NotAName(String),
    /// The column of a cell that should hold a number, and what it holds.
    NotANumber(String, String),
    /// The column of a cell that holds a number, but one that cannot stand there.
    OutOfRange(String, String),
    /// The column of a cell that should hold a period or a day, and what it holds.
    NotATime(String, String),
    /// The column of a cell that held only the beginning of its words when it was handed over.
    Cut(String),
    /// The column of a cell that should hold one of a list, and what it holds.
    NotAChoice(String, String),
    /// A kind there is not.
    Kind(String),
    /// No report that is there is named.
    Report,
    /// There is no such tag, and the row says too little for a new one.
    Tag,
    /// The same tag stands in an earlier row, too.
    Twice,
    /// Other words stand at the place.
    Words(String),
    /// The words of a new row do not stand in the report.
    Nowhere(String),
    /// The words of a new row stand in the report more than once.
    Ambiguous(String),
    /// The tag was changed here since it was handed over.
    Changed,
    /// A quantity of no tag that is in the file.
    Quantity,
}

impl Misfit {
    /// Its key in the locale.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Column(_) => "column",
            Self::NotAName(_) => "not_a_name",
            Self::NotANumber(..) => "not_a_number",
            Self::OutOfRange(..) => "out_of_range",
            Self::NotATime(..) => "not_a_time",
            Self::Cut(_) => "cut",
            Self::NotAChoice(..) => "not_a_choice",
            Self::Kind(_) => "kind",
            Self::Report => "report",
            Self::Tag => "tag",
            Self::Twice => "twice",
            Self::Words(_) => "words",
            Self::Nowhere(_) => "nowhere",
            Self::Ambiguous(_) => "ambiguous",
            Self::Changed => "changed",
            Self::Quantity => "quantity",
        }
    }

    /// What it is about, for the gaps of its sentence.
    pub fn says(&self) -> Vec<&str> {
        match self {
            Self::Unreadable(said)
            | Self::Column(said)
            | Self::NotAName(said)
            | Self::Cut(said)
            | Self::Kind(said)
            | Self::Words(said)
            | Self::Nowhere(said)
            | Self::Ambiguous(said) => vec![said],
            Self::NotANumber(column, said)
            | Self::OutOfRange(column, said)
            | Self::NotATime(column, said)
            | Self::NotAChoice(column, said) => vec![column, said],
            Self::Report | Self::Tag | Self::Twice | Self::Changed | Self::Quantity => Vec::new(),
        }
    }

    /// The column it is about, if it is about one of those that are known. It is the first thing it says.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::NotANumber(column, _)
            | Self::OutOfRange(column, _)
            | Self::NotATime(column, _)
            | Self::NotAChoice(column, _)
            | Self::Cut(column) => Some(column),
            Self::Unreadable(_)
            | Self::Column(_)
            | Self::NotAName(_)
            | Self::Kind(_)
            | Self::Report
            | Self::Tag
            | Self::Twice
            | Self::Words(_)
            | Self::Nowhere(_)
            | Self::Ambiguous(_)
            | Self::Changed
            | Self::Quantity => None,
        }
    }

    /// Of what stands where a number should: that it is none, or none that can stand there.
    pub(super) fn no_number(column: &str, said: String) -> Self {
        let is_number = said.bytes().any(|byte| byte.is_ascii_digit()) && said.trim().parse::<f64>().is_ok();
        if is_number { Self::OutOfRange(column.to_owned(), said) } else { Self::NotANumber(column.to_owned(), said) }
    }
}

/// Why a file is no table of tags.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATable {
    /// It cannot be read, in the words of what tried.
    #[error("the file cannot be read: {0}")]
    Damaged(String),
    /// It ends in the middle, at this line.
    #[error("the file ends in the middle, at line {0}")]
    CutOff(usize),
    /// It is no workbook.
    #[error("the file is no workbook")]
    NoWorkbook,
    /// Unpacked it would be larger than any table.
    #[error("the file unpacks to more than any table holds")]
    Bomb,
    /// Nothing in it has the columns of a table of tags.
    #[error("the file holds no table of tags")]
    NoTags,
}
