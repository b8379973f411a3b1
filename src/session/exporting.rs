//! Handing tags over in other programs' formats: of the report that is shown, or of all reports of a folder.

use super::command::ExportCommand;
use super::document::Document;
use super::effect::Effect;
use super::letters::hide_names;
use super::notice::What;
use super::on_two_threads::on_two_threads;
use super::state::State;
use crate::annotation::{Annotations, Codebook, Person, PersonId, Time};
use crate::exchange::{DocxLayout, Extra, Format, Handed, HandedLayer, HandedReport, Labels, NotMade, Office, Options, Outgoing, OwnNames};
use crate::report::Report;
use crate::store::{Cancel, Card, Delivery, Disk, LayerFile, NotDelivered, OpenError, Progress, everybody_on};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The words of a language in which people read what is handed over, or in which it may come back.
#[derive(Clone)]
pub struct Spoken(Arc<dyn Labels + Send>);

impl Spoken {
    /// These words.
    pub fn new(labels: impl Labels + Send + 'static) -> Self {
        Self(Arc::new(labels))
    }

    /// The words.
    pub fn labels(&self) -> &dyn Labels {
        self.0.as_ref()
    }
}

impl fmt::Debug for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spoken")
    }
}

/// What is handed over, and where it goes.
#[derive(Clone, Debug)]
pub struct Export {
    /// In which format.
    pub format: Format,
    /// How a Word document is laid out.
    pub layout: DocxLayout,
    /// What of it.
    pub options: Options,
    /// All reports of the folder that is open, or the one that is shown.
    pub all: bool,
    /// In which words.
    pub spoken: Spoken,
    /// The letters that stand in place of people's names, where these are hidden.
    pub letters: Option<String>,
    /// The file, or the folder of several.
    pub to: PathBuf,
    /// Whether what is there is written over.
    pub over: bool,
}

/// A report with what people put on it.
#[derive(Clone, Debug)]
pub struct HandedWork {
    /// The report.
    pub report: Arc<Report>,
    /// The name of its file; in a folder, its path there.
    pub name: String,
    /// The codebook in force.
    pub book: Arc<Codebook>,
    /// Who put what on it.
    pub layers: Vec<(Person, Office, Arc<Annotations>)>,
    /// The lanes that people have beside it, where it is shown.
    pub lanes: Vec<(PersonId, u8)>,
    /// How many people there are whose tags whoever hands over may not see yet.
    pub withheld: usize,
}

/// A report that is to be handed over.
#[derive(Clone, Debug)]
pub enum Handing {
    /// It is open.
    Open(Box<HandedWork>),
    /// It is read.
    File {
        /// Its file.
        path: PathBuf,
        /// What it is called.
        name: String,
    },
}

/// All that handing over needs.
#[derive(Clone, Debug)]
pub struct ExportJob {
    /// What is asked for.
    pub export: Export,
    /// The reports, in order.
    pub reports: Vec<Handing>,
    /// Who hands over: they see of others what they may see.
    pub person: Option<Person>,
}

/// What was handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// The file, or the folder of several.
    pub to: PathBuf,
    /// The names of the others, where they lie beside it.
    pub beside: Vec<String>,
    /// How many files.
    pub files: usize,
    /// Of how many reports.
    pub reports: usize,
    /// How many tags.
    pub tags: usize,
    /// How many tags are not in it: they have no place in the text, or none that the format can say.
    pub tags_left_out: usize,
    /// How many links are not.
    pub links_left_out: usize,
    /// How many cells hold only the beginning of their words.
    pub cut: usize,
    /// How many people's tags are not, because the project is tagged blind.
    pub withheld: usize,
    /// The reports that could not be read.
    pub failed: Vec<PathBuf>,
}

impl HandedOver {
    /// Whether all that was asked for is in it.
    pub const fn is_whole(&self) -> bool {
        self.tags_left_out == 0 && self.links_left_out == 0 && self.cut == 0 && self.withheld == 0 && self.failed.is_empty()
    }
}

/// Why nothing was handed over. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHandedOver {
    /// No report could be read.
    #[error("no report could be read")]
    NoReport,
    /// It is more than the format holds.
    #[error(transparent)]
    Made(#[from] NotMade),
    /// It could not be written.
    #[error(transparent)]
    Delivered(#[from] NotDelivered),
}

/// An export that is under way.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// Where it goes.
    pub to: PathBuf,
    /// How far it is.
    pub progress: Progress,
    cancel: Cancel,
    number: u64,
}

