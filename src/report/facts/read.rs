//! Reading title, place, period and speaker off the first paragraphs.

use super::{Facts, Field, origin, secrecy};
use crate::quantity::{Part, Period, Year};
use crate::report::outline::{OFFICES, Role, is_byline};
use crate::report::paragraphs::Paragraph;
use crate::source::Told;
use crate::text::Text;
use crate::text::classes::{half_width, is_han, is_space};
use std::collections::BTreeMap;

/// How many paragraphs are looked through for bylines: a saved page begins with its menus.
const FAR: usize = 80;
/// How many paragraphs at the start are read for facts.
const HEAD: usize = 12;

/// Reads the facts off the first paragraphs, and takes what the original told beside its text.
pub fn facts(text: &Text, paragraphs: &[Paragraph], told: &BTreeMap<Told, String>) -> Facts {
    let head: Vec<&str> = paragraphs.iter().take(HEAD).map(|p| text.slice(p.span)).collect();
    let title = paragraphs.iter().find(|p| p.role == Role::Title).map(|p| text.slice(p.span));
    let bylines: Vec<&str> = paragraphs
        .iter()
        .take(FAR)
        .enumerate()
        .filter(|(at, p)| p.role == Role::Byline || (*at < HEAD && p.role != Role::Title && is_byline(text.slice(p.span))))
        .map(|(_, p)| text.slice(p.span))
        .collect();
    let mut facts = BTreeMap::new();
    let mut put = |field, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.insert(field, value);
        }
    };
    let in_text = title.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    put(Field::Title, in_text.or_else(|| told.get(&Told::Title).cloned()));
    let named = || title.into_iter().chain(bylines.iter().copied());
    put(
        Field::Place,
        named().find_map(place_in).or_else(|| head.iter().find_map(|line| place_in(line.split_once("代表")?.1.split_once("政府")?.0))),
    );
    put(Field::Period, period_in(title, &bylines, &head));
    put(Field::Speaker, bylines.iter().rev().find_map(|line| speaker_in(line)));
    put(Field::Secrecy, secrecy::marked(&head).map(|level| level.key().to_owned()));
    facts.extend(origin::origin(text, paragraphs, told, &facts));
    Facts::new(facts)
}

/// Words that end the name of a place.
const PLACE_ENDS: [char; 12] = ['省', '市', '县', '縣', '区', '區', '州', '旗', '盟', '镇', '鎮', '乡'];

/// The first place a line names: the shortest run of Han that ends in a word for a place.
fn place_in(line: &str) -> Option<String> {
    if line.contains("全国人民代表大会") || line.contains("全國人民代表大會") || line.contains("国务院") || line.contains("國務院")
    {
        return Some("全国".into());
    }
    let chars: Vec<char> = line.chars().collect();
    let mut from = 0;
    for (at, &c) in chars.iter().enumerate() {
        if !is_han(c)
            || matches!(
                c,
                '在' | '于'
                    | '於'
                    | '年'
                    | '月'
                    | '日'
                    | '对'
                    | '對'
                    | '为'
                    | '為'
                    | '把'
                    | '由'
                    | '全'
                    | '我'
                    | '本'
                    | '各'
                    | '副'
                    | '第'
            )
        {
            from = at + 1;
        } else if PLACE_ENDS.contains(&c) {
            let name = chars.get(from..=at).unwrap_or_default();
            let titled = chars.get(at + 1).is_some_and(|&c| matches!(c, '长' | '長' | '场' | '場' | '域'));
            if (3..=8).contains(&name.len()) && !titled {
                return Some(name.iter().collect());
            }
            from = at + 1;
        }
    }
    None
}

/// The period a report is of: the year its title or byline names, or else the line that says what is reported; and
/// whether it speaks of a half year.
fn period_in(title: Option<&str>, bylines: &[&str], head: &[&str]) -> Option<String> {
    let plain = |line: &str| line.chars().filter(|&c| !is_space(c)).map(half_width).collect::<String>();
    let named = title.into_iter().chain(bylines.iter().copied()).map(plain);
    let says = |line: &String| {
        ["报告如下", "報告如下", "报(bào)告如下", "報(bào)告如下", "向大会报告", "向大會報告"].iter().any(|words| line.contains(words))
    };
    let year = named.chain(head.iter().map(|line| plain(line)).filter(says)).find_map(|line| year_in(&line))?;
    let half = format!("{year}年上半年");
    let of_half = title.is_some_and(|title| title.contains("上半年")) || head.iter().any(|line| plain(line).contains(&half));
    Some(Period::In(Year(Some(year)), if of_half { Part::Half(1) } else { Part::Whole }).to_string())
}

/// The first year of the common era a line names.
fn year_in(line: &str) -> Option<i16> {
    let chars: Vec<char> = line.chars().collect();
    chars.windows(5).find_map(|window| {
        let (digits, end) = window.split_at(4);
        let year: String = digits.iter().collect();
        let follows = end.first().is_some_and(|&c| matches!(c, '年' | '政'));
        if !follows {
            return None;
        }
        let read = crate::quantity::number(&year).filter(|read| read.taken == 4)?;
        i16::try_from(read.value).ok().filter(|year| (1900..2100).contains(year))
    })
}

/// The person a byline names: what stands behind the last office.
fn speaker_in(line: &str) -> Option<String> {
    let at = OFFICES.iter().filter_map(|office| line.rfind(office).map(|at| at + office.len())).max()?;
    let name: String = line.get(at..)?.chars().filter(|c| !is_space(*c)).take_while(|&c| is_han(c) || c == '·').collect();
    (2..=6).contains(&name.chars().count()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::Corrections;
    use super::*;
    use crate::report::paragraphs::paragraphs;

    fn read(source: &str) -> [Option<String>; 4] {
        let text = Text::new(source.into());
        let facts = facts(&text, &paragraphs(&text, &Corrections::default()), &BTreeMap::new());
        [Field::Title, Field::Place, Field::Period, Field::Speaker].map(|field| facts.get(field).map(str::to_owned))
    }

    #[test]
    fn a_report_says_what_it_is() {
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(
            read("政府工作报告\n——2020年1月8日在云溪市第六届人民代表大会第八次会议上 云溪市市长 陈某某\n各位代表：\n"),
            [some("政府工作报告"), some("云溪市"), some("2020"), some("陈某某")]
        );
        assert_eq!(
            read(
                "── 2020年7月29日在青禾市第十七届人大常委会会议上\n市发展和改革委员会主任吴某某\n主任、各位副主任：\n现将2020年上半年计划执行情况报告如下。\n"
            ),
            [None, some("青禾市"), some("2020-H1"), some("吴某某")]
        );
    }
}
