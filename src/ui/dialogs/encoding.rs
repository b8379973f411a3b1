//! Choosing how a file is read: the encoding, with a live preview, and how much of it.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, Document, FileCommand, State};
use crate::source::{Extent, Method, Wish};
use crate::store::{RealDisk, StoreError, read_head};
use crate::text::decode::{Encoding, decode_as};
use crate::ui::action::Asked;
use egui::{Button, Label, ScrollArea, Ui};

/// How many bytes are previewed.
const HEAD: usize = 4096;

/// The choice.
#[derive(Debug)]
pub struct EncodingDialog {
    head: Result<Vec<u8>, StoreError>,
    method: Method,
    chosen: Option<Encoding>,
    whole: bool,
}

impl EncodingDialog {
    /// For a report as it is read now.
    pub fn new(document: &Document) -> Self {
        let method = document.method;
        let head = if method.format.has_encoding() { read_head(&RealDisk, &document.path, HEAD) } else { Ok(Vec::new()) };
        Self { head, method, chosen: method.encoding, whole: method.extent == Extent::Whole }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("read_as"));
        let Some(document) = state.document() else { return Outcome::Closed };
        if document.annotations.tag_count() > 0 {
            ui.label(words.get("encoding_fixed"));
        }
        if self.method.is_extracted() {
            ui.label(words.fill("extracted_hint", &[words.named("format", self.method.format.key())]));
        }
        if self.method.format.has_extents() {
            ui.radio_value(&mut self.whole, false, words.get("extent_main"));
            ui.radio_value(&mut self.whole, true, words.get("extent_whole"));
        }
        if self.method.format.has_encoding() {
            self.encoding_ui(ui, words);
        }
        let free = document.annotations.tag_count() == 0;
        let (done, outcome) = buttons_ui(ui, words, "use_encoding", free);
        if done {
            let extent = if self.whole { Extent::Whole } else { Extent::Main };
            asked.command(Command::File(FileCommand::Reopen(Wish { encoding: self.chosen, extent })));
            return Outcome::Closed;
        }
        outcome
    }

    fn encoding_ui(&mut self, ui: &mut Ui, words: &Words) {
        ui.horizontal_wrapped(|ui| {
            for encoding in Encoding::ALL {
                if ui.add(Button::selectable(self.chosen == Some(encoding), encoding.name())).clicked() {
                    self.chosen = Some(encoding);
                }
            }
        });
        match &self.head {
            Ok(head) => {
                let decoded = decode_as(head, self.chosen.unwrap_or(Encoding::Utf8));
                ui.weak(words.fill("preview_errors", &[&decoded.errors.len().to_string()]));
                ScrollArea::vertical().id_salt("preview").max_height(260.0).show(ui, |ui| {
                    ui.set_min_width(560.0);
                    let text: String = decoded.text.chars().take(800).collect();
                    ui.add(Label::new(text).wrap()).on_hover_text(words.get("preview"));
                });
            }
            Err(error) => drop(ui.label(words.store_error(error))),
        }
    }
}
