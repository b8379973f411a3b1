//! Placing anchors where the text they were made on is known.

use super::Fit;
use super::alignment::{Alignment, Run};
use super::folded::{Folded, ends_sentence, is_numeric};
use crate::annotation::Anchor;
use std::ops::Range;

/// How much of the old text is looked at on either side for words that stand nowhere else: from little to all of it.
const WIDER: [usize; 8] = [0, 4, 8, 16, 32, 64, 128, 256];
/// How much of the text around has to go along with words that are found elsewhere.
const COMPANY: usize = 12;
/// A suggestion is at most so many times as long as the words, and so many characters more.
const LONGEST: (usize, usize) = (3, 8);

/// Two texts, aligned.
struct Texts<'a> {
    old: &'a Folded<'a>,
    new: &'a Folded<'a>,
    alignment: Alignment,
}

pub(super) fn reanchor(old: &Folded<'_>, new: &Folded<'_>, anchors: &[Anchor]) -> Vec<Fit> {
    let texts = Texts { old, new, alignment: Alignment::of(old, new) };
    anchors.iter().map(|anchor| texts.fit(anchor)).collect()
}

impl Texts<'_> {
    fn fit(&self, anchor: &Anchor) -> Fit {
        if !anchor.holds(self.old.report().text()) {
            return super::by_context::reanchor(anchor, self.new);
        }
        let words = self.old.range(anchor.span);
        if words.is_empty() {
            return Fit::Lost;
        }
        self.in_place(&words).or_else(|| self.elsewhere(&words)).unwrap_or_else(|| self.suggestion(&words))
    }

    /// The words in a stretch that both texts share, if they can be no others.
    fn in_place(&self, words: &Range<usize>) -> Option<Fit> {
        let whole = self.with_numbers(words);
        let run = self.alignment.run_at(whole.start).filter(|run| whole.end <= run.old + run.len)?;
        let sentence = self.sentence(words);
        let shared = run.old..run.old + run.len;
        if !self.is_unique_within(&whole, &shared) || !self.is_as_frequent(words, &sentence) {
            return None;
        }
        let span = self.new.span(image(run, words))?;
        let kept = shared.start <= sentence.start && sentence.end <= shared.end;
        Some(if kept { Fit::Kept(span) } else { Fit::Moved(span) })
    }

    /// The words with their company in a stretch that is new: cut out here and put in there.
    fn elsewhere(&self, words: &Range<usize>) -> Option<Fit> {
        let whole = self.with_numbers(words);
        if self.overlaps_shared(&whole) || !self.is_as_frequent(words, &self.sentence(words)) {
            return None;
        }
        for company in [64, 32, COMPANY] {
            let wide = whole.start.saturating_sub(company)..(whole.end + company).min(self.old.len());
            let text = self.old.slice(wide.clone());
            if let [at] = self.new.find(text, 2)[..]
                && self.old.count(text) == 1
            {
                let begin = at + (words.start - wide.start);
                let there = begin..begin + words.len();
                let free = self.alignment.is_new(there.start, there.end);
                return free.then(|| self.new.span(there)).flatten().map(Fit::Moved);
            }
        }
        None
    }

    /// Whether a part of it stands in a stretch that both texts share.
    fn overlaps_shared(&self, range: &Range<usize>) -> bool {
        range.clone().any(|at| self.alignment.run_at(at).is_some())
    }

    /// The words with the whole of a number that they begin or end in.
    fn with_numbers(&self, words: &Range<usize>) -> Range<usize> {
        let chars = self.old.chars();
        let numeric = |at: usize| chars.get(at).is_some_and(|c| is_numeric(*c));
        let (mut start, mut end) = (words.start, words.end);
        if numeric(start) {
            start -= (0..start).rev().take_while(|&at| numeric(at)).count();
        }
        if numeric(end - 1) {
            end += (end..chars.len()).take_while(|&at| numeric(at)).count();
        }
        start..end
    }

    /// The sentence around words in the old text, within their paragraph.
    fn sentence(&self, words: &Range<usize>) -> Range<usize> {
        let chars = self.old.chars();
        let paragraph = self.paragraph(words);
        let start = (paragraph.start..words.start).rev().find(|&at| chars.get(at).is_some_and(|c| ends_sentence(*c)));
        let end = (words.end.saturating_sub(1)..paragraph.end).find(|&at| chars.get(at).is_some_and(|c| ends_sentence(*c)));
        start.map_or(paragraph.start, |at| at + 1)..end.map_or(paragraph.end, |at| at + 1)
    }

    /// The paragraphs words stand in in the old text.
    fn paragraph(&self, words: &Range<usize>) -> Range<usize> {
        let report = self.old.report();
        let Some(span) = self.old.span(words.clone()) else { return words.clone() };
        let last = span.end().minus(1);
        let paragraphs = report.paragraphs();
        let at = |place| paragraphs.get(report.paragraph_at(place)).map(|paragraph| self.old.range(paragraph.span));
        let (Some(first), Some(last)) = (at(span.start()), at(last)) else { return words.clone() };
        first.start.min(words.start)..last.end.max(words.end)
    }

    /// Whether words, with as much of a shared stretch around them as it takes, occur once in each text.
    fn is_unique_within(&self, words: &Range<usize>, shared: &Range<usize>) -> bool {
        let wider = WIDER.into_iter().chain([shared.len()]);
        let windows = wider.map(|by| words.start.saturating_sub(by).max(shared.start)..(words.end + by).min(shared.end));
        for window in windows {
            let text = self.old.slice(window);
            if self.old.find(text, 2).len() == 1 {
                return self.new.find(text, 2).len() == 1;
            }
        }
        false
    }

    /// Whether sentence and paragraph of words occur as often as before, as far as they occur more than once.
    fn is_as_frequent(&self, words: &Range<usize>, sentence: &Range<usize>) -> bool {
        [self.paragraph(words), sentence.clone()].into_iter().all(|range| {
            let text = self.old.slice(range);
            let (before, now) = (self.old.count(text), self.new.count(text));
            before.max(now) < 2 || before == now
        })
    }

    /// What may have become of words that are not there as they were.
    fn suggestion(&self, words: &Range<usize>) -> Fit {
        let shared = words.clone().filter(|&at| self.alignment.run_at(at).is_some()).count();
        let (before, _) = self.alignment.around(words.start);
        let start = before.map_or(0, |run| run.new + run.len.min(words.start - run.old));
        let (run, next) = self.alignment.around(words.end.saturating_sub(1));
        let end = match run.filter(|run| words.end <= run.old + run.len) {
            Some(run) => run.new + (words.end - run.old),
            None => next.map_or(self.new.len(), |run| run.new),
        };
        let longest = words.len() * LONGEST.0 + LONGEST.1;
        let likely = end > start && end - start <= longest && (shared * 3 >= words.len() || end - start <= words.len() * 2);
        if likely { Fit::Changed(self.new.span(start..end)) } else { Fit::Lost }
    }
}

/// Where a part of a shared stretch stands in the new text.
const fn image(run: Run, words: &Range<usize>) -> Range<usize> {
    let start = run.new + (words.start - run.old);
    start..start + (words.end - words.start)
}
