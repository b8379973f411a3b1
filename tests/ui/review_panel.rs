//! The panel of a review: what differs is seen at once, its rows stand side by side, it leaves the page its room, and says what
//! is not there yet.

use super::review::{
    JOBLESS, SCHOOLS, THREE, Tagged, desk_in, desk_of, desk_on, document, is_at_hand, press, press_first, tag_as, tally,
    wait_until_compared,
};
use super::*;
use crate::store::Sitting;
use jiannuo::annotation::{AttributeId, Person, Value};
use jiannuo::session::{Command, LayerShown, TagCommand};
use jiannuo::store::{Reviewing, change_reviewing, mark_project};

fn begin_review(desk: &mut Desk) {
    desk.keys(Modifiers::COMMAND, Key::R);
    wait_until_compared(desk);
}

/// Where texts stand that begin so.
fn texts(desk: &Desk, begins: &str) -> Vec<egui::Rect> {
    let is_one = |text: String| text.starts_with(begins);
    desk.harness.query_all_by(|node| node.label().or_else(|| node.value()).is_some_and(is_one)).map(|node| node.rect()).collect()
}

/// How far down the edge of the panel stands.
fn edge(desk: &Desk) -> f32 {
    let mut edges = desk.harness.get_all_by_role(Role::Splitter).map(|node| node.rect());
    edges.find(|rect| rect.width() > rect.height()).expect("the edge of the panel").center().y
}

#[test]
fn what_differs_stands_first_and_in_one_row_in_all_columns() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("报告.txt"), PLAIN).unwrap();
    ["张三", "李四"].iter().for_each(|name| tag_as(folder.path(), name, &[(SCHOOLS, "commitment")], false));
    let mut li = Sitting::new(&folder.path().join("home-李四"));
    li.open(&folder.path().join("报告.txt"));
    let tag = li.state.document().unwrap().annotations.tags().next().unwrap().id;
    li.act(Command::Tag(TagCommand::SetAttribute(vec![tag], AttributeId::new("period"), Value::One("2018".into()))));
    li.save();
    drop(li);
    let mut desk = desk_in(folder);
    begin_review(&mut desk);
    assert!(is_at_hand(&desk, "属性不同：时期"));
    let (periods, kinds, takes) = (texts(&desk, "时期："), texts(&desk, "类别："), texts(&desk, "采用"));
    assert_eq!((periods.len(), kinds.len(), takes.len()), (2, 2, 2));
    for rects in [&periods, &kinds, &takes] {
        assert_eq!(rects[0].top(), rects[1].top());
    }
    assert!(periods[0].bottom() < kinds[0].top() && periods[0].bottom() < 820.0, "{periods:?} {kinds:?}");
    assert!(desk.says("张三的标法") && desk.says("李四的标法"));
}

#[test]
fn a_case_is_listed_by_its_words() {
    let mut desk = desk_of(&THREE);
    begin_review(&mut desk);
    press(&mut desk, &format!("{SCHOOLS} · 只有王五没有标注"));
    assert!(is_at_hand(&desk, "只有王五没有标注"));
}

#[test]
fn a_click_on_a_column_has_it_at_hand() {
    let mut desk = desk_of(&THREE);
    begin_review(&mut desk);
    press_first(&mut desk, "全市生产总值");
    let is_chosen =
        |desk: &Desk, name: &str| desk.harness.get_by_role_and_label(Role::Group, name).accesskit_node().toggled() == Some(Toggled::True);
    assert!(is_chosen(&desk, "张三、王五的标法") && !is_chosen(&desk, "李四的标法"), "what most say is at hand at first");
    let column = desk.harness.get_by_role_and_label(Role::Group, "李四的标法").rect();
    desk.click_at(column.left_top() + egui::vec2(column.width() - 8.0, 12.0), 1);
    assert!(is_chosen(&desk, "李四的标法"));
}

#[test]
fn the_edge_of_the_panel_is_dragged_and_selects_nothing() {
    let mut desk = desk_of(&THREE);
    begin_review(&mut desk);
    for above in [0.0, 1.0, 2.0] {
        let y = edge(&desk);
        desk.drag(pos2(500.0, y - above), pos2(500.0, y - above - 20.0));
        assert!(edge(&desk) < y - 15.0, "dragged {above} above the line");
        assert_eq!(desk.selected(), "");
    }
}

