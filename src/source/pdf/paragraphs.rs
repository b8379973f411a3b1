//! Rows to paragraphs: by indents, short last rows, blanks and sizes.

use super::contents::is_entry;
use super::rows::Row;
use crate::source::lines::Lines;
use crate::text::classes::{is_closing, is_ideographic, is_opening};

/// A first row is indented by at least this many times the size.
const INDENT: f64 = 1.2;
/// A row is the last of its paragraph if what stands first in the next row would have fit behind it with this many times
/// the size to spare.
const SPARE: f64 = 0.9;
/// What is not stretched to its column may be divided between words: so much more may be left over.
const WORD: f64 = 1.5;
/// A row this many times as far below the one before as rows are is a paragraph of its own.
const FAR: f64 = 1.45;

/// How the rows of a document usually stand.
struct Usual {
    size: f64,
    pitch: f64,
}

/// Writes the paragraphs of all pages.
pub(super) fn write(pages: &[Vec<Row>], lines: &mut Lines) {
    let usual = usual(pages);
    let columns = columns(pages, &usual);
    let mut paragraph = String::new();
    let mut last: Option<(usize, &Row, (f64, f64))> = None;
    let mut table: Vec<Vec<String>> = Vec::new();
    for (number, (rows, columns)) in pages.iter().zip(&columns).enumerate() {
        let mut begun = false;
        for row in rows {
            let column = columns.get(row.block).copied().unwrap_or(row.column);
            let goes_on = last.is_some_and(|(page, last, before)| goes_on((page, last, before), (number, row, column), &usual));
            if row.gaps > 0 || !goes_on {
                lines.paragraph(&std::mem::take(&mut paragraph));
            }
            if row.gaps == 0 {
                lines.table(&std::mem::take(&mut table));
            }
            // A page begins with the first paragraph that begins on it.
            if !begun && paragraph.is_empty() {
                if !table.is_empty() {
                    lines.table(&std::mem::take(&mut table));
                }
                lines.page(u32::try_from(number + 1).unwrap_or(u32::MAX));
                begun = true;
            }
            if row.gaps > 0 {
                table.push(row.text.split('\t').map(str::to_owned).collect());
                last = None;
            } else {
                join(&mut paragraph, &row.text);
                last = Some((number, row, column));
            }
        }
    }
    lines.paragraph(&paragraph);
    lines.table(&table);
}

fn usual(pages: &[Vec<Row>]) -> Usual {
    let of_text = |row: &&Row| row.gaps == 0;
    let sized = |row: &Row| std::iter::repeat_n(row.size, row.text.chars().count().min(80));
    let mut sizes: Vec<f64> = pages.iter().flatten().filter(of_text).flat_map(sized).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied().unwrap_or(12.0);
    // Only rows of the text's own size, the first of which is long, tell how far apart rows of a paragraph stand.
    let mut widths: Vec<f64> = pages.iter().flatten().filter(of_text).map(|row| row.right - row.left).collect();
    widths.sort_by(f64::total_cmp);
    let long = widths.get(widths.len() * 3 / 5).copied().unwrap_or(0.0) * 0.9;
    let body = |row: &Row| row.gaps == 0 && (row.size - size).abs() < size * 0.12;
    let below = |rows: &Vec<Row>| {
        let pairs = rows.windows(2).filter_map(|pair| Some((pair.first()?, pair.last()?)));
        let pairs = pairs.filter(|(a, b)| a.block == b.block && b.y > a.y && body(a) && body(b) && a.right - a.left >= long);
        pairs.map(|(a, b)| b.y - a.y).collect::<Vec<f64>>()
    };
    let mut pitches: Vec<f64> = pages.iter().flat_map(below).collect();
    pitches.sort_by(f64::total_cmp);
    // The lower quarter: blanks between paragraphs are no less frequent than rows in a text of short paragraphs.
    let pitch = pitches.get(pitches.len() / 4).copied().unwrap_or(size * 1.6);
    Usual { size, pitch }
}

/// Where a column begins and ends.
type Edges = (f64, f64);

/// Where the columns of each page begin and end. A page with too few full rows to tell has the edges most pages have.
fn columns(pages: &[Vec<Row>], usual: &Usual) -> Vec<Vec<Edges>> {
    let full = |row: &&Row| (row.size - usual.size).abs() < usual.size * 0.12;
    let own: Vec<Vec<(Edges, usize)>> = pages
        .iter()
        .map(|rows| {
            let blocks = rows.iter().map(|row| row.block).max().map_or(0, |block| block + 1);
            let edges = |block: usize| {
                let of_block = || rows.iter().filter(|row| row.block == block);
                let of_text = || of_block().filter(full);
                let left = of_text().map(|row| row.left).fold(f64::INFINITY, f64::min);
                let right = right_edge(of_text().map(|row| row.right).collect(), usual.size);
                let there = of_block().next().map_or((0.0, 0.0), |row| row.column);
                let edges = if left.is_finite() && right.is_finite() { (left, right) } else { there };
                (edges, of_text().filter(|row| right - row.right < 2.0 * usual.size).count())
            };
            (0..blocks).map(edges).collect()
        })
        .collect();
    // The edges that hold most full rows of pages with one column.
    let single = own.iter().filter_map(|columns| if let [column] = columns.as_slice() { Some(*column) } else { None });
    let sure: Vec<(Edges, usize)> = single.filter(|(_, rows)| *rows >= FULL_ROWS).collect();
    let like = |a: Edges, b: Edges| (a.1 - a.0 - (b.1 - b.0)).abs() < usual.size;
    let votes = |edges: Edges| sure.iter().filter(|(other, _)| like(edges, *other)).map(|(_, rows)| rows).sum::<usize>();
    let common = sure.iter().map(|(edges, _)| *edges).max_by_key(|edges| votes(*edges));
    let settle = |columns: Vec<(Edges, usize)>| match (columns.as_slice(), common) {
        // A short page: its left edge is its own, since left and right pages differ.
        ([(own, rows)], Some(common)) if *rows < FULL_ROWS && own.1 - own.0 < common.1 - common.0 => {
            vec![(own.0.min(common.0.max(own.0 - 2.5 * usual.size)), own.1.max(common.1))]
        }
        _ => columns.into_iter().map(|(edges, _)| edges).collect(),
    };
    own.into_iter().map(settle).collect()
}

