//! The sheet of keys.

use super::Outcome;
use crate::locale::Words;
use crate::ui::keys::{BINDINGS, shown};
use egui::{Grid, ScrollArea, Ui};

/// Draws the sheet.
pub fn key_sheet_ui(ui: &mut Ui, words: &Words) -> Outcome {
    ui.heading(words.get("keys"));
    ScrollArea::vertical().id_salt("key sheet").max_height((ui.ctx().content_rect().height() - 150.0).clamp(120.0, 480.0)).show(ui, |ui| {
        Grid::new("keys").num_columns(2).striped(true).spacing([24.0, 4.0]).show(ui, |ui| {
            for same in BINDINGS.chunk_by(|one, other| one.name == other.name) {
                let keys: Vec<String> = same.iter().map(|binding| shown(ui, binding)).collect();
                ui.label(keys.join("  "));
                ui.label(same.first().map_or("", |binding| words.get(binding.name)));
                ui.end_row();
            }
            for name in ["caret", "extend", "double_click", "triple_click"] {
                ui.label(words.get(&format!("key_{name}")));
                ui.label(words.get(&format!("does_{name}")));
                ui.end_row();
            }
        });
    });
    ui.add_space(8.0);
    if ui.button(words.get("close_sheet")).clicked() { Outcome::Closed } else { Outcome::Open }
}
