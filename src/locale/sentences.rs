//! Sentences: what went wrong with which file, and what to do.

use super::Words;
use crate::annotation::CodebookError;
use crate::quantity::Unread;
use crate::report::{Field, Secrecy};
use crate::session::{Barred, StepName, What};
use crate::source::Place;
use crate::store::{CodebookTrouble, EditionError, LayerError, LexiconTrouble, LoadError, NameProblem, OpenError, StoreError};

impl Words {
    /// What a step did, for the Edit menu.
    pub fn step(&self, step: &StepName) -> String {
        match step {
            StepName::Make(kind) => self.fill("step_make", &[self.kind(kind)]),
            StepName::MakeAll(kind, count) => self.fill("step_make_all", &[self.kind(kind), &count.to_string()]),
            StepName::SetKind(kind, count) => self.fill("step_set_kind", &[self.kind(kind), &count.to_string()]),
            StepName::Delete(count) => self.fill("step_delete", &[&count.to_string()]),
            StepName::Unsure(count) => self.fill("step_unsure", &[&count.to_string()]),
            StepName::Note => self.get("step_note").to_owned(),
            StepName::Attribute(attribute, count) => self.fill("step_attribute", &[self.attribute(attribute), &count.to_string()]),
            StepName::Quantities => self.get("step_quantities").to_owned(),
            StepName::Span => self.get("step_span").to_owned(),
            StepName::Link => self.get("step_link").to_owned(),
            StepName::Unlink => self.get("step_unlink").to_owned(),
            StepName::Correct => self.get("step_correct").to_owned(),
            StepName::Carry(count) => self.fill("step_carry", &[&count.to_string()]),
            StepName::Accept(count) => self.fill("step_accept", &[&count.to_string()]),
            StepName::Reject(count) => self.fill("step_reject", &[&count.to_string()]),
            StepName::DismissHint => self.get("step_dismiss_hint").to_owned(),
            StepName::Confirm(count) => self.fill("step_confirm", &[&count.to_string()]),
            StepName::Uphold(count) => self.fill("step_uphold", &[&count.to_string()]),
            StepName::Decide => self.get("step_decide").to_owned(),
            StepName::Judge(count) => self.fill("step_judge", &[&count.to_string()]),
            StepName::AcceptAgreed(count) => self.fill("step_accept_agreed", &[&count.to_string()]),
            StepName::Reopen => self.get("step_reopen").to_owned(),
            StepName::Comment => self.get("step_comment").to_owned(),
            StepName::Settle => self.get("step_settle").to_owned(),
            StepName::MarkRead => self.get("step_mark_read").to_owned(),
            StepName::Import(count) => self.fill("step_import", &[&count.to_string()]),
            StepName::Restore(time) => self.fill("step_restore", &[&crate::store::local_moment(*time)]),
        }
    }

    /// Why something typed could not be read.
    pub fn unread(&self, why: Unread) -> &str {
        self.get(match why {
            Unread::NotAChoice => "unread_not_a_choice",
            Unread::NoNumber => "unread_no_number",
            Unread::Masked => "unread_masked",
            Unread::LeftOver => "unread_left_over",
            Unread::Backwards => "unread_backwards",
            Unread::UnitsDiffer => "unread_units_differ",
            Unread::NotAPeriod => "unread_not_a_period",
            Unread::NotADeadline => "unread_not_a_deadline",
            Unread::NoSuchDay => "unread_no_such_day",
        })
    }

    /// What went wrong with a file.
    pub fn store_error(&self, error: &StoreError) -> String {
        let path = error.path().display().to_string();
        match error {
            StoreError::Missing(_) => self.fill("error_missing", &[&path]),
            StoreError::NotAllowed(_) => self.fill("error_not_allowed", &[&path]),
            StoreError::Full(_) => self.fill("error_full", &[&path]),
            StoreError::TooLarge(_) => self.fill("error_too_large", &[&path]),
            StoreError::Folder(_) => self.fill("error_folder", &[&path]),
            StoreError::InTheWay(_) => self.fill("error_in_the_way", &[&path]),
            StoreError::Damaged(_) => self.fill("error_damaged", &[&path]),
            StoreError::Other { words, .. } => self.fill("error_other", &[&path, words]),
        }
    }

