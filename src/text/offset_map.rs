//! Where each place of one text stands in another made from it.

use super::position::{Between, Position};
use std::fmt;
use std::marker::PhantomData;

/// A stretch of `A` that became a stretch of `B` as a whole: inside it no place has an exact image.
///
/// Lengths are in Unicode scalar values; either may be 0 (something was left out or added).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// First character of the stretch in `A`.
    pub a: u32,
    /// Its length in `A`.
    pub a_len: u32,
    /// First character of its image in `B`.
    pub b: u32,
    /// The image's length.
    pub b_len: u32,
}

/// Which end of a block a place inside it goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bias {
    /// To the block's start: what a span's start does.
    Start,
    /// To the block's end: what a span's end does.
    End,
}

/// A monotone map between the places of two texts: outside its blocks character for character,
/// inside a block outward to the block's ends.
///
/// Laws (tested): the ends of the texts map to each other; a larger place never maps to a smaller
/// one; a span mapped there and back covers at least what it covered, and exactly that where its ends
/// lie on no block's inside; `a.then(&b)` maps as `a` and then `b` do, or further outward.
#[derive(Clone, PartialEq, Eq)]
pub struct OffsetMap<A, B> {
    blocks: Vec<Block>,
    a_len: u32,
    b_len: u32,
    texts: PhantomData<(A, B)>,
}

impl<A: Copy + Ord, B: Copy + Ord> OffsetMap<A, B> {
    /// The map between two texts of equal length that correspond character for character.
    pub const fn identity(len: u32) -> Self {
        Self { blocks: Vec::new(), a_len: len, b_len: len, texts: PhantomData }
    }

    /// A map from its changed stretches, each `(start in A, length in A, length in B)`, in order and
    /// without overlap, over a text of `a_len` characters.
    ///
    /// Stretches that overlap an earlier one or reach past the end are left out.
    pub fn from_changes(a_len: u32, changes: impl IntoIterator<Item = (u32, u32, u32)>) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        let (mut a_end, mut b_end) = (0, 0);
        for (a, len, b_len) in changes {
            if a < a_end || a + len > a_len {
                continue;
            }
            let b = b_end + (a - a_end);
            blocks.push(Block { a, a_len: len, b, b_len });
            (a_end, b_end) = (a + len, b + b_len);
        }
        Self { blocks, a_len, b_len: b_end + (a_len - a_end), texts: PhantomData }
    }

    /// The same map, said of two other texts.
    pub fn of_texts<C: Copy + Ord, D: Copy + Ord>(self) -> OffsetMap<C, D> {
        OffsetMap { blocks: self.blocks, a_len: self.a_len, b_len: self.b_len, texts: PhantomData }
    }

    /// How many characters the first text has.
    pub const fn a_len(&self) -> u32 {
        self.a_len
    }

    /// How many characters the second text has.
    pub const fn b_len(&self) -> u32 {
        self.b_len
    }

    /// The stretches that have no exact inside, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Where a place of `A` stands in `B`.
    pub fn forward(&self, place: Position<A>, bias: Bias) -> Position<B> {
        Position::new(lookup(&self.blocks, place.get().min(self.a_len), bias, |b| (b.a, b.a_len, b.b, b.b_len)))
    }

    /// Where a place of `B` stands in `A`.
    pub fn back(&self, place: Position<B>, bias: Bias) -> Position<A> {
        Position::new(lookup(&self.blocks, place.get().min(self.b_len), bias, |b| (b.b, b.b_len, b.a, b.a_len)))
    }

    /// The stretch of `B` that shows a stretch of `A`.
    pub fn forward_span(&self, span: Between<A>) -> Between<B> {
        if span.is_empty() {
            return Between::at(self.forward(span.start(), Bias::Start));
        }
        Between::new(self.forward(span.start(), Bias::Start), self.forward(span.end(), Bias::End))
    }

    /// The stretch of `A` that a stretch of `B` shows.
    pub fn back_span(&self, span: Between<B>) -> Between<A> {
        if span.is_empty() {
            return Between::at(self.back(span.start(), Bias::Start));
        }
        Between::new(self.back(span.start(), Bias::Start), self.back(span.end(), Bias::End))
    }

    /// This map followed by another: from the first text straight to the third.
    pub fn then<C: Copy + Ord>(&self, next: &OffsetMap<B, C>) -> OffsetMap<A, C> {
        let mut stretches: Vec<(u32, u32)> = self.blocks.iter().map(|k| (k.b, k.b + k.b_len)).collect();
        stretches.extend(next.blocks.iter().map(|k| (k.a, k.a + k.a_len)));
        stretches.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (start, end) in stretches {
            match joined.last_mut() {
                // An empty stretch at the edge of another has no place of its own between them.
                Some(last) if start < last.1 || (start == last.1 && (start == end || last.0 == last.1)) => {
                    last.1 = last.1.max(end);
                }
                _ => joined.push((start, end)),
            }
        }
        let changes = joined.into_iter().map(|(start, end)| {
            let (start, end) = (Position::<B>::new(start), Position::<B>::new(end));
            let a = (self.back(start, Bias::Start), self.back(end, Bias::End));
            let c = (next.forward(start, Bias::Start), next.forward(end, Bias::End));
            (a.0.get(), a.1.since(a.0), c.1.since(c.0))
        });
        OffsetMap::from_changes(self.a_len, changes)
    }
}

