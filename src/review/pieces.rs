//! What one person tagged as a whole and another in several pieces.

use super::Layer;
use super::disagreement::Disagreement;
use super::groups::{Bond, Member};
use super::matching::{Match, Pairing};
use crate::annotation::Tag;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// The pieces in either of two layers that have no match in the other, each behind the whole it belongs to.
pub fn pieces<'p>(one: (usize, &'p Layer), other: (usize, &'p Layer), pairing: &'p Pairing) -> impl Iterator<Item = Bond> + 'p {
    let of_one: FxHashMap<usize, usize> = pairing.matches.iter().map(|pair| (pair.one, pair.other)).collect();
    let of_other: FxHashMap<usize, usize> = pairing.matches.iter().map(|pair| (pair.other, pair.one)).collect();
    let of_whole = move |pair: &Match| {
        let (whole, first, piece) = match (of_one.get(&pair.one), of_other.get(&pair.other)) {
            (Some(first), None) => ((one, pair.one), (other, *first), (other, pair.other)),
            (None, Some(first)) => ((other, pair.other), (one, *first), (one, pair.one)),
            _ => return None,
        };
        let tag = |((_, layer), at): ((usize, &'p Layer), usize)| layer.tags.get(at);
        let member = |((layer, _), tag): ((usize, &'p Layer), usize)| Member { layer, tag };
        is_in_pieces(tag(whole)?, tag(first)?, tag(piece)?).then(|| (pair.weight, member(whole), member(piece)))
    };
    pairing.beside.iter().filter_map(of_whole)
}

/// Whether two tags of one person are pieces of what another tagged as a whole: of its kind, mostly inside it, and side by side
/// or on the same words. A whole that agrees with the first in all is no whole; then the second is one more statement.
fn is_in_pieces(whole: &Tag, first: &Tag, second: &Tag) -> bool {
    let mostly_in = |part: Span, all: Span| all.shared(part).is_some_and(|shared| shared.len() >= part.len().div_ceil(2));
    let (all, one, other) = (whole.anchor.span, first.anchor.span, second.anchor.span);
    let inside = mostly_in(one, all) && mostly_in(other, all);
    let beside = one == other || !(mostly_in(one, other) || mostly_in(other, one));
    let of_its_kind = first.kind == whole.kind && second.kind == whole.kind;
    inside && beside && of_its_kind && !Disagreement::among(&[whole, first]).is_none()
}
