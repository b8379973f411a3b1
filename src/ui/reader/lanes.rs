//! Beside the text a lane for each colleague, with a bar for each of their tags; and what of theirs stands in the text itself.

use super::canvas::Canvas;
use super::input::sensed;
use super::paint::Row;
use crate::annotation::{Annotations, TagId, TagRef};
use crate::locale::Words;
use crate::session::{LayerShown, ShownLayer};
use crate::text::{Pos, Span};
use crate::ui::action::{Action, Asked, ColleagueAction};
use crate::ui::layers::Called;
use crate::ui::menus::shortened;
use egui::{Align2, Color32, CursorIcon, FontId, Mesh, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use std::sync::{Arc, Weak};

/// What other people put on the report, as it stands on the page.
#[derive(Debug)]
pub struct Others<'a> {
    /// Whose tags have a lane, from left to right.
    pub layers: Vec<&'a ShownLayer>,
    /// What they are called.
    pub called: Called<'a>,
    /// The one whose tags stand in the text too.
    pub picked: Option<&'a ShownLayer>,
    /// The tag that was gone to.
    pub tag: Option<TagRef>,
    /// The words of the case that is being decided on.
    pub case: Option<Span>,
    /// The tags of that case: where each stands, the lane of whose it is, and whether it is at hand.
    pub options: Vec<(Span, u8, bool)>,
    /// Words on which something was said that is not settled, while comments are looked at.
    pub comments: Vec<Span>,
}

/// What is kept of the lanes between frames: of each how long its longest tag is, so that one that begins far above the view
/// is found without looking at all.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    longest: Vec<(Weak<Annotations>, u32)>,
}

/// Space between the column and the first lane, in points.
const GAP: f32 = 14.0;
/// Space behind the last: for the marks and the bar of scrolling.
const END: f32 = 26.0;
/// Width of all lanes together, where they need not be as narrow as can be.
const ALL: f32 = 72.0;
/// Height of a row of letters at the lanes' heads.
const HEAD: f32 = 13.0;
/// How many tags under the pointer are said.
const MOST: usize = 6;

/// How far one lane is from the next.
fn step(count: usize) -> f32 {
    (ALL / count.max(1) as f32).clamp(4.0, 10.0)
}

/// How much room so many lanes need beside the column.
pub(super) fn room(count: usize) -> f32 {
    if count == 0 { 0.0 } else { GAP + count as f32 * step(count) + END }
}

/// A tag in its lane.
struct Bar<'a> {
    at: usize,
    layer: &'a ShownLayer,
    tag: TagId,
    rect: Rect,
}

impl Bar<'_> {
    const fn tag_ref(&self) -> TagRef {
        TagRef { person: self.layer.person.id, tag: self.tag }
    }
}

