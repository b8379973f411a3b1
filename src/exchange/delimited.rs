//! Tables as text for scripts, and for spreadsheets that read nothing better: CSV and TSV (RFC 4180).
//!
//! Names of columns and of values are stable and English, numbers have a point, periods are written so that no spreadsheet
//! makes days of them, and what would be a formula is none.

use super::handed::{Handed, Keys};
use super::table::formula::guarded;
use super::table::{Cell, Filled, Table};

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
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter.byte()).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let Filled { heads, rows } = table.of(handed);
    let mut written = writer.write_record(heads.iter().map(|head| head.key.as_str())).is_ok();
    for row in rows {
        written &= writer.write_record(row.iter().map(|cell| said(cell))).is_ok();
    }
    // Writing into memory does not fail.
    debug_assert!(written);
    let bytes = writer.into_inner().unwrap_or_default();
    let mark = if handed.options.bom { "\u{FEFF}" } else { "" };
    format!("{mark}{}", String::from_utf8_lossy(&bytes))
}

fn said(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => guarded(text).into_owned(),
        Cell::Empty | Cell::Number(_) | Cell::Count(_) | Cell::Flag(_) | Cell::Keys(..) => cell.said(&Keys),
    }
}
