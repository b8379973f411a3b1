//! The journal: every change, on disk before it counts as kept, until it stands in the person's file.
//!
//! One file for each opened report of each running program, in the user's state folder. A line is a
//! checksum and a RON record; a line cut off by a crash fails its checksum and is left out. Records
//! hold what a change made, with revisions, so that reading them again over a file that already has them
//! changes nothing.

use super::atomic::replace;
use super::disk::{Disk, FileLock};
use super::error::StoreError;
use super::files::ReportRecord;
use super::folders::ReportFolder;
use super::read::read_limited;
use super::wire::{self, WireCorrections, WirePerson};
use crate::annotation::{Annotations, Edit, Kept, LinkId, Person, TagId};
use crate::report::{Corrections, Report, ReportId};
use crate::source::Layout;
use crate::text::decode::Encoding;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const ENDING: &str = "journal";
const LARGEST: u64 = 1024 * 1024 * 1024;

/// What a journal is about: enough to put its records where they belong without the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    version: u32,
    report: String,
    report_name: String,
    /// The report's folder in `jiannuo/`.
    folder: PathBuf,
    /// What the report's own file says, should it have to be made: see `wire::ReportFile`.
    original: String,
    encoding: String,
    encoding_chosen: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extractor: Option<wire::WireExtractor>,
    person: WirePerson,
}

/// A record of a journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Head(Head),
    Record(wire::WireRecord),
    Corrections(WireCorrections),
}

/// What one change made, ready for the journal.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    lines: String,
}

impl Entry {
    /// What an edit made of records: their state now in `annotations`.
    pub fn of_edit(edit: &Edit, annotations: &Annotations) -> Self {
        let mut lines = String::new();
        for change in edit.changes() {
            let tag = change.tag_id().and_then(|id| Some((id, annotations.tag_records().get(&id)?)));
            let link = change.link_id().and_then(|id| Some((id, annotations.link_records().get(&id)?)));
            let records: Vec<wire::WireRecord> = match (tag, link) {
                (Some((id, kept)), _) => kept.versions().map(|version| wire::WireRecord::of_tag(id, version)).collect(),
                (None, Some((id, kept))) => kept.versions().map(|version| wire::WireRecord::of_link(id, version)).collect(),
                (None, None) => continue,
            };
            records.into_iter().for_each(|record| lines.push_str(&checked_line(&Line::Record(record))));
        }
        Self { lines }
    }

    /// Corrections of the report, whole.
    pub fn of_corrections(corrections: &Corrections) -> Self {
        Self { lines: checked_line(&Line::Corrections(corrections.into())) }
    }
}

