//! Placing anchors where the text they were made on is known.

use super::Fit;
use super::alignment::{Alignment, Run, clauses};
use super::folded::{Folded, ends_clause, ends_sentence, is_numeric};
use crate::annotation::Anchor;
use std::collections::BTreeSet;
use std::ops::Range;

/// How much of the old text is looked at on either side for words that stand nowhere else: from little to all of it.
const WIDER: [usize; 8] = [0, 4, 8, 16, 32, 64, 128, 256];
/// So many characters of words that could as well stand elsewhere are no accident.
const TORN: usize = 4;
/// How much of the text around has to go along with words that are found elsewhere.
const COMPANY: usize = 12;
/// Words this long go along with nothing but themselves.
const LONG: usize = 16;
/// A suggestion is at most so many times as long as the words, and so many characters more.
const LONGEST: (usize, usize) = (3, 8);

/// Two texts, aligned.
struct Texts<'a, 'b> {
    old: &'a Folded<'b>,
    new: &'a Folded<'b>,
    alignment: Alignment,
    /// The clauses of the old text that the new one does not have in their place.
    taken_out: BTreeSet<&'a [char]>,
}

pub(super) fn reanchor<'b>(old: &Folded<'b>, new: &Folded<'b>, anchors: &[Anchor]) -> Vec<Fit> {
    let alignment = Alignment::of(old, new);
    let taken_out = alignment.old_gaps(old.len()).into_iter().flat_map(|gap| clauses(old.slice(gap))).map(|(_, clause)| clause).collect();
    let texts = Texts { old, new, alignment, taken_out };
    anchors.iter().map(|anchor| texts.fit(anchor)).collect()
}

impl Texts<'_, '_> {
    fn fit(&self, anchor: &Anchor) -> Fit {
        if !anchor.holds(self.old.report().text()) {
            return super::by_context::reanchor(anchor, self.new);
        }
        let words = self.old.range(anchor.span);
        if words.is_empty() {
            return Fit::Lost;
        }
        let fit = self.in_place(&words).or_else(|| self.elsewhere(&words));
        fit.filter(|fit| self.is_whole(anchor, &words, *fit)).unwrap_or_else(|| self.suggestion(&words))
    }

    /// Whether a quote begins and ends where characters of the shadow do, or stands in the new text to the letter: one that
    /// ends inside injected pinyin has no exact end where that is written otherwise.
    fn is_whole(&self, anchor: &Anchor, words: &Range<usize>, fit: Fit) -> bool {
        let (Fit::Kept(span) | Fit::Moved(span)) = fit else { return true };
        let trimmed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let there = self.new.report().quote(span);
        let whole = self.old.span(words.clone()).map(|span| trimmed(self.old.report().quote(span))) == Some(trimmed(&anchor.quote));
        let undamaged = trimmed(&anchor.quote) == words.len() || trimmed(&anchor.quote) == trimmed(there);
        (whole && undamaged) || super::only(there, &anchor.quote).is_some()
    }

    /// The words in a stretch that both texts share, if they can be no others.
    fn in_place(&self, words: &Range<usize>) -> Option<Fit> {
        let whole = self.with_numbers(words);
        let run = self.alignment.run_at(whole.start).filter(|run| whole.end <= run.old + run.len)?;
        let shared = run.old..run.old + run.len;
        let certain = self.is_unique_within(&whole, &shared)
            && self.is_as_frequent(words)
            && self.ends_alike(&whole, &image(run, &whole))
            && !self.could_slide(run, &whole)
            && !self.is_torn(&whole)
            && self.is_in_company(words, &shared);
        if !certain {
            return None;
        }
        let span = self.new.span(image(run, words))?;
        let sentence = self.sentences(words);
        let kept = sentence.iter().all(|sentence| shared.start <= sentence.start && sentence.end <= shared.end);
        match (kept, sentence.len()) {
            (true, _) => Some(Fit::Kept(span)),
            (false, 0 | 1) => Some(Fit::Moved(span)),
            // What was put in between two sentences may begin as the second does.
            (false, _) => None,
        }
    }

    /// Whether a number that words begin or end in goes on across the end of a line: it may be one number or two.
    fn is_torn(&self, whole: &Range<usize>) -> bool {
        let numeric = |at: Option<usize>| at.and_then(|at| self.old.chars().get(at)).is_some_and(|c| is_numeric(*c));
        let breaks = |from: usize| {
            let pair = self.old.span(from..from + 2).map(|span| self.old.report().quote(span));
            pair.is_some_and(|pair| pair.contains('\n'))
        };
        (whole.start.saturating_sub(1)..whole.end).any(|at| numeric(Some(at)) && numeric(at.checked_add(1)) && breaks(at))
    }

    /// Whether at least half of each clause that words stand in is shared, too: a few characters alike at the edge of what
    /// was rewritten are an accident.
    fn is_in_company(&self, words: &Range<usize>, shared: &Range<usize>) -> bool {
        self.pieces(words, ends_clause).into_iter().all(|clause| {
            let both = clause.end.min(shared.end).saturating_sub(clause.start.max(shared.start));
            both * 2 >= clause.len()
        })
    }

