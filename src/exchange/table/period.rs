//! Periods as tables write them: 2020M01 for 2020-01, which a spreadsheet would make a day of.

use crate::quantity::{Year, period};
use std::borrow::Cow;

/// A period in its standard form as a table writes it; anything else as it is.
pub(in crate::exchange) fn to_table(words: &str) -> Cow<'_, str> {
    if !is_standard(words) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.replace("-Q", "Q").replace("-H", "H").replace('-', "M"))
}

/// What a table writes for a period in its standard form; anything else as it is.
pub(in crate::exchange) fn from_table(words: &str) -> Cow<'_, str> {
    let read = words.trim().replace('Q', "-Q").replace('H', "-H").replace('M', "-");
    if read != words && is_standard(&read) { Cow::Owned(read) } else { Cow::Borrowed(words) }
}

fn is_standard(words: &str) -> bool {
    period(words, Year(None)).is_ok_and(|period| period.to_string() == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_no_spreadsheet_takes_for_days() {
        let cases = [
            ("2020", "2020"),
            ("2020-01", "2020M01"),
            ("2020-01/2020-06", "2020M01/2020M06"),
            ("2020-Q3", "2020Q3"),
            ("2020-H1", "2020H1"),
            ("XXXX-H1", "XXXXH1"),
            ("2016/2020", "2016/2020"),
            ("2022/2023FY", "2022/2023FY"),
            ("十四五", "十四五"),
            ("2020年上半年", "2020年上半年"),
            ("PM2-5", "PM2-5"),
        ];
        for (words, written) in cases {
            assert_eq!(to_table(words), written);
            assert_eq!(from_table(written), words);
        }
        assert_eq!(from_table(" 2020M02 "), "2020-02");
    }
}
