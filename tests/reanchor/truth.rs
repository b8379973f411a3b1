//! What a re-anchored tag is judged by: the edit itself, never the words.

use super::draft::Edited;
use super::places::is_blank;
use jiannuo::annotation::Fit;
use jiannuo::text::Span;
use jiannuo::text::classes::is_digit;
use std::ops::Range;

/// What is to be said of where a tag was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands where its words stand.
    Right,
    /// Somebody is asked, though its words stand.
    Missed,
    /// Somebody is asked, and has to be.
    RightlyAsked,
    /// It stands where its words do not.
    Wrong,
}

/// The old text and what became of it.
pub struct Truth<'a> {
    old: Vec<char>,
    new: Vec<char>,
    edited: &'a Edited,
}

impl<'a> Truth<'a> {
    /// The truth of an edit of `old`.
    pub fn of(old: &str, edited: &'a Edited) -> Self {
        Self { old: old.chars().collect(), new: edited.text.chars().collect(), edited }
    }

    /// The characters of the new text.
    pub fn new_chars(&self) -> &[char] {
        &self.new
    }

    /// The characters of the old text.
    pub fn old_chars(&self) -> &[char] {
        &self.old
    }

    /// Where the words of a span of the old text stand in the new one; none where they do not stand any more, and
    /// somebody has to be asked.
    pub fn place_of(&self, quote: Span) -> Option<Span> {
        let inked: Vec<usize> = range(quote).filter(|&at| !is_blank(self.old[at])).collect();
        let images: Vec<usize> = inked.iter().map(|&at| self.image(at)).collect::<Option<_>>()?;
        let (first, last) = (*images.first()?, *images.last()?);
        let follows = |pair: &[usize]| pair[0] < pair[1] && (pair[0] + 1..pair[1]).all(|at| self.says_nothing(at));
        let stands = images.windows(2).all(follows) && !self.grew_before(inked[0], first) && !self.grew_after(*inked.last()?, last);
        stands.then(|| Span::of(first as u32, last as u32 + 1))
    }

    /// Judges what became of a span of the old text.
    pub fn judge(&self, quote: Span, fit: &Fit) -> Verdict {
        let place = self.place_of(quote);
        match fit {
            Fit::Kept(span) | Fit::Moved(span) if place.is_some() && self.inked(*span) == place => Verdict::Right,
            Fit::Kept(_) | Fit::Moved(_) => Verdict::Wrong,
            Fit::Changed(_) | Fit::Lost if place.is_some() => Verdict::Missed,
            Fit::Changed(_) | Fit::Lost => Verdict::RightlyAsked,
        }
    }

    /// Whether a suggestion shows something of what is left of a span of the old text.
    pub fn is_apt(&self, quote: Span, suggestion: Span) -> bool {
        range(quote).filter_map(|at| self.image(at)).any(|at| range(suggestion).contains(&at))
    }

    fn image(&self, at: usize) -> Option<usize> {
        self.edited.image.get(at).copied().flatten().map(|at| at as usize)
    }

    /// Whether a reader passes over a character of the new text.
    fn says_nothing(&self, at: usize) -> bool {
        is_blank(self.new[at]) || self.edited.damage.contains(&(at as u32))
    }

    /// A span of the new text without what says nothing at its ends; none if it reaches past the text.
    fn inked(&self, span: Span) -> Option<Span> {
        let inside = range(span);
        if inside.end > self.new.len() {
            return None;
        }
        let first = inside.clone().find(|&at| !self.says_nothing(at))?;
        let last = inside.rev().find(|&at| !self.says_nothing(at))?;
        Some(Span::of(first as u32, last as u32 + 1))
    }

    /// Whether a number at the start of a quote has something before it that was not before it: 20亿 in 120亿.
    fn grew_before(&self, old: usize, new: usize) -> bool {
        let Some(before) = new.checked_sub(1) else { return false };
        let neighbour = old.checked_sub(1).and_then(|old| self.image(old));
        let joins = is_digit(self.new[before]) || (is_joint(self.new[before]) && before > 0 && is_digit(self.new[before - 1]));
        is_digit(self.new[new]) && neighbour != Some(before) && joins
    }

    /// Whether a number at the end of a quote has something behind it that was not behind it: 增长8 in 增长8.5.
    fn grew_after(&self, old: usize, new: usize) -> bool {
        let behind = |places: usize| self.new.get(new + places).copied();
        let neighbour = self.image(old + 1);
        let joins = behind(1).is_some_and(is_digit) || (behind(1).is_some_and(is_joint) && behind(2).is_some_and(is_digit));
        is_digit(self.new[new]) && neighbour != Some(new + 1) && joins
    }
}

/// Whether a mark joins the digits on its sides to one number.
const fn is_joint(c: char) -> bool {
    matches!(c, '.' | '．' | ',')
}

fn range(span: Span) -> Range<usize> {
    span.start().get() as usize..span.end().get() as usize
}
