//! What people submitted: sealed copies of their files in `submitted/`, which nothing replaces. In a project where people
//! tag blind, others see these.

use super::atomic::{replace, sweep};
use super::checksum::{Seal, seal};
use super::disk::{Disk, is_file};
use super::error::StoreError;
use super::files::{LARGEST, LoadError, LoadedFile, hold, make_lasting_folder, understood};
use super::folders::ReportFolder;
use super::layers::LayerFile;
use super::own::{is_named, is_of, may_be_theirs, misplaced, own_files};
use super::read::read_limited;
use super::watch::hex;
use super::wire::{self, Role, submission_of};
use crate::annotation::{Person, PersonId, Time};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A person's tags as they were submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Where they lie.
    pub path: PathBuf,
    /// When they were submitted; 1970 if that can no longer be read.
    pub at: Time,
    /// SHA-256 of the file they are a copy of; empty if that can no longer be read.
    pub hash: String,
    /// Whether they are what was submitted: the checksum holds.
    pub whole: bool,
}

/// Submits a person's tags as they are saved. What was submitted before stays, and is what is submitted.
///
/// # Errors
/// If there are no tags, they are damaged or of a newer program, or the copy cannot be written.
pub fn submit(disk: &dyn Disk, folder: &ReportFolder, person: &Person, now: Time) -> Result<Snapshot, StoreError> {
    let _held = hold(disk, folder.path());
    let to = folder.submitted();
    if let Some(there) = Submitted::load(disk, folder)?.of(person) {
        // An earlier attempt may have left its name for the next power cut to take.
        disk.sync_folder(to.path()).map_err(|error| StoreError::of(to.path(), &error))?;
        return Ok(there);
    }
    let own = own_files(disk, folder, person, &Role::Annotation)?.file;
    let own = own.ok_or_else(|| StoreError::Missing(folder.new_person_file(person, &Role::Annotation, &[])))?;
    if own.troubles.newer {
        return Err(StoreError::NotAllowed(own.path));
    }
    if own.is_damaged() {
        // What could not be read of it would be gone for good.
        return Err(StoreError::Damaged(own.path));
    }
    let hash = hex(&read_limited(disk, &own.path, LARGEST)?);
    make_lasting_folder(disk, to.path())?;
    sweep(disk, to.path());
    let path = free_path(disk, &to, &own)?;
    let text = wire::print(&wire::person_to_wire(&own.record).submitted(now, &hash));
    replace(disk, &path, seal(text).as_bytes())?;
    Ok(Snapshot { path, at: now, hash, whole: true })
}

/// What a person submitted, if they did.
pub fn submitted_of(disk: &dyn Disk, folder: &ReportFolder, person: &Person) -> Option<Snapshot> {
    Submitted::load(disk, folder).ok()?.of(person)
}

/// Where a file is copied to: under its own name, or one that nobody else has.
fn free_path(disk: &dyn Disk, to: &ReportFolder, own: &LoadedFile) -> Result<PathBuf, StoreError> {
    let taken = disk.list(to.path()).map_err(|error| StoreError::of(to.path(), &error))?;
    let folded = |path: &Path| path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let plain = to.path().join(own.path.file_name().unwrap_or_default());
    if !taken.iter().any(|path| folded(path) == folded(&plain)) {
        return Ok(plain);
    }
    let other = to.new_person_file(&own.record.person, &Role::Annotation, &taken);
    if is_file(disk, &other) { Err(StoreError::InTheWay(other)) } else { Ok(other) }
}

/// All that was submitted in a report's folder.
#[derive(Debug, Default)]
pub(super) struct Submitted {
    copies: Vec<Copied>,
    /// What could not be loaded.
    pub(super) failed: Vec<LoadError>,
}

/// A submitted copy.
#[derive(Debug)]
struct Copied {
    file: LoadedFile,
    /// When it was submitted and of which file it is a copy, as far as it says so.
    says: Option<(Time, String)>,
}

impl Submitted {
    /// Loads it.
    ///
    /// # Errors
    /// If the folder is there and cannot be listed.
    pub(super) fn load(disk: &dyn Disk, folder: &ReportFolder) -> Result<Self, StoreError> {
        let here = folder.submitted();
        let paths = match disk.list(here.path()) {
            Ok(paths) => paths,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
            Err(error) => return Err(StoreError::of(here.path(), &error)),
        };
        let mut found = Self::default();
        for path in paths.into_iter().filter(|path| here.is_person_file(path)) {
            match Copied::load(disk, &path) {
                Ok(copy) if !folder.is_of(copy.file.record.report) => found.failed.push(misplaced(&copy.file)),
                Ok(copy) => found.copies.push(copy),
                Err(error) => found.failed.push(error),
            }
        }
        Ok(found)
    }

