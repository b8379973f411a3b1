//! The window as a person uses it: things are found by their accessible names, clicked and typed into.

use egui::accesskit::{Role, Toggled};
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiannuo::annotation::Tag;
use jiannuo::session::Runner;
use jiannuo::store::{LocalFolders, Memory, RealDisk, load_memory};
use jiannuo::ui::{App, Start};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A window on a report, with a home of its own.
struct Desk {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

/// Size of the report's text in points, as set at the start.
const SIZE: f32 = 18.0;

fn memory(person: bool) -> Memory {
    let mut memory = Memory::default();
    memory.settings.language = "zh-Hans".into();
    memory.settings.theme = "light".into();
    if person {
        memory.set_person(&jiannuo::annotation::Person {
            id: "01a2028c-30a7-7000-8180-39b4f0c3670f".parse().unwrap(),
            name: "王小明".into(),
        });
    }
    memory
}

fn window(home: &Path, memory: Memory, files: Vec<PathBuf>, strict: bool) -> Harness<'static, App> {
    let folders = LocalFolders::below(home);
    let mut builder = Harness::builder().with_size([1280.0, 860.0]).with_step_dt(1.0 / 60.0).with_max_steps(400);
    if !strict {
        builder = builder.allow_missing_glyphs();
    }
    builder.build_eframe(move |context| {
        let runner = Runner::new(Arc::new(RealDisk), folders, || {});
        App::new(&context.egui_ctx, runner, memory, Start { files, tour: None })
    })
}

impl Desk {
    /// A desk with a report of this text; somebody known is tagging.
    fn with(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, person: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("报告.txt");
        std::fs::write(&report, text).unwrap();
        let harness = window(&folder.path().join("home"), memory(person), vec![report], true);
        let mut desk = Self { harness, folder };
        desk.settle();
        desk
    }

    fn tiny() -> Self {
        Self::with(include_str!("fixtures/reports/tiny.txt"))
    }

    /// Steps until nothing is on its way.
    fn settle(&mut self) {
        for _ in 0..2000 {
            self.harness.step();
            if self.harness.state().is_settled() {
                self.harness.step();
                self.harness.step();
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        panic!("the window does not come to rest");
    }

    fn steps(&mut self, count: usize) {
        self.harness.run_steps(count);
    }

    fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    /// Clicks a button that has its key in its name, such as a menu's entry.
    fn click_item(&mut self, label: &str) {
        self.harness
            .get_by(|node| {
                node.role() == Role::Button && node.label().is_some_and(|name| name == label || name.starts_with(&format!("{label} ")))
            })
            .click();
        self.settle();
    }

    fn menu(&mut self, menu: &str, entry: &str) {
        self.click(menu);
        self.click_item(entry);
    }

    /// Opens a list of choices.
    fn open_list(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::ComboBox, label).click();
        self.settle();
    }

    /// The middle of a character of the paragraph that holds these words: the first of them, in a first row.
    fn place_of(&self, words: &str) -> Pos2 {
        let (rect, before) = self.paragraph(words);
        let width: f32 = before.chars().map(|c| if c.is_ascii() { SIZE * 0.55 } else { SIZE }).sum();
        pos2(rect.left() + SIZE * 2.0 + width + SIZE * 0.4, rect.top() + SIZE * 0.9)
    }

    /// The paragraph on the screen that holds these words, and what stands before them in it.
    fn paragraph(&self, words: &str) -> (egui::Rect, String) {
        let node = self
            .harness
            .get_all_by_role(Role::Paragraph)
            .find(|node| node.accesskit_node().label().is_some_and(|text| text.contains(words)));
        let node = node.unwrap_or_else(|| panic!("no paragraph with {words}"));
        let text = node.accesskit_node().label().unwrap();
        (node.rect(), text[..text.find(words).unwrap()].to_owned())
    }

    /// Presses at one place, moves to another and lets go.
    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.drag_at(from);
        self.harness.step();
        self.harness.hover_at(from.lerp(to, 0.5));
        self.harness.hover_at(to);
        self.harness.step();
        self.harness.drop_at(to);
        self.settle();
    }

    fn select(&mut self, words: &str) {
        let from = self.place_of(words) - egui::vec2(SIZE * 0.3, 0.0);
        let width: f32 = words.chars().map(|c| if c.is_ascii() { SIZE * 0.55 } else { SIZE }).sum();
        self.drag(from, from + egui::vec2(width, 0.0));
    }

    fn click_at(&mut self, place: Pos2, count: usize) {
        self.press(place, count, egui::PointerButton::Primary, Modifiers::NONE);
    }

    fn press(&mut self, place: Pos2, count: usize, button: egui::PointerButton, modifiers: Modifiers) {
        self.harness.hover_at(place);
        self.harness.step();
        self.harness.event(Event::ModifiersChanged(modifiers));
        for _ in 0..count {
            for pressed in [true, false] {
                self.harness.event(Event::PointerButton { pos: place, button, pressed, modifiers });
                self.harness.step();
            }
        }
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }

