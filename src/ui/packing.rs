//! Where packs go: the file to pack into, the folder to take one into.

use super::app::App;
use super::dialogs::{Dialog, PathDialog, Purpose, UnpackDialog, choose_folder, choose_pack};
use crate::session::{Command, KeepCommand, is_named_as_pack};
use crate::store::{local_stamp, now};
use std::path::PathBuf;
use std::time::Instant;

/// A path with the ending by which a pack is known when it is opened.
pub(super) fn named_as_pack(path: PathBuf) -> PathBuf {
    if is_named_as_pack(&path) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".zip");
    PathBuf::from(name)
}

impl App {
    /// Asks for the file to pack into: by the name of the folder or the report, and of the day.
    pub(super) fn ask_where_to_pack(&mut self, ctx: &egui::Context) {
        let folder = self.state.project.as_ref().and_then(|project| project.root.file_name());
        let name = folder.or_else(|| self.state.document()?.path.file_stem());
        let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stamp = local_stamp(now());
        let day = stamp.split(' ').next().unwrap_or_default();
        self.choice = Some((choose_pack(ctx, self.words.get("pack"), &format!("{name} {day}.zip")), Instant::now()));
    }

    /// Packs into a file that was chosen.
    pub(super) fn pack_into(&mut self, path: PathBuf) {
        let to = named_as_pack(path.clone());
        // The system asked about the name without the ending.
        if to != path && to.exists() {
            self.dialog = Some(Dialog::Path(PathDialog::taken(Purpose::Pack, &to)));
            return;
        }
        self.carry_out(Command::Keep(KeepCommand::Pack(to)));
    }

    /// Asks for another folder to take the pack into.
    pub(super) fn ask_where_to_unpack(&mut self, ctx: &egui::Context) {
        self.choice = Some((choose_folder(ctx, self.words.get("unpack"), Purpose::Unpack), Instant::now()));
    }

    /// Shows the pack again with the folder that was chosen.
    pub(super) fn unpack_into(&mut self, root: PathBuf) {
        if let Some(pack) = self.state.packs.first() {
            self.dialog = Some(Dialog::Unpack(UnpackDialog::into(pack, root)));
        }
    }
}
