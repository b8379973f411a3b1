//! Everything that can happen to a session: what a person asks for, and what comes back from the disk.

use super::carrying::{Carry, CarryFrom};
use super::document::{DocumentId, Selection};
use super::exporting::{Export, HandedOver, NotHandedOver, Spoken};
use super::importing::NotImported;
use super::layers::LayerShown;
use super::measuring::Measure;
use super::notice::{NoticeId, What};
use super::project::Correction;
use super::reviewing::Review;
use crate::annotation::{
    Annotations, AttributeId, CaseKey, KindId, LinkEnd, LinkId, Person, PersonId, Reason, Relation, RemarkId, Tag, TagId, TagRef, Time,
    Value,
};
use crate::exchange::{Brought, Format, Taken};
use crate::quantity::Quantity;
use crate::report::{Field, Reading, Role};
use crate::review::figures::Figures;
use crate::source::Wish;
use crate::store::wire;
use crate::store::{
    Card, EditionError, Job, JobEvent, LayerError, LayerFrom, Look, OpenError, Opened, PackCard, PackError, Packed, Progress, Recovered,
    ReportSections, Reviewing, Settings, Snapshot, StoreError, Unpacked,
};
use crate::suggest::{Proposal, Suggestions};
use crate::text::{Pos, Span};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Something to happen.
#[derive(Clone, Debug)]
pub enum Command {
    /// With files and documents.
    File(FileCommand),
    /// With reading the active document.
    Read(ReadCommand),
    /// With the tags of the active document.
    Tag(TagCommand),
    /// With what is proposed.
    Suggest(SuggestCommand),
    /// With colleagues' tags.
    Review(ReviewCommand),
    /// With what the active document's report is.
    Report(ReportCommand),
    /// With keeping work.
    Keep(KeepCommand),
    /// With a folder of reports.
    Project(ProjectCommand),
    /// With tags that leave for other programs.
    Export(ExportCommand),
    /// With tags that come from other programs.
    Import(ImportCommand),
    /// Several, one after the other.
    All(Vec<Command>),
}

/// Files and documents.
#[derive(Clone, Debug)]
pub enum FileCommand {
    /// Open these; a folder among them is opened as a folder of reports.
    Open(Vec<PathBuf>),
    /// Open a report and go to a place in it.
    OpenAt(PathBuf, Span),
    /// It is a folder.
    IsFolder(PathBuf),
    /// Open the active document again, read otherwise: in another encoding, or with more or less of it.
    Reopen(Wish),
    /// A file was opened.
    Opened(Box<Opened>),
    /// A file was not opened.
    OpenFailed(PathBuf, OpenError),
    /// Keep a pasted text as a report and open it.
    Paste(String),
    /// Show another document.
    Activate(DocumentId),
    /// Close a document; its work is saved first.
    Close(DocumentId),
    /// Take the user's tags on another text of the active report over, by the folder of those tags, a report or a file of tags.
    Carry(CarryFrom),
    /// Tags were found for a document, or not.
    Carried(DocumentId, Result<Box<Carry>, EditionError>),
    /// Read the file of a document again: it has changed.
    ReadAgain(PathBuf),
    /// A file is a pack that holds this.
    PackFound(PathBuf, PackCard),
    /// A file is a pack that cannot be taken in.
    PackRefused(PathBuf, PackError),
    /// Take a pack into a folder.
    Unpack(PathBuf, PathBuf),
    /// Do nothing with a pack that was opened.
    LeavePack(PathBuf),
}

/// Reading the active document.
#[derive(Clone, Debug)]
pub enum ReadCommand {
    /// Select text.
    Select(Selection),
    /// Pick tags.
    Pick(Vec<TagId>),
    /// Read it otherwise.
    View(Reading),
    /// Put a bookmark there, or take it away.
    Bookmark(Pos),
    /// The first place in view is now this.
    Arrived(Pos),
}

/// The tags of the active document.
#[derive(Clone, Debug)]
pub enum TagCommand {
    /// Tag the selection, or the clause at the caret.
    Make(KindId),
    /// Tag all these, in one step.
    MakeAll(KindId, Vec<Span>),
    /// Make them tags of another kind.
    SetKind(Vec<TagId>, KindId),
    /// Delete them.
    Delete(Vec<TagId>),
    /// Mark them unsure if one is not, else sure.
    ToggleUnsure(Vec<TagId>),
    /// Set a note.
    SetNote(TagId, String),
    /// Set an attribute; an empty value removes it.
    SetAttribute(Vec<TagId>, AttributeId, Value),
    /// Set the quantities.
    SetQuantities(TagId, Vec<Quantity>),
    /// Put the tag on other words.
    SetSpan(TagId, Span),
    /// Link a tag of the active document to any other.
    Link(TagId, Relation, LinkEnd),
    /// Remove a link.
    Unlink(LinkId),
    /// They stand where they should in the changed text.
    Confirm(Vec<TagId>),
    /// They fit the definition of their kind as it is now.
    Uphold(Vec<TagId>),
    /// Decide between what was made of a tag at the same time.
    Decide(TagId, Choice),
    /// Make the tags what they were in a version kept at that time.
    Restore(Time, Box<Annotations>),
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
}

