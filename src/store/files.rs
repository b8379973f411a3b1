//! Loading and saving the files in a report's folder.

use super::atomic::{replace, sweep};
use super::checksum::{Seal, seal, unseal};
use super::disk::{Disk, FileLock, is_file, is_folder};
use super::error::StoreError;
use super::folders::ReportFolder;
use super::read::read_limited;
use super::wire::{self, PersonRecord, ReportFile, Troubles, Unreadable};
use crate::annotation::Annotations;
use crate::report::{Corrections, ReportId};
use crate::source::{Layout, Method, Told};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a folder somebody holds is tried again, ten milliseconds apart.
const PATIENCE: usize = 300;
/// The largest RON file that is read, in bytes.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;

/// A person's file as loaded.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it says.
    pub record: PersonRecord,
    /// What could not be understood.
    pub troubles: Troubles,
    /// How it stands to its checksum.
    pub seal: Seal,
}

impl LoadedFile {
    /// Whether something in it is damaged, so that a copy is kept before it is written over.
    pub fn is_damaged(&self) -> bool {
        !self.troubles.lost.is_empty()
    }
}

/// Why a person's file was not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is not a person's file, or nothing in it can be understood.
    #[error("{path}: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Where and why.
        why: Unreadable,
    },
}

impl LoadError {
    /// The file it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Store(error) => error.path(),
            Self::Unreadable { path, .. } => path,
        }
    }
}

/// Loads a person's file.
///
/// # Errors
/// If it cannot be read, or not even its head can be understood.
pub fn load_person_file(disk: &dyn Disk, path: &Path) -> Result<LoadedFile, LoadError> {
    understood(path, &read_limited(disk, path, LARGEST)?)
}

/// A person's file of these bytes.
pub(super) fn understood(path: &Path, bytes: &[u8]) -> Result<LoadedFile, LoadError> {
    let (text, seal) = unseal(bytes);
    let (record, troubles) = wire::person_from_wire(&text).map_err(|why| LoadError::Unreadable { path: path.to_owned(), why })?;
    Ok(LoadedFile { path: path.to_owned(), record, troubles, seal })
}

/// Saves a person's file, in one step from old to new. What another copy of the program wrote there
/// meanwhile is merged in by [`Annotations::merged`] and returned.
///
/// # Errors
/// If a step fails; the file is then as it was.
pub fn save_person_file(disk: &dyn Disk, path: &Path, record: &PersonRecord) -> Result<Annotations, StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_lasting_folder(disk, folder)?;
    sweep(disk, folder);
    let _held = hold(disk, folder);
    let mut record = record.clone();
    match load_person_file(disk, path) {
        // What a newer program wrote may hold what this one cannot write.
        Ok(there) if there.troubles.newer => return Err(StoreError::NotAllowed(path.to_owned())),
        Ok(there) if is_same_work(&there.record, &record) => {
            if there.is_damaged() || there.seal == Seal::Broken {
                keep_damaged(disk, path)?;
            }
            record.annotations = record.annotations.merged(&there.record.annotations);
        }
        // Somebody else's file, one of another role, or one that cannot be understood, is never written over.
        Ok(_) | Err(LoadError::Unreadable { .. }) => keep_damaged(disk, path)?,
        Err(LoadError::Store(StoreError::Missing(_))) => {}
        Err(LoadError::Store(error)) => return Err(error),
    }
    let text = seal(wire::print(&wire::person_to_wire(&record)));
    replace(disk, path, text.as_bytes())?;
    Ok(record.annotations)
}

/// Whether two files are of one person's work of one sort on one report, so that they are merged.
fn is_same_work(one: &PersonRecord, other: &PersonRecord) -> bool {
    one.person.id == other.person.id && one.report == other.report && one.role == other.role
}

/// Holds a report's folder while a file in it is read, merged and written, so that two programs do not write over one
/// another. On a share without locks, or where somebody holds it for long, it is done without: what was written over is
/// seen at the next look and merged again.
pub(super) fn hold(disk: &dyn Disk, folder: &Path) -> Option<FileLock> {
    let lock = folder.join(".lock");
    for _ in 0..PATIENCE {
        match disk.try_lock(&lock, true) {
            Ok(Some(held)) => return Some(held),
            Ok(None) => std::thread::sleep(Duration::from_millis(10)),
            Err(_) => return None,
        }
    }
    None
}

/// Makes a folder and makes its name lasting, and those of the folders above it that are new; where none is, those two
/// levels up: an earlier attempt may have been cut off between making and making lasting.
pub(super) fn make_lasting_folder(disk: &dyn Disk, folder: &Path) -> Result<(), StoreError> {
    let named = |folder: &&Path| !folder.as_os_str().is_empty();
    let new = folder.ancestors().take_while(named).take_while(|above| !is_folder(disk, above)).count();
    if new > 0 {
        disk.make_folder(folder).map_err(|error| StoreError::of(folder, &error))?;
    }
    for above in folder.ancestors().skip(1).take(new.max(2)).filter(named) {
        disk.sync_folder(above).map_err(|error| StoreError::of(above, &error))?;
    }
    Ok(())
}

/// Keeps a copy of a damaged file beside it, named by its content, so that the same damage is kept once.
pub(super) fn keep_damaged(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    let bytes = read_limited(disk, path, LARGEST)?;
    let hash: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let copy = path.with_file_name(format!("{stem}.damaged-{hash}"));
    if is_file(disk, &copy) { Ok(()) } else { replace(disk, &copy, &bytes) }
}

