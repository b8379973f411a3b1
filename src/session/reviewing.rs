//! Reviewing colleagues' tags: the cases of a report, whose tags are compared, and handing one's own in.
//!
//! A review is a document of its own beside the one that is annotated: what it holds are the decided tags and the decisions, and
//! undo, journal, saving and merging are those of every document.

use super::command::{Command, ReviewCommand};
use super::document::{Document, DocumentId};
use super::effect::Effect;
use super::measuring::{self, Measuring};
use super::notice::What;
use super::state::State;
use super::tagging::ask_name;
use super::{arranging, deciding};
use crate::annotation::{Annotations, CaseKey, Person, Time};
use crate::review::{Judged, Layer, Progress, judge, queue};
use crate::store::wire::Role;
use crate::store::{Reviewing, Snapshot};
use std::sync::{Arc, Weak};

/// A review as it stands.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// The people's tags that are compared.
    pub layers: Arc<Vec<Layer>>,
    /// The cases in the order of the text.
    pub cases: Arc<Vec<Judged>>,
    /// Which of them are to be decided on, the worst first.
    pub queue: Vec<usize>,
    /// How many are decided, and how many are not.
    pub tally: Progress,
}

/// What a document knows of reviewing.
#[derive(Clone, Debug, Default)]
pub(super) struct UnderReview {
    /// What the project says of it.
    pub(super) project: Reviewing,
    /// The user's tags as they were submitted.
    pub(super) submitted: Option<Snapshot>,
    /// Whether the tags are submitted as soon as they are saved.
    pub(super) submitting: bool,
    /// The comparison asked for last, by the number of the layers' changes.
    asked: Option<u64>,
    review: Option<Review>,
    /// The state of the annotations by which was told what is decided.
    told_by: Weak<Annotations>,
    /// Its figures.
    pub(super) measuring: Measuring,
}

impl UnderReview {
    pub(super) fn new(project: Reviewing) -> Self {
        Self { project, ..Self::default() }
    }

    /// Takes what the user has submitted, as it is now. Returns what they have to be told if it has come to harm.
    pub(super) fn take_submitted(&mut self, now: Option<Snapshot>) -> Option<What> {
        let before = std::mem::replace(&mut self.submitted, now);
        let harmed = match (before, &self.submitted) {
            (Some(before), _) if !before.whole => None,
            (_, Some(now)) => Some(now.path.clone()).filter(|_| !now.whole),
            (before, None) => before.map(|before| before.path),
        };
        harmed.map(What::SubmittedChanged)
    }
}

impl Document {
    /// Whether it is a review.
    pub fn is_review(&self) -> bool {
        self.role == Role::Adjudication
    }

    /// The review; nothing in a document that is none, or while tags are being compared.
    pub const fn review(&self) -> Option<&Review> {
        self.under_review.review.as_ref()
    }

    /// What the project says of reviewing.
    pub const fn reviewing(&self) -> &Reviewing {
        &self.under_review.project
    }

    /// The user's tags as they were submitted, if they were.
    pub const fn submitted(&self) -> Option<&Snapshot> {
        self.under_review.submitted.as_ref()
    }

    /// The case of a name.
    pub fn case(&self, key: CaseKey) -> Option<&Judged> {
        self.review()?.cases.iter().find(|judged| judged.key == key)
    }

    /// Everybody whose decisions count here: the user, and others whose decisions lie beside.
    fn deciders(&self, person: &Person) -> Vec<(Person, Arc<Annotations>)> {
        let own = (person.clone(), Arc::clone(&self.annotations));
        let others = self.layers.all.iter().filter(|layer| layer.role == Role::Adjudication);
        std::iter::once(own).chain(others.map(|layer| (layer.person.clone(), Arc::clone(&layer.annotations)))).collect()
    }
}

/// Asks for the comparisons that are due, and tells anew what is decided where something was.
pub(super) fn keep_up(state: &mut State) -> Vec<Effect> {
    let Some(person) = state.person() else { return Vec::new() };
    state.documents.iter_mut().filter(|document| document.is_review()).filter_map(|document| keep_document_up(document, &person)).collect()
}

