//! Writing files: people's tags, what is remembered, and what cut-off sittings left behind.

use super::super::command::{Command, KeepCommand, ProjectCommand};
use super::super::effect::SaveJob;
use super::super::notice::What;
use super::super::project::Correction;
use super::{Outside, folder};
use crate::annotation::Annotations;
use crate::store::wire::Role;
use crate::store::{
    LoadError, Memory, Recovered, StoreError, is_file, keep_version, load_person_file, now, orphans, own_path, read_report_record,
    remove_journal, save_memory, save_person_file, save_report_record,
};
use std::path::PathBuf;
use std::sync::Arc;

/// A file to write.
pub(super) enum FileTask {
    Save(Box<SaveJob>),
    Remember(Box<Memory>),
    Remove(Vec<PathBuf>),
    Recover,
    Correct(PathBuf, PathBuf, Vec<Correction>),
}

/// Does one task.
pub(super) fn carry_out(outside: &Outside, task: FileTask) {
    match task {
        FileTask::Save(job) => {
            let (document, change) = (job.document, job.change);
            outside.send(Command::Keep(match save(outside, *job) {
                Ok((path, annotations)) => KeepCommand::Saved(document, change, path, annotations.map(Box::new)),
                Err(error) => KeepCommand::SaveFailed(document, error),
            }));
        }
        FileTask::Remember(memory) => {
            let result = save_memory(outside.disk.as_ref(), &outside.folders.memory_file(), &memory);
            outside.send(Command::Keep(KeepCommand::Remembered(result)));
        }
        FileTask::Remove(paths) => paths.iter().for_each(|path| {
            let _ = remove_journal(outside.disk.as_ref(), path);
        }),
        FileTask::Correct(path, folder, corrections) => {
            if let Err(error) = folder::correct(outside, &path, folder, &corrections) {
                outside.send(Command::Project(ProjectCommand::NotCorrected(path, error)));
            }
        }
        FileTask::Recover => {
            let orphans = orphans(outside.disk.as_ref(), &outside.folders.journals());
            for error in orphans.failed {
                outside.send(Command::Keep(KeepCommand::Tell(Box::new(What::NotLoaded(LoadError::Store(error))))));
            }
            for found in orphans.found {
                let result = recover(outside, &found);
                outside.send(Command::Keep(KeepCommand::Recovered(Box::new(found), result)));
            }
        }
    }
}

fn save(outside: &Outside, mut job: SaveJob) -> Result<(PathBuf, Option<Annotations>), StoreError> {
    let disk = outside.disk.as_ref();
    job.record.annotations = Arc::unwrap_or_clone(job.annotations);
    if job.report_changed || !is_file(disk, &job.folder.report_file()) || !is_file(disk, &job.folder.source_file()) {
        save_report_record(disk, &job.folder, job.record.report, &job.report, Some(job.source.text().as_str()))?;
    }
    let path = match job.file {
        Some(path) => path,
        None => own_path(disk, &job.folder, &job.record.person)?,
    };
    // A version that cannot be kept must not keep the tags from being saved.
    let _ = keep_version(disk, &path, now());
    let annotations = save_person_file(disk, &path, &job.record)?;
    let merged = annotations != job.record.annotations;
    Ok((path, merged.then_some(annotations)))
}

/// Puts what a cut-off sitting left behind into its file and removes the journal.
fn recover(outside: &Outside, found: &Recovered) -> Result<(), StoreError> {
    let disk = outside.disk.as_ref();
    let path = own_path(disk, &found.folder, &found.person)?;
    let (mut record, newer) = match load_person_file(disk, &path) {
        Ok(file) => (file.record, file.troubles.newer),
        Err(LoadError::Store(StoreError::Missing(_))) => (
            crate::store::wire::PersonRecord {
                report: found.report,
                report_name: found.record.name.clone(),
                person: found.person.clone(),
                codebook: Default::default(),
                annotations: Annotations::default(),
                extras: Default::default(),
                role: Role::Annotation,
            },
            false,
        ),
        Err(LoadError::Store(error)) => return Err(error),
        Err(LoadError::Unreadable { path, .. }) => return Err(StoreError::NotAllowed(path)),
    };
    if newer {
        return Err(StoreError::NotAllowed(path));
    }
    record.annotations = record.annotations.merged(&found.annotations);
    save_person_file(disk, &path, &record)?;
    let there = read_report_record(disk, &found.folder)?;
    let mut there = there;
    if let (Some(there), Some((revision, corrections))) = (&mut there, &found.corrections)
        && *revision <= there.corrections_revision
        && there.corrections.take_missing(corrections)
    {
        // Corrections made since, while this journal could not be read, knew nothing of these.
        there.corrections_revision = there.corrections_revision.saturating_add(1);
        save_report_record(disk, &found.folder, found.report, there, found.source.as_deref())?;
    }
    let newer =
        found.corrections.as_ref().filter(|(revision, _)| there.as_ref().is_none_or(|there| there.corrections_revision < *revision));
    if newer.is_some() || there.is_none() {
        let mut report = there.unwrap_or_else(|| found.record.clone());
        if let Some((revision, corrections)) = newer {
            (report.corrections_revision, report.corrections) = (*revision, corrections.clone());
        }
        save_report_record(disk, &found.folder, found.report, &report, found.source.as_deref())?;
    }
    remove_journal(disk, &found.path)
}
