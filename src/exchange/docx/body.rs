//! The report's text in the document, with its tags.

use super::comments::comment;
use super::layout::{DocxLayout, Marked};
use super::runs::{highlight, paragraph, run, run_of_text};
use super::table;
use crate::exchange::handed::HandedReport;
use crate::exchange::laid::{Laid, Line, Piece, laid};
use crate::exchange::voice::Voice;
use crate::report::Role;

/// The document and the comments on it, in the making.
pub(super) struct Body<'v, 'a> {
    voice: &'v Voice<'a>,
    layout: DocxLayout,
    document: String,
    comments: String,
    /// How many tags the reports before had: comments are numbered through.
    before: usize,
}

/// A new page begins.
const NEW_PAGE: &str = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";

impl<'v, 'a> Body<'v, 'a> {
    pub(super) const fn new(voice: &'v Voice<'a>, layout: DocxLayout) -> Self {
        Self { voice, layout, document: String::new(), comments: String::new(), before: 0 }
    }

    /// What stands in the document and in the comments.
    pub(super) fn finish(self) -> (String, String) {
        (format!("<w:body>{}{}</w:body>", self.document, self.layout.section(self.marked())), self.comments)
    }

    /// Where the header says the level of the whole: not where the first report says it at its head.
    fn marked(&self) -> Marked {
        let handed = self.voice.handed;
        let at_head = handed.reports.first().and_then(HandedReport::secrecy);
        match handed.secrecy() {
            None => Marked::Nowhere,
            level if level == at_head => Marked::FollowingPages,
            Some(_) => Marked::EveryPage,
        }
    }

    /// One more report, and its tags as a table on the page behind it.
    pub(super) fn report(&mut self, report: &'a HandedReport<'a>) {
        let laid = laid(self.voice.handed, report);
        if !self.document.is_empty() {
            self.document.push_str(NEW_PAGE);
        }
        if let Some(level) = report.secrecy() {
            self.document.push_str(&paragraph("Stamp", &run("", "", level.mark())));
        }
        for lines in laid.lines.chunk_by(|one, next| one.table.is_some() && one.table == next.table) {
            match lines {
                [line] if line.table.is_none() => self.paragraph(&laid, line),
                rows => self.table(&laid, rows),
            }
        }
        for (at, tag) in laid.tags.iter().enumerate().filter(|(_, tag)| tag.is_shown) {
            self.comments.push_str(&comment(self.voice, &tag.row, self.before + at));
        }
        let heading = run("", "", &self.voice.label("page", "tags"));
        self.document.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:pageBreakBefore/></w:pPr>{heading}</w:p>"));
        self.document.push_str(&table::table(self.voice, self.layout, &laid.tags, self.before));
        // Behind a table Word wants a paragraph.
        self.document.push_str(&paragraph("Cell", ""));
        self.before += laid.tags.len();
    }

    fn paragraph(&mut self, laid: &Laid<'_>, line: &Line) {
        let style = match line.role {
            Role::Title => "Title".to_owned(),
            Role::Byline => "Subtitle".to_owned(),
            Role::Heading(level) => format!("Heading{}", level.number()),
            Role::Lead | Role::Body => "Normal".to_owned(),
        };
        let runs: String = line.cells.iter().map(|pieces| self.runs(laid, line, pieces)).collect();
        self.document.push_str(&paragraph(&style, &runs));
    }

    fn table(&mut self, laid: &Laid<'_>, rows: &[Line]) {
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(1).max(1);
        let width = self.layout.text_width() / u32::try_from(columns).unwrap_or(u32::MAX);
        let widths = vec![width; columns];
        let mut table = table::begin(&widths);
        for row in rows {
            let runs = |column: usize| row.cells.get(column).map(|pieces| self.runs(laid, row, pieces)).unwrap_or_default();
            let cells: Vec<String> = (0..columns).map(|column| paragraph("Cell", &runs(column))).collect();
            table.push_str(&table::row(&widths, "<w:cantSplit/>", &cells));
        }
        // Two tables with nothing between them would be one.
        self.document.push_str(&(table + "</w:tbl>" + &paragraph("Cell", "")));
    }

    /// Pieces of a paragraph or cell as runs, with the marks between which each comment stands.
    fn runs(&self, laid: &Laid<'_>, line: &Line, pieces: &[Piece]) -> String {
        let mut runs = String::new();
        for piece in pieces {
            for tag in &piece.begins {
                let id = self.before + tag;
                runs.push_str(&format!(
                    "<w:bookmarkStart w:id=\"{id}\" w:name=\"tag{id}\"/><w:bookmarkEnd w:id=\"{id}\"/><w:commentRangeStart w:id=\"{id}\"/>"
                ));
            }
            // A run has one underline: that of the tag that began last, which is the innermost where they nest.
            let tag = piece.under.last().and_then(|tag| laid.tags.get(*tag));
            let look = tag.map(|tag| highlight(self.voice, &tag.row.tag.kind)).unwrap_or_default();
            let (face, weight) = if piece.is_heading { self.layout.run_in(line.level) } else { ("", "") };
            runs.push_str(&run_of_text(face, &format!("{weight}{look}"), &piece.text));
            for tag in &piece.ends {
                let id = self.before + tag;
                runs.push_str(&format!(
                    "<w:commentRangeEnd w:id=\"{id}\"/>\
                     <w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:commentReference w:id=\"{id}\"/></w:r>"
                ));
            }
        }
        runs
    }
}
