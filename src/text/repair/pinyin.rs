//! Pinyin that a script put behind characters, and the characters it broke.

use super::{Patch, Repair, span};
use crate::text::classes::{is_digit, is_space};
use crate::text::position::Span;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The pinyin of each character the script knows.
fn listed() -> &'static FxHashMap<char, &'static str> {
    static LISTED: OnceLock<FxHashMap<char, &'static str>> = OnceLock::new();
    LISTED.get_or_init(|| {
        let lines = include_str!("../../../assets/damage/pinyin.tsv").lines();
        lines.filter_map(|line| line.split_once('\t')).filter_map(|(c, pinyin)| Some((c.chars().next()?, pinyin))).collect()
    })
}

/// How often, and behind how many different characters, pinyin must stand before it counts as injected.
const PATTERN: (usize, usize) = (5, 3);

/// Listed characters with their pinyin in brackets; none where the document does not show the pattern.
pub(super) fn injected_pinyin(chars: &[char]) -> Vec<Patch> {
    let mut found = Vec::new();
    for (at, window) in chars.windows(2).enumerate() {
        let &[c, '('] = window else { continue };
        let Some(pinyin) = listed().get(&c) else { continue };
        let rest = chars.get(at + 2..).unwrap_or_default();
        let len = pinyin.chars().count();
        if rest.iter().copied().take(len).eq(pinyin.chars()) && rest.get(len) == Some(&')') {
            found.push(Patch { span: span(at, at + len + 3), becomes: c, repair: Repair::Pinyin });
        }
    }
    let mut kinds: Vec<char> = found.iter().map(|patch| patch.becomes).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if found.len() < PATTERN.0 || kinds.len() < PATTERN.1 { Vec::new() } else { found }
}

/// How far apart, in characters, two signs of one shift of bytes may stand: text in GBK falls into step again at the
/// next ASCII character.
const SHIFT: usize = 12;

/// Stretches where the script broke characters apart: a `?` it left inside text, and all up to where the bytes fall into
/// step again.
pub(super) fn shifted_bytes(chars: &[char]) -> Vec<Span> {
    let at = |at: usize| chars.get(at).copied().unwrap_or('\n');
    let ends_question = |c: char| c == '\n' || is_space(c) || matches!(c, '”' | '’' | '"' | '」' | '』' | ')' | '）');
    let is_foreign = |c: char| c.is_ascii_graphic() && !is_digit(c) && !matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '%');
    let is_pinyin = |c: char| c.is_ascii_lowercase() || matches!(c, 'à'..='ü' | 'ā'..='ǜ');
    let mut spans = Vec::new();
    let mut from = 0;
    while from < chars.len() {
        if at(from) != '?' || ends_question(at(from + 1)) {
            from += 1;
            continue;
        }
        let (mut end, mut look) = (from + 1, from + 1);
        while look < chars.len() && look < end + SHIFT {
            let c = at(look);
            if matches!(c, '\n' | '，' | '。' | '；' | '：' | '、' | ',' | ';') || is_digit(c) {
                break;
            }
            look += 1;
            if is_foreign(c) || is_pinyin(c) || (c == ')' && is_pinyin(at(look.saturating_sub(2)))) {
                end = look;
            }
        }
        spans.push(span(from, end));
        from = end;
    }
    spans
}
