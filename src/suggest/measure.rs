//! What a number says of its indicator: level, growth, change, share, rank, completion or gap; against what, and with
//! which sign.

use super::lexicon::{Cue, Measures};
use super::line::{Line, Word};
use crate::quantity::{Basis, Bound, Form, Measure, Mention, Quantity};
use std::ops::Range;

/// A number with what it says.
#[derive(Clone, Debug)]
pub(super) struct Read {
    /// Its characters with the words that bound it.
    pub range: Range<usize>,
    pub quantity: Quantity,
    /// Whether it is the change of a growth (降幅收窄8.2个百分点).
    pub of_growth: bool,
}

/// Reads a number by the words between `from` and it. `before` is the number in front of it in the same list, `measures`
/// what is known of the indicator.
pub(super) fn read(line: &Line<'_>, from: usize, mention: &Mention, before: Option<&Read>, measures: Option<Measures>) -> Read {
    let window = from..mention.range.start.max(from);
    // Words that bound a number may reach into it: 超过目标1.2个百分点, 约占95%.
    let words = line.words_in(from..mention.number.start);
    let only_joined = line.text(window.clone()).chars().all(|c| "、和与及".contains(c));
    if let (Some(before), true) = (before, only_joined) {
        let mut quantity = before.quantity.clone();
        let falls = quantity.stated.value.is_some_and(|value| value.is_sign_negative());
        quantity.stated = signed(mention, falls);
        quantity.words = line.text(mention.range.clone());
        return Read { range: mention.range.clone(), quantity, of_growth: before.of_growth };
    }
    let direction = direction(line, words, mention);
    let measure = said(line, mention).unwrap_or_else(|| measure(line, words, mention, measures, direction));
    let moves = matches!(measure, Measure::Growth | Measure::Change);
    let behind = |word: &Word<'_>| ["低于", "低出", "落后", "慢于"].iter().any(|behind| line.text(word.range.clone()).starts_with(behind));
    let below = measure == Measure::Gap && words.iter().any(behind);
    let falls = moves && direction == Some(Direction::Down) || below;
    let of_growth = measure == Measure::Change && words.iter().any(|word| word.cues.contains(&Cue::GrowthNoun));
    let basis = if !moves {
        Basis::None
    } else if has(words, Cue::Mom) || line.text(from.saturating_sub(8)..mention.range.start).contains("环比") {
        Basis::Mom
    } else {
        Basis::Yoy
    };
    let mut quantity = Quantity { measure, basis, stated: signed(mention, falls), words: line.text(mention.range.clone()) };
    if matches!(quantity.stated.unit.as_str(), "万" | "亿" | "千万" | "百万") {
        let behind = line.text(mention.range.end..mention.range.end + 12);
        quantity.stated.unit.push_str(line.lexicon().unit_of(&behind).unwrap_or_default());
    }
    if let Some(said) = with_its_verb(line, words, mention, &quantity) {
        quantity.words = said;
    }
    if is_price_growth(&quantity, measures) {
        // 居民消费价格指数为6.4: an index of prices that small is the growth of one.
        (quantity.measure, quantity.basis, quantity.stated.unit) = (Measure::Growth, Basis::Yoy, "%".to_owned());
    }
    Read { range: mention.range.clone(), quantity, of_growth }
}

/// The parts of a ratio, which are shares of a whole: 3.5:49.0:47.4.
pub(super) fn parts_of_ratio(line: &Line<'_>, mention: &Mention) -> Option<Vec<Read>> {
    let text = line.text(mention.number.clone());
    let parts: Vec<rust_decimal::Decimal> = text.split(':').filter_map(|part| part.parse().ok()).collect();
    let whole: rust_decimal::Decimal = parts.iter().sum();
    let near = |one: i64| (whole - rust_decimal::Decimal::from(one)).abs() <= rust_decimal::Decimal::ONE;
    if mention.form != Form::Ratio || parts.len() < 3 || !near(100) {
        return None;
    }
    let read = |value: rust_decimal::Decimal| {
        let stated = crate::quantity::Stated { value: Some(value), unit: "%".to_owned(), ..crate::quantity::Stated::default() };
        let quantity = Quantity { measure: Measure::Share, basis: Basis::None, stated, words: value.to_string() };
        Read { range: mention.range.clone(), quantity, of_growth: false }
    };
    Some(parts.into_iter().map(read).collect())
}

