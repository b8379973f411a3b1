//! What a line states in numbers: each statement with its words, what it is about and its quantities.

mod kept;
mod lists;
mod segments;

pub(super) use kept::is_count;

use super::lexicon::{Cue, Measures};
use super::line::{Clause, Line};
use super::measure::{self, Read};
use super::subject::{self, Subject};
use super::tense::{Looking, Tense};
use crate::quantity::{Basis, Form, Measure, Mention, Quantity};
use segments::{Segment, begin, end, segments};
use std::ops::Range;

/// A statement in numbers.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// Its words.
    pub range: Range<usize>,
    /// The clause it ends in.
    pub clause: usize,
    pub name: String,
    /// Whether the name stands in the list of indicators.
    pub measures: Option<Measures>,
    /// Whether the name was taken over from what stands before.
    pub carried: bool,
    pub reads: Vec<Read>,
    pub tense: Tense,
    /// Whether its sentence lists what is aimed at.
    pub goal: bool,
}

/// What is remembered from one clause to the next.
#[derive(Clone, Debug, Default)]
struct Memory {
    subject: Option<Subject>,
    topic: String,
    /// The clause that says how many of all were done: a share behind it is how far it is done.
    of_all: Option<usize>,
}

/// The statements of a line, in order; and for each clause where it looks.
pub(super) fn numbers(line: &Line<'_>, looking: &mut Looking, place: &str) -> (Vec<Numbers>, Vec<Tense>) {
    let mut reader = Reader { line, place, memory: Memory::default(), found: Vec::new() };
    let mut tenses = Vec::with_capacity(line.clauses.len());
    for (index, clause) in line.clauses.iter().enumerate() {
        let tense = looking.at(line, clause);
        tenses.push(tense);
        reader.clause(index, clause, tense, looking.lists_goals());
    }
    (reader.found, tenses)
}

struct Reader<'a, 'l> {
    line: &'a Line<'l>,
    place: &'a str,
    memory: Memory,
    found: Vec<Numbers>,
}

impl Reader<'_, '_> {
    fn clause(&mut self, index: usize, clause: &Clause, tense: Tense, goal: bool) {
        let kept = kept::kept(self.line, clause, tense);
        let new_sentence =
            index.checked_sub(1).and_then(|before| self.line.clauses.get(before)).is_none_or(|before| before.sentence != clause.sentence);
        if new_sentence {
            self.memory.topic.clear();
        }
        if kept.is_empty() {
            if let Some(name) = self.line.names_in(clause.range.clone()).last().filter(|name| name.range.end == clause.range.end) {
                self.memory.subject = Some(Subject { name: name.name.to_owned(), measures: Some(name.measures), topic: String::new() });
            }
            return;
        }
        if self.list(index, clause, &kept, tense, goal) || self.done_of_all(index, clause, &kept, tense) {
            return;
        }
        for segment in segments(self.line, clause, kept) {
            self.segment(index, clause, segment, tense, goal);
        }
    }

    /// 56项工作已完成53项: what was done is stated of how many there are; that they had to be done is a target.
    fn done_of_all(&mut self, index: usize, clause: &Clause, kept: &[Mention], tense: Tense) -> bool {
        let Some(all) = kept::whole(self.line, clause, kept).filter(|_| tense == Tense::Review) else { return false };
        let Some(first) = kept.first() else { return false };
        let noun = subject::pieces(self.line, all.range.end..first.range.start).into_iter().next();
        let name = noun.clone().map(|noun| self.line.text(noun)).unwrap_or_default();
        let state = |start: usize, end: usize, mention: &Mention, tense: Tense| {
            let read = measure::read(self.line, mention.range.start, mention, None, None);
            Numbers {
                range: start..end,
                clause: index,
                name: name.clone(),
                measures: None,
                carried: false,
                reads: vec![read],
                tense,
                goal: tense == Tense::Plan,
            }
        };
        let demanded = ["要求", "应", "计划", "规定"].iter().any(|word| self.line.text(clause.range.start..all.range.start).contains(word));
        let target = demanded.then(|| {
            state(
                begin(self.line, clause.range.clone(), clause.range.start),
                noun.map_or(all.range.end, |noun| noun.end),
                &all,
                Tense::Plan,
            )
        });
        let done = state(all.range.start, clause.range.end.min(first.range.end + 12), first, tense);
        self.found.extend(target.into_iter().chain([done]));
        self.memory.of_all = Some(index);
        true
    }

