//! The reader: the report set like a book, with the tags on it.
//!
//! Only what is in view is set and painted. Selections are kept in positions of the source text, so that they
//! survive scrolling and every switch of view.

mod bar;
mod canvas;
mod heights;
mod input;
mod lanes;
mod marks;
mod menu;
mod page;
mod paint;
mod proposed;
mod scroll_marks;
mod style;
mod units;

use super::action::Asked;
use super::theme::Palette;
use crate::locale::Words;
use crate::report::Report;
use crate::session::{Command, Document, DocumentId, ReadCommand, State};
use crate::text::{Pos, Span};
use egui::{Rect, Sense, Ui, UiBuilder, Vec2};
use page::{Advances, Page, PageKey, Set};
use std::sync::Arc;

pub use canvas::{Coverage, row_job};
pub(super) use heights::Heights;
pub use input::stretched;
pub use lanes::Others;
pub use proposed::Proposed;
pub use units::{stepped, wider};

/// What the reader keeps between frames for one document.
#[derive(Debug)]
pub struct Reader {
    document: DocumentId,
    page: Option<Page>,
    /// The place to bring into view, and where in the height of the view: 0 is the top, 1 the bottom.
    goal: Option<(Pos, f32)>,
    hand: input::Hand,
    /// The first place in view, as last told to the session.
    told: Pos,
    /// How far the page was scrolled in the last frame, in points.
    offset: f32,
    /// How much further it is to be scrolled in the next.
    nudge: f32,
    /// Height of the view in the last frame.
    height: f32,
    /// The place last brought to the top, and how far the page was scrolled for it: while it is scrolled so, that is
    /// where one reads, whatever the width of the column does to the rows.
    pinned: Option<(Pos, f32)>,
    scroll_marks: scroll_marks::ScrollMarks,
    lanes: lanes::Lanes,
}

/// Where a search found something in the report, in order, and where one is among that.
#[derive(Clone, Copy, Debug)]
pub struct Hits<'a> {
    /// All of it.
    pub all: &'a [Span],
    /// The one one is at.
    pub here: Option<Span>,
}

/// Shared by the readers of all documents.
#[derive(Debug, Default)]
pub struct ReaderTools {
    advances: Advances,
    /// Which characters no font has.
    pub coverage: Coverage,
}

/// One piece in view: where it stands on the screen and how it is set.
struct InView {
    at: usize,
    /// Top of its first row.
    top: f32,
    set: Arc<Set>,
    style: style::ParagraphStyle,
}

impl Reader {
    /// A reader that begins where one was reading.
    pub fn new(document: &Document) -> Self {
        Self {
            document: document.id,
            page: None,
            goal: Some((document.place, 0.0)),
            hand: input::Hand::default(),
            told: document.place,
            offset: 0.0,
            nudge: 0.0,
            height: 0.0,
            pinned: None,
            scroll_marks: scroll_marks::ScrollMarks::default(),
            lanes: lanes::Lanes::default(),
        }
    }

    /// Brings a place into view, this share of the view's height down.
    pub const fn go_to(&mut self, place: Pos, share: f32) {
        self.goal = Some((place, share));
    }

    /// Brings a place into view unless its row is there.
    pub fn show(&mut self, report: &Report, place: Pos) {
        let in_view = self.page.as_ref().is_some_and(|page| {
            let at = page.piece_at(place);
            page.row_range(report, at, place).is_some_and(|(top, bottom)| top >= self.offset && bottom <= self.offset + self.height)
        });
        if !in_view {
            self.goal = Some((place, 0.33));
        }
    }

    /// How many rows are set now, and how many of them stay short of the column.
    pub fn loose_rows(&self) -> (usize, usize) {
        self.page.as_ref().map_or((0, 0), Page::loose)
    }

    /// Scrolls by points, down if positive.
    pub const fn scroll_by(&mut self, points: f32) {
        self.nudge += points;
    }

    /// The id of the reader's widget, which has the focus while one reads.
    pub fn focus_id() -> egui::Id {
        egui::Id::unique("reader")
    }
}

/// Space between the column and the edges of the view, at least, in points.
const MARGIN: f32 = 36.0;

