//! Reviewing colleagues' tags: the cases of a report, and what is decided on them.
//!
//! A review is a document of its own beside the one that is annotated: what it holds are the decided tags and the decisions, and
//! undo, journal, saving and merging are those of every document.

use super::command::{Command, ReviewCommand, Verdict};
use super::document::{Document, DocumentId};
use super::effect::Effect;
use super::history::StepName;
use super::measuring::{self, Measuring};
use super::notice::What;
use super::state::State;
use super::tagging::{ask_name, commit, delete};
use crate::annotation::{
    Anchor, Annotations, CaseKey, Change, Comment, Decision, DecisionOption, Edit, Outcome, Person, Reason, Remark, RemarkId, Says, Tag,
    TagId, TagRef, Time,
};
use crate::review::{Judged, Layer, Progress, Standing, judge, queue};
use crate::store::wire::Role;
use crate::store::{Reviewing, Snapshot};
use crate::text::Span;
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

impl State {
    /// The documents of the project that a document belongs to.
    pub fn of_project<'state>(&'state self, document: &'state Document) -> impl Iterator<Item = &'state Document> {
        self.documents.iter().filter(|other| other.suggested.project.root == document.suggested.project.root)
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
            if let Some(document) = state.document_mut() {
                document.layers.show(person, &role, shown);
            }
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
        ReviewCommand::SetReviewing(reviewing) => set_reviewing(state, *reviewing),
        command => write(state, command, now),
    }
}

