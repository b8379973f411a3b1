//! Reports as pages set them: paragraphs and rows of tables, each cut where tags begin and end.
//!
//! Tags overlap as they like, markup must nest: so a page writes pieces, and each piece knows all tags over it.

use super::handed::{Handed, HandedReport, TagRow};
use crate::report::{Level, Paragraph, Role};
use crate::source::{BETWEEN_CELLS, Layout, Mark};
use crate::text::{Pos, Span, ViewSpan};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A report as pages set it.
pub(super) struct Laid<'a> {
    /// The tags that are handed over, in the order of the text, those without a place last.
    pub tags: Vec<Tagged<'a>>,
    /// The paragraphs, and the rows of tables.
    pub lines: Vec<Line>,
}

/// A tag of a report on a page.
pub(super) struct Tagged<'a> {
    /// The tag.
    pub row: TagRow<'a>,
    /// Its number on the page, from 1.
    pub number: usize,
    /// On which lane it is underlined, 0 nearest the text, so that overlapping tags stack.
    pub lane: usize,
    /// Whether any of its words are on the page.
    pub is_shown: bool,
}

/// A paragraph or a row of a table.
pub(super) struct Line {
    /// What the paragraph is.
    pub role: Role,
    /// The level of the heading it is or begins with.
    pub level: Level,
    /// The table it is a row of.
    pub table: Option<u32>,
    /// A row's cells; a paragraph is all one.
    pub cells: Vec<Vec<Piece>>,
}

/// A stretch of text under the same tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// The text as it is read.
    pub text: String,
    /// Which tags stand on it, the one that began first outermost.
    pub under: Vec<usize>,
    /// Those of them whose first piece it is.
    pub begins: Vec<usize>,
    /// Those of them whose last piece it is.
    pub ends: Vec<usize>,
    /// Whether it is of the heading that its paragraph begins with.
    pub is_heading: bool,
}

/// Lays a report out.
pub(super) fn laid<'a>(handed: Handed<'a>, report: &'a HandedReport<'a>) -> Laid<'a> {
    let (mut tags, spans) = tagged(handed, report);
    let paragraphs = report.report.paragraphs().iter();
    let mut lines: Vec<Line> = paragraphs.map(|paragraph| line(handed, report, paragraph, &spans)).collect();
    let mut pieces: Vec<&mut Piece> = lines.iter_mut().flat_map(|line| line.cells.iter_mut()).flatten().collect();
    let (mut begun, mut ended) = (BTreeSet::new(), BTreeSet::new());
    for piece in &mut pieces {
        piece.begins = piece.under.iter().copied().filter(|tag| begun.insert(*tag)).collect();
    }
    for piece in pieces.iter_mut().rev() {
        piece.ends = piece.under.iter().copied().filter(|tag| ended.insert(*tag)).collect();
    }
    for (at, tag) in tags.iter_mut().enumerate() {
        tag.is_shown = begun.contains(&at);
    }
    Laid { tags, lines }
}

