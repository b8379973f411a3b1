//! What numbers are about: the indicator a stretch of text names.

use super::lexicon::{Cue, Measures};
use super::line::{Line, Word};
use crate::text::words::noun_phrase;
use std::ops::Range;

/// What is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The canonical name, or the text's own noun phrase.
    pub name: String,
    /// How its numbers are read, if it is listed.
    pub measures: Option<Measures>,
    /// What stands in front of the verb where the thing measured stands behind it (规模工业 in 规模工业实现总产值): what
    /// follows may be about that, too.
    pub topic: String,
}

/// Words that stand around names and are no part of them.
const AROUND: &[Cue] = &[
    Cue::Rise,
    Cue::Fall,
    Cue::Reach,
    Cue::Arrive,
    Cue::Share,
    Cue::Yoy,
    Cue::Mom,
    Cue::Completion,
    Cue::Review,
    Cue::Plan,
    Cue::Goal,
    Cue::Modal,
    Cue::LeadIn,
    Cue::Status,
    Cue::Respectively,
    Cue::From,
    Cue::Rank,
    Cue::Place,
    Cue::Gap,
];

/// The stretches of a range that are no words of the rules, without the small words at their ends; empty ones left out.
pub(super) fn pieces(line: &Line<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = range.start;
    let in_name = |word: &Word<'_>| line.names.iter().any(|name| name.range.start <= word.range.start && word.range.end <= name.range.end);
    let around = |word: &&Word<'_>| word.is_any(AROUND) && !word.cues.contains(&Cue::Lookalike) && !in_name(word);
    for word in line.words_in(range.clone()).iter().filter(around) {
        let single = word.range.len() == 1 && !word.is_any(&[Cue::Share, Cue::Rank]);
        // A single character is a verb only where the number follows.
        let departs = word.cues.contains(&Cue::From) && !line.mentions_in(word.range.end..range.end).is_empty();
        if single && !departs && word.range.end + 1 < range.end {
            continue;
        }
        if word.range.start > start {
            pieces.push(start..word.range.start);
        }
        if departs {
            // 由26个减到18个: where it came from is no name.
            start = range.end;
            break;
        }
        start = start.max(word.range.end);
    }
    pieces.push(start.min(range.end)..range.end);
    pieces.into_iter().map(|piece| trimmed(line, piece)).filter(|piece| !piece.is_empty()).collect()
}

/// A stretch without small words, marks, brackets and what they hold, years and months at its ends.
fn trimmed(line: &Line<'_>, mut piece: Range<usize>) -> Range<usize> {
    const BEFORE: &str = "的了在中与和及且而并但也均都仍使把将对共要由从、,;:。)\"-·从以末底全已其较比";
    const BEHIND: &str = "的了在中与和及且而并但也均都仍使把将对共、,;:。(\"-·由已再又较比";
    let begins_name = |at: usize| line.names_in(at..at + 1).iter().any(|name| name.range.start == at);
    let ends_name = |at: usize| line.names.iter().any(|name| name.range.end == at);
    // 2019年 and 6月 in front are no part of a name, but 年初 may be.
    let follows_digit = |at: usize| at.checked_sub(1).and_then(|at| line.at(at)).is_some_and(|c| c.is_ascii_digit());
    let is_time = |at: usize| line.at(at).is_some_and(|c| "年月日".contains(c)) && follows_digit(at);
    let is_small = |at: usize| line.at(at).is_some_and(|c| BEFORE.contains(c)) || is_time(at);
    while is_small(piece.start) && !piece.is_empty() && !begins_name(piece.start) {
        piece.start += 1;
    }
    loop {
        let last = piece.end.checked_sub(1).and_then(|at| line.at(at));
        match last {
            Some(')') if !ends_name(piece.end) => match (piece.start..piece.end).rev().find(|&at| line.at(at) == Some('(')) {
                Some(open) => piece.end = open,
                None => piece.end -= 1,
            },
            Some(c) if BEHIND.contains(c) && !piece.is_empty() && !ends_name(piece.end) => piece.end -= 1,
            // 一般公共预算收入2023年完成110亿元: when is no part of the name.
            Some('年' | '月' | '份') if !ends_name(piece.end) && time_before(line, &piece).is_some() => {
                piece.end = time_before(line, &piece).unwrap_or(piece.start);
            }
            _ => return piece,
        }
    }
}

/// Where a year or months at the end of a stretch begin: 2023年, 1-9月份.
fn time_before(line: &Line<'_>, piece: &Range<usize>) -> Option<usize> {
    let mut at = piece.end;
    while at > piece.start && line.at(at - 1).is_some_and(|c| "年月份".contains(c)) {
        at -= 1;
    }
    let units = at;
    while at > piece.start && line.at(at - 1).is_some_and(|c| c.is_ascii_digit() || c == '-') {
        at -= 1;
    }
    (at < units && units < piece.end && at > piece.start).then_some(at)
}

