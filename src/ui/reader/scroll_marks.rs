//! Where tags, hits, bookmarks and omissions are in the whole report, beside the scroll bar.

use super::page::Page;
use crate::annotation::ColourRole;
use crate::session::Document;
use crate::suggest::Figure;
use crate::text::{Pos, Span};
use crate::ui::theme::Palette;
use egui::{Color32, Mesh, Rect, Sense, Ui, pos2};

/// What a mark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Tag(ColourRole),
    Omission,
    Hit,
    Bookmark,
}

/// What the marks depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    /// How many changes were made.
    made: u64,
    hits: (usize, Option<Span>),
    bookmarks: usize,
    omissions: (usize, Option<Figure>),
    total: f64,
    height: f32,
}

/// The marks as last worked out: height in the bar in whole points, and what for.
#[derive(Debug, Default)]
pub struct ScrollMarks {
    key: Option<Key>,
    marks: Vec<(i32, Sort)>,
}

/// Width of a mark in points.
const WIDTH: f32 = 5.0;

impl ScrollMarks {
    /// Draws the marks left of the scroll bar. A click among them says which share of the report to go to.
    pub(super) fn ui(
        &mut self,
        ui: &Ui,
        bar: Rect,
        page: &Page,
        document: &Document,
        (hits, omissions): (&[Span], &[Figure]),
        palette: &Palette,
    ) -> Option<f32> {
        let key = Key {
            made: document.keeping.made,
            hits: (hits.len(), hits.first().copied()),
            bookmarks: document.bookmarks.len(),
            omissions: (omissions.len(), omissions.first().copied()),
            total: page.heights.total(),
            height: bar.height(),
        };
        if self.key != Some(key) {
            self.key = Some(key);
            self.marks = marks(page, document, (hits, omissions), bar.height());
        }
        // Many small rectangles as one shape.
        let mut mesh = Mesh::default();
        for &(y, sort) in &self.marks {
            let (colour, from): (Color32, f32) = match sort {
                Sort::Tag(role) => (palette.kind(role).gamma_multiply(0.7), 0.0),
                Sort::Omission => (palette.faint, WIDTH),
                Sort::Hit => (palette.warning, WIDTH),
                Sort::Bookmark => (palette.ink, WIDTH),
            };
            let right = bar.right() - from;
            let top = bar.top() + y as f32;
            mesh.add_colored_rect(Rect::from_min_max(pos2(right - WIDTH, top), pos2(right, top + 2.0)), colour);
        }
        if self.marks.is_empty() {
            return None;
        }
        ui.painter().add(mesh);
        let strip = Rect::from_min_max(pos2(bar.right() - 2.0 * WIDTH, bar.top()), bar.max);
        let response = ui.interact(strip, ui.scope_id().with("scroll marks"), Sense::click());
        let point = response.interact_pointer_pos().filter(|_| response.clicked())?;
        Some(((point.y - bar.top()) / bar.height()).clamp(0.0, 1.0))
    }
}

fn marks(page: &Page, document: &Document, (hits, omissions): (&[Span], &[Figure]), height: f32) -> Vec<(i32, Sort)> {
    let annotations = &document.annotations;
    let total = page.heights.total().max(1.0);
    // Places come in order, many in one piece: where it begins is worked out once.
    let mut here = (usize::MAX, 0.0);
    let mut y = |place: Pos| {
        let at = match page.pieces.get(here.0).filter(|piece| piece.span.covers(place)) {
            Some(_) => here.0,
            None => page.piece_at(place),
        };
        if at != here.0 {
            here = (at, page.heights.before(at));
        }
        let within = page.pieces.get(at).map_or(0.0, |piece| {
            f64::from(place.since(piece.span.start())) / f64::from(piece.span.len().max(1)) * f64::from(page.heights.get(at))
        });
        ((here.1 + within) / total * f64::from(height)) as i32
    };
    let role = |tag: &crate::annotation::TagId| {
        let kind = annotations.tag(*tag).map(|tag| &tag.kind);
        kind.and_then(|kind| document.codebook().kind(kind)).map_or(ColourRole::Grey, |kind| kind.colour)
    };
    let mut marks: Vec<(i32, Sort)> = annotations.order().iter().map(|(span, tag)| (y(span.start()), Sort::Tag(role(tag)))).collect();
    marks.extend(omissions.iter().map(|figure| (y(figure.span.start()), Sort::Omission)));
    marks.extend(hits.iter().map(|span| (y(span.start()), Sort::Hit)));
    marks.extend(document.bookmarks.iter().map(|&place| (y(place), Sort::Bookmark)));
    marks.sort_unstable();
    marks.dedup();
    marks
}
