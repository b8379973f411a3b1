//! Page numbers and running heads: rows at a page's top and bottom that only say where one is.

use super::glyphs::Page;
use super::rows::Row;
use crate::text::classes::{half_width, is_digit};

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
    plain: String,
}

/// Removes them; says whether there were any.
pub(super) fn remove(pages: &mut [Vec<Row>], sizes: &[Page]) -> bool {
    let margins: Vec<Vec<Margin>> = pages.iter().zip(sizes).map(|(rows, page)| margins(rows, page)).collect();
    let mut removed = false;
    for (at, (rows, page)) in pages.iter_mut().zip(sizes).enumerate() {
        let others = || {
            let near = margins.get(at.saturating_sub(NEAR)..(at + NEAR + 1).min(margins.len())).unwrap_or_default();
            let first = at - at.min(NEAR);
            near.iter().enumerate().filter(move |(near, _)| first + near != at).flat_map(|(_, margins)| margins)
        };
        for top in [true, false] {
            for _ in 0..ROWS {
                let outermost = outermost(rows, top);
                let Some(row) = outermost.and_then(|at| rows.get(at)).filter(|row| in_margin(row, page)) else { break };
                let plain = without_numbers(&row.text);
                let same = |other: &&Margin| {
                    other.top == top && other.plain == plain && (other.y - row.y).abs() < SHIFT && (other.size - row.size).abs() < 0.5
                };
                // Left and right pages may have heads of their own, and a chapter few pages.
                if !(is_page_number(&row.text) || others().any(|other| same(&other))) {
                    break;
                }
                outermost.into_iter().for_each(|at| drop(rows.remove(at)));
                removed = true;
            }
        }
    }
    removed
}

fn margins(rows: &[Row], page: &Page) -> Vec<Margin> {
    let margin = |row: &Row| Margin { top: row.y < page.height / 2.0, y: row.y, size: row.size, plain: without_numbers(&row.text) };
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

/// A row with every number written as 0: page numbers differ and the rest does not.
fn without_numbers(text: &str) -> String {
    let roman = |word: &str| !word.is_empty() && word.chars().all(|c| "ivxlcIVXLC".contains(c));
    let words: Vec<&str> = text.split_whitespace().map(|word| if roman(word) { "0" } else { word }).collect();
    let mut plain = String::new();
    for c in words.concat().chars() {
        let number = is_digit(c) || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
        match (number, plain.ends_with('0')) {
            (true, true) => {}
            (true, false) => plain.push('0'),
            (false, _) => plain.push(half_width(c)),
        }
    }
    plain
}

/// Whether a row is a page number by itself: 3, iv, - 3 -, 第3页 共8页, 3/8, Page 3 of 8.
fn is_page_number(text: &str) -> bool {
    let plain = without_numbers(text);
    let bare: String = plain.to_lowercase().chars().filter(|c| !matches!(c, '-' | '—' | '–' | '·' | '~' | '[' | ']' | '(' | ')')).collect();
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
    forms.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_and_what_is_none() {
        for text in ["3", "iv", "- 12 -", "— 3 —", "第 3 页 共 8 页", "第三页", "3 / 8", "Page 3 of 8", "·3·"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["3.5%", "一、回顾", "2024年", "第3章", "level"] {
            assert!(!is_page_number(text), "{text}");
        }
        assert_eq!(without_numbers("政府工作报告 xii"), without_numbers("政府工作报告 3"));
    }
}
