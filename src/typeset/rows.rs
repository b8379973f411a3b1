//! Rows: as much of a paragraph as fits, ending where a row may end.

use super::Setting;
use super::cells::{Cell, Kind, cells, may_end_before};
use super::justify::Measured;
use super::marks::gap;
use super::runs::{Run, runs};
use crate::text::ViewSpan;

/// One row of a set paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its characters, counted from the paragraph's start. Rows follow one another without gap.
    pub span: ViewSpan,
    /// How far right of the column's left edge it begins, in points; less by the blank of an opening mark.
    pub indent: f32,
    /// Its width in points, the blank of an opening mark at its start, spaces at its end and what hangs over left out.
    pub width: f32,
    /// The blank of an opening mark at its start, left of the column's edge, in points.
    pub flush: f32,
    /// The blank of a mark at its end, right of the column's edge where the row is full, in points.
    pub hang: f32,
    /// How its characters are spaced.
    pub runs: Vec<Run>,
    /// Whether it should be as wide as the column and is not, because its spaces would grow too wide.
    pub loose: bool,
}

/// A hundredth of a point forgives rounding of sums.
const FORGIVEN: f32 = 0.01;

/// Sets a paragraph: the rows it makes, at least one. `advance` gives a character's width in points, by its number and
/// what it is.
///
/// No row begins with a closing mark or ends with an opening one, —— and …… and words and numbers with
/// their signs stay whole (clreq §3.1.3, GB/T 15834-2011 §5.1). Where a character's width or more would be left over,
/// marks are squeezed to take one more piece into a row; else spaces grow (clreq §3.1.6). Where a piece is wider than
/// the column it is cut at the edge, still before no closing mark if any other place can be found.
pub fn rows(text: &str, setting: &Setting, advance: impl FnMut(u32, char) -> f32) -> Vec<Row> {
    let cells = cells(text, setting, advance);
    let mut ends: Vec<usize> = Vec::new();
    while ends.is_empty() || ends.last().is_some_and(|&end| end < cells.len()) {
        let first = ends.last().copied().unwrap_or(0);
        let indent = if first == 0 { setting.indent } else { 0.0 };
        ends.push(row_end(&cells, first, setting, setting.measure - indent));
    }
    avoid_widow(&cells, &mut ends, setting);
    let mut rows = Vec::with_capacity(ends.len());
    let (mut first, mut place) = (0, 0);
    for &end in &ends {
        let indent = if first == 0 { setting.indent } else { 0.0 };
        let row = cells.get(first..end).unwrap_or_default();
        let len: u32 = row.iter().map(|cell| cell.len).sum();
        rows.push(set_row(row, ViewSpan::of(place, place + len), indent, end == cells.len(), setting));
        (first, place) = (end, place + len);
    }
    rows
}

/// Spaces a row out.
fn set_row(cells: &[Cell], span: ViewSpan, indent: f32, is_last: bool, setting: &Setting) -> Row {
    let mut row = Measured::new(cells, setting);
    let room = setting.measure - indent;
    let missing = room - row.width();
    let mut loose = false;
    if missing < -FORGIVEN {
        row.squeeze(-missing);
    } else if setting.justified && !is_last && missing > FORGIVEN {
        loose = !row.stretch(missing);
    }
    let mut gaps = row.gaps.clone();
    // Spaces at the end go with the last run and take no room of their own.
    gaps.resize(cells.len(), 0.0);
    Row { span, indent: indent - row.flush, width: row.width(), flush: row.flush, hang: row.hang, runs: runs(cells, &gaps), loose }
}

