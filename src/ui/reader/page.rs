//! The set report: which rows each paragraph makes, and how high each is. Only what has been in view is set; the
//! rest is estimated until then.

use super::heights::Heights;
use super::style::{ParagraphStyle, style};
use crate::report::{Reading, Report, Role, Script, Shown};
use crate::text::classes::is_ideographic;
use crate::text::{Pos, Span, ViewPos, ViewSpan};
use crate::typeset::{Forms, Row, Setting, rows};
use crate::ui::fonts::{Face, family};
use egui::FontId;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many set paragraphs are kept before those out of view are forgotten: some screens' worth.
const KEPT: usize = 240;
/// Paragraphs longer than this, in characters, are cut for setting where a sentence ends: one that
/// fills a book would be set whole for a screen of it.
const LONGEST_PIECE: u32 = 3_000;
/// Space between Han and Latin, where wanted, in ems (clreq §3.2.2).
const LATIN_GAP: f32 = 0.25;

/// What the setting depends on; when it changes everything is set anew.
#[derive(Clone, Debug, PartialEq)]
pub struct PageKey {
    /// The report, by address: a corrected one is another.
    pub report: usize,
    pub view: Reading,
    /// Width of the column in points.
    pub measure: f32,
    /// Size of the text in points.
    pub size: f32,
    /// Row height as a multiple of the size.
    pub leading: f32,
    pub pixels_per_point: f32,
    /// Whether rows are as wide as the column.
    pub justified: bool,
    /// Whether Han and Latin stand apart.
    pub latin_gap: bool,
    /// Indent of the first row of running text in characters.
    pub indent: f32,
    /// Whether running text is set in 黑体.
    pub sans: bool,
}

impl PageKey {
    /// The style of a role, as the user set it.
    fn style(&self, role: Role) -> ParagraphStyle {
        let style = style(role);
        match role {
            Role::Lead | Role::Body => {
                ParagraphStyle { indent: self.indent, face: if self.sans { Face::Sans } else { style.face }, ..style }
            }
            Role::Title | Role::Byline | Role::Heading(_) => style,
        }
    }
}

/// A stretch of a paragraph that is set as one: nearly always the whole.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub span: Span,
    pub paragraph: usize,
    /// Whether the paragraph begins here.
    pub first: bool,
    /// Whether it ends here.
    pub last: bool,
}

/// A set piece.
#[derive(Debug)]
pub struct Set {
    pub shown: Shown,
    pub rows: Vec<Row>,
    /// Byte offset of each row in the shown text, and of the end.
    pub bytes: Vec<usize>,
}

/// The report as set in one way.
#[derive(Debug)]
pub struct Page {
    pub key: PageKey,
    pub pieces: Vec<Piece>,
    pub heights: Heights,
    set: BTreeMap<usize, Arc<Set>>,
    exact: Vec<bool>,
}

/// Widths of characters by font, measured once.
#[derive(Default, Debug)]
pub struct Advances {
    known: FxHashMap<(Face, bool, u32, char), f32>,
}

impl Advances {
    /// The advance of a character in points. Han and what is set like it is as wide as it is high.
    fn of(&mut self, ctx: &egui::Context, font: &FontId, key: (Face, bool, u32), c: char) -> f32 {
        if is_ideographic(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}') {
            return font.size;
        }
        *self.known.entry((key.0, key.1, key.2, c)).or_insert_with(|| ctx.fonts_mut(|fonts| fonts.glyph_width(font, c)))
    }
}

impl Page {
    /// A page on which nothing is set yet: heights are estimated from the number of characters.
    pub fn new(report: &Report, key: PageKey) -> Self {
        let mut pieces = Vec::with_capacity(report.paragraphs().len());
        for (number, paragraph) in report.paragraphs().iter().enumerate() {
            cut(report, paragraph.span, number, &mut pieces);
        }
        let heights = pieces.iter().map(|piece| estimate(report, piece, &key)).collect();
        Self { key, exact: vec![false; pieces.len()], heights: Heights::new(heights), set: BTreeMap::new(), pieces }
    }

