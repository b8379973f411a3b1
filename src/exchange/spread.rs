//! Tables as text for spreadsheets and scripts (RFC 4180): rows of words, in which nothing is taken for a formula.

use super::table::formula::guarded;

/// What a table begins with, so that Excel does not take it for GBK.
pub(super) const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// Writes rows, the head first.
pub(super) fn spread<Row>(rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item: AsRef<str>>,
{
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut written = true;
    for row in rows {
        written &= writer.write_record(row.into_iter().map(|cell| guarded(cell.as_ref()).into_owned())).is_ok();
    }
    // Writing into memory does not fail, and all rows are as long as the head.
    debug_assert!(written);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        let rows = [["甲, 乙", "=1+1"], ["“丙”\"\n", "-0.5"]];
        assert_eq!(spread(rows), "\"甲, 乙\",'=1+1\r\n\"“丙”\"\"\n\",-0.5\r\n");
    }
}
