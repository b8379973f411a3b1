//! Counts proposals against reference tags exactly as `score.py` of the reference set does.
//!
//! A proposal matches a reference tag of the same kind if they share at least half of what they cover together; each is
//! used once, the best pair first. Borderline tags (tier 2) count neither for nor against. Recall is over all clear tags,
//! precision only over proposals within a region that is tagged completely.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A number as the reference set and the program's JSON have it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Number {
    pub measure: String,
    pub value: Option<f64>,
    pub value_high: Option<f64>,
    pub unit: Option<String>,
    pub bound: Option<String>,
}

/// A reference tag.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Reference {
    pub file: String,
    pub kind: String,
    pub tier: u8,
    pub start: u32,
    pub end: u32,
    pub quote: String,
    pub indicator: Option<String>,
    pub quantities: Vec<Number>,
}

/// A proposal as it is counted.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub file: String,
    pub kind: String,
    pub start: u32,
    pub end: u32,
    pub quote: String,
    pub indicator: Option<String>,
    pub quantities: Vec<Number>,
}

/// A stretch that is tagged completely.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct Region {
    pub file: String,
    pub start: u32,
    pub end: u32,
}

/// So many of so many, with the 95 % interval of Wilson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    pub right: usize,
    pub of: usize,
}

impl Ratio {
    /// The share; none of none is 0.
    pub fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.right as f64 / self.of as f64 }
    }

    /// The interval the true share lies in, 95 times of 100.
    pub fn interval(self) -> (f64, f64) {
        let (n, p, z) = (self.of as f64, self.share(), 1.96);
        let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        (middle - half, middle + half)
    }

    fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.right, self.of)?;
        if self.of == 0 {
            return Ok(());
        }
        let (low, high) = self.interval();
        write!(f, " = {:.3} [{low:.2}, {high:.2}]", self.share())
    }
}

/// How well tags of one kind are proposed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    pub recall: Ratio,
    pub precision: Ratio,
}

impl Found {
    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (recall, precision) = (self.recall.share(), self.precision.share());
        if recall > 0.0 && precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "F1 {:.3}  recall {}  precision {}", self.f1(), self.recall, self.precision)
    }
}

/// The figures, and what went wrong, one line each.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub kinds: BTreeMap<&'static str, Found>,
    pub quantities: Ratio,
    pub bounds: Ratio,
    pub names: Ratio,
    pub numbers: Ratio,
    pub wrong: Vec<String>,
}

/// The kinds of the standard codebook.
pub const KINDS: [&str; 3] = ["target", "indicator", "commitment"];

fn same(one: Option<f64>, other: Option<f64>) -> bool {
    one.zip(other).is_some_and(|(one, other)| (one - other).abs() <= 1e-6 * other.abs().max(1.0))
}

/// How much of what both cover together they share.
fn overlap(proposal: &Proposed, reference: &Reference) -> f64 {
    let shared = f64::from(proposal.end.min(reference.end)) - f64::from(proposal.start.max(reference.start));
    let all = f64::from(proposal.end.max(reference.end)) - f64::from(proposal.start.min(reference.start));
    if shared > 0.0 { shared / all } else { 0.0 }
}

/// Whether a stated number is among others. Only the first that has its measure, value and unit says whether the bound is right.
fn is_among(stated: &Number, numbers: &[Number], with_bound: bool) -> bool {
    let is_it = |number: &&Number| {
        number.measure == stated.measure
            && same(number.value, stated.value)
            && (stated.unit.is_none() || number.unit == stated.unit)
            && (stated.value_high.is_none() || same(number.value_high, stated.value_high))
    };
    numbers.iter().find(is_it).is_some_and(|number| !with_bound || number.bound == stated.bound)
}

/// Which proposal is which reference tag, by their numbers: the best pairs first, each used once.
fn pairs(references: &[Reference], proposals: &[Proposed]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (gold, reference) in references.iter().enumerate() {
        for (number, proposal) in proposals.iter().enumerate() {
            let shared = overlap(proposal, reference);
            if proposal.file != reference.file || proposal.kind != reference.kind || shared < 0.5 {
                continue;
            }
            let right = reference.quantities.iter().filter(|stated| is_among(stated, &proposal.quantities, false)).count();
            let named = usize::from(proposal.indicator == reference.indicator);
            candidates.push((shared + right as f64 + named as f64, number, gold));
        }
    }
    candidates.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let (mut used, mut matched, mut pairs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, number, gold) in candidates {
        if !used.contains(&number) && !matched.contains(&gold) {
            used.insert(number);
            matched.insert(gold);
            pairs.push((number, gold));
        }
    }
    pairs
}

