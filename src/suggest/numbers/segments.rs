//! Which numbers of a clause belong together, and which words are theirs.

use super::kept::is_count;
use crate::quantity::{Bound, Mention};
use crate::suggest::lexicon::Cue;
use crate::suggest::line::{Clause, Line};
use crate::suggest::measure::Read;
use crate::suggest::subject;
use std::ops::Range;

/// Numbers that belong together, and where their words begin.
pub(super) struct Segment {
    pub start: usize,
    /// Where the next one begins, or the clause ends.
    pub end: usize,
    pub mentions: Vec<Mention>,
}

/// The numbers of a clause by what they are about: a new segment begins where another noun stands between two.
pub(super) fn segments(line: &Line<'_>, clause: &Clause, kept: Vec<Mention>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for mention in kept {
        let between = segments.last().and_then(|segment| segment.mentions.last()).map(|last| last.range.end..mention.range.start);
        let own_noun = between.clone().is_some_and(|between| {
            let parted = between.clone().any(|at| matches!(line.at(at), Some('、' | '和' | '及' | '与' | '(')));
            let noun = subject::pieces(line, between.clone()).into_iter().any(|piece| piece.len() >= 2);
            noun && (parted || !line.names_in(between).is_empty())
        });
        match segments.last_mut() {
            Some(segment) if !own_noun => segment.mentions.push(mention),
            Some(segment) => {
                let mut start = between.map_or(clause.range.start, |between| between.start);
                // The noun of what was counted before the joint belongs to that: 1200公里的道路、…
                let joint = (start..mention.range.start).find(|&at| matches!(line.at(at), Some('、' | '和' | '及' | '与' | '(')));
                start = joint.map_or(start, |at| at + 1);
                segment.end = joint.unwrap_or(start);
                segments.push(Segment { start, end: clause.range.end, mentions: vec![mention] });
            }
            None => segments.push(Segment { start: clause.range.start, end: clause.range.end, mentions: vec![mention] }),
        }
    }
    segments
}

/// Where the words of a statement begin: behind what only leads in.
pub(super) fn begin(line: &Line<'_>, clause: Range<usize>, start: usize) -> usize {
    const LEADS: &[&str] = &[
        "其中",
        "同时",
        "此外",
        "另外",
        "特别是",
        "尤其是",
        "但",
        "而",
        "并",
        "且",
        "要",
        "将",
        "又",
        "以及",
        "一是",
        "二是",
        "三是",
        "四是",
        "五是",
        "六是",
    ];
    let mut start = start;
    loop {
        let rest = line.text(start..(start + 4).min(clause.end));
        let Some(lead) = LEADS.iter().find(|lead| rest.starts_with(**lead)) else { break };
        start += lead.chars().count();
    }
    while line.at(start).is_some_and(|c| matches!(c, ' ' | '-' | '"' | '、')) && start < clause.end {
        start += 1;
    }
    start
}

/// Where they end: a count goes on to what is counted, a number in front of its noun to that, a quoted aim to its name.
pub(super) fn end(line: &Line<'_>, clause: &Clause, segment: &Segment, leads: bool, reads: &[Read]) -> usize {
    let Some(last) = reads.last() else { return clause.range.end };
    let end = last.range.end;
    let limit = segment.end.max(end);
    // What is counted may be a list of nouns; but a bracket is an aside, and in front of the next number a comma parts them.
    let parts = |c: char| c == '(' || c == '、' && limit < clause.range.end;
    let until = (end..limit).find(|&at| line.at(at).is_some_and(parts)).unwrap_or(limit);
    let counts = is_count(&last.quantity.stated.unit) && last.quantity.stated.bound != Bound::Between;
    let tail = until.saturating_sub(end);
    let quoted = line.says(Cue::QuotedGoal, end..until);
    let noun = line.at(end) == Some('的') && tail <= 12;
    let made = !counts && line.says(Cue::Make, clause.range.start..end) && !last.quantity.stated.unit.ends_with(['元', '%']);
    if tail <= 40 && (counts || quoted || noun || made || leads) { until } else { end }
}
