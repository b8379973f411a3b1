//! Clearing what this machine remembers of reports: what goes and what stays.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, KeepCommand};
use crate::ui::action::Asked;
use egui::Ui;
use std::path::Path;

/// What is removed, and what is not, by their keys in the locale.
const REMOVED: [&str; 3] = ["traces_recent", "traces_places", "traces_journals"];
const KEPT: [&str; 3] = ["traces_tags", "traces_settings", "traces_moved"];

/// Draws the dialog. Pasted reports and samples lie in `data`.
pub fn traces_ui(ui: &mut Ui, data: &Path, words: &Words, asked: &mut Asked) -> Outcome {
    ui.heading(words.get("clear_traces").trim_end_matches('…'));
    ui.label(words.get("traces_hint"));
    ui.add_space(6.0);
    let listed_ui = |ui: &mut Ui, line: &str| ui.label(format!("· {line}"));
    ui.strong(words.get("traces_removed"));
    for key in REMOVED {
        listed_ui(ui, words.get(key));
    }
    ui.add_space(6.0);
    ui.strong(words.get("traces_kept"));
    for key in KEPT {
        listed_ui(ui, words.get(key));
    }
    listed_ui(ui, &words.fill("traces_pasted", &[&data.display().to_string()]));
    ui.add_space(6.0);
    ui.weak(words.get("traces_windows"));
    let (done, outcome) = buttons_ui(ui, words, "traces_clear", true);
    if done {
        asked.command(Command::Keep(KeepCommand::ClearTraces));
        return Outcome::Closed;
    }
    outcome
}
