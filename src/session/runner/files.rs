//! Writing files: people's tags, what is remembered, and what cut-off sittings left behind.

use super::super::command::{Command, KeepCommand, ProjectCommand, ReviewCommand};
use super::super::document::DocumentId;
use super::super::effect::SaveJob;
use super::super::notice::What;
use super::super::packing::Packing;
use super::super::project::Correction;
use super::{Outside, folder};
use crate::annotation::{Annotations, Person};
use crate::store::{
    Cancel, LoadError, Memory, Recovered, ReportFolder, Reviewing, StoreError, change_reviewing, clear_leftovers, is_file, keep_version,
    load_person_file, now, orphans, own_path, pack, read_report_record, remove_journal, save_memory, save_person_file, save_report_record,
    show_proposals, submit, unpack,
};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

/// A file to write.
pub(super) enum FileTask {
    Save(Box<SaveJob>),
    Remember(Box<Memory>),
    Remove(Vec<PathBuf>),
    Recover,
    Correct(PathBuf, PathBuf, Vec<Correction>),
    ShowInProject(PathBuf, bool),
    Submit(DocumentId, ReportFolder, Person),
    ChangeReviewing(PathBuf, Box<(Reviewing, Reviewing)>),
    Pack(Packing),
    Unpack(PathBuf, PathBuf),
    /// Clear traces and remember this, once the journals of what is saved are gone.
    ClearTraces(Box<Memory>, Receiver<()>),
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
        FileTask::ShowInProject(root, shown) => {
            if let Err(error) = show_proposals(outside.disk.as_ref(), &root, shown) {
                outside.send(Command::Keep(KeepCommand::Tell(Box::new(What::SwitchNotKept(error)))));
            }
        }
        FileTask::Submit(document, folder, person) => {
            let result = submit(outside.disk.as_ref(), &folder, &person, now());
            outside.send(Command::Review(ReviewCommand::Submitted(document, result)));
        }
        FileTask::ChangeReviewing(root, change) => {
            if let Err(error) = change_reviewing(outside.disk.as_ref(), &root, &change.0, &change.1) {
                outside.send(Command::Keep(KeepCommand::Tell(Box::new(What::ReviewingNotKept(error)))));
            }
        }
        FileTask::Pack(Packing { root, reports, to }) => {
            let result = pack(outside.disk.as_ref(), &root, &reports, &to, now(), &|_, _| {}, &Cancel::default());
            outside.send(Command::Keep(KeepCommand::Packed(to, result)));
        }
        FileTask::Unpack(path, root) => {
            let result = unpack(outside.disk.as_ref(), &path, &root, now(), &Cancel::default());
            outside.send(Command::Keep(KeepCommand::Unpacked(root, result)));
        }
        FileTask::Recover => {
            recover_all(outside);
        }
        FileTask::ClearTraces(memory, journals_done) => {
            // If nobody answers there are no journals any more.
            let _ = journals_done.recv();
            clear_traces(outside, &memory);
        }
    }
}

/// Puts what cut-off sittings left behind where it belongs; returns how many journals were removed.
fn recover_all(outside: &Outside) -> usize {
    let orphans = orphans(outside.disk.as_ref(), &outside.folders.journals());
    for error in orphans.failed {
        outside.send(Command::Keep(KeepCommand::Tell(Box::new(What::NotLoaded(LoadError::Store(error))))));
    }
    let mut removed = 0;
    for found in orphans.found {
        let result = recover(outside, &found);
        removed += usize::from(result.is_ok());
        outside.send(Command::Keep(KeepCommand::Recovered(Box::new(found), result)));
    }
    removed
}

/// Removes what is left of reports in the user's own folder. Journals go only by being put into their files.
fn clear_traces(outside: &Outside, memory: &Memory) {
    let disk = outside.disk.as_ref();
    let journals = recover_all(outside);
    let remembered = save_memory(disk, &outside.folders.memory_file(), memory);
    let mut left = clear_leftovers(disk, &outside.folders);
    if remembered.is_err() {
        left.push(outside.folders.memory_file());
    }
    outside.send(Command::Keep(KeepCommand::Remembered(remembered)));
    outside.send(Command::Keep(KeepCommand::TracesCleared { journals, left }));
}

