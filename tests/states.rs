//! Random sittings of two windows of one person: whatever they open, tag, take back, close, kill and merge, every tag that
//! was said to be kept and that nobody deleted is there in the end, and nothing that nobody made.

use crate::faults::disk::SimDisk;
use jiannuo::annotation::{Annotations, KindId, Person, PersonId, TagId, Time};
use jiannuo::session::{Choice, Command, Effect, FileCommand, KeepCommand, ReadCommand, Runner, Selection, State, TagCommand, update};
use jiannuo::store::{Disk as _, LocalFolders, load_memory, load_person_file};
use jiannuo::text::Span;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const REPORTS: [&str; 3] = ["/reports/甲.txt", "/reports/乙.txt", "/archive/丙.txt"];

/// Something a person does in one of the windows.
#[derive(Clone, Debug)]
enum Deed {
    Open(usize),
    Show(usize),
    Tag(u32, u32),
    Note(usize, u8),
    Delete(usize),
    Undo,
    Redo,
    Decide(usize, bool),
    Save,
    /// Time passes: what is due is saved, and what the other window wrote is seen.
    Wait(u16),
    Close,
    /// The window is closed, everything saved, and opened again.
    Quit,
    /// The program is killed and started again.
    Kill,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (0usize..3).prop_map(Deed::Open),
        1 => (0usize..3).prop_map(Deed::Show),
        6 => (0u32..60, 1u32..9).prop_map(|(start, len)| Deed::Tag(start, len)),
        3 => (0usize..6, 0u8..9).prop_map(|(tag, note)| Deed::Note(tag, note)),
        2 => (0usize..6).prop_map(Deed::Delete),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => (0usize..3, any::<bool>()).prop_map(|(which, other)| Deed::Decide(which, other)),
        1 => Just(Deed::Save),
        4 => (100u16..6_000).prop_map(Deed::Wait),
        1 => Just(Deed::Close),
        1 => Just(Deed::Quit),
        1 => Just(Deed::Kill),
    ]
}

fn folders() -> LocalFolders {
    LocalFolders::below(Path::new("/home"))
}

struct Window {
    state: State,
    runner: Runner,
}

/// What was made of a tag: what it said at any time, whether it was said to be kept, and whether somebody deleted it.
#[derive(Default)]
struct Made {
    said: BTreeSet<String>,
    kept: bool,
    deleted: bool,
}

/// Two windows on one disk, and all that was ever made in them.
struct Desk {
    disk: Arc<SimDisk>,
    windows: Vec<Window>,
    now: i64,
    starts: u8,
    made: BTreeMap<(PathBuf, TagId), Made>,
}

impl Desk {
    fn new() -> Self {
        let text = "全市生产总值增长百分之六以上，财政收入增长5%，城镇新增就业3万人。\n".repeat(3);
        let texts: Vec<String> = (1..=3).map(|number| format!("{number}号报告\n{text}")).collect();
        let files: Vec<(&str, &[u8])> = REPORTS.into_iter().zip(texts.iter().map(String::as_bytes)).collect();
        let disk = Arc::new(SimDisk::new(&["/home"], &files));
        let mut desk = Self { disk, windows: Vec::new(), now: 1_700_000_000_000, starts: 0, made: BTreeMap::new() };
        for _ in 0..2 {
            let window = desk.start();
            desk.windows.push(window);
        }
        desk
    }

    fn start(&mut self) -> Window {
        self.starts += 1;
        let mut memory = load_memory(&*self.disk, &folders().memory_file());
        memory.set_person(&Person { id: PersonId(uuid()), name: "甲".into() });
        let mut window = Window { state: State::new(memory, [self.starts; 10]), runner: Runner::inline(self.disk.clone(), folders()) };
        window.runner.run(vec![Effect::Recover]);
        self.settle(&mut window);
        window
    }

    fn settle(&mut self, window: &mut Window) {
        while window.runner.is_busy() {
            for command in window.runner.poll() {
                let effects = update(&mut window.state, command, Time(self.now));
                window.runner.run(effects);
            }
        }
        self.note(&window.state);
    }

    /// Notes what a window shows and says is kept.
    fn note(&mut self, state: &State) {
        for document in &state.documents {
            let kept = document.keeping.is_kept();
            for (id, record) in document.annotations.tag_records() {
                let made = self.made.entry((document.path.clone(), *id)).or_default();
                match &record.now.content {
                    Some(tag) => drop(made.said.insert(said(tag))),
                    None => made.deleted = true,
                }
                made.kept |= kept && record.now.content.is_some();
            }
        }
    }

    fn act(&mut self, number: usize, command: Command) {
        let mut window = self.windows.remove(number);
        let effects = update(&mut window.state, command, Time(self.now));
        window.runner.run(effects);
        self.settle(&mut window);
        self.windows.insert(number, window);
    }

    fn tag(&self, number: usize, which: usize) -> Option<TagId> {
        let order = self.windows[number].state.document()?.annotations.order();
        order.get(which % order.len().max(1)).map(|(_, id)| *id)
    }

