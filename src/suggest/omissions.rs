//! What nobody has looked at yet: numbers and words of promising that no tag covers.

use super::proposal::{Figure, FigureKind};
use crate::annotation::TagId;
use crate::text::Span;

/// The figures that no tag covers and no proposal that was turned down. Tags may lie over one another.
///
/// A number is covered by half of it, for a tag may leave out the words that bound it; a promise by any of its characters.
pub fn omissions(figures: &[Figure], tags: &[(Span, TagId)], rejected: &[Span]) -> Vec<Figure> {
    let seen = union(tags.iter().map(|(span, _)| *span).chain(rejected.iter().copied()));
    figures.iter().copied().filter(|figure| !is_seen(*figure, &seen)).collect()
}

/// All that some spans cover, as spans that neither overlap nor touch, in order.
fn union(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
    spans.sort_unstable_by_key(|span| span.start());
    let mut union: Vec<Span> = Vec::new();
    for span in spans {
        match union.last_mut() {
            Some(last) if span.start() <= last.end() => *last = last.union(span),
            _ => union.push(span),
        }
    }
    union
}

fn is_seen(figure: Figure, seen: &[Span]) -> bool {
    let from = seen.partition_point(|span| span.end() <= figure.span.start());
    let near = seen.iter().skip(from).take_while(|span| span.start() < figure.span.end());
    let shared: u32 = near.filter_map(|span| span.shared(figure.span)).map(Span::len).sum();
    match figure.kind {
        FigureKind::Number => shared > 0 && shared.saturating_mul(2) >= figure.span.len(),
        FigureKind::Promise => shared > 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn number(start: u32, end: u32) -> Figure {
        Figure { span: Span::of(start, end), kind: FigureKind::Number }
    }

    fn promise(start: u32, end: u32) -> Figure {
        Figure { span: Span::of(start, end), kind: FigureKind::Promise }
    }

    fn tags(spans: &[(u32, u32)]) -> Vec<(Span, TagId)> {
        spans.iter().zip(1..).map(|(&(start, end), number)| (Span::of(start, end), TagId(Uuid::from_u128(number)))).collect()
    }

    #[test]
    fn half_a_number_is_enough_and_less_is_not() {
        for (tag, seen) in [((0, 20), true), ((10, 14), true), ((8, 12), true), ((8, 11), false), ((12, 20), true), ((14, 20), false)] {
            assert_eq!(omissions(&[number(10, 14)], &tags(&[tag]), &[]).is_empty(), seen, "{tag:?}");
        }
    }

    #[test]
    fn a_promise_is_seen_by_any_of_its_characters() {
        assert!(omissions(&[promise(10, 14)], &tags(&[(13, 30)]), &[]).is_empty());
        assert_eq!(omissions(&[promise(10, 14)], &tags(&[(14, 30)]), &[]), [promise(10, 14)]);
    }

    #[test]
    fn tags_within_tags_hide_nothing() {
        let figures = [number(2, 4), promise(50, 52), number(70, 74), number(95, 99), number(120, 122)];
        let tags = tags(&[(0, 100), (1, 5), (1, 5), (40, 60)]);
        assert_eq!(omissions(&figures, &tags, &[]), [number(120, 122)]);
        assert!(omissions(&figures, &tags, &[Span::of(118, 130), Span::of(3, 3)]).is_empty());
        assert_eq!(omissions(&figures, &[], &[]), figures);
    }

    proptest! {
        #[test]
        fn it_agrees_with_looking_at_every_character(
            figures in proptest::collection::vec((0u32..60, 1u32..6, any::<bool>()), 0..12),
            spans in proptest::collection::vec((0u32..60, 0u32..20), 0..12),
            rejected in proptest::collection::vec((0u32..60, 0u32..6), 0..4),
        ) {
            let figure = |&(start, len, is_number): &(u32, u32, bool)| {
                if is_number { number(start, start + len) } else { promise(start, start + len) }
            };
            let figures: Vec<Figure> = figures.iter().map(figure).collect();
            let tags = tags(&spans.iter().map(|&(start, len)| (start, start + len)).collect::<Vec<_>>());
            let rejected: Vec<Span> = rejected.iter().map(|&(start, len)| Span::of(start, start + len)).collect();
            let covered = |place: u32| {
                let covers = |span: &Span| span.start().get() <= place && place < span.end().get();
                tags.iter().any(|(span, _)| covers(span)) || rejected.iter().any(covers)
            };
            let is_seen = |figure: &Figure| {
                let count = (figure.span.start().get()..figure.span.end().get()).filter(|&place| covered(place)).count() as u32;
                count > 0 && (figure.kind == FigureKind::Promise || count * 2 >= figure.span.len())
            };
            let expected: Vec<Figure> = figures.iter().copied().filter(|figure| !is_seen(figure)).collect();
            prop_assert_eq!(omissions(&figures, &tags, &rejected), expected);
        }
    }
}
