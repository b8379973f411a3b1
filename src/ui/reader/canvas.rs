//! The rows in view as they stand on the screen: places on the screen into places in the text, and back.

use super::InView;
use super::page::Page;
use super::style::ParagraphStyle;
use crate::annotation::{ColourRole, KindId, Stroke as Underline};
use crate::session::Document;
use crate::text::{Pos, Span, ViewPos, ViewSpan};
use crate::typeset::{Run, blanks};
use crate::ui::fonts::Face;
use crate::ui::theme::Palette;
use egui::epaint::text::TextFormat;
use egui::text::{CCursor, CharIndex, LayoutJob};
use egui::{Color32, FontId, Galley, Pos2, Rangef, Rect, pos2, vec2};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is drawn on: the rows in view and where they stand.
pub(super) struct Canvas<'a> {
    pub page: &'a Page,
    pub document: &'a Document,
    pub palette: &'a Palette,
    pub hits: &'a super::Hits<'a>,
    pub proposed: &'a super::Proposed<'a>,
    pub others: &'a super::Others<'a>,
    /// The column on the screen.
    pub column: Rect,
    pub in_view: &'a [InView],
    /// The place that stands at its row's end and not at the next row's start: where End or a click behind a row put
    /// the caret.
    pub row_end: Option<Pos>,
}

/// A row's text as it is spaced, its first bytes in the face of headings.
pub fn row_job(text: &str, runs: &[Run], heading: usize, bold: &FontId, font: &FontId) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut start = 0;
    for run in runs {
        let rest = text.get(start..).unwrap_or("");
        let end = start + rest.char_indices().nth(run.len as usize).map_or(rest.len(), |(byte, _)| byte);
        let edge = heading.clamp(start, end);
        let mut lead = run.lead;
        for (part, font) in [(start..edge, bold), (edge..end, font)] {
            let part = text.get(part).unwrap_or("");
            if !part.is_empty() {
                job.append(part, std::mem::take(&mut lead), TextFormat { extra_letter_spacing: run.spacing, ..plain(font) });
            }
        }
        start = end;
    }
    if text.is_empty() {
        job.append(text, 0.0, plain(font));
    }
    job.wrap.max_width = f32::INFINITY;
    job.break_on_newline = false;
    job
}

fn plain(font: &FontId) -> TextFormat {
    TextFormat { font_id: font.clone(), color: Color32::PLACEHOLDER, ..Default::default() }
}

/// Which characters have no glyph in any font, embedded or of the system.
#[derive(Debug, Default)]
pub struct Coverage {
    known: FxHashMap<char, bool>,
}

impl Coverage {
    /// Whether some font has a character. Asked once for each character.
    pub fn has(&mut self, ctx: &egui::Context, font: &FontId, c: char) -> bool {
        if c.is_ascii() || c.is_control() || c.is_whitespace() {
            return true;
        }
        *self.known.entry(c).or_insert_with(|| crate::text::classes::is_invisible(c) || ctx.fonts_mut(|fonts| fonts.has_glyph(font, c)))
    }

    /// How many characters of a text no font has, each counted as often as it stands there.
    pub fn missing_in(&mut self, ctx: &egui::Context, font: &FontId, text: &str) -> usize {
        let mut counts: FxHashMap<char, usize> = FxHashMap::default();
        for c in text.chars() {
            *counts.entry(c).or_insert(0) += 1;
        }
        counts.into_iter().filter(|(c, _)| !self.has(ctx, font, *c)).map(|(_, count)| count).sum()
    }
}