/// The index behind the last cell of the row that starts at `first` and has `room` points.
///
/// Where less than a character's width is left over, spaces grow: nobody sees that. Where more would be left, because
/// of what may not stand at a row's end or start or of a long word, marks are squeezed to take more in, if they can.
fn row_end(cells: &[Cell], first: usize, setting: &Setting, room: f32) -> usize {
    let room = room + FORGIVEN;
    let flush = cells.get(first).filter(|cell| cell.kind == Kind::Opening).map_or(0.0, |cell| cell.left);
    // Natural width so far, with and without spaces at its end; and what marks inside could give up.
    let (mut width, mut inked, mut give) = (-flush, -flush, 0.0);
    // The last place where the row may end as it is, with what is left over there; and if marks are squeezed.
    let (mut natural, mut squeezed): (Option<(usize, f32)>, Option<usize>) = (None, None);
    let choose = |natural: Option<(usize, f32)>, squeezed: Option<usize>| match natural {
        Some((end, left)) if left < setting.em => Some(end),
        _ => squeezed.or(natural.map(|(end, _)| end)),
    };
    for (at, cell) in cells.iter().enumerate().skip(first) {
        let before = at.checked_sub(1).filter(|_| at > first).and_then(|at| cells.get(at));
        let closed_up = before.map_or(0.0, |before| gap(before, cell, setting));
        if at > first && may_end_before(cells, at) {
            let hang = before.map_or(0.0, |before| before.right);
            if inked - hang <= room {
                natural = Some((at, room - inked + hang));
                squeezed = None;
            } else {
                // The first place behind the natural one asks least of the marks.
                squeezed = squeezed.or(Some(at));
            }
        }
        width += cell.width + closed_up;
        // At the row's end the mark's blank hangs; inside, it can be squeezed unless the next mark closed it up.
        if width - cell.right - give > room && cell.kind != Kind::Space && at > first {
            return choose(natural, squeezed).unwrap_or_else(|| forced_end(cells, first, at));
        }
        if cell.kind != Kind::Space {
            inked = width;
        }
        let next_closes_up = cells.get(at + 1).is_some_and(|next| gap(cell, next, setting) < 0.0);
        let left = if at > first && closed_up >= 0.0 { cell.left } else { 0.0 };
        give += left + if next_closes_up { 0.0 } else { cell.right };
    }
    // All the rest fits, if need be squeezed: worth it for the last characters of a paragraph only as for any others.
    let hang = cells.iter().rfind(|cell| cell.kind != Kind::Space).map_or(0.0, |cell| cell.right);
    if inked - hang <= room { cells.len() } else { choose(natural, squeezed.or(Some(cells.len()))).unwrap_or(cells.len()) }
}

/// Takes a single character off the last row, where squeezing the row before makes room for it.
fn avoid_widow(cells: &[Cell], ends: &mut Vec<usize>, setting: &Setting) {
    let (before, start, end) = match *ends.as_slice() {
        [.., before, start, end] => (before, start, end),
        [start, end] => (0, start, end),
        _ => return,
    };
    let room = if before == 0 { setting.measure - setting.indent } else { setting.measure };
    let last = cells.get(start..end).unwrap_or_default();
    let is_widow = last.iter().filter(|cell| !matches!(cell.kind, Kind::Closing | Kind::Space)).count() == 1;
    let both = Measured::new(cells.get(before..end).unwrap_or_default(), setting);
    if is_widow && both.width() - both.give() <= room + FORGIVEN {
        ends.truncate(ends.len() - 2);
        ends.push(end);
    }
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
    use super::super::Forms;
    use super::*;
    use crate::text::classes::{is_closing, is_opening, is_paired_mark};
    use proptest::prelude::*;

    /// Full width for what is not ASCII, half for what is: 10 points an em.
    fn advance(_: u32, c: char) -> f32 {
        if c.is_ascii() { 5.0 } else { 10.0 }
    }

    const PLAIN: Setting = Setting { measure: 0.0, indent: 0.0, em: 10.0, forms: Forms::Corner, justified: true, latin_gap: 0.0 };

    /// The rows of a text at a measure of so many characters, without indent.
    fn set(text: &str, characters: u32) -> Vec<String> {
        let setting = Setting { measure: characters as f32 * 10.0, ..PLAIN };
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
            ("全市生“产总”值", 4, &["全市生", "“产总”值"]),
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
        let setting = Setting { measure: 40.0, indent: 20.0, ..PLAIN };
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
