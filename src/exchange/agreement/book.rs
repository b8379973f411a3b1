//! Every figure as a workbook for offices, with the words of the interface, ready to be filtered and printed.

use super::Agreement;
use super::rows::{Cell, HEADS, rows};
use crate::annotation::Time;
use crate::exchange::xlsx::NotWritten;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// The columns that are wider than the others, with how wide they are in half-width characters.
const WIDE: [(&str, f64); 6] =
    [("report", 24.0), ("section", 28.0), ("attribute", 14.0), ("figure", 26.0), ("undefined", 40.0), ("person", 12.0)];

/// Writes the workbook. The same figures at the same moment give the same workbook.
///
/// # Errors
/// If there are more rows than a sheet holds.
pub fn figures_xlsx(agreement: Agreement<'_>, now: Time) -> Result<Vec<u8>, NotWritten> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&agreement, now));
    let sheet = workbook.add_worksheet();
    sheet.set_name(agreement.label("agreement", "sheet"))?;
    let bold = Format::new().set_bold();
    for (at, head) in (0u16..).zip(HEADS) {
        sheet.write_string_with_format(0, at, agreement.label("figure_column", head), &bold)?;
        let width = WIDE.iter().find(|(wide, _)| *wide == head).map_or(10.0, |(_, width)| *width);
        sheet.set_column_width(at, width)?;
    }
    let mut last = 0;
    for (number, row) in (1u32..).zip(rows(agreement)) {
        for (at, cell) in (0u16..).zip(row) {
            write(sheet, (number, at), cell, &agreement)?;
        }
        last = number;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.autofilter(0, 0, last.max(1), HEADS.len() as u16 - 1)?;
    // In heads an ampersand stands for something.
    let stamp = agreement.secrecy().map(|level| format!("&R{}", level.mark())).unwrap_or_default();
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_header(format!("&L{}{stamp}", agreement.title().replace('&', "&&")));
    Ok(workbook.save_to_buffer()?)
}

/// What the file says of itself; nothing of it is read off the clock or the machine.
fn properties(agreement: &Agreement<'_>, now: Time) -> DocProperties {
    let mut properties = DocProperties::new().set_title(agreement.title());
    if let Some(level) = agreement.secrecy() {
        properties = properties.set_category(level.mark()).set_comment(format!("密级：{}", level.mark()));
    }
    match ExcelDateTime::from_timestamp(now.0.div_euclid(1000)) {
        Ok(moment) => properties.set_creation_datetime(&moment),
        Err(_) => properties,
    }
}

/// Writes a cell; words that look like a formula stay words.
fn write(sheet: &mut Worksheet, (row, at): (u32, u16), cell: Cell<'_>, agreement: &Agreement<'_>) -> Result<(), XlsxError> {
    let written = match cell {
        Cell::Empty => return Ok(()),
        Cell::Words(words) => sheet.write_string(row, at, words),
        Cell::Key(group, key) => sheet.write_string(row, at, agreement.label(group, key)),
        Cell::Number(number) => sheet.write_number(row, at, number),
        // A seed may be larger than what a spreadsheet holds exactly.
        Cell::Count(count) if count > MOST => sheet.write_string(row, at, count.to_string()),
        Cell::Count(count) => sheet.write_number(row, at, count as f64),
        Cell::Flag(flag) => sheet.write_boolean(row, at, flag),
    };
    written.map(|_| ())
}

/// The largest whole number up to which a spreadsheet holds all, 2⁵³.
const MOST: u64 = 1 << 53;

#[cfg(test)]
mod tests {
    use super::super::tests::{measured, panel};
    use super::*;
    use std::io::{Cursor, Read as _};

    #[test]
    fn numbers_are_numbers_and_the_head_is_there() {
        measured(&panel(), |agreement, _| {
            let book = figures_xlsx(agreement, Time(1_700_000_000_000)).unwrap();
            assert_eq!(figures_xlsx(agreement, Time(1_700_000_000_000)), Ok(book.clone()));
            let mut zip = zip::ZipArchive::new(Cursor::new(book)).unwrap();
            let mut sheet = String::new();
            zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
            assert!(sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\""));
            assert_eq!(sheet.matches("<row ").count(), rows(agreement).len() + 1);
            assert!(sheet.contains("<v>7</v>"), "the seed");
        });
    }
}