/// Which of the readings of a tag is to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The one in force.
    InForce,
    /// One of the others, by its number.
    Reading(usize),
    /// The one in force, and the first other as a tag of its own.
    Both,
}

/// What is proposed for the active document.
#[derive(Clone, Debug)]
pub enum SuggestCommand {
    /// A report was read; the number is that of the reading asked for.
    Read(DocumentId, u64, Arc<Suggestions>),
    /// Take these as they are, in one step.
    Accept(Vec<Proposal>),
    /// Take one and pick it, to be changed.
    Mend(Proposal),
    /// Turn these down for good, in one step.
    Reject(Vec<Proposal>),
    /// Do not give a hint, by its key, on these words again.
    DismissHint(String, Span),
    /// Show proposals to this person on this machine, or not.
    Show(bool),
    /// Show proposals in the project of the active document, or not.
    ShowInProject(bool),
}

/// Colleagues' tags of the active document's report.
#[derive(Clone, Debug)]
pub enum ReviewCommand {
    /// Review them, in a document of its own.
    Open,
    /// Show somebody's otherwise.
    Show(PersonId, wire::Role, LayerShown),
    /// Show people's names, or letters in their place.
    HideNames(bool),
    /// Take a colleague's file in from elsewhere.
    AddLayer(PathBuf),
    /// Put it away again.
    RemoveLayer(PathBuf),
    /// It was read, or not.
    LayerRead(DocumentId, Box<Result<LayerFrom, LayerError>>),
    /// People's tags were compared, as they were after so many changes.
    Compared(DocumentId, u64, Box<Review>),
    /// Reckon these figures of how far people agree, and keep them up; none stops that.
    Measure(Option<Measure>),
    /// They were reckoned, for the time of that number.
    Measured(DocumentId, u64, Arc<Figures>),
    /// Decide on a case, for a reason and with a note.
    Decide(CaseKey, Verdict, Option<Reason>, String),
    /// Take what all agree on, in one step.
    AcceptAgreed(Vec<CaseKey>),
    /// Take back what was decided on a case.
    Reopen(CaseKey),
    /// Say something of words, or of a tag on them.
    Comment {
        /// The words.
        anchor: Span,
        /// The tag, if it is about one.
        about: Option<TagRef>,
        /// What.
        words: String,
    },
    /// Answer a comment.
    Answer(RemarkId, String),
    /// A thread is settled (true), or open again.
    Settle(RemarkId, bool),
    /// Words were read (true), or were not.
    MarkRead(Span, bool),
    /// Hand the user's tags in: what colleagues put on the report is shown from then on.
    Submit,
    /// They were handed in, or not.
    Submitted(DocumentId, Result<Snapshot, StoreError>),
    /// Say how the project of a folder is reviewed: from how somebody saw it to how it is to be.
    SetReviewing(PathBuf, Box<(Reviewing, Reviewing)>),
    /// Look who has a file in the project of a folder.
    Survey(PathBuf),
    /// These have.
    PeopleListed(PathBuf, Vec<Person>),
    /// Read the sections of its reports in the folder that is open.
    ReadSections,
    /// They were read.
    SectionsRead(PathBuf, Arc<Vec<ReportSections>>),
}

/// What is decided on a case.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// These of its tags are right.
    Take(Vec<TagRef>),
    /// None is: nothing is to be tagged there.
    Nothing,
    /// This is right.
    Mend(Box<Tag>),
    /// Later.
    Defer,
    /// Somebody has to be asked.
    Ask,
}

/// What the active document's report is.
#[derive(Clone, Debug)]
pub enum ReportCommand {
    /// Correct a fact of the file, or of the part that begins at a place; nothing goes back to what was read.
    Fact(Option<Pos>, Field, Option<String>),
    /// A report of its own begins at a paragraph (true), or does not (false).
    Part(Pos, bool),
    /// Correct what the paragraph is that begins at a place; nothing goes back to what was read.
    Role(Pos, Option<Role>),
    /// Join the paragraph that begins at a place to the one before, or part them again.
    Join(Pos),
    /// Divide a paragraph at a place, or join it again.
    Divide(Pos),
    /// A sentence begins at a place (true), or the one before goes on there (false).
    Sentence(Pos, bool),
}

