//! Taking a pack in: what is missing is written, people's work is merged, and what is there stays.

use super::archive::Archive;
use super::contents::Entry;
use super::names::{Place, is_through_link, place_of, short_hash};
use super::{LARGEST_KEPT, MOST, PackError, read_person};
use crate::annotation::{PersonId, Time};
use crate::report::ReportId;
use crate::store::atomic::replace;
use crate::store::disk::{Disk, is_folder};
use crate::store::error::StoreError;
use crate::store::files::{LoadedFile, load_person_file, load_report_record, load_source, save_person_file};
use crate::store::folders::{ReportFolder, is_inside_project, project_file};
use crate::store::project::{Cancel, reviewing_of};
use crate::store::read::read_limited;
use crate::store::submitted::submitted_of;
use crate::store::unseal;
use crate::store::versions::keep_version;
use crate::store::wire::{PersonRecord, ReportFile, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// How deep a folder is looked into for reports that are there already.
const DEEPEST: usize = 12;

/// What was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// How many reports were written.
    pub reports: usize,
    /// Those that were written under another name, because another file has theirs.
    pub beside: Vec<PathBuf>,
    /// How many people's work was written or merged.
    pub people: usize,
    /// How many more tags there are.
    pub tags: usize,
    /// Whether people tag blind: how many tags there are then is nothing for those who tag.
    pub blind: bool,
    /// How many more tags there are of which two hands made different things.
    pub conflicts: usize,
    /// Files of reports, the codebook, and what was submitted, that say something else than those in the pack, and stayed.
    pub differing: Vec<PathBuf>,
    /// Names of files in the pack that were not taken.
    pub not_taken: Vec<String>,
    /// Whether it was stopped; taking the pack in again does the rest.
    pub stopped: bool,
}

/// Takes a pack in: merges it into the project in `root`. Nothing is written before all of the pack is known to be whole.
///
/// # Errors
/// If the pack is refused, or a file cannot be written; what was taken in by then stays, and taking the pack in again does
/// the rest.
pub fn unpack(disk: &dyn Disk, pack: &Path, root: &Path, now: Time, cancel: &Cancel) -> Result<Unpacked, PackError> {
    let mut archive = Archive::open(disk, pack)?;
    let Some(card) = archive.survey(cancel)? else { return Ok(Unpacked { stopped: true, ..Unpacked::default() }) };
    let mut entries = archive.entries().to_vec();
    entries.sort_by_key(|entry| rank(&entry.name));
    let done = Unpacked { not_taken: card.not_taken, ..Unpacked::default() };
    let files = files_below(disk, root);
    let mut taking = Taking { disk, root, now, files, reports: BTreeMap::new(), folders: BTreeMap::new(), people: BTreeSet::new(), done };
    for entry in entries {
        if cancel.is_cancelled() {
            taking.done.stopped = true;
            break;
        }
        let bytes = archive.take(&entry)?;
        if !taking.take(&entry, &bytes)? {
            taking.done.not_taken.push(entry.name);
        }
    }
    Ok(Unpacked { people: taking.people.len(), blind: reviewing_of(disk, root).blind, ..taking.done })
}

/// In which order files are taken: where a report lies decides where the folder of its tags is, a text comes before the
/// file that says how it was read, and that before the tags on it.
fn rank(name: &str) -> u8 {
    match place_of(name) {
        Some(Place::Project | Place::Own(_)) => 0,
        Some(Place::Report) => 1,
        Some(Place::Kept { file: "source.txt", .. }) => 2,
        Some(Place::Kept { file: "report.ron", .. }) => 3,
        _ => 4,
    }
}

/// The files below a folder by their length, what is kept of them apart.
fn files_below(disk: &dyn Disk, root: &Path) -> BTreeMap<u64, Vec<PathBuf>> {
    let mut files: BTreeMap<u64, Vec<PathBuf>> = BTreeMap::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in disk.entries(&folder).unwrap_or_default() {
            let name = entry.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.') || name == "jiannuo" {
                continue;
            }
            if !entry.is_folder {
                files.entry(entry.stamp.len).or_default().push(entry.path);
            } else if depth < DEEPEST {
                folders.push((entry.path, depth + 1));
            }
        }
    }
    files
}

/// A pack being taken in.
struct Taking<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
    now: Time,
    /// The files that were there before, by length.
    files: BTreeMap<u64, Vec<PathBuf>>,
    /// Where reports lie, by the folder in the pack that holds what is kept of them.
    reports: BTreeMap<String, PathBuf>,
    /// Where it is kept here, by the same.
    folders: BTreeMap<String, ReportFolder>,
    people: BTreeSet<PersonId>,
    done: Unpacked,
}