#[test]
fn the_case_stays_in_view_when_the_window_shrinks() {
    let text = PLAIN.replacen('\n', &format!("\n{}", "各位代表：现在报告工作。\n".repeat(10)), 1);
    let mut desk = desk_on(&text, &THREE);
    begin_review(&mut desk);
    let is_in_view = |desk: &Desk| {
        let (rect, _) = desk.paragraph(JOBLESS);
        rect.top() + 30.0 < edge(desk)
    };
    assert!(is_in_view(&desk));
    desk.harness.set_size(egui::vec2(900.0, 600.0));
    desk.settle();
    assert!(edge(&desk) > 600.0 * 0.35, "the page keeps its room");
    assert!(is_in_view(&desk));
}

#[test]
fn an_undone_correction_leads_to_the_case_of_its_tag() {
    let mut desk = desk_of(&THREE);
    begin_review(&mut desk);
    desk.key(Key::Num1);
    let tag = desk.tags()[0].id;
    assert!(is_at_hand(&desk, "只有王五没有标注"));
    desk.harness.state_mut().carry_out(Command::Tag(TagCommand::SetNote(tag, "控制数".into())));
    desk.settle();
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert!(is_at_hand(&desk, "只有王五标注") && desk.says("正在修改采用的标注"));
    assert_eq!((desk.tags()[0].note.as_str(), document(&desk).picked.as_slice(), tally(&desk)), ("", &[tag][..], (2, 1)));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert!(is_at_hand(&desk, "只有王五标注") && !desk.says("正在修改采用的标注"));
    assert_eq!(tally(&desk), (3, 0));
}

#[test]
fn colleagues_are_shown_alike_in_the_report_and_its_review() {
    let mut desk = desk_of(&THREE);
    let shown = |desk: &Desk| document(desk).layers().all.iter().map(|layer| layer.shown).collect::<Vec<_>>();
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    press(&mut desk, "李四：淡");
    begin_review(&mut desk);
    assert_eq!(shown(&desk), [LayerShown::Full, LayerShown::Dim, LayerShown::Full]);
    press(&mut desk, "王五：隐");
    desk.keys(Modifiers::COMMAND, Key::R);
    assert!(!document(&desk).is_review());
    assert_eq!(shown(&desk), [LayerShown::Full, LayerShown::Dim, LayerShown::Hidden]);
}

#[test]
fn the_outline_counts_the_tags_of_the_document_shown() {
    let text = "昀溪市政府工作报告\n一、工作安排\n全市生产总值2561亿元，新建学校二十所。\n";
    let people: [(&str, Tagged<'_>); 2] = [("张三", &[(SCHOOLS, "commitment")]), ("李四", &[("全市生产总值2561亿元", "indicator")])];
    let mut desk = desk_on(text, &people);
    desk.select("生产总值");
    desk.key(Key::Num2);
    // A count stands beside the heading it is of.
    let counts = |desk: &Desk| {
        let heading = texts(desk, "一、工作安排").into_iter().find(|rect| rect.right() < 300.0).expect("the heading in the outline");
        let beside =
            |rect: &egui::Rect| rect.left() > heading.left() && rect.right() < 320.0 && heading.y_range().contains(rect.center().y);
        texts(desk, "1").iter().filter(|rect| beside(rect)).count()
    };
    assert_eq!(counts(&desk), 1);
    begin_review(&mut desk);
    desk.key(Key::N);
    assert_eq!((tally(&desk), counts(&desk)), ((1, 1), 0), "as much was changed here, but nothing is tagged");
}

#[test]
fn where_nobody_has_handed_in_nothing_is_said_to_be_decided() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("报告.txt"), PLAIN).unwrap();
    mark_project(&RealDisk, folder.path()).unwrap();
    let own = Person { id: "01a2028c-30a7-7000-8180-39b4f0c3670f".parse().unwrap(), name: "王小明".into() };
    let blind = Reviewing { blind: true, deciders: vec![own], ..Reviewing::default() };
    change_reviewing(&RealDisk, folder.path(), &Reviewing::default(), &blind).unwrap();
    THREE.iter().for_each(|(name, tagged)| tag_as(folder.path(), name, tagged, false));
    let mut desk = desk_in(folder);
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    assert!(desk.says("在“裁定分歧”中看") && !desk.says("交卷之后才能看到") && !desk.says("交卷…"));
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    begin_review(&mut desk);
    assert!(desk.says("没有什么可比较的") && desk.says("另有 3 人尚未交卷") && !desk.says("全部裁定完毕"));
}
