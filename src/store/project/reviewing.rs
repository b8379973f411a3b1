//! How a project is reviewed, as its own file says: whether people tag blind, who decides, and what was drawn for several
//! people to tag.

use super::file::{LARGEST, ProjectFile, change};
use crate::annotation::Person;
use crate::report::ReportId;
use crate::store::checksum::unseal;
use crate::store::disk::Disk;
use crate::store::error::StoreError;
use crate::store::folders::{project_file, project_for};
use crate::store::read::read_limited;
use crate::store::wire::WirePerson;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How a project is reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviewing {
    /// Whether nobody who tags sees others' tags before they have submitted their own.
    pub blind: bool,
    /// Who decides where people's tags differ; anybody if nobody is named.
    pub deciders: Vec<Person>,
    /// What was drawn for several people to tag.
    pub samples: Vec<Sample>,
}

/// Parts of reports drawn for several people to tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// What it is called.
    pub name: String,
    /// What it was drawn by: the same seed draws the same parts.
    pub seed: u64,
    /// Whether it is for training: it is kept apart from what counts.
    pub training: bool,
    /// The parts.
    pub parts: Vec<(ReportId, Span)>,
}

impl Reviewing {
    /// Whether a person decides. Where nobody is named who does, somebody who has tags of their own on the report is one of
    /// those who tag it.
    pub(in crate::store) fn is_decider(&self, person: &Person, has_tags: bool) -> bool {
        if self.deciders.is_empty() { !has_tags } else { self.names(person) }
    }

    /// Whether a person is named as one who decides.
    pub fn names(&self, person: &Person) -> bool {
        self.deciders.iter().any(|decider| decider.id == person.id)
    }

    /// What those are called who decide.
    pub fn decider_names(&self) -> Vec<String> {
        self.deciders.iter().map(|decider| decider.name.clone()).collect()
    }

    /// With what somebody changed of it from how they saw it. What others changed meanwhile stays.
    #[must_use]
    pub fn changed(self, was: &Self, now: &Self) -> Self {
        let blind = if was.blind == now.blind { self.blind } else { now.blind };
        let deciders = changed(self.deciders, &was.deciders, &now.deciders);
        Self { blind, deciders, samples: changed(self.samples, &was.samples, &now.samples) }
    }
}

/// A list with what was added to another and what was taken from it.
fn changed<T: Clone + PartialEq>(mut list: Vec<T>, was: &[T], now: &[T]) -> Vec<T> {
    list.retain(|item| now.contains(item) || !was.contains(item));
    let added: Vec<T> = now.iter().filter(|item| !list.contains(item) && !was.contains(item)).cloned().collect();
    list.into_iter().chain(added).collect()
}

/// How the project of a folder is reviewed. What cannot be read, or be understood as a whole, may say that people tag blind:
/// showing others' tags cannot be undone.
pub fn reviewing_of(disk: &dyn Disk, root: &Path) -> Reviewing {
    match read_limited(disk, &project_file(project_for(disk, root)), LARGEST) {
        Ok(bytes) => said_in(&bytes),
        Err(StoreError::Missing(_)) => Reviewing::default(),
        Err(_) => Reviewing { blind: true, ..Reviewing::default() },
    }
}

/// How a project is reviewed whose file holds these bytes.
pub(in crate::store) fn said_in(bytes: &[u8]) -> Reviewing {
    (&ProjectFile::of(&unseal(bytes).0)).into()
}

/// Changes in a project's file how it is reviewed: what was changed from what somebody saw. What others changed there
/// meanwhile stays.
///
/// # Errors
/// If it cannot be read or written, or a newer program wrote it; it is then as it was.
pub fn change_reviewing(disk: &dyn Disk, root: &Path, was: &Reviewing, now: &Reviewing) -> Result<(), StoreError> {
    change(disk, root, |file| {
        let reviewing = Reviewing::from(&*file).changed(was, now);
        file.blind = reviewing.blind;
        file.deciders =
            reviewing.deciders.iter().map(|person| WirePerson { id: person.id.to_string(), name: person.name.clone() }).collect();
        file.samples = reviewing.samples.iter().map(WireSample::from).collect();
    })
}

impl From<&ProjectFile> for Reviewing {
    fn from(file: &ProjectFile) -> Self {
        let person = |wire: &WirePerson| Some(Person { id: wire.id.parse().ok()?, name: wire.name.clone() });
        Self {
            blind: file.blind,
            deciders: file.deciders.iter().filter_map(person).collect(),
            samples: file.samples.iter().map(Sample::from).collect(),
        }
    }
}

/// A sample as it stands in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WireSample {
    name: String,
    seed: u64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    training: bool,
    #[serde(default)]
    parts: Vec<(String, (u32, u32))>,
}

impl From<&Sample> for WireSample {
    fn from(sample: &Sample) -> Self {
        let part = |(report, span): &(ReportId, Span)| (report.to_string(), (span.start().get(), span.end().get()));
        Self { name: sample.name.clone(), seed: sample.seed, training: sample.training, parts: sample.parts.iter().map(part).collect() }
    }
}

