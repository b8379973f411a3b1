//! Finding words and finding one's way: search, outline, bookmarks, going back.

use super::*;

const DAMAGED: &str = "昀溪市工作報告\n一、發(fā)展情況\n全市產(chǎn)業(yè)發(fā)展良好,生產 總值增長8％。\n省委***擴大***會議要求發(fā)展農(nóng)業(yè),完成42*** 億元。\n二、下年打算\n生产总值增长6%左右。\n";

#[test]
fn damage_is_hidden_listed_and_can_be_shown() {
    let mut desk = Desk::with(DAMAGED);
    assert!(desk.says("全市產業發展良好，生產 總值增長8％。"), "a report opens in its own script, repaired");
    assert!(desk.says("省委（擴大）會議要求發展農業"));
    desk.click("已修复 9 处，无法修复 1 处");
    assert!(desk.says("【***】"), "what is not known is listed");
    desk.click("隐去混入的拼音");
    desk.click_item("关闭");
    assert!(desk.says("全市產(chǎn)業(yè)發(fā)展良好，"));
    desk.click("原");
    assert!(desk.says("發(fā)展良好,生產 總值"), "the source view is the source");
}

#[test]
fn a_tag_made_on_repaired_words_stands_on_the_source() {
    let mut desk = Desk::with(DAMAGED);
    desk.select("產業發展");
    assert_eq!(desk.selected(), "產(chǎn)業(yè)發(fā)展");
    desk.key(Key::Num2);
    for view in ["简", "原", "台", "港", "繁"] {
        desk.click(view);
        assert_eq!(desk.selected(), "產(chǎn)業(yè)發(fā)展", "in {view}");
    }
    desk.click("简");
    desk.key(Key::Escape);
    let place = desk.place_of("业发展");
    desk.click_at(place, 1);
    assert_eq!(desk.harness.state().state().document().unwrap().picked.len(), 1, "the same tag in another view");
}

#[test]
fn words_are_found_in_either_script_and_tagged_at_once() {
    let mut desk = Desk::with(DAMAGED);
    desk.keys(Modifiers::COMMAND, Key::F);
    desk.harness.event(Event::Text("生产总值".into()));
    desk.settle();
    assert!(desk.says("第 0 处，共 2 处"));
    desk.key(Key::F3);
    assert_eq!(desk.selected(), "生產 總值");
    desk.key(Key::F3);
    assert_eq!(desk.selected(), "生产总值");
    desk.click("全部勾选");
    desk.click("标注勾选的 2 处");
    desk.click_item("标为目标");
    assert_eq!(desk.quotes(), pairs(&[("target", "生產 總值"), ("target", "生产总值")]));
    desk.menu("编辑", "撤销：把 2 处标为目标");
    assert!(desk.tags().is_empty(), "one step");
}

#[test]
fn an_expression_with_a_mistake_says_so() {
    let mut desk = Desk::with(DAMAGED);
    desk.keys(Modifiers::COMMAND, Key::F);
    desk.click("正则表达式");
    desk.type_into("查找", r"增长\d+%");
    assert!(desk.says("共 2 处"));
    desk.type_into("查找", "(");
    assert!(desk.says("表达式有误"));
}

#[test]
fn all_open_reports_are_searched() {
    let mut desk = Desk::with(DAMAGED);
    desk.open_other("另一份.txt", "另一份报告\n全县生产总值下降。\n");
    desk.keys(Modifiers::COMMAND, Key::F);
    desk.harness.event(Event::Text("生產總值".into()));
    desk.settle();
    assert!(desk.says("共 1 处"));
    desk.click("所有打开的报告");
    assert!(desk.says("共 3 处"));
    desk.key(Key::F3);
    desk.key(Key::F3);
    assert!(desk.says("全市產業發展良好"), "a hit in another report is gone to");
}

#[test]
fn the_outline_counts_tags_and_one_goes_back_and_forward() {
    let long: String = (0..80).map(|at| format!("第{at}段的文字说明情况，完成任务。\n")).collect();
    let mut desk = Desk::with(&format!("昀溪市报告\n一、回顾\n{long}二、打算\n{long}"));
    let place = |desk: &Desk| desk.harness.state().state().document().unwrap().place.get();
    desk.keys(Modifiers::COMMAND, Key::G);
    desk.harness.event(Event::Text("６0".into()));
    desk.steps(2);
    desk.key(Key::Enter);
    assert!(desk.says("第57段"));
    let there = place(&desk);
    desk.keys(Modifiers::COMMAND, Key::D);
    desk.harness
        .get_all_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name == "二、打算"))
        .next()
        .unwrap()
        .click();
    desk.settle();
    assert!(place(&desk) > there);
    desk.keys(Modifiers::COMMAND, Key::OpenBracket);
    assert_eq!(place(&desk), there, "back where one was");
    desk.keys(Modifiers::COMMAND, Key::CloseBracket);
    assert!(place(&desk) > there);
    desk.keys(Modifiers::COMMAND, Key::Home);
    desk.harness
        .get_all_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with("第57段")))
        .next()
        .unwrap()
        .click();
    desk.settle();
    assert_eq!(place(&desk), there, "a bookmark leads there");
    desk.click("去掉书签");
    assert!(!desk.says("书签"));
}

