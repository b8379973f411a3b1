//! A paragraph of the shadow as the rules read it: its words, names, numbers and clauses, by characters.

use super::lexicon::{Cue, Lexicon, Measures};
use crate::quantity::{Mention, mentions};
use std::collections::BTreeSet;
use std::ops::Range;

/// A word of the lexicon in a line.
#[derive(Clone, Debug)]
pub(super) struct Word<'l> {
    pub range: Range<usize>,
    pub cues: &'l BTreeSet<Cue>,
}

impl Word<'_> {
    /// Whether it does one of these.
    pub fn is_any(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.cues.contains(cue))
    }
}

/// An indicator named in a line.
#[derive(Clone, Debug)]
pub(super) struct Name<'l> {
    pub range: Range<usize>,
    pub name: &'l str,
    pub measures: Measures,
}

/// A stretch up to a comma, a colon or a stop, without it.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub range: Range<usize>,
    /// Which sentence of the line it stands in; semicolons do not part sentences.
    pub sentence: usize,
    /// Whether a colon ends it.
    pub introduces: bool,
}

/// A paragraph.
#[derive(Debug)]
pub(super) struct Line<'l> {
    lexicon: &'l Lexicon,
    pub chars: Vec<char>,
    pub words: Vec<Word<'l>>,
    pub names: Vec<Name<'l>>,
    pub mentions: Vec<Mention>,
    pub clauses: Vec<Clause>,
}

