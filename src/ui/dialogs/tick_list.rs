//! A list of things that are ticked or not. The whole line is the label of its tick, and Tab and the arrows go through all lines.

use crate::locale::Words;
use crate::ui::menus::shortened;
use egui::{
    Align, AtomExt as _, Atoms, Checkbox, FocusDirection, Key, Layout, Modifiers, Response, RichText, ScrollArea, TextWrapMode, Ui,
};

/// Things of which some are meant, each with whether it is ticked.
#[derive(Debug)]
pub(super) struct TickList<T> {
    rows: Vec<(T, bool)>,
}

/// What the line of a thing says.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// What stands before its kind: where it is, how sure it is.
    pub(super) before: String,
    /// Of what kind it is.
    pub(super) kind: String,
    /// Its words; a long line shows the beginning of them.
    pub(super) words: String,
    /// What else is said of it, shown briefly.
    pub(super) more: String,
}

impl<T> TickList<T> {
    /// With all of them ticked.
    pub(super) fn new(all: impl Iterator<Item = T>) -> Self {
        Self { rows: all.map(|thing| (thing, true)).collect() }
    }

    /// Those that are ticked.
    pub(super) fn ticked(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().filter(|(_, ticked)| *ticked).map(|(thing, _)| thing)
    }

    /// Draws those that `passes` lets through, and two buttons that tick all of them or none.
    pub(super) fn ui(&mut self, ui: &mut Ui, words: &Words, passes: impl Fn(&T) -> bool, line: impl Fn(&T) -> Line) {
        let mut shown: Vec<&mut (T, bool)> = self.rows.iter_mut().filter(|(thing, _)| passes(thing)).collect();
        ui.horizontal(|ui| {
            for (name, ticked) in [("tick_all", true), ("tick_none", false)] {
                if ui.button(words.get(name)).clicked() {
                    shown.iter_mut().for_each(|row| row.1 = ticked);
                }
            }
        });
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(100.0, 420.0);
        let area = ScrollArea::vertical().id_salt("ticks").max_height(height).auto_shrink([false, true]);
        // All lines are drawn, so that the focus finds those out of view, too.
        area.show(ui, |ui| {
            ui.style_mut().wrap_mode = Some(TextWrapMode::Truncate);
            ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                let drawn: Vec<Response> = shown.iter_mut().map(|row| row_ui(ui, &mut row.1, &line(&row.0))).collect();
                follow_focus(ui, &drawn);
            });
        });
    }
}

fn row_ui(ui: &mut Ui, ticked: &mut bool, line: &Line) -> Response {
    let mut said = Atoms::new(RichText::new(&line.before).weak());
    if !line.kind.is_empty() {
        said.push_right(line.kind.as_str());
    }
    said.push_right(line.words.as_str().atom_shrink(true));
    if !line.more.is_empty() {
        said.push_right(RichText::new(shortened(&line.more)).weak());
    }
    ui.add(Checkbox::new(ticked, said)).on_hover_ui(|ui| {
        ui.label(&line.words);
        if !line.more.is_empty() {
            ui.weak(&line.more);
        }
    })
}

/// Brings the line that Tab has come to into view, and moves on from it by the arrows, Home and End.
fn follow_focus(ui: &Ui, rows: &[Response]) {
    let Some(at) = rows.iter().position(Response::has_focus) else { return };
    let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
    let to = if pressed(Key::ArrowDown) {
        at + 1
    } else if pressed(Key::ArrowUp) {
        at.saturating_sub(1)
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        rows.len().saturating_sub(1)
    } else if rows.get(at).is_some_and(Response::gained_focus) {
        at
    } else {
        return;
    };
    // Of itself egui would go to what stands nearest on the screen.
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    if let Some(row) = rows.get(to) {
        row.request_focus();
        row.scroll_to_me(None);
    }
}

/// Whether Ctrl+Enter was pressed, which accepts whatever has the focus. Asked before the list is drawn: the key is gone then,
/// and no tick takes it for its own.
pub(super) fn accepts(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter))
}
