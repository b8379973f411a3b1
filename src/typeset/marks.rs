//! The blank halves of full-width marks, which may be closed up (clreq §3.1.6; GB/T 15834-2011 §5.1.10, §5.1.11).

use super::cells::{Cell, Kind};
use super::{Forms, Setting};

/// The share of an em that may be taken off a mark on its left and on its right.
pub const fn blanks(c: char, forms: Forms) -> (f32, f32) {
    match (c, forms) {
        ('（' | '《' | '〈' | '「' | '『' | '“' | '‘' | '【' | '〔' | '［' | '｛' | '〖' | '〘' | '〚', _) => (0.5, 0.0),
        ('）' | '》' | '〉' | '」' | '』' | '”' | '’' | '】' | '〕' | '］' | '｝' | '〗' | '〙' | '〛', _) => (0.0, 0.5),
        ('，' | '。' | '、' | '；' | '：' | '！' | '？' | '．', Forms::Corner) => (0.0, 0.5),
        ('，' | '。' | '、' | '；' | '：' | '！' | '？' | '．', Forms::Centre) => (0.25, 0.25),
        _ => (0.0, 0.0),
    }
}

/// The order in which marks give up their blanks to make a row fit: lower first (clreq §3.1.6.3: pauses before
/// brackets before full stops).
pub(super) const fn rank(c: char) -> usize {
    match c {
        '，' | '、' | '；' | '：' => 0,
        '。' | '！' | '？' | '．' => 2,
        _ => 1,
    }
}

/// How many ranks there are.
pub(super) const RANKS: usize = 3;

/// The space before a cell in any row it does not begin: negative between marks that stand together, which share the
/// room of one and a half; a gap between Han and Latin.
pub(super) fn gap(before: &Cell, after: &Cell, setting: &Setting) -> f32 {
    let half = setting.em * 0.5;
    let has_blank = |cell: &Cell| cell.left + cell.right > 0.0;
    match (before.kind, after.kind) {
        // Signs such as ％ fill their square and share nothing.
        (Kind::Closing | Kind::Opening, Kind::Closing | Kind::Opening) if !(has_blank(before) && has_blank(after)) => 0.0,
        (Kind::Closing, Kind::Closing) | (Kind::Opening, Kind::Opening) => -(before.right + after.left).min(half),
        (Kind::Closing, Kind::Opening) => -(before.right + after.left - half).max(0.0).min(half),
        (Kind::Ideograph, Kind::Letter | Kind::Digit) | (Kind::Letter | Kind::Digit, Kind::Ideograph) => setting.latin_gap,
        _ => 0.0,
    }
}

/// Whether the space between two cells may grow to fill a row (clreq §3.1.6.4): not inside words, numbers with their
/// signs, dashes and ellipses, and not before typed space, which grows at its end.
pub(super) fn may_stretch(before: &Cell, after: &Cell) -> bool {
    match (before.kind, after.kind) {
        (Kind::Letter | Kind::Digit, Kind::Letter | Kind::Digit) | (_, Kind::Space) => false,
        (Kind::Paired, Kind::Paired) => before.first != after.first,
        // 8% and (a): a mark that is not full-width belongs to the word or number beside it.
        (Kind::Letter | Kind::Digit, Kind::Closing) => !after.first.is_ascii() && after.left + after.right > 0.0,
        (Kind::Closing | Kind::Opening, Kind::Letter | Kind::Digit) => before.left + before.right > 0.0,
        (Kind::Letter | Kind::Digit, Kind::Opening) => after.left + after.right > 0.0,
        _ => true,
    }
}
