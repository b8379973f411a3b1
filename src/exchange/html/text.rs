//! The report's text on the page, with its tags.

use super::classes;
use super::numbers::{Stretch, stretches};
use crate::exchange::laid::{Laid, Line, Piece, Tagged};
use crate::exchange::markup::{escaped, faithful};
use crate::exchange::voice::Voice;
use crate::report::Role;

/// Lanes that have a style of their own; tags on higher ones share the last.
const LANES: usize = 4;

/// Writes the text, each paragraph on a line of its own.
pub(super) fn write(page: &mut String, laid: &Laid<'_>, voice: &Voice<'_>, report: usize) {
    let writer = Writer { laid, voice, report };
    for lines in laid.lines.chunk_by(|one, next| one.table.is_some() && one.table == next.table) {
        match lines {
            [line] if line.table.is_none() => writer.paragraph(page, line),
            rows => writer.table(page, rows),
        }
    }
}

struct Writer<'w, 'a> {
    laid: &'w Laid<'a>,
    voice: &'w Voice<'a>,
    report: usize,
}

impl Writer<'_, '_> {
    fn paragraph(&self, page: &mut String, line: &Line) {
        let (open, close) = match line.role {
            Role::Title => ("<h1>".to_owned(), "</h1>".to_owned()),
            Role::Byline => ("<p class=\"byline\">".to_owned(), "</p>".to_owned()),
            Role::Heading(level) => (format!("<h{}>", level.number() + 1), format!("</h{}>", level.number() + 1)),
            Role::Lead | Role::Body => ("<p>".to_owned(), "</p>".to_owned()),
        };
        page.push_str(&open);
        line.cells.iter().for_each(|cell| self.pieces(page, cell));
        page.push_str(&close);
        page.push('\n');
    }

    fn table(&self, page: &mut String, rows: &[Line]) {
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        page.push_str("<div class=\"wide\"><table class=\"cells\"><tbody>");
        for (number, row) in rows.iter().enumerate() {
            page.push_str(if number > 0 { "\n<tr>" } else { "<tr>" });
            for column in 0..columns {
                // What a reader of the bare text sees between two cells.
                page.push_str(if column > 0 && column < row.cells.len() { "\t<td>" } else { "<td>" });
                row.cells.get(column).into_iter().for_each(|cell| self.pieces(page, cell));
                page.push_str("</td>");
            }
            page.push_str("</tr>");
        }
        page.push_str("</tbody></table></div>\n");
    }

    /// Pieces of one paragraph or cell. A tag that another one overlaps is closed and opened again, so that marks nest.
    fn pieces(&self, page: &mut String, pieces: &[Piece]) {
        let mut open: Vec<usize> = Vec::new();
        let mut ended: Vec<usize> = Vec::new();
        for Stretch { piece, text, numbers } in stretches(pieces) {
            let kept = open.iter().zip(&piece.under).take_while(|(open, under)| open == under).count();
            self.close(page, &mut open, kept, &ended);
            for tag in piece.under.iter().skip(kept) {
                self.open(page, *tag, piece.begins.contains(tag));
                open.push(*tag);
            }
            let text = faithful(&text);
            page.push_str(&if piece.is_heading { format!("<b>{text}</b>") } else { text });
            ended = numbers;
        }
        self.close(page, &mut open, 0, &ended);
    }

    fn open(&self, page: &mut String, tag: usize, begins: bool) {
        let Some(tag) = self.laid.tags.get(tag) else { return };
        let name = if begins { format!(" id=\"r{}t{}\"", self.report, tag.number) } else { String::new() };
        let looks = classes(self.voice, &tag.row.tag.kind);
        let said = self.voice.lines(&tag.row);
        let person = self.voice.person(&tag.row).map(str::to_owned);
        let said = said.into_iter().chain(person).map(|line| escaped(&line)).collect::<Vec<_>>().join("&#10;");
        page.push_str(&format!("<mark{name} class=\"{looks} lane{}\" title=\"{said}\">", tag.lane.min(LANES - 1)));
    }

