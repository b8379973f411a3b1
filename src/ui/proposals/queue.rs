//! The queue: the proposals still to be decided, and the one at hand with all there is to say of it.

use super::row::{detail_ui, row_ui};
use super::{Proposals, filter_ui, offered};
use crate::locale::Words;
use crate::session::{Document, State};
use crate::suggest::Proposal;
use crate::ui::action::{Action, Asked};
use crate::ui::theme::Palette;
use egui::{ScrollArea, Ui};

/// Height of a line of the list in points.
const LINE: f32 = 24.0;

/// Draws the queue.
pub(super) fn queue_ui(
    ui: &mut Ui,
    proposals: &mut Proposals,
    state: &State,
    document: &Document,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let all = offered(state).len();
    ui.horizontal_wrapped(|ui| {
        filter_ui(ui, &mut proposals.filter, "proposals", document, words);
        let passing = proposals.shown(state).len();
        if passing < all {
            ui.weak(words.fill("proposals_passing", &[&passing.to_string()]));
        }
        if ui.add_enabled(all > 0, egui::Button::new(words.get("accept_all_short"))).clicked() {
            asked.action(Action::AcceptAll);
        }
    });
    let shown = proposals.shown(state);
    let at = proposals.position(&shown, document);
    let Some(here) = at.and_then(|at| shown.get(at)) else {
        let why = if document.is_being_read() { "proposals_reading" } else { "proposals_none" };
        ui.weak(words.get(why));
        return;
    };
    let reveal = std::mem::take(&mut proposals.reveal).then_some(at).flatten();
    ui.columns_const(|[left, right]| {
        list_ui(left, &shown, reveal, |ui, proposal| row_ui(ui, document, proposal, proposal == *here, words, palette, asked));
        detail_ui(right, document, here, words, palette, asked);
    });
}

/// The list; only the rows in view are drawn.
fn list_ui(ui: &mut Ui, shown: &[&Proposal], reveal: Option<usize>, mut row_ui: impl FnMut(&mut Ui, &Proposal)) {
    let mut area = ScrollArea::vertical().id_salt("proposals").auto_shrink(false);
    if let Some(at) = reveal {
        area = area.vertical_scroll_offset((at as f32 - 2.0).max(0.0) * (LINE + ui.spacing().item_spacing.y));
    }
    area.show_rows(ui, LINE, shown.len(), |ui, range| {
        for proposal in shown.get(range).unwrap_or_default() {
            row_ui(ui, proposal);
        }
    });
}
