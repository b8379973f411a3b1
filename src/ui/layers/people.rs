//! The list of who tagged the report, and what a project says of it: who may see what, and who decides.

use super::row::row_ui;
use super::{Called, Colleagues};
use crate::locale::Words;
use crate::session::{Document, State};
use crate::store::local_moment;
use crate::ui::action::{Action, Asked, ColleagueAction};
use crate::ui::menus::item_ui;
use crate::ui::theme::Palette;
use egui::{ScrollArea, Ui};

/// Draws the list.
pub(super) fn people_ui(
    ui: &mut Ui,
    colleagues: &mut Colleagues,
    state: &State,
    document: &Document,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let ask = Action::Colleagues;
    ui.horizontal_wrapped(|ui| {
        let mut hidden = state.settings().names_hidden;
        if ui.checkbox(&mut hidden, words.get("hide_names")).on_hover_text(words.get("hide_names_hint")).changed() {
            asked.action(ask(ColleagueAction::HideNames(hidden)));
        }
    });
    ui.horizontal_wrapped(|ui| {
        let review = if document.is_review() { "review_back" } else { "review" };
        item_ui(ui, words, review, true, ask(ColleagueAction::Review), asked);
        item_ui(ui, words, "open_layer", true, ask(ColleagueAction::OpenFile), asked);
        item_ui(ui, words, "review_project", true, ask(ColleagueAction::Project), asked);
    });
    blind_ui(ui, state, document, words, palette, asked);
    ui.separator();
    let called = Called::of(state, document, words);
    if document.layers().all.is_empty() {
        ui.weak(words.get("layers_none"));
    }
    ScrollArea::vertical().id_salt("layers").auto_shrink(false).show(ui, |ui| {
        for layer in &document.layers().all {
            row_ui(ui, colleagues, layer, document, &called, words, palette, asked);
        }
    });
}

/// In a blind project: what is withheld and why, and whether the user's tags are submitted.
fn blind_ui(ui: &mut Ui, state: &State, document: &Document, words: &Words, palette: &Palette, asked: &mut Asked) {
    let withheld = document.layers().withheld;
    if !document.reviewing().blind {
        return;
    }
    let decides = state.person().is_some_and(|person| document.reviewing().names(&person));
    let waits = match (document.is_review() || document.submitted().is_some(), decides) {
        (true, _) => "blind_others",
        (false, true) => "blind_decider",
        (false, false) => "blind_own",
    };
    if withheld > 0 {
        ui.label(words.fill(waits, &[&withheld.to_string()]));
    }
    match document.submitted() {
        Some(snapshot) if !document.is_review() => {
            ui.colored_label(palette.good, words.fill("submitted_at", &[&local_moment(snapshot.at)]));
            if !snapshot.whole {
                ui.colored_label(palette.error, words.get("submitted_broken"));
            }
        }
        // Who decides sees in the review what was submitted, whether they submit anything or not.
        None if !document.is_review() && (!decides || document.annotations.tag_count() > 0) => {
            item_ui(ui, words, "submit", document.read_only.is_none(), Action::Colleagues(ColleagueAction::Submit), asked);
        }
        _ => {}
    }
}
