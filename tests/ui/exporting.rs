//! Tags are handed over to other programs, and taken from them: the two dialogs, by keyboard and mouse.

use super::folder::folder_desk;
use super::review::{THREE, desk_of};
use super::*;
use jiannuo::report::Field;
use jiannuo::session::{Command, FileCommand, ReportCommand, ReviewCommand, TagCommand};
use jiannuo::ui::{Action, Purpose};

/// A desk on which two things are tagged.
pub(super) fn tagged() -> Desk {
    let mut desk = Desk::with(PLAIN);
    for (words, digit) in [("生产总值", Key::Num2), ("新建学校", Key::Num3)] {
        desk.select(words);
        desk.key(digit);
    }
    desk.keys(Modifiers::COMMAND, Key::S);
    // Nothing is picked or selected: the names of kinds stand in the dialogs only.
    desk.key(Key::Escape);
    desk.key(Key::Escape);
    desk
}

/// Opens the dialog and chooses a format.
fn choose_format(desk: &mut Desk, format: &str) {
    desk.keys(Modifiers::COMMAND, Key::E);
    desk.open_list("格式");
    desk.click_item(format);
}

fn tick(desk: &mut Desk, name: &str) {
    desk.harness.get_by_role_and_label(Role::CheckBox, name).click();
    desk.settle();
}

/// Hands over to a file in the folder of the report, whose name is given back as a path.
pub(super) fn export(desk: &mut Desk, format: &str, name: &str) -> PathBuf {
    choose_format(desk, format);
    let path = desk.folder.path().join(name);
    desk.type_over("存到", &path.display().to_string());
    desk.click_item("导出");
    path
}

/// A file was chosen, as in the system's dialog.
pub(super) fn import(desk: &mut Desk, path: &Path) {
    let context = desk.harness.ctx.clone();
    desk.harness.state_mut().act(&context, Action::Chosen(Purpose::Import, path.to_owned()));
    desk.settle();
}

fn notes(desk: &Desk) -> Vec<String> {
    desk.tags().into_iter().map(|tag| tag.note).collect()
}

#[test]
fn the_report_is_handed_over_with_a_look_at_it_first() {
    let mut desk = tagged();
    choose_format(&mut desk, "CSV 表格");
    assert!(desk.says("给脚本和统计软件") && desk.says("report,section,paragraph,kind,quote"), "what it is for, and how it begins");
    assert!(!desk.says("tag_id") && desk.says("不显示编号列"), "but for what only programs read");
    assert!(desk.says("会写 2 个文件：报告 标注.csv、报告 标注.quantities.csv"));
    tick(&mut desk, "导出类别“承诺”");
    let path = desk.folder.path().join("表.csv");
    desk.type_over("存到", &path.display().to_string());
    desk.click_item("导出");
    assert!(desk.says("已导出到") && desk.says("表.csv、表.quantities.csv：") && desk.says("标注 1 条"));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("\u{FEFF}tag_id,") && text.contains(",indicator,生产总值,") && !text.contains("新建学校"), "{text}");
    assert!(desk.folder.path().join("表.quantities.csv").is_file());
}

#[test]
fn of_a_workbook_that_is_shown_which_people_see_in_it() {
    let mut desk = tagged();
    desk.keys(Modifiers::COMMAND, Key::E);
    assert!(desk.says("报告    章节    段落    类别    标注原文"), "the words over its columns");
    assert!(!desk.says("tag_id"), "and nothing of what is hidden");
}

#[test]
fn the_place_follows_the_format_and_nothing_is_written_over_unasked() {
    let mut desk = tagged();
    desk.menu("文件", "导出…");
    let place = |desk: &Desk| {
        let field = desk.harness.get_by_role_and_label(Role::TextInput, "存到");
        field.accesskit_node().value().unwrap()
    };
    assert!(place(&desk).ends_with("报告 标注.xlsx"), "{}", place(&desk));
    desk.open_list("格式");
    desk.click_item("JSON");
    assert!(place(&desk).ends_with("报告 标注.json"), "{}", place(&desk));
    desk.key(Key::Escape);
    let there = desk.folder.path().join("页.html");
    std::fs::write(&there, "旧").unwrap();
    export(&mut desk, "网页（.html）", "页.html");
    assert!(desk.says("这个位置已有文件"));
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "旧");
    tick(&mut desk, "覆盖已有的文件");
    desk.click_item("导出");
    assert!(std::fs::read_to_string(&there).unwrap().contains("<!DOCTYPE html>"));
    // The report itself is none that could be written over, by whichever of the files.
    export(&mut desk, "brat", "");
    assert!(desk.says("报告.txt 是报告，不能被导出的文件替换") && !desk.says("覆盖已有的文件"));
    assert_eq!(std::fs::read_to_string(desk.folder.path().join("报告.txt")).unwrap(), PLAIN);
}

