//! Taking in what others write to the files of an opened report: another window, another machine, a sync service.

use super::document::{Document, DocumentId};
use super::effect::Effect;
use super::notice::What;
use super::state::State;
use crate::annotation::{Annotations, TagId, Time};
use crate::store::{Look, Watched};
use std::path::PathBuf;
use std::sync::Arc;

/// How long between two looks at a report's files, in milliseconds.
const OFTEN: i64 = 2_000;

/// Looks at the files of the opened reports where that is due.
pub(super) fn tick(state: &mut State, now: Time) -> Vec<Effect> {
    let person = state.person();
    let due = state.documents.iter_mut().filter(|document| !document.keeping.looking && now >= document.keeping.next_look);
    due.map(|document| {
        document.keeping.looking = true;
        let watched = Watched {
            report: document.path.clone(),
            original: document.original.clone(),
            folder: document.keeping.folder.clone(),
            person: person.clone(),
            role: document.role.clone(),
            project: document.suggested.project.root.clone(),
            seen: document.keeping.seen.clone(),
        };
        Effect::Look(document.id, Box::new(watched))
    })
    .collect()
}

/// Takes in what a look found.
pub(super) fn looked(state: &mut State, id: DocumentId, look: Look, now: Time) -> Vec<Effect> {
    let Some(document) = state.get_mut(id) else { return Vec::new() };
    document.keeping.looking = false;
    document.keeping.next_look = Time(now.0 + OFTEN);
    document.keeping.seen = look.seen;
    let mut told = Vec::new();
    let is_project_changed = look.proposing.is_some();
    if let Some((project, troubles)) = look.proposing {
        document.suggested.project = project;
        told.extend(troubles.into_iter().map(What::BadLexicon));
    }
    if look.report_changed {
        told.push(What::ReportChanged(document.path.clone()));
    }
    if let Some(reviewing) = look.reviewing {
        document.under_review.project = reviewing;
    }
    if let Some(layers) = look.layers {
        told.extend(layers.failed.iter().cloned().map(What::NotLoaded));
        told.extend(document.layers.take(layers));
    }
    let mut whole_again = None;
    if let Some(submitted) = look.submitted {
        whole_again = submitted.as_ref().filter(|snapshot| snapshot.whole).map(|snapshot| snapshot.path.clone());
        told.extend(document.under_review.take_submitted(submitted));
    }
    let report = document.report.id();
    for file in look.own.into_iter().filter(|file| file.record.report == report && !file.troubles.newer) {
        let is_own = document.keeping.file.as_ref() == Some(&file.path);
        let there = &file.record.annotations;
        let merged = document.annotations.merged(there);
        // What this window made and the file lacks is saved again: another window may have written over it. What a copy
        // holds goes into the file.
        let lacking = if is_own { merged != *there } else { merged != *document.annotations };
        if lacking && document.keeping.is_saved() {
            document.keeping.lack_on_disk(now);
        }
        told.extend(take_in(document, there, file.path));
    }
    if is_project_changed {
        // What was wrong may be mended.
        state.notices.retain(|notice| !matches!(notice.what, What::BadLexicon(_)));
    }
    state.notices.retain(|notice| !matches!(&notice.what, What::SubmittedChanged(path) if whole_again.as_ref() == Some(path)));
    told.into_iter().for_each(|what| state.tell(what));
    Vec::new()
}

/// Merges what somebody else wrote into a document; returns what the person has to be told.
pub(super) fn take_in(document: &mut Document, there: &Annotations, path: PathBuf) -> Vec<What> {
    let merged = document.annotations.merged(there);
    if merged == *document.annotations {
        return Vec::new();
    }
    let mut told = Vec::new();
    let tags = differing(&document.annotations, &merged);
    let conflicts = merged.conflicts().count();
    if tags > 0 {
        told.push(What::TakenIn { path, tags });
    }
    if conflicts > document.annotations.conflicts().count() {
        told.push(What::Conflicts { report: document.title(), tags: conflicts });
    }
    document.annotations = Arc::new(merged);
    let annotations = Arc::clone(&document.annotations);
    document.picked.retain(|id| annotations.tag(*id).is_some());
    told
}

/// How many tags two states differ in.
fn differing(one: &Annotations, other: &Annotations) -> usize {
    let ids = other.tag_records().keys();
    let differs = |id: &&TagId| one.tag(**id) != other.tag(**id);
    ids.filter(differs).count()
}
