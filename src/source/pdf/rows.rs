//! Glyphs to rows of text, in reading order: columns are told by the blank between them.

use super::glyphs::{Glyph, Page};
use crate::source::lines::BETWEEN_CELLS;
use crate::text::classes::{is_closing, is_ideographic, is_opening, is_paired_mark};

/// A row of text. Lengths are in points, from the page's upper left corner.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its text; cells of a table are parted by a tab.
    pub(super) text: String,
    /// Where it begins.
    pub(super) left: f64,
    /// Where it ends.
    pub(super) right: f64,
    /// Its baseline.
    pub(super) y: f64,
    /// The size of most of its characters.
    pub(super) size: f64,
    /// Where the column it stands in begins and ends.
    pub(super) column: (f64, f64),
    /// The number of that column on its page, counted through the page's zones.
    pub(super) block: usize,
    /// Whether it has wide blanks in it, as the rows of a table have.
    pub(super) gaps: usize,
}

/// A stretch of glyphs without a wide blank in it.
#[derive(Clone, Debug)]
struct Piece {
    glyphs: Vec<Glyph>,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// A blank of this many times the size parts two pieces.
const WIDE: f64 = 1.45;
/// Columns of running text are at least this many times the size wide.
const COLUMN: f64 = 9.0;
/// A column has at least so many rows.
const COLUMN_ROWS: usize = 4;

/// The rows of a page in reading order.
pub(super) fn rows(page: &Page) -> Vec<Row> {
    let pieces = pieces(page);
    let mut rows = Vec::new();
    let mut block = 0;
    for zone in zones(pieces, page.width) {
        for column in zone {
            rows.extend(rows_of(column, block));
            block += 1;
        }
    }
    rows
}

/// The pieces of a page, from top to bottom and left to right.
fn pieces(page: &Page) -> Vec<Piece> {
    let mut glyphs = page.glyphs.clone();
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    // Glyphs on nearly the same baseline stand in one band; what is raised or lowered in it does not part it.
    let mut bands: Vec<Vec<Glyph>> = Vec::new();
    let mut base = (f64::NEG_INFINITY, 0.0f64);
    for glyph in glyphs {
        let reach = 0.45 * base.1.max(glyph.size);
        if glyph.y - base.0 > reach || bands.is_empty() {
            base = (glyph.y, glyph.size);
            bands.push(Vec::new());
        } else if glyph.size > base.1 {
            base = (glyph.y, glyph.size);
        }
        bands.last_mut().into_iter().for_each(|band| band.push(glyph.clone()));
    }
    bands.into_iter().flat_map(split).collect()
}

/// A band cut at its wide blanks; what is drawn twice for weight counts once.
fn split(mut band: Vec<Glyph>) -> Vec<Piece> {
    band.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces: Vec<Piece> = Vec::new();
    for glyph in band {
        if let Some(piece) = pieces.last_mut() {
            let twice =
                piece.glyphs.iter().rev().take(3).any(|last| last.text == glyph.text && (glyph.x - last.x).abs() < 0.2 * glyph.size);
            if twice {
                continue;
            }
            if glyph.x - piece.right < WIDE * glyph.size.max(piece.size) {
                if !glyph.is_space() {
                    piece.right = piece.right.max(glyph.end());
                    piece.size = piece.size.max(glyph.size);
                }
                piece.glyphs.push(glyph);
                continue;
            }
        }
        if !glyph.is_space() {
            pieces.push(Piece { left: glyph.x, right: glyph.end(), y: glyph.y, size: glyph.size, glyphs: vec![glyph] });
        }
    }
    pieces
}

/// The zones of a page from top to bottom, each with its columns from left to right.
fn zones(pieces: Vec<Piece>, width: f64) -> Vec<Vec<Vec<Piece>>> {
    let Some(gutter) = gutter(&pieces, width) else { return vec![vec![pieces]] };
    let mut zones: Vec<Vec<Vec<Piece>>> = Vec::new();
    let mut whole: Vec<Piece> = Vec::new();
    let mut sides: (Vec<Piece>, Vec<Piece>) = (Vec::new(), Vec::new());
    for piece in pieces {
        if piece.left < gutter && piece.right > gutter {
            if !(sides.0.is_empty() && sides.1.is_empty()) {
                let (left, right) = std::mem::take(&mut sides);
                zones.push(vec![left, right]);
            }
            whole.push(piece);
            continue;
        }
        if !whole.is_empty() {
            zones.push(vec![std::mem::take(&mut whole)]);
        }
        if piece.right <= gutter { sides.0.push(piece) } else { sides.1.push(piece) }
    }
    zones.push(vec![whole]);
    zones.push(vec![sides.0, sides.1]);
    zones
}

/// Where the blank between two columns of running text is, if there are two.
fn gutter(pieces: &[Piece], width: f64) -> Option<f64> {
    let candidates = (30..=70).map(|percent| width * f64::from(percent) / 100.0);
    let judged = candidates.filter_map(|x| {
        let (left, rest): (Vec<&Piece>, Vec<&Piece>) = pieces.iter().partition(|piece| piece.right <= x);
        let (right, crossing): (Vec<&Piece>, Vec<&Piece>) = rest.into_iter().partition(|piece| piece.left >= x);
        let wide = |side: &[&Piece]| {
            let running = side.iter().filter(|piece| piece.right - piece.left > COLUMN * piece.size).count();
            running >= COLUMN_ROWS && running * 2 > side.len()
        };
        (wide(&left) && wide(&right) && crossing.len() * 3 < pieces.len()).then_some((crossing.len(), x))
    });
    let all: Vec<(usize, f64)> = judged.collect();
    let fewest = all.iter().map(|(crossing, _)| *crossing).min()?;
    let best: Vec<f64> = all.into_iter().filter(|(crossing, _)| *crossing == fewest).map(|(_, x)| x).collect();
    best.get(best.len() / 2).copied()
}

/// The rows of a column.
fn rows_of(pieces: Vec<Piece>, block: usize) -> Vec<Row> {
    let left = pieces.iter().map(|piece| piece.left).fold(f64::INFINITY, f64::min);
    let right = pieces.iter().map(|piece| piece.right).fold(f64::NEG_INFINITY, f64::max);
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|last| (piece.y - last.y).abs() < 0.45 * piece.size.max(last.size)) => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    let gaps: Vec<usize> = rows.iter().map(|row| row.len() - 1).collect();
    let written = rows.into_iter().enumerate().map(|(at, mut row)| {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let beside = |at: Option<usize>| at.and_then(|at| gaps.get(at)).is_some_and(|gaps| *gaps > 0);
        let table = row.len() > 1 && (beside(at.checked_sub(1)) || beside(Some(at + 1)));
        let texts: Vec<String> = row.iter().map(|piece| text_of(&piece.glyphs)).collect();
        Row {
            text: texts.join(&String::from(if table { BETWEEN_CELLS } else { ' ' })),
            left: row.first().map_or(0.0, |piece| piece.left),
            right: row.iter().map(|piece| piece.right).fold(f64::NEG_INFINITY, f64::max),
            y: row.first().map_or(0.0, |piece| piece.y),
            size: usual_size(&row),
            column: (left, right),
            block,
            gaps: if table { row.len() - 1 } else { 0 },
        }
    });
    written.collect()
}

