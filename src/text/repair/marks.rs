//! Half-width marks that stand for full-width ones.

use super::{Patch, Repair, place, span};
use crate::text::classes::{is_closing, is_digit, is_han, is_opening, is_space};
use crate::text::position::Span;
use std::borrow::Cow;

/// The full-width form of a half-width mark of Chinese text.
const fn full_width(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        '(' => '（',
        ')' => '）',
        '─' | '━' | '―' => '—',
        _ => return None,
    })
}

/// The farthest a bracket's other half is looked for, in characters.
const BRACKET_REACH: usize = 80;

/// Half-width marks that stand for full-width ones: those beside Han, brackets in pairs. `patches` are the repairs found so
/// far, in order; what they cover is left out.
pub(super) fn half_width_marks(chars: &[char], patches: &mut Vec<Patch>) {
    let mut taken: Vec<Span> = patches.iter().map(|patch| patch.span).collect();
    taken.sort_unstable();
    let mut opened: Vec<usize> = Vec::new();
    let mut found: Vec<(usize, char)> = Vec::new();
    straight_quotes(chars, &mut found);
    // A mark beside a quotation mark that was mended is a Chinese one.
    let mut mended = Cow::Borrowed(chars);
    for &(at, becomes) in &found {
        if let Some(c) = mended.to_mut().get_mut(at) {
            *c = becomes;
        }
    }
    let chars: &[char] = &mended;
    let mut next = 0;
    for (at, &c) in chars.iter().enumerate() {
        while taken.get(next).is_some_and(|span| span.end() <= place(at)) {
            next += 1;
        }
        if c == '\n' {
            opened.clear();
        }
        let Some(becomes) = full_width(c) else { continue };
        if taken.get(next).is_some_and(|span| span.covers(place(at))) {
            continue;
        }
        match c {
            '(' => opened.push(at),
            ')' => {
                let Some(open) = opened.pop().filter(|open| at - open <= BRACKET_REACH) else { continue };
                let inside = chars.get(open + 1..at).unwrap_or_default();
                if inside.iter().any(|&c| is_han(c)) || is_chinese(neighbour(chars, open, false)) || is_chinese(neighbour(chars, at, true))
                {
                    found.extend([(open, '（'), (at, '）')]);
                }
            }
            '─' | '━' | '―' => {
                let beside = |other: Option<usize>| other.and_then(|other| chars.get(other)) == Some(&c);
                let (before, after) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
                let alone = before != after && !(before && beside(at.checked_sub(2))) && !(after && beside(at.checked_add(2)));
                if alone {
                    found.push((at, becomes));
                }
            }
            _ => {
                // Behind injected pinyin stands the bracket that ends it.
                let behind_patch = next.checked_sub(1).and_then(|last| taken.get(last)).is_some_and(|patch| patch.end() == place(at));
                let before = if behind_patch { Some('字') } else { neighbour(chars, at, false) };
                let after = neighbour(chars, at, true);
                let in_number = before.is_some_and(is_digit) && after.is_some_and(is_digit);
                if !in_number && (is_chinese(before) || is_chinese(after) || matches!(before, Some('%' | '％'))) {
                    found.push((at, becomes));
                }
            }
        }
    }
    patches.extend(found.into_iter().map(|(at, becomes)| Patch { span: span(at, at + 1), becomes, repair: Repair::Marks }));
}

/// Straight quotation marks around Han, by turns opening and closing: only in lines that have an even number of them.
fn straight_quotes(chars: &[char], found: &mut Vec<(usize, char)>) {
    let mut start = 0;
    for line in chars.split(|&c| c == '\n') {
        let quotes: Vec<usize> = line.iter().enumerate().filter(|(_, c)| **c == '"').map(|(at, _)| at).collect();
        let pairs = quotes.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
        let is_pair = |&(open, close): &(usize, usize)| line.get(open + 1..close).is_some_and(|inside| inside.iter().any(|&c| is_han(c)));
        if quotes.len().is_multiple_of(2) {
            found.extend(pairs.filter(is_pair).flat_map(|(open, close)| [(start + open, '“'), (start + close, '”')]));
        }
        start += line.len() + 1;
    }
}

/// The nearest character on one side that is no space, in the same line.
fn neighbour(chars: &[char], at: usize, right: bool) -> Option<char> {
    let near = |c: &&char| !is_space(**c);
    let found =
        if right { chars.get(at + 1..)?.iter().take(4).find(near) } else { chars.get(at.saturating_sub(4)..at)?.iter().rev().find(near) };
    found.copied().filter(|&c| c != '\n')
}

/// Whether a character makes the mark beside it a Chinese one.
fn is_chinese(c: Option<char>) -> bool {
    c.is_some_and(|c| is_han(c) || (!c.is_ascii() && (is_opening(c) || is_closing(c))))
}