    fn segment(&mut self, index: usize, clause: &Clause, segment: Segment, tense: Tense, goal: bool) {
        let Some(first) = segment.mentions.first() else { return };
        let own = Subject::of(self.line, segment.start..first.range.start, self.place)
            .filter(|_| !is_only_compared(self.line, segment.start..first.range.start));
        let own = own.map(|subject| subject.with_topic(self.line, &self.memory.topic, self.place));
        let measures =
            own.as_ref().map_or_else(|| self.memory.subject.as_ref().and_then(|subject| subject.measures), |subject| subject.measures);
        let mut reads: Vec<Read> = Vec::new();
        let mut from = segment.start;
        for mention in &segment.mentions {
            let read = measure::read(self.line, from, mention, reads.last(), measures);
            from = read.range.end;
            match measure::parts_of_ratio(self.line, mention) {
                Some(parts) => reads.extend(parts),
                None => reads.push(read),
            }
        }
        if let (Some(read), true) = (reads.first_mut(), self.memory.of_all.is_some_and(|all| all + 1 == index))
            && read.quantity.measure == Measure::Share
        {
            read.quantity.measure = Measure::Completion;
        }
        if own.is_none() {
            self.go_on_growing(&mut reads);
        }
        if own.is_none() && self.goes_with_the_last(index, &reads) {
            if let Some(last) = self.found.last_mut() {
                last.range.end = end(self.line, clause, &segment, false, &reads).max(last.range.end);
                last.reads.extend(reads);
                last.clause = index;
            }
            return;
        }
        let counts = reads.last().is_some_and(|read| is_count(&read.quantity.stated.unit));
        let own = match own {
            // 开展16项专项整治: what is counted says more than the verb in front.
            Some(own) if own.measures.is_none() && counts => self.counted(&reads, segment.end).or(Some(own)),
            Some(own) => Some(own),
            None => self.counted(&reads, segment.end),
        };
        let (name, measures, carried) = self.name(own, &reads, segment.start..first.range.start);
        let start = begin(self.line, clause.range.clone(), segment.start);
        // A number in front of its noun: 将2.8万亿元中央财政资金纳入直达范围.
        let leads = self.line.text(start..first.range.start).chars().all(|c| "将把有使让约为达仅".contains(c)) && !is_bare_growth(&reads);
        let mut range = start..end(self.line, clause, &segment, leads, &reads);
        if let Some(said) = self.line.quoted(first.range.clone()) {
            range = range.start.max(said.start)..range.end.min(said.end);
        } else if self.line.at(range.end) == Some('"') && self.line.text(range.clone()).contains('"') {
            range.end += 1;
        }
        // 财政总收入及地方财政收入增长10%: the same of each.
        let several = if carried { Vec::new() } else { self.line.joined_names(segment.start..first.range.start) };
        let name = match (several.is_empty(), self.line.names_in(segment.start..first.range.start).last()) {
            (false, Some(last)) => last.name.to_owned(),
            _ => name,
        };
        for (name, measures) in several {
            self.found.push(Numbers {
                range: range.clone(),
                clause: index,
                name,
                measures: Some(measures),
                carried,
                reads: reads.clone(),
                tense,
                goal,
            });
        }
        let mut numbers = Numbers { range, clause: index, name, measures, carried, reads, tense, goal };
        if numbers.name.is_empty() {
            self.name_by_the_clause_before(index, &mut numbers);
        }
        self.found.push(numbers);
    }

    /// What is counted, behind its number: 53家标准化居家养老服务站.
    fn counted(&self, reads: &[Read], until: usize) -> Option<Subject> {
        let last = reads.last().filter(|read| read.quantity.measure == Measure::Level && read.quantity.stated.unit != "%")?;
        let noun = subject::pieces(self.line, last.range.end..until).into_iter().find(|piece| piece.len() >= 2)?;
        let stop =
            self.line.words_in(noun.clone()).iter().find(|word| word.is_any(&[Cue::Event, Cue::Make]) && word.range.start > noun.start);
        let noun = noun.start..stop.map_or(noun.end, |word| word.range.start);
        Subject::of(self.line, noun, self.place)
    }

