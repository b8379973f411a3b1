//! What the pointer and the keyboard do on the page.

use super::canvas::Canvas;
use super::marks::tags_at;
use super::{Reader, menu, page_sense, units};
use crate::annotation::{Tag, TagId};
use crate::locale::Words;
use crate::session::{Command, ReadCommand, Selection, TagCommand};
use crate::text::{Pos, Span};
use crate::ui::action::{Action, Asked};
use egui::{CursorIcon, Event, EventFilter, Key, Modifiers, Pos2, Rect, Response, Ui};

/// What pointer and keyboard are in the middle of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hand {
    /// What the pointer holds.
    pub hold: Option<Hold>,
    /// Horizontal place the caret keeps while moving up and down, in points.
    column: Option<f32>,
    /// The caret's place, where it stands at a row's end.
    pub row_end: Option<Pos>,
}

/// What the pointer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It drags a selection that was begun as this span.
    Selection(Span),
    /// It drags an end of a tag; it is now here.
    End { tag: TagId, start: bool, to: Pos },
}

impl Hold {
    /// Where a tag's span reaches while one of its ends is dragged.
    pub fn moved(self, tag: TagId, span: Span) -> Option<Span> {
        match self {
            Self::End { tag: held, start, to } if held == tag => Some(stretched(span, start, to)),
            Self::End { .. } | Self::Selection(_) => None,
        }
    }
}

/// A span with one end elsewhere; it keeps at least one character.
pub fn stretched(span: Span, start: bool, to: Pos) -> Span {
    if start { Span::new(to.min(span.end().minus(1)), span.end()) } else { Span::new(span.start(), to.max(span.start().plus(1))) }
}

/// How the view has to move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scroll {
    None,
    /// By points, down if positive.
    By(f32),
    /// So that a place comes into view at a share of the height.
    To(Pos, f32),
}

/// Takes pointer and keys on the page; says how to scroll.
pub(super) fn input_ui(
    ui: &mut Ui,
    canvas: &Canvas<'_>,
    hand: &mut Hand,
    said: Option<String>,
    modal: bool,
    words: &Words,
    asked: &mut Asked,
) -> Scroll {
    let response = ui.interact(sensed(ui), Reader::focus_id(), page_sense());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Document, true, words.get("reader")));
    // Whoever has nothing else to type into reads: the keys that move the caret work from the start.
    if ui.memory(|memory| memory.focused().is_none()) && !modal {
        response.request_focus();
    }
    let point = response.interact_pointer_pos().or_else(|| response.hover_pos());
    cursor_ui(ui, canvas, &response, point);
    if response.clicked() || response.drag_started() || response.secondary_clicked() {
        response.request_focus();
        hand.column = None;
        hand.row_end = point.and_then(|point| canvas.behind_row(ui, point));
    }
    if let Some(point) = point {
        pointer(ui, canvas, &response, point, &mut hand.hold, asked);
    }
    if response.drag_stopped() || (hand.hold.is_some() && !ui.input(|input| input.pointer.any_down())) {
        release(canvas, hand.hold.take(), asked);
    }
    // What is said at the pointer does not stand before a dialog that was opened by a key.
    if let Some(said) = said.filter(|_| !modal) {
        response.clone().on_hover_text_at_pointer(said);
    }
    menu::context_menu_ui(&response, canvas, words, asked);
    let dragging = hand.hold.is_some();
    if dragging && let Some(point) = ui.input(|input| input.pointer.interact_pos()) {
        let clip = ui.clip_rect();
        let beyond = (point.y - clip.bottom() + 12.0).max(0.0) - (clip.top() + 12.0 - point.y).max(0.0);
        if beyond != 0.0 {
            ui.request_repaint();
            return Scroll::By(beyond * 12.0 * ui.input(|input| input.stable_dt.min(0.1)));
        }
    }
    if ui.memory(|memory| memory.has_focus(Reader::focus_id())) {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Reader::focus_id(), filter));
        return keys(ui, canvas, hand, asked);
    }
    Scroll::None
}

/// Where the page senses the pointer. Its last points belong to the edge of the panel below it, which is dragged there.
pub(super) fn sensed(ui: &Ui) -> Rect {
    let edge = ui.style().interaction.resize_grab_radius_side;
    ui.clip_rect().with_max_y(ui.clip_rect().bottom() - edge)
}

fn cursor_ui(ui: &Ui, canvas: &Canvas<'_>, response: &Response, point: Option<Pos2>) {
    let Some(point) = point.filter(|_| response.hovered() || response.dragged()) else { return };
    let icon = if handle_at(ui, canvas, point).is_some() {
        CursorIcon::ResizeHorizontal
    } else if canvas.column.expand(8.0).contains(point) {
        CursorIcon::Text
    } else {
        CursorIcon::Default
    };
    ui.set_cursor_icon(icon);
}

