//! Changes as data: what an edit makes of records, and its inverse.

use super::identity::{LinkId, RemarkId, TagId};
use super::link::Link;
use super::remark::Remark;
use super::tag::Tag;

/// A change to one record: what it was and what it becomes; `None` is "not there".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A tag is made, changed or deleted.
    Tag {
        /// The tag before.
        before: Option<Box<Tag>>,
        /// The tag after.
        after: Option<Box<Tag>>,
    },
    /// A link is made, changed or deleted.
    Link {
        /// The link before.
        before: Option<Box<Link>>,
        /// The link after.
        after: Option<Box<Link>>,
    },
    /// A remark is made, changed or deleted.
    Remark {
        /// The remark before.
        before: Option<Box<Remark>>,
        /// The remark after.
        after: Option<Box<Remark>>,
    },
    /// What others made of a tag at the same time is decided on, or open again.
    Readings {
        /// The tag.
        tag: TagId,
        /// The readings that stood beside the one in force.
        before: Vec<Option<Tag>>,
        /// Those that do now.
        after: Vec<Option<Tag>>,
    },
}

impl Change {
    /// Makes a tag.
    pub fn add_tag(tag: Tag) -> Self {
        Self::Tag { before: None, after: Some(Box::new(tag)) }
    }

    /// Turns a tag into another of the same name.
    pub fn set_tag(before: Tag, after: Tag) -> Self {
        Self::Tag { before: Some(Box::new(before)), after: Some(Box::new(after)) }
    }

    /// Deletes a tag.
    pub fn delete_tag(tag: Tag) -> Self {
        Self::Tag { before: Some(Box::new(tag)), after: None }
    }

    /// Makes a remark.
    pub fn add_remark(remark: Remark) -> Self {
        Self::Remark { before: None, after: Some(Box::new(remark)) }
    }

    /// Deletes a remark.
    pub fn delete_remark(remark: Remark) -> Self {
        Self::Remark { before: Some(Box::new(remark)), after: None }
    }

    /// Which tag it changes, if it changes one.
    pub fn tag_id(&self) -> Option<TagId> {
        match self {
            Self::Tag { before, after } => after.as_ref().or(before.as_ref()).map(|tag| tag.id),
            Self::Readings { tag, .. } => Some(*tag),
            Self::Link { .. } | Self::Remark { .. } => None,
        }
    }

    /// Which link it changes, if it changes one.
    pub fn link_id(&self) -> Option<LinkId> {
        match self {
            Self::Link { before, after } => after.as_ref().or(before.as_ref()).map(|link| link.id),
            Self::Tag { .. } | Self::Readings { .. } | Self::Remark { .. } => None,
        }
    }

    /// Which remark it changes, if it changes one.
    pub fn remark_id(&self) -> Option<RemarkId> {
        match self {
            Self::Remark { before, after } => after.as_ref().or(before.as_ref()).map(|remark| remark.id),
            Self::Tag { .. } | Self::Readings { .. } | Self::Link { .. } => None,
        }
    }

    fn inverse(&self) -> Self {
        match self.clone() {
            Self::Tag { before, after } => Self::Tag { before: after, after: before },
            Self::Link { before, after } => Self::Link { before: after, after: before },
            Self::Remark { before, after } => Self::Remark { before: after, after: before },
            Self::Readings { tag, before, after } => Self::Readings { tag, before: after, after: before },
        }
    }
}

/// One step: changes that are made, kept and undone together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    changes: Vec<Change>,
}

impl Edit {
    /// A step of one or more changes, made in order.
    pub const fn new(changes: Vec<Change>) -> Self {
        Self { changes }
    }

    /// Its changes in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether it changes nothing.
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The step that takes it back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { changes: self.changes.iter().rev().map(Change::inverse).collect() }
    }
}

/// An edit does not fit: a record is not what the edit says it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a record is not what the edit says it was before")]
pub struct NotApplicable;

#[cfg(test)]
mod tests {
    use super::super::anchor::Anchor;
    use super::super::annotations::Annotations;
    use super::super::codebook::KindId;
    use super::super::identity::Time;
    use super::super::remark::samples::says;
    use super::super::stamp::{Hand, Touch};
    use super::*;
    use crate::text::{Span, Text};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn by(at: i64) -> Touch {
        Touch { at: Time(at), hand: Hand::new(7) }
    }

    fn tag(number: u128, start: u32) -> Tag {
        let text = Text::new("全市生产总值增长百分之八以上左右".into());
        Tag::new(TagId(Uuid::from_u128(number)), KindId::new("target"), Anchor::new(&text, Span::of(start, start + 2)))
    }

    fn remark(number: u128, start: u32) -> Remark {
        Remark { id: RemarkId(Uuid::from_u128(number)), anchor: tag(number, start).anchor, says: says(start as u8, "甲") }
    }

    #[test]
    fn an_edit_that_does_not_fit_changes_nothing() {
        let mut all = Annotations::default();
        let edit = Edit::new(vec![Change::add_tag(tag(1, 0)), Change::delete_tag(tag(2, 3))]);
        assert_eq!(all.apply(&edit, by(1)), Err(NotApplicable));
        assert_eq!(all, Annotations::default());
    }

    #[test]
    fn nothing_is_said_twice_under_one_name_or_deleted_that_was_not_said() {
        let mut all = Annotations::default();
        let (add, delete) = (Change::add_remark(remark(1, 0)), Change::delete_remark(remark(1, 0)));
        assert_eq!(all.apply(&Edit::new(vec![delete.clone()]), by(1)), Err(NotApplicable));
        assert_eq!(all.apply(&Edit::new(vec![add.clone(), delete, add.clone()]), by(1)), Ok(()));
        assert_eq!(all.apply(&Edit::new(vec![add]), by(2)), Err(NotApplicable));
        assert_eq!(all.remarks().collect::<Vec<_>>(), [&remark(1, 0)]);
    }

    #[test]
    fn undoing_a_deletion_raises_the_revision() {
        let mut all = Annotations::default();
        let delete = Edit::new(vec![Change::delete_tag(tag(1, 0))]);
        for (edit, revision) in [(Edit::new(vec![Change::add_tag(tag(1, 0))]), 1), (delete.clone(), 2), (delete.inverse(), 3)] {
            assert_eq!(all.apply(&edit, by(revision)), Ok(()));
            let record = all.tag_records().values().next().map(|kept| kept.now.stamp.revision());
            assert_eq!(record, Some(revision as u64));
        }
    }

    proptest! {
        #[test]
        fn an_edit_and_its_inverse_leave_what_was(steps in proptest::collection::vec((0u128..6, 0u32..10), 1..12)) {
            let mut all = Annotations::default();
            for (number, start) in steps {
                let before = all.clone();
                let new = tag(number, start);
                let change = match all.tag(new.id) {
                    Some(old) if start % 3 == 0 => Change::delete_tag(old.clone()),
                    Some(old) => Change::set_tag(old.clone(), new),
                    None => Change::add_tag(new),
                };
                let new = remark(number, start);
                let said = match all.remark(new.id) {
                    Some(old) => Change::delete_remark(old.clone()),
                    None => Change::add_remark(new),
                };
                let edit = Edit::new(vec![change, said]);
                prop_assert_eq!(all.apply(&edit, by(1)), Ok(()));
                let mut undone = all.clone();
                prop_assert_eq!(undone.apply(&edit.inverse(), by(2)), Ok(()));
                prop_assert!(undone.same_content(&before));
            }
        }
    }
}
