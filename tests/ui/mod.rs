//! The window as a person uses it: things are found by their accessible names, clicked and typed into.

mod arranging;
mod doubts;
mod exporting;
mod figures;
mod files;
mod finding;
mod folder;
mod importing;
mod inspecting;
mod interface;
mod keeping;
mod modal;
mod proposals;
mod reading;
mod review;
mod review_panel;
mod secrecy;
mod tagging;

use egui::accesskit::{Role, Toggled};
use egui::{Event, ImeEvent, Key, Modifiers, Pos2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiannuo::annotation::Tag;
use jiannuo::session::Runner;
use jiannuo::store::{Disk, LocalFolders, Memory, RealDisk, load_memory};
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
    // Characters stand where counting puts them.
    (memory.settings.justified, memory.settings.latin_gap) = (false, false);
    memory.settings.measure = 40.0;
    if person {
        memory.set_person(&jiannuo::annotation::Person {
            id: "01a2028c-30a7-7000-8180-39b4f0c3670f".parse().unwrap(),
            name: "王小明".into(),
        });
    }
    memory
}

fn window(home: &Path, memory: Memory, files: Vec<PathBuf>, strict: bool) -> Harness<'static, App> {
    window_on(Arc::new(RealDisk), home, memory, files, strict)
}

/// A window on a disk of one's choice.
fn window_on(disk: Arc<dyn Disk>, home: &Path, memory: Memory, files: Vec<PathBuf>, strict: bool) -> Harness<'static, App> {
    let folders = LocalFolders::below(home);
    let mut builder = Harness::builder().with_size([1280.0, 860.0]).with_step_dt(1.0 / 60.0).with_max_steps(400);
    if !strict {
        builder = builder.allow_missing_glyphs();
    }
    builder.build_eframe(move |context| {
        let runner = Runner::new(disk, folders, || {});
        App::new(&context.egui_ctx, runner, memory, Start { files, tour: None })
    })
}

impl Desk {
    /// A desk with a report of this text; somebody known is tagging.
    fn with(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, person: bool) -> Self {
        Self::on(Arc::new(RealDisk), text, person)
    }

    fn on(disk: Arc<dyn Disk>, text: &str, person: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("报告.txt");
        std::fs::write(&report, text).unwrap();
        let harness = window_on(disk, &folder.path().join("home"), memory(person), vec![report], true);
        let mut desk = Self { harness, folder };
        desk.settle();
        desk
    }

    fn tiny() -> Self {
        Self::with(include_str!("../fixtures/reports/tiny.txt"))
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

    /// Types something in the place of what a field says.
    fn type_over(&mut self, label: &str, text: &str) {
        self.type_into(label, "");
        self.keys(Modifiers::COMMAND, Key::A);
        self.harness.event(Event::Text(text.to_owned()));
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

    /// Opens another report of this text, by its path.
    fn open_other(&mut self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        self.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
        self.harness.event(Event::Text(path.display().to_string()));
        self.steps(2);
        self.key(Key::Enter);
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
