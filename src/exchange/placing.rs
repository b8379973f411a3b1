//! Where the tags of another tool stand in a report: its offsets, counted as it counts them, held against the words.

use super::imported::{Imported, ImportedTag, Problem};
use crate::text::{Span, Text};
use memchr::memmem::Finder;
use std::collections::BTreeMap;
use std::iter::once;

/// What a tool counts to say where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Unicode scalar values.
    Characters,
    /// Code units of UTF-16, of which characters beyond the first plane have two.
    Utf16,
}

/// The largest number of tags whose words are looked for in the whole text: a file of nothing else would take for ever.
const MOST_SEARCHES: usize = 20_000;
/// The largest number of places counted for the words of a tag.
const MOST_PLACES: usize = 1_000;

/// Stands for a place inside a character.
const INSIDE: u32 = u32::MAX;

/// Offsets of a file, held against a report.
pub(super) struct Placing<'r> {
    report: &'r Text,
    /// The text as the file has it, with line ends as a report has them; nothing where the file has no text.
    theirs: Option<Text>,
    /// The character at each of the file's offsets.
    places: Vec<u32>,
    searches: usize,
}

/// Where a file says that a tag stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Claim<'c> {
    /// Start and end, in the file's own unit.
    pub offsets: Option<(u64, u64)>,
    /// Its words.
    pub quote: Option<&'c str>,
    /// What stands before them.
    pub before: &'c str,
    /// What stands after them.
    pub after: &'c str,
}

/// Where a tag stands, and what is to be said about that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub span: Option<Span>,
    pub quote: String,
    pub how: How,
}

/// How the words of a tag were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// At its place, or at the only one where no place was said.
    Stands,
    /// At its place, where nothing says which they are.
    Unchecked,
    /// At one other place.
    Moved,
    /// At so many other places.
    Several(usize),
    /// Nowhere.
    Lost,
}

impl<'r> Placing<'r> {
    /// Offsets that count into a text of the file's own, or else into that of the report.
    pub fn new(report: &'r Text, theirs: Option<&str>, unit: Unit) -> Self {
        let counted = theirs.unwrap_or(report.as_str());
        let mut places = Vec::with_capacity(counted.len() / 2);
        let mut place = 0u32;
        for (c, kept) in with_plain_line_ends(counted) {
            places.push(place);
            if unit == Unit::Utf16 && c.len_utf16() == 2 {
                places.push(INSIDE);
            }
            place = place.saturating_add(u32::from(kept.is_some()));
        }
        places.push(place);
        let theirs = theirs.map(|theirs| Text::new(plain(theirs)));
        Self { report, theirs, places, searches: 0 }
    }

    /// The place of a tag.
    pub fn place(&mut self, claim: Claim<'_>) -> Placed {
        let offered = claim.offsets.and_then(|(start, end)| self.span(start, end));
        let said = claim.quote.map(plain).filter(|quote| !quote.is_empty());
        let theirs = || Some(self.theirs.as_ref()?.slice(offered?).to_owned()).filter(|quote| !quote.is_empty());
        match (said.or_else(theirs), offered.filter(|span| self.is_in_report(*span))) {
            (Some(quote), Some(span)) if same_words(self.report.slice(span), &quote) => self.found(span, How::Stands),
            (Some(quote), _) => self.anywhere(quote, claim),
            (None, Some(span)) => self.found(span, How::Unchecked),
            (None, None) => Placed { span: None, quote: String::new(), how: How::Lost },
        }
    }

    /// Whether these words stand at these offsets.
    pub fn says(&self, (start, end): (u64, u64), quote: &str) -> bool {
        self.words_at(start, end).is_some_and(|words| same_words(words, &plain(quote)))
    }

