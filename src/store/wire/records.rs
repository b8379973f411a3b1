//! Tags, links and tombstones as they stand in a file, a line each.

use super::Ext;
use crate::annotation::{
    Anchor, AttributeId, Carried, Found, KindId, Link, LinkEnd, LinkId, Origin, Past, PersonId, Relation, Stamp, Tag, TagId, Time, Value,
    Version,
};
use crate::quantity::{Basis, Bound, Measure, Quantity, Stated};
use crate::text::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A tag.
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
    /// The codebook's edition and the hash of the kind's definition.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub definition: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<WireCarried>,
    pub created: String,
    pub changed: String,
    pub revision: u64,
    /// The version's name: the hand and the number of its change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub past: WirePast,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ext: Ext,
}

/// What a version continues: up to which of its changes, by a hand's eight hexadecimal digits.
pub type WirePast = BTreeMap<String, u64>;

/// Where a tag stood before the text changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireCarried {
    pub from: String,
    pub how: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<(u32, u32)>,
    pub span: (u32, u32),
    pub quote: String,
    #[serde(default)]
    pub before: String,
    #[serde(default)]
    pub after: String,
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
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(in crate::store) by: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::store) past: WirePast,
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
    /// The version's name: the hand and the number of its change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub past: WirePast,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ext: Ext,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WireEnd {
    pub report: String,
    pub person: String,
    pub tag: String,
}

impl WireTombstone {
    /// What it says was deleted, and when.
    pub(super) fn read<K: std::str::FromStr, T>(&self) -> Option<(K, Version<T>)> {
        let stamp = stamp_of(&self.created, &self.changed, self.revision, &self.by, &self.past)?;
        Some((self.id.parse().ok()?, Version { stamp, content: None }))
    }
}

/// The stamp of a version; one without a name is of a file from before hands were noted.
pub(super) fn stamp_of(created: &str, changed: &str, revision: u64, by: &str, past: &WirePast) -> Option<Stamp> {
    let (created, changed) = (created.parse::<Time>().ok()?, changed.parse::<Time>().ok()?);
    if by.is_empty() {
        return Some(Stamp::of_revision(created, changed, revision));
    }
    let counts = past.iter().map(|(hand, count)| Some((hand.parse().ok()?, *count))).collect::<Option<_>>()?;
    Some(Stamp { created, changed, dot: by.parse().ok()?, past: Past::new(counts) })
}

/// A version's name, empty for one from before hands were noted, and what it continues.
pub(super) fn by_to_wire(stamp: &Stamp) -> (String, WirePast) {
    if *stamp == Stamp::of_revision(stamp.created, stamp.changed, stamp.revision()) {
        return (String::new(), WirePast::new());
    }
    (stamp.dot.to_string(), stamp.past.counts().iter().map(|(hand, count)| (hand.to_string(), *count)).collect())
}

/// An anchor, if its quote's length fits: a span that does not is damage, not a place.
pub(super) fn anchor_from_wire((start, end): (u32, u32), quote: &str, before: &str, after: &str) -> Option<Anchor> {
    let fits = end.checked_sub(start).is_some_and(|len| quote.chars().count() == len as usize);
    fits.then(|| Anchor { span: Span::of(start, end), quote: quote.to_owned(), before: before.to_owned(), after: after.to_owned() })
}

fn carried_from_wire(wire: &WireCarried) -> Option<Box<Carried>> {
    let anchor = anchor_from_wire(wire.span, &wire.quote, &wire.before, &wire.after)?;
    Some(Box::new(Carried {
        from: wire.from.parse().ok()?,
        anchor, // What a later edition calls otherwise is shown to the person.
        how: Found::from_key(&wire.how).unwrap_or(Found::Lost),
        suggested: wire.suggested.map(|(start, end)| Span::of(start.min(end), end)),
    }))
}

