//! How secret a report is, what is asked before something leaves its folder, and clearing what this machine remembers.

use super::*;
use jiannuo::report::Field;
use jiannuo::session::{Command, FileCommand, ReportCommand};
use jiannuo::ui::{Action, Purpose};

const MARKED: &str = "000123\n机密★1年\n昀溪市政府工作报告\n全市生产总值2561亿元，同比增长13.5％。\n新建学校二十所。\n";

/// A place was chosen, as in the system's dialog.
fn choose(desk: &mut Desk, purpose: Purpose, path: &Path) {
    let context = desk.harness.ctx.clone();
    desk.harness.state_mut().act(&context, Action::Chosen(purpose, path.to_owned()));
    desk.settle();
}

fn is_asked(desk: &Desk) -> bool {
    desk.says("存到报告所在的文件夹之外")
}

/// The folder in which the tags of the report shown are kept.
fn kept_in(desk: &Desk) -> PathBuf {
    desk.harness.state().state().document().unwrap().keeping.folder.project().unwrap().to_owned()
}

#[test]
fn the_mark_at_the_head_shows_and_is_stamped_on_citations() {
    let mut desk = Desk::with(MARKED);
    assert_eq!(desk.harness.state().state().document().unwrap().title(), "昀溪市政府工作报告");
    assert!(desk.says("密级：机密"));
    desk.menu("文件", "引用…");
    assert!(desk.says("〔机密〕"));
    desk.click("RIS");
    assert!(desk.says("N1  - 密级：机密"));
}

#[test]
fn the_level_is_set_by_hand() {
    let mut desk = Desk::with(PLAIN);
    assert!(!desk.says("密级："));
    for (level, shown) in [("秘密", true), ("公开", false), ("内部", true)] {
        desk.menu("文件", "报告信息");
        desk.open_list("密级");
        desk.click_item(level);
        desk.click_item("更正");
        assert_eq!(desk.says(&format!("密级：{level}")), shown, "{level}");
    }
    desk.select("生产总值");
    let cited = desk.copied(Event::Copy, Modifiers::COMMAND | Modifiers::SHIFT);
    assert!(cited.starts_with("“生产总值”") && cited.ends_with("〔内部〕"), "{cited}");
}

#[test]
fn a_place_outside_the_reports_folder_is_asked_about_once() {
    let mut desk = Desk::with(PLAIN);
    let outside = tempfile::tempdir().unwrap();
    let inside = desk.folder.path().join("内");
    std::fs::create_dir(&inside).unwrap();
    choose(&mut desk, Purpose::Keep, &inside);
    assert!(!is_asked(&desk));
    assert_eq!(kept_in(&desk), inside);
    choose(&mut desk, Purpose::Keep, outside.path());
    assert!(is_asked(&desk) && desk.says("标注和摘引的原文") && desk.says(&outside.path().display().to_string()));
    desk.click_item("取消");
    assert_eq!(kept_in(&desk), inside, "nothing is stored there");
    choose(&mut desk, Purpose::Keep, outside.path());
    desk.click_item("存到那里");
    assert_eq!(kept_in(&desk), outside.path());
    choose(&mut desk, Purpose::Keep, &inside);
    choose(&mut desk, Purpose::Keep, outside.path());
    assert!(!is_asked(&desk));
    assert_eq!(kept_in(&desk), outside.path());
}

#[test]
fn where_a_level_is_set_it_is_asked_each_time() {
    let mut desk = Desk::with(PLAIN);
    let outside = tempfile::tempdir().unwrap();
    let level = ReportCommand::Fact(None, Field::Secrecy, Some("confidential".into()));
    desk.harness.state_mut().carry_out(Command::Report(level));
    desk.settle();
    for _ in 0..2 {
        choose(&mut desk, Purpose::Keep, outside.path());
        assert!(is_asked(&desk) && desk.says("最高密级：秘密"));
        desk.click_item("存到那里");
        assert_eq!(kept_in(&desk), outside.path());
    }
}

#[test]
fn traces_are_cleared_by_the_menu() {
    let mut desk = Desk::tiny();
    let (home, report) = (desk.folder.path().join("home"), desk.folder.path().join("报告.txt"));
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.key(Key::Num1);
    desk.menu("文件", "清除本机痕迹…");
    assert!(desk.says("最近打开的报告和文件夹") && desk.says("设置和标注人姓名"));
    desk.click_item("取消");
    assert!(desk.harness.state().state().document().is_some());
    desk.menu("文件", "清除本机痕迹…");
    desk.click_item("清除");
    assert!(desk.says("本机痕迹已清除"));
    assert!(desk.harness.state().state().document().is_none());
    desk.settle();
    let memory = load_memory(&RealDisk, &LocalFolders::below(&home).memory_file());
    assert!(memory.recent.is_empty() && memory.person().is_some());
    desk.harness.state_mut().carry_out(Command::File(FileCommand::Open(vec![report])));
    desk.settle();
    assert_eq!(desk.tags().len(), 1);
}
