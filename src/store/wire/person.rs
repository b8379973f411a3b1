//! A person's file: what one person put on one report.

use super::records::{WireLink, WireTag, WireTombstone, link_from_wire, link_to_wire, tag_from_wire, tag_to_wire, tombstone};
use super::remark_lists::{self, DELETED, DELETED_ONCE, RemarkList, put_list, take_list};
use super::remarks::{WireRemark, remark_from_wire, remark_to_wire};
use super::salvage::salvage;
use super::{Edition, Ext, MAJOR, MINOR, Unreadable, WirePerson, edition, migrate, parse};
use crate::annotation::{Annotations, Kept, LinkId, Person, RemarkId, Stamp, Tag, TagId, Version, take_version};
use crate::report::ReportId;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// The name of the format.
pub const FORMAT: &str = "jiannuo annotations";

/// A person's file as it stands on disk. docs/format.md says what each field means.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonFile {
    pub(super) format: String,
    pub(super) version: u32,
    #[serde(default)]
    pub(super) minor: u32,
    pub(super) report: String,
    #[serde(default)]
    pub(super) report_name: String,
    pub(super) person: WirePerson,
    pub(super) role: String,
    pub(super) codebook: WireCodebook,
    #[serde(default)]
    pub(super) tags: Vec<WireTag>,
    #[serde(default)]
    pub(super) deleted_tags: Vec<WireTombstone>,
    #[serde(default)]
    pub(super) links: Vec<WireLink>,
    #[serde(default)]
    pub(super) deleted_links: Vec<WireTombstone>,
    #[serde(default)]
    pub(super) ext: Ext,
}

/// Which codebook was in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireCodebook {
    /// Its edition.
    pub version: u32,
    /// SHA-256 of its text.
    pub hash: String,
}

/// What a person's file says beside its records, and what is kept for later editions.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// The file's own `ext`.
    file: Ext,
    /// Each tag's.
    tags: BTreeMap<TagId, Ext>,
    /// Each link's.
    links: BTreeMap<LinkId, Ext>,
    /// Each remark's.
    remarks: BTreeMap<RemarkId, Ext>,
}

/// What a file holds: somebody's tags, or somebody's decisions about others'.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Tags.
    #[default]
    Annotation,
    /// Decisions about people's tags, and the tags that came of them.
    Adjudication,
    /// Anything else; such a file never counts as somebody's tags or decisions and is never written over by them.
    Other(String),
}

impl Role {
    /// Its key in files.
    pub fn key(&self) -> &str {
        match self {
            Self::Annotation => "annotation",
            Self::Adjudication => "adjudication",
            Self::Other(role) => role,
        }
    }

