//! Opening a report: its file, what is kept of it, and the tags on it.

use super::disk::Disk;
use super::error::StoreError;
use super::files::{LoadError, LoadedFile, ReportRecord, load_person_file, load_report_record};
use super::folders::{LocalFolders, ReportFolder};
use super::read::read_limited;
use super::wire::Role;
use super::{atomic, local_stamp};
use crate::annotation::{Person, Time};
use crate::report::{Report, ReportId};
use crate::source::{self, NotAReport};
use crate::text::Pos;
use crate::text::decode::{Decoded, Encoding, decode_as};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Why a file did not open as a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is not a report.
    #[error("{path}: {why}")]
    NotAReport {
        /// The file.
        path: PathBuf,
        /// What it is.
        why: NotAReport,
    },
}

/// A file opened as a report.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Where it lies.
    pub path: PathBuf,
    /// The report.
    pub report: Report,
    /// SHA-256 of the file's bytes.
    pub original: String,
    /// What it was read as.
    pub encoding: Encoding,
    /// Whether a person chose that.
    pub encoding_chosen: bool,
    /// Where bytes could not be decoded.
    pub errors: Vec<Pos>,
    /// Where its tags are or will be kept.
    pub folder: ReportFolder,
    /// What later editions put into the report's file.
    pub ext: super::wire::Ext,
    /// The user's own file, if there is one.
    pub own: Option<LoadedFile>,
    /// Files of the user's that could not be loaded.
    pub failed: Vec<LoadError>,
}

/// What to know before opening.
#[derive(Clone, Debug, Default)]
pub struct OpenRequest {
    /// The encoding a person chose, if any.
    pub encoding: Option<Encoding>,
    /// Where the tags are kept, if not beside the report.
    pub kept_in: Option<PathBuf>,
    /// Whose tags to load.
    pub person: Option<Person>,
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of a file at most `limit` long, for a preview.
///
/// # Errors
/// If it cannot be read.
pub fn read_head(disk: &dyn Disk, path: &Path, limit: usize) -> Result<Vec<u8>, StoreError> {
    let mut bytes = read_limited(disk, path, source::LARGEST)?;
    bytes.truncate(limit);
    Ok(bytes)
}

/// Opens a file as a report.
///
/// An encoding chosen by hand comes first, then one under which tags are already kept (a matching hash beats
/// detection), then detection. `complete` gets the hash of the file's bytes and says what is known of them.
///
/// # Errors
/// If the file cannot be read or is no report.
pub fn open_report(disk: &dyn Disk, path: &Path, complete: impl FnOnce(&str) -> OpenRequest) -> Result<Opened, OpenError> {
    let bytes = read_limited(disk, path, source::LARGEST)?;
    let original = hash(&bytes);
    let request = complete(&original);
    let decoded = match request.encoding {
        Some(encoding) => source::read(&bytes, Some(encoding)),
        None => kept_reading(disk, path, &bytes, &original, request.kept_in.as_deref()).map_or_else(|| source::read(&bytes, None), Ok),
    };
    let decoded = decoded.map_err(|why| OpenError::NotAReport { path: path.to_owned(), why })?;
    let id = ReportId::of(&decoded.text);
    let folder = match &request.kept_in {
        Some(project) => ReportFolder::inside(disk, project, path, id),
        None => ReportFolder::find(disk, path, id),
    };
    let record = load_report_record(disk, &folder);
    let (corrections, chosen, ext) = record.map_or_else(Default::default, |record| {
        (record.corrections, record.encoding_chosen && record.encoding == decoded.encoding, record.ext)
    });
    let (own, failed) = own_file(disk, &folder, request.person.as_ref());
    Ok(Opened {
        path: path.to_owned(),
        report: Report::new(decoded.text, corrections),
        original,
        encoding: decoded.encoding,
        encoding_chosen: request.encoding.is_some() || chosen,
        errors: decoded.errors,
        folder,
        ext,
        own,
        failed,
    })
}

/// The reading under which something is already kept of these bytes, or of a report this file decodes to.
fn kept_reading(disk: &dyn Disk, path: &Path, bytes: &[u8], original: &str, kept_in: Option<&Path>) -> Option<Decoded> {
    let kept = ReportFolder::kept_for(path, kept_in);
    let records: Vec<(PathBuf, ReportRecord)> = disk
        .list(&kept)
        .ok()?
        .into_iter()
        .filter_map(|folder| Some((folder.clone(), load_report_record(disk, &ReportFolder::at(folder))?)))
        .collect();
    let same_bytes = || records.iter().filter(|(_, record)| record.original == original);
    if let Some((_, record)) = same_bytes().find(|(_, record)| record.encoding_chosen).or_else(|| same_bytes().next()) {
        return Some(decode_as(bytes, record.encoding));
    }
    records.iter().map(|(folder, record)| (folder, decode_as(bytes, record.encoding))).find_map(|(folder, decoded)| {
        let ending = format!("~{}", ReportId::of(&decoded.text).short());
        folder.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&ending)).then_some(decoded)
    })
}

/// The user's own file in a report's folder, and what could not be loaded.
fn own_file(disk: &dyn Disk, folder: &ReportFolder, person: Option<&Person>) -> (Option<LoadedFile>, Vec<LoadError>) {
    let (mut own, mut failed) = (None, Vec::new());
    for path in folder.person_files(disk) {
        match load_person_file(disk, &path) {
            Ok(file) if person.is_some_and(|person| person.id == file.record.person.id) && file.record.role == Role::Annotation => {
                own = own.or(Some(file))
            }
            Ok(_) => {}
            Err(error) => failed.push(error),
        }
    }
    (own, failed)
}

/// Keeps a pasted text as a report file of its own; returns where.
///
/// # Errors
/// If it cannot be written.
pub fn save_pasted(disk: &dyn Disk, folders: &LocalFolders, text: &str, now: Time) -> Result<PathBuf, StoreError> {
    let folder = folders.pasted();
    disk.make_folder(&folder).map_err(|error| StoreError::of(&folder, &error))?;
    let title: String = text.trim().lines().next().unwrap_or("").chars().take(20).collect();
    let name = format!("{} {}", local_stamp(now), super::names::file_name_of(&title));
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let short = ReportId::of(&text).short();
    let path = folder.join(format!("{name} {short}.txt"));
    atomic::replace(disk, &path, text.as_bytes())?;
    Ok(path)
}
