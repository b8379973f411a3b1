//! Several reports in one file: where each begins, and what it says of itself.
//!
//! Collections of texts number their titles: …篇1, …篇2. Anything else is divided by hand.

use super::facts::{Corrections, Facts, facts};
use super::outline::Role;
use super::paragraphs::Paragraph;
use crate::quantity::number;
use crate::source::Told;
use crate::text::{Pos, Span, Text};
use std::collections::BTreeMap;

/// One report of several in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its text, title included.
    pub span: Span,
    /// What it says of itself.
    pub facts: Facts,
}

/// The longest a numbered title is.
const LONGEST: usize = 60;

/// Where the reports in a file begin: found, and corrected by hand. Empty for a file of one report.
pub(super) fn beginnings(text: &Text, paragraphs: &[Paragraph], corrections: &Corrections) -> Vec<Pos> {
    let mut found: Vec<Pos> = numbered(text, paragraphs);
    found.retain(|place| corrections.parts.get(place) != Some(&false));
    let by_hand: Vec<Pos> = corrections.parts.iter().filter(|(_, begins)| **begins).map(|(place, _)| *place).collect();
    // Where a person says that another report begins, what stands above it is one, too.
    let mut by_hand = by_hand;
    by_hand.retain(|place| paragraphs.iter().any(|paragraph| paragraph.span.start() == *place));
    if found.is_empty() && !by_hand.is_empty() {
        found.extend(paragraphs.first().map(|paragraph| paragraph.span.start()));
    }
    found.extend(by_hand);
    found.sort_unstable();
    found.dedup();
    found
}

/// The titles that are the same but for a number that counts from 1.
fn numbered(text: &Text, paragraphs: &[Paragraph]) -> Vec<Pos> {
    let mut series: BTreeMap<String, Vec<(u32, Pos)>> = BTreeMap::new();
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.span.len() as usize <= LONGEST) {
        if let Some((stem, number)) = stem_and_number(text.slice(paragraph.span)) {
            let titles = series.entry(stem).or_default();
            if usize::try_from(number).is_ok_and(|number| number == titles.len() + 1) {
                titles.push((number, paragraph.span.start()));
            }
        }
    }
    let longest = series.into_values().filter(|titles| titles.len() > 1).max_by_key(Vec::len);
    longest.into_iter().flatten().map(|(_, place)| place).collect()
}

/// A title without its number at the end: 讲话材料篇1, 讲话材料（二）, 讲话材料 第三篇.
fn stem_and_number(line: &str) -> Option<(String, u32)> {
    let line = line.trim_end_matches(['篇', '）', ')', '：', ':']).trim_end();
    let digits = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c);
    let count = line.chars().rev().take_while(digits).count();
    let at = line.chars().count().checked_sub(count).filter(|_| (1..=3).contains(&count))?;
    let stem: String = line.chars().take(at).collect();
    let counted: String = line.chars().skip(at).collect();
    let marked = ["篇", "范文", "材料", "第", "（", "("].iter().any(|mark| stem.trim_end().ends_with(mark));
    let words: String = stem.chars().filter(|c| !c.is_whitespace()).collect();
    let number = number(&counted).and_then(|read| u32::try_from(read.value).ok())?;
    (marked && words.chars().count() >= 4).then_some((words, number))
}

/// Makes the first paragraph of each part its title, unless it was corrected to be something else.
pub(super) fn entitle(paragraphs: &mut [Paragraph], beginnings: &[Pos], corrections: &Corrections) {
    for paragraph in paragraphs.iter_mut().filter(|paragraph| beginnings.contains(&paragraph.span.start())) {
        if !corrections.roles.contains_key(&paragraph.span.start()) {
            paragraph.role = Role::Title;
            paragraph.run_in = None;
        }
    }
}

/// The parts of a file. What the whole file says of itself and a part does not is the part's, too.
pub(super) fn parts(text: &Text, paragraphs: &[Paragraph], beginnings: &[Pos], corrections: &Corrections, whole: &Facts) -> Vec<Part> {
    let ends = beginnings.iter().skip(1).copied().chain(std::iter::once(Pos::new(text.len())));
    let part = |(start, end): (&Pos, Pos)| {
        let from = paragraphs.partition_point(|paragraph| paragraph.span.start() < *start);
        let to = paragraphs.partition_point(|paragraph| paragraph.span.start() < end);
        let own = facts(text, paragraphs.get(from..to).unwrap_or_default(), &BTreeMap::<Told, String>::new());
        Part { span: Span::new(*start, end), facts: own.or(whole).corrected(corrections.fields_of(Some(*start))) }
    };
    beginnings.iter().zip(ends).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_titles_begin_parts() {
        for (line, expected) in [
            ("政务总结会上的讲话材料篇1", Some(("政务总结会上的讲话材料篇", 1))),
            ("某某会议讲话（二）", Some(("某某会议讲话（", 2))),
            ("工作总结范文 第三篇", Some(("工作总结范文第", 3))),
            ("全市生产总值增长8", None),
            ("篇1", None),
        ] {
            assert_eq!(stem_and_number(line), expected.map(|(stem, number)| (stem.to_owned(), number)), "{line}");
        }
    }

    #[test]
    fn each_part_says_what_it_is() {
        let text =
            Text::new("以下是范文。\n工作总结材料篇1\n同志们：\n甲市2019年工作如下。\n工作总结材料篇2\n同志们：\n乙。\n结语\n".into());
        let mut corrections = Corrections::default();
        let read = |corrections: &Corrections| {
            let mut paragraphs = super::super::paragraphs::paragraphs(&text, corrections);
            let beginnings = beginnings(&text, &paragraphs, corrections);
            entitle(&mut paragraphs, &beginnings, corrections);
            let parts = parts(&text, &paragraphs, &beginnings, corrections, &Facts::default());
            parts.into_iter().map(|part| part.facts.get(super::super::Field::Title).unwrap_or("").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(read(&corrections), ["工作总结材料篇1", "工作总结材料篇2"]);
        corrections.parts.insert(Pos::new(33), false);
        let second = text.as_str().split("工作总结材料篇2").next().unwrap_or("").chars().count();
        corrections.parts.insert(Pos::new(u32::try_from(second).unwrap_or(0)), false);
        assert_eq!(read(&corrections), ["工作总结材料篇1"]);
    }
}