impl Lanes {
    /// Draws the lanes. A click on a bar goes to its tag; where several stand in one row, another one to the next.
    pub(super) fn ui(&mut self, ui: &Ui, canvas: &Canvas<'_>, words: &Words, asked: &mut Asked) {
        let others = canvas.others;
        if others.layers.is_empty() {
            return;
        }
        let step = step(others.layers.len());
        let left = canvas.column.right() + GAP;
        let strip = Rect::from_x_y_ranges(left..=left + step * others.layers.len() as f32, ui.clip_rect().y_range());
        let bars = self.bars(canvas, strip, step);
        paint(ui, canvas, strip, step, &bars);
        let response = ui.interact(strip.intersect(sensed(ui)), ui.scope_id().with("lanes"), Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Group, true, words.get("lanes")));
        let Some(point) = response.interact_pointer_pos().or_else(|| response.hover_pos()) else { return };
        let lane = ((point.x - strip.left()) / step).floor().max(0.0) as usize;
        let there: Vec<&Bar<'_>> = bars.iter().filter(|bar| bar.at == lane && bar.rect.y_range().contains(point.y)).collect();
        if there.is_empty() {
            return;
        }
        if response.clicked() {
            let here = there.iter().position(|bar| others.tag == Some(bar.tag_ref()));
            let next = there.get(here.map_or(0, |at| (at + 1) % there.len()));
            next.into_iter().for_each(|bar| asked.action(Action::Colleagues(ColleagueAction::GoTo(bar.tag_ref()))));
        }
        ui.set_cursor_icon(CursorIcon::PointingHand);
        let said: Vec<String> = there.iter().take(MOST).map(|bar| said(canvas, bar, words)).collect();
        response.on_hover_text_at_pointer(said.join("\n"));
    }

    /// A bar for each tag in view.
    fn bars<'a>(&mut self, canvas: &Canvas<'a>, strip: Rect, step: f32) -> Vec<Bar<'a>> {
        let Some(within) = canvas.within() else { return Vec::new() };
        let mut bars = Vec::new();
        for (at, &layer) in canvas.others.layers.iter().enumerate() {
            let left = strip.left() + step * at as f32;
            for (span, tag) in in_view(layer, within, self.longest(at, &layer.annotations)) {
                let Some(rows) = canvas.rows_of(span) else { continue };
                let rect = Rect::from_x_y_ranges(left..=left + step * 0.75, rows);
                bars.push(Bar { at, layer, tag, rect: rect.shrink2(vec2(0.0, 1.5)) });
            }
        }
        bars
    }

    /// How long the longest tag of a lane is.
    fn longest(&mut self, at: usize, annotations: &Arc<Annotations>) -> u32 {
        let known = self.longest.get(at).filter(|(known, _)| std::ptr::eq(known.as_ptr(), Arc::as_ptr(annotations)));
        if let Some((_, longest)) = known {
            return *longest;
        }
        let longest = annotations.order().iter().map(|(span, _)| span.len()).max().unwrap_or(0);
        if self.longest.len() <= at {
            self.longest.resize(at + 1, (Weak::new(), 0));
        }
        if let Some(known) = self.longest.get_mut(at) {
            *known = (Arc::downgrade(annotations), longest);
        }
        longest
    }
}

/// The tags of a layer that share a character with a stretch; none of them is longer than `longest`.
fn in_view(layer: &ShownLayer, within: Span, longest: u32) -> impl Iterator<Item = (Span, TagId)> + '_ {
    let order = layer.annotations.order();
    let from = order.partition_point(|(span, _)| span.start().plus(longest) <= within.start());
    let begun = order.iter().skip(from).take_while(move |(span, _)| span.start() < within.end());
    begun.copied().filter(move |(span, _)| span.overlaps(within))
}

fn paint(ui: &Ui, canvas: &Canvas<'_>, strip: Rect, step: f32, bars: &[Bar<'_>]) {
    let (palette, others) = (canvas.palette, canvas.others);
    let lane = |at: usize| strip.left() + step * at as f32;
    let mut mesh = Mesh::default();
    for at in 0..others.layers.len() {
        let guide = Rect::from_x_y_ranges(lane(at)..=lane(at) + step * 0.75, strip.y_range());
        mesh.add_colored_rect(guide, palette.faint.gamma_multiply(0.07));
    }
    for bar in bars {
        mesh.add_colored_rect(bar.rect, colour(canvas, bar.layer));
    }
    ui.painter().add(mesh);
    for bar in bars.iter().filter(|bar| others.tag == Some(bar.tag_ref())) {
        ui.painter().rect_stroke(bar.rect.expand(1.0), 0.0, Stroke::new(1.5, palette.ink), StrokeKind::Outside);
    }
    // Narrow lanes have their letters in several rows.
    let rows = (HEAD / step).ceil().max(1.0) as usize;
    let head = Rect::from_x_y_ranges(strip.x_range(), strip.top()..=strip.top() + HEAD * rows as f32 + 2.0);
    ui.painter().rect_filled(head.expand2(vec2(4.0, 0.0)), 0.0, palette.paper);
    for (at, layer) in others.layers.iter().enumerate() {
        let place = pos2(lane(at) + step * 0.375, strip.top() + HEAD * ((at % rows) as f32 + 0.5) + 1.0);
        let letter = others.called.letter(layer.lane);
        ui.painter().text(place, Align2::CENTER_CENTER, letter, FontId::proportional(11.0), palette.lane(layer.lane));
    }
}

