//! Places as people tag them, chosen by chance.

use super::chance::Chance;
use super::places::{is_blank, lines, numbers, sentences};
use jiannuo::annotation::Anchor;
use jiannuo::text::classes::{is_digit, is_han};
use jiannuo::text::{Span, Text};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many of the most frequent words of each length are tagged.
const FREQUENT: usize = 6;

/// What of a text can be tagged.
struct Scene {
    chars: Vec<char>,
    lines: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
    numbers: Vec<Range<usize>>,
    /// The most frequent words, each with all its places.
    frequent: Vec<Vec<Range<usize>>>,
}

/// A way of choosing a place.
type Way = fn(&Scene, &mut Chance) -> Option<Range<usize>>;

/// The ways, taken in turn.
const WAYS: [Way; 9] = [
    Scene::clause,
    Scene::growth,
    Scene::frequent_word,
    Scene::number_with_unit,
    Scene::sentence,
    Scene::number,
    Scene::line_break,
    Scene::words,
    Scene::line,
];

/// So many tags of a text, those at its start and end first; fewer where there is nothing to tag.
pub fn tags(text: &Text, count: usize, chance: &mut Chance) -> Vec<Anchor> {
    let scene = Scene::of(text);
    let mut ranges = scene.edges();
    for way in WAYS.iter().cycle().take(4 * count) {
        if ranges.len() < count {
            ranges.extend(way(&scene, chance).and_then(|range| scene.inked(range)));
        }
    }
    ranges.into_iter().map(|range| Anchor::new(text, Span::of(range.start as u32, range.end as u32))).collect()
}

impl Scene {
    fn of(text: &Text) -> Self {
        let chars: Vec<char> = text.as_str().chars().collect();
        let (lines, sentences, numbers) = (lines(&chars), sentences(&chars), numbers(&chars));
        let frequent = frequent(&chars);
        Self { chars, lines, sentences, numbers, frequent }
    }

    /// The first and the last line, whole and a few characters of them.
    fn edges(&self) -> Vec<Range<usize>> {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return Vec::new() };
        let beginning = first.start..first.end.min(first.start + 6);
        let end = last.start.max(last.end.saturating_sub(6))..last.end;
        vec![first.clone(), self.with_whole_numbers(beginning), self.with_whole_numbers(end), last.clone()]
    }

    /// A number out to the marks around it.
    fn clause(&self, chance: &mut Chance) -> Option<Range<usize>> {
        let number = chance.pick(&self.numbers)?;
        let start = (0..number.start).rev().find(|&at| self.stops(at)).map_or(0, |at| at + 1);
        let end = (number.end..self.chars.len()).find(|&at| self.stops(at)).unwrap_or(self.chars.len());
        Some(start..end)
    }

    /// A number with a word before it and its unit: 增长8.5%.
    fn growth(&self, chance: &mut Chance) -> Option<Range<usize>> {
        let number = chance.pick(&self.numbers)?;
        let longest = 2 + chance.below(3);
        let before = (0..number.start).rev().take(longest).take_while(|&at| is_han(self.chars[at])).count();
        Some(number.start - before..self.unit_end(number.end))
    }

    /// A number with its unit: 8.5%.
    fn number_with_unit(&self, chance: &mut Chance) -> Option<Range<usize>> {
        let number = chance.pick(&self.numbers)?;
        Some(number.start..self.unit_end(number.end))
    }

    /// A number alone.
    fn number(&self, chance: &mut Chance) -> Option<Range<usize>> {
        chance.pick(&self.numbers).cloned()
    }

    /// A sentence.
    fn sentence(&self, chance: &mut Chance) -> Option<Range<usize>> {
        chance.pick(&self.sentences).cloned()
    }

    /// The end of a line and the beginning of the next.
    fn line_break(&self, chance: &mut Chance) -> Option<Range<usize>> {
        let at = chance.below(self.lines.len().checked_sub(1)?);
        let (line, next) = (self.lines.get(at)?, self.lines.get(at + 1)?);
        let start = line.start.max(line.end.saturating_sub(4 + chance.below(12)));
        let end = next.end.min(next.start + 4 + chance.below(12));
        Some(self.with_whole_numbers(start..end))
    }

    /// One place of a word that stands in many.
    fn frequent_word(&self, chance: &mut Chance) -> Option<Range<usize>> {
        let places = chance.pick(&self.frequent)?;
        chance.pick(places).cloned()
    }

    /// A few characters anywhere in a line.
    fn words(&self, chance: &mut Chance) -> Option<Range<usize>> {
        let line = chance.pick(&self.lines)?;
        let start = line.start + chance.below(line.len());
        let end = line.end.min(start + 2 + chance.below(10));
        Some(self.with_whole_numbers(start..end))
    }

    /// A line.
    fn line(&self, chance: &mut Chance) -> Option<Range<usize>> {
        chance.pick(&self.lines).cloned()
    }

    /// Whether a clause ends at a place.
    fn stops(&self, at: usize) -> bool {
        let is_digit_at = |at: Option<usize>| at.and_then(|at| self.chars.get(at)).is_some_and(|&c| is_digit(c));
        match self.chars[at] {
            '，' | '。' | '；' | '：' | '！' | '？' | ';' | '\n' => true,
            ',' | ':' => !(is_digit_at(at.checked_sub(1)) && is_digit_at(Some(at + 1))),
            _ => false,
        }
    }

    fn unit_end(&self, number_end: usize) -> usize {
        let is_unit = |c: &char| "%％‰亿億万萬元人个個百分点點吨噸公里亩畝户戶家名项項倍年月".contains(*c);
        number_end + self.chars[number_end..].iter().take(4).take_while(|c| is_unit(c)).count()
    }

    /// A stretch out to the ends of numbers it would cut: nobody tags half a number.
    fn with_whole_numbers(&self, range: Range<usize>) -> Range<usize> {
        let cut = |at: usize| self.numbers.iter().find(|number| number.start < at && at < number.end);
        cut(range.start).map_or(range.start, |number| number.start)..cut(range.end).map_or(range.end, |number| number.end)
    }

    /// A stretch without white space at its ends; none if nothing is left.
    fn inked(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = range.clone().find(|&at| !is_blank(self.chars[at]))?;
        let last = range.rev().find(|&at| !is_blank(self.chars[at]))?;
        Some(first..last + 1)
    }
}

/// The words of two and of four characters that stand most often, with all their places.
fn frequent(chars: &[char]) -> Vec<Vec<Range<usize>>> {
    let mut found = Vec::new();
    for len in [2, 4] {
        let mut places: BTreeMap<&[char], Vec<Range<usize>>> = BTreeMap::new();
        for (at, word) in chars.windows(len).enumerate().filter(|(_, word)| word.iter().all(|&c| is_han(c))) {
            places.entry(word).or_default().push(at..at + len);
        }
        let mut words: Vec<Vec<Range<usize>>> = places.into_values().filter(|places| places.len() > 1).collect();
        words.sort_by_key(|places| Reverse(places.len()));
        found.extend(words.into_iter().take(FREQUENT));
    }
    found
}
