//! Choosing the encoding, with a live preview of the file's beginning.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, FileCommand, State};
use crate::store::{RealDisk, StoreError, read_head};
use crate::text::decode::{Encoding, decode_as};
use crate::ui::action::Asked;
use egui::{Button, Label, ScrollArea, Ui};
use std::path::Path;

/// How many bytes are previewed.
const HEAD: usize = 4096;

/// The choice.
#[derive(Debug)]
pub struct EncodingDialog {
    head: Result<Vec<u8>, StoreError>,
    chosen: Encoding,
}

impl EncodingDialog {
    /// For a file now read as an encoding.
    pub fn new(path: &Path, now: Encoding) -> Self {
        Self { head: read_head(&RealDisk, path, HEAD), chosen: now }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("encoding"));
        let Some(document) = state.document() else { return Outcome::Closed };
        if document.annotations.tag_count() > 0 {
            ui.label(words.get("encoding_fixed"));
        }
        ui.horizontal_wrapped(|ui| {
            for encoding in Encoding::ALL {
                if ui.add(Button::selectable(self.chosen == encoding, encoding.name())).clicked() {
                    self.chosen = encoding;
                }
            }
        });
        match &self.head {
            Ok(head) => {
                let decoded = decode_as(head, self.chosen);
                ui.weak(words.fill("preview_errors", &[&decoded.errors.len().to_string()]));
                ScrollArea::vertical().id_salt("preview").max_height(260.0).show(ui, |ui| {
                    ui.set_min_width(560.0);
                    let text: String = decoded.text.chars().take(800).collect();
                    ui.add(Label::new(text).wrap()).on_hover_text(words.get("preview"));
                });
            }
            Err(error) => drop(ui.label(words.store_error(error))),
        }
        let free = document.annotations.tag_count() == 0;
        let (done, outcome) = buttons_ui(ui, words, "use_encoding", free);
        if done {
            asked.command(Command::File(FileCommand::Reopen(self.chosen)));
            return Outcome::Closed;
        }
        outcome
    }
}
