//! What a line promises or aims at without a number: who does what, until when.

use super::lexicon::Cue;
use super::line::{Clause, Line, Word};
use super::subject;
use super::tense::Tense;
use std::ops::Range;

/// What kind of statement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Target,
    Commitment,
}

/// A promise without a number.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    /// Its words.
    pub range: Range<usize>,
    /// The clause its verb stands in.
    pub clause: usize,
    pub aim: Aim,
    pub rule: &'static str,
    /// What speaks against it, in per cent.
    pub less: u8,
    /// What is promised.
    pub name: String,
    /// The words that decided.
    pub words: Vec<Range<usize>>,
}

/// Shorter and longer clauses promise nothing one could check.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=90;
/// An adverb or a vague verb this close in front of a verb of making leaves it the verb.
const CLOSE: usize = 7;

/// The promises of a line in clauses in which no number is stated.
pub(super) fn promises(line: &Line<'_>, tenses: &[Tense], numbered: &[usize]) -> Vec<Promise> {
    let mut found: Vec<Promise> = Vec::new();
    for (index, clause) in line.clauses.iter().enumerate() {
        if numbered.contains(&index) || !LENGTHS.contains(&clause.range.len()) || clause.introduces {
            continue;
        }
        let tense = tenses.get(index).copied().unwrap_or(Tense::Open);
        if let Some(promise) = target(line, index, clause, tense).or_else(|| commitment(line, index, clause, tense)) {
            found.push(with_neighbours(line, promise, numbered));
        }
    }
    found
}

/// 确保各项经济指标全面完成: all that was aimed at is aimed at again.
fn target(line: &Line<'_>, index: usize, clause: &Clause, tense: Tense) -> Option<Promise> {
    let modal = line.promises(clause.range.clone()).filter(|word| {
        let key = line.lexicon().modality(&line.text(word.range.clone()));
        matches!(key, Some("ensure" | "must" | "guarantee" | "strive" | "endeavour"))
    });
    let text = line.text(clause.range.clone());
    let aims = ["指标", "目标任务", "目标", "任务"];
    let all =
        ["各项", "全面", "全年", "圆满", "年度"].iter().any(|word| text.contains(word)) && aims.iter().any(|word| text.contains(word));
    let begins = ["完成", "全面完成", "圆满完成", "确保完成"].iter().any(|word| text.starts_with(word));
    let bare = begins && aims.iter().any(|word| text.ends_with(word)) && tense == Tense::Plan;
    if tense == Tense::Review || !(text.contains("完成") && modal.is_some() && all || bare) {
        return None;
    }
    let modal = modal.map_or(clause.range.start..clause.range.start, |word| word.range.clone());
    let name = subject::pieces(line, modal.end..clause.range.end).into_iter().map(|piece| line.text(piece)).next().unwrap_or_default();
    let (range, words) = (modal.start..clause.range.end, vec![modal]);
    Some(Promise { range, clause: index, aim: Aim::Target, rule: "all_targets", less: 0, name, words })
}

