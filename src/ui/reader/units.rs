//! What one selects at once: a cluster, a word, a clause, a sentence, a paragraph.

use crate::report::{self, Report};
use crate::session::Document;
use crate::text::{Pos, Span, Text, words as jieba};
use unicode_segmentation::UnicodeSegmentation;

/// The smallest of word, clause, sentence and paragraph that is more than what is selected; nothing around a
/// selection that crosses paragraphs.
pub fn wider(document: &Document) -> Option<Span> {
    let report = &document.report;
    let span = document.selection.span();
    let place = span.start();
    let units = [word_at(report, place), clause_at(report, place), report.sentence_at(place), paragraph_at(report, place)];
    units.into_iter().flatten().find(|unit| unit.contains(span) && *unit != span)
}

fn paragraph_at(report: &Report, place: Pos) -> Option<Span> {
    report.paragraphs().get(report.paragraph_at(place)).map(|paragraph| paragraph.span)
}

/// The clause at a place.
pub(super) fn clause_at(report: &Report, place: Pos) -> Option<Span> {
    report::clause_at(report.text(), paragraph_at(report, place)?, place)
}

/// The word at a place: jieba's, or the character before the dictionary is loaded.
pub(super) fn word_at(report: &Report, place: Pos) -> Option<Span> {
    let paragraph = paragraph_at(report, place)?;
    let text = report.text();
    // Words of a long paragraph are cut from what stands around the place.
    let window = Span::new(paragraph.clamp(place.minus(200)), paragraph.clamp(place.plus(200)));
    let word = jieba::word_at(text.slice(window), Pos::new(place.since(window.start())));
    let span = word.map(|word| Span::new(window.start().plus(word.start().get()), window.start().plus(word.end().get())));
    span.or_else(|| Some(Span::new(place, place.plus(1)))).filter(|span| paragraph.contains(*span))
}

/// The place after the grapheme cluster right of a place; between paragraphs, the next one's start.
pub fn next_cluster(text: &Text, place: Pos) -> Pos {
    let window = text.slice(Span::new(place, place.plus(16)));
    let len = window.graphemes(true).next().map_or(0, |cluster| cluster.chars().count());
    let next = place.plus(u32::try_from(len).unwrap_or(1)).min(Pos::new(text.len()));
    if window.starts_with('\n') {
        let blank = text.chars(Span::new(place, place.plus(400))).take_while(|c| c.is_whitespace()).count();
        return place.plus(u32::try_from(blank).unwrap_or(1)).min(Pos::new(text.len()));
    }
    next
}

/// The place before the grapheme cluster left of a place; between paragraphs, the end of the one before.
pub fn previous_cluster(text: &Text, place: Pos) -> Pos {
    let window = text.slice(Span::new(place.minus(16), place));
    let len = window.graphemes(true).next_back().map_or(0, |cluster| cluster.chars().count());
    if text.chars(Span::new(place.minus(400), place)).rev().take_while(|c| c.is_whitespace()).any(|c| c == '\n') {
        let blank = text.chars(Span::new(place.minus(400), place)).rev().take_while(|c| c.is_whitespace()).count();
        return place.minus(u32::try_from(blank).unwrap_or(1));
    }
    place.minus(u32::try_from(len).unwrap_or(1))
}
