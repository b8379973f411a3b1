//! Other characters, numbers and words in the place of what stood there.

use crate::reanchor::chance::Chance;
use crate::reanchor::draft::{Draft, Letter, insertion, replaced, written};
use crate::reanchor::places::{lines, numbers, occurrences};
use crate::reanchor::words::{NEGATED, numeral};
use jiannuo::text::Block;
use jiannuo::text::classes::{half_width, is_digit};
use jiannuo::text::script::{Conversion, convert};
use jiannuo::text::shadow::fold;
use std::ops::Range;

/// Converts a text. A character that is another one in any script, because the place has another word, was replaced.
pub fn converted(draft: &mut Draft, conversion: Conversion) {
    let old = draft.chars();
    let text: String = old.iter().collect();
    let converted = convert(&text, conversion);
    let new: Vec<char> = converted.text.chars().collect();
    let simplified = |text: &str| -> Vec<char> { convert(text, Conversion::TraditionalToSimplified).text.chars().collect() };
    let (plain_old, plain_new) = (simplified(&text), simplified(&converted.text));
    let folded = |c: char| fold(&c.to_string());
    let same =
        |one: usize, other: usize| old[one] == new[other] || plain_old[one] == plain_new[other] || folded(old[one]) == folded(new[other]);
    let letters = draft.letters(0..old.len()).to_vec();
    let mut written: Vec<Letter> = Vec::with_capacity(new.len());
    let mut at = 0;
    let end = Block { a: old.len() as u32, a_len: 0, b: new.len() as u32, b_len: 0 };
    for block in converted.map.blocks().iter().chain([&end]) {
        let (start, len, new_len) = (block.a as usize, block.a_len as usize, block.b_len as usize);
        for place in at..start {
            let to = written.len();
            written.extend(replaced(&letters[place..=place], &new[to..=to], |_, _| same(place, to)));
        }
        let to = written.len();
        written.extend(replaced(&letters[start..start + len], &new[to..to + new_len], |one, other| same(start + one, to + other)));
        at = start + len;
    }
    draft.rewrite([(0..old.len(), written)]);
}

pub fn full_width(c: char) -> char {
    let has_wide_form = is_digit(c) || matches!(c, '%' | ',' | '.' | ':' | ';' | '!' | '?' | '(' | ')');
    if c.is_ascii() && has_wide_form { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }
}

/// Space stays: full-width indents are another matter.
pub fn half_width_form(c: char) -> char {
    if c == '\u{3000}' { c } else { half_width(c) }
}

pub fn other_quote(c: char) -> char {
    let pairs = [('“', '「'), ('”', '」'), ('‘', '『'), ('’', '』')];
    let other = |&(curved, cornered): &(char, char)| match c {
        c if c == curved => Some(cornered),
        c if c == cornered => Some(curved),
        _ => None,
    };
    pairs.iter().find_map(other).unwrap_or(c)
}

pub fn headings_renumbered(draft: &mut Draft, _: &mut Chance) {
    let chars = draft.chars();
    let change = |line: Range<usize>| {
        let (len, marker) = renumbered(&chars[line.clone()])?;
        let old = line.start..line.start + len;
        Some((old.clone(), draft.with_words(old, &marker)))
    };
    let changes: Vec<_> = lines(&chars).into_iter().filter_map(change).collect();
    draft.rewrite(changes);
}

/// How many characters of a line's number are replaced by what: 一、 → 二、, （一） → 1., 1. → 2.
fn renumbered(line: &[char]) -> Option<(usize, String)> {
    let run = |from: usize, set: &str| line[from..].iter().take_while(|c| set.contains(**c)).count();
    let number = |numerals: &[char]| (1..=40).find(|&number| numeral(number).chars().eq(numerals.iter().copied()));
    let numerals = "一二三四五六七八九十";
    if matches!(line.first(), Some('（' | '(')) {
        let len = run(1, numerals);
        let closed = matches!(line.get(1 + len), Some('）' | ')'));
        return number(&line[1..=len]).filter(|_| closed).map(|number| (len + 2, format!("{number}.")));
    }
    let len = run(0, numerals);
    if len > 0 && line.get(len) == Some(&'、') {
        return number(&line[..len]).map(|number| (len, numeral(number + 1)));
    }
    let len = run(0, "0123456789");
    let marked = matches!(line.get(len), Some('.' | '．' | '、')) && !line.get(len + 1).is_some_and(|&c| is_digit(c));
    let number: Option<u32> = line[..len].iter().collect::<String>().parse().ok();
    number.filter(|_| marked).map(|number| (len, (number + 1).to_string()))
}

