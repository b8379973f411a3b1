//! What is asked in a window of its own. One is open at a time.

mod accept_all;
mod agreed;
mod citation;
mod damage;
mod encoding;
mod export;
mod facts;
mod files;
mod go;
mod import;
mod keys;
mod outside;
mod person;
mod reviewing;
mod sampling;
mod submit;
mod text;
mod tick_list;
mod traces;
mod typesetting;
mod unpack;
mod versions;

pub use accept_all::AcceptAllDialog;
pub use agreed::AgreedDialog;
pub use citation::CitationDialog;
pub use damage::DamageDialog;
pub use encoding::EncodingDialog;
pub use export::ExportDialog;
pub use facts::{FactsDialog, field_ui};
pub use files::{
    FileChoice, Purpose, belong_to, choose_export, choose_file, choose_files, choose_folder, choose_import, choose_pack, choose_table,
    choose_to_write,
};
pub use go::GoDialog;
pub use import::{ImportDialog, all_spoken};
pub use keys::key_sheet_ui;
pub use outside::OutsideDialog;
pub use person::PersonDialog;
pub use reviewing::ReviewingDialog;
pub use text::{PasteDialog, PathDialog};
pub use unpack::UnpackDialog;
pub use versions::VersionsDialog;

use super::action::Asked;
use crate::locale::Words;
use crate::session::State;
use egui::{Button, Id, Modal, Response, ScrollArea, Ui};
use std::path::PathBuf;

/// The dialog that is open.
#[derive(Debug)]
pub enum Dialog {
    /// The path of a file or folder.
    Path(PathDialog),
    /// A text to keep as a report.
    Paste(PasteDialog),
    /// The encoding, with a preview.
    Encoding(EncodingDialog),
    /// What the report is.
    Facts(FactsDialog),
    /// How to cite it.
    Citation(CitationDialog),
    /// What is damaged.
    Damage(DamageDialog),
    /// Which proposals are taken all at once.
    AcceptAll(Box<AcceptAllDialog>),
    /// Which cases on which all agree are accepted.
    Agreed(Box<AgreedDialog>),
    /// Whether the user's tags are submitted.
    Submit,
    /// How the project is reviewed.
    Reviewing(Box<ReviewingDialog>),
    /// The number of a paragraph.
    Go(GoDialog),
    /// How reports are set; how many rows are set now, and how many of them are loose.
    Typesetting((usize, usize)),
    /// Who is tagging.
    Person(PersonDialog),
    /// The versions of the tags.
    Versions(Box<VersionsDialog>),
    /// What is handed over to other programs.
    Export(Box<ExportDialog>),
    /// What another program's file brings.
    Import(Box<ImportDialog>),
    /// A pack that was opened.
    Unpack(UnpackDialog),
    /// Something would be stored outside the folder of its report.
    Outside(OutsideDialog),
    /// What this machine remembers is to be removed, but not what lies in this folder of the user's.
    Traces(PathBuf),
    /// The keys.
    Keys,
    /// Some work could not be saved; leave all the same?
    LeaveUnsaved,
}

/// What became of a dialog in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It is done with.
    Closed,
    /// Leave without saving.
    Leave,
}

/// Draws the open dialog; says whether it stays open.
pub fn dialog_ui(ctx: &egui::Context, dialog: &mut Dialog, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
    let modal = Modal::new(Id::unique("dialog")).show(ctx, |ui| {
        ui.set_max_width(640.0);
        let height = (ctx.content_rect().height() - 60.0).max(120.0);
        let area = ScrollArea::vertical().id_salt("dialog").max_height(height).min_scrolled_height(height).auto_shrink(true);
        // What had the focus in one dialog must not be taken for something in the next.
        ui.push_id(std::mem::discriminant(dialog), |ui| area.show(ui, |ui| content_ui(ui, dialog, state, words, asked)).inner).inner
    });
    // A click beside the dialog must not throw away what was typed into it.
    let beside = modal.backdrop_response.clicked() && !matches!(dialog, Dialog::Keys | Dialog::Damage(_) | Dialog::Typesetting(_));
    if modal.should_close() && !beside && modal.inner == Outcome::Open { Outcome::Closed } else { modal.inner }
}

