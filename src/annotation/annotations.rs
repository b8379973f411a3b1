//! All that one person put on one report.

use super::comment::Comment;
use super::decision::Decision;
use super::edit::{Change, Edit, NotApplicable};
use super::identity::{LinkId, RemarkId, TagId};
use super::link::Link;
use super::remark::{Dismissed, Remark, Says};
use super::stamp::{Kept, Stamp, Touch, Version};
use super::tag::Tag;
use crate::text::Span;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// One person's annotations of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    tags: BTreeMap<TagId, Kept<Tag>>,
    links: BTreeMap<LinkId, Kept<Link>>,
    remarks: BTreeMap<RemarkId, Kept<Remark>>,
    /// The tags that stand in the text, as they follow one another in it: by start, longer first, then by name.
    order: Vec<(Span, TagId)>,
    /// The tags whose words have not been found in the text again.
    unplaced: Vec<TagId>,
}

impl Annotations {
    /// Puts together what was read from a file.
    pub fn from_records(
        tags: BTreeMap<TagId, Kept<Tag>>,
        links: BTreeMap<LinkId, Kept<Link>>,
        remarks: BTreeMap<RemarkId, Kept<Remark>>,
    ) -> Self {
        let mut all = Self { tags, links, remarks, order: Vec::new(), unplaced: Vec::new() };
        all.sort();
        all
    }

    /// The tag records, tombstones included, by name.
    pub const fn tag_records(&self) -> &BTreeMap<TagId, Kept<Tag>> {
        &self.tags
    }

    /// The link records, tombstones included, by name.
    pub const fn link_records(&self) -> &BTreeMap<LinkId, Kept<Link>> {
        &self.links
    }

    /// The remark records, tombstones included, by name.
    pub const fn remark_records(&self) -> &BTreeMap<RemarkId, Kept<Remark>> {
        &self.remarks
    }

    /// The tag of a name.
    pub fn tag(&self, id: TagId) -> Option<&Tag> {
        self.tags.get(&id)?.now.content.as_ref()
    }

