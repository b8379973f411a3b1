//! A row's spacing as runs: stretches of characters with one space before each.

use super::cells::{Cell, Kind};

/// A stretch of a row. The first of its clusters has `lead` and `spacing` before it, each other one `spacing`; the first
/// cluster of a row has neither.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// How many characters it has.
    pub len: u32,
    /// Extra space before it in points; negative where marks are closed up.
    pub lead: f32,
    /// Space before each of its clusters in points.
    pub spacing: f32,
}

/// Differences smaller than this, in points, are none.
const SAME: f32 = 1e-3;

/// The runs of cells with these gaps before them. The two halves of a dash stay in one run: the font draws them as one.
pub(super) fn runs(cells: &[Cell], gaps: &[f32]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let gap = |at: usize| gaps.get(at).copied().unwrap_or(0.0);
    for (at, cell) in cells.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| cells.get(at));
        let second_half = before.is_some_and(|before| cell.kind == Kind::Paired && before.first == cell.first);
        let after_pair = before.is_some_and(|before| before.kind == Kind::Paired);
        let begins_pair = cell.kind == Kind::Paired && !second_half;
        match runs.last_mut() {
            Some(run) if second_half || (!begins_pair && !after_pair && (at == 1 || (run.spacing - gap(at)).abs() < SAME)) => {
                if at == 1 && !second_half {
                    // Before the first cluster of a row there is nothing: the first gap decides for the run.
                    run.spacing = gap(at);
                }
                run.len += cell.len;
            }
            _ if begins_pair => runs.push(Run { len: cell.len, lead: if at == 0 { 0.0 } else { gap(at) }, spacing: 0.0 }),
            _ if at == 0 => runs.push(Run { len: cell.len, lead: 0.0, spacing: 0.0 }),
            _ => {
                // A single odd gap costs one run, not two: what follows joins it.
                let next = if cells.get(at + 1).is_some_and(|next| next.kind != Kind::Paired) { gap(at + 1) } else { gap(at) };
                runs.push(Run { len: cell.len, lead: gap(at) - next, spacing: next });
            }
        }
    }
    runs
}