    /// Whether what was put in or taken out beside a shared stretch begins or ends as the words do: then they may be what
    /// was put in, and what stands there what was taken out.
    fn could_slide(&self, run: Run, words: &Range<usize>) -> bool {
        let (before, _) = self.alignment.around(run.old.wrapping_sub(1));
        let (before, next) =
            if run.old == 0 { (None, self.alignment.around(run.old).1) } else { (before, self.alignment.around(run.old).1) };
        let ends = before.map_or((0, 0), |run| (run.old + run.len, run.new + run.len));
        let begins = next.map_or((self.old.len(), self.new.len()), |run| (run.old, run.new));
        let gaps = [(self.old, ends.0, run.old, begins.0), (self.new, ends.1, run.new, begins.1)];
        gaps.into_iter().any(|(text, gap_before, start, gap_behind)| {
            let end = start + run.len;
            let alike_before = if gap_before < start { same(text.slice(gap_before..text.len()), text.slice(start..end)) } else { 0 };
            let alike_behind = if end < gap_behind { same_end(text.slice(start..end), text.slice(0..gap_behind)) } else { 0 };
            // A word or two that could slide are torn from the others by chance.
            let slides = |part: usize| part == words.len() || part >= TORN;
            let part_before = (run.old + alike_before).min(words.end).saturating_sub(words.start);
            let part_behind = words.end.saturating_sub((run.old + run.len - alike_behind).max(words.start));
            slides(part_before) || slides(part_behind)
        })
    }

    /// The words with their company in a stretch that is new: cut out here and put in there.
    fn elsewhere(&self, words: &Range<usize>) -> Option<Fit> {
        let whole = self.with_numbers(words);
        if self.overlaps_shared(&whole) || !self.is_as_frequent(words) {
            return None;
        }
        let alone = if whole.len() >= LONG { Some(0) } else { None };
        for company in [64, 32, COMPANY].into_iter().chain(alone) {
            let wide = whole.start.saturating_sub(company)..(whole.end + company).min(self.old.len());
            let text = self.old.slice(wide.clone());
            if let [at] = self.new.find(text, 2)[..]
                && self.old.count(text) == 1
            {
                let begin = at + (words.start - wide.start);
                let there = begin..begin + words.len();
                let image = at + (whole.start - wide.start)..at + (whole.end - wide.start);
                let free =
                    self.alignment.is_new(there.start, there.end) && self.ends_alike(&whole, &image) && self.was_put_in_as_a_move(&there);
                return free.then(|| self.new.span(there)).flatten().map(Fit::Moved);
            }
        }
        None
    }

    /// Whether what was put in around a place was taken out elsewhere, nearly all of it: words of another edition of the
    /// report, put in whole, are not those that were taken out.
    fn was_put_in_as_a_move(&self, there: &Range<usize>) -> bool {
        let gap = self.alignment.new_gap(there.start, self.new.len());
        let all = gap.len();
        let moved: usize =
            clauses(self.new.slice(gap)).iter().filter(|(_, clause)| self.taken_out.contains(clause)).map(|(_, clause)| clause.len()).sum();
        moved * 5 >= all * 4
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

    /// Whether a number that whole words begin or end in does not go on further in the new text.
    fn ends_alike(&self, whole: &Range<usize>, image: &Range<usize>) -> bool {
        let numeric = |chars: &[char], at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| is_numeric(*c));
        let (old, new) = (self.old.chars(), self.new.chars());
        let grown_before = numeric(old, Some(whole.start)) && numeric(new, image.start.checked_sub(1));
        let grown_behind = numeric(old, whole.end.checked_sub(1)) && numeric(new, Some(image.end));
        !grown_before && !grown_behind
    }

    /// The sentences words stand in in the old text.
    fn sentences(&self, words: &Range<usize>) -> Vec<Range<usize>> {
        self.pieces(words, ends_sentence)
    }

    /// The pieces of paragraphs that words stand in in the old text, each up to a mark that ends one.
    fn pieces(&self, words: &Range<usize>, ends: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        let ends = |at: &usize| self.old.chars().get(*at).is_some_and(|c| ends(*c));
        let mut pieces = Vec::new();
        for paragraph in self.paragraphs(words) {
            let mut start =
                (paragraph.start..words.start.clamp(paragraph.start, paragraph.end)).rev().find(ends).map_or(paragraph.start, |at| at + 1);
            while start < paragraph.end.min(words.end) {
                let end = (start..paragraph.end).find(ends).map_or(paragraph.end, |at| at + 1);
                pieces.push(start..end);
                start = end;
            }
        }
        pieces
    }

    /// The paragraphs words stand in in the old text.
    fn paragraphs(&self, words: &Range<usize>) -> Vec<Range<usize>> {
        let report = self.old.report();
        let Some(span) = self.old.span(words.clone()) else { return vec![words.clone()] };
        let (first, last) = (report.paragraph_at(span.start()), report.paragraph_at(span.end().minus(1)));
        let touched = report.paragraphs().get(first..=last).unwrap_or_default();
        let all: Vec<Range<usize>> =
            touched.iter().map(|paragraph| self.old.range(paragraph.span)).filter(|range| !range.is_empty()).collect();
        if all.is_empty() { vec![words.clone()] } else { all }
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

    /// Whether the sentences and paragraphs of words occur as often as before, as far as they occur more than once.
    fn is_as_frequent(&self, words: &Range<usize>) -> bool {
        self.paragraphs(words).into_iter().chain(self.sentences(words)).all(|range| {
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
        let likely = end > start && end - start <= longest && shared * 4 >= words.len();
        if likely { Fit::Changed(self.new.span(start..end)) } else { Fit::Lost }
    }
}

/// Where a part of a shared stretch stands in the new text.
const fn image(run: Run, words: &Range<usize>) -> Range<usize> {
    let start = run.new + (words.start - run.old);
    start..start + (words.end - words.start)
}

/// How many characters two texts begin with alike.
fn same(one: &[char], other: &[char]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// How many characters two texts end with alike.
fn same_end(one: &[char], other: &[char]) -> usize {
    one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
}
