//! A person's files on a report, in one role: the one that is written, and copies of it that a sync service or a person made.

use super::checksum::Seal;
use super::disk::Disk;
use super::error::StoreError;
use super::files::{LoadError, LoadedFile, load_person_file};
use super::folders::{ReportFolder, stem_of};
use super::wire::{Role, Unreadable};
use crate::annotation::Person;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The files of a person in a report's folder in one role, and what could not be loaded.
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

/// A person's file as it was loaded, or why it was not.
pub(super) type Loaded = Result<LoadedFile, LoadError>;

/// Loads the people's files in a report's folder.
///
/// # Errors
/// If the folder is there and cannot be listed.
pub(super) fn load_people(disk: &dyn Disk, folder: &ReportFolder) -> Result<Vec<Loaded>, StoreError> {
    let paths = match disk.list(folder.path()) {
        Ok(paths) => paths,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
        Err(error) => return Err(StoreError::of(folder.path(), &error)),
    };
    Ok(paths.into_iter().filter(|path| folder.is_person_file(path)).map(|path| load_person_file(disk, &path)).collect())
}

/// Loads what a person put on a report in a role: their file and all copies of it count as one.
///
/// # Errors
/// If the folder is there and cannot be listed, or a file that may be theirs cannot be read.
pub fn own_files(disk: &dyn Disk, folder: &ReportFolder, person: &Person, role: &Role) -> Result<OwnFiles, StoreError> {
    own_among(disk, folder, load_people(disk, folder)?, person, role)
}