/// Whether a number without a unit is the growth of an index of prices, which itself is near 1 or 100.
fn is_price_growth(quantity: &Quantity, measures: Option<Measures>) -> bool {
    let small = |value: rust_decimal::Decimal| value.abs() > rust_decimal::Decimal::TWO && value.abs() < rust_decimal::Decimal::from(50);
    let no_unit = quantity.stated.unit.is_empty() && quantity.measure == Measure::Level;
    no_unit && measures == Some(Measures::PriceIndex) && quantity.stated.value.is_some_and(small)
}

/// The words of a number with the verb in front of it, where they say the same when they are read alone: 同比下降5.6%.
fn with_its_verb(line: &Line<'_>, words: &[Word<'_>], mention: &Mention, quantity: &Quantity) -> Option<String> {
    let last = words.last().filter(|word| word.is_any(&[Cue::Rise, Cue::Fall]) && word.range.end == mention.range.start)?;
    let before = words.iter().rev().nth(1).filter(|word| word.is_any(&[Cue::Yoy, Cue::Mom]) && word.range.end == last.range.start);
    let said = line.text(before.map_or(last.range.start, |before| before.range.start)..mention.range.end);
    (crate::quantity::stated(&said).ok()? == quantity.stated).then_some(said)
}

/// What the word itself says, where a word states the number.
fn said(line: &Line<'_>, mention: &Mention) -> Option<Measure> {
    let words = line.words_in(mention.range.clone());
    let word = words.iter().find(|word| word.range == mention.range && word.cues.contains(&Cue::StatedNumber))?;
    Measure::from_key(&line.lexicon().stated_number(&line.text(word.range.clone()))?.measure)
}

/// What a mention states, negative where it falls.
fn signed(mention: &Mention, falls: bool) -> crate::quantity::Stated {
    let mut stated = mention.stated.clone();
    if falls {
        let (value, high) = (stated.value.map(|value| -value.abs()), stated.high.map(|high| -high.abs()));
        (stated.value, stated.high) = if high.is_some() { (high, value) } else { (value, None) };
        stated.bound = match stated.bound {
            Bound::AtLeast => Bound::AtMost,
            Bound::AtMost => Bound::AtLeast,
            other => other,
        };
    }
    stated
}

fn has(words: &[Word<'_>], cue: Cue) -> bool {
    words.iter().any(|word| word.cues.contains(&cue))
}

/// Which way a number goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// Which way the words in front of a number say it goes.
fn direction(line: &Line<'_>, words: &[Word<'_>], mention: &Mention) -> Option<Direction> {
    // A fall that narrows is a rise of the rate; one that widens is a fall.
    let of_fall = has(words, Cue::FallNoun);
    if has(words, Cue::Narrow) {
        return Some(if of_fall { Direction::Up } else { Direction::Down });
    }
    if has(words, Cue::Widen) && (of_fall || has(words, Cue::GrowthNoun)) {
        return Some(if of_fall { Direction::Down } else { Direction::Up });
    }
    let told = words.iter().rev().find(|word| {
        let short = word.range.len() == 1;
        // A single character means it only right in front of the number.
        let close =
            word.range.end == mention.range.start || word.range.end + 1 == mention.range.start && line.at(word.range.end) == Some('了');
        word.is_any(&[Cue::Rise, Cue::Fall]) && (!short || close)
    })?;
    Some(if told.cues.contains(&Cue::Fall) { Direction::Down } else { Direction::Up })
}

