//! Which tag of one layer stands for the same statement as which tag of another.
//!
//! Of all ways to pair the tags of two layers that overlap, the one is taken whose pairs weigh most together. Where several ways
//! weigh the same, the one whose pairs differ in the fewest attributes; then the one that keeps the order of the text best.

use super::assignment::{Offers, assigned};
use super::disagreement::{differing_attributes, same_quantities};
use super::{Layer, place_in_text};
use crate::annotation::Tag;
use crate::text::Pos;
use std::mem::{swap, take};

/// What two tags on the same words share, in parts.
const WHOLE: u64 = 10_000;

/// Two tags of two layers, by their places in these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Match {
    /// That of the first layer.
    pub one: usize,
    /// That of the second layer.
    pub other: usize,
    /// How much speaks for it that both stand for one statement.
    pub weight: u32,
}

/// The tags of two layers that overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Those that stand for one another: each tag at most once, in the order of the first layer.
    pub matches: Vec<Match>,
    /// Those that overlap as well, but do not stand for one another.
    pub beside: Vec<Match>,
}

/// How much speaks for it that two tags stand for one statement: the characters both have out of those that either has, in ten
/// thousandths and at least one, times four; times six if both are of one kind; and once more if they state the same in
/// numbers. Nothing if they do not overlap.
///
/// So kind and numbers together make up for three sevenths of the words, but never for all of them.
pub fn weight(one: &Tag, other: &Tag) -> u32 {
    let (span, there) = (one.anchor.span, other.anchor.span);
    let Some(shared) = span.shared(there) else { return 0 };
    let both = u64::from(shared.len());
    let either = u64::from(span.len()) + u64::from(there.len()) - both;
    let kind = if one.kind == other.kind { 2 } else { 0 };
    let fit = 4 + kind + u64::from(same_quantities(&one.quantities, &other.quantities));
    u32::try_from((both * WHOLE / either).max(1) * fit).unwrap_or(u32::MAX)
}

/// Pairs the tags of two layers.
pub fn pairing(one: &Layer, other: &Layer) -> Pairing {
    let turned = one.order(other).is_gt();
    let (rows, columns) = if turned { (other, one) } else { (one, other) };
    let mut pairing = Pairing::default();
    for knot in knots(&rows.tags, &columns.tags) {
        knot.pair(&mut pairing);
    }
    if turned {
        pairing.matches.iter_mut().chain(&mut pairing.beside).for_each(|pair| swap(&mut pair.one, &mut pair.other));
    }
    pairing.matches.sort_unstable();
    pairing.beside.sort_unstable();
    pairing
}

/// A tag with its place in its layer.
type Placed<'t> = (usize, &'t Tag);

/// The tags of one layer in a knot.
#[derive(Default)]
struct Strand<'t> {
    /// In the order of the text.
    tags: Vec<Placed<'t>>,
    /// Those of them that go on at the place at hand, each with its end.
    open: Vec<(usize, Pos)>,
}

/// Tags that hang together by overlapping one another: what is paired in one knot has nothing to do with any other.
#[derive(Default)]
struct Knot<'t> {
    rows: Strand<'t>,
    columns: Strand<'t>,
    /// Which row overlaps which column.
    overlaps: Vec<(usize, usize)>,
}

