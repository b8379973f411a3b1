//! People as figures see them: what they tagged, and what they read.

use super::super::Layer;
use super::super::agreement::Stretch;
use super::cut::{gaps, stretch};
use super::{Basis, PersonCounts};
use crate::annotation::{Annotations, KindId, Origin, Tag};
use crate::report::Report;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A person.
pub struct Coder<'a> {
    /// The place of their layer among those given.
    pub layer: usize,
    of: &'a Layer,
    /// Their tags, those that came of proposals only if they are asked for.
    pub tags: Vec<&'a Tag>,
    /// What they read of what is asked for.
    read: Vec<Span>,
    /// The rest of the text.
    pub unread: Vec<Stretch>,
}

/// The people, in an order that does not depend on whose layer was given first.
pub fn coders<'a>(basis: &Basis<'a>) -> Vec<Coder<'a>> {
    let text = basis.report.text().span();
    let outside = basis.within.map(|within| gaps(within.iter().copied(), text)).unwrap_or_default();
    let mut ordered: Vec<(usize, &Layer)> = basis.layers.iter().enumerate().collect();
    ordered.sort_by(|(_, one), (_, other)| one.order(other));
    let coder = |(layer, of): (usize, &'a Layer)| {
        let unread = basis.unread.get(layer).into_iter().flatten().chain(&outside).copied();
        let read = gaps(unread, text);
        let is_asked_for = |tag: &&Tag| !basis.without_proposals || tag.origin == Origin::ByHand;
        let tags = of.tags.iter().filter(is_asked_for).collect();
        let unread = gaps(read.iter().copied(), text).into_iter().map(stretch).collect();
        Coder { layer, of, tags, read, unread }
    };
    ordered.into_iter().map(coder).collect()
}

impl Coder<'_> {
    /// Whether they read all of a stretch that is asked for.
    fn has_read(&self, span: Span) -> bool {
        self.read.iter().any(|read| read.contains(span))
    }

    /// Their tags on what they read.
    pub fn on_what_is_read(&self) -> Layer {
        let tags = self.tags.iter().copied().filter(|tag| self.has_read(tag.anchor.span));
        Layer { person: self.of.person.clone(), tags: tags.cloned().collect() }
    }

    /// What there is of them, where so many characters are asked for.
    pub fn counts(&self, characters: u64) -> PersonCounts {
        let mut kinds: BTreeMap<KindId, u64> = BTreeMap::new();
        for tag in self.tags.iter().filter(|tag| self.has_read(tag.anchor.span)) {
            *kinds.entry(tag.kind.clone()).or_default() += 1;
        }
        let proposed = self.of.tags.iter().filter(|tag| tag.origin != Origin::ByHand && self.has_read(tag.anchor.span));
        let read: u64 = self.read.iter().map(|span| u64::from(span.len())).sum();
        PersonCounts {
            person: self.of.person.clone(),
            kinds,
            from_proposals: proposed.count() as u64,
            unread: characters.saturating_sub(read),
        }
    }
}

/// The kinds of the codebook in its order, then others that somebody tagged.
pub fn kinds(basis: &Basis, coders: &[Coder]) -> Vec<KindId> {
    let mut kinds: Vec<KindId> = basis.codebook.kinds.iter().map(|kind| kind.id.clone()).collect();
    let tagged: BTreeSet<&KindId> = coders.iter().flat_map(|coder| &coder.tags).map(|tag| &tag.kind).collect();
    let others: Vec<KindId> = tagged.into_iter().filter(|kind| !kinds.contains(kind)).cloned().collect();
    kinds.extend(others);
    kinds
}

/// What a person did not read of a report: all that they did not mark as read. Who marked nothing read it all.
pub fn unread(annotations: &Annotations, report: &Report) -> Vec<Span> {
    let read: Vec<Span> = annotations.parts_read().collect();
    if read.is_empty() { Vec::new() } else { gaps(read, report.text().span()) }
}
