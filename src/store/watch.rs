//! Seeing what others wrote: the files of an opened report are looked at again and again.
//!
//! Shares and sync services send no change notices, or false ones, so lengths and times are compared at every look, and
//! now and then the bytes themselves: a share may give a new file the old time.

use super::disk::{Disk, Entry, Stamp};
use super::files::{LoadedFile, load_person_file};
use super::folders::ReportFolder;
use super::layers::{FolderLayers, layers_of};
use super::own::is_of;
use super::project::{Reviewing, reviewing_of};
use super::proposing::{LexiconTrouble, Proposing, files_of, proposing_of};
use super::read::read_limited;
use super::submitted::{Snapshot, Submitted};
use super::wire::Role;
use crate::annotation::Person;
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

    /// What was seen of the people's files in a folder.
    fn inside(&self, folder: &ReportFolder) -> impl Iterator<Item = (&PathBuf, &Mark)> {
        self.files.iter().filter(move |(path, _)| path.parent() == Some(folder.path()) && folder.is_person_file(path))
    }
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
    /// What other people put on the report, where that may have changed.
    pub layers: Option<FolderLayers>,
    /// What the project says of reviewing, where that may have changed.
    pub reviewing: Option<Reviewing>,
    /// What the person has submitted, if anything, where that may have changed.
    pub submitted: Option<Option<Snapshot>>,
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
    /// Whose files are the user's own.
    pub person: Option<Person>,
    /// In which role.
    pub role: Role,
    /// The folder of the project, whose own file says whether proposals are shown and how it is reviewed.
    pub project: PathBuf,
    /// What was seen at the last look.
    pub seen: Seen,
}

