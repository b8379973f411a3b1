//! Seeing what others wrote: the files of an opened report are looked at again and again.
//!
//! Shares and sync services send no change notices, or false ones, so lengths and times are compared at every look, and
//! now and then the bytes themselves: a share may give a new file the old time.

use super::disk::{Disk, Stamp};
use super::files::{LoadedFile, load_person_file};
use super::folders::ReportFolder;
use super::proposing::{LexiconTrouble, Proposing, files_of, proposing_of};
use super::read::read_limited;
use super::wire::Role;
use crate::annotation::PersonId;
use crate::source;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Every so many looks the bytes are compared, too.
const THOROUGH: u32 = 20;
/// The largest file whose bytes are compared at a look.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What was last seen of a report and of the files beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    looks: u32,
    files: BTreeMap<PathBuf, Mark>,
}

impl Seen {
    /// Nothing was seen yet.
    pub const NOTHING: Self = Self { looks: 0, files: BTreeMap::new() };
}

/// What tells one state of a file from another.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    stamp: Stamp,
    hash: String,
}

/// What a look found.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// What was seen, for the next look.
    pub seen: Seen,
    /// The person's files that have changed since.
    pub own: Vec<LoadedFile>,
    /// Whether the report itself is another file than the one that was opened.
    pub report_changed: bool,
    /// What the project says of proposals, where that has changed, and what is wrong with it.
    pub proposing: Option<(Proposing, Vec<LexiconTrouble>)>,
}

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The report.
    pub report: PathBuf,
    /// SHA-256 of its bytes as opened.
    pub original: String,
    /// The folder of its tags.
    pub folder: ReportFolder,
    /// Whose files matter.
    pub person: Option<PersonId>,
    /// The folder of the project, whose own file says whether proposals are shown.
    pub project: PathBuf,
    /// What was seen at the last look.
    pub seen: Seen,
}

/// Looks at a report and the person's files on it again.
pub fn look(disk: &dyn Disk, watched: &Watched) -> Look {
    let Watched { report, original, folder, person, project, seen: before } = watched;
    let looks = before.looks.wrapping_add(1);
    let thorough = looks.is_multiple_of(THOROUGH);
    let mut found = Look { seen: Seen { looks, files: BTreeMap::new() }, ..Look::default() };
    let first = before.files.is_empty();
    for entry in disk.entries(folder.path()).unwrap_or_default() {
        if entry.is_folder || !folder.is_person_file(&entry.path) {
            continue;
        }
        let known = before.files.get(&entry.path);
        if let Some(known) = known.filter(|known| known.stamp == entry.stamp && !thorough) {
            found.seen.files.insert(entry.path, known.clone());
            continue;
        }
        // A file that cannot be read now is looked at again at the next look.
        let Some(hash) = hash_of(disk, &entry.path) else { continue };
        let changed = known.is_none_or(|known| known.hash != hash);
        if changed
            && let Ok(file) = load_person_file(disk, &entry.path)
            && person.is_some_and(|person| person == file.record.person.id)
            && file.record.role == Role::Annotation
        {
            found.own.push(file);
        }
        found.seen.files.insert(entry.path, Mark { stamp: entry.stamp, hash });
    }
    if let Ok(about) = disk.about(report) {
        let known = before.files.get(report);
        let mark = match known.filter(|known| known.stamp == about.stamp && !thorough) {
            Some(known) => Some(known.clone()),
            None if first && !thorough => Some(Mark { stamp: about.stamp, hash: original.clone() }),
            None => whole_hash(disk, report).map(|hash| Mark { stamp: about.stamp, hash }),
        };
        if let Some(mark) = mark {
            found.report_changed = mark.hash != *original;
            found.seen.files.insert(report.clone(), mark);
        }
    }
    let mut is_project_changed = false;
    for path in files_of(folder, project) {
        let mark = match disk.about(&path) {
            Ok(about) => Some(Mark { stamp: about.stamp, hash: String::new() }),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
            // What cannot be seen now is taken to be as it was.
            Err(_) => before.files.get(&path).cloned(),
        };
        is_project_changed |= before.files.get(&path) != mark.as_ref();
        found.seen.files.extend(mark.map(|mark| (path, mark)));
    }
    if is_project_changed && before.looks > 0 {
        found.proposing = Some(proposing_of(disk, folder));
    }
    found
}

fn hash_of(disk: &dyn Disk, path: &Path) -> Option<String> {
    Some(hex(&read_limited(disk, path, LARGEST).ok()?))
}

fn whole_hash(disk: &dyn Disk, path: &Path) -> Option<String> {
    Some(hex(&read_limited(disk, path, source::LARGEST).ok()?))
}

/// SHA-256 in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
