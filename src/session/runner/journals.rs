//! Writing the journals of the opened reports.

use super::super::command::{Command, KeepCommand};
use super::super::document::DocumentId;
use super::super::effect::JournalTarget;
use super::Outside;
use crate::store::{Entry, Journal, now};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

/// A journal entry to write, or a journal to forget.
pub(super) enum JournalTask {
    Write(DocumentId, u64, Box<JournalTarget>, Entry),
    Forget(DocumentId, u64),
    /// Write what waits.
    Retry,
    /// Say when this is come to.
    Answer(Sender<()>),
}

/// A document's journal, and what it holds.
struct OpenJournal {
    journal: Journal,
    folder: PathBuf,
    last: u64,
    /// Entries that could not be written yet.
    waiting: Vec<Entry>,
    /// Journals this one took over from, removed once it is written.
    left: Vec<Journal>,
}

/// The journals of the opened reports.
#[derive(Default)]
pub(super) struct Journals {
    open: BTreeMap<DocumentId, OpenJournal>,
}

impl Journals {
    /// Does what has gathered: what waits for one journal is written to it at once.
    pub(super) fn take(&mut self, outside: &Outside, gathered: impl IntoIterator<Item = JournalTask>) {
        for task in gathered {
            match task {
                JournalTask::Write(document, change, target, entry) => {
                    let open = self.open.entry(document).or_insert_with(|| open_journal(outside, document, &target));
                    if open.folder != target.folder.path() {
                        // The tags moved to another folder: a journal names one, so this is another journal.
                        let mut new = open_journal(outside, document, &target);
                        new.journal.take_over(&open.journal);
                        new.waiting = std::mem::take(&mut open.waiting);
                        new.left = std::mem::take(&mut open.left);
                        let old = std::mem::replace(open, new);
                        open.left.push(old.journal);
                    }
                    open.waiting.push(entry);
                    open.last = change;
                }
                JournalTask::Retry => {}
                JournalTask::Answer(done) => {
                    // Whoever asked may be gone.
                    let _ = done.send(());
                }
                JournalTask::Forget(document, change) => {
                    if let Some(open) = self.open.get_mut(&document).filter(|open| open.last <= change) {
                        open.waiting.clear();
                        open.journal.clear(outside.disk.as_ref());
                        open.left.drain(..).for_each(|mut journal| journal.clear(outside.disk.as_ref()));
                    }
                }
            }
        }
        for (&document, open) in self.open.iter_mut().filter(|(_, open)| !open.waiting.is_empty()) {
            let result = open.journal.write(outside.disk.as_ref(), &open.waiting);
            outside.send(Command::Keep(match result {
                Ok(()) => {
                    open.waiting.clear();
                    open.left.drain(..).for_each(|mut journal| journal.clear(outside.disk.as_ref()));
                    KeepCommand::Journaled(document, open.last)
                }
                Err(error) => KeepCommand::JournalFailed(document, error),
            }));
        }
    }
}

/// Counts the journals of this program: two begun within a millisecond are two.
static COUNT: AtomicU64 = AtomicU64::new(0);

fn open_journal(outside: &Outside, document: DocumentId, target: &JournalTarget) -> OpenJournal {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let unique = format!("{}-{}-{}-{count}", now().0, std::process::id(), document.0);
    let JournalTarget { report, record, folder, person, role } = target;
    let journal = Journal::new(&outside.folders.journals(), report, record, folder, person, role, &unique);
    OpenJournal { journal, folder: target.folder.path().to_owned(), last: 0, waiting: Vec::new(), left: Vec::new() }
}
