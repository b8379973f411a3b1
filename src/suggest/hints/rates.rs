//! Per cent where percentage points are meant, and points where no rate is spoken of.

use super::{Hint, Placed, plain, words};
use crate::quantity::{Measure, Quantity};
use crate::report::Report;
use regex::Regex;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// How names of rates end: what is a number of a hundred itself.
const RATES: [&str; 7] = ["率", "占比", "佔比", "比重", "比例", "份额", "份額"];
/// How names end that say how fast something grows: 8% is what they are, not how they change.
const SPEEDS: [&str; 5] = ["增速", "增幅", "降幅", "增长率", "增長率"];
/// What ends like a rate and is no number of a hundred, or is so small that its change is stated in per cent of itself.
const OTHERS: [&str; 18] = [
    "汇率",
    "匯率",
    "效率",
    "生产率",
    "生產率",
    "功率",
    "频率",
    "頻率",
    "速率",
    "容积率",
    "容積率",
    "死亡率",
    "发病率",
    "發病率",
    "发案率",
    "發案率",
    "事故率",
    "犯罪率",
];

/// Words of one clause in which a rate moves by per cent: 失业率比上年末下降0.2%. 率先 and 率领 speak of no rate.
static MOVES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r"(\p{Han}*?(?:率|占比|比重|比例|份额|增速|增幅|降幅))";
    let moves = "(?:提高|提升|上升|增加|增长|下降|降低|回落|减少)了?";
    Regex::new(&format!(r"{name}[^先领的,;:。、0-9]{{0,8}}{moves}([0-9]+(?:\.[0-9]+)?)%")).ok()
});

/// The quantities whose per cent or points do not suit what they are of.
pub(super) fn hints(report: &Report, tags: &[Placed<'_>]) -> Vec<Hint> {
    let is_amount = |quantity: &Quantity| {
        let unit = quantity.stated.unit.as_str();
        quantity.measure == Measure::Level && !unit.is_empty() && !unit.ends_with(['%', '‰']) && !is_points(unit)
    };
    let amounts: BTreeSet<&str> =
        tags.iter().filter(|placed| placed.tag.quantities.iter().any(is_amount)).map(|placed| placed.name.as_str()).collect();
    let mut hints = Vec::new();
    for placed in tags {
        let of_amount = !placed.name.is_empty() && amounts.contains(placed.name.as_str());
        for quantity in &placed.tag.quantities {
            let no_points = match quantity.measure {
                Measure::Level | Measure::Growth => true,
                Measure::Change => of_amount,
                Measure::Share | Measure::Rank | Measure::Completion | Measure::Gap => false,
            };
            if no_points && is_points(&quantity.stated.unit) {
                hints.push(placed.hint("points_for_level", [words(quantity)]));
            } else if is_percent_for_points(report, placed, quantity) {
                hints.push(placed.hint("percent_for_points", [words(quantity)]));
            }
        }
    }
    hints
}

fn is_points(unit: &str) -> bool {
    unit.ends_with("百分点")
}

fn is_percent_for_points(report: &Report, placed: &Placed<'_>, quantity: &Quantity) -> bool {
    let moves = matches!(quantity.measure, Measure::Growth | Measure::Change);
    if !moves || quantity.stated.unit != "%" {
        return false;
    }
    let is_change = quantity.measure == Measure::Change;
    is_rate(&placed.name) || is_change && is_speed(&placed.name) || says_so(report, placed, quantity)
}

fn is_speed(name: &str) -> bool {
    SPEEDS.iter().any(|end| name.ends_with(end))
}

fn is_rate(name: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    ends(&RATES) && !ends(&OTHERS) && !is_speed(name)
}

/// Whether the tag's words say that a rate moves by this number.
fn says_so(report: &Report, placed: &Placed<'_>, quantity: &Quantity) -> bool {
    let may = ['率', '比', '增', '降', '份'];
    let (Some(value), Some(moves), true) = (quantity.stated.value, MOVES.as_ref(), placed.tag.anchor.quote.contains(may)) else {
        return false;
    };
    let words = plain(report, placed.span);
    moves.captures_iter(&words).any(|found| {
        let group = |number| found.get(number).map_or("", |group| group.as_str());
        let of_this = group(2).parse::<Decimal>().is_ok_and(|number| number == value.abs());
        of_this && (is_rate(group(1)) || is_speed(group(1)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Made, found, keys};
    use super::*;

    #[test]
    fn a_rate_moves_by_points() {
        let text =
            "城镇化率提高1.2%，失業率下降0.2％，率先实现增长8%，劳动生产率提高6%，产值增长率回落2%，出口增速为3%，事故死亡率下降9%。";
        let growth = |name: &'static str, words: &'static str, number: &'static str| -> Vec<&'static str> {
            keys(text, &[("indicator", words, &[("indicator_name", name)], &[(Measure::Growth, number)])])
        };
        assert_eq!(growth("常住人口城镇化率", "城镇化率提高1.2%", "1.2%"), ["percent_for_points"]);
        assert_eq!(growth("", "城镇化率提高1.2%", "1.2%"), ["percent_for_points"]);
        assert_eq!(growth("登记失业", "失業率下降0.2％", "下降0.2％"), ["percent_for_points"]);
        assert_eq!(growth("", "产值增长率回落2%", "2%"), ["percent_for_points"]);
        for (name, words, number) in [
            ("", "率先实现增长8%", "8%"),
            ("全员劳动生产率", "劳动生产率提高6%", "6%"),
            ("", "劳动生产率提高6%", "6%"),
            ("出口增速", "出口增速为3%", "3%"),
            ("生产安全事故死亡率", "事故死亡率下降9%", "9%"),
        ] {
            assert!(growth(name, words, number).is_empty(), "{words}");
        }
        let points: Made<'_> = ("indicator", "城镇化率提高1.2%", &[("indicator_name", "城镇化率")], &[(Measure::Change, "1.2个百分点")]);
        assert!(keys(text, &[points]).is_empty());
        let change: Made<'_> = ("indicator", "产值增长率回落2%", &[("indicator_name", "产值增速")], &[(Measure::Change, "2%")]);
        assert_eq!(keys(text, &[change]), ["percent_for_points"]);
    }

    #[test]
    fn what_is_no_rate_has_no_points() {
        let text = "财政收入92亿元，回落2.1个百分点，高于全省平均0.8个百分点。";
        let named: &[(&str, &str)] = &[("indicator_name", "财政收入")];
        let amount: Made<'_> = ("indicator", "财政收入92亿元", named, &[(Measure::Level, "92亿元")]);
        let change: Made<'_> = ("indicator", "回落2.1个百分点", named, &[(Measure::Change, "2.1个百分点")]);
        let gap: Made<'_> = ("indicator", "高于全省平均0.8个百分点", named, &[(Measure::Gap, "0.8个百分点")]);
        let level: Made<'_> = ("indicator", "高于全省平均0.8个百分点", named, &[(Measure::Level, "0.8个百分点")]);
        assert!(keys(text, &[change, gap]).is_empty(), "nothing says that it is no rate");
        let says = vec!["2.1个百分点".to_owned()];
        assert_eq!(found(text, &[amount, change, gap]), [("points_for_level", "回落2.1个百分点".to_owned(), says)]);
        assert_eq!(keys(text, &[level]), ["points_for_level"]);
    }
}