#[test]
fn what_lies_beside_is_not_written_over_unasked_either() {
    let mut desk = tagged();
    let path = |desk: &Desk, name: &str| desk.folder.path().join(name);
    for format in ["JSONL（每行一条标注）", "JSON"] {
        choose_format(&mut desk, format);
        assert!(!desk.says("这个位置已有文件"), "by the names that are offered they do not get in each other's way");
        desk.click_item("导出");
        assert!(desk.says("已导出到"));
    }
    assert!(path(&desk, "报告 标注.jsonl.schema.json").is_file() && path(&desk, "报告 标注.schema.json").is_file());
    std::fs::create_dir(path(&desk, "报告 标注 brat")).unwrap();
    for (format, name) in [("brat", "报告 标注 brat/报告.ann"), ("CSV 表格", "报告 标注.quantities.csv")] {
        std::fs::write(path(&desk, name), "旧").unwrap();
        choose_format(&mut desk, format);
        assert!(desk.says("这个位置已有文件"), "{name}");
        desk.click_item("导出");
        assert_eq!(std::fs::read_to_string(path(&desk, name)).unwrap(), "旧");
        tick(&mut desk, "覆盖已有的文件");
        desk.click_item("导出");
        assert_ne!(std::fs::read_to_string(path(&desk, name)).unwrap(), "旧", "{name}");
    }
}

#[test]
fn a_name_alone_lies_beside_the_report_and_ends_as_its_format_does() {
    let mut desk = tagged();
    choose_format(&mut desk, "CSV 表格");
    desk.type_over("存到", "表");
    assert!(desk.says("表.csv、表.quantities.csv"));
    desk.click_item("导出");
    assert!(desk.folder.path().join("表.csv").is_file());
    std::fs::create_dir(desk.folder.path().join("夹")).unwrap();
    export(&mut desk, "JSON", "夹");
    assert!(desk.folder.path().join("夹").join("报告 标注.json").is_file(), "in a folder it has the name that is offered");
}

#[test]
fn what_was_chosen_comes_back_with_why_it_failed() {
    let mut desk = tagged();
    choose_format(&mut desk, "网页（.html）");
    tick(&mut desk, "导出类别“承诺”");
    let folder = desk.folder.path().to_owned();
    desk.type_over("存到", &folder.join("无").join("页.html").display().to_string());
    desk.click_item("导出");
    assert!(desk.says("不存在。请核对位置"));
    // Among somebody's tags nothing is written, which is known only when it is tried.
    let kept = std::fs::read_dir(folder.join("jiannuo")).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    desk.type_over("存到", &kept.join("页.html").display().to_string());
    desk.click_item("导出");
    assert!(desk.says("是报告或它的标注，不能被导出的文件替换"));
    let name = folder.join("页.html");
    desk.type_over("存到", &name.display().to_string());
    desk.click_item("导出");
    assert!(desk.says("已导出到") && !desk.says("不能被导出的文件替换"), "what failed is forgotten");
    let page = std::fs::read_to_string(name).unwrap();
    assert!(page.contains("生产总值") && !page.contains("承诺"), "of the kinds that were ticked: {page}");
}

#[test]
fn of_a_folder_it_is_said_beforehand_that_the_place_lies_outside() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    let outside = "这个位置在报告所在的文件夹和项目之外";
    desk.keys(Modifiers::COMMAND, Key::E);
    assert!(desk.says("打开文件夹里的一篇报告可以预览") && !desk.says(outside));
    desk.open_list("格式");
    desk.click_item("Word 文档（.docx）");
    assert!(desk.says(outside));
    desk.click_item("导出");
    assert!(!desk.says("存到报告所在的文件夹之外") && desk.says("报告 3 篇"), "pressing the button was to agree");
    assert!(desk.folder.path().join("报告 标注.docx").is_file());
}

#[test]
fn which_report_is_meant_and_looked_at_is_said() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    let (inside, beside) = (desk.folder.path().join("报告").join("甲.txt"), desk.folder.path().join("外.txt"));
    std::fs::write(&beside, PLAIN).unwrap();
    for (path, is_of_folder) in [(inside, true), (beside, false)] {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        desk.harness.state_mut().carry_out(Command::File(FileCommand::Open(vec![path])));
        desk.settle();
        desk.keys(Modifiers::COMMAND, Key::E);
        assert!(desk.says(if is_of_folder { "这篇报告（昀溪市2024年" } else { "这篇报告（昀溪市政府" }));
        assert!(desk.says(&format!("预览：{name}")));
        desk.click("文件夹里的全部报告（3）");
        assert!(desk.says("预览：甲.txt"), "one of the folder is looked at, never another");
        desk.key(Key::Escape);
    }
}

