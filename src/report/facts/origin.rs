//! Where a report is from: its kind and level, who issued it, its number, when and where it was published.

use super::{Field, Genre, Tier};
use crate::quantity::{Unread, date};
use crate::report::outline::Role;
use crate::report::paragraphs::Paragraph;
use crate::source::Told;
use crate::text::Text;
use crate::text::classes::{half_width, is_han};
use std::collections::BTreeMap;

/// How many paragraphs at each end say where a report is from.
const ENDS: usize = 16;

/// Words in titles and what kind of report they make it; the first that stands in the title decides.
const GENRES: [(&[&str], Genre); 8] = [
    (&["政府工作报告", "政府工作報告", "施政报告", "施政報告"], Genre::Work),
    (&["预算执行", "預算執行", "预算草案", "預算草案", "财政预算", "財政預算", "决算", "決算"], Genre::Budget),
    (&["统计公报", "統計公報"], Genre::Bulletin),
    (&["计划执行", "計劃執行", "发展计划", "發展計劃", "计划草案", "計劃草案"], Genre::Plan),
    (&["讲话", "講話", "致辞", "致辭"], Genre::Speech),
    (&["规划", "規劃", "纲要", "綱要"], Genre::Programme),
    (&["通知", "意见", "意見", "方案", "办法", "辦法", "决定", "決定", "批复", "批覆"], Genre::Document),
    (&["工作报告", "工作報告"], Genre::Work),
];

/// The kind of a report by its title, or by what its first lines say is reported.
fn genre(title: &str, head: &[&str]) -> Option<Genre> {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let named = GENRES.iter().find(|(words, _)| words.iter().any(|word| plain.contains(word))).map(|(_, genre)| *genre);
    let told = || {
        let said = head.iter().map(|line| without_pinyin(line)).find(|line| line.contains("报告如下") || line.contains("報告如下"))?;
        (said.contains("计划") || said.contains("計劃")).then_some(Genre::Plan)
    };
    let news = || {
        head.iter().take(6).any(|line| line.contains("记者") || line.contains("記者") || line.contains("本报讯") || line.contains("本報訊"))
    };
    named.or_else(told).or_else(|| news().then_some(Genre::News))
}

/// A line without what scraping put in brackets behind Han: their sounds.
fn without_pinyin(line: &str) -> String {
    let mut plain = String::new();
    // What is reported is said at a line's beginning.
    let line: String = line.chars().take(400).collect();
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once('(') {
        plain.push_str(before);
        match after
            .split_once(')')
            .filter(|(inside, _)| !inside.is_empty() && inside.chars().all(char::is_alphabetic) && !inside.chars().any(is_han))
        {
            Some((_, behind)) => rest = behind,
            None => {
                plain.push('(');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Places on the level of provinces that are called cities.
const CITIES_LIKE_PROVINCES: [&str; 5] = ["北京市", "天津市", "上海市", "重庆市", "重慶市"];

/// The level of a place by its name. A city of the rank of a county cannot be told from others.
pub(super) fn tier_of(place: &str) -> Option<Tier> {
    let last = place.chars().next_back()?;
    if matches!(place, "全国" | "全國" | "中国" | "中國") {
        return Some(Tier::National);
    }
    if CITIES_LIKE_PROVINCES.contains(&place) || place.ends_with("自治区") || place.ends_with("自治區") || place.contains("特别行政")
    {
        return Some(Tier::Province);
    }
    match last {
        '省' => Some(Tier::Province),
        '市' | '州' | '盟' => Some(Tier::City),
        '县' | '縣' | '区' | '區' | '旗' => Some(Tier::County),
        '镇' | '鎮' | '乡' | '鄉' | '道' => Some(Tier::Town),
        _ => None,
    }
}

/// Reads where a report is from. `known` are the facts read so far, title and place among them.
pub(super) fn origin(
    text: &Text,
    paragraphs: &[Paragraph],
    told: &BTreeMap<Told, String>,
    known: &BTreeMap<Field, String>,
) -> BTreeMap<Field, String> {
    let head: Vec<&str> = paragraphs.iter().take(ENDS).map(|paragraph| text.slice(paragraph.span)).collect();
    let tail: Vec<&str> = paragraphs.iter().rev().take(6).map(|paragraph| text.slice(paragraph.span)).collect();
    let bylines: Vec<&str> =
        paragraphs.iter().take(80).filter(|paragraph| paragraph.role == Role::Byline).map(|paragraph| text.slice(paragraph.span)).collect();
    let told = |key| told.get(&key).cloned();
    let title = known.get(&Field::Title).map_or("", String::as_str);
    let mut found = BTreeMap::new();
    let mut put = |field, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            found.insert(field, value);
        }
    };
    put(Field::Genre, genre(title, &head).map(|genre| genre.key().to_owned()));
    put(Field::Tier, known.get(&Field::Place).and_then(|place| tier_of(place)).map(|tier| tier.key().to_owned()));
    put(Field::Number, head.iter().chain(&tail).find_map(|line| number_in(line)));
    put(Field::Issuer, told(Told::Issuer).or_else(|| signed(&tail)));
    put(Field::Source, told(Told::Source).or_else(|| head.iter().find_map(|line| labelled(line, &["来源", "來源", "稿源"]))));
    let published =
        || head.iter().find_map(|line| dated(line, &["发布时间", "發布時間", "发布日期", "發佈日期", "发文日期", "日期", "时间", "時間"]));
    let given = || bylines.iter().chain(&tail).find_map(|line| day_in(line));
    put(Field::Published, told(Told::Published).or_else(published).or_else(given));
    put(Field::Url, told(Told::Url).or_else(|| head.iter().chain(&tail).find_map(|line| address_in(line))));
    put(Field::Accessed, told(Told::Accessed));
    found
}

fn day_in(line: &str) -> Option<String> {
    if line.chars().count() > 90 { None } else { date(line).ok().map(|day| day.to_string()) }
}

/// The day behind one of these words.
fn dated(line: &str, labels: &[&str]) -> Option<String> {
    let at = labels.iter().find_map(|label| Some(line.find(label)? + label.len()))?;
    let near: String = line.get(at..)?.chars().take(24).collect();
    match date(&near) {
        Ok(day) => Some(day.to_string()),
        Err(Unread::NoNumber | _) => None,
    }
}

/// What stands behind one of these words and a colon, up to a space.
fn labelled(line: &str, labels: &[&str]) -> Option<String> {
    let at = labels.iter().find_map(|label| Some(line.find(label)? + label.len()))?;
    let rest = line.get(at..)?.trim_start().strip_prefix(['：', ':'])?.trim_start();
    let value: String = rest.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '|' | '】' | '；' | '，')).collect();
    ((2..=30).contains(&value.chars().count())).then_some(value)
}

