//! Where the numbers of tags stand: behind their words, but never within a figure, which would read as another one.

use crate::exchange::laid::Piece;
use crate::quantity::{Units, mentions};
use crate::text::classes::half_width;
use std::collections::BTreeMap;
use std::ops::Range;

/// What makes one word with the digits in front of it and is no unit of a quantity: times and ordinals, in both scripts. A
/// longer one stands before those it begins with.
const COUNTED: [&str; 24] = [
    "个月",
    "個月",
    "个季度",
    "個季度",
    "季度",
    "世纪",
    "世紀",
    "年度",
    "年",
    "月份",
    "月",
    "日",
    "号",
    "號",
    "时",
    "時",
    "点",
    "點",
    "分",
    "届",
    "屆",
    "期",
    "级",
    "級",
];

/// A stretch of a piece of text.
pub(super) struct Stretch<'p> {
    /// The piece it is of.
    pub piece: &'p Piece,
    /// Its text.
    pub text: String,
    /// The tags whose numbers stand behind it, the lowest first.
    pub numbers: Vec<usize>,
}

/// The pieces of a paragraph or cell, cut where numbers stand.
pub(super) fn stretches(pieces: &[Piece]) -> Vec<Stretch<'_>> {
    let mut places = places(pieces);
    let mut stretches = Vec::new();
    let mut begin = 0;
    for piece in pieces {
        let end = begin + piece.text.chars().count();
        let within: Vec<usize> = places.range(begin..end).map(|(place, _)| *place).filter(|place| *place > begin).collect();
        let mut characters = piece.text.chars();
        for cut in within.into_iter().chain([end]) {
            let text = characters.by_ref().take(cut - begin).collect();
            stretches.push(Stretch { piece, text, numbers: places.remove(&cut).unwrap_or_default() });
            begin = cut;
        }
    }
    stretches
}

/// The tags whose numbers stand at each place, in characters from the beginning.
fn places(pieces: &[Piece]) -> BTreeMap<usize, Vec<usize>> {
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    if pieces.iter().all(|piece| piece.ends.is_empty()) {
        return places;
    }
    let figures = figures(&pieces.iter().map(|piece| piece.text.as_str()).collect::<String>());
    let mut end = 0;
    for piece in pieces {
        end += piece.text.chars().count();
        for tag in &piece.ends {
            places.entry(behind(&figures, end)).or_default().push(*tag);
        }
    }
    places.values_mut().for_each(|tags| tags.sort_unstable());
    places
}

/// The end of the figure that a place is within, or the place itself.
fn behind(figures: &[Range<usize>], mut place: usize) -> usize {
    while let Some(figure) = figures.iter().find(|figure| figure.start < place && place < figure.end) {
        place = figure.end;
    }
    place
}

/// What is read as one: numbers with their units and bounds, dates, names with digits in them.
fn figures(text: &str) -> Vec<Range<usize>> {
    let mut figures: Vec<Range<usize>> = mentions(text, Units::standard()).into_iter().map(|mention| mention.range).collect();
    let text: Vec<char> = text.chars().map(half_width).collect();
    let mut at = 0;
    while at < text.len() {
        let end = word_end(&text, at);
        figures.extend(end.map(|end| at..end));
        at = end.unwrap_or(at + 1);
    }
    figures
}

/// Where the word of digits ends that begins at a place. A date goes on as long as digits with a unit follow.
fn word_end(text: &[char], place: usize) -> Option<usize> {
    let is_ordinal = text.get(place) == Some(&'第');
    let number = number_end(text, place + usize::from(is_ordinal))?;
    let mut end = number + unit_length(text, number);
    while end > number
        && let Some(next) = number_end(text, end)
    {
        match unit_length(text, next) {
            0 => break,
            length => end = next + length,
        }
    }
    Some(end)
}

/// Where the digits and letters end that begin at a place, with what joins them: 7.6, 3:48, PM2.5, 二〇二三.
fn number_end(text: &[char], place: usize) -> Option<usize> {
    let run_end = |from: usize| from + text.iter().skip(from).take_while(|c| is_digit(**c)).count();
    let mut end = Some(run_end(place)).filter(|end| *end > place)?;
    while text.get(end).is_some_and(|c| joins(*c)) && run_end(end + 1) > end + 1 {
        end = run_end(end + 1);
    }
    Some(end)
}

/// How many characters of a unit stand at a place.
fn unit_length(text: &[char], place: usize) -> usize {
    let is_here = |unit: &str| unit.chars().enumerate().all(|(by, c)| text.get(place + by) == Some(&c));
    match text.get(place) {
        Some('%' | '‰' | '℃') => 1,
        _ => COUNTED.iter().find(|unit| is_here(unit)).map_or(0, |unit| unit.chars().count()),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || "〇零一二两兩三四五六七八九十廿百千万萬亿億".contains(c)
}

const fn joins(c: char) -> bool {
    matches!(c, '.' | ':' | '/' | '-' | '~' | '–' | '—' | '·' | '+' | '×')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_behind_the_figure_its_tag_ends_in() {
        let cases = [
            ("增长5.4%和7.|6%，两者", "增长5.4%和7.6%|，两者"),
            ("增长７． |５％，", "增长７． ５％|，"),
            ("居全省第|5位，", "居全省第5位|，"),
            ("新增就业12.6|万人，", "新增就业12.6万人|，"),
            ("改造小区16|8个。", "改造小区168个|。"),
            ("超过2|50亿元", "超过250亿元|"),
            ("结构为3.6:48|.7:47.7。", "结构为3.6:48.7:47.7|。"),
            ("占总量的1/|6。", "占总量的1/6|。"),
            ("年均PM2|.5浓度", "年均PM2.5|浓度"),
            ("2024年1|月9日，在", "2024年1月9日|，在"),
            ("12|月份用电", "12月份|用电"),
            ("提前3|个月完成", "提前3个月|完成"),
            ("二〇二|三年，", "二〇二三年|，"),
            // Two words, of which neither is parted.
            ("2023年|12家企业", "2023年|12家企业"),
            ("2023年12月|三次产业", "2023年12月|三次产业"),
            ("年度目标|以内", "年度目标|以内"),
            ("生产总值|2561亿元", "生产总值|2561亿元"),
            ("增长8%|，居", "增长8%|，居"),
        ];
        for (ends, stands) in cases {
            let (before, rest) = ends.split_once('|').unwrap();
            let text = format!("{before}{rest}");
            let place = behind(&figures(&text), before.chars().count());
            let (before, rest): (String, String) = (text.chars().take(place).collect(), text.chars().skip(place).collect());
            assert_eq!(format!("{before}|{rest}"), stands);
        }
    }

    #[test]
    fn pieces_are_cut_where_numbers_stand() {
        let piece = |text: &str, ends: &[usize]| Piece { text: text.to_owned(), ends: ends.to_vec(), ..Piece::default() };
        let pieces = [piece("𠮷县增长5.4%和7.", &[3]), piece("6%，就业", &[]), piece("12.6", &[2]), piece("万人，增长8%", &[0, 1])];
        let said = |stretch: &Stretch<'_>| format!("{} {:?}", stretch.text, stretch.numbers);
        let found: Vec<String> = stretches(&pieces).iter().map(said).collect();
        assert_eq!(found, ["𠮷县增长5.4%和7. []", "6% [3]", "，就业 []", "12.6 []", "万人 [2]", "，增长8% [0, 1]"]);
        assert_eq!(stretches(&[]).len(), 0);
    }
}
