//! What an empty window offers.

use super::action::{Action, Asked};
use super::menus::{item_ui, shortened};
use crate::locale::Words;
use crate::session::{Command, FileCommand, State};
use egui::{RichText, Ui};

/// Draws the offers: open, paste, samples, recent files.
pub fn welcome_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.16).max(20.0));
        ui.label(RichText::new("践诺").size(44.0));
        ui.label(RichText::new(words.get("motto")).size(16.0));
        ui.add_space(24.0);
        ui.scope(|ui| {
            ui.set_max_width(340.0);
            ui.spacing_mut().item_spacing.y = 8.0;
            for (name, action) in [
                ("open", Action::Open),
                ("open_folder", Action::OpenFolder),
                ("open_path", Action::OpenPath),
                ("paste", Action::Paste),
                ("sample_hans", Action::OpenSample(0)),
                ("sample_hant", Action::OpenSample(1)),
            ] {
                ui.horizontal(|ui| {
                    ui.set_width(320.0);
                    ui.centered_and_justified(|ui| item_ui(ui, words, name, true, action, asked));
                });
            }
            ui.add_space(8.0);
            ui.weak(words.get("drop_here"));
            if !state.memory.recent.is_empty() {
                ui.add_space(16.0);
                ui.strong(words.get("recent"));
            }
            for recent in state.memory.recent.iter().take(6) {
                let name = recent.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if ui.link(format!("{} · {name}", shortened(&recent.title))).on_hover_text(recent.path.display().to_string()).clicked() {
                    asked.command(Command::File(FileCommand::Open(vec![recent.path.clone()])));
                }
            }
        });
    });
}
