//! Proposals in the window: decided one by one and at once, on the page and in the queue; what nobody tagged; and none at all.

use super::*;
use jiannuo::annotation::Origin;
use jiannuo::quantity::Quantity;
use jiannuo::session::{Command, Document, TagCommand};
use jiannuo::suggest::Proposal;

const SAMPLE: &str = include_str!("../../assets/samples/yunxi-2024-hans.txt");

/// A desk with a report that was read.
fn desk_of(text: &str) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("报告.txt");
    std::fs::write(&report, text).unwrap();
    let harness = window(&folder.path().join("home"), memory(true), vec![report], false);
    let mut desk = Desk { harness, folder };
    desk.settle();
    wait_until_read(&mut desk);
    desk
}

fn wait_until_read(desk: &mut Desk) {
    for _ in 0..3000 {
        desk.harness.step();
        if document(desk).suggestions().is_some() {
            desk.settle();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the report is not read");
}

fn document(desk: &Desk) -> &Document {
    desk.harness.state().state().document().unwrap()
}

/// The proposals still to be decided.
fn left(desk: &Desk) -> Vec<Proposal> {
    document(desk).proposals().to_vec()
}

fn undo(desk: &mut Desk) {
    desk.keys(Modifiers::COMMAND, Key::Z);
}

/// The name of a proposal's kind.
fn kind_of(proposal: &Proposal) -> &'static str {
    match proposal.kind.as_str() {
        "target" => "目标",
        "indicator" => "指标（实绩）",
        _ => "承诺",
    }
}

/// Clicks the first of the widgets whose names begin so.
fn click_first(desk: &mut Desk, role: Role, begins: &str) {
    let is_one = |name: String| name.starts_with(begins);
    let node = desk.harness.get_all_by_role(role).find(|node| node.accesskit_node().label().is_some_and(is_one));
    node.unwrap_or_else(|| panic!("nothing begins with {begins}")).click();
    desk.settle();
}

#[test]
fn the_queue_is_decided_with_one_key_each_and_every_step_is_undone() {
    let mut desk = desk_of(SAMPLE);
    let all = left(&desk);
    assert!(all.len() > 2 && desk.says(&format!("建议 {}", all.len())), "{}", all.len());
    desk.key(Key::A);
    assert!(desk.tags().is_empty(), "nothing is at hand while the queue is closed");
    desk.keys(Modifiers::COMMAND, Key::J);
    assert!(desk.says("待定建议") && desk.says("依据"));
    desk.key(Key::A);
    let tags = desk.tags();
    assert_eq!(tags.len(), 1);
    assert!(matches!(tags[0].origin, Origin::Accepted(_)));
    assert!(all.iter().any(|proposal| proposal.span == tags[0].anchor.span && proposal.statement.quantities == tags[0].quantities));
    let after_one = left(&desk);
    assert!(after_one.len() < all.len());
    desk.key(Key::J);
    desk.key(Key::K);
    desk.key(Key::X);
    let after_two = left(&desk);
    assert!(after_two.len() < after_one.len());
    assert_eq!(desk.tags().len(), 1, "what is turned down becomes no tag");
    desk.key(Key::Delete);
    assert!(left(&desk).len() < after_two.len(), "with no tag picked Delete turns down too");
    undo(&mut desk);
    undo(&mut desk);
    assert_eq!(left(&desk), after_one);
    undo(&mut desk);
    assert_eq!((left(&desk), desk.tags().len()), (all, 0));
    desk.key(Key::Enter);
    assert_eq!(desk.tags().len(), 1, "Enter accepts");
}

#[test]
fn what_is_accepted_goes_by_the_kind_filtered() {
    let mut desk = desk_of(SAMPLE);
    let proposal = left(&desk).pop().unwrap();
    desk.keys(Modifiers::COMMAND, Key::J);
    desk.open_list("建议的类别");
    desk.click_item(kind_of(&proposal));
    desk.key(Key::A);
    assert_eq!(desk.tags()[0].kind, proposal.kind);
}

#[test]
fn a_pale_mark_is_taken_up_with_a_click() {
    let mut desk = desk_of(PLAIN);
    let proposal = left(&desk).into_iter().next().expect("numbers are proposed");
    let head: String = document(&desk).report.quote(proposal.span).chars().take(4).collect();
    let place = desk.place_of(&head);
    desk.click_at(place, 1);
    desk.key(Key::Escape);
    desk.key(Key::A);
    assert!(desk.tags().is_empty(), "Esc puts it down");
    // A second click at once would be a double click.
    desk.steps(60);
    desk.click_at(place, 1);
    desk.key(Key::A);
    let tags = desk.tags();
    assert_eq!(tags.len(), 1);
    assert!(tags[0].anchor.span.covers(proposal.span.start()));
    desk.key(Key::A);
    assert_eq!(desk.tags().len(), 1, "and no other is at hand");
}

#[test]
fn keys_typed_into_a_field_decide_nothing() {
    let mut desk = desk_of(SAMPLE);
    let all = left(&desk);
    desk.keys(Modifiers::COMMAND, Key::J);
    desk.keys(Modifiers::COMMAND, Key::F);
    for key in [Key::A, Key::X, Key::M, Key::J] {
        desk.key(key);
    }
    desk.harness.event(Event::Ime(ImeEvent::Preedit { text: "a".into(), active_range_chars: None }));
    desk.key(Key::A);
    assert_eq!((left(&desk), desk.tags().len()), (all, 0));
}

#[test]
fn one_that_is_mended_is_picked_and_typed_into() {
    let mut desk = desk_of(SAMPLE);
    desk.keys(Modifiers::COMMAND, Key::J);
    desk.key(Key::M);
    let tags = desk.tags();
    assert_eq!(tags.len(), 1);
    assert_eq!(document(&desk).picked, [tags[0].id]);
    desk.steps(3);
    desk.harness.event(Event::Text("甲乙".into()));
    desk.settle();
    desk.key(Key::A);
    let tags = desk.tags();
    assert_eq!(tags.len(), 1, "the field has the focus");
    assert!(matches!(tags[0].origin, Origin::Mended(_)));
    assert!(tags[0].attributes.values().any(|value| value.text().contains("甲乙")), "{:?}", tags[0].attributes);
}

#[test]
fn all_of_a_kind_that_are_sure_are_listed_and_accepted_in_one_step() {
    const LEAST: u8 = 60;
    let mut desk = desk_of(SAMPLE);
    let all = left(&desk);
    let sure: Vec<&Proposal> = all.iter().filter(|proposal| proposal.confidence.get() >= LEAST).collect();
    let kind = sure.first().expect("something is sure").kind.clone();
    let count = sure.iter().filter(|proposal| proposal.kind == kind).count();
    desk.menu("标注", "采纳全部建议…");
    desk.open_list("采纳的类别");
    desk.click_item(kind_of(sure[0]));
    desk.open_list("采纳的最低把握");
    desk.click_item(&format!("{LEAST}% 以上"));
    assert!(desk.says(&format!("采纳 {count} 条")));
    let untick = usize::from(count > 1);
    if untick > 0 {
        let is_row = |name: String| name.contains("% · 第 ");
        let row = desk.harness.get_all_by_role(Role::CheckBox).find(|node| node.accesskit_node().label().is_some_and(is_row));
        row.expect("a line of the list").click();
        desk.settle();
    }
    desk.click_item(&format!("采纳 {} 条", count - untick));
    let tags = desk.tags();
    assert_eq!(tags.len(), count - untick);
    assert!(tags.iter().all(|tag| tag.kind == kind && matches!(tag.origin, Origin::Accepted(_))));
    undo(&mut desk);
    assert_eq!((left(&desk), desk.tags().len()), (all, 0), "one step");
}

/// How many omissions the panel counts.
fn omitted(desk: &Desk) -> usize {
    let buttons = desk.harness.get_all_by_role(Role::Button);
    let mut names = buttons.filter_map(|node| node.accesskit_node().label());
    names.find_map(|name| name.strip_prefix("遗漏 ")?.parse().ok()).expect("the panel is open")
}

#[test]
fn what_nobody_tagged_is_listed_gone_to_and_tagged() {
    let mut desk = desk_of(SAMPLE);
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::J);
    let before = omitted(&desk);
    assert!(before > 10 && desk.says("处已标 0"), "{before}");
    click_first(&mut desk, Role::Button, "未标的数字");
    let caret = document(&desk).selection.caret;
    assert!(document(&desk).suggestions().unwrap().figures.iter().any(|figure| figure.span.start() == caret));
    desk.key(Key::Num1);
    assert_eq!(desk.tags().len(), 1, "the clause it stands in");
    assert!(omitted(&desk) < before);
    undo(&mut desk);
    assert_eq!(omitted(&desk), before);
}

