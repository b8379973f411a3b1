//! Real sittings on a simulated disk: what a person does, and what has to be true of the disk they leave.

use super::disk::{SimDisk, Step};
use super::medium::Survival;
use super::promise::Promise;
use jiannuo::annotation::{KindId, Person, TagId, Time};
use jiannuo::report::{Field, ReportId};
use jiannuo::session::{
    Command, Document, Effect, FileCommand, KeepCommand, ReadCommand, ReportCommand, Runner, Selection, State, SuggestCommand, TagCommand,
    update,
};
use jiannuo::store::wire::ReportFile;
use jiannuo::store::{Disk, LocalFolders, Seal, is_file, load_memory, load_person_file, now, orphans, submit, unseal};
use jiannuo::text::Span;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder where tags can always be kept.
pub const ELSEWHERE: &str = "/elsewhere";
/// What may be in the way: a file where the folder of the tags would be made.
pub const IN_THE_WAY: &str = "/reports/jiannuo";

/// Something a person does.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Says who they are.
    Name,
    Open(&'static str),
    /// Shows another document.
    Show(&'static str),
    /// Tags so many characters from a place on.
    Tag(u32, u32, &'static str),
    /// Tags so many places in one step.
    TagMany(u32),
    /// Writes a note on a tag, by its number in the text.
    Note(usize, &'static str),
    Delete(usize),
    /// Turns down what is said of so many characters from a place on.
    TurnDown(u32, u32),
    Undo,
    Correct(Field, &'static str),
    KeepIn(&'static str),
    /// Does nothing for a second: what is due is saved.
    Pause,
    Save,
    /// Submits the tags as they are saved.
    Submit,
    Close,
    /// Leaves, and starts the program again.
    Restart,
    /// Gives a report another name, with another program.
    Rename(&'static str, &'static str),
    /// Does all this before anything comes back from the disk.
    AtOnce(Vec<Deed>),
}

/// What is done on one disk: first without faults, then with them.
pub struct Scenario {
    pub name: String,
    pub disk: SimDisk,
    pub before: Vec<Deed>,
    pub deeds: Vec<Deed>,
    /// Whether the program was cut off between the two with work that was only in its journals.
    pub is_recovery: bool,
}

/// A scenario as far as it goes without faults.
pub struct Prepared {
    pub scenario: Scenario,
    /// The steps of what is done with faults.
    pub steps: Vec<Step>,
    machine: Machine,
}

impl Prepared {
    pub fn new(scenario: Scenario) -> Self {
        let disk = Arc::new(scenario.disk.after_crash(Survival::KeepAll));
        let fresh = Machine { disk, promise: Promise::default(), submitted: BTreeSet::new(), now: 0, starts: 0 };
        let machine = if scenario.before.is_empty() { fresh } else { Sitting::of(fresh, &scenario.before).machine };
        wait_for_the_next_millisecond();
        let steps = Sitting::of(machine.found(Survival::KeepAll), &scenario.deeds).machine.disk.steps();
        Self { scenario, steps, machine }
    }

    /// Does what is done with faults, on a disk that `arm` has prepared.
    pub fn run(&self, arm: impl FnOnce(&SimDisk)) -> Sitting {
        let machine = self.machine.found(Survival::KeepAll);
        arm(&machine.disk);
        Sitting::of(machine, &self.scenario.deeds)
    }
}

/// A machine at rest: its disk, and what its user was promised.
#[derive(Clone)]
pub struct Machine {
    disk: Arc<SimDisk>,
    promise: Promise,
    /// What was said to be submitted.
    submitted: BTreeSet<PathBuf>,
    now: i64,
    starts: u8,
}

impl Machine {
    /// The machine as it is found when the power is back.
    fn found(&self, how: Survival) -> Self {
        Self { disk: Arc::new(self.disk.after_crash(how)), ..self.clone() }
    }

    /// Cuts the power and starts again: everything promised has to be there, whole, once, and work has to go on.
    pub fn check(&self, how: Survival) -> Result<(), String> {
        let found = self.found(how);
        check_files(&found.disk)?;
        if let Some(gone) = self.submitted.iter().find(|path| !is_file(&*found.disk, path)) {
            return Err(format!("{} was submitted and is gone", gone.display()));
        }
        let mut sitting = Sitting::start(found);
        for path in self.promise.paths() {
            sitting.act(Command::File(FileCommand::Open(vec![path.to_owned()])));
            let told = &sitting.state.notices;
            let document = sitting.document(path).ok_or_else(|| format!("{} does not open: {told:?}", path.display()))?;
            self.promise.check(document)?;
        }
        sitting.go_on()?;
        let journals = orphans(&*sitting.machine.disk, &folders().journals()).found;
        if let Some(left) = journals.first() {
            return Err(format!("{} is left", left.path.display()));
        }
        check_files(&sitting.machine.disk)
    }
}

/// The program while it runs, everything in this thread.
pub struct Sitting {
    machine: Machine,
    state: State,
    runner: Runner,
}

impl Sitting {
    /// Starts the program.
    fn start(mut machine: Machine) -> Self {
        machine.starts += 1;
        machine.now += 60_000;
        machine.promise.begin();
        let mut memory = load_memory(&*machine.disk, &folders().memory_file());
        if memory.person().is_none() {
            memory.set_person(&person());
        }
        let state = State::new(memory, [machine.starts; 10]);
        let runner = Runner::inline(machine.disk.clone(), folders());
        let mut sitting = Self { machine, state, runner };
        sitting.run(vec![Effect::Recover]);
        sitting.settle();
        sitting
    }

    /// Starts it and does what there is to do, as long as the power is there.
    fn of(machine: Machine, deeds: &[Deed]) -> Self {
        let mut sitting = Self::start(machine);
        for deed in deeds {
            if sitting.machine.disk.is_off() {
                break;
            }
            match deed {
                Deed::Restart => sitting = Self::start(sitting.leave()),
                deed => sitting.do_at_once(deed),
            }
            sitting.settle();
        }
        sitting
    }

    fn leave(mut self) -> Machine {
        self.act(Command::Keep(KeepCommand::SaveAll));
        wait_for_the_next_millisecond();
        self.machine
    }

    /// The machine with the program no longer running.
    pub fn stop(self) -> Machine {
        self.machine
    }

    /// What failed works again: after a while everything has to be in its files.
    pub fn mend(&mut self) -> Result<(), String> {
        self.machine.disk.mend();
        self.machine.now += 15_000;
        self.act(Command::Keep(KeepCommand::Tick));
        self.act(Command::Keep(KeepCommand::SaveAll));
        if !self.state.all_saved() {
            return Err(format!("not everything is saved: {:?}", self.state.notices));
        }
        self.state.documents.iter().try_for_each(|document| self.stands_in_its_files(document))
    }

    /// Tags once more in every report, and saves.
    fn go_on(&mut self) -> Result<(), String> {
        let open: Vec<PathBuf> = self.state.documents.iter().map(|document| document.path.clone()).collect();
        for path in &open {
            self.show(path);
            self.tag(0, 3, "target");
        }
        self.settle();
        self.act(Command::Keep(KeepCommand::SaveAll));
        if !self.state.all_saved() && is_file(&*self.machine.disk, Path::new(IN_THE_WAY)) {
            wait_for_the_next_millisecond();
            for path in &open {
                self.show(path);
                self.act(Command::Keep(KeepCommand::KeepIn(ELSEWHERE.into())));
            }
        }
        if !self.state.all_saved() {
            return Err(format!("work cannot go on: {:?}", self.state.notices));
        }
        self.state.documents.iter().try_for_each(|document| self.stands_in_its_files(document))
    }

    /// Whether the files of a document that counts as saved hold what it shows.
    fn stands_in_its_files(&self, document: &Document) -> Result<(), String> {
        let disk = &*self.machine.disk;
        let Some(path) = &document.keeping.file else {
            return if document.annotations.tag_count() == 0 { Ok(()) } else { Err(format!("{} has no file", document.name())) };
        };
        let file = load_person_file(disk, path).map_err(|error| error.to_string())?;
        if !file.record.annotations.same_content(&document.annotations) {
            return Err(format!("{} does not hold what is shown", path.display()));
        }
        let path = document.keeping.folder.report_file();
        let bytes = disk.read(&path, u64::MAX).map_err(|error| format!("{}: {error}", path.display()))?;
        let record = ReportFile::parse(&unseal(&bytes).0).map_err(|why| format!("{}: {why}", path.display()))?.record();
        let held = record.map(|record| record.corrections.fields).unwrap_or_default();
        match document.report.corrections().fields.iter().find(|(field, value)| held.get(*field) != Some(*value)) {
            Some((field, value)) => Err(format!("{} does not hold {field:?} {value}", path.display())),
            None => Ok(()),
        }
    }

    fn document(&self, path: &Path) -> Option<&Document> {
        self.state.documents.iter().find(|document| document.path == path)
    }

    fn tag_of_number(&self, number: usize) -> Option<TagId> {
        let order = self.state.document()?.annotations.order();
        order.get(number % order.len().max(1)).map(|(_, id)| *id)
    }

    /// Does something without waiting for what comes of it.
    fn do_at_once(&mut self, deed: &Deed) {
        match deed {
            Deed::Name => self.send(Command::Keep(KeepCommand::SetPerson(person().name))),
            Deed::Open(path) => self.send(Command::File(FileCommand::Open(vec![path.into()]))),
            Deed::Show(path) => self.show(Path::new(path)),
            Deed::Tag(from, len, kind) => self.tag(*from, *len, kind),
            Deed::TagMany(count) => {
                let spans = (0..*count).map(|number| Span::of(number * 6, number * 6 + 4)).collect();
                self.send(Command::Tag(TagCommand::MakeAll(KindId::new("indicator"), spans)));
            }
            Deed::Note(number, words) => {
                if let Some(tag) = self.tag_of_number(*number) {
                    self.send(Command::Tag(TagCommand::SetNote(tag, (*words).into())));
                }
            }
            Deed::Delete(number) => {
                if let Some(tag) = self.tag_of_number(*number) {
                    self.send(Command::Tag(TagCommand::Delete(vec![tag])));
                }
            }
            Deed::TurnDown(from, len) => {
                let words = Span::of(*from, from + len);
                self.send(Command::Suggest(SuggestCommand::DismissHint("no_period".into(), words)));
            }
            Deed::Undo => self.send(Command::Tag(TagCommand::Undo)),
            Deed::Correct(field, value) => self.send(Command::Report(ReportCommand::Fact(None, *field, Some((*value).into())))),
            Deed::KeepIn(folder) => {
                wait_for_the_next_millisecond();
                self.send(Command::Keep(KeepCommand::KeepIn(folder.into())));
            }
            Deed::Pause => {
                self.machine.now += 1_000;
                self.send(Command::Keep(KeepCommand::Tick));
            }
            Deed::Save => self.send(Command::Keep(KeepCommand::SaveAll)),
            Deed::Submit => {
                let at = Time(1_800_000_000_000 + self.machine.now);
                let folder = self.state.document().map(|document| document.keeping.folder.clone());
                let submitted = folder.and_then(|folder| submit(&*self.machine.disk, &folder, &person(), at).ok());
                self.machine.submitted.extend(submitted.map(|submitted| submitted.path));
            }
            Deed::Close => {
                if let Some(id) = self.state.active {
                    self.send(Command::File(FileCommand::Close(id)));
                }
            }
            Deed::Rename(from, to) => self.machine.disk.rename(Path::new(from), Path::new(to)).unwrap(),
            Deed::AtOnce(deeds) => deeds.iter().for_each(|deed| self.do_at_once(deed)),
            Deed::Restart => unreachable!("nothing is done at once with starting again"),
        }
    }

    fn show(&mut self, path: &Path) {
        if let Some(id) = self.document(path).map(|document| document.id) {
            self.send(Command::File(FileCommand::Activate(id)));
        }
    }

    fn tag(&mut self, from: u32, len: u32, kind: &str) {
        self.send(Command::Read(ReadCommand::Select(Selection::of(Span::of(from, from + len)))));
        self.send(Command::Tag(TagCommand::Make(KindId::new(kind))));
    }

    /// Does something and waits until nothing more comes of it.
    fn act(&mut self, command: Command) {
        self.send(command);
        self.settle();
    }

    fn settle(&mut self) {
        loop {
            let commands = self.runner.poll();
            if commands.is_empty() {
                return;
            }
            commands.into_iter().for_each(|command| self.send(command));
        }
    }

    fn send(&mut self, command: Command) {
        self.machine.now += 10;
        let effects = update(&mut self.state, command, Time(1_800_000_000_000 + self.machine.now));
        self.machine.promise.observe(&self.state.documents);
        self.run(effects);
    }

    /// The word list has nothing to do with the disk, and takes long to load.
    fn run(&self, mut effects: Vec<Effect>) {
        effects.retain(|effect| !matches!(effect, Effect::LoadWords));
        self.runner.run(effects);
    }
}

fn person() -> Person {
    Person { id: "01934d2a-7c00-7000-8000-5f3a9c1e2b40".parse().unwrap(), name: "王小明".into() }
}

fn folders() -> LocalFolders {
    LocalFolders::below(Path::new("/home"))
}

/// The name of a journal holds the millisecond in which it was begun; people and machines are slower than that.
fn wait_for_the_next_millisecond() {
    let began = now();
    while now() == began {
        std::thread::yield_now();
    }
}

/// Whether every file that is replaced as a whole is whole, and every report has one folder.
fn check_files(disk: &SimDisk) -> Result<(), String> {
    let mut folders = BTreeSet::new();
    for path in disk.paths() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if let (Some(kept), Some((_, hash))) = (path.parent().filter(|kept| kept.ends_with("jiannuo")), name.rsplit_once('~'))
            && !folders.insert((kept.to_owned(), hash.to_owned()))
        {
            return Err(format!("{}: a second folder of the same report", path.display()));
        }
        if name.contains(".damaged-") {
            return Err(format!("{}: something was taken for damaged", path.display()));
        }
        if name.ends_with(".ron") {
            check_file(disk, &path).map_err(|why| format!("{}: {why}", path.display()))?;
        }
    }
    Ok(())
}

fn check_file(disk: &SimDisk, path: &Path) -> Result<(), String> {
    let (text, seal) = unseal(&disk.read(path, u64::MAX).map_err(|error| error.to_string())?);
    if seal != Seal::Intact {
        return Err(format!("its checksum is {seal:?}"));
    }
    let folder = path.parent().unwrap();
    if path.ends_with("report.ron") {
        let file = ReportFile::parse(&text).map_err(|why| why.to_string())?;
        if file.extractor.is_some() {
            let source = disk.read(&folder.join("source.txt"), u64::MAX).map_err(|error| format!("its source text: {error}"))?;
            if ReportId::of(&String::from_utf8_lossy(&source)).to_string() != file.report {
                return Err("its source text is another".into());
            }
        }
    } else if folder.to_string_lossy().contains('~') {
        let file = load_person_file(disk, path).map_err(|error| error.to_string())?;
        if file.is_damaged() {
            return Err(format!("it is damaged: {:?}", file.troubles));
        }
    }
    Ok(())
}
