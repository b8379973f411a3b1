//! A sitting on a disk in memory, run to rest after every command in the caller's own thread.

use super::disk::{MemoryDisk, at, resolved};
use jiannuo::annotation::{KindId, Time};
use jiannuo::session::{Command, Effect, FileCommand, KeepCommand, ReadCommand, Runner, Selection, State, TagCommand, What, update};
use jiannuo::store::{LocalFolders, load_memory, random_bytes};
use jiannuo::text::Span;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The user's own folders.
pub fn own_folders() -> LocalFolders {
    LocalFolders::below(&at("home"))
}

/// The folder with the reports.
pub fn reports() -> PathBuf {
    at("reports")
}

/// Whether a notice is about a file, rather than about tags of which somebody has to decide something.
pub const fn is_about_files(what: &What) -> bool {
    !matches!(what, What::Outdated { .. } | What::Conflicts { .. })
}

/// A sitting.
pub struct Desk {
    pub disk: Arc<MemoryDisk>,
    pub state: State,
    /// Every file and folder that the cards of a folder of reports named at any moment.
    pub named: BTreeSet<PathBuf>,
    runner: Runner,
    now: i64,
}

impl Desk {
    /// Begins a sitting: what is remembered is loaded, and what cut-off sittings left behind is put in place.
    pub fn new(disk: MemoryDisk) -> Self {
        let disk = Arc::new(disk);
        let memory = load_memory(disk.as_ref(), &own_folders().memory_file());
        let runner = Runner::inline(disk.clone(), own_folders());
        let state = State::new(memory, random_bytes());
        let mut desk = Self { disk, state, named: BTreeSet::new(), runner, now: 1_795_339_872_000 };
        desk.carry_out(vec![Effect::Recover]);
        desk
    }

    /// Does something, far enough in time from the step before that typing is not joined.
    pub fn act(&mut self, command: Command) {
        self.now += 10_000;
        let effects = update(&mut self.state, command, Time(self.now));
        self.carry_out(effects);
    }

    fn carry_out(&mut self, mut effects: Vec<Effect>) {
        loop {
            // The word list only serves double clicks, and takes long to load.
            effects.retain(|effect| !matches!(effect, Effect::LoadWords));
            self.runner.run(effects);
            let commands = self.runner.poll();
            if commands.is_empty() {
                return;
            }
            effects = Vec::new();
            for command in commands {
                effects.extend(update(&mut self.state, command, Time(self.now)));
                self.note_cards();
            }
        }
    }

    fn note_cards(&mut self) {
        let Some(project) = &self.state.project else { return };
        for card in project.cards.iter() {
            let folder = card.state.as_ref().ok().map(|state| &state.folder);
            self.named.extend(folder.into_iter().chain([&card.path]).chain(card.kept.iter().map(|(path, _)| path)).cloned());
        }
    }

    pub fn open(&mut self, path: &Path) {
        self.act(Command::File(FileCommand::Open(vec![path.to_owned()])));
    }

    pub fn tag(&mut self, start: u32, end: u32, kind: &str) {
        self.act(Command::Read(ReadCommand::Select(Selection::of(Span::of(start, end)))));
        self.act(Command::Tag(TagCommand::Make(KindId::new(kind))));
    }

    pub fn save(&mut self) {
        self.act(Command::Keep(KeepCommand::SaveAll));
    }

    /// How many tags the opened report shows.
    pub fn tags(&self) -> usize {
        self.state.document().map_or(0, |document| document.annotations.tag_count())
    }

    /// What the person is told of files.
    pub fn told(&self) -> Vec<&What> {
        self.state.notices.iter().map(|notice| &notice.what).filter(|what| is_about_files(what)).collect()
    }

    /// Where something was written that is neither what belongs to the reports nor the user's own.
    pub fn strays(&self) -> Vec<PathBuf> {
        let allowed = [reports().join("jiannuo"), at("home")];
        let is_stray = |path: &PathBuf| !allowed.iter().any(|folder| path.starts_with(folder));
        self.disk.written_to().into_iter().filter(is_stray).collect()
    }

    /// What was read or named that lies neither among the reports nor in the user's own folders.
    pub fn peeped(&self) -> Vec<PathBuf> {
        let allowed = [reports(), at("home")];
        let seen = self.disk.read_from().into_iter().chain(self.named.iter().map(|path| resolved(path)));
        seen.filter(|path| !allowed.iter().any(|folder| path.starts_with(folder))).collect()
    }
}