/// Looks at a report and the files of people on it again.
pub fn look(disk: &dyn Disk, watched: &Watched) -> Look {
    let Watched { report, original, folder, person, role, project, seen: before } = watched;
    let looks = before.looks.wrapping_add(1);
    let thorough = looks.is_multiple_of(THOROUGH);
    let mut found = Look { seen: Seen { looks, files: BTreeMap::new() }, ..Look::default() };
    let first = before.files.is_empty();
    let people = changed_in(disk, folder, before, &mut found.seen);
    let submitted = changed_in(disk, &folder.submitted(), before, &mut found.seen);
    let is_submitted_changed = submitted.is_gone || !submitted.changed.is_empty();
    let mut is_others_changed = people.is_gone || is_submitted_changed;
    for path in people.changed {
        match load_person_file(disk, &path) {
            Ok(file) if person.as_ref().is_some_and(|person| is_of(&file, person, role)) => found.own.push(file),
            Ok(_) | Err(_) => is_others_changed = true,
        }
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
    // What is there at the first look was there when the report was opened.
    if is_project_changed && before.looks > 0 {
        found.proposing = Some(proposing_of(disk, folder));
        found.reviewing = Some(reviewing_of(disk, project));
    }
    if is_submitted_changed && before.looks > 0 {
        let submitted = Submitted::load(disk, folder).ok();
        found.submitted = submitted.map(|submitted| person.as_ref().and_then(|person| submitted.of(person)));
    }
    if (is_others_changed || is_project_changed) && before.looks > 0 {
        let reviewing = found.reviewing.clone().unwrap_or_else(|| reviewing_of(disk, project));
        found.layers = Some(layers_of(disk, folder, person.as_ref().map(|person| (person, role)), &reviewing));
    }
    found
}

/// What has become of the people's files in a folder.
struct Changes {
    /// Those that are new or are no longer what they were.
    changed: Vec<PathBuf>,
    /// Whether one is no longer there.
    is_gone: bool,
}

/// Looks at the people's files in a folder, and notes what was seen of them.
fn changed_in(disk: &dyn Disk, folder: &ReportFolder, before: &Seen, seen: &mut Seen) -> Changes {
    let mut changes = Changes { changed: Vec::new(), is_gone: false };
    let entries = match disk.entries(folder.path()) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
        // What cannot be seen now is taken to be as it was.
        Err(_) => {
            seen.files.extend(before.inside(folder).map(|(path, mark)| (path.clone(), mark.clone())));
            return changes;
        }
    };
    let entries: Vec<Entry> = entries.into_iter().filter(|entry| !entry.is_folder && folder.is_person_file(&entry.path)).collect();
    changes.is_gone = before.inside(folder).any(|(path, _)| !entries.iter().any(|entry| entry.path == *path));
    for Entry { path, stamp, .. } in entries {
        let known = before.files.get(&path);
        if let Some(known) = known.filter(|known| known.stamp == stamp && !seen.looks.is_multiple_of(THOROUGH)) {
            seen.files.insert(path, known.clone());
            continue;
        }
        // A file that cannot be read now is looked at again at the next look.
        let Some(hash) = hash_of(disk, &path) else { continue };
        if known.is_none_or(|known| known.hash != hash) {
            changes.changed.push(path.clone());
        }
        seen.files.insert(path, Mark { stamp, hash });
    }
    changes
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

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, edit, person};
    use super::super::disk::RealDisk;
    use super::super::project::change_reviewing;
    use super::super::submitted::submit;
    use super::*;
    use crate::annotation::Time;

    /// A person who looks again and again.
    struct Looker<'a> {
        desk: &'a Desk,
        watched: Watched,
    }

    impl<'a> Looker<'a> {
        fn new(desk: &'a Desk, person: &Person, role: Role) -> Self {
            let watched = Watched {
                report: desk.path.clone(),
                original: desk.report.id().to_string(),
                folder: desk.here.clone(),
                person: Some(person.clone()),
                role,
                project: desk.root().to_owned(),
                seen: Seen::NOTHING,
            };
            let mut looker = Self { desk, watched };
            assert!(looker.look().layers.is_none(), "the layers of the first look are those of opening");
            looker
        }

        fn look(&mut self) -> Look {
            let found = look(&RealDisk, &self.watched);
            self.watched.seen = found.seen.clone();
            found
        }

        /// The layers after something happened, if they may have changed: how many tags each has.
        fn after(&mut self, happens: impl FnOnce(&Desk)) -> Option<Vec<usize>> {
            happens(self.desk);
            let layers = self.look().layers?.layers;
            Some(layers.iter().map(|layer| layer.annotations.tag_count()).collect())
        }
    }

    #[test]
    fn what_others_write_is_seen_and_ones_own_is_no_layer() {
        let (desk, wang, li) = (Desk::new(), person(1, "王小明"), person(2, "李华"));
        let copy = desk.put("李华.ron", &li, Role::Annotation, &[(0, 4)]);
        let mut looker = Looker::new(&desk, &wang, Role::Annotation);
        assert_eq!(looker.after(|_| ()), None);
        assert_eq!(looker.after(|desk| drop(desk.put("李华.ron", &li, Role::Annotation, &[(0, 4), (5, 7)]))), Some(vec![2]));
        assert_eq!(looker.after(|desk| drop(desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]))), None);
        assert_eq!(looker.after(|desk| drop(desk.put("王小明-adjudication.ron", &wang, Role::Adjudication, &[]))), Some(vec![2, 0]));
        assert_eq!(looker.after(|_| edit(&copy, "kind: \"target\"", "kind: target")), Some(vec![1, 0]));
        assert_eq!(looker.after(|_| std::fs::remove_file(&copy).unwrap()), Some(vec![0]));
        assert_eq!(looker.after(|_| ()), None);
    }

    #[test]
    fn what_is_ones_own_depends_on_the_role() {
        let (desk, wang) = (Desk::new(), person(1, "王小明"));
        for (role, name, other) in
            [(Role::Annotation, "王小明.ron", "王小明-adjudication.ron"), (Role::Adjudication, "王小明-adjudication.ron", "王小明.ron")]
        {
            let mut looker = Looker::new(&desk, &wang, role.clone());
            desk.put(name, &wang, role.clone(), &[(0, 4), (5, 6)]);
            let found = looker.look();
            assert_eq!((found.own.len(), found.layers), (1, None), "{role:?}");
            let beside = if role == Role::Annotation { Role::Adjudication } else { Role::Annotation };
            desk.put(other, &wang, beside, &[(0, 4), (5, 7), (8, 9)]);
            let found = looker.look();
            assert_eq!((found.own.len(), found.layers.map(|layers| layers.layers.len())), (0, Some(1)), "{role:?}");
            std::fs::remove_file(desk.here.path().join(name)).unwrap();
            std::fs::remove_file(desk.here.path().join(other)).unwrap();
        }
    }

    #[test]
    fn what_the_project_says_and_what_is_submitted_is_seen() {
        let (desk, wang, li) = (Desk::new(), person(1, "王小明"), person(2, "李华"));
        for one in [&wang, &li] {
            desk.put(&format!("{}.ron", one.name), one, Role::Annotation, &[(0, 4)]);
        }
        let mut looker = Looker::new(&desk, &wang, Role::Annotation);
        let reviewing = Reviewing { blind: true, ..Reviewing::default() };
        change_reviewing(&RealDisk, desk.root(), &Reviewing::default(), &reviewing).unwrap();
        let found = looker.look();
        let layers = found.layers.unwrap();
        assert_eq!((found.reviewing, layers.layers.len(), layers.withheld), (Some(reviewing), 0, 1));
        let submitted = |one: &Person| drop(submit(&RealDisk, &desk.here, one, Time(1)).unwrap());
        assert_eq!(looker.after(|_| submitted(&li)), Some(Vec::new()));
        assert_eq!(looker.after(|_| submitted(&wang)), Some(vec![1]));
        assert_eq!(looker.after(|_| submitted(&wang)), None);
        // Others go on tagging: what was submitted stays what is seen.
        assert_eq!(looker.after(|desk| drop(desk.put("李华.ron", &li, Role::Annotation, &[(0, 4), (5, 7)]))), Some(vec![1]));
        assert_eq!(looker.look().reviewing, None);
    }

    #[test]
    fn what_becomes_of_ones_own_submitted_copy_is_seen() {
        let (desk, wang, li) = (Desk::new(), person(1, "王小明"), person(2, "李华"));
        for one in [&wang, &li] {
            desk.put(&format!("{}.ron", one.name), one, Role::Annotation, &[(0, 4)]);
        }
        let mut looker = Looker::new(&desk, &wang, Role::Annotation);
        submit(&RealDisk, &desk.here, &li, Time(1)).unwrap();
        assert_eq!(looker.look().submitted, Some(None), "somebody else's");
        let own = submit(&RealDisk, &desk.here, &wang, Time(2)).unwrap();
        assert_eq!(looker.look().submitted, Some(Some(own.clone())));
        assert_eq!(looker.look().submitted, None);
        edit(&own.path, "kind: \"target\"", "kind: target");
        assert_eq!(looker.look().submitted.flatten().map(|snapshot| snapshot.whole), Some(false));
        std::fs::remove_file(&own.path).unwrap();
        assert_eq!(looker.look().submitted, Some(None));
    }
}
