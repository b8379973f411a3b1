//! Sentences and clauses of a paragraph.

use super::facts::Corrections;
use crate::text::classes::{ends_sentence, is_digit};
use crate::text::{Pos, Span, Text};
use std::collections::BTreeSet;

/// Whether a character closes what a sentence's final stop stands in.
const fn closes_after_stop(c: char) -> bool {
    matches!(c, '”' | '’' | '』' | '」' | '）' | ')' | '》')
}

/// Whether a clause ends after `c`, given its neighbours: the stops of GB/T 15834-2011 §4 inside and at
/// the end of a sentence, but not the marks of a number (1,000 · 3.5:49.0).
fn ends_clause(before: Option<char>, c: char, after: Option<char>) -> bool {
    match c {
        '，' | '；' | '：' | ';' => true,
        ',' | ':' => !(before.is_some_and(is_digit) && after.is_some_and(is_digit)),
        _ => ends_sentence(c),
    }
}

/// The parts of `within` that end where `ends` says, closing marks after a stop included.
fn parts(text: &Text, within: Span, ends: impl Fn(Option<char>, char, Option<char>) -> bool) -> Vec<Span> {
    let chars: Vec<char> = text.chars(within).collect();
    let place = |at: usize| within.start().plus(u32::try_from(at).unwrap_or(u32::MAX));
    let (mut parts, mut from) = (Vec::new(), 0);
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        at += 1;
        if ends(before, c, chars.get(at).copied()) {
            while chars
                .get(at)
                .is_some_and(|&c| ends_sentence(c) || closes_after_stop(c) && ends_sentence(chars.get(at - 1).copied().unwrap_or(' ')))
            {
                at += 1;
            }
            parts.push(Span::new(place(from), place(at)));
            from = at;
        }
    }
    if from < chars.len() {
        parts.push(Span::new(place(from), place(chars.len())));
    }
    parts
}

/// The sentences of a paragraph, final stops and the marks that close after them included, under corrections.
pub fn sentences(text: &Text, paragraph: Span, corrections: &Corrections) -> Vec<Span> {
    let mut starts: BTreeSet<Pos> = parts(text, paragraph, |_, c, _| ends_sentence(c)).iter().map(|span| span.start()).collect();
    for (&place, &begins) in corrections.sentences.range(paragraph.start().plus(1)..paragraph.end().max(paragraph.start().plus(1))) {
        if begins {
            starts.insert(place);
        } else {
            starts.remove(&place);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([paragraph.end()]);
    starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end)).collect()
}

fn at(parts: &[Span], place: Pos) -> Option<Span> {
    parts.iter().copied().find(|span| span.covers(place)).or_else(|| parts.last().copied().filter(|span| span.touches(place)))
}

/// The sentence of a paragraph that holds a place.
pub fn sentence_at(text: &Text, paragraph: Span, corrections: &Corrections, place: Pos) -> Option<Span> {
    at(&sentences(text, paragraph, corrections), place)
}

/// The clause of a paragraph that holds a place, without its stop and without space at its ends.
pub fn clause_at(text: &Text, paragraph: Span, place: Pos) -> Option<Span> {
    let span = at(&parts(text, paragraph, ends_clause), place)?;
    let is_edge = |c: &char| c.is_whitespace() || ends_clause(None, *c, None);
    let lead = text.chars(span).take_while(|c| c.is_whitespace()).count();
    let tail = text.chars(span).rev().take_while(is_edge).count();
    let (lead, tail) = (u32::try_from(lead).unwrap_or(0), u32::try_from(tail).unwrap_or(0));
    (lead + tail < span.len()).then(|| Span::new(span.start().plus(lead), span.end().minus(tail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_closing_marks() {
        let text = Text::new("增长8%。他说：“好！”会议结束".into());
        let mut corrections = Corrections::default();
        let found = |corrections: &Corrections| -> Vec<String> {
            sentences(&text, text.span(), corrections).into_iter().map(|span| text.slice(span).to_owned()).collect()
        };
        assert_eq!(found(&corrections), ["增长8%。", "他说：“好！”", "会议结束"]);
        corrections.sentences.insert(Pos::new(5), false);
        corrections.sentences.insert(Pos::new(14), true);
        assert_eq!(found(&corrections), ["增长8%。他说：“好！”", "会议", "结束"]);
    }

    #[test]
    fn the_clause_at_a_place() {
        let text = Text::new("全市生产总值2,561亿元，同比增长13.5％；比例为3.5:49.0:47.4,好。".into());
        for (place, expected) in [(0, "全市生产总值2,561亿元"), (14, "同比增长13.5％"), (30, "比例为3.5:49.0:47.4"), (41, "好")]
        {
            let clause = clause_at(&text, text.span(), Pos::new(place)).map(|span| text.slice(span));
            assert_eq!(clause, Some(expected), "at {place}");
        }
    }
}
