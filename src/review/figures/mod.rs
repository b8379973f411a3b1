//! How far people agree on one report, in every figure there is: for all kinds together, by kind, section, pair and attribute.
//!
//! The arithmetic is that of [`agreement`](super::agreement); here is what it is done on. All is counted once, stretch by
//! stretch, and added up; what one person did not read, or nobody asks for, does not count, but is said. What people skipped in
//! what they read counts as theirs. Figures do not depend on whose layer is given first.
//!
//! - By kind, a tag is the same as another of that kind. Characters of one person's overlapping tags are united, kind by kind.
//! - For all kinds together, what was counted of each kind that anybody tagged is added up: as if the text stood there once for
//!   each, one behind the other. So the kinds add up to the whole, and a kind that nobody tagged does not change it.
//! - Sections add up to the whole, too: what begins in one counts there.

mod block;
mod coders;
mod counted;
mod cut;
mod drawing;
mod rated;

pub use block::{Block, Scored};
pub use coders::unread;
pub use cut::sections;
pub use rated::Rated;

use super::Layer;
use super::agreement::{Additive, Bootstrap, Figure, Metric};
use crate::annotation::{Codebook, KindId, Person};
use crate::report::Report;
use crate::text::Span;
use coders::{Coder, coders, kinds};
use counted::{Counted, counted, pairs};
use cut::{Cut, Section};
use drawing::with_intervals;
use rated::rated;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where chance begins unless told otherwise.
pub const SEED: u64 = 1;

/// What figures are reckoned from.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The report.
    pub report: &'a Report,
    /// What people tagged, a layer for each person.
    pub layers: &'a [Layer],
    /// What each of them did not read.
    pub unread: &'a [Vec<Span>],
    /// The parts that are asked for; all if none are named.
    pub within: Option<&'a [Span]>,
    /// Where chance begins.
    pub seed: u64,
    /// How often intervals are drawn.
    pub resamples: u32,
    /// The codebook in force.
    pub codebook: &'a Codebook,
    /// Whether tags that came of proposals are left out.
    pub without_proposals: bool,
}

impl<'a> Basis<'a> {
    /// All of a report, drawn in the usual way.
    pub const fn new(report: &'a Report, layers: &'a [Layer], unread: &'a [Vec<Span>], codebook: &'a Codebook) -> Self {
        let Bootstrap { seed, resamples } = Bootstrap::seeded(SEED);
        Self { report, layers, unread, within: None, seed, resamples, codebook, without_proposals: false }
    }
}

/// What is drawn for the intervals of the figures that are not of one section: whole sections, where there are at least eight.
/// Those of a section are always drawn from its paragraphs, those of matched tags from these tags. In a report of more than a
/// thousand paragraphs neighbouring ones of a section are drawn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Drawn {
    /// Sections.
    Sections,
    /// Paragraphs.
    Paragraphs,
}

impl Drawn {
    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sections => "sections",
            Self::Paragraphs => "paragraphs",
        }
    }
}

/// What there is of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCounts {
    /// Who.
    pub person: Person,
    /// How many tags of each kind count.
    pub kinds: BTreeMap<KindId, u64>,
    /// How many tags came of proposals, whether these count or not.
    pub from_proposals: u64,
    /// How many characters of what is asked for they did not read.
    pub unread: u64,
}

/// All figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Where chance began.
    pub seed: u64,
    /// How often intervals were drawn.
    pub resamples: u32,
    /// What they were drawn from.
    pub drawn: Drawn,
    /// How many of these there are.
    pub units: usize,
    /// How many characters were asked for.
    pub characters: u64,
    /// Whether tags that came of proposals are left out.
    pub without_proposals: bool,
    /// Of all kinds together.
    pub all: Block,
    /// Of each kind that anybody tagged, in the order of the codebook; of all its kinds if nobody tagged anything.
    pub kinds: Vec<(KindId, Block)>,
    /// Of each section with its heading, in the order of the text, of all kinds together.
    pub sections: Vec<(Span, String, Block)>,
    /// Of each two people, by the places of their layers, of all kinds together. The first one has the smaller id.
    pub pairs: Vec<(usize, usize, Block)>,
    /// Of what is said of matched tags: the kind, then attributes in the order of the codebook, then values.
    pub attributes: Vec<(Rated, Metric, Figure)>,
    /// The people, in the order of their layers.
    pub people: Vec<PersonCounts>,
}

