//! Dated versions of a person's file: they come with time, are gone back to in one step, and say when they cannot be read.

use crate::store::{Sitting, place};
use jiannuo::annotation::{Annotations, Time};
use jiannuo::session::{Command, KeepCommand, StepName, TagCommand};
use jiannuo::store::{RealDisk, VersionCard, load_version, versions};
use std::path::{Path, PathBuf};

/// Somebody who tagged once and saved.
fn tagged() -> (tempfile::TempDir, PathBuf, Sitting) {
    let (folder, report) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    sitting.tag(10, 18, "target");
    sitting.save();
    (folder, report, sitting)
}

fn kept(sitting: &Sitting) -> Vec<VersionCard> {
    versions(&RealDisk, sitting.state.document().unwrap().keeping.file.as_ref().unwrap())
}

fn tags(sitting: &Sitting) -> Vec<Option<usize>> {
    kept(sitting).into_iter().map(|card| card.tags).collect()
}

/// Makes a version one of that time, as if it had been kept then.
fn made_at(version: &Path, moment: &str) {
    std::fs::rename(version, version.with_file_name(format!("王小明 {moment}.ron"))).unwrap();
}

/// Two versions: one of 2020 with one tag, and one of now with two; three tags are there by now.
fn with_two_versions() -> (tempfile::TempDir, PathBuf, Sitting) {
    let (folder, report, mut sitting) = tagged();
    sitting.tag(30, 38, "indicator");
    sitting.save();
    made_at(&kept(&sitting)[0].path, "2020-01-02T030405Z");
    sitting.tag(50, 58, "commitment");
    sitting.save();
    (folder, report, sitting)
}

fn restore(sitting: &mut Sitting, version: &VersionCard) {
    let there: Annotations = load_version(&RealDisk, &version.path).unwrap().record.annotations;
    sitting.act(Command::Tag(TagCommand::Restore(version.time, Box::new(there))));
}

#[test]
fn versions_come_with_saves_that_lie_apart() {
    let (_folder, _report, mut sitting) = tagged();
    assert!(tags(&sitting).is_empty(), "there was nothing before the first save");
    sitting.tag(30, 38, "indicator");
    sitting.save();
    assert_eq!(tags(&sitting), [Some(1)]);
    sitting.tag(50, 58, "commitment");
    sitting.save();
    assert_eq!(tags(&sitting), [Some(1)], "less than ten minutes later");
    made_at(&kept(&sitting)[0].path, "2020-01-02T030405Z");
    sitting.tag(70, 75, "target");
    sitting.save();
    assert_eq!(tags(&sitting), [Some(3), Some(1)], "the newest first");
    assert_eq!(kept(&sitting)[1].time, Time(1_577_934_245_000));
}

#[test]
fn a_version_is_restored_in_one_step_that_can_be_undone() {
    let (folder, report, mut sitting) = with_two_versions();
    let before = sitting.state.document().unwrap().annotations.clone();
    let oldest = kept(&sitting)[1].clone();
    restore(&mut sitting, &oldest);
    assert_eq!(sitting.tags(), 1);
    assert_eq!(sitting.state.document().unwrap().undo_name(), Some(&StepName::Restore(oldest.time)));
    sitting.act(Command::Tag(TagCommand::Undo));
    assert!(sitting.state.document().unwrap().annotations.same_content(&before));
    sitting.act(Command::Tag(TagCommand::Redo));
    sitting.save();
    drop(sitting);
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&report);
    assert_eq!(again.tags(), 1);
}

#[test]
fn what_was_changed_and_deleted_since_comes_back() {
    let (_folder, _report, mut sitting) = with_two_versions();
    let newest = kept(&sitting)[0].clone();
    let order: Vec<_> = sitting.state.document().unwrap().annotations.order().iter().map(|(_, id)| *id).collect();
    sitting.act(Command::Tag(TagCommand::Delete(vec![order[0]])));
    sitting.act(Command::Tag(TagCommand::SetNote(order[1], "后来写的".into())));
    restore(&mut sitting, &newest);
    let there = load_version(&RealDisk, &newest.path).unwrap().record.annotations;
    assert!(sitting.state.document().unwrap().annotations.same_content(&there));
    // The version is as it was, so restoring it again changes nothing.
    let made = sitting.state.document().unwrap().keeping.made;
    restore(&mut sitting, &newest);
    assert_eq!(sitting.state.document().unwrap().keeping.made, made);
}

#[test]
fn a_damaged_version_is_listed_as_unreadable() {
    let (_folder, _report, sitting) = with_two_versions();
    let oldest = kept(&sitting)[1].clone();
    std::fs::write(&oldest.path, "x").unwrap();
    assert_eq!(tags(&sitting), [Some(2), None]);
    assert!(load_version(&RealDisk, &oldest.path).is_err());
}