impl Taking<'_> {
    /// Takes a file; whether it is one that is taken.
    fn take(&mut self, entry: &Entry, bytes: &[u8]) -> Result<bool, StoreError> {
        match place_of(&entry.name) {
            None => Ok(false),
            Some(Place::Project) => {
                // A folder inside a project keeps its tags there.
                if !is_inside_project(self.disk, self.root) {
                    self.take_missing(&project_file(self.root), bytes)?;
                }
                Ok(true)
            }
            Some(Place::Own(file)) => {
                let path = project_file(self.root).with_file_name(file);
                if !self.take_missing(&path, bytes)? {
                    self.done.differing.push(path);
                }
                Ok(true)
            }
            Some(Place::Report) => self.take_report(entry, bytes),
            Some(Place::Kept { folder, file: "source.txt" }) => self.take_source(folder, bytes),
            Some(Place::Kept { folder, file: "report.ron" }) => self.take_report_file(folder, bytes),
            Some(Place::Kept { folder, file }) => self.take_person(folder, file, bytes),
            Some(Place::Submitted { folder, file }) => self.take_submitted(folder, file, bytes),
        }
    }

    /// Writes a file where there is none; whether these bytes now stand there.
    fn take_missing(&self, path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
        match read_limited(self.disk, path, LARGEST_KEPT) {
            Err(StoreError::Missing(_)) => self.write(path, bytes).map(|()| true),
            there => Ok(there? == bytes),
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let folder = path.parent().unwrap_or(self.root);
        self.disk.make_folder(folder).map_err(|error| StoreError::of(folder, &error))?;
        replace(self.disk, path, bytes)
    }

    /// Writes a report, unless a file with its bytes lies in the project.
    fn take_report(&mut self, entry: &Entry, bytes: &[u8]) -> Result<bool, StoreError> {
        let path = entry.name.split('/').fold(self.root.to_owned(), |path, step| path.join(step));
        if path.parent().is_some_and(|folder| is_through_link(self.disk, self.root, folder)) {
            return Ok(false);
        }
        let is_same = |path: &&PathBuf| self.disk.read(path, entry.length).is_ok_and(|there| there == bytes);
        let others = self.files.get(&entry.length).into_iter().flatten();
        let there = std::iter::once(&path).chain(others).find(is_same).cloned();
        let there = match there {
            Some(there) => there,
            None => self.write_report(path, bytes)?,
        };
        if let Some(kept) = &entry.kept {
            self.reports.insert(kept.clone(), there);
        }
        Ok(true)
    }

    /// Writes a report under its name, or a name beside it if another file has that; returns where.
    fn write_report(&mut self, path: PathBuf, bytes: &[u8]) -> Result<PathBuf, StoreError> {
        let is_free = |path: &PathBuf| self.disk.about(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        let free = std::iter::once(path.clone()).chain((2..MOST).map(|number| numbered(&path, number))).find(is_free);
        let free = free.ok_or_else(|| StoreError::NotAllowed(path.clone()))?;
        self.write(&free, bytes)?;
        self.done.reports += 1;
        if free != path {
            self.done.beside.push(free.clone());
        }
        Ok(free)
    }

    /// Puts a report's source text where it is missing.
    fn take_source(&mut self, folder: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok(false) };
        let id = ReportId::of(text);
        let Some(folder) = self.folder(folder, id) else { return Ok(false) };
        if load_source(self.disk, &folder, id).is_none() {
            self.write(&folder.source_file(), bytes)?;
        }
        Ok(true)
    }

    /// Puts a report's own file where it is missing: corrections that are there stay.
    fn take_report_file(&mut self, folder: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let Ok(theirs) = ReportFile::parse(&unseal(bytes).0) else { return Ok(false) };
        let folder = theirs.report.parse::<ReportId>().ok().and_then(|id| self.folder(folder, id));
        let Some(folder) = folder else { return Ok(false) };
        let path = folder.report_file();
        if !self.take_missing(&path, bytes)? {
            let corrections = load_report_record(self.disk, &folder).map(|record| record.corrections);
            if corrections != theirs.record().map(|record| record.corrections) {
                self.done.differing.push(path);
            }
        }
        Ok(true)
    }

    /// Merges a person's file with the one of the same person, report and role, or writes it where there is none.
    fn take_person(&mut self, folder: &str, file: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let Ok((theirs, troubles)) = read_person(bytes) else { return Ok(false) };
        let Some(folder) = self.folder(folder, theirs.report) else { return Ok(false) };
        let Some(there) = self.there(&folder, &theirs) else {
            let path = self.free_path(&folder, file, &theirs)?;
            self.write(&path, bytes)?;
            self.count(&theirs, 0, 0);
            return Ok(true);
        };
        let merged = there.record.annotations.merged(&theirs.annotations);
        if merged == there.record.annotations {
            return Ok(true);
        }
        // What a newer program wrote may hold what this one cannot write.
        if troubles.newer || there.troubles.newer {
            return Ok(false);
        }
        // That no version could be kept is no reason not to merge: merging loses nothing.
        let _ = keep_version(self.disk, &there.path, self.now);
        let (tags, conflicts) = (there.record.annotations.tag_count(), there.record.annotations.conflicts().count());
        let mut record = PersonRecord { annotations: merged, ..there.record };
        record.annotations = save_person_file(self.disk, &there.path, &record)?;
        self.count(&record, tags, conflicts);
        Ok(true)
    }

    /// Puts what somebody submitted where they have submitted nothing: what was submitted stays as it is.
    fn take_submitted(&mut self, folder: &str, file: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let Ok((theirs, _)) = read_person(bytes) else { return Ok(false) };
        let folder = Some(theirs.report).filter(|_| theirs.role == Role::Annotation).and_then(|id| self.folder(folder, id));
        let Some(folder) = folder else { return Ok(false) };
        match submitted_of(self.disk, &folder, &theirs.person) {
            Some(there) if read_limited(self.disk, &there.path, LARGEST_KEPT)? == bytes => {}
            Some(there) => self.done.differing.push(there.path),
            None => {
                let path = self.free_path(&folder.submitted(), file, &theirs)?;
                self.write(&path, bytes)?;
                self.people.insert(theirs.person.id);
            }
        }
        Ok(true)
    }

    /// Counts what was taken of a person's work, of which there were so many tags and conflicts before.
    fn count(&mut self, record: &PersonRecord, tags: usize, conflicts: usize) {
        self.people.insert(record.person.id);
        if record.role != Role::Annotation {
            return;
        }
        self.done.tags += record.annotations.tag_count().saturating_sub(tags);
        self.done.conflicts += record.annotations.conflicts().count().saturating_sub(conflicts);
    }

    /// The file that holds the same person's work of the same sort on the same report. Of several, sync services put their
    /// words behind the name, so the shortest name is the one that is written.
    fn there(&self, folder: &ReportFolder, theirs: &PersonRecord) -> Option<LoadedFile> {
        let is_same = |file: &LoadedFile| {
            let there = &file.record;
            there.person.id == theirs.person.id && there.report == theirs.report && there.role == theirs.role
        };
        let files = folder.person_files(self.disk).into_iter().filter_map(|path| load_person_file(self.disk, &path).ok());
        files.filter(is_same).min_by_key(|file| file.path.as_os_str().len())
    }

    /// Where a new person's file goes: under the name it has in the pack, or one that is free.
    fn free_path(&self, folder: &ReportFolder, file: &str, theirs: &PersonRecord) -> Result<PathBuf, StoreError> {
        let files = self.disk.list(folder.path()).unwrap_or_default();
        let folded = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().to_lowercase());
        let taken: BTreeSet<Option<String>> = files.iter().map(folded).collect();
        let (plain, new) = (folder.path().join(file), folder.new_person_file(&theirs.person, &theirs.role, &files));
        let mut names = [plain.clone(), new].into_iter().chain((2..MOST).map(|number| numbered(&plain, number)));
        names.find(|path| !taken.contains(&folded(path))).ok_or_else(|| StoreError::NotAllowed(plain.clone()))
    }

    /// The folder here of what the pack keeps in one of its folders, of the report it says it is about. The one in the
    /// project counts first, as for the project's grid, then the one that opening the report would find.
    fn folder(&mut self, folder: &str, id: ReportId) -> Option<ReportFolder> {
        let (stem, digits) = short_hash(folder)?;
        if digits != id.short() {
            return None;
        }
        if let Some(known) = self.folders.get(folder) {
            return Some(known.clone());
        }
        let is_there = |folder: &ReportFolder| is_folder(self.disk, folder.path());
        let inside = |project: &Path| ReportFolder::inside(self.disk, project, Path::new(stem), id);
        let own = inside(self.root);
        let found = self.reports.get(folder).filter(|_| !is_there(&own)).map(|report| ReportFolder::find(self.disk, report, id));
        let here = match found {
            // An open report without tags yet will make this folder, too.
            Some(found) => found,
            None => own,
        };
        self.folders.insert(folder.to_owned(), here.clone());
        Some(here)
    }
}

/// A name beside a file's: `name (2).txt`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem} ({number}){ending}"))
}
