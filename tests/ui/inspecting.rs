//! The inspector and the list of tags.

use super::*;

#[test]
fn the_inspector_sets_every_sort_of_attribute() {
    let mut desk = Desk::with(PLAIN);
    desk.select("失业率控制在3%");
    desk.key(Key::Num1);
    // What the words say is read at once; the rest is typed.
    assert_eq!(desk.tags()[0].attribute(&jiannuo::annotation::AttributeId::new("indicator_name")), "城镇登记失业率");
    desk.type_over("时期", "很久以前");
    desk.type_into("时限", "年底前");
    assert!(desk.says("-12-31"), "the deadline was read");
    assert!(desk.says("很久以前"), "what cannot be read stays as typed");
    desk.type_into("牵头单位", "市人社局、市财政局");
    desk.open_list("约束强度");
    desk.click_item("刚性");
    desk.open_list("表述用语");
    desk.click_item("确保");
    let tag = desk.tags().remove(0);
    let value = |name: &str| tag.attribute(&jiannuo::annotation::AttributeId::new(name));
    assert_eq!(value("indicator_name"), "城镇登记失业率");
    assert_eq!(value("deadline"), "年底前");
    assert_eq!(value("period"), "很久以前");
    assert_eq!(value("owner_lead"), "市人社局、市财政局");
    assert_eq!(value("strength"), "hard");
    assert_eq!(value("modality"), "ensure");
    desk.click("改为承诺");
    assert_eq!(desk.tags()[0].kind.as_str(), "commitment");
}

#[test]
fn quantities_are_typed_and_read() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值");
    desk.key(Key::Num2);
    desk.click("添加数量");
    desk.type_into("数量 1 的文字", "６.5%左右");
    let quantity = desk.tags()[0].quantities[0].clone();
    assert_eq!(
        (quantity.stated.value.unwrap().to_string().as_str(), quantity.stated.unit.as_str(), quantity.stated.bound.key()),
        ("6.5", "%", "about")
    );
    desk.click("添加数量");
    desk.type_into("数量 2 的文字", "看不懂");
    let quantity = desk.tags()[0].quantities[1].clone();
    assert_eq!((quantity.words.as_str(), quantity.stated.value), ("看不懂", None));
    desk.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(desk.tags()[0].quantities.len(), 2);
}

#[test]
fn a_note_is_written_and_n_goes_there() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值");
    desk.key(Key::Num2);
    desk.key(Key::N);
    desk.harness.event(Event::Text("与上年同口径 1 2 3".into()));
    desk.settle();
    let tags = desk.tags();
    assert_eq!(tags.len(), 1, "digits typed into a note tag nothing");
    assert_eq!(tags[0].note, "与上年同口径 1 2 3");
    desk.key(Key::Escape);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags()[0].note, "");
}

#[test]
fn an_input_method_composes_and_its_keys_do_nothing_else() {
    let mut desk = Desk::with(PLAIN);
    desk.select("生产总值");
    desk.key(Key::Num2);
    desk.key(Key::N);
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.into(), active_range_chars: None });
    for part in ["z", "zh", "zhi"] {
        desk.harness.event(preedit(part));
        desk.steps(1);
        assert_eq!(desk.tags()[0].note, "", "provisional letters are not kept");
    }
    // The digit that chooses a candidate may reach the window as a key too.
    desk.harness.event(Event::Key { key: Key::Num1, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE });
    desk.harness.event(Event::Ime(ImeEvent::Commit("指标".into())));
    desk.settle();
    assert_eq!(desk.tags().len(), 1);
    assert_eq!(desk.tags()[0].note, "指标");
}

#[test]
fn the_list_filters_sorts_and_changes_many_at_once() {
    let mut desk = Desk::with(PLAIN);
    for (words, key) in [("生产总值", Key::Num2), ("同比增长", Key::Num2), ("失业率", Key::Num1), ("新建学校", Key::Num3)] {
        desk.select(words);
        desk.key(key);
    }
    desk.key(Key::F4);
    let rows = |desk: &Desk| {
        let rows = desk.harness.query_all_by(|node| node.role() == Role::Row);
        rows.map(|row| row.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(rows(&desk), ["生产总值", "同比增长", "失业率", "新建学校"]);
    desk.click_item("原文");
    assert_eq!(rows(&desk), ["同比增长", "失业率", "新建学校", "生产总值"], "by code point");
    desk.click_item("原文 ↑");
    desk.click_item("原文 ↓");
    desk.type_into("筛选", "增长");
    assert_eq!(rows(&desk), ["同比增长"]);
    desk.type_into("筛选", "不存在");
    assert!(rows(&desk).is_empty());
    desk.harness.get_by_role_and_label(Role::TextInput, "筛选").click();
    desk.steps(2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.key(Key::Backspace);
    desk.harness.get_by_role_and_label(Role::CheckBox, "承诺").click();
    desk.settle();
    assert_eq!(rows(&desk).len(), 3);
    desk.click("选中所列");
    desk.type_into("口径", "全市");
    let scopes: Vec<String> = desk.tags().iter().map(|tag| tag.attribute(&jiannuo::annotation::AttributeId::new("scope"))).collect();
    assert_eq!(scopes, ["全市", "全市", "全市", ""]);
    desk.harness.get_by_role_and_label(Role::Row, "失业率").click();
    desk.settle();
    let picked = desk.harness.state().state().document().unwrap().picked.clone();
    assert_eq!(picked, [desk.tags()[2].id]);
    desk.key(Key::Escape);
    desk.keys(Modifiers::COMMAND, Key::Z);
    let scope = jiannuo::annotation::AttributeId::new("scope");
    assert!(desk.tags().iter().all(|tag| tag.attribute(&scope).is_empty()), "undone as one step");
}
