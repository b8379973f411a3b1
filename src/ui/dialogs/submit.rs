//! Asking whether the user's tags are to be submitted in a blind project.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, ReviewCommand, State};
use crate::ui::action::Asked;
use egui::Ui;

/// Draws the dialog: what happens, and that it happens once.
pub fn submit_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
    let Some(document) = state.document() else { return Outcome::Closed };
    ui.heading(words.get("submit").trim_end_matches('…'));
    ui.label(words.fill("submit_tags", &[&document.title(), &document.annotations.tag_count().to_string()]));
    ui.label(words.get("submit_hint"));
    let (done, outcome) = buttons_ui(ui, words, "submit_now", true);
    if done {
        asked.command(Command::Review(ReviewCommand::Submit));
        return Outcome::Closed;
    }
    outcome
}