/// Finds the image of `place`, given how a block lies on either side: `(from, from_len, to, to_len)`.
fn lookup(blocks: &[Block], place: u32, bias: Bias, side: impl Fn(&Block) -> (u32, u32, u32, u32)) -> u32 {
    // The last block that begins before the place, or, for an end, at it: an empty stretch at the place
    // belongs to a span that starts there and not to one that ends there.
    let before = blocks.partition_point(|block| {
        let (from, len, ..) = side(block);
        match bias {
            Bias::Start => from < place || (from == place && len > 0),
            Bias::End => from < place || (from == place && len == 0),
        }
    });
    let Some(block) = before.checked_sub(1).and_then(|i| blocks.get(i)) else {
        return place;
    };
    let (from, len, to, to_len) = side(block);
    if place >= from + len && !(bias == Bias::Start && place == from) {
        return to + to_len + (place - from - len);
    }
    match bias {
        Bias::Start => to,
        Bias::End if place == from => to,
        Bias::End => to + to_len,
    }
}

impl<A, B> fmt::Debug for OffsetMap<A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OffsetMap({} -> {}, {:?})", self.a_len, self.b_len, self.blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::position::{Source, Span, View, ViewSpan};
    use super::*;
    use proptest::prelude::*;

    type Map = OffsetMap<Source, View>;

    #[test]
    fn injected_pinyin_goes_with_the_character_before_it() {
        // 發(fā)展 -> 發展: the block is 發(fā).
        let map = Map::from_changes(6, [(0, 5, 1)]);
        assert_eq!(map.b_len(), 2);
        assert_eq!(map.back_span(ViewSpan::of(0, 1)), Span::of(0, 5));
        assert_eq!(map.back_span(ViewSpan::of(1, 2)), Span::of(5, 6));
        assert_eq!(map.forward_span(Span::of(2, 6)), ViewSpan::of(0, 2));
    }

    /// Changed stretches over a text of up to 60 characters.
    fn changes() -> impl Strategy<Value = (u32, Vec<(u32, u32, u32)>)> {
        (proptest::collection::vec((0u32..5, 0u32..4, 0u32..4), 0..8), 0u32..6).prop_map(|(parts, tail)| {
            let (mut at, mut list) = (0, Vec::new());
            for (gap, len, image) in parts {
                at += gap + 1;
                list.push((at, len, image));
                at += len;
            }
            (at + tail, list)
        })
    }

    fn no_empty_side(list: &[(u32, u32, u32)]) -> Vec<(u32, u32, u32)> {
        list.iter().map(|&(a, len, image)| (a, len, image)).filter(|&(_, len, image)| len > 0 && image > 0).collect()
    }

    proptest! {
        #[test]
        fn ends_meet_and_order_is_kept((len, list) in changes()) {
            let map = Map::from_changes(len, list);
            prop_assert_eq!(map.back(Position::new(map.b_len()), Bias::End).get(), len);
            for bias in [Bias::Start, Bias::End] {
                let images: Vec<u32> = (0..=len).map(|p| map.forward(Position::new(p), bias).get()).collect();
                prop_assert!(images.is_sorted(), "{:?}: {:?}", bias, images);
                let back: Vec<u32> = (0..=map.b_len()).map(|p| map.back(Position::new(p), bias).get()).collect();
                prop_assert!(back.is_sorted(), "{:?}: {:?}", bias, back);
            }
        }

        #[test]
        fn there_and_back_loses_nothing((len, list) in changes(), start in 0u32..60, size in 1u32..20) {
            let map = Map::from_changes(len, no_empty_side(&list));
            let span = Span::of(start.min(len), (start + size).min(len));
            let back = map.back_span(map.forward_span(span));
            prop_assert!(back.contains(span));
            let inside = |p: u32| map.blocks().iter().any(|k| k.a < p && p < k.a + k.a_len);
            if !inside(span.start().get()) && !inside(span.end().get()) {
                prop_assert_eq!(back, span);
            }
        }

        #[test]
        fn composition_maps_as_its_parts_do_or_further_outward((len, list) in changes(), (_, second) in changes(), start in 0u32..60, size in 1u32..20) {
            let first = Map::from_changes(len, no_empty_side(&list));
            let then: OffsetMap<View, View> = OffsetMap::from_changes(first.b_len(), no_empty_side(&second));
            let both = first.then(&then);
            prop_assert_eq!((both.a_len(), both.b_len()), (first.a_len(), then.b_len()));
            let span = Span::of(start.min(len), (start + size).min(len));
            prop_assert!(both.forward_span(span).contains(then.forward_span(first.forward_span(span))));
            let inside = |p: u32| both.blocks().iter().any(|k| k.a < p && p < k.a + k.a_len);
            if !inside(span.start().get()) && !inside(span.end().get()) {
                prop_assert_eq!(both.forward_span(span), then.forward_span(first.forward_span(span)));
            }
        }

        #[test]
        fn composition_with_identity_changes_nothing((len, list) in changes()) {
            let map = Map::from_changes(len, list);
            let same: OffsetMap<View, View> = OffsetMap::identity(map.b_len());
            for p in 0..=len {
                for bias in [Bias::Start, Bias::End] {
                    let place = Position::new(p);
                    prop_assert_eq!(map.then(&same).forward(place, bias), map.forward(place, bias));
                }
            }
        }
    }
}
