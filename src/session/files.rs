//! Commands of files: opening, pasting, closing.

use super::command::{FileCommand, ProjectCommand, ReviewCommand};
use super::document::{Document, DocumentId, Keeping, ReadOnly, Selection};
use super::effect::Effect;
use super::history::History;
use super::keeping::{journal, remember, save};
use super::layers::Layers;
use super::notice::What;
use super::reviewing::UnderReview;
use super::state::{Opening, State};
use super::suggesting::Suggested;
use crate::annotation::{Annotations, Time};
use crate::report::{Reading, ScriptView};
use crate::source::{Extent, Wish};
use crate::store::wire::{Extras, Role};
use crate::store::{Entry, LoadedFile, OpenRequest, Opened, ReadingPlace, ReportTrouble, Seal};
use crate::text::Pos;
use crate::text::decode::Encoding;
use crate::text::repair::{Repair, Repairs};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

pub(super) fn update(state: &mut State, command: FileCommand, now: Time) -> Vec<Effect> {
    match command {
        FileCommand::Open(paths) => paths.into_iter().flat_map(|path| open_any(state, path, now)).collect(),
        FileCommand::OpenAt(path, span) => super::project::open_at(state, path, span, now),
        FileCommand::IsFolder(path) => {
            state.opening.retain(|opening| opening.path != path);
            super::project::update(state, ProjectCommand::Open(path), now)
        }
        FileCommand::Reopen(wish) => reopen(state, wish, now),
        FileCommand::Opened(opened) => finish_opening(state, *opened, now),
        FileCommand::OpenFailed(path, error) => {
            state.opening.retain(|opening| opening.path != path);
            state.waiting_for.remove(&path);
            state.memory.recent.retain(|recent| recent.path != path);
            state.tell(What::OpenFailed(error));
            Vec::new()
        }
        FileCommand::Paste(text) => {
            if text.trim().is_empty() {
                return Vec::new();
            }
            vec![Effect::Paste(text)]
        }
        FileCommand::Activate(id) => {
            if state.get(id).is_some() {
                state.active = Some(id);
            }
            Vec::new()
        }
        FileCommand::Close(id) => close(state, id, now),
        FileCommand::Carry(from) => super::carrying::begin(state, from),
        FileCommand::Carried(id, found) => super::carrying::end(state, id, found.map(|carry| *carry), now),
        FileCommand::ReadAgain(path) => read_again(state, path, now),
        FileCommand::PackFound(path, card) => {
            super::packing::found(state, path, card);
            Vec::new()
        }
        FileCommand::PackRefused(path, error) => {
            super::packing::refused(state, &path, error);
            Vec::new()
        }
        FileCommand::Unpack(pack, root) => super::packing::unpack(state, pack, root),
        FileCommand::LeavePack(path) => {
            state.packs.retain(|pack| pack.path != path);
            Vec::new()
        }
    }
}

/// Opens a file: a report, or a colleague's tags beside those of the report that is shown.
fn open_any(state: &mut State, path: PathBuf, now: Time) -> Vec<Effect> {
    let is_persons = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    if is_persons && state.document().is_some() {
        return super::reviewing::update(state, ReviewCommand::AddLayer(path), now);
    }
    open(state, path, None, Role::Annotation, now)
}

/// Opens a report to do in it what a role does.
pub(super) fn open_as(state: &mut State, path: PathBuf, role: Role, now: Time) -> Vec<Effect> {
    open(state, path, None, role, now)
}

fn open(state: &mut State, path: PathBuf, wish: Option<Wish>, role: Role, now: Time) -> Vec<Effect> {
    if let Some(document) = state.documents.iter().find(|document| document.path == path && document.role == role && wish.is_none()) {
        state.active = Some(document.id);
        return Vec::new();
    }
    if state.opening.iter().any(|opening| opening.path == path && opening.role == role) {
        return Vec::new();
    }
    let id = state.new_document_id();
    state.opening.push(Opening { path: path.clone(), since: now, id, role: role.clone() });
    let remembered = remembered(state);
    vec![Effect::Read { path, request: OpenRequest { wish, kept_in: None, person: state.person(), role }, remembered }]
}

