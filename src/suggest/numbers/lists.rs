//! Lists: numbers that belong to as many names, 分别 or one behind the other.

use super::segments::begin;
use super::{Numbers, Reader};
use crate::quantity::Mention;
use crate::suggest::lexicon::{Cue, Measures};
use crate::suggest::line::{Clause, Line};
use crate::suggest::measure;
use crate::suggest::subject::Subject;
use crate::suggest::tense::Tense;
use std::ops::Range;

/// What a name is and how its numbers are read.
type Named = (String, Option<Measures>);

impl Reader<'_, '_> {
    /// A list whose numbers belong to as many names: a statement for each, all on the same words. Whether it was one.
    pub(super) fn list(&mut self, index: usize, clause: &Clause, kept: &[Mention], tense: Tense, goal: bool) -> bool {
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return false };
        let said = self.line.says(Cue::Respectively, clause.range.clone());
        if kept.len() < 2 || !said && !are_joined(self.line, kept) {
            return false;
        }
        let subjects = parts(self.line, clause.range.start..first.range.start);
        let from = begin(self.line, clause.range.clone(), clause.range.start);
        if subjects.len() == kept.len() && subjects.iter().all(|part| part.len() >= 2 || said) {
            let names = self.named_all(&subjects);
            self.state(index, from..last.range.end, names, kept, tense, goal);
            return true;
        }
        (said || self.follows_a_list(index, kept.len())) && subjects.is_empty() && self.about_those_before(index, clause, kept, tense, goal)
    }

    /// 营业收入199.9亿元,净利29.8亿元,分别增长19.2%和5.9%: the names stand in front of the clause.
    fn about_those_before(&mut self, index: usize, clause: &Clause, kept: &[Mention], tense: Tense, goal: bool) -> bool {
        let range = clause.range.start..kept.last().map_or(clause.range.end, |last| last.range.end);
        let count = self.found.len();
        let before = self.found.get(count.saturating_sub(kept.len())..).unwrap_or_default();
        if before.len() == kept.len() && before.iter().all(|numbers| numbers.clause < index) {
            // A list of levels and the list of their growths belong together, item by item.
            let one = before.iter().all(|numbers| numbers.range == before.first().map_or(0..0, |first| first.range.clone()));
            let names = before.iter().map(|numbers| (numbers.name.clone(), numbers.measures)).collect();
            self.state(index, range, names, kept, tense, goal);
            if one {
                self.join_lists(kept.len());
            }
            return true;
        }
        // 工业投资、消费品零售额增幅排名靠后,分别排13位、12位: names without a number.
        let Some(names) = index.checked_sub(1).and_then(|before| self.line.clauses.get(before)) else { return false };
        let parts = parts(self.line, names.range.clone());
        if parts.len() != kept.len() || !self.line.mentions_in(names.range.clone()).is_empty() {
            return false;
        }
        let named = self.named_all(&parts);
        self.state(index, names.range.start..range.end, named, kept, tense, goal);
        true
    }

    /// 分别为56842元和30126元,增长5.4%和7.6%: whether a list of as many stands right in front.
    fn follows_a_list(&self, index: usize, count: usize) -> bool {
        let before = self.found.get(self.found.len().saturating_sub(count)..).unwrap_or_default();
        let Some(first) = before.first() else { return false };
        before.len() == count && before.iter().all(|numbers| numbers.range == first.range && numbers.clause + 1 == index)
    }

    /// Puts the last statements into those in front of them.
    fn join_lists(&mut self, count: usize) {
        let later = self.found.split_off(self.found.len().saturating_sub(count));
        let from = self.found.len().saturating_sub(count);
        for (numbers, more) in self.found.iter_mut().skip(from).zip(later) {
            numbers.range.end = more.range.end;
            numbers.clause = more.clause;
            numbers.reads.extend(more.reads);
        }
    }

    /// A statement for each name, all on the same words.
    fn state(&mut self, index: usize, range: Range<usize>, names: Vec<Named>, kept: &[Mention], tense: Tense, goal: bool) {
        let mut before: Option<measure::Read> = None;
        let start = self.line.clauses.get(index).map_or(range.start, |clause| clause.range.start);
        for ((name, measures), mention) in names.into_iter().zip(kept) {
            let from = before.as_ref().map_or(start, |read| read.range.end);
            let read = measure::read(self.line, from, mention, before.as_ref(), measures);
            before = Some(read.clone());
            self.found.push(Numbers {
                range: range.clone(),
                clause: index,
                name,
                measures,
                carried: false,
                reads: vec![read],
                tense,
                goal,
            });
        }
    }

    fn named(&self, part: Range<usize>) -> Named {
        match Subject::of(self.line, part.clone(), self.place) {
            Some(subject) => (subject.name, subject.measures),
            None => (self.line.text(part), None),
        }
    }

    /// The names of a list; what the last says for all is put behind the others: 城镇、农村居民人均可支配收入.
    fn named_all(&self, parts: &[Range<usize>]) -> Vec<Named> {
        let last = parts.last().map(|last| self.line.text(last.clone())).unwrap_or_default();
        let completed = |part: &Range<usize>| {
            let own = self.line.text(part.clone());
            let mut ends = last.char_indices().skip(1).filter_map(|(byte, _)| last.get(byte..));
            ends.find_map(|end| Subject::listed(self.line, &format!("{own}{end}"), self.place))
        };
        let name = |part: &Range<usize>| {
            let (name, measures) = self.named(part.clone());
            match (measures, completed(part)) {
                (None, Some((name, measures))) => (name, Some(measures)),
                _ => (name, measures),
            }
        };
        parts.iter().map(name).collect()
    }
}

/// Whether nothing but what joins the items of a list stands between numbers.
fn are_joined(line: &Line<'_>, kept: &[Mention]) -> bool {
    let joint = |between: Range<usize>| {
        !between.is_empty() && between.len() <= 2 && between.into_iter().all(|at| line.at(at).is_some_and(|c| "、和与及以".contains(c)))
    };
    kept.iter().zip(kept.iter().skip(1)).all(|(one, next)| joint(one.range.end..next.range.start))
}

/// The parts of a list: 教育、医疗支出.
pub(super) fn parts(line: &Line<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let ends = |word: &&crate::suggest::line::Word<'_>| {
        word.is_any(&[Cue::Respectively, Cue::Rise, Cue::Fall, Cue::Yoy, Cue::Reach, Cue::Rank]) && word.range.len() > 1
    };
    let stop = line.words_in(range.clone()).iter().find(ends);
    let range = range.start..stop.map_or(range.end, |word| word.range.start);
    let mut parts = Vec::new();
    let mut start = range.start;
    for at in range.clone() {
        let joins =
            matches!(line.at(at), Some('、')) || matches!(line.at(at), Some('和' | '与' | '及')) && at > start + 1 && !line.is_in_name(at);
        if joins {
            parts.push(start..at);
            start = at + 1;
        }
    }
    parts.push(start..range.end);
    parts.retain(|part| !part.is_empty());
    parts
}
