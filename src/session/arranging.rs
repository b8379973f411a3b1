//! How a project is reviewed: who may change it, and what is found in the project where somebody does.
//!
//! Whoever is bound by a rule does not change it alone. The project's file can be edited by hand all the same: this keeps from
//! temptation, not from intent.

use super::document::Document;
use super::effect::Effect;
use super::notice::What;
use super::project::Project;
use super::state::State;
use crate::annotation::{Person, Time};
use crate::store::{Cancel, Card, PersonCard, ReportSections, Reviewing};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why somebody may not change how a project is reviewed, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// Others are named who decide: nobody else changes anything.
    Deciders(Vec<String>),
    /// They have tags of their own that are not handed in, while others' are withheld from them: whether people tag blind, and
    /// whether they decide themselves, is not for them to say.
    OwnTags,
}

impl Barred {
    /// Whether it keeps a person from making this of how the project is reviewed.
    fn keeps_from(&self, person: Option<&Person>, there: &Reviewing, after: &Reviewing) -> bool {
        let names_themselves = || person.is_some_and(|person| after.names(person) && !there.names(person));
        match self {
            Self::Deciders(_) => true,
            Self::OwnTags => !after.blind || names_themselves(),
        }
    }
}

/// What is found in a project while somebody says how it is reviewed.
#[derive(Clone, Debug)]
pub struct Survey {
    root: PathBuf,
    /// Everybody who has a file in it, by name.
    pub people: Vec<Person>,
    /// The sections of its reports in the open folder, once they were asked for and read.
    pub sections: Option<Arc<Vec<ReportSections>>>,
    /// Stops reading them.
    reading: Option<Cancel>,
}

impl Survey {
    /// Whether sections were asked for, and are read or being read.
    pub const fn is_asked(&self) -> bool {
        self.reading.is_some()
    }
}

impl State {
    /// The project at hand and how it is reviewed: that of the report shown, or else that of the folder that is open.
    pub fn reviewed_project(&self) -> Option<(&Path, &Reviewing)> {
        let of_folder = || {
            let project = self.project.as_ref()?;
            let root = project.reviewed_root();
            Some((root, project.reviewing.get(root)?))
        };
        self.document().map(|document| (root_of(document), document.reviewing())).or_else(of_folder)
    }

    /// The open documents of a project.
    pub fn documents_of(&self, root: &Path) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(move |document| root_of(document) == root)
    }

    /// How many reports of a project the open folder has, once it has been read whole.
    pub fn reports_in(&self, root: &Path) -> usize {
        let is_read = self.project.as_ref().is_some_and(|project| project.complete);
        if is_read { self.cards_in(root).filter(|card| card.state.is_ok()).count() } else { 0 }
    }

    /// What was found in a project.
    pub fn survey(&self, root: &Path) -> Option<&Survey> {
        self.survey.as_ref().filter(|survey| survey.root == root)
    }

    /// Why the user may not change how a project is reviewed, or not all of it.
    pub fn barred(&self, root: &Path) -> Option<Barred> {
        let reviewing = self.reviewing_of(root)?;
        let person = self.person();
        if reviewing.deciders.is_empty() {
            let is_barred = reviewing.blind && person.is_some_and(|person| self.is_blind(&person, root));
            return is_barred.then_some(Barred::OwnTags);
        }
        let decides = person.is_some_and(|person| reviewing.names(&person));
        (!decides).then(|| Barred::Deciders(reviewing.decider_names()))
    }

    fn reviewing_of(&self, root: &Path) -> Option<&Reviewing> {
        let of_document = self.documents_of(root).next().map(Document::reviewing);
        of_document.or_else(|| self.project.as_ref()?.reviewing.get(root))
    }

    /// The reports of the open folder whose tags are kept in a project or below it.
    fn cards_in(&self, root: &Path) -> impl Iterator<Item = &Card> {
        let cards = self.project.iter().flat_map(|project| project.cards.iter());
        cards.filter(move |card| card.kept_in().is_some_and(|kept_in| kept_in.starts_with(root)))
    }

    /// Whether a person has tags in a project that are not handed in, while others' are withheld, as far as what is open says.
    fn is_blind(&self, person: &Person, root: &Path) -> bool {
        let in_document = |document: &Document| {
            // A review is closed to those who tag, and says nothing else of their tags.
            let has_tags = if document.is_review() { document.layers.closed } else { document.annotations.tag_count() > 0 };
            has_tags && document.layers.withheld > 0 && document.submitted().is_none()
        };
        let is_own = |work: &PersonCard| work.id == person.id;
        let in_card = |card: &Card| {
            let has_tags = card.people.iter().any(|work| is_own(work) && work.submitted.is_none());
            // What is open says so itself, and sooner.
            has_tags && card.people.iter().any(|work| !is_own(work)) && self.document_of(&card.path).is_none()
        };
        self.documents_of(root).any(in_document) || self.cards_in(root).any(in_card)
    }
}