    /// Closes the innermost tags until `kept` are open. Behind them stand the ways to the list of those that ended, each in its
    /// tag's colour; a row may be broken between two of them.
    fn close(&self, page: &mut String, open: &mut Vec<usize>, kept: usize, ended: &[usize]) {
        page.push_str(&"</mark>".repeat(open.len().saturating_sub(kept)));
        open.truncate(kept);
        let way = |tag: &Tagged<'_>| {
            let (number, looks) = (tag.number, classes(self.voice, &tag.row.tag.kind));
            format!("<a class=\"at {looks}\" href=\"#r{}e{number}\" aria-label=\"{number}\"></a>", self.report)
        };
        let ways: Vec<String> = ended.iter().filter_map(|at| self.laid.tags.get(*at)).map(way).collect();
        page.push_str(&ways.join("<wbr/>"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::laid::laid;
    use crate::exchange::laid::tests::Desk;
    use crate::exchange::markup::stripped;
    use crate::report::{Reading, ScriptView};
    use proptest::prelude::*;

    fn text_of(desk: &Desk) -> String {
        desk.hand(|handed| {
            let mut page = String::new();
            write(&mut page, &laid(handed, handed.reports.first().unwrap()), &Voice::new(handed), 1);
            page
        })
    }

    /// The marks of a page without what they say.
    fn skeleton(page: &str) -> String {
        let mut skeleton = String::new();
        for part in page.split_inclusive('>') {
            let (text, tag) = part.split_once('<').unwrap_or((part, ""));
            skeleton.push_str(text);
            let name = tag.split([' ', '>']).next().unwrap_or("");
            let number = tag.split_once("aria-label=\"").and_then(|(_, rest)| rest.split('"').next());
            let begins = tag.split_once(" id=\"r1t").and_then(|(_, rest)| rest.split('"').next());
            skeleton.push_str(&match (name, number, begins) {
                ("mark", _, Some(number)) => format!("[{number}:"),
                ("mark", ..) => "[".to_owned(),
                ("/mark", ..) => "]".to_owned(),
                ("a", Some(number), _) => format!("#{number}"),
                _ => String::new(),
            });
        }
        skeleton
    }

    #[test]
    fn tags_that_nest_are_marks_that_nest() {
        let desk =
            Desk::new("教育支出增长16%，医疗支出增长15%。").tagged("支出增长16%，医疗支出增长15%", "target").tagged("增长16%", "indicator");
        assert_eq!(skeleton(&text_of(&desk)), "教育[1:支出[2:增长16%]#2，医疗支出增长15%]#1。\n");
    }

    #[test]
    fn tags_that_overlap_are_closed_and_opened_again() {
        let desk =
            Desk::new("教育支出增长16%，医疗支出增长15%。").tagged("支出增长16%，医疗", "target").tagged("增长16%，医疗支出", "indicator");
        assert_eq!(skeleton(&text_of(&desk)), "教育[1:支出[2:增长16%，医疗]]#1[支出]#2增长15%。\n");
    }

    #[test]
    fn equal_tags_have_a_mark_and_a_number_each_and_the_numbers_rise() {
        let desk = Desk::new("教育、医疗支出分别增长16%和15%。").tagged("增长16%和15%", "target").tagged("增长16%和15%", "indicator");
        let page = text_of(&desk);
        assert_eq!(skeleton(&page), "教育、医疗支出分别[1:[2:增长16%和15%]]#1#2。\n");
        assert!(
            page.contains("<a class=\"at blue solid\" href=\"#r1e1\" aria-label=\"1\"></a><wbr/><a class=\"at green dotted\""),
            "{page}"
        );
    }

    #[test]
    fn no_number_parts_a_figure() {
        let cases = [
            ("支出增长5.4%和7.6%，就业", ["支出增长5.4%和7.6%", "支出增长5.4%和7."], "[1:[2:支出增长5.4%和7.]6%]#1#2，就业\n"),
            ("就业12.6万人，居第5位。", ["就业12.6", "居第"], "[1:就业12.6]万人#1，[2:居第]5位#2。\n"),
            ("就业12.6万人，居第5位。", ["就业12.6万人，居第5位", "12.6"], "[1:就业[2:12.6]万人#2，居第5位]#1。\n"),
        ];
        for (text, [one, other], expected) in cases {
            let desk = Desk::new(text).tagged(one, "indicator").tagged(other, "indicator");
            assert_eq!(skeleton(&text_of(&desk)), expected);
        }
    }

    #[test]
    fn the_text_is_the_reports_and_what_is_said_of_it_can_be_seen() {
        let page = text_of(&Desk::new("生产\u{200B}总值增长8%。").tagged("生产\u{200B}总值增长8%", "own\u{200B}kind"));
        assert!(page.contains(">生产\u{200B}总值增长8%</mark>") && page.contains("title=\"own\\u{200b}kind&#10;"), "{page}");
    }

    #[test]
    fn tables_are_tables() {
        let page = text_of(&Desk::with_table().tagged("2561亿元\t8%", "indicator"));
        assert_eq!(page.matches("<td>").count(), 6);
        assert_eq!(stripped(&page), "指标\t数值\t增长\n\t2561亿元\t8%\n完。\n");
        assert_eq!(page.matches("<mark").count(), 2, "one in each cell");
        assert_eq!(page.matches(" id=").count(), 1);
    }

    proptest! {
        #[test]
        fn without_markup_it_is_the_text_as_it_is_read(
            text in "[一二三發(fā)展增长8%<>&\"'。，\n\u{202E}\u{20000}]{1,80}",
            spans in proptest::collection::vec((0usize..80, 1usize..30), 0..8),
            traditional in any::<bool>(),
        ) {
            let length = text.chars().count();
            let mut desk = Desk::new(&text);
            for (start, size) in spans {
                if start + size <= length {
                    desk = desk.tagged_at(start, start + size, "target");
                }
            }
            desk.options.reading = Reading::of(if traditional { ScriptView::Traditional } else { ScriptView::Source });
            let shown = |span| desk.report.shown(span, desk.options.reading).text + "\n";
            let read: String = desk.report.paragraphs().iter().map(|paragraph| shown(paragraph.span)).collect();
            prop_assert_eq!(stripped(&text_of(&desk)), read.replace('\u{202E}', "\\u{202e}"));
        }
    }
}