/// A document number: 国发〔2024〕1号 (GB/T 9704-2012 §7.2.5), its brackets in any form.
fn number_in(line: &str) -> Option<String> {
    let chars: Vec<char> = line.chars().take(400).collect();
    let open = chars.iter().position(|c| matches!(c, '〔' | '[' | '［' | '【' | '(' | '（'))?;
    let inside: String = chars.iter().skip(open + 1).take(4).copied().map(half_width).collect();
    let closed = chars.get(open + 5).is_some_and(|c| matches!(c, '〕' | ']' | '］' | '】' | ')' | '）'));
    let digits: String = chars.iter().skip(open + 6).copied().map(half_width).take_while(char::is_ascii_digit).collect();
    let ends = chars.get(open + 6 + digits.len()).is_some_and(|c| matches!(c, '号' | '號'));
    let year = inside.parse::<u16>().is_ok_and(|year| (1949..2100).contains(&year));
    let mut office: Vec<char> = chars.get(..open)?.iter().rev().copied().take_while(|c| is_han(*c)).take(12).collect();
    office.reverse();
    let said: String = office.iter().collect();
    let said = said.trim_start_matches("文号").trim_start_matches("文號");
    (year && closed && ends && !digits.is_empty() && said.chars().count() >= 2).then(|| format!("{said}〔{inside}〕{digits}号"))
}

/// Who signed at the end: a short line that names an office, above or below a date.
fn signed(tail: &[&str]) -> Option<String> {
    let offices = ["人民政府", "办公室", "辦公室", "委员会", "委員會", "统计局", "統計局", "财政局", "財政局", "发展改革委"];
    tail.iter()
        .map(|line| line.trim())
        .find(|line| line.chars().count() <= 24 && offices.iter().any(|office| line.ends_with(office)))
        .map(str::to_owned)
}

fn address_in(line: &str) -> Option<String> {
    let at = line.find("http://").or_else(|| line.find("https://"))?;
    let address: String = line.get(at..)?.chars().take_while(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | ')')).collect();
    (address.len() > 12).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers() {
        for (line, expected) in [
            ("国发〔2024〕1号", Some("国发〔2024〕1号")),
            ("文号：京政办发[2023]12号", Some("京政办发〔2023〕12号")),
            ("云政發（２０２１）３號", Some("云政發〔2021〕3号")),
            ("增长（2024）8%", None),
            ("见（一）", None),
        ] {
            assert_eq!(number_in(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn levels_of_places() {
        for (place, expected) in [
            ("全国", Tier::National),
            ("重庆市", Tier::Province),
            ("青禾市", Tier::City),
            ("云溪县", Tier::County),
            ("广西壮族自治区", Tier::Province),
        ] {
            assert_eq!(tier_of(place), Some(expected), "{place}");
        }
    }

    #[test]
    fn kinds_of_reports() {
        let some = |title: &str| genre(title, &[]);
        assert_eq!(some("2024年云溪市政府工作报告"), Some(Genre::Work));
        assert_eq!(some("关于2019年预算执行情况和2020年预算草案的报告"), Some(Genre::Budget));
        assert_eq!(some("云溪县2015年国民经济和社会发展统计公报"), Some(Genre::Bulletin));
        assert_eq!(some("关于上半年国民经济和社会发展计划执行情况的报告"), Some(Genre::Plan));
        assert_eq!(some("在全市经济工作会议上的讲话"), Some(Genre::Speech));
        assert_eq!(some("云溪印象"), None);
    }
}
