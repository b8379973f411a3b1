//! Going to a paragraph by its number.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::State;
use crate::ui::action::{Action, Asked};
use egui::{Key, TextEdit, Ui};

/// The number as typed.
#[derive(Debug, Default)]
pub struct GoDialog {
    typed: String,
    focused: bool,
}

impl GoDialog {
    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        let Some(document) = state.document() else { return Outcome::Closed };
        let paragraphs = document.report.paragraphs();
        ui.heading(words.get("go_to_paragraph"));
        let here = document.report.paragraph_at(document.place) + 1;
        ui.label(words.fill("go_hint", &[&paragraphs.len().to_string(), &here.to_string()]));
        let field = ui.add(TextEdit::singleline(&mut self.typed).desired_width(120.0)).accessible_name(words.get("go_to_paragraph"));
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        let digits: String = self.typed.trim().chars().map(crate::text::classes::half_width).collect();
        let there = digits.parse::<usize>().ok().and_then(|number| paragraphs.get(number.checked_sub(1)?));
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let (done, outcome) = buttons_ui(ui, words, "go", there.is_some());
        if let (true, Some(paragraph)) = (done || enter, there) {
            asked.action(Action::GoToHeading(paragraph.span.start()));
            return Outcome::Closed;
        }
        outcome
    }
}
