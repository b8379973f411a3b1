//! XLSX, for offices: a sheet a table, with the words of the interface, ready to be filtered, printed, and filled in.

use super::handed::Handed;
use super::incoming::cut;
use super::row_height::row_height;
use super::table::formula::is_formula;
use super::table::{Cell, Filled, Head, HeadOf, Pen, Table, exact, labels_of};
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

/// Writes a workbook with all tables, that of links where there are any. The same reports at the same moment give the same workbook.
///
/// # Errors
/// If there are more rows than a sheet holds.
pub fn write_xlsx(handed: Handed<'_>, now: Time) -> Result<Vec<u8>, NotWritten> {
    Ok(workbook(handed, now)?.0)
}

/// The same, and in how many cells of the tags only the beginning of the words stands: a cell holds no more.
pub(super) fn workbook(handed: Handed<'_>, now: Time) -> Result<(Vec<u8>, usize), NotWritten> {
    let (mut workbook, mut cut) = (Workbook::new(), 0);
    let title = title(handed);
    workbook.set_properties(&properties(handed, &title, now));
    let looks = Looks::new();
    let mut names: Vec<String> = Vec::new();
    let has_links = handed.links().next().is_some();
    let tables = Table::ALL.into_iter().filter(|table| *table != Table::Links || has_links);
    for (table, (mut sheet, cut_here)) in tables.clone().zip(filled(tables, handed, &looks)?) {
        let name = sheet_name(handed.labels.label("table", table.key()));
        names.push(if name.is_empty() || names.contains(&name) { table.key().to_owned() } else { name });
        sheet.set_name(names.last().map_or("", String::as_str))?;
        cut += if table == Table::Tags { cut_here } else { 0 };
        set_page(&mut sheet, &title, handed);
        workbook.push_worksheet(sheet);
    }
    Ok((workbook.save_to_buffer()?, cut))
}