impl Subject {
    /// The subject a range names, if it names one. `place` is the report's own, such as 深圳市.
    pub fn of(line: &Line<'_>, range: Range<usize>, place: &str) -> Option<Self> {
        let pieces: Vec<Range<usize>> =
            pieces(line, range).into_iter().filter(|piece| !is_generic(line, piece.clone()) && is_a_name(line, piece.clone())).collect();
        let (first, last) = (pieces.first()?.clone(), pieces.last()?.clone());
        let topic = if pieces.len() > 1 { line.text(first.clone()) } else { String::new() };
        if pieces.len() > 1 {
            // 规模工业预计实现总产值: subject and object make the name together.
            let joined = format!("{}{}", line.text(first.clone()), line.text(last.clone()));
            if let Some((name, measures)) = Self::listed(line, &joined, place) {
                return Some(Self { name, measures: Some(measures), topic });
            }
        }
        let told = pieces.iter().rev().find_map(|piece| Some((piece.clone(), Self::at_the_end(line, piece.clone(), place)?)));
        if let Some((_, (name, measures))) = told {
            return Some(Self { name, measures: Some(measures), topic });
        }
        let words = if pieces.len() > 1 && last.len() <= 3 { format!("{}{}", line.text(first), line.text(last)) } else { line.text(last) };
        let name = noun_phrase(without_numbers(without_place(&words, place))).trim_end_matches(['只', '仅', '共', '就']);
        (name.chars().count() >= 2).then(|| Self { name: name.to_owned(), measures: None, topic })
    }

    /// The subject a name and what was spoken of before make together: 增加值 after 规模工业.
    pub fn with_topic(self, line: &Line<'_>, topic: &str, place: &str) -> Self {
        if self.measures.is_some() || topic.is_empty() {
            return self;
        }
        match Self::listed(line, &format!("{topic}{}", self.name), place) {
            Some((name, measures)) => Self { name, measures: Some(measures), topic: topic.to_owned() },
            None => self,
        }
    }

    /// The listed indicator that words are, as a whole.
    pub fn listed(line: &Line<'_>, words: &str, place: &str) -> Option<(String, Measures)> {
        let plain = without_place(words, place);
        let named = line.lexicon().names(plain).find(|named| named.range == (0..plain.len()))?;
        Some((named.name.to_owned(), named.measures))
    }

    /// The listed indicator a piece ends in, if what stands before only says where and when; else its own words.
    fn at_the_end(line: &Line<'_>, piece: Range<usize>, place: &str) -> Option<(String, Measures)> {
        let name = line.names_in(piece.clone()).iter().rfind(|name| name.range.end == piece.end)?;
        let before = line.text(piece.start..name.range.start);
        let before = without_place(&before, place);
        before.chars().all(|c| "的在全年内累计今本月份-".contains(c) || c.is_ascii_digit()).then(|| (name.name.to_owned(), name.measures))
    }
}

/// Whether a piece names nothing by itself.
fn is_generic(line: &Line<'_>, piece: Range<usize>) -> bool {
    let words = line.words_in(piece.clone());
    words.iter().any(|word| word.range == piece && word.cues.contains(&Cue::Generic))
        || ["总量", "总额", "增速", "其"].contains(&line.text(piece).as_str())
}

/// Whether a piece has the letters a name is made of.
fn is_a_name(line: &Line<'_>, piece: Range<usize>) -> bool {
    let letters = piece.clone().filter_map(|at| line.at(at)).filter(|c| c.is_alphabetic()).count();
    letters >= 2
}

/// Words without the months and rates in front of them (1-6月, 11.6%).
fn without_numbers(words: &str) -> &str {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
    let named = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月')).or_else(|| rest.strip_prefix('%'));
    named.unwrap_or(words)
}

/// Words without the report's own place, or other words for it, in front.
fn without_place<'t>(words: &'t str, place: &str) -> &'t str {
    const PLACES: &[&str] = &[
        "全市",
        "全省",
        "全国",
        "全县",
        "全区",
        "本市",
        "本省",
        "本县",
        "本区",
        "我市",
        "我省",
        "我县",
        "我区",
        "我国",
        "全州",
        "辖区",
        "全镇",
        "上半年",
        "全年",
        "今年",
    ];
    let bare = place.trim_end_matches(['省', '市', '县', '区', '州']);
    let mut rest = words;
    loop {
        let next = PLACES.iter().find_map(|word| rest.strip_prefix(word)).or_else(|| {
            (!place.is_empty())
                .then(|| rest.strip_prefix(place).or_else(|| (bare.chars().count() >= 2).then(|| rest.strip_prefix(bare)).flatten()))
                .flatten()
        });
        match next.filter(|next| next.chars().count() >= 2) {
            Some(next) => rest = next,
            None => return rest,
        }
    }
}
