//! Two hands on one tag file: a second window, another machine, the copies sync services make.

use crate::store::{Sitting, place};
use jiannuo::annotation::{Annotations, TagId};
use jiannuo::session::{Choice, Command, KeepCommand, TagCommand, What, doubts};
use std::path::{Path, PathBuf};

/// Two windows of one person on one report with three tags.
fn two_windows() -> (tempfile::TempDir, PathBuf, Sitting, Sitting) {
    let (folder, report) = place();
    let home = folder.path().join("home");
    let mut one = Sitting::new(&home);
    one.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    one.open(&report);
    for start in [10, 30, 50] {
        one.tag(start, start + 8, "target");
    }
    one.save();
    let mut other = Sitting::new(&home);
    other.open(&report);
    assert_eq!(other.tags(), 3);
    (folder, report, one, other)
}

fn annotations(sitting: &Sitting) -> &Annotations {
    &sitting.state.document().unwrap().annotations
}

fn first(sitting: &Sitting) -> TagId {
    annotations(sitting).order()[0].1
}

fn note(sitting: &mut Sitting, tag: TagId, text: &str) {
    sitting.act(Command::Tag(TagCommand::SetNote(tag, text.into())));
}

/// Both save and see what the other wrote.
fn meet(one: &mut Sitting, other: &mut Sitting) {
    one.save();
    other.save();
    one.look_again();
    other.look_again();
    one.save();
    other.look_again();
}

fn conflicts(sitting: &Sitting) -> usize {
    annotations(sitting).conflicts().count()
}

#[test]
fn what_each_adds_both_have() {
    let (_folder, report, mut one, mut other) = two_windows();
    one.tag(70, 75, "indicator");
    other.tag(80, 85, "commitment");
    meet(&mut one, &mut other);
    assert_eq!((one.tags(), other.tags()), (5, 5));
    assert_eq!(annotations(&one), annotations(&other));
    assert!(other.told(|what| matches!(what, What::TakenIn { tags: 1, .. })));
    let home = report.parent().unwrap().parent().unwrap().join("home");
    let mut again = Sitting::new(&home);
    again.open(&report);
    assert_eq!(again.tags(), 5);
}

#[test]
fn one_tag_edited_in_both_keeps_both_readings_until_decided() {
    let (_folder, report, mut one, mut other) = two_windows();
    let tag = first(&one);
    note(&mut one, tag, "甲");
    note(&mut other, tag, "乙");
    meet(&mut one, &mut other);
    assert_eq!((conflicts(&one), conflicts(&other)), (1, 1));
    assert!(one.told(|what| matches!(what, What::Conflicts { tags: 1, .. })));
    // It is in the file, too.
    let home = report.parent().unwrap().parent().unwrap().join("home");
    let mut again = Sitting::new(&home);
    again.open(&report);
    assert_eq!(conflicts(&again), 1);
    assert_eq!(doubts(again.state.document().unwrap()).len(), 1);
    drop(again);
    // Decided in one window, it is decided in the other.
    let reading = annotations(&one).tag_records()[&tag].readings().next().unwrap().as_ref().unwrap().note.clone();
    one.act(Command::Tag(TagCommand::Decide(tag, Choice::Reading(0))));
    meet(&mut one, &mut other);
    assert_eq!((conflicts(&one), conflicts(&other)), (0, 0));
    assert_eq!(annotations(&other).tag(tag).unwrap().note, reading);
    // And it can be undone.
    one.act(Command::Tag(TagCommand::Undo));
    assert_eq!(conflicts(&one), 1);
    one.act(Command::Tag(TagCommand::Redo));
    assert_eq!(conflicts(&one), 0);
}

#[test]
fn both_readings_can_stay_as_two_tags() {
    let (_folder, _report, mut one, mut other) = two_windows();
    let tag = first(&one);
    note(&mut one, tag, "甲");
    note(&mut other, tag, "乙");
    meet(&mut one, &mut other);
    one.act(Command::Tag(TagCommand::Decide(tag, Choice::Both)));
    assert_eq!((one.tags(), conflicts(&one)), (4, 0));
    let mut notes: Vec<String> = annotations(&one).tags().map(|tag| tag.note.clone()).filter(|note| !note.is_empty()).collect();
    notes.sort();
    assert_eq!(notes, ["乙", "甲"]);
}

