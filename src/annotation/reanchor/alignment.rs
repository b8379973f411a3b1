//! Which characters of one text are which of another: a diff of clauses, and of characters where clauses differ.

use super::folded::{Folded, ends_clause};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// A stretch both texts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it begins in the old text.
    pub old: usize,
    /// Where it begins in the new one.
    pub new: usize,
    /// How long it is.
    pub len: usize,
}

/// Beyond so many pairs of characters a changed stretch is not looked into: it has nothing certain to say.
const MOST_PAIRS: usize = 16_000_000;

/// The stretches two texts share, in order, each as long as it can be.
pub(super) struct Alignment {
    runs: Vec<Run>,
}

impl Alignment {
    pub(super) fn of(old: &Folded<'_>, new: &Folded<'_>) -> Self {
        let (old_clauses, new_clauses) = (clauses(old.chars()), clauses(new.chars()));
        let texts = |clauses: &[(usize, &[char])]| clauses.iter().map(|(_, text)| text.to_vec()).collect::<Vec<_>>();
        let mut alignment = Self { runs: Vec::new() };
        let start = |clauses: &[(usize, &[char])], at: usize, len: usize| clauses.get(at).map_or(len, |(start, _)| *start);
        for op in capture_diff_slices(Algorithm::Patience, &texts(&old_clauses), &texts(&new_clauses)) {
            let (olds, news) = (op.old_range(), op.new_range());
            let old_range = start(&old_clauses, olds.start, old.len())..start(&old_clauses, olds.end, old.len());
            let new_range = start(&new_clauses, news.start, new.len())..start(&new_clauses, news.end, new.len());
            match op {
                DiffOp::Equal { .. } => alignment.push(Run { old: old_range.start, new: new_range.start, len: old_range.len() }),
                DiffOp::Replace { .. } if old_range.len().saturating_mul(new_range.len()) <= MOST_PAIRS => {
                    let (left, right) = (old.slice(old_range.clone()), new.slice(new_range.clone()));
                    for op in capture_diff_slices(Algorithm::Myers, left, right) {
                        if let DiffOp::Equal { old_index, new_index, len } = op {
                            alignment.push(Run { old: old_range.start + old_index, new: new_range.start + new_index, len });
                        }
                    }
                }
                DiffOp::Replace { .. } | DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
            }
        }
        alignment
    }

    fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if last.old + last.len == run.old && last.new + last.len == run.new => last.len += run.len,
            _ => self.runs.push(run),
        }
    }

    /// The stretch that a character of the old text is in, if both texts share it.
    pub(super) fn run_at(&self, old: usize) -> Option<Run> {
        let run = *self.runs.get(self.runs.partition_point(|run| run.old <= old).checked_sub(1)?)?;
        (old < run.old + run.len).then_some(run)
    }

    /// Whether a stretch of the new text is shared with none of the old one.
    pub(super) fn is_new(&self, start: usize, end: usize) -> bool {
        let before = self.runs.partition_point(|run| run.new < end);
        before.checked_sub(1).and_then(|at| self.runs.get(at)).is_none_or(|run| run.new + run.len <= start)
    }

    /// The stretches of the old text, so long, that are shared with none of the new one.
    pub(super) fn old_gaps(&self, len: usize) -> Vec<Range<usize>> {
        let starts = std::iter::once(0).chain(self.runs.iter().map(|run| run.old + run.len));
        let ends = self.runs.iter().map(|run| run.old).chain(std::iter::once(len));
        starts.zip(ends).map(|(start, end)| start..end).filter(|gap| !gap.is_empty()).collect()
    }

    /// The stretch of the new text, so long, around a place that is shared with none of the old one.
    pub(super) fn new_gap(&self, place: usize, len: usize) -> Range<usize> {
        let next = self.runs.partition_point(|run| run.new <= place);
        let start = next.checked_sub(1).and_then(|at| self.runs.get(at)).map_or(0, |run| run.new + run.len);
        start..self.runs.get(next).map_or(len, |run| run.new)
    }

    /// Where the shared stretch before a place of the old text ends in both texts, and where the one behind it begins.
    pub(super) fn around(&self, old: usize) -> (Option<Run>, Option<Run>) {
        let next = self.runs.partition_point(|run| run.old <= old);
        (next.checked_sub(1).and_then(|at| self.runs.get(at)).copied(), self.runs.get(next).copied())
    }
}

/// A text cut behind every mark that ends a clause, each piece with where it begins.
pub(super) fn clauses(text: &[char]) -> Vec<(usize, &[char])> {
    let mut start = 0;
    let pieces = text.split_inclusive(|c| ends_clause(*c));
    pieces
        .map(|piece| {
            let at = start;
            start += piece.len();
            (at, piece)
        })
        .collect()
}
