//! What other people put on a report: a layer for each of them, as far as whoever looks may see it.

use super::checksum::Seal;
use super::disk::Disk;
use super::files::{LoadError, LoadedFile};
use super::folders::ReportFolder;
use super::own::{Loaded, load_people, misplaced, rank};
use super::project::Reviewing;
use super::submitted::Submitted;
use super::wire::Role;
use crate::annotation::{Annotations, Person, PersonId, Time};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// What one person put on a report: tags, or decisions on what people tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerFile {
    /// Their file; of several copies the one that is written.
    pub path: PathBuf,
    /// Who.
    pub person: Person,
    /// As what: somebody who tags, or who decides.
    pub role: Role,
    /// The records, those of copies merged in.
    pub annotations: Arc<Annotations>,
    /// When they were submitted, where this is what was submitted.
    pub submitted: Option<Time>,
    /// Whether it is not what was written: something else changed it, or it is damaged.
    pub edited: bool,
    /// How many of its lines could not be read.
    pub lost: usize,
}

/// The layers in a report's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderLayers {
    /// The layers: tags first, then decisions, by name.
    pub layers: Vec<LayerFile>,
    /// How many other people there are whose tags are not shown yet.
    pub withheld: usize,
    /// Whether that is because the viewer may see nobody's: people tag blind, and they have not submitted.
    pub closed: bool,
    /// Files that could not be loaded.
    pub failed: Vec<LoadError>,
}

impl LayerFile {
    /// The layer of a file, with these records.
    pub(super) fn of(file: &LoadedFile, annotations: Annotations) -> Self {
        Self {
            path: file.path.clone(),
            person: file.record.person.clone(),
            role: file.record.role.clone(),
            annotations: Arc::new(annotations),
            submitted: None,
            edited: is_edited(file),
            lost: lost(file),
        }
    }

    /// The layer of one person's files in one role: sync services leave copies.
    fn of_copies(mut files: Vec<&LoadedFile>) -> Option<Self> {
        files.sort_by_cached_key(|file| rank(&file.path, &file.record.person, &file.record.role));
        let (first, copies) = files.split_first()?;
        let annotations = first.record.annotations.clone();
        let annotations = copies.iter().fold(annotations, |all, copy| all.merged(&copy.record.annotations));
        let edited = files.iter().any(|file| is_edited(file));
        Some(Self { edited, lost: files.iter().map(|file| lost(file)).sum(), ..Self::of(first, annotations) })
    }
}

fn is_edited(file: &LoadedFile) -> bool {
    file.seal == Seal::Broken || file.is_damaged()
}

fn lost(file: &LoadedFile) -> usize {
    file.troubles.lost.iter().filter(|line| !line.is_empty()).count()
}

/// Loads what other people than the viewer put on a report, and what they did themselves in another role. What somebody
/// decides is for those who tag to see, too. In a project where people tag blind nothing is shown to those who tag
/// before they have submitted; then, and to those who decide, tags are shown as they were submitted.
pub fn layers_of(disk: &dyn Disk, folder: &ReportFolder, viewer: Option<(&Person, &Role)>, reviewing: &Reviewing) -> FolderLayers {
    match load_people(disk, folder) {
        Ok(loaded) => layers_among(disk, folder, &loaded, viewer, reviewing),
        Err(error) => FolderLayers { failed: vec![error.into()], closed: reviewing.blind, ..FolderLayers::default() },
    }
}

