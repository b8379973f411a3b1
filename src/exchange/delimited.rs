//! Tables as text for scripts, and for spreadsheets that read nothing better: CSV and TSV (RFC 4180).
//!
//! Names of columns and of values are stable and English, numbers have a point, periods are written so that no spreadsheet
//! makes days of them, and what would be a formula is none.

use super::handed::{Handed, Keys};
use super::table::formula::guarded;
use super::table::{Cell, Filled, Head, HeadOf, Pen, Table};

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delimiter {
    /// A comma: CSV.
    Comma,
    /// A tab: TSV.
    Tab,
}

impl Delimiter {
    const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }
}

/// Writes a table.
pub fn write_delimited(handed: Handed<'_>, table: Table, delimiter: Delimiter) -> String {
    let mark = if handed.options.bom { "\u{FEFF}" } else { "" };
    format!("{mark}{}", written(handed, table, delimiter, usize::MAX, |_| true))
}

/// The first tags as they are written, for people: without the columns that only programs read.
pub(super) fn first_tags(handed: Handed<'_>, delimiter: Delimiter, most: usize) -> String {
    written(handed, Table::Tags, delimiter, most, |head| head.of != HeadOf::Id)
}

fn written(handed: Handed<'_>, table: Table, delimiter: Delimiter, most: usize, is_shown: fn(&Head) -> bool) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter.byte()).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let Filled { heads, rows } = table.of(handed, Pen { labels: &Keys, holds: |words| words });
    let shown: Vec<bool> = heads.iter().map(is_shown).collect();
    let names = heads.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(head, _)| head.key.as_str());
    let mut written = writer.write_record(names).is_ok();
    for row in rows.take(most) {
        let cells = row.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(cell, _)| said(cell));
        written &= writer.write_record(cells).is_ok();
    }
    // Writing into memory does not fail.
    debug_assert!(written);
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

fn said(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        Cell::Empty | Cell::Number(_) | Cell::Count(_) | Cell::Flag(_) | Cell::Keys(..) => cell.said(&Keys),
    }
}
