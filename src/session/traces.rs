//! Clearing what this machine remembers of reports. Everything is saved first; where something cannot be, nothing is cleared.

use super::command::ProjectCommand;
use super::document::{Document, DocumentId};
use super::effect::Effect;
use super::keeping::save;
use super::notice::What;
use super::state::State;
use crate::annotation::Time;

/// How long saving is waited for before clearing is given up, in milliseconds: nobody wants it to happen much later.
const PATIENCE: i64 = 30_000;

/// Begins: everything is saved.
pub(super) fn begin(state: &mut State, now: Time) -> Vec<Effect> {
    state.clearing = Some(now);
    let unsaved: Vec<DocumentId> =
        state.documents.iter().filter(|document| !document.keeping.is_saved()).map(|document| document.id).collect();
    unsaved.into_iter().flat_map(|id| save(state, id, now)).collect()
}

/// Goes on where clearing was begun: clears when everything is saved, gives up when something cannot be.
pub(super) fn go_on(state: &mut State, now: Time) -> Vec<Effect> {
    let Some(since) = state.clearing else { return Vec::new() };
    if state.documents.iter().any(has_failed) || now.0 - since.0 > PATIENCE {
        state.clearing = None;
        let reports = waited_for(state);
        state.tell(What::TracesNotCleared { reports });
        return Vec::new();
    }
    let again = |document: &&Document| !document.keeping.is_saved() && !document.keeping.saving;
    let again: Vec<DocumentId> = state.documents.iter().filter(again).map(|document| document.id).collect();
    if !again.is_empty() {
        return again.into_iter().flat_map(|id| save(state, id, now)).collect();
    }
    // What is on its way would be remembered when it comes, and where tags were moved to must be remembered before.
    if waited_for(state).is_empty() && state.to_forget.is_empty() { clear(state, now) } else { Vec::new() }
}

fn has_failed(document: &Document) -> bool {
    let keeping = &document.keeping;
    !keeping.is_saved() && !keeping.saving && keeping.trouble.is_some()
}

/// The reports that are not saved or not open yet, by their titles or else the names of their files.
fn waited_for(state: &State) -> Vec<String> {
    let rests = |document: &&Document| document.keeping.is_saved() && !document.keeping.saving;
    let unsaved = state.documents.iter().filter(|document| !rests(document)).map(Document::title);
    let name = |path: &std::path::Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    unsaved.chain(state.opening.iter().map(|opening| name(&opening.path))).collect()
}

/// Closes everything, forgets it, and has the rest done on disk. Nothing between remembers what is closed.
fn clear(state: &mut State, now: Time) -> Vec<Effect> {
    state.clearing = None;
    let mut effects = super::project::update(state, ProjectCommand::Close, now);
    state.documents.clear();
    state.active = None;
    state.question = None;
    state.notices.clear();
    state.waiting_for.clear();
    // Their journals are on disk, and are tried again.
    state.recovered.clear();
    state.not_in_place.clear();
    state.memory.forget_traces();
    effects.push(Effect::ClearTraces(Box::new(state.memory.clone())));
    effects
}
