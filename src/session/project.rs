//! Commands of a folder of reports: opening it, what is found in it, correcting what its reports are.

use super::command::{Command, FileCommand, ProjectCommand, ReportCommand};
use super::document::Document;
use super::effect::Effect;
use super::notice::What;
use super::state::State;
use crate::annotation::{Person, Time};
use crate::report::{Corrections, Field};
use crate::store::{Cancel, Card, FolderHit, Job, JobEvent, Progress, ProposalCount, Reviewing, SeenWork, Stamp, StoreError, Viewer};
use crate::text::Pos;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How long at least between two looks at a folder, in milliseconds.
const OFTEN: i64 = 3_000;
/// A look that took long is repeated after so many times as long: a slow share is not kept busy.
const PATIENCE: i64 = 12;

/// A folder of reports that is open.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder.
    pub root: PathBuf,
    /// Its reports by path.
    pub cards: Arc<Vec<Card>>,
    /// How far it has been read, while it is.
    pub scanning: Option<Progress>,
    /// Whether it has been read whole once.
    pub complete: bool,
    /// Why the folder could not be read.
    pub trouble: Option<StoreError>,
    /// Finding words, checking tags or looking for proposals over the folder.
    pub work: Option<Work>,
    /// Raised whenever a card, or what is shown of one, changes: what is sorted by it is sorted anew.
    pub edition: u64,
    /// How the projects are reviewed that the reports belong to.
    pub(super) reviewing: BTreeMap<PathBuf, Reviewing>,
    cancel: Cancel,
    began: Time,
    next_look: Option<Time>,
    undo: Vec<Vec<Correction>>,
    redo: Vec<Vec<Correction>>,
}

/// Work over all reports of a folder.
#[derive(Clone, Debug)]
pub struct Work {
    /// What is done.
    pub job: Job,
    /// How far it is; nothing when it has ended.
    pub progress: Option<Progress>,
    /// What was found, in the order of the reports.
    pub hits: Arc<Vec<FolderHit>>,
    /// Where proposals are looked for: how many there are in each report, in the order of the reports.
    pub counts: Arc<Vec<ProposalCount>>,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    cancel: Cancel,
    number: u64,
}

/// A fact of a report in a folder, as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The report's file.
    pub path: PathBuf,
    /// The part of it, where it is one of several reports in the file.
    pub part: Option<Pos>,
    /// Which fact.
    pub field: Field,
    /// The correction; nothing goes back to what was read.
    pub value: Option<String>,
}

