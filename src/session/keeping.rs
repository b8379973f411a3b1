//! Commands of keeping: journal, saving, recovery, settings, who the user is.

use super::command::{KeepCommand, ProjectCommand};
use super::document::{Document, DocumentId};
use super::effect::{Effect, JournalTarget, SaveJob};
use super::files::remove;
use super::notice::What;
use super::state::{Question, State};
use super::update::update as carry_out;
use crate::annotation::{Annotations, Person, PersonId, Time};
use crate::source::Extent;
use crate::store::wire::{PersonRecord, WireCodebook};
use crate::store::{Entry, ReadingPlace, ReportFolder, ReportRecord, StoreError, check_person_name};
use crate::text::decode::Encoding;
use crate::text::repair::Repair;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How long after the first unsaved change the file is written, in milliseconds.
const SOON: i64 = 700;
/// How long after a failed save it is tried again.
const AGAIN: i64 = 15_000;

pub(super) fn update(state: &mut State, command: KeepCommand, now: Time) -> Vec<Effect> {
    match command {
        KeepCommand::Tick => {
            let mut effects = tick(state, now);
            effects.extend(super::project::update(state, ProjectCommand::Tick, now));
            effects.extend(super::watching::tick(state, now));
            effects
        }
        KeepCommand::SaveAll => save_all(state, now),
        KeepCommand::Journaled(id, change) => {
            if let Some(document) = state.get_mut(id) {
                document.keeping.kept = document.keeping.kept.max(change);
                document.keeping.journal_trouble = None;
            }
            Vec::new()
        }
        KeepCommand::JournalFailed(id, error) => {
            if let Some(document) = state.get_mut(id) {
                document.keeping.journal_trouble = Some(error.clone());
            }
            state.tell(What::NotKept(error));
            Vec::new()
        }
        KeepCommand::Saved(id, change, file, annotations) => {
            let mut effects = saved(state, id, change, file, annotations.as_deref(), now);
            effects.extend(super::reviewing::go_on(state, id));
            effects.extend(super::packing::go_on(state));
            effects
        }
        KeepCommand::SaveFailed(id, error) => {
            if let Some(document) = state.get_mut(id) {
                document.keeping.saving = false;
                document.keeping.closing = false;
                // Whether the report's own file was written before is not known.
                document.keeping.report_changed = true;
                document.keeping.since = Some(Time(now.0 + AGAIN - SOON));
                document.keeping.trouble = Some(error.clone());
            }
            super::packing::give_up(state, &error);
            state.tell(What::NotSaved(error));
            // Another save was asked for meanwhile: it is tried once more at once.
            let again = state.get_mut(id).is_some_and(|document| std::mem::take(&mut document.keeping.again));
            if again { save(state, id, now) } else { Vec::new() }
        }
        KeepCommand::Looked(id, look) => super::watching::looked(state, id, *look, now),
        KeepCommand::Recovered(found, result) => {
            let (report, changes) = (found.record.name.clone(), found.changes);
            // The report may have been read before its file held what was recovered, and may not have come back yet.
            state.recovered.push(*found.clone());
            match result {
                Ok(()) => state.tell(What::Recovered { report, changes, unreadable: found.unreadable }),
                Err(error) => {
                    state.tell(What::NotRecovered { report, changes, error, journal: found.path.clone() });
                    state.not_in_place.insert(found.path.clone());
                }
            }
            super::files::take_recovered(state, now)
        }
        KeepCommand::Remembered(result) => remembered(state, result),
        KeepCommand::ClearTraces => super::traces::begin(state, now),
        KeepCommand::TracesCleared { journals, left } => {
            state.tell(What::TracesCleared { journals, left });
            Vec::new()
        }
        KeepCommand::KeepIn(folder) => keep_in(state, &folder, now),
        KeepCommand::Pack(to) => super::packing::begin(state, to, now),
        KeepCommand::Packed(path, result) => {
            super::packing::packed(state, path, result);
            Vec::new()
        }
        KeepCommand::Unpacked(root, result) => super::packing::unpacked(state, root, result, now),
        KeepCommand::SetPerson(name) => set_person(state, &name, now),
        KeepCommand::Cancel => {
            state.question = None;
            Vec::new()
        }
        KeepCommand::Set(settings) => {
            state.memory.settings = *settings;
            remember(state)
        }
        KeepCommand::Tell(what) => {
            state.tell(*what);
            Vec::new()
        }
        KeepCommand::Dismiss(id) => {
            state.notices.retain(|notice| notice.id != id);
            Vec::new()
        }
    }
}

/// Counts a change of a document and sends it to the journal.
pub(super) fn journal(state: &mut State, id: DocumentId, entry: Entry, now: Time) -> Vec<Effect> {
    let Some(person) = state.person() else {
        return Vec::new();
    };
    let Some(document) = state.get_mut(id) else {
        return Vec::new();
    };
    document.keeping.made += 1;
    document.keeping.since.get_or_insert(now);
    let folder = document.keeping.folder.clone();
    let (report, role) = (Arc::clone(&document.report), document.role.clone());
    let target = Box::new(JournalTarget { report, record: report_record(document), folder, person, role });
    vec![Effect::Journal { document: document.id, change: document.keeping.made, target, entry }]
}