/// Draws the reader of a document.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub fn reader_ui(
    ui: &mut Ui,
    reader: &mut Reader,
    tools: &mut ReaderTools,
    state: &State,
    document: &Document,
    words: &Words,
    palette: &Palette,
    hits: &Hits<'_>,
    proposed: &Proposed<'_>,
    others: &Others<'_>,
    modal: bool,
    asked: &mut Asked,
) {
    let settings = state.settings();
    let view_rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(view_rect, 0.0, palette.paper);
    let ppp = ui.pixels_per_point();
    let size = (settings.text_size * ppp).round() / ppp;
    let lanes = lanes::room(others.layers.len());
    let room = (view_rect.width() - MARGIN - lanes.max(MARGIN)).max((view_rect.width() - 24.0).min(size * 12.0)).max(size * 4.0);
    let measure = ((settings.measure * size).min(room) / size).floor() * size;
    let key = PageKey {
        report: Arc::as_ptr(&document.report) as usize,
        view: document.view,
        measure,
        size,
        leading: settings.leading,
        pixels_per_point: ppp,
        justified: settings.justified,
        latin_gap: settings.latin_gap,
        indent: settings.indent,
        sans: settings.sans,
    };
    renew_page(reader, document, key);
    // The lanes stand right of the column; it gives way as far as it can.
    let free = view_rect.width() - measure;
    let before = if lanes > free / 2.0 { (free - lanes).max(12.0) } else { free / 2.0 };
    let left = (view_rect.left() + before).round();
    let height = view_rect.height();

    let top_goal = reader.goal.filter(|(_, share)| *share == 0.0).map(|(place, _)| place);
    let offset = match reader.goal.take() {
        Some(goal) => goal_offset(ui, reader, tools, document, goal, height),
        None => settle_above(ui, reader, tools, document, height),
    };
    let nudge = std::mem::take(&mut reader.nudge);
    let offset = if nudge == 0.0 { offset } else { Some(offset.unwrap_or(reader.offset) + nudge) };
    let total = reader.page.as_ref().map_or(0.0, |page| page.heights.total()) as f32 + height * 0.6;
    let mut area = egui::ScrollArea::vertical().id_salt(("reader", reader.document)).auto_shrink(false).animated(false);
    if let Some(offset) = offset {
        area = area.vertical_scroll_offset(offset);
    }
    let output = area.show_viewport(ui, |ui, viewport| {
        ui.set_height(total);
        let origin = ui.min_rect().top();
        let in_view = set_view(ui, reader, tools, document, origin, viewport.top(), viewport.bottom());
        let column = Rect::from_x_y_ranges(left..=left + measure, ui.clip_rect().y_range());
        let mut content = ui.new_child(UiBuilder::new().max_rect(ui.clip_rect()).id_salt("page"));
        tell_place(reader, &in_view, document, ui.clip_rect().top(), asked);
        let Some(page) = &reader.page else { return };
        let row_end = reader.hand.row_end;
        let canvas = canvas::Canvas { page, document, palette, hits, proposed, others, column, in_view: &in_view, row_end };
        let said = paint::text_ui(&mut content, &canvas, tools, words, reader.hand.hold);
        let said = said.or_else(|| proposed::said_of(&content, &canvas, words));
        let scroll = input::input_ui(&mut content, &canvas, &mut reader.hand, said, modal, words, asked);
        reader.lanes.ui(&content, &canvas, words, asked);
        bar::selection_bar_ui(&content, &canvas, reader.hand.hold.is_some(), words, asked);
        match scroll {
            input::Scroll::None => {}
            input::Scroll::By(by) => ui.scroll_with_delta_animation(Vec2::new(0.0, -by), egui::style::ScrollAnimation::none()),
            input::Scroll::To(place, share) => {
                reader.goal = Some((place, share));
                ui.request_repaint();
            }
        }
    });
    let bar = Rect::from_x_y_ranges(output.inner_rect.x_range(), output.inner_rect.y_range());
    if let Some(page) = &reader.page
        && let Some(share) = reader.scroll_marks.ui(ui, bar, page, document, (hits.all, proposed.omissions), palette)
    {
        reader.nudge = page.heights.total() as f32 * share - height / 3.0 - output.state.clamped_offset().y;
    }
    reader.offset = output.state.clamped_offset().y;
    reader.height = height;
    if let Some(place) = top_goal {
        reader.pinned = Some((place, reader.offset));
    }
}

