//! Periods (what time a number is of) and deadlines (by when something is to be done).

use super::Unread;
use super::number::number;
use crate::text::classes::{half_width, is_space};
use jiff::civil::Date;
use std::fmt;

/// A year of the common era, or one the report masks (20xx).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(pub Option<i16>);

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The whole of it.
    Whole,
    /// A half: 1 or 2.
    Half(i8),
    /// A quarter: 1 to 4.
    Quarter(i8),
    /// The months from the first to the last, both included, 1 to 12.
    Months(i8, i8),
}

/// What time a statement is of. Printed and read back as in files: `2020`, `2020-H1`, `2020-Q1`,
/// `2020-06`, `2020-01/2020-06`, `2016/2020`, `2022/2023FY`, `十四五`, `XXXX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A year or a part of it.
    In(Year, Part),
    /// From one year to another, both included.
    Years(i16, i16),
    /// A budget year that runs across two calendar years, as in Hong Kong (2022–23年度).
    Fiscal(i16),
    /// The national five-year plan of a number (14 is 十四五).
    Plan(u8),
}

/// By when: the last day that counts. The year is empty where the words do not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deadline {
    /// The year, if said.
    pub year: Year,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(year) => write!(f, "{year:04}"),
            None => write!(f, "XXXX"),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::In(year, Part::Whole) => write!(f, "{year}"),
            Self::In(year, Part::Half(half)) => write!(f, "{year}-H{half}"),
            Self::In(year, Part::Quarter(quarter)) => write!(f, "{year}-Q{quarter}"),
            Self::In(year, Part::Months(from, to)) if from == to => write!(f, "{year}-{from:02}"),
            Self::In(year, Part::Months(from, to)) => write!(f, "{year}-{from:02}/{year}-{to:02}"),
            Self::Years(from, to) => write!(f, "{from:04}/{to:04}"),
            Self::Fiscal(from) => write!(f, "{from:04}/{:04}FY", from + 1),
            Self::Plan(number) => write!(f, "{}五", chinese_ordinal(number)),
        }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn chinese_ordinal(number: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(number / 10), usize::from(number % 10));
    let tens = match tens {
        0 => String::new(),
        1 => "十".into(),
        more => format!("{}十", DIGITS.get(more).unwrap_or(&"")),
    };
    format!("{tens}{}", DIGITS.get(ones).unwrap_or(&""))
}

fn plain(words: &str) -> String {
    let quotes = ['“', '”', '"', '「', '」', '『', '』'];
    words
        .chars()
        .filter(|&c| !is_space(c) && !quotes.contains(&c))
        .map(half_width)
        .map(|c| if matches!(c, '－' | '—' | '–' | '~' | '至' | '到') { '-' } else { c })
        .collect()
}

