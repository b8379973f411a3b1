//! What time words are of, and by when something is to be done.

use crate::quantity::{Deadline, Period, Year, deadline, period};
use regex::Regex;
use std::sync::OnceLock;

/// A time as reports write it in a shadow: a year or a word for one with a part of it, a part alone, a plan.
const PERIODS: &str = r#"(?:(?:(?:19|20)(?:\d\d|xx)|[一二][九〇零]..)年|今年|去年|上年|本年|明年|当年)(?:的?(?:上半年|下半年|[一二三四1-4]季度|前[一二三123]季度|\d{1,2}-\d{1,2}月份?|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?))?|上半年|下半年|[一二三四1-4]季度|前[一二三123]季度|\d{1,2}-\d{1,2}月份?|\d{1,2}月份?|"?(?:十[一二三四五六]?|[一二三四五六七八九])五"?(?:时期|期间|末)"#;

/// A time by which something is to be done.
const DEADLINES: &str = r"(?:(?:(?:19|20)\d\d年|今年|明年)?(?:年底|年末|年内|年中|上半年|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}日|上旬|中旬|下旬|底|末|份)?|[一二三四1-4]季度末?)(?:之前|以前|前|内)?|(?:到|至)(?:19|20)\d\d年(?:底|末)?|(?:19|20)\d\d年(?:底|末)?(?:之前|以前|前))";

fn periods() -> Option<&'static Regex> {
    static READ: OnceLock<Option<Regex>> = OnceLock::new();
    READ.get_or_init(|| Regex::new(PERIODS).ok()).as_ref()
}

fn deadlines() -> Option<&'static Regex> {
    static READ: OnceLock<Option<Regex>> = OnceLock::new();
    READ.get_or_init(|| Regex::new(DEADLINES).ok()).as_ref()
}

/// The last time named in words; without a year of its own it is of `year`.
pub(super) fn period_in(words: &str, year: Year) -> Option<Period> {
    let all = periods()?.find_iter(words).filter(|found| !is_compared(words.get(..found.start()).unwrap_or_default()));
    all.filter_map(|found| period(found.as_str().replace('的', "").trim_end_matches('末'), year).ok()).last()
}

/// Whether the time behind these words is only what is compared with.
fn is_compared(before: &str) -> bool {
    ["比", "较", "自", "从"].iter().any(|word| before.ends_with(word))
}

/// The first time named in words by which something is to be done.
pub(super) fn deadline_in(words: &str, year: Year) -> Option<Deadline> {
    let read = |said: &str| {
        let said = said.trim_start_matches(['到', '至']);
        deadline(said.trim_end_matches('内'), year).or_else(|_| deadline(said, year)).ok()
    };
    deadlines()?.find_iter(words).find_map(|found| read(found.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEAR: Year = Year(Some(2020));

    #[test]
    fn times_in_words() {
        let cases = [
            ("上半年,全市生产总值", Some("2020-H1")),
            ("2019年全省", Some("2019")),
            ("今年1-6月累计", Some("2020-01/2020-06")),
            ("\"十四五\"时期", Some("十四五")),
            ("比去年提高", None),
            ("全面加强", None),
        ];
        for (words, expected) in cases {
            assert_eq!(period_in(words, YEAR).map(|period| period.to_string()).as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn times_by_which() {
        let cases = [
            ("确保年底前完成桩基施工", Some("2020-12-31")),
            ("力争8月底先行站点开工", Some("2020-08-31")),
            ("力争十月份完工", Some("2020-10-31")),
            ("到2025年建成", Some("2025-12-31")),
            ("9月底前建设到位", Some("2020-09-30")),
            ("尽快提交", None),
        ];
        for (words, expected) in cases {
            assert_eq!(deadline_in(words, YEAR).map(|deadline| deadline.to_string()).as_deref(), expected, "{words}");
        }
    }
}
