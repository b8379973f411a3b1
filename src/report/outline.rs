//! What a paragraph is: title, heading of some level, lead or running text.
//!
//! Levels follow GB/T 9704-2012 §7.3.3: 一、 → （一） → 1. → （1）. Short lines without a number, as
//! newspapers set them, are headings too.

use crate::text::classes::{half_width, is_digit, is_han, is_space};

/// The rank of a heading; 1 is the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 一、 and 第一章.
    One,
    /// （一）.
    Two,
    /// 1.
    Three,
    /// （1）.
    Four,
}

impl Level {
    /// All of them, highest first.
    pub const ALL: [Self; 4] = [Self::One, Self::Two, Self::Three, Self::Four];

    /// Its number, 1 to 4.
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
        }
    }

    /// The level of a number from 1 to 4.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.number() == number)
    }
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The report's title, or one line of it.
    Title,
    /// What stands under the title: occasion, date, speaker.
    Byline,
    /// A heading.
    Heading(Level),
    /// A paragraph led by ——.
    Lead,
    /// Running text.
    Body,
}

impl Role {
    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Heading(Level::One) => "heading1",
            Self::Heading(Level::Two) => "heading2",
            Self::Heading(Level::Three) => "heading3",
            Self::Heading(Level::Four) => "heading4",
            Self::Lead => "lead",
            Self::Body => "body",
        }
    }

    /// All of them, in the order of the menu.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Byline,
        Self::Heading(Level::One),
        Self::Heading(Level::Two),
        Self::Heading(Level::Three),
        Self::Heading(Level::Four),
        Self::Lead,
        Self::Body,
    ];

    /// The role of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Longest run-in heading and longest numbered heading line, in Han characters: beyond it a
/// numbered line is a paragraph of text.
const LONGEST_HEADING: usize = 60;
/// Longest heading without a number.
const LONGEST_SHORT_TITLE: usize = 28;

const fn is_chinese_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '〇' | '零')
}

/// The heading marker a line begins with: its level and its length in characters.
pub fn marker(line: &str) -> Option<(Level, usize)> {
    let chars: Vec<char> = line.chars().take(16).map(half_width).collect();
    let run = |from: usize, is: fn(char) -> bool| chars.iter().skip(from).take_while(|&&c| is(c)).count();
    if chars.first() == Some(&'(') {
        for (is, level) in [(is_chinese_numeral as fn(char) -> bool, Level::Two), (is_digit, Level::Four)] {
            let digits = run(1, is);
            if (1..=3).contains(&digits) && chars.get(1 + digits) == Some(&')') {
                return Some((level, digits + 2));
            }
        }
        return None;
    }
    if chars.first() == Some(&'第') {
        let digits = run(1, |c| is_chinese_numeral(c) || is_digit(c));
        let part = chars.get(1 + digits).is_some_and(|c| matches!(c, '章' | '部' | '篇' | '编' | '編'));
        return (digits > 0 && part).then_some((Level::One, digits + 2));
    }
    let numerals = run(0, is_chinese_numeral);
    if numerals > 0 && matches!(chars.get(numerals), Some('、' | '.')) {
        return Some((Level::One, numerals + 1));
    }
    let digits = run(0, is_digit);
    let stop = matches!(chars.get(digits), Some('.' | '、' | ')'));
    // 1.6% is a number, 1.加快 a heading.
    let number_goes_on = chars.get(digits + 1).is_none_or(|&c| is_digit(c));
    ((1..=2).contains(&digits) && stop && !number_goes_on).then_some((Level::Three, digits + 1))
}

/// What a line is by itself, and how many of its characters are a run-in heading.
pub(super) fn role_of_line(line: &str) -> (Role, Option<usize>) {
    if starts_with_dash(line) {
        return (Role::Lead, None);
    }
    let len = line.chars().count();
    let Some((level, marker_len)) = marker(line) else {
        return (Role::Body, None);
    };
    let stops = |c: char| matches!(c, '。' | '；' | ';' | '？' | '！');
    let stop = line.chars().skip(marker_len).position(stops).map(|at| at + marker_len);
    match stop {
        None if is_short(line, len) && !ends_open(line) => (Role::Heading(level), None),
        // A sentence alone behind 一、 or （一） introduces what follows; behind 1. or （1） it is an item of a list.
        Some(at) if line.chars().nth(at) == Some('。') && is_short(line, at) && (at + 1 < len || level <= Level::Two) => {
            (Role::Body, Some(at + 1))
        }
        _ => (Role::Body, None),
    }
}

