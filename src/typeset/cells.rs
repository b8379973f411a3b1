//! The smallest pieces a row is made of, and where a row may end between them.

use super::Setting;
use super::marks::blanks;
use crate::text::classes::{
    is_ascii_closing, is_ascii_opening, is_closing, is_digit, is_ideographic, is_opening, is_paired_mark, is_space,
};
use unicode_segmentation::UnicodeSegmentation;

/// What a cell is to the rules of line breaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Han and what is set like it: a row may end before and after it.
    Ideograph,
    /// A letter or sign of a word written without spaces inside.
    Letter,
    /// A digit.
    Digit,
    /// An opening mark.
    Opening,
    /// A closing mark or stop.
    Closing,
    /// Half of —— or ……, which are never divided.
    Paired,
    /// Space: a row may end after it, and at a row's end it takes no room.
    Space,
}

/// One grapheme cluster.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Its first character.
    pub first: char,
    /// How many Unicode scalar values it has.
    pub len: u32,
    /// Its advance in points.
    pub width: f32,
    /// How much of that may be taken off on the left, in points.
    pub left: f32,
    /// And on the right.
    pub right: f32,
    pub kind: Kind,
}

/// Cuts a paragraph into cells. `advance` gives a character's width in points, by its number and what it is.
pub(super) fn cells(text: &str, setting: &Setting, mut advance: impl FnMut(u32, char) -> f32) -> Vec<Cell> {
    let mut place = 0;
    let mut cells: Vec<Cell> = Vec::with_capacity(text.len() / 3 + 1);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or("");
        let alone = stands_alone(first) && after.chars().next().is_none_or(stands_alone);
        let cluster = if alone { "" } else { rest.graphemes(true).next().unwrap_or("") };
        let (len, bytes) = if alone { (1, first.len_utf8()) } else { (cluster.chars().count(), cluster.len()) };
        let width = if alone { advance(place, first) } else { (place..).zip(cluster.chars()).map(|(place, c)| advance(place, c)).sum() };
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        // A mark that a font draws narrower than the square has no blank to give.
        let (left, right) = if width < setting.em * 0.9 { (0.0, 0.0) } else { blanks(first, setting.forms) };
        cells.push(Cell { first, len, width, left: left * setting.em, right: right * setting.em, kind: kind(first) });
        place += len;
        rest = rest.get(bytes..).unwrap_or("");
    }
    cells
}

/// Whether a character never joins its neighbours in a grapheme cluster; saves the full rules for the rest.
const fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{3001}'..='\u{3029}' | '\u{3105}'..='\u{312F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}' | '—' | '…' | '“' | '”' | '‘' | '’')
}

const fn kind(c: char) -> Kind {
    if is_space(c) {
        Kind::Space
    } else if is_paired_mark(c) {
        Kind::Paired
    } else if is_opening(c) {
        Kind::Opening
    } else if is_closing(c) {
        Kind::Closing
    } else if is_digit(c) {
        Kind::Digit
    } else if is_ideographic(c) {
        Kind::Ideograph
    } else {
        Kind::Letter
    }
}

/// Whether a row may end before the cell at an index. Space after an opening mark does not part it from what
/// it opens, nor does space that scraping left inside a dash or an ellipsis part that.
pub(super) fn may_end_before(cells: &[Cell], at: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| cells.get(at)), cells.get(at)) else {
        return false;
    };
    let binds = |cell: &Cell| cell.kind == Kind::Opening || (cell.kind == Kind::Paired && cell.first == after.first);
    let word = || cells.iter().take(at).rev().find(|cell| cell.kind != Kind::Space);
    may_end_between(before, after) && !(before.kind == Kind::Space && word().is_some_and(binds))
}

fn may_end_between(before: &Cell, after: &Cell) -> bool {
    match (before.kind, after.kind) {
        // clreq 3.1.3: no closing mark begins a row, no opening mark ends one.
        (_, Kind::Closing) | (Kind::Opening, _) => false,
        // The two halves of one mark; a whole mark may begin a row (——some text) and end one.
        (Kind::Paired, Kind::Paired) => before.first != after.first,
        // 1,000 and (a)b: ASCII marks inside a word or number keep it whole.
        (Kind::Closing, Kind::Letter | Kind::Digit) => !is_ascii_closing(before.first),
        (Kind::Letter | Kind::Digit, Kind::Opening) => !is_ascii_opening(after.first),
        (Kind::Letter | Kind::Digit, Kind::Letter | Kind::Digit) => false,
        (_, Kind::Space) => false,
        _ => true,
    }
}
