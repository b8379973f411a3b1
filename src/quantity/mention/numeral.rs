//! Numerals without 万 and 亿: Arabic digits, or Chinese ones up to the thousands.

use super::units::Units;
use crate::quantity::number::digit;
use rust_decimal::Decimal;

/// Folded characters to read numbers in, and the units they may have.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) chars: &'a [char],
    pub(super) units: &'a Units,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// 105.
    Arabic,
    /// 一 alone: with a counter it says no number.
    One,
    /// 二 alone: what is counted is 两.
    Two,
    /// 两, 二十五, 一百零五, 一点五.
    Many,
    /// 三五: about so many, if a unit follows.
    Pair,
    /// 二〇二〇, 一三四八: digit by digit.
    Digits,
    /// 百 or 千 or 万 without a digit.
    Bare,
}

/// A numeral of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub(super) low: Decimal,
    /// The upper end of neighbouring numerals (十七八).
    pub(super) high: Option<Decimal>,
    /// Where the text goes on.
    pub(super) end: usize,
    pub(super) shape: Shape,
    /// How many digits stand before the point and after it.
    pub(super) whole: usize,
    pub(super) decimals: usize,
    /// 百 or 千 stands behind Arabic digits.
    pub(super) scaled: bool,
    /// It begins with a nought that another digit follows.
    pub(super) padded: bool,
}

impl Numeral {
    /// The one that 万 or 亿 without a digit says.
    pub(super) fn bare(place: usize) -> Self {
        Self::chinese(1, None, place, Shape::Bare)
    }

    fn chinese(low: u64, high: Option<u64>, end: usize, shape: Shape) -> Self {
        Self { low: Decimal::from(low), high: high.map(Decimal::from), end, shape, whole: 0, decimals: 0, scaled: false, padded: false }
    }
}

/// The longest run of Arabic digits that is a number.
const DIGITS: usize = 24;

impl<'a> Reader<'a> {
    /// The character at a place; a nought character outside the text.
    pub(super) fn at(self, place: usize) -> char {
        self.chars.get(place).copied().unwrap_or('\0')
    }

    /// The character so many places before one.
    pub(super) fn before(self, place: usize, by: usize) -> char {
        place.checked_sub(by).map_or('\0', |place| self.at(place))
    }