fn tick(state: &mut State, now: Time) -> Vec<Effect> {
    let due = |document: &&Document| document.keeping.since.is_some_and(|since| now.0 - since.0 >= SOON) && !document.keeping.is_saved();
    let due: Vec<DocumentId> = state.documents.iter().filter(due).map(|document| document.id).collect();
    due.into_iter().flat_map(|id| save(state, id, now)).collect()
}

fn save_all(state: &mut State, now: Time) -> Vec<Effect> {
    let unsaved: Vec<DocumentId> =
        state.documents.iter().filter(|document| !document.keeping.is_saved()).map(|document| document.id).collect();
    let mut effects: Vec<Effect> = unsaved.into_iter().flat_map(|id| save(state, id, now)).collect();
    effects.push(Effect::RetryJournals);
    effects.extend(remember(state));
    effects
}

/// Begins to save a document; while a save is under way, the next one follows it at once.
pub(super) fn save(state: &mut State, id: DocumentId, now: Time) -> Vec<Effect> {
    let Some(person) = state.person() else {
        return Vec::new();
    };
    let Some(document) = state.get_mut(id) else {
        return Vec::new();
    };
    if document.keeping.saving {
        document.keeping.again = true;
        return Vec::new();
    }
    document.keeping.saving = true;
    document.keeping.again = false;
    document.keeping.since = Some(Time(now.0 + AGAIN));
    let job = SaveJob {
        document: id,
        change: document.keeping.made,
        folder: document.keeping.moving_to.clone().unwrap_or_else(|| document.keeping.folder.clone()),
        file: document.keeping.file.clone().filter(|_| document.keeping.moving_to.is_none()),
        record: PersonRecord {
            report: document.report.id(),
            report_name: document.name(),
            person,
            codebook: WireCodebook { version: document.codebook.version, hash: document.codebook.hash.clone() },
            annotations: Annotations::default(),
            extras: document.keeping.extras.clone(),
            role: document.role.clone(),
        },
        annotations: Arc::clone(&document.annotations),
        report: report_record(document),
        source: Arc::clone(&document.report),
        report_changed: document.keeping.report_changed,
    };
    document.keeping.report_changed = false;
    vec![Effect::Save(Box::new(job))]
}

fn report_record(document: &Document) -> ReportRecord {
    ReportRecord {
        name: document.name(),
        original: document.original.clone(),
        method: document.method,
        chosen: document.chosen,
        left_out: document.left_out,
        told: document.report.told().clone(),
        layout: document.report.layout().clone(),
        corrections: document.report.corrections().clone(),
        corrections_revision: document.corrections_revision,
        ext: document.ext.clone(),
    }
}

fn saved(state: &mut State, id: DocumentId, change: u64, file: PathBuf, there: Option<&Annotations>, now: Time) -> Vec<Effect> {
    let Some(document) = state.get_mut(id) else {
        return Vec::new();
    };
    let keeping = &mut document.keeping;
    keeping.saving = false;
    keeping.saved = keeping.saved.max(change);
    keeping.kept = keeping.kept.max(keeping.saved);
    // A save that was under way when the tags moved wrote to the folder they left.
    let moved = keeping.moving_to.take_if(|to| file.starts_with(to.path()));
    if file.starts_with(moved.as_ref().unwrap_or(&keeping.folder).path()) {
        keeping.file = Some(file);
    }
    let trouble = keeping.trouble.take();
    // The journal's failure no longer matters for what is saved.
    let journal_trouble = if keeping.is_saved() { keeping.journal_trouble.take() } else { None };
    keeping.since = if keeping.is_saved() { None } else { Some(Time(0)) };
    let mut effects = Vec::new();
    match moved {
        None if keeping.moving_to.is_none() => effects.push(Effect::ForgetJournal(id, change)),
        // The tags are safe in the journal until it is remembered where they are now.
        Some(folder) => {
            keeping.folder = folder;
            let orphans = std::mem::take(&mut keeping.orphans);
            state.to_forget.push((id, change, orphans));
        }
        None => {}
    }
    let moved = state.to_forget.iter().any(|(document, ..)| *document == id);
    let Some(document) = state.get_mut(id) else { return effects };
    let keeping = &mut document.keeping;
    let recovered = std::mem::take(&mut keeping.orphans);
    if !recovered.is_empty() {
        effects.push(Effect::RemoveOrphans(recovered.clone()));
    }
    let told = there.map(|there| {
        let path = document.keeping.file.clone().unwrap_or_default();
        super::watching::take_in(document, there, path)
    });
    let closing = document.keeping.closing && document.keeping.is_saved();
    let again = document.keeping.again && !document.keeping.is_saved();
    told.into_iter().flatten().for_each(|what| state.tell(what));
    state.notices.retain(|notice| match &notice.what {
        What::NotSaved(error) => Some(error) != trouble.as_ref(),
        What::NotKept(error) => Some(error) != journal_trouble.as_ref(),
        What::NotRecovered { journal, .. } => !recovered.contains(journal),
        _ => true,
    });
    if moved {
        effects.extend(remember_place(state, id));
    }
    if closing {
        remove(state, id);
    }
    if again {
        effects.extend(save(state, id, now));
    }
    effects
}

