//! One colleague: their colour and letter, how their tags are shown, how many they made, and which have no place.

use super::dot::dot_ui;
use super::{Called, Colleagues, whose};
use crate::annotation::KindId;
use crate::locale::Words;
use crate::session::{Command, Document, LayerShown, ReviewCommand, ShownLayer};
use crate::store::local_moment;
use crate::store::wire::Role;
use crate::ui::action::Asked;
use crate::ui::theme::Palette;
use egui::{Align, Button, Label, Layout, Response, RichText, TextWrapMode, Ui, WidgetInfo};

/// Draws a colleague.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub(super) fn row_ui(
    ui: &mut Ui,
    colleagues: &mut Colleagues,
    layer: &ShownLayer,
    document: &Document,
    called: &Called<'_>,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let name = called.layer_name(layer);
    ui.push_id((layer.person.id, layer.role.key()), |ui| {
        ui.horizontal(|ui| {
            dot_ui(ui, layer.lane, called, palette);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if layer.outside {
                    let remove = ui.add(Button::new("×").frame(false)).on_hover_text(words.get("layer_remove"));
                    named(&remove, words.fill("layer_remove_named", &[&name]));
                    if remove.clicked() {
                        asked.command(Command::Review(ReviewCommand::RemoveLayer(layer.path.clone())));
                    }
                }
                switch_ui(ui, layer, &name, words, asked);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| name_ui(ui, colleagues, layer, &name, words));
            });
        });
        ui.horizontal(|ui| {
            ui.add_space(26.0);
            ui.horizontal_wrapped(|ui| {
                counts_ui(ui, colleagues, layer, document, words, palette);
                unplaced_ui(ui, colleagues, layer, &name, words, palette);
                file_ui(ui, layer, words, palette);
            });
        });
        if colleagues.unplaced.as_ref() == Some(&whose(layer)) {
            unplaced_list_ui(ui, layer, words);
        }
        ui.add_space(4.0);
    });
}

/// Their name; a click puts lines above their words in the text, or takes them away.
fn name_ui(ui: &mut Ui, colleagues: &mut Colleagues, layer: &ShownLayer, name: &str, words: &Words) {
    let picked = colleagues.picked.as_ref() == Some(&whose(layer));
    let decides = if layer.role == Role::Annotation { "" } else { words.get("layer_decides") };
    let button = Button::selectable(picked, format!("{name}{decides}")).wrap_mode(TextWrapMode::Truncate);
    if ui.add(button).on_hover_text(words.get("layer_pick_hint")).clicked() {
        colleagues.picked = (!picked).then(|| whose(layer));
    }
}

/// Full, dim or hidden.
fn switch_ui(ui: &mut Ui, layer: &ShownLayer, name: &str, words: &Words, asked: &mut Asked) {
    ui.spacing_mut().item_spacing.x = 2.0;
    ui.spacing_mut().button_padding.x = 5.0;
    for shown in LayerShown::ALL.into_iter().rev() {
        let on = layer.shown == shown;
        let button = ui.add(Button::selectable(on, words.named("shown", shown.key())));
        let label = words.fill("shown_named", &[words.named("shown", shown.key()), name]);
        button.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, on, label.as_str()));
        if button.clicked() {
            asked.command(Command::Review(ReviewCommand::Show(layer.person.id, layer.role.clone(), shown)));
        }
    }
}

/// How many tags of each kind they made.
fn counts_ui(ui: &mut Ui, colleagues: &mut Colleagues, layer: &ShownLayer, document: &Document, words: &Words, palette: &Palette) {
    let counts = colleagues.counts.of(&layer.annotations);
    if counts.is_empty() {
        ui.weak(words.get("layer_no_tags"));
    }
    let book = document.codebook();
    let undefined = counts.keys().filter(|kind| book.kind(kind).is_none());
    let kinds: Vec<&KindId> = book.kinds.iter().map(|kind| &kind.id).chain(undefined).collect();
    for (kind, count) in kinds.into_iter().filter_map(|kind| Some((kind, counts.get(kind)?))) {
        let colour = book.kind(kind).map_or(palette.faint, |kind| palette.kind(kind.colour));
        ui.add(Label::new(RichText::new(format!("{} {count}", words.kind(kind))).small().color(colour)).extend());
    }
}

/// How many of their tags have no place in this text; a click lists them.
fn unplaced_ui(ui: &mut Ui, colleagues: &mut Colleagues, layer: &ShownLayer, name: &str, words: &Words, palette: &Palette) {
    if layer.unplaced == 0 {
        return;
    }
    let label = words.fill("layer_unplaced", &[&layer.unplaced.to_string()]);
    let button = ui.add(Button::new(RichText::new(&label).small().color(palette.warning)).frame(false));
    named(&button, format!("{name}：{label}"));
    if button.clicked() {
        let is_open = colleagues.unplaced.as_ref() == Some(&whose(layer));
        colleagues.unplaced = (!is_open).then(|| whose(layer));
    }
}

/// When they handed in, and whether their file is what was written.
fn file_ui(ui: &mut Ui, layer: &ShownLayer, words: &Words, palette: &Palette) {
    // When it was is not known of a copy that is damaged there.
    if let Some(at) = layer.submitted.filter(|at| at.0 > 0) {
        ui.add(Label::new(RichText::new(words.fill("submitted_at", &[&local_moment(at)])).small().weak()).extend());
    }
    if layer.edited {
        let lost = (layer.lost > 0).then(|| words.fill("layer_lost", &[&layer.lost.to_string()]));
        let label = lost.unwrap_or_else(|| words.get("layer_edited").to_owned());
        ui.label(RichText::new(label).small().color(palette.error));
    }
}

/// The words of the tags that have no place.
fn unplaced_list_ui(ui: &mut Ui, layer: &ShownLayer, words: &Words) {
    let unplaced = layer.annotations.unplaced();
    for tag in unplaced.iter().filter_map(|id| layer.annotations.tag(*id)) {
        let line = format!("· {} {}", words.kind(&tag.kind), tag.anchor.quote.replace('\n', " "));
        ui.add(Label::new(RichText::new(line).small()).wrap());
    }
    let more = layer.unplaced.saturating_sub(unplaced.len());
    if more > 0 {
        ui.weak(words.fill("layer_unplaced_more", &[&more.to_string()]));
    }
}

/// Gives a button a name that says more than its words.
fn named(response: &Response, name: String) {
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, name.as_str()));
}
