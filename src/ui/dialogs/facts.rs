//! What the report is: read from its text, corrected by hand.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::report::Field;
use crate::session::{Command, Document, ReportCommand, State};
use crate::ui::action::Asked;
use egui::{Grid, TextEdit, Ui};

/// The facts as typed.
#[derive(Debug)]
pub struct FactsDialog {
    typed: [String; 4],
}

impl FactsDialog {
    /// With what is known of a report.
    pub fn new(document: &Document) -> Self {
        Self { typed: Field::ALL.map(|field| document.report.facts().get(field).unwrap_or("").to_owned()) }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("facts"));
        ui.label(words.get("facts_hint"));
        let Some(document) = state.document() else { return Outcome::Closed };
        Grid::new("facts").num_columns(2).show(ui, |ui| {
            for (field, typed) in Field::ALL.into_iter().zip(&mut self.typed) {
                let name = words.named("field", field.key());
                ui.label(name);
                ui.add(TextEdit::singleline(typed).desired_width(420.0)).accessible_name(name);
                ui.end_row();
            }
        });
        let (done, outcome) = buttons_ui(ui, words, "correct", true);
        if done {
            for (field, typed) in Field::ALL.into_iter().zip(&self.typed) {
                if document.report.facts().get(field).unwrap_or("") != typed.trim() {
                    asked.command(Command::Report(ReportCommand::Fact(field, Some(typed.trim().to_owned()))));
                }
            }
            return Outcome::Closed;
        }
        outcome
    }
}
