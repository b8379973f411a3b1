//! Files that come back: what the dialog says of each, what stays as it was ticked, and that nothing moves under the hand.

use super::exporting::{export, import, tagged};
use super::*;
use jiannuo::exchange::{DocxLayout, Format, Options, Shape};
use jiannuo::locale::{Language, Words};
use jiannuo::report::ReportId;
use jiannuo::session::{Command, Export, ExportCommand, Spoken, TagCommand};

/// Changes a file as somebody else might.
fn edit(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// A file in the folder of the report.
fn file(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = desk.folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A table in which one tag has another kind, and one a kind that nobody knows.
fn edited(desk: &mut Desk) -> PathBuf {
    let path = export(desk, "CSV 表格", "表.csv");
    edit(&path, ",indicator,生产总值,", ",target,生产总值,");
    edit(&path, ",commitment,新建学校,", ",口号,新建学校,");
    path
}

/// Changes made after this have a later time.
fn a_moment_later() {
    std::thread::sleep(std::time::Duration::from_millis(5));
}

#[test]
fn what_was_ticked_stays_so_when_a_kind_is_said() {
    let mut desk = tagged();
    let path = edited(&mut desk);
    import(&mut desk, &path);
    assert!(desk.says("修改 1") && desk.says("不符 1") && desk.says("导入 1 条"));
    let tick = |desk: &mut Desk| {
        desk.harness.get_by(|node| node.role() == Role::CheckBox && node.label().is_some_and(|name| name.contains("生产总值"))).click();
        desk.settle();
    };
    tick(&mut desk);
    assert!(desk.says("导入 0 条"));
    desk.open_list("“口号”对应的类别");
    desk.click_item("目标");
    assert!(desk.says("修改 2") && desk.says("导入 1 条"), "only what is new in the list is ticked");
}

#[test]
fn nothing_moves_from_one_list_to_the_next() {
    let mut desk = tagged();
    let path = edited(&mut desk);
    import(&mut desk, &path);
    let places = |desk: &Desk| {
        let named = |begins: &'static str| {
            desk.harness.get_by(move |node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with(begins))).rect()
        };
        ["新增 ", "修改 ", "冲突 ", "不符 ", "导入 "].map(named)
    };
    let before = places(&desk);
    for list in ["新增 0", "冲突 0", "不符 1", "修改 1"] {
        desk.click(list);
        assert_eq!(places(&desk), before, "{list}");
    }
}

#[test]
fn all_that_a_row_says_is_shown() {
    let mut desk = tagged();
    let note = "看一看这一处的口径".repeat(12);
    let path = file(&desk, "新.csv", format!("kind,quote,note,indicator_name,unsure\nindicator,失业率,{note},登记失业率,true\n"));
    import(&mut desk, &path);
    assert!(desk.says("新增 1") && desk.says(&note), "to its end");
    assert!(desk.says("指标名称：登记失业率") && desk.says("存疑：是"));
}

#[test]
fn what_was_imported_and_undone_is_no_conflict() {
    let mut desk = tagged();
    let path = export(&mut desk, "CSV 表格", "表.csv");
    edit(&path, ",commitment,新建学校,", ",target,新建学校,");
    a_moment_later();
    import(&mut desk, &path);
    desk.click_item("导入 1 条");
    desk.keys(Modifiers::COMMAND, Key::Z);
    import(&mut desk, &path);
    assert!(desk.says("修改 1") && desk.says("冲突 0") && desk.says("导入 1 条"), "the tag is as it was exported");
    desk.key(Key::Escape);
    let tag = desk.tags()[1].id;
    desk.harness.state_mut().carry_out(Command::Tag(TagCommand::SetNote(tag, "这边".into())));
    desk.settle();
    import(&mut desk, &path);
    assert!(desk.says("修改 0") && desk.says("冲突 1"), "now it is not");
}

