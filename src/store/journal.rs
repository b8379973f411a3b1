//! The journal: every change, on disk before it counts as kept, until it stands in the person's file.
//!
//! One file for each opened report of each running program, in the user's state folder. A line is a
//! checksum and a RON record; a line cut off by a crash fails its checksum and is left out. Records
//! hold what a change made, with revisions, so that reading them again over a file that already has them
//! changes nothing.

use super::atomic::replace;
use super::disk::{Disk, FileLock};
use super::error::StoreError;
use super::files::{ReportRecord, make_lasting_folder};
use super::folders::ReportFolder;
use super::read::read_limited;
use super::wire::{self, Role, WireCorrections, WirePerson};
use crate::annotation::{Annotations, Edit, Kept, LinkId, Person, RemarkId, TagId, Version};
use crate::report::{Corrections, Report, ReportId};
use crate::source::Layout;
use crate::text::decode::Encoding;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Component, Path, PathBuf};
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
    #[serde(with = "wire::any_path")]
    folder: PathBuf,
    /// What the report's own file says, should it have to be made: see `wire::ReportFile`.
    original: String,
    encoding: String,
    encoding_chosen: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extractor: Option<wire::WireExtractor>,
    person: WirePerson,
    /// In which role; empty for tags.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    role: String,
}

/// A record of a journal.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Head(Head),
    Record(Box<wire::WireRecord>),
    Corrections(WireCorrected),
}

/// Corrections of a report, whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct WireCorrected {
    revision: u64,
    corrections: WireCorrections,
}

/// What one change made, ready for the journal.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    lines: String,
}

impl Entry {
    /// What an edit made of records: their state now in `annotations`.
    pub fn of_edit(edit: &Edit, annotations: &Annotations) -> Self {
        let mut entry = Self::default();
        for change in edit.changes() {
            entry.add(annotations.tag_records(), change.tag_id(), wire::WireRecord::of_tag);
            entry.add(annotations.link_records(), change.link_id(), wire::WireRecord::of_link);
            entry.add(annotations.remark_records(), change.remark_id(), wire::WireRecord::of_remark);
        }
        entry
    }

    /// All records of a sitting that was cut off.
    pub fn of_records(annotations: &Annotations) -> Self {
        let (tags, links, remarks) = (annotations.tag_records(), annotations.link_records(), annotations.remark_records());
        let mut entry = Self::default();
        entry.add(tags, tags.keys().copied(), wire::WireRecord::of_tag);
        entry.add(links, links.keys().copied(), wire::WireRecord::of_link);
        entry.add(remarks, remarks.keys().copied(), wire::WireRecord::of_remark);
        entry
    }

    /// All versions there are of some records.
    fn add<K: Ord + Copy, T: Clone + PartialEq + Debug>(
        &mut self,
        all: &BTreeMap<K, Kept<T>>,
        ids: impl IntoIterator<Item = K>,
        record: impl Fn(K, &Version<T>) -> wire::WireRecord,
    ) {
        for (id, kept) in ids.into_iter().filter_map(|id| Some((id, all.get(&id)?))) {
            let lines = kept.versions().map(|version| checked_line(&Line::Record(Box::new(record(id, version)))));
            self.lines.extend(lines);
        }
    }

    /// Corrections of the report, whole.
    pub fn of_corrections(corrections: &Corrections, revision: u64) -> Self {
        Self { lines: checked_line(&Line::Corrections(WireCorrected { revision, corrections: corrections.into() })) }
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
    /// All that was written and does not yet stand in the person's file.
    held: String,
    begun: bool,
    /// Whether something of it may be on disk.
    attempted: bool,
    /// Stands beside the journal: on Windows a locked file cannot be written to.
    lock: Option<FileLock>,
}

impl Journal {
    /// A journal for a person's work on a report in a role; nothing is written before the first entry.
    pub fn new(
        journals: &Path,
        report: &Arc<Report>,
        record: &ReportRecord,
        folder: &ReportFolder,
        person: &Person,
        role: &Role,
        unique: &str,
    ) -> Self {
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
            role: if *role == Role::Annotation { String::new() } else { role.key().to_owned() },
        };
        let path = journals.join(format!("{}-{unique}.{ENDING}", report.id().short()));
        let source = record.method.is_extracted().then(|| Arc::clone(report));
        Self { path, head: checked_line(&Line::Head(head)), source, held: String::new(), begun: false, attempted: false, lock: None }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes over what another journal of the same work holds.
    pub fn take_over(&mut self, other: &Self) {
        self.held.insert_str(0, &other.held);
    }