fn keep_document_up(document: &mut Document, person: &Person) -> Option<Effect> {
    let changes = document.layers.changes;
    if document.under_review.asked != Some(changes) {
        document.under_review.asked = Some(changes);
        let annotators = document.layers.all.iter().filter(|layer| layer.role == Role::Annotation);
        let people = annotators.map(|layer| (layer.person.clone(), Arc::clone(&layer.annotations))).collect();
        let decided = document.deciders(person);
        return Some(Effect::Compare { document: document.id, changes, people, decided });
    }
    let is_told = std::ptr::eq(document.under_review.told_by.as_ptr(), Arc::as_ptr(&document.annotations));
    if !is_told && let Some(review) = document.under_review.review.take() {
        let decided = document.deciders(person);
        document.under_review.review = Some(told(review, &decided));
        document.under_review.told_by = Arc::downgrade(&document.annotations);
    }
    None
}

/// Compares people's tags.
pub(super) fn compare(people: &[(Person, Arc<Annotations>)], decided: &[(Person, Arc<Annotations>)]) -> Review {
    let layers: Vec<Layer> = people.iter().map(|(person, annotations)| Layer::of(person.clone(), annotations)).collect();
    let decided: Vec<(Person, &Annotations)> = decided.iter().map(|(person, all)| (person.clone(), all.as_ref())).collect();
    of_cases(Arc::new(layers), |layers| judge(layers, &decided))
}

/// The review with what is decided now.
fn told(review: Review, decided: &[(Person, Arc<Annotations>)]) -> Review {
    let decided: Vec<(Person, &Annotations)> = decided.iter().map(|(person, all)| (person.clone(), all.as_ref())).collect();
    let Review { layers, cases, .. } = review;
    of_cases(layers, |layers| crate::review::judge_again(layers, Arc::unwrap_or_clone(cases), &decided))
}

fn of_cases(layers: Arc<Vec<Layer>>, judge: impl FnOnce(&[Layer]) -> Vec<Judged>) -> Review {
    let cases = judge(&layers);
    Review { queue: queue(&cases), tally: Progress::of(&cases), cases: Arc::new(cases), layers }
}

pub(super) fn update(state: &mut State, command: ReviewCommand, now: Time) -> Vec<Effect> {
    match command {
        ReviewCommand::Open => open(state, now),
        ReviewCommand::Show(person, role, shown) => {
            // Where a report is tagged and where it is reviewed, people are shown alike.
            let path = state.document().map(|document| document.path.clone());
            let both = state.documents.iter_mut().filter(|document| path.as_ref() == Some(&document.path));
            both.for_each(|document| document.layers.show(person, &role, shown));
            Vec::new()
        }
        ReviewCommand::HideNames(hidden) => {
            state.memory.settings.names_hidden = hidden;
            super::keeping::remember(state)
        }
        ReviewCommand::AddLayer(path) => add_layer(state, path),
        ReviewCommand::RemoveLayer(path) => {
            if let Some(document) = state.document_mut() {
                document.layers.remove(&path);
            }
            Vec::new()
        }
        ReviewCommand::LayerRead(id, found) => layer_read(state, id, *found),
        ReviewCommand::Compared(id, changes, review) => {
            if let Some(document) = state.get_mut(id).filter(|document| document.under_review.asked == Some(changes)) {
                document.under_review.review = Some(*review);
                document.under_review.told_by = Weak::new();
            }
            Vec::new()
        }
        ReviewCommand::Measure(measure) => {
            measuring::ask(state, measure);
            Vec::new()
        }
        ReviewCommand::Measured(id, number, figures) => {
            measuring::take(state, id, number, figures);
            Vec::new()
        }
        ReviewCommand::Submit => submit(state, now),
        ReviewCommand::Submitted(id, result) => submitted(state, id, result),
        ReviewCommand::SetReviewing(root, change) => arranging::set(state, root, *change),
        ReviewCommand::Survey(root) => arranging::survey(state, root),
        ReviewCommand::PeopleListed(root, people) => arranging::people_listed(state, &root, people),
        ReviewCommand::ReadSections => arranging::read_sections(state),
        ReviewCommand::SectionsRead(root, reports) => arranging::sections_read(state, &root, reports),
        command => deciding::update(state, command, now),
    }
}