/// Sets the pieces right above the view ahead of scrolling there. Where their height turns out other than
/// estimated, says how far the page has to be scrolled for what is in view to stay where it is.
fn settle_above(ui: &Ui, reader: &mut Reader, tools: &mut ReaderTools, document: &Document, height: f32) -> Option<f32> {
    let page = reader.page.as_mut()?;
    let before = page.heights.total();
    let mut at = page.heights.at(f64::from(reader.offset));
    let reach = page.heights.before(at) - f64::from(height);
    while at > 0 && page.heights.before(at) > reach {
        at -= 1;
        if !page.is_exact(at) {
            page.set(ui, &document.report, at, &mut tools.advances)?;
        }
    }
    let change = page.heights.total() - before;
    if change == 0.0 {
        return None;
    }
    if let Some((_, offset)) = &mut reader.pinned {
        *offset += change as f32;
    }
    Some(reader.offset + change as f32)
}

/// Starts a new page where the way of setting changed; what stood at the top stays there.
fn renew_page(reader: &mut Reader, document: &Document, key: PageKey) {
    if reader.page.as_ref().is_some_and(|page| page.key == key) {
        return;
    }
    let first = reader.page.is_none();
    reader.page = Some(Page::new(&document.report, key));
    if !first && reader.goal.is_none() {
        let pinned = reader.pinned.filter(|(_, offset)| (offset - reader.offset).abs() < 1.0).map(|(place, _)| place);
        reader.goal = Some((pinned.unwrap_or(document.place), 0.0));
    }
}

/// How far the page has to be scrolled to bring a place into view: the pieces around it are set first, so that the answer is exact.
fn goal_offset(
    ui: &Ui,
    reader: &mut Reader,
    tools: &mut ReaderTools,
    document: &Document,
    (place, share): (Pos, f32),
    height: f32,
) -> Option<f32> {
    let page = reader.page.as_mut()?;
    let at = page.piece_at(place);
    let set = page.set(ui, &document.report, at, &mut tools.advances)?;
    let style = page.style(&document.report, at);
    let row = set.row_of(set.shown.to_view(Span::at(place)).start(), true);
    if place == Pos::ZERO || (at == 0 && row == 0) {
        return Some(0.0);
    }
    let top = page.heights.before(at) as f32 + page.above(at, &style) + row as f32 * page.row_height(&style);
    Some((top - share * height).max(0.0))
}

/// Sets the pieces that come into view, from the top down, until the view is full.
fn set_view(ui: &Ui, reader: &mut Reader, tools: &mut ReaderTools, document: &Document, origin: f32, top: f32, bottom: f32) -> Vec<InView> {
    let Some(page) = reader.page.as_mut() else { return Vec::new() };
    let report = &document.report;
    let first = page.heights.at(f64::from(top));
    let mut in_view = Vec::new();
    let mut y = page.heights.before(first) as f32;
    let mut at = first;
    while y < bottom && at < page.heights.len() {
        let Some(set) = page.set(ui, report, at, &mut tools.advances) else { break };
        let style = page.style(report, at);
        in_view.push(InView { at, top: origin + y + page.above(at, &style), set, style });
        y += page.heights.get(at);
        at += 1;
    }
    // The next ones are set ahead, one a frame, so that scrolling finds them ready.
    if !page.is_exact(at) {
        page.set(ui, report, at, &mut tools.advances);
    }
    page.forget_far_from(first, at);
    in_view
}

/// Tells the session where one is reading, when that has changed.
fn tell_place(reader: &mut Reader, in_view: &[InView], document: &Document, top: f32, asked: &mut Asked) {
    let Some(page) = &reader.page else { return };
    let first = in_view.iter().find_map(|piece| {
        let row_height = page.row_height(&piece.style);
        let row = ((top - piece.top) / row_height - 0.35).ceil().max(0.0) as usize;
        let row = piece.set.rows.get(row)?;
        Some(piece.set.shown.to_source(crate::text::ViewSpan::at(row.span.start())).start())
    });
    let Some(mut place) = first else { return };
    if let Some((pinned, _)) = reader.pinned.filter(|(_, offset)| (offset - reader.offset).abs() < 1.0) {
        place = pinned;
    }
    if place != reader.told && document.place != place {
        asked.command(Command::Read(ReadCommand::Arrived(place)));
    }
    reader.told = place;
}

/// Sense of the page: clicks and drags, but no stop for Tab of its own beyond the focus it asks for.
const fn page_sense() -> Sense {
    Sense::CLICK.union(Sense::DRAG).union(Sense::FOCUSABLE)
}
