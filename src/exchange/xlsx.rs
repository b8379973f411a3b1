//! XLSX, for offices: a sheet a table, with the words of the interface, ready to be filtered, printed, and filled in.

use super::handed::Handed;
use super::incoming::cut;
use super::table::formula::is_formula;
use super::table::{Cell, Filled, Head, HeadOf, Table, exact, labels_of};
use crate::annotation::{Codebook, Time, ValueType};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Why a workbook could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// A sheet holds 1,048,576 rows.
    #[error("more rows than a sheet holds")]
    TooManyRows,
    /// Anything else, in the words of what writes.
    #[error("{0}")]
    Other(String),
}

impl From<XlsxError> for NotWritten {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooManyRows,
            other => Self::Other(other.to_string()),
        }
    }
}

/// Writes a workbook with all tables. The same reports at the same moment give the same workbook.
///
/// # Errors
/// If there are more rows than a sheet holds.
pub fn write_xlsx(handed: Handed<'_>, now: Time) -> Result<Vec<u8>, NotWritten> {
    let mut workbook = Workbook::new();
    let title = title(handed);
    workbook.set_properties(&properties(handed, &title, now));
    let looks = Looks::new();
    let mut names: Vec<String> = Vec::new();
    for table in Table::ALL {
        let name = sheet_name(handed.labels.label("table", table.key()));
        names.push(if name.is_empty() || names.contains(&name) { table.key().to_owned() } else { name });
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.last().map_or("", String::as_str))?;
        fill(sheet, table, handed, &looks)?;
        set_page(sheet, &title, handed);
    }
    Ok(workbook.save_to_buffer()?)
}

/// What the workbook is called: the report's title, or those of the first and how many there are.
fn title(handed: Handed<'_>) -> String {
    let first = handed.reports.first().map_or("", |report| report.title());
    let short: String = first.chars().take(60).collect();
    if handed.reports.len() > 1 { format!("{short} … ({})", handed.reports.len()) } else { short }
}

/// What the file says of itself; nothing of it is read off the clock or the machine.
fn properties(handed: Handed<'_>, title: &str, now: Time) -> DocProperties {
    let mut properties = DocProperties::new().set_title(title);
    if let Some(level) = handed.secrecy() {
        properties = properties.set_category(level.mark()).set_comment(format!("密级：{}", level.mark()));
    }
    match ExcelDateTime::from_timestamp(now.0.div_euclid(1000)) {
        Ok(moment) => properties.set_creation_datetime(&moment),
        Err(_) => properties,
    }
}

/// A name without what the names of sheets may not hold.
fn sheet_name(label: &str) -> String {
    label.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).take(31).collect()
}

/// How cells look.
struct Looks {
    head: Format,
    /// Words, which may run over several lines.
    words: Format,
    /// Words that stay words when somebody types there: periods and days.
    typed: Format,
    /// Words that would be a formula if somebody typed them.
    guarded: Format,
    number: Format,
}

impl Looks {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let words = top.clone().set_text_wrap();
        Self {
            head: words.clone().set_bold().set_background_color(Color::RGB(0xE7E6E0)).set_border_bottom(FormatBorder::Thin),
            typed: words.clone().set_num_format("@"),
            guarded: words.clone().set_quote_prefix(),
            words,
            number: top,
        }
    }

    /// How the cells of a column look that are not said to look otherwise.
    fn of(&self, head: &Head, book: &Codebook) -> &Format {
        let takes = match &head.of {
            HeadOf::Attribute(id) => book.attribute(id).map(|attribute| &attribute.takes),
            HeadOf::Id | HeadOf::Fixed | HeadOf::Aside => None,
        };
        match takes {
            Some(ValueType::Period | ValueType::Deadline) => &self.typed,
            Some(_) => &self.words,
            None if WORDY.contains(&head.key.as_str()) => &self.words,
            None => &self.number,
        }
    }
}

/// The columns of words that may be long.
const WORDY: [&str; 9] = ["report", "section", "quote", "quantities", "note", "from_report", "from_quote", "to_report", "to_quote"];

