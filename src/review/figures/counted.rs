//! What figures are reckoned from: tallies and scores of each stretch of a report, which can be added up.

use super::super::agreement::{Additive, Labelled, Rule, Scores, Stretch, Tally, Units, compare};
use super::coders::Coder;
use crate::annotation::KindId;

/// What was counted of some text, of one kind or of several added up.
///
/// Added up over kinds, it is counted as if the text stood there once for each kind, one behind the other: whether a person
/// tagged a character with a kind is one judgement.
#[derive(Clone, Default)]
pub struct Counted {
    /// Of all people.
    pub all: Tally,
    /// Of each two, in the order of [`pairs`].
    pub pairs: Vec<OfPair>,
}

/// What was counted of two people.
#[derive(Clone, Default)]
pub struct OfPair {
    /// Their characters.
    pub characters: Tally,
    /// Their stretches, which are the same where the boundaries are.
    pub exact: Scores,
    /// Their stretches, which are the same where they overlap.
    pub overlapping: Scores,
}

impl Additive for Counted {
    fn add(&mut self, part: &Self, times: u32) {
        if times == 0 {
            return;
        }
        self.all.add(&part.all, times);
        if self.pairs.len() < part.pairs.len() {
            self.pairs.resize_with(part.pairs.len(), OfPair::default);
        }
        for (pair, part) in self.pairs.iter_mut().zip(&part.pairs) {
            pair.characters.add(&part.characters, times);
            pair.exact.add(&part.exact, times);
            pair.overlapping.add(&part.overlapping, times);
        }
    }
}

impl Counted {
    /// Those two alone of a pair.
    pub fn of_pair(pair: &OfPair) -> Self {
        Self { all: pair.characters.clone(), pairs: vec![pair.clone()] }
    }

    /// Whether anybody tagged anything.
    pub fn is_anything(&self) -> bool {
        self.all.tagged_by_any() > 0
    }
}

/// Each two of so many people.
pub fn pairs(people: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..people).flat_map(move |one| (one + 1..people).map(move |other| (one, other)))
}

/// Counts the tags of a kind, stretch by stretch. A tag counts where it begins.
pub fn counted(kind: &KindId, coders: &[Coder], length: u32, stretches: &[Stretch]) -> Vec<Counted> {
    let tagged: Vec<Vec<Labelled>> = coders.iter().map(|coder| labelled(kind, coder)).collect();
    let mut units = Units::new(length);
    for (coder, tagged) in coders.iter().zip(&tagged) {
        units.add(tagged.iter().map(|it| it.start..it.end), coder.unread.iter().cloned());
    }
    let mut counted: Vec<Counted> = units.tallies(stretches).into_iter().map(|all| Counted { all, pairs: Vec::new() }).collect();
    let people: Vec<(&Coder, &Vec<Labelled>)> = coders.iter().zip(&tagged).collect();
    for (one, other) in pairs(coders.len()) {
        let (Some((first, has)), Some((second, has_too))) = (people.get(one), people.get(other)) else { continue };
        let unread: Vec<Stretch> = first.unread.iter().chain(&second.unread).cloned().collect();
        let scores = |rule| compare(has, has_too, &unread, rule).by_block(stretches);
        let scores = scores(Rule::Strict).into_iter().zip(scores(Rule::Kind));
        let characters = units.pair(one, other).tallies(stretches);
        for ((counted, characters), (exact, overlapping)) in counted.iter_mut().zip(characters).zip(scores) {
            counted.pairs.push(OfPair { characters, exact, overlapping });
        }
    }
    counted
}

/// The tags of a kind. As kinds are compared one by one, one number does for all.
fn labelled(kind: &KindId, coder: &Coder) -> Vec<Labelled> {
    let of_kind = coder.tags.iter().filter(|tag| tag.kind == *kind).map(|tag| tag.anchor.span);
    of_kind.map(|span| Labelled { start: span.start().get(), end: span.end().get(), kind: 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_two_once() {
        assert_eq!(pairs(4).collect::<Vec<_>>(), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
        assert_eq!(pairs(0).count() + pairs(1).count(), 0);
    }
}
