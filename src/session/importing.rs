//! Taking tags in that were made or changed in other programs: a file is read, a person looks at what it brings, and what they
//! say is taken in one step.

use super::command::{Command, ImportCommand};
use super::document::DocumentId;
use super::effect::Effect;
use super::exporting::Spoken;
use super::history::StepName;
use super::notice::What;
use super::state::State;
use super::tagging::{ask_name, commit};
use crate::annotation::{Codebook, Time};
use crate::exchange::{Brings, Brought, Format, Known, Labels, NotATable, OwnNames, Received, Taken, Taker, taken};
use crate::report::Report;
use crate::store::{Disk, StoreError, read_limited};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A file that is to bring tags for a document. Nothing of it is taken yet.
#[derive(Clone, Debug)]
pub struct Import {
    /// The document.
    pub document: DocumentId,
    /// The file.
    pub path: PathBuf,
    /// What it was read as, and what it brought; or why it was not read, which another format may mend.
    pub read: Result<(Format, Arc<Brought>), NotImported>,
}

impl Import {
    /// What the file was read as, or was to be.
    pub fn format(&self) -> Option<Format> {
        match &self.read {
            Ok((format, _)) | Err(NotImported::Unfit { format, .. }) => Some(*format),
            Err(NotImported::Store(_) | NotImported::Empty(_) | NotImported::Unknown(_)) => None,
        }
    }
}

/// Why a file of tags was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotImported {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing in it.
    #[error("{0}: empty")]
    Empty(PathBuf),
    /// Nothing says what it is.
    #[error("{0}: of no format that is known")]
    Unknown(PathBuf),
    /// It is not of the format.
    #[error("{path}: {why}")]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What it was to be.
        format: Format,
        /// Why.
        why: NotATable,
    },
}

impl NotImported {
    /// Whether the file may be of another format than it was read as.
    const fn may_be_of_another_format(&self) -> bool {
        match self {
            Self::Unknown(_) | Self::Unfit { .. } => true,
            Self::Store(_) | Self::Empty(_) => false,
        }
    }
}

/// Reads a file as tags of a report; without a format as what it seems to be.
///
/// # Errors
/// If it cannot be read, is empty, or is of no format that is known.
pub fn read_brought(
    disk: &dyn Disk,
    path: &Path,
    format: Option<Format>,
    report: &Report,
    book: &Codebook,
    spoken: &[Spoken],
) -> Result<(Format, Brought), NotImported> {
    let bytes = read_limited(disk, path, LARGEST)?;
    if bytes.trim_ascii().is_empty() {
        return Err(NotImported::Empty(path.to_owned()));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let format = format.or_else(|| Format::guess(&name, &bytes)).filter(|format| format.is_read());
    let format = format.ok_or_else(|| NotImported::Unknown(path.to_owned()))?;
    let beside = format.companion(&name).and_then(|name| read_limited(disk, &path.with_file_name(name), LARGEST).ok());
    let named: Vec<OwnNames<'_>> = spoken.iter().map(|spoken| OwnNames { labels: spoken.labels(), book }).collect();
    let labels: Vec<&dyn Labels> = named.iter().map(|named| named as &dyn Labels).collect();
    let kinds = BTreeMap::new();
    let known = Known { book, labels: &labels, kinds: &kinds };
    let brought = format.read(Received { bytes: &bytes, beside: beside.as_deref() }, report, &known);
    let brought = brought.map_err(|why| NotImported::Unfit { path: path.to_owned(), format, why })?;
    Ok((format, brought))
}

pub(super) fn update(state: &mut State, command: ImportCommand, now: Time) -> Vec<Effect> {
    match command {
        ImportCommand::Read { .. } if state.person().is_none() => ask_name(state, Command::Import(command)),
        ImportCommand::Read { path, format, spoken } => read(state, path, format, spoken),
        ImportCommand::Came(_, _, Err(why)) if !why.may_be_of_another_format() => {
            state.tell(What::NotImported(why));
            Vec::new()
        }
        ImportCommand::Came(document, path, read) => {
            if state.get(document).is_some() {
                state.import = Some(Arc::new(Import { document, path, read }));
            }
            Vec::new()
        }
        ImportCommand::Take { document, path, items } => take(state, document, path, &items, now),
        ImportCommand::Leave => {
            state.import = None;
            Vec::new()
        }
    }
}

fn read(state: &mut State, path: PathBuf, format: Option<Format>, spoken: Vec<Spoken>) -> Vec<Effect> {
    let Some(document) = state.document().filter(|document| !document.is_review()) else { return Vec::new() };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    let (document, report, book) = (document.id, Arc::clone(&document.report), Arc::clone(&document.codebook));
    state.notices.retain(|notice| !matches!(notice.what, What::NotImported(_) | What::Imported { .. }));
    vec![Effect::Import { document, report, book, path, format, spoken }]
}

/// Takes what was chosen of a file into its document, in one step.
fn take(state: &mut State, id: DocumentId, path: PathBuf, items: &[Taken], now: Time) -> Vec<Effect> {
    state.import = None;
    let Some(person) = state.person() else { return Vec::new() };
    let Some(document) = state.get(id).filter(|document| document.read_only.is_none()) else { return Vec::new() };
    let (report, book) = (Arc::clone(&document.report), Arc::clone(&document.codebook));
    let own = Arc::clone(&document.annotations);
    let taker = Taker { report: &report, book: &book, person: &person, own: &own };
    let edit = taken(items, taker, || state.ids.next(now));
    // The step changes the records themselves, not a copy of them.
    drop(own);
    let new = items.iter().filter(|item| matches!(item.what, Brings::New { .. })).count();
    state.active = Some(id);
    let effects = commit(state, StepName::Import(items.len()), edit, now);
    state.tell(What::Imported { path, new, changed: items.len() - new });
    effects
}
