//! The list of what has to be looked at: conflicts, places in a changed text, changed definitions.

mod row;

use super::action::{Action, Asked};
use super::theme::Palette;
use crate::annotation::{Annotations, Found, TagId};
use crate::locale::Words;
use crate::session::{Command, Document, DocumentId, Doubt, ReadCommand, State, TagCommand, doubts};
use egui::{Button, RichText, ScrollArea, Ui};
use std::sync::{Arc, Weak};

/// The doubts about a document's tags, found anew whenever the tags change.
#[derive(Debug, Default)]
pub struct Doubts {
    of: Option<(DocumentId, Weak<Annotations>)>,
    all: Vec<(Doubt, TagId)>,
    /// Whether the row of the picked tag has been scrolled to.
    shown: Option<TagId>,
}

/// Rows drawn at most: a person goes through them one by one.
const MOST: usize = 200;

impl Doubts {
    /// Finds them anew if the tags have changed.
    pub fn update(&mut self, state: &State) {
        let Some(document) = state.document() else {
            *self = Self::default();
            return;
        };
        let current = self.of.as_ref().is_some_and(|(id, annotations)| {
            *id == document.id && annotations.strong_count() > 0 && annotations.as_ptr() == Arc::as_ptr(&document.annotations)
        });
        if !current {
            self.of = Some((document.id, Arc::downgrade(&document.annotations)));
            self.all = doubts(document);
        }
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// The doubt about a tag.
    pub fn about(&self, tag: TagId) -> Option<Doubt> {
        self.all.iter().find(|(_, id)| *id == tag).map(|(doubt, _)| *doubt)
    }

    /// The tag of the doubt behind that about a tag, or the first.
    pub fn next(&self, tag: Option<TagId>) -> Option<TagId> {
        let at = tag.and_then(|tag| self.all.iter().position(|(_, id)| *id == tag)).map_or(0, |at| at + 1);
        self.all.get(at).or_else(|| self.all.first()).map(|(_, id)| *id)
    }

    fn count(&self, doubt: Doubt) -> usize {
        self.all.iter().filter(|(other, _)| *other == doubt).count()
    }
}

/// Draws the panel.
pub fn doubts_ui(ui: &mut Ui, doubts: &mut Doubts, state: &State, words: &Words, palette: &Palette, asked: &mut Asked) {
    let Some(document) = state.document() else { return };
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button(words.get("close_panel")).clicked() {
                asked.action(Action::ToggleDoubts);
            }
            for found in [Found::Moved, Found::Kept] {
                confirm_all_ui(ui, doubts, found, words, asked);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.strong(words.fill("doubts_title", &[&doubts.len().to_string()]));
                let hint = words.get(if doubts.len() == 0 { "doubts_none" } else { "doubts_hint" });
                ui.add(egui::Label::new(RichText::new(hint).weak()).truncate());
            });
        });
    });
    ui.separator();
    let picked = document.picked.first().copied();
    ScrollArea::vertical().id_salt("doubts").auto_shrink(false).show(ui, |ui| {
        for &(doubt, tag) in doubts.all.iter().take(MOST) {
            let here = picked == Some(tag);
            let response = row::row_ui(ui, document, doubt, tag, here, words, palette, asked);
            if here && doubts.shown != Some(tag) {
                response.scroll_to_me(Some(egui::Align::Center));
                doubts.shown = Some(tag);
            }
        }
        if doubts.len() > MOST {
            ui.weak(words.fill("doubts_more", &[&(doubts.len() - MOST).to_string()]));
        }
    });
}

/// The button that confirms all tags that were found again in this way.
fn confirm_all_ui(ui: &mut Ui, doubts: &Doubts, found: Found, words: &Words, asked: &mut Asked) {
    let count = doubts.count(Doubt::Carried(found));
    if count > 0 && ui.button(words.fill(&format!("confirm_all_{}", found.key()), &[&count.to_string()])).clicked() {
        let ids = doubts.all.iter().filter(|(doubt, _)| *doubt == Doubt::Carried(found)).map(|(_, id)| *id).collect();
        asked.command(Command::Tag(TagCommand::Confirm(ids)));
    }
}

/// The label in the status bar; a click opens the panel.
pub fn doubts_label_ui(ui: &mut Ui, doubts: &Doubts, words: &Words, palette: &Palette, asked: &mut Asked) {
    if doubts.len() == 0 {
        return;
    }
    ui.separator();
    let label = RichText::new(words.fill("doubts_count", &[&doubts.len().to_string()])).color(palette.warning);
    if ui.add(Button::new(label).frame(false)).on_hover_text(words.get("doubts_hint")).clicked() {
        asked.action(Action::ToggleDoubts);
    }
}

/// Picks a tag that is in doubt, and goes to where it stands or may stand.
fn go(document: &Document, tag: TagId, asked: &mut Asked) {
    if document.annotations.tag(tag).is_some() {
        asked.action(Action::GoToTag(tag));
    } else {
        asked.command(Command::Read(ReadCommand::Pick(vec![tag])));
    }
}
