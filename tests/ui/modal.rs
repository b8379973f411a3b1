//! What a dialog or a menu keeps from what lies behind it, what Enter does there, and where the focus is.

use super::folder::folder_desk;
use super::review::{THREE, desk_of, desk_on, document, tally, wait_until_compared};
use super::*;
use egui::{Popup, Rect};
use jiannuo::annotation::Outcome;

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A review of three people, compared.
fn review() -> Desk {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    desk
}

/// The only case decided on: its words and the outcome.
fn decided(desk: &Desk) -> (String, Outcome) {
    let document = document(desk);
    let cases = &document.review().unwrap().cases;
    let given = cases.iter().flat_map(|judged| judged.decisions.iter().map(move |given| (judged.key.span, given.decision.outcome)));
    let given: Vec<_> = given.collect();
    assert_eq!(given.len(), 1);
    (document.report.quote(given[0].0).to_owned(), given[0].1)
}

/// The place of a button whose name begins so; the focus is put there if asked for, as Tab would.
fn button(desk: &mut Desk, begins: &str, focus: bool) -> Rect {
    let is_it = |name: String| name.starts_with(begins);
    let node = desk.harness.get_all_by_role(Role::Button).find(|node| node.accesskit_node().label().is_some_and(is_it));
    let node = node.unwrap_or_else(|| panic!("nothing begins with {begins}"));
    if focus {
        node.focus();
    }
    let place = node.rect();
    desk.settle();
    place
}

fn has_focus(desk: &Desk, role: Role, name: &str) -> bool {
    desk.harness.get_by_role_and_label(role, name).is_focused()
}

fn is_menu_open(desk: &Desk) -> bool {
    Popup::is_any_open(&desk.harness.ctx)
}

#[test]
fn keys_do_not_reach_the_grid_behind_a_dialog() {
    let mut desk = folder_desk(Arc::new(RealDisk));
    desk.key(Key::ArrowDown);
    assert!(desk.says("已选 1 行"));
    desk.key(Key::F1);
    assert!(desk.says("上一个标注"));
    desk.key(Key::ArrowDown);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.key(Key::Enter);
    assert!(desk.says("上一个标注") && desk.says("已选 1 行"));
    desk.key(Key::Escape);
    assert!(!desk.says("上一个标注") && desk.says("已选 1 行"), "Esc closes the dialog only");
    assert!(desk.harness.state().state().document().is_none());

    desk.keys(Modifiers::COMMAND, Key::A);
    assert!(desk.says("已选 5 行"));
    desk.key(Key::Escape);
    assert!(!desk.says("已选"));
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert!(desk.harness.state().state().document().is_some(), "without one they are the grid's");
}

#[test]
fn commands_do_nothing_behind_a_dialog() {
    let mut desk = Desk::with(PLAIN);
    let height = |desk: &Desk| desk.paragraph("新建学校").0.height();
    let before = height(&desk);
    desk.keys(Modifiers::COMMAND, Key::G);
    for (modifiers, key) in [
        (Modifiers::COMMAND, Key::R),
        (COMMAND_SHIFT, Key::R),
        (Modifiers::COMMAND, Key::W),
        (Modifiers::COMMAND, Key::F),
        (Modifiers::COMMAND, Key::T),
        (Modifiers::NONE, Key::F1),
    ] {
        desk.keys(modifiers, key);
    }
    assert!(desk.says("现在第") && !desk.says("正则表达式"));
    assert!(!document(&desk).is_review());
    desk.keys(Modifiers::COMMAND, Key::Plus);
    assert!(height(&desk) > before, "how large the text is changes nothing but that");
    desk.key(Key::Escape);
    assert!(!desk.says("现在第"));
    desk.keys(Modifiers::COMMAND, Key::F);
    assert!(desk.says("正则表达式"));
}

#[test]
fn enter_presses_what_has_the_focus_in_a_review() {
    let mut desk = review();
    button(&mut desk, "新建学校二十所", true);
    desk.key(Key::Enter);
    assert_eq!(tally(&desk), (3, 0), "a line of the list is gone to");
    button(&mut desk, "都不标", true);
    desk.key(Key::Enter);
    assert_eq!(decided(&desk), ("新建学校二十所".to_owned(), Outcome::Nothing));
}

#[test]
fn a_click_beside_an_open_menu_only_closes_it() {
    let mut desk = review();
    let place = button(&mut desk, "都不标", false).center();
    desk.click("编辑");
    assert!(is_menu_open(&desk));
    desk.click_at(place, 1);
    assert!(!is_menu_open(&desk));
    assert_eq!(tally(&desk), (3, 0));
    // A second click at once would be a double click.
    desk.steps(60);
    desk.click_at(place, 1);
    assert_eq!(tally(&desk), (2, 1));
}

