//! The tables of figures: people against people, kind by kind, what is said of tags, and how much each person tagged.

use super::cell::figure_ui;
use super::{CHOICES, figure};
use crate::locale::Words;
use crate::review::figures::{Block, Figures};
use crate::ui::theme::Palette;
use egui::{Color32, Frame, Grid, Label, RichText, Ui};

/// Width of the first column in points.
const NAMES: f32 = 140.0;

/// Who agrees with whom; the better, the greener.
pub(super) fn matrix_ui(ui: &mut Ui, figures: &Figures, people: &[String], key: &str, words: &Words, palette: &Palette) {
    let between = |one: usize, other: usize| {
        let pair = figures.pairs.iter().find(|(first, second, _)| [(one, other), (other, one)].contains(&(*first, *second)));
        pair.and_then(|(.., block)| figure(block, key))
    };
    Grid::new("people against people").num_columns(people.len() + 1).show(ui, |ui| {
        head_ui(ui, std::iter::once("").chain(people.iter().map(String::as_str)));
        for (one, name) in people.iter().enumerate() {
            name_ui(ui, name);
            for other in 0..people.len() {
                let figure = between(one, other);
                let value = figure.and_then(|figure| figure.value).unwrap_or_default().clamp(0.0, 1.0);
                let tint = palette.good.gamma_multiply(value as f32 * 0.3);
                let fill = if figure.is_some() { tint } else { Color32::TRANSPARENT };
                Frame::NONE.inner_margin(4).fill(fill).show(ui, |ui| figure_ui(ui, figure, words));
            }
            ui.end_row();
        }
    });
}

/// All kinds together, then kind by kind.
pub(super) fn kinds_ui(ui: &mut Ui, figures: &Figures, words: &Words) {
    Grid::new("figures by kind").num_columns(CHOICES.len() + 1).striped(true).show(ui, |ui| {
        head_ui(ui, std::iter::once("").chain(CHOICES.into_iter().map(|key| words.named("figure", key))));
        block_ui(ui, words.get("agreement_all"), &figures.all, words);
        figures.kinds.iter().for_each(|(kind, block)| block_ui(ui, words.kind(kind), block, words));
    });
}

fn block_ui(ui: &mut Ui, name: &str, block: &Block, words: &Words) {
    name_ui(ui, name);
    CHOICES.into_iter().for_each(|key| figure_ui(ui, figure(block, key), words));
    ui.end_row();
}

/// What is said of tags that stand for one statement, by the metric that fits it.
pub(super) fn attributes_ui(ui: &mut Ui, figures: &Figures, words: &Words) {
    Grid::new("figures by attribute").num_columns(3).striped(true).show(ui, |ui| {
        head_ui(ui, ["", words.get("agreement_metric"), words.get("figure_matched_alpha")].into_iter());
        for (rated, metric, figure) in &figures.attributes {
            name_ui(ui, words.named(rated.group(), rated.key()));
            ui.label(words.named("metric", metric.key()));
            figure_ui(ui, Some(*figure), words);
            ui.end_row();
        }
    });
}

/// How much each person tagged, how much of it came of proposals, and how much they did not read.
pub(super) fn people_ui(ui: &mut Ui, figures: &Figures, people: &[String], words: &Words) {
    let kinds = figures.kinds.iter().map(|(kind, _)| kind);
    let others = ["agreement_from_proposals", "agreement_unread_characters"].map(|key| words.get(key));
    Grid::new("people counted").num_columns(figures.kinds.len() + 3).striped(true).show(ui, |ui| {
        head_ui(ui, std::iter::once("").chain(kinds.clone().map(|kind| words.kind(kind))).chain(others));
        for (name, person) in people.iter().zip(&figures.people) {
            name_ui(ui, name);
            let of_kinds = kinds.clone().map(|kind| person.kinds.get(kind).copied().unwrap_or_default());
            of_kinds.chain([person.from_proposals, person.unread]).for_each(|count| drop(ui.label(count.to_string())));
            ui.end_row();
        }
    });
}

fn head_ui<'h>(ui: &mut Ui, heads: impl Iterator<Item = &'h str>) {
    heads.for_each(|head| drop(ui.label(RichText::new(head).weak())));
    ui.end_row();
}

/// The name of a row.
fn name_ui(ui: &mut Ui, name: &str) {
    ui.horizontal(|ui| {
        ui.set_width(NAMES);
        ui.add(Label::new(name).truncate());
    });
}