impl Project {
    fn new(root: PathBuf, now: Time) -> Self {
        Self {
            root,
            cards: Arc::default(),
            scanning: Some(Progress::default()),
            complete: false,
            trouble: None,
            work: None,
            edition: 0,
            reviewing: BTreeMap::new(),
            cancel: Cancel::default(),
            began: now,
            next_look: None,
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// The card of a file.
    pub fn card(&self, path: &Path) -> Option<&Card> {
        self.cards.iter().find(|card| card.path == path)
    }

    /// What somebody sees of people's work on a report. As long as it is not known how its project is reviewed, that is what
    /// they see where people tag blind.
    pub fn seen<'c>(&self, card: &'c Card, viewer: Viewer<'_>) -> SeenWork<'c> {
        let of = |kept_in: &Path| {
            // The project above a folder inside it is reviewed as that folder is.
            let above = || self.reviewing.get(&self.root).filter(|_| self.root.starts_with(kept_in));
            self.reviewing.get(kept_in).or_else(above)
        };
        let blind = Reviewing { blind: true, ..Reviewing::default() };
        viewer.sees(card, card.kept_in().and_then(of).unwrap_or(&blind))
    }

    /// Whether a correction can be taken back.
    pub const fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether one can be made again.
    pub const fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    fn take(&mut self, cards: Vec<Card>) {
        if cards.is_empty() {
            return;
        }
        let mut all: BTreeMap<PathBuf, Card> =
            Arc::unwrap_or_clone(std::mem::take(&mut self.cards)).into_iter().map(|card| (card.path.clone(), card)).collect();
        all.extend(cards.into_iter().map(|card| (card.path.clone(), card)));
        self.cards = Arc::new(all.into_values().collect());
        self.edition += 1;
    }
}

pub(super) fn update(state: &mut State, command: ProjectCommand, now: Time) -> Vec<Effect> {
    match command {
        ProjectCommand::Open(root) => open(state, root, now),
        ProjectCommand::Close => {
            if let Some(project) = state.project.take() {
                project.cancel.cancel();
                project.work.iter().for_each(|work| work.cancel.cancel());
            }
            Vec::new()
        }
        ProjectCommand::Tick => tick(state, now),
        ProjectCommand::Run(Job::Suggest) if !state.settings().proposals => {
            state.tell(What::ProposalsOff);
            Vec::new()
        }
        ProjectCommand::LookAgain => {
            if let Some(project) = &mut state.project {
                project.next_look = Some(Time(0));
            }
            tick(state, now)
        }
        command => {
            let person = state.person();
            let Some(project) = &mut state.project else { return Vec::new() };
            match command {
                ProjectCommand::Cards(root, cards, progress) if root == project.root => {
                    project.take(cards);
                    project.scanning = project.scanning.map(|_| progress);
                    Vec::new()
                }
                ProjectCommand::Reviewing(root, reviewing) if root == project.root => {
                    project.edition += u64::from(project.reviewing != reviewing);
                    project.reviewing = reviewing;
                    Vec::new()
                }
                ProjectCommand::Scanned(root, result) if root == project.root => {
                    scanned(project, result, now);
                    Vec::new()
                }
                ProjectCommand::Run(job) => run(project, job, person),
                ProjectCommand::Stop => {
                    if let Some(work) = &mut project.work {
                        work.cancel.cancel();
                        work.stopped = work.progress.take().is_some();
                    }
                    Vec::new()
                }
                ProjectCommand::Clear => {
                    project.work.take().into_iter().for_each(|work| work.cancel.cancel());
                    Vec::new()
                }
                ProjectCommand::Worked(number, event) => {
                    worked(project, number, event);
                    Vec::new()
                }
                ProjectCommand::Correct(corrections) => correct(state, corrections, now),
                ProjectCommand::Undo => step(state, true, now),
                ProjectCommand::Redo => step(state, false, now),
                ProjectCommand::NotCorrected(path, error) => {
                    // What the grid shows is not so: the report is read anew at the next look.
                    let cards = Arc::make_mut(&mut project.cards).iter_mut();
                    cards.filter(|card| card.path == path).for_each(|card| card.stamp = Stamp::default());
                    project.next_look = Some(Time(0));
                    state.tell(What::NotCorrected(error));
                    Vec::new()
                }
                ProjectCommand::Cards(..)
                | ProjectCommand::Reviewing(..)
                | ProjectCommand::Scanned(..)
                | ProjectCommand::Open(_)
                | ProjectCommand::Close
                | ProjectCommand::Tick
                | ProjectCommand::LookAgain => Vec::new(),
            }
        }
    }
}

fn open(state: &mut State, root: PathBuf, now: Time) -> Vec<Effect> {
    if state.project.as_ref().is_some_and(|project| project.root == root) {
        return Vec::new();
    }
    let mut effects = update(state, ProjectCommand::Close, now);
    state.memory.opened(&root, &root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default());
    let project = Project::new(root.clone(), now);
    effects.push(Effect::OpenFolder { root, cancel: project.cancel.clone() });
    effects.extend(super::keeping::remember(state));
    state.project = Some(project);
    effects
}

/// Looks at the folder again when it is time to.
fn tick(state: &mut State, now: Time) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    if project.next_look.is_none_or(|next| now < next) || project.scanning.is_some() {
        return Vec::new();
    }
    project.next_look = None;
    project.began = now;
    vec![Effect::ScanFolder { root: project.root.clone(), known: Arc::clone(&project.cards), cancel: project.cancel.clone() }]
}

fn scanned(project: &mut Project, result: Result<Vec<Card>, StoreError>, now: Time) {
    match result {
        Ok(cards) => {
            if *project.cards != cards {
                project.cards = Arc::new(cards);
                project.edition += 1;
            }
            project.trouble = None;
            project.complete = true;
        }
        Err(error) => project.trouble = Some(error),
    }
    project.scanning = None;
    let took = now.0 - project.began.0;
    project.next_look = Some(Time(now.0 + OFTEN.max(took * PATIENCE)));
}

fn run(project: &mut Project, job: Job, person: Option<Person>) -> Vec<Effect> {
    let number = project.work.as_ref().map_or(0, |work| work.number) + 1;
    project.work.iter().for_each(|work| work.cancel.cancel());
    let cancel = Cancel::default();
    let progress = Some(Progress { done: 0, all: project.cards.len() });
    project.work = Some(Work {
        job: job.clone(),
        progress,
        hits: Arc::default(),
        counts: Arc::default(),
        stopped: false,
        cancel: cancel.clone(),
        number,
    });
    vec![Effect::RunJob { number, job, cards: Arc::clone(&project.cards), person, cancel }]
}

fn worked(project: &mut Project, number: u64, event: JobEvent) {
    let Some(work) = project.work.as_mut().filter(|work| work.number == number) else { return };
    match event {
        JobEvent::Found(hits, progress) => {
            if !hits.is_empty() {
                Arc::make_mut(&mut work.hits).extend(hits);
            }
            work.progress = work.progress.map(|_| progress);
        }
        JobEvent::Counted(counts) => Arc::make_mut(&mut work.counts).extend(counts),
        JobEvent::Ended => work.progress = None,
    }
}

/// Corrects facts of reports in the folder, in one step that can be taken back.
fn correct(state: &mut State, corrections: Vec<Correction>, now: Time) -> Vec<Effect> {
    let mut good = Vec::new();
    for mut correction in corrections {
        match correction.value.as_deref().map(|value| correction.field.standard(value)).transpose() {
            Ok(value) => {
                correction.value = value;
                good.push(correction);
            }
            Err(why) => state.tell(What::BadFact(correction.field, why)),
        }
    }
    // Corrections of an open report are journalled under somebody's name.
    let opened = good.iter().any(|correction| state.document_of(&correction.path).is_some());
    if opened && state.person().is_none() {
        return super::tagging::ask_name(state, Command::Project(ProjectCommand::Correct(good)));
    }
    let Some(project) = &mut state.project else { return Vec::new() };
    let before: Vec<Correction> = good.iter().map(|correction| present(project, correction)).collect();
    if good.is_empty() || good.iter().zip(&before).all(|(after, before)| after.value == before.value) {
        return Vec::new();
    }
    project.undo.push(before);
    project.redo.clear();
    apply(state, good, now)
}

/// What is there now for a correction, to come back to.
fn present(project: &Project, correction: &Correction) -> Correction {
    let value = project.card(&correction.path).and_then(|card| card.fact(correction.part, correction.field));
    Correction { value: Some(value.unwrap_or("").to_owned()), ..correction.clone() }
}

fn step(state: &mut State, back: bool, now: Time) -> Vec<Effect> {
    let Some(project) = &mut state.project else { return Vec::new() };
    let (from, to) = if back { (&mut project.undo, &mut project.redo) } else { (&mut project.redo, &mut project.undo) };
    let Some(step) = from.pop() else { return Vec::new() };
    to.push(Vec::new());
    let now_there: Vec<Correction> = step.iter().map(|correction| present(project, correction)).collect();
    let to = if back { &mut project.redo } else { &mut project.undo };
    if let Some(last) = to.last_mut() {
        *last = now_there;
    }
    apply(state, step, now)
}

/// Puts corrections where they are kept: into the open document, or into the file of a report that is not open.
fn apply(state: &mut State, corrections: Vec<Correction>, now: Time) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut closed: BTreeMap<PathBuf, Vec<Correction>> = BTreeMap::new();
    let active = state.active;
    for correction in corrections {
        match state.document_of(&correction.path).map(|document| document.id) {
            Some(id) => {
                state.active = Some(id);
                let command = ReportCommand::Fact(correction.part, correction.field, correction.value.clone());
                effects.extend(super::update::update(state, Command::Report(command), now));
            }
            None => closed.entry(correction.path.clone()).or_default().push(correction.clone()),
        }
        if let Some(project) = &mut state.project {
            show(project, &correction);
        }
    }
    state.active = active;
    let folder = |path: &PathBuf| state.project.as_ref()?.card(path)?.state.as_ref().ok().map(|card| card.folder.clone());
    for (path, corrections) in closed {
        if let Some(folder) = folder(&path) {
            effects.push(Effect::CorrectFile { path, folder, corrections });
        }
    }
    effects
}

