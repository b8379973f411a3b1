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
use crate::exchange::{Brings, Brought, Format, Known, Labels, NotATable, Received, Taken, Taker, taken};
use crate::report::Report;
use crate::store::{Disk, StoreError, read_limited};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// What a file brought for a document. Nothing of it is taken yet.
#[derive(Clone, Debug)]
pub struct Import {
    /// The document.
    pub document: DocumentId,
    /// The file.
    pub path: PathBuf,
    /// What it was read as.
    pub format: Format,
    /// What it brought.
    pub brought: Arc<Brought>,
}

/// Why a file of tags was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotImported {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing says what it is.
    #[error("{0}: of no format that is known")]
    Unknown(PathBuf),
    /// It is not of the format.
    #[error("{path}: {why}")]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why.
        why: NotATable,
    },
}

/// Reads a file as tags of a report; without a format as what it seems to be.
///
/// # Errors
/// If it cannot be read, or is of no format that is known.
pub fn read_brought(
    disk: &dyn Disk,
    path: &Path,
    format: Option<Format>,
    report: &Report,
    book: &Codebook,
    spoken: &[Spoken],
) -> Result<(Format, Brought), NotImported> {
    let bytes = read_limited(disk, path, LARGEST)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let format = format.or_else(|| Format::guess(&name, &bytes)).filter(|format| format.is_read());
    let format = format.ok_or_else(|| NotImported::Unknown(path.to_owned()))?;
    // brat has the text in a file of its own.
    let beside = if format == Format::Brat { read_limited(disk, &path.with_extension("txt"), LARGEST).ok() } else { None };
    let labels: Vec<&dyn Labels> = spoken.iter().map(Spoken::labels).collect();
    let kinds = BTreeMap::new();
    let known = Known { book, labels: &labels, kinds: &kinds };
    let brought = format.read(Received { bytes: &bytes, beside: beside.as_deref() }, report, &known);
    let brought = brought.map_err(|why| NotImported::Unfit { path: path.to_owned(), why })?;
    Ok((format, brought))
}

pub(super) fn update(state: &mut State, command: ImportCommand, now: Time) -> Vec<Effect> {
    match command {
        ImportCommand::Read { .. } if state.person().is_none() => ask_name(state, Command::Import(command)),
        ImportCommand::Read { path, format, spoken } => read(state, path, format, spoken),
        ImportCommand::Came(document, path, Ok((format, brought))) => {
            if state.get(document).is_some() {
                state.import = Some(Import { document, path, format, brought });
            }
            Vec::new()
        }
        ImportCommand::Came(_, _, Err(why)) => {
            state.tell(What::NotImported(why));
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