    /// 对年内完成确有困难的指标,力争实现度超过80%: what the numbers are about stands in a clause of its own.
    fn name_by_the_clause_before(&self, index: usize, numbers: &mut Numbers) {
        let before = index.checked_sub(1).and_then(|before| self.line.clauses.get(before));
        let own = self.line.clauses.get(index).map_or(0, |clause| clause.sentence);
        let Some(before) = before.filter(|before| before.sentence == own && self.line.mentions_in(before.range.clone()).is_empty()) else {
            return;
        };
        if before.range.len() <= 24 && ["对", "针对", "对于"].iter().any(|word| self.line.text(before.range.clone()).starts_with(word))
        {
            numbers.range.start = before.range.start;
            numbers.name =
                subject::pieces(self.line, before.range.clone()).last().map(|piece| self.line.text(piece.clone())).unwrap_or_default();
        }
    }

    /// Whether numbers without a subject of their own belong to the statement right in front of them: the growth of a
    /// level, the level a change ends at.
    fn goes_with_the_last(&self, index: usize, reads: &[Read]) -> bool {
        let (Some(last), Some(first)) = (self.found.last(), reads.first()) else { return false };
        let between = last.range.end..first.range.start;
        if !self.follows(last.clause, index) || between.clone().any(|at| matches!(self.line.at(at), Some(';' | '。' | '!' | '?' | '\n'))) {
            return false;
        }
        let all = |measures: &[Measure]| last.reads.iter().all(|read| measures.contains(&read.quantity.measure));
        let unitless = |read: &Read| read.quantity.stated.unit.is_empty();
        let has_level = last.reads.iter().any(|read| read.quantity.measure == Measure::Level);
        match first.quantity.measure {
            Measure::Growth => has_level && all(&[Measure::Level, Measure::Change]),
            Measure::Level => {
                all(&[Measure::Change]) && self.line.words_in(between).iter().any(|word| word.is_any(&[Cue::Arrive, Cue::Reach]))
            }
            Measure::Change => {
                let of_an_index = unitless(first) && last.reads.iter().all(unitless);
                all(&[Measure::Level]) && (of_an_index || same_unit(last, first) && self.growth_follows(first.range.end))
            }
            Measure::Share | Measure::Rank | Measure::Completion | Measure::Gap => false,
        }
    }

    /// 增长7%,力争8%: per cent right behind a growth, with nothing said of them but a wish, are a growth, too.
    fn go_on_growing(&self, reads: &mut [Read]) {
        let Some((end, last)) = self.found.last().and_then(|last| Some((last.range.end, last.reads.last()?))) else { return };
        for read in reads.iter_mut().filter(|read| read.quantity.measure == Measure::Level && read.quantity.stated.unit == "%") {
            let between = end..read.range.start;
            if between.len() <= 6 && last.quantity.measure == Measure::Growth && self.line.says(Cue::Modal, between) {
                read.quantity.measure = Measure::Growth;
                read.quantity.basis = last.quantity.basis;
            }
        }
    }

    /// Whether a clause comes right behind another, or behind an aside that says how it was reckoned (按可比价格计算).
    fn follows(&self, last: usize, index: usize) -> bool {
        let aside = self.line.clauses.get(last + 1).is_some_and(|clause| {
            let text = self.line.text(clause.range.clone());
            let reckons = ["按", "扣除", "剔除", "比", "同比", "与上年", "较"].iter().any(|word| text.starts_with(word));
            reckons && clause.range.len() <= 16 && self.line.mentions_in(clause.range.clone()).is_empty()
        });
        last == index || last + 1 == index || last + 2 == index && aside
    }

    /// Whether a growth is stated right behind a place: 比上年增加1894元,增长9.3%.
    fn growth_follows(&self, place: usize) -> bool {
        let next = self.line.mentions_in(place..place + 8).first();
        next.is_some_and(|next| {
            next.form == Form::Percent
                && self.line.words_in(place..next.range.start).iter().any(|word| word.is_any(&[Cue::Rise, Cue::Fall]))
        })
    }

