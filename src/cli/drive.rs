//! `jiannuo drive`: a session without a window, driven by lines on standard input; how the tests kill the real program
//! in the middle of its work.
//!
//! `tag START END KIND`, `undo`, `redo`, `delete N`, `note N TEXT`, `save`, `quit`; it answers `kept N` when change N is in the journal.

use super::{Status, out, say};
use crate::annotation::{KindId, TagId};
use crate::session::{Command, Effect, FileCommand, KeepCommand, ReadCommand, Runner, Selection, State, TagCommand, update};
use crate::store::{LocalFolders, RealDisk, load_memory, now, random_bytes};
use crate::text::{Pos, Span};
use std::io::BufRead as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

struct Drive {
    state: State,
    runner: Runner,
    /// The last change said to be kept.
    told: u64,
}

impl Drive {
    fn carry_out(&mut self, command: Command) {
        let effects = update(&mut self.state, command, now());
        self.runner.run(effects);
    }

    /// Takes what came back, and says what is kept by now.
    fn poll(&mut self) {
        for command in self.runner.poll() {
            self.carry_out(command);
        }
        self.carry_out(Command::Keep(KeepCommand::Tick));
        let kept = self.state.document().map_or(0, |document| document.keeping.kept);
        if kept > self.told {
            self.told = kept;
            out(&format!("kept {kept}\n"));
        }
    }

    fn settle(&mut self) -> bool {
        let Self { state, runner, .. } = self;
        let settled = runner.settle(Duration::from_secs(20), |command| update(state, command, now()));
        self.poll();
        settled
    }

    fn line(&mut self, line: &str) {
        let mut parts = line.splitn(4, ' ');
        let mut next = || parts.next().unwrap_or("");
        let (command, first, second, third) = (next(), next(), next(), next());
        match command {
            "tag" => {
                let place = |text: &str| Pos::new(text.parse().unwrap_or(0));
                self.carry_out(Command::Read(ReadCommand::Select(Selection::of(Span::new(place(first), place(second))))));
                self.carry_out(Command::Tag(TagCommand::Make(KindId::new(third))));
            }
            "undo" => self.carry_out(Command::Tag(TagCommand::Undo)),
            "redo" => self.carry_out(Command::Tag(TagCommand::Redo)),
            "delete" => self.with_tag(first, |tag| TagCommand::Delete(vec![tag])),
            "note" => {
                let note = format!("{second} {third}").trim_end().to_owned();
                self.with_tag(first, |tag| TagCommand::SetNote(tag, note));
            }
            "save" => self.carry_out(Command::Keep(KeepCommand::SaveAll)),
            other => say(&format!("no such command: {other}")),
        }
    }

    /// Carries out a command on the tag of a number in the text.
    fn with_tag(&mut self, number: &str, command: impl FnOnce(TagId) -> TagCommand) {
        let number: usize = number.parse().unwrap_or(0);
        let tag = self.state.document().and_then(|document| document.annotations.order().get(number).map(|(_, id)| *id));
        if let Some(tag) = tag {
            self.carry_out(Command::Tag(command(tag)));
        }
    }
}

pub(super) fn drive(file: &Path) -> Status {
    let folders = LocalFolders::of_user();
    let memory = load_memory(&RealDisk, &folders.memory_file());
    let mut drive = Drive { state: State::new(memory, random_bytes()), runner: Runner::new(Arc::new(RealDisk), folders, || {}), told: 0 };
    drive.runner.run(vec![Effect::Recover]);
    drive.settle();
    if drive.state.person().is_none() {
        drive.carry_out(Command::Keep(KeepCommand::SetPerson("drive".into())));
    }
    drive.carry_out(Command::File(FileCommand::Open(vec![file.to_owned()])));
    drive.settle();
    let Some(document) = drive.state.document() else { return Status::Failed };
    out(&format!("opened {} tags\n", document.annotations.tag_count()));
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    loop {
        match lines.recv_timeout(Duration::from_millis(1)) {
            Ok(line) if line == "quit" => break,
            Ok(line) => drive.line(line.trim()),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
        }
        drive.poll();
    }
    drive.carry_out(Command::Keep(KeepCommand::SaveAll));
    let settled = drive.settle();
    let saved = drive.state.all_saved();
    out(&format!("left saved={saved}\n"));
    if settled && saved { Status::Done } else { Status::Failed }
}