/// The colour of a layer's bars: pale where it is shown so.
fn colour(canvas: &Canvas<'_>, layer: &ShownLayer) -> Color32 {
    let colour = canvas.palette.lane(layer.lane);
    if layer.shown == LayerShown::Dim { colour.gamma_multiply(0.35) } else { colour }
}

/// Who tagged it as what, and how it begins.
fn said(canvas: &Canvas<'_>, bar: &Bar<'_>, words: &Words) -> String {
    let name = canvas.others.called.layer_name(bar.layer);
    let Some(tag) = bar.layer.annotations.tag(bar.tag) else { return name };
    let quote = canvas.document.report.shown(tag.anchor.span, canvas.document.view).text.replace('\n', " ");
    words.fill("lane_said", &[&name, words.kind(&tag.kind), &shortened(&quote)])
}

/// A thin line above words that somebody else tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overline {
    span: Span,
    lane: u8,
    /// 0 is nearest the text.
    level: usize,
    /// How many levels there are in view.
    levels: usize,
    /// Whether it is of what is at hand.
    here: bool,
}

/// How many lines stand one above another at most; what has no room shares the outermost level.
const LEVELS: usize = 4;

/// The lines above the words in view: for the tags of the case that is being decided on, and those of the layer picked. What is
/// at hand comes last, so that no other line covers it.
pub(super) fn overlines(others: &Others<'_>, within: Span) -> Vec<Overline> {
    let of_layer = |layer: &&ShownLayer| {
        // Of one layer all may be looked through.
        in_view(layer, within, u32::MAX).map(|(span, _)| (span, layer.lane, false)).collect::<Vec<_>>()
    };
    let of_case = others.options.iter().copied().filter(|(span, ..)| span.overlaps(within));
    stacked(of_case.chain(others.picked.iter().flat_map(of_layer)).collect())
}

/// Lines of these spans and lanes, each on the first level that is free over its whole length.
fn stacked(mut all: Vec<(Span, u8, bool)>) -> Vec<Overline> {
    all.sort_by_key(|(span, lane, _)| (span.start(), span.end(), *lane));
    let mut ends: Vec<Pos> = Vec::new();
    let mut lines = Vec::new();
    for (span, lane, here) in all {
        let level = ends.iter().position(|end| *end <= span.start()).unwrap_or(ends.len());
        match ends.get_mut(level) {
            Some(end) => *end = span.end(),
            None => ends.push(span.end()),
        }
        lines.push(Overline { span, lane, level: level.min(LEVELS - 1), levels: 0, here });
    }
    let levels = ends.len().min(LEVELS);
    lines.iter_mut().for_each(|line| line.levels = levels);
    lines.sort_by_key(|line| line.here);
    lines
}

impl Row<'_, '_> {
    /// The band behind the case that is being decided on.
    pub(super) fn case(&self) {
        if let Some(span) = self.canvas.others.case {
            self.highlight(span, self.canvas.palette.hit);
        }
    }

    /// A line above somebody's words, with a stroke down at either end: where it begins and ends is what people disagree on.
    pub(super) fn overline(&self, line: &Overline) {
        let Some((left, right)) = self.reach(line.span) else { return };
        let above = self.canvas.page.size(&self.piece.style) * 0.58 + 1.0;
        // Many lines stand closer together, so that they stay in their own row.
        let gap = ((self.rect.height() / 2.0 - above) / line.levels.saturating_sub(1).max(1) as f32).clamp(2.0, 2.5);
        let y = self.rect.center().y - above - gap * line.level as f32;
        let width = match (line.here, line.levels) {
            (true, _) => 2.5,
            (false, ..=2) => 1.5,
            (false, _) => 1.0,
        };
        let stroke = Stroke::new(width, self.canvas.palette.lane(line.lane));
        let painter = self.ui.painter();
        painter.line_segment([pos2(left + 0.5, y), pos2(right - 0.5, y)], stroke);
        for (x, there) in [(left + 0.5, self.starts_here(line.span)), (right - 0.5, self.ends_here(line.span))] {
            if there {
                painter.line_segment([pos2(x, y), pos2(x, y + 4.0)], stroke);
            }
        }
    }

