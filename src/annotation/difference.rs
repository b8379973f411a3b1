//! What tells one content from another, and the step that leads from the one to the other.

use super::annotations::Annotations;
use super::edit::{Change, Edit};
use super::identity::{LinkId, RemarkId, TagId};

/// Which records of one sort differ between two contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing<Id> {
    /// Those there are only in the second.
    pub added: Vec<Id>,
    /// Those there are only in the first.
    pub removed: Vec<Id>,
    /// Those that say something else in the second.
    pub changed: Vec<Id>,
}

impl<Id> Differing<Id> {
    /// Whether none does.
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// What differs between two contents, whatever their revisions and times: tags in the order of the text, the rest by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The tags.
    pub tags: Differing<TagId>,
    /// The links.
    pub links: Differing<LinkId>,
    /// The remarks.
    pub remarks: Differing<RemarkId>,
}

impl Difference {
    /// Whether both say the same.
    pub const fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.links.is_empty() && self.remarks.is_empty()
    }
}

/// What differs between two contents.
pub fn difference(from: &Annotations, to: &Annotations) -> Difference {
    Difference {
        tags: differing(from.tags().map(|tag| tag.id), to.tags().map(|tag| tag.id), |id| from.tag(id), |id| to.tag(id)),
        links: differing(from.links().map(|link| link.id), to.links().map(|link| link.id), |id| from.link(id), |id| to.link(id)),
        remarks: differing(
            from.remarks().map(|remark| remark.id),
            to.remarks().map(|remark| remark.id),
            |id| from.remark(id),
            |id| to.remark(id),
        ),
    }
}

fn differing<'a, Id: Copy, T: PartialEq + 'a>(
    from: impl Iterator<Item = Id>,
    to: impl Iterator<Item = Id>,
    before: impl Fn(Id) -> Option<&'a T>,
    after: impl Fn(Id) -> Option<&'a T>,
) -> Differing<Id> {
    let removed = from.filter(|id| after(*id).is_none()).collect();
    let (kept, added): (Vec<Id>, Vec<Id>) = to.partition(|id| before(*id).is_some());
    let changed = kept.into_iter().filter(|id| before(*id) != after(*id)).collect();
    Differing { added, removed, changed }
}

/// The step that makes the second content of the first. It is undone like any other.
pub fn edit_between(from: &Annotations, to: &Annotations) -> Edit {
    let Difference { tags, links, remarks } = difference(from, to);
    let tag = |id: &TagId| Change::Tag { before: from.tag(*id).cloned().map(Box::new), after: to.tag(*id).cloned().map(Box::new) };
    let link = |id: &LinkId| Change::Link { before: from.link(*id).copied().map(Box::new), after: to.link(*id).copied().map(Box::new) };
    let remark =
        |id: &RemarkId| Change::Remark { before: from.remark(*id).cloned().map(Box::new), after: to.remark(*id).cloned().map(Box::new) };
    // At no point of the step does a link hold on to a tag that is gone.
    let mut changes: Vec<Change> = links.removed.iter().map(link).collect();
    // Deleting a tag of which two made different things means both; undoing it brings both back.
    let in_conflict =
        tags.removed.iter().filter_map(|id| Some((*id, from.tag_records().get(id)?))).filter(|(_, kept)| kept.is_in_conflict());
    changes.extend(in_conflict.map(|(tag, kept)| Change::Readings { tag, before: kept.readings().cloned().collect(), after: Vec::new() }));
    changes.extend(tags.removed.iter().chain(&tags.changed).chain(&tags.added).map(tag));
    changes.extend(links.changed.iter().chain(&links.added).map(link));
    changes.extend(remarks.removed.iter().chain(&remarks.changed).chain(&remarks.added).map(remark));
    Edit::new(changes)
}

