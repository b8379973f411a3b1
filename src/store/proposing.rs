//! What the project of a report says of proposals: words and rules of its own, beside those that come with the program, and
//! whether proposals are shown at all.

use super::disk::Disk;
use super::error::StoreError;
use super::folders::{ReportFolder, project_file, project_for};
use super::project::shows_proposals;
use super::read::read_limited;
use crate::suggest::{Lexicon, LexiconError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file of words or rules that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;
/// Rules of a project's own, beside its codebook.
const RULES: &str = "rules.ron";
/// Indicators of its own.
const INDICATORS: &str = "indicators.ron";

/// What a project says of proposals.
#[derive(Clone, Debug)]
pub struct Proposing {
    /// The words and rules they are made by.
    pub lexicon: Arc<Lexicon>,
    /// Whether they are shown.
    pub shown: bool,
    /// The folder of the project.
    pub root: PathBuf,
}

/// Why a project's own words or rules are not in force.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexiconTrouble {
    /// They could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// They make no sense.
    #[error("{path}: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        why: LexiconError,
    },
}

/// What the project of a report says of proposals, and why words or rules of its own are not in force. A file that is
/// wrong counts as if it were not there.
pub fn proposing_of(disk: &dyn Disk, folder: &ReportFolder) -> (Proposing, Vec<LexiconTrouble>) {
    let mut lexicon = Lexicon::standard();
    let mut troubles = Vec::new();
    let [rules, indicators] = own_files(folder);
    for (path, are_rules) in [(rules, true), (indicators, false)] {
        let text = match read_limited(disk, &path, LARGEST) {
            Ok(bytes) => super::unseal(&bytes).0,
            Err(StoreError::Missing(_)) => continue,
            Err(error) => {
                troubles.push(error.into());
                continue;
            }
        };
        let own = if are_rules { lexicon.with(&text, "") } else { lexicon.with("", &text) };
        match own {
            Ok(own) => lexicon = Arc::new(own),
            Err(why) => troubles.push(LexiconTrouble::Unreadable { path, why }),
        }
    }
    let root = project_for(disk, folder.project().unwrap_or(Path::new(""))).to_owned();
    (Proposing { lexicon, shown: shows_proposals(disk, &root), root }, troubles)
}

/// The files in which a project has rules and indicators of its own.
fn own_files(folder: &ReportFolder) -> [PathBuf; 2] {
    let kept = folder.path().parent().unwrap_or(Path::new(""));
    [kept.join(RULES), kept.join(INDICATORS)]
}

/// The files that what a project says of proposals stands in.
pub(super) fn files_of(folder: &ReportFolder, root: &Path) -> [PathBuf; 3] {
    let [rules, indicators] = own_files(folder);
    [rules, indicators, project_file(root)]
}
