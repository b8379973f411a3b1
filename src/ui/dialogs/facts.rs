//! What the report is: read from its text, corrected by hand.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::report::{Facts, Field};
use crate::session::{Command, Document, ReportCommand, State};
use crate::text::Pos;
use crate::ui::action::Asked;
use egui::{ComboBox, Grid, TextEdit, Ui};
use std::collections::BTreeMap;

/// The facts as typed.
#[derive(Debug)]
pub struct FactsDialog {
    /// The part they are of; nothing for the whole file.
    part: Option<Pos>,
    typed: BTreeMap<Field, String>,
}

impl FactsDialog {
    /// With what is known of a report, or of the part of it at the caret.
    pub fn new(document: &Document) -> Self {
        let part = document.report.part_at(document.selection.caret).map(|part| part.span.start());
        let mut dialog = Self { part, typed: BTreeMap::new() };
        dialog.take(document);
        dialog
    }

    fn take(&mut self, document: &Document) {
        let facts = facts_of(document, self.part);
        self.typed = Field::ALL.into_iter().map(|field| (field, facts.get(field).unwrap_or("").to_owned())).collect();
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("facts"));
        ui.label(words.get("facts_hint"));
        let Some(document) = state.document() else { return Outcome::Closed };
        self.part_ui(ui, document, words);
        Grid::new("facts").num_columns(2).show(ui, |ui| {
            for (field, typed) in &mut self.typed {
                let name = words.named("field", field.key());
                ui.label(name);
                field_ui(ui, *field, typed, words, 420.0);
                ui.end_row();
            }
        });
        let (done, outcome) = buttons_ui(ui, words, "correct", true);
        if done {
            let facts = facts_of(document, self.part);
            for (&field, typed) in &self.typed {
                if facts.get(field).unwrap_or("") != typed.trim() {
                    asked.command(Command::Report(ReportCommand::Fact(self.part, field, Some(typed.trim().to_owned()))));
                }
            }
            return Outcome::Closed;
        }
        outcome
    }

    /// Which of several reports in the file is meant.
    fn part_ui(&mut self, ui: &mut Ui, document: &Document, words: &Words) {
        let parts = document.report.parts();
        if parts.is_empty() {
            return;
        }
        let before = self.part;
        let name = |part: Option<Pos>| match part {
            None => words.get("whole_file").to_owned(),
            Some(_) => facts_of(document, part).get(Field::Title).unwrap_or("…").to_owned(),
        };
        ComboBox::from_label(words.get("part")).selected_text(name(self.part)).width(360.0).show_ui(ui, |ui| {
            for part in std::iter::once(None).chain(parts.iter().map(|part| Some(part.span.start()))) {
                ui.selectable_value(&mut self.part, part, name(part));
            }
        });
        if before != self.part {
            self.take(document);
        }
    }
}

fn facts_of(document: &Document, part: Option<Pos>) -> &Facts {
    part.map_or(document.report.facts(), |part| document.report.facts_at(part))
}

/// A field for a fact: text, or a list of what it can be.
pub fn field_ui(ui: &mut Ui, field: Field, typed: &mut String, words: &Words, width: f32) {
    let name = words.named("field", field.key());
    let Some(choices) = field.choices() else {
        ui.add(TextEdit::singleline(typed).desired_width(width)).accessible_name(name);
        return;
    };
    let shown = if typed.is_empty() { "" } else { words.named(field.key(), typed) };
    let list = ComboBox::from_id_salt(("fact", field.key())).selected_text(shown).width(width.min(200.0));
    let list = list.show_ui(ui, |ui| {
        ui.selectable_value(typed, String::new(), "—");
        for choice in choices {
            ui.selectable_value(typed, choice.to_owned(), words.named(field.key(), choice));
        }
    });
    list.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
}
