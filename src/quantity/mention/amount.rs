//! Amounts: a numeral with 万 and 亿, and the unit and the bounds that stand around it.

use super::lexicon::Lexicon;
use super::numeral::{Numeral, Reader, Shape};
use super::units::Kind;
use crate::quantity::Bound;
use rust_decimal::Decimal;

/// 万 and 亿: they stay with the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Magnitude {
    None,
    Wan,
    Yi,
    WanYi,
}

impl Magnitude {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Wan => "万",
            Self::Yi => "亿",
            Self::WanYi => "万亿",
        }
    }

    pub(super) const fn power(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Wan => 4,
            Self::Yi => 8,
            Self::WanYi => 12,
        }
    }

    pub(super) fn is_some(self) -> bool {
        self != Self::None
    }
}

/// A numeral with its magnitude.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) numeral: Numeral,
    pub(super) magnitude: Magnitude,
    /// The text says "and some more" (多, 余) or "about" (来) inside it.
    pub(super) more: Option<Bound>,
    /// Digits are masked.
    pub(super) masked: bool,
    /// No number is said: 十几, 几百.
    pub(super) vague: bool,
    /// Where the unit begins.
    pub(super) end: usize,
}

/// A unit where it stands.
#[derive(Clone, Debug)]
pub(super) struct UnitAt {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) end: usize,
}

/// A word between a numeral and its magnitude or unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Bounds(Bound),
    Vague,
}

/// A value moved up by so many decimal places.
pub(super) fn raised(value: Decimal, power: u32) -> Option<Decimal> {
    value.checked_mul(Decimal::from(10u64.checked_pow(power)?))
}

/// A value moved down by so many decimal places.
pub(super) fn lowered(value: Decimal, power: u32) -> Option<Decimal> {
    value.checked_mul(Decimal::new(1, power)).map(|value| value.normalize())
}