/// Whether the first characters of a line are few enough Han for a heading; what scraping put between them does not count.
fn is_short(line: &str, characters: usize) -> bool {
    line.chars().take(characters).filter(|&c| is_han(c)).count() <= LONGEST_HEADING
}

/// The level of the run-in heading a paragraph of text begins with.
pub(super) fn run_in_level(line: &str) -> Option<Level> {
    marker(line).map(|(level, _)| level)
}

/// Whether a line ends in the middle of a sentence, as a broken line of text does.
fn ends_open(line: &str) -> bool {
    line.chars().next_back().is_some_and(|c| matches!(c, '，' | ',' | '、' | '（' | '《' | '“'))
}

/// Whether a line begins with a dash (——, or ── and ― as scraped reports have it).
pub(super) fn starts_with_dash(line: &str) -> bool {
    line.starts_with(['—', '─', '―', '━']) || line.starts_with("--")
}

/// Whether a line without a number can be a heading: short, with no stop at its end or inside.
pub(super) fn is_short_title(line: &str) -> bool {
    let len = line.chars().count();
    let last = line.chars().next_back().unwrap_or('。');
    (2..=LONGEST_SHORT_TITLE).contains(&len)
        && !line.chars().any(|c| matches!(c, '。' | '；' | ';' | '：' | '，' | ',' | '|' | '>'))
        && !matches!(last, ':' | '！' | '!' | '？' | '…' | '.' | '、')
        && line.chars().filter(|&c| is_han(c)).count() * 2 > len
        && !line.chars().all(|c| is_digit(c) || is_space(c))
}

/// Offices a speaker's name stands behind.
pub(super) const OFFICES: [&str; 22] = [
    "总理",
    "總理",
    "省长",
    "省長",
    "市长",
    "市長",
    "县长",
    "縣長",
    "区长",
    "區長",
    "州长",
    "州長",
    "主任",
    "主席",
    "行政长官",
    "行政長官",
    "书记",
    "書記",
    "厅长",
    "廳長",
    "局长",
    "局長",
];

/// Whether a line ends as a sentence or a salutation does.
pub(super) fn ends_like_text(line: &str) -> bool {
    line.chars().next_back().is_some_and(|c| matches!(c, '。' | '；' | ';' | '：' | ':' | '，' | ',' | '！' | '!'))
}

/// Whether a line under the title says when, where and who.
pub(super) fn is_byline(line: &str) -> bool {
    let len = line.chars().count();
    let occasion = (starts_with_dash(line) || line.starts_with(['（', '('])) && line.contains(['年', '会', '會']);
    let person = len <= 30 && !ends_like_text(line) && OFFICES.iter().any(|office| line.contains(office));
    len <= 90 && (occasion || person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_and_near_misses() {
        let cases = [
            ("一、2019年工作回顾", Some((Level::One, 2))),
            ("十二、其他", Some((Level::One, 3))),
            ("第三章 总则", Some((Level::One, 3))),
            ("（一）聚焦百强", Some((Level::Two, 3))),
            ("(二)实体经济", Some((Level::Two, 3))),
            ("1.加快发展", Some((Level::Three, 2))),
            ("12、加快发展", Some((Level::Three, 3))),
            ("（3）落实", Some((Level::Four, 3))),
            ("1.6%的增长", None),
            ("（2019年）", None),
            ("一是加快", None),
            ("第一，加快", None),
            ("2020年", None),
        ];
        for (line, expected) in cases {
            assert_eq!(marker(line), expected, "{line}");
        }
    }

    #[test]
    fn a_heading_has_no_stop() {
        assert_eq!(role_of_line("(一)经济社会发展经受住了考验"), (Role::Heading(Level::Two), None));
        assert_eq!(role_of_line("（一）坚持发展。全市生产总值增长8%。"), (Role::Body, Some(8)));
        assert_eq!(role_of_line("——过去一年，我们经历了大事"), (Role::Lead, None));
        assert_eq!(role_of_line("1.完成投资100亿元；"), (Role::Body, None));
        assert_eq!(role_of_line("(一)主要指标企稳回升。"), (Role::Body, Some(12)));
        assert_eq!(role_of_line("（1）发放消费券。"), (Role::Body, None));
    }
}
