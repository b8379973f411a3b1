//! Positions and spans, counted in Unicode scalar values.
//!
//! The marker type says which text a position counts into, so that a position in a view
//! can never be taken for one in the source text.

use std::fmt;
use std::marker::PhantomData;

/// Marks positions that count into the source text of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {}

/// Marks positions that count into the text of a view (script converted, damage repaired).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {}

/// A place between two characters of a text: the number of Unicode scalar values before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position<In>(u32, PhantomData<In>);

/// A half-open stretch between two positions of one text; its start is never after its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Between<In> {
    start: Position<In>,
    end: Position<In>,
}

/// A position in a source text.
pub type Pos = Position<Source>;
/// A stretch of a source text.
pub type Span = Between<Source>;
/// A position in a view's text.
pub type ViewPos = Position<View>;
/// A stretch of a view's text.
pub type ViewSpan = Between<View>;

impl<In> Position<In> {
    /// The place before the first character.
    pub const ZERO: Self = Self::new(0);

    /// The place after `characters` Unicode scalar values.
    pub const fn new(characters: u32) -> Self {
        Self(characters, PhantomData)
    }

    /// How many characters stand before this place.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// This place moved right by `characters`, at most to the largest that can be counted.
    #[must_use]
    pub const fn plus(self, characters: u32) -> Self {
        Self::new(self.0.saturating_add(characters))
    }

    /// This place moved left by `characters`, at most to the start.
    #[must_use]
    pub const fn minus(self, characters: u32) -> Self {
        Self::new(self.0.saturating_sub(characters))
    }

    /// How many characters lie between `earlier` and this place; 0 if it is not earlier.
    pub const fn since(self, earlier: Self) -> u32 {
        self.0.saturating_sub(earlier.0)
    }
}

impl<In: Copy + Ord> Between<In> {
    /// The stretch between two places, whichever comes first.
    pub fn new(one: Position<In>, other: Position<In>) -> Self {
        Self { start: one.min(other), end: one.max(other) }
    }

    /// The stretch from character number `start` up to but without character number `end`.
    pub fn of(start: u32, end: u32) -> Self {
        Self::new(Position::new(start), Position::new(end))
    }

    /// The empty stretch at a place.
    pub const fn at(place: Position<In>) -> Self {
        Self { start: place, end: place }
    }

    /// Where it begins.
    pub const fn start(self) -> Position<In> {
        self.start
    }

    /// Where it ends: the place after its last character.
    pub const fn end(self) -> Position<In> {
        self.end
    }

    /// How many characters it covers.
    pub const fn len(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Whether it covers no character.
    pub const fn is_empty(self) -> bool {
        self.start.0 == self.end.0
    }

    /// Whether the character right of `place` lies in it.
    pub fn covers(self, place: Position<In>) -> bool {
        self.start <= place && place < self.end
    }

    /// Whether `place` lies in it or at one of its ends.
    pub fn touches(self, place: Position<In>) -> bool {
        self.start <= place && place <= self.end
    }

    /// Whether every character of `inner` lies in it.
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share at least one character.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// What the two share, if that is at least one character.
    pub fn shared(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The shortest stretch that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The nearest place that lies in it or at one of its ends.
    pub fn clamp(self, place: Position<In>) -> Position<In> {
        place.clamp(self.start, self.end)
    }
}

impl<In> fmt::Debug for Position<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<In> fmt::Display for Position<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<In> fmt::Debug for Between<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start.0, self.end.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_orders_its_ends() {
        let span = Span::of(7, 3);
        assert_eq!((span.start().get(), span.end().get(), span.len()), (3, 7, 4));
    }

    #[test]
    fn touching_spans_share_nothing() {
        assert!(!Span::of(0, 3).overlaps(Span::of(3, 5)));
        assert_eq!(Span::of(0, 4).shared(Span::of(3, 5)), Some(Span::of(3, 4)));
        assert!(!Span::of(0, 4).overlaps(Span::of(2, 2)), "an empty span covers no character");
    }
}
