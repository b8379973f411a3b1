//! One doubt: what it is about, what was and what is side by side, and what can be done.

use crate::annotation::{Anchor, CONTEXT, Carried, Found, Tag, TagId};
use crate::locale::Words;
use crate::session::{Choice, Command, Document, Doubt, TagCommand, settled};
use crate::text::{Pos, Span};
use crate::ui::action::Asked;
use crate::ui::theme::Palette;
use egui::text::LayoutJob;
use egui::{Frame, Response, RichText, TextFormat, Ui};

/// Draws a row; the one of the picked tag stands out.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub(super) fn row_ui(
    ui: &mut Ui,
    document: &Document,
    doubt: Doubt,
    id: TagId,
    here: bool,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) -> Response {
    let fill = if here { ui.visuals().selection.bg_fill.gamma_multiply(0.25) } else { egui::Color32::TRANSPARENT };
    let frame = Frame::group(ui.style()).inner_margin(6).fill(fill);
    let response = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.push_id(id, |ui| {
            head_ui(ui, document, doubt, id, words, palette, asked);
            match (doubt, document.annotations.tag(id)) {
                (Doubt::Conflict, _) => conflict_ui(ui, document, id, words, palette, asked),
                (Doubt::Carried(_), Some(tag)) => carried_ui(ui, document, tag, words, palette),
                (Doubt::Slipped, Some(tag)) => {
                    sides_ui(ui, words, around(&tag.anchor, palette, ui), there(document, tag.anchor.span, palette, ui));
                }
                (Doubt::Outdated, Some(tag)) => outdated_ui(ui, document, tag, words),
                (_, None) => {}
            }
        });
    });
    response.response
}

/// What it is about, and the buttons.
fn head_ui(ui: &mut Ui, document: &Document, doubt: Doubt, id: TagId, words: &Words, palette: &Palette, asked: &mut Asked) {
    let tag = document.annotations.tag(id);
    ui.horizontal_wrapped(|ui| {
        let colour = match doubt {
            Doubt::Conflict | Doubt::Slipped | Doubt::Carried(Found::Lost) => palette.error,
            Doubt::Carried(Found::Changed) | Doubt::Outdated => palette.warning,
            Doubt::Carried(Found::Moved | Found::Kept) => palette.good,
        };
        ui.label(RichText::new(words.named("doubt", doubt.key())).color(colour).strong());
        if let Some(tag) = tag {
            let kind = document.codebook().kind(&tag.kind).map_or(palette.faint, |kind| palette.kind(kind.colour));
            ui.label(RichText::new(words.kind(&tag.kind)).color(kind));
        }
        if ui.button(words.get("doubt_go")).clicked() {
            super::go(document, id, asked);
        }
        if doubt != Doubt::Conflict
            && let Some(command) = settled(document, doubt, id)
            && ui.button(words.get(if tag.is_some_and(Tag::is_placed) { "doubt_confirm" } else { "doubt_suggestion" })).clicked()
        {
            asked.command(Command::Tag(command));
        }
        let Some(tag) = tag.filter(|tag| !tag.is_placed() || doubt == Doubt::Slipped) else { return };
        let selected = document.selection.span();
        let button = ui.add_enabled(!selected.is_empty(), egui::Button::new(words.get("doubt_place")));
        if button.on_disabled_hover_text(words.get("doubt_place_hint")).clicked() {
            asked.command(Command::Tag(TagCommand::SetSpan(tag.id, selected)));
        }
        if ui.button(words.get("delete_short")).clicked() {
            asked.command(Command::Tag(TagCommand::Delete(vec![tag.id])));
        }
    });
}

fn carried_ui(ui: &mut Ui, document: &Document, tag: &Tag, words: &Words, palette: &Palette) {
    let Some(carried) = tag.carried.as_deref() else { return };
    let old = around(&carried.anchor, palette, ui);
    let new = match now_at(tag, carried) {
        Some(span) => there(document, span, palette, ui),
        None => LayoutJob::single_section(words.get("doubt_nowhere").to_owned(), plain(ui)),
    };
    sides_ui(ui, words, old, new);
}

/// Where a carried tag stands in the new text, or may.
fn now_at(tag: &Tag, carried: &Carried) -> Option<Span> {
    tag.place().or(carried.suggested)
}

fn outdated_ui(ui: &mut Ui, document: &Document, tag: &Tag, words: &Words) {
    ui.label(tag.anchor.quote.replace('\n', " "));
    match document.codebook().kind(&tag.kind) {
        None => drop(ui.weak(words.fill("doubt_no_kind", &[tag.kind.as_str()]))),
        Some(kind) => {
            let then = tag.definition.map(|definition| definition.version.to_string()).unwrap_or_default();
            ui.weak(words.fill("doubt_definition", &[&then, &document.codebook().version.to_string(), &kind.definition]));
        }
    }
}