/// What is kept of a report beside the tags.
#[derive(Clone, Debug)]
pub struct ReportRecord {
    /// The report's file name.
    pub name: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub original: String,
    /// How its text was got from them.
    pub method: Method,
    /// Whether a person chose that.
    pub chosen: bool,
    /// Whether the original holds more than was taken.
    pub left_out: bool,
    /// What the original says of itself.
    pub told: BTreeMap<Told, String>,
    /// Its pages, tables and notes.
    pub layout: Layout,
    /// What people corrected.
    pub corrections: Corrections,
    /// Counts the changes of what they corrected: of two copies the more often changed one counts.
    pub corrections_revision: u64,
    /// What later editions put there.
    pub ext: wire::Ext,
}

/// Loads what is kept of a report; nothing if there is nothing or it cannot be understood.
///
/// # Errors
/// If it is there and cannot be read.
pub fn read_report_record(disk: &dyn Disk, folder: &ReportFolder) -> Result<Option<ReportRecord>, StoreError> {
    match read_limited(disk, &folder.report_file(), LARGEST) {
        Ok(bytes) => Ok(ReportFile::parse(&unseal(&bytes).0).ok().and_then(ReportFile::record)),
        Err(StoreError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is wrong with a report's own file, if anything: it cannot be understood, or is not what was written.
pub fn report_trouble(disk: &dyn Disk, folder: &ReportFolder, id: ReportId) -> Option<ReportTrouble> {
    let path = folder.report_file();
    let bytes = read_limited(disk, &path, LARGEST).ok()?;
    let (text, seal) = unseal(&bytes);
    match ReportFile::parse(&text) {
        Err(why) => Some(ReportTrouble::Unreadable(LoadError::Unreadable { path, why })),
        Ok(file) => {
            let whole = seal != Seal::Broken && file.is_known_whole();
            let unknown = Unreadable { line: 1, reason: file.report.clone() };
            match (file.report.parse() == Ok(id) && file.record().is_some(), whole) {
                (false, _) => Some(ReportTrouble::Unreadable(LoadError::Unreadable { path, why: unknown })),
                (true, false) => Some(ReportTrouble::Edited(path)),
                (true, true) => None,
            }
        }
    }
}

/// Why nobody can say which report a folder is about: its file cannot be understood.
pub(super) fn unreadable_report(disk: &dyn Disk, folder: &ReportFolder) -> Option<LoadError> {
    let path = folder.report_file();
    let bytes = read_limited(disk, &path, LARGEST).ok()?;
    let (text, seal) = unseal(&bytes);
    let why = match ReportFile::parse(&text) {
        Err(why) => why,
        Ok(file) if seal == Seal::Broken || file.clone().record().is_none() => Unreadable { line: 1, reason: file.report },
        Ok(_) => return None,
    };
    Some(LoadError::Unreadable { path, why })
}

/// What is wrong with a report's own file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportTrouble {
    /// It cannot be understood, or is about another report: nothing of it counts, and a copy is kept at the next save.
    Unreadable(LoadError),
    /// It was changed by something else than this program, or damaged: what can be read of it counts.
    Edited(PathBuf),
}

/// Loads what is kept of a report, where it matters little whether that can be read.
pub fn load_report_record(disk: &dyn Disk, folder: &ReportFolder) -> Option<ReportRecord> {
    read_report_record(disk, folder).ok().flatten()
}

/// The report a folder is about, as its own file says.
pub fn load_report_id(disk: &dyn Disk, folder: &ReportFolder) -> Option<ReportId> {
    let bytes = read_limited(disk, &folder.report_file(), LARGEST).ok()?;
    ReportFile::parse(&unseal(&bytes).0).ok()?.report.parse().ok()
}

/// Saves what is kept of a report. Its text is put beside it first: without it the places of tags would say nothing once
/// the file or its extractor changes.
///
/// # Errors
/// If a step fails; the file is then as it was.
pub fn save_report_record(
    disk: &dyn Disk,
    folder: &ReportFolder,
    report: ReportId,
    record: &ReportRecord,
    source: Option<&str>,
) -> Result<(), StoreError> {
    make_lasting_folder(disk, folder.path())?;
    if let Some(source) = source
        && load_source(disk, folder, report).is_none()
    {
        replace(disk, &folder.source_file(), source.as_bytes())?;
    }
    let path = folder.report_file();
    let mut record = record.clone();
    let there = read_limited(disk, &path, LARGEST).map(|bytes| {
        let (text, seal) = unseal(&bytes);
        let file = ReportFile::parse(&text).ok().filter(|file| file.report.parse() == Ok(report));
        let whole = seal != Seal::Broken && file.as_ref().is_some_and(ReportFile::is_known_whole);
        (file.and_then(ReportFile::record), whole)
    });
    if let Ok((Some(there), whole)) = &there {
        let read_otherwise = there.original == record.original
            && (there.method.format, there.method.encoding) != (record.method.format, record.method.encoding);
        if !whole || read_otherwise {
            keep_damaged(disk, &path)?;
        }
    }
    match there.map(|(record, _)| record) {
        Err(StoreError::Missing(_)) => {}
        Ok(Some(there)) if there.corrections_revision > record.corrections_revision => {
            // Another window, or the grid, corrected it meanwhile.
            (record.corrections, record.corrections_revision) = (there.corrections, there.corrections_revision);
        }
        Ok(Some(_)) => {}
        // One that cannot be understood, or that a newer program wrote, is kept beside.
        Ok(None) => keep_damaged(disk, &path)?,
        Err(error) => return Err(error),
    }
    replace(disk, &path, seal(wire::print(&ReportFile::new(report.to_string(), &record))).as_bytes())
}

/// The extracted source text that is kept for a report; nothing if it is not there or not that report's.
pub fn load_source(disk: &dyn Disk, folder: &ReportFolder, report: ReportId) -> Option<String> {
    let bytes = read_limited(disk, &folder.source_file(), LARGEST).ok()?;
    String::from_utf8(bytes).ok().filter(|text| ReportId::of(text) == report)
}
