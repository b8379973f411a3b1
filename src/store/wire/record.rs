//! One record with its stamp, as it stands in a journal line.

use super::Ext;
use super::records::{WireLink, WireTag, WireTombstone, link_from_wire, link_to_wire, tag_from_wire, tag_to_wire, tombstone};
use super::remark_lists::RemarkList;
use super::remarks::{WireRemark, remark_from_wire, remark_to_wire};
use crate::annotation::{Kept, Link, LinkId, Remark, RemarkId, Tag, TagId, Version, take_version};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A record: a tag, link or remark as it is now, or gone.
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
    Dismissal(Box<WireRemark>),
    /// A comment.
    Comment(Box<WireRemark>),
    /// A decision.
    Decision(Box<WireRemark>),
    /// A part that was read.
    PartRead(Box<WireRemark>),
    /// A deleted remark of any sort.
    #[serde(alias = "deleted_dismissal")]
    DeletedRemark(WireTombstone),
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

    /// A version of a remark.
    pub fn of_remark(id: RemarkId, version: &Version<Remark>) -> Self {
        let Some(remark) = &version.content else {
            return Self::DeletedRemark(tombstone(id, &version.stamp));
        };
        let wire = Box::new(remark_to_wire(remark, &version.stamp, Ext::new()));
        match RemarkList::of(&remark.says) {
            RemarkList::Dismissals => Self::Dismissal(wire),
            RemarkList::Comments => Self::Comment(wire),
            RemarkList::Decisions => Self::Decision(wire),
            RemarkList::PartsRead => Self::PartRead(wire),
        }
    }

    /// Puts it among the records it belongs to, beside what it does not continue; whether it could be understood.
    pub fn read(
        &self,
        tags: &mut BTreeMap<TagId, Kept<Tag>>,
        links: &mut BTreeMap<LinkId, Kept<Link>>,
        remarks: &mut BTreeMap<RemarkId, Kept<Remark>>,
    ) -> bool {
        let mut remark =
            |list: RemarkList, wire: &WireRemark| remark_from_wire(list, wire).map(|(id, version)| take_version(remarks, id, version));
        let read = match self {
            Self::Tag(wire) => tag_from_wire(wire).map(|(id, version)| take_version(tags, id, version)),
            Self::Link(wire) => link_from_wire(wire).map(|(id, version)| take_version(links, id, version)),
            Self::Dismissal(wire) => remark(RemarkList::Dismissals, wire),
            Self::Comment(wire) => remark(RemarkList::Comments, wire),
            Self::Decision(wire) => remark(RemarkList::Decisions, wire),
            Self::PartRead(wire) => remark(RemarkList::PartsRead, wire),
            Self::DeletedTag(wire) => wire.read().map(|(id, version)| take_version(tags, id, version)),
            Self::DeletedLink(wire) => wire.read().map(|(id, version)| take_version(links, id, version)),
            Self::DeletedRemark(wire) => wire.read().map(|(id, version)| take_version(remarks, id, version)),
        };
        read.is_some()
    }
}