#[test]
fn a_deletion_is_not_resurrected_by_an_older_copy() {
    let (_folder, _report, mut one, mut other) = two_windows();
    let tag = first(&one);
    one.act(Command::Tag(TagCommand::Delete(vec![tag])));
    other.tag(80, 85, "commitment");
    meet(&mut one, &mut other);
    assert_eq!((one.tags(), other.tags()), (3, 3));
    assert!(annotations(&other).tag(tag).is_none());
    assert_eq!(conflicts(&other), 0);
}

#[test]
fn an_edit_of_what_was_deleted_elsewhere_is_asked_about() {
    let (_folder, _report, mut one, mut other) = two_windows();
    let tag = first(&one);
    one.act(Command::Tag(TagCommand::Delete(vec![tag])));
    note(&mut other, tag, "乙");
    meet(&mut one, &mut other);
    assert_eq!((conflicts(&one), conflicts(&other)), (1, 1));
    // Until then it is there: nothing is lost.
    assert_eq!(annotations(&one).tag(tag).unwrap().note, "乙");
    one.act(Command::Tag(TagCommand::Decide(tag, Choice::Reading(0))));
    meet(&mut one, &mut other);
    assert_eq!((one.tags(), other.tags(), conflicts(&other)), (2, 2, 0));
}

/// A copy as a sync service leaves one beside the file.
fn copy_beside(file: &Path, name: &str) -> PathBuf {
    let copy = file.with_file_name(name);
    std::fs::copy(file, &copy).unwrap();
    copy
}

#[test]
fn conflicted_copies_are_merged_and_the_file_with_the_plain_name_stays_the_one_written() {
    for name in
        ["王小明-DESKTOP-7Q2.ron", "王小明 (1).ron", "王小明 (conflicted copy 2026-11-20).ron", "王小明_冲突文件_1.ron", "0王小明.ron"]
    {
        let (folder, report, mut one, other) = two_windows();
        let file = other.state.document().unwrap().keeping.file.clone().unwrap();
        drop(other);
        let copy = copy_beside(&file, name);
        one.tag(70, 75, "indicator");
        one.save();
        drop(one);
        // The copy gets a tag of its own, as on the other machine.
        std::fs::rename(&file, folder.path().join("aside")).unwrap();
        std::fs::rename(&copy, &file).unwrap();
        let mut elsewhere = Sitting::new(&folder.path().join("home"));
        elsewhere.open(&report);
        elsewhere.tag(80, 85, "commitment");
        elsewhere.save();
        drop(elsewhere);
        std::fs::rename(&file, &copy).unwrap();
        std::fs::rename(folder.path().join("aside"), &file).unwrap();

        let mut again = Sitting::new(&folder.path().join("home"));
        again.open(&report);
        assert_eq!(again.tags(), 5, "{name}");
        assert!(again.told(|what| matches!(what, What::CopyMerged(path) if *path == copy)), "{name}");
        again.save();
        assert_eq!(again.state.document().unwrap().keeping.file.as_ref(), Some(&file), "{name}");
        let there = jiannuo::store::load_person_file(&jiannuo::store::RealDisk, &file).unwrap();
        assert_eq!(there.record.annotations.tag_count(), 5, "{name}");
    }
}

#[test]
fn a_file_put_in_place_with_its_old_time_is_seen_by_its_bytes() {
    let (_folder, _report, mut one, mut other) = two_windows();
    let tag = first(&one);
    for text in ["丙", "甲"] {
        note(&mut other, tag, text);
        other.save();
    }
    one.look_again();
    assert_eq!(annotations(&one).tag(tag).unwrap().note, "甲");
    let file = one.state.document().unwrap().keeping.file.clone().unwrap();
    let before = std::fs::metadata(&file).unwrap();
    note(&mut other, tag, "乙");
    other.save();
    assert_eq!(std::fs::metadata(&file).unwrap().len(), before.len());
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(before.modified().unwrap()).unwrap();
    for _ in 0..25 {
        one.look_again();
    }
    assert_eq!(annotations(&one).tag(tag).unwrap().note, "乙");
}