/// The tags that are handed over, and where those stand that have a place.
fn tagged<'a>(handed: Handed<'a>, report: &'a HandedReport<'a>) -> (Vec<Tagged<'a>>, Vec<(Span, usize)>) {
    let layers = report.layers.iter().filter(|layer| handed.options.takes_person(layer.person.id));
    let rows = layers.flat_map(|layer| handed.tags_of(report, layer));
    let mut rows: Vec<(Option<Span>, TagRow<'a>)> = rows.map(|row| (row.place(), row)).collect();
    rows.sort_by_key(|(place, _)| (place.is_none(), place.map(|span| (span.start(), Reverse(span.end())))));
    let mut lanes = Vec::new();
    let mut spans = Vec::new();
    let mut tags = Vec::new();
    for (at, (place, row)) in rows.into_iter().enumerate() {
        spans.extend(place.map(|span| (span, at)));
        let lane = place.map_or(0, |span| free_lane(&mut lanes, span));
        tags.push(Tagged { row, number: at + 1, lane, is_shown: false });
    }
    (tags, spans)
}

/// The first lane that is free over a whole span; each lane knows the last span on it.
fn free_lane(lanes: &mut Vec<Span>, span: Span) -> usize {
    let free = lanes.iter().position(|last| !last.overlaps(span)).unwrap_or(lanes.len());
    match lanes.get_mut(free) {
        Some(last) => *last = span,
        None => lanes.push(span),
    }
    free
}

fn line(handed: Handed<'_>, report: &HandedReport<'_>, paragraph: &Paragraph, spans: &[(Span, usize)]) -> Line {
    let pieces = pieces(handed, report, paragraph, spans);
    let cell = cell_at(report.report.layout(), paragraph.span.start());
    let cells = match cell {
        Some((_, column)) => cells(pieces, column),
        None => vec![pieces],
    };
    Line { role: paragraph.role, level: report.report.level_of(paragraph), table: cell.map(|(table, _)| table), cells }
}

/// A paragraph's text, cut where tags begin and end. `spans` are in the order of the text.
fn pieces(handed: Handed<'_>, report: &HandedReport<'_>, paragraph: &Paragraph, spans: &[(Span, usize)]) -> Vec<Piece> {
    let shown = report.report.shown(paragraph.span, handed.options.reading);
    let begun = spans.partition_point(|(span, _)| span.start() < paragraph.span.end());
    let here = spans.iter().take(begun).filter(|(span, _)| span.overlaps(paragraph.span));
    let here: Vec<(ViewSpan, usize)> = here.map(|(span, at)| (shown.to_view(*span), *at)).filter(|(span, _)| !span.is_empty()).collect();
    let heading = paragraph.run_in.map(|span| shown.to_view(span));
    let ends = here.iter().map(|(span, _)| *span).chain(heading).flat_map(|span| [span.start().get(), span.end().get()]);
    let cuts: BTreeSet<u32> = ends.chain([0, shown.len()]).collect();
    let mut characters = shown.text.chars();
    let piece = |(start, end): (&u32, &u32)| {
        let stretch = ViewSpan::of(*start, *end);
        Piece {
            text: characters.by_ref().take(stretch.len() as usize).collect(),
            under: here.iter().filter(|(span, _)| span.contains(stretch)).map(|(_, at)| *at).collect(),
            is_heading: heading.is_some_and(|heading| heading.contains(stretch)),
            ..Piece::default()
        }
    };
    cuts.iter().zip(cuts.iter().skip(1)).map(piece).collect()
}

/// The table and the column in which a paragraph begins, if it is a row of one.
fn cell_at(layout: &Layout, place: Pos) -> Option<(u32, u32)> {
    let before = layout.marks().partition_point(|(at, _)| *at <= place);
    let mut inside = layout.marks().iter().take(before).rev().filter(|(_, mark)| !matches!(mark, Mark::Page(_)));
    match inside.next()?.1 {
        Mark::Cell { table, column, .. } => Some((table, column)),
        Mark::Text | Mark::Note(_) | Mark::Page(_) => None,
    }
}

/// The cells of a row whose first words stand in this column.
fn cells(pieces: Vec<Piece>, column: u32) -> Vec<Vec<Piece>> {
    let mut cells = vec![Vec::new(); column.max(1) as usize];
    for piece in pieces {
        for (at, part) in piece.text.split(BETWEEN_CELLS).enumerate() {
            if at > 0 {
                cells.push(Vec::new());
            }
            if let (Some(cell), false) = (cells.last_mut(), part.is_empty()) {
                cell.push(Piece { text: part.to_owned(), ..piece.clone() });
            }
        }
    }
    cells
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::handed::{HandedLayer, Keys, Office, Options};
    use super::*;
    use crate::annotation::{
        Anchor, Annotations, AttributeId, Change, Codebook, Edit, Hand, KindId, Person, PersonId, Tag, TagId, Time, Touch, Value,
    };
    use crate::quantity::Quantity;
    use crate::report::{Corrections, Report};
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use uuid::Uuid;

    /// A report with tags, and all that is needed to hand it over.
    pub(in crate::exchange) struct Desk {
        pub(in crate::exchange) report: Report,
        pub(in crate::exchange) options: Options,
        book: Arc<Codebook>,
        person: Person,
        annotations: Annotations,
    }

    impl Desk {
        pub(in crate::exchange) fn new(text: &str) -> Self {
            Self::of(Report::new(text.to_owned(), Corrections::default()))
        }

        /// A report with a table whose second row begins with an empty cell.
        pub(in crate::exchange) fn with_table() -> Self {
            let text = "指标\t数值\t增长\n\t2561亿元\t8%\n完。\n";
            let cell = |at, row, column| (Pos::new(at), Mark::Cell { table: 1, row, column });
            let marks = vec![cell(0, 1, 1), cell(3, 1, 2), cell(6, 1, 3), cell(10, 2, 2), cell(17, 2, 3), (Pos::new(20), Mark::Text)];
            Self::of(Report::of_original(text.to_owned(), Corrections::default(), Layout::new(marks), BTreeMap::new()))
        }

        fn of(report: Report) -> Self {
            let person = Person { id: PersonId(Uuid::from_u128(7)), name: "王<芳>".to_owned() };
            Self { report, options: Options::default(), book: Codebook::standard(), person, annotations: Annotations::default() }
        }

        /// Tags the first place of these words.
        #[must_use]
        pub(in crate::exchange) fn tagged(self, words: &str, kind: &str) -> Self {
            let text = self.report.text().as_str();
            let start = text.split_once(words).map(|(before, _)| before.chars().count()).unwrap();
            self.tagged_at(start, start + words.chars().count(), kind)
        }

        #[must_use]
        pub(in crate::exchange) fn tagged_at(mut self, start: usize, end: usize, kind: &str) -> Self {
            let number = self.annotations.tag_count() as u128 + 1;
            let anchor = Anchor::new(self.report.text(), Span::of(start as u32, end as u32));
            let mut tag = Tag::new(TagId(Uuid::from_u128(number)), KindId::new(kind), anchor);
            tag.quantities.push(Quantity::of_words("同比增长8％左右"));
            tag.set_attribute(AttributeId::new("modality"), Value::Many(vec!["strive".into(), "ensure".into()]));
            tag.note = "看<一>看".to_owned();
            let by = Touch { at: Time(1_700_000_000_123), hand: Hand::new(1) };
            self.annotations.apply(&Edit::new(vec![Change::add_tag(tag)]), by).unwrap();
            self
        }

        /// Hands the report over, without words of any language.
        pub(in crate::exchange) fn hand<T>(&self, take: impl for<'a> FnOnce(Handed<'a>) -> T) -> T {
            let layers = [HandedLayer { person: &self.person, role: Office::Annotation, annotations: &self.annotations }];
            let reports = [HandedReport { report: &self.report, name: "a.txt", layers: &layers }];
            take(Handed { reports: &reports, book: &self.book, options: &self.options, labels: &Keys })
        }

        pub(in crate::exchange) fn laid<T>(&self, take: impl for<'a> FnOnce(Laid<'a>) -> T) -> T {
            self.hand(|handed| take(laid(handed, handed.reports.first().unwrap())))
        }
    }

    #[test]
    fn a_paragraph_is_cut_where_tags_begin_and_end() {
        let desk =
            Desk::new("𠮷县全市生产总值增长8%，居全省第1位。").tagged("市生产总值增长8%", "target").tagged("总值增长8%，居", "indicator");
        desk.laid(|laid| {
            let said = |piece: &Piece| format!("{} {:?} {:?} {:?}", piece.text, piece.under, piece.begins, piece.ends);
            let pieces: Vec<String> = laid.lines.iter().flat_map(|line| &line.cells).flatten().map(said).collect();
            assert_eq!(
                pieces,
                ["𠮷县全 [] [] []", "市生产 [0] [0] []", "总值增长8% [0, 1] [1] [0]", "，居 [1] [] [1]", "全省第1位。 [] [] []",]
            );
            assert_eq!(laid.tags.iter().map(|tag| (tag.number, tag.lane, tag.is_shown)).collect::<Vec<_>>(), [(1, 0, true), (2, 1, true)]);
        });
    }

    #[test]
    fn a_tag_over_two_paragraphs_begins_once_and_ends_once() {
        let desk = Desk::new("增长8%。\n力争9%。\n").tagged("8%。\n力争", "target");
        desk.laid(|laid| {
            let under: Vec<_> = laid.lines.iter().flat_map(|line| &line.cells).flatten().filter(|piece| !piece.under.is_empty()).collect();
            assert_eq!(
                under.iter().map(|piece| (piece.text.as_str(), piece.begins.len(), piece.ends.len())).collect::<Vec<_>>(),
                [("8%。", 1, 0), ("力争", 0, 1)]
            );
        });
    }

    #[test]
    fn rows_of_tables_are_cut_into_cells() {
        let desk = Desk::with_table().tagged("2561亿元\t8%", "indicator");
        desk.laid(|laid| {
            let words = |cell: &Vec<Piece>| cell.iter().map(|piece| piece.text.as_str()).collect::<String>();
            let row = |line: &Line| format!("{:?} {}", line.table, line.cells.iter().map(words).collect::<Vec<_>>().join("|"));
            let rows: Vec<String> = laid.lines.iter().map(row).collect();
            assert_eq!(rows, ["Some(1) 指标|数值|增长", "Some(1) |2561亿元|8%", "None 完。"]);
            let ends: Vec<usize> = laid.lines.iter().flat_map(|line| &line.cells).flatten().map(|piece| piece.ends.len()).collect();
            assert_eq!(ends, [0, 0, 0, 0, 1, 0]);
        });
    }

    #[test]
    fn in_another_script_tags_stand_on_the_same_words() {
        let mut desk = Desk::new("發展產業，增長8%。").tagged("產業", "commitment");
        desk.options.reading = crate::report::Reading::of(crate::report::ScriptView::Simplified);
        desk.laid(|laid| {
            let pieces: Vec<_> = laid.lines.iter().flat_map(|line| &line.cells).flatten().map(|piece| piece.text.as_str()).collect();
            assert_eq!(pieces, ["发展", "产业", "，增长8%。"]);
        });
    }
}