/// What of the files in a report's folder is a person's in a role.
pub(super) fn own_among(
    disk: &dyn Disk,
    folder: &ReportFolder,
    loaded: Vec<Loaded>,
    person: &Person,
    role: &Role,
) -> Result<OwnFiles, StoreError> {
    let mut found = OwnFiles::default();
    let mut own = Vec::new();
    for file in loaded {
        match file {
            // One that says it is about another report lies in the wrong folder.
            Ok(file) if is_of(&file, person, role) && !folder.is_of(file.record.report) => found.failed.push(misplaced(&file)),
            Ok(file) if is_of(&file, person, role) => own.push(file),
            // The person or the role may be what was damaged.
            Ok(file) if file.seal == Seal::Broken => found.others_edited.push(file.path),
            Ok(_) => {}
            // Without it the person would go on as if they had tagged nothing.
            Err(LoadError::Store(error)) if is_named(error.path(), person, role) && may_be_theirs(&error) => return Err(error),
            Err(error) => found.failed.push(error),
        }
    }
    // Sync services put their words behind the name, so of several the one with the person's plain name is the file.
    own.sort_by_cached_key(|file| rank(&file.path, person, role));
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

/// Where a person's file in a role is, or is to be made.
///
/// # Errors
/// If a file that may be theirs cannot be read: a second one must not be made beside it.
pub fn own_path(disk: &dyn Disk, folder: &ReportFolder, person: &Person, role: &Role) -> Result<PathBuf, StoreError> {
    let own = own_files(disk, folder, person, role)?;
    if let Some(file) = own.file {
        return Ok(file.path);
    }
    let unread = own.failed.into_iter().find_map(|error| match error {
        LoadError::Store(error) if may_be_theirs(&error) => Some(error),
        LoadError::Store(_) | LoadError::Unreadable { .. } => None,
    });
    match unread {
        Some(error) => Err(error),
        None => Ok(folder.new_person_file(person, role, &folder.person_files(disk))),
    }
}

/// Whether a file is a person's in a role.
pub(super) fn is_of(file: &LoadedFile, person: &Person, role: &Role) -> bool {
    file.record.person.id == person.id && file.record.role == *role
}

/// Why a file does not count that says it is about another report than its folder.
pub(super) fn misplaced(file: &LoadedFile) -> LoadError {
    let why = Unreadable { line: 1, reason: format!("report: {}", file.record.report) };
    LoadError::Unreadable { path: file.path.clone(), why }
}

/// Whether what could not be read may be a person's file all the same.
pub(super) const fn may_be_theirs(error: &StoreError) -> bool {
    !matches!(error, StoreError::Missing(_) | StoreError::Folder(_))
}

/// Whether a file is called as the program calls a person's in a role.
pub(super) fn is_named(path: &Path, person: &Person, role: &Role) -> bool {
    rank(path, person, role).0 < 2
}

/// How likely a file is the one the program writes: the person's name first, then that with a part of their id, then others.
pub(super) fn rank(path: &Path, person: &Person, role: &Role) -> (u8, PathBuf) {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    let plain = stem_of(person, role).to_lowercase();
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

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, edit, person};
    use super::super::disk::RealDisk;
    use super::super::files::save_person_file;
    use super::*;

    const ROLES: [Role; 2] = [Role::Annotation, Role::Adjudication];

    #[test]
    fn tags_and_decisions_of_one_person_are_files_beside_each_other() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        for (role, name, end) in [(Role::Annotation, "王小明.ron", 4), (Role::Adjudication, "王小明-adjudication.ron", 6)] {
            let path = own_path(&RealDisk, &desk.here, &wang, &role).unwrap();
            assert_eq!(path, desk.here.path().join(name));
            save_person_file(&RealDisk, &path, &desk.record(&wang, role.clone(), &[(0, end)])).unwrap();
            assert_eq!(own_path(&RealDisk, &desk.here, &wang, &role), Ok(path));
        }
        for (role, end) in ROLES.into_iter().zip([4, 6]) {
            let own = own_files(&RealDisk, &desk.here, &wang, &role).unwrap();
            assert!(own.copies.is_empty() && own.failed.is_empty());
            let record = own.file.unwrap().record;
            assert_eq!((record.annotations.order()[0].0.end().get(), record.annotations.tag_count(), record.role), (end, 1, role));
        }
    }

    #[test]
    fn a_name_that_is_taken_gets_a_part_of_the_persons_id() {
        // Somebody may be called as another's file of decisions is.
        let (desk, wang, other) = (Desk::new(), person(1 << 96, "王小明"), person(2, "王小明-Adjudication"));
        desk.put("王小明-Adjudication.ron", &other, Role::Annotation, &[]);
        let path = own_path(&RealDisk, &desk.here, &wang, &Role::Adjudication).unwrap();
        assert_eq!(path, desk.here.path().join("王小明-adjudication-00000001.ron"));
        let tags = desk.put("王小明.ron", &wang, Role::Annotation, &[]);
        assert_eq!(own_path(&RealDisk, &desk.here, &wang, &Role::Annotation), Ok(tags));
    }

    #[test]
    fn a_save_writes_over_no_file_of_another_role() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        let path = desk.put("王小明.ron", &wang, Role::Adjudication, &[(0, 4)]);
        let before = std::fs::read(&path).unwrap();
        let merged = save_person_file(&RealDisk, &path, &desk.record(&wang, Role::Annotation, &[(5, 7)])).unwrap();
        assert_eq!(merged.tag_count(), 1);
        let beside = std::fs::read_dir(desk.here.path()).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap_or_default());
        assert_eq!(beside.filter(|bytes| *bytes == before).count(), 1, "what stood there is kept beside");
    }

    #[test]
    fn copies_count_in_the_role_they_are_of() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
        let copy = desk.put("王小明-adjudication (冲突).ron", &wang, Role::Adjudication, &[(5, 7)]);
        desk.put("王小明-adjudication.ron", &wang, Role::Adjudication, &[(0, 4)]);
        for (role, copies, tags) in [(Role::Annotation, Vec::new(), 1), (Role::Adjudication, vec![copy.clone()], 2)] {
            let own = own_files(&RealDisk, &desk.here, &wang, &role).unwrap();
            assert_eq!((own.copies, own.file.unwrap().record.annotations.tag_count()), (copies, tags), "{role:?}");
        }
        edit(&copy, "role: \"adjudication\"", "role: \"annotatiom\"");
        let own = own_files(&RealDisk, &desk.here, &wang, &Role::Adjudication).unwrap();
        assert_eq!((own.copies, own.others_edited), (Vec::new(), vec![copy]), "the role may be what was damaged");
    }
}