    /// What a person submitted. A damaged copy with their name is theirs: it may be the name in it that was damaged.
    pub(super) fn of(&self, person: &Person) -> Option<Snapshot> {
        let own = self.copies.iter().filter(|copy| is_of(&copy.file, person, &Role::Annotation)).min_by_key(|copy| copy.rank());
        let is_theirs = |path: &Path| is_named(path, person, &Role::Annotation);
        let damaged = || self.copies.iter().find(|copy| !copy.is_whole() && is_theirs(&copy.file.path)).map(|copy| copy.file.path.clone());
        let is_there = |error: &&LoadError| match error {
            LoadError::Store(error) => may_be_theirs(error),
            LoadError::Unreadable { .. } => true,
        };
        let unread = || self.failed.iter().filter(is_there).map(LoadError::path).find(|path| is_theirs(path)).map(Path::to_owned);
        let lost = || damaged().or_else(unread).map(|path| Snapshot { path, at: Time::default(), hash: String::new(), whole: false });
        own.map(Copied::snapshot).or_else(lost)
    }

    /// What each person submitted, as a layer.
    pub(super) fn layers(&self) -> BTreeMap<PersonId, LayerFile> {
        let mut copies: Vec<&Copied> = self.copies.iter().filter(|copy| copy.file.record.role == Role::Annotation).collect();
        copies.sort_by_cached_key(|copy| copy.rank());
        let mut layers = BTreeMap::new();
        for copy in copies {
            layers.entry(copy.file.record.person.id).or_insert_with(|| copy.layer());
        }
        layers
    }
}

impl Copied {
    fn load(disk: &dyn Disk, path: &Path) -> Result<Self, LoadError> {
        let bytes = read_limited(disk, path, LARGEST)?;
        Ok(Self { file: understood(path, &bytes)?, says: submission_of(&String::from_utf8_lossy(&bytes)) })
    }

    fn is_whole(&self) -> bool {
        self.file.seal == Seal::Intact && self.says.is_some()
    }

    /// Which of several copies of one person's counts: one that is whole, then the first that was submitted. Two machines
    /// that did not see each other may both have submitted.
    fn rank(&self) -> (bool, Option<Time>, PathBuf) {
        (!self.is_whole(), self.says.as_ref().map(|(at, _)| *at), self.file.path.clone())
    }

    fn snapshot(&self) -> Snapshot {
        let (at, hash) = self.says.clone().unwrap_or_default();
        Snapshot { path: self.file.path.clone(), at, hash, whole: self.is_whole() }
    }

    fn layer(&self) -> LayerFile {
        let at = self.says.as_ref().map(|(at, _)| *at).unwrap_or_default();
        let layer = LayerFile::of(&self.file, self.file.record.annotations.clone());
        LayerFile { submitted: Some(at), edited: !self.is_whole(), ..layer }
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, edit, person};
    use super::super::disk::RealDisk;
    use super::super::files::load_person_file;
    use super::*;

    const AT: Time = Time(1_795_339_812_480);

    fn submitted(desk: &Desk, person: &Person) -> Option<Snapshot> {
        submitted_of(&RealDisk, &desk.here, person)
    }