fn commitment(line: &Line<'_>, index: usize, clause: &Clause, tense: Tense) -> Option<Promise> {
    let range = clause.range.clone();
    // 在…等方面出台具体实施方案: the verb stands behind what it is done for.
    let text = line.text(range.clone());
    let aside = ["方面", "领域", "基础上"].iter().filter_map(|word| text.find(word)).max().filter(|_| text.starts_with(['在', '从']));
    let verb_from = range.start + aside.and_then(|byte| text.get(..byte)).map_or(0, |before| before.chars().count());
    let words = line.words_in(verb_from..range.end);
    let named_document = line.bracketed(range.clone());
    let acts = |word: &Word<'_>| {
        let named = named_document.as_ref().is_some_and(|document| document.contains(&word.range.start));
        !word.cues.contains(&Cue::Lookalike) && !named && line.at(word.range.end) != Some('了')
    };
    // 扩大失业保险保障范围: what is changed stands at the end.
    let raises = words.iter().any(|word| word.cues.contains(&Cue::Instrument) && word.range.end == range.end);
    let find = |cue: Cue| words.iter().find(|word| word.cues.contains(&cue) && acts(word));
    let modal = line.promises(range.clone()).map(|word| word.range.clone());
    let deadline = super::when::deadline_in(&text, crate::quantity::Year(Some(2000))).is_some();
    let leads = |word: &Word<'_>| {
        let acts = line.words_in(word.range.end..word.range.end + 3).iter().any(|next| next.cues.contains(&Cue::Make));
        word.cues.contains(&Cue::OwnerLead) && (word.range.end == range.end || acts)
    };
    let led =
        names_owners(line, index.checked_sub(1)) || names_owners(line, index.checked_sub(2)) && names_support(line, index.checked_sub(1));
    let owner = words.iter().find(|word| leads(word)).map(|word| word.range.clone());
    let event = words.iter().rfind(|word| word.cues.contains(&Cue::Event)).map(|word| word.range.clone());
    let make =
        find(Cue::Make).or_else(|| find(Cue::WeakMake).or_else(|| find(Cue::Adjust)).filter(|_| raises)).map(|word| word.range.clone());
    let vague = find(Cue::Vague).map(|word| word.range.clone());
    let governs =
        make.as_ref().is_some_and(|make| vague.as_ref().is_none_or(|vague| vague.start + CLOSE >= make.start || make.start < vague.start));
    let object = make
        .as_ref()
        .and_then(|make| words.iter().rfind(|word| word.cues.contains(&Cue::Object) && word.range.start >= make.end))
        .map(|word| word.range.clone());
    let is_head = object.as_ref().is_some_and(|object| object.end + 3 >= range.end);
    let named = text.contains('《') || text.matches('"').count() >= 2;
    let slogans = u8::try_from(words.iter().filter(|word| word.cues.contains(&Cue::Slogan)).count()).unwrap_or(u8::MAX);
    let aside = ["按照", "根据", "围绕", "为了", "是"].iter().any(|word| text.starts_with(word)) && !deadline;
    let done = aside || text.ends_with('了') || text.contains("得到") && modal.is_none();
    // Who promises nothing by the section has to say so.
    let until = deadline && ["前", "底", "末", "内"].iter().any(|word| text.contains(word)) && tense == Tense::Plan;
    let said = modal.is_some() || until || owner.is_some() || led;
    if done || tense == Tense::Review || tense == Tense::Open && !said {
        return None;
    }
    let against = slogans.saturating_mul(12) + if is_head || named { 0 } else { 8 } + if tense == Tense::Open { 8 } else { 0 };
    let for_it = if deadline { 10u8 } else { 0 } + if named { 8 } else { 0 } + if is_head { 6 } else { 0 };
    let done_with = ["指标", "情况", "任务", "目标", "重托", "使命"].iter().any(|word| text.contains(word));
    let is_completing =
        |make: &Range<usize>| line.text(make.clone()) == "完成" && make.start <= range.start + 4 && make.end + 4 < range.end;
    let completes = !done_with && make.as_ref().is_some_and(is_completing);
    let (rule, less) = if event.is_some() && (modal.is_some() || deadline) {
        ("promised_event", slogans.saturating_mul(5))
    } else if (owner.is_some() || led) && make.is_some() {
        ("owned_action", 0)
    } else if governs && (object.is_some() || named && make.is_some() || completes) {
        ("made_object", against.saturating_sub(for_it))
    } else if vague.is_some() && is_named_project(line, range.clone()) {
        ("named_project", slogans.saturating_mul(12))
    } else if governs && (raises || event.is_some()) || event.is_some() && make.is_none() && vague.is_none() {
        ("made_object", against)
    } else {
        return None;
    };
    let start = begin(line, range.clone());
    let verb = event.clone().filter(|_| rule == "promised_event").or_else(|| make.clone()).or(event);
    let name_from = verb.as_ref().map_or(start, |verb| if verb.end + 2 < range.end { verb.end } else { start });
    let decided: Vec<Range<usize>> = [modal, verb, object, owner].into_iter().flatten().collect();
    let title = named_document.filter(|_| text.contains('《')).map(|title| line.text(title.start + 1..title.end));
    let noun = || subject::pieces(line, name_from..range.end).into_iter().map(|piece| line.text(piece)).next_back().unwrap_or_default();
    let name = title.unwrap_or_else(noun);
    let name = crate::text::words::noun_phrase(name.trim_end_matches("工作")).to_owned();
    Some(Promise { range: start..range.end, clause: index, aim: Aim::Commitment, rule, less, name, words: decided })
}

