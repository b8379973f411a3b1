//! Versions and packs: looked at, restored, packed, merged.

use super::*;
use jiannuo::ui::{Action, Purpose};

/// Tags words as a target each, one save after the other.
fn tag(desk: &mut Desk, all: &[&str]) {
    for words in all {
        desk.select(words);
        desk.key(Key::Num1);
    }
}

fn click_version(desk: &mut Desk, ending: &str) {
    desk.harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.ends_with(ending))).click();
    desk.settle();
}

/// The folder of the versions on the report.
fn versions(desk: &Desk) -> PathBuf {
    desk.harness.state().state().document().unwrap().keeping.folder.path().join("versions")
}

fn open_path(desk: &mut Desk, path: &Path) {
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    desk.harness.event(Event::Text(path.display().to_string()));
    desk.steps(2);
    desk.key(Key::Enter);
}

#[test]
fn a_version_is_looked_at_restored_and_the_step_undone() {
    let mut desk = Desk::with(PLAIN);
    desk.menu("文件", "版本…");
    assert!(desk.says("还没有旧版本") && desk.says("相隔十分钟"));
    desk.click_item("关闭");
    tag(&mut desk, &["生产总值", "失业率"]);
    desk.menu("文件", "版本…");
    click_version(&mut desk, "1 处标注");
    assert!(desk.says("此后新增 1 处，删除 0 处，改动 0 处"));
    desk.click_item("恢复到此版本");
    assert_eq!(desk.quotes(), pairs(&[("target", "生产总值")]));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.quotes(), pairs(&[("target", "生产总值"), ("target", "失业率")]));
}

#[test]
fn a_version_that_cannot_be_read_says_so_and_is_not_restored() {
    let mut desk = Desk::with(PLAIN);
    tag(&mut desk, &["生产总值", "失业率"]);
    let version = std::fs::read_dir(versions(&desk)).unwrap().map(|entry| entry.unwrap().path()).next().unwrap();
    std::fs::write(version, "x").unwrap();
    desk.menu("文件", "版本…");
    click_version(&mut desk, "无法读取");
    assert!(desk.says("无法读懂"));
    assert!(desk.harness.get_by_role_and_label(Role::Button, "恢复到此版本").accesskit_node().is_disabled());
    desk.key(Key::Escape);
    assert!(!desk.says("无法读懂"));
}

#[test]
fn a_report_is_packed_and_merged_into_a_folder_elsewhere() {
    let mut desk = Desk::with(PLAIN);
    tag(&mut desk, &["生产总值"]);
    let context = desk.harness.ctx.clone();
    let place = desk.folder.path().join("包");
    desk.harness.state_mut().act(&context, Action::Chosen(Purpose::Pack, place.clone()));
    desk.settle();
    let pack = place.with_extension("zip");
    assert!(pack.is_file() && desk.says("1 份报告，1 人的标注"));
    // Under the name with its ending there is one by now, and nobody was asked.
    desk.harness.state_mut().act(&context, Action::Chosen(Purpose::Pack, place));
    desk.settle();
    assert!(desk.says("已有文件"));
    desk.click_item("取消");

    let mut other = Desk::with("另一份报告\n新建学校三所。\n");
    open_path(&mut other, &pack);
    assert!(other.says("1 份报告、1 人的 1 处标注") && other.says("合并到此文件夹"));
    let root = other.folder.path().join("合并");
    let context = other.harness.ctx.clone();
    other.harness.state_mut().act(&context, Action::Chosen(Purpose::Unpack, root.clone()));
    other.settle();
    assert!(other.says(&format!("合并到：{}", root.display())));
    other.click_item("合并到此文件夹");
    assert!(other.says("新增 1 份报告") && !other.says("换一个文件夹"));
    // The folder is shown, with whose tags there are.
    let project = other.harness.state().state().project.as_ref().unwrap();
    assert_eq!((project.root.as_path(), project.cards[0].people[0].name.as_str()), (root.as_path(), "王小明"));
    assert!(other.says("1 个文件，1 篇报告"));
    assert!(root.join("报告.txt").is_file());
}

#[test]
fn a_pack_that_is_opened_and_left_alone_changes_nothing() {
    let mut desk = Desk::with(PLAIN);
    tag(&mut desk, &["生产总值"]);
    let context = desk.harness.ctx.clone();
    let pack = desk.folder.path().join("包.zip");
    desk.harness.state_mut().act(&context, Action::Chosen(Purpose::Pack, pack.clone()));
    desk.settle();
    open_path(&mut desk, &pack);
    assert!(desk.says("合并到此文件夹"));
    desk.key(Key::Escape);
    assert!(!desk.says("合并到此文件夹"));
    assert!(!pack.with_extension("").exists() && desk.harness.state().state().project.is_none());
}