/// Keeps the active document's tags below another folder, from now on and when it is opened again. What its review, or the
/// report under review, holds goes with them.
fn keep_in(state: &mut State, folder: &Path, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else {
        return Vec::new();
    };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    let (id, path) = (document.id, document.path.clone());
    let name = document.keeping.folder.path().file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
    let to = ReportFolder::at(folder.join("jiannuo").join(name));
    let mut moving = vec![id];
    let is_beside = |beside: &&mut Document| beside.id != id && beside.path == path && beside.read_only.is_none();
    for beside in state.documents.iter_mut().filter(is_beside) {
        if beside.keeping.file.is_some() || !beside.keeping.is_saved() {
            moving.push(beside.id);
        } else {
            beside.keeping.folder = to.clone();
        }
    }
    moving.into_iter().flat_map(|id| move_to(state, id, &to, now)).collect()
}

/// Moves what a document holds to another folder.
fn move_to(state: &mut State, id: DocumentId, to: &ReportFolder, now: Time) -> Vec<Effect> {
    let Some(document) = state.get_mut(id) else { return Vec::new() };
    document.keeping.moving_to = Some(to.clone());
    document.keeping.report_changed = true;
    document.keeping.lack_on_disk(now);
    save(state, id, now)
}

/// Remembers where a document's tags were moved to.
fn remember_place(state: &mut State, id: DocumentId) -> Vec<Effect> {
    let Some(document) = state.get(id) else { return Vec::new() };
    let mut place = reading_place(document);
    place.kept_in = document.keeping.folder.project().map(Path::to_owned);
    let original = document.original.clone();
    state.memory.set_place(&original, place);
    vec![Effect::Remember(Box::new(state.memory.clone()))]
}

/// What the machine remembers is on disk, or not.
fn remembered(state: &mut State, result: Result<(), StoreError>) -> Vec<Effect> {
    match result {
        Ok(()) => {
            let forgotten = std::mem::take(&mut state.to_forget);
            let is_saved = |journal: &PathBuf| forgotten.iter().any(|(.., orphans)| orphans.contains(journal));
            state.notices.retain(|notice| !matches!(&notice.what, What::NotRecovered { journal, .. } if is_saved(journal)));
            let forget = |(id, change, orphans)| [Effect::ForgetJournal(id, change), Effect::RemoveOrphans(orphans)];
            forgotten.into_iter().flat_map(forget).collect()
        }
        Err(error) => {
            // Only where tags are kept matters; reading places and settings are a convenience.
            if !state.to_forget.is_empty() {
                state.tell(What::NotSaved(error));
            }
            Vec::new()
        }
    }
}

fn set_person(state: &mut State, name: &str, now: Time) -> Vec<Effect> {
    let name = match check_person_name(name) {
        Ok(name) => name,
        Err(why) => {
            state.tell(What::BadName(why));
            return Vec::new();
        }
    };
    state.notices.retain(|notice| !matches!(notice.what, What::BadName(_)));
    let id = state.person().map_or_else(|| PersonId(state.ids.next(now)), |person| person.id);
    state.memory.set_person(&Person { id, name });
    let mut effects = remember(state);
    if let Some(Question::Name { then }) = state.question.take() {
        effects.extend(carry_out(state, *then, now));
    }
    effects
}

fn reading_place(document: &Document) -> ReadingPlace {
    ReadingPlace {
        place: document.place.get(),
        view: document.view.script.key().to_owned(),
        bookmarks: document.bookmarks.iter().map(|place| place.get()).collect(),
        wording: document.view.wording,
        unrepaired: Repair::ALL
            .into_iter()
            .filter(|&repair| !document.view.repairs.has(repair))
            .map(|repair| repair.key().to_owned())
            .collect(),
        encoding: document.method.encoding.filter(|_| document.chosen).map_or("", Encoding::name).to_owned(),
        whole: document.chosen && document.method.extent == Extent::Whole,
        kept_in: None,
        used: 0,
    }
}

/// Saves settings, recent files and where one is reading.
pub(super) fn remember(state: &mut State) -> Vec<Effect> {
    let places: Vec<(String, ReadingPlace)> =
        state.documents.iter().map(|document| (document.original.clone(), reading_place(document))).collect();
    for (original, mut place) in places {
        place.kept_in = state.memory.place(&original).and_then(|place| place.kept_in.clone());
        state.memory.set_place(&original, place);
    }
    vec![Effect::Remember(Box::new(state.memory.clone()))]
}