#[test]
fn a_list_in_a_dialog_closes_by_a_click_beside_it_and_by_enter() {
    let mut desk = Desk::with(PLAIN);
    desk.menu("文件", "报告信息");
    desk.open_list("密级");
    let field = desk.harness.get_by_role_and_label(Role::TextInput, "地区").rect().center();
    desk.click_at(field, 1);
    assert!(!is_menu_open(&desk) && !has_focus(&desk, Role::TextInput, "地区"));

    desk.open_list("密级");
    desk.key(Key::ArrowDown);
    desk.key(Key::Enter);
    assert!(!is_menu_open(&desk) && desk.says("更正"), "opened by a click it has the arrows, too");

    desk.harness.get_by_role_and_label(Role::ComboBox, "密级").focus();
    desk.settle();
    desk.key(Key::Enter);
    assert!(is_menu_open(&desk));
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        desk.key(key);
    }
    assert!(!is_menu_open(&desk), "Enter chooses");
    assert!(has_focus(&desk, Role::ComboBox, "密级") && desk.says("更正"));
    desk.key(Key::Enter);
    desk.key(Key::Escape);
    assert!(!is_menu_open(&desk), "Esc closes the list only");
    assert!(has_focus(&desk, Role::ComboBox, "密级") && desk.says("更正"));
    desk.click_item("更正");
    assert!(desk.says("密级："), "what Enter chose");
}

#[test]
fn a_dialog_opens_with_the_focus_on_what_enter_is_to_press() {
    let mut desk = Desk::with(PLAIN);
    desk.menu("文件", "报告信息");
    desk.steps(2);
    assert!(has_focus(&desk, Role::Button, "更正"));
    desk.key(Key::Enter);
    assert!(!desk.says("更正"));
    // What cannot be taken back is not done by the way.
    desk.menu("文件", "清除本机痕迹…");
    desk.steps(2);
    assert!(has_focus(&desk, Role::Button, "取消"));
    desk.key(Key::Tab);
    assert!(has_focus(&desk, Role::Button, "清除"));
    desk.key(Key::Tab);
    assert!(has_focus(&desk, Role::Button, "取消"));
    desk.key(Key::Enter);
    assert!(!desk.says("最近打开的报告和文件夹") && desk.harness.state().state().document().is_some());
}

#[test]
fn many_cases_are_gone_through_by_keys_and_accepted_at_once() {
    let words = |number: usize| format!("完成{number}项任务");
    let text: String = (1..=40).map(|number| format!("第{number}项工作要{}。\n", words(number))).collect();
    let all: Vec<String> = (1..=40).map(words).collect();
    let tagged: Vec<(&str, &str)> = all.iter().map(|words| (words.as_str(), "commitment")).collect();
    let mut desk = desk_on(&text, &[("张三", tagged.as_slice()), ("李四", tagged.as_slice())]);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    let agreed = |desk: &Desk| document(desk).review().unwrap().tally.agreed;
    assert_eq!(agreed(&desk), 40);
    desk.keys(COMMAND_SHIFT, Key::A);
    desk.steps(2);
    assert!(has_focus(&desk, Role::Button, "采纳一致 40 处"));

    // The line of a case: its name, its place, and whether it has the focus.
    let line = |desk: &Desk, number: usize, focus: bool| {
        let words = words(number);
        let is_it = |name: String| name.contains(&words);
        let node = desk.harness.get_all_by_role(Role::CheckBox).find(|node| node.accesskit_node().label().is_some_and(is_it)).unwrap();
        if focus {
            node.focus();
        }
        (node.accesskit_node().label().unwrap(), node.rect(), node.is_focused())
    };
    assert!(line(&desk, 22, false).0.contains("第 22 段"));
    let bottom = desk.harness.get_by_role_and_label(Role::Button, "采纳一致 40 处").rect().top();
    let is_come_to = |desk: &Desk, number: usize| {
        let (_, place, focused) = line(desk, number, false);
        assert!(focused && place.top() > 0.0 && place.bottom() < bottom, "{number} at {place:?}");
    };
    line(&desk, 1, true);
    desk.settle();
    for _ in 0..20 {
        desk.key(Key::ArrowDown);
    }
    is_come_to(&desk, 21);
    desk.key(Key::Tab);
    is_come_to(&desk, 22);
    desk.key(Key::End);
    is_come_to(&desk, 40);
    desk.key(Key::Home);
    desk.key(Key::ArrowUp);
    is_come_to(&desk, 1);

    desk.key(Key::Space);
    assert!(desk.says("采纳一致 39 处"));
    let (_, place, _) = line(&desk, 2, false);
    desk.click_at(place.right_center() - egui::vec2(30.0, 0.0), 1);
    assert!(desk.says("采纳一致 38 处"), "the whole line is its label");
    desk.click("全部勾选");
    line(&desk, 3, true);
    desk.settle();
    desk.key(Key::Enter);
    assert!(desk.says("采纳一致 39 处"), "on a tick Enter is the tick's");
    desk.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(agreed(&desk), 1, "with Ctrl it accepts from anywhere");
    assert!(!desk.says("下列标注各人都一样"));
}
