//! Other texts of a report that the same person tagged: the file before it was changed, another format, another script.

use super::disk::Disk;
use super::files::{LoadError, LoadedFile, load_person_file, load_report_id, load_report_record, load_source};
use super::folders::ReportFolder;
use super::names::file_name_of;
use super::originals::{OpenError, OpenRequest, read_text};
use super::own::own_files;
use super::wire::Role;
use crate::annotation::Person;
use crate::report::ReportId;
use std::path::{Path, PathBuf};

/// Another text of a report, tagged by the person who opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionCard {
    /// The folder of its tags.
    pub folder: PathBuf,
    /// The name of its file when it was last saved.
    pub name: String,
    /// How many tags there are.
    pub tags: usize,
}

/// Another text of a report with the tags on it.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Which text it is.
    pub report: ReportId,
    /// The text itself, where it is still known.
    pub text: Option<String>,
    /// The person's file on it.
    pub own: LoadedFile,
}

/// Why tags could not be taken from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// The file is neither a report nor somebody's tags.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The tags could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// There are no tags of this person.
    #[error("{0}: no tags of this person")]
    NoTags(PathBuf),
    /// They are on the very text that is open.
    #[error("{0}: the same text")]
    SameText(PathBuf),
}

/// The folders in `kept` of earlier texts of a file: of the same name and another hash, with tags of the person.
pub fn earlier_editions(disk: &dyn Disk, kept: &Path, report: &Path, id: ReportId, person: &Person) -> Vec<EditionCard> {
    let name = report.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = report.file_stem().map(|stem| file_name_of(&stem.to_string_lossy())).unwrap_or_default();
    let ending = format!("~{}", id.short());
    let folders = disk.list(kept).unwrap_or_default();
    let of_that_name = folders.into_iter().filter(|folder| {
        let folder_name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        folder_name.rsplit_once('~').is_some_and(|(before, _)| before == stem) && !folder_name.ends_with(&ending)
    });
    let card = |folder: PathBuf| {
        let folder = ReportFolder::at(folder);
        let record = load_report_record(disk, &folder).filter(|record| record.name == name)?;
        let tags = own_files(disk, &folder, person, &Role::Annotation).ok()?.file?.record.annotations.tag_count();
        (tags > 0).then(|| EditionCard { folder: folder.path().to_owned(), name: record.name, tags })
    };
    of_that_name.filter_map(card).collect()
}

/// Loads an edition by the folder of its tags.
///
/// # Errors
/// If there are no tags of the person.
pub fn edition_in(disk: &dyn Disk, folder: &ReportFolder, person: &Person) -> Result<Edition, EditionError> {
    let own = tags_of(disk, folder, person)?.ok_or_else(|| EditionError::NoTags(folder.path().to_owned()))?;
    let report = own.record.report;
    Ok(Edition { report, text: text_of(disk, folder, report), own })
}

/// Loads an edition by a report's file, or by a person's file.
///
/// # Errors
/// If it is neither, or there are no tags of the person.
pub fn edition_of(disk: &dyn Disk, path: &Path, person: &Person) -> Result<Edition, EditionError> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
        let own = load_person_file(disk, path)?;
        if own.record.person.id != person.id {
            return Err(EditionError::NoTags(path.to_owned()));
        }
        let folder = ReportFolder::at(path.parent().unwrap_or(Path::new("")).to_owned());
        let report = own.record.report;
        return Ok(Edition { report, text: text_of(disk, &folder, report), own });
    }
    let (extracted, _, folder) = read_text(disk, path, &OpenRequest::default())?;
    let own = tags_of(disk, &folder, person)?.ok_or_else(|| EditionError::NoTags(path.to_owned()))?;
    let report = ReportId::of(&extracted.text);
    let text = (own.record.report == report).then_some(extracted.text);
    let text = text.or_else(|| text_of(disk, &folder, own.record.report));
    Ok(Edition { report: own.record.report, text, own })
}

/// The file of a person's tags in a report's folder.
fn tags_of(disk: &dyn Disk, folder: &ReportFolder, person: &Person) -> Result<Option<LoadedFile>, OpenError> {
    Ok(own_files(disk, folder, person, &Role::Annotation)?.file)
}

/// The text a folder's tags stand on: the copy beside them, or the file itself if it still reads so.
pub(super) fn text_of(disk: &dyn Disk, folder: &ReportFolder, report: ReportId) -> Option<String> {
    load_source(disk, folder, report).or_else(|| {
        let record = load_report_record(disk, folder).filter(|_| load_report_id(disk, folder) == Some(report))?;
        let (extracted, ..) = read_text(disk, &folder.project()?.join(record.name), &OpenRequest::default()).ok()?;
        (ReportId::of(&extracted.text) == report).then_some(extracted.text)
    })
}
