//! Numbers with a unit or without: amounts, ranges, lists that share a unit.

use super::Form;
use super::amount::{Amount, Magnitude, UnitAt, lowered, raised};
use super::codes::CODE;
use super::numeral::Shape;
use super::ranks::stops;
use super::scan::Scan;
use super::units::Kind;
use crate::quantity::number::digit;
use crate::quantity::{Bound, Stated};
use rust_decimal::Decimal;

/// A list of more numbers than this is none.
const LISTED: usize = 12;

/// A number being read: from its first character to the end of its unit.
struct Number {
    start: usize,
    end: usize,
    /// The amount as it begins; of a range the first.
    amount: Amount,
    low: Decimal,
    high: Option<Decimal>,
    magnitude: Magnitude,
    /// Nothing, where the number has no unit.
    kind: Option<Kind>,
    unit: String,
    more: Option<Bound>,
}

impl Scan<'_> {
    /// Reads the number at a place; where to go on.
    pub(super) fn plain(&mut self, at: usize) -> usize {
        let arabic = self.read.at(at).is_ascii_digit();
        if arabic && self.is_part_of_code(at) {
            return self.pass(at, CODE);
        }
        let Some(amount) = self.read.amount(at) else { return if arabic { self.pass(at, CODE) } else { at + 1 } };
        if amount.vague {
            return amount.end;
        }
        let unit = self.read.unit(amount.end);
        if arabic {
            if self.read.at(amount.end) == ':' && self.read.at(amount.end + 1).is_ascii_digit() && !amount.magnitude.is_some() {
                return self.ratio(at, amount);
            }
            if let Some(end) = self.code_at(&amount, unit.as_ref()) {
                return end;
            }
        }
        match self.range(at, amount, unit) {
            Ok(number) if number.kind == Some(Kind::None) => number.end,
            Ok(number) => self.settle(at, number),
            Err(end) => end,
        }
    }

    /// A number with the upper end of its range, if one follows; else where to go on.
    fn range(&self, at: usize, amount: Amount, unit: Option<UnitAt>) -> Result<Number, usize> {
        let Amount { numeral, magnitude, more, .. } = amount;
        let (kind, name, end) = unit.map_or((None, String::new(), amount.end), |unit| (Some(unit.kind), unit.name, unit.end));
        let first = Number { start: at, end, amount, low: numeral.low, high: numeral.high, magnitude, kind, unit: name, more };
        let mark = self.read.at(end);
        if first.kind == Some(Kind::None) || first.high.is_some() || amount.masked || !matches!(mark, '-' | '~' | '至' | '到') {
            return Ok(first);
        }
        let from = end + 1 + usize::from(mark == '-' && self.read.at(end + 1) == '-');
        let c = self.read.at(from);
        if !(c.is_ascii_digit() || digit(c).is_some() || c == '十') || c.is_ascii_digit() != (numeral.shape == Shape::Arabic) {
            return Ok(first);
        }
        let second =
            self.read.amount(from).filter(|second| !second.vague && second.numeral.high.is_none() && second.numeral.shape != Shape::Digits);
        let Some(second) = second else { return Ok(first) };
        let unit = self.read.unit(second.end);
        let bare = first.unit.is_empty() && !magnitude.is_some();
        match &unit {
            Some(unit) if unit.kind == Kind::None => return if bare { Err(unit.end) } else { Ok(first) },
            // Years, telephone numbers.
            None if !second.magnitude.is_some() => return if bare { Err(second.end) } else { Ok(first) },
            _ => {}
        }
        // 从5%到8% are two numbers.
        let moves = matches!(self.read.before(at, 1), '由' | '从') && matches!(mark, '至' | '到') && !bare;
        let (kind, name, end) = unit.map_or((None, String::new(), second.end), |unit| (Some(unit.kind), unit.name, unit.end));
        if moves || !first.unit.is_empty() && first.unit != name {
            return Ok(first);
        }
        let low = if bare { Some(first.low) } else { moved(first.low, magnitude, second.magnitude) };
        match low {
            Some(low) if low < second.numeral.low => Ok(Number {
                end,
                low,
                high: Some(second.numeral.low),
                magnitude: second.magnitude,
                kind,
                unit: name,
                more: second.more,
                ..first
            }),
            _ => Ok(first),
        }
    }

    /// The unit that a list of numbers ends in (19.2、5.9和3.1个百分点); a time or a name where it ends in none.
    fn shared_unit(&self, end: usize) -> Option<(Magnitude, Option<UnitAt>)> {
        let mut at = end;
        for _ in 0..LISTED {
            let len = match self.read.at(at) {
                _ if self.read.has(at, "以及") => 2,
                '、' | '和' | '与' | '及' => 1,
                _ => return None,
            };
            let next = self.read.at(at + len).is_ascii_digit().then(|| self.read.amount(at + len)).flatten();
            let amount = next.filter(|amount| !amount.vague && !amount.masked)?;
            at = amount.end;
            let unit = self.read.unit(at);
            if unit.is_some() || amount.magnitude.is_some() {
                return Some((amount.magnitude, unit));
            }
        }
        None
    }

    /// Decides whether a number that was read is a mention; where to go on.
    fn settle(&mut self, at: usize, mut number: Number) -> usize {
        let arabic = number.amount.numeral.shape == Shape::Arabic;
        let mut negative = false;
        if arabic && at > self.floor && matches!(self.read.before(at, 1), '-' | '+') && self.is_sign(at - 1) {
            number.start = at - 1;
            negative = self.read.before(at, 1) == '-';
        }
        let end = number.end;
        let (mut start, mut before) = self.read.bound_before(number.start, self.floor);
        if number.amount.numeral.shape == Shape::Bare && before.is_none() && at > self.floor && self.is_upward(at) {
            (start, before) = (at - 1, Some(Bound::AtLeast));
        }
        let after = self.read.bound_after(end).1;
        let countable = if arabic { self.read.before(at, 1) != '第' } else { self.is_chinese_number(at, &number, before, after) };
        // 每100户 says what is counted against, 9时30分 is a time.
        let rate = self.read.before(start, 1) == '每' && number.kind != Some(Kind::Percent);
        let clock = number.unit == "分" && matches!(self.read.before(at, 1), '时' | '点');
        if !countable || rate || clock || !self.has_value(&mut number, after) {
            return end;
        }
        let Some(form) = self.form(&mut number, start) else { return number.end.max(at + 1) };
        // 2.30个项目 at the start of a line is the second item.
        if arabic
            && number.amount.numeral.decimals > 0
            && number.kind == Some(Kind::Counter)
            && !number.magnitude.is_some()
            && self.begins_line(at)
        {
            return at + self.read.onward(at).take_while(char::is_ascii_digit).count() + 1;
        }
        if negative {
            (number.low, number.high) = match number.high {
                Some(high) => (-high, Some(-number.low)),
                None => (-number.low, None),
            };
        }
        let (last, after) = self.read.bound_after(number.end);
        let bound = match number.high {
            Some(_) => Bound::Between,
            None => after.or(before).or(number.more).unwrap_or_default(),
        };
        let value = (!number.amount.masked).then_some(number.low);
        let unit = format!("{}{}", number.magnitude.word(), number.unit);
        self.add(start..last, number.start..number.end, Stated { value, high: number.high, unit, bound }, form)
    }

    /// Whether a dash or a plus at a place is a sign.
    fn is_sign(&self, at: usize) -> bool {
        let signed = ",:;、(。~ 为达是长降至到在速由从和幅率期约近";
        at == 0 || signed.contains(self.read.before(at, 1))
    }

    /// Whether 上 or 过 in front of 百, 千, 万 or 亿 says "at least": 上千家, 过百亿.
    fn is_upward(&self, at: usize) -> bool {
        matches!(self.read.before(at, 1), '上' | '过')
            && !matches!(self.read.before(at, 2), '超' | '通' | '经' | '以' | '网' | '线' | '会' | '在' | '路')
    }

    fn begins_line(&self, at: usize) -> bool {
        at == 0 || matches!(self.read.before(at, 1), '\n' | '(')
    }

    /// Whether Chinese numerals with what follows are a number, and no word.
    fn is_chinese_number(&mut self, at: usize, number: &Number, before: Option<Bound>, after: Option<Bound>) -> bool {
        let Number { magnitude, kind, end, .. } = *number;
        let numeral = number.amount.numeral;
        let alone = !magnitude.is_some() && number.high.is_none();
        let digits = numeral.end - at;
        let nought = self.read.onward(at).take(digits).any(|c| c == '〇');
        if kind.is_none() && !magnitude.is_some() {
            return false;
        }
        if kind == Some(Kind::Counter) && alone && self.read.at(end) == '"' && numeral.low <= Decimal::from(20) {
            // 三个“一批”
            return false;
        }
        if number.unit == "次"
            && (self.read.before(at, 1) == '届' || self.read.before(at, 1) == '、' && at.checked_sub(1) == Some(self.ordinal_end))
        {
            self.ordinal_end = end;
            return false;
        }
        match numeral.shape {
            Shape::Bare => self.is_round_number(at, number, before.or(after.filter(|after| *after == Bound::AtLeast))),
            Shape::One if alone => matches!(kind, Some(Kind::Points | Kind::Places | Kind::Multiple | Kind::Percent)),
            Shape::Two if alone && kind == Some(Kind::Counter) => false,
            Shape::Digits => nought && (magnitude.is_some() || kind != Some(Kind::Counter)),
            _ => !(alone && numeral.end == at + 1 && self.read.units.arabic.contains(&number.unit)),
        }
    }

    /// Whether 百, 千, 万 or 亿 without a digit is a number: 超百亿美元, 千万元; not 百家, 万亩.
    fn is_round_number(&self, at: usize, number: &Number, bound: Option<Bound>) -> bool {
        let before = self.read.before(at, 1);
        let class = self.read.at(number.end) == '级';
        let known = matches!(self.read.at(at), '百' | '千') && number.magnitude.is_some() || number.magnitude == Magnitude::WanYi;
        let large = matches!(number.magnitude, Magnitude::Yi | Magnitude::WanYi);
        let measured = known && (number.kind == Some(Kind::Measure) || number.kind.is_none() && large) && !class;
        !matches!(before, '每' | '数' | '几' | '成' | '若' | '些') && (bound.is_some() || before == '达' && !class || measured)
    }

    /// Whether a number has a unit, shares one or needs none.
    fn has_value(&mut self, number: &mut Number, after: Option<Bound>) -> bool {
        if number.kind.is_some() || number.magnitude.is_some() {
            return true;
        }
        let numeral = number.amount.numeral;
        if numeral.shape != Shape::Arabic || number.amount.masked {
            return false;
        }
        let marker = numeral.decimals == 0 && self.begins_line(number.start);
        match self.shared_unit(number.end).filter(|_| !marker) {
            Some((_, Some(unit))) if unit.kind == Kind::None => false,
            Some((magnitude, unit)) => {
                number.magnitude = magnitude;
                (number.kind, number.unit) = unit.map_or((None, String::new()), |unit| (Some(unit.kind), unit.name));
                true
            }
            None if self.is_value(number, after) => {
                self.bare_end = number.end;
                true
            }
            None => false,
        }
    }

    /// Whether a number without a unit is a value: 指数133.41, 达到35.
    fn is_value(&self, number: &Number, after: Option<Bound>) -> bool {
        let Number { start, end, low, .. } = *number;
        let numeral = number.amount.numeral;
        let (next, before) = (self.read.at(end), self.read.before(start, 1));
        let valued = self.read.led_by(&self.read.units.values, start);
        let listed = start.checked_sub(1) == Some(self.bare_end);
        let year = Decimal::from(1900) <= low && low <= Decimal::from(2100);
        if number.amount.more.is_some() || next.is_ascii_alphanumeric() {
            return false;
        }
        if numeral.decimals == 0 {
            let ends = stops(next) && !matches!(next, '.' | ':') || after.is_some() || matches!(next, '和' | '与');
            return numeral.whole <= 6 && !(year && numeral.whole == 4) && ends && (valued || listed);
        }
        let section = self.begins_line(start) || matches!(before, '图' | '表' | '第' | '版');
        let month = year && numeral.decimals <= 2;
        // 工业4.0 is a name.
        let edition = numeral.decimals == 1 && low.is_integer();
        let dashed = next == '-' && self.read.at(end + 1).is_ascii_digit();
        !section && !dashed && (valued || !month && (!edition || listed))
    }

    /// The form of a number by its unit; nothing if it is no number after all.
    fn form(&self, number: &mut Number, start: usize) -> Option<Form> {
        let kind = number.kind;
        if number.unit == "成" && !self.tenths(number) {
            return None;
        }
        let place = number.start;
        Some(match kind {
            Some(Kind::Percent) => Form::Percent,
            Some(Kind::Multiple) => Form::Multiple,
            Some(Kind::Points) if self.read.follows(number.end, "个点") && !self.changes(start) => {
                (number.kind, number.unit, number.end) = (Some(Kind::Counter), "个".to_owned(), number.end - 1);
                Form::Plain
            }
            Some(Kind::Points) => Form::Points,
            Some(Kind::Places) if self.read.follows(number.end, "个位") && !self.changes(start) => return None,
            Some(Kind::Places) => Form::Places,
            Some(Kind::Counter) if number.unit == "位" => {
                let ranked = ["列", "居", "排", "排名", "排在"].iter().any(|word| self.read.follows(place, word));
                let last = self.found.last().filter(|last| last.form == Form::Rank && last.range.end + 1 == place);
                let listed = self.read.before(place, 1) == '、' && last.is_some();
                if self.changes(start) {
                    Form::Places
                } else if ranked || listed {
                    Form::Rank
                } else {
                    Form::Plain
                }
            }
            _ => Form::Plain,
        })
    }

    fn changes(&self, place: usize) -> bool {
        self.read.led_by(&self.read.units.changes, place)
    }

    /// 两成, 三成五: in per cent.
    fn tenths(&self, number: &mut Number) -> bool {
        if number.low > Decimal::TEN || !number.low.is_integer() || number.magnitude.is_some() {
            return false;
        }
        let (Some(low), high) = (raised(number.low, 1), number.high.and_then(|high| raised(high, 1))) else { return false };
        (number.low, number.high, number.unit) = (low, high, "%".to_owned());
        let more = digit(self.read.at(number.end)).filter(|more| *more > 0 && digit(self.read.at(number.end + 1)).is_none());
        if let Some(more) = more.filter(|_| number.high.is_none() && self.read.unit(number.end + 1).is_none()) {
            number.low += Decimal::from(more);
            number.end += 1;
        }
        true
    }
}

/// A value of one magnitude in another.
fn moved(value: Decimal, from: Magnitude, to: Magnitude) -> Option<Decimal> {
    match from.power().checked_sub(to.power()) {
        Some(up) => raised(value, up),
        None => lowered(value, to.power() - from.power()),
    }
}
