//! How a project is reviewed: whether people tag blind, who decides, and which samples were drawn.

use super::sampling::Sampling;
use super::{Outcome, buttons_ui};
use crate::annotation::Person;
use crate::locale::Words;
use crate::session::{Barred, Command, ReviewCommand, State};
use crate::store::{Reviewing, Sample};
use crate::ui::action::Asked;
use egui::{Button, Checkbox, ScrollArea, Ui};
use std::path::{Path, PathBuf};

/// What is said of it, and who may be named.
#[derive(Debug)]
pub struct ReviewingDialog {
    /// The folder of the project.
    root: PathBuf,
    /// As it was when the dialog was opened.
    was: Reviewing,
    /// As it is to be.
    reviewing: Reviewing,
    sampling: Sampling,
    /// Whether it is being asked if people are no longer to tag blind.
    lifting: bool,
}

impl ReviewingDialog {
    /// Of the project at hand, as it is now; nothing if there is none.
    pub fn new(state: &State) -> Option<Self> {
        let (root, reviewing) = state.reviewed_project()?;
        let sampling = Sampling::new(state, root, &reviewing.samples);
        Some(Self { root: root.to_owned(), was: reviewing.clone(), reviewing: reviewing.clone(), sampling, lifting: false })
    }

    /// The folder of the project.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        if self.lifting {
            return self.lift_ui(ui, words, asked);
        }
        ui.heading(words.get("review_project").trim_end_matches('…'));
        let barred = state.barred(&self.root);
        if let Some(why) = &barred {
            ui.label(words.barred(why));
            ui.add_space(6.0);
        }
        let (may_change, is_bound) = (!matches!(barred, Some(Barred::Deciders(_))), barred == Some(Barred::OwnTags));
        ui.add_enabled_ui(may_change, |ui| {
            ui.add_enabled(!is_bound, Checkbox::new(&mut self.reviewing.blind, words.get("project_blind")));
            ui.weak(words.get("project_blind_hint"));
            ui.add_space(6.0);
            self.deciders_ui(ui, state, barred.as_ref(), words);
            ui.add_space(6.0);
            self.samples_ui(ui, state, words);
            self.sampling.ui(ui, state, &self.root, &mut self.reviewing.samples, words, asked);
        });
        let (done, outcome) = buttons_ui(ui, words, "person_ok", may_change);
        if !done {
            return outcome;
        }
        self.lifting = self.was.blind && !self.reviewing.blind;
        if self.lifting { Outcome::Open } else { self.done(asked) }
    }

    /// Asks whether people are no longer to tag blind: what they have seen then cannot be taken back.
    fn lift_ui(&mut self, ui: &mut Ui, words: &Words, asked: &mut Asked) -> Outcome {
        ui.heading(words.get("project_lift_title"));
        ui.label(words.get("project_lift_hint"));
        let (done, outcome) = buttons_ui(ui, words, "project_lift", true);
        if done {
            return self.done(asked);
        }
        if outcome == Outcome::Closed {
            (self.lifting, self.reviewing.blind) = (false, true);
        }
        Outcome::Open
    }

    fn done(&self, asked: &mut Asked) -> Outcome {
        let change = Box::new((self.was.clone(), self.reviewing.clone()));
        asked.command(Command::Review(ReviewCommand::SetReviewing(self.root.clone(), change)));
        Outcome::Closed
    }

    /// Who decides. Who is bound by what the project says does not name themselves.
    fn deciders_ui(&mut self, ui: &mut Ui, state: &State, barred: Option<&Barred>, words: &Words) {
        ui.strong(words.get("project_deciders"));
        ui.weak(words.get("project_deciders_hint"));
        let own = state.person().filter(|_| barred == Some(&Barred::OwnTags)).map(|person| person.id);
        let people = self.people(state, matches!(barred, Some(Barred::Deciders(_))));
        ScrollArea::vertical().id_salt("deciders").max_height(160.0).auto_shrink([false, true]).show(ui, |ui| {
            for person in &people {
                ui.add_enabled_ui(own != Some(person.id), |ui| decider_ui(ui, &mut self.reviewing.deciders, person, words));
            }
        });
    }

    /// Who may be named: the user, those who are named, and everybody who has a file in the project or on what is open of it.
    /// Whoever may name nobody reads only who is named.
    fn people(&self, state: &State, only_named: bool) -> Vec<Person> {
        let named = self.was.deciders.iter().chain(&self.reviewing.deciders).cloned();
        let layers = state.documents_of(&self.root).flat_map(|document| &document.layers().all);
        let tagged = layers.map(|layer| layer.person.clone());
        let found = state.survey(&self.root).into_iter().flat_map(|survey| survey.people.iter().cloned());
        let others = tagged.chain(found).filter(|_| !only_named);
        let mut people: Vec<Person> = Vec::new();
        for person in state.person().into_iter().chain(named).chain(others) {
            if !people.iter().any(|known| known.id == person.id) {
                people.push(person);
            }
        }
        people
    }

    /// The samples there are, each to be removed.
    fn samples_ui(&mut self, ui: &mut Ui, state: &State, words: &Words) {
        let (root, sampling, reviewing) = (self.root.as_path(), &self.sampling, &mut self.reviewing);
        ui.strong(words.get("project_samples"));
        if reviewing.samples.is_empty() {
            ui.weak(words.get("project_samples_none"));
        }
        ScrollArea::vertical().id_salt("samples").max_height(160.0).auto_shrink([false, true]).show(ui, |ui| {
            let said = |sample: &Sample| sampling.said(sample, state, root);
            reviewing.samples.retain(|sample| ui.horizontal(|ui| stays(ui, sample, &said, words)).inner);
        });
    }
}

/// Whether somebody decides.
fn decider_ui(ui: &mut Ui, deciders: &mut Vec<Person>, person: &Person, words: &Words) {
    let mut decides = deciders.iter().any(|decider| decider.id == person.id);
    let tick = ui.checkbox(&mut decides, &person.name);
    let (enabled, name) = (ui.is_enabled(), words.fill("project_decides", &[&person.name]));
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, enabled, decides, name.as_str()));
    if tick.changed() {
        deciders.retain(|decider| decider.id != person.id);
        if decides {
            deciders.push(person.clone());
        }
    }
}

/// A sample in a line of its own, under which its sections stand; whether it was not removed.
fn stays(ui: &mut Ui, sample: &Sample, sections: &dyn Fn(&Sample) -> String, words: &Words) -> bool {
    let line = ui.label(said(sample, words));
    if line.hovered() {
        let sections = sections(sample);
        if !sections.is_empty() {
            line.on_hover_text(sections);
        }
    }
    let remove = ui.add(Button::new("×").frame(false));
    let enabled = ui.is_enabled();
    remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, words.fill("sample_remove", &[&sample.name])));
    !remove.clicked()
}

/// A sample: its name, whether it is for training, of how many sections, by which seed.
fn said(sample: &Sample, words: &Words) -> String {
    let name = if sample.training { "project_training" } else { "project_sample" };
    words.fill(name, &[&sample.name, &sample.parts.len().to_string(), &sample.seed.to_string()])
}
