//! A web page that needs nothing else: the report set as in the reader, its tags underlined, and the list of them.
//!
//! It asks no network and runs no script, which its policy says to the browser, too. It follows the system from light to
//! dark, and prints on A4.

mod list;
mod numbers;
mod style;
mod text;

use super::citation::{CitationStyle, cite};
use super::handed::{Handed, HandedReport};
use super::laid::laid;
use super::looks::{look, role_name, stroke_name};
use super::markup::escaped;
use super::voice::Voice;
use crate::annotation::KindId;
use crate::report::{Reading, Region, Report, Script, ScriptView, Secrecy};

/// What the page may do: be styled by itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Writes reports as one page; several of them with a list of contents.
pub fn write_html(handed: Handed<'_>) -> String {
    let voice = Voice::new(handed);
    let mut page = head(&voice);
    let is_of_several = handed.reports.len() > 1;
    if is_of_several {
        contents(&mut page, &voice);
    }
    for (number, report) in (1..).zip(handed.reports) {
        page.push_str(&format!("<article id=\"r{number}\">\n"));
        if is_of_several {
            page.push_str(&stamp(report.secrecy()));
        }
        article(&mut page, &voice, report, number);
        page.push_str("</article>\n");
    }
    page + "</body>\n</html>\n"
}

fn head(voice: &Voice<'_>) -> String {
    let handed = voice.handed;
    let language = handed.reports.first().map_or("zh", |report| language(report.report, handed.options.reading));
    let secrecy = handed.secrecy();
    let lines = [
        "<!DOCTYPE html>".to_owned(),
        format!("<html lang=\"{language}\">"),
        "<head>".to_owned(),
        "<meta charset=\"utf-8\">".to_owned(),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned(),
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"),
        "<meta name=\"referrer\" content=\"no-referrer\">".to_owned(),
        format!("<title>{}</title>", escaped(&voice.title())),
        format!("<style>\n{}</style>", style::style(secrecy)),
        "</head>".to_owned(),
        format!("<body>\n{}", stamp(secrecy)),
    ];
    lines.join("\n")
}

/// The mark of secrecy, in the words of the law.
fn stamp(secrecy: Option<Secrecy>) -> String {
    secrecy.map(|level| format!("<p class=\"stamp\" lang=\"zh-Hans\">{}</p>\n", level.mark())).unwrap_or_default()
}

fn contents(page: &mut String, voice: &Voice<'_>) {
    page.push_str(&format!("<nav>\n<h2>{}</h2>\n<ol>\n", escaped(&voice.label("page", "contents"))));
    for (number, report) in (1..).zip(voice.handed.reports) {
        let title = report.title_shown(voice.handed.options.reading);
        page.push_str(&format!("<li><a href=\"#r{number}\">{}</a></li>\n", escaped(&title)));
    }
    page.push_str("</ol>\n</nav>\n");
}

fn article<'a>(page: &mut String, voice: &Voice<'a>, report: &'a HandedReport<'a>, number: usize) {
    let handed = voice.handed;
    let laid = laid(handed, report);
    page.push_str("<ul class=\"legend\">\n");
    for kind in &voice.kinds {
        let count = laid.tags.iter().filter(|tag| tag.row.tag.kind == *kind).count();
        page.push_str(&format!("<li>{} {count}</li>\n", sample(voice, kind)));
    }
    page.push_str("</ul>\n");
    page.push_str(&format!("<div class=\"text\" lang=\"{}\">\n", language(report.report, handed.options.reading)));
    text::write(page, &laid, voice, number);
    page.push_str("</div>\n");
    list::write(page, &laid, voice, number);
    let cited = cite(report.facts(), report.name, CitationStyle::GbT7714);
    page.push_str(&format!("<p class=\"cited\" lang=\"zh-Hans\">{}</p>\n", escaped(&cited)));
}

/// The name of a kind, looking as its tags do.
fn sample(voice: &Voice<'_>, kind: &KindId) -> String {
    format!("<span class=\"{} name\">{}</span>", classes(voice, kind), escaped(&voice.kind(kind)))
}

/// The classes of what looks like a kind.
fn classes(voice: &Voice<'_>, kind: &KindId) -> String {
    let (role, stroke) = look(voice.handed.book, kind);
    format!("{} {}", role_name(role), stroke_name(stroke))
}

/// The language of a report as it is read (BCP 47), by which browsers choose the forms of its characters.
fn language(report: &Report, reading: Reading) -> &'static str {
    use ScriptView as V;
    match (reading.script.script(report.script()), reading.script, report.region()) {
        (Script::Simplified, ..) => "zh-Hans",
        (Script::Traditional, V::Taiwan, _) | (Script::Traditional, V::Source | V::Traditional, Region::Taiwan) => "zh-Hant-TW",
        (Script::Traditional, V::HongKong, _) | (Script::Traditional, V::Source | V::Traditional, Region::HongKong) => "zh-Hant-HK",
        (Script::Traditional, ..) => "zh-Hant",
    }
}

#[cfg(test)]
mod tests {
    use super::super::laid::tests::Desk;
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "机密★1年\n云溪市政府工作报告\n一、回顾\n全市<b>生产总值增长8%，居全省第1位。\n";

    #[test]
    fn a_page_asks_for_nothing_from_elsewhere() {
        let desk = Desk::new(TEXT).tagged("生产总值增长8%", "target");
        let page = desk.hand(write_html);
        for outside in ["src=", "url(", "@import", "<script", "<link", "http:", "https:"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains(POLICY));
    }

    #[test]
    fn a_secret_report_is_stamped_on_the_page_and_on_each_sheet() {
        let page = Desk::new(TEXT).hand(write_html);
        assert!(page.contains("<p class=\"stamp\" lang=\"zh-Hans\">机密</p>"), "{page}");
        assert!(page.contains("@top-left { content: \"机密\""));
        assert!(!Desk::new("政府工作报告\n增长8%。\n").hand(write_html).contains("class=\"stamp\""));
    }

    #[test]
    fn every_link_leads_to_a_place_on_the_page() {
        let desk = Desk::new(TEXT).tagged("生产总值增长8%", "target").tagged("增长8%，居全省第1位", "indicator").tagged("第1位", "own");
        let page = desk.hand(write_html);
        let after =
            |word: &str| -> Vec<String> { page.split(word).skip(1).map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect() };
        let (places, links) = (after("id=\""), after("href=\"#"));
        assert_eq!(links.len(), 3 + 3 * 2, "from each tag to the list, from its number and its words to the text");
        for link in &links {
            assert_eq!(places.iter().filter(|place| *place == link).count(), 1, "{link}");
        }
    }

    proptest! {
        /// Whatever is tagged and however tags overlap: the page is well-formed, and nothing a person wrote is markup.
        #[test]
        fn a_page_is_well_formed(
            text in "[一二增长8%<>&\"'。\n\u{20000}]{1,60}",
            spans in proptest::collection::vec((0usize..60, 1usize..20), 0..8),
        ) {
            let length = text.chars().count();
            let mut desk = Desk::new(&text);
            for (start, size) in spans {
                if start + size <= length {
                    desk = desk.tagged_at(start, start + size, ["target", "indicator", "own"][start % 3]);
                }
            }
            let page = desk.hand(write_html);
            // HTML but for what it leaves open on purpose is XML.
            let body = page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
            let parsed = format!("<body>{body}</body>");
            prop_assert!(roxmltree::Document::parse(&parsed).is_ok(), "{}", parsed);
        }
    }
}