/// So many full rows tell where a column ends.
const FULL_ROWS: usize = 3;

/// Where a column ends, by where its rows end: the place furthest right at which many do. Marks may hang beyond it, and
/// rows that do not fit may stick out.
fn right_edge(mut ends: Vec<f64>, size: f64) -> f64 {
    ends.sort_by(|a, b| b.total_cmp(a));
    let Some(furthest) = ends.first().copied() else { return f64::NEG_INFINITY };
    let many = (ends.len() * 15 / 100).max(3);
    let near = |end: f64| ends.iter().filter(|other| (**other - end).abs() < 1.5).count();
    let edge = ends.iter().copied().find(|end| near(*end) >= many);
    // Short rows of like length end together, too: those that end further right must then be few.
    let beyond = |edge: f64| ends.iter().filter(|end| **end > edge + 1.2 * size).count();
    edge.filter(|edge| beyond(*edge) * 10 <= ends.len()).unwrap_or(furthest)
}

/// Whether a row goes on the paragraph of the row before it. Both come with their page and their column.
fn goes_on(before: (usize, &Row, (f64, f64)), this: (usize, &Row, (f64, f64)), usual: &Usual) -> bool {
    let ((page, last, column), (this_page, row, this_column)) = (before, this);
    let size = last.size.max(row.size);
    if is_entry(&last.text) || is_entry(&row.text) {
        return false;
    }
    if (last.size - row.size).abs() > size * 0.12 {
        return false;
    }
    let room = (first_unit(&row.text) + SPARE) * size;
    let far = page == this_page && last.block == row.block && row.y - last.y > FAR * usual.pitch.max(size * 0.9);
    if is_centred(last, column) && is_centred(row, this_column) {
        return !far && (last.left - column.0) + (column.1 - last.right) < room + WORD * size;
    }
    if column.1 - last.right > room {
        return false;
    }
    let indent = row.left - this_column.0;
    let hangs = begins_item(&last.text) && row.left > last.left && row.left - last.left < 4.0 * size;
    if indent > INDENT * size && !hangs {
        // Where the row before is indented as much, the paragraph is: a quotation, or an item under its number.
        let same = page == this_page && (last.left - row.left).abs() < 0.3 * size;
        if !same || last.left - column.0 <= INDENT * size || is_first(last, row) {
            return false;
        }
    }
    !far
}

/// Whether a row begins an item, whose other rows stand further in.
fn begins_item(row: &str) -> bool {
    let mut chars = row.chars();
    match chars.next() {
        Some('•' | '·' | '●' | '■' | '◆' | '–' | '（' | '(' | '①'..='⑳' | '\u{F0B7}') => true,
        Some(c) if c.is_ascii_digit() => chars.any(|c| matches!(c, '.' | '．' | '、' | ')')),
        _ => false,
    }
}

/// Whether a row stands in the middle of its column, with blanks on both sides.
fn is_centred(row: &Row, column: (f64, f64)) -> bool {
    let (before, behind) = (row.left - column.0, column.1 - row.right);
    before > 0.12 * row.size && (before - behind).abs() < 0.8 * row.size
}

/// How wide what a row begins with is up to where it could have been divided, in times the size, roughly.
fn first_unit(row: &str) -> f64 {
    let narrow = |c: char| !is_ideographic(c) && !is_opening(c) && !is_closing(c) || c.is_ascii();
    let mut width = 0.0;
    let mut open = true;
    for c in row.chars() {
        let word = narrow(c) && c != ' ';
        if !(open || word || is_closing(c)) || c == ' ' {
            break;
        }
        width += if c.is_ascii() { 0.55 } else { 1.0 };
        // One character that is no part of a word stands for itself, with the marks that may not part from it.
        open = is_opening(c);
        if !word && !open && !is_closing(c) {
            width += row.chars().nth(1).filter(|c| is_closing(*c) && !c.is_ascii()).map_or(0.0, |_| 1.0);
            break;
        }
    }
    width
}

/// Whether two rows that are indented alike are each the first of a paragraph: the one before ends in a stop.
fn is_first(last: &Row, _: &Row) -> bool {
    last.text.chars().next_back().is_some_and(|c| matches!(c, '。' | '！' | '？' | '；' | '：' | '”' | '」'))
}

/// Puts a row behind the text before it: a space only between words of Latin letters.
fn join(paragraph: &mut String, row: &str) {
    let row = row.trim();
    let (before, after) = (paragraph.chars().next_back(), row.chars().next());
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_ideographic(c));
    let stop = before.is_some_and(|c| c.is_ascii_punctuation() && !matches!(c, '-' | '/' | '('));
    if (word(before) || stop) && word(after) {
        paragraph.push(' ');
    }
    paragraph.push_str(row);
}
