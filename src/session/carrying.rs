//! Taking the user's tags over from another text of a report: the file before it changed, its other script, another format.

use super::document::DocumentId;
use super::effect::Effect;
use super::history::StepName;
use super::notice::What;
use super::state::State;
use super::tagging::commit;
use crate::annotation::{Anchor, Change, Edit, Link, LinkEnd, Person, Remark, Says, Tag, Time, reanchor};
use crate::report::{Corrections, Report};
use crate::store::{Disk, EditionError, ReportFolder, edition_in, edition_of};
use std::path::PathBuf;
use std::sync::Arc;

/// Where tags are to be taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CarryFrom {
    /// The folder of the tags on an earlier text.
    Folder(PathBuf),
    /// A report, or a file of tags.
    File(PathBuf),
}

/// Tags found on another text, placed in this one as far as that is certain.
#[derive(Clone, Debug)]
pub struct Carry {
    /// The tags.
    pub tags: Vec<Tag>,
    /// The links among them, and from them to other reports.
    pub links: Vec<Link>,
    /// What was said, beside tags, of words that are here, too: all but decisions, which are about the tags of the other text.
    pub remarks: Vec<Remark>,
}

/// Asks for the tags.
pub(super) fn begin(state: &mut State, from: CarryFrom) -> Vec<Effect> {
    let Some(person) = state.person() else {
        return super::tagging::ask_name(state, super::command::Command::File(super::command::FileCommand::Carry(from)));
    };
    let Some(document) = state.document() else { return Vec::new() };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    vec![Effect::Carry { document: document.id, report: Arc::clone(&document.report), from, person }]
}

/// Finds the tags and their places.
///
/// # Errors
/// If there are none.
pub(super) fn find(disk: &dyn Disk, report: &Report, from: &CarryFrom, person: &Person) -> Result<Carry, EditionError> {
    let (edition, path) = match from {
        CarryFrom::Folder(folder) => (edition_in(disk, &ReportFolder::at(folder.clone()), person)?, folder),
        CarryFrom::File(path) => (edition_of(disk, path, person)?, path),
    };
    if edition.report == report.id() {
        return Err(EditionError::SameText(path.clone()));
    }
    let old = edition.text.map(|text| Report::new(text, Corrections::default()));
    let there = &edition.own.record.annotations;
    let remarks: Vec<&Remark> = there.remarks().filter(|remark| !matches!(remark.says, Says::Decision(_))).collect();
    let anchors = there.tags().map(|tag| &tag.anchor).chain(remarks.iter().map(|remark| &remark.anchor));
    let mut fits = reanchor(old.as_ref(), report, &anchors.cloned().collect::<Vec<Anchor>>()).into_iter();
    let tags = there.tags().zip(fits.by_ref()).map(|(tag, fit)| fit.carry(tag, edition.report, report)).collect();
    let remarks = remarks.into_iter().zip(fits).filter_map(|(remark, fit)| fit.carry_remark(remark, report)).collect();
    let here = |end: LinkEnd| if end.report == edition.report { LinkEnd { report: report.id(), ..end } } else { end };
    let links = there.links().map(|link| Link { from: here(link.from), to: here(link.to), ..*link }).collect();
    Ok(Carry { tags, links, remarks })
}

/// Puts the tags into the document, in one step. What is there by name already, deleted ones too, stays as it is.
pub(super) fn end(state: &mut State, id: DocumentId, found: Result<Carry, EditionError>, now: Time) -> Vec<Effect> {
    let carry = match found {
        Ok(carry) => carry,
        Err(error) => {
            state.tell(What::NotCarried(error));
            return Vec::new();
        }
    };
    let Some(document) = state.get(id) else { return Vec::new() };
    let all = &document.annotations;
    let tags: Vec<Tag> = carry.tags.into_iter().filter(|tag| !all.tag_records().contains_key(&tag.id)).collect();
    let links = carry.links.into_iter().filter(|link| !all.link_records().contains_key(&link.id));
    let remarks = carry.remarks.into_iter().filter(|remark| !all.remark_records().contains_key(&remark.id));
    let (placed, unplaced): (Vec<&Tag>, Vec<&Tag>) = tags.iter().partition(|tag| tag.is_placed());
    let told = What::Carried { placed: placed.len(), unplaced: unplaced.len() };
    let links = links.map(|link| Change::Link { before: None, after: Some(Box::new(link)) });
    let rest: Vec<Change> = links.chain(remarks.map(Change::add_remark)).collect();
    let count = tags.len();
    let changes = tags.into_iter().map(Change::add_tag).chain(rest).collect();
    let path = document.path.clone();
    state.active = Some(id);
    state.notices.retain(|notice| !matches!(&notice.what, What::Earlier { report, .. } if *report == path));
    let effects = commit(state, StepName::Carry(count), Edit::new(changes), now);
    state.tell(told);
    effects
}
