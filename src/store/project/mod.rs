//! A folder of reports: what lies in it, read in the background, and remembered in an index beside the tags.
//!
//! The index is a convenience: without it everything is read anew.

mod card;
mod file;
mod index;
mod listed;
mod proposals;
mod reviewing;
mod scan;
mod search;
mod sections;
mod seen;

pub use card::{Card, CardState, CountsByPart, PartCard, PersonCard, TagCounts};
pub(super) use file::shows_proposals;
pub use file::{mark_project, show_proposals};
pub use index::{load_index, save_index};
pub use proposals::ProposalCount;
pub(super) use reviewing::said_in;
pub use reviewing::{Reviewing, Sample, change_reviewing, reviewing_of};
pub(super) use scan::is_candidate;
pub use scan::{Progress, Scan, scan};
pub use search::{FolderHit, Job, JobEvent, run_job};
pub use sections::{ReportSections, sections_in};
pub use seen::{SeenWork, Viewer};

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Says to work in the background that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Stops the work at its next step.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it is to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
