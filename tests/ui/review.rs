//! Reviewing in the window: colleagues' tags beside the text, a whole review by keyboard alone and by mouse alone, handing in
//! in a blind project, and comments.

use super::*;
use crate::store::Sitting;
use jiannuo::annotation::{Outcome, Reason};
use jiannuo::review::Standing;
use jiannuo::review::figures::sections;
use jiannuo::session::{Command, Document, KeepCommand, LayerShown, Review, ReviewCommand};
use jiannuo::store::{Reviewing, Sample, change_reviewing, mark_project, reviewing_of};

/// What somebody tagged: words and kinds.
pub(super) type Tagged<'t> = &'t [(&'t str, &'t str)];

const OUTPUT: &str = "全市生产总值2561亿元";
const GROWTH: &str = "同比增长13.5％";
pub(super) const SCHOOLS: &str = "新建学校二十所";
pub(super) const JOBLESS: &str = "城镇登记失业率控制在3%以内";

/// Three people: they agree on the growth, differ in where the output begins, one left the schools out and one alone tagged the
/// jobless.
pub(super) const THREE: [(&str, Tagged<'static>); 3] = [
    ("张三", &[(OUTPUT, "indicator"), (GROWTH, "indicator"), (SCHOOLS, "commitment")]),
    ("李四", &[("生产总值2561亿元", "indicator"), (GROWTH, "indicator"), (SCHOOLS, "commitment")]),
    ("王五", &[(OUTPUT, "indicator"), (GROWTH, "indicator"), (JOBLESS, "target")]),
];

/// Tags a report as somebody, on a machine of their own.
pub(super) fn tag_as(folder: &Path, name: &str, tagged: Tagged<'_>, submit: bool) {
    let report = folder.join("报告.txt");
    let text = std::fs::read_to_string(&report).unwrap();
    let mut sitting = Sitting::new(&folder.join(format!("home-{name}")));
    sitting.act(Command::Keep(KeepCommand::SetPerson(name.into())));
    sitting.open(&report);
    for (words, kind) in tagged {
        let start = text[..text.find(words).unwrap()].chars().count() as u32;
        sitting.tag(start, start + words.chars().count() as u32, kind);
    }
    sitting.save();
    if submit {
        sitting.act(Command::Review(ReviewCommand::Submit));
    }
}

/// A desk with a report that these people tagged.
pub(super) fn desk_of(people: &[(&str, Tagged<'_>)]) -> Desk {
    desk_on(PLAIN, people)
}

/// The same with a report of this text.
pub(super) fn desk_on(text: &str, people: &[(&str, Tagged<'_>)]) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("报告.txt"), text).unwrap();
    people.iter().for_each(|(name, tagged)| tag_as(folder.path(), name, tagged, false));
    desk_in(folder)
}

pub(super) fn desk_in(folder: tempfile::TempDir) -> Desk {
    let report = folder.path().join("报告.txt");
    let mut memory = memory(true);
    memory.settings.right_open = false;
    let harness = window(&folder.path().join("home"), memory, vec![report], true);
    let mut desk = Desk { harness, folder };
    desk.settle();
    desk
}

pub(super) fn document(desk: &Desk) -> &Document {
    desk.harness.state().state().document().unwrap()
}

fn review(desk: &Desk) -> &Review {
    document(desk).review().expect("a review is shown")
}

/// Steps until people's tags are compared.
pub(super) fn wait_until_compared(desk: &mut Desk) {
    for _ in 0..2000 {
        desk.harness.step();
        if document(desk).review().is_some() {
            desk.settle();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    panic!("the tags are not compared");
}

/// How many cases are still to be decided, and how many are decided.
pub(super) fn tally(desk: &Desk) -> (usize, usize) {
    let tally = review(desk).tally;
    (tally.left(), tally.decided)
}

/// What was decided last on the case that stands on words with this beginning.
fn decided(desk: &Desk, words: &str) -> (Outcome, Option<Reason>, String) {
    let text = &document(desk).report;
    let judged = review(desk).cases.iter().find(|judged| text.quote(judged.key.span).starts_with(words)).expect("a case");
    let decision = &judged.decisions.last().expect("a decision").decision;
    (decision.outcome, decision.reason, decision.words.clone())
}

/// The words on which tags stand in the document shown.
fn words_tagged(desk: &Desk) -> Vec<String> {
    document(desk).annotations.tags().map(|tag| tag.anchor.quote.clone()).collect()
}

/// Whether the case at hand is said to be this.
pub(super) fn is_at_hand(desk: &Desk, sort: &str) -> bool {
    desk.harness.query_all_by(|node| node.label().or_else(|| node.value()).as_deref() == Some(sort)).next().is_some()
}

/// Clicks the only widget of this name that is not a text.
pub(super) fn press(desk: &mut Desk, name: &str) {
    desk.harness.get_by(|node| node.role() != Role::Label && node.label().as_deref() == Some(name)).click();
    desk.settle();
}

/// Clicks the first button whose name begins so.
pub(super) fn press_first(desk: &mut Desk, begins: &str) {
    let is_one = |name: String| name.starts_with(begins);
    let node = desk.harness.get_all_by_role(Role::Button).find(|node| node.accesskit_node().label().is_some_and(is_one));
    node.unwrap_or_else(|| panic!("nothing begins with {begins}")).click();
    desk.settle();
}

#[test]
fn a_whole_review_by_keyboard_alone() {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    assert_eq!((tally(&desk), review(&desk).tally.agreed), ((3, 0), 1));
    assert!(is_at_hand(&desk, "只有王五标注"), "the worst comes first, and of equally bad ones what stands first in the text");
    desk.key(Key::Num1);
    assert_eq!((tally(&desk), words_tagged(&desk)), ((2, 1), vec![JOBLESS.to_owned()]));
    assert!(is_at_hand(&desk, "只有王五没有标注"), "then the next comes up");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!((tally(&desk), words_tagged(&desk).len()), ((3, 0), 0));
    assert!(is_at_hand(&desk, "只有王五标注"), "what was taken back is at hand again");

    for key in [Key::R, Key::R, Key::W] {
        desk.key(key);
    }
    desk.harness.event(Event::Text("控制数不是目标".into()));
    desk.settle();
    assert_eq!(tally(&desk), (3, 0), "a letter that is typed decides nothing");
    desk.key(Key::Enter);
    desk.key(Key::N);
    assert_eq!(decided(&desk, JOBLESS), (Outcome::Nothing, Some(Reason::Unclear), "控制数不是目标".into()));
    assert_eq!((tally(&desk), words_tagged(&desk).len()), ((2, 1), 0));

    // There and back, put off, and taken up again at the end.
    desk.key(Key::J);
    desk.key(Key::K);
    desk.key(Key::D);
    assert_eq!((decided(&desk, SCHOOLS).0, review(&desk).tally.deferred), (Outcome::Deferred, 1));

    // Where it ends is moved on the page before one goes on.
    desk.key(Key::E);
    assert_eq!(document(&desk).picked.len(), 1);
    assert_eq!((decided(&desk, OUTPUT).0, words_tagged(&desk)), (Outcome::Mended, vec![OUTPUT.to_owned()]));
    assert!(desk.says("正在修改采用的标注"));
    desk.keys(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(words_tagged(&desk), [format!("{OUTPUT}，")]);
    desk.key(Key::Enter);
    desk.key(Key::CloseBracket);
    desk.key(Key::Enter);
    assert_eq!((decided(&desk, SCHOOLS).0, tally(&desk)), (Outcome::Taken, (0, 3)));
    assert!(desk.says("各人一致的还没有采纳"));

    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let accept = "采纳一致 1 处";
    let has_focus = |desk: &Desk| desk.harness.get_by_label(accept).is_focused();
    for _ in 0..8 {
        if !has_focus(&desk) {
            desk.key(Key::Tab);
        }
    }
    assert!(has_focus(&desk));
    desk.key(Key::Enter);
    assert_eq!((review(&desk).tally.agreed, words_tagged(&desk).len()), (0, 3));
    assert_eq!(decided(&desk, GROWTH).0, Outcome::Agreed);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!((review(&desk).tally.agreed, words_tagged(&desk).len()), (1, 2), "one step");

    desk.keys(Modifiers::COMMAND, Key::R);
    assert!(!document(&desk).is_review() && document(&desk).annotations.tag_count() == 0, "one's own tags are as they were");
}

#[test]
fn a_whole_review_by_mouse_alone() {
    let kinds: [(&str, Tagged<'_>); 2] = [
        ("张三", &[(OUTPUT, "indicator"), (GROWTH, "indicator"), (SCHOOLS, "commitment")]),
        ("李四", &[("生产总值2561亿元", "indicator"), (GROWTH, "indicator"), (SCHOOLS, "target"), (JOBLESS, "target")]),
    ];
    let mut desk = desk_of(&kinds);
    desk.menu("审阅", "裁定分歧");
    wait_until_compared(&mut desk);
    assert_eq!((tally(&desk), review(&desk).tally.agreed), ((3, 0), 1));
    assert!(is_at_hand(&desk, "只有李四标注"));
    desk.click_item("规则不清");
    desk.click_item("采用李四的");
    assert_eq!(decided(&desk, JOBLESS), (Outcome::Taken, Some(Reason::Unclear), String::new()));
    assert!(is_at_hand(&desk, "类别不同"));
    desk.click("编辑");
    press_first(&mut desk, "撤销：裁定 1 处分歧");
    assert_eq!((tally(&desk), words_tagged(&desk).len()), ((3, 0), 0));
    desk.click_item("采用李四的");
    desk.click_item("改后采用张三的");
    assert_eq!((decided(&desk, SCHOOLS).0, document(&desk).picked.len()), (Outcome::Mended, 1));
    desk.click_item("下一处");
    assert!(is_at_hand(&desk, "边界差 2 字"));
    desk.click_item("询问");
    assert_eq!((review(&desk).tally.asked, tally(&desk)), (1, (1, 2)));
    desk.click_item("撤回裁定");
    assert_eq!(review(&desk).tally.asked, 0);
    desk.click_item("都不标");
    assert_eq!((decided(&desk, OUTPUT).0, tally(&desk)), (Outcome::Nothing, (0, 3)));
    press(&mut desk, "全部列出");
    desk.click_item("采纳一致的 1…");
    assert!(desk.says("下列标注各人都一样"));
    desk.click_item("采纳一致 1 处");
    assert_eq!((review(&desk).tally.agreed, tally(&desk)), (0, (0, 4)));
    assert!(review(&desk).cases.iter().all(|judged| judged.standing == Standing::Decided));
}

#[test]
fn what_was_decided_is_kept_and_gone_on_with() {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    desk.key(Key::Num1);
    desk.keys(Modifiers::COMMAND, Key::S);
    let Desk { harness, folder } = desk;
    drop(harness);
    let mut desk = desk_in(folder);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    assert_eq!((tally(&desk), words_tagged(&desk)), ((2, 1), vec![JOBLESS.to_owned()]));
}

#[test]
fn colleagues_are_shown_dimmed_hidden_and_unnamed() {
    let mut desk = desk_of(&THREE);
    assert!(desk.says("同事 3"));
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    assert!(desk.says("张三") && desk.says("王五"));
    press(&mut desk, "李四：淡");
    press(&mut desk, "王五：隐");
    let shown = |desk: &Desk| document(desk).layers().all.iter().map(|layer| layer.shown).collect::<Vec<_>>();
    assert_eq!(shown(&desk), [LayerShown::Full, LayerShown::Dim, LayerShown::Hidden]);
    press(&mut desk, "隐去姓名");
    assert!(!desk.says("张三") && !desk.says("王五"));
    press(&mut desk, "丙：显");
    assert_eq!(shown(&desk), [LayerShown::Full, LayerShown::Dim, LayerShown::Full]);
}

#[test]
fn a_click_in_a_lane_goes_to_the_tag() {
    let mut desk = desk_of(&THREE);
    let y = desk.place_of("生产总值").y;
    let lanes = desk.harness.get_by_label("各人标注栏").rect();
    desk.click_at(pos2(lanes.left() + 3.0, y), 1);
    assert_eq!(desk.selected(), OUTPUT);
    let second = lanes.left() + lanes.width() / 3.0 + 3.0;
    desk.click_at(pos2(second, y), 1);
    assert_eq!(desk.selected(), "生产总值2561亿元");
    // A second click in the same row would be a double click.
    desk.steps(60);
    desk.click_at(pos2(second, y), 1);
    assert_eq!(desk.selected(), GROWTH, "and another to the next in the row");
}

#[test]
fn a_click_in_a_lane_of_a_review_takes_the_case_up() {
    let mut desk = desk_of(&THREE);
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(&mut desk);
    let y = desk.place_of("新建学校").y;
    let lanes = desk.harness.get_by_label("各人标注栏").rect();
    desk.click_at(pos2(lanes.left() + 3.0, y), 1);
    assert!(is_at_hand(&desk, "只有王五没有标注"));
    desk.key(Key::N);
    assert_eq!(decided(&desk, SCHOOLS).0, Outcome::Nothing);
}

#[test]
fn in_a_blind_project_others_are_seen_after_handing_in() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("报告.txt"), PLAIN).unwrap();
    mark_project(&RealDisk, folder.path()).unwrap();
    change_reviewing(&RealDisk, folder.path(), &Reviewing::default(), &Reviewing { blind: true, ..Reviewing::default() }).unwrap();
    for ((name, tagged), submit) in THREE.into_iter().zip([true, false, true]) {
        tag_as(folder.path(), name, tagged, submit);
    }
    let mut desk = desk_in(folder);
    desk.select("生产总值");
    desk.key(Key::Num2);
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    assert_eq!((document(&desk).layers().all.len(), document(&desk).layers().withheld), (0, 3));
    assert!(desk.says("交卷之后才能看到") && !desk.says("张三"));
    desk.click_item("交卷…");
    assert!(desk.says("不能收回"));
    desk.click_item("取消");
    assert!(document(&desk).submitted().is_none());
    desk.click_item("交卷…");
    desk.click_item("交卷");
    for _ in 0..500 {
        if document(&desk).layers().all.len() == 2 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        desk.settle();
    }
    assert_eq!((document(&desk).layers().all.len(), document(&desk).layers().withheld), (2, 1));
    assert!(document(&desk).submitted().is_some_and(|snapshot| snapshot.whole));
    assert!(desk.says("已交卷：") && desk.says("另有 1 人尚未交卷") && desk.says("张三"));
}

#[test]
fn a_comment_is_made_answered_and_settled() {
    let mut desk = desk_of(&THREE);
    desk.select("失业率");
    desk.key(Key::C);
    desk.steps(2);
    desk.harness.event(Event::Text("这里算目标吗".into()));
    desk.settle();
    desk.key(Key::Enter);
    let comments = |desk: &Desk| document(desk).annotations.comments().count();
    assert_eq!(comments(&desk), 1);
    assert!(desk.says("这里算目标吗") && desk.says("未解决 1，共 1"));
    press(&mut desk, "回复“失业率”");
    desk.steps(2);
    desk.harness.event(Event::Text("算".into()));
    desk.settle();
    desk.click_item("发出回复");
    assert_eq!(comments(&desk), 2);
    press(&mut desk, "标为已解决“失业率”");
    assert!(desk.says("未解决 0，共 1"));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert!(desk.says("未解决 1，共 1"));
    // A click on what it is about goes there.
    desk.key(Key::Escape);
    assert_eq!(desk.selected(), "");
    press(&mut desk, "失业率");
    assert_eq!(desk.selected(), "失业率");
}

#[test]
fn the_project_names_who_decides() {
    let mut desk = desk_of(&THREE);
    desk.menu("审阅", "项目审阅设置…");
    press(&mut desk, "李四可以裁定");
    desk.click_item("确定");
    let names: Vec<&str> = document(&desk).reviewing().deciders.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["李四"]);
    desk.keys(Modifiers::COMMAND, Key::R);
    assert!(!document(&desk).is_review() && desk.says("本项目由李四裁定"));
}

/// Fills in what is to be drawn and draws it.
pub(super) fn draw(desk: &mut Desk, name: &str, count: usize, seed: u64) {
    desk.type_over("样本名称", name);
    desk.type_over("节数", &count.to_string());
    desk.type_over("随机种子", &seed.to_string());
    desk.click_item("抽取");
}

#[test]
fn samples_are_drawn_for_several_people() {
    let body = |number: &str| format!("{number}、工作安排\n全市生产总值增长8%。\n");
    let text: String = ["一", "二", "三", "四", "五", "六"].map(body).concat();
    let mut desk = Desk::with(&format!("政府工作报告\n各位代表：去年增长8%。\n{text}"));
    let all = sections(&document(&desk).report).len();
    assert!(all > 5, "{all}");
    let stored = |desk: &Desk| reviewing_of(&RealDisk, desk.folder.path()).samples;

    desk.menu("审阅", "项目审阅设置…");
    assert!(desk.says(&format!("1 份报告中抽取，可抽 {all} 节")) && desk.says("请填写样本名称"));
    desk.click("供训练（不计入一致性）");
    draw(&mut desk, "第一轮", 2, 7);
    assert!(desk.says("第一轮（训练）：2 节，种子 7") && desk.says(&format!("可抽 {} 节", all - 2)));
    desk.click("供训练（不计入一致性）");
    desk.click("不抽其他样本已有的节");
    draw(&mut desk, "第一轮", 3, 9);
    assert!(desk.says("已有同名的样本"));
    draw(&mut desk, "复标", all, 9);
    assert!(desk.says(&format!("最多可抽 {} 节", all - 2)), "what was drawn for training is left out whatever is ticked");
    draw(&mut desk, "复标", 3, 9);
    assert!(stored(&desk).is_empty(), "nothing is stored before it is confirmed");
    desk.click_item("确定");
    let drawn = stored(&desk);
    let said = |sample: &Sample| (sample.name.clone(), sample.seed, sample.training, sample.parts.len());
    assert_eq!(drawn.iter().map(said).collect::<Vec<_>>(), [("第一轮".into(), 7, true, 2), ("复标".into(), 9, false, 3)]);
    assert!(drawn[0].parts.iter().all(|part| !drawn[1].parts.contains(part)));
    assert_eq!(document(&desk).reviewing().samples, drawn);

    desk.menu("审阅", "项目审阅设置…");
    press(&mut desk, "去掉样本“复标”");
    draw(&mut desk, "再抽", 3, 9);
    desk.click_item("确定");
    let again = stored(&desk);
    assert_eq!(again.len(), 2);
    assert_eq!((again[1].name.as_str(), &again[1].parts), ("再抽", &drawn[1].parts), "the same seed draws the same");
}
