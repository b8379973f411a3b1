//! Agreement on stretches: how many of one person's another one has too, exactly or nearly.
//!
//! What counts as what is that of SemEval 2013, task 9 (Segura-Bedmar, Martínez and Herrero-Zazo), as the program nervaluate has
//! it. Two things are fixed that it leaves to the order of its lists: what is identical is paired first, and of the rest as many
//! as overlap at all, by one character, are paired. So figures do not depend on who tagged first, and comparing two people
//! the other way round only swaps precision and recall.

use super::figure::{Counts, Figure, Undefined, share};
use super::interval::Additive;
use super::runs::{Stretch, united};
use std::collections::BTreeSet;

/// A stretch that somebody tagged with a kind; any numbering of the kinds will do. An empty one is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Labelled {
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Its kind.
    pub kind: u32,
}

/// When two stretches are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The same boundaries and the same kind; overlapping ones are incorrect.
    Strict,
    /// The same boundaries, whatever the kind; overlapping ones are incorrect.
    Exact,
    /// The same boundaries, whatever the kind; overlapping ones are half right.
    Partial,
    /// Overlapping and of the same kind (nervaluate's `ent_type`); overlapping ones of another kind are incorrect.
    Kind,
}

/// What became of a stretch, or of two that were paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Both have it.
    Correct,
    /// Both have something there, which is not the same.
    Incorrect,
    /// Both have something there, which is half right.
    Partial,
    /// Only the first person has it.
    Missed,
    /// Only the second person has it.
    Spurious,
    /// It touches what one of them did not read.
    LeftOut,
}

/// Two people compared: what became of each stretch, with where it begins, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    outcomes: Vec<(u32, Outcome)>,
}

/// Compares what two people tagged. The first is taken for the truth that precision and recall of the second are held against.
/// What overlaps a part that one of them did not read is left out.
pub fn compare(first: &[Labelled], second: &[Labelled], unread: &[Stretch], rule: Rule) -> Comparison {
    let unread = united(unread.iter().cloned(), u32::MAX);
    let mut outcomes = Vec::new();
    let mut read = |stretches: &[Labelled]| {
        let stretches = stretches.iter().copied().filter(|it| it.start < it.end);
        let (gone, mut kept): (Vec<_>, Vec<_>) = stretches.partition(|it| overlaps_any(it, &unread));
        outcomes.extend(gone.iter().map(|it| (it.start, Outcome::LeftOut)));
        kept.sort_unstable();
        kept
    };
    let all = Pairing { places: Vec::new(), first: read(first), second: read(second) };
    let same = match rule {
        Rule::Strict => all.alike(|it| (it.start, it.end, it.kind)),
        Rule::Exact | Rule::Partial => all.alike(|it| (it.start, it.end, 0)),
        Rule::Kind => all.overlapping_by_kind(),
    };
    outcomes.extend(same.places.iter().map(|place| (*place, Outcome::Correct)));
    let near = Pairing { places: Vec::new(), ..same }.overlapping();
    let nearly = if rule == Rule::Partial { Outcome::Partial } else { Outcome::Incorrect };
    outcomes.extend(near.places.iter().map(|place| (*place, nearly)));
    outcomes.extend(near.first.iter().map(|it| (it.start, Outcome::Missed)));
    outcomes.extend(near.second.iter().map(|it| (it.start, Outcome::Spurious)));
    outcomes.sort_unstable();
    Comparison { outcomes }
}

/// Whether a stretch shares a character with one of those that are in order.
fn overlaps_any(it: &Labelled, stretches: &[Stretch]) -> bool {
    let next = stretches.partition_point(|other| other.end <= it.start);
    stretches.get(next).is_some_and(|other| other.start < it.end)
}

/// Stretches of two people, some of them paired.
struct Pairing {
    /// Where the earlier one of each pair begins.
    places: Vec<u32>,
    /// Those of the first person that are not paired, in order.
    first: Vec<Labelled>,
    /// Those of the second person.
    second: Vec<Labelled>,
}

