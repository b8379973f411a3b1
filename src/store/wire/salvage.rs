//! Reading what can be read of a damaged file: it has one record a line, so that damage costs lines.

use super::person::{FORMAT, PersonFile, Role, WireCodebook};
use super::records::{WireLink, WireTag, WireTombstone};
use super::remark_lists::{DELETED, DELETED_ONCE, RemarkList, put_list};
use super::remarks::WireRemark;
use super::{Ext, MAJOR, WirePerson, parse};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Which list the lines being read belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    None,
    Tags,
    DeletedTags,
    Links,
    DeletedLinks,
    Remarks(RemarkList),
    DeletedRemarks,
}

impl List {
    /// The list of a name; none if there is no such list.
    fn of(name: &str) -> Self {
        match name {
            "tags" => Self::Tags,
            "deleted_tags" => Self::DeletedTags,
            "links" => Self::Links,
            "deleted_links" => Self::DeletedLinks,
            _ => Self::of_ext(name.trim_matches('"')),
        }
    }

    fn of_ext(key: &str) -> Self {
        if [DELETED, DELETED_ONCE].contains(&key) {
            return Self::DeletedRemarks;
        }
        RemarkList::ALL.into_iter().find(|list| list.key() == key).map_or(Self::None, Self::Remarks)
    }
}

/// Reads the records of a damaged person's file line by line; lines that cannot be read go to `lost`.
///
/// Nothing if the report and the person cannot be told: then it may be anyone's file.
pub(super) fn salvage(text: &str, lost: &mut Vec<String>) -> Option<PersonFile> {
    let mut file = PersonFile {
        format: field(text, "format").unwrap_or_else(|| FORMAT.into()),
        version: MAJOR,
        minor: 0,
        report: field(text, "report")?,
        report_name: field(text, "report_name").unwrap_or_default(),
        person: person(text)?,
        role: field(text, "role").unwrap_or_default(),
        codebook: WireCodebook::default(),
        tags: Vec::new(),
        deleted_tags: Vec::new(),
        links: Vec::new(),
        deleted_links: Vec::new(),
        ext: Ext::new(),
    };
    let (mut remarks, mut deleted_remarks) = (BTreeMap::<RemarkList, Vec<WireRemark>>::new(), Vec::new());
    lost.clear();
    let mut list = List::None;
    for line in text.lines() {
        let line = line.trim();
        list = match line.strip_suffix(": [") {
            Some(name) => List::of(name),
            // Where the first line of the next list cannot be read, its records must not count as this one's.
            None if line == "]," => List::None,
            None => list,
        };
        if !line.starts_with("(id") {
            continue;
        }
        let record = line.trim_end_matches(',');
        let read = match list {
            List::None => false,
            List::Tags => take::<WireTag>(record, &mut file.tags),
            List::DeletedTags => take::<WireTombstone>(record, &mut file.deleted_tags),
            List::Links => take::<WireLink>(record, &mut file.links),
            List::DeletedLinks => take::<WireTombstone>(record, &mut file.deleted_links),
            List::Remarks(sort) => take::<WireRemark>(record, remarks.entry(sort).or_default()),
            List::DeletedRemarks => take::<WireTombstone>(record, &mut deleted_remarks),
        };
        if !read {
            lost.push(line.to_owned());
        }
    }
    for (list, remarks) in &remarks {
        put_list(&mut file.ext, list.key(), remarks);
    }
    put_list(&mut file.ext, DELETED, &deleted_remarks);
    if file.role.is_empty() {
        // A file with decisions, taken for tags, would make what was decided the person's own.
        let role = if remarks.contains_key(&RemarkList::Decisions) { Role::Adjudication } else { Role::Annotation };
        file.role = role.key().to_owned();
    }
    if lost.is_empty() {
        // Damage that spared every record still is damage: the file must not be written over unsaid.
        lost.push(String::new());
    }
    Some(file)
}

fn take<T: DeserializeOwned>(record: &str, to: &mut Vec<T>) -> bool {
    parse(record).map(|record| to.push(record)).is_ok()
}

/// The text of a field that stands on a line of its own.
fn field(text: &str, name: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "))?;
    parse(value.trim_end_matches(',')).ok()
}

fn person(text: &str) -> Option<WirePerson> {
    // A decision names people, too.
    let in_record =
        |at: usize| text.get(..at).and_then(|above| above.rsplit('\n').next()).is_some_and(|line| line.trim_start().starts_with("(id"));
    let at = text.match_indices("person: (").map(|(at, _)| at).find(|at| !in_record(*at))?;
    let rest = text.get(at + "person: ".len()..)?;
    // A name may hold a bracket itself.
    rest.match_indices(')').take(64).find_map(|(end, _)| parse(rest.get(..=end)?).ok())
}