/// How a file was chosen to be read, if it was.
fn wish_of(place: &ReadingPlace) -> Option<Wish> {
    let encoding = Encoding::from_name(&place.encoding);
    let extent = if place.whole { Extent::Whole } else { Extent::Main };
    (encoding.is_some() || place.whole).then_some(Wish { encoding, extent })
}

/// Reads a document's file again after it has changed: it is then another text, with tags of its own.
fn read_again(state: &mut State, path: PathBuf, now: Time) -> Vec<Effect> {
    let open: Vec<(DocumentId, Role)> =
        state.documents.iter().filter(|document| document.path == path).map(|document| (document.id, document.role.clone())).collect();
    state.notices.retain(|notice| !matches!(&notice.what, What::ReportChanged(other) if *other == path));
    let mut effects = Vec::new();
    for (id, role) in open {
        effects.extend(save(state, id, now));
        let id = state.new_document_id();
        state.opening.push(Opening { path: path.clone(), since: now, id, role: role.clone() });
        let request = OpenRequest { wish: None, kept_in: None, person: state.person(), role };
        effects.push(Effect::Read { path: path.clone(), request, remembered: remembered(state) });
    }
    effects
}

/// By the hash of a file's bytes: how it was chosen to be read and where its tags are kept.
fn remembered(state: &State) -> BTreeMap<String, (Option<Wish>, Option<PathBuf>)> {
    state.memory.places().map(|(hash, place)| (hash.clone(), (wish_of(place), place.kept_in.clone()))).collect()
}

/// Opens the active document again, read otherwise. Tags stand on the present text, so it must have none.
fn reopen(state: &mut State, wish: Wish, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else {
        return Vec::new();
    };
    if document.annotations.tag_count() > 0 {
        state.tell(What::EncodingFixed);
        return Vec::new();
    }
    let (path, role) = (document.path.clone(), document.role.clone());
    open(state, path, Some(wish), role, now)
}

