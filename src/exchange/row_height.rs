//! How high a row of a sheet has to be for its words. Programs that take a file for Excel's leave rows as high as it says, and
//! only Excel itself makes room for what runs over several lines.

/// A line of 11 points, in points.
const LINE: f64 = 16.5;
/// No row is higher than 409 points.
const MOST_LINES: u32 = 24;

/// The height of a row in points, by its cells' words and the widths of their columns in half-width characters; nothing where
/// one line is enough.
pub(super) fn row_height<'a>(cells: impl IntoIterator<Item = (&'a str, u16)>) -> Option<f64> {
    let most = cells.into_iter().map(|(words, width)| lines(words, width)).max().unwrap_or(1);
    (most > 1).then(|| f64::from(most.min(MOST_LINES)) * LINE)
}

/// How many lines words take: rather one too many than one too few, for faces differ, and marks do not begin a line.
fn lines(words: &str, width: u16) -> u32 {
    let whole = u32::from(width) * 10;
    // No line begins with a mark: a character may have to go over with it.
    let broken = whole.saturating_sub(WIDE).max(WIDE);
    let of_line = |line: &str| {
        let long: u32 = line.chars().map(tenths).sum();
        if long <= whole { 1 } else { long.div_ceil(broken) }
    };
    words.split('\n').map(of_line).sum()
}

/// A full-width character, in tenths of a digit's width.
const WIDE: u32 = 21;

fn tenths(c: char) -> u32 {
    match c {
        'A'..='Z' | '%' | '@' => 14,
        ' '..='~' => 11,
        _ => WIDE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_cell() {
        let long = "全市".repeat(20);
        for (cells, expected) in [
            (vec![("全市生产总值", 24), ("8%", 8)], None),
            (vec![("", 8)], None),
            (vec![("深圳市集中精力办实事下足功夫抓落实", 24)], Some(2)),
            (vec![("全市", 24), ("一\n二\n三", 8)], Some(3)),
            (vec![(long.as_str(), 24), ("一\n二", 8)], Some(4)),
            (vec![("XXXXM01/XXXXM06", 12)], Some(2)),
        ] {
            let height = expected.map(|lines: u32| f64::from(lines) * LINE);
            assert_eq!(row_height(cells.iter().copied()), height, "{cells:?}");
        }
    }

    #[test]
    fn no_row_is_higher_than_a_sheet_allows() {
        let text = "字".repeat(40_000);
        assert!(row_height([(text.as_str(), 8)]).is_some_and(|height| height <= 409.0));
        assert_eq!(row_height([(text.as_str(), 0)]), row_height([(text.as_str(), 8)]));
    }
}
