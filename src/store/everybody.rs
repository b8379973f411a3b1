//! A report with what everybody put on it, as far as whoever asks may see it, without its being opened to be tagged; and who
//! has a file in a project.

use super::codebook::codebook_of;
use super::disk::Disk;
use super::files::{LoadError, load_report_record};
use super::folders::{ReportFolder, project_file, project_for};
use super::layers::{FolderLayers, LayerFile, layers_among};
use super::originals::{OpenError, OpenRequest, read_text};
use super::own::{OwnFiles, is_of, load_people, own_among};
use super::project::reviewing_of;
use super::wire::Role;
use crate::annotation::{Codebook, Person, PersonId};
use crate::report::{Corrections, Report};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A report with what people put on it.
#[derive(Clone, Debug)]
pub struct Everybody {
    /// The report, as it was corrected.
    pub report: Report,
    /// The codebook in force.
    pub codebook: Arc<Codebook>,
    /// What people put on it: the viewer's own first.
    pub layers: Vec<LayerFile>,
    /// How many people there are whose tags the viewer may not see yet.
    pub withheld: usize,
    /// Files that could not be loaded.
    pub failed: Vec<LoadError>,
}

/// Reads a report and the people's files on it. Where people tag blind, the viewer gets of others what they may see: nothing
/// before they have submitted themselves, unless they decide. That is what they see in the review of this report; that they
/// tagged others of the folder does not matter, as it does not there.
///
/// # Errors
/// If the report, or a file that may be the viewer's own, cannot be read.
pub fn everybody_on(disk: &dyn Disk, path: &Path, viewer: Option<&Person>) -> Result<Everybody, OpenError> {
    let (extracted, _, folder) = read_text(disk, path, &OpenRequest::default())?;
    let corrections = load_report_record(disk, &folder).map_or_else(Corrections::default, |record| record.corrections);
    let report = Report::of_original(extracted.text, corrections, extracted.layout, extracted.told);
    let reviewing = reviewing_of(disk, folder.project().unwrap_or(Path::new("")));
    let loaded = load_people(disk, &folder)?;
    let has_tags = |person: &Person| loaded.iter().flatten().any(|file| is_of(file, person, &Role::Annotation));
    let decides = viewer.is_some_and(|person| reviewing.blind && reviewing.is_decider(person, has_tags(person)));
    let role = if decides { Role::Adjudication } else { Role::Annotation };
    let viewer = viewer.map(|person| (person, &role));
    let FolderLayers { layers, withheld, failed, .. } = layers_among(disk, &folder, &loaded, viewer, &reviewing);
    let own = match viewer {
        Some((person, role)) => own_among(disk, &folder, loaded, person, role)?,
        None => OwnFiles::default(),
    };
    let own = own.file.filter(|own| own.record.report == report.id());
    let own = own.map(|own| LayerFile::of(&own, own.record.annotations.clone()));
    let layers = own.into_iter().chain(layers).collect();
    Ok(Everybody { report, codebook: codebook_of(disk, &folder).0, layers, withheld, failed })
}

/// Everybody who has a file in a project, by name; nothing of what is in it. Who is to decide has to be named also where people
/// tag blind.
pub fn people_in(disk: &dyn Disk, root: &Path) -> Vec<Person> {
    let kept = project_file(project_for(disk, root));
    let folders = kept.parent().and_then(|kept| disk.list(kept).ok()).unwrap_or_default();
    let mut people: BTreeMap<PersonId, Person> = BTreeMap::new();
    for folder in folders.into_iter().map(ReportFolder::at) {
        let files = [load_people(disk, &folder), load_people(disk, &folder.submitted())].into_iter().flatten().flatten().flatten();
        people.extend(files.map(|file| (file.record.person.id, file.record.person)));
    }
    let mut people: Vec<Person> = people.into_values().collect();
    people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    people
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, person};
    use super::super::disk::RealDisk;
    use super::super::project::{Reviewing, change_reviewing, mark_project};
    use super::super::submitted::submit;
    use super::*;
    use crate::annotation::Time;

    fn names(desk: &Desk, viewer: Option<&Person>) -> (Vec<String>, usize) {
        let found = everybody_on(&RealDisk, &desk.path, viewer).unwrap();
        assert_eq!(found.report.id(), desk.report.id());
        (found.layers.into_iter().map(|layer| layer.person.name).collect(), found.withheld)
    }

    #[test]
    fn ones_own_tags_come_first_and_then_those_one_may_see() {
        let (desk, wang, li) = (Desk::new(), person(1, "王小明"), person(2, "李华"));
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
        desk.put("李华.ron", &li, Role::Annotation, &[(0, 4), (5, 8)]);
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        assert_eq!(names(&desk, Some(&wang)), (own(&["王小明", "李华"]), 0));
        assert_eq!(names(&desk, None), (own(&["李华", "王小明"]), 0));
        mark_project(&RealDisk, desk.root()).unwrap();
        change_reviewing(&RealDisk, desk.root(), &Reviewing::default(), &Reviewing { blind: true, ..Reviewing::default() }).unwrap();
        assert_eq!(names(&desk, Some(&wang)), (own(&["王小明"]), 1));
        assert_eq!(names(&desk, None), (Vec::new(), 2));
        for who in [&wang, &li] {
            submit(&RealDisk, &desk.here, who, Time(1)).unwrap();
        }
        assert_eq!(names(&desk, Some(&wang)), (own(&["王小明", "李华"]), 0));
        let zhao = person(3, "赵敏");
        assert_eq!(names(&desk, Some(&zhao)), (own(&["李华", "王小明"]), 0), "who tagged nothing decides");
    }

    #[test]
    fn everybody_with_a_file_has_a_name() {
        let (desk, wang, li, zhao) = (Desk::new(), person(1, "王小明"), person(2, "李华"), person(3, "赵敏"));
        assert!(people_in(&RealDisk, desk.root()).is_empty());
        desk.put("王小明.ron", &wang, Role::Annotation, &[(0, 4)]);
        desk.put("王小明 (conflicted copy).ron", &wang, Role::Annotation, &[(0, 4)]);
        let file = desk.put("李华.ron", &li, Role::Annotation, &[(0, 4)]);
        desk.put("赵敏-adjudication.ron", &zhao, Role::Adjudication, &[]);
        mark_project(&RealDisk, desk.root()).unwrap();
        assert_eq!(people_in(&RealDisk, &desk.root().join("2024")), [li.clone(), wang.clone(), zhao.clone()]);
        submit(&RealDisk, &desk.here, &li, Time(1)).unwrap();
        std::fs::remove_file(file).unwrap();
        assert_eq!(people_in(&RealDisk, desk.root()), [li, wang, zhao], "what was handed in is a file, too");
    }
}