#[cfg(test)]
mod tests {
    use super::super::anchor::Anchor;
    use super::super::codebook::KindId;
    use super::super::identity::{PersonId, Time};
    use super::super::link::{Link, LinkEnd, Relation};
    use super::super::remark::Remark;
    use super::super::remark::samples::says;
    use super::super::stamp::{Hand, Touch};
    use super::super::tag::Tag;
    use super::*;
    use crate::report::ReportId;
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

    fn link(number: u128, to: u128) -> Link {
        let end = |tag| LinkEnd { report: ReportId::of("甲"), person: PersonId(Uuid::from_u128(1)), tag: TagId(Uuid::from_u128(tag)) };
        Link { id: LinkId(Uuid::from_u128(number)), relation: Relation::Fulfils, from: end(number), to: end(to) }
    }

    fn remark(number: u128, start: u32) -> Remark {
        Remark { id: RemarkId(Uuid::from_u128(number)), anchor: tag(number, start).anchor, says: says(start as u8, "甲") }
    }

    /// Makes, changes or deletes a tag, a link and a remark of these numbers.
    fn step(all: &mut Annotations, number: u128, start: u32) {
        let (new_tag, new_link) = (tag(number, start), link(number, u128::from(start)));
        let (old_tag, old_link) = (all.tag(new_tag.id).cloned(), all.link(new_link.id).copied());
        let deletes = start.is_multiple_of(3);
        let tags = Change::Tag { after: (old_tag.is_none() || !deletes).then(|| Box::new(new_tag)), before: old_tag.map(Box::new) };
        let links = Change::Link { after: (old_link.is_none() || !deletes).then(|| Box::new(new_link)), before: old_link.map(Box::new) };
        let (new, old) = (remark(number, start), all.remark(RemarkId(Uuid::from_u128(number))).cloned());
        let remarks = Change::Remark { after: (old.is_none() || !deletes).then(|| Box::new(new)), before: old.map(Box::new) };
        all.apply(&Edit::new(vec![tags, links, remarks]), by(1)).unwrap();
    }

    fn contents() -> impl Strategy<Value = Annotations> {
        proptest::collection::vec((0u128..6, 0u32..10), 0..14).prop_map(|steps| {
            let mut all = Annotations::default();
            steps.into_iter().for_each(|(number, start)| step(&mut all, number, start));
            all
        })
    }

    #[test]
    fn what_is_there_only_once_or_says_something_else_differs() {
        let (mut old, mut new) = (Annotations::default(), Annotations::default());
        let add = |number, start| Change::add_tag(tag(number, start));
        old.apply(&Edit::new(vec![add(1, 0), add(2, 4), add(3, 6)]), by(1)).unwrap();
        new.apply(&Edit::new(vec![add(2, 4), add(3, 8), add(4, 2)]), by(9)).unwrap();
        let id = |number| TagId(Uuid::from_u128(number));
        assert_eq!(difference(&old, &new).tags, Differing { added: vec![id(4)], removed: vec![id(1)], changed: vec![id(3)] });
        assert!(difference(&old, &new).links.is_empty());
        let say = |number| Edit::new(vec![Change::add_remark(remark(number, 0))]);
        old.apply(&say(5), by(10)).unwrap();
        new.apply(&say(6), by(10)).unwrap();
        let id = |number| RemarkId(Uuid::from_u128(number));
        assert_eq!(difference(&old, &new).remarks, Differing { added: vec![id(6)], removed: vec![id(5)], changed: Vec::new() });
    }

    proptest! {
        #[test]
        fn the_step_between_two_contents_leads_from_the_one_to_the_other_and_back(a in contents(), b in contents()) {
            let edit = edit_between(&a, &b);
            let mut there = a.clone();
            prop_assert_eq!(there.apply(&edit, by(2)), Ok(()));
            prop_assert!(there.same_content(&b));
            prop_assert!(difference(&there, &b).is_empty());
            prop_assert_eq!(there.apply(&edit.inverse(), by(3)), Ok(()));
            prop_assert!(there.same_content(&a));
            prop_assert_eq!(edit.is_empty(), a.same_content(&b));
        }
    }
}