fn content_ui(ui: &mut Ui, dialog: &mut Dialog, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
    match dialog {
        Dialog::Path(path) => path.ui(ui, words, asked),
        Dialog::Paste(paste) => paste.ui(ui, words, asked),
        Dialog::Encoding(encoding) => encoding.ui(ui, state, words, asked),
        Dialog::Facts(facts) => facts.ui(ui, state, words, asked),
        Dialog::Person(person) => person.ui(ui, state, words, asked),
        Dialog::Citation(citation) => citation.ui(ui, words),
        Dialog::Damage(damage) => damage.ui(ui, state, words, asked),
        Dialog::AcceptAll(accept) => accept.ui(ui, state, words, asked),
        Dialog::Agreed(agreed) => agreed.ui(ui, state, words, asked),
        Dialog::Submit => submit::submit_ui(ui, state, words, asked),
        Dialog::Reviewing(reviewing) => reviewing.ui(ui, state, words, asked),
        Dialog::Go(go) => go.ui(ui, state, words, asked),
        Dialog::Typesetting(set) => typesetting::typesetting_ui(ui, *set, state, words, asked),
        Dialog::Versions(versions) => versions.ui(ui, state, words, asked),
        Dialog::Export(export) => export.ui(ui, state, words, asked),
        Dialog::Import(import) => import.ui(ui, state, words, asked),
        Dialog::Unpack(unpack) => unpack.ui(ui, words, asked),
        Dialog::Outside(outside) => outside.ui(ui, words, asked),
        Dialog::Traces(data) => traces::traces_ui(ui, data, words, asked),
        Dialog::Keys => key_sheet_ui(ui, words),
        Dialog::LeaveUnsaved => leave_ui(ui, words),
    }
}

fn leave_ui(ui: &mut Ui, words: &Words) -> Outcome {
    ui.heading(words.get("leave_title"));
    ui.label(words.get("leave_text"));
    ui.add_space(8.0);
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        let stay = ui.button(words.get("stay"));
        focus_by_default(&stay);
        if stay.clicked() {
            outcome = Outcome::Closed;
        }
        if ui.button(words.get("leave")).clicked() {
            outcome = Outcome::Leave;
        }
    });
    outcome
}

/// What cannot be taken back: Enter must not do it before one has looked.
const GRAVE: [&str; 3] = ["submit_now", "outside_store", "traces_clear"];

/// The buttons at a dialog's end: whether the first was pressed, and what becomes of the dialog. Enter presses the first where
/// nothing else has the focus; the other one where that is graver.
fn buttons_ui(ui: &mut Ui, words: &Words, name: &str, enabled: bool) -> (bool, Outcome) {
    ui.add_space(8.0);
    let (mut done, mut outcome) = (false, Outcome::Open);
    ui.horizontal(|ui| {
        let grave = GRAVE.contains(&name);
        let accept = ui.add_enabled(enabled, Button::new(words.get(name)));
        if !grave {
            focus_by_default(&accept);
        }
        let cancel = ui.button(words.get("cancel"));
        if grave {
            focus_by_default(&cancel);
        }
        done = accept.clicked();
        if cancel.clicked() {
            outcome = Outcome::Closed;
        }
    });
    (done, outcome)
}

/// Gives the focus to a button while nothing else in the dialog has it. A list that is open has the arrows without it.
fn focus_by_default(button: &Response) {
    let ctx = &button.ctx;
    let is_free = ctx.memory(|memory| memory.focused().is_none()) && !ctx.input(|input| input.pointer.any_down());
    if is_free && button.enabled() && !ctx.any_popup_open() {
        button.request_focus();
    }
}