fn finish_opening(state: &mut State, opened: Opened, now: Time) -> Vec<Effect> {
    let is_asked = |opening: &&Opening| opening.path == opened.path && opening.role == opened.role;
    let asked = state.opening.iter().find(is_asked).map(|opening| opening.id);
    state.opening.retain(|opening| !is_asked(&opening));
    state.notices.retain(|notice| !matches!(notice.what, What::OpenFailed(_)));
    let id = asked.unwrap_or_else(|| state.new_document_id());
    tell_troubles(state, &opened);
    let own = opened.own.filter(|own| own.record.report == opened.report.id());
    let newer = own.as_ref().is_some_and(|own| own.troubles.newer);
    let (annotations, file, extras) = own.map_or_else(
        || (Annotations::default(), None, Extras::default()),
        |LoadedFile { path, record, .. }| (record.annotations, Some(path), record.extras),
    );
    let place = state.memory.place(&opened.original).cloned().unwrap_or_default();
    let own = ScriptView::own(opened.report.script());
    let repairs = Repair::ALL
        .into_iter()
        .fold(Repairs::NONE, |repairs, repair| repairs.with(repair, !place.unrepaired.iter().any(|key| key == repair.key())));
    let view = Reading { script: ScriptView::from_key(&place.view).unwrap_or(own), wording: place.wording, repairs };
    // Bookmarks stand at paragraphs; in another encoding the text has others.
    let starts: BTreeSet<Pos> = opened.report.paragraphs().iter().map(|paragraph| paragraph.span.start()).collect();
    let bookmarks = place.bookmarks.iter().map(|&place| Pos::new(place)).filter(|place| starts.contains(place)).collect();
    let all = opened.report.text().span();
    let beside = state.documents.iter().find(|beside| beside.path == opened.path);
    let layers = beside.map_or_else(Layers::default, |beside| Layers::beside(&beside.layers));
    let mut document = Document {
        id,
        view,
        report: Arc::new(opened.report),
        original: opened.original,
        method: opened.method,
        chosen: opened.chosen,
        errors: opened.errors,
        left_out: opened.left_out,
        codebook: opened.codebook,
        annotations: Arc::new(annotations),
        selection: Selection::caret(starts.first().map_or(Pos::ZERO, |first| all.clamp(Pos::new(place.place)).max(*first))),
        picked: Vec::new(),
        place: all.clamp(Pos::new(place.place)),
        bookmarks,
        read_only: newer.then_some(ReadOnly::Newer),
        keeping: Keeping::new(opened.folder, file, extras),
        corrections_revision: opened.corrections_revision,
        ext: opened.ext,
        history: History::default(),
        suggested: Suggested::new(opened.proposing),
        layers,
        under_review: UnderReview::new(opened.reviewing),
        role: opened.role,
        path: opened.path,
    };
    document.layers.take(opened.layers).into_iter().for_each(|what| state.tell(what));
    document.under_review.take_submitted(opened.submitted).into_iter().for_each(|what| state.tell(what));
    if !document.is_review()
        && let Some(span) = state.waiting_for.remove(&document.path)
    {
        super::project::go(&mut document, span);
    }
    let is_ahead = take_corrections(state, &mut document);
    if !opened.copies.is_empty() && document.read_only.is_none() {
        // What copies held is in their files until it is in the person's own.
        document.keeping.lack_on_disk(now);
    }
    tell_doubts(state, &document);
    let slipped = document.slipped().count();
    if slipped > 0 {
        state.tell(What::Slipped { tags: slipped });
    }
    state.memory.opened(&document.path, &document.title());
    // A document opened again, in another encoding, takes the place of the one before.
    state.documents.retain(|other| other.path != document.path || other.role != document.role);
    state.documents.push(document);
    state.documents.sort_by_key(|document| document.id);
    if is_ahead {
        super::corrections::share(state, id);
    }
    let recovered = take_recovered(state, now);
    // Of several asked for at once the last stands in front, whichever is read first.
    state.active = state.active.filter(|active| *active > id && state.documents.iter().any(|document| document.id == *active)).or(Some(id));
    let mut effects = remember(state);
    effects.extend(recovered);
    effects.push(Effect::LoadWords);
    effects
}

/// Gives a document what was corrected, and may not be saved, in the one in which the report is tagged or reviewed beside it;
/// says whether that one lacks what the disk has.
fn take_corrections(state: &State, document: &mut Document) -> bool {
    let is_beside =
        |beside: &&Document| beside.path == document.path && beside.role != document.role && beside.report.id() == document.report.id();
    let Some(beside) = state.documents.iter().find(is_beside) else { return false };
    if beside.keeping.is_saved() && beside.corrections_revision < document.corrections_revision {
        return true;
    }
    (document.report, document.corrections_revision) = (Arc::clone(&beside.report), beside.corrections_revision);
    false
}

/// Says what in the tags of a document just opened has to be looked at.
fn tell_doubts(state: &mut State, document: &Document) {
    let conflicts = document.annotations.conflicts().count();
    if conflicts > 0 {
        state.tell(What::Conflicts { report: document.title(), tags: conflicts });
    }
    let outdated = document.outdated().count();
    if outdated > 0 {
        state.tell(What::Outdated { report: document.title(), tags: outdated });
    }
}

