//! Typing a path, for machines without a file dialog, and pasting a text.

use super::{Outcome, Purpose, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, FileCommand};
use crate::ui::action::{Action, Asked};
use crate::ui::packing::named_as_pack;
use egui::{Key, ScrollArea, TextEdit, Ui};
use std::path::{Path, PathBuf};

/// The path of a file or folder, as typed.
#[derive(Debug)]
pub struct PathDialog {
    purpose: Purpose,
    typed: String,
    focused: bool,
    /// What is wrong with the path typed last, by its key in the locale.
    problem: Option<&'static str>,
    /// Whether the system's own dialog was asked for and did not come.
    instead: bool,
}

/// A path as people paste it: without quotes and `file://`, with `~` for home, made absolute.
pub(super) fn path_of(typed: &str) -> PathBuf {
    path_in(Path::new(""), typed)
}

/// The same; one that does not begin at the top begins in a folder.
pub(super) fn path_in(folder: &Path, typed: &str) -> PathBuf {
    let typed = typed.trim().trim_matches(['"', '\'']);
    let typed = typed.strip_prefix("file://").unwrap_or(typed);
    let path = match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folder.join(typed),
    };
    std::path::absolute(&path).unwrap_or(path)
}

impl PathDialog {
    /// For this purpose.
    pub const fn new(purpose: Purpose) -> Self {
        Self { purpose, typed: String::new(), focused: false, problem: None, instead: false }
    }

    /// In place of the system's file dialog, which did not come.
    pub fn instead(purpose: Purpose) -> Self {
        Self { instead: true, ..Self::new(purpose) }
    }

    /// For a file to be written in whose place there is one already.
    pub fn taken(purpose: Purpose, path: &Path) -> Self {
        Self { typed: path.display().to_string(), problem: Some("file_there"), ..Self::new(purpose) }
    }

    /// Heading, hint and button.
    const fn names(&self) -> (&'static str, &'static str, &'static str) {
        match self.purpose {
            Purpose::Open => ("open_path", "path_hint", "open_short"),
            Purpose::Keep => ("keep_elsewhere", "folder_hint", "keep_here"),
            Purpose::OpenFolder => ("open_folder", "open_folder_hint", "open_short"),
            Purpose::WriteFacts => ("csv_write", "csv_write_hint", "csv_write_short"),
            Purpose::ReadFacts => ("csv_read", "csv_read_hint", "open_short"),
            Purpose::Carry => ("carry_from", "carry_hint", "carry_here"),
            Purpose::Layer => ("open_layer", "open_layer_hint", "open_short"),
            Purpose::Pack => ("pack", "pack_hint", "pack_here"),
            Purpose::Unpack => ("unpack", "unpack_hint", "unpack_here"),
            Purpose::Export | Purpose::ExportAll | Purpose::ExportTo => ("export", "export_to", "export_go"),
            Purpose::Import => ("import", "import_hint", "open_short"),
            Purpose::WriteReview(file) if file.is_folder() => (file.heading(), "review_folder_hint", "review_file_write"),
            Purpose::WriteReview(file) => (file.heading(), "review_file_hint", "review_file_write"),
        }
    }

    /// Why a path does not do, by its key in the locale. The system's own dialog would ask before it gives a file away.
    fn problem_with(&self, path: &Path) -> Option<&'static str> {
        match self.purpose {
            Purpose::Keep | Purpose::OpenFolder if !path.is_dir() => Some("no_such_folder"),
            Purpose::WriteReview(file) if file.is_folder() => (!path.is_dir()).then_some("no_such_folder"),
            Purpose::Pack | Purpose::WriteReview(_) if path.exists() => Some("file_there"),
            _ => None,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, words: &Words, asked: &mut Asked) -> Outcome {
        let (heading, hint, button) = self.names();
        ui.heading(words.get(heading));
        if self.instead {
            ui.weak(words.get("no_file_dialog"));
        }
        ui.label(words.get(hint));
        let field = ui.add(TextEdit::singleline(&mut self.typed).desired_width(520.0)).accessible_name(words.get("path"));
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        if field.changed() {
            self.problem = None;
        }
        if let Some(problem) = self.problem {
            ui.colored_label(ui.visuals().error_fg_color, words.get(problem));
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let (done, outcome) = buttons_ui(ui, words, button, !self.typed.trim().is_empty());
        if (done || enter) && !self.typed.trim().is_empty() {
            let mut path = path_of(&self.typed);
            if self.purpose == Purpose::Pack {
                path = named_as_pack(path);
            }
            self.problem = self.problem_with(&path);
            if self.problem.is_some() {
                return outcome;
            }
            asked.action(Action::Chosen(self.purpose, path));
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