pub fn numbers_changed(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let numbers = chance.some(numbers(&chars), 3);
    let changes = numbers.into_iter().filter_map(|number| other_digit(&chars, number, chance));
    draft.rewrite(changes.map(|(at, digit)| (at..at + 1, written(&digit.to_string()))));
}

/// One more digit before or behind: 8 → 18, 8 → 8.5, 8.5 → 8.57.
pub fn numbers_grown(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let in_digits: Vec<Range<usize>> = numbers(&chars).into_iter().filter(|number| is_digit(chars[number.start])).collect();
    let numbers = chance.some(in_digits, 3);
    draft.rewrite(numbers.into_iter().map(|number| {
        let is_decimal = chars[number.clone()].iter().any(|c| matches!(c, '.' | '．'));
        match chance.below(2) {
            0 => insertion(number.start, "1"),
            _ => insertion(number.end, if is_decimal { "7" } else { ".5" }),
        }
    }));
}

/// A digit of a number as another one, and its place.
fn other_digit(chars: &[char], number: Range<usize>, chance: &mut Chance) -> Option<(usize, char)> {
    let rows = ["0123456789", "０１２３４５６７８９", "一二三四五六七八九"];
    let row_of = |at: usize| rows.iter().find(|row| row.contains(chars[at]));
    let digits: Vec<usize> = number.filter(|&at| row_of(at).is_some()).collect();
    let at = *chance.pick(&digits)?;
    let others: Vec<char> = row_of(at)?.chars().filter(|&c| c != chars[at]).collect();
    Some((at, *chance.pick(&others)?))
}

/// The same words with another digit in about one in so many of their numbers.
pub fn with_other_numbers(chars: &[char], one_in: usize, chance: &mut Chance) -> String {
    let mut changed = chars.to_vec();
    for number in chance.some(numbers(chars), one_in) {
        if let Some((at, digit)) = other_digit(chars, number, chance) {
            changed[at] = digit;
        }
    }
    changed.into_iter().collect()
}

/// Puts other words in the place of some, one occurrence in so many.
pub fn exchanged(draft: &mut Draft, chance: &mut Chance, pairs: &[(&str, &str)], one_in: usize) {
    let chars = draft.chars();
    let mut changes = Vec::new();
    for (from, to) in pairs.iter().flat_map(|(from, to)| in_both_scripts(from, to)) {
        let places = occurrences(&chars, &from).into_iter().filter(|_| chance.one_in(one_in));
        changes.extend(places.map(|place| (place.clone(), draft.with_words(place, &to))));
    }
    draft.rewrite(changes);
}

pub fn negations_inserted(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let mut changes = Vec::new();
    for (verb, _) in NEGATED.iter().flat_map(|verb| in_both_scripts(verb, "")) {
        let places = occurrences(&chars, &verb).into_iter().filter(|_| chance.one_in(3));
        changes.extend(places.map(|place| insertion(place.start, "未")));
    }
    draft.rewrite(changes);
}

/// Words in both scripts, each pair once if they do not differ.
fn in_both_scripts(from: &str, to: &str) -> Vec<(String, String)> {
    let traditional = |words: &str| convert(words, Conversion::SimplifiedToTraditional).text;
    let mut pairs = vec![(from.to_owned(), to.to_owned()), (traditional(from), traditional(to))];
    pairs.dedup_by(|one, other| one.0 == other.0);
    pairs
}
