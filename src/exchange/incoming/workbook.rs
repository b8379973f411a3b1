//! XLSX, read back.

use super::grid::Grid;
use super::{Incoming, Known, NotATable, rows};
use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxError, open_workbook_from_rs};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, copy, sink};
use zip::ZipArchive;

/// The most that a workbook may unpack to, in bytes: 20,000 tags are some 60 MB.
const LARGEST: u64 = 512 * 1024 * 1024;
/// The most cells of a workbook, empty ones in front of others included: 20,000 tags have a million.
const MOST_CELLS: usize = 8_000_000;

/// Reads tags and their quantities back from XLSX. Sheets and columns are found by their heads, in any order.
///
/// # Errors
/// If it is no workbook, or holds no table of tags.
pub fn read_workbook(bytes: &[u8], known: &Known<'_>) -> Result<Vec<Incoming>, NotATable> {
    check(bytes)?;
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let (mut grids, mut left) = (Vec::new(), MOST_CELLS);
    for sheet in workbook.sheet_names() {
        let mut cells = match workbook.worksheet_cells_reader(&sheet) {
            Ok(cells) => cells,
            // A sheet that is nothing but a chart.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        let next = || -> Next {
            let cell = cells.next_cell().map_err(damaged)?;
            Ok(cell.map(|cell| (cell.get_position(), said(cell.get_value()))))
        };
        grids.extend(grid(sheet, next, &mut left)?);
    }
    rows::read(&grids, None, known)
}

fn damaged(error: XlsxError) -> NotATable {
    match error {
        // A ZIP of something else.
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => NotATable::NoWorkbook,
        error => NotATable::Damaged(error.to_string()),
    }
}

/// Unpacks everything once without keeping it: what is read after that is no bomb.
fn check(bytes: &[u8]) -> Result<(), NotATable> {
    let damaged = |error: zip::result::ZipError| NotATable::Damaged(error.to_string());
    // Every ZIP begins so.
    if !bytes.starts_with(b"PK") {
        return Err(NotATable::NoWorkbook);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = LARGEST;
    for number in 0..zip.len() {
        let part = zip.by_index(number).map_err(damaged)?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink()).map_err(|error| NotATable::Damaged(error.to_string()))?;
        left = left.checked_sub(unpacked).ok_or(NotATable::Bomb)?;
    }
    Ok(())
}

/// A cell that is not empty: its row and column, from 0, and what it says.
type Next = Result<Option<((u32, u32), String)>, NotATable>;

/// A sheet with its heads, if there is anything in it. Cells may be far apart, so room is only made up to the last one of
/// each row, and only so much.
fn grid(sheet: String, mut next: impl FnMut() -> Next, left: &mut usize) -> Result<Option<Grid>, NotATable> {
    let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(((row, column), said)) = next()? {
        if said.is_empty() {
            continue;
        }
        let (line, column) = (lines.entry(row).or_default(), column as usize);
        let more = (column + 1).saturating_sub(line.len());
        *left = left.checked_sub(more).ok_or(NotATable::Bomb)?;
        line.extend(std::iter::repeat_n(String::new(), more));
        if let Some(cell) = line.get_mut(column) {
            *cell = said;
        }
    }
    let Some((_, heads)) = lines.pop_first() else { return Ok(None) };
    // Spreadsheets count rows from 1.
    let rows = lines.into_iter().map(|(row, cells)| (row as usize + 1, cells)).collect();
    Ok(Some(Grid { sheet, heads, rows }))
}

/// What stands in a cell. A day that a spreadsheet made of words is one again.
fn said(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => unescaped(Data::from(other.clone()).to_string()),
    }
}

/// Words in which the two characters that no XML holds, and that calamine leaves as they are written, are themselves again.
fn unescaped(words: String) -> String {
    if words.contains("_xFFF") { words.replace("_xFFFE_", "\u{FFFE}").replace("_xFFFF_", "\u{FFFF}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Codebook;
    use crate::exchange::package::packed;

    #[test]
    fn cells_far_apart_take_no_room_between_them() {
        let cells = [((0, 0), "kind"), ((0, 2), "note"), ((900_000, 2), "甲"), ((2, 0), "")];
        let mut cells = cells.into_iter().map(|(place, said)| (place, said.to_owned()));
        let mut left = 10;
        let grid = grid("一".to_owned(), || Ok(cells.next()), &mut left).unwrap().unwrap();
        assert_eq!((grid.heads, left), (vec!["kind".to_owned(), String::new(), "note".to_owned()], 4));
        assert_eq!(grid.rows, [(900_001, vec![String::new(), String::new(), "甲".to_owned()])]);
    }

    #[test]
    fn a_cell_in_the_last_column_of_many_rows_is_a_bomb() {
        let mut cells = (0..1_000_000).map(|row| ((row, 16_383), "x".to_owned()));
        assert_eq!(grid(String::new(), || Ok(cells.next()), &mut 100_000), Err(NotATable::Bomb));
    }

    #[test]
    fn what_is_damaged_is_told_from_what_is_no_workbook() {
        let (book, kinds) = (Codebook::standard(), BTreeMap::new());
        let known = Known { book: &book, labels: &[], kinds: &kinds };
        let read = |bytes: &[u8]| read_workbook(bytes, &known).map(|rows| rows.len());
        assert!(matches!(read(b"PK\x03\x04 and nothing"), Err(NotATable::Damaged(_))));
        let document = packed(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>")]).unwrap();
        for bytes in [b"\x89PNG\r\n".as_slice(), b"\xD0\xCF\x11\xE0", &document] {
            assert_eq!(read(bytes), Err(NotATable::NoWorkbook));
        }
    }
}
