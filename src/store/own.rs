//! A person's files on a report: the one that is written, and copies of it that a sync service or a person made.

use super::disk::Disk;
use super::files::{LoadError, LoadedFile, load_person_file};
use super::folders::ReportFolder;
use super::names::file_name_of;
use super::wire::Role;
use crate::annotation::Person;
use std::path::{Path, PathBuf};

/// The files of a person in a report's folder, and what could not be loaded.
#[derive(Clone, Debug, Default)]
pub struct OwnFiles {
    /// The file that is written, with what the copies hold merged in.
    pub file: Option<LoadedFile>,
    /// Copies that hold something the file does not: merging them changed it.
    pub copies: Vec<PathBuf>,
    /// Files that could not be loaded.
    pub failed: Vec<LoadError>,
}

/// Loads what a person put on a report: their file and all copies of it count as one.
pub fn own_files(disk: &dyn Disk, folder: &ReportFolder, person: &Person) -> OwnFiles {
    let mut found = OwnFiles::default();
    let mut own = Vec::new();
    for path in folder.person_files(disk) {
        match load_person_file(disk, &path) {
            Ok(file) if file.record.person.id == person.id && file.record.role == Role::Annotation => own.push(file),
            Ok(_) => {}
            Err(error) => found.failed.push(error),
        }
    }
    // Sync services put their words behind the name, so of several the one with the person's plain name is the file.
    own.sort_by_key(|file| rank(&file.path, person));
    let mut own = own.into_iter();
    let Some(mut file) = own.next() else { return found };
    for copy in own.filter(|copy| copy.record.report == file.record.report) {
        let merged = file.record.annotations.merged(&copy.record.annotations);
        if merged != file.record.annotations {
            file.record.annotations = merged;
            found.copies.push(copy.path);
        }
    }
    found.file = Some(file);
    found
}

/// Where a person's file is, or is to be made.
pub fn own_path(disk: &dyn Disk, folder: &ReportFolder, person: &Person) -> PathBuf {
    own_files(disk, folder, person).file.map_or_else(|| folder.new_person_file(person, &folder.person_files(disk)), |file| file.path)
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
