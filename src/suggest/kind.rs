//! Target, indicator or commitment: what a statement in numbers is.

use super::lexicon::Cue;
use super::line::Line;
use super::numbers::{Numbers, is_count};
use super::tense::Tense;
use crate::annotation::KindId;
use crate::quantity::Measure;
use std::ops::Range;

/// The kinds of the standard codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standard {
    Target,
    Indicator,
    Commitment,
}

impl Standard {
    /// Its key.
    pub fn id(self) -> KindId {
        KindId::new(match self {
            Self::Target => "target",
            Self::Indicator => "indicator",
            Self::Commitment => "commitment",
        })
    }
}

/// What a statement is, the rule that says so, and what speaks against it in per cent. `last` is what the statement before
/// it in the same sentence is.
pub(super) fn kind(line: &Line<'_>, numbers: &Numbers, last: Option<Standard>) -> (Standard, &'static str, u8) {
    let clause = line
        .clauses
        .get(numbers.clause)
        .map_or(numbers.range.clone(), |clause| numbers.range.start.min(clause.range.start)..clause.range.end);
    let less = if numbers.name.is_empty() { 25 } else { 0 } + if numbers.carried { 4 } else { 0 };
    if line.says(Cue::QuotedGoal, numbers.range.clone()) && is_bounded(line, numbers) {
        return (Standard::Target, "quoted_target", less);
    }
    match numbers.tense {
        Tense::Review => (Standard::Indicator, by_measure(numbers), less),
        Tense::Plan => aimed_at(line, numbers, clause, last, less),
        Tense::Open => {
            let grew = numbers.reads.iter().any(|read| read.quantity.measure == Measure::Growth);
            let told = !matches!(numbers.reads.first().map(|read| read.quantity.measure), Some(Measure::Level) | None);
            let sure = if grew || told || numbers.measures.is_some() { 0 } else { 15 };
            (Standard::Indicator, "unknown_tense", less + sure)
        }
    }
}

/// 控制在2%的年度目标以内 quotes a target; 超过增长目标1.2个百分点 states a gap.
fn is_bounded(line: &Line<'_>, numbers: &Numbers) -> bool {
    let text = line.text(numbers.range.clone());
    let capped = text.contains("控制在");
    let limits = |measure: Measure| measure == Measure::Level || capped && measure == Measure::Growth;
    numbers.reads.iter().all(|read| limits(read.quantity.measure))
        && (text.contains("以内") || text.contains("控制在") || text.ends_with("目标"))
}

fn by_measure(numbers: &Numbers) -> &'static str {
    let has = |measure: Measure| numbers.reads.iter().any(|read| read.quantity.measure == measure);
    match numbers.reads.first().map_or(Measure::Level, |read| read.quantity.measure) {
        Measure::Level if has(Measure::Growth) => "level_and_growth",
        Measure::Level => "level",
        Measure::Growth => "growth",
        Measure::Change => "change",
        Measure::Share => "share",
        Measure::Rank => "rank",
        Measure::Completion => "completion",
        Measure::Gap => "gap",
    }
}

/// What is stated of what is to come: a series one could plot is a target, something to be done a commitment.
fn aimed_at(line: &Line<'_>, numbers: &Numbers, clause: Range<usize>, last: Option<Standard>, less: u8) -> (Standard, &'static str, u8) {
    let modal = line.promises(clause.clone()).is_some();
    let number = if modal { "modal_number" } else { "plan_number" };
    let Some(first) = numbers.reads.first() else { return (Standard::Target, number, less) };
    if numbers.goal {
        return (Standard::Target, "goal_sentence", less);
    }
    let series = line.says(Cue::SeriesNoun, clause.clone());
    let is_make = |word: &super::line::Word<'_>| word.is_any(&[Cue::Make, Cue::WeakMake]) && !word.cues.contains(&Cue::Lookalike);
    let makes = line.words_in(clause.start..first.range.start).iter().find(|word| is_make(word));
    // 确保100个重点项目完成年度投资任务: what is counted does something.
    let acts = makes.is_none() && line.words_in(first.range.end..clause.end).iter().any(is_make);
    let listed = numbers.measures.is_some();
    let happens = line.says(Cue::Event, clause);
    // 最低收购价提高3元 is something to be done.
    let raised = first.quantity.measure == Measure::Change && first.quantity.stated.unit.ends_with('元') && !listed && makes.is_some();
    let measured = !matches!(first.quantity.measure, Measure::Level) && !raised || first.quantity.stated.unit == "%";
    if measured && !happens {
        return (Standard::Target, number, less);
    }
    if (happens || acts) && !series {
        return (Standard::Commitment, "action_number", less);
    }
    match makes.map(|word| line.text(word.range.clone())) {
        // More jobs and more firms are series, more school places are built.
        Some(verb) if verb == "新增" && (series || !is_count(&first.quantity.stated.unit)) => (Standard::Target, number, less),
        Some(verb) if ["提高", "降低", "扩大", "引进"].contains(&verb.as_str()) && listed => (Standard::Target, number, less),
        Some(verb) if verb == "完成" && (series || listed && first.quantity.stated.unit.ends_with('元')) => {
            (Standard::Target, number, less)
        }
        // Deficits, bonds and outlays are series of every budget.
        Some(verb) if ["安排", "发行", "投入"].contains(&verb.as_str()) && first.quantity.stated.unit.ends_with('元') => {
            (Standard::Target, number, less)
        }
        Some(_) => (Standard::Commitment, "action_number", less),
        None => match last {
            Some(Standard::Target | Standard::Commitment) if numbers.measures.is_none() => {
                (last.unwrap_or(Standard::Target), if last == Some(Standard::Target) { number } else { "action_number" }, less + 4)
            }
            _ if listed => (Standard::Target, "named_number", less),
            _ if modal || !is_count(&first.quantity.stated.unit) => (Standard::Target, number, less + if modal { 0 } else { 10 }),
            _ => (Standard::Commitment, "action_number", less + 10),
        },
    }
}