    fn type_into(&mut self, label: &str, text: &str) {
        let field = |desk: &Self| {
            desk.harness
                .get_all_by_label(label)
                .find(|node| matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput))
                .is_some()
        };
        assert!(field(self), "no field {label}");
        let node = self
            .harness
            .get_all_by_label(label)
            .find(|node| matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput))
            .unwrap();
        node.click();
        self.steps(3);
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// The words selected.
    fn selected(&self) -> String {
        let document = self.harness.state().state().document().unwrap();
        document.report.quote(document.selection.span()).to_owned()
    }

    fn tags(&self) -> Vec<Tag> {
        self.harness.state().state().document().unwrap().annotations.tags().cloned().collect()
    }

    fn quotes(&self) -> Vec<(String, String)> {
        self.tags().into_iter().map(|tag| (tag.kind.as_str().to_owned(), tag.anchor.quote)).collect()
    }

    /// What was copied in the last frame.
    fn copied(&mut self, event: Event, modifiers: Modifiers) -> String {
        self.harness.event(Event::ModifiersChanged(modifiers));
        self.harness.event(event);
        let mut copied = String::new();
        for _ in 0..4 {
            self.harness.step();
            for command in &self.harness.output().platform_output.commands {
                if let egui::OutputCommand::CopyText(text) = command {
                    copied.clone_from(text);
                }
            }
        }
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
        copied
    }

    fn says(&self, words: &str) -> bool {
        self.harness.query_all_by(|node| node.label().or_else(|| node.value()).is_some_and(|text| text.contains(words))).next().is_some()
    }
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(kind, quote)| ((*kind).to_owned(), (*quote).to_owned())).collect()
}

const PLAIN: &str =
    "昀溪市政府工作报告\n全市生产总值2561亿元，同比增长13.5％，城镇登记失业率控制在3%以内。\n年底前新开通口岸一个，新建学校二十所。\n";

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
    desk.key(Key::V);
    assert!(desk.says("全市生产总值"), "the next view after 繁 is 原");
}

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
    let cited = desk.copied(Event::Copy, Modifiers::COMMAND | Modifiers::SHIFT);
    assert!(cited.contains("生产总值") && cited.contains("昀溪市政府工作报告") && cited.contains("一、上年回顾"), "{cited}");
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
fn the_inspector_sets_every_sort_of_attribute() {
    let mut desk = Desk::with(PLAIN);
    desk.select("失业率控制在3%");
    desk.key(Key::Num1);
    desk.type_into("指标名称", "城镇登记失业率");
    desk.type_into("时限", "年底前");
    assert!(desk.says("-12-31"), "the deadline was read");
    desk.type_into("时期", "很久以前");
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
    desk.select("生产总值2561亿元");
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
fn the_reader_never_asks_for_an_input_method() {
    let mut desk = Desk::with(PLAIN);
    let place = desk.place_of("生产总值");
    desk.click_at(place, 1);
    desk.steps(2);
    assert!(desk.harness.output().platform_output.ime.is_none());
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
    assert!(desk.tags().iter().all(|tag| tag.attributes.is_empty()), "undone as one step");
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
fn the_language_is_switched_without_a_restart() {
    let mut desk = Desk::with(PLAIN);
    for (view, language, label, file) in
        [("视图", "界面语言", "繁體中文", "檔案"), ("檢視", "介面語言", "English", "File"), ("View", "Language", "简体中文", "文件")]
    {
        desk.click(view);
        let entry = desk
            .harness
            .get_all_by_role(Role::Button)
            .find(|node| node.accesskit_node().label().is_some_and(|name| name.contains(language)))
            .unwrap_or_else(|| panic!("{language}"));
        entry.click();
        desk.settle();
        desk.click_item(label);
        desk.settle();
        assert!(desk.says(file), "{file}");
        desk.key(Key::Escape);
        desk.key(Key::F4);
        desk.key(Key::F1);
        desk.steps(3);
        desk.key(Key::Escape);
    }
}

#[test]
fn the_key_sheet_names_every_key() {
    let mut desk = Desk::with(PLAIN);
    desk.key(Key::F1);
    for words in ["标为目标", "上一个标注", "全选"] {
        assert!(desk.says(words), "{words}");
    }
    desk.key(Key::Escape);
    assert!(!desk.says("全选"));
}

#[test]
fn themes_and_text_sizes() {
    let mut desk = Desk::with(PLAIN);
    let height = |desk: &Desk| desk.paragraph("新建学校").0.height();
    let before = height(&desk);
    desk.keys(Modifiers::COMMAND, Key::Plus);
    desk.keys(Modifiers::COMMAND, Key::Plus);
    assert!(height(&desk) > before);
    desk.keys(Modifiers::COMMAND, Key::Num0);
    assert_eq!(height(&desk), before);
    desk.click("视图");
    desk.harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with("外观"))).click();
    desk.settle();
    desk.harness.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with("深色"))).click();
    desk.settle();
    assert!(desk.harness.ctx.theme() == egui::Theme::Dark);
}

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
    let other = desk.folder.path().join("另一份.txt");
    std::fs::write(&other, "另一份报告\n新建学校三所。\n").unwrap();
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    desk.harness.event(Event::Text(other.display().to_string()));
    desk.steps(2);
    desk.key(Key::Enter);
    assert!(desk.says("新建学校三所"));
    desk.keys(Modifiers::COMMAND, Key::W);
    assert!(!desk.says("新建学校三所"));
}

#[test]
fn a_file_that_is_no_report_is_said_to_be_what_it_is() {
    let mut desk = Desk::with(PLAIN);
    let path = desk.folder.path().join("会议.pdf");
    std::fs::write(&path, b"%PDF-1.7\n").unwrap();
    desk.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    desk.harness.event(Event::Text(path.display().to_string()));
    desk.steps(2);
    desk.key(Key::Enter);
    assert!(desk.says("会议.pdf") && desk.says("PDF"));
    desk.click_item("知道了");
    assert!(!desk.says("会议.pdf"));
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
    let preview = desk.harness.state().state().document().unwrap().encoding.name();
    assert_ne!(preview, "Big5-HKSCS", "a preview changes nothing yet");
    desk.click_item("按此编码打开");
    assert_eq!(desk.harness.state().state().document().unwrap().encoding.name(), "Big5-HKSCS");
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
    assert_eq!(again.harness.state().state().document().unwrap().view.key(), "hant");
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