impl Project {
    /// The folder of the project that its reports belong to: itself, or the one it lies in.
    fn reviewed_root(&self) -> &Path {
        let above = self.cards.iter().filter_map(Card::kept_in).find(|kept_in| self.root.starts_with(kept_in));
        above.unwrap_or(&self.root)
    }
}

/// The folder of the project that a document belongs to.
fn root_of(document: &Document) -> &Path {
    &document.suggested.project.root
}

/// Says for everybody who opens a project how it is reviewed: what is to be otherwise than somebody saw it.
pub(super) fn set(state: &mut State, root: PathBuf, (was, now): (Reviewing, Reviewing)) -> Vec<Effect> {
    let Some(there) = state.reviewing_of(&root).cloned() else { return Vec::new() };
    let after = there.clone().changed(&was, &now);
    if after == there {
        return Vec::new();
    }
    let person = state.person();
    if let Some(barred) = state.barred(&root).filter(|barred| barred.keeps_from(person.as_ref(), &there, &after)) {
        state.tell(What::Barred(barred));
        return Vec::new();
    }
    for document in state.documents.iter_mut().filter(|document| root_of(document) == root) {
        document.under_review.project = after.clone();
        document.keeping.next_look = Time(0);
    }
    if let Some(project) = &mut state.project {
        project.reviewing.insert(root.clone(), after);
        project.edition += 1;
    }
    vec![Effect::ChangeReviewing { root, change: Box::new((was, now)) }]
}

/// Looks who has a file in a project. What was found before is found anew.
pub(super) fn survey(state: &mut State, root: PathBuf) -> Vec<Effect> {
    if let Some(reading) = state.survey.take().and_then(|survey| survey.reading) {
        reading.cancel();
    }
    state.survey = Some(Survey { root: root.clone(), people: Vec::new(), sections: None, reading: None });
    vec![Effect::ListPeople { root }]
}

/// Takes in who has a file in the project that is looked at.
pub(super) fn people_listed(state: &mut State, root: &Path, people: Vec<Person>) -> Vec<Effect> {
    if let Some(survey) = state.survey.as_mut().filter(|survey| survey.root == root) {
        survey.people = people;
    }
    Vec::new()
}

/// Reads the sections of its reports in the open folder.
pub(super) fn read_sections(state: &mut State) -> Vec<Effect> {
    let (Some(survey), Some(project)) = (&mut state.survey, &state.project) else { return Vec::new() };
    if survey.is_asked() {
        return Vec::new();
    }
    let cancel = Cancel::default();
    survey.reading = Some(cancel.clone());
    vec![Effect::ReadSections { root: survey.root.clone(), cards: Arc::clone(&project.cards), cancel }]
}

/// Takes in the sections that were read.
pub(super) fn sections_read(state: &mut State, root: &Path, reports: Arc<Vec<ReportSections>>) -> Vec<Effect> {
    if let Some(survey) = state.survey.as_mut().filter(|survey| survey.root == root) {
        survey.sections = Some(reports);
    }
    Vec::new()
}
