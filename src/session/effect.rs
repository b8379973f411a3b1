//! What an update asks of the outside world.

use super::carrying::CarryFrom;
use super::document::DocumentId;
use super::exporting::{ExportJob, Spoken};
use super::measuring::Measurement;
use super::packing::Packing;
use super::project::Correction;
use crate::annotation::{Annotations, Codebook, Person};
use crate::exchange::Format;
use crate::report::Report;
use crate::source::Wish;
use crate::store::wire::{PersonRecord, Role};
use crate::store::{Cancel, Card, Entry, Job, Memory, OpenRequest, ReportFolder, ReportRecord, Reviewing, Watched};
use crate::suggest::Lexicon;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Something for the runner to do. Each ends in a command that says how it went, where that matters.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read a file as a report.
    Read {
        /// The file.
        path: PathBuf,
        /// Who reads, and how if chosen.
        request: OpenRequest,
        /// By the hash of a file's bytes: how it was chosen to be read and where its tags are kept.
        remembered: BTreeMap<String, (Option<Wish>, Option<PathBuf>)>,
    },
    /// Keep a pasted text as a file, then open it.
    Paste(String),
    /// Write an entry to the journal.
    Journal {
        /// The document.
        document: DocumentId,
        /// The number of the change.
        change: u64,
        /// What the journal is about.
        target: Box<JournalTarget>,
        /// The entry.
        entry: Entry,
    },
    /// Forget the journal of a document if it holds nothing beyond this change.
    ForgetJournal(DocumentId, u64),
    /// Write again what could not be written to journals.
    RetryJournals,
    /// Remove the journals of cut-off sittings: what they held is saved.
    RemoveOrphans(Vec<PathBuf>),
    /// Save a person's file.
    Save(Box<SaveJob>),
    /// Save what this machine remembers.
    Remember(Box<Memory>),
    /// Put what cut-off sittings left behind where it belongs.
    Recover,
    /// The same, then remove what is left of reports in the user's own folder but for this, which is saved there.
    ClearTraces(Box<Memory>),
    /// Look at the files of an opened report again.
    Look(DocumentId, Box<Watched>),
    /// Find the user's tags on another text of a report.
    Carry {
        /// The document they are for.
        document: DocumentId,
        /// Its report.
        report: Arc<Report>,
        /// Where they are.
        from: CarryFrom,
        /// Whose they are.
        person: Person,
    },
    /// Load the word list.
    LoadWords,
    /// Read a report and see what can be proposed for it.
    Suggest {
        /// The document.
        document: DocumentId,
        /// The number of the reading.
        reading: u64,
        /// Its report.
        report: Arc<Report>,
        /// What it is read by.
        lexicon: Arc<Lexicon>,
    },
    /// Compare people's tags.
    Compare {
        /// The document.
        document: DocumentId,
        /// The number of the layers' changes.
        changes: u64,
        /// Who tagged, and what.
        people: Vec<(Person, Arc<Annotations>)>,
        /// Who decides, and what they decided.
        decided: Vec<(Person, Arc<Annotations>)>,
    },
    /// Reckon how far the people of a review agree.
    Figures {
        /// The review.
        document: DocumentId,
        /// The number of the reckoning.
        number: u64,
        /// What they are reckoned from.
        measurement: Box<Measurement>,
    },
    /// Read a colleague's file as tags of a report.
    ReadLayer {
        /// The document.
        document: DocumentId,
        /// Its report.
        report: Arc<Report>,
        /// The file.
        path: PathBuf,
    },
    /// Hand a person's tags in as they are saved.
    Submit {
        /// The document.
        document: DocumentId,
        /// The folder.
        folder: ReportFolder,
        /// Who.
        person: Person,
    },
    /// Change in a project's own file how it is reviewed.
    ChangeReviewing {
        /// The folder of the project.
        root: PathBuf,
        /// From what to what.
        change: Box<(Reviewing, Reviewing)>,
    },
    /// Look who has a file in a project.
    ListPeople {
        /// The folder of the project.
        root: PathBuf,
    },
    /// Read the sections of a project's reports.
    ReadSections {
        /// The folder of the project.
        root: PathBuf,
        /// The reports of the folder that is open.
        cards: Arc<Vec<Card>>,
        /// Stops it.
        cancel: Cancel,
    },
    /// Write into a project's own file whether it shows proposals.
    ShowInProject {
        /// The folder of the project.
        root: PathBuf,
        /// Whether.
        shown: bool,
    },
    /// Read a folder of reports: first its index, then what has changed since.
    OpenFolder {
        /// The folder.
        root: PathBuf,
        /// Stops it.
        cancel: Cancel,
    },
    /// Look at a folder again.
    ScanFolder {
        /// The folder.
        root: PathBuf,
        /// What is known of its reports.
        known: Arc<Vec<Card>>,
        /// Stops it.
        cancel: Cancel,
    },
    /// Do something over all reports of a folder.
    RunJob {
        /// Which work it is.
        number: u64,
        /// What.
        job: Job,
        /// The reports.
        cards: Arc<Vec<Card>>,
        /// Whose tags count, where somebody's do.
        person: Option<Person>,
        /// Stops it.
        cancel: Cancel,
    },
    /// Hand tags over to other programs.
    Export {
        /// Which export it is.
        number: u64,
        /// What, and where to.
        job: Box<ExportJob>,
        /// Stops it.
        cancel: Cancel,
    },
    /// Read a file of another program as tags of a report.
    Import {
        /// The document they are for.
        document: DocumentId,
        /// Its report.
        report: Arc<Report>,
        /// Its codebook.
        book: Arc<Codebook>,
        /// The file.
        path: PathBuf,
        /// As what; nothing for what it seems to be.
        format: Option<Format>,
        /// The words in which it may be written.
        spoken: Vec<Spoken>,
    },
    /// Correct facts of a report that is not open, in its own file.
    CorrectFile {
        /// The report's file.
        path: PathBuf,
        /// The folder that keeps its tags.
        folder: PathBuf,
        /// The facts.
        corrections: Vec<Correction>,
    },
    /// Pack reports into one file.
    Pack(Packing),
    /// Take a pack in.
    Unpack {
        /// The pack.
        pack: PathBuf,
        /// The folder it goes into.
        root: PathBuf,
    },
}

/// What a journal is about.
#[derive(Clone, Debug)]
pub struct JournalTarget {
    /// The report.
    pub report: Arc<Report>,
    /// What its own file says.
    pub record: ReportRecord,
    /// Its folder.
    pub folder: ReportFolder,
    /// Whose work it is.
    pub person: Person,
    /// In which role.
    pub role: Role,
}

/// A person's file to be written, and the report's with it.
#[derive(Clone, Debug)]
pub struct SaveJob {
    /// The document.
    pub document: DocumentId,
    /// The last change it holds.
    pub change: u64,
    /// The folder.
    pub folder: ReportFolder,
    /// The person's file, if there is one already.
    pub file: Option<PathBuf>,
    /// What it says, but for the records.
    pub record: PersonRecord,
    /// The records, shared until the file's thread copies them.
    pub annotations: Arc<Annotations>,
    /// What the report's own file says.
    pub report: ReportRecord,
    /// The report, whose text is kept beside the tags.
    pub source: Arc<Report>,
    /// Whether that has changed, so that it is written even where there is one.
    pub report_changed: bool,
}
