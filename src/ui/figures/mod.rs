//! How far the people of a review agree, in place of the page: who with whom, by kind, by section, on what is said of tags; and
//! what comes of the review, in files to hand on.

mod act;
mod cell;
mod file;
mod sections;
mod tables;
mod tools;

use super::action::{Action, Asked, FiguresAction};
use super::layers::Called;
use super::theme::Palette;
use crate::locale::Words;
use crate::review::agreement::Figure;
use crate::review::figures::{Block, Figures};
use crate::session::{Command, Document, Measure, ReviewCommand, State};
use egui::{Align, Layout, RichText, ScrollArea, Ui};

pub use file::ReviewFile;

/// The figures that can be shown of pairs and sections, by their keys.
const CHOICES: [&str; 6] = ["exact_f1", "overlapping_f1", "cohen", "fleiss", "alpha", "unitized"];

/// What the window keeps of figures between frames.
#[derive(Debug, Default)]
pub struct FiguresView {
    /// Whether they are shown in place of the page of a review.
    open: bool,
    /// Which are asked for.
    measure: Measure,
    /// Where chance begins, as it is typed.
    seed: String,
    /// Which of the choices is shown of pairs and sections.
    choice: usize,
}

impl FiguresView {
    /// Whether figures are shown: only of a review.
    pub fn is_shown(&self, state: &State) -> bool {
        self.open && state.document().is_some_and(Document::is_review)
    }

    /// Shows them, or the page again.
    fn toggle(&mut self) {
        self.open = !self.open;
        self.seed = self.measure.seed.to_string();
    }

    /// What makes the review shown reckon the figures that are looked at, if it does not yet.
    pub fn due(&self, state: &State) -> Option<Command> {
        let document = state.document().filter(|document| document.is_review())?;
        let is_here = |name: &String| document.samples().any(|sample| sample.name == *name);
        let sample = self.measure.sample.clone().filter(is_here);
        let wanted = self.open.then(|| Measure { sample, ..self.measure.clone() });
        (document.measure() != wanted.as_ref()).then(|| Command::Review(ReviewCommand::Measure(wanted)))
    }

    /// The key of the figure that is shown of pairs and sections.
    fn chosen(&self) -> &'static str {
        CHOICES.get(self.choice).copied().unwrap_or("exact_f1")
    }
}

/// The figure of a key.
fn figure(block: &Block, key: &str) -> Option<Figure> {
    block.named().find(|(name, _)| *name == key).map(|(_, figure)| figure)
}

/// Draws the figures of the review shown.
pub fn figures_ui(ui: &mut Ui, view: &mut FiguresView, state: &State, words: &Words, palette: &Palette, asked: &mut Asked) {
    let Some(document) = state.document() else { return };
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(words.get("close_panel")).clicked() {
                asked.action(Action::Figures(FiguresAction::Toggle));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.heading(words.get("figures"));
                ui.weak(document.title());
            });
        });
    });
    ui.horizontal_wrapped(|ui| tools::tools_ui(ui, view, document, words, asked));
    ui.separator();
    let Some(figures) = document.figures() else {
        ui.weak(words.get("figures_reckoning"));
        return;
    };
    let called = Called::of(state, document, words);
    let people: Vec<String> = figures.people.iter().map(|person| called.name(&person.person)).collect();
    ScrollArea::both().id_salt("figures").auto_shrink(false).show(ui, |ui| {
        lead_ui(ui, figures, &people, words);
        part_ui(ui, "by_pair", words);
        ui.horizontal_wrapped(|ui| choice_ui(ui, view, words));
        tables::matrix_ui(ui, figures, &people, view.chosen(), words, palette);
        part_ui(ui, "by_kind", words);
        tables::kinds_ui(ui, figures, words);
        part_ui(ui, "by_section", words);
        sections::sections_ui(ui, figures, view.chosen(), words, palette, asked);
        part_ui(ui, "by_attribute", words);
        tables::attributes_ui(ui, figures, words);
        part_ui(ui, "by_person", words);
        tables::people_ui(ui, figures, &people, words);
    });
}

/// How many people and characters there are, and how intervals were drawn.
fn lead_ui(ui: &mut Ui, figures: &Figures, people: &[String], words: &Words) {
    let numbers = [people.len() as u64, figures.characters, figures.units as u64, figures.resamples.into(), figures.seed];
    let [people_count, characters, units, resamples, seed] = numbers.map(|number| number.to_string());
    let drawn = words.named("drawn", figures.drawn.key());
    ui.label(words.fill("agreement_lead", &[&people_count, &characters, &units, drawn, &resamples, &seed]));
    if people.len() < 2 {
        ui.label(words.get("review_alone"));
    }
}

/// The heading of a part.
fn part_ui(ui: &mut Ui, key: &str, words: &Words) {
    ui.add_space(12.0);
    ui.label(RichText::new(words.named("agreement", key)).strong().size(16.0));
}

/// Which figure is shown of pairs and sections.
fn choice_ui(ui: &mut Ui, view: &mut FiguresView, words: &Words) {
    for (at, key) in CHOICES.into_iter().enumerate() {
        ui.selectable_value(&mut view.choice, at, words.named("figure", key));
    }
}
