//! Runs effects off the caller's thread; what comes of them comes back as commands.
//!
//! Three threads: one appends to journals (nothing is slower than a disk's flush, so it gathers what waits),
//! one writes files, and each opened file, each reading of a report and each look at a folder has one of its own.

mod files;
mod folder;
mod journals;

use super::command::{Command, ExportCommand, FileCommand, ImportCommand, KeepCommand, ReviewCommand, SuggestCommand};
use super::effect::Effect;
use super::packing::is_named_as_pack;
use crate::source::Wish;
use crate::store::{
    Disk, LocalFolders, OpenError, OpenRequest, StoreError, is_pack, layer_from, look, look_into, now, open_report, people_in,
    report_of_layer, save_pasted, sections_in,
};
use crate::suggest::suggest;
use files::FileTask;
use journals::{JournalTask, Journals};
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

/// Who does the work.
enum Workers {
    /// Threads of their own.
    Threads { journal: JournalThread, files: Sender<FileTask> },
    /// The caller, before [`Runner::run`] returns.
    Caller(Box<Mutex<Journals>>),
}

/// Runs effects.
pub struct Runner {
    outside: Outside,
    workers: Workers,
    back: Mutex<Receiver<Command>>,
}

impl Runner {
    /// A runner on a disk with the user's folders. `wake` is called from other threads whenever there is
    /// something to [`Self::poll`].
    pub fn new(disk: Arc<dyn Disk>, folders: LocalFolders, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (outside, back) = outside(disk, folders, Arc::new(wake));
        let (journal, tasks) = channel();
        let shared = outside.clone();
        let handle = thread::spawn(move || journal_thread(&shared, &tasks));
        let journal = JournalThread { tasks: Some(journal), handle: Some(handle) };
        let (files, tasks) = channel();
        let shared = outside.clone();
        thread::spawn(move || file_thread(&shared, &tasks));
        Self { outside, workers: Workers::Threads { journal, files }, back: Mutex::new(back) }
    }

