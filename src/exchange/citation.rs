//! How a report is cited: GB/T 7714-2015, APA, and the formats of reference managers.

use super::stamp::stamped;
use super::{bibtex, ris};
use crate::report::{Facts, Field, Genre};
use crate::text::classes::is_han;

/// A way to cite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CitationStyle {
    /// GB/T 7714-2015 《信息与文献 参考文献著录规则》.
    GbT7714,
    /// APA, 7th edition.
    Apa,
    /// RIS, for EndNote, Zotero, NoteExpress.
    Ris,
    /// BibTeX.
    BibTex,
}

impl CitationStyle {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::GbT7714, Self::Apa, Self::Ris, Self::BibTex];

    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::GbT7714 => "gbt7714",
            Self::Apa => "apa",
            Self::Ris => "ris",
            Self::BibTex => "bibtex",
        }
    }

    /// How a file of it ends, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::GbT7714 | Self::Apa => "txt",
            Self::Ris => "ris",
            Self::BibTex => "bib",
        }
    }
}

/// Cites a report in a style, stamped with its level of secrecy. What is not known of it is left out; a report without a
/// title is cited by `name`.
pub fn cite(facts: &Facts, name: &str, style: CitationStyle) -> String {
    match style {
        CitationStyle::GbT7714 => stamped(gbt7714(facts, name), facts),
        CitationStyle::Apa => stamped(apa(facts, name), facts),
        CitationStyle::Ris => ris::write(facts, name),
        CitationStyle::BibTex => bibtex::write(facts, name),
    }
}

/// The title, or the file's name.
pub(super) fn title<'a>(facts: &'a Facts, name: &'a str) -> &'a str {
    facts.get(Field::Title).unwrap_or(name)
}

/// Who is responsible for the text: who issued it, or the government of the place, or who gave it.
pub(super) fn author(facts: &Facts) -> Option<String> {
    let government = || {
        let place = facts.get(Field::Place)?;
        let work = facts.get(Field::Genre) == Some(Genre::Work.key());
        work.then(|| if place == "全国" { "国务院".to_owned() } else { format!("{place}人民政府") })
    };
    facts.get(Field::Issuer).map(str::to_owned).or_else(government).or_else(|| facts.get(Field::Speaker).map(str::to_owned))
}

/// Year, month and day of publication; a year alone where no day is known.
pub(super) fn published(facts: &Facts) -> (Option<String>, Option<&str>) {
    let day = facts.get(Field::Published);
    let year = day.and_then(|day| day.get(..4)).map(str::to_owned).or_else(|| facts.year().0.map(|year| year.to_string()));
    (year, day)
}

/// GB/T 7714-2015 §4.6 (电子资源): `主要责任者. 题名[文献类型标识/载体标识]. (发布日期)[引用日期]. 获取路径.`
///
/// A report without an address is cited as a report on paper (§4.1, `[R]`).
fn gbt7714(facts: &Facts, name: &str) -> String {
    let mut cited = String::new();
    if let Some(author) = author(facts) {
        cited.push_str(&format!("{author}. "));
    }
    cited.push_str(title(facts, name));
    if let Some(number) = facts.get(Field::Number) {
        cited.push_str(&format!("：{number}"));
    }
    let (year, day) = published(facts);
    let url = facts.get(Field::Url);
    cited.push_str(if url.is_some() { "[R/OL]. " } else { "[R]. " });
    match (url, day, year) {
        (Some(_), Some(day), _) => cited.push_str(&format!("({day})")),
        (Some(_), None, Some(year)) => cited.push_str(&format!("({year})")),
        (None, day, year) => {
            let source = facts.get(Field::Source).map(|source| format!("{source}, ")).unwrap_or_default();
            cited.push_str(&format!("{source}{}", day.map(str::to_owned).or(year).unwrap_or_default()));
        }
        (Some(_), None, None) => {}
    }
    if let (Some(accessed), true) = (facts.get(Field::Accessed), url.is_some()) {
        cited.push_str(&format!("[{accessed}]"));
    }
    if let Some(url) = url {
        cited.push_str(&format!(". {url}"));
    }
    cited.trim_end_matches([' ', '.', ',']).to_owned() + "."
}

/// APA 7 §10.4 (reports by government agencies): Author. (Date). *Title* (No. …). Source. URL.
fn apa(facts: &Facts, name: &str) -> String {
    let (year, day) = published(facts);
    let date = day.and_then(apa_date).or(year).unwrap_or_else(|| "n.d.".to_owned());
    let title = title(facts, name);
    // Titles in Chinese stand in no italics, and brackets of their own language.
    let number = facts.get(Field::Number).map(|number| format!(" ({number})")).unwrap_or_default();
    let begin = match author(facts) {
        Some(author) => format!("{author}. ({date}). {title}{number}."),
        None => format!("{title}{number}. ({date})."),
    };
    let source = facts.get(Field::Source).map(|source| format!(" {source}.")).unwrap_or_default();
    let url = match (facts.get(Field::Url), facts.get(Field::Accessed).and_then(apa_date)) {
        (Some(url), Some(accessed)) => format!(" Retrieved {}, from {url}", month_first(&accessed)),
        (Some(url), None) => format!(" {url}"),
        (None, _) => String::new(),
    };
    format!("{begin}{source}{url}")
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// 2024-01-18 as `2024, January 18`.
fn apa_date(day: &str) -> Option<String> {
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<u8>().ok()?);
    Some(format!("{year}, {} {day}", MONTHS.get(month.checked_sub(1)?)?))
}

/// `2024, January 18` as `January 18, 2024`.
fn month_first(date: &str) -> String {
    date.split_once(", ").map_or_else(|| date.to_owned(), |(year, day)| format!("{day}, {year}"))
}

/// Whether a text is Chinese, for formats that ask for the language.
pub(super) fn language(text: &str) -> &'static str {
    if text.chars().any(is_han) { "zh" } else { "en" }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The facts of an invented report.
    pub(in crate::exchange) fn known() -> Facts {
        Facts::new(
            [
                (Field::Title, "云溪市政府工作报告"),
                (Field::Place, "云溪市"),
                (Field::Genre, "work"),
                (Field::Period, "2024"),
                (Field::Number, "云政发〔2024〕1号"),
                (Field::Source, "云溪日报"),
                (Field::Published, "2024-01-18"),
                (Field::Url, "https://www.example.gov.cn/a_1.html"),
                (Field::Accessed, "2024-03-02"),
            ]
            .map(|(field, value)| (field, value.to_owned()))
            .into(),
        )
    }

    #[test]
    fn a_report_from_a_site_and_one_on_paper() {
        assert_eq!(
            gbt7714(&known(), "a.txt"),
            "云溪市人民政府. 云溪市政府工作报告：云政发〔2024〕1号[R/OL]. (2024-01-18)[2024-03-02]. https://www.example.gov.cn/a_1.html."
        );
        assert_eq!(
            apa(&known(), "a.txt"),
            "云溪市人民政府. (2024, January 18). 云溪市政府工作报告 (云政发〔2024〕1号). 云溪日报. Retrieved March 2, 2024, from https://www.example.gov.cn/a_1.html"
        );
        let bare = Facts::new([(Field::Period, "2020".to_owned())].into());
        assert_eq!((gbt7714(&bare, "a.txt"), apa(&bare, "a.txt")), ("a.txt[R]. 2020.".to_owned(), "a.txt. (2020).".to_owned()));
    }
}