    /// Why a file did not open.
    pub fn open_error(&self, error: &OpenError) -> String {
        match error {
            OpenError::Store(error) => self.store_error(error),
            OpenError::NotAReport { path, why } => {
                let path = path.display().to_string();
                self.fill(&format!("not_a_report_{}", why.key()), &[&path])
            }
        }
    }

    /// A value of a fact that has a list of values, as it is kept, for the word that a person reads or its key.
    pub fn choice(&self, field: Field, word: &str) -> String {
        let choices = field.choices().unwrap_or_default();
        let found = choices.into_iter().find(|choice| self.named(field.key(), choice) == word.trim());
        found.unwrap_or(word).to_owned()
    }

    /// The stamp of a level of secrecy as a line of its own: 密级：秘密.
    pub fn stamp(&self, level: Secrecy) -> String {
        self.fill("stamp", &[self.named(Field::Secrecy.key(), level.key())])
    }

    /// The same at the end of what is copied: 〔秘密〕.
    pub fn stamp_end(&self, level: Secrecy) -> String {
        self.fill("stamp_end", &[self.named(Field::Secrecy.key(), level.key())])
    }

    /// Where in the original something stands, as far as its format says.
    pub fn place(&self, place: Place) -> Vec<String> {
        let page = place.page.map(|page| self.fill("place_page", &[&page.to_string()]));
        let cell =
            place.cell.map(|(table, row, column)| self.fill("place_cell", &[&table.to_string(), &row.to_string(), &column.to_string()]));
        let note = place.note.map(|note| self.fill("place_note", &[&note.to_string()]));
        [page, cell, note].into_iter().flatten().collect()
    }

    /// Why a person's file was not loaded.
    pub fn load_error(&self, error: &LoadError) -> String {
        match error {
            LoadError::Store(error) => self.store_error(error),
            LoadError::Unreadable { path, why } => {
                self.fill("error_unreadable", &[&path.display().to_string(), &why.line.to_string(), &why.reason])
            }
        }
    }

    /// Why tags could not be taken from elsewhere.
    fn edition_error(&self, error: &EditionError) -> String {
        match error {
            EditionError::Open(error) => self.open_error(error),
            EditionError::Load(error) => self.load_error(error),
            EditionError::NoTags(path) => self.fill("edition_no_tags", &[&path.display().to_string()]),
            EditionError::SameText(path) => self.fill("edition_same", &[&path.display().to_string()]),
        }
    }

    /// Why a colleague's file was not taken in.
    pub fn layer_error(&self, error: &LayerError) -> String {
        match error {
            LayerError::Load(error) => self.load_error(error),
            LayerError::OtherReport { path, name } => self.fill("layer_other_report", &[&path.display().to_string(), name]),
        }
    }

    /// Why a project's codebook is not in force.
    fn codebook_trouble(&self, trouble: &CodebookTrouble) -> String {
        let (path, why) = match trouble {
            CodebookTrouble::Store(error) => return self.store_error(error),
            CodebookTrouble::Unreadable { path, why } => (path.display().to_string(), why),
        };
        let (line, why) = match why {
            CodebookError::Unreadable { line, reason } => (line.to_string(), reason.clone()),
            CodebookError::Twice(key) => ("?".to_owned(), self.fill("codebook_twice", &[key])),
            CodebookError::NoSuchKind(attribute, kind) => {
                ("?".to_owned(), self.fill("codebook_no_kind", &[attribute.as_str(), kind.as_str()]))
            }
        };
        self.fill("codebook_bad", &[&path, &line, &why])
    }

