//! All that one person put on one report.

use super::edit::{Change, Edit, NotApplicable};
use super::identity::{LinkId, TagId, Time};
use super::link::Link;
use super::tag::Tag;
use crate::text::Span;
use std::collections::BTreeMap;

/// How often a record was changed and when: what decides between two copies of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Counts the changes, undoing among them; the first is 1.
    pub revision: u64,
    /// When it was made.
    pub created: Time,
    /// When it was last changed.
    pub changed: Time,
}

/// A record with its stamp. Without content it is the tombstone of a deleted one, kept so that
/// a copy made before the deletion does not bring it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// Revision and times.
    pub stamp: Stamp,
    /// The record, unless deleted.
    pub content: Option<T>,
}

/// One person's annotations of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    tags: BTreeMap<TagId, Kept<Tag>>,
    links: BTreeMap<LinkId, Kept<Link>>,
    /// The tags as they follow one another in the text: by start, longer first, then by name.
    order: Vec<(Span, TagId)>,
}

impl Annotations {
    /// Puts together what was read from a file.
    pub fn from_records(tags: BTreeMap<TagId, Kept<Tag>>, links: BTreeMap<LinkId, Kept<Link>>) -> Self {
        let mut all = Self { tags, links, order: Vec::new() };
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
        self.tags.get(&id)?.content.as_ref()
    }

    /// The link of a name.
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        self.links.get(&id)?.content.as_ref()
    }

    /// The tags in the order of the text.
    pub fn tags(&self) -> impl DoubleEndedIterator<Item = &Tag> + '_ {
        self.order.iter().filter_map(|(_, id)| self.tag(*id))
    }

    /// How many tags there are.
    pub const fn tag_count(&self) -> usize {
        self.order.len()
    }

    /// Spans and names of the tags in the order of the text.
    pub fn order(&self) -> &[(Span, TagId)] {
        &self.order
    }

    /// The links in the order of their names, which is that of their making.
    pub fn links(&self) -> impl Iterator<Item = &Link> + '_ {
        self.links.values().filter_map(|kept| kept.content.as_ref())
    }

    /// The links a tag is an end of.
    pub fn links_of(&self, tag: TagId) -> impl Iterator<Item = &Link> + '_ {
        self.links().filter(move |link| link.from.tag == tag || link.to.tag == tag)
    }

    /// Applies an edit made at `now`.
    ///
    /// # Errors
    /// If a record is not what the edit says it was before; then nothing is changed.
    pub fn apply(&mut self, edit: &Edit, now: Time) -> Result<(), NotApplicable> {
        self.check(edit)?;
        self.put(edit, now);
        self.sort();
        Ok(())
    }

    /// Applies what an edit makes of the records whatever they were before: how a journal is replayed
    /// over a file that may already hold some of it.
    pub fn replay(&mut self, edit: &Edit, now: Time) {
        self.put(edit, now);
        self.sort();
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

    fn put(&mut self, edit: &Edit, now: Time) {
        for change in edit.changes() {
            if let (Change::Tag { after, .. }, Some(id)) = (change, change.tag_id()) {
                put_record(&mut self.tags, id, after.as_deref().cloned(), now);
            }
            if let (Change::Link { after, .. }, Some(id)) = (change, change.link_id()) {
                put_record(&mut self.links, id, after.as_deref().copied(), now);
            }
        }
    }

    fn sort(&mut self) {
        self.order.clear();
        let live = self.tags.iter().filter_map(|(&id, kept)| Some((kept.content.as_ref()?.anchor.span, id)));
        self.order.extend(live);
        self.order.sort_unstable_by_key(|&(span, id)| (span.start(), std::cmp::Reverse(span.end()), id));
    }

    /// Whether both hold the same records, whatever their revisions and times.
    pub fn same_content(&self, other: &Self) -> bool {
        self.tags().eq(other.tags()) && self.links().eq(other.links())
    }
}

fn put_record<K: Ord, T>(records: &mut BTreeMap<K, Kept<T>>, id: K, content: Option<T>, now: Time) {
    let kept = records.entry(id).or_insert(Kept { stamp: Stamp { revision: 0, created: now, changed: now }, content: None });
    kept.stamp.revision += 1;
    kept.stamp.changed = now;
    kept.content = content;
}