/// 加快推进樟坑径直升机场建设: something that is built, by its name.
fn is_named_project(line: &Line<'_>, range: Range<usize>) -> bool {
    let text = line.text(range.clone());
    let built = ["建设", "工程", "改造", "落地", "项目"].iter().any(|end| text.ends_with(end));
    built && line.says(Cue::Facility, range)
}

/// Where a promise begins: behind what only joins it to what stands before.
fn begin(line: &Line<'_>, range: Range<usize>) -> usize {
    const LEADS: &[&str] = &[
        "要",
        "将",
        "并",
        "同时",
        "我们要",
        "我们将",
        "我们",
        "还要",
        "也要",
        "此外",
        "以及",
        "各单位要",
        "一是",
        "二是",
        "三是",
        "四是",
        "五是",
        "六是",
        "七是",
        "八是",
    ];
    let mut start = range.start;
    loop {
        let rest = line.text(start..(start + 4).min(range.end));
        let Some(lead) = LEADS.iter().filter(|lead| rest.starts_with(**lead)).max_by_key(|lead| lead.len()) else { break };
        start += lead.chars().count();
    }
    while line.at(start).is_some_and(|c| matches!(c, ' ' | '-' | '、')) && start < range.end {
        start += 1;
    }
    start
}

/// Whether a clause does nothing but say who leads (市发改委牵头).
fn names_owners(line: &Line<'_>, index: Option<usize>) -> bool {
    ends_in(line, index, Cue::OwnerLead)
}

/// Whether a clause does nothing but say who supports (相关部门参与).
fn names_support(line: &Line<'_>, index: Option<usize>) -> bool {
    ends_in(line, index, Cue::OwnerSupport)
}

fn ends_in(line: &Line<'_>, index: Option<usize>, cue: Cue) -> bool {
    let Some(clause) = index.and_then(|index| line.clauses.get(index)) else { return false };
    line.words_in(clause.range.clone()).iter().any(|word| word.cues.contains(&cue) && word.range.end + 1 >= clause.range.end)
}

/// A promise with the clauses around it that name who does it (…牵头, …参与) and what then becomes of it (报市政府研究).
fn with_neighbours(line: &Line<'_>, mut promise: Promise, numbered: &[usize]) -> Promise {
    let clause = |index: usize| line.clauses.get(index).filter(|_| !numbered.contains(&index));
    let own = line.clauses.get(promise.clause).map_or(0, |clause| clause.sentence);
    let mut index = promise.clause;
    while let Some(before) = index.checked_sub(1).and_then(clause) {
        let names_owner = line
            .words_in(before.range.clone())
            .iter()
            .any(|word| word.is_any(&[Cue::OwnerLead, Cue::OwnerSupport]) && word.range.end + 1 >= before.range.end);
        if !names_owner || before.sentence != own {
            break;
        }
        promise.range.start = begin(line, before.range.clone());
        promise.rule = "owned_action";
        promise.less = 0;
        index -= 1;
    }
    let mut next = promise.clause + 1;
    while let Some(after) =
        clause(next).filter(|after| after.sentence == own && (names_owners(line, Some(next)) || names_support(line, Some(next))))
    {
        promise.range.end = after.range.end;
        next += 1;
    }
    if let Some(after) = clause(next).filter(|after| after.sentence == own) {
        let text = line.text(after.range.clone());
        if ["报", "尽快提交", "提交", "提请", "并报"].iter().any(|word| text.starts_with(word)) && text.chars().count() <= 20 {
            promise.range.end = after.range.end;
        }
    }
    promise
}
