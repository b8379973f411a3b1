//! Reading: paragraphs, script, selecting, copying, scrolling.

use super::*;

#[test]
fn a_report_is_shown_paragraph_by_paragraph() {
    let desk = Desk::with(PLAIN);
    assert!(desk.says("全市生产总值2561亿元"));
    assert!(desk.says("UTF-8"));
    assert!(desk.says("简体"));
    assert_eq!(desk.harness.get_all_by_role(Role::Paragraph).count(), 3);
}

#[test]
fn the_script_is_switched_by_button_and_by_key_and_nothing_moves() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值");
    assert_eq!(desk.selected(), "生产总值");
    desk.key(Key::Num1);
    desk.click("繁");
    assert!(desk.says("全市生產總值2561億元"));
    assert_eq!(desk.selected(), "生产总值");
    desk.select("登記失業率");
    assert_eq!(desk.selected(), "登记失业率", "a selection in a view is source text");
    desk.key(Key::Num2);
    assert_eq!(desk.quotes(), pairs(&[("target", "生产总值"), ("indicator", "登记失业率")]));
    desk.key(Key::F6);
    assert!(desk.says("全市生产总值"));
    desk.key(Key::F7);
    assert!(desk.says("全市生產總值"));
    for _ in 0..3 {
        desk.key(Key::V);
    }
    assert!(desk.says("全市生产总值"), "after 繁, 台 and 港 comes 原 again");
}

#[test]
fn double_click_takes_a_word_and_triple_click_a_clause() {
    let mut desk = Desk::with(PLAIN);
    // The word list loads in the background.
    jiannuo::text::words::load();
    let place = desk.place_of("失业率");
    desk.click_at(place, 2);
    assert!(["失业率", "登记失业率", "失业"].contains(&desk.selected().as_str()), "{}", desk.selected());
    desk.steps(60);
    desk.click_at(place, 3);
    assert_eq!(desk.selected(), "城镇登记失业率控制在3%以内");
    desk.click("繁");
    desk.steps(60);
    let place = desk.place_of("失業率");
    desk.click_at(place, 2);
    assert!(["失业率", "登记失业率", "失业"].contains(&desk.selected().as_str()), "in the other script: {}", desk.selected());
}

#[test]
fn a_selection_grows_and_a_sentence_is_corrected() {
    let mut desk = Desk::with("标题\n今年第一句。仍是，第二句话。完\n");
    jiannuo::text::words::load();
    let place = desk.place_of("第二") - egui::vec2(SIZE * 0.3, 0.0);
    desk.click_at(place, 1);
    for wider in ["第二句话", "仍是，第二句话。", "今年第一句。仍是，第二句话。完"] {
        let before = desk.selected();
        desk.key(Key::E);
        while desk.selected() != wider {
            assert!(wider.contains(&desk.selected()) && desk.selected() != before, "{} on the way to {wider}", desk.selected());
            desk.key(Key::E);
        }
    }
    desk.key(Key::Escape);
    let place = desk.place_of("仍是") - egui::vec2(SIZE * 0.3, 0.0);
    desk.press(place, 1, egui::PointerButton::Secondary, Modifiers::NONE);
    desk.click_item("与上一句相连");
    let sentence = |desk: &Desk| {
        let document = desk.harness.state().state().document().unwrap();
        document.report.quote(document.report.sentence_at(document.selection.caret).unwrap()).to_owned()
    };
    assert_eq!(sentence(&desk), "今年第一句。仍是，第二句话。");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(sentence(&desk), "仍是，第二句话。");
    let place = desk.place_of("第二") - egui::vec2(SIZE * 0.3, 0.0);
    desk.press(place, 1, egui::PointerButton::Secondary, Modifiers::NONE);
    desk.click_item("此处另起一句");
    assert_eq!(sentence(&desk), "第二句话。");
}