impl<'l> Line<'l> {
    /// Reads a paragraph of a shadow.
    pub fn of(text: &str, lexicon: &'l Lexicon) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let places = places(text);
        let by_chars = |bytes: Range<usize>| place(&places, bytes.start)..place(&places, bytes.end);
        let names: Vec<Name<'l>> =
            lexicon.names(text).map(|named| Name { range: by_chars(named.range), name: named.name, measures: named.measures }).collect();
        let mentions = mentions(text, lexicon.units());
        let inside = |range: &Range<usize>, of: &Range<usize>| of.start <= range.start && range.end <= of.end;
        let words = lexicon.hits(text).map(|hit| Word { range: by_chars(hit.range), cues: hit.cues }).filter(|word| {
            // The parts of a name are no words of their own, but it may begin with what is done (新建公园) and end in what
            // says that it is a growth.
            let in_name = names.iter().find(|name| inside(&word.range, &name.range));
            let in_number = mentions.iter().any(|mention| inside(&word.range, &mention.number));
            let is_of_its_own = |name: &Name<'_>| {
                let ends_it = word.range.end == name.range.end && word.cues.contains(&Cue::GrowthNoun);
                let begins_it = word.range.start == name.range.start && word.is_any(&[Cue::Make, Cue::WeakMake]);
                ends_it || begins_it || word.is_any(&[Cue::SeriesNoun, Cue::Object, Cue::Facility, Cue::Scope, Cue::Instrument])
            };
            in_name.is_none_or(is_of_its_own) && (!in_number || word.cues.contains(&Cue::StatedNumber))
        });
        let words = words.collect();
        let clauses = clauses(&chars);
        Self { lexicon, chars, words, names, mentions, clauses }
    }

    /// What it is read by.
    pub const fn lexicon(&self) -> &'l Lexicon {
        self.lexicon
    }

    /// The characters of a stretch as text.
    pub fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// The character at a place.
    pub fn at(&self, place: usize) -> Option<char> {
        self.chars.get(place).copied()
    }

    /// The words that begin in a stretch.
    pub fn words_in(&self, range: Range<usize>) -> &[Word<'l>] {
        let from = self.words.partition_point(|word| word.range.start < range.start);
        let to = self.words.partition_point(|word| word.range.start < range.end);
        self.words.get(from..to).unwrap_or_default()
    }

    /// The names that begin in a stretch.
    pub fn names_in(&self, range: Range<usize>) -> &[Name<'l>] {
        let from = self.names.partition_point(|name| name.range.start < range.start);
        let to = self.names.partition_point(|name| name.range.start < range.end);
        self.names.get(from..to).unwrap_or_default()
    }

    /// The numbers in a stretch.
    pub fn mentions_in(&self, range: Range<usize>) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.range.start < range.start);
        let to = self.mentions.partition_point(|mention| mention.range.start < range.end);
        self.mentions.get(from..to).unwrap_or_default()
    }

    /// Whether a word that does this begins in a stretch.
    pub fn says(&self, cue: Cue, range: Range<usize>) -> bool {
        self.words_in(range).iter().any(|word| word.cues.contains(&cue))
    }

    /// The title in 《》 in a stretch.
    pub fn bracketed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let open = range.clone().find(|&at| self.at(at) == Some('《'))?;
        let close = (open..range.end).find(|&at| self.at(at) == Some('》')).unwrap_or(range.end);
        Some(open..close)
    }

    /// Whether a character belongs to the name of an indicator.
    pub fn is_in_name(&self, at: usize) -> bool {
        self.names.iter().any(|name| name.range.contains(&at))
    }

    /// The names of a stretch but the last, where it lists several (财政总收入及地方财政收入) and nothing else.
    pub fn joined_names(&self, range: Range<usize>) -> Vec<(String, Measures)> {
        let names = self.names_in(range);
        let joined = |one: &Name<'_>, next: &Name<'_>| {
            next.range.start == one.range.end + 1 && self.at(one.range.end).is_some_and(|c| "、和与及".contains(c))
        };
        let all = names.len() > 1 && names.iter().zip(names.iter().skip(1)).all(|(one, next)| joined(one, next));
        let but_last = names.len().saturating_sub(1);
        names.iter().take(if all { but_last } else { 0 }).map(|name| (name.name.to_owned(), name.measures)).collect()
    }

    /// What stands in the quotation marks around a stretch, if there is more in them than that.
    pub fn quoted(&self, range: Range<usize>) -> Option<Range<usize>> {
        let clause = self.clauses.iter().find(|clause| clause.range.contains(&range.start))?.range.clone();
        let open = (clause.start..range.start).rev().find(|&at| self.at(at) == Some('"'))?;
        let before = (clause.start..open).filter(|&at| self.at(at) == Some('"')).count();
        let close = (range.end..clause.end).find(|&at| self.at(at) == Some('"'))?;
        (before % 2 == 0 && open + 1 < range.start).then_some(open + 1..close)
    }

    /// Whether a word of promising stands in a stretch; one that tells what was done (确保了) and a noun (改革计划) do not.
    pub fn promises(&self, range: Range<usize>) -> Option<&Word<'l>> {
        let start = range.start;
        self.words_in(range).iter().find(|word| {
            let said = self.text(word.range.clone());
            let is_plan = matches!(said.as_str(), "计划" | "拟" | "规划建设");
            let is_noun = is_plan
                && said != "拟"
                && (word.range.start > start + 4 || self.at(word.range.end).is_some_and(|c| "的中内外,、".contains(c)));
            // What is expected may as well be an estimate of what was done.
            let is_estimate = self.lexicon.modality(&said) == Some("expect");
            word.cues.contains(&Cue::Modal) && self.at(word.range.end) != Some('了') && !is_noun && !is_estimate
        })
    }
}

/// For each byte of a text the character it belongs to, and one for the end.
fn places(text: &str) -> Vec<u32> {
    let mut places = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for c in text.chars() {
        places.extend(std::iter::repeat_n(count, c.len_utf8()));
        count += 1;
    }
    places.push(count);
    places
}

fn place(places: &[u32], byte: usize) -> usize {
    places.get(byte).copied().unwrap_or_default() as usize
}

/// The clauses of a paragraph.
fn clauses(chars: &[char]) -> Vec<Clause> {
    let (mut clauses, mut start, mut sentence, mut brackets) = (Vec::new(), 0, 0, 0usize);
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '(' | '《' => brackets += 1,
            ')' | '》' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        let inside_number = matches!(c, ',' | ':') && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        let ends_sentence = matches!(c, '。' | '!' | '?' | '\n');
        let ends = ends_sentence || matches!(c, ',' | ';' | ':') && !inside_number && brackets == 0;
        if ends {
            clauses.push(Clause { range: start..at, sentence, introduces: c == ':' });
            start = at + 1;
            if ends_sentence {
                sentence += 1;
                brackets = 0;
            }
        }
    }
    if start < chars.len() {
        clauses.push(Clause { range: start..chars.len(), sentence, introduces: false });
    }
    clauses.retain(|clause| !clause.range.is_empty());
    clauses
}