    /// Writes entries and waits until they are on the medium: from then on they are kept.
    ///
    /// # Errors
    /// If they could not be written; they are not kept then.
    pub fn write(&mut self, disk: &dyn Disk, entries: &[Entry]) -> Result<(), StoreError> {
        let fail = |path: &Path, error: &std::io::Error| StoreError::of(path, error);
        let lines: String = entries.iter().map(|entry| entry.lines.as_str()).collect();
        // Where somebody removed it, all that it held is written again.
        self.begun &= !matches!(disk.about(&self.path), Err(error) if error.kind() == std::io::ErrorKind::NotFound);
        self.attempted = true;
        // A line cut off by an earlier failure ends here.
        if self.begun {
            disk.append(&self.path, format!("\n{lines}").as_bytes()).map_err(|error| fail(&self.path, &error))?;
        } else {
            let folder = self.path.parent().unwrap_or(Path::new("."));
            make_lasting_folder(disk, folder)?;
            // A system without locks does without.
            let lock = || disk.try_lock(&lock_path(&self.path), true).ok().flatten().unwrap_or_default();
            self.lock.get_or_insert_with(lock);
            if let Some(report) = &self.source {
                replace(disk, &source_path(&self.path), report.text().as_str().as_bytes())?;
            }
            let bytes = format!("\n{}{}{lines}", self.head, self.held);
            disk.append(&self.path, bytes.as_bytes()).map_err(|error| fail(&self.path, &error))?;
            disk.sync_folder(folder).map_err(|error| fail(folder, &error))?;
            self.begun = true;
        }
        self.held.push_str(&lines);
        Ok(())
    }