    /// The link of a name.
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        self.links.get(&id)?.now.content.as_ref()
    }

    /// The remark of a name.
    pub fn remark(&self, id: RemarkId) -> Option<&Remark> {
        self.remarks.get(&id)?.now.content.as_ref()
    }

    /// The tags in the order of the text, those without a place in it last.
    pub fn tags(&self) -> impl DoubleEndedIterator<Item = &Tag> + '_ {
        self.order.iter().map(|(_, id)| id).chain(&self.unplaced).filter_map(|id| self.tag(*id))
    }

    /// The tags whose words have not been found in the text again, by name.
    pub fn unplaced(&self) -> &[TagId] {
        &self.unplaced
    }

    /// The tags of which others made something else at the same time, by name.
    pub fn conflicts(&self) -> impl Iterator<Item = (TagId, &Kept<Tag>)> + '_ {
        self.tags.iter().filter(|(_, kept)| kept.is_in_conflict()).map(|(id, kept)| (*id, kept))
    }

    /// Two copies of one person's records as one: of each record every version stays that no other one continues.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        let (tags, links) = (merged(&self.tags, &other.tags), merged(&self.links, &other.links));
        Self::from_records(tags, links, merged(&self.remarks, &other.remarks))
    }

    /// How many tags there are.
    pub const fn tag_count(&self) -> usize {
        self.order.len() + self.unplaced.len()
    }

    /// Spans and names of the tags that have a place in the text, in its order.
    pub fn order(&self) -> &[(Span, TagId)] {
        &self.order
    }

    /// The links in the order of their names, which is that of their making.
    pub fn links(&self) -> impl Iterator<Item = &Link> + '_ {
        self.links.values().filter_map(|kept| kept.now.content.as_ref())
    }

    /// The remarks in the order of their names, which is that of their making.
    pub fn remarks(&self) -> impl Iterator<Item = &Remark> + '_ {
        self.stamped_remarks().map(|(remark, _)| remark)
    }

    /// What was turned down, in the order of its turning down.
    pub fn dismissals(&self) -> impl Iterator<Item = (&Remark, &Dismissed)> + '_ {
        self.remarks().filter_map(|remark| match &remark.says {
            Says::Dismissed(dismissed) => Some((remark, dismissed)),
            _ => None,
        })
    }

    /// The comments in the order of their making, each with its stamp.
    pub fn comments(&self) -> impl Iterator<Item = (&Remark, &Stamp, &Comment)> + '_ {
        self.stamped_remarks().filter_map(|(remark, stamp)| match &remark.says {
            Says::Comment(comment) => Some((remark, stamp, comment)),
            _ => None,
        })
    }

    /// The decisions in the order of their making, each with its stamp.
    pub fn decisions(&self) -> impl Iterator<Item = (&Remark, &Stamp, &Decision)> + '_ {
        self.stamped_remarks().filter_map(|(remark, stamp)| match &remark.says {
            Says::Decision(decision) => Some((remark, stamp, decision)),
            _ => None,
        })
    }

    /// The parts the person says they have read, as they were marked one after the other; they may overlap.
    pub fn parts_read(&self) -> impl Iterator<Item = Span> + '_ {
        self.remarks().filter(|remark| remark.says == Says::Read).map(|remark| remark.anchor.span)
    }

    fn stamped_remarks(&self) -> impl Iterator<Item = (&Remark, &Stamp)> + '_ {
        self.remarks.values().filter_map(|kept| Some((kept.now.content.as_ref()?, &kept.now.stamp)))
    }

    /// The links a tag is an end of.
    pub fn links_of(&self, tag: TagId) -> impl Iterator<Item = &Link> + '_ {
        self.links().filter(move |link| link.from.tag == tag || link.to.tag == tag)
    }

    /// Applies an edit.
    ///
    /// # Errors
    /// If a record is not what the edit says it was before; then nothing is changed.
    pub fn apply(&mut self, edit: &Edit, by: Touch) -> Result<(), NotApplicable> {
        self.check(edit)?;
        self.put(edit, by);
        self.sort();
        Ok(())
    }

    fn check(&self, edit: &Edit) -> Result<(), NotApplicable> {
        // A step may change one record several times, so each change is checked on what the ones before it made.
        let (mut tags, mut links, mut remarks) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for change in edit.changes() {
            let fits = match change {
                Change::Tag { before, after } => {
                    let Some(id) = change.tag_id() else { continue };
                    tags.insert(id, after.as_deref()).unwrap_or_else(|| self.tag(id)) == before.as_deref()
                }
                Change::Readings { tag, before, .. } => self.tags.get(tag).is_some_and(|kept| kept.readings().eq(before)),
                Change::Link { before, after } => {
                    let Some(id) = change.link_id() else { continue };
                    links.insert(id, after.as_deref()).unwrap_or_else(|| self.link(id)) == before.as_deref()
                }
                Change::Remark { before, after } => {
                    let Some(id) = change.remark_id() else { continue };
                    remarks.insert(id, after.as_deref()).unwrap_or_else(|| self.remark(id)) == before.as_deref()
                }
            };
            if !fits {
                return Err(NotApplicable);
            }
        }
        Ok(())
    }

    fn put(&mut self, edit: &Edit, by: Touch) {
        for change in edit.changes() {
            match change {
                Change::Tag { after, .. } => put_record(&mut self.tags, change.tag_id(), after.as_deref(), by),
                Change::Link { after, .. } => put_record(&mut self.links, change.link_id(), after.as_deref(), by),
                Change::Remark { after, .. } => put_record(&mut self.remarks, change.remark_id(), after.as_deref(), by),
                Change::Readings { tag, after, .. } => {
                    if let Some(kept) = self.tags.get_mut(tag) {
                        kept.set_readings(after, by);
                    }
                }
            }
        }
    }

    fn sort(&mut self) {
        self.order.clear();
        self.unplaced.clear();
        for tag in self.tags.values().filter_map(|kept| kept.now.content.as_ref()) {
            if tag.is_placed() { self.order.push((tag.anchor.span, tag.id)) } else { self.unplaced.push(tag.id) }
        }
        self.order.sort_unstable_by_key(|&(span, id)| (span.start(), std::cmp::Reverse(span.end()), id));
    }

    /// Whether both hold the same records, whatever their revisions and times.
    pub fn same_content(&self, other: &Self) -> bool {
        self.tags().eq(other.tags()) && self.links().eq(other.links()) && self.remarks().eq(other.remarks())
    }
}

fn put_record<K: Ord, T: Clone + PartialEq + Debug>(records: &mut BTreeMap<K, Kept<T>>, id: Option<K>, content: Option<&T>, by: Touch) {
    let Some(id) = id else { return };
    let new = || Kept::new(Stamp { created: by.at, ..Stamp::default() }, None);
    records.entry(id).or_insert_with(new).put(content.cloned(), by);
}

fn merged<K: Ord + Copy, T: Clone + PartialEq + Debug>(one: &BTreeMap<K, Kept<T>>, other: &BTreeMap<K, Kept<T>>) -> BTreeMap<K, Kept<T>> {
    let mut all = one.clone();
    for (&id, theirs) in other {
        all.entry(id).and_modify(|ours| *ours = ours.merged(theirs)).or_insert_with(|| theirs.clone());
    }
    all
}

