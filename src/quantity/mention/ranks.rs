//! Places in an order: 第5, 第三名, 前十, 首位, 居首.

use super::Form;
use super::numeral::{Numeral, Shape};
use super::scan::Scan;
use super::units::Kind;
use crate::quantity::number::digit;
use crate::quantity::{Bound, Stated};
use rust_decimal::Decimal;
use std::ops::Range;

/// So many characters in front of a first place may say that it is one of esteem (放在各项工作的首位).
const ESTEEM: usize = 16;

impl Scan<'_> {
    fn rank(&mut self, range: Range<usize>, number: Range<usize>, value: Decimal, unit: &str, bound: Bound) -> usize {
        self.add(range, number, Stated { value: Some(value), high: None, unit: unit.to_owned(), bound }, Form::Rank)
    }

    /// 第5, 第三位; what is counted off (第三条, 第一产业) is no rank.
    pub(super) fn ordinal(&mut self, at: usize) -> usize {
        let number = self.read.numeral_at(at + 1).then(|| self.read.numeral(at + 1)).flatten();
        let Some(number) = number else { return at + 1 };
        let next = self.read.at(number.end);
        if number.shape == Shape::Digits || number.high.is_some() || number.decimals > 0 {
            return number.end;
        }
        let place = next == '位' && self.read.at(number.end + 1) != '置' || next == '名' && self.read.at(number.end + 1) != '次';
        if place {
            if number.low == Decimal::ONE && self.is_esteem(at) {
                return number.end + 1;
            }
            let end = number.end + 1;
            let (last, after) = self.read.bound_after(end);
            let unit = if next == '名' { "名" } else { "位" };
            return self.rank(at..last, at + 1..end, number.low, unit, after.unwrap_or_default());
        }
        // A sentence that begins with 第一 counts its points.
        let head = matches!(self.read.before(at, 1), '\0' | '。' | ';' | ':' | '\n' | '!' | '?' | ',' | '、' | '(' | '"');
        if !head && (stops(next) || matches!(next, '的' | '和' | '与' | '及')) {
            if let Some(end) = self.counted_off(number.end) {
                return end;
            }
            return self.rank(at..number.end, at + 1..number.end, number.low, "位", Bound::Exact);
        }
        match self.read.unit(number.end) {
            Some(unit) if unit.kind == Kind::Counter => unit.end,
            _ => number.end,
        }
    }

    /// 第一、二产业, 第一和第二季度: where the list ends, if what is listed are no ranks.
    fn counted_off(&self, at: usize) -> Option<usize> {
        if !matches!(self.read.at(at), '、' | '和' | '与' | '及') {
            return None;
        }
        let from = at + 1 + usize::from(self.read.at(at + 1) == '第');
        if !(digit(self.read.at(from)).is_some() || self.read.at(from).is_ascii_digit()) {
            return None;
        }
        let end = self.read.numeral(from)?.end;
        let next = self.read.at(end);
        (self.read.unit(end).is_some_and(|unit| !matches!(unit.name.as_str(), "位" | "名"))
            || !(stops(next) || matches!(next, '位' | '名')))
        .then_some(end)
    }

    /// 前三, 前10名, 前10%.
    pub(super) fn among_first(&mut self, at: usize) -> usize {
        let number = self.read.numeral_at(at + 1).then(|| self.read.numeral(at + 1)).flatten();
        let Some(number) = number else { return at + 1 };
        let next = self.read.at(number.end);
        let value = number.high.unwrap_or(number.low);
        let named = next == '名' || next == '位' && !matches!(self.read.at(number.end + 1), '置' | '数');
        if matches!(number.shape, Shape::Digits | Shape::Bare) || number.decimals > 0 && next != '%' || !named && self.is_time_before(at) {
            return at + 1;
        }
        if next == '%' {
            let stated = Stated { value: Some(value), high: None, unit: "%".to_owned(), bound: Bound::AtMost };
            let (last, _) = self.read.bound_after(number.end + 1);
            return self.add(at..last, at + 1..number.end + 1, stated, Form::Percent);
        }
        let Numeral { end, .. } = number;
        if named {
            let (last, _) = self.read.bound_after(end + 1);
            let unit = if next == '名' { "名" } else { "位" };
            return self.rank(at..last, at + 1..end + 1, value, unit, Bound::AtMost);
        }
        if matches!(next, '甲' | '强' | '列') {
            return self.rank(at..end + 1, at + 1..end + 1, value, "位", Bound::AtMost);
        }
        let alone = stops(next) || matches!(next, '的' | '以' | '之' | '行') || self.read.has(end, "水平");
        if value > Decimal::ONE && alone {
            return self.rank(at..end, at + 1..end, value, "位", Bound::AtMost);
        }
        at + 1
    }

    /// Whether 前 belongs to a time or a word (之前, 目前, 年前).
    fn is_time_before(&self, at: usize) -> bool {
        matches!(self.read.before(at, 1), '之' | '以' | '目' | '年' | '期' | '日' | '末' | '底' | '月')
    }

    /// 首位, 榜首, 居首.
    pub(super) fn first(&mut self, at: usize) -> usize {
        for (word, lead) in [("居榜首", 1), ("榜首", 0), ("首位", 0)] {
            if self.read.has(at, word) {
                let end = at + word.chars().count();
                if self.is_esteem(at) {
                    return end;
                }
                return self.rank(at..end, at + lead..end, Decimal::ONE, "位", Bound::Exact);
            }
        }
        let ends = stops(self.read.at(at + 2)) || self.read.at(at + 2) == '的';
        if ends && ["居首", "列首", "之首"].iter().any(|word| self.read.has(at, word)) {
            return self.rank(at..at + 2, at + 1..at + 2, Decimal::ONE, "位", Bound::Exact);
        }
        at + 1
    }

    /// Whether what comes first is put there, not found there: 放在首位, 摆在各项工作的第一位.
    fn is_esteem(&self, at: usize) -> bool {
        let clause = self.read.back(at).take(ESTEEM).take_while(|c| !matches!(c, ',' | '。' | ';' | '\n')).count();
        (at - clause..at).any(|place| ["放在", "摆在", "置于", "视为"].iter().any(|word| self.read.has(place, word)))
    }
}

/// Whether a number without a unit may stand before a character.
pub(super) const fn stops(c: char) -> bool {
    matches!(c, '\0' | ',' | '。' | ';' | '、' | ')' | '!' | '?' | '"' | '\n' | ':' | '.' | ']')
}