    #[test]
    fn what_was_submitted_is_a_copy_that_stays() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        let own = desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4), (5, 7)]);
        assert_eq!(submitted(&desk, &wang), None);
        let first = submit(&RealDisk, &desk.here, &wang, AT).unwrap();
        let path = desk.here.path().join("submitted").join("王小明.ron");
        let expected = Snapshot { path: path.clone(), at: AT, hash: hex(&std::fs::read(&own).unwrap()), whole: true };
        assert_eq!((&first, submitted(&desk, &wang).as_ref()), (&expected, Some(&expected)));
        let (copy, there) = (load_person_file(&RealDisk, &path).unwrap(), load_person_file(&RealDisk, &own).unwrap());
        assert_eq!((copy.seal, &copy.record.annotations), (Seal::Intact, &there.record.annotations));
        assert!(std::fs::read_to_string(&path).unwrap().contains("    \"submitted\": \"2026-11-22T09:30:12.480Z\",\n"));

        let bytes = std::fs::read(&path).unwrap();
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
        assert_eq!(submit(&RealDisk, &desk.here, &wang, Time(AT.0 + 1)), Ok(first));
        assert!(std::fs::read(&path).unwrap() == bytes);
        let own = own_files(&RealDisk, &desk.here, &wang, &Role::Annotation).unwrap();
        assert_eq!((own.copies, own.file.unwrap().record.annotations.tag_count()), (Vec::new(), 1), "it is none of the person's files");
        assert_eq!(submitted(&desk, &person(2, "李华")), None);
    }

    #[test]
    fn what_copies_hold_is_submitted_too() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
        desk.put("王小明 (冲突).ron", &wang, Role::Annotation, &[(5, 7)]);
        desk.put("王小明-adjudication.ron", &wang, Role::Adjudication, &[(8, 9)]);
        let copy = submit(&RealDisk, &desk.here, &wang, AT).unwrap().path;
        assert_eq!(load_person_file(&RealDisk, &copy).unwrap().record.annotations.tag_count(), 2);
    }

    #[test]
    fn what_is_missing_damaged_or_newer_is_not_submitted() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        let plain = desk.here.path().join("王小明.ron");
        assert_eq!(submit(&RealDisk, &desk.here, &wang, AT), Err(StoreError::Missing(plain.clone())));
        for (from, to, error) in [
            ("version: 1", "version: 2", StoreError::NotAllowed(plain.clone())),
            ("kind: \"target\"", "kind: target", StoreError::Damaged(plain.clone())),
        ] {
            desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
            edit(&plain, from, to);
            assert_eq!(submit(&RealDisk, &desk.here, &wang, AT), Err(error));
            assert_eq!(submitted(&desk, &wang), None);
        }
    }

    #[test]
    fn damage_to_what_was_submitted_is_noticed_and_does_not_undo_it() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4), (5, 7)]);
        let whole = submit(&RealDisk, &desk.here, &wang, AT).unwrap();
        let text = std::fs::read_to_string(&whole.path).unwrap();
        for (from, to, is_readable) in [
            ("kind: \"target\"", "kind: \"indicator\"", true),
            ("kind: \"target\"", "kind: target", true),
            ("// sha256 of all above", "// sha256", true),
            ("\"submitted\": \"2026", "\"submitted\": \"then", false),
            ("\"submitted\"", "\"handed in\"", false),
            ("00000001\"", "00000002\"", false),
            ("report: \"", "report: ", false),
            ("(", "", true),
        ] {
            std::fs::write(&whole.path, text.replacen(from, to, 1)).unwrap();
            let now = submitted(&desk, &wang).unwrap();
            let at = if is_readable { AT } else { Time::default() };
            assert_eq!((&now.path, now.whole, now.at), (&whole.path, false, at), "{to}");
            assert_eq!(submit(&RealDisk, &desk.here, &wang, AT), Ok(now), "{to}");
        }
        std::fs::write(&whole.path, text.replace('\n', "\r\n")).unwrap();
        assert_eq!(submitted(&desk, &wang), Some(whole), "other line ends damage nothing");
    }

    #[test]
    fn of_two_machines_that_submit_the_first_counts() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
        let later = submit(&RealDisk, &desk.here, &wang, Time(AT.0 + 5)).unwrap().path;
        let beside = later.with_file_name("王小明 (冲突).ron");
        std::fs::rename(&later, &beside).unwrap();
        let first = submitted_elsewhere(&desk, &wang);
        assert_eq!(submitted(&desk, &wang), Some(first.clone()));
        edit(&first.path, "kind: \"target\"", "kind: \"indicator\"");
        assert_eq!(submitted(&desk, &wang).unwrap().path, beside, "one that is whole comes before one that is not");
    }

    /// What another machine submitted that had not seen the copy that is there.
    fn submitted_elsewhere(desk: &Desk, wang: &Person) -> Snapshot {
        let submitted = desk.here.submitted().path().to_owned();
        let aside = desk.root().join("aside");
        std::fs::rename(&submitted, &aside).unwrap();
        let first = submit(&RealDisk, &desk.here, wang, AT).unwrap();
        for entry in std::fs::read_dir(&aside).unwrap().map(Result::unwrap) {
            std::fs::rename(entry.path(), submitted.join(entry.file_name())).unwrap();
        }
        first
    }

    #[test]
    fn nobodys_copy_takes_the_place_of_somebody_elses() {
        let (desk, wang, other) = (Desk::new(), person(1 << 96, "王小明"), person(2, "王小明"));
        desk.put("王小明.ron", &other, Role::Annotation, &[(0, 4)]);
        let theirs = submit(&RealDisk, &desk.here, &other, AT).unwrap();
        // The other one's file goes, and their name is free.
        desk.put("王小明.ron", &wang, Role::Annotation, &[(5, 7)]);
        let own = submit(&RealDisk, &desk.here, &wang, AT).unwrap();
        assert_eq!(own.path, theirs.path.with_file_name("王小明-00000001.ron"));
        assert_eq!((submitted(&desk, &other), submitted(&desk, &wang)), (Some(theirs), Some(own)));
    }
}