/// Writes heads and rows.
fn fill(sheet: &mut Worksheet, table: Table, handed: Handed<'_>, looks: &Looks) -> Result<(), XlsxError> {
    let Filled { heads, rows } = table.of(handed);
    let labels = labels_of(&heads, handed.labels);
    for (at, (head, label)) in (0u16..).zip(heads.iter().zip(&labels)) {
        sheet.set_column_format(at, looks.of(head, handed.book))?;
        sheet.set_column_width(at, f64::from(head.width))?;
        if head.is_hidden() {
            sheet.set_column_hidden(at)?;
        }
        sheet.write_string_with_format(0, at, label.as_str(), &looks.head)?;
    }
    let mut last = 0;
    for (number, row) in (1u32..).zip(rows) {
        for (at, cell) in (0u16..).zip(&row) {
            write(sheet, (number, at), cell, handed, looks)?;
        }
        last = number;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Ok(columns @ 1..) = u16::try_from(heads.len()) {
        sheet.autofilter(0, 0, last.max(1), columns - 1)?;
    }
    // A page that begins in the middle of the columns still says of what it speaks.
    if let (Table::Tags, Some(quote)) = (table, (0u16..).zip(&heads).find(|(_, head)| head.key == "quote").map(|(at, _)| at)) {
        sheet.set_repeat_columns(quote, quote)?;
    }
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(if table == Table::Tags { 2 } else { 1 }, 0);
    Ok(())
}

/// Writes a cell: numbers as numbers, unless they would become others.
fn write(sheet: &mut Worksheet, (row, at): (u32, u16), cell: &Cell<'_>, handed: Handed<'_>, looks: &Looks) -> Result<(), XlsxError> {
    let written = match cell {
        Cell::Empty => return Ok(()),
        Cell::Flag(flag) => sheet.write_boolean(row, at, *flag),
        Cell::Count(count) => sheet.write_number(row, at, *count),
        Cell::Number(number) => match exact(*number) {
            Some(number) => sheet.write_number(row, at, number),
            None => sheet.write_string(row, at, cell.said(handed.labels)),
        },
        Cell::Text(text) if is_formula(text) => sheet.write_string_with_format(row, at, cut(text), &looks.guarded),
        Cell::Text(text) => sheet.write_string(row, at, cut(text)),
        Cell::Keys(..) => sheet.write_string(row, at, cell.said(handed.labels)),
    };
    written.map(|_| ())
}

/// A4, landscape, with title and stamp over each page and its number below.
fn set_page(sheet: &mut Worksheet, title: &str, handed: Handed<'_>) {
    const A4: u8 = 9;
    sheet.set_landscape().set_paper_size(A4).set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    let stamp = handed.secrecy().map(|level| format!("&R{}", level.mark())).unwrap_or_default();
    // In heads an ampersand stands for something.
    sheet.set_header(format!("&L{}{stamp}", title.replace('&', "&&"))).set_footer("&C&P / &N");
}

#[cfg(test)]
mod tests {
    use super::super::incoming::sample::Desk;
    use super::super::{Keys, Options};
    use super::*;
    use std::io::{Cursor, Read as _};

    fn part(workbook: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
        let mut part = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut part).unwrap();
        part
    }

    #[test]
    fn a_sheet_can_be_filtered_and_printed_and_has_typed_cells() {
        let desk = Desk::new("机密★1年\n全市生产总值下降5.2%。\n").tagged("下降5.2%", "indicator", &["下降5.2%"]);
        let written = desk.hand(&Options::default(), &Keys, |handed| write_xlsx(handed, Time(1_700_000_000_000))).unwrap();
        let (tags, quantities) = (part(&written, "xl/worksheets/sheet1.xml"), part(&written, "xl/worksheets/sheet2.xml"));
        for said in ["<autoFilter", "state=\"frozen\"", "orientation=\"landscape\"", "paperSize=\"9\"", "hidden=\"1\"", "机密", "t=\"b\""]
        {
            assert!(tags.contains(said), "{said}");
        }
        assert!(quantities.contains("<v>-5.2</v>"), "a number is one");
        assert!(part(&written, "xl/workbook.xml").contains("_xlnm.Print_Titles"), "heads are repeated");
        assert!(part(&written, "docProps/core.xml").contains("密级：机密"));
        let again = desk.hand(&Options::default(), &Keys, |handed| write_xlsx(handed, Time(1_700_000_000_000)));
        assert_eq!(again, Ok(written));
    }

    #[test]
    fn names_of_sheets_are_such() {
        assert_eq!(sheet_name("标注[1]/2"), "标注12");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
    }
}
