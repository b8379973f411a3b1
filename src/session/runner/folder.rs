//! What is done with a folder of reports.

use super::super::command::{Command, ProjectCommand};
use super::super::project::Correction;
use super::Outside;
use crate::annotation::Person;
use crate::store::{
    Cancel, Card, Job, OpenError, OpenRequest, ReportFolder, ReportRecord, Scan, StoreError, load_index, mark_project, read_report_record,
    read_text, reviewing_of, run_job, save_index, save_report_record, scan,
};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Opens a folder: what its index says is shown at once, then the folder itself is looked at.
pub(super) fn open(outside: &Outside, root: &Path, cancel: &Cancel) {
    // Where nothing may be written, tags are kept beside each report or where the person says.
    let _ = mark_project(outside.disk.as_ref(), root);
    let known = load_index(outside.disk.as_ref(), root);
    tell_reviewing(outside, root, &known);
    if !known.is_empty() {
        let progress = crate::store::Progress { done: known.len(), all: known.len() };
        outside.send(Command::Project(ProjectCommand::Cards(root.to_owned(), known.clone(), progress)));
    }
    look(outside, root, known, cancel);
}

/// Looks at a folder and keeps its index.
pub(super) fn look(outside: &Outside, root: &Path, known: Vec<Card>, cancel: &Cancel) {
    let each = |cards: Vec<Card>, progress| outside.send(Command::Project(ProjectCommand::Cards(root.to_owned(), cards, progress)));
    let before = known.clone();
    tell_reviewing(outside, root, &before);
    let result = scan(Scan { disk: outside.disk.as_ref(), root, known, cancel }, &each);
    if cancel.is_cancelled() {
        return;
    }
    if let Ok(cards) = &result
        && *cards != before
    {
        tell_reviewing(outside, root, cards);
        // The index only saves time.
        let _ = save_index(outside.disk.as_ref(), root, cards);
    }
    outside.send(Command::Project(ProjectCommand::Scanned(root.to_owned(), result)));
}

/// Says how the projects are reviewed that reports of a folder belong to: what is shown of people's work depends on it.
fn tell_reviewing(outside: &Outside, root: &Path, cards: &[Card]) {
    let projects: BTreeSet<&Path> = cards.iter().filter_map(Card::kept_in).chain([root]).collect();
    let reviewing = |project: &Path| (project.to_owned(), reviewing_of(outside.disk.as_ref(), project));
    let all = projects.into_iter().map(reviewing).collect();
    outside.send(Command::Project(ProjectCommand::Reviewing(root.to_owned(), all)));
}

/// Does something over all reports of a folder.
pub(super) fn run(outside: &Outside, number: u64, job: &Job, cards: &[Card], person: Option<&Person>, cancel: &Cancel) {
    let each = |event| outside.send(Command::Project(ProjectCommand::Worked(number, event)));
    run_job(outside.disk.as_ref(), job, cards, person, cancel, &each);
}

/// Corrects facts of a report that is not open.
pub(super) fn correct(outside: &Outside, path: &Path, folder: PathBuf, corrections: &[Correction]) -> Result<(), StoreError> {
    let disk = outside.disk.as_ref();
    let folder = ReportFolder::at(folder);
    let request = OpenRequest { kept_in: folder.project().map(Path::to_owned), ..OpenRequest::default() };
    let (extracted, original, _) = read_text(disk, path, &request).map_err(|error| match error {
        OpenError::Store(error) => error,
        OpenError::NotAReport { path, .. } => StoreError::Missing(path),
    })?;
    let report = crate::report::ReportId::of(&extracted.text);
    let mut record = read_report_record(disk, &folder)?.unwrap_or_else(|| ReportRecord {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        original,
        method: extracted.method,
        chosen: false,
        left_out: extracted.left_out,
        told: extracted.told,
        layout: extracted.layout,
        corrections: crate::report::Corrections::default(),
        corrections_revision: 0,
        ext: crate::store::wire::Ext::new(),
    });
    for correction in corrections {
        record.corrections.set_field(correction.part, correction.field, correction.value.clone());
    }
    record.corrections_revision = record.corrections_revision.saturating_add(1);
    save_report_record(disk, &folder, report, &record, Some(&extracted.text))
}
