//! Typing a path, for machines without a file dialog, and pasting a text.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, FileCommand, KeepCommand};
use crate::ui::action::Asked;
use egui::{Key, ScrollArea, TextEdit, Ui};
use std::path::PathBuf;

/// The path of a file or folder, as typed.
#[derive(Debug, Default)]
pub struct PathDialog {
    typed: String,
    focused: bool,
    /// Whether the folder typed last is not there.
    missing: bool,
    /// Whether the system's own dialog was asked for and did not come.
    instead: bool,
}

/// A path as people paste it: without quotes and `file://`, with `~` for home, made absolute.
fn path_of(typed: &str) -> PathBuf {
    let typed = typed.trim().trim_matches(['"', '\'']);
    let typed = typed.strip_prefix("file://").unwrap_or(typed);
    let path = match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    };
    std::path::absolute(&path).unwrap_or(path)
}

impl PathDialog {
    /// In place of the system's file dialog, which did not come.
    pub fn instead() -> Self {
        Self { instead: true, ..Self::default() }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, words: &Words, asked: &mut Asked, folder: bool) -> Outcome {
        ui.heading(words.get(if folder { "keep_elsewhere" } else { "open_path" }));
        if self.instead {
            ui.weak(words.get("no_file_dialog"));
        }
        ui.label(words.get(if folder { "folder_hint" } else { "path_hint" }));
        let field = ui.add(TextEdit::singleline(&mut self.typed).desired_width(520.0)).accessible_name(words.get("path"));
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        self.missing &= !field.changed();
        if self.missing {
            ui.colored_label(ui.visuals().error_fg_color, words.get("no_such_folder"));
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let (done, outcome) = buttons_ui(ui, words, if folder { "keep_here" } else { "open_short" }, !self.typed.trim().is_empty());
        if (done || enter) && !self.typed.trim().is_empty() {
            let path = path_of(&self.typed);
            if folder && !path.is_dir() {
                self.missing = true;
                return outcome;
            }
            asked.command(if folder { Command::Keep(KeepCommand::KeepIn(path)) } else { Command::File(FileCommand::Open(vec![path])) });
            return Outcome::Closed;
        }
        outcome
    }
}

/// A text to keep as a report.
#[derive(Debug, Default)]
pub struct PasteDialog {
    /// The text.
    pub text: String,
    pub(crate) focused: bool,
}

impl PasteDialog {
    pub(super) fn ui(&mut self, ui: &mut Ui, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("paste"));
        ui.label(words.get("paste_hint"));
        ScrollArea::vertical().id_salt("pasted").max_height(320.0).show(ui, |ui| {
            let field =
                ui.add(TextEdit::multiline(&mut self.text).desired_rows(12).desired_width(600.0)).accessible_name(words.get("pasted_text"));
            if !std::mem::replace(&mut self.focused, true) {
                field.request_focus();
            }
        });
        let (done, outcome) = buttons_ui(ui, words, "paste_keep", !self.text.trim().is_empty());
        if done {
            asked.command(Command::File(FileCommand::Paste(std::mem::take(&mut self.text))));
            return Outcome::Closed;
        }
        outcome
    }
}