/// Shows a correction in the grid before it is read back from the disk.
fn show(project: &mut Project, correction: &Correction) {
    let Some(card) = Arc::make_mut(&mut project.cards).iter_mut().find(|card| card.path == correction.path) else { return };
    let Ok(state) = &mut card.state else { return };
    let facts = match correction.part {
        None => Some(&mut state.facts),
        Some(part) => state.parts.iter_mut().find(|card| card.start == part).map(|card| &mut card.facts),
    };
    if let (Some(facts), Some(value)) = (facts, &correction.value) {
        let mut corrections = Corrections::default();
        corrections.set_field(None, correction.field, Some(value.clone()));
        *facts = std::mem::take(facts).corrected(Some(&corrections.fields));
    }
    project.edition += 1;
}

/// What a report opened from a folder is to show first.
pub(super) fn open_at(state: &mut State, path: PathBuf, span: crate::text::Span, now: Time) -> Vec<Effect> {
    state.waiting_for.insert(path.clone(), span);
    let effects = super::files::update(state, FileCommand::Open(vec![path.clone()]), now);
    // In its review one stays where one is.
    if let Some(document) = state.documents.iter_mut().find(|document| document.path == path && !document.is_review()) {
        go(document, span);
        state.waiting_for.remove(&path);
    }
    effects
}

/// Selects a span of a document and begins reading there.
pub(super) fn go(document: &mut Document, span: crate::text::Span) {
    let all = document.report.text().span();
    let span = crate::text::Span::new(all.clamp(span.start()), all.clamp(span.end()));
    document.selection = super::document::Selection::of(span);
    document.place = span.start();
}