/// The sheets of tables, each filled on a thread of its own, and how many of its cells are cut off.
fn filled(tables: impl Iterator<Item = Table>, handed: Handed<'_>, looks: &Looks) -> Result<Vec<(Worksheet, usize)>, XlsxError> {
    let one = |table: Table| {
        let mut sheet = Worksheet::new();
        fill(&mut sheet, table, handed, looks).map(|cut| (sheet, cut))
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = tables.map(|table| scope.spawn(move || one(table))).collect();
        running.into_iter().map(|sheet| sheet.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// The first rows of the sheet of tags as people see it, a line each: without the columns that only programs read.
pub(super) fn first_rows(handed: Handed<'_>, most: usize) -> String {
    let Filled { heads, rows } = Table::Tags.of(handed, pen(handed));
    let line = |cells: Vec<String>| {
        let shown = heads.iter().zip(cells).filter(|(head, _)| !head.is_hidden()).map(|(_, cell)| cell.replace('\n', " "));
        shown.collect::<Vec<_>>().join("\t")
    };
    let said = |cell: &Cell<'_>| match cell {
        // As spreadsheets write them.
        Cell::Flag(flag) => flag.to_string().to_uppercase(),
        Cell::Empty | Cell::Text(_) | Cell::Number(_) | Cell::Count(_) | Cell::Keys(..) => cell.said(handed.labels),
    };
    let rows = rows.take(most).map(|row| line(row.iter().map(said).collect()));
    std::iter::once(line(labels_of(&heads, handed.labels))).chain(rows).collect::<Vec<_>>().join("\n")
}

/// What the workbook is called: the report's title as it is read, or that of the first and how many there are.
fn title(handed: Handed<'_>) -> String {
    let first = handed.reports.first().map(|report| report.title_shown(handed.options.reading)).unwrap_or_default();
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
    /// Words that stay words when somebody types there: periods and days. They are made small rather than broken.
    typed: Format,
    /// Words that would be a formula if somebody typed them.
    guarded: Format,
    /// Words of a list.
    plain: Format,
    /// Numbers, which keep off the words in the next column.
    number: Format,
    /// Yes or no. LibreOffice would show a number for it.
    flag: Format,
}

impl Looks {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let words = top.clone().set_text_wrap();
        Self {
            head: words.clone().set_bold().set_background_color(Color::RGB(0xE7E6E0)).set_border_bottom(FormatBorder::Thin),
            typed: top.clone().set_shrink().set_num_format("@"),
            guarded: words.clone().set_quote_prefix(),
            words,
            number: top.clone().set_align(FormatAlign::Right).set_indent(1),
            flag: top.clone().set_align(FormatAlign::Center).set_num_format(r#""TRUE";"TRUE";"FALSE""#),
            plain: top,
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
            None => &self.plain,
        }
    }

    /// Whether the words of a column run over several lines.
    fn breaks(&self, head: &Head, book: &Codebook) -> bool {
        std::ptr::eq(self.of(head, book), &self.words)
    }
}

/// The columns of words that may be long.
const WORDY: [&str; 9] = ["report", "section", "quote", "quantities", "note", "from_report", "from_quote", "to_report", "to_quote"];

/// How cells are written: in the words of whoever reads, and as much as a cell holds.
fn pen(handed: Handed<'_>) -> Pen<'_> {
    Pen { labels: handed.labels, holds: cut }
}

/// Writes heads and rows; says how many cells hold only the beginning of their words.
fn fill(sheet: &mut Worksheet, table: Table, handed: Handed<'_>, looks: &Looks) -> Result<usize, XlsxError> {
    let Filled { heads, rows } = table.of(handed, pen(handed));
    let labels = labels_of(&heads, handed.labels);
    let breaks: Vec<bool> = heads.iter().map(|head| !head.is_hidden() && looks.breaks(head, handed.book)).collect();
    for (at, (head, label)) in (0u16..).zip(heads.iter().zip(&labels)) {
        sheet.set_column_format(at, looks.of(head, handed.book))?;
        sheet.set_column_width(at, f64::from(head.width))?;
        if head.is_hidden() {
            sheet.set_column_hidden(at)?;
        }
        sheet.write_string_with_format(0, at, label.as_str(), &looks.head)?;
    }
    let shown = heads.iter().zip(&labels).filter(|(head, _)| !head.is_hidden());
    set_height(sheet, 0, shown.map(|(head, label)| (label.as_str(), head.width)))?;
    let (mut last, mut cut_off) = (0, 0);
    for (number, row) in (1u32..).zip(rows) {
        for (at, cell) in (0u16..).zip(&row) {
            write(sheet, (number, at), cell, handed, looks)?;
            cut_off += usize::from(matches!(cell, Cell::Text(words) if cut(words).len() < words.len()));
        }
        let broken = row.iter().zip(&heads).zip(&breaks).filter(|(_, breaks)| **breaks);
        let broken: Vec<(String, u16)> = broken.map(|((cell, head), _)| (cell.said(handed.labels), head.width)).collect();
        set_height(sheet, number, broken.iter().map(|(said, width)| (cut(said), *width)))?;
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
    Ok(cut_off)
}

/// Makes room in a row for words of more than one line.
fn set_height<'a>(sheet: &mut Worksheet, row: u32, cells: impl Iterator<Item = (&'a str, u16)>) -> Result<(), XlsxError> {
    row_height(cells).map_or(Ok(()), |height| sheet.set_row_height(row, height).map(|_| ()))
}

/// Writes a cell: numbers as numbers, unless they would become others.
fn write(sheet: &mut Worksheet, (row, at): (u32, u16), cell: &Cell<'_>, handed: Handed<'_>, looks: &Looks) -> Result<(), XlsxError> {
    let written = match cell {
        Cell::Empty => return Ok(()),
        Cell::Flag(flag) => sheet.write_boolean_with_format(row, at, *flag, &looks.flag),
        Cell::Count(count) => sheet.write_number_with_format(row, at, *count, &looks.number),
        Cell::Number(number) => match exact(*number) {
            Some(number) => sheet.write_number_with_format(row, at, number, &looks.number),
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
    use crate::annotation::{AttributeId, Change, Value};
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
        assert!(part(&written, "xl/styles.xml").contains("<alignment horizontal=\"right\" vertical=\"top\" indent=\"1\"/>"));
        assert!(part(&written, "xl/workbook.xml").contains("_xlnm.Print_Titles"), "heads are repeated");
        assert!(part(&written, "docProps/core.xml").contains("密级：机密"));
        let again = desk.hand(&Options::default(), &Keys, |handed| write_xlsx(handed, Time(1_700_000_000_000)));
        assert_eq!(again, Ok(written));
    }

    #[test]
    fn words_have_room_and_what_is_empty_is_no_sheet() {
        let name = "深圳市高新技术产品产值占工业总产值比重";
        let mut desk = Desk::new("全市生产总值下降5.2%。\n").tagged("下降5.2%", "indicator", &["下降5.2%"]).tagged("全市", "target", &[]);
        let (before, mut after) = (desk.tag(1), desk.tag(1));
        after.set_attribute(AttributeId::new("indicator_name"), Value::One(name.to_owned()));
        desk.change(Change::set_tag(before, after), 2);
        let written = desk.hand(&Options::default(), &Keys, |handed| write_xlsx(handed, Time(0))).unwrap();
        let rows = part(&written, "xl/worksheets/sheet1.xml");
        let is_high = |row: &&str| row.split('>').next().is_some_and(|row| row.contains("customHeight"));
        assert_eq!(rows.split("<row ").skip(2).filter(is_high).count(), 1, "of two rows below the head, {rows}");
        let sheets = part(&written, "xl/workbook.xml");
        assert_eq!((sheets.matches("<sheet ").count(), sheets.contains("name=\"links\"")), (3, false));
    }

    #[test]
    fn the_first_rows_are_those_that_people_see() {
        let desk = Desk::new("全市\n生产总值下降5.2%。\n").tagged("全市\n生产总值", "indicator", &[]).tagged("5.2%", "target", &[]);
        let rows = desk.hand(&Options::default(), &Keys, |handed| first_rows(handed, 1));
        let lines: Vec<&str> = rows.lines().collect();
        assert_eq!(lines.len(), 2, "{rows}");
        assert!(lines[0].starts_with("report\tsection\tparagraph\tkind\tquote\t") && !lines[0].contains("_id"), "{rows}");
        assert!(lines[1].contains("\tindicator\t全市 生产总值\t") && lines[1].contains("\tFALSE\t"), "{rows}");
    }

    #[test]
    fn names_of_sheets_are_such() {
        assert_eq!(sheet_name("标注[1]/2"), "标注12");
        assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
    }
}