/// The readings of a tag beside one another, each with what it says otherwise.
fn conflict_ui(ui: &mut Ui, document: &Document, id: TagId, words: &Words, palette: &Palette, asked: &mut Asked) {
    let Some(kept) = document.annotations.tag_records().get(&id) else { return };
    let readings: Vec<&Option<Tag>> = kept.readings().collect();
    let both = kept.now.content.is_some() && readings.iter().any(|reading| reading.is_some());
    ui.columns(1 + readings.len(), |columns| {
        let all = std::iter::once((Choice::InForce, &kept.now.content))
            .chain(readings.iter().enumerate().map(|(number, reading)| (Choice::Reading(number), *reading)));
        for (ui, (choice, reading)) in columns.iter_mut().zip(all) {
            let name = if choice == Choice::InForce { "conflict_here" } else { "conflict_there" };
            ui.weak(words.get(name));
            match reading {
                None => drop(ui.label(RichText::new(words.get("conflict_deleted")).color(palette.error))),
                Some(tag) => said_ui(ui, document, tag, words),
            }
            ui.horizontal(|ui| {
                if ui.button(words.get("conflict_take")).clicked() {
                    asked.command(Command::Tag(TagCommand::Decide(id, choice)));
                }
            });
        }
    });
    if both && ui.button(words.get("conflict_both")).clicked() {
        asked.command(Command::Tag(TagCommand::Decide(id, Choice::Both)));
    }
}

/// All that a tag says, a line each.
fn said_ui(ui: &mut Ui, document: &Document, tag: &Tag, words: &Words) {
    let kind = document.codebook().kind(&tag.kind).map_or_else(|| tag.kind.as_str(), |_| words.kind(&tag.kind));
    let unsure = if tag.unsure { words.get("unsure_short") } else { "" };
    ui.label(format!("{kind} {unsure}"));
    ui.label(tag.anchor.quote.replace('\n', " "));
    for quantity in &tag.quantities {
        ui.label(&quantity.words);
    }
    for (attribute, value) in &tag.attributes {
        let value = match value {
            crate::annotation::Value::One(key) => words.value(attribute, key),
            crate::annotation::Value::Many(keys) => keys.iter().map(|key| words.value(attribute, key)).collect::<Vec<_>>().join("、"),
        };
        ui.label(format!("{}：{value}", words.attribute(attribute)));
    }
    if !tag.note.is_empty() {
        ui.label(format!("{}：{}", words.get("note_name"), tag.note));
    }
}

/// Old and new side by side.
fn sides_ui(ui: &mut Ui, words: &Words, old: LayoutJob, new: LayoutJob) {
    ui.columns(2, |columns| {
        for (ui, (name, job)) in columns.iter_mut().zip([("doubt_old", old), ("doubt_new", new)]) {
            ui.weak(words.get(name));
            ui.add(egui::Label::new(job).wrap());
        }
    });
}

fn plain(ui: &Ui) -> TextFormat {
    TextFormat::simple(egui::TextStyle::Body.resolve(ui.style()), ui.visuals().text_color())
}

/// Words among what stands on either side, marked.
fn marked(before: &str, quote: &str, after: &str, palette: &Palette, ui: &Ui) -> LayoutJob {
    let faint = TextFormat { color: palette.faint, ..plain(ui) };
    let strong = TextFormat { color: ui.visuals().strong_text_color(), underline: egui::Stroke::new(1.0, palette.warning), ..plain(ui) };
    let mut job = LayoutJob::default();
    for (text, format) in [(before, &faint), (quote, &strong), (after, &faint)] {
        job.append(&text.replace('\n', " "), 0.0, format.clone());
    }
    job
}

/// An anchor's words with the context kept with them.
fn around(anchor: &Anchor, palette: &Palette, ui: &Ui) -> LayoutJob {
    marked(&anchor.before, &anchor.quote, &anchor.after, palette, ui)
}

/// The words of a place in the report with what stands around them.
fn there(document: &Document, span: Span, palette: &Palette, ui: &Ui) -> LayoutJob {
    let all = document.report.text().span();
    let span = Span::new(all.clamp(span.start()), all.clamp(span.end()));
    let shown = |from: Pos, to: Pos| document.report.shown(Span::new(from, to), document.view).text;
    let (before, after) = (span.start().minus(CONTEXT), all.clamp(span.end().plus(CONTEXT)));
    marked(&shown(before, span.start()), &shown(span.start(), span.end()), &shown(span.end(), after), palette, ui)
}