/// Opens the review of the active document's report, or goes to it.
fn open(state: &mut State, now: Time) -> Vec<Effect> {
    let Some(document) = state.document().filter(|document| !document.is_review()) else { return Vec::new() };
    let path = document.path.clone();
    let project = &document.under_review.project;
    let Some(person) = state.person() else { return ask_name(state, Command::Review(ReviewCommand::Open)) };
    if !project.deciders.is_empty() && !project.names(&person) {
        let names = project.decider_names();
        state.tell(What::NotDecider(names));
        return Vec::new();
    }
    super::files::open_as(state, path, Role::Adjudication, now)
}

fn add_layer(state: &mut State, path: std::path::PathBuf) -> Vec<Effect> {
    let Some(document) = state.document() else { return Vec::new() };
    let has_submitted = document.under_review.submitted.is_some();
    if document.layers.closed || (document.under_review.project.blind && !document.is_review() && !has_submitted) {
        state.tell(What::Blind);
        return Vec::new();
    }
    vec![Effect::ReadLayer { document: document.id, report: Arc::clone(&document.report), path }]
}

fn layer_read(state: &mut State, id: DocumentId, found: Result<crate::store::LayerFrom, crate::store::LayerError>) -> Vec<Effect> {
    let own = state.person().map(|person| person.id);
    let Some(document) = state.get_mut(id) else { return Vec::new() };
    let mut damage = None;
    let what = match found {
        Err(error) => What::NoLayer(error),
        Ok(from) if own == Some(from.file.person.id) && from.file.role == document.role => What::OwnLayer(from.file.path),
        Ok(from) => {
            let what = What::LayerAdded { name: from.file.person.name.clone(), placed: from.placed, unplaced: from.unplaced.len() };
            damage = document.layers.take_from(from);
            what
        }
    };
    std::iter::once(what).chain(damage).for_each(|what| state.tell(what));
    Vec::new()
}

/// Submits the active document's tags once they are saved, those of somebody who found nothing to tag, too.
fn submit(state: &mut State, now: Time) -> Vec<Effect> {
    if state.person().is_none() {
        return ask_name(state, Command::Review(ReviewCommand::Submit));
    }
    let Some(document) = state.document_mut().filter(|document| !document.is_review()) else { return Vec::new() };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    let id = document.id;
    document.under_review.submitting = true;
    if document.keeping.file.is_none() {
        document.keeping.lack_on_disk(now);
    }
    let mut effects = super::keeping::save(state, id, now);
    effects.extend(go_on(state, id));
    effects
}

/// Submits what waits to be submitted, if it is saved.
pub(super) fn go_on(state: &mut State, id: DocumentId) -> Vec<Effect> {
    let Some(person) = state.person() else { return Vec::new() };
    let is_due = |document: &&mut Document| document.under_review.submitting && document.keeping.is_saved() && !document.keeping.saving;
    let Some(document) = state.get_mut(id).filter(is_due) else { return Vec::new() };
    document.under_review.submitting = false;
    vec![Effect::Submit { document: id, folder: document.keeping.folder.clone(), person }]
}

fn submitted(state: &mut State, id: DocumentId, result: Result<Snapshot, crate::store::StoreError>) -> Vec<Effect> {
    let what = match result {
        Ok(snapshot) => {
            if let Some(document) = state.get_mut(id) {
                document.under_review.submitted = Some(snapshot);
                document.keeping.next_look = Time(0);
            }
            What::Submitted
        }
        Err(error) => What::NotSubmitted(error),
    };
    state.tell(what);
    Vec::new()
}
