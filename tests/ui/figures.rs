//! How far the people of a review agree, in the window: figures that follow the switches, and what is written of a review.

use super::review::{THREE, desk_of, document, tally, wait_until_compared};
use super::*;
use jiannuo::review::figures::Figures;
use jiannuo::session::{Command, ReviewCommand};
use jiannuo::ui::{Action, Purpose, ReviewFile};

/// A review of three people whose figures are shown.
fn desk_with_figures() -> Desk {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    toggle(&mut desk);
    wait_for(&mut desk, |figures| figures.seed == 1);
    desk
}

fn toggle(desk: &mut Desk) {
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
}

/// Steps until figures are there of which this holds.
fn wait_for(desk: &mut Desk, holds: impl Fn(&Figures) -> bool) {
    for _ in 0..2000 {
        desk.harness.step();
        if !document(desk).is_measuring() && document(desk).figures().is_some_and(|figures| holds(figures)) {
            desk.settle();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("there are no such figures");
}

/// A place was chosen for something that comes of the review, as in the system's dialog.
fn choose(desk: &mut Desk, file: ReviewFile, path: &Path) {
    let context = desk.harness.ctx.clone();
    desk.harness.state_mut().act(&context, Action::Chosen(Purpose::WriteReview(file), path.to_owned()));
    desk.settle();
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn figures_are_shown_in_place_of_the_page() {
    let mut desk = desk_with_figures();
    for part in ["两两之间", "按类别", "按章节", "匹配标注的属性", "各人", "种子 1", "张三", "李四", "王五"] {
        assert!(desk.says(part), "{part}");
    }
    let figures = document(&desk).figures().unwrap().clone();
    assert_eq!((figures.people.len(), figures.pairs.len()), (3, 3));
    let f1 = figures.all.exact.f1;
    assert!(desk.says(&format!("{:.2}", f1.value.unwrap())) && desk.says(&format!("{}/{}", f1.counts.agreed, f1.counts.compared)));
    desk.key(Key::Num1);
    assert_eq!(tally(&desk), (3, 0), "no case is decided behind figures");
    desk.key(Key::Escape);
    assert!(!desk.says("两两之间") && document(&desk).measure().is_none());
    desk.key(Key::Num1);
    assert_eq!(tally(&desk), (2, 1));
}

#[test]
fn the_switches_are_followed() {
    let mut desk = desk_with_figures();
    desk.type_over("随机种子", "42");
    desk.key(Key::Enter);
    wait_for(&mut desk, |figures| figures.seed == 42);
    assert!(desk.says("种子 42"));
    desk.type_over("随机种子", "不是数");
    desk.key(Key::Enter);
    assert_eq!(document(&desk).measure().unwrap().seed, 42, "what is no number is not taken");
    desk.click("不计由建议而来的标注");
    wait_for(&mut desk, |figures| figures.without_proposals);
    desk.harness.get_by(|node| node.role() != Role::Label && node.label().as_deref() == Some("切分：Krippendorff uα")).click();
    desk.settle();
    toggle(&mut desk);
    toggle(&mut desk);
    wait_for(&mut desk, |figures| figures.seed == 42 && figures.without_proposals);
}

#[test]
fn what_comes_of_a_review_is_written_to_files() {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    desk.key(Key::Num1);
    toggle(&mut desk);
    wait_for(&mut desk, |_| true);
    let folder = desk.folder.path().to_owned();
    choose(&mut desk, ReviewFile::Figures, &folder.join("数值"));
    assert!(read(&folder.join("数值.csv")).starts_with("\u{FEFF}report,group,"), "the ending is put behind it");
    assert!(desk.says("已写入"));
    choose(&mut desk, ReviewFile::Page, &folder.join("页.html"));
    let page = read(&folder.join("页.html"));
    assert!(page.contains("标注一致性报告") && page.contains("Krippendorff") && page.contains("王五"));
    choose(&mut desk, ReviewFile::Cases, &folder.join("矩阵.csv"));
    assert!(read(&folder.join("矩阵.csv")).contains(",secrecy,张三,李四,王五"));
    choose(&mut desk, ReviewFile::Runs, &folder.join("逐字.csv"));
    assert!(read(&folder.join("逐字.csv")).starts_with("report,kind,start,end,weight,"));
    choose(&mut desk, ReviewFile::Workbook, &folder.join("数值.xlsx"));
    assert!(std::fs::read(folder.join("数值.xlsx")).unwrap().starts_with(b"PK"));
    choose(&mut desk, ReviewFile::Decisions, &folder.join("决定.csv"));
    let decisions = read(&folder.join("决定.csv"));
    assert!(decisions.contains("采用") && decisions.contains("王小明") && decisions.lines().count() == 2, "{decisions}");
}

#[test]
fn where_names_are_hidden_so_is_that_of_who_decides() {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    desk.key(Key::Num1);
    desk.harness.state_mut().carry_out(Command::Review(ReviewCommand::HideNames(true)));
    let path = desk.folder.path().join("决定.csv");
    choose(&mut desk, ReviewFile::Decisions, &path);
    let decisions = read(&path);
    let row = decisions.lines().nth(1).unwrap();
    assert!(row.contains(",裁定人,2") && row.contains("丙：目标"), "{row}");
    assert!(!decisions.contains("王小明") && !decisions.contains("王五"), "{decisions}");
}

#[test]
fn feedback_is_written_for_each_and_over_nothing() {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    desk.key(Key::Num1);
    let folder = desk.folder.path().join("反馈");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("审阅反馈 张三.html"), "own").unwrap();
    choose(&mut desk, ReviewFile::Feedback, &folder);
    assert_eq!(read(&folder.join("审阅反馈 张三.html")), "own");
    assert!(read(&folder.join("审阅反馈 张三 2.html")).contains("漏标"), "the case that only one of them tagged was decided");
    assert!(read(&folder.join("审阅反馈 王五.html")).contains("给王五的审阅反馈"));
    assert!(desk.says("写入 3 个文件"));
}

#[test]
fn a_file_that_is_there_is_not_written_over_unasked() {
    let mut desk = desk_with_figures();
    let there = desk.folder.path().join("数值.csv");
    std::fs::write(&there, "own").unwrap();
    choose(&mut desk, ReviewFile::Figures, &there.with_extension(""));
    assert!(desk.says("这个位置已有文件"));
    assert_eq!(read(&there), "own");
}

#[test]
fn a_place_outside_is_asked_about() {
    let mut desk = desk_with_figures();
    let outside = tempfile::tempdir().unwrap();
    choose(&mut desk, ReviewFile::Page, &outside.path().join("页.html"));
    assert!(desk.says("存到报告所在的文件夹之外") && desk.says("审阅结果和摘引的原文"));
    assert!(!outside.path().join("页.html").exists());
    desk.click_item("存到那里");
    assert!(outside.path().join("页.html").exists());
}

#[test]
fn the_methods_paragraph_is_copied() {
    let mut desk = desk_with_figures();
    desk.harness.get_by_label("复制方法说明").click();
    let mut copied = String::new();
    for _ in 0..6 {
        desk.harness.step();
        for command in &desk.harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    assert!(copied.contains("3 名标注人（张三、李四、王五）") && copied.contains("随机种子 1"), "{copied}");
    assert!(!copied.contains('{'), "every gap is filled: {copied}");
}
