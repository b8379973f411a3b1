//! Tagging: making, moving, linking and undoing.

use super::*;

#[test]
fn the_first_tag_asks_for_the_name_and_no_sooner() {
    let mut desk = Desk::new(PLAIN, false);
    assert!(!desk.says("姓名"));
    desk.select("生产总值");
    desk.key(Key::Num1);
    assert!(desk.tags().is_empty());
    assert!(!desk.folder.path().join("jiannuo").exists());
    desk.harness.event(Event::Text("\u{202E}王".into()));
    desk.steps(2);
    desk.click_item("确定");
    assert!(desk.tags().is_empty(), "a name that turns the direction of writing is refused");
    desk.harness.event(Event::Key { key: Key::A, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::COMMAND });
    desk.harness.get_by_role(Role::TextInput).click();
    desk.steps(2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.harness.event(Event::Text("李红".into()));
    desk.steps(2);
    desk.key(Key::Enter);
    assert_eq!(desk.quotes(), pairs(&[("target", "生产总值")]));
    assert!(desk.folder.path().join("jiannuo").is_dir());
    assert!(desk.says("李红"));
}

#[test]
fn without_a_selection_the_clause_at_the_caret_is_tagged() {
    let mut desk = Desk::with(PLAIN);
    let place = desk.place_of("增长13");
    desk.click_at(place, 1);
    desk.key(Key::Num2);
    assert_eq!(desk.quotes(), pairs(&[("indicator", "同比增长13.5％")]));
    desk.key(Key::Num4);
    assert!(desk.tags()[0].unsure);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert!(!desk.tags()[0].unsure);
    desk.key(Key::Delete);
    assert!(desk.tags().is_empty());
    desk.click("编辑");
    assert!(desk.says("删除"), "the menu names the step");
    desk.key(Key::Escape);
    desk.keys(Modifiers::COMMAND, Key::Z);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert!(desk.tags().is_empty());
    desk.keys(Modifiers::COMMAND, Key::Y);
    assert_eq!(desk.tags().len(), 1);
}

#[test]
fn tags_overlap_nest_and_share_a_span() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值2561");
    desk.key(Key::Num2);
    desk.key(Key::Num2);
    desk.select("总值2561亿元");
    desk.key(Key::Num1);
    assert_eq!(desk.tags().len(), 3);
    // A click takes the shortest there, the next click the one around it.
    let place = desk.place_of("总值");
    desk.click_at(place, 1);
    let first = desk.harness.state().state().document().unwrap().picked.clone();
    desk.steps(60);
    desk.click_at(place, 1);
    let second = desk.harness.state().state().document().unwrap().picked.clone();
    assert!(first.len() == 1 && second.len() == 1 && first != second);
}

#[test]
fn a_tag_crosses_paragraphs() {
    let mut desk = Desk::with(PLAIN);
    let (from, to) = (desk.place_of("城镇登记") - egui::vec2(SIZE * 0.3, 0.0), desk.place_of("新开通") - egui::vec2(SIZE * 0.3, 0.0));
    desk.drag(from, to);
    desk.key(Key::Num3);
    assert_eq!(desk.quotes(), pairs(&[("commitment", "城镇登记失业率控制在3%以内。\n年底前")]));
}

#[test]
fn ends_are_dragged_and_moved_by_key() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值");
    desk.key(Key::Num2);
    desk.keys(Modifiers::ALT, Key::ArrowRight);
    desk.keys(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(desk.quotes(), pairs(&[("indicator", "市生产总值2")]));
    let end = desk.place_of("总值") + egui::vec2(SIZE * 2.0 + SIZE * 0.15, 0.0);
    desk.drag(end, end - egui::vec2(SIZE * 2.55, 0.0));
    assert_eq!(desk.quotes(), pairs(&[("indicator", "市生产")]));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.quotes(), pairs(&[("indicator", "市生产总值2")]));
}

#[test]
fn the_bar_at_the_selection_and_the_right_button_tag() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值");
    let button = desk
        .harness
        .get_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("承诺") && label.contains('3')))
        .unwrap();
    button.click();
    desk.settle();
    assert_eq!(desk.quotes(), pairs(&[("commitment", "生产总值")]));
    desk.select("失业率");
    let place = desk.place_of("失业率");
    desk.press(place, 1, egui::PointerButton::Secondary, Modifiers::NONE);
    desk.click_item("标为目标");
    assert_eq!(desk.quotes(), pairs(&[("commitment", "生产总值"), ("target", "失业率")]));
}

#[test]
fn brackets_go_from_tag_to_tag() {
    let mut desk = Desk::with(PLAIN);
    for words in ["生产总值", "失业率", "新建学校"] {
        desk.select(words);
        desk.key(Key::Num1);
    }
    let picked = |desk: &Desk| desk.harness.state().state().document().unwrap().picked[0];
    let ids: Vec<_> = desk.tags().iter().map(|tag| tag.id).collect();
    desk.key(Key::CloseBracket);
    assert_eq!(picked(&desk), ids[0], "after the last the first again");
    desk.key(Key::CloseBracket);
    assert_eq!(picked(&desk), ids[1]);
    desk.key(Key::OpenBracket);
    assert_eq!(picked(&desk), ids[0]);
}

#[test]
fn a_link_is_made_shown_followed_and_removed() {
    let mut desk = Desk::with(PLAIN);
    for (words, key) in [("失业率", Key::Num1), ("新建学校", Key::Num3)] {
        desk.select(words);
        desk.key(key);
    }
    desk.key(Key::L);
    let place = desk.place_of("失业率");
    desk.click_at(place, 1);
    let links = |desk: &Desk| desk.harness.state().state().document().unwrap().annotations.links().count();
    assert_eq!(links(&desk), 1);
    let target = desk.harness.state().state().document().unwrap().picked[0];
    assert_eq!(target, desk.tags()[0].id);
    desk.harness.get_by(|node| node.role() == Role::Link).click();
    desk.settle();
    assert_eq!(desk.harness.state().state().document().unwrap().picked[0], desk.tags()[1].id, "followed to where it came from");
    desk.click("解除关联");
    assert_eq!(links(&desk), 0);
}

#[test]
fn a_link_goes_from_one_report_to_another() {
    let mut desk = Desk::with(PLAIN);
    desk.select("失业率");
    desk.key(Key::Num1);
    let plan = desk.tags()[0].id;
    desk.open_other("次年.txt", "昀溪市次年报告\n登记的失业人数下降。\n");
    desk.select("失业人数");
    desk.key(Key::Num2);
    desk.key(Key::L);
    desk.harness.get_all_by(|node| node.label().is_some_and(|name| name.contains("昀溪市政府工作报告"))).next().unwrap().click();
    desk.settle();
    let place = desk.place_of("失业率");
    desk.click_at(place, 1);
    let documents = |desk: &Desk| -> Vec<usize> {
        desk.harness.state().state().documents.iter().map(|document| document.annotations.links().count()).collect()
    };
    assert_eq!(documents(&desk), [0, 1], "a link is kept with the tag it begins at");
    let active = |desk: &Desk| desk.harness.state().state().document().unwrap().picked.clone();
    assert_eq!(active(&desk), [plan], "one stays where one is");
}
