//! A stated quantity: value or range, unit with its magnitude, and bound.

use super::Unread;
use super::mention::{Form, Units, mentions};
use super::number::{Number, number};
use crate::text::classes::{half_width, is_space};
use rust_decimal::Decimal;

/// Declares an enum whose variants have stable English keys, as they stand in files.
macro_rules! keyed {
    ($(#[$about:meta])* $name:ident { $($(#[$one:meta])* $variant:ident = $key:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum $name { $($(#[$one])* $variant,)+ }

        impl $name {
            /// All of them, in the order people are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its key in files and in the locale.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The one with a key.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}

keyed! {
    /// What a number says about its indicator.
    Measure {
        /// The stated level, rates included.
        #[default]
        Level = "level",
        /// Growth in per cent; falls are negative.
        Growth = "growth",
        /// A change in units, percentage points or places.
        Change = "change",
        /// A share of something, in per cent.
        Share = "share",
        /// A rank; 1 is first.
        Rank = "rank",
        /// Per cent of a plan done.
        Completion = "completion",
        /// The distance to a target or an average.
        Gap = "gap",
    }
}

keyed! {
    /// What a growth or change is counted against.
    Basis {
        /// Nothing, or unsaid.
        #[default]
        None = "none",
        /// The same time a year before (同比).
        Yoy = "yoy",
        /// The period before (环比).
        Mom = "mom",
    }
}

keyed! {
    /// How the stated number limits the true one; holds for the signed number.
    Bound {
        /// Just that.
        #[default]
        Exact = "exact",
        /// 左右, 约, 近.
        About = "about",
        /// 不低于, 以上, 超过, 多.
        AtLeast = "at_least",
        /// 不超过, 以内.
        AtMost = "at_most",
        /// A range.
        Between = "between",
        /// Against another series (和经济增长基本同步).
        Relative = "relative",
        /// In words alone.
        Qualitative = "qualitative",
    }
}

/// What words say of a number, without saying of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The number, or the lower end of a range; empty where digits are masked.
    pub value: Option<Decimal>,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// The unit with its magnitude, simplified and half-width (亿元, 万亿元, %, 个百分点, 位).
    pub unit: String,
    /// How the number limits the true one.
    pub bound: Bound,
}

/// A quantity of a tag. The words are kept as typed or as they stand in the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quantity {
    /// What the number says.
    pub measure: Measure,
    /// What it is counted against.
    pub basis: Basis,
    /// What was read; of words that cannot be read, nothing.
    pub stated: Stated,
    /// The words themselves.
    pub words: String,
}

impl Quantity {
    /// The quantity that words state: points are a change, a place is a rank, per cent that grow or fall are a
    /// growth, the rest is a level.
    pub fn of_words(words: &str) -> Self {
        let stated = stated(words).unwrap_or_default();
        let plain: String = words.chars().filter(|&c| !is_space(c)).map(half_width).collect();
        let (lead, _) = take_lead(&plain);
        let measure = match (stated.unit.as_str(), lead.moves) {
            ("个百分点" | "个位次", _) => Measure::Change,
            ("位" | "名", _) => Measure::Rank,
            ("%", true) => Measure::Growth,
            (_, true) => Measure::Change,
            (_, false) => Measure::Level,
        };
        Self { measure, basis: lead.basis, stated, words: words.to_owned() }
    }
}

impl Stated {
    /// The value in the unit without its magnitude (2.69万亿元 is 2 690 000 000 000): what values of one kind are compared by.
    pub fn standard_value(&self) -> Option<Decimal> {
        let (power, _) = by_magnitude(&self.unit);
        self.value.and_then(|value| value.checked_mul(Decimal::from(10i64.checked_pow(power)?)))
    }

    /// The unit without its magnitude.
    pub fn standard_unit(&self) -> &str {
        by_magnitude(&self.unit).1
    }
}

/// The power of ten that begins a unit, and the unit without it. A unit that is one as it stands, such as 千克, has none.
fn by_magnitude(unit: &str) -> (u32, &str) {
    let magnitudes = [("亿", 8), ("万", 4), ("千", 3), ("百", 2), ("十", 1)];
    let (mut power, mut rest) = (0, unit);
    while !Units::standard().begins(rest) {
        let Some((after, more)) = magnitudes.iter().find_map(|(word, power)| Some((rest.strip_prefix(word)?, power))) else { break };
        (rest, power) = (after, power + more);
    }
    (power, rest)
}

/// What the words in front of a number say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lead {
    /// It is a fall: the number is negative.
    falls: bool,
    /// It grows or falls.
    moves: bool,
    basis: Basis,
}

/// Words that may stand in front of a number: of growth, of falling, of what it is compared with, and of promising.
const RISES: &[&str] = &["增长", "增長", "增加", "提高", "上升", "上涨", "上漲", "提升"];
const FALLS: &[&str] = &["下降", "减少", "減少", "降低", "回落", "下滑", "下跌"];
const YOY: &[&str] = &["同比", "比上年同期", "较上年同期", "較上年同期", "比上年", "较上年", "較上年", "年增"];
const MOM: &[&str] = &["环比", "環比", "比上月", "比上季", "较一季度", "較一季度"];
const ASIDE: &[&str] = &[
    "确保", "確保", "力争", "力爭", "保证", "保證", "争取", "爭取", "努力", "预计", "預計", "计划", "計劃", "达到", "達到", "达", "達",
    "实现", "實現", "完成", "位居", "位列", "名列", "排名", "排在", "列", "居", "排", "为", "為", "是", "到",
];

/// Takes the words in front of a number off the start of a text.
fn take_lead(text: &str) -> (Lead, &str) {
    let (mut lead, mut rest) = (Lead::default(), text);
    let strip = |words: &[&str], rest: &mut &str| {
        let after = words.iter().find_map(|word| rest.strip_prefix(word));
        after.inspect(|after| *rest = after).is_some()
    };
    loop {
        if strip(RISES, &mut rest) {
            lead.moves = true;
        } else if strip(FALLS, &mut rest) {
            (lead.moves, lead.falls) = (true, true);
        } else if strip(YOY, &mut rest) {
            lead.basis = Basis::Yoy;
        } else if strip(MOM, &mut rest) {
            lead.basis = Basis::Mom;
        } else if !strip(ASIDE, &mut rest) {
            return (lead, rest);
        }
    }
}

/// Words that state something without a number.
const RELATIVE: &[&str] = &["同步", "持平", "一致", "相适应", "相適應", "相匹配"];
const QUALITATIVE: &[&str] = &["稳定", "穩定", "平稳", "平穩", "合理区间", "合理區間", "有所", "稳步", "穩步"];

/// Words before a number that bound it, longest first.
const BEFORE: &[(&str, Bound)] = &[
    ("不低于", Bound::AtLeast),
    ("不低於", Bound::AtLeast),
    ("不少于", Bound::AtLeast),
    ("不少於", Bound::AtLeast),
    ("不小于", Bound::AtLeast),
    ("超过", Bound::AtLeast),
    ("超過", Bound::AtLeast),
    ("高于", Bound::AtLeast),
    ("高於", Bound::AtLeast),
    ("突破", Bound::AtLeast),
    ("至少", Bound::AtLeast),
    ("不超过", Bound::AtMost),
    ("不超過", Bound::AtMost),
    ("不高于", Bound::AtMost),
    ("不高於", Bound::AtMost),
    ("不大于", Bound::AtMost),
    ("低于", Bound::AtMost),
    ("低於", Bound::AtMost),
    ("控制在", Bound::AtMost),
    ("至多", Bound::AtMost),
    ("大约", Bound::About),
    ("大約", Bound::About),
    ("约", Bound::About),
    ("約", Bound::About),
    ("近", Bound::About),
    ("超", Bound::AtLeast),
    (">=", Bound::AtLeast),
    ("<=", Bound::AtMost),
    ("≥", Bound::AtLeast),
    ("≤", Bound::AtMost),
    ("~", Bound::About),
    ("≈", Bound::About),
];

/// Words after a unit that bound the number.
const AFTER: &[(&str, Bound)] = &[
    ("左右", Bound::About),
    ("上下", Bound::About),
    ("以上", Bound::AtLeast),
    ("以内", Bound::AtMost),
    ("以內", Bound::AtMost),
    ("以下", Bound::AtMost),
    ("多", Bound::AtLeast),
    ("余", Bound::AtLeast),
    ("餘", Bound::AtLeast),
];

/// Marks between the ends of a range.
const RANGE: &[char] = &['-', '—', '–', '－', '~', '～', '至', '到'];

/// Reads a quantity as typed: `2.69万亿元`, `６.5%左右`, `6%—6.5%`, `不低于100家`, `百分之五`, `两成`, `第5位`.
///
/// # Errors
/// Why it could not be read; nothing is read halfway.
pub fn stated(words: &str) -> Result<Stated, Unread> {
    let plain: String = words.chars().filter(|&c| !is_space(c)).map(half_width).collect();
    if plain.contains("**") {
        return Err(Unread::Masked);
    }
    let (lead, rest) = take_lead(&plain);
    let mut read = match whole_mention(rest) {
        Some((read, Form::Fraction | Form::Multiple)) => read,
        other => read_plain(rest).or_else(|why| without_number(&plain).or(other.map(|(read, _)| read)).ok_or(why))?,
    };
    if lead.falls {
        // A fall by 3% or more is a growth of −3% or less.
        let (value, high) = (read.value.map(|value| -value), read.high.map(|high| -high));
        (read.value, read.high) = if high.is_some() { (high, value) } else { (value, None) };
        read.bound = match read.bound {
            Bound::AtLeast => Bound::AtMost,
            Bound::AtMost => Bound::AtLeast,
            other => other,
        };
    }
    Ok(read)
}

/// What a text states that is one number expression from its start to its end.
fn whole_mention(text: &str) -> Option<(Stated, Form)> {
    let mention = mentions(text, Units::standard()).into_iter().next()?;
    (mention.range == (0..text.chars().count())).then_some((mention.stated, mention.form))
}

/// What is stated without a number: against another series, or in words alone.
fn without_number(words: &str) -> Option<Stated> {
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let number = words.char_indices().any(|(at, _)| words.get(at..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
    let bound = if number {
        return None;
    } else if says(RELATIVE) {
        Bound::Relative
    } else if says(QUALITATIVE) {
        Bound::Qualitative
    } else {
        return None;
    };
    Some(Stated { bound, ..Stated::default() })
}

/// Reads a quantity of which the words in front have been taken off.
fn read_plain(plain: &str) -> Result<Stated, Unread> {
    let (mut bound, mut rest) = take_bound(BEFORE, plain);
    if let Some(percent) = rest.strip_prefix("百分之") {
        let (read, after) = take_number(percent)?;
        return finish(Stated { value: Some(read.value), unit: "%".into(), bound, high: None }, after);
    }
    if let Some(top) = rest.strip_prefix('前').filter(|top| number(top).is_some()) {
        let (read, after) = take_number(top)?;
        let after = after.trim_start_matches(['位', '名', '列']);
        return finish(Stated { value: Some(read.value), unit: "位".into(), bound: Bound::AtMost, high: None }, after);
    }
    if let Some(rank) = rest.strip_prefix('第') {
        let (read, after) = take_number(rank)?;
        let after = after.trim_start_matches(['位', '名']);
        return finish(Stated { value: Some(read.value), unit: "位".into(), bound, high: None }, after);
    }
    if let Some(after) = rest.strip_prefix("一半") {
        return finish(Stated { value: Some(Decimal::from(50)), unit: "%".into(), bound, high: None }, after);
    }
    let (first, after) = take_number(rest)?;
    if first.more {
        bound = Bound::AtLeast;
    }
    rest = after;
    // 10万余人: the word for "and some more" stands inside the unit.
    let more = ["余", "餘", "多"].iter().find_map(|word| {
        let (magnitude, noun) = rest.split_once(word)?;
        (["万", "萬", "亿", "億", "千", "百", "万亿", "萬億"].contains(&magnitude) && !noun.is_empty())
            .then(|| format!("{magnitude}{noun}"))
    });
    if more.is_some() && bound == Bound::Exact {
        bound = Bound::AtLeast;
    }
    rest = more.as_deref().unwrap_or(rest);
    let (unit, high, rest) = unit_and_range(rest, first)?;
    // A fraction that is not one as a whole, as 十百分之五, is no number of parts.
    if unit.starts_with("分之") {
        return Err(Unread::LeftOver);
    }
    let mut read = Stated { value: Some(first.value), high, unit: simplified_unit(unit), bound };
    if read.unit == "成" {
        read.unit = "%".into();
        read.value = read.value.map(tenths).transpose()?;
        read.high = read.high.map(tenths).transpose()?;
    }
    if read.high.is_some() && read.bound == Bound::Exact {
        read.bound = Bound::Between;
    }
    finish(read, rest)
}

/// Tenths in per cent.
fn tenths(value: Decimal) -> Result<Decimal, Unread> {
    value.checked_mul(Decimal::TEN).ok_or(Unread::NoNumber)
}

/// The unit, the upper end if it is a range, and what is left.
fn unit_and_range(rest: &str, first: Number) -> Result<(&str, Option<Decimal>, &str), Unread> {
    let (unit, after) = take_unit(rest);
    let Some(second) = after.strip_prefix(RANGE).filter(|second| number(second).is_some()) else {
        return Ok((unit, None, after));
    };
    let (high, after) = take_number(second)?;
    let (high_unit, after) = take_unit(after);
    // 5000亿-6000亿元: the first may leave out what the second says.
    if !unit.is_empty() && !high_unit.is_empty() && !high_unit.starts_with(unit) {
        return Err(Unread::UnitsDiffer);
    }
    if high.value < first.value {
        return Err(Unread::Backwards);
    }
    Ok((if high_unit.is_empty() { unit } else { high_unit }, Some(high.value), after))
}

/// Takes a word of a table off the start of a text.
fn take_bound<'t>(table: &[(&str, Bound)], text: &'t str) -> (Bound, &'t str) {
    table.iter().find_map(|(word, bound)| Some((*bound, text.strip_prefix(word)?))).unwrap_or((Bound::Exact, text))
}

/// A bound after the unit may still follow; anything else is left over.
fn finish(mut read: Stated, rest: &str) -> Result<Stated, Unread> {
    let (bound, rest) = take_bound(AFTER, rest);
    if bound != Bound::Exact {
        read.bound = bound;
    }
    if rest.is_empty() || rest == "前" && read.unit == "位" { Ok(read) } else { Err(Unread::LeftOver) }
}

fn take_number(text: &str) -> Result<(Number, &str), Unread> {
    let read = number(text).ok_or(Unread::NoNumber)?;
    let at = text.char_indices().nth(read.taken).map_or(text.len(), |(byte, _)| byte);
    Ok((read, text.get(at..).unwrap_or("")))
}

/// The unit at the start of a text: everything up to a bound word or a mark of a range.
fn take_unit(text: &str) -> (&str, &str) {
    let stop = text
        .char_indices()
        .map(|(byte, _)| byte)
        .find(|&byte| {
            let rest = text.get(byte..).unwrap_or("");
            let range = rest.strip_prefix(RANGE).is_some_and(|after| number(after).is_some());
            range || AFTER.iter().any(|(word, _)| rest.starts_with(word)) || rest.starts_with(|c: char| c.is_ascii_digit())
        })
        .unwrap_or(text.len());
    text.split_at(stop)
}

/// A unit in simplified characters. Units are few, so the few characters that differ suffice.
fn simplified_unit(unit: &str) -> String {
    unit.chars()
        .map(|c| match c {
            '萬' => '万',
            '億' => '亿',
            '個' => '个',
            '點' => '点',
            '噸' => '吨',
            '畝' => '亩',
            '戶' => '户',
            '頃' => '顷',
            '標' => '标',
            '準' => '准',
            '項' => '项',
            '幾' => '几',
            '條' => '条',
            '張' => '张',
            '輛' => '辆',
            '圓' => '元',
            '臺' => '台',
            '間' => '间',
            '場' => '场',
            '級' => '级',
            '歲' => '岁',
            '時' => '时',
            '單' => '单',
            '瓩' => '千',
            '歐' => '欧',
            '鎊' => '镑',
            '緡' => '缗',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<String, Unread> {
        stated(words).map(|s| {
            let value = s.value.map_or("-".into(), |v| v.normalize().to_string());
            let high = s.high.map_or(String::new(), |v| format!("..{}", v.normalize()));
            format!("{value}{high} {} {}", s.unit, s.bound.key())
        })
    }

    #[test]
    fn quantities_as_typed() {
        let cases = [
            ("2.69万亿元", "2.69 万亿元 exact"),
            ("６.5%左右", "6.5 % about"),
            ("3%以内", "3 % at_most"),
            ("5.7个百分点", "5.7 个百分点 exact"),
            ("近1.5亿人次", "1.5 亿人次 about"),
            ("40多万", "40 万 at_least"),
            ("50多万家", "50 万家 at_least"),
            ("两成", "20 % exact"),
            ("一半以上", "50 % at_least"),
            ("百分之五", "5 % exact"),
            ("8 ％", "8 % exact"),
            ("6%—6.5%", "6..6.5 % between"),
            ("6.5至7%", "6.5..7 % between"),
            ("30到40万人", "30..40 万人 between"),
            ("不低於 100 億元", "100 亿元 at_least"),
            ("控制在3%以内", "3 % at_most"),
            ("第5", "5 位 exact"),
            ("第3位", "3 位 exact"),
            ("-5.6%", "-5.6 % exact"),
            ("110个", "110 个 exact"),
            ("增长6.7%", "6.7 % exact"),
            ("下降5.6%", "-5.6 % exact"),
            ("下降3%以上", "-3 % at_most"),
            ("同比增长13.5％", "13.5 % exact"),
            ("确保6%以上", "6 % at_least"),
            ("列第3", "3 位 exact"),
            ("前3", "3 位 at_most"),
            ("约10万余人", "10 万人 about"),
            ("5000億-6000億元", "5000..6000 亿元 between"),
            ("和经济增长基本同步", "-  relative"),
            ("保持稳定", "-  qualitative"),
            ("三分之一", "33.33 % exact"),
            ("翻一番", "2 倍 exact"),
            ("1亿2千万元", "1.2 亿元 exact"),
            ("首位", "1 位 exact"),
        ];
        for (words, expected) in cases {
            assert_eq!(read(words).as_deref(), Ok(expected), "{words}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let cases = [
            ("很多", Unread::NoNumber),
            ("", Unread::NoNumber),
            ("42*** 億元", Unread::Masked),
            ("7%—6%", Unread::Backwards),
            ("6%—7亿元", Unread::UnitsDiffer),
            ("6% 7%", Unread::LeftOver),
        ];
        for (words, reason) in cases {
            assert_eq!(read(words), Err(reason), "{words}");
        }
    }

    #[test]
    fn a_magnitude_multiplies_and_a_unit_does_not() {
        let cases = [
            ("2.69万亿元", "2690000000000 元"),
            ("3千万吨", "30000000 吨"),
            ("38.5亿千瓦时", "3850000000 千瓦时"),
            ("500千克", "500 千克"),
            ("420千克/亩", "420 千克/亩"),
            ("1.2万千瓦", "12000 千瓦"),
            ("0.8个百分点", "0.8 个百分点"),
            ("12%", "12 %"),
            ("40多万", "400000"),
        ];
        for (words, says) in cases {
            let stated = stated(words).unwrap();
            let standard = format!("{} {}", stated.standard_value().unwrap().normalize(), stated.standard_unit());
            assert_eq!(standard.trim(), says, "{words}");
        }
    }

    #[test]
    fn the_unit_hints_at_the_measure() {
        assert_eq!(Quantity::of_words("2.1個百分點").measure, Measure::Change);
        assert_eq!(Quantity::of_words("第5位").measure, Measure::Rank);
        let fall = Quantity::of_words("同比下降5.6%");
        assert_eq!((fall.measure, fall.basis), (Measure::Growth, Basis::Yoy));
        assert_eq!(Quantity::of_words("看不懂").words, "看不懂");
    }
}