    /// The piece that holds a place of the source text, or the nearest before it.
    pub fn piece_at(&self, place: Pos) -> usize {
        self.pieces.partition_point(|piece| piece.span.start() <= place).saturating_sub(1)
    }

    /// The style of a piece.
    pub fn style(&self, report: &Report, at: usize) -> ParagraphStyle {
        let role =
            self.pieces.get(at).and_then(|piece| report.paragraphs().get(piece.paragraph)).map_or(Role::Body, |paragraph| paragraph.role);
        self.key.style(role)
    }

    /// Where marks stand in the script shown.
    pub fn forms(&self, report: &Report) -> Forms {
        match self.key.view.script.script(report.script()) {
            Script::Simplified => Forms::Corner,
            Script::Traditional => Forms::Centre,
        }
    }

    /// The font of a piece.
    pub fn font(&self, report: &Report, style: &ParagraphStyle) -> FontId {
        FontId::new(self.size(style), family(style.face, self.key.view.script.script(report.script())))
    }

    /// Character size of a style in points, a whole number of pixels so that Han stand evenly.
    pub fn size(&self, style: &ParagraphStyle) -> f32 {
        (self.key.size * style.size * self.key.pixels_per_point).round() / self.key.pixels_per_point
    }

    /// Height of a row in points.
    pub fn row_height(&self, style: &ParagraphStyle) -> f32 {
        (self.size(style) * self.key.leading * self.key.pixels_per_point).round() / self.key.pixels_per_point
    }

    /// Sets a piece, unless it is set; its height becomes exact.
    pub fn set(&mut self, ctx: &egui::Context, report: &Report, at: usize, advances: &mut Advances) -> Option<Arc<Set>> {
        if let Some(set) = self.set.get(&at) {
            return Some(Arc::clone(set));
        }
        let piece = *self.pieces.get(at)?;
        let style = self.style(report, at);
        let font = self.font(report, &style);
        let shown = report.shown(piece.span, self.key.view);
        let indent = if piece.first { style.indent * font.size } else { 0.0 };
        let traditional = self.key.view.script.script(report.script()) == Script::Traditional;
        let size = font.size.to_bits();
        let bold = self.font(report, &ParagraphStyle { face: Face::Bold, ..style });
        let heading = report.paragraphs().get(piece.paragraph).and_then(|paragraph| paragraph.run_in).filter(|_| piece.first);
        let heading = heading.map_or(0, |heading| shown.to_view(heading).end().get());
        let setting = Setting {
            measure: self.key.measure,
            indent,
            em: font.size,
            forms: self.forms(report),
            justified: self.key.justified && !style.centred,
            latin_gap: if self.key.latin_gap { font.size * LATIN_GAP } else { 0.0 },
        };
        let rows = rows(&shown.text, &setting, |at, c| {
            let (font, face) = if at < heading { (&bold, Face::Bold) } else { (&font, style.face) };
            advances.of(ctx, font, (face, traditional, size), c)
        });
        let bytes = row_bytes(&shown.text, &rows);
        self.heights.set(at, height(rows.len(), &piece, &style, &self.key, self.row_height(&style)));
        if let Some(exact) = self.exact.get_mut(at) {
            *exact = true;
        }
        let set = Arc::new(Set { shown, rows, bytes });
        self.set.insert(at, Arc::clone(&set));
        Some(set)
    }

    /// Whether the height of a piece is exact.
    pub fn is_exact(&self, at: usize) -> bool {
        self.exact.get(at).copied().unwrap_or(true)
    }

    /// Forgets set pieces far from those in view.
    pub fn forget_far_from(&mut self, first: usize, last: usize) {
        if self.set.len() > KEPT {
            let near = first.saturating_sub(KEPT / 3)..=last + KEPT / 3;
            self.set.retain(|at, _| near.contains(at));
        }
    }

    /// From where to where the row of a place reaches, in points from the top of the page; nothing if it is not set.
    pub fn row_range(&self, report: &Report, at: usize, place: Pos) -> Option<(f32, f32)> {
        let set = self.set.get(&at)?;
        let style = self.style(report, at);
        let row = set.row_of(set.shown.to_view(Span::at(place)).start(), true);
        let height = self.row_height(&style);
        let top = self.heights.before(at) as f32 + self.above(at, &style) + row as f32 * height;
        Some((top, top + height))
    }

