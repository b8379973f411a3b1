//! Correcting what reports are: one cell in its place, or many rows at once.

use super::columns::Column;
use super::rows::RowKey;
use super::{Asked, Grid, Project};
use crate::locale::Words;
use crate::report::Field;
use crate::session::{Command, Correction, ProjectCommand};
use crate::ui::dialogs::field_ui;
use egui::{Button, ComboBox, Key, TextEdit, Ui};

/// A correction being typed.
#[derive(Debug)]
pub struct Edit {
    /// The cell that is being corrected.
    cell: Option<(RowKey, Column, Field)>,
    typed: String,
    focused: bool,
    /// The fact that is corrected in many rows, and its value.
    field: Field,
    value: String,
}

impl Default for Edit {
    fn default() -> Self {
        Self { cell: None, typed: String::new(), focused: false, field: Field::Place, value: String::new() }
    }
}

impl Edit {
    /// Whether no cell is being corrected.
    pub const fn is_idle(&self) -> bool {
        self.cell.is_none()
    }

    /// Whether this cell is being corrected.
    pub fn is_at(&self, key: &RowKey, column: Column) -> bool {
        self.cell.as_ref().is_some_and(|(row, of, _)| row == key && *of == column)
    }

    /// Begins to correct a cell.
    pub fn begin(&mut self, key: RowKey, column: Column, field: Field, project: &Project) {
        self.typed = project.card(&key.0).and_then(|card| card.fact(key.1, field)).unwrap_or("").to_owned();
        self.cell = Some((key, column, field));
        self.focused = false;
    }

    /// Draws the cell that is being corrected: Enter keeps it, Escape leaves it as it was.
    pub fn cell_ui(&mut self, ui: &mut Ui, project: &Project, words: &Words, asked: &mut Asked) {
        let Some((key, _, field)) = self.cell.clone() else { return };
        let before = project.card(&key.0).and_then(|card| card.fact(key.1, field)).unwrap_or("").to_owned();
        let width = ui.available_width();
        let done = if field.choices().is_some() {
            field_ui(ui, field, &mut self.typed, words, width);
            self.typed != before
        } else {
            let text =
                ui.add(TextEdit::singleline(&mut self.typed).desired_width(width)).accessible_name(words.named("field", field.key()));
            if !std::mem::replace(&mut self.focused, true) {
                text.request_focus();
            }
            text.lost_focus()
        };
        let left = ui.input(|input| input.key_pressed(Key::Escape));
        if done && !left && self.typed.trim() != before {
            let value = Some(self.typed.trim().to_owned());
            let correction = Correction { path: key.0, part: key.1, field, value };
            asked.command(Command::Project(ProjectCommand::Correct(vec![correction])));
        }
        if done || left {
            self.cell = None;
        }
    }
}

/// Correcting a fact in all picked rows.
pub fn bar_ui(ui: &mut Ui, grid: &mut Grid, project: &Project, words: &Words, asked: &mut Asked) {
    let picked: Vec<RowKey> =
        grid.picked.iter().filter(|key| project.card(&key.0).is_some_and(|card| card.state.is_ok())).cloned().collect();
    if picked.is_empty() {
        ui.weak(words.get("grid_hint"));
        return;
    }
    let edit = &mut grid.edit;
    ui.horizontal_wrapped(|ui| {
        ui.label(words.fill("picked_rows", &[&picked.len().to_string()]));
        let before = edit.field;
        ComboBox::from_id_salt("bulk field").selected_text(words.named("field", edit.field.key())).show_ui(ui, |ui| {
            for field in Field::ALL {
                ui.selectable_value(&mut edit.field, field, words.named("field", field.key()));
            }
        });
        if before != edit.field {
            edit.value.clear();
        }
        field_ui(ui, edit.field, &mut edit.value, words, 200.0);
        if ui.add(Button::new(words.fill("correct_rows", &[&picked.len().to_string()]))).clicked() {
            let value = Some(edit.value.trim().to_owned());
            let one = |key: RowKey| Correction { path: key.0, part: key.1, field: edit.field, value: value.clone() };
            asked.command(Command::Project(ProjectCommand::Correct(picked.into_iter().map(one).collect())));
        }
    });
}