impl From<&WireSample> for Sample {
    fn from(wire: &WireSample) -> Self {
        let part = |(report, (start, end)): &(String, (u32, u32))| Some((report.parse().ok()?, Span::of(*start, *end)));
        Self { name: wire.name.clone(), seed: wire.seed, training: wire.training, parts: wire.parts.iter().filter_map(part).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{mark_project, show_proposals};
    use super::*;
    use crate::annotation::PersonId;
    use crate::store::disk::RealDisk;
    use crate::store::project::shows_proposals;
    use uuid::Uuid;

    fn reviewing() -> Reviewing {
        let decider = Person { id: PersonId(Uuid::from_u128(7)), name: "赵“敏”\n".into() };
        let (one, other) = (ReportId::of("甲"), ReportId::of("乙"));
        let sample = |name: &str, training| Sample {
            name: name.to_owned(),
            seed: u64::MAX,
            training,
            parts: vec![(one, Span::of(0, 20)), (other, Span::of(20, 4000))],
        };
        Reviewing { blind: true, deciders: vec![decider], samples: vec![sample("第一轮", true), sample("第二轮", false)] }
    }

    fn set_reviewing(disk: &RealDisk, root: &Path, reviewing: &Reviewing) -> Result<(), StoreError> {
        change_reviewing(disk, root, &reviewing_of(disk, root), reviewing)
    }

    fn project() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        mark_project(&RealDisk, folder.path()).unwrap();
        let path = project_file(folder.path());
        (folder, path)
    }

    fn read(path: &Path) -> String {
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn what_is_said_of_reviewing_reads_back_and_leaves_no_trace_when_taken_back() {
        let (folder, path) = project();
        let marked = read(&path);
        assert_eq!(reviewing_of(&RealDisk, folder.path()), Reviewing::default());
        set_reviewing(&RealDisk, &folder.path().join("2023"), &reviewing()).unwrap();
        assert_eq!(reviewing_of(&RealDisk, &folder.path().join("2024")), reviewing(), "folders inside have the project's file");
        let text = read(&path);
        let on_one_line = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!((on_one_line("  blind: true,"), on_one_line("    (id: "), on_one_line("    (name: ")), (1, 1, 2), "{text}");
        set_reviewing(&RealDisk, folder.path(), &Reviewing::default()).unwrap();
        assert_eq!(read(&path), marked);
    }

    #[test]
    fn reviewing_proposals_and_what_others_wrote_stand_beside_each_other() {
        let (folder, path) = project();
        std::fs::write(&path, "(format: \"jiannuo project\", version: 1, minor: 4, ext: {\"colour\": (1, 2)})").unwrap();
        set_reviewing(&RealDisk, folder.path(), &reviewing()).unwrap();
        show_proposals(&RealDisk, folder.path(), false).unwrap();
        assert_eq!(reviewing_of(&RealDisk, folder.path()), reviewing());
        set_reviewing(&RealDisk, folder.path(), &Reviewing { blind: false, ..reviewing() }).unwrap();
        assert!(!shows_proposals(&RealDisk, folder.path()));
        assert_eq!(reviewing_of(&RealDisk, folder.path()), Reviewing { blind: false, ..reviewing() });
        assert!(read(&path).contains("(1, 2)"));
    }

    #[test]
    fn what_somebody_else_changed_meanwhile_stays() {
        let (folder, _) = project();
        let [first, second] = &reviewing().samples[..] else { panic!() };
        let seen = Reviewing { samples: vec![first.clone()], ..Reviewing::default() };
        set_reviewing(&RealDisk, folder.path(), &seen).unwrap();
        let with_decider = Reviewing { deciders: reviewing().deciders, ..seen.clone() };
        change_reviewing(&RealDisk, folder.path(), &seen, &with_decider).unwrap();
        let with_second = Reviewing { blind: true, samples: vec![second.clone()], ..seen.clone() };
        change_reviewing(&RealDisk, folder.path(), &seen, &with_second).unwrap();
        let both = Reviewing { samples: vec![second.clone()], ..reviewing() };
        assert_eq!(reviewing_of(&RealDisk, folder.path()), both);
    }

    #[test]
    fn a_newer_file_is_not_written_over() {
        let (folder, path) = project();
        std::fs::write(&path, "(format: \"jiannuo project\", version: 2, blind: true, everything: 1)").unwrap();
        assert_eq!(set_reviewing(&RealDisk, folder.path(), &Reviewing::default()), Err(StoreError::NotAllowed(path)));
        assert!(reviewing_of(&RealDisk, folder.path()).blind);
    }

    #[test]
    fn damage_does_not_open_peoples_eyes() {
        let (folder, path) = project();
        set_reviewing(&RealDisk, folder.path(), &reviewing()).unwrap();
        let whole = read(&path);
        for (from, to) in [("  deciders: [", "  deciders: {"), ("  format: \"", "  format: "), ("seed: ", "seed: -"), ("\n)\n", "\n")] {
            std::fs::write(&path, whole.replacen(from, to, 1)).unwrap();
            assert!(reviewing_of(&RealDisk, folder.path()).blind, "{to}");
            // Nor does it when the file is then written for something else.
            show_proposals(&RealDisk, folder.path(), false).unwrap();
            assert!(reviewing_of(&RealDisk, folder.path()).blind, "{to}");
        }
        std::fs::remove_file(&path).unwrap();
        assert!(!reviewing_of(&RealDisk, folder.path()).blind);
    }
}