/// Reads a period as typed or said: `2020`, `2020年上半年`, `2020-H1`, `1－6月`, `2020-01/2020-06`, `十四五`,
/// `20xx年`, `民國113年`, `2022–23年度`. A part without a year belongs to `year`, the report's own.
///
/// # Errors
/// [`Unread::NotAPeriod`], or [`Unread::NoSuchDay`] for a month, half or quarter there is not.
pub fn period(words: &str, year: Year) -> Result<Period, Unread> {
    let plain = plain(words);
    let text = plain.as_str();
    let named = ["时期", "時期", "期间", "期間"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    if let Some(plan) = named.strip_suffix('五')
        && let Some(read) = number(plan)
        && read.taken == plan.chars().count()
        && !plan.starts_with(|c: char| c.is_ascii_digit())
    {
        return u8::try_from(read.value).ok().filter(|n| (1..=30).contains(n)).map(Period::Plan).ok_or(Unread::NotAPeriod);
    }
    if let Some(fiscal) = fiscal_year(text) {
        return Ok(fiscal);
    }
    if let Some((from, to)) = text.split_once('/') {
        return span_of(period(from, year)?, period(to, year)?);
    }
    let (said, rest) = take_year(text, year);
    if let (Year(Some(from)), Some(to)) = (said.unwrap_or(Year(None)), rest.strip_prefix('-').map(|to| to.trim_end_matches('年')))
        && to.len() == 4
        && let Ok(to) = to.parse::<i16>()
    {
        return match to {
            1000..=2999 if from < to => Ok(Period::Years(from, to)),
            1000..=2999 => Err(Unread::Backwards),
            _ => Err(Unread::NotAPeriod),
        };
    }
    let part = part(rest)?;
    match said {
        Some(said) => Ok(Period::In(said, part)),
        None if part == Part::Whole => Err(Unread::NotAPeriod),
        None => Ok(Period::In(year, part)),
    }
}

/// 2022–23年度 and 2022/2023FY.
fn fiscal_year(text: &str) -> Option<Period> {
    let (from, to) = text.strip_suffix("年度").or_else(|| text.strip_suffix("FY"))?.split_once(['-', '/'])?;
    let (from, to) = (from.parse::<i16>().ok()?, to.parse::<i16>().ok()?);
    ((1000..2999).contains(&from) && (to == from + 1 || to == (from + 1) % 100)).then_some(Period::Fiscal(from))
}

/// The period from the start of one to the end of another.
fn span_of(from: Period, to: Period) -> Result<Period, Unread> {
    match (from, to) {
        (Period::In(Year(Some(from)), Part::Whole), Period::In(Year(Some(to)), Part::Whole)) if from < to => Ok(Period::Years(from, to)),
        (Period::In(one, Part::Months(from, _)), Period::In(other, Part::Months(_, to))) if one == other && from <= to => {
            Ok(Period::In(one, Part::Months(from, to)))
        }
        _ => Err(Unread::NotAPeriod),
    }
}

/// The year at the start of a text, and what follows it. A year named from the present one (去年) is counted from `year`.
fn take_year(text: &str, year: Year) -> (Option<Year>, &str) {
    for (word, by) in [("今年", 0), ("本年", 0), ("去年", -1), ("上年", -1), ("明年", 1)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(Year(year.0.map(|year| year + by))), rest);
        }
    }
    for era in ["民國", "民国"] {
        if let Some(rest) = text.strip_prefix(era)
            && let Some((year, rest)) = rest.split_once('年')
            && let Some(read) = number(year)
        {
            // Year 1 of the Republic is 1912.
            let year = i16::try_from(read.value).ok().filter(|y| (1..=500).contains(y)).map(|y| y + 1911);
            return (year.map(|year| Year(Some(year))), rest);
        }
    }
    let head: String = text.chars().take(4).collect();
    let rest = text.get(head.len()..).unwrap_or("");
    let rest = rest.strip_prefix('年').unwrap_or(rest);
    let masked = head.len() == 4 && head.get(2..).is_some_and(|tail| tail.chars().all(|c| matches!(c, 'x' | 'X' | '*' | '×')));
    if masked || head.chars().all(|c| c == 'X') && head.len() == 4 {
        return (Some(Year(None)), rest);
    }
    let read = number(&head).filter(|read| read.taken == 4 && !read.more).and_then(|read| i16::try_from(read.value).ok());
    match read.filter(|year| (1000..=2999).contains(year)) {
        Some(year) => (Some(Year(Some(year))), rest),
        None => (None, text),
    }
}

fn part(text: &str) -> Result<Part, Unread> {
    let text = text.strip_prefix('-').unwrap_or(text);
    Ok(match text {
        "" | "全年" | "度" => Part::Whole,
        "H1" | "上半年" => Part::Half(1),
        "H2" | "下半年" => Part::Half(2),
        _ => {
            // 前三季度 is the nine months up to the third quarter's end.
            let until = text.strip_prefix('前').and_then(|text| text.strip_suffix("季度").or_else(|| text.strip_suffix('季')));
            if let Some(quarters) = until.and_then(whole) {
                return if (1..=4).contains(&quarters) { Ok(Part::Months(1, quarters * 3)) } else { Err(Unread::NoSuchDay) };
            }
            let quarter = text.strip_prefix('Q').or_else(|| {
                let text = text.strip_prefix('第').unwrap_or(text);
                text.strip_suffix("季度").or_else(|| text.strip_suffix('季'))
            });
            if let Some(quarter) = quarter {
                let read = whole(quarter).ok_or(Unread::NotAPeriod)?;
                return if (1..=4).contains(&read) { Ok(Part::Quarter(read)) } else { Err(Unread::NoSuchDay) };
            }
            let months = text.strip_suffix("月份").or_else(|| text.strip_suffix('月')).unwrap_or(text);
            let (from, to) = months.split_once('-').unwrap_or((months, months));
            let from = whole(from.trim_end_matches('月')).ok_or(Unread::NotAPeriod)?;
            let to = whole(to).ok_or(Unread::NotAPeriod)?;
            if !(1..=12).contains(&from) || !(from..=12).contains(&to) {
                return Err(Unread::NoSuchDay);
            }
            Part::Months(from, to)
        }
    })
}

/// A small whole number that takes the whole text.
fn whole(text: &str) -> Option<i8> {
    let read = number(text)?;
    (read.taken == text.chars().count() && !read.more).then(|| i8::try_from(read.value).ok())?
}

