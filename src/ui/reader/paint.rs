//! Painting the rows in view with what stands on them.

use super::InView;
use super::canvas::Canvas;
use super::input::Hold;
use super::lanes::overlines;
use super::marks::{Mark, marks};
use super::page::Set;
use crate::annotation::Stroke as Underline;
use crate::locale::Words;
use crate::report::Script;
use crate::suggest::Proposal;
use crate::text::classes::is_opening;
use crate::text::repair::Repair;
use crate::text::{Span, ViewPos};
use crate::ui::reader::ReaderTools;
use egui::{Align2, Color32, FontId, Galley, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Height of an underline's lane, in points.
const LANE: f32 = 3.0;

/// Draws the rows in view; gives what there is to say of the character under the pointer.
pub(super) fn text_ui(ui: &mut Ui, canvas: &Canvas<'_>, tools: &mut ReaderTools, words: &Words, hold: Option<Hold>) -> Option<String> {
    let clip = ui.clip_rect();
    let within = canvas.within()?;
    let marks = marks(&canvas.document.annotations, within);
    let proposals: Vec<&Proposal> = canvas.proposed.within(within).collect();
    let lines = overlines(canvas.others, within);
    let read: Vec<Span> = canvas.document.annotations.parts_read().filter(|span| span.overlaps(within)).collect();
    let selection = canvas.document.selection.span();
    let mut said = None;
    for piece in canvas.in_view {
        node_ui(ui, canvas, piece);
        let marks: Vec<&Mark> = marks.iter().filter(|mark| mark.span.overlaps(piece.set.shown.span)).collect();
        let proposals: Vec<&Proposal> = proposals.iter().copied().filter(|proposal| proposal.span.overlaps(piece.set.shown.span)).collect();
        for row in 0..piece.set.rows.len() {
            let rect = canvas.row_rect(piece, row);
            if !rect.intersects(clip) {
                continue;
            }
            let galley = canvas.galley(ui, piece, row);
            let painter = Row { canvas, piece, row, rect, galley: &galley, ui };
            proposals.iter().for_each(|proposal| painter.pale(proposal));
            marks.iter().for_each(|mark| painter.tint(mark));
            painter.omissions();
            painter.case();
            painter.hits();
            painter.highlight(selection, canvas.palette.selection);
            let left = canvas.row_left(piece, row);
            let ink = ink(canvas, piece);
            let top = rect.center().y - galley.rect.height() / 2.0;
            ui.painter().galley(pos2(left, top), Arc::clone(&galley), ink);
            painter.damage();
            proposals.iter().for_each(|proposal| painter.hairline(proposal));
            marks.iter().for_each(|mark| painter.underline(mark, hold));
            lines.iter().for_each(|line| painter.overline(line));
            painter.margin(&read);
        }
        said = missing_ui(ui, canvas, piece, tools, words).or(said);
    }
    caret_ui(ui, canvas);
    said
}

fn ink(canvas: &Canvas<'_>, piece: &InView) -> Color32 {
    use crate::report::Role as Part;
    let paragraph = canvas.page.pieces.get(piece.at).and_then(|part| canvas.document.report.paragraphs().get(part.paragraph));
    match paragraph.map(|paragraph| paragraph.role) {
        Some(Part::Title | Part::Heading(_)) => canvas.palette.heading,
        Some(Part::Byline) => canvas.palette.faint,
        Some(Part::Lead | Part::Body) | None => canvas.palette.ink,
    }
}

/// The paragraph's node for screen readers: its text, with the tags on it described.
fn node_ui(ui: &Ui, canvas: &Canvas<'_>, piece: &InView) {
    let height = piece.set.rows.len() as f32 * canvas.page.row_height(&piece.style);
    let rect = Rect::from_min_size(pos2(canvas.column.left(), piece.top), vec2(canvas.column.width(), height));
    let response = ui.interact(rect, ui.scope_id().with(("paragraph", piece.at)), Sense::hover());
    let text = &piece.set.shown.text;
    response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, text.as_str()));
}

/// One row being painted.
pub(super) struct Row<'a, 'c> {
    pub(super) canvas: &'a Canvas<'c>,
    pub(super) piece: &'a InView,
    row: usize,
    pub(super) rect: Rect,
    galley: &'a Galley,
    pub(super) ui: &'a Ui,
}

impl Row<'_, '_> {
    /// From where to where a stretch of source text reaches in this row, on the screen.
    pub(super) fn reach(&self, span: Span) -> Option<(f32, f32)> {
        let set: &Set = &self.piece.set;
        if !set.shown.span.overlaps(span) {
            return None;
        }
        let part = set.in_row(self.row, set.shown.to_view(span))?;
        let left = self.canvas.row_left(self.piece, self.row);
        let x = |place: ViewPos, is_end| left + self.canvas.edge(self.galley, self.piece, self.row, place, is_end);
        Some((x(part.start(), false), x(part.end(), true)))
    }