/// The size of most characters.
fn usual_size(row: &[Piece]) -> f64 {
    let mut sizes: Vec<f64> = row.iter().flat_map(|piece| piece.glyphs.iter().map(|glyph| glyph.size)).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Whether a character fills a square, as Han and their marks do: no space stands beside it.
fn is_wide(c: char) -> bool {
    is_ideographic(c) || (!c.is_ascii() && (is_opening(c) || is_closing(c))) || ('\u{FF01}'..='\u{FF60}').contains(&c) || is_paired_mark(c)
}

/// The text of glyphs in a row: spaces as drawn, and where words of Latin letters stand apart.
fn text_of(glyphs: &[Glyph]) -> String {
    let mut text = String::new();
    let mut end: Option<f64> = None;
    for glyph in glyphs {
        if glyph.is_space() {
            if !text.ends_with(' ') && !text.is_empty() {
                text.push(' ');
            }
            end = Some(end.unwrap_or(glyph.x).max(glyph.end()));
            continue;
        }
        let apart = end.is_some_and(|end| glyph.x - end > 0.2 * glyph.size);
        let narrow = |c: Option<char>| c.is_some_and(|c| !is_wide(c));
        if apart && narrow(text.chars().next_back()) && narrow(glyph.text.chars().next()) {
            text.push(' ');
        }
        text.push_str(&glyph.text);
        end = Some(glyph.end());
    }
    text.trim_end().to_owned()
}