    /// The name of what numbers are about; whether it was taken over.
    fn name(&mut self, own: Option<Subject>, reads: &[Read], before: Range<usize>) -> (String, Option<Measures>, bool) {
        let measure = reads.first().map_or(Measure::Level, |read| read.quantity.measure);
        let is_carried = own.is_none();
        let last_grew = self
            .found
            .last()
            .and_then(|last| last.reads.last())
            .is_some_and(|read| read.quantity.measure == Measure::Growth || read.of_growth);
        let of_growth = reads.iter().any(|read| read.of_growth)
            || is_carried && last_grew && measure == Measure::Change && reads.iter().all(|read| read.quantity.stated.unit == "个百分点");
        let share_of = (measure == Measure::Share).then(|| share_of(self.line, before)).flatten();
        // The change of a share is that of the share; all else behind one is about the thing itself.
        let after_share = self
            .found
            .last()
            .and_then(|last| last.reads.last())
            .is_some_and(|read| matches!(read.quantity.measure, Measure::Share | Measure::Completion));
        if let (true, true, Measure::Change, Some(last)) = (is_carried, after_share, measure, self.found.last()) {
            return (last.name.clone(), None, true);
        }
        let Some(subject) = own.or_else(|| self.memory.subject.clone()) else { return (String::new(), None, true) };
        let measures = subject.measures;
        let name = subject.name.clone();
        let told = |suffix: &str| if name.ends_with(suffix) { name.clone() } else { format!("{name}{suffix}") };
        let name = match (measure, share_of) {
            (Measure::Share, Some(whole)) => format!("{name}占{whole}比重"),
            (Measure::Share, None) if !name.contains('占') && !name.ends_with("比重") => told("占比"),
            (Measure::Rank, _) => told("排名"),
            (Measure::Completion, _) => told("完成率"),
            (Measure::Change, _) if of_growth => told("增速"),
            _ => name.clone(),
        };
        if !subject.topic.is_empty() {
            self.memory.topic.clone_from(&subject.topic);
        }
        self.memory.subject = Some(subject);
        let listed =
            if matches!(measure, Measure::Level | Measure::Growth) || measure == Measure::Change && !of_growth { measures } else { None };
        (name, listed, is_carried)
    }
}

fn same_unit(last: &Numbers, read: &Read) -> bool {
    last.reads.last().is_some_and(|one| one.quantity.stated.unit == read.quantity.stated.unit)
}

/// What a share is a share of: 工业总产值 in 占工业总产值的50.2%.
fn share_of(line: &Line<'_>, range: Range<usize>) -> Option<String> {
    let word = line.words_in(range.clone()).iter().rfind(|word| word.cues.contains(&Cue::Share))?;
    let whole = subject::pieces(line, word.range.end..range.end);
    whole.first().map(|piece| line.text(piece.clone())).filter(|whole| whole.chars().count() >= 2)
}

/// Whether a stretch names only what is compared with (比上年同期, 占…的, 超过…目标), not what is measured.
fn is_only_compared(line: &Line<'_>, range: Range<usize>) -> bool {
    let pieces = subject::pieces(line, range.clone());
    let opens =
        line.words_in(range).iter().find(|word| word.is_any(&[Cue::Share, Cue::Gap, Cue::Completion, Cue::Mom, Cue::Yoy, Cue::Rank]));
    let starts_in = |at: usize| {
        pieces
            .first()
            .is_none_or(|piece| piece.start >= at || line.text(piece.clone()).starts_with('在') || is_place_of_rank(line, piece.clone()))
    };
    opens.is_some_and(|word| starts_in(word.range.start))
}

/// 在南通九县市区 in front of 排名: the scope of a rank is no subject.
fn is_place_of_rank(line: &Line<'_>, piece: Range<usize>) -> bool {
    piece.start.checked_sub(1).and_then(|at| line.at(at)) == Some('在')
        && line.words_in(piece.end..piece.end + 4).iter().any(|word| word.cues.contains(&Cue::Rank))
}

/// Whether nothing but a growth is stated, which has no noun behind it.
fn is_bare_growth(reads: &[Read]) -> bool {
    reads.iter().all(|read| matches!(read.quantity.measure, Measure::Growth | Measure::Change))
}

/// The quantities of a statement.
pub(super) fn quantities(numbers: &Numbers) -> Vec<Quantity> {
    let aims = numbers.tense == Tense::Plan;
    let quantity = |read: &Read| {
        let mut quantity = read.quantity.clone();
        // What is aimed at grows against nothing said.
        if aims && quantity.measure == Measure::Growth && quantity.basis == Basis::Yoy {
            quantity.basis = Basis::None;
        }
        quantity
    };
    numbers.reads.iter().map(quantity).collect()
}