    /// Why a project's own words or rules are not in force.
    pub fn lexicon_trouble(&self, trouble: &LexiconTrouble) -> String {
        match trouble {
            LexiconTrouble::Store(error) => self.store_error(error),
            LexiconTrouble::Unreadable { path, why } => {
                self.fill("lexicon_bad", &[&path.display().to_string(), &why.line.to_string(), &why.reason])
            }
        }
    }

    /// Why somebody may not change how a project is reviewed.
    pub fn barred(&self, why: &Barred) -> String {
        match why {
            Barred::Deciders(names) => self.fill("barred_deciders", &[&listed(names)]),
            Barred::OwnTags => self.get("barred_own_tags").to_owned(),
        }
    }

    /// A notice as a sentence.
    pub fn notice(&self, what: &What) -> String {
        match what {
            What::TableWritten { path, rows } => self.fill("csv_written", &[&path.display().to_string(), &rows.to_string()]),
            What::TableTaken { facts, unknown, bad } => {
                self.fill("csv_taken", &[&facts.to_string(), &unknown.to_string(), &bad.to_string()])
            }
            What::TableBad { path, why } => self.fill("csv_bad", &[&path.display().to_string(), why]),
            What::NotCorrected(error) => self.fill("notice_not_corrected", &[&self.store_error(error)]),
            What::OpenFailed(error) => self.open_error(error),
            What::NotSaved(error) => self.fill("notice_not_saved", &[&self.store_error(error)]),
            What::NotKept(error) => self.fill("notice_not_kept", &[&self.store_error(error)]),
            What::Recovered { report, changes, unreadable: 0 } => self.fill("notice_recovered", &[report, &changes.to_string()]),
            What::Recovered { report, changes, unreadable } => {
                self.fill("notice_recovered_partly", &[report, &changes.to_string(), &unreadable.to_string()])
            }
            What::NotRecovered { report, changes, error, .. } => {
                self.fill("notice_not_recovered", &[report, &changes.to_string(), &self.store_error(error)])
            }
            What::NotLoaded(error) => self.load_error(error),
            What::Damaged { path, lines } => self.fill("notice_damaged", &[&path.display().to_string(), &lines.to_string()]),
            What::EditedElsewhere(path) => self.fill("notice_edited_elsewhere", &[&path.display().to_string()]),
            What::Newer(path) => self.fill("notice_newer", &[&path.display().to_string()]),
            What::Slipped { tags } => self.fill("notice_slipped", &[&tags.to_string()]),
            What::ReadingOnly => self.get("notice_reading_only").to_owned(),
            What::NothingToTag => self.get("notice_nothing_to_tag").to_owned(),
            What::BadName(NameProblem::Empty) => self.get("name_empty").to_owned(),
            What::BadName(NameProblem::Invisible) => self.get("name_invisible").to_owned(),
            What::BadName(NameProblem::TooLong) => self.get("name_too_long").to_owned(),
            What::BadFact(field, why) => self.fill("notice_bad_fact", &[self.named("field", field.key()), self.unread(*why)]),
            What::TaggedIn { reports } => self.fill("notice_tagged_in", &[&reports.to_string()]),
            What::CopyMerged(path) => self.fill("notice_copy_merged", &[&path.display().to_string()]),
            What::TakenIn { path, tags } => self.fill("notice_taken_in", &[&path.display().to_string(), &tags.to_string()]),
            What::Conflicts { report, tags } => self.fill("notice_conflicts", &[report, &tags.to_string()]),
            What::ReportChanged(path) => self.fill("notice_report_changed", &[&path.display().to_string()]),
            What::Earlier { edition, .. } => self.fill("notice_earlier", &[&edition.name, &edition.tags.to_string()]),
            What::Carried { placed, unplaced } => self.fill("notice_carried", &[&placed.to_string(), &unplaced.to_string()]),
            What::NotCarried(error) => self.fill("notice_not_carried", &[&self.edition_error(error)]),
            What::LayerAdded { name, placed, unplaced: 0 } => self.fill("notice_layer_added", &[name, &placed.to_string()]),
            What::LayerAdded { name, placed, unplaced } => {
                self.fill("notice_layer_added_partly", &[name, &placed.to_string(), &unplaced.to_string()])
            }
            What::NoLayer(error) => self.layer_error(error),
            What::LayerDamaged { path, lines } => self.fill("notice_layer_damaged", &[&path.display().to_string(), &lines.to_string()]),
            What::OwnLayer(path) => self.fill("notice_own_layer", &[&path.display().to_string()]),
            What::Blind => self.get("notice_blind").to_owned(),
            What::NotDecider(names) => self.fill("notice_not_decider", &[&listed(names)]),
            What::Barred(why) => self.barred(why),
            What::Submitted => self.get("notice_submitted").to_owned(),
            What::NotSubmitted(error) => self.fill("notice_not_submitted", &[&self.store_error(error)]),
            What::SubmittedChanged(path) => self.fill("notice_submitted_changed", &[&path.display().to_string()]),
            What::ReviewWritten { path, files: 1 } => self.fill("notice_review_written", &[&path.display().to_string()]),
            What::ReviewWritten { path, files } => {
                self.fill("notice_review_written_all", &[&path.display().to_string(), &files.to_string()])
            }
            What::ReviewNotWritten(error) => self.fill("notice_review_not_written", &[&self.store_error(error)]),
            What::ReviewingNotKept(error) => self.fill("notice_reviewing_not_kept", &[&self.store_error(error)]),
            What::Outdated { report, tags } => self.fill("notice_outdated", &[report, &tags.to_string()]),
            What::BadCodebook(trouble) => self.codebook_trouble(trouble),
            What::BadLexicon(trouble) => self.lexicon_trouble(trouble),
            What::SwitchNotKept(error) => self.fill("notice_switch_not_kept", &[&self.store_error(error)]),
            What::ProposalsOff => self.get("notice_proposals_off").to_owned(),
            What::Forgotten(path) => self.fill("notice_forgotten", &[&path.display().to_string()]),
            What::TracesCleared { journals, left } if left.is_empty() => self.fill("notice_traces_cleared", &[&journals.to_string()]),
            What::TracesCleared { left, .. } => self.fill("notice_traces_left", &[&listed(left.iter().map(|path| path.display()))]),
            What::TracesNotCleared { reports } => self.fill("notice_traces_not_cleared", &[&listed(reports)]),
            What::CannotUndo => self.get("notice_cannot_undo").to_owned(),
            What::EncodingFixed => self.get("encoding_fixed").to_owned(),
            What::Packing => self.get("notice_packing").to_owned(),
            What::Packed { path, packed } => self.packed(path, packed),
            What::NotPacked(StoreError::TooLarge(path)) => self.fill("notice_pack_too_large", &[&path.display().to_string()]),
            What::NotPacked(error) => self.fill("notice_not_packed", &[&self.store_error(error)]),
            What::NotInPack { report, folder } => self.fill("notice_not_in_pack", &[report, &folder.display().to_string()]),
            What::Exported(handed) => self.exported(handed),
            What::NotExported(why) => self.not_exported(why),
            What::Imported { path, new: 0, changed: 0 } => self.fill("notice_imported_nothing", &[&path.display().to_string()]),
            What::Imported { path, new, changed } => {
                self.fill("notice_imported", &[&path.display().to_string(), &new.to_string(), &changed.to_string()])
            }
            What::NotImported(why) => self.not_imported(why),
            What::Unpacking => self.get("notice_unpacking").to_owned(),
            What::Unpacked { root, unpacked } => self.unpacked(root, unpacked),
            What::NotUnpacked(error) => self.pack_error(error),
        }
    }
}

/// Several names or places in one sentence.
fn listed<T: ToString>(all: impl IntoIterator<Item = T>) -> String {
    all.into_iter().map(|one| one.to_string()).collect::<Vec<_>>().join("、")
}
