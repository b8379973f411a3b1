//! Words that a spreadsheet would take for a formula, put so that it does not.
//!
//! A quotation mark in front, as spreadsheets themselves hide it. Plain numbers stay as they are: -5.2% is one.

use std::borrow::Cow;

/// What a formula begins with in Excel, LibreOffice or WPS (OWASP, *CSV Injection*; Excel takes the full-width signs, too).
const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Words as they can stand in a table of text.
pub(in crate::exchange) fn guarded(words: &str) -> Cow<'_, str> {
    if is_formula(words.trim_start_matches('\'')) { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

/// Words of such a table as they were.
pub(in crate::exchange) fn unguarded(words: &str) -> &str {
    words.strip_prefix('\'').filter(|rest| is_formula(rest.trim_start_matches('\''))).unwrap_or(words)
}

/// Whether a spreadsheet would take words for a formula.
pub(in crate::exchange) fn is_formula(words: &str) -> bool {
    words.starts_with(BEGINNINGS) && !is_number(words)
}

/// Whether words are nothing but a number, as 1,234.5 or -5.2%.
fn is_number(words: &str) -> bool {
    let rest = words.strip_prefix(['+', '-', '＋', '－']).unwrap_or(words);
    let rest = rest.strip_suffix(['%', '％', '‰']).unwrap_or(rest);
    let (whole, decimals) = rest.split_once('.').unwrap_or((rest, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(&whole.replace(',', "")) && are_digits(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for formula in ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r1", "\n=1", "＝1+1", "－cmd|' /C calc'!A0", "-", "-5.2%以上", "'=1"]
        {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for plain in ["-5.2%", "+3", "－0.4", "-1,234.5", "全市", "", "'", "'全市'", "5-6", "-5.2％"] {
            assert_eq!(guarded(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(words in "['=+＝\t\r\n0-9.,%@ -]{0,6}[a中]{0,2}") {
            let guarded = guarded(&words);
            prop_assert_eq!(unguarded(&guarded), words.as_str());
            prop_assert!(!is_formula(&guarded));
        }
    }
}
