//! Taking a pack in: what is in it, and where it goes.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, FileCommand, FoundPack, State};
use crate::store::local_moment;
use crate::ui::action::{Action, Asked};
use egui::Ui;
use std::path::{Path, PathBuf};

/// A pack, and the folder it is to go into.
#[derive(Debug)]
pub struct UnpackDialog {
    pack: FoundPack,
    root: PathBuf,
}

impl UnpackDialog {
    /// For a pack: into the folder that is open, else into one beside the pack that has its name.
    pub fn new(pack: &FoundPack, state: &State) -> Self {
        let open = state.project.as_ref().map(|project| project.root.clone());
        Self::into(pack, open.unwrap_or_else(|| pack.path.with_extension("")))
    }

    /// For a pack and a folder.
    pub fn into(pack: &FoundPack, root: PathBuf) -> Self {
        Self { pack: pack.clone(), root }
    }

    /// Where the pack lies.
    pub fn path(&self) -> &Path {
        &self.pack.path
    }

    pub(super) fn ui(&self, ui: &mut Ui, words: &Words, asked: &mut Asked) -> Outcome {
        let FoundPack { path, card } = &self.pack;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let [reports, people, tags] = [card.reports, card.people, card.tags].map(|count| count.to_string());
        ui.heading(words.get("unpack"));
        // How many tags others made is nothing for those who tag blind.
        let blind = || words.fill("unpack_holds_blind", &[&name, &reports, &people]);
        ui.label(if card.blind { blind() } else { words.fill("unpack_holds", &[&name, &reports, &people, &tags]) });
        ui.weak(words.fill("unpack_packed", &[&local_moment(card.packed)]));
        if !card.not_taken.is_empty() {
            ui.colored_label(ui.visuals().warn_fg_color, words.fill("unpack_not_taken", &[&card.not_taken.len().to_string()]));
        }
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            ui.label(words.fill("unpack_into", &[&self.root.display().to_string()]));
            if ui.button(words.get("unpack_elsewhere")).clicked() {
                asked.action(Action::UnpackElsewhere);
            }
        });
        ui.weak(words.get("unpack_merge_hint"));
        let (done, outcome) = buttons_ui(ui, words, "unpack_merge", true);
        if done {
            asked.command(Command::File(FileCommand::Unpack(path.clone(), self.root.clone())));
            return Outcome::Closed;
        }
        outcome
    }
}
