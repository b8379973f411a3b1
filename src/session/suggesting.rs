//! What the program proposes for a report, and what a person decides on it.
//!
//! A report is read in the background, as soon as it is open and whenever what it is read by changes; nothing waits for it.

use super::command::{Command, SuggestCommand};
use super::document::{Document, DocumentId};
use super::effect::Effect;
use super::history::StepName;
use super::keeping::remember;
use super::notice::What;
use super::state::State;
use super::tagging::{ask_name, commit};
use crate::annotation::{Anchor, Annotations, Change, Dismissed, Edit, KindId, Remark, RemarkId, Says, Tag, TagId, Time};
use crate::report::Report;
use crate::store::wire::Role;
use crate::store::{Proposing, undecided};
use crate::suggest::{Lexicon, Proposal, Statement, Suggestions};
use crate::text::Span;
use std::sync::{Arc, Weak};

/// What is proposed for a document.
#[derive(Clone, Debug)]
pub(super) struct Suggested {
    /// What the report's project says of proposals.
    pub(super) project: Proposing,
    /// The report that was last asked to be read, and by what; nothing where proposals are off.
    asked: Option<(Arc<Report>, Arc<Lexicon>)>,
    /// Counts the readings asked for: an answer to an earlier one is stale.
    reading: u64,
    /// What was read.
    found: Option<Arc<Suggestions>>,
    /// Of that, what nobody has decided on, in the order of the text.
    undecided: Vec<Proposal>,
    /// The annotations by which that was told. A change makes others of them; a strong hold would make it copy them.
    told_by: Weak<Annotations>,
}

impl Suggested {
    /// Nothing was read yet.
    pub(super) const fn new(project: Proposing) -> Self {
        Self { project, asked: None, reading: 0, found: None, undecided: Vec::new(), told_by: Weak::new() }
    }

    /// Whether the report is read by what it is to be read by, or is about to be.
    fn is_asked(&self, report: &Arc<Report>) -> bool {
        self.asked.as_ref().is_some_and(|(of, by)| Arc::ptr_eq(of, report) && Arc::ptr_eq(by, &self.project.lexicon))
    }

    /// Puts away what was read.
    fn forget(&mut self) {
        (self.asked, self.found, self.undecided, self.told_by) = (None, None, Vec::new(), Weak::new());
    }

    /// Asks for the report to be read anew.
    fn ask(&mut self, document: DocumentId, report: &Arc<Report>) -> Effect {
        self.forget();
        self.reading += 1;
        let lexicon = Arc::clone(&self.project.lexicon);
        self.asked = Some((Arc::clone(report), Arc::clone(&lexicon)));
        Effect::Suggest { document, reading: self.reading, report: Arc::clone(report), lexicon }
    }

    /// Takes what was read, unless something else has been asked for since.
    fn take(&mut self, reading: u64, found: Arc<Suggestions>) {
        if self.asked.is_some() && self.reading == reading {
            (self.found, self.told_by) = (Some(found), Weak::new());
        }
    }
}

impl Document {
    /// What was read off the report; nothing while it is being read, or where proposals are off.
    pub const fn suggestions(&self) -> Option<&Arc<Suggestions>> {
        self.suggested.found.as_ref()
    }

    /// Whether the report is being read.
    pub const fn is_being_read(&self) -> bool {
        self.suggested.asked.is_some() && self.suggested.found.is_none()
    }

    /// The proposals nobody has decided on, in the order of the text: not about words a tag of the person stands on, and
    /// not turned down.
    pub fn proposals(&self) -> &[Proposal] {
        &self.suggested.undecided
    }

    /// Hints put away: their keys, and the words they were about.
    pub fn dismissed_hints(&self) -> impl Iterator<Item = (&str, Span)> {
        self.annotations.dismissals().filter_map(|(remark, dismissed)| match dismissed {
            Dismissed::Hint { key } => Some((key.as_str(), remark.anchor.span)),
            Dismissed::Proposal { .. } => None,
        })
    }

    /// What each of some words states that are tagged by hand: nothing where proposals are off.
    pub(super) fn stated(&self, spans: &[Span], kind: &KindId) -> Vec<Statement> {
        let read = |(report, lexicon): &(Arc<Report>, Arc<Lexicon>)| crate::suggest::read(report, lexicon, spans, kind);
        self.suggested.asked.as_ref().map_or_else(|| vec![Statement::default(); spans.len()], read)
    }

    /// Of these proposals those nobody has decided on.
    fn still_undecided(&self, proposals: Vec<Proposal>) -> Vec<Proposal> {
        let all = self.proposals();
        let is_there = |proposal: &Proposal| {
            let from = all.partition_point(|other| other.span.start() < proposal.span.start());
            all.iter().skip(from).take_while(|other| other.span.start() == proposal.span.start()).any(|other| other == proposal)
        };
        proposals.into_iter().filter(is_there).collect()
    }
}

impl State {
    /// Whether proposals are shown: to this person, and in the project of the active document.
    pub fn proposals_shown(&self) -> bool {
        self.settings().proposals && self.proposals_in_project()
    }

    /// Whether the project of the active document shows proposals.
    pub fn proposals_in_project(&self) -> bool {
        self.document().is_none_or(|document| document.suggested.project.shown)
    }
}

