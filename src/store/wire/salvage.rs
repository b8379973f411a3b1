//! Reading what can be read of a damaged file: it has one record a line, so that damage costs lines.

use super::dismissals::{DELETED_DISMISSALS, DISMISSALS, WireDismissal, put_list};
use super::person::{FORMAT, PersonFile, WireCodebook};
use super::records::{WireLink, WireTag, WireTombstone};
use super::{Ext, MAJOR, WirePerson, parse};
use serde::de::DeserializeOwned;

/// Which list the lines being read belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    None,
    Tags,
    DeletedTags,
    Links,
    DeletedLinks,
    Dismissals,
    DeletedDismissals,
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
        role: field(text, "role").unwrap_or_else(|| "annotation".into()),
        codebook: WireCodebook::default(),
        tags: Vec::new(),
        deleted_tags: Vec::new(),
        links: Vec::new(),
        deleted_links: Vec::new(),
        ext: Ext::new(),
    };
    let (mut dismissals, mut deleted_dismissals) = (Vec::new(), Vec::new());
    lost.clear();
    let mut list = List::None;
    for line in text.lines() {
        let line = line.trim();
        list = match line {
            "tags: [" => List::Tags,
            "deleted_tags: [" => List::DeletedTags,
            "links: [" => List::Links,
            "deleted_links: [" => List::DeletedLinks,
            "\"dismissals\": [" => List::Dismissals,
            "\"dismissals_deleted\": [" => List::DeletedDismissals,
            _ => list,
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
            List::Dismissals => take::<WireDismissal>(record, &mut dismissals),
            List::DeletedDismissals => take::<WireTombstone>(record, &mut deleted_dismissals),
        };
        if !read {
            lost.push(line.to_owned());
        }
    }
    put_list(&mut file.ext, DISMISSALS, &dismissals);
    put_list(&mut file.ext, DELETED_DISMISSALS, &deleted_dismissals);
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
    let at = text.find("person: (")?;
    let rest = text.get(at + "person: ".len()..)?;
    // A name may hold a bracket itself.
    rest.match_indices(')').take(64).find_map(|(end, _)| parse(rest.get(..=end)?).ok())
}
