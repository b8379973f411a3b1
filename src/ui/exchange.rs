//! What the actions on tags that leave for other programs, or come from them, do.

use super::action::ExchangeAction;
use super::app::App;
use super::dialogs::{Dialog, ExportDialog, Purpose, all_spoken, choose_file, choose_folder, choose_to_write};
use crate::session::{Command, Export, ExportCommand, ImportCommand};
use std::path::PathBuf;
use std::time::Instant;

impl App {
    /// Carries out an action on tags that leave or come.
    pub(super) fn act_on_exchange(&mut self, ctx: &egui::Context, action: ExchangeAction) {
        match action {
            ExchangeAction::Export if self.dialog.is_none() => {
                let dialog = ExportDialog::new(&self.state, &self.words, self.shows_grid());
                self.dialog = dialog.map(|dialog| Dialog::Export(Box::new(dialog)));
            }
            ExchangeAction::Export => {}
            ExchangeAction::ChoosePlace => self.choose_place(ctx),
            ExchangeAction::ExportHere => self.export_here(),
            ExchangeAction::Import if self.state.document().is_some_and(|document| !document.is_review()) => {
                self.choice = Some((choose_file(ctx, self.words.get("import"), Purpose::Import), Instant::now()));
            }
            ExchangeAction::Import => {}
        }
    }

    /// Asks in the system's dialog where the export goes.
    fn choose_place(&mut self, ctx: &egui::Context) {
        let Some(Dialog::Export(dialog)) = &self.dialog else { return };
        let (name, ending, is_folder) = dialog.offered();
        let title = self.words.get("export");
        let chosen = if is_folder {
            choose_folder(ctx, title, Purpose::ExportTo)
        } else {
            choose_to_write(ctx, title, Purpose::ExportTo, &name, ending)
        };
        self.choice = Some((chosen, Instant::now()));
    }

    /// Puts a place that was chosen into the dialog that asked for it.
    pub(super) fn put_export(&mut self, path: PathBuf) {
        if let Some(Dialog::Export(dialog)) = &mut self.dialog {
            dialog.put(path);
        }
    }

    /// Hands over what the dialog says, once it is agreed to where it goes.
    fn export_here(&mut self) {
        let Some(Dialog::Export(dialog)) = &self.dialog else { return };
        let export = dialog.export(&self.state, &self.words);
        let (purpose, path) = (if export.all { Purpose::ExportAll } else { Purpose::Export }, export.to.clone());
        self.dialog = None;
        self.export = Some(export);
        self.chosen(purpose, path);
    }

    /// Hands over to a place that was agreed to.
    pub(super) fn export_to(&mut self, to: PathBuf) {
        if let Some(export) = self.export.take() {
            self.carry_out(Command::Export(ExportCommand::Begin(Box::new(Export { to, ..export }))));
        }
    }

    /// Reads a file that was chosen as tags of the report that is shown.
    pub(super) fn import_from(&mut self, path: PathBuf) {
        self.carry_out(Command::Import(ImportCommand::Read { path, format: None, spoken: all_spoken() }));
    }
}
