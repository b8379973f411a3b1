//! Packing reports and what is kept of them into one file, and taking such a pack in.

use super::command::{KeepCommand, ProjectCommand};
use super::effect::Effect;
use super::notice::What;
use super::state::State;
use crate::annotation::Time;
use crate::store::{PackCard, PackError, Packed, StoreError, Unpacked};
use std::path::{Path, PathBuf};

/// What is to be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packing {
    /// The folder the reports lie in: a pack is laid out as it is.
    pub root: PathBuf,
    /// The reports.
    pub reports: Vec<PathBuf>,
    /// The file to pack them into.
    pub to: PathBuf,
}

/// A pack that was opened; the person has to say where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPack {
    /// Where it lies.
    pub path: PathBuf,
    /// What it holds.
    pub card: PackCard,
}

/// Whether a file is named as packs are.
pub fn is_named_as_pack(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Saves everything, then packs. A save that is under way holds an earlier state, so it is not enough to ask for another.
pub(super) fn begin(state: &mut State, to: PathBuf, now: Time) -> Vec<Effect> {
    let Some((root, reports)) = packable(state) else { return Vec::new() };
    state.notices.retain(|notice| !matches!(notice.what, What::Packed { .. } | What::NotPacked(_) | What::NotInPack { .. }));
    state.tell(What::Packing);
    state.packing = Some(Packing { root, reports, to });
    let mut effects = super::keeping::update(state, KeepCommand::SaveAll, now);
    effects.extend(go_on(state));
    effects
}

impl State {
    /// Whether there is something to pack: reports of the folder that is open, once it has been read whole; without one the
    /// report that is shown.
    pub fn can_pack(&self) -> bool {
        self.project.as_ref().map_or(self.document().is_some(), |project| project.complete && !project.cards.is_empty())
    }
}

/// The folder that is packed, and the reports in it.
fn packable(state: &State) -> Option<(PathBuf, Vec<PathBuf>)> {
    if !state.can_pack() {
        return None;
    }
    if let Some(project) = &state.project {
        return Some((project.root.clone(), project.cards.iter().map(|card| card.path.clone()).collect()));
    }
    let report = &state.document()?.path;
    Some((report.parent()?.to_owned(), vec![report.clone()]))
}

/// Packs what waits to be packed, if everything is saved.
pub(super) fn go_on(state: &mut State) -> Vec<Effect> {
    if !state.all_saved() {
        return Vec::new();
    }
    let Some(packing) = state.packing.take() else { return Vec::new() };
    tell_elsewhere(state, &packing.reports);
    vec![Effect::Pack(packing)]
}

/// Says which tags will not be in the pack, because they are kept in no folder above their report.
fn tell_elsewhere(state: &mut State, reports: &[PathBuf]) {
    let documents = state.documents.iter().filter(|document| reports.contains(&document.path) && document.annotations.tag_count() > 0);
    let elsewhere = documents.filter(|document| document.keeping.folder.project().is_some_and(|above| !document.path.starts_with(above)));
    let told: Vec<What> =
        elsewhere.map(|document| What::NotInPack { report: document.title(), folder: document.keeping.folder.path().to_owned() }).collect();
    told.into_iter().for_each(|what| state.tell(what));
}

/// Work could not be saved: a pack without it would look whole.
pub(super) fn give_up(state: &mut State, error: &StoreError) {
    if let Some(packing) = state.packing.take() {
        packed(state, packing.to, Err(error.clone()));
    }
}

/// Says what came of packing.
pub(super) fn packed(state: &mut State, path: PathBuf, result: Result<Packed, StoreError>) {
    state.notices.retain(|notice| notice.what != What::Packing);
    state.tell(match result {
        Ok(packed) => What::Packed { path, packed },
        Err(error) => What::NotPacked(error),
    });
}

/// A file that was opened is a pack.
pub(super) fn found(state: &mut State, path: PathBuf, card: PackCard) {
    state.opening.retain(|opening| opening.path != path);
    state.packs.retain(|pack| pack.path != path);
    state.packs.push(FoundPack { path, card });
}

/// A pack that was opened cannot be taken in.
pub(super) fn refused(state: &mut State, path: &Path, error: PackError) {
    state.opening.retain(|opening| opening.path != path);
    state.tell(What::NotUnpacked(error));
}

/// Takes a pack in.
pub(super) fn unpack(state: &mut State, pack: PathBuf, root: PathBuf) -> Vec<Effect> {
    state.packs.retain(|found| found.path != pack);
    state.notices.retain(|notice| !matches!(notice.what, What::Unpacked { .. } | What::NotUnpacked(_)));
    state.tell(What::Unpacking);
    vec![Effect::Unpack { pack, root }]
}

/// Says what came of taking a pack in, and shows the folder it is in now. Reports that are open take in what is new to
/// them as they do from anybody.
pub(super) fn unpacked(state: &mut State, root: PathBuf, result: Result<Unpacked, PackError>, now: Time) -> Vec<Effect> {
    state.notices.retain(|notice| notice.what != What::Unpacking);
    match result {
        Ok(unpacked) => {
            let is_open = state.project.as_ref().is_some_and(|project| project.root == root);
            state.tell(What::Unpacked { root: root.clone(), unpacked });
            let command = if is_open { ProjectCommand::LookAgain } else { ProjectCommand::Open(root) };
            super::project::update(state, command, now)
        }
        Err(error) => {
            state.tell(What::NotUnpacked(error));
            Vec::new()
        }
    }
}
