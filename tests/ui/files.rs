//! Opening, pasting, encodings, and what a report is.

use super::*;

#[test]
fn pasted_text_is_kept_as_a_report() {
    let mut desk = Desk::with(PLAIN);
    desk.harness.event(Event::Paste("棲霞區工作報告\n全區生產總值增長8%。".into()));
    desk.settle();
    desk.click_item("存为报告");
    assert!(desk.says("全區生產總值增長8%"));
    assert_eq!(desk.harness.state().state().documents.len(), 2);
}

#[test]
fn a_path_is_typed_where_there_is_no_dialog() {
    let mut desk = Desk::with(PLAIN);
    desk.open_other("另一份.txt", "另一份报告\n新建学校三所。\n");
    assert!(desk.says("新建学校三所"));
    desk.keys(Modifiers::COMMAND, Key::W);
    assert!(!desk.says("新建学校三所"));
}

#[test]
fn a_file_that_is_no_report_is_said_to_be_what_it_is() {
    let mut desk = Desk::with(PLAIN);
    desk.open_other("会议.pdf", "%PDF-1.7\n");
    assert!(desk.says("会议.pdf") && desk.says("已损坏"));
    desk.click_item("知道了");
    assert!(!desk.says("会议.pdf"));
}

#[test]
fn what_takes_long_to_open_says_so_and_the_window_lives_on() {
    let mut desk = Desk::on(Arc::new(folder::Share), PLAIN, true);
    let slow = desk.folder.path().join("慢.txt");
    std::fs::write(&slow, "慢来的报告\n新建学校三所。\n").unwrap();
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    desk.harness.event(Event::Text(slow.display().to_string()));
    desk.steps(2);
    desk.harness.key_press(Key::Enter);
    desk.steps(3);
    assert!(!desk.says("正在打开"), "not before a person would wonder");
    std::thread::sleep(std::time::Duration::from_millis(350));
    desk.steps(2);
    assert!(desk.says("正在打开 慢.txt") && desk.harness.query_all_by_role(Role::ProgressIndicator).next().is_some());
    desk.harness.key_press(Key::F7);
    desk.steps(3);
    assert!(desk.says("生產總值"), "one reads on meanwhile");
    desk.settle();
    assert!(!desk.says("正在打开") && desk.says("新建学校三所"));
}

#[test]
fn the_encoding_is_chosen_with_a_preview() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("r.txt");
    // Too short to be sure of: valid in several encodings.
    std::fs::write(&report, b"\xC4\xA3\xCA\xBD").unwrap();
    let harness = window(&folder.path().join("home"), memory(true), vec![report], false);
    let mut desk = Desk { harness, folder };
    desk.settle();
    desk.menu("文件", "文字编码");
    desk.click_item("Big5-HKSCS");
    let preview = desk.harness.state().state().document().unwrap().method.encoding.unwrap().name();
    assert_ne!(preview, "Big5-HKSCS", "a preview changes nothing yet");
    desk.click_item("按此方式打开");
    assert_eq!(desk.harness.state().state().document().unwrap().method.encoding.unwrap().name(), "Big5-HKSCS");
}

#[test]
fn what_the_report_is_can_be_corrected() {
    let mut desk = Desk::with(PLAIN);
    desk.menu("文件", "报告信息");
    desk.harness.get_by_role_and_label(Role::TextInput, "地区").click();
    desk.steps(2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.harness.event(Event::Text("青禾县".into()));
    desk.steps(2);
    desk.click_item("更正");
    let place = desk.harness.state().state().document().unwrap().report.facts().get(jiannuo::report::Field::Place).map(str::to_owned);
    assert_eq!(place.as_deref(), Some("青禾县"));
    desk.keys(Modifiers::COMMAND, Key::Z);
    let place = desk.harness.state().state().document().unwrap().report.facts().get(jiannuo::report::Field::Place).map(str::to_owned);
    assert_eq!(place.as_deref(), Some("昀溪市"));
    let at = desk.place_of("新开通");
    desk.press(at, 1, egui::PointerButton::Secondary, Modifiers::NONE);
    let entry = desk
        .harness
        .get_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|name| name.contains("与上一段合并")))
        .unwrap();
    entry.click();
    desk.settle();
    assert_eq!(desk.harness.state().state().document().unwrap().report.paragraphs().len(), 2);
}

#[test]
fn everything_is_there_again_at_the_next_start() {
    let mut desk = Desk::tiny();
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.key(Key::Num1);
    desk.click("繁");
    desk.keys(Modifiers::COMMAND, Key::S);
    let (home, report) = (desk.folder.path().join("home"), desk.folder.path().join("报告.txt"));
    let memory = load_memory(&RealDisk, &LocalFolders::below(&home).memory_file());
    assert_eq!(memory.recent[0].path, report);
    let harness = window(&home, memory, vec![report], true);
    let mut again = Desk { harness, folder: desk.folder };
    again.settle();
    assert_eq!(again.tags().len(), 1);
    assert_eq!(again.harness.state().state().document().unwrap().view.script.key(), "hant");
    assert!(again.harness.get_by_label("繁").accesskit_node().toggled() == Some(Toggled::True));
}

#[test]
fn an_empty_window_offers_what_one_can_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(&folder.path().join("home"), memory(true), Vec::new(), true);
    harness.run_steps(5);
    let mut desk = Desk { harness, folder };
    for words in ["打开", "粘贴", "示例"] {
        assert!(desk.says(words), "{words}");
    }
    let sample = desk
        .harness
        .get_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|name| name.contains("示例")))
        .unwrap();
    sample.click();
    desk.settle();
    assert!(desk.says("政府工作报告"));
}

/// A file as the system hands it over when it is dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn several_files_are_dropped_and_found_again_among_the_recent_ones() {
    let mut desk = Desk::with(PLAIN);
    let files: Vec<PathBuf> = ["甲", "乙"].map(|name| desk.folder.path().join(format!("{name}.txt"))).into();
    for (path, words) in files.iter().zip([
        format!("甲县政府工作报告\n新建学校三所。\n{}", "长长的一份报告。\n".repeat(20_000)),
        "乙县政府工作报告\n新建医院两所。\n".to_owned(),
    ]) {
        std::fs::write(path, words).unwrap();
        desk.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
    }
    desk.settle();
    let state = desk.harness.state().state();
    let names: Vec<String> = state.documents.iter().map(jiannuo::session::Document::name).collect();
    assert_eq!(names, ["报告.txt", "甲.txt", "乙.txt"], "in the order they were given");
    assert_eq!(state.document().unwrap().name(), "乙.txt", "the last in front");
    for _ in 0..2 {
        desk.keys(Modifiers::COMMAND, Key::W);
    }
    assert_eq!(desk.harness.state().state().documents.len(), 1);
    desk.click("文件");
    let recent = desk.harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with("最近")));
    recent.click();
    desk.settle();
    desk.harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.contains("甲.txt"))).click();
    desk.settle();
    assert!(desk.says("新建学校三所"));
}
