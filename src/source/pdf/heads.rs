//! Page numbers and running heads: rows at a page's top and bottom that only say where one is.

use super::glyphs::Page;
use super::rows::Row;
use crate::text::classes::half_width;

/// How many rows at the top and at the bottom of a page may be heads.
const ROWS: usize = 3;
/// The share of the page's height at each end in which they stand.
const MARGIN: f64 = 0.14;
/// On how many pages before and behind the same head is looked for: chapters have heads of their own.
const NEAR: usize = 4;
/// How far from page to page a head may move, in points.
const SHIFT: f64 = 4.0;

/// A row in a page's margin, as others are compared with it.
struct Margin {
    top: bool,
    y: f64,
    size: f64,
    words: Words,
}

/// A row as text and the numbers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    /// The text, with 0 for each number.
    plain: String,
    numbers: Vec<u32>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut plain = String::new();
        let mut numbers = Vec::new();
        for word in text.split_whitespace() {
            if let Some(number) = roman(word) {
                plain.push('0');
                numbers.push(number);
                continue;
            }
            let mut digits = String::new();
            for c in word.chars().map(half_width).chain(['\0']) {
                if c.is_ascii_digit() {
                    digits.push(c);
                    continue;
                }
                if !digits.is_empty() {
                    numbers.push(std::mem::take(&mut digits).parse().unwrap_or(u32::MAX));
                    plain.push('0');
                }
                plain.extend(Some(c).filter(|c| *c != '\0'));
            }
        }
        Self { plain, numbers }
    }

    /// Whether this is the same head so many pages further on: numbers are the same, or count pages.
    fn is_head_of(&self, other: &Self, pages: i64) -> bool {
        // Appendices and chapters are counted in their titles.
        let counted = ["附", "第0章", "第0部", "表0", "图0", "圖0", "注0"].iter().any(|begin| self.plain.starts_with(begin));
        let fits = |(a, b): (&u32, &u32)| a == b || (!counted && i64::from(*b) - i64::from(*a) == pages);
        self.plain == other.plain && self.numbers.len() == other.numbers.len() && self.numbers.iter().zip(&other.numbers).all(fits)
    }
}

/// A Roman number by itself; the words that look like one are rare enough.
fn roman(word: &str) -> Option<u32> {
    let value = |c: char| {
        Some(match c.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        })
    };
    let values: Option<Vec<u32>> = word.chars().map(value).collect();
    let values = values.filter(|values| (1..=8).contains(&values.len()))?;
    // From the end: what stands before something larger is taken off.
    let (mut sum, mut largest) = (0u32, 0);
    for value in values.into_iter().rev() {
        sum = if value < largest { sum.saturating_sub(value) } else { sum + value };
        largest = largest.max(value);
    }
    Some(sum)
}

/// Removes them; says whether there were any.
pub(super) fn remove(pages: &mut [Vec<Row>], sizes: &[Page]) -> bool {
    let margins: Vec<Vec<Margin>> = pages.iter().zip(sizes).map(|(rows, page)| margins(rows, page)).collect();
    let mut removed = false;
    for (at, (rows, page)) in pages.iter_mut().zip(sizes).enumerate() {
        for top in [true, false] {
            for _ in 0..ROWS {
                let outermost = outermost(rows, top);
                let Some(row) = outermost.and_then(|at| rows.get(at)).filter(|row| in_margin(row, page) && row.gaps == 0) else { break };
                if !(is_page_number(&row.text) || is_repeated(row, top, at, &margins)) {
                    break;
                }
                outermost.into_iter().for_each(|at| drop(rows.remove(at)));
                removed = true;
            }
        }
    }
    removed
}

/// Whether a row stands in the same place on several pages nearby: left and right pages may have heads of their own, and
/// a chapter few pages.
fn is_repeated(row: &Row, top: bool, at: usize, margins: &[Vec<Margin>]) -> bool {
    let words = Words::of(&row.text);
    if !words.plain.chars().any(char::is_alphabetic) {
        return false;
    }
    let same = |other: &Margin, distance: i64| {
        other.top == top
            && (other.y - row.y).abs() < SHIFT
            && (other.size - row.size).abs() < 0.5
            && words.is_head_of(&other.words, distance)
    };
    let first = at.saturating_sub(NEAR);
    let near = margins.get(first..(at + NEAR + 1).min(margins.len())).unwrap_or_default();
    let distance = |near: usize| i64::try_from(first + near).unwrap_or(0) - i64::try_from(at).unwrap_or(0);
    let pages = near.iter().enumerate().filter(|(near, _)| distance(*near) != 0);
    let times = pages.filter(|(near, margins)| margins.iter().any(|margin| same(margin, distance(*near)))).count();
    times >= 2 || (times == 1 && margins.len() <= 3)
}

fn margins(rows: &[Row], page: &Page) -> Vec<Margin> {
    let margin = |row: &Row| Margin { top: row.y < page.height / 2.0, y: row.y, size: row.size, words: Words::of(&row.text) };
    rows.iter().filter(|row| in_margin(row, page)).map(margin).collect()
}

fn in_margin(row: &Row, page: &Page) -> bool {
    row.y < page.height * MARGIN || row.y > page.height * (1.0 - MARGIN)
}

/// The number of the highest or lowest row.
fn outermost(rows: &[Row], top: bool) -> Option<usize> {
    let order = |a: &(usize, &Row), b: &(usize, &Row)| a.1.y.total_cmp(&b.1.y);
    if top { rows.iter().enumerate().min_by(order) } else { rows.iter().enumerate().max_by(order) }.map(|(at, _)| at)
}

/// Whether a row is a page number by itself: 3, iv, - 3 -, 第3页 共8页, 3/8, Page 3 of 8.
fn is_page_number(text: &str) -> bool {
    let chinese = |c: char| if "一二三四五六七八九十".contains(c) { '0' } else { c };
    let words = Words::of(&text.chars().map(chinese).collect::<String>());
    // A year alone in a margin is no page, and neither is a row of a table.
    if words.numbers.iter().any(|number| *number >= 1_900) || words.numbers.len() > 2 {
        return false;
    }
    let mut bare: String =
        words.plain.to_lowercase().chars().filter(|c| !matches!(c, '-' | '—' | '–' | '·' | '~' | '[' | ']' | '(' | ')')).collect();
    while bare.contains("00") {
        bare = bare.replace("00", "0");
    }
    let forms = [
        "0",
        "0/0",
        "第0页",
        "第0頁",
        "第0页共0页",
        "第0頁共0頁",
        "第0页,共0页",
        "第0頁,共0頁",
        "共0页第0页",
        "page0",
        "page0of0",
        "0of0",
        "p0",
    ];
    forms.contains(&bare.as_str()) && !(bare == "0" && words.numbers.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_and_what_is_none() {
        for text in ["3", "iv", "- 12 -", "— 3 —", "第 3 页 共 8 页", "第三页", "3 / 8", "Page 3 of 8", "·3·"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["3.5%", "一、回顾", "2024年", "第3章", "2023", "1148 1159", "附件1"] {
            assert!(!is_page_number(text), "{text}");
        }
        let same = |a: &str, b: &str| Words::of(a).is_head_of(&Words::of(b), 1);
        assert!(same("政府工作报告 xii", "政府工作报告 13") && same("第二章 总则", "第二章 总则") && same("3 2024年", "4 2024年"));
        assert!(!same("附件1", "附件2") && !same("第一章 总则", "第二章 分则") && !same("增长8", "增长12"));
        assert_eq!([roman("iv"), roman("xii"), roman("xc"), roman("level")], [Some(4), Some(12), Some(90), None]);
    }
}
