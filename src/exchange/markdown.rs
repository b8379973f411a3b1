//! Markdown for notes: the words of tags by section and kind, with what is said of each. CommonMark 0.31
//! (<https://spec.commonmark.org/0.31.2/>). Export only.
//!
//! For people: in the words and the view that were asked for, all people's tags together. Loses offsets and links.

use super::citation::{CitationStyle, cite};
use super::handed::{Handed, HandedReport, TagRow};
use super::markup::seen;
use super::standoff::Corpus;
use super::voice::{Voice, pilcrow};

/// Writes the tags of all reports as one page.
pub fn write_markdown(handed: Handed<'_>) -> Corpus {
    let voice = Voice::new(handed);
    let mut corpus = Corpus { links_left_out: handed.links().count(), ..Corpus::default() };
    let reports: Vec<String> = handed.reports.iter().map(|report| of_report(report, &voice)).collect();
    corpus.push("tags.md", reports.join("\n"));
    corpus
}

fn of_report<'a>(report: &'a HandedReport<'a>, voice: &Voice<'a>) -> String {
    let stamp = report.secrecy().map(|level| format!("〔{}〕", level.mark())).unwrap_or_default();
    let cited = cite(report.facts(), report.name, CitationStyle::GbT7714);
    let title = report.title_shown(voice.handed.options.reading);
    let mut page = format!("# {}{stamp}\n\n{}\n", escaped(&title), escaped(&cited));
    for (section, rows) in sections(report, voice) {
        let level = if section.is_empty() { "##" } else { "###" };
        if !section.is_empty() {
            page.push_str(&format!("\n## {}\n", escaped(&section)));
        }
        for kind in &voice.kinds {
            let of_kind: Vec<&TagRow<'a>> = rows.iter().filter(|row| row.tag.kind == *kind).collect();
            if !of_kind.is_empty() {
                page.push_str(&format!("\n{level} {}\n", escaped(&voice.kind(kind))));
            }
            of_kind.into_iter().for_each(|row| page.push_str(&of_tag(row, voice)));
        }
    }
    page
}

/// The tags of a report by the headings they stand under, in the order of the text; those without a place last.
fn sections<'a>(report: &'a HandedReport<'a>, voice: &Voice<'a>) -> Vec<(String, Vec<TagRow<'a>>)> {
    let mut rows: Vec<TagRow<'a>> = voice.handed.tags().filter(|row| std::ptr::eq(row.report, report)).collect();
    rows.sort_by_key(|row| row.place().map_or(u32::MAX, |span| span.start().get()));
    let mut sections: Vec<(String, Vec<TagRow<'a>>)> = Vec::new();
    for row in rows {
        let section = voice.section(&row);
        match sections.iter_mut().find(|(known, _)| *known == section) {
            Some((_, rows)) => rows.push(row),
            None => sections.push((section, vec![row])),
        }
    }
    sections
}

/// The words of a tag, and what is said of it.
fn of_tag<'a>(row: &TagRow<'a>, voice: &Voice<'a>) -> String {
    let quote = row.quote();
    let lines: Vec<String> = quote.split('\n').map(|line| format!("> {}", escaped(line))).collect();
    let mut words = format!("\n{}\n\n", lines.join("\n"));
    let colon = voice.label("page", "colon");
    for (label, said) in voice.particulars(row) {
        let said: Vec<String> = said.split('\n').map(escaped).collect();
        words.push_str(&format!("- {}{colon}{}\n", escaped(&label), said.join("\n  ")));
    }
    let unsure = row.tag.unsure.then(|| voice.label("column", "unsure"));
    let by: Vec<String> = pilcrow(row).into_iter().chain(voice.person(row).map(str::to_owned)).chain(unsure).collect();
    if !by.is_empty() {
        words.push_str(&format!("- {}\n", escaped(&by.join(" · "))));
    }
    words
}

/// A line of text as Markdown shows it: nothing in it is a mark, and nothing hides or turns text.
fn escaped(line: &str) -> String {
    let line = seen(&line.replace(['\t', '\n'], " "));
    let line = line.trim_start_matches(' ');
    // Marks of lists and headings count at the beginning of a line only.
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let at_start = match line.get(digits..).and_then(|rest| rest.chars().next()) {
        Some('.' | ')') if digits > 0 => Some(digits),
        Some('+' | '-' | '=') if digits == 0 => Some(0),
        _ => None,
    };
    let mut escaped = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        if at_start == Some(at) || "\\`*_[]<>&#|~$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{hand, sample, usual};
    use super::*;

    #[test]
    fn words_by_section_and_kind() {
        let corpus = hand(&usual(), "报告.txt", write_markdown);
        let page = &corpus.files[0].text;
        let expected = "## 一、目标\n\n### target\n\n> 𠮷县生产总值增长8%\n\n- ¶3\n\n> 生产总值增长8%\n\n";
        assert!(page.starts_with("# 云溪市政府工作报告\n\n") && page.contains(expected), "{page}");
        for part in [
            "\n### own kind\n\n> \\=1+1 \\& 'x'\n",
            "\n> \\<工业\\>“增加值”增长9%\n",
            "\n> 承诺\n> 建成𠮷桥\n",
            "notecolon看 \\<这里\\> \\& \"那里\"\n  第二行 完\n",
            "- modalitycolonensure、strive\n",
            "- ¶3 · unsure\n",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn no_level_of_headings_is_left_out() {
        let cases = [
            ("云溪市工作报告\n全市增长8%。\n", "\n\n## target\n\n> 增长8%\n"),
            ("云溪市工作报告\n一、回顾\n全市增长8%。\n", "\n\n## 一、回顾\n\n### target\n\n> 增长8%\n"),
        ];
        for (text, expected) in cases {
            let corpus = hand(&sample(text, &[("增长8%", "target")], |_, _| {}), "a.txt", write_markdown);
            let page = &corpus.files[0].text;
            assert!(page.contains(expected) && page.starts_with("# 云溪市工作报告\n\n"), "{page}");
        }
    }

    #[test]
    fn nothing_in_a_text_is_a_mark() {
        let cases = [
            ("# 标题", "\\# 标题"),
            ("1. 一", "1\\. 一"),
            ("12) 一", "12\\) 一"),
            ("1.6%", "1\\.6%"),
            ("- 一", "\\- 一"),
            ("a-b", "a-b"),
            ("    x", "x"),
            ("[a](b)*c*", "\\[a\\](b)\\*c\\*"),
            ("#标题 ##", "\\#标题 \\#\\#"),
            ("a\u{202E}b", "a\\\\u{202e}b"),
            ("a\u{200B}\u{FFFF}b", "a\\\\u{200b}\\\\u{ffff}b"),
            ("葛\u{E0100}", "葛\u{E0100}"),
            ("", ""),
        ];
        for (line, expected) in cases {
            assert_eq!(escaped(line), expected, "{line}");
        }
    }

    #[test]
    fn a_secret_report_says_so() {
        let sample = sample("机密★1年\n云溪市工作报告\n增长8%。\n", &[("增长8%", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_markdown);
        assert!(corpus.files[0].text.starts_with("# 云溪市工作报告〔机密〕\n"), "{}", corpus.files[0].text);
    }
}