    /// The band behind the text: a little higher than the characters.
    fn band(&self, (left, right): (f32, f32)) -> Rect {
        let size = self.canvas.page.size(&self.piece.style);
        Rect::from_x_y_ranges(left..=right, self.rect.center().y - size * 0.62..=self.rect.center().y + size * 0.62)
    }

    pub(super) fn highlight(&self, span: Span, colour: Color32) {
        if let Some(reach) = self.reach(span) {
            self.ui.painter().rect_filled(self.band(reach), 0.0, colour);
        }
    }

    fn tint(&self, mark: &Mark) {
        let Some(tag) = self.canvas.document.annotations.tag(mark.tag) else { return };
        let picked = self.canvas.document.picked.contains(&mark.tag);
        self.highlight(mark.span, self.canvas.palette.tint(self.canvas.colour(&tag.kind).0, picked));
    }

    fn underline(&self, mark: &Mark, hold: Option<Hold>) {
        let Some(tag) = self.canvas.document.annotations.tag(mark.tag) else { return };
        let span = hold.and_then(|hold| hold.moved(mark.tag, mark.span)).unwrap_or(mark.span);
        let Some((left, right)) = self.reach(span) else { return };
        let (role, underline) = self.canvas.colour(&tag.kind);
        let colour = self.canvas.palette.kind(role);
        let size = self.canvas.page.size(&self.piece.style);
        let room = ((self.rect.height() - size * 1.24) / 2.0 / LANE).floor().max(1.0) as usize;
        let y = self.rect.center().y + size * 0.62 + 1.5 + LANE * mark.lane.min(room) as f32;
        let picked = self.canvas.document.picked.contains(&mark.tag);
        let width = if picked { 2.2 } else { 1.4 };
        self.line(underline, (left, right), y, Stroke::new(width, colour));
        if tag.unsure && self.starts_here(span) {
            self.ui.painter().text(pos2(left, y - size * 1.1), Align2::CENTER_BOTTOM, "?", FontId::proportional(size * 0.6), colour);
        }
        if picked {
            self.handles(span, (left, right), y, colour);
        }
    }

    /// A line under what reaches from one place to another, in the way of a kind.
    fn line(&self, underline: Underline, (left, right): (f32, f32), y: f32, stroke: Stroke) {
        let path = [pos2(left + 0.5, y), pos2(right - 0.5, y)];
        let painter = self.ui.painter();
        match underline {
            Underline::Solid => {
                painter.line_segment(path, stroke);
            }
            Underline::Dotted => painter.extend(Shape::dotted_line(&path, stroke.color, 3.5, stroke.width * 0.6)),
            Underline::Dashed => painter.extend(Shape::dashed_line(&path, stroke, 6.0, 3.0)),
        }
    }

    /// The band behind a proposal: paler than that of any tag.
    fn pale(&self, proposal: &Proposal) {
        let (role, _) = self.canvas.colour(&proposal.kind);
        self.highlight(proposal.span, self.canvas.palette.pale(role, self.is_here(proposal)));
    }

    /// The thin line under a proposal, above those of tags so that none is hidden.
    fn hairline(&self, proposal: &Proposal) {
        let Some(reach) = self.reach(proposal.span) else { return };
        let here = self.is_here(proposal);
        let (role, underline) = self.canvas.colour(&proposal.kind);
        let stroke = Stroke::new(if here { 1.2 } else { 0.8 }, self.canvas.palette.hairline(role, here));
        let y = self.rect.center().y + self.canvas.page.size(&self.piece.style) * 0.62 - 1.0;
        self.line(underline, reach, y, stroke);
    }

    fn is_here(&self, proposal: &Proposal) -> bool {
        self.canvas.proposed.here == Some(proposal)
    }

    /// A dot in the margin where something stands that nobody tagged; a band behind the one that was gone to.
    fn omissions(&self) {
        let proposed = self.canvas.proposed;
        if let Some(span) = proposed.omission {
            self.highlight(span, self.canvas.palette.hit);
        }
        if proposed.omissions_in(self.piece.set.shown.span).any(|span| self.reach(span).is_some()) {
            let dot = pos2(self.canvas.column.left() - 10.0, self.rect.center().y);
            self.ui.painter().circle_filled(dot, 2.5, self.canvas.palette.warning);
        }
    }

    /// What a search found.
    fn hits(&self) {
        let within = self.piece.set.shown.span;
        let all = self.canvas.hits.all;
        let from = all.partition_point(|hit| hit.end() <= within.start());
        for hit in all.iter().skip(from).take_while(|hit| hit.start() < within.end()) {
            let here = self.canvas.hits.here == Some(*hit);
            self.highlight(*hit, if here { self.canvas.palette.hit_here } else { self.canvas.palette.hit });
        }
    }

