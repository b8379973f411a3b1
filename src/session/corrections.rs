//! Commands that correct what a report is: its facts, and what its paragraphs are.

use super::command::ReportCommand;
use super::document::{Document, DocumentId};
use super::effect::Effect;
use super::history::{Changed, StepName};
use super::keeping::journal;
use super::notice::What;
use super::state::State;
use crate::annotation::Time;
use crate::report::Corrections;
use crate::store::Entry;
use std::sync::Arc;

pub(super) fn update(state: &mut State, command: ReportCommand, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else {
        return Vec::new();
    };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    if state.person().is_none() {
        return super::tagging::ask_name(state, super::command::Command::Report(command));
    }
    let before = document.report.corrections().clone();
    let mut after = before.clone();
    match command {
        ReportCommand::Fact(part, field, value) => {
            let value = match value.map(|value| field.standard(&value)).transpose() {
                Ok(value) => value,
                Err(why) => {
                    state.tell(What::BadFact(field, why));
                    return Vec::new();
                }
            };
            after.set_field(part, field, value);
        }
        ReportCommand::Part(place, begins) => {
            after.parts.insert(place, begins);
        }
        ReportCommand::Role(place, Some(role)) => {
            after.roles.insert(place, role);
        }
        ReportCommand::Role(place, None) => {
            after.roles.remove(&place);
        }
        ReportCommand::Join(place) => {
            if !after.divided.remove(&place) && !after.joined.remove(&place) {
                after.joined.insert(place);
            }
        }
        ReportCommand::Divide(place) => {
            if !after.divided.remove(&place) {
                after.divided.insert(place);
            }
        }
        ReportCommand::Sentence(place, begins) => {
            after.sentences.insert(place, begins);
        }
    }
    if after == before {
        return Vec::new();
    }
    if let Some(document) = state.document_mut() {
        document.history.push(StepName::Correct, Changed::Corrections { before: Box::new(before), after: Box::new(after.clone()) }, now);
    }
    lay(state, after, now)
}

/// Lays corrections over the active report and keeps them.
pub(super) fn lay(state: &mut State, corrections: Corrections, now: Time) -> Vec<Effect> {
    let Some(document) = state.document_mut() else {
        return Vec::new();
    };
    document.corrections_revision = document.corrections_revision.saturating_add(1);
    let entry = Entry::of_corrections(&corrections, document.corrections_revision);
    document.report = Arc::new(document.report.corrected(corrections));
    document.keeping.report_changed = true;
    let id = document.id;
    share(state, id);
    journal(state, id, entry, now)
}

/// Shows a report as it is corrected in one document in the others of it, too: those of its tags and of its review. It is saved
/// with the one.
pub(super) fn share(state: &mut State, id: DocumentId) {
    let Some(document) = state.get(id) else { return };
    let (path, report, revision) = (document.path.clone(), Arc::clone(&document.report), document.corrections_revision);
    let is_of_report = |beside: &&mut Document| beside.id != id && beside.path == path && beside.report.id() == report.id();
    for beside in state.documents.iter_mut().filter(is_of_report) {
        (beside.report, beside.corrections_revision) = (Arc::clone(&report), revision);
    }
}