impl Reader<'_> {
    /// The magnitude at a place and its length. 万万 is an old way of saying 亿.
    pub(super) fn magnitude(self, place: usize) -> (Magnitude, usize) {
        match (self.at(place), self.at(place + 1)) {
            ('万', '亿') => (Magnitude::WanYi, 2),
            ('万', '万') => (Magnitude::Yi, 2),
            ('万', _) => (Magnitude::Wan, 1),
            ('亿', _) => (Magnitude::Yi, 1),
            _ => (Magnitude::None, 0),
        }
    }

    /// Reads the amount at a place.
    pub(super) fn amount(self, place: usize) -> Option<Amount> {
        let numeral = match self.magnitude(place) {
            (Magnitude::None, _) => self.numeral(place)?,
            _ => Numeral::bare(place),
        };
        let (magnitude, end) = (Magnitude::None, numeral.end);
        let mut read = Amount { numeral, magnitude, more: None, masked: false, vague: false, end };
        if numeral.shape != Shape::Arabic && matches!(self.at(end), '几' | '数') {
            (read.vague, read.end) = (true, end + 1);
            return Some(read);
        }
        if numeral.shape == Shape::Arabic && self.has(end, "**") {
            read.masked = true;
            read.end += self.onward(end).take_while(|c| *c == '*' || c.is_ascii_digit()).count();
        }
        self.take_inside(&mut read);
        let (magnitude, len) = self.magnitude(read.end);
        if magnitude.is_some() && !read.vague {
            read.magnitude = magnitude;
            read.end += len;
            if read.more.is_none() {
                self.take_rest(&mut read);
                self.take_inside(&mut read);
            }
            // 两万多亿
            if read.magnitude == Magnitude::Wan && read.more.is_some() && self.at(read.end) == '亿' {
                (read.magnitude, read.end) = (Magnitude::WanYi, read.end + 1);
            }
        }
        Some(read)
    }

    /// Takes 多, 余 or 来 that stands before a magnitude or a unit.
    fn take_inside(self, read: &mut Amount) {
        let word = match self.at(read.end) {
            '多' | '余' => Inside::Bounds(Bound::AtLeast),
            '来' => Inside::Bounds(Bound::About),
            '几' | '数' => Inside::Vague,
            _ => return,
        };
        let next = read.end + 1;
        if read.more.is_some() || !(self.magnitude(next).0.is_some() || self.units.units.longest(self.onward(next)).is_some()) {
            return;
        }
        read.end = next;
        match word {
            Inside::Bounds(bound) => read.more = Some(bound),
            Inside::Vague => read.vague = true,
        }
    }

    /// Takes what follows 万 or 亿 within one number: 1亿2千万, 一万二千, 三万五, 5万8000.
    fn take_rest(self, read: &mut Amount) {
        if read.numeral.high.is_some() || read.masked {
            return;
        }
        let nought = self.at(read.end) == '〇';
        let from = read.end + usize::from(nought);
        let arabic = self.at(from).is_ascii_digit();
        let Some(part) = self.numeral(from).filter(|part| part.high.is_none() && !matches!(part.shape, Shape::Digits | Shape::Bare)) else {
            return;
        };
        if arabic != (read.numeral.shape == Shape::Arabic) {
            return;
        }
        let more = matches!(self.at(part.end), '多' | '余') && self.magnitude(part.end + 1).0.is_some();
        let (magnitude, len) = self.magnitude(part.end + usize::from(more));
        let end = part.end + usize::from(more) + len;
        let power = read.magnitude.power();
        let taken = if read.magnitude == Magnitude::Wan && magnitude == Magnitude::Yi {
            // 一万六千亿
            lowered(part.low, 4).filter(|part| *part < Decimal::ONE).map(|part| (part, end, Magnitude::WanYi))
        } else if magnitude.is_some() {
            let mut lesser = Amount { numeral: part, magnitude, more: None, masked: false, vague: false, end };
            if magnitude.power() < power {
                self.take_rest(&mut lesser);
                lowered(lesser.numeral.low, power - magnitude.power()).map(|part| (part, lesser.end, read.magnitude))
            } else {
                None
            }
        } else {
            self.loose(read, part, nought).and_then(|value| lowered(value, power)).map(|part| (part, end, read.magnitude))
        };
        let Some((part, end, magnitude)) = taken.filter(|(part, ..)| *part < Decimal::ONE) else { return };
        let Some(low) = read.numeral.low.checked_add(part) else { return };
        read.numeral.low = low;
        (read.end, read.magnitude) = (end, magnitude);
        if more {
            read.more = Some(Bound::AtLeast);
        }
    }

    /// What a numeral without a magnitude adds behind 万 or 亿: 1万2千, 5万8000, 三万五, 三万零五.
    fn loose(self, read: &Amount, part: Numeral, nought: bool) -> Option<Decimal> {
        if part.shape == Shape::Arabic {
            let four = part.whole == 4 && part.decimals == 0 && read.magnitude == Magnitude::Wan;
            let unit = self.units.units.longest(self.onward(part.end)).map(|(_, unit)| unit.kind);
            return ((part.scaled || four) && unit != Some(Kind::None)).then_some(part.low);
        }
        match (nought, part.low < Decimal::TEN, read.magnitude) {
            (false, true, magnitude) => raised(part.low, magnitude.power().saturating_sub(1)),
            (true, ..) | (_, _, Magnitude::Wan) => Some(part.low),
            _ => None,
        }
    }

    /// The unit at a place, with what it is counted per (元/平方米).
    pub(super) fn unit(self, place: usize) -> Option<UnitAt> {
        let (len, unit) = self.units.units.longest(self.onward(place))?;
        let end = place + len;
        let found = UnitAt { kind: unit.kind, name: unit.name.clone(), end };
        if !matches!(unit.kind, Kind::Measure | Kind::Counter) || self.at(end) != '/' {
            return Some(found);
        }
        let measure = self.units.units.longest(self.onward(end + 1)).filter(|(_, unit)| unit.kind != Kind::None);
        let per = self.units.per.longest(self.onward(end + 1));
        let below = match (per, measure) {
            (Some((len, name)), measure) if measure.is_none_or(|(other, _)| len >= other) => Some((len, name)),
            (_, Some((len, unit))) => Some((len, &unit.name)),
            _ => None,
        };
        Some(match below {
            Some((len, name)) => UnitAt { name: format!("{}/{name}", unit.name), end: end + 1 + len, ..found },
            None => found,
        })
    }

    /// The bound in the words before a place, and where they begin; none of them before `floor`.
    pub(super) fn bound_before(self, place: usize, floor: usize) -> (usize, Option<Bound>) {
        let (outer, bound) = self.one_bound_before(place, floor);
        if bound.is_none() {
            return (place, None);
        }
        // 控制在不超过
        (self.one_bound_before(outer, floor).0, bound)
    }

    fn one_bound_before(self, place: usize, floor: usize) -> (usize, Option<Bound>) {
        let end = place - usize::from(self.before(place, 1) == '了');
        match self.units.before.longest(self.back(end)) {
            Some((len, &Some(bound))) if end >= floor + len => (end - len, Some(bound)),
            _ => (place, None),
        }
    }

    /// The bound in the words at a place, and where they end.
    pub(super) fn bound_after(self, place: usize) -> (usize, Option<Bound>) {
        match self.units.after.longest(self.onward(place)) {
            Some((len, &Some(bound))) => (place + len, Some(bound)),
            _ => (place, None),
        }
    }

    /// Whether the words before a place end in one of a list, behind which 了, 约 or 到 may stand.
    pub(super) fn led_by(self, words: &Lexicon<bool>, place: usize) -> bool {
        for end in (place.saturating_sub(4)..=place).rev() {
            if let Some((_, &says)) = words.longest(self.back(end)) {
                return says;
            }
            if !matches!(self.before(end, 1), '了' | '约' | '近' | '到' | '至' | '的' | '超') {
                break;
            }
        }
        false
    }
}
