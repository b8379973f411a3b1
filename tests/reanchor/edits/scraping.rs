//! What scraping, printing and typing off do to a text.

use super::wording::converted;
use crate::reanchor::chance::Chance;
use crate::reanchor::draft::{Draft, Letter, damage, insertion, written};
use crate::reanchor::places::{is_blank, lines, numbers, whole};
use crate::reanchor::words::PINYIN;
use jiannuo::text::classes::{half_width, is_han};
use jiannuo::text::script::Conversion;
use jiannuo::text::shadow::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub fn broken_into_lines(draft: &mut Draft, chance: &mut Chance) {
    let measure = 30 + chance.below(11);
    let lines = lines(&draft.chars());
    let breaks = lines.into_iter().flat_map(|line| (line.start + measure..line.end).step_by(measure));
    draft.rewrite(breaks.map(|at| insertion(at, "\n")));
}

pub fn page_headers_inserted(draft: &mut Draft, chance: &mut Chance) {
    broken_into_lines(draft, chance);
    let ends = lines(&draft.chars()).into_iter().skip(39).step_by(40).map(|line| line.end);
    draft.rewrite(ends.zip(1..).map(|(at, page)| insertion(at, &format!("\n\n— {page} —\n政府工作报告\n"))));
}

/// What stands between two lines and their neighbours.
fn gaps(chars: &[char]) -> Vec<Range<usize>> {
    lines(chars).windows(2).map(|pair| pair[0].end..pair[1].start).collect()
}

pub fn paragraphs_joined(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let is_word = |at: usize| half_width(chars[at]).is_ascii_alphanumeric();
    // Two numbers that become one are other numbers, which would be another kind of edit.
    let gaps: Vec<Range<usize>> = gaps(&chars).into_iter().filter(|gap| !(is_word(gap.start - 1) && is_word(gap.end))).collect();
    draft.delete(chance.some(gaps, 3));
}

pub fn indents_added(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let all = lines(&chars);
    draft.rewrite(all.iter().map(|line| {
        let start = whole(&chars, line).start;
        let indent = if start == line.start { "　　" } else { "" };
        let blank = if chance.one_in(3) { "\n" } else { "" };
        insertion(start, &format!("{blank}{indent}"))
    }));
}

pub fn indents_removed(draft: &mut Draft, _: &mut Chance) {
    let gaps = gaps(&draft.chars());
    draft.rewrite(gaps.into_iter().map(|gap| (gap, written("\n"))));
}

pub fn spaces_scattered(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let inside = scattered(&chars, 25, chance).into_iter().filter(|&at| at > 0 && !is_blank(chars[at - 1]));
    draft.rewrite(inside.map(|at| insertion(at, " ")));
}

/// Asterisks as scraping leaves them: for brackets, for the last digits of numbers, and for nothing.
pub fn asterisks(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let mut changes = Vec::new();
    let star = |at: usize| Letter { c: '*', ..draft.letters(at..at + 1)[0] };
    for open in (0..chars.len()).filter(|&at| matches!(chars[at], '（' | '(')) {
        let inside = chars[open + 1..].iter().take_while(|c| !matches!(c, '）' | ')' | '。' | '\n')).count();
        let close = open + 1 + inside;
        if (1..=12).contains(&inside) && matches!(chars.get(close), Some('）' | ')')) {
            changes.push((open..open + 1, [vec![star(open)], damage("**")].concat()));
            changes.push((close..close + 1, [damage("**"), vec![star(close)]].concat()));
        }
    }
    for number in numbers(&chars).into_iter().filter(|number| number.len() > 1 && chance.one_in(12)) {
        changes.push((number.start + number.len() / 2..number.end, written("***")));
    }
    let between_han = |at: usize| at > 0 && is_han(chars[at - 1]) && is_han(chars[at]);
    let stray = scattered(&chars, 600, chance).into_iter().filter(|&at| between_han(at));
    changes.extend(stray.map(|at| (at..at, damage("***"))));
    draft.rewrite(changes);
}

pub fn pinyin_injected(draft: &mut Draft, _: &mut Chance) {
    converted(draft, Conversion::SimplifiedToTraditional);
    let chars = draft.chars();
    let injected = (1..chars.len()).filter(|&at| chars[at] != '(').filter_map(|at| {
        let (_, pinyin) = PINYIN.iter().find(|(c, _)| *c == chars[at - 1])?;
        Some((at..at, damage(&format!("({pinyin})"))))
    });
    draft.rewrite(injected);
}

/// Question marks for characters that an older encoding lacks: those beyond the first plane, and some that are rare.
pub fn re_encoded(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for &c in &chars {
        *counts.entry(c).or_default() += 1;
    }
    let mut is_lost = |c: char, count: usize| c > '\u{FFFF}' || (is_han(c) && count < 3 && chance.one_in(20));
    let lost: BTreeSet<char> = counts.into_iter().filter(|&(c, count)| is_lost(c, count)).map(|(c, _)| c).collect();
    let places = (0..chars.len()).filter(|&at| lost.contains(&chars[at]));
    draft.rewrite(places.map(|at| (at..at + 1, written("?"))));
}

pub fn characters_dropped(draft: &mut Draft, chance: &mut Chance) {
    let dropped = scattered(&draft.chars(), 300, chance);
    draft.delete(dropped.into_iter().map(|at| at..at + 1));
}

/// Another character of the text in the place of one in 300.
pub fn mistyped(draft: &mut Draft, chance: &mut Chance) {
    let chars = draft.chars();
    let mut changes = Vec::new();
    for at in scattered(&chars, 300, chance) {
        let other = *chance.pick(&chars).unwrap();
        if !is_blank(other) && fold(&other.to_string()) != fold(&chars[at].to_string()) {
            changes.push((at..at + 1, written(&other.to_string())));
        }
    }
    draft.rewrite(changes);
}

/// The places that are no white space, each once in so many times.
fn scattered(chars: &[char], one_in: usize, chance: &mut Chance) -> Vec<usize> {
    (0..chars.len()).filter(|&at| !is_blank(chars[at]) && chance.one_in(one_in)).collect()
}
