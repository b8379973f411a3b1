//! Which tags stand in view, and on which lane each is underlined so that overlapping ones stack.

use crate::annotation::{Annotations, TagId};
use crate::text::Span;

/// A tag in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub tag: TagId,
    pub span: Span,
    /// 0 is nearest the text.
    pub lane: usize,
}

/// The tags that share a character with `within`, each on the first lane free over its whole length.
pub fn marks(annotations: &Annotations, within: Span) -> Vec<Mark> {
    let mut ends: Vec<Span> = Vec::new();
    let mut marks = Vec::new();
    // Tags begin in the order of the text, so those after the end can be left out; one that began long before may reach in.
    let before = annotations.order().partition_point(|(span, _)| span.start() < within.end());
    for &(span, tag) in annotations.order().iter().take(before).filter(|(span, _)| span.overlaps(within)) {
        let free = ends.iter().position(|last| !last.overlaps(span));
        let lane = free.unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(last) => *last = span,
            None => ends.push(span),
        }
        marks.push(Mark { tag, span, lane });
    }
    marks
}

/// The tags at a place, the shortest first: what a click there means.
pub fn tags_at(annotations: &Annotations, place: crate::text::Pos) -> Vec<TagId> {
    let mut found: Vec<(u32, TagId)> =
        annotations.order().iter().filter(|(span, _)| span.covers(place)).map(|(span, id)| (span.len(), *id)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, Change, Edit, Hand, KindId, Tag, Time, Touch};
    use crate::text::{Pos, Text};

    fn with(spans: &[(u32, u32)]) -> Annotations {
        let text = Text::new("一".repeat(40));
        let mut all = Annotations::default();
        let changes = spans.iter().zip(1u128..).map(|(&(start, end), number)| {
            let anchor = Anchor::new(&text, Span::of(start, end));
            Change::add_tag(Tag::new(TagId(uuid::Uuid::from_u128(number)), KindId::new("target"), anchor))
        });
        all.apply(&Edit::new(changes.collect()), Touch { at: Time(0), hand: Hand::new(1) }).unwrap();
        all
    }

    #[test]
    fn overlapping_tags_stack() {
        let all = with(&[(0, 10), (5, 8), (8, 12), (20, 22)]);
        let lanes: Vec<usize> = marks(&all, Span::of(0, 40)).iter().map(|mark| mark.lane).collect();
        assert_eq!(lanes, [0, 1, 1, 0]);
    }

    #[test]
    fn a_click_means_the_shortest() {
        let all = with(&[(0, 10), (5, 8)]);
        assert_eq!(tags_at(&all, Pos::new(6)).first().map(|id| id.0.as_u128()), Some(2));
        assert_eq!(marks(&all, Span::of(12, 40)).len(), 0);
    }
}