fn hash(record: &str) -> String {
    Sha256::digest(record.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn checked_line(line: &Line) -> String {
    let record = wire::print_line(line);
    format!("{} {record}\n", hash(&record))
}

fn read_line(line: &str) -> Option<Line> {
    let (said, record) = line.split_once(' ')?;
    (said == hash(record)).then(|| wire::parse(record).ok())?
}

/// The journal of one opened report. While it is open no other program takes it for an orphan.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    head: String,
    /// The report's text, where decoding the file again may not give it: it lies beside the journal.
    source: Option<Arc<Report>>,
    begun: bool,
    /// Stands beside the journal: on Windows a locked file cannot be written to.
    lock: Option<FileLock>,
}

impl Journal {
    /// A journal for a person's work on a report; nothing is written before the first entry.
    pub fn new(journals: &Path, report: &Arc<Report>, record: &ReportRecord, folder: &ReportFolder, person: &Person, unique: &str) -> Self {
        let head = Head {
            version: wire::MAJOR,
            report: report.id().to_string(),
            report_name: record.name.clone(),
            folder: folder.path().to_owned(),
            original: record.original.clone(),
            encoding: record.method.encoding.map_or("", Encoding::name).to_owned(),
            encoding_chosen: record.chosen,
            extractor: wire::WireExtractor::of(record.method),
            person: WirePerson { id: person.id.to_string(), name: person.name.clone() },
        };
        let path = journals.join(format!("{}-{unique}.{ENDING}", report.id().short()));
        let source = record.method.is_extracted().then(|| Arc::clone(report));
        Self { path, head: checked_line(&Line::Head(head)), source, begun: false, lock: None }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes entries and waits until they are on the medium: from then on they are kept.
    ///
    /// # Errors
    /// If they could not be written; they are not kept then.
    pub fn write(&mut self, disk: &dyn Disk, entries: &[Entry]) -> Result<(), StoreError> {
        let fail = |error: std::io::Error| StoreError::of(&self.path, &error);
        // A line cut off by an earlier failure ends here.
        let mut bytes = String::from("\n");
        if !self.begun {
            if let Some(folder) = self.path.parent() {
                disk.make_folder(folder).map_err(fail)?;
            }
            // A system without locks does without.
            let lock = || disk.try_lock(&lock_path(&self.path), true).ok().flatten().unwrap_or_default();
            self.lock.get_or_insert_with(lock);
            if let Some(report) = &self.source {
                replace(disk, &source_path(&self.path), report.text().as_str().as_bytes())?;
            }
            bytes.push_str(&self.head);
        }
        entries.iter().for_each(|entry| bytes.push_str(&entry.lines));
        disk.append(&self.path, bytes.as_bytes()).map_err(fail)?;
        if !self.begun {
            if let Some(folder) = self.path.parent() {
                disk.sync_folder(folder).map_err(fail)?;
            }
            self.begun = true;
        }
        Ok(())
    }

    /// Forgets everything: it stands in the person's file.
    pub fn clear(&mut self, disk: &dyn Disk) {
        if self.begun {
            // A journal that stays is read again and changes nothing.
            let _ = disk.remove(&self.path);
            self.lock = None;
            let _ = disk.remove(&lock_path(&self.path));
            let _ = disk.remove(&source_path(&self.path));
            self.begun = false;
        }
    }
}

fn lock_path(journal: &Path) -> PathBuf {
    journal.with_extension("lock")
}

fn source_path(journal: &Path) -> PathBuf {
    journal.with_extension("source")
}

/// Whether no running program holds a journal.
fn is_free(disk: &dyn Disk, journal: &Path) -> bool {
    match disk.try_lock(&lock_path(journal), false) {
        Ok(lock) => lock.is_some(),
        Err(_) => true,
    }
}

/// Removes a journal whose records stand in their file.
///
/// # Errors
/// If it cannot be removed; it is then read again at the next start and changes nothing.
pub fn remove_journal(disk: &dyn Disk, journal: &Path) -> Result<(), StoreError> {
    disk.remove(journal).map_err(|error| StoreError::of(journal, &error))?;
    let _ = disk.remove(&lock_path(journal));
    let _ = disk.remove(&source_path(journal));
    Ok(())
}

/// What an abandoned journal holds.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// The journal.
    pub path: PathBuf,
    /// The report it is about.
    pub report: ReportId,
    /// What its own file says, should it have to be made.
    pub record: ReportRecord,
    /// Its text, where it was extracted from another format.
    pub source: Option<String>,
    /// The report's folder in `jiannuo/`.
    pub folder: ReportFolder,
    /// Whose work it is.
    pub person: Person,
    /// The records.
    pub annotations: Annotations,
    /// The report's corrections, if they were changed.
    pub corrections: Option<Corrections>,
    /// How many changes it holds.
    pub changes: usize,
    /// How many lines could not be read, the last one apart.
    pub unreadable: usize,
}

/// The journals that no running program holds: what a crash left behind.
pub fn orphans(disk: &dyn Disk, journals: &Path) -> Vec<Recovered> {
    let paths = disk.list(journals).unwrap_or_default();
    let is_journal = |path: &PathBuf| path.extension().is_some_and(|end| end == ENDING);
    paths.into_iter().filter(is_journal).filter(|path| is_free(disk, path)).filter_map(|path| read_journal(disk, path)).collect()
}

fn read_journal(disk: &dyn Disk, path: PathBuf) -> Option<Recovered> {
    let bytes = read_limited(disk, &path, LARGEST).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().filter(|line| !line.is_empty());
    // What stands before the head is what is left of a first attempt to write it.
    let head = lines.by_ref().find_map(|line| match read_line(line) {
        Some(Line::Head(head)) => Some(head),
        _ => None,
    })?;
    let report: ReportId = head.report.parse().ok()?;
    let source = read_limited(disk, &source_path(&path), LARGEST).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let mut found = Recovered {
        path,
        report,
        source: source.filter(|text| ReportId::of(text) == report),
        record: ReportRecord {
            name: head.report_name,
            original: head.original,
            method: wire::method_of(head.extractor.as_ref(), &head.encoding)?,
            chosen: head.encoding_chosen,
            left_out: false,
            told: BTreeMap::new(),
            layout: Layout::default(),
            corrections: Corrections::default(),
            ext: wire::Ext::new(),
        },
        folder: ReportFolder::at(head.folder),
        person: Person { id: head.person.id.parse().ok()?, name: head.person.name },
        annotations: Annotations::default(),
        corrections: None,
        changes: 0,
        unreadable: 0,
    };
    let mut tags: BTreeMap<TagId, Kept<_>> = BTreeMap::new();
    let mut links: BTreeMap<LinkId, Kept<_>> = BTreeMap::new();
    let lines: Vec<&str> = lines.collect();
    for (at, line) in lines.iter().enumerate() {
        match read_line(line) {
            Some(Line::Record(record)) => {
                let read = record.read(&mut tags, &mut links);
                found.changes += usize::from(read);
                found.unreadable += usize::from(!read);
            }
            Some(Line::Corrections(corrections)) => {
                found.corrections = Some((&corrections).into());
                found.changes += 1;
            }
            Some(Line::Head(_)) => {}
            // The last line may have been cut off before it counted as kept.
            None => found.unreadable += usize::from(at + 1 < lines.len()),
        }
    }
    found.annotations = Annotations::from_records(tags, links);
    Some(found)
}