/// The knots of two layers in which tags of both overlap.
fn knots<'t>(rows: &'t [Tag], columns: &'t [Tag]) -> Vec<Knot<'t>> {
    let of_rows = rows.iter().enumerate().map(|placed| (placed, true));
    let of_columns = columns.iter().enumerate().map(|placed| (placed, false));
    let mut all: Vec<(Placed<'t>, bool)> = of_rows.chain(of_columns).filter(|((_, tag), _)| !tag.anchor.span.is_empty()).collect();
    all.sort_by_key(|((_, tag), _)| place_in_text(tag));
    let (mut knots, mut knot) = (Vec::new(), Knot::default());
    for (placed, is_row) in all {
        let start = placed.1.anchor.span.start();
        let goes_on = [&mut knot.rows, &mut knot.columns].map(|strand| strand.goes_on(start));
        if goes_on == [false, false] {
            knots.push(take(&mut knot));
        }
        if is_row {
            let row = knot.rows.enter(placed);
            knot.overlaps.extend(knot.columns.open.iter().map(|(column, _)| (row, *column)));
        } else {
            let column = knot.columns.enter(placed);
            knot.overlaps.extend(knot.rows.open.iter().map(|(row, _)| (*row, column)));
        }
    }
    knots.push(knot);
    knots.retain(|knot| !knot.overlaps.is_empty());
    knots
}

impl<'t> Strand<'t> {
    /// Whether any of the tags goes on beyond a place; those that do not are done with.
    fn goes_on(&mut self, place: Pos) -> bool {
        self.open.retain(|(_, end)| *end > place);
        !self.open.is_empty()
    }

    fn enter(&mut self, placed: Placed<'t>) -> usize {
        let at = self.tags.len();
        self.tags.push(placed);
        self.open.push((at, placed.1.anchor.span.end()));
        at
    }
}

/// A row and a column of a knot that overlap.
struct Overlap {
    row: usize,
    column: usize,
    /// The same two, by their places in their layers.
    pair: Match,
    /// In how many attributes they differ.
    attributes: usize,
}

impl Knot<'_> {
    fn pair(&self, pairing: &mut Pairing) {
        let overlaps: Vec<Overlap> = self.overlaps.iter().filter_map(|&(row, column)| self.overlap(row, column)).collect();
        if let [only] = overlaps.as_slice() {
            return pairing.matches.push(only.pair);
        }
        let taken = assigned(&self.offers(&overlaps), self.columns.tags.len());
        for Overlap { row, column, pair, .. } in overlaps {
            let is_taken = taken.get(row).is_some_and(|taken| *taken == Some(column));
            if is_taken { pairing.matches.push(pair) } else { pairing.beside.push(pair) }
        }
    }

    fn overlap(&self, row: usize, column: usize) -> Option<Overlap> {
        let (&(one, tag), &(other, there)) = (self.rows.tags.get(row)?, self.columns.tags.get(column)?);
        let attributes = differing_attributes(tag, &[there]).len();
        Some(Overlap { row, column, pair: Match { one, other, weight: weight(tag, there) }, attributes })
    }

    /// What each row may take. Weight counts first: all attributes of a knot together cost less than the least weight, and all
    /// ways out of order together less than one attribute.
    fn offers(&self, overlaps: &[Overlap]) -> Vec<Offers> {
        let size = as_cost(self.rows.tags.len().max(self.columns.tags.len()));
        let attribute = size * size * size + 1;
        let most = overlaps.iter().map(|overlap| overlap.attributes).max().unwrap_or(0);
        let weight = (size * as_cost(most) + 1) * attribute;
        let mut offers = vec![Offers::new(); self.rows.tags.len()];
        for overlap in overlaps {
            let apart = as_cost(overlap.row.abs_diff(overlap.column));
            let cost = as_cost(overlap.attributes) * attribute + apart * apart - i128::from(overlap.pair.weight) * weight;
            if let Some(row) = offers.get_mut(overlap.row) {
                row.push((overlap.column, cost));
            }
        }
        offers
    }
}

