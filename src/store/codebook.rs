//! The codebook in force for a report: the project's own, `jiannuo/codebook.ron`, or else the one that comes with the program.

use super::disk::{Disk, is_file};
use super::error::StoreError;
use super::folders::ReportFolder;
use super::read::read_limited;
use crate::annotation::{Codebook, CodebookError};
use std::path::PathBuf;
use std::sync::Arc;

/// The largest codebook that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Why a project's codebook is not in force.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookTrouble {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It makes no sense.
    #[error("{path}: {why}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        why: CodebookError,
    },
}

/// The codebook for a report, and why it is not the project's own if that should be so.
pub fn codebook_of(disk: &dyn Disk, folder: &ReportFolder) -> (Arc<Codebook>, Option<CodebookTrouble>) {
    let path = folder.path().parent().map(|kept| kept.join("codebook.ron")).filter(|path| is_file(disk, path));
    let Some(path) = path else { return (Codebook::standard(), None) };
    let read = read_limited(disk, &path, LARGEST).map_err(CodebookTrouble::from).and_then(|bytes| {
        let text = super::unseal(&bytes).0;
        Codebook::parse(&text).map_err(|why| CodebookTrouble::Unreadable { path, why })
    });
    match read {
        Ok(book) => (Arc::new(book), None),
        Err(trouble) => (Codebook::standard(), Some(trouble)),
    }
}
