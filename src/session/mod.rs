//! The state of one sitting, and the only way it changes: [`update()`] takes a [`Command`] and returns the
//! [`Effect`]s to run. It reads no clock and touches no disk; the [`Runner`] does both for `ui` and `cli`.

mod arranging;
mod carrying;
mod command;
mod corrections;
mod deciding;
mod document;
mod doubts;
mod effect;
mod exporting;
mod files;
mod history;
mod identity;
mod importing;
mod keeping;
mod layers;
mod letters;
mod measuring;
mod notice;
mod on_two_threads;
mod outside;
mod packing;
mod project;
mod reading;
mod reviewing;
mod runner;
mod state;
mod suggesting;
mod tagging;
mod traces;
mod update;
mod watching;

pub use arranging::{Barred, Survey};
pub use carrying::{Carry, CarryFrom};
pub use command::{
    Choice, Command, ExportCommand, FileCommand, ImportCommand, KeepCommand, ProjectCommand, ReadCommand, ReportCommand, ReviewCommand,
    SuggestCommand, TagCommand, Verdict,
};
pub use document::{Document, DocumentId, Keeping, ReadOnly, Selection};
pub use doubts::{Doubt, doubts, settled};
pub use effect::{Effect, JournalTarget, SaveJob};
pub use exporting::{Export, ExportJob, Exporting, HandedOver, HandedWork, Handing, NotHandedOver, Spoken, hand_over, with_handed};
pub use history::StepName;
pub use identity::IdSource;
pub use importing::{Import, NotImported, read_brought};
pub use layers::{LayerShown, Layers, ShownLayer};
pub use measuring::{Measure, Measurement};
pub use notice::{Notice, NoticeId, Severity, What};
pub use on_two_threads::on_two_threads;
pub use outside::{Concerned, Outside, Stored, concerned, outside};
pub use packing::{FoundPack, Packing, is_named_as_pack};
pub use project::{Correction, Project, Work};
pub use reviewing::Review;
pub use runner::Runner;
pub use state::{Opening, Question, State};
pub use update::update;