#[test]
fn a_table_of_another_report_is_named_as_such() {
    let mut desk = tagged();
    let path = export(&mut desk, "CSV 表格", "表.csv");
    let here = desk.harness.state().state().document().unwrap().report.id().to_string();
    let text = std::fs::read_to_string(&path).unwrap().replace(&here, &ReportId::of("另一个文本").to_string());
    std::fs::write(&path, text.replacen(",commitment,新建学校,", ",target,新建学校,", 1)).unwrap();
    import(&mut desk, &path);
    assert!(desk.says("这是另一篇报告（或另一个文本）的标注：2 条"));
    assert!(desk.says("修改 1") && desk.says("导入 0 条"), "nothing of it is ticked");
    desk.key(Key::Escape);
    let path = file(&desk, "别的.csv", "kind,quote\ntarget,甲甲甲\ntarget,乙乙乙\ntarget,丙丙丙\n");
    import(&mut desk, &path);
    assert!(desk.says("这是另一篇报告的标注（3 条）") && desk.says("不符 0"), "in one line, not one for each row");
}

#[test]
fn of_other_peoples_rows_it_is_said_how_many_were_changed() {
    let mut desk = tagged();
    let path = export(&mut desk, "CSV 表格", "表.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let own = "01a2028c-30a7-7000-8180-39b4f0c3670f";
    let others: Vec<String> = text.lines().skip(1).map(|row| row.replace(own, "01a2028c-30a7-7000-8180-39b4f0c36700")).collect();
    let others = others.join("\n").replacen(",indicator,", ",target,", 1);
    std::fs::write(&path, format!("{text}{others}\n")).unwrap();
    import(&mut desk, &path);
    assert!(desk.says("与这里相同、不用导入：2") && desk.says("别人的标注、不导入：2，其中在文件里改过的：1"));
}

#[test]
fn files_that_are_none_of_tags_are_told_in_the_language_of_the_window() {
    let mut desk = tagged();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let path = file(&desk, "空.xlsx", "");
    import(&mut desk, &path);
    assert!(desk.says("空.xlsx 是空的") && !desk.says("导入到"));
    let path = file(&desk, "图.xlsx", png);
    import(&mut desk, &path);
    assert!(desk.says("导入到") && desk.says("不是 Excel 工作簿") && !desk.says("Zip"));
    desk.key(Key::Escape);
    let path = file(&desk, "图.json", png);
    import(&mut desk, &path);
    assert!(desk.says("看不出") && desk.says("选择格式"));
    desk.open_list("文件格式");
    desk.click_item("CSV 表格");
    assert!(desk.says("里没有标注表"), "the format can be chosen, and another one after that");
    desk.open_list("文件格式");
    desk.click_item("JSON");
    assert!(desk.says("读不出来"));
}

#[test]
fn a_file_that_ends_in_the_middle_is_told_in_one_sentence() {
    let mut desk = tagged();
    let path = export(&mut desk, "JSON", "全.json");
    let whole = std::fs::read_to_string(&path).unwrap();
    let half: String = whole.chars().take(whole.chars().count() / 2).collect();
    let half = half.trim_end();
    std::fs::write(&path, half).unwrap();
    import(&mut desk, &path);
    assert!(desk.says(&format!("不完整，到第 {} 行为止", half.lines().count())) && !desk.says("不符"));
}

#[test]
fn the_format_is_said_where_nothing_shows_it() {
    let mut desk = tagged();
    let path = export(&mut desk, "JSONL（每行一条标注）", "行.jsonl");
    let path = file(&desk, "行.txt", std::fs::read(path).unwrap());
    import(&mut desk, &path);
    desk.open_list("文件格式");
    desk.click_item("JSONL（每行一条标注）");
    assert!(desk.says("与这里相同、不用导入：2"));
}

#[test]
fn the_window_takes_every_format_that_is_read() {
    let mut desk = tagged();
    for format in Format::ALL.into_iter().filter(|format| format.is_read()) {
        let is_folder = format.shape() == Shape::Folder;
        let name = if is_folder { format.key().to_owned() } else { format!("{}.{}", format.key(), format.ending()) };
        let to = desk.folder.path().join(name);
        let export = Export {
            format,
            layout: DocxLayout::Plain,
            options: Options::default(),
            all: false,
            spoken: Spoken::new(Words::new(Language::Simplified)),
            letters: None,
            to: to.clone(),
            over: false,
        };
        desk.harness.state_mut().carry_out(Command::Export(ExportCommand::Begin(Box::new(export))));
        desk.settle();
        let path = if is_folder { to.join(format!("报告.{}", format.ending())) } else { to };
        import(&mut desk, &path);
        assert!(desk.says("与这里相同、不用导入：2"), "{format:?}");
        desk.key(Key::Escape);
        assert!(!desk.says("导入到"), "{format:?}");
    }
}
