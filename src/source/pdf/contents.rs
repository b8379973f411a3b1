//! Tables of contents: rows that end in leaders and the number of a page.

use super::rows::Row;
use crate::source::lines::BETWEEN_CELLS;
use crate::text::classes::half_width;

/// So many rows of contents in a row are a table of contents.
const MANY: usize = 3;

/// Whether a row is a line of a table of contents.
pub(super) fn is_entry(text: &str) -> bool {
    let leader = |c: char| matches!(c, '.' | '·' | '…' | '⋯' | '•' | '．');
    // A cell of a table may hold leaders only.
    let blank = |cell: &str| cell.chars().all(|c| leader(c) || c.is_whitespace());
    if text.split(BETWEEN_CELLS).count() > 2 || text.split(BETWEEN_CELLS).any(blank) {
        return false;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let number = |c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x' | 'l' | 'I' | 'V' | 'X' | '-' | '(' | ')');
    let before = plain.trim_end_matches(number);
    let leaders = before.chars().rev().take_while(|c| leader(*c)).count();
    before.len() < plain.len() && (leaders >= 4 || (leaders >= 2 && before.ends_with('…')))
}

/// Removes tables of contents with their headings; says whether there were any.
pub(super) fn remove(pages: &mut [Vec<Row>]) -> bool {
    let mut removed = false;
    for rows in pages.iter_mut() {
        let entries: Vec<bool> = rows.iter().map(|row| is_entry(&row.text)).collect();
        let count = entries.iter().filter(|entry| **entry).count();
        // A page that is something else as well is left as it is.
        if count < MANY || count * 2 < rows.len() {
            continue;
        }
        let (first, last) = (entries.iter().position(|entry| *entry).unwrap_or(0), entries.iter().rposition(|entry| *entry).unwrap_or(0));
        let heading = |at: usize| rows.get(at).is_some_and(|row| is_heading(&row.text));
        let begin = first.checked_sub(1).filter(|at| heading(*at)).unwrap_or(first);
        // What stands between two entries is an entry that needs two rows.
        let any = |range: std::ops::Range<usize>| entries.get(range).unwrap_or_default().iter().any(|entry| *entry);
        let near = |at: usize| {
            entries.get(at) == Some(&true)
                || (any(at.saturating_sub(2)..at) && any((at + 1).min(entries.len())..(at + 3).min(entries.len())))
        };
        let mut at = 0;
        rows.retain(|_| {
            let gone = (begin..=last).contains(&at) && (at == begin || near(at));
            at += 1;
            !gone
        });
        removed = true;
    }
    removed
}

fn is_heading(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    matches!(plain.as_str(), "目录" | "目錄" | "目次" | "contents" | "tableofcontents")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_contents() {
        for text in ["一、回顾……………………3", "第二章 目标 . . . . . . . . 12", "附录．．．．．．iv", "（一）工业 ············ (5)"]
        {
            assert!(is_entry(text), "{text}");
        }
        for text in ["增长8.5", "……\t3", "工业\t……\t120", "姓名____（3）", "我们……", "2024年", "见第3页"] {
            assert!(!is_entry(text), "{text}");
        }
    }
}
