//! Runs effects off the caller's thread; what comes of them comes back as commands.
//!
//! Three threads: one appends to journals (nothing is slower than a disk's flush, so it gathers what waits),
//! one writes files, and each opened file and each look at a folder has one of its own.

mod folder;

use super::command::{Command, FileCommand, KeepCommand, ProjectCommand};
use super::document::DocumentId;
use super::effect::{Effect, JournalTarget, SaveJob};
use super::project::Correction;
use crate::annotation::Annotations;
use crate::source::Wish;
use crate::store::wire::Role;
use crate::store::{
    Disk, Entry, Journal, LoadError, LocalFolders, Memory, OpenError, OpenRequest, Recovered, StoreError, is_file, load_person_file,
    load_report_record, merge_records, now, open_report, orphans, remove_journal, save_memory, save_pasted, save_person_file,
    save_report_record,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Called when a command has come back.
type Wake = Arc<dyn Fn() + Send + Sync>;

/// What the threads share.
#[derive(Clone)]
struct Outside {
    disk: Arc<dyn Disk>,
    folders: LocalFolders,
    back: Sender<Command>,
    wake: Wake,
    /// Effects that have begun and not ended, and commands that came back and were not yet taken.
    under_way: Arc<AtomicUsize>,
}

impl Outside {
    fn send(&self, command: Command) {
        self.under_way.fetch_add(1, Ordering::SeqCst);
        // Whoever is gone needs no answer.
        let _ = self.back.send(command);
        (self.wake)();
    }

    fn done(&self, count: usize) {
        self.under_way.fetch_sub(count, Ordering::SeqCst);
    }
}

/// A journal entry to write, or a journal to forget.
enum JournalTask {
    Write(DocumentId, u64, Box<JournalTarget>, Entry),
    Forget(DocumentId, u64),
}

/// A file to write.
enum FileTask {
    Save(Box<SaveJob>),
    Remember(Box<Memory>),
    Remove(Vec<PathBuf>),
    Recover,
    Correct(PathBuf, PathBuf, Vec<Correction>),
}

/// The thread that writes journals.
struct JournalThread {
    tasks: Option<Sender<JournalTask>>,
    handle: Option<thread::JoinHandle<()>>,
}

impl JournalThread {
    /// Says whether the thread is there to take it.
    fn send(&self, task: JournalTask) -> bool {
        self.tasks.as_ref().is_some_and(|tasks| tasks.send(task).is_ok())
    }
}

impl Drop for JournalThread {
    /// Waits until the journals are let go of: who comes next would take them for those of a running program. They lie on
    /// the machine's own disk, so this is not long.
    fn drop(&mut self) {
        self.tasks = None;
        self.handle.take().map(thread::JoinHandle::join);
    }
}

/// Runs effects.
pub struct Runner {
    outside: Outside,
    journal: JournalThread,
    files: Sender<FileTask>,
    back: Mutex<Receiver<Command>>,
}

impl Runner {
    /// A runner on a disk with the user's folders. `wake` is called from other threads whenever there is
    /// something to [`Self::poll`].
    pub fn new(disk: Arc<dyn Disk>, folders: LocalFolders, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (sender, back) = channel();
        let outside = Outside { disk, folders, back: sender, wake: Arc::new(wake), under_way: Arc::default() };
        let (journal, tasks) = channel();
        let shared = outside.clone();
        let handle = thread::spawn(move || journal_thread(&shared, &tasks));
        let journal = JournalThread { tasks: Some(journal), handle: Some(handle) };
        let (files, tasks) = channel();
        let shared = outside.clone();
        thread::spawn(move || file_thread(&shared, &tasks));
        Self { outside, journal, files, back: Mutex::new(back) }
    }

    /// The disk it works on.
    pub fn disk(&self) -> Arc<dyn Disk> {
        Arc::clone(&self.outside.disk)
    }

    /// The user's folders it works in.
    pub const fn folders(&self) -> &LocalFolders {
        &self.outside.folders
    }

    /// Starts effects.
    pub fn run(&self, effects: Vec<Effect>) {
        for effect in effects {
            self.outside.under_way.fetch_add(1, Ordering::SeqCst);
            let sent = match effect {
                Effect::Read { path, request, remembered } => self.spawn(move |outside| read(outside, &path, &request, &remembered)),
                Effect::Paste(text) => self.spawn(move |outside| paste(outside, &text)),
                Effect::LoadWords => self.spawn(|_| crate::text::words::load()),
                Effect::OpenFolder { root, cancel } => self.spawn(move |outside| folder::open(outside, &root, &cancel)),
                Effect::ScanFolder { root, known, cancel } => {
                    self.spawn(move |outside| folder::look(outside, &root, Arc::unwrap_or_clone(known), &cancel))
                }
                Effect::RunJob { number, job, cards, cancel } => {
                    self.spawn(move |outside| folder::run(outside, number, &job, &cards, &cancel))
                }
                Effect::CorrectFile { path, folder, corrections } => self.files.send(FileTask::Correct(path, folder, corrections)).is_ok(),
                Effect::Journal { document, change, target, entry } => {
                    self.journal.send(JournalTask::Write(document, change, target, entry))
                }
                Effect::ForgetJournal(document, change) => self.journal.send(JournalTask::Forget(document, change)),
                Effect::RemoveOrphans(paths) => self.files.send(FileTask::Remove(paths)).is_ok(),
                Effect::Save(job) => self.files.send(FileTask::Save(job)).is_ok(),
                Effect::Remember(memory) => self.files.send(FileTask::Remember(memory)).is_ok(),
                Effect::Recover => self.files.send(FileTask::Recover).is_ok(),
            };
            if !sent {
                self.outside.done(1);
            }
        }
    }

    fn spawn(&self, work: impl FnOnce(&Outside) + Send + 'static) -> bool {
        let outside = self.outside.clone();
        thread::Builder::new()
            .spawn(move || {
                work(&outside);
                outside.done(1);
            })
            .is_ok()
    }

    /// What has come back since the last call.
    pub fn poll(&self) -> Vec<Command> {
        let commands: Vec<Command> = self.back.lock().map(|back| back.try_iter().collect()).unwrap_or_default();
        self.outside.done(commands.len());
        commands
    }

    /// Whether effects have begun and not ended, or something has come back that was not taken.
    pub fn is_busy(&self) -> bool {
        self.outside.under_way.load(Ordering::SeqCst) > 0
    }

    /// Waits until nothing is under way, at most so long; what has come back is handed to `each`, whose
    /// effects are run too. Whether everything ended.
    pub fn settle(&self, at_most: Duration, mut each: impl FnMut(Command) -> Vec<Effect>) -> bool {
        let end = Instant::now() + at_most;
        loop {
            let busy = self.is_busy();
            let commands = self.poll();
            if commands.is_empty() && !busy {
                return true;
            }
            for command in commands {
                self.run(each(command));
            }
            if Instant::now() > end {
                return false;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

fn read(outside: &Outside, path: &Path, request: &OpenRequest, remembered: &BTreeMap<String, (Option<Wish>, Option<PathBuf>)>) {
    let opened = open_report(outside.disk.as_ref(), path, |hash| {
        let (wish, kept_in) = remembered.get(hash).cloned().unwrap_or_default();
        OpenRequest { wish: request.wish.or(wish), kept_in: request.kept_in.clone().or(kept_in), person: request.person.clone() }
    });
    outside.send(Command::File(match opened {
        Ok(opened) => FileCommand::Opened(Box::new(opened)),
        Err(OpenError::Store(StoreError::Folder(path))) => FileCommand::IsFolder(path),
        Err(error) => FileCommand::OpenFailed(path.to_owned(), error),
    }));
}

fn paste(outside: &Outside, text: &str) {
    outside.send(Command::File(match save_pasted(outside.disk.as_ref(), &outside.folders, text, now()) {
        Ok(path) => FileCommand::Open(vec![path]),
        Err(error) => FileCommand::OpenFailed(error.path().to_owned(), error.into()),
    }));
}

/// A document's journal, and what it holds.
struct OpenJournal {
    journal: Journal,
    folder: PathBuf,
    last: u64,
    /// Entries that could not be written yet.
    waiting: Vec<Entry>,
}

fn journal_thread(outside: &Outside, tasks: &Receiver<JournalTask>) {
    let mut journals: BTreeMap<DocumentId, OpenJournal> = BTreeMap::new();
    while let Ok(first) = tasks.recv() {
        let gathered: Vec<JournalTask> = std::iter::once(first).chain(tasks.try_iter()).collect();
        let count = gathered.len();
        for task in gathered {
            match task {
                JournalTask::Write(document, change, target, entry) => {
                    let open = journals.entry(document).or_insert_with(|| open_journal(outside, document, &target));
                    if open.folder != target.folder.path() {
                        // The tags moved to another folder: a journal names one, so this is another journal.
                        let entries = std::mem::take(&mut open.waiting);
                        *open = open_journal(outside, document, &target);
                        open.waiting = entries;
                    }
                    open.waiting.push(entry);
                    open.last = change;
                }
                JournalTask::Forget(document, change) => {
                    if let Some(open) = journals.get_mut(&document).filter(|open| open.last <= change) {
                        open.waiting.clear();
                        open.journal.clear(outside.disk.as_ref());
                    }
                }
            }
        }
        for (&document, open) in journals.iter_mut().filter(|(_, open)| !open.waiting.is_empty()) {
            let result = open.journal.write(outside.disk.as_ref(), &open.waiting);
            outside.send(Command::Keep(match result {
                Ok(()) => {
                    open.waiting.clear();
                    KeepCommand::Journaled(document, open.last)
                }
                Err(error) => KeepCommand::JournalFailed(document, error),
            }));
        }
        outside.done(count);
    }
}

fn open_journal(outside: &Outside, document: DocumentId, target: &JournalTarget) -> OpenJournal {
    let unique = format!("{}-{}-{}", now().0, std::process::id(), document.0);
    let journal = Journal::new(&outside.folders.journals(), &target.report, &target.record, &target.folder, &target.person, &unique);
    OpenJournal { journal, folder: target.folder.path().to_owned(), last: 0, waiting: Vec::new() }
}

fn file_thread(outside: &Outside, tasks: &Receiver<FileTask>) {
    while let Ok(task) = tasks.recv() {
        match task {
            FileTask::Save(job) => {
                let (document, change) = (job.document, job.change);
                outside.send(Command::Keep(match save(outside, *job) {
                    Ok((path, annotations)) => KeepCommand::Saved(document, change, path, annotations.map(Box::new)),
                    Err(error) => KeepCommand::SaveFailed(document, error),
                }));
            }
            FileTask::Remember(memory) => {
                // What is remembered is a convenience: that it was not saved shows at the next start.
                let _ = save_memory(outside.disk.as_ref(), &outside.folders.memory_file(), &memory);
            }
            FileTask::Remove(paths) => paths.iter().for_each(|path| {
                let _ = remove_journal(outside.disk.as_ref(), path);
            }),
            FileTask::Correct(path, folder, corrections) => {
                if let Err(error) = folder::correct(outside, &path, folder, &corrections) {
                    outside.send(Command::Project(ProjectCommand::NotCorrected(path, error)));
                }
            }
            FileTask::Recover => {
                for found in orphans(outside.disk.as_ref(), &outside.folders.journals()) {
                    let result = recover(outside, &found);
                    outside.send(Command::Keep(KeepCommand::Recovered(Box::new(found), result)));
                }
            }
        }
        outside.done(1);
    }
}

fn save(outside: &Outside, mut job: SaveJob) -> Result<(PathBuf, Option<Annotations>), StoreError> {
    let disk = outside.disk.as_ref();
    job.record.annotations = Arc::unwrap_or_clone(job.annotations);
    if job.report_changed || !is_file(disk, &job.folder.report_file()) {
        let source = job.source.as_ref().map(|report| report.text().as_str());
        save_report_record(disk, &job.folder, job.record.report, &job.report, source)?;
    }
    let path = match job.file {
        Some(path) => path,
        None => own_path(disk, &job.folder, &job.record.person),
    };
    let annotations = save_person_file(disk, &path, &job.record)?;
    let merged = annotations != job.record.annotations;
    Ok((path, merged.then_some(annotations)))
}

/// The person's file in a folder: the one that names them inside, or a new one.
fn own_path(disk: &dyn Disk, folder: &crate::store::ReportFolder, person: &crate::annotation::Person) -> PathBuf {
    let files = folder.person_files(disk);
    let own = files.iter().find(|path| {
        load_person_file(disk, path).is_ok_and(|file| file.record.person.id == person.id && file.record.role == Role::Annotation)
    });
    own.cloned().unwrap_or_else(|| folder.new_person_file(person, &files))
}

/// Puts what a cut-off sitting left behind into its file and removes the journal.
fn recover(outside: &Outside, found: &Recovered) -> Result<(), StoreError> {
    let disk = outside.disk.as_ref();
    let path = own_path(disk, &found.folder, &found.person);
    let (mut record, newer) = match load_person_file(disk, &path) {
        Ok(file) => (file.record, file.troubles.newer),
        Err(LoadError::Store(StoreError::Missing(_))) => (
            crate::store::wire::PersonRecord {
                report: found.report,
                report_name: found.record.name.clone(),
                person: found.person.clone(),
                codebook: Default::default(),
                annotations: Annotations::default(),
                extras: Default::default(),
                role: Role::Annotation,
            },
            false,
        ),
        Err(LoadError::Store(error)) => return Err(error),
        Err(LoadError::Unreadable { path, .. }) => return Err(StoreError::NotAllowed(path)),
    };
    if newer {
        return Err(StoreError::NotAllowed(path));
    }
    record.annotations = merge_records(&record.annotations, &found.annotations);
    save_person_file(disk, &path, &record)?;
    let there = load_report_record(disk, &found.folder);
    if found.corrections.is_some() || there.is_none() {
        let mut report = there.unwrap_or_else(|| found.record.clone());
        report.corrections = found.corrections.clone().unwrap_or(report.corrections);
        save_report_record(disk, &found.folder, found.report, &report, found.source.as_deref())?;
    }
    remove_journal(disk, &found.path)
}
