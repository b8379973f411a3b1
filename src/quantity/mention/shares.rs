//! Shares and multiples in words: 百分之五, 三分之一, 1/6, 一半, 过半, 翻一番.

use super::Form;
use super::amount::lowered;
use super::numeral::Shape;
use super::scan::Scan;
use crate::quantity::{Bound, Stated};
use rust_decimal::Decimal;

impl Scan<'_> {
    /// Reads a fraction; where to go on, or nothing if none stands there.
    pub(super) fn fraction(&mut self, at: usize) -> Option<usize> {
        let c = self.read.at(at);
        if matches!(c, '百' | '千' | '万') && self.read.has(at + 1, "分之") {
            return Some(self.per_hundred(at, c));
        }
        let below = self.read.numeral(at)?;
        if self.read.has(below.end, "分之") && below.decimals == 0 && !matches!(below.shape, Shape::Digits | Shape::Pair) {
            let next = below.end + 2;
            let above = self.read.numeral(next).filter(|above| above.shape != Shape::Digits);
            let share = above.and_then(|above| Some((per_cent(above.low, below.low)?, above.end)));
            return Some(share.map_or(next, |(value, end)| self.add_bounded(at..end, value, "%", Bound::Exact, Form::Fraction)));
        }
        if below.shape != Shape::Arabic || below.decimals > 0 || below.scaled || self.read.at(below.end) != '/' {
            return None;
        }
        let above = below;
        let below = self.read.arabic(above.end + 1)?;
        let next = self.read.at(below.end);
        let ends = !next.is_ascii_alphanumeric() && !matches!(next, '/' | '.' | '-' | '+');
        let proper = below.decimals == 0 && Decimal::ZERO < above.low && above.low < below.low && below.low <= Decimal::ONE_HUNDRED;
        let alone = !matches!(self.read.before(at, 1), '/' | '-' | '.') && self.read.unit(below.end).is_none();
        match per_cent(above.low, below.low).filter(|_| ends && proper && alone) {
            Some(value) => Some(self.add_bounded(at..below.end, value, "%", Bound::Exact, Form::Fraction)),
            None => Some(self.pass(below.end, &['/', '.'])),
        }
    }

    /// 百分之五, 千分之三, 百分之六至百分之七.
    fn per_hundred(&mut self, at: usize, of: char) -> usize {
        let negative = self.read.at(at + 3) == '负';
        let from = at + 3 + usize::from(negative);
        let Some(first) = self.read.numeral(from).filter(|first| first.shape != Shape::Digits) else { return from };
        let (mut end, mut high) = (first.end, first.high.filter(|_| !negative));
        if matches!(self.read.at(end), '几' | '数') {
            return end + 1;
        }
        let more = matches!(self.read.at(end), '多' | '余');
        end += usize::from(more);
        if high.is_none() && !negative && matches!(self.read.at(end), '至' | '到' | '-' | '~') {
            let again = self.read.at(end + 1) == of && self.read.has(end + 2, "分之");
            let second = self.read.numeral(end + if again { 4 } else { 1 });
            if let Some(second) = second.filter(|second| second.shape != Shape::Digits && second.low > first.low) {
                (high, end) = (Some(second.low), second.end);
            }
        }
        let share = |value: Decimal| {
            let signed = if negative { -value } else { value };
            if of == '万' { lowered(signed, 2) } else { Some(signed) }
        };
        let unit = if of == '千' { "‰" } else { "%" };
        let Some(low) = share(first.low) else { return end };
        let Some(high) = high.and_then(share) else {
            let inside = if more { Bound::AtLeast } else { Bound::Exact };
            return self.add_bounded(at..end, low, unit, inside, Form::Percent);
        };
        let start = self.read.bound_before(at, self.floor).0;
        let range = start..self.read.bound_after(end).0;
        let stated = Stated { value: Some(low), high: Some(high), unit: unit.to_owned(), bound: Bound::Between };
        self.add(range, at..end, stated, Form::Percent)
    }

    /// 一半, 半数; where to go on, or nothing if neither stands there.
    pub(super) fn half(&mut self, at: usize) -> Option<usize> {
        let half = self.read.has(at, "一半") || self.read.has(at, "半数");
        half.then(|| self.add_bounded(at..at + 2, Decimal::from(50), "%", Bound::Exact, Form::Percent))
    }

    /// 过半.
    pub(super) fn past_half(&mut self, at: usize) -> usize {
        if !self.read.has(at, "过半") || matches!(self.read.at(at + 2), '数' | '个' | '年' | '月' | '天') {
            return at + 1;
        }
        let stated = Stated { value: Some(Decimal::from(50)), high: None, unit: "%".to_owned(), bound: Bound::AtLeast };
        self.add(at..at + 2, at..at + 2, stated, Form::Percent)
    }

    /// 翻番, 翻一番, 翻了近两番: twice as much for each 番.
    pub(super) fn doubled(&mut self, at: usize) -> usize {
        let from = at + 1 + usize::from(self.read.at(at + 1) == '了');
        let words = [("将近", Bound::About), ("近", Bound::About), ("约", Bound::About), ("超过", Bound::AtLeast), ("超", Bound::AtLeast)];
        let bound = words.into_iter().find(|(word, _)| self.read.has(from, word));
        let from = from + bound.map_or(0, |(word, _)| word.chars().count());
        let times = self.read.numeral(from).filter(|times| self.read.at(times.end) == '番' && times.low.is_integer());
        let (doublings, end) = match times {
            Some(times) => (times.low, times.end + 1),
            None if self.read.at(from) == '番' => (Decimal::ONE, from + 1),
            None => return at + 1,
        };
        let Some(value) = u32::try_from(doublings).ok().filter(|times| (1..=20).contains(times)).and_then(|times| 2u32.checked_pow(times))
        else {
            return end;
        };
        let (last, after) = self.read.bound_after(end);
        let bound = after.or(bound.map(|(_, bound)| bound)).unwrap_or_default();
        let stated = Stated { value: Some(Decimal::from(value)), high: None, unit: "倍".to_owned(), bound };
        self.add(at..last, at..end, stated, Form::Multiple)
    }
}

/// A fraction in per cent, to two decimals.
fn per_cent(above: Decimal, below: Decimal) -> Option<Decimal> {
    above.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(below).map(|share| share.round_dp(2))
}
