//! A text as it is compared: its shadow without line ends and space, with the way back.

use crate::report::Report;
use crate::text::Span;
use crate::text::shadow::{ShadowPos, ShadowSpan};
use memchr::memmem;
use std::ops::Range;

/// Nothing that stands more often is counted further.
const TOO_OFTEN: usize = 64;

/// A text's shadow without line ends and space. Places in it count its characters.
pub(super) struct Folded<'a> {
    report: &'a Report,
    chars: Vec<char>,
    /// Where each character stands in the shadow.
    places: Vec<u32>,
    /// The characters in UTF-8, to search in, and where each begins there.
    bytes: String,
    starts: Vec<usize>,
}

impl<'a> Folded<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let mut folded = Self { report, chars: Vec::new(), places: Vec::new(), bytes: String::new(), starts: Vec::new() };
        for (place, c) in (0u32..).zip(report.shadow().as_str().chars()).filter(|(_, c)| !c.is_whitespace()) {
            folded.chars.push(c);
            folded.places.push(place);
            folded.starts.push(folded.bytes.len());
            folded.bytes.push(c);
        }
        folded
    }

    pub(super) fn report(&self) -> &Report {
        self.report
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The characters of a range; none where it reaches outside.
    pub(super) fn slice(&self, range: Range<usize>) -> &[char] {
        self.chars.get(range).unwrap_or_default()
    }

    /// The characters a stretch of source text became.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let shadow = self.report.shadow().to_shadow(span);
        let at = |place: ShadowPos| self.places.partition_point(|&other| other < place.get());
        at(shadow.start())..at(shadow.end())
    }

    /// The stretch of source text that characters came from; nothing for none.
    pub(super) fn span(&self, range: Range<usize>) -> Option<Span> {
        let first = *self.places.get(range.start)?;
        let last = *self.places.get(range.end.checked_sub(1)?)?;
        (first <= last).then(|| self.report.shadow().to_source(ShadowSpan::new(ShadowPos::new(first), ShadowPos::new(last + 1))))
    }

    /// Where words stand, in order, overlapping ones too; at most so many.
    pub(super) fn find(&self, words: &[char], most: usize) -> Vec<usize> {
        let words: String = words.iter().collect();
        let finder = memmem::Finder::new(words.as_bytes());
        let mut found = Vec::new();
        let mut from = 0;
        while found.len() < most && !words.is_empty() {
            let Some(at) = self.bytes.as_bytes().get(from..).and_then(|rest| finder.find(rest)) else { break };
            let at = from + at;
            found.push(self.starts.partition_point(|&start| start < at));
            from = at + 1;
        }
        found
    }

    /// How often words stand in the text, counted to [`TOO_OFTEN`].
    pub(super) fn count(&self, words: &[char]) -> usize {
        self.find(words, TOO_OFTEN).len()
    }
}

/// Whether a character belongs to a number or to the unit right behind it: a quote that ends in one is not found again
/// where the number goes on otherwise.
pub(super) fn is_numeric(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '.' | ',' | '%' | '‰' | '*' | '+' | '-' | '~' | '/' | '点' | '分' | '个' | '约' | '近' | '余' | '多' | '成' | '倍')
        || "零〇一二两三四五六七八九十廿百千万亿兆半元".contains(c)
}

/// Whether a sentence ends with this character.
pub(super) const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '！' | '？' | '；')
}

/// Whether a clause ends with this character.
pub(super) const fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ':' | '、' | '，' | '：')
}
