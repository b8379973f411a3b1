//! Number expressions in running text: amounts, percentages, points, ranks, fractions, multiples.
//!
//! Dates, periods, codes, document numbers, item markers and set phrases (十四五, 一带一路, “1+6”) are no numbers here.

mod amount;
mod codes;
mod folded;
mod lexicon;
mod numeral;
mod plain;
mod ranks;
mod scan;
mod shares;
mod units;

pub use units::Units;

use super::stated::Stated;
use folded::Folded;
use scan::Scan;
use std::ops::Range;

/// A number expression in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The characters of it, with the words that bound it on either side (约 … 左右, 不低于, 控制在 … 以内, 第 … 位),
    /// counted from the text's start.
    pub range: Range<usize>,
    /// The characters of number and unit alone.
    pub number: Range<usize>,
    /// Value, upper end, unit and bound. The sign is as written: verbs such as 下降 are the caller's matter.
    pub stated: Stated,
    /// What form it has.
    pub form: Form,
}

/// What form a number expression has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A number, with a unit or without: 2561亿元, 133.41.
    Plain,
    /// Per cent and per mille: 5%, 百分之五, 两成, 一半, 千分之三.
    Percent,
    /// Percentage points: 2.1个百分点.
    Points,
    /// A number of places moved: 3个位次, 前移2位.
    Places,
    /// A place in an order: 第5, 首位, 前三.
    Rank,
    /// A fraction, with its value in per cent: 三分之一, 1/6.
    Fraction,
    /// A multiple: 翻一番, 2倍.
    Multiple,
    /// A proportion of several numbers, of which the first is the value: 3.5:49.0:47.4.
    Ratio,
}

/// Finds the number expressions of a text, in its order; none overlaps another.
///
/// The text is best a shadow; any other is read as if it were one, and the places are those of the text given.
pub fn mentions(text: &str, units: &Units) -> Vec<Mention> {
    let folded = Folded::of(text);
    let mut found = Scan::new(&folded.chars, units).run();
    for mention in &mut found {
        mention.range = folded.to_text(&mention.range);
        mention.number = folded.to_text(&mention.number);
    }
    found
}