/// A folder of reports.
#[derive(Clone, Debug)]
pub enum ProjectCommand {
    /// Open it.
    Open(PathBuf),
    /// Close it; reports that are open stay open.
    Close,
    /// Time has passed: look at it again when that is due.
    Tick,
    /// Look at it again now.
    LookAgain,
    /// Some of its reports were read, and so far the reading has come.
    Cards(PathBuf, Vec<Card>, Progress),
    /// How the projects are reviewed that its reports belong to, by the folder in whose `jiannuo` tags are kept.
    Reviewing(PathBuf, BTreeMap<PathBuf, Reviewing>),
    /// All of it was read.
    Scanned(PathBuf, Result<Vec<Card>, StoreError>),
    /// Correct facts of its reports, in one step.
    Correct(Vec<Correction>),
    /// A correction could not be kept.
    NotCorrected(PathBuf, StoreError),
    /// Take the last step of corrections back.
    Undo,
    /// Make it again.
    Redo,
    /// Do something over all its reports.
    Run(Job),
    /// Stop doing it.
    Stop,
    /// Put away what it found.
    Clear,
    /// Work of this number found something or ended.
    Worked(u64, JobEvent),
}

/// Tags that leave for other programs.
#[derive(Clone, Debug)]
pub enum ExportCommand {
    /// Hand them over.
    Begin(Box<Export>),
    /// Stop doing it: nothing is written then.
    Stop,
    /// So far the export of this number is.
    Went(u64, Progress),
    /// It is done, or was not.
    Ended(u64, Box<Result<HandedOver, NotHandedOver>>),
}

/// Tags that come from other programs.
#[derive(Clone, Debug)]
pub enum ImportCommand {
    /// Read a file as tags of the active document.
    Read {
        /// The file.
        path: PathBuf,
        /// As what; nothing for what it seems to be.
        format: Option<Format>,
        /// The words in which it may be written.
        spoken: Vec<Spoken>,
    },
    /// It was read for a document, or not.
    Came(DocumentId, PathBuf, Result<(Format, Arc<Brought>), NotImported>),
    /// Take this of what a file brought for a document, in one step.
    Take {
        /// The document.
        document: DocumentId,
        /// The file.
        path: PathBuf,
        /// What of it.
        items: Vec<Taken>,
    },
    /// Take nothing of it.
    Leave,
}

/// Keeping work.
#[derive(Clone, Debug)]
pub enum KeepCommand {
    /// Time has passed: save what is due.
    Tick,
    /// Save everything now.
    SaveAll,
    /// The journal holds all changes of a document up to this one.
    Journaled(DocumentId, u64),
    /// The journal could not be written.
    JournalFailed(DocumentId, StoreError),
    /// The person's file holds all changes up to this one; it lies there. Where another program had written to it
    /// meanwhile, it now holds these annotations.
    Saved(DocumentId, u64, PathBuf, Option<Box<Annotations>>),
    /// The person's file could not be written.
    SaveFailed(DocumentId, StoreError),
    /// The files of a document were looked at.
    Looked(DocumentId, Box<Look>),
    /// What a crash left behind was put where it belongs, or could not be.
    Recovered(Box<Recovered>, Result<(), StoreError>),
    /// What the machine remembers was saved, or not.
    Remembered(Result<(), StoreError>),
    /// Save and close everything, and remove what this machine remembers of reports.
    ClearTraces,
    /// It was removed.
    TracesCleared {
        /// How many journals of cut-off sittings were put into their files and removed.
        journals: usize,
        /// What was not removed: it may hold work that is nowhere else, or another window has it open.
        left: Vec<PathBuf>,
    },
    /// Keep the active document's tags in another folder.
    KeepIn(PathBuf),
    /// Pack what is open into this file.
    Pack(PathBuf),
    /// The pack was written there, or not.
    Packed(PathBuf, Result<Packed, StoreError>),
    /// A pack was taken into this folder, or not.
    Unpacked(PathBuf, Result<Unpacked, PackError>),
    /// Tell who is tagging, or change the name.
    SetPerson(String),
    /// Drop the question being asked.
    Cancel,
    /// Change the settings.
    Set(Box<Settings>),
    /// Tell the person something.
    Tell(Box<What>),
    /// Put a notice away.
    Dismiss(NoticeId),
}
