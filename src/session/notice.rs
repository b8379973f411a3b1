//! What the person has to be told. Typed, so that the words are found at the edge, in their language.

use super::arranging::Barred;
use super::exporting::{HandedOver, NotHandedOver};
use super::importing::NotImported;
use crate::report::Field;
use crate::store::{
    CodebookTrouble, EditionCard, EditionError, LayerError, LexiconTrouble, LoadError, NameProblem, NotDelivered, OpenError, PackError,
    Packed, StoreError, Unpacked,
};
use std::path::PathBuf;

/// Names a notice of this sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub u32);

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know; goes by itself.
    Note,
    /// Something needs a look.
    Warning,
    /// Something did not work; stays until put away or mended.
    Error,
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Tags were made in several reports at once: each has a step of its own to undo.
    TaggedIn {
        /// In how many reports.
        reports: usize,
    },
    /// A table of what reports are was written.
    TableWritten {
        /// The file.
        path: PathBuf,
        /// How many rows it has.
        rows: usize,
    },
    /// What reports are was taken from a table.
    TableTaken {
        /// How many facts were corrected by it.
        facts: usize,
        /// How many rows are of no report here.
        unknown: usize,
        /// How many cells hold no value of their column.
        bad: usize,
    },
    /// A table could not be read.
    TableBad {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// What a report is could not be corrected in the folder: it is as it was.
    NotCorrected(StoreError),
    /// A file did not open.
    OpenFailed(OpenError),
    /// A file could not be written; the work is in the journal.
    NotSaved(StoreError),
    /// The journal could not be written: the work is in memory only.
    NotKept(StoreError),
    /// The changes of an earlier sitting that was cut off were put into their file.
    Recovered {
        /// The report.
        report: String,
        /// How many.
        changes: usize,
        /// How many lines could not be read.
        unreadable: usize,
    },
    /// They could not be put there yet and stay in the journal.
    NotRecovered {
        /// The report.
        report: String,
        /// How many.
        changes: usize,
        /// Why.
        error: StoreError,
        /// The journal: what somebody tagged and what they decided are in one each.
        journal: PathBuf,
    },
    /// What this machine remembered of reports was removed.
    TracesCleared {
        /// How many journals of cut-off sittings were put into their files and removed.
        journals: usize,
        /// What stays: it may hold work that is nowhere else, or another window has it open.
        left: Vec<PathBuf>,
    },
    /// It was not: these reports are not saved, or not open yet.
    TracesNotCleared {
        /// Their titles.
        reports: Vec<String>,
    },
    /// A person's file in the report's folder was not loaded.
    NotLoaded(LoadError),
    /// Some lines of the user's file could not be understood; a copy is kept at the next save.
    Damaged {
        /// The file.
        path: PathBuf,
        /// How many lines.
        lines: usize,
    },
    /// The user's file was changed by something else than this program.
    EditedElsewhere(PathBuf),
    /// The user's file was written by a newer program: it is open for reading.
    Newer(PathBuf),
    /// Tags that do not stand on their words.
    Slipped {
        /// How many.
        tags: usize,
    },
    /// The document is open for reading only.
    ReadingOnly,
    /// There is nothing to tag here.
    NothingToTag,
    /// A copy of the user's file held something more: it is merged in.
    CopyMerged(PathBuf),
    /// Somebody else, or another window, wrote to the user's file: it is merged in.
    TakenIn {
        /// The file.
        path: PathBuf,
        /// How many tags are new, changed or deleted by it.
        tags: usize,
    },
    /// Tags of which two different things were made at the same time.
    Conflicts {
        /// The report.
        report: String,
        /// How many.
        tags: usize,
    },
    /// The report's file is no longer the one that was opened.
    ReportChanged(PathBuf),
    /// An earlier text of the report was tagged by the user.
    Earlier {
        /// The report.
        report: PathBuf,
        /// The earlier text.
        edition: EditionCard,
    },
    /// A colleague's tags were taken in.
    LayerAdded {
        /// Whose.
        name: String,
        /// How many have a place in the text.
        placed: usize,
        /// How many have none.
        unplaced: usize,
    },
    /// They were not.
    NoLayer(LayerError),
    /// Some lines of a colleague's file could not be understood.
    LayerDamaged {
        /// The file.
        path: PathBuf,
        /// How many lines.
        lines: usize,
    },
    /// They are the user's own.
    OwnLayer(PathBuf),
    /// Others' tags are not shown before one's own are submitted.
    Blind,
    /// The project names others who decide.
    NotDecider(Vec<String>),
    /// How the project is reviewed is not, or not in this, for the user to change.
    Barred(Barred),
    /// The user's tags were submitted.
    Submitted,
    /// They were not.
    NotSubmitted(StoreError),
    /// What the user submitted is no longer what they submitted, or no longer there.
    SubmittedChanged(PathBuf),
    /// What came of a review was written.
    ReviewWritten {
        /// The file, or the folder of several.
        path: PathBuf,
        /// How many files.
        files: usize,
    },
    /// It was not.
    ReviewNotWritten(StoreError),
    /// How the project is reviewed could not be written into its file.
    ReviewingNotKept(StoreError),
    /// Tags were taken over from another text.
    Carried {
        /// How many have a place.
        placed: usize,
        /// How many need one.
        unplaced: usize,
    },
    /// No tags could be taken over.
    NotCarried(EditionError),
    /// Tags that were made by another definition than the one in force.
    Outdated {
        /// The report.
        report: String,
        /// How many.
        tags: usize,
    },
    /// The project's codebook is not in force.
    BadCodebook(CodebookTrouble),
    /// The project's own words or rules are not in force.
    BadLexicon(LexiconTrouble),
    /// Whether a project shows proposals could not be kept.
    SwitchNotKept(StoreError),
    /// Proposals are off.
    ProposalsOff,
    /// What this machine remembers cannot be read.
    Forgotten(PathBuf),
    /// A name cannot be a person's.
    BadName(NameProblem),
    /// A fact cannot be that.
    BadFact(Field, crate::quantity::Unread),
    /// The step cannot be taken back: the records have changed since.
    CannotUndo,
    /// The encoding was chosen while tags stand on the present reading.
    EncodingFixed,
    /// Reports are being packed.
    Packing,
    /// They were packed.
    Packed {
        /// The pack.
        path: PathBuf,
        /// What it holds, and what not.
        packed: Packed,
    },
    /// They were not packed.
    NotPacked(StoreError),
    /// Tags are not in the pack, because they are kept elsewhere than their report.
    NotInPack {
        /// The report.
        report: String,
        /// Where they are kept.
        folder: PathBuf,
    },
    /// Tags were handed over.
    Exported(HandedOver),
    /// They were not.
    NotExported(NotHandedOver),
    /// Tags were taken from another program's file.
    Imported {
        /// The file.
        path: PathBuf,
        /// How many are new.
        new: usize,
        /// How many were changed.
        changed: usize,
    },
    /// It was not read.
    NotImported(NotImported),
    /// A pack is being taken in.
    Unpacking,
    /// It was taken in.
    Unpacked {
        /// The folder it is in now.
        root: PathBuf,
        /// What was taken in.
        unpacked: Unpacked,
    },
    /// It was not taken in, or not to its end.
    NotUnpacked(PackError),
}