    /// The role of a key.
    pub fn from_key(key: &str) -> Self {
        match key {
            "annotation" => Self::Annotation,
            "adjudication" => Self::Adjudication,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// A person's file as the program knows it.
#[derive(Clone, Debug)]
pub struct PersonRecord {
    /// The report's hash.
    pub report: ReportId,
    /// The report's file name when it was last saved, for people who look into the file.
    pub report_name: String,
    /// Whose file it is.
    pub person: Person,
    /// The codebook in force.
    pub codebook: WireCodebook,
    /// The records.
    pub annotations: Annotations,
    /// What later editions put there.
    pub extras: Extras,
    /// What the file holds.
    pub role: Role,
}

/// What reading a file gave besides its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Troubles {
    /// It is of a newer major edition.
    pub newer: bool,
    /// Lines that could not be understood, each as it stands.
    pub lost: Vec<String>,
}

/// Reads a person's file, as much of it as can be understood.
///
/// # Errors
/// If not even its head can be read, or it is another kind of file.
pub fn person_from_wire(text: &str) -> Result<(PersonRecord, Troubles), Unreadable> {
    let mut troubles = Troubles::default();
    let file: PersonFile = match edition(text) {
        Edition::Known(MAJOR, _) => parse(text).or_else(|why| salvage(text, &mut troubles.lost).ok_or(why))?,
        Edition::Known(0, _) => migrate::from_version_0(text)?,
        Edition::Known(..) => {
            troubles.newer = true;
            parse(text).or_else(|why| salvage(text, &mut troubles.lost).ok_or(why))?
        }
        Edition::Unknown => {
            salvage(text, &mut troubles.lost).ok_or_else(|| Unreadable { line: 1, reason: "no format and version".into() })?
        }
    };
    if file.format != FORMAT {
        return Err(Unreadable { line: 1, reason: format!("format is {:?}", file.format) });
    }
    Ok((record(file, &mut troubles.lost)?, troubles))
}

fn record(file: PersonFile, lost: &mut Vec<String>) -> Result<PersonRecord, Unreadable> {
    let bad = |what: &str| Unreadable { line: 1, reason: what.to_owned() };
    let report = file.report.parse().map_err(|_| bad("report is no SHA-256"))?;
    let id = file.person.id.parse().map_err(|_| bad("person id is no UUID"))?;
    let mut extras = Extras { file: file.ext, ..Extras::default() };
    let (mut tags, mut links, mut remarks) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    take_all(file.tags, tag_from_wire, |wire| wire.ext, &mut tags, &mut extras.tags, lost);
    take_all(file.links, link_from_wire, |wire| wire.ext, &mut links, &mut extras.links, lost);
    for list in RemarkList::ALL {
        let wires: Vec<WireRemark> = take_list(&mut extras.file, list.key(), lost);
        take_all(wires, |wire| remark_from_wire(list, wire), |wire| wire.ext, &mut remarks, &mut extras.remarks, lost);
    }
    bury(file.deleted_tags, &mut tags, lost);
    bury(file.deleted_links, &mut links, lost);
    for key in [DELETED, DELETED_ONCE] {
        bury(take_list(&mut extras.file, key, lost), &mut remarks, lost);
    }
    Ok(PersonRecord {
        report,
        report_name: file.report_name,
        person: Person { id, name: file.person.name },
        codebook: file.codebook,
        annotations: Annotations::from_records(tags, links, remarks),
        extras,
        role: Role::from_key(&file.role),
    })
}

/// Reads records that are there; what later editions put into them goes to `exts`.
fn take_all<W: Serialize, K: Ord + Copy, T: Clone + PartialEq + Debug>(
    wires: Vec<W>,
    read: impl Fn(&W) -> Option<(K, Version<T>)>,
    ext: impl Fn(W) -> Ext,
    records: &mut BTreeMap<K, Kept<T>>,
    exts: &mut BTreeMap<K, Ext>,
    lost: &mut Vec<String>,
) {
    for wire in wires {
        match read(&wire) {
            Some((id, version)) => {
                exts.insert(id, ext(wire));
                take_version(records, id, version);
            }
            None => lost.push(super::print_line(&wire)),
        }
    }
    exts.retain(|_, ext| !ext.is_empty());
}

/// Puts tombstones among the records.
fn bury<K, T>(tombstones: Vec<WireTombstone>, records: &mut BTreeMap<K, Kept<T>>, lost: &mut Vec<String>)
where
    K: Ord + FromStr,
    T: Clone + PartialEq + Debug,
{
    for wire in tombstones {
        match wire.read() {
            Some((id, version)) => take_version(records, id, version),
            None => lost.push(super::print_line(&wire)),
        }
    }
}

/// The versions of records that are there, each with its name.
fn live<K: Copy, T: Clone + PartialEq + Debug>(records: &BTreeMap<K, Kept<T>>) -> impl Iterator<Item = (K, &T, &Stamp)> {
    let versions = records.iter().flat_map(|(id, kept)| kept.versions().map(|version| (*id, version)));
    versions.filter_map(|(id, version)| Some((id, version.content.as_ref()?, &version.stamp)))
}

/// The tombstones of records.
fn graves<K: Copy + Display, T: Clone + PartialEq + Debug>(records: &BTreeMap<K, Kept<T>>) -> Vec<WireTombstone> {
    let versions = records.iter().flat_map(|(id, kept)| kept.versions().map(|version| (*id, version)));
    versions.filter(|(_, version)| version.content.is_none()).map(|(id, version)| tombstone(id, &version.stamp)).collect()
}

/// A person's file for the disk: tags in the order of the text, the rest by name.
pub fn person_to_wire(record: &PersonRecord) -> PersonFile {
    let all = &record.annotations;
    let mut tags: Vec<(TagId, &Tag, &Stamp)> = live(all.tag_records()).collect();
    // What has no place in the text comes last; the readings of one tag stand together.
    tags.sort_by_key(|(id, tag, _)| {
        let place = all.tag(*id).unwrap_or(tag);
        (!place.is_placed(), place.anchor.span.start(), Reverse(place.anchor.span.end()), *id)
    });
    PersonFile {
        format: FORMAT.into(),
        version: MAJOR,
        minor: if all.remark_records().is_empty() { MINOR } else { remark_lists::MINOR },
        report: record.report.to_string(),
        report_name: record.report_name.clone(),
        person: WirePerson { id: record.person.id.to_string(), name: record.person.name.clone() },
        role: record.role.key().to_owned(),
        codebook: record.codebook.clone(),
        tags: tags
            .into_iter()
            .map(|(id, tag, stamp)| tag_to_wire(tag, stamp, record.extras.tags.get(&id).cloned().unwrap_or_default()))
            .collect(),
        deleted_tags: graves(all.tag_records()),
        links: live(all.link_records())
            .map(|(id, link, stamp)| link_to_wire(link, stamp, record.extras.links.get(&id).cloned().unwrap_or_default()))
            .collect(),
        deleted_links: graves(all.link_records()),
        ext: ext_to_wire(record),
    }
}

/// What later editions put into a person's file, and what is said beside tags.
fn ext_to_wire(record: &PersonRecord) -> Ext {
    let (all, extras) = (record.annotations.remark_records(), &record.extras);
    let mut ext = extras.file.clone();
    for list in RemarkList::ALL {
        let of_list = live(all).filter(|(_, remark, _)| RemarkList::of(&remark.says) == list);
        let ext_of = |id: RemarkId| extras.remarks.get(&id).cloned().unwrap_or_default();
        let wires: Vec<WireRemark> = of_list.map(|(id, remark, stamp)| remark_to_wire(remark, stamp, ext_of(id))).collect();
        put_list(&mut ext, list.key(), &wires);
    }
    put_list(&mut ext, DELETED, &graves(all));
    ext
}