/// Takes one more version into a record that is being read: an id that stands twice is a record of several versions.
pub fn take_version<K: Ord, T: Clone + PartialEq + Debug>(records: &mut BTreeMap<K, Kept<T>>, id: K, version: Version<T>) {
    let kept = Kept { now: version, rivals: Vec::new() };
    match records.get_mut(&id) {
        Some(there) => *there = there.merged(&kept),
        None => drop(records.insert(id, kept)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::anchor::Anchor;
    use super::super::identity::Time;
    use super::super::remark::samples::{TURNS, says};
    use super::super::stamp::Hand;
    use super::*;
    use crate::text::Text;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn touch(hand: usize, at: usize) -> Touch {
        Touch { at: Time(at as i64), hand: Hand::new((hand as u32 + 1) << 16) }
    }

    fn remark(number: u128, turn: u8) -> Remark {
        let anchor = Anchor::new(&Text::new("全市生产总值增长8%".into()), Span::of(2, 6));
        Remark { id: RemarkId(Uuid::from_u128(number)), anchor, says: says(turn, "甲") }
    }

    fn make(all: &mut Annotations, change: Change, by: Touch) {
        assert_eq!(all.apply(&Edit::new(vec![change]), by), Ok(()));
    }

    #[test]
    fn what_was_said_in_either_copy_stays_until_it_is_deleted() {
        for turn in 0..TURNS {
            let (mut one, mut other) = (Annotations::default(), Annotations::default());
            make(&mut one, Change::add_remark(remark(1, turn)), touch(0, 1));
            make(&mut other, Change::add_remark(remark(2, turn)), touch(1, 2));
            let both = one.merged(&other);
            assert_eq!(both.remarks().collect::<Vec<_>>(), [&remark(1, turn), &remark(2, turn)]);
            let mut later = both.clone();
            make(&mut later, Change::delete_remark(remark(1, turn)), touch(0, 3));
            assert_eq!(both.merged(&later), later);
            assert_eq!(later.remarks().collect::<Vec<_>>(), [&remark(2, turn)]);
        }
    }

    #[test]
    fn remarks_are_told_apart_by_what_they_say() {
        let mut all = Annotations::default();
        for turn in 0..TURNS {
            make(&mut all, Change::add_remark(remark(turn.into(), turn)), touch(0, turn.into()));
        }
        let number = |remark: &Remark| remark.id.0.as_u128();
        assert_eq!(all.dismissals().map(|(remark, _)| number(remark)).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(
            all.comments().map(|(remark, stamp, _)| (number(remark), stamp.created)).collect::<Vec<_>>(),
            [(2, Time(2)), (3, Time(3))]
        );
        assert_eq!(all.decisions().map(|(remark, stamp, _)| (number(remark), stamp.created)).collect::<Vec<_>>(), [(4, Time(4))]);
        assert_eq!(all.parts_read().collect::<Vec<_>>(), [Span::of(2, 6)]);
        assert_eq!(all.remarks().count(), usize::from(TURNS));
    }

    /// Copies as random histories of three hands leave them: each step is a hand, a remark, what becomes of it, and whose copy is
    /// taken in.
    fn copies() -> impl Strategy<Value = Vec<Annotations>> {
        proptest::collection::vec((0usize..3, 0u128..3, 0u8..5, 0usize..3), 0..14).prop_map(|steps| {
            let mut copies = vec![Annotations::default(); 3];
            for (at, (hand, number, deed, from)) in steps.into_iter().enumerate() {
                if deed == 4 {
                    copies[hand] = copies[hand].merged(&copies[from]);
                    continue;
                }
                // A comment, a decision, a part that was read.
                let new = remark(number, deed + 2);
                let before = copies[hand].remark(new.id).cloned().map(Box::new);
                let after = (deed > 0).then(|| Box::new(new));
                make(&mut copies[hand], Change::Remark { before, after }, touch(hand, at));
            }
            copies
        })
    }

    proptest! {
        #[test]
        fn merging_is_commutative_associative_idempotent(copies in copies()) {
            let [a, b, c] = [&copies[0], &copies[1], &copies[2]];
            prop_assert_eq!(&a.merged(a), a);
            prop_assert_eq!(a.merged(b), b.merged(a));
            prop_assert_eq!(a.merged(b).merged(c), a.merged(&b.merged(c)));
            prop_assert_eq!(&a.merged(b).merged(b), &a.merged(b));
        }
    }
}