#[test]
fn the_keyboard_selects() {
    let mut desk = Desk::with(PLAIN);
    let place = desk.place_of("生产总值") - egui::vec2(SIZE * 0.3, 0.0);
    desk.click_at(place, 1);
    for _ in 0..4 {
        desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    }
    assert_eq!(desk.selected(), "生产总值");
    desk.keys(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(desk.selected(), "生产总");
    desk.key(Key::ArrowRight);
    assert_eq!(desk.selected(), "");
    desk.keys(Modifiers::SHIFT, Key::ArrowDown);
    assert!(desk.selected().chars().count() > 20, "a row further down: {}", desk.selected());
    desk.keys(Modifiers::COMMAND, Key::A);
    assert_eq!(desk.selected(), PLAIN);
    desk.key(Key::Escape);
    assert_eq!(desk.selected(), "");
    let place = desk.place_of("新建学校") - egui::vec2(SIZE * 0.3, 0.0);
    desk.click_at(place, 1);
    desk.press(place + egui::vec2(SIZE * 4.0, 0.0), 1, egui::PointerButton::Primary, Modifiers::SHIFT);
    assert_eq!(desk.selected(), "新建学校");
}

#[test]
fn what_is_copied_is_source_text_with_its_place() {
    let mut desk = Desk::with("昀溪市政府工作报告\n一、上年回顾\n全市生产总值2561亿元，同比增长13.5％。\n");
    desk.click("繁");
    desk.select("生產總值");
    assert_eq!(desk.copied(Event::Copy, Modifiers::NONE), "生产总值");
    assert_eq!(desk.copied(Event::Copy, Modifiers::ALT), "生產總值", "as shown, if that is asked for");
    let cited = desk.copied(Event::Copy, Modifiers::COMMAND | Modifiers::SHIFT);
    assert!(cited.contains("生产总值") && cited.contains("昀溪市政府工作报告") && cited.contains("一、上年回顾"), "{cited}");
}

#[test]
fn the_reader_never_asks_for_an_input_method() {
    let mut desk = Desk::with(PLAIN);
    let place = desk.place_of("生产总值");
    desk.click_at(place, 1);
    desk.steps(2);
    assert!(desk.harness.output().platform_output.ime.is_none());
}

#[test]
fn a_character_no_font_has_is_a_box_and_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("r.txt");
    std::fs::write(&report, "昀溪市政府工作报告\n地名\u{323AF}县。\n").unwrap();
    let harness = window(&folder.path().join("home"), memory(true), vec![report], false);
    let mut desk = Desk { harness, folder };
    desk.settle();
    assert!(desk.says("1 字缺字形"), "the status bar counts it");
    let place = desk.place_of("\u{323AF}");
    desk.harness.hover_at(place);
    desk.steps(60);
    assert!(desk.says("U+323AF"));
}

#[test]
fn a_million_characters_are_scrolled_and_jumped_through() {
    let text: String =
        (0..10_000).map(|n| format!("第{n}段，全市生产总值增长百分之六，{}。\n", "经济社会保持平稳健康发展".repeat(7))).collect();
    assert!(text.chars().count() > 900_000);
    let mut desk = Desk::with(&text);
    assert!(desk.says("第0段"));
    desk.click_at(pos2(640.0, 300.0), 1);
    desk.keys(Modifiers::COMMAND, Key::End);
    assert!(desk.says("第9999段"));
    assert!(desk.harness.get_all_by_role(Role::Paragraph).count() < 60, "only what is in view is drawn");
    desk.keys(Modifiers::COMMAND, Key::Home);
    assert!(desk.says("第0段"));
}

#[test]
fn end_and_a_click_behind_a_row_put_the_caret_at_the_row_s_end() {
    let text = format!("昀溪市政府工作报告\n{}\n", "全市生产总值增长百分之六，".repeat(8));
    let mut desk = Desk::with(&text);
    let place = desk.place_of("生产总值") - egui::vec2(SIZE * 0.3, 0.0);
    desk.click_at(place, 1);
    desk.keys(Modifiers::SHIFT, Key::End);
    let row = desk.selected();
    // The first row holds 38 characters less the indent of two; 全市 stands before the caret.
    assert!((32..=34).contains(&row.chars().count()), "{row}");
    desk.key(Key::End);
    desk.keys(Modifiers::SHIFT, Key::Home);
    assert!(desk.selected().starts_with("全市") && desk.selected().ends_with(&row), "the whole row: {}", desk.selected());
    let behind = pos2(desk.paragraph("生产总值").0.right() + 20.0, place.y);
    desk.click_at(behind, 1);
    desk.keys(Modifiers::SHIFT, Key::Home);
    assert!(desk.selected().ends_with(&row), "{}", desk.selected());
}

#[test]
fn the_caret_is_never_on_a_blank_line() {
    let mut desk = Desk::with("\n\n昀溪市政府工作报告\n\n全市生产总值2561亿元。\n新建学校二十所。\n\n");
    let caret = |desk: &Desk| {
        let document = desk.harness.state().state().document().unwrap();
        document.report.quote(jiannuo::text::Span::new(document.selection.caret, document.selection.caret.plus(2))).to_owned()
    };
    assert_eq!(caret(&desk), "昀溪");
    desk.key(Key::ArrowDown);
    assert!(desk.harness.state().state().document().unwrap().selection.caret.get() > 11);
    desk.keys(Modifiers::COMMAND, Key::Home);
    assert_eq!(caret(&desk), "昀溪");
    desk.key(Key::ArrowDown);
    desk.key(Key::ArrowDown);
    desk.key(Key::Home);
    assert_eq!(caret(&desk), "新建");
    desk.keys(Modifiers::COMMAND, Key::End);
    desk.keys(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(desk.selected(), "。");
}
