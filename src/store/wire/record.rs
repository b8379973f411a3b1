//! One record with its stamp, as it stands in a journal line.

use super::Ext;
use super::records::{WireLink, WireTag, WireTombstone, link_from_wire, link_to_wire, tag_from_wire, tag_to_wire, tombstone};
use crate::annotation::{Kept, Link, LinkId, Stamp, Tag, TagId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A record: a tag or link as it is now, or gone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WireRecord {
    /// A tag.
    Tag(WireTag),
    /// A deleted tag.
    DeletedTag(WireTombstone),
    /// A link.
    Link(WireLink),
    /// A deleted link.
    DeletedLink(WireTombstone),
}

impl WireRecord {
    /// The record of a tag.
    pub fn of_tag(id: TagId, kept: &Kept<Tag>) -> Self {
        match &kept.content {
            Some(tag) => Self::Tag(tag_to_wire(tag, kept.stamp, Ext::new())),
            None => Self::DeletedTag(tombstone(id, kept.stamp)),
        }
    }

    /// The record of a link.
    pub fn of_link(id: LinkId, kept: &Kept<Link>) -> Self {
        match &kept.content {
            Some(link) => Self::Link(link_to_wire(link, kept.stamp, Ext::new())),
            None => Self::DeletedLink(tombstone(id, kept.stamp)),
        }
    }

    /// Puts it among the records it belongs to, in place of an older one; whether it could be understood.
    pub fn read(&self, tags: &mut BTreeMap<TagId, Kept<Tag>>, links: &mut BTreeMap<LinkId, Kept<Link>>) -> bool {
        let read = match self {
            Self::Tag(wire) => tag_from_wire(wire).map(|(tag, stamp)| put(tags, tag.id, stamp, Some(tag))),
            Self::Link(wire) => link_from_wire(wire).map(|(link, stamp)| put(links, link.id, stamp, Some(link))),
            Self::DeletedTag(wire) => wire.id.parse().ok().zip(wire.stamp()).map(|(id, stamp)| put(tags, id, stamp, None)),
            Self::DeletedLink(wire) => wire.id.parse().ok().zip(wire.stamp()).map(|(id, stamp)| put(links, id, stamp, None)),
        };
        read.is_some()
    }
}

fn put<K: Ord, T>(records: &mut BTreeMap<K, Kept<T>>, id: K, stamp: Stamp, content: Option<T>) {
    if records.get(&id).is_none_or(|kept| kept.stamp.revision < stamp.revision) {
        records.insert(id, Kept { stamp, content });
    }
}