impl Pairing {
    /// Pairs what has the same key, one with one; the keys are in the order of the stretches.
    fn alike<K: Ord>(self, key: impl Fn(&Labelled) -> K) -> Self {
        let Self { mut places, first, second } = self;
        let (mut only_first, mut only_second) = (Vec::new(), Vec::new());
        let mut second = second.into_iter().peekable();
        for one in first {
            while let Some(other) = second.next_if(|other| key(other) < key(&one)) {
                only_second.push(other);
            }
            match second.next_if(|other| key(other) == key(&one)) {
                Some(_) => places.push(one.start),
                None => only_first.push(one),
            }
        }
        only_second.extend(second);
        Self { places, first: only_first, second: only_second }
    }

    /// Pairs as many stretches that overlap as can be.
    ///
    /// Of the stretches in the order of their ends, each takes the one of the other person that ends next, of those that have
    /// begun. All it could take hold its end, so the one that ends next overlaps the fewest of those to come: nothing
    /// is lost by taking it.
    fn overlapping(self) -> Self {
        let Self { mut places, first, second } = self;
        let firsts = first.len();
        let all: Vec<Labelled> = first.into_iter().chain(second).collect();
        let mut by_start: Vec<(u32, u32, usize)> = all.iter().enumerate().map(|(number, it)| (it.start, it.end, number)).collect();
        let mut by_end: Vec<(u32, u32, usize)> = by_start.iter().map(|&(start, end, number)| (end, start, number)).collect();
        by_start.sort_unstable();
        by_end.sort_unstable();
        let mut beginning = by_start.into_iter().peekable();
        // Those that have begun and are not over, by their end.
        let (mut open_first, mut open_second) = (BTreeSet::new(), BTreeSet::new());
        let mut paired = BTreeSet::new();
        for (place, start, number) in by_end {
            while let Some((start, end, number)) = beginning.next_if(|(start, _, _)| *start < place) {
                let open = if number < firsts { &mut open_first } else { &mut open_second };
                open.insert((end, start, number));
            }
            let (own, others) = if number < firsts { (&mut open_first, &mut open_second) } else { (&mut open_second, &mut open_first) };
            if own.remove(&(place, start, number))
                && let Some((_, other_start, other)) = others.pop_first()
            {
                places.push(start.min(other_start));
                paired.extend([number, other]);
            }
        }
        let left = |from: usize, to: usize| {
            let numbered = all.iter().enumerate().skip(from).take(to.saturating_sub(from));
            numbered.filter(|(number, _)| !paired.contains(number)).map(|(_, it)| *it).collect()
        };
        Self { places, first: left(0, firsts), second: left(firsts, all.len()) }
    }

    /// Pairs as many stretches of the same kind that overlap as can be.
    fn overlapping_by_kind(self) -> Self {
        let kinds: BTreeSet<u32> = self.first.iter().chain(&self.second).map(|it| it.kind).collect();
        let mut all = Self { places: self.places, first: Vec::new(), second: Vec::new() };
        for kind in kinds {
            let of_kind = |stretches: &[Labelled]| stretches.iter().copied().filter(|it| it.kind == kind).collect();
            let part = Self { places: Vec::new(), first: of_kind(&self.first), second: of_kind(&self.second) }.overlapping();
            all.places.extend(part.places);
            all.first.extend(part.first);
            all.second.extend(part.second);
        }
        all
    }
}

impl Comparison {
    /// What became of each stretch or pair, with where it begins, in the order of the text.
    pub fn outcomes(&self) -> &[(u32, Outcome)] {
        &self.outcomes
    }

    /// Everything counted.
    pub fn scores(&self) -> Scores {
        Scores::of(&self.outcomes)
    }

    /// Block by block, as [`Units::tallies`](super::Units::tallies): a pair counts where the earlier of its stretches begins.
    pub fn by_block(&self, blocks: &[Stretch]) -> Vec<Scores> {
        let before = |place: u32| self.outcomes.partition_point(|(begins, _)| *begins < place);
        let scores = |block: &Stretch| Scores::of(self.outcomes.get(before(block.start)..before(block.end)).unwrap_or_default());
        blocks.iter().map(scores).collect()
    }
}

/// Stretches counted by what became of them; what stands in several texts or sections is added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// How many both have.
    pub correct: u64,
    /// How many both have otherwise.
    pub incorrect: u64,
    /// How many are half right.
    pub partial: u64,
    /// How many only the first person has.
    pub missed: u64,
    /// How many only the second person has.
    pub spurious: u64,
    /// How many touch what one of them did not read.
    pub left_out: u64,
}