    /// Forgets everything: it stands in the person's file.
    pub fn clear(&mut self, disk: &dyn Disk) {
        self.held.clear();
        self.begun = false;
        // A journal that stays is read again and changes nothing.
        if self.attempted && remove_journal(disk, &self.path).is_ok() {
            self.attempted = false;
        }
        self.lock = None;
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
    for path in [journal.to_owned(), source_path(journal), lock_path(journal)] {
        match disk.remove(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound && path == journal => return Err(StoreError::of(&path, &error)),
            Ok(()) | Err(_) => {}
        }
    }
    let folder = journal.parent().unwrap_or(Path::new("."));
    disk.sync_folder(folder).map_err(|error| StoreError::of(folder, &error))
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
    /// In which role.
    pub role: Role,
    /// The records.
    pub annotations: Annotations,
    /// The report's corrections, if they were changed, and how often they were.
    pub corrections: Option<(u64, Corrections)>,
    /// How many changes it holds.
    pub changes: usize,
    /// How many lines could not be read, the last one apart.
    pub unreadable: usize,
}

/// The journals that no running program holds.
#[derive(Clone, Debug, Default)]
pub struct Orphans {
    /// What a crash left behind.
    pub found: Vec<Recovered>,
    /// Those that could not be read this time.
    pub failed: Vec<StoreError>,
}

/// Reads the journals that no running program holds.
pub fn orphans(disk: &dyn Disk, journals: &Path) -> Orphans {
    let mut all = Orphans::default();
    let paths = match disk.list(journals) {
        Ok(paths) => paths,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return all,
        Err(error) => {
            all.failed.push(StoreError::of(journals, &error));
            return all;
        }
    };
    let is_journal = |path: &PathBuf| path.extension().is_some_and(|end| end == ENDING);
    for path in paths.into_iter().filter(is_journal).filter(|path| is_free(disk, path)) {
        match read_journal(disk, path.clone()) {
            Ok(Some(found)) => all.found.push(found),
            // It was cut off before it held anything.
            Ok(None) => drop(remove_journal(disk, &path)),
            Err(error) => all.failed.push(error),
        }
    }
    all
}

fn read_journal(disk: &dyn Disk, path: PathBuf) -> Result<Option<Recovered>, StoreError> {
    let bytes = read_limited(disk, &path, LARGEST)?;
    let source = match read_limited(disk, &source_path(&path), LARGEST) {
        Ok(bytes) => String::from_utf8(bytes).ok(),
        Err(StoreError::Missing(_)) => None,
        Err(error) => return Err(error),
    };
    if let Some(found) = understand(path.clone(), &bytes, source) {
        return Ok(Some(found));
    }
    if is_just_begun(&bytes) { Ok(None) } else { Err(StoreError::Damaged(path)) }
}

/// Whether a journal was cut off while its first line was written: nothing in it was kept.
fn is_just_begun(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let line = text.trim_start_matches('\n');
    line.chars().take(16).all(|c| c.is_ascii_hexdigit()) && !line.contains('\n')
}

/// Whether a folder is one that tags are kept in: a damaged journal must not have files written anywhere else.
fn is_of_tags(folder: &Path, report: ReportId) -> bool {
    let kept = folder.parent().and_then(Path::file_name).is_some_and(|name| name == "jiannuo");
    let plain = folder.components().all(|step| !matches!(step, Component::ParentDir));
    folder.is_absolute() && plain && kept && ReportFolder::at(folder.to_owned()).is_of(report)
}

fn understand(path: PathBuf, bytes: &[u8], source: Option<String>) -> Option<Recovered> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}');
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let head = lines.iter().find_map(|line| match read_line(line) {
        Some(Line::Head(head)) => Some(head),
        _ => None,
    })?;
    let report: ReportId = head.report.parse().ok()?;
    if head.version > wire::MAJOR || !is_of_tags(&head.folder, report) {
        return None;
    }
    let whole = text.ends_with('\n');
    let mut found = Recovered {
        path,
        report,
        source: source.filter(|text| ReportId::of(text) == report),
        record: ReportRecord {
            name: head.report_name.clone(),
            original: head.original.clone(),
            method: wire::method_of(head.extractor.as_ref(), &head.encoding)?,
            chosen: head.encoding_chosen,
            left_out: false,
            told: BTreeMap::new(),
            layout: Layout::default(),
            corrections: Corrections::default(),
            corrections_revision: 0,
            ext: wire::Ext::new(),
        },
        folder: ReportFolder::at(head.folder.clone()),
        person: Person { id: head.person.id.parse().ok()?, name: head.person.name.clone() },
        role: if head.role.is_empty() { Role::default() } else { Role::from_key(&head.role) },
        annotations: Annotations::default(),
        corrections: None,
        changes: 0,
        unreadable: 0,
    };
    let mut tags: BTreeMap<TagId, Kept<_>> = BTreeMap::new();
    let mut links: BTreeMap<LinkId, Kept<_>> = BTreeMap::new();
    let mut remarks: BTreeMap<RemarkId, Kept<_>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        match read_line(line) {
            Some(Line::Record(record)) => {
                let read = record.read(&mut tags, &mut links, &mut remarks);
                found.changes += usize::from(read);
                found.unreadable += usize::from(!read);
            }
            Some(Line::Corrections(WireCorrected { revision, corrections })) => {
                found.unreadable += usize::from(WireCorrections::from(&Corrections::from(&corrections)) != corrections);
                if found.corrections.as_ref().is_none_or(|(before, _)| *before < revision) {
                    found.corrections = Some((revision, (&corrections).into()));
                }
                found.changes += 1;
            }
            // What stands behind another journal's head is that one's.
            Some(Line::Head(other)) if (&other.report, &other.folder, &other.role) != (&head.report, &head.folder, &head.role) => {
                found.unreadable += lines.len() - at;
                break;
            }
            Some(Line::Head(_)) => {}
            // The last line may have been cut off before it counted as kept.
            None => found.unreadable += usize::from(whole || at + 1 < lines.len() || line.contains('\0')),
        }
    }
    found.annotations = Annotations::from_records(tags, links, remarks);
    Some(found)
}
