//! What figures are reckoned from, and what is done with them.

use super::{FiguresView, ReviewFile};
use crate::locale::Words;
use crate::session::Document;
use crate::ui::action::{Action, Asked, FiguresAction};
use egui::{Button, ComboBox, Key, TextEdit, Ui};

/// Draws the switches and what can be written.
pub(super) fn tools_ui(ui: &mut Ui, view: &mut FiguresView, document: &Document, words: &Words, asked: &mut Asked) {
    ui.checkbox(&mut view.measure.without_proposals, words.get("figures_without_proposals"))
        .on_hover_text(words.get("figures_without_proposals_hint"));
    sample_ui(ui, view, document, words);
    seed_ui(ui, view, words);
    let reckoning = document.is_measuring();
    ui.menu_button(words.get("figures_write"), |ui| {
        for file in ReviewFile::ALL {
            let label = words.named("review_file", file.key());
            if ui.add_enabled(!(reckoning && file.is_of_figures()), Button::new(label)).clicked() {
                asked.action(Action::Figures(FiguresAction::Write(file)));
            }
        }
    });
    if ui.add_enabled(!reckoning, Button::new(words.get("figures_copy_methods"))).clicked() {
        asked.action(Action::Figures(FiguresAction::CopyMethods));
    }
    if reckoning {
        ui.weak(words.get("figures_reckoning"));
    }
}

/// Which parts of the report count, where some of them were drawn for several people to tag.
fn sample_ui(ui: &mut Ui, view: &mut FiguresView, document: &Document, words: &Words) {
    let mut samples = document.samples().peekable();
    if samples.peek().is_none() {
        return;
    }
    let all = words.get("figures_parts_all");
    let sample = &mut view.measure.sample;
    ComboBox::from_label(words.get("figures_parts")).selected_text(sample.as_deref().unwrap_or(all).to_owned()).show_ui(ui, |ui| {
        ui.selectable_value(sample, None, all);
        for one in samples {
            let label = if one.training { words.fill("figures_training", &[&one.name]) } else { one.name.clone() };
            ui.selectable_value(sample, Some(one.name.clone()), label);
        }
    });
}

/// Where chance begins; Enter takes what is typed.
fn seed_ui(ui: &mut Ui, view: &mut FiguresView, words: &Words) {
    ui.label(words.get("figures_seed"));
    let field = ui.add(TextEdit::singleline(&mut view.seed).desired_width(90.0)).accessible_name(words.get("figures_seed"));
    let left = field.on_hover_text(words.get("figures_seed_hint")).lost_focus();
    if left
        && !ui.input(|input| input.key_pressed(Key::Escape))
        && let Ok(seed) = view.seed.trim().parse()
    {
        view.measure.seed = seed;
    }
    if left {
        view.seed = view.measure.seed.to_string();
    }
}
