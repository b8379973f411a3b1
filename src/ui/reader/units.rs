//! What one selects at once: a cluster, a word, a clause, a sentence, a paragraph.

use crate::report::{self, Report};
use crate::session::Document;
use crate::text::repair::Repairs;
use crate::text::{Pos, Span, Text, ViewSpan, words as jieba};
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

/// The nearest place where there is text: between paragraphs, and in blank lines around them, no caret can be seen.
pub(super) fn on_text(report: &Report, place: Pos) -> Pos {
    let paragraphs = report.paragraphs();
    let next = paragraphs.partition_point(|paragraph| paragraph.span.end() < place);
    paragraphs.get(next).or_else(|| paragraphs.last()).map_or(place, |paragraph| paragraph.span.clamp(place))
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
    // Words of a long paragraph are cut from what stands around the place, as repaired: pinyin divides no word.
    let window = Span::new(paragraph.clamp(place.minus(200)), paragraph.clamp(place.plus(200)));
    let (text, map) = report.damage().repaired(report.quote(window), window, Repairs::ALL);
    let inside = Pos::new(place.since(window.start()));
    let at = map.forward(inside, crate::text::Bias::Start);
    let word = jieba::word_at(&text, Pos::new(at.get()));
    let span = word.map(|word| {
        let within = map.back_span(ViewSpan::of(word.start().get(), word.end().get()));
        Span::new(window.start().plus(within.start().get()), window.start().plus(within.end().get()))
    });
    span.or_else(|| Some(Span::new(place, place.plus(1)))).filter(|span| paragraph.contains(*span))
}

/// The place one cluster right (or left) of a place, as the report is shown: what is hidden or shown as one character
/// is passed at once.
pub fn stepped(document: &Document, place: Pos, right: bool) -> Pos {
    let report = &document.report;
    let text = report.text();
    let paragraph = paragraph_at(report, place).filter(|paragraph| paragraph.touches(place));
    // Enough on either side for the longest cluster, and for damage around it.
    let window = paragraph.map(|paragraph| Span::new(paragraph.clamp(place.minus(REACH)), paragraph.clamp(place.plus(REACH))));
    let Some(window) = window else { return if right { next_cluster(text, place) } else { previous_cluster(text, place) } };
    let shown = report.shown(window, document.view);
    let at = shown.to_view(Span::at(place)).start();
    let (before, after) = shown.text.split_at(shown.text.char_indices().nth(at.get() as usize).map_or(shown.text.len(), |(byte, _)| byte));
    let cluster = if right { after.graphemes(true).next() } else { before.graphemes(true).next_back() };
    let len = cluster.and_then(|cluster| u32::try_from(cluster.chars().count()).ok()).unwrap_or(0);
    if len == 0 {
        return if right { next_cluster(text, place) } else { previous_cluster(text, place) };
    }
    let there = if right { at.plus(len) } else { at.minus(len) };
    shown.to_source(ViewSpan::at(there)).start()
}

/// How far around a place is looked at to step by one, in characters.
const REACH: u32 = 48;

/// The place after the grapheme cluster right of a place in the source; between paragraphs, the next one's start.
fn next_cluster(text: &Text, place: Pos) -> Pos {
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
fn previous_cluster(text: &Text, place: Pos) -> Pos {
    let window = text.slice(Span::new(place.minus(16), place));
    let len = window.graphemes(true).next_back().map_or(0, |cluster| cluster.chars().count());
    if text.chars(Span::new(place.minus(400), place)).rev().take_while(|c| c.is_whitespace()).any(|c| c == '\n') {
        let blank = text.chars(Span::new(place.minus(400), place)).rev().take_while(|c| c.is_whitespace()).count();
        return place.minus(u32::try_from(blank).unwrap_or(1));
    }
    place.minus(u32::try_from(len).unwrap_or(1))
}
