//! XLSX, read back.

use super::grid::Grid;
use super::{Incoming, Known, NotATable, rows};
use calamine::{Data, Range, Reader as _, Xlsx, open_workbook_from_rs};
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;

/// The most that a workbook may unpack to, in bytes: 20,000 tags are some 60 MB.
const LARGEST: u64 = 512 * 1024 * 1024;
/// The most cells a sheet may span: a single cell far off would otherwise ask for all those before it.
const MOST_CELLS: usize = 40_000_000;

/// Reads tags and their quantities back from XLSX. Sheets and columns are found by their heads, in any order.
///
/// # Errors
/// If it is no workbook, or holds no table of tags.
pub fn read_workbook(bytes: &[u8], known: &Known<'_>) -> Result<Vec<Incoming>, NotATable> {
    check(bytes)?;
    let damaged = |error: calamine::XlsxError| NotATable::Damaged(error.to_string());
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let mut grids = Vec::new();
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).map_err(damaged)?;
        grids.extend(grid(sheet, &range));
    }
    rows::read(&grids, known)
}

/// Unpacks everything once without keeping it: what is read after that is no bomb.
fn check(bytes: &[u8]) -> Result<(), NotATable> {
    let damaged = |error: zip::result::ZipError| NotATable::Damaged(error.to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = LARGEST;
    for number in 0..zip.len() {
        let part = zip.by_index(number).map_err(damaged)?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink()).map_err(|error| NotATable::Damaged(error.to_string()))?;
        left = left.checked_sub(unpacked).ok_or(NotATable::Bomb)?;
    }
    Ok(())
}

/// A sheet with its heads, if there is anything in it.
fn grid(sheet: String, range: &Range<Data>) -> Option<Grid> {
    let first = range.start()?.0 as usize;
    if range.get_size().0.saturating_mul(range.get_size().1) > MOST_CELLS {
        return None;
    }
    let mut lines = range.rows().map(|cells| cells.iter().map(said).collect::<Vec<String>>());
    let heads = lines.next()?;
    // Spreadsheets count rows from 1, and the heads are one.
    Some(Grid { sheet, heads, rows: lines.enumerate().map(|(at, cells)| (first + at + 2, cells)).collect() })
}

/// What stands in a cell. A day that a spreadsheet made of words is one again.
fn said(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}