    /// A runner that does everything in the caller's thread, one effect after the other: a test that fails one of many
    /// operations of the disk needs to know which comes when.
    pub fn inline(disk: Arc<dyn Disk>, folders: LocalFolders) -> Self {
        let (outside, back) = outside(disk, folders, Arc::new(|| {}));
        Self { outside, workers: Workers::Caller(Box::default()), back: Mutex::new(back) }
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
                Effect::Look(document, watched) => self.spawn(move |outside| {
                    let found = look(outside.disk.as_ref(), &watched);
                    outside.send(Command::Keep(KeepCommand::Looked(document, Box::new(found))));
                }),
                Effect::Carry { document, report, from, person } => self.spawn(move |outside| {
                    let found = super::carrying::find(outside.disk.as_ref(), &report, &from, &person).map(Box::new);
                    outside.send(Command::File(FileCommand::Carried(document, found)));
                }),
                Effect::LoadWords => self.spawn(|_| crate::text::words::load()),
                Effect::Suggest { document, reading, report, lexicon } => self.spawn(move |outside| {
                    crate::text::words::load();
                    let found = Arc::new(suggest(&report, &lexicon));
                    outside.send(Command::Suggest(SuggestCommand::Read(document, reading, found)));
                }),
                Effect::Compare { document, changes, people, decided } => self.spawn(move |outside| {
                    let review = Box::new(super::reviewing::compare(&people, &decided));
                    outside.send(Command::Review(ReviewCommand::Compared(document, changes, review)));
                }),
                Effect::Figures { document, number, measurement } => self.spawn(move |outside| {
                    let figures = Arc::new(measurement.figures());
                    outside.send(Command::Review(ReviewCommand::Measured(document, number, figures)));
                }),
                Effect::ReadLayer { document, report, path } => self.spawn(move |outside| {
                    let found = layer_from(outside.disk.as_ref(), &path, &report);
                    outside.send(Command::Review(ReviewCommand::LayerRead(document, Box::new(found))));
                }),
                Effect::Submit { document, folder, person } => self.write(FileTask::Submit(document, folder, person)),
                Effect::ChangeReviewing { root, change } => self.write(FileTask::ChangeReviewing(root, change)),
                Effect::ListPeople { root } => self.spawn(move |outside| {
                    let people = people_in(outside.disk.as_ref(), &root);
                    outside.send(Command::Review(ReviewCommand::PeopleListed(root, people)));
                }),
                Effect::ReadSections { root, cards, cancel } => self.spawn(move |outside| {
                    let reports = sections_in(outside.disk.as_ref(), &root, &cards, &cancel);
                    if !cancel.is_cancelled() {
                        outside.send(Command::Review(ReviewCommand::SectionsRead(root, Arc::new(reports))));
                    }
                }),
                Effect::ShowInProject { root, shown } => self.write(FileTask::ShowInProject(root, shown)),
                Effect::OpenFolder { root, cancel } => self.spawn(move |outside| folder::open(outside, &root, &cancel)),
                Effect::ScanFolder { root, known, cancel } => {
                    self.spawn(move |outside| folder::look(outside, &root, Arc::unwrap_or_clone(known), &cancel))
                }
                Effect::RunJob { number, job, cards, person, cancel } => {
                    self.spawn(move |outside| folder::run(outside, number, &job, &cards, person.as_ref(), &cancel))
                }
                Effect::Export { number, job, cancel } => self.spawn(move |outside| {
                    let each = |progress| outside.send(Command::Export(ExportCommand::Went(number, progress)));
                    let ended = super::exporting::hand_over(outside.disk.as_ref(), *job, now(), &cancel, &each);
                    outside.send(Command::Export(ExportCommand::Ended(number, Box::new(ended))));
                }),
                Effect::Import { document, report, book, path, format, spoken } => self.spawn(move |outside| {
                    let came = super::importing::read_brought(outside.disk.as_ref(), &path, format, &report, &book, &spoken);
                    let came = came.map(|(format, brought)| (format, Arc::new(brought)));
                    outside.send(Command::Import(ImportCommand::Came(document, path, came)));
                }),
                Effect::CorrectFile { path, folder, corrections } => self.write(FileTask::Correct(path, folder, corrections)),
                Effect::Pack(packing) => self.write(FileTask::Pack(packing)),
                Effect::Unpack { pack, root } => self.write(FileTask::Unpack(pack, root)),
                Effect::Journal { document, change, target, entry } => self.journal(JournalTask::Write(document, change, target, entry)),
                Effect::ForgetJournal(document, change) => self.journal(JournalTask::Forget(document, change)),
                Effect::RetryJournals => self.journal(JournalTask::Retry),
                Effect::RemoveOrphans(paths) => self.write(FileTask::Remove(paths)),
                Effect::Save(job) => self.write(FileTask::Save(job)),
                Effect::Remember(memory) => self.write(FileTask::Remember(memory)),
                Effect::Recover => self.write(FileTask::Recover),
                Effect::ClearTraces(memory) => self.write(FileTask::ClearTraces(memory, self.journals_done())),
            };
            if !sent {
                self.outside.done(1);
            }
        }
    }

    /// Hands a task to whoever writes files; says whether it is taken.
    fn write(&self, task: FileTask) -> bool {
        match &self.workers {
            Workers::Threads { files, .. } => files.send(task).is_ok(),
            Workers::Caller(_) => {
                files::carry_out(&self.outside, task);
                false
            }
        }
    }

    /// Hands a task to whoever writes journals; says whether it is taken.
    fn journal(&self, task: JournalTask) -> bool {
        match &self.workers {
            Workers::Threads { journal, .. } => journal.send(task),
            Workers::Caller(journals) => {
                if let Ok(mut journals) = journals.lock() {
                    journals.take(&self.outside, [task]);
                }
                false
            }
        }
    }

    /// Hears when whoever writes journals has done all that it was handed so far.
    fn journals_done(&self) -> Receiver<()> {
        let (done, hears) = channel();
        self.outside.under_way.fetch_add(1, Ordering::SeqCst);
        if !self.journal(JournalTask::Answer(done)) {
            self.outside.done(1);
        }
        hears
    }

    /// Does work in a thread of its own; says whether that thread says when it is done.
    fn spawn(&self, work: impl FnOnce(&Outside) + Send + 'static) -> bool {
        if matches!(self.workers, Workers::Caller(_)) {
            work(&self.outside);
            return false;
        }
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

fn outside(disk: Arc<dyn Disk>, folders: LocalFolders, wake: Wake) -> (Outside, Receiver<Command>) {
    let (sender, back) = channel();
    (Outside { disk, folders, back: sender, wake, under_way: Arc::default() }, back)
}

fn journal_thread(outside: &Outside, tasks: &Receiver<JournalTask>) {
    let mut journals = Journals::default();
    while let Ok(first) = tasks.recv() {
        let gathered: Vec<JournalTask> = std::iter::once(first).chain(tasks.try_iter()).collect();
        let count = gathered.len();
        journals.take(outside, gathered);
        outside.done(count);
    }
}

fn file_thread(outside: &Outside, tasks: &Receiver<FileTask>) {
    while let Ok(task) = tasks.recv() {
        files::carry_out(outside, task);
        outside.done(1);
    }
}

/// How many bytes of a file say whether it is a pack.
const HEAD: u64 = 64;

fn read(outside: &Outside, path: &Path, request: &OpenRequest, remembered: &BTreeMap<String, (Option<Wish>, Option<PathBuf>)>) {
    let disk = outside.disk.as_ref();
    if is_named_as_pack(path) && disk.read_part(path, 0, HEAD).is_ok_and(|head| is_pack(&head)) {
        return outside.send(Command::File(match look_into(disk, path) {
            Ok(card) => FileCommand::PackFound(path.to_owned(), card),
            Err(error) => FileCommand::PackRefused(path.to_owned(), error),
        }));
    }
    if let Some(report) = report_of_layer(disk, path) {
        return outside.send(Command::File(FileCommand::Open(vec![report])));
    }
    let opened = open_report(disk, path, |hash| {
        let (wish, kept_in) = remembered.get(hash).cloned().unwrap_or_default();
        OpenRequest { wish: request.wish.or(wish), kept_in: request.kept_in.clone().or(kept_in), ..request.clone() }
    });
    outside.send(Command::File(match opened {
        Ok(opened) => FileCommand::Opened(Box::new(opened)),
        Err(OpenError::Store(StoreError::Folder(folder))) if folder == path => FileCommand::IsFolder(folder),
        Err(error) => FileCommand::OpenFailed(path.to_owned(), error),
    }));
}

fn paste(outside: &Outside, text: &str) {
    outside.send(Command::File(match save_pasted(outside.disk.as_ref(), &outside.folders, text, now()) {
        Ok(path) => FileCommand::Open(vec![path]),
        Err(error) => FileCommand::OpenFailed(error.path().to_owned(), error.into()),
    }));
}
