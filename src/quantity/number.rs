//! A number at the start of a text: Arabic, full-width or Chinese.

use crate::text::classes::half_width;
use rust_decimal::Decimal;

/// A number and how much of the text it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value, without the magnitudes 万 and 亿 that belong to the unit.
    pub value: Decimal,
    /// How many characters it took.
    pub taken: usize,
    /// Whether the text said "and some more" inside it (40多万, 三十余).
    pub more: bool,
}

/// Reads a number at the start of a text; `None` if none stands there.
///
/// Chinese numerals are read up to 千: 万 and 亿 are part of the unit, as in 2.69万亿元.
pub fn number(text: &str) -> Option<Number> {
    let chars: Vec<char> = text.chars().map(half_width).collect();
    let (value, mut taken) = arabic(&chars).or_else(|| chinese(&chars))?;
    let more = matches!(chars.get(taken), Some('多' | '余' | '餘'));
    taken += usize::from(more);
    Some(Number { value, taken, more })
}

/// Digits with an optional sign, separators of thousands and a decimal point.
fn arabic(chars: &[char]) -> Option<(Decimal, usize)> {
    let negative = matches!(chars.first(), Some('-' | '−' | '–'));
    let mut at = usize::from(negative || chars.first() == Some(&'+'));
    let mut digits = String::new();
    let mut pointed = false;
    while let Some(&c) = chars.get(at) {
        let digit_follows = chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match c {
            '0'..='9' => digits.push(c),
            '.' if !pointed && digit_follows && !digits.is_empty() => {
                pointed = true;
                digits.push('.');
            }
            ',' if !pointed && thousand_follows(chars.get(at + 1..).unwrap_or_default()) && !digits.is_empty() => {}
            _ => break,
        }
        at += 1;
    }
    let value: Decimal = digits.parse().ok()?;
    Some((if negative { -value } else { value }, at))
}

/// Whether exactly three digits follow a separator.
fn thousand_follows(chars: &[char]) -> bool {
    chars.iter().take(4).take_while(|c| c.is_ascii_digit()).count() == 3
}

/// The value of a Chinese digit, in either script; 两 is two.
pub(super) const fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Chinese numerals: 二十五, 廿五, 两千, 一百零五, 二〇二〇 (digit by digit), 一点五.
fn chinese(chars: &[char]) -> Option<(Decimal, usize)> {
    let (whole, mut at) = chinese_whole(chars)?;
    let mut value = Decimal::from(whole);
    if matches!(chars.get(at), Some('点' | '點')) {
        let fraction: String = chars.iter().skip(at + 1).map_while(|&c| digit(c)).map(|d| d.to_string()).collect();
        if let Ok(read) = format!("0.{fraction}").parse::<Decimal>()
            && !fraction.is_empty()
        {
            value += read;
            at += 1 + fraction.len();
        }
    }
    Some((value, at))
}

fn chinese_whole(chars: &[char]) -> Option<(u64, usize)> {
    let plain: Vec<u32> = chars.iter().map_while(|&c| digit(c)).collect();
    let scaled = matches!(chars.get(plain.len()), Some('十' | '百' | '千' | '拾' | '佰' | '仟'));
    if plain.len() > 1 && !scaled {
        let value = plain.iter().take(18).fold(0u64, |sum, &d| sum * 10 + u64::from(d));
        return Some((value, plain.len()));
    }
    let (mut total, mut pending, mut at) = (0u64, None, 0);
    while let Some(&c) = chars.get(at) {
        let scale = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '廿' => 20,
            '卅' => 30,
            _ => 0,
        };
        match (digit(c), scale) {
            (Some(d), _) => pending = Some(u64::from(d)),
            (None, 0) => break,
            (None, 20 | 30) => total += scale,
            (None, _) => total += pending.take().unwrap_or(1) * scale,
        }
        at += 1;
    }
    (at > 0).then_some((total + pending.unwrap_or(0), at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_every_form() {
        let cases = [
            ("1016亿美元", "1016", 4),
            ("2.69万亿元", "2.69", 4),
            ("７．5%", "7.5", 3),
            ("24,779元", "24779", 6),
            ("1,2", "1", 1),
            ("-5.6%", "-5.6", 4),
            ("二十五", "25", 3),
            ("廿五", "25", 2),
            ("两千", "2000", 2),
            ("二〇二〇年", "2020", 4),
            ("一点五", "1.5", 3),
            ("一百零五个", "105", 4),
            ("十", "10", 1),
            ("三千二百一十", "3210", 6),
        ];
        for (text, value, taken) in cases {
            let read = number(text).map(|n| (n.value.to_string(), n.taken));
            assert_eq!(read, Some((value.to_owned(), taken)), "{text}");
        }
        assert_eq!(number("亿元"), None);
        assert!(number("40多万").is_some_and(|n| n.more && n.taken == 3));
    }

    proptest! {
        #[test]
        fn a_printed_number_reads_back(whole in 0i64..100_000_000, scale in 0u32..4, wide: bool) {
            let value = Decimal::new(whole, scale);
            let printed: String = value.to_string().chars()
                .map(|c| if wide && c.is_ascii() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
                .collect();
            prop_assert_eq!(number(&printed).map(|n| (n.value, n.taken)), Some((value, printed.chars().count())));
        }
    }
}
