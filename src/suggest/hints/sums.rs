//! Sums that do not come out: what is stated of this year, of the year before, and of the way from one to the other.

use super::months::Months;
use super::{Hint, Placed, plain, printed};
use crate::annotation::KindId;
use crate::quantity::{Basis, Bound, Measure, Quantity, Stated};
use crate::report::Report;
use crate::text::Pos;
use crate::text::shadow::fold;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What is counted: the report in the file, the indicator, its place and its scope.
type Series = (Option<Pos>, String, String, String);
/// The levels of each series and time.
type Levels<'a> = BTreeMap<(Series, Months), Vec<(&'a KindId, Level)>>;

/// A series that has more levels than this at one time is several under one name.
const FEW: usize = 4;
/// What grows at constant prices by custom, while its level is at those of the year.
const AT_CONSTANT_PRICES: [&str; 4] = ["生产总值", "gdp", "增加值", "总产值"];
/// Words by which a growth is not that of the levels as they are printed.
const ON_OTHER_GROUND: [&str; 5] = ["可比", "不变价", "实际增", "同口径", "扣除"];

/// Growth and changes that none of the levels beside them give, by more than rounding.
pub(super) fn hints(report: &Report, tags: &[Placed<'_>]) -> Vec<Hint> {
    let mut levels = Levels::new();
    for placed in tags {
        let level = placed.only(Measure::Level).and_then(|quantity| Level::of(&quantity.stated));
        if let (Some(series), Some(months), Some(level)) = (series(report, placed), placed.months(), level) {
            levels.entry((series, months)).or_default().push((&placed.tag.kind, level));
        }
    }
    tags.iter().flat_map(|placed| of_tag(report, placed, &levels)).collect()
}

fn series(report: &Report, placed: &Placed<'_>) -> Option<Series> {
    let part = report.part_at(placed.span.start()).map(|part| part.span.start());
    (!placed.name.is_empty()).then(|| (part, placed.name.clone(), placed.said("place"), placed.said("scope")))
}

fn of_tag(report: &Report, placed: &Placed<'_>, levels: &Levels<'_>) -> Vec<Hint> {
    let series = series(report, placed);
    let of_time = |months: Option<Months>, is_of_kind: &dyn Fn(&KindId) -> bool| -> Vec<Level> {
        let found = series.clone().zip(months).and_then(|key| levels.get(&key)).filter(|all| all.len() <= FEW);
        found.into_iter().flatten().filter(|(kind, _)| is_of_kind(kind)).map(|(_, level)| level.clone()).collect()
    };
    let (growth, change) = (placed.only(Measure::Growth), placed.only(Measure::Change));
    if growth.is_none() && change.is_none() {
        return Vec::new();
    }
    let states_levels = placed.tag.quantities.iter().any(|quantity| quantity.measure == Measure::Level);
    let now: Vec<Level> = if states_levels {
        placed.only(Measure::Level).and_then(|quantity| Level::of(&quantity.stated)).into_iter().collect()
    } else {
        of_time(placed.months(), &|kind| *kind == placed.tag.kind)
    };
    // What a target or a promise said of last year is not what last year was.
    let last_year = of_time(placed.months().map(Months::year_before), &|kind| kind.as_str() == "indicator");
    let changed = change.and_then(|change| misfit(change, &now, &last_year));
    let mut before: Vec<Level> = now.iter().filter_map(|level| level.before(&change?.stated)).collect();
    before.extend(last_year);
    let grown = growth.and_then(|growth| misfit(growth, &now, &before)).filter(|_| !is_on_other_ground(report, placed));
    let hints = [("growth_does_not_fit", grown), ("change_does_not_fit", changed)];
    hints.into_iter().filter_map(|(key, says)| Some(placed.hint(key, says?))).collect()
}

/// Why no two levels give a growth or change: two of them, what they would give, and what is stated. Nothing if some do.
fn misfit(said: &Quantity, now: &[Level], before: &[Level]) -> Option<[String; 4]> {
    let stated = Range::of(&said.stated)?;
    let mut ways = now.iter().flat_map(|now| before.iter().filter_map(move |before| Some((now, before, way(said, now, before)?))));
    let (first, earlier, way) = ways.next()?;
    if way.meets(stated) || ways.any(|(.., way)| way.meets(stated)) {
        return None;
    }
    let places = said.stated.value.map_or(0, |value| value.scale());
    let would_be = match said.measure {
        Measure::Growth => way.middle.round_dp(places.max(1)),
        _ => way.middle.checked_div(magnitude(&said.stated.unit)?)?.round_dp(places),
    };
    Some([printed(&first.stated), printed(&earlier.stated), format!("{would_be}{}", said.stated.unit), printed(&said.stated)])
}

/// What two levels give in the terms in which it is stated; nothing where the units do not allow it.
fn way(said: &Quantity, now: &Level, before: &Level) -> Option<Range> {
    let (unit, noun) = (said.stated.unit.as_str(), now.noun());
    let is_rate = noun.ends_with(['%', '‰']);
    match said.measure {
        _ if noun != before.noun() => None,
        Measure::Growth if unit == "%" && !is_rate => now.range.growth_from(before.range),
        Measure::Change if !is_rate && without_magnitude(unit) == noun => now.range.minus(before.range),
        Measure::Change if noun == "%" && unit.ends_with("百分点") => now.range.minus(before.range),
        _ => None,
    }
}

/// Whether a growth is counted at constant prices or otherwise not from the levels as they are printed.
fn is_on_other_ground(report: &Report, placed: &Placed<'_>) -> bool {
    let sentence = report.sentence_at(placed.span.start()).map_or(placed.span, |sentence| sentence.union(placed.span));
    let (name, words) = (fold(&placed.name), plain(report, sentence));
    AT_CONSTANT_PRICES.iter().any(|word| name.contains(word)) || ON_OTHER_GROUND.iter().any(|word| words.contains(word))
}

impl Placed<'_> {
    /// Its one quantity of a measure, those against the period before left out; none if there are several.
    fn only(&self, measure: Measure) -> Option<&Quantity> {
        let mut all = self.tag.quantities.iter().filter(|quantity| quantity.measure == measure && quantity.basis != Basis::Mom);
        let first = all.next();
        first.filter(|_| all.next().is_none())
    }
}