/// Opens the review of the active document's report, or goes to it.
fn open(state: &mut State, now: Time) -> Vec<Effect> {
    let Some(document) = state.document().filter(|document| !document.is_review()) else { return Vec::new() };
    let path = document.path.clone();
    let deciders = &document.under_review.project.deciders;
    let Some(person) = state.person() else { return ask_name(state, Command::Review(ReviewCommand::Open)) };
    if !deciders.is_empty() && !deciders.iter().any(|decider| decider.id == person.id) {
        let names = deciders.iter().map(|decider| decider.name.clone()).collect();
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

/// Says for everybody who opens the project how it is reviewed.
fn set_reviewing(state: &mut State, reviewing: Reviewing) -> Vec<Effect> {
    let of_document = |document: &Document| (document.suggested.project.root.clone(), document.under_review.project.clone());
    let Some((root, was)) = state.document().map(of_document) else { return Vec::new() };
    let of_project = state.documents.iter_mut().filter(|document| document.suggested.project.root == root);
    of_project.for_each(|document| {
        document.under_review.project = reviewing.clone();
        document.keeping.next_look = Time(0);
    });
    vec![Effect::ChangeReviewing { root, change: Box::new((was, reviewing)) }]
}

/// What changes the active document's records.
fn write(state: &mut State, command: ReviewCommand, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else { return Vec::new() };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    let Some(person) = state.person() else { return ask_name(state, Command::Review(command)) };
    let step = match command {
        ReviewCommand::Comment { words, .. } | ReviewCommand::Answer(_, words) if words.trim().is_empty() => None,
        ReviewCommand::Decide(key, verdict, reason, words) => decide(state, &person, key, verdict, reason, words, now),
        ReviewCommand::AcceptAgreed(keys) => accept_agreed(state, &person, &keys, now),
        ReviewCommand::Reopen(key) => reopen(state, &person, key),
        ReviewCommand::Comment { anchor, about, words } => {
            let comment = Comment { about, answers: None, words, settles: None };
            said(state, anchor, Says::Comment(comment), now).map(|change| (StepName::Comment, vec![change]))
        }
        ReviewCommand::Answer(root, words) => answer(state, root, words, None, now),
        ReviewCommand::Settle(root, settled) => answer(state, root, String::new(), Some(settled), now),
        ReviewCommand::MarkRead(span, read) => Some((StepName::MarkRead, mark_read(state, span, read, now))),
        _ => None,
    };
    let Some((name, changes)) = step else { return Vec::new() };
    commit(state, name, Edit::new(changes), now)
}

/// A change with its name.
type Step = Option<(StepName, Vec<Change>)>;

/// A remark on words of the active document.
fn said(state: &mut State, span: Span, says: Says, now: Time) -> Option<Change> {
    let text_end = state.document()?.report.text().len();
    if span.is_empty() || span.end().get() > text_end {
        return None;
    }
    let id = RemarkId(state.ids.next(now));
    let anchor = Anchor::new(state.document()?.report.text(), span);
    Some(Change::add_remark(Remark { id, anchor, says }))
}

fn decide(state: &mut State, person: &Person, key: CaseKey, verdict: Verdict, reason: Option<Reason>, words: String, now: Time) -> Step {
    let document = state.document()?;
    let (review, judged) = (document.review()?.clone(), document.case(key)?.clone());
    let mut changes = taken_back(document, person, &judged);
    let options = |taken: &[TagRef]| options(&review, &judged, taken);
    let (outcome, options, tags) = match verdict {
        Verdict::Take(refs) => (Outcome::Taken, options(&refs), distinct(tags_of(&review, &judged, &refs))),
        Verdict::Mend(tag) => (Outcome::Mended, options(&[]), vec![*tag]),
        Verdict::Nothing => (Outcome::Nothing, options(&[]), Vec::new()),
        Verdict::Defer => (Outcome::Deferred, options(&[]), Vec::new()),
        Verdict::Ask => (Outcome::Asked, options(&[]), Vec::new()),
    };
    changes.extend(decided(state, key, outcome, options, tags, reason, words, now)?);
    Some((StepName::Judge(1), changes))
}

/// Accepts what all agree on, in one step.
fn accept_agreed(state: &mut State, person: &Person, keys: &[CaseKey], now: Time) -> Step {
    let review = state.document()?.review()?.clone();
    let agreed: Vec<&Judged> =
        review.cases.iter().filter(|judged| judged.standing == Standing::Agreed && keys.contains(&judged.key)).collect();
    let mut changes = Vec::new();
    for judged in &agreed {
        changes.extend(taken_back(state.document()?, person, judged));
        let all: Vec<TagRef> =
            judged.case.tags(&review.layers).map(|(layer, tag)| TagRef { person: layer.person.id, tag: tag.id }).collect();
        let tags = tags_of(&review, judged, &all).into_iter().take(1).collect();
        changes.extend(decided(state, judged.key, Outcome::Agreed, options(&review, judged, &all), tags, None, String::new(), now)?);
    }
    Some((StepName::AcceptAgreed(agreed.len()), changes))
}

/// Opens a case again: what the user decided on it is taken back.
fn reopen(state: &State, person: &Person, key: CaseKey) -> Step {
    let document = state.document()?;
    let judged = document.case(key)?;
    Some((StepName::Reopen, taken_back(document, person, judged)))
}

/// The changes that take back what the user decided on a case before.
fn taken_back(document: &Document, person: &Person, judged: &Judged) -> Vec<Change> {
    let own = judged.decisions.iter().filter(|given| given.by.id == person.id);
    let own: Vec<&Remark> = own.filter_map(|given| document.annotations.remark(given.remark)).collect();
    let tags: Vec<TagId> = own
        .iter()
        .filter_map(|remark| match &remark.says {
            Says::Decision(decision) => Some(decision.tags.clone()),
            Says::Dismissed(_) | Says::Comment(_) | Says::Read => None,
        })
        .flatten()
        .collect();
    let mut changes = delete(document, &tags).changes().to_vec();
    changes.extend(own.into_iter().cloned().map(Change::delete_remark));
    changes
}

/// All tags of a case as options, those in `taken` as taken.
fn options(review: &Review, judged: &Judged, taken: &[TagRef]) -> Vec<DecisionOption> {
    let option = |(layer, tag): (&Layer, &Tag)| DecisionOption {
        person: layer.person.clone(),
        tag: tag.id,
        taken: taken.contains(&TagRef { person: layer.person.id, tag: tag.id }),
    };
    judged.case.tags(&review.layers).map(option).collect()
}

/// The tags of a case that are named.
fn tags_of(review: &Review, judged: &Judged, named: &[TagRef]) -> Vec<Tag> {
    let is_named = |(layer, tag): &(&Layer, &Tag)| named.contains(&TagRef { person: layer.person.id, tag: tag.id });
    judged.case.tags(&review.layers).filter(is_named).map(|(_, tag)| tag.clone()).collect()
}

/// Of tags that say the same the first.
fn distinct(tags: Vec<Tag>) -> Vec<Tag> {
    let mut distinct: Vec<Tag> = Vec::new();
    for tag in tags {
        let same = |there: &Tag| there.anchor.span == tag.anchor.span && crate::review::Disagreement::among(&[there, &tag]).is_none();
        if !distinct.iter().any(same) {
            distinct.push(tag);
        }
    }
    distinct
}

/// The changes that put a decision and its tags into the document.
#[expect(clippy::too_many_arguments, reason = "a decision says all of this")]
fn decided(
    state: &mut State,
    case: CaseKey,
    outcome: Outcome,
    options: Vec<DecisionOption>,
    tags: Vec<Tag>,
    reason: Option<Reason>,
    words: String,
    now: Time,
) -> Option<Vec<Change>> {
    let tags: Vec<Tag> = tags.into_iter().map(|tag| Tag { id: TagId(state.ids.next(now)), carried: None, ..tag }).collect();
    let decision = Decision { case, options, outcome, tags: tags.iter().map(|tag| tag.id).collect(), reason, words };
    let remark = said(state, case.span, Says::Decision(decision), now)?;
    Some(tags.into_iter().map(Change::add_tag).chain([remark]).collect())
}

/// Answers a comment, or says that its thread is settled or open.
fn answer(state: &mut State, root: RemarkId, words: String, settles: Option<bool>, now: Time) -> Step {
    let document = state.document()?;
    let all = std::iter::once(&document.annotations).chain(document.layers.all.iter().map(|layer| &layer.annotations));
    let remark = all.filter_map(|annotations| annotations.remark(root)).next()?;
    let Says::Comment(Comment { about, .. }) = remark.says else { return None };
    let span = remark.anchor.span;
    let comment = Comment { about, answers: Some(root), words, settles };
    let name = if settles.is_some() { StepName::Settle } else { StepName::Comment };
    Some((name, vec![said(state, span, Says::Comment(comment), now)?]))
}

/// The changes after which a stretch is marked as read, or is not.
fn mark_read(state: &mut State, span: Span, read: bool, now: Time) -> Vec<Change> {
    let Some(document) = state.document() else { return Vec::new() };
    // What is read on either side of it becomes one with it; what is taken away leaves what only touches it as it was.
    let meets = |there: Span| there.overlaps(span) || (read && (there.end() == span.start() || span.end() == there.start()));
    let touched = |remark: &&Remark| matches!(remark.says, Says::Read) && meets(remark.anchor.span);
    let touched: Vec<Remark> = document.annotations.remarks().filter(touched).cloned().collect();
    let spans: Vec<Span> = if read {
        vec![touched.iter().map(|remark| remark.anchor.span).fold(span, Span::union)]
    } else {
        let left = |there: Span| {
            let before = (there.start() < span.start()).then(|| Span::new(there.start(), span.start().min(there.end())));
            let after = (there.end() > span.end()).then(|| Span::new(span.end().max(there.start()), there.end()));
            [before, after].into_iter().flatten()
        };
        touched.iter().flat_map(|remark| left(remark.anchor.span)).collect()
    };
    let made: Vec<Change> = spans.into_iter().filter_map(|span| said(state, span, Says::Read, now)).collect();
    touched.into_iter().map(Change::delete_remark).chain(made).collect()
}