    /// Whether a word stands at a place.
    pub(super) fn has(self, place: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(by, c)| self.at(place + by) == c)
    }

    /// Whether a word ends before a place.
    pub(super) fn follows(self, place: usize, word: &str) -> bool {
        place.checked_sub(word.chars().count()).is_some_and(|start| self.has(start, word))
    }

    /// The characters from a place on.
    pub(super) fn onward(self, place: usize) -> impl Iterator<Item = char> + Clone + use<'a> {
        self.chars.get(place..).unwrap_or_default().iter().copied()
    }

    /// The characters before a place, backwards.
    pub(super) fn back(self, place: usize) -> impl Iterator<Item = char> + Clone + use<'a> {
        self.chars.get(..place).unwrap_or_default().iter().rev().copied()
    }

    /// Whether a numeral may begin at a place.
    pub(super) fn numeral_at(self, place: usize) -> bool {
        let c = self.at(place);
        c.is_ascii_digit() || digit(c).is_some() || scale(c).is_some() || matches!(c, '廿' | '卅')
    }

    /// Reads the numeral at a place.
    pub(super) fn numeral(self, place: usize) -> Option<Numeral> {
        if !self.at(place).is_ascii_digit() {
            return self.chinese(place);
        }
        let mut read = self.arabic(place)?;
        // 3千公里 is 3000 公里, but 3千瓦 is 3 千瓦.
        let times = match self.at(read.end) {
            c @ ('百' | '千') if self.units.units.longest(self.onward(read.end)).is_none() => scale(c),
            '十' if matches!(self.at(read.end + 1), '万' | '亿') => Some(10),
            _ => None,
        };
        if let Some(times) = times {
            read.low = read.low.checked_mul(Decimal::from(times))?;
            read.end += 1;
            read.scaled = true;
        }
        Some(read)
    }

    /// Arabic digits with separators of thousands and a decimal point.
    pub(super) fn arabic(self, place: usize) -> Option<Numeral> {
        let run = |from: usize| self.onward(from).take_while(char::is_ascii_digit).count();
        let first = run(place);
        let mut end = place + first;
        while (1..=3).contains(&first) && self.at(end) == ',' && run(end + 1) == 3 {
            end += 4;
        }
        let whole = end - place;
        let decimals = if self.at(end) == '.' { run(end + 1) } else { 0 };
        end += if decimals > 0 { decimals + 1 } else { 0 };
        if first == 0 || whole + decimals > DIGITS {
            return None;
        }
        let digits = self.onward(place).take(end - place).filter_map(|c| c.to_digit(10));
        let mantissa = digits.fold(0i128, |sum, digit| sum * 10 + i128::from(digit));
        let low = Decimal::try_from_i128_with_scale(mantissa, u32::try_from(decimals).ok()?).ok()?;
        let padded = first > 1 && self.at(place) == '0';
        Some(Numeral { low, high: None, end, shape: Shape::Arabic, whole, decimals, scaled: false, padded })
    }

    /// Chinese numerals up to the thousands, and decimals of them.
    fn chinese(self, place: usize) -> Option<Numeral> {
        let digits = self.onward(place).map_while(digit).count();
        let end = place + digits;
        let (first, second) = (digit(self.at(place)), digit(self.at(place + 1)));
        let pair = first.zip(second).filter(|&(first, second)| digits == 2 && neighbours(first, second));
        match (pair, scale(self.at(end))) {
            // 三四十, 七八百
            (Some((low, high)), Some(times)) => {
                let (low, high) = (u64::from(low) * times, u64::from(high) * times);
                return Some(Numeral::chinese(low, Some(high), end + 1, Shape::Many));
            }
            (Some((low, high)), None) => return Some(Numeral::chinese(low.into(), Some(high.into()), end, Shape::Pair)),
            (None, None) if digits > 1 => {
                let value = self.onward(place).map_while(digit).take(15).fold(0u64, |sum, digit| sum * 10 + u64::from(digit));
                return Some(Numeral::chinese(value, None, end, Shape::Digits));
            }
            (None, Some(_)) if digits > 1 => return Some(Numeral::chinese(0, None, end, Shape::Digits)),
            _ => {}
        }
        if let '百' | '千' | '佰' | '仟' = self.at(place) {
            return Some(Numeral::chinese(scale(self.at(place))?, None, place + 1, Shape::Bare));
        }
        let read = self.scaled(place)?;
        self.with_decimals(read)
    }

    /// Digits each with its scale: 三千零五十, 一百二三十.
    fn scaled(self, place: usize) -> Option<Numeral> {
        // The last scale read: each one is smaller than the one before.
        let (mut total, mut last, mut at, mut nought, mut shape) = (0u64, 10_000u64, place, false, None);
        if let c @ ('廿' | '卅') = self.at(at) {
            (total, last, at, shape) = (if c == '廿' { 20 } else { 30 }, 10, at + 1, Some(Shape::Many));
        }
        loop {
            let c = self.at(at);
            if c == '〇' && total > 0 && (digit(self.at(at + 1)).is_some() || self.at(at + 1) == '十') {
                (nought, at) = (true, at + 1);
                continue;
            }
            let Some(value) = digit(c) else {
                if matches!(c, '十' | '拾') && last > 10 {
                    (total, last, at, nought, shape) = (total + 10, 10, at + 1, false, Some(Shape::Many));
                    continue;
                }
                break;
            };
            if let Some(times) = scale(self.at(at + 1)).filter(|&times| times < last && value > 0) {
                (total, last, at, nought, shape) = (total + u64::from(value) * times, times, at + 2, false, Some(Shape::Many));
                continue;
            }
            if let Some(next) = digit(self.at(at + 1)).filter(|&next| neighbours(value, next)) {
                let both = |times: u64, end| {
                    Numeral::chinese(total + u64::from(value) * times, Some(total + u64::from(next) * times), end, Shape::Many)
                };
                match scale(self.at(at + 2)).filter(|&times| times < last) {
                    Some(times) => return Some(both(times, at + 3)),
                    None if last == 10 => return Some(both(1, at + 2)),
                    None => {}
                }
            }
            let alone = match (value, c) {
                (1, _) => Shape::One,
                (_, '二') => Shape::Two,
                _ => Shape::Many,
            };
            shape = shape.or(Some(alone));
            // 二百五 is 250, 二百零五 is 205.
            let ones = last == 10_000 || last == 10 || nought;
            total += if ones { u64::from(value) } else { u64::from(value) * last / 10 };
            at += 1;
            break;
        }
        shape.map(|shape| Numeral::chinese(total, None, at, shape))
    }

    /// A Chinese numeral with what stands behind 点: 一点五.
    fn with_decimals(self, mut read: Numeral) -> Option<Numeral> {
        let decimals = self.onward(read.end + 1).map_while(digit).count();
        if self.at(read.end) != '点' || decimals == 0 {
            return Some(read);
        }
        let end = read.end + 1 + decimals;
        // 九点三十分 is a time.
        if matches!(self.at(end), '十' | '分') || decimals > DIGITS {
            return Some(Numeral::chinese(0, None, end, Shape::Digits));
        }
        let mantissa = self.onward(read.end + 1).map_while(digit).fold(0i128, |sum, digit| sum * 10 + i128::from(digit));
        let part = Decimal::try_from_i128_with_scale(mantissa, u32::try_from(decimals).ok()?).ok()?;
        read.low = read.low.checked_add(part)?;
        (read.end, read.decimals, read.shape) = (end, decimals, Shape::Many);
        Some(read)
    }
}

/// Whether two digits in a row are an estimate: 七八, 两三, 三五.
fn neighbours(first: u32, second: u32) -> bool {
    first > 0 && (second == first + 1 || (first, second) == (3, 5))
}

/// What 十, 百 and 千 multiply by.
const fn scale(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}
