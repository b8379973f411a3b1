//! Tags, links and tombstones as they stand in a file, a line each.

use super::Ext;
use crate::annotation::{Anchor, AttributeId, KindId, Link, LinkEnd, Origin, PersonId, Relation, Stamp, Tag, Time, Value};
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