/// The layers among the files in a report's folder.
pub(super) fn layers_among(
    disk: &dyn Disk,
    folder: &ReportFolder,
    loaded: &[Loaded],
    viewer: Option<(&Person, &Role)>,
    reviewing: &Reviewing,
) -> FolderLayers {
    let mut failed: Vec<LoadError> = loaded.iter().filter_map(|file| file.as_ref().err().cloned()).collect();
    let mut works = Works::new();
    for file in loaded.iter().filter_map(|file| file.as_ref().ok()).filter(|file| is_layer(file)) {
        if folder.is_of(file.record.report) {
            works.entry((file.record.role.clone(), file.record.person.id)).or_default().push(file);
        } else {
            failed.push(misplaced(file));
        }
    }
    let own = viewer.map(|(person, role)| (role.clone(), person.id));
    let has_tags = viewer.is_some_and(|(person, _)| works.contains_key(&(Role::Annotation, person.id)));
    works.retain(|work, _| Some(work) != own.as_ref());
    let mut closed = false;
    let (mut layers, mut withheld) = if reviewing.blind {
        // What cannot be listed counts as not submitted.
        let submitted = Submitted::load(disk, folder).unwrap_or_else(|error| {
            failed.push(error.into());
            Submitted::default()
        });
        failed.extend(submitted.failed.iter().cloned());
        let may_see = viewer.is_some_and(|(person, role)| {
            submitted.of(person).is_some() || (*role == Role::Adjudication && reviewing.is_decider(person, has_tags))
        });
        let is_own = |person: &PersonId| own.as_ref() == Some(&(Role::Annotation, *person));
        let mut copies = submitted.layers();
        copies.retain(|person, _| !is_own(person));
        closed = !may_see;
        if may_see { as_submitted(works, copies) } else { (Vec::new(), people_in(&works, &copies)) }
    } else {
        (works.into_values().filter_map(LayerFile::of_copies).collect(), BTreeSet::new())
    };
    withheld.retain(|withheld| viewer.is_none_or(|(person, _)| person.id != *withheld));
    layers.sort_by(|one, other| place(one).cmp(&place(other)));
    FolderLayers { layers, withheld: withheld.len(), closed, failed }
}

/// People's files, by role and person.
type Works<'a> = BTreeMap<(Role, PersonId), Vec<&'a LoadedFile>>;

/// Whether a file holds tags or decisions.
const fn is_layer(file: &LoadedFile) -> bool {
    matches!(file.record.role, Role::Annotation | Role::Adjudication)
}

/// Where a layer stands among others.
fn place(layer: &LayerFile) -> (&Role, &str, PersonId) {
    (&layer.role, layer.person.name.as_str(), layer.person.id)
}

/// Tags as they were submitted, and decisions; and those who have tags and did not submit them.
fn as_submitted(works: Works<'_>, copies: BTreeMap<PersonId, LayerFile>) -> (Vec<LayerFile>, BTreeSet<PersonId>) {
    let mut withheld = BTreeSet::new();
    let mut layers = Vec::new();
    for ((role, person), files) in works {
        if role == Role::Adjudication {
            layers.extend(LayerFile::of_copies(files));
        } else if !copies.contains_key(&person) {
            withheld.insert(person);
        }
    }
    layers.extend(copies.into_values());
    (layers, withheld)
}