fn carried_to_wire(carried: &Carried) -> WireCarried {
    let anchor = &carried.anchor;
    WireCarried {
        from: carried.from.to_string(),
        how: carried.how.key().to_owned(),
        suggested: carried.suggested.map(|span| (span.start().get(), span.end().get())),
        span: (anchor.span.start().get(), anchor.span.end().get()),
        quote: anchor.quote.clone(),
        before: anchor.before.clone(),
        after: anchor.after.clone(),
    }
}

pub(in crate::store) fn tag_from_wire(wire: &WireTag) -> Option<(TagId, Version<Tag>)> {
    let stamp = stamp_of(&wire.created, &wire.changed, wire.revision, &wire.by, &wire.past)?;
    let anchor = anchor_from_wire(wire.span, &wire.quote, &wire.before, &wire.after)?;
    let carried = match &wire.carried {
        Some(carried) => Some(carried_from_wire(carried)?),
        None => None,
    };
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
        anchor,
        quantities,
        attributes: attributes.collect(),
        note: wire.note.clone(),
        unsure: wire.unsure,
        origin: match &wire.origin {
            WireOrigin::ByHand => Origin::ByHand,
            WireOrigin::Accepted(rule) => Origin::Accepted(rule.clone()),
            WireOrigin::Mended(rule) => Origin::Mended(rule.clone()),
        },
        definition: wire.definition.parse().ok(),
        carried,
    };
    Some((tag.id, Version { stamp, content: Some(tag) }))
}

fn quantity_from_wire(wire: &WireQuantity) -> Option<Quantity> {
    Some(Quantity {
        measure: Measure::from_key(&wire.measure)?,
        basis: Basis::from_key(&wire.basis)?,
        stated: Stated { value: wire.value, high: wire.value_high, unit: wire.unit.clone(), bound: Bound::from_key(&wire.bound)? },
        words: wire.words.clone(),
    })
}

pub(in crate::store) fn link_from_wire(wire: &WireLink) -> Option<(LinkId, Version<Link>)> {
    let stamp = stamp_of(&wire.created, &wire.changed, wire.revision, &wire.by, &wire.past)?;
    let end = |end: &WireEnd| {
        Some(LinkEnd { report: end.report.parse().ok()?, person: end.person.parse::<PersonId>().ok()?, tag: end.tag.parse().ok()? })
    };
    let link =
        Link { id: wire.id.parse().ok()?, relation: Relation::from_key(&wire.relation)?, from: end(&wire.from)?, to: end(&wire.to)? };
    Some((link.id, Version { stamp, content: Some(link) }))
}

pub(in crate::store) fn tag_to_wire(tag: &Tag, stamp: &Stamp, ext: Ext) -> WireTag {
    let (by, past) = by_to_wire(stamp);
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
        definition: tag.definition.map(|definition| definition.to_string()).unwrap_or_default(),
        carried: tag.carried.as_deref().map(carried_to_wire),
        created: stamp.created.to_string(),
        changed: stamp.changed.to_string(),
        revision: stamp.revision(),
        by,
        past,
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

pub(in crate::store) fn link_to_wire(link: &Link, stamp: &Stamp, ext: Ext) -> WireLink {
    let (by, past) = by_to_wire(stamp);
    let end = |end: LinkEnd| WireEnd { report: end.report.to_string(), person: end.person.to_string(), tag: end.tag.to_string() };
    WireLink {
        id: link.id.to_string(),
        relation: link.relation.key().to_owned(),
        from: end(link.from),
        to: end(link.to),
        created: stamp.created.to_string(),
        changed: stamp.changed.to_string(),
        revision: stamp.revision(),
        by,
        past,
        ext,
    }
}

pub(in crate::store) fn tombstone<I: std::fmt::Display>(id: I, stamp: &Stamp) -> WireTombstone {
    let (by, past) = by_to_wire(stamp);
    WireTombstone {
        id: id.to_string(),
        created: stamp.created.to_string(),
        changed: stamp.changed.to_string(),
        revision: stamp.revision(),
        by,
        past,
    }
}