#[test]
fn what_looks_wrong_is_said_gone_to_and_dismissed() {
    let mut desk = desk_of(PLAIN);
    desk.select("失业率");
    desk.key(Key::Num2);
    let tag = desk.tags()[0].id;
    let backwards = TagCommand::SetQuantities(tag, vec![Quantity::of_words("7%—6%")]);
    desk.harness.state_mut().carry_out(Command::Tag(backwards));
    desk.key(Key::Escape);
    desk.key(Key::Escape);
    assert!(document(&desk).picked.is_empty());
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::J);
    click_first(&mut desk, Role::Button, "疑点 ");
    assert!(desk.says("不成区间"));
    click_first(&mut desk, Role::Button, "失业率 — ");
    assert_eq!(document(&desk).picked, [tag]);
    let hints = document(&desk).annotations.dismissals().count();
    for _ in 0..8 {
        if !desk.says("不成区间") {
            break;
        }
        click_first(&mut desk, Role::Button, "不再提示“");
    }
    assert!(!desk.says("不成区间") && document(&desk).annotations.dismissals().count() > hints);
    undo(&mut desk);
    assert!(desk.says("不成区间"));
}

#[test]
fn whoever_wants_no_proposals_sees_none() {
    let mut desk = desk_of(SAMPLE);
    desk.keys(Modifiers::COMMAND, Key::J);
    assert!(desk.says("待定建议"));
    desk.menu("视图", "显示建议（本人）");
    desk.key(Key::Escape);
    assert!(left(&desk).is_empty() && !desk.says("待定建议") && !desk.says("正在通读"));
    desk.keys(Modifiers::COMMAND, Key::J);
    desk.key(Key::J);
    desk.key(Key::A);
    assert!(desk.tags().is_empty() && !desk.says("待定建议"));
    desk.menu("视图", "显示建议（本人）");
    desk.key(Key::Escape);
    wait_until_read(&mut desk);
    assert!(!left(&desk).is_empty());
}