/// All who put something on the report.
fn people_in(works: &Works<'_>, copies: &BTreeMap<PersonId, LayerFile>) -> BTreeSet<PersonId> {
    works.keys().map(|(_, person)| *person).chain(copies.keys().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, edit, person};
    use super::super::disk::RealDisk;
    use super::super::submitted::submit;
    use super::super::wire::Role::{Adjudication, Annotation};
    use super::*;

    /// Three people's tags on a report, and the decisions of two of them.
    fn tagged() -> (Desk, [Person; 3]) {
        let desk = Desk::new();
        let people = [person(1, "王小明"), person(2, "李华"), person(3, "赵敏")];
        for (number, one) in (1..).zip(&people) {
            desk.put(&format!("{}.ron", one.name), one, Annotation, &[(0, 4), (5, 6 + number)]);
        }
        for one in [&people[0], &people[2]] {
            desk.put(&format!("{}-adjudication.ron", one.name), one, Adjudication, &[(0, 4)]);
        }
        (desk, people)
    }

    fn blind() -> Reviewing {
        Reviewing { blind: true, ..Reviewing::default() }
    }

    /// Whose layers there are; decisions behind a `!`, what was submitted behind a `=`.
    fn names(found: &FolderLayers) -> String {
        let mark = |layer: &LayerFile| match (&layer.role, layer.submitted) {
            (Adjudication, _) => "!",
            (_, Some(_)) => "=",
            _ => "",
        };
        found.layers.iter().map(|layer| format!("{}{}", mark(layer), layer.person.name)).collect::<Vec<String>>().join(" ")
    }

    #[test]
    fn everybody_elses_tags_and_decisions_are_layers() {
        let (desk, [wang, _, zhao]) = tagged();
        let nobody = person(9, "陈");
        desk.put("王小明 笔记.ron", &wang, Role::Other("notes".into()), &[(0, 4)]);
        for (viewer, expected) in [
            (Some((&wang, &Annotation)), "李华 赵敏 !王小明 !赵敏"),
            (Some((&wang, &Adjudication)), "李华 王小明 赵敏 !赵敏"),
            (Some((&zhao, &Adjudication)), "李华 王小明 赵敏 !王小明"),
            (Some((&nobody, &Adjudication)), "李华 王小明 赵敏 !王小明 !赵敏"),
            (None, "李华 王小明 赵敏 !王小明 !赵敏"),
        ] {
            let found = layers_of(&RealDisk, &desk.here, viewer, &Reviewing::default());
            assert_eq!((names(&found).as_str(), found.withheld, found.failed.len()), (expected, 0, 0));
        }
        let nowhere = ReportFolder::at(desk.root().join("jiannuo").join("乙~00000000"));
        assert_eq!(layers_of(&RealDisk, &nowhere, None, &Reviewing::default()), FolderLayers::default());
    }

    #[test]
    fn copies_of_one_persons_file_are_one_layer() {
        let (desk, [wang, li, _]) = tagged();
        let copy = desk.put("李华 (conflicted copy).ron", &li, Annotation, &[(0, 4), (10, 12)]);
        let layer = || {
            let found = layers_of(&RealDisk, &desk.here, Some((&wang, &Annotation)), &Reviewing::default());
            assert_eq!(found.layers.len(), 4);
            found.layers.into_iter().next().unwrap()
        };
        let whole = layer();
        assert_eq!((whole.annotations.tag_count(), whole.path.file_name().unwrap().to_str(), whole.edited), (3, Some("李华.ron"), false));
        edit(&copy, "kind: \"target\"", "kind: target");
        let damaged = layer();
        assert_eq!((damaged.annotations.tag_count(), damaged.edited, damaged.lost), (3, true, 1), "the other copy has that tag");
    }

    #[test]
    fn what_cannot_be_loaded_is_said() {
        let (desk, [wang, li, _]) = tagged();
        std::fs::write(desk.here.path().join("坏.ron"), "x").unwrap();
        let mut strange = desk.record(&li, Annotation, &[]);
        strange.report = crate::report::ReportId::of("another");
        let strange = desk.write("李华 2.ron", &strange);
        let found = layers_of(&RealDisk, &desk.here, Some((&wang, &Annotation)), &Reviewing::default());
        assert_eq!(names(&found), "李华 赵敏 !王小明 !赵敏");
        assert_eq!(found.failed.iter().map(LoadError::path).collect::<Vec<_>>(), [&desk.here.path().join("坏.ron"), &strange]);
    }

    #[test]
    fn blind_people_see_nothing_until_they_have_submitted() {
        let (desk, [wang, li, zhao]) = tagged();
        let seen = |person: &Person, role: &Role| {
            let found = layers_of(&RealDisk, &desk.here, Some((person, role)), &blind());
            (names(&found), found.withheld)
        };
        let nothing = (String::new(), 2);
        assert_eq!((seen(&wang, &Annotation), seen(&li, &Annotation)), (nothing.clone(), nothing.clone()));
        submit(&RealDisk, &desk.here, &li, Time(1)).unwrap();
        assert_eq!(seen(&wang, &Annotation), nothing, "that others have submitted changes nothing");
        assert_eq!(seen(&li, &Annotation), ("!王小明 !赵敏".into(), 2), "nobody else has submitted");
        submit(&RealDisk, &desk.here, &wang, Time(2)).unwrap();
        assert_eq!(seen(&wang, &Annotation), ("=李华 !王小明 !赵敏".into(), 1));
        // What li tags from now on was not submitted.
        desk.put("李华.ron", &li, Annotation, &[(0, 4), (5, 8), (9, 12)]);
        let found = layers_of(&RealDisk, &desk.here, Some((&wang, &Annotation)), &blind());
        assert_eq!((found.layers[0].annotations.tag_count(), found.layers[0].submitted), (2, Some(Time(1))));
        std::fs::remove_file(desk.here.path().join("李华.ron")).unwrap();
        assert_eq!(seen(&wang, &Annotation).1, 1);
        assert!(seen(&wang, &Annotation).0.starts_with("=李华"), "what was submitted does not need the file it is a copy of");
        assert_eq!(seen(&zhao, &Annotation), nothing);
    }

    #[test]
    fn those_who_decide_see_what_was_submitted() {
        let (desk, [wang, li, zhao]) = tagged();
        let chen = person(9, "陈");
        submit(&RealDisk, &desk.here, &li, Time(1)).unwrap();
        let seen = |viewer: Option<(&Person, &Role)>, deciders: &[&Person]| {
            let reviewing = Reviewing { deciders: deciders.iter().copied().cloned().collect(), ..blind() };
            let found = layers_of(&RealDisk, &desk.here, viewer, &reviewing);
            (names(&found), found.withheld)
        };
        for (viewer, deciders, expected) in [
            (Some((&zhao, &Adjudication)), vec![&zhao], ("=李华 !王小明", 1)),
            (Some((&zhao, &Annotation)), vec![&zhao], ("", 2)),
            (Some((&chen, &Adjudication)), vec![], ("=李华 !王小明 !赵敏", 2)),
            (Some((&chen, &Adjudication)), vec![&zhao], ("", 3)),
            // Who tags the report themselves could look before they have submitted.
            (Some((&wang, &Adjudication)), vec![], ("", 2)),
            (Some((&li, &Adjudication)), vec![], ("=李华 !王小明 !赵敏", 2)),
            (None, vec![], ("", 3)),
        ] {
            assert_eq!(seen(viewer, &deciders), (expected.0.to_owned(), expected.1), "{viewer:?} of {deciders:?}");
        }
    }

    #[test]
    fn a_damaged_submitted_copy_is_a_layer_that_says_so() {
        let (desk, [wang, li, _]) = tagged();
        let copy = submit(&RealDisk, &desk.here, &li, Time(1)).unwrap().path;
        edit(&copy, "kind: \"target\"", "kind: target");
        let reviewing = Reviewing { deciders: vec![wang.clone()], ..blind() };
        let found = layers_of(&RealDisk, &desk.here, Some((&wang, &Adjudication)), &reviewing);
        assert_eq!((names(&found).as_str(), found.layers[0].edited, found.layers[0].lost), ("=李华 !赵敏", true, 1));
        std::fs::write(&copy, "x").unwrap();
        let found = layers_of(&RealDisk, &desk.here, Some((&wang, &Adjudication)), &reviewing);
        assert_eq!((names(&found).as_str(), found.failed.len()), ("!赵敏", 1));
    }

    #[test]
    fn who_may_see_nothing_is_told_from_who_sees_nobody() {
        let (desk, [wang, li, _]) = tagged();
        let closed =
            |viewer: &Person, role: &Role, reviewing: &Reviewing| layers_of(&RealDisk, &desk.here, Some((viewer, role)), reviewing).closed;
        let decided = Reviewing { deciders: vec![li.clone()], ..blind() };
        assert!(closed(&wang, &Annotation, &decided) && closed(&wang, &Adjudication, &decided) && closed(&li, &Annotation, &decided));
        assert!(!closed(&li, &Adjudication, &decided), "who decides may, though nobody has submitted");
        assert!(!closed(&wang, &Annotation, &Reviewing::default()));
        submit(&RealDisk, &desk.here, &wang, Time(1)).unwrap();
        assert!(!closed(&wang, &Annotation, &decided) && !closed(&wang, &Adjudication, &decided));
    }
}