impl What {
    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::OpenFailed(_)
            | Self::NotCorrected(_)
            | Self::TableBad { .. }
            | Self::NotSaved(_)
            | Self::NotKept(_)
            | Self::NotRecovered { .. }
            | Self::NotLoaded(_)
            | Self::NotCarried(_)
            | Self::NotPacked(_)
            | Self::NotUnpacked(_)
            | Self::NotImported(_)
            | Self::BadCodebook(_)
            | Self::BadLexicon(_)
            | Self::SwitchNotKept(_)
            | Self::NoLayer(_)
            | Self::NotSubmitted(_)
            | Self::SubmittedChanged(_)
            | Self::ReviewNotWritten(_)
            | Self::ReviewingNotKept(_)
            | Self::TracesNotCleared { .. }
            | Self::Damaged { .. } => Severity::Error,
            Self::TracesCleared { left, .. } if !left.is_empty() => Severity::Warning,
            Self::NotExported(NotHandedOver::Delivered(NotDelivered::Stopped)) => Severity::Note,
            Self::NotExported(_) => Severity::Error,
            Self::Exported(handed) if !handed.is_whole() => Severity::Warning,
            Self::TableTaken { unknown: 1.., .. }
            | Self::TableTaken { bad: 1.., .. }
            | Self::EditedElsewhere(_)
            | Self::Forgotten(_)
            | Self::Conflicts { .. }
            | Self::ReportChanged(_)
            | Self::Earlier { .. }
            | Self::Carried { unplaced: 1.., .. }
            | Self::LayerAdded { unplaced: 1.., .. }
            | Self::LayerDamaged { .. }
            | Self::OwnLayer(_)
            | Self::Blind
            | Self::NotDecider(_)
            | Self::Barred(_)
            | Self::Outdated { .. }
            | Self::Newer(_)
            | Self::Slipped { .. }
            | Self::ReadingOnly
            | Self::BadName(_)
            | Self::BadFact(..)
            | Self::CannotUndo
            | Self::NotInPack { .. }
            | Self::EncodingFixed => Severity::Warning,
            Self::Packed { packed, .. } if !packed.left_out.is_empty() => Severity::Warning,
            Self::Unpacked { unpacked, .. }
                if unpacked.conflicts > 0 || !unpacked.differing.is_empty() || !unpacked.not_taken.is_empty() =>
            {
                Severity::Warning
            }
            Self::CopyMerged(_)
            | Self::TracesCleared { .. }
            | Self::TakenIn { .. }
            | Self::Carried { .. }
            | Self::LayerAdded { .. }
            | Self::Submitted
            | Self::ReviewWritten { .. }
            | Self::Exported(_)
            | Self::Imported { .. }
            | Self::TableWritten { .. }
            | Self::TableTaken { .. }
            | Self::Recovered { .. }
            | Self::TaggedIn { .. }
            | Self::Packing
            | Self::Packed { .. }
            | Self::Unpacking
            | Self::Unpacked { .. }
            | Self::ProposalsOff
            | Self::NothingToTag => Severity::Note,
        }
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its name.
    pub id: NoticeId,
    /// What it says.
    pub what: What,
}
