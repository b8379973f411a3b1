//! Digits that are no plain number: codes, times of day, ratios, masked digits.

use super::Form;
use super::amount::{Amount, UnitAt};
use super::scan::Scan;
use super::units::Kind;
use crate::quantity::Stated;
use rust_decimal::Decimal;

/// Marks inside codes.
pub(super) const CODE: &[char] = &['.', '+', '-', '*', '×', '/', ':'];

impl Scan<'_> {
    /// Whether digits go on what stands before them: 1.2.3, 7*24, 1+6.
    pub(super) fn is_part_of_code(&self, at: usize) -> bool {
        match (self.read.before(at, 1), self.read.before(at, 2)) {
            ('.', c) => c.is_ascii_digit(),
            ('+', c) => c.is_ascii_alphanumeric(),
            (mark, _) => matches!(mark, '*' | '×' | '/'),
        }
    }

    /// Where a code ends that begins like a number: 1+6, 1.2.3, 007, 5g.
    pub(super) fn code_at(&self, amount: &Amount, unit: Option<&UnitAt>) -> Option<usize> {
        let (end, next) = (amount.end, self.read.at(amount.end + 1));
        let goes_on = match self.read.at(end) {
            '+' => next.is_ascii_alphanumeric(),
            '.' => next.is_ascii_digit(),
            c if c.is_ascii_alphabetic() => {
                let latin = unit.filter(|unit| unit.kind != Kind::None);
                latin.is_none_or(|unit| self.read.at(unit.end).is_ascii_alphanumeric())
            }
            _ => false,
        };
        (goes_on || amount.numeral.padded).then(|| self.pass(end, CODE))
    }

    /// 3.5:49.0:47.4; 9:00 is a time.
    pub(super) fn ratio(&mut self, at: usize, amount: Amount) -> usize {
        let mut parts = vec![amount.numeral];
        let mut end = amount.end;
        while self.read.at(end) == ':'
            && let Some(part) = self.read.arabic(end + 1)
        {
            parts.push(part);
            end = part.end;
        }
        let goes_on = self.read.at(end) == ':' && self.read.at(end + 1).is_ascii_digit();
        if goes_on || self.read.at(end).is_ascii_alphabetic() {
            return self.pass(end, CODE);
        }
        let decimal = parts.iter().any(|part| part.decimals > 0);
        let sixty = |low: Decimal| low < Decimal::from(60);
        let clock =
            !decimal && amount.numeral.low <= Decimal::from(24) && parts.iter().skip(1).all(|part| part.whole == 2 && sixty(part.low));
        // The shares of three sectors add up to a hundred.
        let total = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.low));
        let shares = parts.len() == 3 && total.is_some_and(|total| (Decimal::from(99)..=Decimal::from(101)).contains(&total));
        let counted = parts.len() == 2 && !decimal && self.read.unit(end).is_some_and(|unit| unit.kind != Kind::None);
        if clock && !shares || counted {
            return end;
        }
        let (start, before) = self.read.bound_before(at, self.floor);
        let stated = Stated { value: Some(amount.numeral.low), high: None, unit: String::new(), bound: before.unwrap_or_default() };
        self.add(start..end, at..end, stated, Form::Ratio)
    }

    /// Digits that are masked altogether: ***%.
    pub(super) fn masked(&mut self, at: usize) -> usize {
        let end = at + self.read.onward(at).take_while(|&c| c == '*').count();
        let (magnitude, len) = self.read.magnitude(end);
        let Some(unit) = self.read.unit(end + len).filter(|unit| end > at + 1 && !self.read.has(unit.end, "**")) else { return end };
        let form = match unit.kind {
            Kind::Percent => Form::Percent,
            Kind::Points => Form::Points,
            Kind::Measure if magnitude.is_some() => Form::Plain,
            _ => return end,
        };
        let stated = Stated { unit: format!("{}{}", magnitude.word(), unit.name), ..Stated::default() };
        self.add(at..unit.end, at..unit.end, stated, form)
    }
}
