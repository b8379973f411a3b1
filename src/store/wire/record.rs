//! One record with its stamp, as it stands in a journal line.

use super::Ext;
use super::dismissals::{WireDismissal, dismissal_from_wire, dismissal_to_wire};
use super::records::{WireLink, WireTag, WireTombstone, link_from_wire, link_to_wire, tag_from_wire, tag_to_wire, tombstone};
use crate::annotation::{Dismissal, DismissalId, Kept, Link, LinkId, Tag, TagId, Version, take_version};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A record: a tag, link or dismissal as it is now, or gone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WireRecord {
    /// A tag.
    Tag(Box<WireTag>),
    /// A deleted tag.
    DeletedTag(WireTombstone),
    /// A link.
    Link(WireLink),
    /// A deleted link.
    DeletedLink(WireTombstone),
    /// A dismissal.
    Dismissal(WireDismissal),
    /// A deleted dismissal.
    DeletedDismissal(WireTombstone),
}

impl WireRecord {
    /// A version of a tag.
    pub fn of_tag(id: TagId, version: &Version<Tag>) -> Self {
        match &version.content {
            Some(tag) => Self::Tag(Box::new(tag_to_wire(tag, &version.stamp, Ext::new()))),
            None => Self::DeletedTag(tombstone(id, &version.stamp)),
        }
    }

    /// A version of a link.
    pub fn of_link(id: LinkId, version: &Version<Link>) -> Self {
        match &version.content {
            Some(link) => Self::Link(link_to_wire(link, &version.stamp, Ext::new())),
            None => Self::DeletedLink(tombstone(id, &version.stamp)),
        }
    }

    /// A version of a dismissal.
    pub fn of_dismissal(id: DismissalId, version: &Version<Dismissal>) -> Self {
        match &version.content {
            Some(dismissal) => Self::Dismissal(dismissal_to_wire(dismissal, &version.stamp, Ext::new())),
            None => Self::DeletedDismissal(tombstone(id, &version.stamp)),
        }
    }

    /// Puts it among the records it belongs to, beside what it does not continue; whether it could be understood.
    pub fn read(
        &self,
        tags: &mut BTreeMap<TagId, Kept<Tag>>,
        links: &mut BTreeMap<LinkId, Kept<Link>>,
        dismissals: &mut BTreeMap<DismissalId, Kept<Dismissal>>,
    ) -> bool {
        let read = match self {
            Self::Tag(wire) => tag_from_wire(wire).map(|(id, version)| take_version(tags, id, version)),
            Self::Link(wire) => link_from_wire(wire).map(|(id, version)| take_version(links, id, version)),
            Self::Dismissal(wire) => dismissal_from_wire(wire).map(|(id, version)| take_version(dismissals, id, version)),
            Self::DeletedTag(wire) => wire.read().map(|(id, version)| take_version(tags, id, version)),
            Self::DeletedLink(wire) => wire.read().map(|(id, version)| take_version(links, id, version)),
            Self::DeletedDismissal(wire) => wire.read().map(|(id, version)| take_version(dismissals, id, version)),
        };
        read.is_some()
    }
}
