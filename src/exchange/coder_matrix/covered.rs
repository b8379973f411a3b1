//! Stretches of a text, of which it can be asked quickly what they cover.

use crate::text::{Pos, Span};

/// Stretches in order, none touching another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Covered(Vec<Span>);

impl Covered {
    pub fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut sorted: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
        sorted.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match joined.last_mut() {
                Some(last) if span.start() <= last.end() => *last = last.union(span),
                _ => joined.push(span),
            }
        }
        Self(joined)
    }

    /// Whether all of a stretch is covered.
    pub fn contains(&self, span: Span) -> bool {
        self.last_from(span.start()).is_some_and(|last| last.contains(span))
    }

    /// Whether the character behind a place is.
    pub fn covers(&self, place: Pos) -> bool {
        self.last_from(place).is_some_and(|last| last.covers(place))
    }

    /// Whether any of a stretch is.
    pub fn touches(&self, span: Span) -> bool {
        let next = self.0.partition_point(|other| other.end() <= span.start());
        self.0.get(next).is_some_and(|other| other.overlaps(span))
    }

    /// Where stretches begin and end.
    pub fn edges(&self) -> impl Iterator<Item = Pos> {
        self.0.iter().flat_map(|span| [span.start(), span.end()])
    }

    /// The last stretch that begins at a place or before it.
    fn last_from(&self, place: Pos) -> Option<Span> {
        let after = self.0.partition_point(|span| span.start() <= place);
        after.checked_sub(1).and_then(|at| self.0.get(at)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered() {
        let covered = Covered::of([Span::of(8, 9), Span::of(2, 4), Span::of(4, 6), Span::of(3, 3)]);
        assert_eq!(covered.edges().map(Pos::get).collect::<Vec<_>>(), [2, 6, 8, 9]);
        let covers: Vec<u32> = (0..10).filter(|place| covered.covers(Pos::new(*place))).collect();
        assert_eq!(covers, [2, 3, 4, 5, 8]);
        assert!(covered.contains(Span::of(3, 6)) && !covered.contains(Span::of(5, 9)));
        assert!(covered.touches(Span::of(0, 3)) && !covered.touches(Span::of(6, 8)) && !covered.touches(Span::of(9, 12)));
    }
}