/// A count as a cost.
fn as_cost(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{drawn, layer, tag};
    use super::*;
    use proptest::prelude::*;

    /// The most that pairs of these tags can weigh together, by trying all ways.
    fn most(rows: &[Tag], free: &[&Tag]) -> u32 {
        let Some((row, rest)) = rows.split_first() else { return 0 };
        let with = |at: usize| {
            let mut left = free.to_vec();
            weight(row, left.remove(at)) + most(rest, &left)
        };
        (0..free.len()).filter(|at| weight(row, free[*at]) > 0).map(with).fold(most(rest, free), u32::max)
    }

    fn pairs(one: &Layer, other: &Layer) -> Vec<(usize, usize)> {
        pairing(one, other).matches.iter().map(|pair| (pair.one, pair.other)).collect()
    }

    #[test]
    fn weight_is_of_words_kind_and_numbers() {
        let of = |other| weight(&tag(1, (0, 10, 0)), &tag(2, other));
        assert_eq!(of((0, 10, 0)), 70_000);
        assert_eq!(of((0, 10, 4)), 70_000, "attributes only decide between ways that weigh the same");
        assert_eq!(of((0, 10, 2)), 60_000);
        assert_eq!(of((0, 10, 1)), 50_000);
        assert_eq!(of((5, 10, 3)), 13_332);
        assert_eq!(of((10, 4, 0)), 0);
    }

    #[test]
    fn the_best_pair_is_given_up_for_two_that_weigh_more() {
        let other = layer(2, &[(0, 9, 0), (5, 6, 0)]);
        assert_eq!(pairs(&layer(1, &[(0, 10, 0), (0, 5, 0)]), &other), [(0, 1), (1, 0)]);
        assert_eq!(pairs(&layer(1, &[(0, 10, 0), (0, 3, 0)]), &other), [(0, 0)], "not if they weigh less");
    }

    #[test]
    fn two_statements_on_the_same_words_are_told_apart_by_what_they_say() {
        let one = layer(1, &[(0, 9, 0), (0, 9, 2)]);
        assert_eq!(pairs(&one, &layer(2, &[(0, 9, 2), (0, 9, 0)])), [(0, 1), (1, 0)], "by their numbers");
        let one = layer(1, &[(0, 9, 0), (0, 9, 4)]);
        assert_eq!(pairs(&one, &layer(2, &[(0, 9, 4), (0, 9, 0)])), [(0, 1), (1, 0)], "by their attributes");
        assert_eq!(pairs(&one, &layer(2, &[(0, 9, 0)])), [(0, 0)]);
        let same = layer(1, &[(0, 9, 0), (0, 9, 0)]);
        assert_eq!(pairs(&same, &layer(2, &[(0, 9, 0), (0, 9, 0)])), [(0, 0), (1, 1)], "by their order");
    }

    #[test]
    fn what_only_touches_or_covers_nothing_is_not_paired() {
        let one = layer(1, &[(0, 4, 0), (6, 0, 0)]);
        let other = layer(2, &[(4, 4, 0), (6, 0, 0)]);
        assert_eq!(pairing(&one, &other), Pairing::default());
    }

    #[test]
    fn a_tag_across_the_whole_text_does_not_keep_the_others_from_their_pairs() {
        let short: Vec<(u32, u32, u8)> = (0..2_000).map(|at| (at * 10, 6, 0)).collect();
        let mut with_long = short.clone();
        with_long.push((0, 20_000, 0));
        let (one, other) = (layer(1, &with_long), layer(2, &short));
        assert_eq!(pairs(&one, &other), (0..2_000).map(|at| (at + 1, at)).collect::<Vec<_>>());
        assert_eq!(pairing(&one, &other).beside.len(), 2_000);
    }

    proptest! {
        #[test]
        fn no_other_way_weighs_more(one in drawn(5), other in drawn(5)) {
            let (one, other) = (layer(1, &one), layer(2, &other));
            let weighs: u32 = pairing(&one, &other).matches.iter().map(|pair| pair.weight).sum();
            prop_assert_eq!(weighs, most(&one.tags, &other.tags.iter().collect::<Vec<_>>()));
        }

        #[test]
        fn it_does_not_matter_who_is_first(one in drawn(12), other in drawn(12)) {
            let (one, other) = (layer(1, &one), layer(2, &other));
            let turned = |pairs: &[Match]| {
                let mut turned: Vec<Match> = pairs.iter().map(|of| Match { one: of.other, other: of.one, ..*of }).collect();
                turned.sort_unstable();
                turned
            };
            let (there, back) = (pairing(&one, &other), pairing(&other, &one));
            prop_assert_eq!(turned(&there.matches), back.matches);
            prop_assert_eq!(turned(&there.beside), back.beside);
        }

        #[test]
        fn each_tag_is_matched_once_and_overlaps_are_all_there(one in drawn(12), other in drawn(12)) {
            let (one, other) = (layer(1, &one), layer(2, &other));
            let Pairing { matches, beside } = pairing(&one, &other);
            for side in [matches.iter().map(|pair| pair.one).collect::<Vec<_>>(), matches.iter().map(|pair| pair.other).collect()] {
                let distinct: std::collections::BTreeSet<usize> = side.iter().copied().collect();
                prop_assert_eq!(distinct.len(), side.len());
            }
            let overlapping = one.tags.iter().flat_map(|tag| other.tags.iter().filter(|there| weight(tag, there) > 0)).count();
            prop_assert_eq!(matches.len() + beside.len(), overlapping);
        }
    }
}