pub(super) fn update(state: &mut State, command: ExportCommand) -> Vec<Effect> {
    match command {
        ExportCommand::Begin(export) => begin(state, *export),
        ExportCommand::Stop => {
            if let Some(exporting) = &state.exporting {
                exporting.cancel.cancel();
            }
            Vec::new()
        }
        ExportCommand::Went(number, progress) => {
            if let Some(exporting) = state.exporting.as_mut().filter(|exporting| exporting.number == number) {
                exporting.progress = progress;
            }
            Vec::new()
        }
        ExportCommand::Ended(number, result) => {
            if state.exporting.as_ref().is_some_and(|exporting| exporting.number == number) {
                state.exporting = None;
                // What did not work before is no longer what has to be looked at.
                state.notices.retain(|notice| result.is_err() || !matches!(notice.what, What::NotImported(_)));
                state.tell(match *result {
                    Ok(handed) => What::Exported(handed),
                    Err(why) => What::NotExported(why),
                });
            }
            Vec::new()
        }
    }
}

fn begin(state: &mut State, export: Export) -> Vec<Effect> {
    let reports = reports(state, export.all);
    if state.exporting.is_some() || reports.is_empty() {
        return Vec::new();
    }
    state.notices.retain(|notice| !matches!(notice.what, What::Exported(_) | What::NotExported(_)));
    state.exports += 1;
    let (number, cancel) = (state.exports, Cancel::default());
    let progress = Progress { done: 0, all: reports.len() };
    state.exporting = Some(Exporting { to: export.to.clone(), progress, cancel: cancel.clone(), number });
    let job = Box::new(ExportJob { export, reports, person: state.person() });
    vec![Effect::Export { number, job, cancel }]
}

/// The reports that are meant. What is open is handed over as it is now, saved or not.
fn reports(state: &State, all: bool) -> Vec<Handing> {
    let open = |document: &Document, name: String| Handing::Open(Box::new(work_of(document, state.person().as_ref(), name)));
    match &state.project {
        Some(project) if all => {
            let cards = project.cards.iter().filter(|card| card.state.is_ok());
            let handing = |card: &Card| {
                let document = state.documents.iter().find(|document| document.path == card.path && !document.is_review());
                let file = || Handing::File { path: card.path.clone(), name: card.inside.clone() };
                document.map_or_else(file, |document| open(document, card.inside.clone()))
            };
            cards.map(handing).collect()
        }
        _ => state.document().map(|document| open(document, document.name())).into_iter().collect(),
    }
}

impl State {
    /// The report that is shown, with what people put on it as far as the user may see it; letters in place of names, if there are.
    pub fn work_shown(&self, letters: Option<&str>) -> Option<HandedWork> {
        self.document().map(|document| self.work_on(document, letters))
    }

    /// The same of a report that is open.
    pub fn work_on(&self, document: &Document, letters: Option<&str>) -> HandedWork {
        let person = self.person();
        let mut work = work_of(document, person.as_ref(), document.name());
        if let Some(letters) = letters {
            hide_names(std::slice::from_mut(&mut work), person.map(|person| person.id), letters);
        }
        work
    }

    /// The report by which people see what they hand over before it is written: the one that is shown; of all reports of the folder
    /// that one or another that is open, if it is one of them.
    pub fn looked_at(&self, all: bool) -> Option<&Document> {
        let Some(project) = self.project.as_ref().filter(|_| all) else { return self.document() };
        let is_listed = |path: &Path| project.card(path).is_some_and(|card| card.state.is_ok());
        let is_meant = |document: &&Document| !document.is_review() && is_listed(&document.path);
        self.document().filter(is_meant).or_else(|| self.documents.iter().find(is_meant))
    }
}

fn work_of(document: &Document, person: Option<&Person>, name: String) -> HandedWork {
    let others = document.layers().all.iter().filter_map(|layer| {
        let office = Office::from_key(layer.role.key())?;
        Some((layer.person.clone(), office, Arc::clone(&layer.annotations)))
    });
    let others: Vec<(Person, Office, Arc<Annotations>)> = others.collect();
    let office = Office::from_key(document.role.key()).unwrap_or_default();
    // Who tagged nothing stands for the report where nobody else does.
    let own = person.filter(|_| document.annotations.tag_count() > 0 || others.is_empty());
    let own = own.map(|person| (person.clone(), office, Arc::clone(&document.annotations)));
    HandedWork {
        report: Arc::clone(&document.report),
        name,
        book: Arc::clone(&document.codebook),
        layers: own.into_iter().chain(others).collect(),
        lanes: document.layers().all.iter().map(|layer| (layer.person.id, layer.lane)).collect(),
        withheld: document.layers().withheld,
    }
}