impl Canvas<'_> {
    /// The stretch of source text in view.
    pub fn within(&self) -> Option<Span> {
        let (first, last) = (self.in_view.first()?, self.in_view.last()?);
        Some(first.set.shown.span.union(last.set.shown.span))
    }

    /// From where to where down the screen the rows reach on which a stretch stands, as far as it is in view.
    pub fn rows_of(&self, span: Span) -> Option<Rangef> {
        let holds = |piece: &&InView| piece.set.shown.span.overlaps(span);
        let first = self.in_view.iter().find(holds)?;
        let last = self.in_view.iter().rev().find(holds)?;
        let top = first.set.row_of(first.set.shown.to_view(span).start(), true);
        let bottom = last.set.row_of(last.set.shown.to_view(span).end(), false);
        Some(Rangef::new(self.row_rect(first, top).top(), self.row_rect(last, bottom).bottom()))
    }

    /// The rectangle of a row on the screen, as wide as the column.
    pub fn row_rect(&self, piece: &InView, row: usize) -> Rect {
        let height = self.page.row_height(&piece.style);
        let top = piece.top + row as f32 * height;
        Rect::from_min_max(pos2(self.column.left(), top), pos2(self.column.right(), top + height))
    }

    /// A row's text laid out, the heading a paragraph begins with in the face of headings. A hit in egui's cache when it
    /// was in the last frame too.
    pub fn galley(&self, ctx: &egui::Context, piece: &InView, row: usize) -> Arc<Galley> {
        let text = piece.set.row_text(row);
        let heading = self.run_in_bytes(piece, row, text);
        let font = self.page.font(&self.document.report, &piece.style);
        let bold = self.page.font(&self.document.report, &ParagraphStyle { face: Face::Bold, ..piece.style });
        let runs = piece.set.rows.get(row).map(|row| row.runs.as_slice()).unwrap_or_default();
        let job = row_job(text, runs, heading, &bold, &font);
        ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// How many bytes of a row belong to the heading its paragraph begins with.
    fn run_in_bytes(&self, piece: &InView, row: usize, text: &str) -> usize {
        let part = self.page.pieces.get(piece.at).filter(|part| part.first);
        let heading = part.and_then(|part| self.document.report.paragraphs().get(part.paragraph)?.run_in);
        let shown = heading.and_then(|heading| piece.set.in_row(row, piece.set.shown.to_view(heading)));
        let characters = shown.map_or(0, |shown| shown.len() as usize);
        text.char_indices().nth(characters).map_or(if characters == 0 { 0 } else { text.len() }, |(byte, _)| byte)
    }

    /// Where a row's text begins on the screen.
    pub fn row_left(&self, piece: &InView, row: usize) -> f32 {
        let indent = piece.set.rows.get(row).map_or(0.0, |row| self.page.row_left(&piece.style, row));
        self.column.left() + indent
    }

    /// The horizontal place of a position in a row.
    pub fn x_of(&self, ctx: &egui::Context, piece: &InView, row: usize, place: ViewPos) -> f32 {
        let galley = self.galley(ctx, piece, row);
        self.row_left(piece, row) + self.edge(&galley, piece, row, place, false)
    }

    /// How far right of a row's start the edge between two characters is: where the room of marks was closed up, between
    /// their ink; where room was added, after it or, for what ends there, before it.
    pub fn edge(&self, galley: &Galley, piece: &InView, row: usize, place: ViewPos, is_end: bool) -> f32 {
        let Some(set) = piece.set.rows.get(row) else { return 0.0 };
        let glyphs = galley.rows.first().map(|row| row.row.glyphs.as_slice()).unwrap_or_default();
        let index = place.since(set.span.start()) as usize;
        let before = index.checked_sub(1).and_then(|at| glyphs.get(at));
        match (before, glyphs.get(index)) {
            (None, _) => set.flush,
            (Some(before), None) => before.max_x() - set.hang,
            (Some(before), Some(after)) => {
                let added = after.pos.x - before.max_x();
                if added >= 0.0 {
                    return if is_end { before.max_x() } else { after.pos.x };
                }
                let em = self.page.size(&piece.style);
                let forms = self.page.forms(&self.document.report);
                after.pos.x + (-added).min(blanks(after.chr, forms).0 * em)
            }
        }
    }

    /// The place in the source text nearest to a point, and the character the point is on, if it is on one.
    pub fn place_at(&self, ctx: &egui::Context, point: Pos2) -> Option<(Pos, Option<Pos>)> {
        let piece = self.in_view.iter().rev().find(|piece| piece.top <= point.y).or_else(|| self.in_view.first())?;
        let height = self.page.row_height(&piece.style);
        let row = (((point.y - piece.top) / height).floor().max(0.0) as usize).min(piece.set.rows.len().saturating_sub(1));
        let galley = self.galley(ctx, piece, row);
        let start = piece.set.rows.get(row)?.span.start();
        let x = point.x - self.row_left(piece, row);
        let index = galley.cursor_from_pos(vec2(x, galley.rect.center().y)).index.0;
        let near = start.plus(u32::try_from(index).unwrap_or(0));
        let shown = &piece.set.shown;
        let place = shown.to_source(ViewSpan::at(near)).start();
        let edge = galley.pos_from_cursor(CCursor::new(CharIndex(index))).left();
        let on = if x < edge { near.minus(1) } else { near };
        let inside = (0.0..galley.rect.right()).contains(&x) && self.row_rect(piece, row).y_range().contains(point.y);
        Some((place, inside.then(|| shown.to_source(ViewSpan::new(on, on.plus(1))).start())))
    }

    /// The place at the end of a row, where a point lies behind that row's text.
    pub fn behind_row(&self, ctx: &egui::Context, point: Pos2) -> Option<Pos> {
        let (place, on) = self.place_at(ctx, point)?;
        let piece = self.in_view.iter().find(|piece| piece.set.shown.span.touches(place))?;
        let at = piece.set.shown.to_view(Span::at(place)).start();
        let row = piece.set.row_of(at, false);
        let ends = piece.set.rows.get(row).is_some_and(|row| row.span.end() == at);
        (on.is_none() && ends && self.row_rect(piece, row).y_range().contains(point.y)).then_some(place)
    }

    /// Where a place of the source text stands on the screen: piece and row.
    pub fn find(&self, place: Pos) -> Option<(&InView, usize, ViewPos)> {
        let piece = self.in_view.iter().find(|piece| piece.set.shown.span.touches(place))?;
        let at = piece.set.shown.to_view(Span::at(place)).start();
        Some((piece, piece.set.row_of(at, self.row_end != Some(place)), at))
    }

    /// The rectangle of a caret at a place.
    pub fn caret_rect(&self, ctx: &egui::Context, place: Pos) -> Option<Rect> {
        let (piece, row, at) = self.find(place)?;
        Some(self.upright(ctx, piece, row, at))
    }

    /// The same where something ends there: at the end of a row, not at the start of the next.
    pub fn end_rect(&self, ctx: &egui::Context, place: Pos) -> Option<Rect> {
        let (piece, _, at) = self.find(place)?;
        Some(self.upright(ctx, piece, piece.set.row_of(at, false), at))
    }

    fn upright(&self, ctx: &egui::Context, piece: &InView, row: usize, at: ViewPos) -> Rect {
        let size = self.page.size(&piece.style);
        let x = self.x_of(ctx, piece, row, at);
        Rect::from_center_size(pos2(x, self.row_rect(piece, row).center().y), vec2(1.5, size * 1.2))
    }

    pub fn colour(&self, kind: &KindId) -> (ColourRole, Underline) {
        self.document.codebook().kind(kind).map_or((ColourRole::Grey, Underline::Solid), |kind| (kind.colour, kind.stroke))
    }
}