impl Figures {
    /// Reckons them.
    pub fn of(basis: &Basis) -> Self {
        let Basis { seed, resamples, without_proposals, .. } = *basis;
        let counting = Counting::of(basis);
        let (drawn, units) = counting.cut.units();
        let characters = counting.cut.characters();
        let mut blocks = counting.together(&units).into_iter();
        let mut next = || blocks.next().unwrap_or_else(|| Block::of(&Counted::default()));
        Self {
            seed,
            resamples,
            drawn,
            units: units.len(),
            characters,
            without_proposals,
            all: next(),
            kinds: counting.of_kinds.iter().map(|(kind, _)| (kind.clone(), next())).collect(),
            pairs: counting.pairs().map(|(one, other)| (one, other, next())).collect(),
            sections: counting.cut.sections.iter().map(|section| counting.of_section(section)).collect(),
            attributes: rated(basis.codebook, &counting.people, counting.bootstrap),
            people: counting.people_as_given(characters),
        }
    }
}

/// All that is counted, before figures are made of it.
struct Counting<'a> {
    cut: Cut,
    people: Vec<Coder<'a>>,
    /// Each kind, stretch by stretch.
    of_kinds: Vec<(KindId, Vec<Counted>)>,
    bootstrap: Bootstrap,
}

impl<'a> Counting<'a> {
    fn of(basis: &Basis<'a>) -> Self {
        let Basis { report, seed, resamples, .. } = *basis;
        let cut = Cut::of(report, basis.within);
        let people = coders(basis);
        let of_kind = |kind: KindId| {
            let counted = counted(&kind, &people, report.text().len(), &cut.stretches);
            (kind, counted)
        };
        let mut of_kinds: Vec<(KindId, Vec<Counted>)> = kinds(basis, &people).into_iter().map(of_kind).collect();
        let is_tagged = |(_, counted): &(KindId, Vec<Counted>)| counted.iter().any(Counted::is_anything);
        if of_kinds.iter().any(is_tagged) {
            of_kinds.retain(is_tagged);
        }
        Self { cut, people, of_kinds, bootstrap: Bootstrap { seed, resamples } }
    }

    /// The blocks of all kinds together, of each kind, and of each two people, one after another.
    fn together(&self, units: &[Range<usize>]) -> Vec<Block> {
        let unit = |counted: &[Counted], unit: &Range<usize>| Counted::total(counted.get(unit.clone()).unwrap_or_default());
        let in_units = |(_, counted): &(KindId, Vec<Counted>)| units.iter().map(|at| unit(counted, at)).collect();
        let of_kinds: Vec<Vec<Counted>> = self.of_kinds.iter().map(in_units).collect();
        with_intervals(self.bootstrap, units.len(), |weights| {
            let of_kinds: Vec<Counted> = of_kinds.iter().map(|parts| Counted::weighted(parts, weights)).collect();
            let all = Counted::total(&of_kinds);
            let of_pairs = all.pairs.iter().map(|pair| Block::of(&Counted::of_pair(pair)));
            std::iter::once(Block::of(&all)).chain(of_kinds.iter().map(Block::of)).chain(of_pairs).collect()
        })
    }

    /// The figures of a section, of all kinds together.
    fn of_section(&self, section: &Section) -> (Span, String, Block) {
        let mut parts: Vec<Counted> = vec![Counted::default(); section.stretches.len()];
        for (_, counted) in &self.of_kinds {
            let counted = counted.get(section.stretches.clone()).unwrap_or_default();
            parts.iter_mut().zip(counted).for_each(|(part, of_kind)| part.add(of_kind, 1));
        }
        let blocks = with_intervals(self.bootstrap, parts.len(), |weights| vec![Block::of(&Counted::weighted(&parts, weights))]);
        let block = blocks.into_iter().next().unwrap_or_else(|| Block::of(&Counted::default()));
        (section.span, section.heading.clone(), block)
    }

    /// Each two people, by the places of their layers.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let layer = |at: usize| self.people.get(at).map_or(at, |person| person.layer);
        pairs(self.people.len()).map(move |(one, other)| (layer(one), layer(other)))
    }

    /// What there is of each person, in the order of the layers.
    fn people_as_given(&self, characters: u64) -> Vec<PersonCounts> {
        let mut people: Vec<&Coder> = self.people.iter().collect();
        people.sort_by_key(|person| person.layer);
        people.into_iter().map(|person| person.counts(characters)).collect()
    }
}

#[cfg(test)]
mod tests;
