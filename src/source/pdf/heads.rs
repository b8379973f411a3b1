//! Page numbers and running heads: rows at a page's top and bottom that only say where one is.

use super::glyphs::Page;
use super::rows::Row;
use crate::text::classes::{half_width, is_digit};
use std::collections::BTreeMap;

/// How many rows at the top and at the bottom of a page may be heads.
const ROWS: usize = 3;
/// The share of the page's height at each end in which they stand.
const MARGIN: f64 = 0.14;

/// Removes them; says whether there were any.
pub(super) fn remove(pages: &mut [Vec<Row>], sizes: &[Page]) -> bool {
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (rows, page) in pages.iter().zip(sizes) {
        for row in rows.iter().filter(|row| in_margin(row, page)) {
            *seen.entry((row.y < page.height / 2.0, without_numbers(&row.text))).or_default() += 1;
        }
    }
    let count = pages.len();
    // Left and right pages may have heads of their own.
    let often = |times: usize| times >= 2 && times * 3 >= count;
    let mut removed = false;
    for (rows, page) in pages.iter_mut().zip(sizes) {
        for top in [true, false] {
            for _ in 0..ROWS {
                let at = outermost(rows, top);
                let Some(row) = at.and_then(|at| rows.get(at)) else { break };
                let repeated = seen.get(&(row.y < page.height / 2.0, without_numbers(&row.text))).is_some_and(|times| often(*times));
                if !(in_margin(row, page) && (is_page_number(&row.text) || (count > 1 && repeated))) {
                    break;
                }
                at.into_iter().for_each(|at| drop(rows.remove(at)));
                removed = true;
            }
        }
    }
    removed
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
    let mut plain = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let number = is_digit(c) || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
        match (number, plain.ends_with('0')) {
            (true, true) => {}
            (true, false) => plain.push('0'),
            (false, _) => plain.push(half_width(c)),
        }
    }
    plain
}

/// Whether a row is a page number by itself: 3, - 3 -, 第3页 共8页, 3/8, Page 3 of 8.
fn is_page_number(text: &str) -> bool {
    let plain = without_numbers(text);
    let bare: String = plain.to_lowercase().chars().filter(|c| !matches!(c, '-' | '—' | '–' | '·' | '~' | '[' | ']' | '(' | ')')).collect();
    matches!(bare.as_str(), "0" | "0/0" | "第0页" | "第0頁" | "第0页共0页" | "第0頁共0頁" | "第0页,共0页" | "第0頁,共0頁" | "共0页第0页" | "page0" | "page0of0" | "0of0" | "p0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_and_what_is_none() {
        for text in ["3", "- 12 -", "— 3 —", "第 3 页 共 8 页", "第三页", "3 / 8", "Page 3 of 8", "·3·"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["3.5%", "一、回顾", "2024年", "第3章"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
