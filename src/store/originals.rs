//! Opening a report: its file, what is kept of it, and the tags on it.

use super::codebook::{CodebookTrouble, codebook_of};
use super::disk::Disk;
use super::editions::{EditionCard, earlier_editions};
use super::error::StoreError;
use super::files::{
    LoadError, LoadedFile, ReportRecord, ReportTrouble, load_report_id, load_report_record, load_source, read_report_record,
    report_trouble, unreadable_report,
};
use super::folders::{LocalFolders, ReportFolder};
use super::layers::{FolderLayers, layers_among};
use super::own::{OwnFiles, load_people, own_among};
use super::project::{Reviewing, reviewing_of};
use super::proposing::{LexiconTrouble, Proposing, proposing_of};
use super::read::read_limited;
use super::submitted::{Snapshot, submitted_of};
use super::wire::Role;
use super::{atomic, local_stamp};
use crate::annotation::{Codebook, Person, Time};
use crate::report::{Report, ReportId};
use crate::source::{self, Extracted, Method, NotAReport, Wish};
use crate::text::Pos;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    /// How its text was got from them.
    pub method: Method,
    /// Whether a person chose that.
    pub chosen: bool,
    /// Where bytes could not be decoded, or glyphs not told.
    pub errors: Vec<Pos>,
    /// Whether the original holds more than was taken.
    pub left_out: bool,
    /// Where its tags are or will be kept.
    pub folder: ReportFolder,
    /// What is wrong with the report's own file.
    pub report_trouble: Option<ReportTrouble>,
    /// Counts the changes of what was corrected.
    pub corrections_revision: u64,
    /// What later editions put into the report's file.
    pub ext: super::wire::Ext,
    /// What the user does: tag, or decide on what people tagged.
    pub role: Role,
    /// The user's own file in that role, if there is one.
    pub own: Option<LoadedFile>,
    /// Copies of it that held something more.
    pub copies: Vec<PathBuf>,
    /// Other people's files that are not what was written.
    pub others_edited: Vec<PathBuf>,
    /// Files that could not be loaded, of the user or of others.
    pub failed: Vec<LoadError>,
    /// What other people put on it, as far as the user may see it. What of it could not be loaded is among the above, too.
    pub layers: FolderLayers,
    /// The user's tags as they were submitted, if they were.
    pub submitted: Option<Snapshot>,
    /// Earlier texts of this file that the user tagged, where this one has no tags of theirs.
    pub earlier: Vec<EditionCard>,
    /// The codebook in force.
    pub codebook: Arc<Codebook>,
    /// Why it is not the project's own.
    pub codebook_trouble: Option<CodebookTrouble>,
    /// What the project says of reviewing.
    pub reviewing: Reviewing,
    /// What the project says of proposals.
    pub proposing: Proposing,
    /// Why words or rules of its own are not in force.
    pub lexicon_troubles: Vec<LexiconTrouble>,
}