#[test]
fn in_a_small_window_the_buttons_stay_in_sight_and_where_they_are() {
    let mut desk = tagged();
    desk.harness.set_size(egui::vec2(900.0, 600.0));
    desk.settle();
    let mut places = Vec::new();
    for format in ["CSV 表格", "Word 文档（.docx）", "CoNLL BIO（每行一字）"] {
        choose_format(&mut desk, format);
        places.push(desk.harness.get_by_role_and_label(Role::Button, "取消").rect());
        desk.key(Key::Escape);
    }
    assert!(places.iter().all(|place| place.bottom() < 600.0 && (place.top() - places[0].top()).abs() < 1.0), "{places:?}");
}

#[test]
fn several_files_get_a_folder_of_their_own() {
    let mut desk = tagged();
    let folder = export(&mut desk, "brat", "出");
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["annotation.conf", "报告.ann", "报告.txt"]);
}

#[test]
fn a_secret_report_says_so_and_is_asked_about_outside_its_folder() {
    let mut desk = tagged();
    let level = ReportCommand::Fact(None, Field::Secrecy, Some("secret".into()));
    desk.harness.state_mut().carry_out(Command::Report(level));
    desk.settle();
    choose_format(&mut desk, "网页（.html）");
    assert!(desk.says("密级：机密（导出的内容带有这个标记）"));
    let outside = tempfile::tempdir().unwrap();
    let path = outside.path().join("页.html");
    desk.type_over("存到", &path.display().to_string());
    desk.click_item("导出");
    assert!(desk.says("存到报告所在的文件夹之外") && desk.says("报告和标注") && !path.exists());
    desk.click_item("取消");
    assert!(desk.says("导出之前会再问一次") && desk.says("页.html"), "what was chosen is as it was");
    desk.click_item("导出");
    desk.click_item("存到那里");
    assert!(std::fs::read_to_string(&path).unwrap().contains("机密"));
}

#[test]
fn of_several_people_those_ticked_and_letters_where_names_are_hidden() {
    let mut desk = desk_of(&THREE);
    desk.harness.state_mut().carry_out(Command::Review(ReviewCommand::HideNames(true)));
    desk.settle();
    choose_format(&mut desk, "CSV 表格");
    tick(&mut desk, "导出乙的标注");
    let path = desk.folder.path().join("表.csv");
    desk.type_over("存到", &path.display().to_string());
    desk.click_item("导出");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(",甲,") && text.contains(",丙,") && !text.contains(",乙,"), "{text}");
    assert!(THREE.iter().all(|(name, _)| !text.contains(name)), "{text}");
}

#[test]
fn what_was_changed_elsewhere_is_shown_first_and_taken_in_one_step() {
    let mut desk = tagged();
    let path = export(&mut desk, "CSV 表格", "表.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen(",commitment,新建学校,", ",口号,新建学校,", 1)).unwrap();
    let before = desk.tags();
    import(&mut desk, &path);
    assert!(desk.says("导入到") && desk.says("不符 1") && desk.says("修改 0"), "a kind that is not known does not fit");
    desk.open_list("“口号”对应的类别");
    desk.click_item("目标");
    assert!(desk.says("修改 1") && desk.says("不符 0"), "until it is said which it is");
    desk.click("修改 1");
    assert!(desk.says("承诺 → 目标"));
    assert_eq!(desk.tags(), before, "nothing is taken yet");
    desk.click_item("导入 1 条");
    let kinds = |desk: &Desk| desk.tags().iter().map(|tag| tag.kind.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds(&desk), ["indicator", "target"]);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(kinds(&desk), ["indicator", "commitment"]);
}

#[test]
fn what_conflicts_is_not_taken_unless_ticked() {
    let mut desk = tagged();
    let path = export(&mut desk, "JSONL（每行一条标注）", "出.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"note\":null", "\"note\":\"那边\"")).unwrap();
    let tag = desk.tags()[0].id;
    std::thread::sleep(std::time::Duration::from_millis(5));
    desk.harness.state_mut().carry_out(Command::Tag(TagCommand::SetNote(tag, "这边".into())));
    desk.settle();
    import(&mut desk, &path);
    assert!(desk.says("修改 1") && desk.says("冲突 1"));
    desk.click_item("导入 1 条");
    assert_eq!(notes(&desk), ["这边", "那边"]);
    import(&mut desk, &path);
    desk.click("冲突 1");
    desk.click("全部勾选");
    desk.click_item("导入 1 条");
    assert_eq!(notes(&desk), ["那边", "那边"]);
}

#[test]
fn a_file_of_no_format_and_one_that_brings_nothing() {
    let mut desk = tagged();
    let path = desk.folder.path().join("笔记.md");
    std::fs::write(&path, "# 笔记\n").unwrap();
    import(&mut desk, &path);
    assert!(desk.says("看不出") && desk.says("笔记.md"));
    desk.key(Key::Escape);
    let path = export(&mut desk, "JSON", "出.json");
    import(&mut desk, &path);
    assert!(desk.says("与这里相同、不用导入：2"));
    desk.key(Key::Escape);
    assert!(!desk.says("导入到"));
    assert!(desk.harness.state().state().import.is_none(), "it is put away");
}
