//! Older editions of a person's file, brought up to the present one.

use super::person::{FORMAT, PersonFile, WireCodebook};
use super::records::{WireOrigin, WireTag};
use super::{Ext, MAJOR, Unreadable, WirePerson, parse};
use crate::report::ReportId;
use serde::Deserialize;
use uuid::Uuid;

/// Which edition a file says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Major and minor.
    Known(u32, u32),
    /// It does not say, or cannot be read so far.
    Unknown,
}

/// What every edition begins with.
#[derive(Deserialize)]
struct Head {
    version: u32,
    #[serde(default)]
    minor: u32,
}

/// The edition of a file. Only the head is looked at where the rest does not parse.
pub fn edition(text: &str) -> Edition {
    if let Ok(head) = parse::<Head>(text) {
        return Edition::Known(head.version, head.minor);
    }
    let said = text.lines().take(12).find_map(|line| line.trim().strip_prefix("version:")?.trim().trim_end_matches(',').parse().ok());
    said.map_or(Edition::Unknown, |major| Edition::Known(major, 0))
}

/// Edition 0: what came before the first release. It named the kind `label`, kept `start` and `end` apart,
/// had no context, no times and no revisions.
#[derive(Deserialize)]
struct Version0 {
    report: String,
    person: WirePerson,
    tags: Vec<Tag0>,
}

#[derive(Deserialize)]
struct Tag0 {
    id: String,
    label: String,
    start: u32,
    end: u32,
    quote: String,
    #[serde(default)]
    note: String,
}

/// Reads edition 0 as the present one.
pub(super) fn from_version_0(text: &str) -> Result<PersonFile, Unreadable> {
    let old: Version0 = parse(text)?;
    let begin = crate::annotation::Time(0).to_string();
    let tags = old.tags.into_iter().map(|tag| WireTag {
        // Edition 0 allowed any text as a name: one that is no UUID becomes one, always the same.
        id: tag.id.parse::<Uuid>().map_or_else(|_| named(&tag.id), |id| id.to_string()),
        kind: tag.label,
        span: (tag.start, tag.end),
        quote: tag.quote,
        before: String::new(),
        after: String::new(),
        quantities: Vec::new(),
        attributes: Default::default(),
        note: tag.note,
        unsure: false,
        origin: WireOrigin::ByHand,
        created: begin.clone(),
        changed: begin.clone(),
        revision: 1,
        by: String::new(),
        past: Default::default(),
        definition: String::new(),
        carried: None,
        ext: Ext::new(),
    });
    Ok(PersonFile {
        format: FORMAT.into(),
        version: MAJOR,
        minor: 0,
        report: old.report,
        report_name: String::new(),
        person: old.person,
        role: "annotation".into(),
        codebook: WireCodebook::default(),
        tags: tags.collect(),
        deleted_tags: Vec::new(),
        links: Vec::new(),
        deleted_links: Vec::new(),
        ext: Ext::new(),
    })
}

/// A UUID made of a name's hash (version 8, RFC 9562 §5.8).
fn named(name: &str) -> String {
    let hash = ReportId::of(name).to_string();
    let bytes: Vec<u8> = (0..32).step_by(2).filter_map(|at| u8::from_str_radix(hash.get(at..at + 2)?, 16).ok()).collect();
    let bytes: [u8; 16] = bytes.try_into().unwrap_or_default();
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