impl Additive for Scores {
    fn add(&mut self, part: &Self, times: u32) {
        let times = u64::from(times);
        self.correct += part.correct * times;
        self.incorrect += part.incorrect * times;
        self.partial += part.partial * times;
        self.missed += part.missed * times;
        self.spurious += part.spurious * times;
        self.left_out += part.left_out * times;
    }
}

impl Scores {
    fn of(outcomes: &[(u32, Outcome)]) -> Self {
        let mut scores = Self::default();
        for (_, outcome) in outcomes {
            *match outcome {
                Outcome::Correct => &mut scores.correct,
                Outcome::Incorrect => &mut scores.incorrect,
                Outcome::Partial => &mut scores.partial,
                Outcome::Missed => &mut scores.missed,
                Outcome::Spurious => &mut scores.spurious,
                Outcome::LeftOut => &mut scores.left_out,
            } += 1;
        }
        scores
    }

    /// How many stretches the first person has that were compared.
    pub const fn of_first(&self) -> u64 {
        self.correct + self.incorrect + self.partial + self.missed
    }

    /// How many the second person has.
    pub const fn of_second(&self) -> u64 {
        self.correct + self.incorrect + self.partial + self.spurious
    }

    /// How much of what the second person has is right.
    pub fn precision(&self) -> Figure {
        self.figure(self.of_second())
    }

    /// How much of what the first person has the second one has, too.
    pub fn recall(&self) -> Figure {
        self.figure(self.of_first())
    }

    /// The harmonic mean of precision and recall, which does not depend on who is first. It is zero if one of them tagged nothing.
    pub fn f1(&self) -> Figure {
        let whole = self.of_first() + self.of_second();
        Figure::new(share(2.0 * self.right(), whole as f64, self.nothing()), self.counts(2 * self.correct, whole))
    }

    fn figure(&self, whole: u64) -> Figure {
        Figure::new(share(self.right(), whole as f64, self.nothing()), self.counts(self.correct, whole))
    }

    fn right(&self) -> f64 {
        self.correct as f64 + self.partial as f64 / 2.0
    }

    /// Why one of two who tagged nothing makes a figure undefined.
    const fn nothing(&self) -> Undefined {
        if self.of_first() + self.of_second() == 0 { Undefined::NothingTagged } else { Undefined::OneTaggedNothing }
    }

    /// What a figure is made of: so many of so many stretches the other person has, too. In F1 those of both people count, so
    /// that two that are the same are two of them.
    const fn counts(&self, agreed: u64, compared: u64) -> Counts {
        Counts { coders: 2, compared, agreed, left_out: self.left_out }
    }
}

#[cfg(test)]
mod tests {
    use super::super::interval::Bootstrap;
    use super::*;

    fn labelled(stretches: &[(u32, u32, u32)]) -> Vec<Labelled> {
        stretches.iter().map(|&(start, end, kind)| Labelled { start, end, kind }).collect()
    }

    /// Correct, incorrect, partial, missed, spurious.
    fn compared(first: &[(u32, u32, u32)], second: &[(u32, u32, u32)], rule: Rule) -> [u64; 5] {
        let scores = compare(&labelled(first), &labelled(second), &[], rule).scores();
        [scores.correct, scores.incorrect, scores.partial, scores.missed, scores.spurious]
    }

    #[test]
    fn by_hand() {
        let first = [(0, 5, 1), (10, 15, 1), (20, 25, 1), (30, 35, 1)];
        let second = [(0, 5, 1), (10, 15, 2), (22, 28, 1), (40, 45, 1)];
        assert_eq!(compared(&first, &second, Rule::Strict), [1, 2, 0, 1, 1]);
        assert_eq!(compared(&first, &second, Rule::Exact), [2, 1, 0, 1, 1]);
        assert_eq!(compared(&first, &second, Rule::Partial), [2, 0, 1, 1, 1]);
        assert_eq!(compared(&first, &second, Rule::Kind), [2, 1, 0, 1, 1]);
        let scores = compare(&labelled(&first), &labelled(&second[..3]), &[], Rule::Partial).scores();
        assert_eq!(scores.precision().value, Some(2.5 / 3.0));
        assert_eq!(scores.recall().value, Some(2.5 / 4.0));
        assert_eq!(scores.f1().value, Some(5.0 / 7.0));
        let counts = |compared, agreed| Counts { coders: 2, compared, agreed, left_out: 0 };
        let figures = [scores.precision(), scores.recall(), scores.f1()];
        assert_eq!(figures.map(|figure| figure.counts), [counts(3, 2), counts(4, 2), counts(7, 4)]);
        let strict = compare(&labelled(&first), &labelled(&second), &[], Rule::Strict).scores().f1();
        assert_eq!((strict.value, strict.counts), (Some(2.0 / 8.0), counts(8, 2)), "the counts are what it is made of");
    }