fn save(outside: &Outside, mut job: SaveJob) -> Result<(PathBuf, Option<Annotations>), StoreError> {
    let disk = outside.disk.as_ref();
    job.record.annotations = Arc::unwrap_or_clone(job.annotations);
    if job.report_changed || !is_file(disk, &job.folder.report_file()) || !is_file(disk, &job.folder.source_file()) {
        save_report_record(disk, &job.folder, job.record.report, &job.report, Some(job.source.text().as_str()))?;
    }
    let path = match job.file {
        Some(path) => path,
        None => own_path(disk, &job.folder, &job.record.person, &job.record.role)?,
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
    let path = own_path(disk, &found.folder, &found.person, &found.role)?;
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
                role: found.role.clone(),
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

#[cfg(test)]
mod tests {
    use super::super::super::effect::{Effect, JournalTarget};
    use super::super::Runner;
    use super::*;
    use crate::annotation::{Anchor, Change, Edit, Hand, KindId, PersonId, Tag, TagId, Time, Touch};
    use crate::report::{Corrections, Report};
    use crate::source::{Layout, Method};
    use crate::store::wire::{Ext, Role};
    use crate::store::{Entry, LocalFolders, RealDisk, ReportRecord};
    use crate::text::Span;
    use crate::text::decode::Encoding;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    /// What a sitting writes to a journal that tags so many characters in a role.
    fn journal(folder: &ReportFolder, report: &Arc<Report>, role: Role, end: u32) -> Effect {
        let anchor = Anchor::new(report.text(), Span::of(0, end));
        let edit = Edit::new(vec![Change::add_tag(Tag::new(TagId(Uuid::from_u128(end.into())), KindId::new("target"), anchor))]);
        let mut annotations = Annotations::default();
        annotations.apply(&edit, Touch { at: Time(1), hand: Hand::new(7) }).unwrap();
        let record = ReportRecord {
            name: "甲.txt".into(),
            original: report.id().to_string(),
            method: Method::plain(Encoding::Utf8),
            chosen: false,
            left_out: false,
            told: BTreeMap::new(),
            layout: Layout::default(),
            corrections: Corrections::default(),
            corrections_revision: 0,
            ext: Ext::new(),
        };
        let person = Person { id: PersonId(Uuid::from_u128(1)), name: "王小明".into() };
        let target = Box::new(JournalTarget { report: Arc::clone(report), record, folder: folder.clone(), person, role });
        Effect::Journal { document: DocumentId(end), change: 1, target, entry: Entry::of_edit(&edit, &annotations) }
    }

    #[test]
    fn the_journals_of_tags_and_of_decisions_are_put_into_a_file_each() {
        let home = tempfile::tempdir().unwrap();
        let folders = LocalFolders::below(home.path());
        let report = Arc::new(Report::new("全市生产总值增长百分之八以上。\n".into(), Corrections::default()));
        let folder = ReportFolder::find(&RealDisk, &home.path().join("甲.txt"), report.id());
        let sitting = || Runner::inline(Arc::new(RealDisk), folders.clone());
        sitting().run([(Role::Annotation, 4), (Role::Adjudication, 6)].map(|(role, end)| journal(&folder, &report, role, end)).to_vec());
        assert_eq!(orphans(&RealDisk, &folders.journals()).found.len(), 2);
        sitting().run(vec![Effect::Recover]);
        for (role, name, end) in [(Role::Annotation, "王小明.ron", 4), (Role::Adjudication, "王小明-adjudication.ron", 6)] {
            let record = load_person_file(&RealDisk, &folder.path().join(name)).unwrap().record;
            let spans: Vec<Span> = record.annotations.order().iter().map(|(span, _)| *span).collect();
            assert_eq!((record.role, spans), (role, vec![Span::of(0, end)]));
        }
        assert!(orphans(&RealDisk, &folders.journals()).found.is_empty());
    }
}
