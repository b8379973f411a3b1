//! The table of tags behind a report.

use super::layout::DocxLayout;
use super::runs::{highlight, paragraph, run};
use crate::exchange::laid::Tagged;
use crate::exchange::voice::{COLUMNS, Voice};

/// How wide the columns are, in hundredths of the text's width.
const WIDTHS: [u32; 5] = [8, 15, 29, 30, 18];

/// The table; its head stands again on each page, and no row is broken between two. `id` names the tag in the document.
pub(super) fn table<'a>(voice: &Voice<'a>, layout: DocxLayout, tags: &[Tagged<'a>], id: impl Fn(usize) -> usize) -> String {
    let widths = WIDTHS.map(|width| width * layout.text_width() / 100);
    let head = COLUMNS.map(|(group, key)| paragraph("Cell", &run("", "<w:b/>", &voice.label(group, key))));
    let mut table = begin(&widths);
    table.push_str(&row(&widths, "<w:cantSplit/><w:tblHeader/>", &head));
    for (at, tag) in tags.iter().enumerate() {
        table.push_str(&row(&widths, "<w:cantSplit/>", &cells(voice, tag, id(at))));
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

fn cells<'a>(voice: &Voice<'a>, tag: &Tagged<'a>, id: usize) -> [String; 5] {
    let linked = |words: &str| {
        let run = run("", "", words);
        if tag.is_shown { format!("<w:hyperlink w:anchor=\"tag{id}\" w:history=\"1\">{run}</w:hyperlink>") } else { run }
    };
    let plain = |words: &str| paragraph("Cell", &run("", "", words));
    let kind = paragraph("Cell", &run("", &highlight(voice, &tag.row.tag.kind), &voice.kind_of(&tag.row)));
    let person = voice.person(&tag.row).map(plain).unwrap_or_default();
    let colon = voice.label("page", "colon");
    let said = voice.particulars(&tag.row).into_iter().map(|(label, words)| plain(&format!("{label}{colon}{words}")));
    [
        paragraph("Cell", &linked(&tag.number.to_string())),
        kind + &person,
        paragraph("Cell", &linked(&tag.row.quote())),
        // A cell has at least one paragraph.
        Some(said.collect::<String>()).filter(|said| !said.is_empty()).unwrap_or_else(|| paragraph("Cell", "")),
        plain(&voice.place(&tag.row)),
    ]
}