    /// The words of the report at these offsets.
    pub fn words_at(&self, start: u64, end: u64) -> Option<&'r str> {
        let span = self.span(start, end).filter(|span| self.is_in_report(*span))?;
        Some(self.report.slice(span))
    }

    /// The stretch between two offsets, if it has characters and cuts none.
    fn span(&self, start: u64, end: u64) -> Option<Span> {
        let place = |at: u64| self.places.get(usize::try_from(at).ok()?).copied().filter(|place| *place != INSIDE);
        let (start, end) = (place(start)?, place(end)?);
        (start < end).then(|| Span::of(start, end))
    }

    fn is_in_report(&self, span: Span) -> bool {
        span.end().get() <= self.report.len()
    }

    fn found(&self, span: Span, how: How) -> Placed {
        Placed { span: Some(span), quote: self.report.slice(span).to_owned(), how }
    }

    /// Looks for words in the whole report; of several places the one counts around which the same stands, too.
    fn anywhere(&mut self, quote: String, claim: Claim<'_>) -> Placed {
        self.searches += 1;
        let all = if self.searches > MOST_SEARCHES { Vec::new() } else { self.occurrences(&quote) };
        let (before, after) = (plain(claim.before), plain(claim.after));
        let around: Vec<usize> = all.iter().copied().filter(|at| self.is_between(*at, &quote, &before, &after)).collect();
        // A file that says no place says none that is wrong.
        let how = if claim.offsets.is_some() { How::Moved } else { How::Stands };
        match (all.as_slice(), around.as_slice()) {
            ([], _) => Placed { span: None, quote, how: How::Lost },
            ([at], _) | (_, [at]) => self.found(Span::new(self.report.pos_of(*at), self.report.pos_of(*at + quote.len())), how),
            _ => Placed { span: None, quote, how: How::Several(all.len()) },
        }
    }

    /// The bytes at which words begin.
    fn occurrences(&self, quote: &str) -> Vec<usize> {
        let (text, finder) = (self.report.as_str().as_bytes(), Finder::new(quote));
        let mut found: Vec<usize> = Vec::new();
        // One more byte is enough to find places that overlap: no character begins inside another.
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| finder.find(rest)) {
            found.push(from + at);
            from += at + 1;
            if found.len() == MOST_PLACES {
                break;
            }
        }
        found
    }

    fn is_between(&self, at: usize, quote: &str, before: &str, after: &str) -> bool {
        let text = self.report.as_str();
        let ends = text.get(..at).is_some_and(|text| text.ends_with(before));
        ends && text.get(at + quote.len()..).is_some_and(|text| text.starts_with(after))
    }
}

impl Imported {
    /// Takes a tag in, with what is to be said of its place.
    pub(super) fn take(&mut self, label: &str, placed: Placed, attributes: BTreeMap<String, String>, note: String) {
        let Placed { span, quote, how } = placed;
        let (label, words) = (label.to_owned(), quote.clone());
        let tag = ImportedTag { label: label.clone(), span, quote, attributes, note };
        self.problems.extend(match how {
            How::Stands => None,
            How::Unchecked => Some(Problem::Unchecked { label, quote: words }),
            How::Moved => Some(Problem::Moved { label, quote: words }),
            How::Several(times) => Some(Problem::Several { label, quote: words, times }),
            How::Lost => Some(Problem::Lost { label, quote: words }),
        });
        self.tags.push(tag);
    }
}

/// The characters of a text, each with what stands for it where line ends are LF and no byte order mark stands in front.
fn with_plain_line_ends(text: &str) -> impl Iterator<Item = (char, Option<char>)> + '_ {
    let before = once(None).chain(text.chars().map(Some));
    text.chars().zip(before).map(|(c, before)| {
        let kept = match (before, c) {
            (None, '\u{FEFF}') | (Some('\r'), '\n') => None,
            (_, '\r') => Some('\n'),
            (_, c) => Some(c),
        };
        (c, kept)
    })
}

/// A text with line ends as a report has them.
fn plain(text: &str) -> String {
    with_plain_line_ends(text).filter_map(|(_, kept)| kept).collect()
}

/// Whether two words are the same but for which space they have: tools write line ends and tabs as spaces.
fn same_words(one: &str, other: &str) -> bool {
    let same = |(one, other): (char, char)| one == other || (one.is_whitespace() && other.is_whitespace());
    one.chars().count() == other.chars().count() && one.chars().zip(other.chars()).all(same)
}

/// Which texts of a file are the report's: those that are the same; if none is and there is but one, that one.
pub(super) fn of_report(texts: &[&str], report: &Text) -> Vec<bool> {
    let same = |text: &&str| with_plain_line_ends(text).filter_map(|(_, kept)| kept).eq(report.as_str().chars());
    let found: Vec<bool> = texts.iter().map(same).collect();
    if texts.len() == 1 { vec![true] } else { found }
}

