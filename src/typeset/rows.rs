//! Rows: as much of a paragraph as fits, ending where a row may end.

use super::cells::{Cell, Kind, cells, may_end_before};
use crate::text::ViewSpan;

/// How a paragraph is set; lengths in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Width of the column.
    pub measure: f32,
    /// Indent of the first row.
    pub indent: f32,
}

/// One row of a set paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its characters, counted from the paragraph's start. Rows follow one another without gap.
    pub span: ViewSpan,
    /// How far right of the column's left edge it begins, in points.
    pub indent: f32,
    /// Its advance width in points, spaces at its end left out.
    pub width: f32,
}

/// Sets a paragraph: the rows it makes, at least one. `advance` gives a character's width in points.
///
/// No row begins with a closing mark or ends with an opening one, —— and …… and words and numbers with
/// their signs stay whole (clreq §3.1.3, GB/T 15834-2011 §5.1). Where a piece is wider than the column
/// it is cut at the edge, still before no closing mark if any other place can be found.
pub fn rows(text: &str, setting: &Setting, advance: impl FnMut(char) -> f32) -> Vec<Row> {
    let cells = cells(text, advance);
    let mut rows = Vec::new();
    let (mut first, mut place) = (0, 0);
    loop {
        let indent = if rows.is_empty() { setting.indent } else { 0.0 };
        let end = row_end(&cells, first, setting.measure - indent);
        let row = cells.get(first..end).unwrap_or_default();
        let len: u32 = row.iter().map(|cell| cell.len).sum();
        rows.push(Row { span: ViewSpan::of(place, place + len), indent, width: inked_width(row) });
        (first, place) = (end, place + len);
        if first >= cells.len() {
            return rows;
        }
    }
}

/// Width without the spaces at the end.
fn inked_width(row: &[Cell]) -> f32 {
    let inked = row.iter().rposition(|cell| cell.kind != Kind::Space).map_or(0, |last| last + 1);
    row.iter().take(inked).map(|cell| cell.width).sum()
}

/// The index behind the last cell of the row that starts at `first` and has `room` points.
fn row_end(cells: &[Cell], first: usize, room: f32) -> usize {
    // A hundredth of a point forgives rounding of sums.
    let room = room + 0.01;
    let (mut width, mut allowed) = (0.0, None);
    for (at, cell) in cells.iter().enumerate().skip(first) {
        if at > first && may_end_before(cells, at) {
            allowed = Some(at);
        }
        width += cell.width;
        if width > room && cell.kind != Kind::Space && at > first {
            return allowed.unwrap_or_else(|| forced_end(cells, first, at));
        }
    }
    cells.len()
}

/// Where to cut a piece wider than the column: as far right as possible at a place that is no worse than
/// the middle of a word, else at the edge.
fn forced_end(cells: &[Cell], first: usize, edge: usize) -> usize {
    let fair = |at: usize| {
        let (Some(before), Some(after)) = (cells.get(at - 1), cells.get(at)) else { return false };
        after.kind != Kind::Closing && before.kind != Kind::Opening && !(before.kind == Kind::Paired && before.first == after.first)
    };
    (first + 1..=edge).rev().find(|&at| fair(at)).unwrap_or(edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::classes::{is_closing, is_opening, is_paired_mark};
    use proptest::prelude::*;

    /// Full width for what is not ASCII, half for what is: 10 points an em.
    fn advance(c: char) -> f32 {
        if c.is_ascii() { 5.0 } else { 10.0 }
    }

    /// The rows of a text at a measure of so many characters, without indent.
    fn set(text: &str, characters: u32) -> Vec<String> {
        let setting = Setting { measure: characters as f32 * 10.0, indent: 0.0 };
        let chars: Vec<char> = text.chars().collect();
        rows(text, &setting, advance)
            .iter()
            .map(|row| chars[row.span.start().get() as usize..row.span.end().get() as usize].iter().collect())
            .collect()
    }

    #[test]
    fn rows_end_where_they_may() {
        let cases: &[(&str, u32, &[&str])] = &[
            ("", 4, &[""]),
            ("全市生产总值", 4, &["全市生产", "总值"]),
            ("全市生产，总值", 4, &["全市生", "产，总值"]),
            ("全市生“产总”值", 4, &["全市生", "“产总”", "值"]),
            ("全市生——产总值", 4, &["全市生", "——产总", "值"]),
            ("增长13.5％，全市", 4, &["增长", "13.5％，", "全市"]),
            ("约1,000元整", 3, &["约", "1,000", "元整"]),
            ("發展(2019)年", 4, &["發展", "(2019)年"]),
            ("GDP growth is good", 5, &["GDP growth ", "is good"]),
            ("𠮷野家〇㐀龍", 3, &["𠮷野家", "〇㐀龍"]),
            ("http://www.example.cn/a", 4, &["http://w", "ww.examp", "le.cn/a"]),
        ];
        for (text, measure, expected) in cases {
            assert_eq!(&set(text, *measure), expected, "{text} at {measure}");
        }
    }

    #[test]
    fn only_the_first_row_is_indented() {
        let setting = Setting { measure: 40.0, indent: 20.0 };
        let rows = rows("全市生产总值", &setting, advance);
        assert_eq!(rows.iter().map(|row| (row.indent, row.span.len())).collect::<Vec<_>>(), [(20.0, 2), (0.0, 4)]);
    }

    proptest! {
        #[test]
        fn rows_keep_the_text_and_forbid_no_start_or_end(text in "[一-十全市生产总值，。；：“”《》（）、—…%％,.:()a-f0-9 𠮷〇]{0,200}", measure in 12u32..60) {
            let rows = set(&text, measure);
            prop_assert_eq!(rows.concat(), text.clone());
            for pair in rows.windows(2) {
                let (end, start) = (pair[0].trim_end().chars().last(), pair[1].chars().next());
                // More marks in a run than fit the row leave no choice.
                let stuck = pair[0].chars().all(|c| is_closing(c) || is_opening(c) || is_paired_mark(c) || c.is_ascii());
                if !stuck {
                    prop_assert!(!start.is_some_and(is_closing), "{:?}", pair);
                    prop_assert!(!end.is_some_and(is_opening), "{:?}", pair);
                    prop_assert!(!(end == start && end.is_some_and(is_paired_mark)), "{:?}", pair);
                }
            }
        }
    }
}
