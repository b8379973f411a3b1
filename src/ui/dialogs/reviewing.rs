//! How a project is reviewed: whether people tag blind, who decides, and which samples were drawn.

use super::sampling::Sampling;
use super::{Outcome, buttons_ui};
use crate::annotation::Person;
use crate::locale::Words;
use crate::session::{Command, Document, ReviewCommand, State};
use crate::store::{Reviewing, Sample};
use crate::ui::action::Asked;
use egui::{Button, ScrollArea, Ui};

/// What is said of it, and who may be named.
#[derive(Debug)]
pub struct ReviewingDialog {
    reviewing: Reviewing,
    /// The user, those who are named, and those who tagged the report: each once, in this order.
    people: Vec<Person>,
    sampling: Sampling,
}

impl ReviewingDialog {
    /// As it is now.
    pub fn new(state: &State, document: &Document) -> Self {
        let reviewing = document.reviewing().clone();
        let tagged = document.layers().all.iter().map(|layer| layer.person.clone());
        let mut people: Vec<Person> = Vec::new();
        for person in state.person().into_iter().chain(reviewing.deciders.iter().cloned()).chain(tagged) {
            if !people.iter().any(|known| known.id == person.id) {
                people.push(person);
            }
        }
        Self { reviewing, people, sampling: Sampling::new(state, document) }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("review_project").trim_end_matches('…'));
        ui.checkbox(&mut self.reviewing.blind, words.get("project_blind"));
        ui.weak(words.get("project_blind_hint"));
        ui.add_space(6.0);
        ui.strong(words.get("project_deciders"));
        ui.weak(words.get("project_deciders_hint"));
        for person in &self.people {
            decider_ui(ui, &mut self.reviewing.deciders, person, words);
        }
        ui.add_space(6.0);
        ui.strong(words.get("project_samples"));
        if self.reviewing.samples.is_empty() {
            ui.weak(words.get("project_samples_none"));
        }
        ScrollArea::vertical().id_salt("samples").max_height(160.0).auto_shrink([false, true]).show(ui, |ui| {
            self.reviewing.samples.retain(|sample| ui.horizontal(|ui| stays(ui, sample, &self.sampling, words)).inner);
        });
        self.sampling.ui(ui, &mut self.reviewing.samples, words);
        let (done, outcome) = buttons_ui(ui, words, "person_ok", true);
        if done {
            asked.command(Command::Review(ReviewCommand::SetReviewing(Box::new(self.reviewing.clone()))));
            return Outcome::Closed;
        }
        outcome
    }
}

/// Whether somebody decides.
fn decider_ui(ui: &mut Ui, deciders: &mut Vec<Person>, person: &Person, words: &Words) {
    let mut decides = deciders.iter().any(|decider| decider.id == person.id);
    let tick = ui.checkbox(&mut decides, &person.name);
    let name = words.fill("project_decides", &[&person.name]);
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, decides, name.as_str()));
    if tick.changed() {
        deciders.retain(|decider| decider.id != person.id);
        if decides {
            deciders.push(person.clone());
        }
    }
}

/// A sample in a line of its own; whether it was not removed.
fn stays(ui: &mut Ui, sample: &Sample, sampling: &Sampling, words: &Words) -> bool {
    let parts = sampling.said(sample);
    let line = ui.label(said(sample, words));
    if !parts.is_empty() {
        line.on_hover_text(parts);
    }
    let remove = ui.add(Button::new("×").frame(false));
    remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.fill("sample_remove", &[&sample.name])));
    !remove.clicked()
}

/// A sample: its name, whether it is for training, of how many sections, by which seed.
fn said(sample: &Sample, words: &Words) -> String {
    let name = if sample.training { "project_training" } else { "project_sample" };
    words.fill(name, &[&sample.name, &sample.parts.len().to_string(), &sample.seed.to_string()])
}
