//! What the actions on tags that leave for other programs, or come from them, do.

use super::action::ExchangeAction;
use super::app::App;
use super::dialogs::{Dialog, ExportDialog, Purpose, all_spoken, choose_export, choose_import};
use crate::exchange::Format;
use crate::locale::Words;
use crate::session::{Command, Export, ExportCommand, ImportCommand, KeepCommand, NotHandedOver, Stored, What, concerned, outside};
use crate::store::NotDelivered;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

/// An export that was asked for. Its dialog comes back where its place is not agreed to, and where it fails.
pub(super) struct AskedFor {
    dialog: Box<ExportDialog>,
    has_begun: bool,
}

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
                let folder = self.state.document().and_then(|document| document.path.parent());
                let chosen = choose_import(ctx, self.words.get("import"), folder, &readable(&self.words));
                self.choice = Some((chosen, Instant::now()));
            }
            ExchangeAction::Import => {}
        }
    }

    /// Asks in the system's dialog where the export goes.
    fn choose_place(&mut self, ctx: &egui::Context) {
        let Some(Dialog::Export(dialog)) = &self.dialog else { return };
        let (place, ending) = dialog.place();
        self.choice = Some((choose_export(ctx, self.words.get("export"), place, ending), Instant::now()));
    }

    /// Puts a place that was chosen into the dialog that asked for it.
    pub(super) fn put_export(&mut self, path: PathBuf) {
        if let Some(Dialog::Export(dialog)) = &mut self.dialog {
            dialog.put(path);
        }
    }

    /// Hands over what the dialog says. That its place lies outside was said there; where something is secret it is asked again.
    fn export_here(&mut self) {
        let dialog = match self.dialog.take() {
            Some(Dialog::Export(dialog)) => dialog,
            other => return self.dialog = other,
        };
        let Export { to, all, .. } = dialog.export(&self.state, &self.words);
        self.export = Some(AskedFor { dialog, has_begun: false });
        let (purpose, what) = if all { (Purpose::ExportAll, Stored::Exports) } else { (Purpose::Export, Stored::Export) };
        let outside = outside(what, &to, &concerned(&self.state, what));
        if outside.is_some_and(|outside| outside.secrecy.is_some()) {
            self.chosen(purpose, to);
        } else {
            self.store_there(purpose, to);
        }
    }

    /// Hands over to a place that was agreed to.
    pub(super) fn export_to(&mut self, to: PathBuf) {
        let Some(asked_for) = &mut self.export else { return };
        asked_for.has_begun = true;
        let export = Export { to, ..asked_for.dialog.export(&self.state, &self.words) };
        self.carry_out(Command::Export(ExportCommand::Begin(Box::new(export))));
    }

    /// Brings the dialog back whose place was not agreed to.
    pub(super) fn take_back_export(&mut self) {
        if let Some(asked_for) = self.export.take_if(|asked_for| !asked_for.has_begun) {
            self.dialog = Some(Dialog::Export(asked_for.dialog));
        }
    }

    /// Once an export has ended: if it failed, brings its dialog back, which says why, as soon as no other one is open.
    pub(super) fn follow_export(&mut self) {
        if self.state.exporting.is_some() || self.dialog.is_some() {
            return;
        }
        let Some(AskedFor { mut dialog, .. }) = self.export.take_if(|asked_for| asked_for.has_begun) else { return };
        let failed = self.state.notices.iter().find_map(|notice| match &notice.what {
            What::NotExported(NotHandedOver::Delivered(NotDelivered::Stopped)) => None,
            What::NotExported(why) => Some((notice.id, why.clone())),
            _ => None,
        });
        if let Some((notice, why)) = failed {
            dialog.fail(&why, &self.words);
            self.dialog = Some(Dialog::Export(dialog));
            self.carry_out(Command::Keep(KeepCommand::Dismiss(notice)));
        }
    }

    /// Reads a file that was chosen as tags of the report that is shown.
    pub(super) fn import_from(&mut self, path: PathBuf) {
        self.carry_out(Command::Import(ImportCommand::Read { path, format: None, spoken: all_spoken() }));
    }
}

/// Files that may hold tags as the system's dialog offers them: all of them, then those of each format.
fn readable(words: &Words) -> Vec<(String, Vec<&'static str>)> {
    let formats = || Format::ALL.into_iter().filter(|format| format.is_read());
    let endings: BTreeSet<&'static str> = formats().map(Format::ending).collect();
    let each = formats().map(|format| (words.named("export_as", format.key()).to_owned(), vec![format.ending()]));
    std::iter::once((words.get("import_files").to_owned(), endings.into_iter().collect())).chain(each).collect()
}
