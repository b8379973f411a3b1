//! The table of tags behind a report, by section.

use super::layout::DocxLayout;
use super::runs::{highlight, paragraph, run};
use crate::exchange::laid::Tagged;
use crate::exchange::voice::{COLUMNS, Voice, pilcrow};

/// How wide the columns are, in hundredths of the text's width.
const WIDTHS: [u32; 5] = [7, 17, 29, 39, 8];

/// What stands between two things that are said of a tag, in whatever language. At the end of a line nothing is seen of it.
const BETWEEN: &str = "   ";

/// The table; its head stands again on each page, and no row is broken between two. `before` tags stand in the document before
/// these, which are named behind them.
pub(super) fn table<'a>(voice: &Voice<'a>, layout: DocxLayout, tags: &[Tagged<'a>], before: usize) -> String {
    let widths = WIDTHS.map(|width| width * layout.text_width() / 100);
    let head = COLUMNS.map(|(group, key)| paragraph("Cell", &run("", "<w:b/>", &voice.label(group, key))));
    let mut table = begin(&widths);
    table.push_str(&row(&widths, "<w:cantSplit/><w:tblHeader/>", &head));
    for (section, tags) in voice.by_section(tags) {
        if !section.is_empty() {
            table.push_str(&over(&widths, &section));
        }
        for tag in tags {
            table.push_str(&row(&widths, "<w:cantSplit/>", &cells(voice, tag, before + tag.number - 1)));
        }
    }
    table + "</w:tbl>"
}

/// The beginning of a table of columns of these widths.
pub(super) fn begin(widths: &[u32]) -> String {
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
         <w:tblGrid>{columns}</w:tblGrid>",
        widths.iter().sum::<u32>()
    )
}

/// A row of cells, each of one paragraph or more.
pub(super) fn row(widths: &[u32], properties: &str, cells: &[String]) -> String {
    let cell = |(width, cell): (&u32, &String)| format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>");
    let cells: String = widths.iter().zip(cells).map(cell).collect();
    format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
}

/// A row of one cell over all columns, on the page of the row below it.
fn over(widths: &[u32], words: &str) -> String {
    format!(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{}\"/></w:tcPr>\
         <w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:keepNext/></w:pPr>{}</w:p></w:tc></w:tr>",
        widths.iter().sum::<u32>(),
        widths.len(),
        run("", "<w:b/>", words)
    )
}

fn cells<'a>(voice: &Voice<'a>, tag: &Tagged<'a>, id: usize) -> [String; 5] {
    let linked = |words: &str| {
        let run = run("", "", words);
        if tag.is_shown { format!("<w:hyperlink w:anchor=\"tag{id}\" w:history=\"1\">{run}</w:hyperlink>") } else { run }
    };
    let plain = |words: &str| paragraph("Cell", &run("", "", words));
    let kind = paragraph("Cell", &run("", &highlight(voice, &tag.row.tag.kind), &voice.kind_of(&tag.row)));
    let person = voice.person(&tag.row).map(plain).unwrap_or_default();
    let colon = voice.label("page", "colon");
    let said: Vec<String> = voice.particulars(&tag.row).into_iter().map(|(label, words)| format!("{label}{colon}{words}")).collect();
    [
        paragraph("Cell", &linked(&tag.number.to_string())),
        kind + &person,
        paragraph("Cell", &linked(&tag.row.quote())),
        plain(&said.join(BETWEEN)),
        plain(&pilcrow(&tag.row).unwrap_or_default()),
    ]
}