#[test]
fn the_page_is_set_as_one_likes() {
    let mut desk = Desk::with(PLAIN);
    desk.keys(Modifiers::COMMAND, Key::T);
    desk.click("黑体");
    desk.click("豆绿");
    desk.click("汉字与数字、字母间留空");
    let settings = desk.harness.state().state().settings().clone();
    assert!(settings.sans && settings.latin_gap && settings.paper == "green");
    desk.click_item("恢复默认");
    let settings = desk.harness.state().state().settings().clone();
    assert!(!settings.sans && settings.justified && settings.paper.is_empty());
    desk.click_item("关闭");
    // In justified rows, too, what is pointed at is what is selected.
    let long = "全市生产总值增长百分之六，城镇登记失业率控制在百分之三以内（含）。".repeat(4);
    let mut desk = Desk::with(&format!("标题报告\n{long}\n"));
    desk.keys(Modifiers::COMMAND, Key::T);
    desk.click_item("恢复默认");
    desk.click_item("关闭");
    let (rect, _) = desk.paragraph("生产总值");
    for row in 1..4 {
        let y = rect.top() + SIZE * (0.9 + 1.8 * row as f32);
        let end = pos2(rect.right() + 4.0, y);
        desk.drag(pos2(rect.left() + 1.0, y), end);
        let row = desk.selected();
        assert!((31..=36).contains(&row.chars().count()), "{row}");
    }
}

#[test]
fn ticked_hits_in_two_reports_wait_for_the_name() {
    let mut desk = Desk::new(DAMAGED, false);
    desk.open_other("另一份.txt", "另一份报告\n全县生产总值下降。\n");
    desk.keys(Modifiers::COMMAND, Key::F);
    desk.harness.event(Event::Text("生产总值".into()));
    desk.settle();
    desk.click("所有打开的报告");
    desk.click("全部勾选");
    desk.click("标注勾选的 3 处");
    desk.click_item("标为指标（实绩）");
    desk.harness.event(Event::Text("王小明".into()));
    desk.steps(2);
    desk.key(Key::Enter);
    let state = desk.harness.state().state();
    let quotes: Vec<Vec<&str>> =
        state.documents.iter().map(|document| document.annotations.tags().map(|tag| tag.anchor.quote.as_str()).collect()).collect();
    assert_eq!(quotes, [vec!["生產 總值", "生产总值"], vec!["生产总值"]]);
    assert_eq!(state.document().unwrap().report.facts().get(jiannuo::report::Field::Title), Some("另一份报告"), "one stays where one was");
}

#[test]
fn what_is_hidden_is_passed_at_one_step() {
    let mut desk = Desk::with(DAMAGED);
    let place = desk.place_of("產業發展") - egui::vec2(SIZE * 0.3, 0.0);
    desk.click_at(place, 1);
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(desk.selected(), "產(chǎn)");
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(desk.selected(), "產(chǎn)業(yè)");
    desk.key(Key::Num2);
    desk.keys(Modifiers::ALT, Key::ArrowLeft);
    desk.keys(Modifiers::ALT, Key::ArrowRight);
    desk.keys(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(desk.quotes(), pairs(&[("indicator", "產(chǎn)業(yè)發(fā)")]));
    desk.keys(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(desk.quotes(), pairs(&[("indicator", "業(yè)發(fā)")]));
    jiannuo::text::words::load();
    let place = desk.place_of("農業");
    desk.key(Key::Escape);
    desk.click_at(place, 2);
    assert_eq!(desk.selected(), "農(nóng)業(yè)", "a word, whatever stands inside it");
}

#[test]
fn counts_in_the_outline_follow_every_tag() {
    let mut desk = Desk::with(DAMAGED);
    let counts =
        |desk: &Desk| desk.harness.query_all_by(|node| node.role() == Role::Label && node.value().is_some_and(|text| text == "1")).count();
    assert_eq!(counts(&desk), 0);
    desk.select("產業發展");
    desk.key(Key::Num2);
    assert_eq!(counts(&desk), 1);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(counts(&desk), 0);
}

#[test]
fn escape_closes_the_search_and_a_second_search_replaces_the_words() {
    let mut desk = Desk::with(DAMAGED);
    for words in ["生产", "发展"] {
        desk.keys(Modifiers::COMMAND, Key::F);
        desk.harness.event(Event::Text(words.into()));
        desk.settle();
        let shown = desk.harness.get_all_by_label("查找").find(|node| node.accesskit_node().role() == Role::TextInput).unwrap();
        assert_eq!(shown.accesskit_node().value().unwrap(), words);
        desk.key(Key::Escape);
        desk.key(Key::Escape);
        assert!(!desk.says("正则表达式"));
    }
}

#[test]
fn the_place_survives_any_change_of_width_and_type() {
    let long: String = (0..120)
        .map(|at| {
            format!("第{at}段，全市生产总值增长百分之六，城镇登记失业率控制在百分之三以内，新建学校二十所，改造道路三十条，完成投资。\n")
        })
        .collect();
    let mut desk = Desk::with(&format!("昀溪市报告\n{long}"));
    desk.keys(Modifiers::COMMAND, Key::G);
    desk.harness.event(Event::Text("60".into()));
    desk.steps(2);
    desk.key(Key::Enter);
    // A little further by the wheel, so that a row inside a paragraph is at the top.
    desk.harness.hover_at(pos2(600.0, 400.0));
    for _ in 0..3 {
        let delta = egui::vec2(0.0, -70.0);
        let (unit, phase, source) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move, egui::MouseWheelSource::Wheel);
        desk.harness.event(Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE });
        desk.steps(4);
    }
    let place = |desk: &Desk| desk.harness.state().state().document().unwrap().place.get();
    let before = place(&desk);
    for width in [800.0, 1280.0, 640.0, 1000.0, 1400.0, 1280.0] {
        desk.harness.set_size(egui::vec2(width, 860.0));
        desk.steps(6);
    }
    for _ in 0..4 {
        desk.keys(Modifiers::COMMAND, Key::Plus);
    }
    desk.keys(Modifiers::COMMAND, Key::Num0);
    let after = place(&desk);
    assert!(after.abs_diff(before) < 60, "{before} became {after}");
}
