//! What has to be looked at, in the window: tags on a changed text, and tags that two windows made different things of.

use super::*;
use crate::store::Sitting;
use jiannuo::annotation::Found;
use jiannuo::session::{Command, KeepCommand, TagCommand};

const OLD: &str = "政府工作报告\n\n全市生产总值增长6%，城镇新增就业3万人。\n财政收入下降2%。\n";
const NEW: &str = "政府工作报告\n（修订稿）\n\n全市生产总值增长6%，城镇新增就业3万人。\n财政收入下降3%。\n";

/// A report with tags on these words, saved; then its text is another.
fn changed() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("报告.txt");
    std::fs::write(&report, OLD).unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    for words in ["城镇新增就业3万人", "财政收入下降2%"] {
        let start = OLD[..OLD.find(words).unwrap()].chars().count() as u32;
        sitting.tag(start, start + words.chars().count() as u32, "indicator");
    }
    sitting.save();
    std::fs::write(&report, NEW).unwrap();
    (folder, report)
}

fn desk_of(folder: tempfile::TempDir, report: PathBuf) -> Desk {
    let home = folder.path().join("home");
    let memory = load_memory(&RealDisk, &LocalFolders::below(&home).memory_file());
    let mut desk = Desk { harness: window(&home, memory, vec![report], true), folder };
    desk.settle();
    desk.steps(3);
    desk
}

fn found(desk: &Desk) -> Vec<Option<Found>> {
    let document = desk.harness.state().state().document().unwrap();
    document.annotations.tags().map(|tag| tag.carried.as_ref().map(|carried| carried.how)).collect()
}

#[test]
fn tags_on_a_changed_text_are_taken_over_and_confirmed_by_one_key() {
    let (folder, report) = changed();
    let mut desk = desk_of(folder, report);
    assert!(desk.says("以前的文本上有您的 2 处标注"));
    desk.click("接过标注");
    desk.settle();
    assert_eq!(found(&desk), [Some(Found::Kept), Some(Found::Changed)]);
    desk.click("去核对");
    desk.steps(3);
    assert!(desk.says("有改动") && desk.says("未变") && desk.says("原来") && desk.says("现在"));
    for left in [1, 0] {
        desk.key(Key::Enter);
        desk.settle();
        assert_eq!(found(&desk).iter().flatten().count(), left);
    }
    assert!(desk.says("没有需要核对的标注"));
    let words: Vec<String> =
        desk.harness.state().state().document().unwrap().annotations.tags().map(|tag| tag.anchor.quote.clone()).collect();
    assert_eq!(words, ["城镇新增就业3万人", "财政收入下降3%"]);
}

#[test]
fn what_two_windows_made_of_a_tag_is_decided_with_a_click() {
    let (folder, report) = changed();
    std::fs::write(&report, OLD).unwrap();
    let mut other = Sitting::new(&folder.path().join("home"));
    other.open(&report);
    let mut desk = desk_of(folder, report);
    let tag = desk.harness.state().state().document().unwrap().annotations.order()[0].1;
    for (note, here) in [("甲说", true), ("乙说", false)] {
        let command = Command::Tag(TagCommand::SetNote(tag, note.into()));
        if here { desk.harness.state_mut().carry_out(command) } else { other.act(command) }
    }
    desk.harness.state_mut().carry_out(Command::Keep(KeepCommand::SaveAll));
    desk.settle();
    other.save();
    std::thread::sleep(std::time::Duration::from_millis(2_200));
    desk.steps(2);
    desk.settle();
    desk.steps(3);
    assert!(desk.says("两处作了不同改动"));
    desk.click("去核对");
    desk.steps(3);
    assert!(desk.says("备注：甲说") && desk.says("备注：乙说") && desk.says("两个都保留"));
    desk.click("两个都保留");
    desk.settle();
    let document = desk.harness.state().state().document().unwrap();
    assert_eq!((document.annotations.tag_count(), document.annotations.conflicts().count()), (3, 0));
}