/// A level as it is printed, and what it may stand for.
#[derive(Clone)]
struct Level {
    stated: Stated,
    range: Range,
}

impl Level {
    fn of(stated: &Stated) -> Option<Self> {
        Some(Self { range: Range::of(stated)?, stated: stated.clone() })
    }

    /// The level before a change in the same unit.
    fn before(&self, change: &Stated) -> Option<Self> {
        let by = Range::of(change).filter(|_| change.unit == self.stated.unit)?;
        let value = self.stated.value?.checked_sub(change.value?)?;
        Some(Self { range: self.range.minus(by)?, stated: Stated { value: Some(value), ..self.stated.clone() } })
    }

    fn noun(&self) -> &str {
        without_magnitude(&self.stated.unit)
    }
}

/// A number in the standard unit, and the ends between which the one lies that it was rounded from.
#[derive(Clone, Copy)]
struct Range {
    low: Decimal,
    middle: Decimal,
    high: Decimal,
}

impl Range {
    /// Of a number that is printed as it is: half a unit of its last digit to either side.
    fn of(stated: &Stated) -> Option<Self> {
        let value = stated.value.filter(|_| stated.bound == Bound::Exact && stated.high.is_none())?;
        let half = Decimal::try_new(5, value.scale() + 1).ok()?;
        let magnitude = magnitude(&stated.unit)?;
        Some(Self {
            low: value.checked_sub(half)?.checked_mul(magnitude)?,
            middle: value.checked_mul(magnitude)?,
            high: value.checked_add(half)?.checked_mul(magnitude)?,
        })
    }