/// How a text begins: what a report is called that has no other name.
pub(super) fn beginning(text: &str) -> String {
    text.trim_start().chars().take_while(|c| !matches!(c, '\n' | '\r')).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "𠮷县\n增长8%，增长9%，𠮷好。";

    fn placed(theirs: Option<&str>, unit: Unit, claim: Claim<'_>) -> (Option<(u32, u32)>, How) {
        let report = Text::new(REPORT.into());
        let placed = Placing::new(&report, theirs, unit).place(claim);
        (placed.span.map(|span| (span.start().get(), span.end().get())), placed.how)
    }

    /// A claim with offsets and words.
    fn at(start: u64, end: u64, quote: &str) -> Claim<'_> {
        Claim { quote: Some(quote), ..bare(start, end) }
    }

    /// A claim with nothing but offsets.
    fn bare<'c>(start: u64, end: u64) -> Claim<'c> {
        Claim { offsets: Some((start, end)), ..Claim::default() }
    }

    #[test]
    fn offsets_are_counted_as_the_tool_does() {
        let windows = REPORT.replace('\n', "\r\n");
        let marked = format!("\u{FEFF}{REPORT}");
        let cases = [
            (None, Unit::Characters, at(3, 7, "增长8%"), Some((3, 7)), How::Stands),
            (None, Unit::Utf16, at(4, 8, "增长8%"), Some((3, 7)), How::Stands),
            (None, Unit::Utf16, at(0, 2, "𠮷"), Some((0, 1)), How::Stands),
            // Inside a character.
            (None, Unit::Utf16, bare(1, 3), None, How::Lost),
            (Some(REPORT), Unit::Utf16, bare(4, 8), Some((3, 7)), How::Stands),
            (Some(windows.as_str()), Unit::Characters, bare(4, 8), Some((3, 7)), How::Stands),
            (Some(windows.as_str()), Unit::Characters, at(0, 8, "𠮷县\r\n增长8%"), Some((0, 7)), How::Stands),
            (Some(marked.as_str()), Unit::Characters, bare(4, 8), Some((3, 7)), How::Stands),
            // A line end written as a space.
            (None, Unit::Characters, at(0, 5, "𠮷县 增长"), Some((0, 5)), How::Stands),
            (None, Unit::Characters, bare(3, 7), Some((3, 7)), How::Unchecked),
            (None, Unit::Characters, bare(3, 3), None, How::Lost),
            (None, Unit::Characters, bare(7, 3), None, How::Lost),
            (None, Unit::Characters, bare(3, u64::MAX), None, How::Lost),
        ];
        for (theirs, unit, claim, span, how) in cases {
            assert_eq!(placed(theirs, unit, claim), (span, how), "{theirs:?} {unit:?} {claim:?}");
        }
    }

    #[test]
    fn words_that_stand_elsewhere_are_found_where_there_is_no_choice() {
        let cases = [
            (at(0, 4, "增长9%"), Some((8, 12)), How::Moved),
            (at(0, 2, "增长"), None, How::Several(2)),
            (at(0, 4, "下降9%"), None, How::Lost),
            (at(900, 904, "增长9%"), Some((8, 12)), How::Moved),
            (Claim { quote: Some("增长9%"), ..Claim::default() }, Some((8, 12)), How::Stands),
            (Claim { before: "，", ..at(0, 2, "增长") }, Some((8, 10)), How::Moved),
            (Claim { after: "8%", ..at(0, 2, "增长") }, Some((3, 5)), How::Moved),
            (Claim { after: "7%", ..at(0, 2, "增长") }, None, How::Several(2)),
        ];
        for (claim, span, how) in cases {
            assert_eq!(placed(None, Unit::Characters, claim), (span, how), "{claim:?}");
        }
        // A text of the file's own that is another one.
        assert_eq!(placed(Some("增长9%"), Unit::Characters, bare(0, 4)), (Some((8, 12)), How::Moved));
        // Places that overlap are two.
        let report = Text::new("一一一".into());
        assert_eq!(Placing::new(&report, None, Unit::Characters).place(at(9, 11, "一一")).how, How::Several(2));
    }

    #[test]
    fn of_several_texts_the_reports_own_is_taken() {
        let report = Text::new("甲\n乙".into());
        for (texts, expected) in [
            (vec!["甲\r\n乙", "甲", "甲\n乙"], vec![true, false, true]),
            (vec!["甲", "乙"], vec![false, false]),
            (vec!["丙"], vec![true]),
            (vec![], vec![]),
        ] {
            assert_eq!(of_report(&texts, &report), expected, "{texts:?}");
        }
    }
}
