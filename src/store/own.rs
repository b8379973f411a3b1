//! A person's files on a report: the one that is written, and copies of it that a sync service or a person made.

use super::checksum::Seal;
use super::disk::Disk;
use super::error::StoreError;
use super::files::{LoadError, LoadedFile, load_person_file};
use super::folders::ReportFolder;
use super::names::file_name_of;
use super::wire::{Role, Unreadable};
use crate::annotation::Person;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The files of a person in a report's folder, and what could not be loaded.
#[derive(Clone, Debug, Default)]
pub struct OwnFiles {
    /// The file that is written, with what the copies hold merged in.
    pub file: Option<LoadedFile>,
    /// Copies that hold something the file does not: merging them changed it.
    pub copies: Vec<PathBuf>,
    /// Files of other people, or of another role, that are not what was written.
    pub others_edited: Vec<PathBuf>,
    /// Files that could not be loaded.
    pub failed: Vec<LoadError>,
}

/// Loads what a person put on a report: their file and all copies of it count as one.
///
/// # Errors
/// If the folder is there and cannot be listed.
pub fn own_files(disk: &dyn Disk, folder: &ReportFolder, person: &Person) -> Result<OwnFiles, StoreError> {
    let mut found = OwnFiles::default();
    let mut own = Vec::new();
    let paths = match disk.list(folder.path()) {
        Ok(paths) => paths,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
        Err(error) => return Err(StoreError::of(folder.path(), &error)),
    };
    for path in paths.into_iter().filter(|path| folder.is_person_file(path)) {
        match load_person_file(disk, &path) {
            Ok(file) if file.record.person.id == person.id && file.record.role == Role::Annotation => own.push(file),
            // The person or the role may be what was damaged.
            Ok(file) if file.seal == Seal::Broken => found.others_edited.push(path),
            Ok(_) => {}
            // Without it the person would go on as if they had tagged nothing.
            Err(LoadError::Store(error)) if rank(&path, person).0 < 2 && may_be_theirs(&error) => return Err(error),
            Err(error) => found.failed.push(error),
        }
    }
    // One that says it is about another report lies in the wrong folder.
    let (own, strangers): (Vec<_>, Vec<_>) = own.into_iter().partition(|file| folder.is_of(file.record.report));
    let mut own: Vec<LoadedFile> = own;
    found.failed.extend(strangers.into_iter().map(|file| LoadError::Unreadable {
        path: file.path,
        why: Unreadable { line: 1, reason: format!("report: {}", file.record.report) },
    }));
    // Sync services put their words behind the name, so of several the one with the person's plain name is the file.
    own.sort_by_key(|file| rank(&file.path, person));
    let mut own = own.into_iter();
    let Some(mut file) = own.next() else { return Ok(found) };
    // A save that was cut off may have left its name for the next power cut to take; one may only read some folders.
    let _ = disk.sync_folder(folder.path());
    for copy in own.filter(|copy| copy.record.report == file.record.report) {
        let merged = file.record.annotations.merged(&copy.record.annotations);
        if merged != file.record.annotations {
            file.record.annotations = merged;
            found.copies.push(copy.path);
        }
    }
    found.file = Some(file);
    Ok(found)
}

/// Where a person's file is, or is to be made.
///
/// # Errors
/// If a file that may be theirs cannot be read: a second one must not be made beside it.
pub fn own_path(disk: &dyn Disk, folder: &ReportFolder, person: &Person) -> Result<PathBuf, StoreError> {
    let own = own_files(disk, folder, person)?;
    if let Some(file) = own.file {
        return Ok(file.path);
    }
    let unread = own.failed.into_iter().find_map(|error| match error {
        LoadError::Store(error) if may_be_theirs(&error) => Some(error),
        LoadError::Store(_) | LoadError::Unreadable { .. } => None,
    });
    match unread {
        Some(error) => Err(error),
        None => Ok(folder.new_person_file(person, &folder.person_files(disk))),
    }
}

/// Whether what could not be read may be a person's file all the same.
const fn may_be_theirs(error: &StoreError) -> bool {
    !matches!(error, StoreError::Missing(_) | StoreError::Folder(_))
}

/// How likely a file is the one the program writes: the person's name first, then that with a part of their id, then others.
fn rank(path: &Path, person: &Person) -> (u8, PathBuf) {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain = file_name_of(&person.name).to_lowercase();
    let id: String = person.id.to_string().chars().take(8).collect();
    let rank = if stem == plain {
        0
    } else if stem == format!("{plain}-{id}") {
        1
    } else {
        2
    };
    (rank, path.to_owned())
}
