//! How a project is reviewed, in a sitting: who may change it, from a report and from a folder alone.

use crate::store::{Sitting, place};
use jiannuo::session::{Barred, Command, FileCommand, KeepCommand, ProjectCommand, ReviewCommand, What};
use jiannuo::store::{RealDisk, Reviewing, Sample, change_reviewing, mark_project, reviewing_of};
use std::path::{Path, PathBuf};

/// Somebody at a machine of their own who has the report open, with a tag of theirs or without.
fn sitting(folder: &Path, name: &str, report: &Path, tags: bool) -> Sitting {
    let mut sitting = Sitting::new(&folder.join(format!("home-{name}")));
    sitting.act(Command::Keep(KeepCommand::SetPerson(name.into())));
    sitting.open(report);
    if tags {
        sitting.tag(10, 18, "target");
    }
    sitting.save();
    sitting
}

/// A report in a project that is marked as one.
fn project() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (folder, report) = place();
    let root = report.parent().unwrap().to_owned();
    mark_project(&RealDisk, &root).unwrap();
    (folder, root, report)
}

/// Says how the project at hand is to be reviewed.
fn arrange(sitting: &mut Sitting, change: impl FnOnce(&mut Reviewing)) {
    let (root, was) = sitting.state.reviewed_project().map(|(root, reviewing)| (root.to_owned(), reviewing.clone())).unwrap();
    let mut now = was.clone();
    change(&mut now);
    sitting.act(Command::Review(ReviewCommand::SetReviewing(root, Box::new((was, now)))));
}

fn stored(root: &Path) -> Reviewing {
    reviewing_of(&RealDisk, root)
}

fn sample(name: &str) -> Sample {
    Sample { name: name.into(), ..Sample::default() }
}

#[test]
fn who_has_tags_that_are_not_handed_in_cannot_end_blind_tagging_or_name_themselves() {
    let (folder, root, report) = project();
    let blind = Reviewing { blind: true, ..Reviewing::default() };
    change_reviewing(&RealDisk, &root, &Reviewing::default(), &blind).unwrap();
    drop(sitting(folder.path(), "李华", &report, true));
    let mut wang = sitting(folder.path(), "王小明", &report, true);
    let own = wang.state.person().unwrap();
    arrange(&mut wang, |reviewing| reviewing.blind = false);
    assert!(wang.told(|what| *what == What::Barred(Barred::OwnTags)), "{:?}", wang.state.notices);
    arrange(&mut wang, |reviewing| reviewing.deciders.push(own.clone()));
    assert!(stored(&root) == blind && wang.state.document().unwrap().reviewing().blind);
    assert!(wang.state.document().unwrap().layers().all.is_empty());
    arrange(&mut wang, |reviewing| reviewing.samples.push(sample("复标")));
    assert_eq!(stored(&root).samples, [sample("复标")], "what keeps nobody blind is theirs to say");

    // Closing the report does not help while the folder is open.
    let document = wang.state.active.unwrap();
    wang.act(Command::File(FileCommand::Close(document)));
    wang.act(Command::Project(ProjectCommand::Open(root.clone())));
    assert_eq!(wang.state.barred(&root), Some(Barred::OwnTags));
    wang.open(&report);
    wang.act(Command::Review(ReviewCommand::Submit));
    assert_eq!(wang.state.barred(&root), None);
    arrange(&mut wang, |reviewing| reviewing.blind = false);
    assert!(!stored(&root).blind && stored(&root).samples.len() == 1);
}

#[test]
fn who_tagged_nothing_may_end_blind_tagging() {
    let (folder, root, report) = project();
    change_reviewing(&RealDisk, &root, &Reviewing::default(), &Reviewing { blind: true, ..Reviewing::default() }).unwrap();
    drop(sitting(folder.path(), "李华", &report, true));
    let mut chen = sitting(folder.path(), "陈", &report, false);
    assert_eq!(chen.state.barred(&root), None);
    arrange(&mut chen, |reviewing| reviewing.blind = false);
    assert!(!stored(&root).blind);
}

#[test]
fn where_deciders_are_named_only_they_change_anything() {
    let (folder, root, report) = project();
    let mut zhao = sitting(folder.path(), "赵敏", &report, false);
    let decider = zhao.state.person().unwrap();
    arrange(&mut zhao, |reviewing| *reviewing = Reviewing { blind: true, deciders: vec![decider.clone()], ..Reviewing::default() });
    let set = stored(&root);
    assert!(set.blind && set.names(&decider));
    for tags in [false, true] {
        let mut wang = sitting(folder.path(), "王小明", &report, tags);
        let changes: [fn(&mut Reviewing); 3] = [
            |reviewing| reviewing.blind = false,
            |reviewing| reviewing.deciders.clear(),
            |reviewing| reviewing.samples.push(sample("复标")),
        ];
        for change in changes {
            arrange(&mut wang, change);
            assert_eq!(stored(&root), set);
        }
        assert!(wang.told(|what| *what == What::Barred(Barred::Deciders(vec!["赵敏".into()]))), "{:?}", wang.state.notices);
    }
    arrange(&mut zhao, |reviewing| reviewing.blind = false);
    assert!(!stored(&root).blind && stored(&root).names(&decider));
}

#[test]
fn what_others_changed_since_it_was_seen_stays() {
    let (folder, root, report) = project();
    let mut wang = sitting(folder.path(), "王小明", &report, false);
    let seen = wang.state.reviewed_project().unwrap().1.clone();
    change_reviewing(&RealDisk, &root, &seen, &Reviewing { samples: vec![sample("第一轮")], ..seen.clone() }).unwrap();
    wang.look_again();
    let now = Reviewing { samples: vec![sample("第二轮")], ..seen.clone() };
    wang.act(Command::Review(ReviewCommand::SetReviewing(root.clone(), Box::new((seen, now)))));
    assert_eq!(stored(&root).samples, [sample("第一轮"), sample("第二轮")]);
    wang.look_again();
    assert_eq!(wang.state.document().unwrap().reviewing().samples.len(), 2);
}

#[test]
fn a_folder_alone_says_how_its_project_is_reviewed_and_what_is_in_it() {
    let (folder, report) = place();
    let root = report.parent().unwrap().to_owned();
    for name in ["李华", "王小明"] {
        drop(sitting(folder.path(), name, &report, true));
    }
    let mut chen = Sitting::new(&folder.path().join("home-陈"));
    chen.act(Command::Keep(KeepCommand::SetPerson("陈".into())));
    chen.act(Command::Project(ProjectCommand::Open(root.clone())));
    arrange(&mut chen, |reviewing| reviewing.blind = true);
    assert!(stored(&root).blind && chen.state.reviewed_project().unwrap().1.blind);

    chen.act(Command::Review(ReviewCommand::Survey(root.clone())));
    let survey = chen.state.survey(&root).unwrap();
    let names: Vec<&str> = survey.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!((names, survey.is_asked(), chen.state.reports_in(&root)), (vec!["李华", "王小明"], false, 1));
    chen.act(Command::Review(ReviewCommand::ReadSections));
    let sections = chen.state.survey(&root).unwrap().sections.clone().unwrap();
    assert_eq!(sections.len(), 1);
    assert!(!sections[0].sections.is_empty() && chen.state.survey(&root).unwrap().is_asked());
    assert!(chen.state.survey(&root.join("别处")).is_none());
}
