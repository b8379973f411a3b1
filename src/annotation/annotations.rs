//! All that one person put on one report.

use super::edit::{Change, Edit, NotApplicable};
use super::identity::{LinkId, TagId};
use super::link::Link;
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
    /// The tags that stand in the text, as they follow one another in it: by start, longer first, then by name.
    order: Vec<(Span, TagId)>,
    /// The tags whose words have not been found in the text again.
    unplaced: Vec<TagId>,
}

impl Annotations {
    /// Puts together what was read from a file.
    pub fn from_records(tags: BTreeMap<TagId, Kept<Tag>>, links: BTreeMap<LinkId, Kept<Link>>) -> Self {
        let mut all = Self { tags, links, order: Vec::new(), unplaced: Vec::new() };
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

    /// The tag of a name.
    pub fn tag(&self, id: TagId) -> Option<&Tag> {
        self.tags.get(&id)?.now.content.as_ref()
    }

    /// The link of a name.
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        self.links.get(&id)?.now.content.as_ref()
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
        Self::from_records(merged(&self.tags, &other.tags), merged(&self.links, &other.links))
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
        let (mut tags, mut links) = (BTreeMap::new(), BTreeMap::new());
        for change in edit.changes() {
            let fits = match change {
                Change::Tag { before, after } => {
                    let Some(id) = change.tag_id() else { continue };
                    let current = tags.get(&id).copied().unwrap_or_else(|| self.tag(id));
                    tags.insert(id, after.as_deref());
                    current == before.as_deref()
                }
                Change::Readings { tag, before, .. } => self.tags.get(tag).is_some_and(|kept| kept.readings().eq(before)),
                Change::Link { before, after } => {
                    let Some(id) = change.link_id() else { continue };
                    let current = links.get(&id).copied().unwrap_or_else(|| self.link(id));
                    links.insert(id, after.as_deref());
                    current == before.as_deref()
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
            match (change, change.tag_id(), change.link_id()) {
                (Change::Tag { after, .. }, Some(id), _) => put_record(&mut self.tags, id, after.as_deref().cloned(), by),
                (Change::Link { after, .. }, _, Some(id)) => put_record(&mut self.links, id, after.as_deref().copied(), by),
                (Change::Readings { tag, after, .. }, ..) => {
                    if let Some(kept) = self.tags.get_mut(tag) {
                        kept.set_readings(after, by);
                    }
                }
                (Change::Tag { .. } | Change::Link { .. }, ..) => {}
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
        self.tags().eq(other.tags()) && self.links().eq(other.links())
    }
}

fn put_record<K: Ord, T: Clone + PartialEq + Debug>(records: &mut BTreeMap<K, Kept<T>>, id: K, content: Option<T>, by: Touch) {
    let new = || Kept::new(Stamp { created: by.at, ..Stamp::default() }, None);
    records.entry(id).or_insert_with(new).put(content, by);
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