    #[test]
    fn identical_empty_and_one_empty() {
        let some = [(0, 5, 1), (3, 9, 1), (3, 9, 1)];
        for rule in [Rule::Strict, Rule::Exact, Rule::Partial, Rule::Kind] {
            assert_eq!(compared(&some, &some, rule), [3, 0, 0, 0, 0]);
            assert_eq!(compared(&some, &[], rule), [0, 0, 0, 3, 0]);
            assert_eq!(compared(&[], &some, rule), [0, 0, 0, 0, 3]);
            assert_eq!(compared(&[(4, 4, 1)], &[], rule), [0; 5]);
            let none = compare(&[], &[], &[], rule).scores();
            assert_eq!(none.f1().undefined, Some(Undefined::NothingTagged));
            let one = compare(&labelled(&some), &[], &[], rule).scores();
            assert_eq!(one.precision().undefined, Some(Undefined::OneTaggedNothing));
            assert_eq!((one.recall().value, one.f1().value), (Some(0.0), Some(0.0)));
        }
    }

    #[test]
    fn as_many_as_overlap_are_paired() {
        // The long one could take either; only one choice leaves a partner for the short one.
        assert_eq!(compared(&[(0, 30, 1), (20, 28, 1)], &[(2, 6, 1), (22, 29, 1)], Rule::Partial), [0, 0, 2, 0, 0]);
        assert_eq!(compared(&[(0, 30, 1)], &[(2, 6, 1), (22, 29, 1)], Rule::Partial), [0, 0, 1, 0, 1]);
        // What is identical is not taken by what only overlaps.
        assert_eq!(compared(&[(3, 9, 1)], &[(0, 5, 1), (3, 9, 1)], Rule::Exact), [1, 0, 0, 0, 1]);
        // Touching is not overlapping.
        assert_eq!(compared(&[(0, 5, 1)], &[(5, 9, 1)], Rule::Kind), [0, 0, 0, 1, 1]);
    }

    #[test]
    fn what_one_did_not_read_is_left_out() {
        let (first, second) = (labelled(&[(0, 5, 1), (8, 12, 1), (30, 40, 1)]), labelled(&[(0, 5, 1), (14, 16, 1), (20, 24, 1)]));
        let unread = [11..15, 24..30];
        let scores = compare(&first, &second, &unread, Rule::Strict).scores();
        assert_eq!(scores, Scores { correct: 1, missed: 1, spurious: 1, left_out: 2, ..Scores::default() });
        assert_eq!(scores.f1().counts.left_out, 2);
    }

    #[test]
    fn blocks_add_up_to_the_whole() {
        let first: Vec<Labelled> = (0..20).map(|number| Labelled { start: number * 10, end: number * 10 + 6, kind: 0 }).collect();
        let moved = |it: &Labelled| Labelled { start: it.start + it.start / 10 % 3, ..*it };
        let second: Vec<Labelled> = first.iter().map(moved).collect();
        let comparison = compare(&first, &second, &[], Rule::Exact);
        let blocks: Vec<Stretch> = (0..10).map(|block| block * 20..(block + 1) * 20).collect();
        let parts = comparison.by_block(&blocks);
        assert_eq!(Scores::total(&parts), comparison.scores());
        let figure = Bootstrap::seeded(1).of(&parts, Scores::f1);
        assert_eq!(figure.value, Some(7.0 / 20.0));
        assert!(figure.low < figure.value && figure.value < figure.high);
    }
}
