//! One opened report with everything a sitting does on it.

use super::history::History;
use super::layers::Layers;
use super::reviewing::UnderReview;
use super::suggesting::Suggested;
use crate::annotation::{Annotations, Carried, Codebook, DefinitionId, KindId, Tag, TagId, Time};
use crate::report::{Reading, Report, clause_at};
use crate::source::Method;
use crate::store::wire::{Ext, Extras, Role};
use crate::store::{ReportFolder, Seen, StoreError};
use crate::text::{Pos, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Names a document of this sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// What is selected: from where the person began to where the caret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it was begun.
    pub anchor: Pos,
    /// Where the caret is.
    pub caret: Pos,
}

impl Selection {
    /// A caret with nothing selected.
    pub const fn caret(place: Pos) -> Self {
        Self { anchor: place, caret: place }
    }

    /// A selected span with the caret at its end.
    pub const fn of(span: Span) -> Self {
        Self { anchor: span.start(), caret: span.end() }
    }

    /// The span selected; empty if there is only a caret.
    pub fn span(self) -> Span {
        Span::new(self.anchor, self.caret)
    }
}

/// Why a document's tags cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// The user's file is of a newer edition.
    Newer,
}

/// How far the work on a document is kept.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// Counts the changes made.
    pub made: u64,
    /// The last change the journal holds.
    pub kept: u64,
    /// The last change the person's file holds.
    pub saved: u64,
    /// Whether a save is under way.
    pub saving: bool,
    /// Whether another was asked for meanwhile.
    pub again: bool,
    /// When the first unsaved change was made, or the last save failed.
    pub since: Option<Time>,
    /// Why the last save failed.
    pub trouble: Option<StoreError>,
    /// Why the last journal entry failed.
    pub journal_trouble: Option<StoreError>,
    /// Where the tags go.
    pub folder: ReportFolder,
    /// Where the tags are moving, until they are there.
    pub(super) moving_to: Option<ReportFolder>,
    /// The person's file, once there is one.
    pub file: Option<PathBuf>,
    /// What later editions put into it.
    pub extras: Extras,
    /// Whether the report's own file is to be written too.
    pub report_changed: bool,
    /// Journals of cut-off sittings whose records are in this document and not yet in its file.
    pub orphans: Vec<PathBuf>,
    /// Whether the document goes when it is saved.
    pub closing: bool,
    /// What was last seen of the files on disk.
    pub(super) seen: Seen,
    /// Whether a look at them is under way.
    pub(super) looking: bool,
    /// When they are looked at next.
    pub(super) next_look: Time,
}

impl Keeping {
    pub(super) const fn new(folder: ReportFolder, file: Option<PathBuf>, extras: Extras) -> Self {
        Self {
            made: 0,
            kept: 0,
            saved: 0,
            saving: false,
            again: false,
            since: None,
            trouble: None,
            journal_trouble: None,
            folder,
            moving_to: None,
            file,
            extras,
            report_changed: false,
            orphans: Vec::new(),
            closing: false,
            seen: Seen::NOTHING,
            looking: false,
            next_look: Time(0),
        }
    }

    /// Notes that the file on disk lacks something, which lies safe elsewhere on disk.
    pub(super) fn lack_on_disk(&mut self, now: Time) {
        let all_kept = self.is_kept();
        self.made += 1;
        if all_kept {
            self.kept = self.made;
        }
        self.since.get_or_insert(now);
    }

    /// Whether every change is on the local disk.
    pub const fn is_kept(&self) -> bool {
        self.kept >= self.made || self.is_saved()
    }

    /// Whether every change is in the person's file.
    pub const fn is_saved(&self) -> bool {
        self.saved >= self.made
    }
}

