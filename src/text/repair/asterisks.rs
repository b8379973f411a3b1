//! Asterisks in place of brackets.

use super::{Damage, Loss, Patch, Repair, span};
use crate::text::classes::{is_digit, is_space};

/// The most characters that stand between two runs of asterisks read as brackets.
const LONGEST_BRACKET: usize = 12;

/// Pairs of `***` as brackets, by what stands between and before them; the other ones are losses.
pub(super) fn brackets_of_asterisks(chars: &[char], damage: &mut Damage) {
    let mut runs: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let len = chars.iter().skip(at).take_while(|&&c| c == '*').count();
        if len == 3 {
            runs.push(at);
        }
        at += len.max(1);
    }
    let mut index = 0;
    while let Some(&run) = runs.get(index) {
        let close = runs.get(index + 1).copied().filter(|&close| is_bracket(chars, run, close));
        if let Some(close) = close {
            damage.patches.push(Patch { span: span(run, run + 3), becomes: '（', repair: Repair::Asterisks });
            damage.patches.push(Patch { span: span(close, close + 3), becomes: '）', repair: Repair::Asterisks });
            index += 2;
        } else {
            damage.losses.push((span(run, run + 3), Loss::Asterisks));
            index += 1;
        }
    }
}

fn is_bracket(chars: &[char], run: usize, close: usize) -> bool {
    let inside = chars.get(run + 3..close).unwrap_or_default();
    // Masked digits stand behind digits (42*** 億元) or before a unit (***%).
    let masked = run.checked_sub(1).and_then(|at| chars.get(at)).copied().is_some_and(is_digit)
        || inside.first().is_some_and(|&c| matches!(c, '%' | '％') || is_space(c) || is_digit(c));
    (1..=LONGEST_BRACKET).contains(&inside.len()) && !masked && !inside.iter().any(|c| matches!(c, '。' | '；' | ';' | '\n'))
}