    /// A faint line under what was repaired, a wavy one under what could not be.
    fn damage(&self) {
        let damage = self.canvas.document.report.damage();
        let within = self.piece.set.shown.span;
        let reading = self.canvas.document.view;
        let repairs = reading.repairs();
        let corner = reading.script.script(self.canvas.document.report.script()) == Script::Simplified;
        let size = self.canvas.page.size(&self.piece.style);
        let y = self.rect.center().y + size * 0.62;
        for patch in damage.patches_in(within).iter().filter(|patch| repairs.has(patch.repair)) {
            if let Some((left, right)) = self.reach(patch.span) {
                // Marks are many, and their width harms nobody: they get the least of signs, under their ink.
                let (middle, half) = match patch.repair {
                    Repair::Pinyin | Repair::Asterisks => ((left + right) / 2.0, size * 0.2),
                    Repair::Marks if corner && !is_opening(patch.becomes) => (left + size * 0.22, 0.5),
                    Repair::Marks => ((left + right) / 2.0, 0.5),
                };
                let line = [pos2(middle - half, y), pos2(middle + half, y)];
                self.ui.painter().line_segment(line, Stroke::new(1.0, self.canvas.palette.mended));
            }
        }
        let losses = damage.losses();
        let from = losses.partition_point(|(span, _)| span.end() <= within.start());
        for (span, _) in losses.iter().skip(from).take_while(|(span, _)| span.start() < within.end()) {
            if let Some((left, right)) = self.reach(*span) {
                let steps = ((right - left) / 3.0).ceil().max(1.0) as usize;
                let points =
                    (0..=steps).map(|step| pos2(left + (step as f32 * 3.0).min(right - left), y + if step % 2 == 0 { 0.0 } else { 2.0 }));
                self.ui.painter().add(Shape::line(points.collect(), Stroke::new(1.0, self.canvas.palette.warning)));
            }
        }
    }

    pub(super) fn starts_here(&self, span: Span) -> bool {
        self.piece.set.shown.span.covers(span.start())
            && self.piece.set.row_of(self.piece.set.shown.to_view(span).start(), true) == self.row
    }

    pub(super) fn ends_here(&self, span: Span) -> bool {
        self.piece.set.shown.span.covers(span.end().minus(1))
            && self.piece.set.row_of(self.piece.set.shown.to_view(span).end(), false) == self.row
    }

    /// The ends of a picked tag, which can be dragged.
    fn handles(&self, span: Span, (left, right): (f32, f32), y: f32, colour: Color32) {
        let size = self.canvas.page.size(&self.piece.style);
        for (x, there) in [(left, self.starts_here(span)), (right, self.ends_here(span))] {
            if there {
                self.ui.painter().line_segment([pos2(x, y - size * 1.3), pos2(x, y)], Stroke::new(2.0, colour));
                self.ui.painter().circle_filled(pos2(x, y), 3.5, colour);
            }
        }
    }
}

/// Boxes over characters no font has; gives the code point of the one under the pointer.
fn missing_ui(ui: &Ui, canvas: &Canvas<'_>, piece: &InView, tools: &mut ReaderTools, words: &Words) -> Option<String> {
    let font = canvas.page.font(&canvas.document.report, &piece.style);
    let missing: Vec<(u32, char)> =
        (0..).zip(piece.set.shown.text.chars()).filter(|(_, c)| !tools.coverage.has(ui.ctx(), &font, *c)).collect();
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let mut said = None;
    for (at, c) in missing {
        let place = ViewPos::new(at);
        let row = piece.set.row_of(place, true);
        let rect = canvas.row_rect(piece, row);
        if !rect.intersects(ui.clip_rect()) {
            continue;
        }
        let (left, right) = (canvas.x_of(ui, piece, row, place), canvas.x_of(ui, piece, row, place.plus(1)));
        let size = vec2((right - left).max(font.size * 0.9), font.size);
        let there = Rect::from_center_size(pos2((left + right) / 2.0, rect.center().y), size);
        ui.painter().rect_filled(there, 1.0, canvas.palette.paper);
        ui.painter().rect_stroke(there.shrink(1.0), 1.0, Stroke::new(1.0, canvas.palette.warning), StrokeKind::Inside);
        if pointer.is_some_and(|pointer| there.contains(pointer)) {
            said = Some(words.fill("missing_character", &[&format!("U+{:04X}", u32::from(c))]));
        }
    }
    said
}

/// The caret, while one reads with the keyboard.
fn caret_ui(ui: &Ui, canvas: &Canvas<'_>) {
    if !ui.memory(|memory| memory.has_focus(super::Reader::focus_id())) || !canvas.document.selection.span().is_empty() {
        return;
    }
    if let Some(rect) = canvas.caret_rect(ui, canvas.document.selection.caret) {
        ui.painter().rect_filled(rect, 0.0, canvas.palette.caret);
    }
}