/// The end of a picked tag under a point.
fn handle_at(ui: &Ui, canvas: &Canvas<'_>, point: Pos2) -> Option<(TagId, bool, Pos)> {
    let document = canvas.document;
    document.picked.iter().filter_map(|id| document.annotations.tag(*id)).find_map(|tag| {
        let span = tag.place()?;
        [(true, span.start()), (false, span.end())].into_iter().find_map(|(start, place)| {
            let rect = canvas.caret_rect(ui, place)?;
            rect.expand2(egui::vec2(5.0, 6.0)).contains(point).then_some((tag.id, start, place))
        })
    })
}

fn select(asked: &mut Asked, selection: Selection) {
    asked.command(Command::Read(ReadCommand::Select(selection)));
}

fn pointer(ui: &Ui, canvas: &Canvas<'_>, response: &Response, point: Pos2, hold: &mut Option<Hold>, asked: &mut Asked) {
    let Some((place, on)) = canvas.place_at(ui, point) else { return };
    let (report, selection) = (&canvas.document.report, canvas.document.selection);
    let shift = ui.input(|input| input.modifiers.shift);
    if response.is_pointer_button_down_on() && ui.input(|input| input.pointer.primary_pressed()) {
        let pressed = ui.input(|input| input.pointer.press_origin()).unwrap_or(point);
        *hold = Some(match handle_at(ui, canvas, pressed) {
            Some((tag, start, to)) => Hold::End { tag, start, to },
            None if shift => Hold::Selection(Span::at(selection.anchor)),
            None => Hold::Selection(Span::at(place)),
        });
        if shift {
            select(asked, Selection { anchor: selection.anchor, caret: place });
        }
    }
    if response.triple_clicked() {
        units::clause_at(report, on.unwrap_or(place)).into_iter().for_each(|span| select(asked, Selection::of(span)));
    } else if response.double_clicked() {
        units::word_at(report, on.unwrap_or(place)).into_iter().for_each(|span| select(asked, Selection::of(span)));
    } else if response.clicked() && !shift {
        click(ui, canvas, place, on, asked);
    } else if response.dragged() {
        match hold {
            Some(Hold::Selection(from)) => {
                let span = from.union(Span::at(place));
                let anchor = if place < from.start() { span.end() } else { span.start() };
                if selection != (Selection { anchor, caret: place }) {
                    select(asked, Selection { anchor, caret: place });
                }
            }
            Some(Hold::End { to, .. }) => *to = place,
            None => {}
        }
    }
}

/// A click puts the caret there and picks the tag it is on: the shortest, and at the next click the one around it.
fn click(ui: &Ui, canvas: &Canvas<'_>, place: Pos, on: Option<Pos>, asked: &mut Asked) {
    select(asked, Selection::caret(place));
    take(canvas, on, asked);
    let there = on.map(|on| tags_at(&canvas.document.annotations, on)).unwrap_or_default();
    let picked = &canvas.document.picked;
    if ui.input(|input| input.modifiers.command) {
        let mut all = picked.clone();
        there.first().into_iter().for_each(|id| if all.contains(id) { all.retain(|other| other != id) } else { all.push(*id) });
        asked.command(Command::Read(ReadCommand::Pick(all)));
        return;
    }
    let next = match there.iter().position(|id| picked.as_slice() == [*id]) {
        Some(at) => there.get((at + 1) % there.len()),
        None => there.first(),
    };
    asked.command(Command::Read(ReadCommand::Pick(next.copied().into_iter().collect())));
}

/// A click takes up the proposal it is on, or puts down the one that was.
pub(super) fn take(canvas: &Canvas<'_>, on: Option<Pos>, asked: &mut Asked) {
    let proposal = on.and_then(|on| canvas.proposed.clicked(on));
    if proposal.is_some() || canvas.proposed.here.is_some() {
        asked.action(Action::TakeProposal(proposal.cloned().map(Box::new)));
    }
}

fn release(canvas: &Canvas<'_>, hold: Option<Hold>, asked: &mut Asked) {
    if let Some(Hold::End { tag, start, to }) = hold
        && let Some(span) = canvas.document.annotations.tag(tag).and_then(Tag::place)
    {
        let moved = stretched(span, start, to);
        if moved != span {
            asked.command(Command::Tag(TagCommand::SetSpan(tag, moved)));
        }
    }
}

/// Keys that move the caret.
fn keys(ui: &Ui, canvas: &Canvas<'_>, hand: &mut Hand, asked: &mut Asked) -> Scroll {
    let events: Vec<(Key, Modifiers)> = ui.input(|input| {
        let key = |event: &Event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => Some((*key, *modifiers)),
            _ => None,
        };
        input.events.iter().filter_map(key).collect()
    });
    let mut selection = canvas.document.selection;
    let mut scroll = Scroll::None;
    for (key, modifiers) in events {
        if modifiers.alt {
            continue;
        }
        let Some(caret) = moved(ui, canvas, selection, key, modifiers, &mut hand.column) else { continue };
        if !matches!(key, Key::ArrowUp | Key::ArrowDown | Key::PageUp | Key::PageDown) {
            hand.column = None;
        }
        hand.row_end = (key == Key::End && !modifiers.command).then_some(caret);
        selection = if modifiers.shift { Selection { anchor: selection.anchor, caret } } else { Selection::caret(caret) };
        select(asked, selection);
        scroll = into_view(ui, canvas, caret, key);
    }
    scroll
}

