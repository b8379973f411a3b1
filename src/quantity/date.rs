//! Days, as machines and people write them.

use super::Unread;
use super::number::number;
use crate::text::classes::half_width;
use jiff::civil::Date;

/// The first day that words name: 2024-01-18, 2024/1/18, 20240118, 2024年1月18日, 二〇二四年一月八日.
///
/// # Errors
/// If they name none, or one that is not in the calendar.
pub fn date(words: &str) -> Result<Date, Unread> {
    let plain: String = words.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let mut rest = plain.as_str();
    while !rest.is_empty() {
        match begins(rest) {
            Some(found) => return found,
            None => rest = rest.get(rest.chars().next().map_or(1, char::len_utf8)..).unwrap_or(""),
        }
        // What is left of a number that was no year is none either.
        if rest.starts_with(|c: char| c.is_ascii_digit()) && !plain.starts_with(rest) {
            let before = plain.get(..plain.len() - rest.len()).unwrap_or("");
            if before.ends_with(|c: char| c.is_ascii_digit()) {
                rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            }
        }
    }
    Err(Unread::NoNumber)
}

/// The years that days are read in.
const YEARS: std::ops::Range<i16> = 1900..2100;
/// The longest number read in words: a year, digit by digit.
const LONGEST: usize = 8;

/// The day that words begin with; nothing if they do not begin with a year.
fn begins(words: &str) -> Option<Result<Date, Unread>> {
    let run = words.chars().take_while(char::is_ascii_digit).count();
    if run == 8 {
        let part = |from, to| words.get(from..to)?.parse::<i16>().ok();
        let year = part(0, 4).filter(|year| YEARS.contains(year))?;
        return Some(day(year, part(4, 6)?, part(6, 8)?));
    }
    let (year, rest) = unit(words, 4)?;
    if !YEARS.contains(&year) || (run > 0 && run != 4) {
        return None;
    }
    let rest = rest.strip_prefix(['年', '-', '/', '.'])?;
    let (month, rest) = unit(rest, 2)?;
    let rest = rest.strip_prefix(['月', '-', '/', '.'])?;
    let (of_month, _) = unit(rest, 2)?;
    Some(day(year, month, of_month))
}

/// A number of at most so many digits at the start.
fn unit(words: &str, most: usize) -> Option<(i16, &str)> {
    let digits = words.chars().take_while(char::is_ascii_digit).take(most).count();
    if digits > 0 {
        // A number reader would take 2024.1 for a decimal.
        return Some((words.get(..digits)?.parse().ok()?, words.get(digits..)?));
    }
    // The rest of a long text says nothing of the number it begins with.
    let head: String = words.chars().take(LONGEST).collect();
    let read = number(&head)?;
    let bytes: usize = words.chars().take(read.taken).map(char::len_utf8).sum();
    Some((i16::try_from(read.value).ok()?, words.get(bytes..)?))
}

fn day(year: i16, month: i16, of_month: i16) -> Result<Date, Unread> {
    let small = |value: i16| i8::try_from(value).map_err(|_| Unread::NoSuchDay);
    Date::new(year, small(month)?, small(of_month)?).map_err(|_| Unread::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_they_are_written() {
        for (words, expected) in [
            ("2024-01-18 09:30", Ok("2024-01-18")),
            ("发布时间：2024年1月8日", Ok("2024-01-08")),
            ("20240118", Ok("2024-01-18")),
            ("——２０２０年１月８日在某市", Ok("2020-01-08")),
            ("二〇二四年一月十八日", Ok("2024-01-18")),
            ("2024.1.8", Ok("2024-01-08")),
            ("编号123456，2024/1/18", Ok("2024-01-18")),
            ("2024", Err(Unread::NoNumber)),
            ("2024年13月1日", Err(Unread::NoSuchDay)),
        ] {
            assert_eq!(date(words).map(|day| day.to_string()), expected.map(str::to_owned), "{words}");
        }
    }
}
