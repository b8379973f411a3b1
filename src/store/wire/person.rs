//! A person's file: what one person put on one report.

use super::salvage::salvage;
use super::{Edition, Ext, MAJOR, MINOR, Unreadable, WirePerson, edition, migrate, parse};
use crate::annotation::{
    Anchor, Annotations, AttributeId, Kept, KindId, Link, LinkEnd, LinkId, Origin, Person, PersonId, Relation, Stamp, Tag, TagId, Time,
    Value,
};
use crate::quantity::{Basis, Bound, Measure, Quantity, Stated};
use crate::report::ReportId;
use crate::text::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireTag {
    pub id: String,
    pub kind: String,
    pub span: (u32, u32),
    pub quote: String,
    #[serde(default)]
    pub before: String,
    #[serde(default)]
    pub after: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<WireQuantity>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, WireValue>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
    #[serde(default)]
    pub origin: WireOrigin,
    pub created: String,
    pub changed: String,
    pub revision: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ext: Ext,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireQuantity {
    pub measure: String,
    pub basis: String,
    #[serde(default)]
    pub value: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_high: Option<Decimal>,
    pub unit: String,
    pub bound: String,
    pub words: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WireValue {
    One(String),
    Many(Vec<String>),
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WireOrigin {
    #[default]
    ByHand,
    Accepted(String),
    Mended(String),
}

/// A deleted record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireTombstone {
    pub(in crate::store) id: String,
    pub(in crate::store) created: String,
    pub(in crate::store) changed: String,
    pub(in crate::store) revision: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireLink {
    pub id: String,
    pub relation: String,
    pub from: WireEnd,
    pub to: WireEnd,
    pub created: String,
    pub changed: String,
    pub revision: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ext: Ext,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireEnd {
    pub report: String,
    pub person: String,
    pub tag: String,
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
}

/// What a file holds: somebody's tags, or somebody's decisions about others'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Tags.
    Annotation,
    /// Anything else; such a file never counts as somebody's tags and is never written over by them.
    Other(String),
}

impl Role {
    fn key(&self) -> &str {
        match self {
            Self::Annotation => "annotation",
            Self::Other(role) => role,
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
    let (mut tags, mut links) = (BTreeMap::new(), BTreeMap::new());
    let mut extras = Extras { file: file.ext, ..Extras::default() };
    for wire in file.tags {
        match tag_from_wire(&wire) {
            Some((tag, stamp)) => {
                if !wire.ext.is_empty() {
                    extras.tags.insert(tag.id, wire.ext);
                }
                keep_newer(&mut tags, tag.id, Kept { stamp, content: Some(tag) });
            }
            None => lost.push(super::print_line(&wire)),
        }
    }
    for wire in file.links {
        match link_from_wire(&wire) {
            Some((link, stamp)) => {
                if !wire.ext.is_empty() {
                    extras.links.insert(link.id, wire.ext);
                }
                keep_newer(&mut links, link.id, Kept { stamp, content: Some(link) });
            }
            None => lost.push(super::print_line(&wire)),
        }
    }
    for wire in file.deleted_tags {
        match (wire.id.parse(), wire.stamp()) {
            (Ok(id), Some(stamp)) => keep_newer(&mut tags, id, Kept { stamp, content: None }),
            _ => lost.push(super::print_line(&wire)),
        }
    }
    for wire in file.deleted_links {
        match (wire.id.parse(), wire.stamp()) {
            (Ok(id), Some(stamp)) => keep_newer(&mut links, id, Kept { stamp, content: None }),
            _ => lost.push(super::print_line(&wire)),
        }
    }
    Ok(PersonRecord {
        report,
        report_name: file.report_name,
        person: Person { id, name: file.person.name },
        codebook: file.codebook,
        annotations: Annotations::from_records(tags, links),
        extras,
        role: if file.role == "annotation" { Role::Annotation } else { Role::Other(file.role) },
    })
}

/// Where an id stands twice in a file the more often changed one counts.
fn keep_newer<K: Ord, T>(records: &mut BTreeMap<K, Kept<T>>, id: K, kept: Kept<T>) {
    match records.get(&id) {
        Some(other) if other.stamp.revision >= kept.stamp.revision => {}
        _ => {
            records.insert(id, kept);
        }
    }
}

impl WireTombstone {
    pub(super) fn stamp(&self) -> Option<Stamp> {
        stamp_of(&self.created, &self.changed, self.revision)
    }
}

fn stamp_of(created: &str, changed: &str, revision: u64) -> Option<Stamp> {
    Some(Stamp { revision, created: created.parse::<Time>().ok()?, changed: changed.parse::<Time>().ok()? })
}

pub(in crate::store) fn tag_from_wire(wire: &WireTag) -> Option<(Tag, Stamp)> {
    let stamp = stamp_of(&wire.created, &wire.changed, wire.revision)?;
    let (start, end) = wire.span;
    // The quote's length must fit: a span that does not is damage, not a place.
    if end < start || wire.quote.chars().count() != (end - start) as usize {
        return None;
    }
    let quantities = wire.quantities.iter().map(quantity_from_wire).collect::<Option<Vec<_>>>()?;
    let attributes = wire.attributes.iter().map(|(key, value)| {
        let value = match value {
            WireValue::One(text) => Value::One(text.clone()),
            WireValue::Many(texts) => Value::Many(texts.clone()),
        };
        (AttributeId::new(key.clone()), value)
    });
    let tag = Tag {
        id: wire.id.parse().ok()?,
        kind: KindId::new(wire.kind.clone()),
        anchor: Anchor { span: Span::of(start, end), quote: wire.quote.clone(), before: wire.before.clone(), after: wire.after.clone() },
        quantities,
        attributes: attributes.collect(),
        note: wire.note.clone(),
        unsure: wire.unsure,
        origin: match &wire.origin {
            WireOrigin::ByHand => Origin::ByHand,
            WireOrigin::Accepted(rule) => Origin::Accepted(rule.clone()),
            WireOrigin::Mended(rule) => Origin::Mended(rule.clone()),
        },
    };
    Some((tag, stamp))
}

fn quantity_from_wire(wire: &WireQuantity) -> Option<Quantity> {
    Some(Quantity {
        measure: Measure::from_key(&wire.measure)?,
        basis: Basis::from_key(&wire.basis)?,
        stated: Stated { value: wire.value, high: wire.value_high, unit: wire.unit.clone(), bound: Bound::from_key(&wire.bound)? },
        words: wire.words.clone(),
    })
}

pub(in crate::store) fn link_from_wire(wire: &WireLink) -> Option<(Link, Stamp)> {
    let stamp = stamp_of(&wire.created, &wire.changed, wire.revision)?;
    let end = |end: &WireEnd| {
        Some(LinkEnd { report: end.report.parse().ok()?, person: end.person.parse::<PersonId>().ok()?, tag: end.tag.parse().ok()? })
    };
    let link =
        Link { id: wire.id.parse().ok()?, relation: Relation::from_key(&wire.relation)?, from: end(&wire.from)?, to: end(&wire.to)? };
    Some((link, stamp))
}

pub(in crate::store) fn tag_to_wire(tag: &Tag, stamp: Stamp, ext: Ext) -> WireTag {
    WireTag {
        id: tag.id.to_string(),
        kind: tag.kind.as_str().to_owned(),
        span: (tag.anchor.span.start().get(), tag.anchor.span.end().get()),
        quote: tag.anchor.quote.clone(),
        before: tag.anchor.before.clone(),
        after: tag.anchor.after.clone(),
        quantities: tag.quantities.iter().map(quantity_to_wire).collect(),
        attributes: tag
            .attributes
            .iter()
            .map(|(key, value)| {
                let value = match value {
                    Value::One(text) => WireValue::One(text.clone()),
                    Value::Many(texts) => WireValue::Many(texts.clone()),
                };
                (key.as_str().to_owned(), value)
            })
            .collect(),
        note: tag.note.clone(),
        unsure: tag.unsure,
        origin: match &tag.origin {
            Origin::ByHand => WireOrigin::ByHand,
            Origin::Accepted(rule) => WireOrigin::Accepted(rule.clone()),
            Origin::Mended(rule) => WireOrigin::Mended(rule.clone()),
        },
        created: stamp.created.to_string(),
        changed: stamp.changed.to_string(),
        revision: stamp.revision,
        ext,
    }
}

fn quantity_to_wire(quantity: &Quantity) -> WireQuantity {
    WireQuantity {
        measure: quantity.measure.key().to_owned(),
        basis: quantity.basis.key().to_owned(),
        value: quantity.stated.value,
        value_high: quantity.stated.high,
        unit: quantity.stated.unit.clone(),
        bound: quantity.stated.bound.key().to_owned(),
        words: quantity.words.clone(),
    }
}

pub(in crate::store) fn link_to_wire(link: &Link, stamp: Stamp, ext: Ext) -> WireLink {
    let end = |end: LinkEnd| WireEnd { report: end.report.to_string(), person: end.person.to_string(), tag: end.tag.to_string() };
    WireLink {
        id: link.id.to_string(),
        relation: link.relation.key().to_owned(),
        from: end(link.from),
        to: end(link.to),
        created: stamp.created.to_string(),
        changed: stamp.changed.to_string(),
        revision: stamp.revision,
        ext,
    }
}

pub(in crate::store) fn tombstone<I: std::fmt::Display>(id: I, stamp: Stamp) -> WireTombstone {
    WireTombstone { id: id.to_string(), created: stamp.created.to_string(), changed: stamp.changed.to_string(), revision: stamp.revision }
}

/// A person's file for the disk: tags in the order of the text, the rest by name.
pub fn person_to_wire(record: &PersonRecord) -> PersonFile {
    let all = &record.annotations;
    let stamp_of_tag = |id: TagId| all.tag_records().get(&id).map(|kept| kept.stamp).unwrap_or_default();
    PersonFile {
        format: FORMAT.into(),
        version: MAJOR,
        minor: MINOR,
        report: record.report.to_string(),
        report_name: record.report_name.clone(),
        person: WirePerson { id: record.person.id.to_string(), name: record.person.name.clone() },
        role: record.role.key().to_owned(),
        codebook: record.codebook.clone(),
        tags: all
            .tags()
            .map(|tag| tag_to_wire(tag, stamp_of_tag(tag.id), record.extras.tags.get(&tag.id).cloned().unwrap_or_default()))
            .collect(),
        deleted_tags: all
            .tag_records()
            .iter()
            .filter(|(_, kept)| kept.content.is_none())
            .map(|(id, kept)| tombstone(id, kept.stamp))
            .collect(),
        links: all
            .link_records()
            .values()
            .filter_map(|kept| kept.content.as_ref().map(|link| (link, kept.stamp)))
            .map(|(link, stamp)| link_to_wire(link, stamp, record.extras.links.get(&link.id).cloned().unwrap_or_default()))
            .collect(),
        deleted_links: all
            .link_records()
            .iter()
            .filter(|(_, kept)| kept.content.is_none())
            .map(|(id, kept)| tombstone(id, kept.stamp))
            .collect(),
        ext: record.extras.file.clone(),
    }
}