    fn do_in(&mut self, number: usize, deed: &Deed) {
        self.now += 50;
        match deed {
            Deed::Open(which) => self.act(number, Command::File(FileCommand::Open(vec![REPORTS[*which].into()]))),
            Deed::Show(which) => {
                let documents = &self.windows[number].state.documents;
                let id = documents.get(which % documents.len().max(1)).map(|document| document.id);
                id.into_iter().for_each(|id| self.act(number, Command::File(FileCommand::Activate(id))));
            }
            Deed::Tag(start, len) => {
                self.act(number, Command::Read(ReadCommand::Select(Selection::of(Span::of(*start, start + len)))));
                self.act(number, Command::Tag(TagCommand::Make(KindId::new("target"))));
            }
            Deed::Note(which, note) => {
                let tag = self.tag(number, *which);
                tag.into_iter().for_each(|tag| self.act(number, Command::Tag(TagCommand::SetNote(tag, format!("注{note}")))));
            }
            Deed::Delete(which) => {
                let tag = self.tag(number, *which);
                tag.into_iter().for_each(|tag| self.act(number, Command::Tag(TagCommand::Delete(vec![tag]))));
            }
            Deed::Undo => self.act(number, Command::Tag(TagCommand::Undo)),
            Deed::Redo => self.act(number, Command::Tag(TagCommand::Redo)),
            Deed::Decide(which, other) => self.decide(number, *which, *other),
            Deed::Save => self.act(number, Command::Keep(KeepCommand::SaveAll)),
            Deed::Wait(by) => {
                self.now += i64::from(*by);
                self.act(number, Command::Keep(KeepCommand::Tick));
            }
            Deed::Close => {
                let active = self.windows[number].state.active;
                active.into_iter().for_each(|id| self.act(number, Command::File(FileCommand::Close(id))));
            }
            Deed::Quit => {
                self.act(number, Command::Keep(KeepCommand::SaveAll));
                assert!(self.windows[number].state.all_saved(), "{:?}", self.windows[number].state.notices);
                self.windows[number] = self.start();
            }
            Deed::Kill => self.windows[number] = self.start(),
        }
    }

    fn decide(&mut self, number: usize, which: usize, other: bool) {
        let conflict = self.windows[number].state.document().and_then(|document| {
            let conflicts: Vec<TagId> = document.annotations.conflicts().map(|(id, _)| id).collect();
            conflicts.get(which % conflicts.len().max(1)).copied()
        });
        if let Some(tag) = conflict {
            let choice = if other { Choice::Reading(0) } else { Choice::InForce };
            self.act(number, Command::Tag(TagCommand::Decide(tag, choice)));
        }
    }

    /// What a fresh start finds of a report, the windows killed.
    fn found(&mut self, report: &str) -> Annotations {
        let mut window = self.start();
        let effects = update(&mut window.state, Command::File(FileCommand::Open(vec![report.into()])), Time(self.now));
        window.runner.run(effects);
        self.settle(&mut window);
        Annotations::clone(&window.state.document().expect("it opens").annotations)
    }

    fn check(&mut self) -> Result<(), TestCaseError> {
        for number in 0..self.windows.len() {
            self.note_all(number);
        }
        let made = std::mem::take(&mut self.made);
        for report in REPORTS {
            let found = self.found(report);
            for ((_, id), made) in made.iter().filter(|((path, _), _)| path == Path::new(report)) {
                let live = found.tag(*id);
                prop_assert!(live.is_some() || made.deleted || !made.kept, "{id} was said to be kept and nobody deleted it");
                prop_assert!(live.is_none_or(|tag| made.said.contains(&said(tag))), "{id} says {:?}", live.map(said));
            }
            for tag in found.tags() {
                prop_assert!(made.contains_key(&(report.into(), tag.id)), "nobody made {}", tag.id);
                prop_assert!(tag.anchor.quote.chars().count() == tag.anchor.span.len() as usize);
            }
        }
        for path in self.disk.paths() {
            let is_person = path.extension().is_some_and(|ending| ending == "ron") && path.file_name().is_some_and(|name| name == "甲.ron");
            if is_person && !path.components().any(|step| step.as_os_str() == "versions") {
                let file = load_person_file(&*self.disk, &path);
                prop_assert!(file.is_ok_and(|file| !file.is_damaged()), "{}", path.display());
            }
        }
        prop_assert!(self.disk.about(Path::new(REPORTS[0])).is_ok());
        Ok(())
    }

    fn note_all(&mut self, number: usize) {
        let window = self.windows.remove(number);
        self.note(&window.state);
        self.windows.insert(number, window);
    }
}

fn uuid() -> uuid::Uuid {
    uuid::Uuid::from_u128(0x1234)
}

fn said(tag: &jiannuo::annotation::Tag) -> String {
    format!("{:?} {}", tag.anchor.span, tag.note)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn two_windows_lose_nothing_and_make_nothing_up(deeds in proptest::collection::vec((0usize..2, deed()), 50)) {
        let mut desk = Desk::new();
        for (number, deed) in &deeds {
            desk.do_in(*number, deed);
        }
        desk.check()?;
    }
}