/// Counts.
pub fn score(references: &[Reference], regions: &[Region], names: &BTreeSet<String>, proposals: &[Proposed]) -> Score {
    let pairs = pairs(references, proposals);
    let mut score = Score::default();
    for kind in KINDS {
        let found = found(kind, references, regions, proposals, &pairs, &mut score.wrong);
        score.kinds.insert(kind, found);
    }
    for &(number, gold) in &pairs {
        let (proposal, reference) = (&proposals[number], &references[gold]);
        if reference.tier == 1 {
            stated(proposal, reference, names, &mut score);
        }
    }
    for reference in references.iter().filter(|reference| reference.tier == 1 && reference.kind != "commitment") {
        let near =
            |proposal: &&Proposed| proposal.file == reference.file && proposal.kind == reference.kind && overlap(proposal, reference) > 0.0;
        let near: Vec<&Proposed> = proposals.iter().filter(near).collect();
        for stated in &reference.quantities {
            score.numbers.count(near.iter().any(|proposal| is_among(stated, &proposal.quantities, false)));
        }
    }
    score
}

/// Recall and precision of a kind.
fn found(
    kind: &str,
    references: &[Reference],
    regions: &[Region],
    proposals: &[Proposed],
    pairs: &[(usize, usize)],
    wrong: &mut Vec<String>,
) -> Found {
    let mut found = Found::default();
    for (gold, reference) in references.iter().enumerate().filter(|(_, reference)| reference.kind == kind && reference.tier == 1) {
        let is_found = pairs.iter().any(|pair| pair.1 == gold);
        found.recall.count(is_found);
        if !is_found {
            wrong.push(format!("missed {kind} {:.3} {}: {}", reference.file, reference.start, reference.quote));
        }
    }
    let inside = |proposal: &Proposed| {
        regions.iter().any(|region| region.file == proposal.file && region.start <= proposal.start && proposal.end <= region.end)
    };
    let borderline = |proposal: &Proposed| {
        let fits = |reference: &Reference| {
            reference.tier == 2 && reference.file == proposal.file && reference.kind == kind && overlap(proposal, reference) >= 0.5
        };
        references.iter().any(fits)
    };
    for (number, proposal) in proposals.iter().enumerate().filter(|(_, proposal)| proposal.kind == kind && inside(proposal)) {
        match pairs.iter().find(|pair| pair.0 == number) {
            Some(&(_, gold)) if references[gold].tier == 1 => found.precision.count(true),
            Some(_) => {}
            None if borderline(proposal) => {}
            None => {
                found.precision.count(false);
                wrong.push(format!("false {kind} {:.3} {}: {}", proposal.file, proposal.start, proposal.quote));
            }
        }
    }
    found
}

/// What a matched proposal states.
fn stated(proposal: &Proposed, reference: &Reference, names: &BTreeSet<String>, score: &mut Score) {
    for stated in &reference.quantities {
        let is_there = is_among(stated, &proposal.quantities, false);
        score.quantities.count(is_there);
        if is_there {
            let is_bounded = is_among(stated, &proposal.quantities, true);
            score.bounds.count(is_bounded);
            if !is_bounded {
                score.wrong.push(format!("bound {}: {stated:?} in {:?}", reference.quote, proposal.quantities));
            }
        } else {
            score.wrong.push(format!("quantity {}: {stated:?} not in {:?}", reference.quote, proposal.quantities));
        }
    }
    let listed = reference.indicator.as_ref().filter(|name| reference.kind != "commitment" && names.contains(*name));
    if let Some(name) = listed {
        let is_right = proposal.indicator.as_ref() == Some(name);
        score.names.count(is_right);
        if !is_right {
            score.wrong.push(format!("name {}: {name} and not {:?}", reference.quote, proposal.indicator));
        }
    }
}