    /// Signs left of the column: words of which something was said, and a line along those that were read.
    pub(super) fn margin(&self, read: &[Span]) {
        let (palette, left) = (self.canvas.palette, self.canvas.column.left());
        let painter = self.ui.painter();
        if self.canvas.others.comments.iter().any(|span| self.reach(*span).is_some()) {
            let mark = Rect::from_center_size(pos2(left - 18.0, self.rect.center().y), vec2(6.0, 6.0));
            painter.rect_stroke(mark, 1.0, Stroke::new(1.5, palette.warning), StrokeKind::Inside);
        }
        if read.iter().any(|span| self.reach(*span).is_some()) {
            painter.vline(left - 26.0, self.rect.y_range(), Stroke::new(1.5, palette.good.gamma_multiply(0.5)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, Change, Edit, Hand, KindId, Person, PersonId, Tag, Time, Touch};
    use crate::text::Text;
    use std::path::PathBuf;
    use uuid::Uuid;

    fn layer(spans: &[(u32, u32)]) -> ShownLayer {
        let text = Text::new("一".repeat(100));
        let changes = spans.iter().zip(1u128..).map(|(&(start, end), number)| {
            let anchor = Anchor::new(&text, Span::of(start, end));
            Change::add_tag(Tag::new(TagId(Uuid::from_u128(number)), KindId::new("target"), anchor))
        });
        let mut annotations = Annotations::default();
        annotations.apply(&Edit::new(changes.collect()), Touch { at: Time(0), hand: Hand::new(1) }).unwrap();
        ShownLayer {
            person: Person { id: PersonId(Uuid::from_u128(9)), name: "乙".into() },
            role: crate::store::wire::Role::Annotation,
            annotations: Arc::new(annotations),
            path: PathBuf::new(),
            outside: false,
            unplaced: 0,
            submitted: None,
            edited: false,
            lost: 0,
            shown: LayerShown::Full,
            lane: 0,
        }
    }

    #[test]
    fn lines_above_the_same_words_stack_and_what_is_at_hand_comes_last() {
        let words = Span::of(4, 9);
        let lines = stacked(vec![(words, 0, false), (words, 1, true), (words, 2, false), (Span::of(9, 12), 2, false)]);
        let placed: Vec<(u8, usize, bool)> = lines.iter().map(|line| (line.lane, line.level, line.here)).collect();
        assert_eq!(placed, [(0, 0, false), (2, 2, false), (2, 0, false), (1, 1, true)]);
        assert!(lines.iter().all(|line| line.levels == 3));
        let six = stacked((0..6).map(|lane| (words, lane, false)).collect());
        let levels: Vec<usize> = six.iter().map(|line| line.level).collect();
        assert_eq!((levels, six[0].levels), (vec![0, 1, 2, 3, 3, 3], 4));
    }

    #[test]
    fn what_is_in_view_is_found_without_looking_at_all() {
        let layer = layer(&[(0, 60), (5, 8), (40, 44), (50, 58), (70, 72)]);
        let mut lanes = Lanes::default();
        let longest = lanes.longest(2, &layer.annotations);
        assert_eq!((longest, lanes.longest(2, &layer.annotations)), (60, 60));
        let spans: Vec<Span> = in_view(&layer, Span::of(43, 55), longest).map(|(span, _)| span).collect();
        assert_eq!(spans, [Span::of(0, 60), Span::of(40, 44), Span::of(50, 58)]);
        assert_eq!(in_view(&layer, Span::of(61, 70), longest).count(), 0);
    }
}
