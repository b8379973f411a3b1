//! How a row is made as wide as the column: marks give up blank first, else all spaces grow alike.

use super::Setting;
use super::cells::{Cell, Kind};
use super::marks::{RANKS, gap, may_stretch, rank};

/// The most the spaces of a row may grow, in ems; beyond, it stays short and is counted (docs/typesetting.md).
const MOST: f32 = 0.25;

/// Cells of one row, without the space at its end, measured.
pub(super) struct Measured<'a> {
    cells: &'a [Cell],
    setting: &'a Setting,
    /// Space before each cell.
    pub gaps: Vec<f32>,
    /// How far left of its place the row begins, so that an opening mark's ink stands at the edge.
    pub flush: f32,
    /// The blank of the last mark, which hangs over the edge.
    pub hang: f32,
}

impl<'a> Measured<'a> {
    /// Measures a row in its natural width: marks that stand together closed up, an opening mark flush at the start
    /// (clreq §3.1.6.2), a closing one at the end without its blank (GB/T 15834-2011 §5.1.10).
    pub(super) fn new(row: &'a [Cell], setting: &'a Setting) -> Self {
        let inked = row.iter().rposition(|cell| cell.kind != Kind::Space).map_or(0, |last| last + 1);
        let cells = row.get(..inked).unwrap_or_default();
        let between = cells.windows(2).map(|pair| match pair {
            [before, after] => gap(before, after, setting),
            _ => 0.0,
        });
        let gaps: Vec<f32> = std::iter::once(0.0).chain(between).take(cells.len()).collect();
        let flush = cells.first().filter(|cell| cell.kind == Kind::Opening).map_or(0.0, |cell| cell.left);
        let hang = cells.last().map_or(0.0, |cell| cell.right);
        Self { cells, setting, gaps, flush, hang }
    }

    /// Its width, what hangs over left out.
    pub(super) fn width(&self) -> f32 {
        self.cells.iter().map(|cell| cell.width).sum::<f32>() + self.gaps.iter().sum::<f32>() - self.flush - self.hang
    }

    /// Blank each cell can still give up on its left and right.
    fn slack(&self) -> Vec<(f32, f32)> {
        let last = self.cells.len().saturating_sub(1);
        let gap = |at: usize| self.gaps.get(at).copied().unwrap_or(0.0);
        let mut slack: Vec<(f32, f32)> = self.cells.iter().map(|cell| (cell.left, cell.right)).collect();
        for (at, blank) in slack.iter_mut().enumerate() {
            // What stands closed up has given its blank already; at the edges there is nothing to close up to.
            if at == 0 || gap(at) < 0.0 {
                blank.0 = 0.0;
            }
            if at == last || gap(at + 1) < 0.0 {
                blank.1 = 0.0;
            }
        }
        slack
    }

    /// How much narrower the row can be made.
    pub(super) fn give(&self) -> f32 {
        self.slack().iter().map(|(left, right)| left + right).sum()
    }

    /// Makes the row narrower by this much, as far as marks allow: those of each rank give alike (GB/T 15834-2011 §5.1.11).
    pub(super) fn squeeze(&mut self, by: f32) {
        let slack = self.slack();
        let mut left = by;
        for of_rank in 0..RANKS {
            let in_rank = |at: usize| self.cells.get(at).is_some_and(|cell| rank(cell.first) == of_rank);
            let capacity: f32 = slack.iter().enumerate().filter(|(at, _)| in_rank(*at)).map(|(_, (l, r))| l + r).sum();
            if capacity <= 0.0 || left <= 0.0 {
                continue;
            }
            let share = (left / capacity).min(1.0);
            left -= capacity * share;
            let taken: Vec<(usize, f32, f32)> =
                slack.iter().enumerate().filter(|(at, _)| in_rank(*at)).map(|(at, (l, r))| (at, l * share, r * share)).collect();
            for (at, before, after) in taken {
                if let Some(gap) = self.gaps.get_mut(at) {
                    *gap -= before;
                }
                if let Some(gap) = self.gaps.get_mut(at + 1) {
                    *gap -= after;
                }
            }
        }
    }

    /// Makes the row wider by this much; says whether its spaces could grow so far.
    pub(super) fn stretch(&mut self, by: f32) -> bool {
        let places: Vec<usize> = (1..self.cells.len())
            .filter(|&at| matches!((self.cells.get(at - 1), self.cells.get(at)), (Some(before), Some(after)) if may_stretch(before, after)))
            .collect();
        let each = by / places.len() as f32;
        let most = MOST * self.setting.em;
        for at in &places {
            if let Some(gap) = self.gaps.get_mut(*at) {
                *gap += each.min(most);
            }
        }
        !places.is_empty() && each <= most
    }
}