fn tell_troubles(state: &mut State, opened: &Opened) {
    for error in &opened.failed {
        state.tell(What::NotLoaded(error.clone()));
    }
    match &opened.report_trouble {
        Some(ReportTrouble::Unreadable(error)) => state.tell(What::NotLoaded(error.clone())),
        Some(ReportTrouble::Edited(path)) => state.tell(What::EditedElsewhere(path.clone())),
        None => {}
    }
    let is_damaged = |path: &&PathBuf| opened.layers.layers.iter().any(|layer| layer.path == **path && layer.lost > 0);
    for path in opened.others_edited.iter().filter(|path| !is_damaged(path)) {
        state.tell(What::EditedElsewhere(path.clone()));
    }
    for copy in &opened.copies {
        state.tell(What::CopyMerged(copy.clone()));
    }
    if let Some(trouble) = &opened.codebook_trouble {
        state.tell(What::BadCodebook(trouble.clone()));
    }
    for trouble in &opened.lexicon_troubles {
        state.tell(What::BadLexicon(trouble.clone()));
    }
    if let Some(earlier) = opened.earlier.first() {
        state.tell(What::Earlier { report: opened.path.clone(), edition: earlier.clone() });
    }
    let Some(own) = &opened.own else { return };
    if own.troubles.newer {
        state.tell(What::Newer(own.path.clone()));
    } else if own.is_damaged() {
        state.tell(What::Damaged { path: own.path.clone(), lines: own.troubles.lost.iter().filter(|line| !line.is_empty()).count() });
    } else if own.seal == Seal::Broken {
        state.tell(What::EditedElsewhere(own.path.clone()));
    }
}

/// Lays what cut-off sittings left behind over the opened documents it is about. What is about a report that is not open
/// stays for when it is.
pub(super) fn take_recovered(state: &mut State, now: Time) -> Vec<Effect> {
    let person = state.person().map(|person| person.id);
    let mut effects = Vec::new();
    for found in state.recovered.clone() {
        let about =
            |document: &&mut Document| document.report.id() == found.report && document.role == found.role && document.read_only.is_none();
        let Some(document) = state.documents.iter_mut().find(about).filter(|_| person == Some(found.person.id)) else { continue };
        let id = document.id;
        state.recovered.retain(|other| other.path != found.path);
        let merged = document.annotations.merged(&found.annotations);
        let newer = found.corrections.filter(|(revision, _)| *revision > document.corrections_revision);
        let in_place = !state.not_in_place.remove(&found.path);
        if in_place && (merged != *document.annotations || newer.is_some()) {
            document.keeping.lack_on_disk(now);
        }
        document.annotations = Arc::new(merged);
        let mut entries = vec![Entry::of_records(&found.annotations)];
        let is_corrected = newer.is_some();
        if let Some((revision, corrections)) = newer {
            entries.push(Entry::of_corrections(&corrections, revision));
            document.corrections_revision = revision;
            document.report = Arc::new(document.report.corrected(corrections));
            document.keeping.report_changed = true;
        }
        if !in_place {
            // That journal could be read; whether its last line would survive a power cut is not known.
            document.keeping.orphans.push(found.path);
            effects.extend(entries.into_iter().flat_map(|entry| journal(state, id, entry, now)));
        }
        if is_corrected {
            super::corrections::share(state, id);
        }
    }
    effects
}

fn close(state: &mut State, id: DocumentId, now: Time) -> Vec<Effect> {
    let mut effects = remember(state);
    let Some(document) = state.get_mut(id) else {
        return effects;
    };
    if document.keeping.is_saved() {
        remove(state, id);
        return effects;
    }
    document.keeping.closing = true;
    effects.extend(save(state, id, now));
    effects
}

/// Takes a document away; the one beside it is shown.
pub(super) fn remove(state: &mut State, id: DocumentId) {
    let at = state.documents.iter().position(|document| document.id == id);
    state.documents.retain(|document| document.id != id);
    if state.active == Some(id) {
        let beside = at.and_then(|at| state.documents.get(at).or_else(|| state.documents.get(at.checked_sub(1)?)));
        state.active = beside.map(|document| document.id);
    }
}