/// What to know before opening.
#[derive(Clone, Debug, Default)]
pub struct OpenRequest {
    /// How a person chose to have it read, if they did.
    pub wish: Option<Wish>,
    /// Where the tags are kept, if not beside the report.
    pub kept_in: Option<PathBuf>,
    /// Whose tags to load.
    pub person: Option<Person>,
    /// What they do: tag, or decide on what people tagged.
    pub role: Role,
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
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
/// What a person chose comes first, then the reading under which something is already kept (a matching hash beats
/// detection, and a text that was extracted and kept beats extracting it anew), then detection. `complete` gets the hash
/// of the file's bytes and says what is known of them.
///
/// # Errors
/// If the file cannot be read or is no report.
pub fn open_report(disk: &dyn Disk, path: &Path, complete: impl FnOnce(&str) -> OpenRequest) -> Result<Opened, OpenError> {
    let bytes = read_limited(disk, path, source::LARGEST)?;
    let original = hash(&bytes);
    let request = complete(&original);
    let (extracted, folder) = extract(disk, path, &bytes, &original, &request)?;
    let id = ReportId::of(&extracted.text);
    let mut report_trouble = report_trouble(disk, &folder, id);
    let record = read_report_record(disk, &folder)?.filter(|_| !matches!(report_trouble, Some(ReportTrouble::Unreadable(_))));
    if let Some(record) = &record
        && report_trouble.is_none()
        && request.wish.is_none()
        && record.original == original
        && (record.method.format, record.method.encoding) != (extracted.method.format, extracted.method.encoding)
    {
        // The same bytes were not read so.
        report_trouble = Some(ReportTrouble::Edited(folder.report_file()));
    }
    let corrections_revision = record.as_ref().map_or(0, |record| record.corrections_revision);
    let (corrections, chosen, ext) =
        record.map_or_else(Default::default, |record| (record.corrections, record.chosen && record.method == extracted.method, record.ext));
    let (codebook, codebook_trouble) = codebook_of(disk, &folder);
    let (proposing, lexicon_troubles) = proposing_of(disk, &folder);
    let reviewing = reviewing_of(disk, &proposing.root);
    let People { own, layers } = people_of(disk, &folder, &request, &reviewing)?;
    let OwnFiles { file: own, copies, others_edited, mut failed } = own;
    failed.extend(doubtful_readings(disk, path, &folder));
    // Decisions are made anew on another text: they are about tags that stand on this one.
    let is_first = own.is_none() && request.role == Role::Annotation;
    let earlier = match (&request.person, folder.path().parent()) {
        (Some(person), Some(kept)) if is_first => earlier_editions(disk, kept, path, ReportId::of(&extracted.text), person),
        _ => Vec::new(),
    };
    Ok(Opened {
        path: path.to_owned(),
        report: Report::of_original(extracted.text, corrections, extracted.layout, extracted.told),
        original,
        method: extracted.method,
        chosen: request.wish.is_some() || chosen,
        errors: extracted.errors,
        left_out: extracted.left_out,
        report_trouble,
        corrections_revision,
        ext,
        submitted: request.person.as_ref().and_then(|person| submitted_of(disk, &folder, person)),
        folder,
        role: request.role,
        own,
        copies,
        others_edited,
        failed,
        layers,
        earlier,
        codebook,
        codebook_trouble,
        reviewing,
        proposing,
        lexicon_troubles,
    })
}

/// The people's files in a report's folder: the user's own, and what others put on the report.
struct People {
    own: OwnFiles,
    layers: FolderLayers,
}

/// Loads the people's files, each once.
fn people_of(disk: &dyn Disk, folder: &ReportFolder, request: &OpenRequest, reviewing: &Reviewing) -> Result<People, StoreError> {
    let loaded = load_people(disk, folder);
    let Some(person) = &request.person else {
        let loaded = loaded.unwrap_or_default();
        let layers = layers_among(disk, folder, &loaded, None, reviewing);
        let failed = loaded.into_iter().filter_map(Result::err).collect();
        return Ok(People { own: OwnFiles { failed, ..OwnFiles::default() }, layers });
    };
    let loaded = loaded?;
    let layers = layers_among(disk, folder, &loaded, Some((person, &request.role)), reviewing);
    Ok(People { own: own_among(disk, folder, loaded, person, &request.role)?, layers })
}

/// Reads a file's text as opening it does, without tags: what the file gives, the hash of its bytes, and the folder
/// that keeps its tags.
///
/// # Errors
/// If the file cannot be read or is no report.
pub fn read_text(disk: &dyn Disk, path: &Path, request: &OpenRequest) -> Result<(Extracted, String, ReportFolder), OpenError> {
    let bytes = read_limited(disk, path, source::LARGEST)?;
    let original = hash(&bytes);
    let (extracted, folder) = extract(disk, path, &bytes, &original, request)?;
    Ok((extracted, original, folder))
}

fn extract(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    original: &str,
    request: &OpenRequest,
) -> Result<(Extracted, ReportFolder), OpenError> {
    let kept = if request.wish.is_some() { None } else { kept_reading(disk, path, bytes, original, request.kept_in.as_deref()) };
    let read = || super::reader::read(bytes, &file_name(path), request.wish.unwrap_or_default());
    let extracted = kept.map_or_else(read, Ok).map_err(|why| OpenError::NotAReport { path: path.to_owned(), why })?;
    let id = ReportId::of(&extracted.text);
    let folder = ReportFolder::locate(disk, path, id, request.kept_in.as_deref())?;
    Ok((extracted, folder))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// How many folders of reports are looked through for one whose name says nothing.
const FEW: usize = 64;

/// The reading under which something is already kept of these bytes, or of a report this file decodes to.
fn kept_reading(disk: &dyn Disk, path: &Path, bytes: &[u8], original: &str, kept_in: Option<&Path>) -> Option<Extracted> {
    let project = ReportFolder::kept_for(disk, path, kept_in);
    let beside = ReportFolder::kept_beside(path);
    let mut folders = disk.list(&project).unwrap_or_default();
    if beside != project {
        folders.extend(disk.list(&beside).unwrap_or_default());
    }
    let stem = path.file_stem().map(|stem| super::names::file_name_of(&stem.to_string_lossy())).unwrap_or_default();
    let named = |folder: &PathBuf| file_name(folder).rsplit_once('~').is_some_and(|(name, _)| name == stem);
    // Reading what is kept of every report would make opening one of thousands slow.
    let (likely, others): (Vec<PathBuf>, Vec<PathBuf>) = folders.into_iter().partition(named);
    let others = if others.len() > FEW { Vec::new() } else { others };
    let records: Vec<(ReportFolder, ReportRecord)> = likely
        .into_iter()
        .chain(others)
        .map(ReportFolder::at)
        .filter_map(|folder| Some((folder.clone(), load_report_record(disk, &folder)?)))
        .collect();
    let same_bytes = || records.iter().filter(|(_, record)| record.original == original);
    if let Some((folder, record)) = same_bytes().find(|(_, record)| record.chosen).or_else(|| same_bytes().next()) {
        // A record that says another text than its folder is about says nothing.
        let names = |extracted: &Extracted| file_name(folder.path()).ends_with(&format!("~{}", ReportId::of(&extracted.text).short()));
        return read_again(disk, folder, record, path, bytes).filter(names);
    }
    let plain = records.iter().filter(|(_, record)| !record.method.is_extracted());
    plain.map(|(folder, record)| (folder, wish_of(record.method))).find_map(|(folder, wish)| {
        let extracted = super::reader::read(bytes, &file_name(path), wish).ok()?;
        let ending = format!("~{}", ReportId::of(&extracted.text).short());
        file_name(folder.path()).ends_with(&ending).then_some(extracted)
    })
}

/// The folders named after a file that may say it was read otherwise, and whose report's file cannot be understood.
fn doubtful_readings(disk: &dyn Disk, path: &Path, found: &ReportFolder) -> Vec<LoadError> {
    let stem = path.file_stem().map(|stem| super::names::file_name_of(&stem.to_string_lossy())).unwrap_or_default();
    let folders = found.path().parent().and_then(|kept| disk.list(kept).ok()).unwrap_or_default();
    let named = |folder: &PathBuf| folder != found.path() && file_name(folder).rsplit_once('~').is_some_and(|(name, _)| name == stem);
    folders.into_iter().filter(named).filter_map(|folder| unreadable_report(disk, &ReportFolder::at(folder))).collect()
}

/// The wish that reads a file by a method.
const fn wish_of(method: Method) -> Wish {
    Wish { encoding: method.encoding, extent: method.extent }
}

/// Reads a file as it was read before: a text that was extracted is taken from beside the tags.
fn read_again(disk: &dyn Disk, folder: &ReportFolder, record: &ReportRecord, path: &Path, bytes: &[u8]) -> Option<Extracted> {
    let anew = || super::reader::read(bytes, &file_name(path), wish_of(record.method)).ok();
    let id = load_report_id(disk, folder);
    let Some(text) = id.filter(|_| record.method.is_extracted()).and_then(|id| load_source(disk, folder, id)) else { return anew() };
    let errors = source::unknown_characters(&text);
    // A record that a recovery made says nothing of pages and dates.
    if record.layout.marks().is_empty()
        && record.told.is_empty()
        && let Some(same) = anew().filter(|anew| anew.text == text)
    {
        return Some(same);
    }
    let (layout, told) = (record.layout.clone(), record.told.clone());
    Some(Extracted { text, method: record.method, errors, layout, told, left_out: record.left_out })
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