/// Reads a deadline as typed or said: `2020-06-30`, `2020年6月底前`, `年底前`, `6月30日前`, `2020年`, `三季度末`.
/// Without a year it is of `year`, the report's own.
///
/// # Errors
/// [`Unread::NotADeadline`], or [`Unread::NoSuchDay`] for a day there is not.
pub fn deadline(words: &str, year: Year) -> Result<Deadline, Unread> {
    let plain = plain(words);
    let mut text = plain.as_str();
    for end in ["之前", "以前", "前", "完成"] {
        text = text.strip_suffix(end).unwrap_or(text);
    }
    if let Ok(Period::Plan(number)) = period(text.trim_end_matches(['末', '底', '内', '內']), year) {
        // The first plan ran from 1953 to 1957, the sixth from 1981 to 1985, and from then on each five years.
        let last = if number < 6 { Year(None) } else { Year(Some(1985 + 5 * (i16::from(number) - 6))) };
        return end_of(last, 12, None);
    }
    let (said, rest) = take_year(text, year);
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let year = said.unwrap_or(year);
    let (month, day) = match rest {
        "" if said.is_some() => (12, None),
        "底" | "末" | "年底" | "年末" | "年内" | "年內" | "内" | "內" | "下半年" => (12, None),
        "年中" | "上半年" | "中" | "H1" => (6, None),
        _ => month_and_day(rest)?,
    };
    end_of(year, month, day)
}

fn month_and_day(text: &str) -> Result<(i8, Option<i8>), Unread> {
    let text = text.trim_end_matches(['底', '末']);
    if let Ok(Part::Quarter(quarter)) = part(text) {
        return Ok((quarter * 3, None));
    }
    let (month, day) = text.split_once(['月', '-']).unwrap_or((text, ""));
    let month = whole(month).ok_or(Unread::NotADeadline)?;
    let day = match day.trim_end_matches(['日', '号', '號', '份']) {
        "" => None,
        "上旬" => Some(10),
        "中旬" => Some(20),
        "下旬" => None,
        day => Some(whole(day).ok_or(Unread::NotADeadline)?),
    };
    Ok((month, day))
}

/// The day, or the month's last where none is given.
fn end_of(year: Year, month: i8, day: Option<i8>) -> Result<Deadline, Unread> {
    // A masked year is taken as a leap year: its February may have a 29th.
    let first = Date::new(year.0.unwrap_or(2000), month, 1).map_err(|_| Unread::NoSuchDay)?;
    let last = first.days_in_month();
    let day = day.unwrap_or(last);
    if (1..=last).contains(&day) { Ok(Deadline { year, month, day }) } else { Err(Unread::NoSuchDay) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: Year = Year(Some(2020));

    #[test]
    fn periods_of_every_form() {
        let cases = [
            ("2020", "2020"),
            ("2020年", "2020"),
            ("二〇二〇年", "2020"),
            ("2020-H1", "2020-H1"),
            ("2019年上半年", "2019-H1"),
            ("上半年", "2020-H1"),
            ("一季度", "2020-Q1"),
            ("2020-Q3", "2020-Q3"),
            ("前三季度", "2020-01/2020-09"),
            ("去年", "2019"),
            ("明年6月", "2021-06"),
            ("“十三五”期间", "十三五"),
            ("1－6月", "2020-01/2020-06"),
            ("2020-01/2020-06", "2020-01/2020-06"),
            ("2020-06", "2020-06"),
            ("3月份", "2020-03"),
            ("十四五", "十四五"),
            ("“十二五”时期", "十二五"),
            ("20xx年", "XXXX"),
            ("XXXX-H1", "XXXX-H1"),
            ("民國113年", "2024"),
            ("2022–23年度", "2022/2023FY"),
            ("2016-2020年", "2016/2020"),
        ];
        for (words, expected) in cases {
            let read = period(words, REPORT).map(|p| p.to_string());
            assert_eq!(read.as_deref(), Ok(expected), "{words}");
            assert_eq!(period(expected, Year(None)).map(|p| p.to_string()).as_deref(), Ok(expected), "{expected} read back");
        }
        assert_eq!(period("很久", REPORT), Err(Unread::NotAPeriod));
        assert_eq!(period("2020-13", REPORT), Err(Unread::NoSuchDay));
        assert_eq!(period("五季度", REPORT), Err(Unread::NoSuchDay));
    }

    #[test]
    fn deadlines_of_every_form() {
        let cases = [
            ("年底前", "2020-12-31"),
            ("今年年底前", "2020-12-31"),
            ("2021年底前", "2021-12-31"),
            ("6月底前", "2020-06-30"),
            ("2020年2月底前", "2020-02-29"),
            ("2020-06-30", "2020-06-30"),
            ("10月15日前", "2020-10-15"),
            ("三季度末", "2020-09-30"),
            ("2025年", "2025-12-31"),
            ("上半年", "2020-06-30"),
            ("XXXX-12-31", "XXXX-12-31"),
            ("十四五末", "2025-12-31"),
            ("明年6月底前", "2021-06-30"),
            ("今年", "2020-12-31"),
        ];
        for (words, expected) in cases {
            assert_eq!(deadline(words, REPORT).map(|d| d.to_string()).as_deref(), Ok(expected), "{words}");
        }
        assert_eq!(deadline("尽快", REPORT), Err(Unread::NotADeadline));
        assert_eq!(deadline("2月30日前", REPORT), Err(Unread::NoSuchDay));
    }
}