/// One opened report.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name in this sitting.
    pub id: DocumentId,
    /// The report's file.
    pub path: PathBuf,
    /// What the user does in it: tag the report, or decide on what people tagged.
    pub role: Role,
    /// The report.
    pub report: Arc<Report>,
    /// SHA-256 of the file's bytes.
    pub original: String,
    /// How its text was got from them.
    pub method: Method,
    /// Whether a person chose that.
    pub chosen: bool,
    /// Where bytes could not be decoded, or glyphs not told.
    pub errors: Vec<Pos>,
    /// Whether the original holds more than was taken.
    pub left_out: bool,
    /// The codebook in force.
    pub(super) codebook: Arc<Codebook>,
    /// The user's tags on it.
    pub annotations: Arc<Annotations>,
    /// What is selected.
    pub selection: Selection,
    /// The tags picked, for the inspector and for commands.
    pub picked: Vec<TagId>,
    /// How it is read.
    pub view: Reading,
    /// The first place in view.
    pub place: Pos,
    /// Places marked to come back to.
    pub bookmarks: BTreeSet<Pos>,
    /// Why it cannot be changed, if it cannot.
    pub read_only: Option<ReadOnly>,
    /// How far its work is kept.
    pub keeping: Keeping,
    /// Counts the changes of what was corrected.
    pub(super) corrections_revision: u64,
    /// What later editions put into the report's file.
    pub(super) ext: Ext,
    pub(super) history: History,
    /// What is proposed for it.
    pub(super) suggested: Suggested,
    /// What other people put on the report.
    pub(super) layers: Layers,
    pub(super) under_review: UnderReview,
}

impl Document {
    /// The file's name.
    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The report's title, or else the file's name.
    pub fn title(&self) -> String {
        self.report.facts().get(crate::report::Field::Title).map_or_else(|| self.name(), str::to_owned)
    }

    /// What a tag made now would stand on: the selection without space at its ends, or the clause at the caret.
    pub fn taggable(&self) -> Option<Span> {
        let text = self.report.text();
        let span = self.selection.span();
        if span.is_empty() {
            let paragraph = self.report.paragraphs().get(self.report.paragraph_at(self.selection.caret))?;
            return clause_at(text, paragraph.span, self.selection.caret);
        }
        let span = Span::new(text.span().clamp(span.start()), text.span().clamp(span.end()));
        let lead = text.chars(span).take_while(|c| c.is_whitespace()).count();
        let tail = text.chars(span).rev().take_while(|c| c.is_whitespace()).count();
        let (lead, tail) = (u32::try_from(lead).ok()?, u32::try_from(tail).ok()?);
        (lead + tail < span.len()).then(|| Span::new(span.start().plus(lead), span.end().minus(tail)))
    }

    /// The name of the step Undo would take back.
    pub fn undo_name(&self) -> Option<&super::history::StepName> {
        self.history.undo_name()
    }

    /// The name of the step Redo would make again.
    pub fn redo_name(&self) -> Option<&super::history::StepName> {
        self.history.redo_name()
    }

    /// What other people put on the report, as far as it is shown.
    pub const fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The codebook in force.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The definition a tag of a kind is made by.
    pub fn definition(&self, kind: &KindId) -> Option<DefinitionId> {
        self.codebook.definition(kind)
    }

    /// The tags that were made by another definition than the one in force, or whose kind is no longer defined.
    pub fn outdated(&self) -> impl Iterator<Item = &Tag> + '_ {
        let now: BTreeMap<&KindId, Option<DefinitionId>> =
            self.codebook.kinds.iter().map(|kind| (&kind.id, self.codebook.definition(&kind.id))).collect();
        self.annotations.tags().filter(move |tag| match now.get(&tag.kind) {
            Some(now) => tag.definition.is_some_and(|then| Some(then.hash) != now.map(|now| now.hash)),
            None => true,
        })
    }

    /// The tags that came from another text and that nobody has looked at yet, in the order of the text.
    pub fn carried(&self) -> impl Iterator<Item = (&Tag, &Carried)> + '_ {
        self.annotations.tags().filter_map(|tag| Some((tag, tag.carried.as_deref()?)))
    }

    /// Tags whose words are not where they say.
    pub fn slipped(&self) -> impl Iterator<Item = TagId> + '_ {
        self.annotations.tags().filter(|tag| tag.is_placed() && !tag.anchor.holds(self.report.text())).map(|tag| tag.id)
    }
}