/// Brings what is proposed in line with what has happened: what is to be read is asked for, what was decided is gone.
pub(super) fn keep_up(state: &mut State) -> Vec<Effect> {
    let shown = state.settings().proposals;
    state.documents.iter_mut().filter_map(|document| keep_document_up(document, shown)).collect()
}

fn keep_document_up(document: &mut Document, shown: bool) -> Option<Effect> {
    let suggested = &mut document.suggested;
    if !shown || !suggested.project.shown || document.role != Role::Annotation {
        suggested.forget();
        return None;
    }
    if !suggested.is_asked(&document.report) {
        return Some(suggested.ask(document.id, &document.report));
    }
    let is_told = std::ptr::eq(suggested.told_by.as_ptr(), Arc::as_ptr(&document.annotations));
    if let Some(found) = suggested.found.as_ref().filter(|_| !is_told) {
        suggested.undecided = undecided(&found.proposals, &document.annotations, &document.codebook);
        suggested.told_by = Arc::downgrade(&document.annotations);
    }
    None
}

pub(super) fn update(state: &mut State, command: SuggestCommand, now: Time) -> Vec<Effect> {
    match command {
        SuggestCommand::Read(id, reading, found) => {
            if let Some(document) = state.get_mut(id) {
                document.suggested.take(reading, found);
            }
            Vec::new()
        }
        SuggestCommand::Show(shown) => {
            state.memory.settings.proposals = shown;
            remember(state)
        }
        SuggestCommand::ShowInProject(shown) => show_in_project(state, shown),
        command => decide(state, command, now),
    }
}

/// Switches proposals for everybody who opens the project.
fn show_in_project(state: &mut State, shown: bool) -> Vec<Effect> {
    let of_document = state.document().map(|document| document.suggested.project.root.clone());
    let Some(root) = of_document.or_else(|| state.project.as_ref().map(|project| project.root.clone())) else {
        return Vec::new();
    };
    let of_project = state.documents.iter_mut().filter(|document| document.suggested.project.root == root);
    of_project.for_each(|document| document.suggested.project.shown = shown);
    vec![Effect::ShowInProject { root, shown }]
}

/// Carries out what a person decided.
fn decide(state: &mut State, command: SuggestCommand, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else {
        return Vec::new();
    };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    if state.person().is_none() {
        return ask_name(state, Command::Suggest(command));
    }
    match command {
        SuggestCommand::Accept(proposals) => {
            let tags = tags_of(state, proposals, now);
            commit(state, StepName::Accept(tags.len()), Edit::new(tags.into_iter().map(Change::add_tag).collect()), now)
        }
        SuggestCommand::Mend(proposal) => mend(state, proposal, now),
        SuggestCommand::Reject(proposals) => reject(state, proposals, now),
        SuggestCommand::DismissHint(key, span) => dismiss_hint(state, key, span, now),
        SuggestCommand::Read(..) | SuggestCommand::Show(_) | SuggestCommand::ShowInProject(_) => Vec::new(),
    }
}

/// The tags that proposals become which nobody has decided on.
fn tags_of(state: &mut State, proposals: Vec<Proposal>, now: Time) -> Vec<Tag> {
    let Some(document) = state.document() else { return Vec::new() };
    let (report, codebook) = (Arc::clone(&document.report), Arc::clone(&document.codebook));
    let proposals = document.still_undecided(proposals);
    let tag = |proposal: Proposal| proposal.tag(TagId(state.ids.next(now)), report.text(), codebook.definition(&proposal.kind));
    proposals.into_iter().map(tag).collect()
}

fn mend(state: &mut State, proposal: Proposal, now: Time) -> Vec<Effect> {
    let Some(tag) = tags_of(state, vec![proposal], now).into_iter().next() else { return Vec::new() };
    let id = tag.id;
    let effects = commit(state, StepName::Accept(1), Edit::new(vec![Change::add_tag(tag)]), now);
    if let Some(document) = state.document_mut() {
        document.picked = vec![id];
    }
    effects
}

fn reject(state: &mut State, proposals: Vec<Proposal>, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else { return Vec::new() };
    let report = Arc::clone(&document.report);
    let proposals = document.still_undecided(proposals);
    let dismiss = |proposal: Proposal| {
        let anchor = Anchor::new(report.text(), proposal.span);
        let says = Says::Dismissed(Dismissed::Proposal { kind: proposal.kind, rule: proposal.rule.0 });
        Change::add_remark(Remark { id: RemarkId(state.ids.next(now)), anchor, says })
    };
    let changes: Vec<Change> = proposals.into_iter().map(dismiss).collect();
    commit(state, StepName::Reject(changes.len()), Edit::new(changes), now)
}

fn dismiss_hint(state: &mut State, key: String, span: Span, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else { return Vec::new() };
    let is_inside = !span.is_empty() && span.end().get() <= document.report.text().len();
    if !is_inside || document.dismissed_hints().any(|there| there == (key.as_str(), span)) {
        return Vec::new();
    }
    let anchor = Anchor::new(document.report.text(), span);
    let remark = Remark { id: RemarkId(state.ids.next(now)), anchor, says: Says::Dismissed(Dismissed::Hint { key }) };
    commit(state, StepName::DismissHint, Edit::new(vec![Change::add_remark(remark)]), now)
}