/// Hands works over: as every format sees them.
pub fn with_handed<T>(works: &[HandedWork], options: &Options, spoken: &Spoken, then: impl FnOnce(Handed<'_>) -> T) -> T {
    let layers: Vec<Vec<HandedLayer<'_>>> = works.iter().map(layers_of).collect();
    let reports = works.iter().zip(&layers).map(|(work, layers)| HandedReport { report: &work.report, name: &work.name, layers });
    let reports: Vec<HandedReport<'_>> = reports.collect();
    let book = works.first().map_or_else(Codebook::standard, |work| Arc::clone(&work.book));
    let labels = OwnNames { labels: spoken.labels(), book: &book };
    then(Handed { reports: &reports, book: &book, options, labels: &labels })
}

fn layers_of(work: &HandedWork) -> Vec<HandedLayer<'_>> {
    work.layers.iter().map(|(person, role, annotations)| HandedLayer { person, role: *role, annotations }).collect()
}

/// Reads what is to be handed over, writes it, and puts it where it goes: all of it or nothing.
///
/// # Errors
/// If it cannot be written, or is stopped; nothing is written then.
pub fn hand_over(
    disk: &dyn Disk,
    job: ExportJob,
    now: Time,
    cancel: &Cancel,
    each: &dyn Fn(Progress),
) -> Result<HandedOver, NotHandedOver> {
    let ExportJob { export, reports, person } = job;
    let (mut works, failed) = read_all(disk, &reports, person.as_ref(), cancel, each);
    if cancel.is_cancelled() {
        return Err(NotDelivered::Stopped.into());
    }
    if works.is_empty() {
        return Err(NotHandedOver::NoReport);
    }
    if let Some(letters) = &export.letters {
        hide_names(&mut works, person.map(|person| person.id), letters);
    }
    let Export { format, layout, options, spoken, to, over, .. } = export;
    let write = |handed: Handed<'_>| (format.write(handed, &Extra { layout, now }), handed.tags().count());
    let (outgoing, tags) = with_handed(&works, &options, &spoken, write);
    let outgoing = outgoing?;
    let beside = deliver(disk, format, &outgoing, &to, over, cancel)?;
    let Outgoing { files, tags_left_out, links_left_out, cut } = outgoing;
    // Where people are named, nobody else is missed.
    let withheld = if options.people.is_some() { 0 } else { works.iter().map(|work| work.withheld).sum() };
    Ok(HandedOver { to, beside, files: files.len(), reports: works.len(), tags, tags_left_out, links_left_out, cut, withheld, failed })
}

/// Puts files where they go: into one file, others beside it, whose names are given back, or into a folder of their own.
fn deliver(
    disk: &dyn Disk,
    format: Format,
    outgoing: &Outgoing,
    to: &Path,
    over: bool,
    cancel: &Cancel,
) -> Result<Vec<String>, NotDelivered> {
    let name = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match outgoing.beside(format, &name) {
        Some(files) => {
            let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Delivery { folder, files: &files, over }.into_folder(disk, cancel)?;
            Ok(files.into_iter().skip(1).map(|(name, _)| name).collect())
        }
        None => {
            let files: Vec<(String, &[u8])> = outgoing.files.iter().map(|file| (file.path.clone(), file.bytes.as_slice())).collect();
            Delivery { folder: to, files: &files, over }.as_folder(disk, cancel)?;
            Ok(Vec::new())
        }
    }
}

/// How many reports are read before it is said how far that is.
const BLOCK: usize = 16;

/// Reads reports on two threads, in order; those that cannot be read are listed.
fn read_all(
    disk: &dyn Disk,
    reports: &[Handing],
    person: Option<&Person>,
    cancel: &Cancel,
    each: &dyn Fn(Progress),
) -> (Vec<HandedWork>, Vec<PathBuf>) {
    let (mut works, mut failed, mut done) = (Vec::with_capacity(reports.len()), Vec::new(), 0);
    for block in reports.chunks(BLOCK) {
        let one = |handing: &Handing| match handing {
            Handing::Open(work) => Ok((**work).clone()),
            Handing::File { path, .. } if cancel.is_cancelled() => Err(path.clone()),
            Handing::File { path, name } => read_one(disk, path, name, person).map_err(|_| path.clone()),
        };
        for read in on_two_threads(block, one) {
            match read {
                Ok(work) => works.push(work),
                Err(path) => failed.push(path),
            }
        }
        done += block.len();
        each(Progress { done, all: reports.len() });
    }
    (works, failed)
}

fn read_one(disk: &dyn Disk, path: &Path, name: &str, person: Option<&Person>) -> Result<HandedWork, OpenError> {
    let found = everybody_on(disk, path, person)?;
    let layer = |layer: LayerFile| Some((layer.person, Office::from_key(layer.role.key())?, layer.annotations));
    Ok(HandedWork {
        report: Arc::new(found.report),
        name: name.to_owned(),
        book: found.codebook,
        layers: found.layers.into_iter().filter_map(layer).collect(),
        lanes: Vec::new(),
        withheld: found.withheld,
    })
}