    /// Space above the first row of a piece.
    pub fn above(&self, at: usize, style: &ParagraphStyle) -> f32 {
        if self.pieces.get(at).is_some_and(|piece| piece.first) { style.above * self.key.size } else { 0.0 }
    }

    /// How many rows are set, and how many of them are short because their spaces would have grown too wide.
    pub fn loose(&self) -> (usize, usize) {
        let rows = || self.set.values().flat_map(|set| &set.rows);
        (rows().count(), rows().filter(|row| row.loose).count())
    }

    /// How far right of the column's edge a row begins.
    pub fn row_left(&self, style: &ParagraphStyle, row: &Row) -> f32 {
        if style.centred { ((self.key.measure - row.width) / 2.0).max(0.0) + row.indent } else { row.indent }
    }
}

impl Set {
    /// The text of a row.
    pub fn row_text(&self, row: usize) -> &str {
        let range = self.bytes.get(row).zip(self.bytes.get(row + 1));
        range.and_then(|(&start, &end)| self.shown.text.get(start..end)).unwrap_or("")
    }

    /// The row that holds a place; at a row's end, `late` says whether the next one counts.
    pub fn row_of(&self, place: ViewPos, late: bool) -> usize {
        let starts = self.rows.partition_point(|row| if late { row.span.start() <= place } else { row.span.start() < place });
        starts.saturating_sub(1)
    }

    /// The part of a row that a stretch covers.
    pub fn in_row(&self, row: usize, stretch: ViewSpan) -> Option<ViewSpan> {
        self.rows.get(row).and_then(|row| row.span.shared(stretch))
    }
}

/// Cuts a paragraph into pieces after about [`LONGEST_PIECE`] characters, at a sentence's end where there is one.
fn cut(report: &Report, span: Span, paragraph: usize, pieces: &mut Vec<Piece>) {
    let mut start = span.start();
    while span.end().since(start) > LONGEST_PIECE * 2 {
        let window = Span::new(start.plus(LONGEST_PIECE), start.plus(LONGEST_PIECE * 2));
        let stop = report.text().chars(window).position(|c| matches!(c, '。' | '；' | ' '));
        let end = stop.and_then(|at| u32::try_from(at).ok()).map_or(window.end(), |at| window.start().plus(at + 1));
        pieces.push(Piece { span: Span::new(start, end), paragraph, first: start == span.start(), last: false });
        start = end;
    }
    pieces.push(Piece { span: Span::new(start, span.end()), paragraph, first: start == span.start(), last: true });
}

fn estimate(report: &Report, piece: &Piece, key: &PageKey) -> f32 {
    let role = report.paragraphs().get(piece.paragraph).map_or(Role::Body, |paragraph| paragraph.role);
    let style = key.style(role);
    let characters = (key.measure / (key.size * style.size)).max(1.0);
    let rows = ((piece.span.len() as f32 + style.indent) / characters).ceil().max(1.0);
    height(rows as usize, piece, &style, key, key.size * style.size * key.leading)
}

fn height(rows: usize, piece: &Piece, style: &ParagraphStyle, key: &PageKey, row_height: f32) -> f32 {
    let above = if piece.first { style.above } else { 0.0 };
    let below = if piece.last { style.below } else { 0.0 };
    rows as f32 * row_height + (above + below) * key.size
}

/// Byte offsets of the rows' starts, and of the end.
fn row_bytes(text: &str, rows: &[Row]) -> Vec<usize> {
    let mut bytes = Vec::with_capacity(rows.len() + 1);
    let mut starts = rows.iter().map(|row| row.span.start().get()).peekable();
    for (place, (byte, _)) in (0..).zip(text.char_indices()) {
        if starts.next_if_eq(&place).is_some() {
            bytes.push(byte);
        }
    }
    bytes.resize(rows.len(), text.len());
    bytes.push(text.len());
    bytes
}