/// How to scroll so that the caret stays in view.
fn into_view(ui: &Ui, canvas: &Canvas<'_>, caret: Pos, key: Key) -> Scroll {
    let clip = ui.clip_rect();
    match canvas.caret_rect(ui, caret) {
        Some(rect) if rect.top() < clip.top() + 4.0 => Scroll::By(rect.top() - clip.top() - 24.0),
        Some(rect) if rect.bottom() > clip.bottom() - 4.0 => Scroll::By(rect.bottom() - clip.bottom() + 24.0),
        Some(_) => Scroll::None,
        None if matches!(key, Key::ArrowUp | Key::PageUp | Key::ArrowLeft | Key::Home) => Scroll::To(caret, 0.1),
        None => Scroll::To(caret, 0.6),
    }
}

/// Where a key moves the caret.
fn moved(ui: &Ui, canvas: &Canvas<'_>, selection: Selection, key: Key, modifiers: Modifiers, column: &mut Option<f32>) -> Option<Pos> {
    let report = &canvas.document.report;
    let text = report.text();
    let caret = units::on_text(report, selection.caret);
    let span = selection.span();
    let collapse = !span.is_empty() && !modifiers.shift;
    Some(match key {
        Key::ArrowLeft if collapse => span.start(),
        Key::ArrowRight if collapse => span.end(),
        Key::ArrowLeft if modifiers.command => units::word_at(report, caret.minus(1)).map_or(caret.minus(1), Span::start),
        Key::ArrowRight if modifiers.command => units::word_at(report, caret).map_or(caret.plus(1), Span::end),
        Key::ArrowLeft => units::stepped(canvas.document, caret, false),
        Key::ArrowRight => units::stepped(canvas.document, caret, true),
        Key::ArrowUp => vertical(ui, canvas, caret, -1, column)?,
        Key::ArrowDown => vertical(ui, canvas, caret, 1, column)?,
        Key::PageUp => vertical(ui, canvas, caret, -page_rows(ui, canvas), column)?,
        Key::PageDown => vertical(ui, canvas, caret, page_rows(ui, canvas), column)?,
        Key::Home if modifiers.command => units::on_text(report, Pos::ZERO),
        Key::End if modifiers.command => units::on_text(report, Pos::new(text.len())),
        Key::Home | Key::End => {
            let (piece, row, _) = canvas.find(caret)?;
            let row = piece.set.rows.get(row)?.span;
            let shown = &piece.set.shown;
            if key == Key::Home {
                shown.to_source(crate::text::ViewSpan::at(row.start())).start()
            } else {
                shown.to_source(crate::text::ViewSpan::at(row.end())).start()
            }
        }
        _ => return None,
    })
}

fn page_rows(ui: &Ui, canvas: &Canvas<'_>) -> i32 {
    let height = canvas.page.key.size * canvas.page.key.leading;
    ((ui.clip_rect().height() / height) as i32 - 2).max(1)
}

/// The place some rows below (or, if negative, above) the caret, as near as can be to the column it came from.
fn vertical(ui: &Ui, canvas: &Canvas<'_>, caret: Pos, rows: i32, column: &mut Option<f32>) -> Option<Pos> {
    let Some((piece, row, at)) = canvas.find(caret) else {
        return Some(caret);
    };
    let x = *column.get_or_insert_with(|| canvas.x_of(ui, piece, row, at));
    let mut index = canvas.in_view.iter().position(|other| other.at == piece.at)?;
    let mut row = i32::try_from(row).ok()? + rows;
    loop {
        let here = canvas.in_view.get(index)?;
        let count = i32::try_from(here.set.rows.len()).ok()?;
        if row < 0 {
            // Above what is in view: the last row of the piece before, as far as one can tell.
            let Some(before) = index.checked_sub(1) else {
                let first = canvas.page.pieces.get(here.at.checked_sub(1)?)?;
                return Some(first.span.end());
            };
            index = before;
            row += i32::try_from(canvas.in_view.get(index)?.set.rows.len()).ok()?;
        } else if row >= count {
            row -= count;
            index += 1;
            if index >= canvas.in_view.len() {
                return Some(
                    canvas
                        .page
                        .pieces
                        .get(here.at + 1)
                        .map_or_else(|| Pos::new(canvas.document.report.text().len()), |next| next.span.start()),
                );
            }
        } else {
            let row = usize::try_from(row).ok()?;
            let centre = canvas.row_rect(here, row).center().y;
            return canvas.place_at(ui, egui::pos2(x, centre)).map(|(place, _)| place);
        }
    }
}
