//! Placing an anchor where only its words and the few kept on either side are known.

use super::Fit;
use super::folded::{Folded, ends_sentence, is_numeric};
use crate::annotation::Anchor;
use crate::text::shadow::fold;

/// How much of the context has to stand around words, of all that is kept.
const ENOUGH: f32 = 0.9;
/// How much less of it may stand around the same words elsewhere.
const MARGIN: f32 = 0.4;
/// The least context that says anything, in characters.
const LEAST: usize = 12;
/// So many characters on one side around the same words are no accident.
const COPIED: usize = 24;
/// How many characters of context point to words that have changed.
const POINTER: usize = 8;
/// Words that stand this often say nothing about where.
const TOO_OFTEN: usize = 400;

pub(super) fn reanchor(anchor: &Anchor, new: &Folded<'_>) -> Fit {
    let chars = |text: &str| fold(text).chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let context = Context { before: chars(&anchor.before), words: chars(&anchor.quote), after: chars(&anchor.after) };
    let mut places: Vec<(f32, usize)> =
        new.find(&context.words, TOO_OFTEN).into_iter().filter_map(|at| Some((context.score(new, at)?, at))).collect();
    places.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let runner_up = places.get(1).map_or(0.0, |place| place.0);
    // Beside a copy of a paragraph its words have the same neighbours on one side: nobody can say which is meant.
    let copied = places.iter().skip(1).any(|&(_, at)| context.has_a_whole_side(new, at));
    let whole = |at: usize| new.span(at..at + context.words.len());
    match places.first() {
        Some(&(score, at))
            if context.is_at_its_end(new, at)
                && score >= ENOUGH
                && runner_up <= score - MARGIN
                && !copied
                && context.says_something()
                && !is_torn(anchor)
                && !context.begins_another_sentence()
                && !anchor.quote.trim().contains('\n') =>
        {
            match whole(at) {
                Some(span) if score >= 1.0 => Fit::Kept(span),
                Some(span) => Fit::Moved(span),
                None => Fit::Lost,
            }
        }
        Some(&(score, at)) if score >= 0.3 && runner_up < score => Fit::Changed(whole(at)),
        _ => context.pointed(new),
    }
}

/// Whether a number goes on across the end of a line where words begin or end: it may be one number or two.
fn is_torn(anchor: &Anchor) -> bool {
    let torn = |left: &str, right: &str| {
        let (before, after) = (left.trim_end(), right.trim_start());
        let numeric = |c: Option<char>| c.is_some_and(is_numeric);
        let breaks = left.get(before.len()..).into_iter().chain(right.get(..right.len() - after.len())).any(|gap| gap.contains('\n'));
        breaks && numeric(before.chars().next_back()) && numeric(after.chars().next())
    };
    torn(&anchor.before, &anchor.quote) || torn(&anchor.quote, &anchor.after)
}

/// Words and what is kept of the text on either side, folded.
struct Context {
    before: Vec<char>,
    words: Vec<char>,
    after: Vec<char>,
}

impl Context {
    const fn len(&self) -> usize {
        self.before.len() + self.after.len()
    }

    /// Whether words and context are enough to tell a place by: a full stop stands everywhere.
    fn says_something(&self) -> bool {
        self.len() >= LEAST && self.words.iter().any(|c| c.is_alphanumeric())
    }

    /// Whether words go on into a sentence and not to its end: what was put in between may begin as that sentence does.
    fn begins_another_sentence(&self) -> bool {
        matches!(self.words.split_last(), Some((last, rest)) if !ends_sentence(*last) && rest.iter().any(|c| ends_sentence(*c)))
    }

    /// How much of the context stands around a place, from 0 to 1; nothing where a number the words begin or end in goes
    /// on otherwise.
    fn score(&self, new: &Folded<'_>, at: usize) -> Option<f32> {
        let (left, right) = self.shared(new, at);
        let numeric = |c: Option<&char>| c.is_some_and(|c| is_numeric(*c));
        let number_before = if numeric(self.words.first()) { self.before.iter().rev().take_while(|c| is_numeric(**c)).count() } else { 0 };
        let number_after = if numeric(self.words.last()) { self.after.iter().take_while(|c| is_numeric(**c)).count() } else { 0 };
        // The character that ends a number counts, too: 8 is another number before .5 and before 亿.
        let whole = |same: usize, number: usize, all: usize, is_number: bool| !is_number || same > number || same == all;
        let fits = whole(left, number_before, self.before.len(), numeric(self.words.first()))
            && whole(right, number_after, self.after.len(), numeric(self.words.last()));
        #[expect(clippy::cast_precision_loss, reason = "counts below a hundred")]
        (fits && self.len() > 0).then(|| (left + right) as f32 / self.len() as f32)
    }

    /// How many characters on either side are those of the context.
    fn shared(&self, new: &Folded<'_>, at: usize) -> (usize, usize) {
        let same = |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(one, other)| one == other).count();
        let left = same(&mut self.before.iter().rev().zip(new.slice(0..at).iter().rev()));
        let right = same(&mut self.after.iter().zip(new.slice(at + self.words.len()..new.len())));
        (left, right)
    }

    /// Whether words that had nothing on one side, being the first or last of their text, have nothing there now.
    fn is_at_its_end(&self, new: &Folded<'_>, at: usize) -> bool {
        (!self.before.is_empty() || at == 0) && (!self.after.is_empty() || at + self.words.len() == new.len())
    }

    /// Whether nearly all of the context on one side stands around a place.
    fn has_a_whole_side(&self, new: &Folded<'_>, at: usize) -> bool {
        let (left, right) = self.shared(new, at);
        let whole = |same: usize, all: usize| same >= COPIED || (same == all && all > 0);
        let at_an_end = (self.before.is_empty() || self.after.is_empty()) && self.is_at_its_end(new, at);
        at_an_end || whole(left, self.before.len()) || whole(right, self.after.len())
    }

    /// What stands between the same context where the words are no longer there.
    fn pointed(&self, new: &Folded<'_>) -> Fit {
        let left = self.before.get(self.before.len().saturating_sub(POINTER)..).unwrap_or_default();
        let right = self.after.get(..POINTER.min(self.after.len())).unwrap_or_default();
        let ([begin], [end]) = (&new.find(left, 2)[..], &new.find(right, 2)[..]) else { return Fit::Lost };
        let (begin, end) = (begin + left.len(), *end);
        if begin < end && end - begin <= self.words.len() * 3 + POINTER { Fit::Changed(new.span(begin..end)) } else { Fit::Lost }
    }
}