fn measure(line: &Line<'_>, words: &[Word<'_>], mention: &Mention, measures: Option<Measures>, direction: Option<Direction>) -> Measure {
    let last = |cues: &[Cue]| words.iter().rposition(|word| word.is_any(cues));
    // 增长达到8.6% is a growth; 增长到 is where it ended.
    let arrived = last(&[Cue::Arrive]).filter(|&at| {
        let before = at.checked_sub(1).and_then(|before| words.get(before)).filter(|before| before.is_any(&[Cue::Rise, Cue::Fall]));
        let here = words.get(at);
        !here.is_some_and(|here| {
            line.text(here.range.clone()) == "达到" && before.is_some_and(|before| before.range.end == here.range.start)
        })
    });
    let moved = direction.and_then(|_| last(&[Cue::Rise, Cue::Fall]));
    let arrives = match (arrived, moved) {
        (Some(arrived), Some(moved)) => arrived > moved,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let said = line.text(words.first().map_or(mention.range.start, |word| word.range.start)..mention.number.start);
    let against = has(words, Cue::GapAgainst) || ["目标", "平均", "全国", "全省", "全市", "水平"].iter().any(|word| said.contains(word));
    let gap = against && (has(words, Cue::Gap) || said.contains("超过"));
    match mention.form {
        Form::Rank => Measure::Rank,
        Form::Places => Measure::Change,
        Form::Points if gap && !has(words, Cue::Mom) && !has(words, Cue::Yoy) => Measure::Gap,
        Form::Points => Measure::Change,
        Form::Percent if mention.stated.bound == Bound::Relative => Measure::Growth,
        Form::Percent | Form::Fraction => {
            let growth = moved.is_some() && !arrives || has(words, Cue::GrowthNoun) && !has(words, Cue::Share);
            let rate = measures == Some(Measures::Rate)
                && words.iter().filter(|word| word.is_any(&[Cue::Rise, Cue::Fall])).all(|word| word.cues.contains(&Cue::GrowthNoun));
            if has(words, Cue::Completion) || has(words, Cue::Share) && is_of_a_plan(line, words, mention) {
                Measure::Completion
            } else if has(words, Cue::Share) && (arrives || moved <= last(&[Cue::Share])) {
                Measure::Share
            } else if line.at(mention.range.end) == Some('的') && words.is_empty() {
                // 98%的行政审批事项实现网上办理
                Measure::Share
            } else if growth && !rate || measures == Some(Measures::Growth) {
                Measure::Growth
            } else if measures == Some(Measures::Share) || says_share(line, words, mention) {
                Measure::Share
            } else {
                Measure::Level
            }
        }
        Form::Multiple if direction.is_some() || line.text(mention.range.clone()).contains('翻') => Measure::Growth,
        Form::Plain if moved.is_some() && !arrives && is_close(words, mention) && measures != Some(Measures::Growth) => Measure::Change,
        Form::Plain if measures == Some(Measures::Growth) && mention.stated.unit.is_empty() => Measure::Growth,
        Form::Plain | Form::Multiple | Form::Ratio => Measure::Level,
    }
}

/// Whether a level is a share by its name, which may hide the word: 服务业比重从45.3%上升到51.6%.
fn says_share(line: &Line<'_>, words: &[Word<'_>], mention: &Mention) -> bool {
    let clause = line.clauses.iter().find(|clause| clause.range.contains(&mention.range.start));
    let from = clause.map_or(mention.range.start, |clause| clause.range.start);
    let before = line.text(from..mention.range.start);
    (before.contains("比重") || before.contains("占比")) && !words.iter().any(|word| word.cues.contains(&Cue::GrowthNoun))
}

/// Whether a share is that of a plan: 占规划总投资的65.5%.
fn is_of_a_plan(line: &Line<'_>, words: &[Word<'_>], mention: &Mention) -> bool {
    let Some(share) = words.iter().rfind(|word| word.cues.contains(&Cue::Share)) else { return false };
    let whole = line.text(share.range.end..mention.range.start);
    ["计划", "规划", "任务", "目标", "预算", "总投资"].iter().any(|word| whole.trim_end_matches('的').ends_with(word))
}

/// Whether the word of moving stands right in front of the number.
fn is_close(words: &[Word<'_>], mention: &Mention) -> bool {
    let told = words.iter().rev().find(|word| word.is_any(&[Cue::Rise, Cue::Fall]));
    told.is_some_and(|word| word.range.end + 1 >= mention.range.start)
}
