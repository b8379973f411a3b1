//! Numbers in running text: a table of their forms, and what holds of every text.

use jiannuo::quantity::{Form, Mention, Stated, Units, mentions};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::fmt::Write as _;

const TABLE: &str = include_str!("fixtures/numbers.tsv");

fn characters(text: &str, range: &std::ops::Range<usize>) -> String {
    text.chars().skip(range.start).take(range.len()).collect()
}

/// A mention as the table writes it.
fn written(text: &str, mention: &Mention) -> String {
    let Stated { value, high, unit, bound } = &mention.stated;
    let value = value.map_or("-".to_owned(), |value| value.normalize().to_string());
    let high = high.map_or(String::new(), |high| format!("..{}", high.normalize()));
    let unit = if unit.is_empty() { "-" } else { unit };
    format!("{}={value}{high} {unit} {} {:?}", characters(text, &mention.range), bound.key(), mention.form)
}

fn read(text: &str) -> String {
    let found: Vec<String> = mentions(text, Units::standard()).iter().map(|mention| written(text, mention)).collect();
    found.join(" | ")
}

#[test]
fn the_table_of_forms_is_read() {
    let mut differing = String::new();
    let mut lines = 0;
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let (text, expected) = line.split_once('\t').unwrap();
        let found = read(text);
        lines += 1;
        if found != expected {
            writeln!(differing, "{text}\n  expected {expected}\n  found    {found}").unwrap();
        }
    }
    assert!(lines > 420, "{lines} lines");
    assert!(differing.is_empty(), "\n{differing}");
}

#[test]
fn a_number_without_its_bounds_has_places_of_its_own() {
    for (text, expected) in [
        ("力争控制在3%以内。", "3%"),
        ("人口約 40 萬人", "40 萬人"),
        ("排名第5位", "5位"),
        ("全省前10名", "10名"),
        ("增長不低於百分之五", "百分之五"),
        ("产值超百亿元", "百亿元"),
    ] {
        let found = mentions(text, Units::standard());
        assert_eq!(found.iter().map(|mention| characters(text, &mention.number)).collect::<Vec<_>>(), [expected], "{text}");
    }
}

#[test]
fn a_project_has_units_of_its_own() {
    let text = "出口大豆3.2万蒲式耳";
    let units = Units::standard().with(&["蒲式耳".to_owned()]);
    let found = mentions(text, &units);
    assert_eq!(found.iter().map(|mention| written(text, mention)).collect::<Vec<_>>(), ["3.2万蒲式耳=3.2 万蒲式耳 exact Plain"]);
}

#[test]
fn a_quotation_is_a_name_but_for_its_per_cent() {
    assert_eq!(read("实施“三个十”工程,做到“95%满意”,完成“十四五”规划的“两大目标”"), "95%=95 % exact Percent");
}

/// A whole number below a hundred million in Chinese numerals.
fn chinese(number: u32) -> String {
    let (thousands, rest) = (number / 10_000, number % 10_000);
    if thousands == 0 {
        return below_ten_thousand(rest);
    }
    let nought = if rest > 0 && rest < 1000 { "零" } else { "" };
    let rest = if rest > 0 { below_ten_thousand(rest) } else { String::new() };
    format!("{}万{nought}{}", below_ten_thousand(thousands), rest)
}

fn below_ten_thousand(number: u32) -> String {
    let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
    let mut written = String::new();
    let mut skipped = false;
    for (scale, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / scale % 10;
        if digit == 0 {
            skipped = !written.is_empty();
            continue;
        }
        if skipped {
            written.push('零');
            skipped = false;
        }
        written.push(digits[digit as usize]);
        written.push_str(word);
    }
    if number == 0 { "零".to_owned() } else { written }
}

fn full_width(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }).collect()
}

fn with_thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// What the one mention of a text states.
fn only(text: &str) -> Stated {
    let found = mentions(text, Units::standard());
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found[0].stated.clone()
}

/// Mentions stand in the text, in order, apart, and their numbers within them.
fn check_places(text: &str) {
    let len = text.chars().count();
    let mut floor = 0;
    for mention in mentions(text, Units::standard()) {
        let Mention { range, number, stated, form } = mention;
        assert!(floor <= range.start && range.end <= len, "{text}: {range:?} after {floor}");
        assert!(range.start <= number.start && number.start < number.end && number.end <= range.end, "{text}: {number:?} in {range:?}");
        assert!(stated.high.is_none_or(|high| stated.value.is_some_and(|low| low < high)), "{text}: {stated:?}");
        assert!(!stated.unit.is_empty() || matches!(form, Form::Plain | Form::Ratio), "{text}: {form:?}");
        floor = range.end;
    }
}

proptest! {
    #[test]
    fn a_number_reads_back_however_it_is_printed(whole in 3u32..100_000_000, scale in 0u32..4) {
        let value = Decimal::new(i64::from(whole), scale);
        for magnitude in ["", "万", "亿", "万亿"] {
            let printed = format!("{value}{magnitude}元");
            for text in [format!("完成{printed}。"), format!("完成{}。", full_width(&printed))] {
                let read = only(&text);
                prop_assert_eq!(read.value, Some(value), "{}", text);
                prop_assert_eq!(read.unit, format!("{magnitude}元"), "{}", text);
            }
        }
        prop_assert_eq!(only(&format!("增长{value}%")).value, Some(value));
        prop_assert_eq!(only(&format!("完成{}元", with_thousands(whole))).value, Some(Decimal::from(whole)));
        let text = format!("完成{}元", chinese(whole));
        prop_assert_eq!(only(&text).standard_value(), Some(Decimal::from(whole)), "{}", text);
    }

    #[test]
    fn per_cent_in_chinese_reads_back(whole in 0u32..1000, decimals in "[零一二三四五六七八九]{0,3}") {
        let point = if decimals.is_empty() { "" } else { "点" };
        let text = format!("增长百分之{}{point}{decimals}。", chinese(whole));
        let digits: String = decimals.chars().map(|c| char::from_digit("零一二三四五六七八九".chars().position(|d| d == c).unwrap() as u32, 10).unwrap()).collect();
        let value: Decimal = format!("{whole}.{digits}0").parse().unwrap();
        let read = only(&text);
        prop_assert_eq!((read.value, read.unit.as_str()), (Some(value), "%"), "{}", text);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in any::<String>()) {
        check_places(&text);
    }

    #[test]
    fn numbers_in_any_order_are_read_to_the_end(
        text in "[0-9一二两三十百千万亿〇零廿半几数多余来第前首位名个家元年月日%‰成倍番分之点至到约近超过不低于在以上内左右翻、和,.:/*+\"“” a５％．億個約-]{0,40}",
    ) {
        check_places(&text);
    }
}

#[test]
fn long_runs_of_one_kind_are_read_in_their_time() {
    for piece in ["1", "一", "十", "万", "1.", "1、", "1-", "1:", "1/", "一点", "*", "第", "了", "约", "百分之", "\"", "1亿", "多", "前一"]
    {
        check_places(&piece.repeat(20_000));
    }
}