    fn minus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_sub(other.high)?,
            middle: self.middle.checked_sub(other.middle)?,
            high: self.high.checked_sub(other.low)?,
        })
    }

    /// By how many per cent it is more than another.
    fn growth_from(self, before: Self) -> Option<Self> {
        if before.low <= Decimal::ZERO || self.low < Decimal::ZERO {
            return None;
        }
        let hundred = Decimal::ONE_HUNDRED;
        let growth = |now: Decimal, before: Decimal| now.checked_div(before)?.checked_mul(hundred)?.checked_sub(hundred);
        Some(Self {
            low: growth(self.low, before.high)?,
            middle: growth(self.middle, before.middle)?,
            high: growth(self.high, before.low)?,
        })
    }

    fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// What one of a unit is in the standard unit.
fn magnitude(unit: &str) -> Option<Decimal> {
    // 百分点 without 个 begins like a hundred of something.
    if unit.ends_with("百分点") {
        return Some(Decimal::ONE);
    }
    Stated { value: Some(Decimal::ONE), unit: unit.to_owned(), ..Stated::default() }.standard_value()
}

/// A unit without the magnitude that its standard value has in it.
fn without_magnitude(unit: &str) -> &str {
    ["万亿", "亿", "万", "千", "百"].iter().find_map(|magnitude| unit.strip_prefix(magnitude)).unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Made, found, keys};
    use super::*;

    const TEXT: &str = "2019年财政收入92.4亿元，增长6.1%，2018年为87.1亿元。按可比口径计算，税收80亿元，增长9%。";

    fn named<'a>(name: &'a str, period: &'a str) -> [(&'a str, &'a str); 2] {
        [("indicator_name", name), ("period", period)]
    }

    /// The hints for a growth of 2019 beside a level of 2018.
    fn growth(now: &str, growth: &str, before: &str) -> Vec<&'static str> {
        let (this, last) = (named("财政收入", "2019"), named("财政收入", "2018年"));
        let this: Made<'_> = ("indicator", "财政收入92.4亿元，增长6.1%", &this, &[(Measure::Level, now), (Measure::Growth, growth)]);
        keys(TEXT, &[this, ("indicator", "2018年为87.1亿元", &last, &[(Measure::Level, before)])])
    }

    #[test]
    fn growth_fits_as_far_as_it_was_rounded() {
        for (now, percent, before) in [
            ("92.4亿元", "增长6.1%", "87.1亿元"),
            ("92.4亿元", "增长6%", "87.1亿元"),
            // 91.5 to 92.5 over 86.5 to 87.5 is a growth of 4.6% to 6.9%.
            ("92亿元", "增长6.9%", "87亿元"),
            ("92亿元", "增长4.6%", "87亿元"),
            ("92.4亿元", "增长7%左右", "87.1亿元"),
            ("超过92.4亿元", "增长7.1%", "87.1亿元"),
            ("0.01万亿元", "增长14.8%", "87.1亿元"),
            ("87.1亿元", "下降5.7%", "92.4亿元"),
            ("92.4亿元", "增长7.1%", "87.1万人"),
            ("92.4%", "增长7.1%", "87.1%"),
        ] {
            assert!(!growth(now, percent, before).contains(&"growth_does_not_fit"), "{now} {percent} {before}");
        }
        for (now, percent, before) in [
            ("92.4亿元", "增长6.3%", "87.1亿元"),
            ("92亿元", "增长7.0%", "87亿元"),
            ("92.4亿元", "增长60.8%", "87.1亿元"),
            ("87.1亿元", "增长5.7%", "92.4亿元"),
            ("92400万元", "增长6.1%", "87.1亿元"),
        ] {
            assert_eq!(growth(now, percent, before), ["growth_does_not_fit"], "{now} {percent} {before}");
        }
    }

    #[test]
    fn it_says_what_it_would_be() {
        let (this, last) = (named("财政收入", "2019"), named("财政收入", "2018"));
        let growth: Made<'_> = ("indicator", "增长6.1%", &this, &[(Measure::Growth, "增长7.1%")]);
        let level: Made<'_> = ("indicator", "财政收入92.4亿元", &this, &[(Measure::Level, "92.4亿元")]);
        let before: Made<'_> = ("indicator", "2018年为87.1亿元", &last, &[(Measure::Level, "87.1亿元")]);
        let says: Vec<String> = ["92.4亿元", "87.1亿元", "6.1%", "7.1%"].map(str::to_owned).into();
        assert_eq!(found(TEXT, &[growth, level, before]), [("growth_does_not_fit", "增长6.1%".to_owned(), says)]);
    }

    #[test]
    fn only_what_belongs_together_is_compared() {
        let this = named("财政收入", "2019");
        let growth: Made<'_> =
            ("indicator", "财政收入92.4亿元，增长6.1%", &this, &[(Measure::Level, "92.4亿元"), (Measure::Growth, "增长9%")]);
        let numbers: &[(Measure, &str)] = &[(Measure::Level, "87.1亿元")];
        let before = "2018年为87.1亿元";
        let other_place = [("indicator_name", "财政收入"), ("period", "2018"), ("place", "青山县")];
        let other_scope = [("indicator_name", "财政收入"), ("period", "2018"), ("scope", "全口径")];
        let (year, half, other_name) = (named("财政收入", "2018"), named("财政收入", "2018-H1"), named("税收", "2018"));
        assert_eq!(keys(TEXT, &[growth, ("indicator", before, &year, numbers)]), ["growth_does_not_fit"]);
        let apart: [Made<'_>; 5] = [
            ("indicator", before, &other_place, numbers),
            ("indicator", before, &other_scope, numbers),
            ("indicator", before, &half, numbers),
            ("indicator", before, &other_name, numbers),
            ("target", before, &year, numbers),
        ];
        for apart in apart {
            assert!(keys(TEXT, &[growth, apart]).is_empty(), "{apart:?}");
        }
        let right: Made<'_> = ("indicator", before, &year, &[(Measure::Level, "84.8亿元")]);
        assert!(keys(TEXT, &[growth, ("indicator", before, &year, numbers), right]).is_empty(), "one of two levels fits");
    }

    #[test]
    fn constant_prices_are_another_ground() {
        let of_gdp = named("地区生产总值", "2019");
        let (tax, named_tax) = ("税收80亿元，增长9%", named("税收", "2019"));
        let numbers = |growth: &'static str| [(Measure::Level, "80亿元"), (Measure::Change, "10亿元"), (Measure::Growth, growth)];
        assert!(keys(TEXT, &[("indicator", "财政收入92.4亿元", &of_gdp, &numbers("9%"))]).is_empty());
        assert!(keys(TEXT, &[("indicator", tax, &named_tax, &numbers("9%"))]).is_empty());
        // The level before is that of now without the change, 70亿元: 14.3%.
        let elsewhere: Made<'_> = ("indicator", "财政收入92.4亿元", &named_tax, &numbers("9%"));
        assert_eq!(keys(TEXT, &[elsewhere]), ["growth_does_not_fit"]);
        assert!(keys(TEXT, &[("indicator", "财政收入92.4亿元", &named_tax, &numbers("14.3%"))]).is_empty());
    }

    #[test]
    fn changes_fit_too() {
        let (this, last) = (named("城镇化率", "2019"), named("城镇化率", "2018"));
        let now = |change: &'static str| [(Measure::Level, "65.2%"), (Measure::Change, change)];
        let before: Made<'_> = ("indicator", "2018年为87.1亿元", &last, &[(Measure::Level, "63.9%")]);
        let keys_of = |numbers: &[(Measure, &str)]| keys(TEXT, &[("indicator", "财政收入92.4亿元", &this, numbers), before]);
        assert!(keys_of(&now("1.3个百分点")).is_empty());
        assert!(keys_of(&now("1.4个百分点")).is_empty(), "65.25 less 63.85");
        assert_eq!(keys_of(&now("1.6个百分点")), ["change_does_not_fit"]);
    }
}
