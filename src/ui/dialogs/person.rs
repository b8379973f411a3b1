//! Who is tagging: asked at the first tag, changed in the menu.

use super::Outcome;
use crate::locale::Words;
use crate::session::{Command, KeepCommand, State, What};
use crate::ui::action::Asked;
use egui::{Key, TextEdit, Ui};

/// The name as typed.
#[derive(Debug, Default)]
pub struct PersonDialog {
    typed: String,
    focused: bool,
}

impl PersonDialog {
    /// With the name known so far.
    pub fn new(state: &State) -> Self {
        Self { typed: state.person().map(|person| person.name).unwrap_or_default(), focused: false }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("person_title"));
        ui.label(words.get("person_hint"));
        let field = ui.add(TextEdit::singleline(&mut self.typed).desired_width(320.0)).accessible_name(words.get("person_name"));
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let problem = state.notices.iter().find(|notice| matches!(notice.what, What::BadName(_)));
        if let Some(problem) = problem {
            ui.colored_label(ui.visuals().error_fg_color, words.notice(&problem.what));
        }
        let (done, outcome) = super::buttons_ui(ui, words, "person_ok", !self.typed.trim().is_empty());
        if (done || enter) && !self.typed.trim().is_empty() {
            asked.command(Command::Keep(KeepCommand::SetPerson(self.typed.clone())));
        }
        if outcome == Outcome::Closed {
            asked.command(Command::Keep(KeepCommand::Cancel));
        }
        outcome
    }
}
