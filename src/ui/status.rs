//! The bar at the bottom: how secret the report is, what it was read as, how much is tagged, whether it is saved.

use super::action::{Action, Asked};
use super::doubts::{Doubts, doubts_label_ui};
use super::layers::colleagues_label_ui;
use super::proposals::proposals_label_ui;
use super::review::{Queue, review_label_ui};
use super::theme::Palette;
use crate::exchange::stamp_of;
use crate::locale::Words;
use crate::report::{ScriptView, Secrecy};
use crate::session::{Document, State};
use crate::source::Format;
use crate::text::decode::Encoding;
use crate::text::repair::Repair;
use egui::{Button, Layout, RichText, Ui};

/// Draws the bar. `missing` counts the characters no font has.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub fn status_ui(
    ui: &mut Ui,
    state: &State,
    doubts: &Doubts,
    queue: &Queue,
    missing: usize,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    // Whether work is saved is always to be seen; what the report was read as takes the room that is left.
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let name = state.person().map_or_else(|| words.get("no_person").to_owned(), |person| person.name);
            if ui.add(Button::new(name).frame(false)).on_hover_text(words.get("person")).clicked() {
                asked.action(Action::Person);
            }
            if let Some(document) = state.document() {
                ui.separator();
                kept_ui(ui, document, words, palette);
                doubts_label_ui(ui, doubts, words, palette, asked);
                proposals_label_ui(ui, state, words, asked);
                review_label_ui(ui, queue, document, words, asked);
                colleagues_label_ui(ui, document, words, asked);
            }
            ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
                ui.shrink_clip_rect(ui.max_rect());
                match state.document() {
                    Some(document) => document_ui(ui, document, missing, words, palette, asked),
                    None => {
                        ui.weak(words.get("no_report"));
                    }
                }
            });
        });
    });
}

fn document_ui(ui: &mut Ui, document: &Document, missing: usize, words: &Words, palette: &Palette, asked: &mut Asked) {
    secrecy_ui(ui, document, words, palette);
    read_as_ui(ui, document, words, asked);
    if !document.errors.is_empty() {
        ui.separator();
        let label = words.fill("undecodable", &[&document.errors.len().to_string()]);
        let first = document.errors.first().copied();
        if ui
            .add(Button::new(RichText::new(label).color(palette.error)).frame(false))
            .on_hover_text(words.get("undecodable_hint"))
            .clicked()
        {
            first.into_iter().for_each(|place| asked.action(Action::GoTo(place)));
        }
    }
    ui.separator();
    ui.label(words.named("script", document.report.script().key(document.report.region())));
    ui.separator();
    ui.label(words.fill("characters", &[&document.report.text().len().to_string()]));
    if missing > 0 {
        ui.separator();
        ui.label(RichText::new(words.fill("missing_count", &[&missing.to_string()])).color(palette.warning));
    }
    ui.separator();
    for kind in &document.codebook().kinds {
        let count = document.annotations.tags().filter(|tag| tag.kind == kind.id).count();
        ui.label(RichText::new(format!("{} {count}", words.kind(&kind.id))).color(palette.kind(kind.colour)));
    }
    damage_ui(ui, document, words, palette, asked);
}

/// How secret the report is, unless it is for everybody.
fn secrecy_ui(ui: &mut Ui, document: &Document, words: &Words, palette: &Palette) {
    let Some(level) = stamp_of(&document.report) else { return };
    let colour = if level == Secrecy::Internal { palette.warning } else { palette.error };
    ui.label(RichText::new(words.stamp(level)).color(colour).strong());
    ui.separator();
}

/// Format and encoding; a click lets one choose otherwise.
fn read_as_ui(ui: &mut Ui, document: &Document, words: &Words, asked: &mut Asked) {
    let format = words.named("format", document.method.format.key());
    let encoding = document.method.encoding.map_or("", Encoding::name);
    let label = match (document.method.format, encoding) {
        (Format::Text, encoding) => encoding.to_owned(),
        (_, "") => format.to_owned(),
        (_, encoding) => format!("{format} · {encoding}"),
    };
    let can_choose = document.method.format.has_encoding() || document.method.is_extracted();
    let button = ui.add_enabled(can_choose, Button::new(label).frame(false)).on_hover_text(words.get("read_as"));
    if button.clicked() {
        asked.action(Action::Encoding);
    }
    if document.left_out {
        ui.weak(words.get("left_out")).on_hover_text(words.get("left_out_hint"));
    }
}

/// What scraping damaged, if anything: a click lists it.
fn damage_ui(ui: &mut Ui, document: &Document, words: &Words, palette: &Palette, asked: &mut Asked) {
    let damage = document.report.damage();
    let repaired: usize = [Repair::Pinyin, Repair::Asterisks].into_iter().map(|repair| damage.count(repair)).sum();
    let mut labels = Vec::new();
    if damage.machine_converted() {
        labels.push((words.get("machine_converted").to_owned(), palette.warning));
    }
    let repaired = if document.view.script == ScriptView::Source { 0 } else { repaired };
    if repaired + damage.losses().len() > 0 {
        let counts = [repaired.to_string(), damage.losses().len().to_string()];
        labels.push((words.fill("damage_count", &[&counts[0], &counts[1]]), palette.warning));
    } else if damage.count(Repair::Marks) > 0 {
        labels.push((words.fill("damage_marks", &[&damage.count(Repair::Marks).to_string()]), palette.faint));
    }
    for (label, colour) in labels {
        ui.separator();
        let button = Button::new(RichText::new(&label).color(colour)).frame(false).truncate();
        if ui.add(button).on_hover_text(format!("{label}\n{}", words.get("damage_open"))).clicked() {
            asked.action(Action::Damage);
        }
    }
}

fn kept_ui(ui: &mut Ui, document: &Document, words: &Words, palette: &Palette) {
    let keeping = &document.keeping;
    let (key, colour) = if keeping.made == 0 && keeping.file.is_none() {
        ("nothing_to_save", palette.faint)
    } else if keeping.is_saved() {
        ("saved", palette.good)
    } else if keeping.is_kept() {
        ("kept", palette.warning)
    } else {
        ("unsaved", palette.error)
    };
    let label = ui.label(RichText::new(words.get(key)).color(colour));
    if let Some(file) = &keeping.file {
        label.on_hover_text(file.display().to_string());
    }
}
