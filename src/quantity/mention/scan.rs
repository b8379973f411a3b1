//! One pass over a text: which grammar reads at which character, and what is passed over.

use super::numeral::Reader;
use super::units::Units;
use super::{Form, Mention};
use crate::quantity::number::digit;
use crate::quantity::{Bound, Stated};
use rust_decimal::Decimal;
use std::ops::Range;

/// A quotation of at most so many characters is a name or a formula.
const QUOTED: usize = 12;

/// The state of the pass.
pub(super) struct Scan<'a> {
    pub(super) read: Reader<'a>,
    pub(super) found: Vec<Mention>,
    /// Words before here belong to the mention before.
    pub(super) floor: usize,
    /// Where the last number without a unit ended.
    pub(super) bare_end: usize,
    /// Where the last ordinal written like a count ended (六届三次).
    pub(super) ordinal_end: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(chars: &'a [char], units: &'a Units) -> Self {
        let nowhere = usize::MAX;
        Self { read: Reader { chars, units }, found: Vec::new(), floor: 0, bare_end: nowhere, ordinal_end: nowhere }
    }

    /// Reads the whole text.
    pub(super) fn run(mut self) -> Vec<Mention> {
        let (mut at, mut quoted_until, mut inside) = (0, 0, false);
        while at < self.read.chars.len() {
            let c = self.read.at(at);
            match c {
                '\n' => (inside, at) = (false, at + 1),
                '"' => {
                    if !inside {
                        quoted_until = self.short_quotation(at).unwrap_or(quoted_until);
                    }
                    (inside, at) = (!inside, at + 1);
                }
                _ if c.is_ascii_alphabetic() => at = self.code(at),
                _ => {
                    let (known, floor) = (self.found.len(), self.floor);
                    let next = self.read_at(at);
                    if at < quoted_until && !self.found.iter().skip(known).all(|mention| self.counts_in_quotation(mention)) {
                        self.found.truncate(known);
                        self.floor = floor;
                    }
                    at = next.max(at + 1);
                }
            }
        }
        self.found
    }

    /// Where the quotation that opens at a place closes, if it is short.
    fn short_quotation(&self, at: usize) -> Option<usize> {
        let len = self.read.onward(at + 1).take(QUOTED + 1).take_while(|c| !matches!(c, '"' | '\n')).count();
        (self.read.at(at + 1 + len) == '"').then_some(at + 1 + len)
    }

    /// Whether a mention in a short quotation is one: “1+6” and “三个代表” are names, “5%” is not.
    fn counts_in_quotation(&self, mention: &Mention) -> bool {
        let large = mention.stated.unit.starts_with(['万', '亿']);
        self.read.at(mention.number.start).is_ascii_digit() && (large || matches!(mention.form, Form::Percent | Form::Points))
    }

    /// Passes over Latin letters and the digits that belong to them (pm2.5, 5g, t+1, web addresses).
    fn code(&self, at: usize) -> usize {
        let letters = self.read.onward(at).take_while(char::is_ascii_alphabetic).count();
        let end = at + letters;
        if letters > 1
            && let Some(number) = self.read.arabic(end)
            && matches!(self.read.at(number.end), '%' | '亿' | '万')
        {
            return end;
        }
        self.pass(end, &['.', '-', '_', '/', ':', '+', '&', '?', '=', '@'])
    }

    /// The end of letters and digits and of marks between them.
    pub(super) fn pass(&self, from: usize, marks: &[char]) -> usize {
        let mut at = from;
        loop {
            let (c, next) = (self.read.at(at), self.read.at(at + 1));
            if !(c.is_ascii_alphanumeric() || marks.contains(&c) && next.is_ascii_alphanumeric()) {
                return at;
            }
            at += 1;
        }
    }

    /// Reads what begins at a place; where to go on.
    fn read_at(&mut self, at: usize) -> usize {
        let c = self.read.at(at);
        let number =
            c.is_ascii_digit() || digit(c).is_some() || matches!(c, '十' | '拾' | '百' | '佰' | '千' | '仟' | '万' | '亿' | '廿' | '卅');
        if number && let Some(next) = self.fraction(at).or_else(|| self.half(at)) {
            return next;
        }
        if let Some((len, ())) = self.read.units.phrases.longest(self.read.onward(at)) {
            return at + len;
        }
        if number {
            return self.plain(at);
        }
        match c {
            '半' => self.half(at).unwrap_or(at + 1),
            '过' => self.past_half(at),
            '翻' => self.doubled(at),
            '第' => self.ordinal(at),
            '前' => self.among_first(at),
            '首' | '榜' | '居' | '列' | '之' => self.first(at),
            '*' => self.masked(at),
            '几' | '数' => self.some(at),
            _ => at + 1,
        }
    }

    /// 几十, 数百亿: no number is said.
    fn some(&self, at: usize) -> usize {
        let numeral = matches!(self.read.at(at + 1), '十' | '百' | '千' | '万' | '亿');
        self.read.amount(at + 1).filter(|_| numeral).map_or(at + 1, |amount| amount.end)
    }

    /// Adds a mention; where to go on.
    pub(super) fn add(&mut self, range: Range<usize>, number: Range<usize>, stated: Stated, form: Form) -> usize {
        self.floor = range.end;
        let next = range.end;
        self.found.push(Mention { range, number, stated, form });
        next
    }

    /// Adds a mention of one value with the bounds around it; `inside` counts where those say nothing.
    pub(super) fn add_bounded(&mut self, number: Range<usize>, value: Decimal, unit: &str, inside: Bound, form: Form) -> usize {
        let (start, before) = self.read.bound_before(number.start, self.floor);
        let (end, after) = self.read.bound_after(number.end);
        let bound = after.or(before).unwrap_or(inside);
        self.add(start..end, number, Stated { value: Some(value), high: None, unit: unit.to_owned(), bound }, form)
    }
}
