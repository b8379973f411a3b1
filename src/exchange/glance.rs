//! A glance at a page or a document before it is written: its words, without how they are laid out.

use super::citation::{CitationStyle, cite};
use super::handed::{Handed, TagRow};
use super::markup::seen;
use super::voice::Voice;

/// The title of each report, where it is from, and its first tags in the order of the text, under their headings.
pub(super) fn in_words(handed: Handed<'_>, most: usize) -> String {
    let voice = Voice::new(handed);
    let colon = voice.label("page", "colon");
    let mut lines: Vec<String> = Vec::new();
    for report in handed.reports {
        let stamp = report.secrecy().map(|level| format!("〔{}〕", level.mark())).unwrap_or_default();
        lines.push(format!("{}{stamp}", report.title_shown(handed.options.reading)));
        lines.push(cite(report.facts(), report.name, CitationStyle::GbT7714));
        let mut rows: Vec<TagRow<'_>> = handed.tags().filter(|row| std::ptr::eq(row.report, report)).collect();
        rows.sort_by_key(|row| row.place().map_or(u32::MAX, |span| span.start().get()));
        let mut above = String::new();
        for row in rows.iter().take(most) {
            let section = voice.section(row);
            if section != above && !section.is_empty() {
                lines.push(section.clone());
            }
            above = section;
            lines.push(format!("{}{colon}{}", voice.kind_of(row), row.quote().replace('\n', " ")));
        }
    }
    lines.iter().map(|line| seen(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{hand, usual};
    use super::*;

    #[test]
    fn words_stand_under_their_headings_without_marks() {
        let glance = hand(&usual(), "报告.txt", |handed| in_words(handed, 3));
        let lines: Vec<&str> = glance.lines().collect();
        assert_eq!((lines[0], lines[2], lines.len()), ("云溪市政府工作报告", "一、目标", 6), "{glance}");
        assert_eq!(lines[3], "targetcolon𠮷县生产总值增长8%");
        assert!(!glance.contains(['#', '\\']), "{glance}");
    }
}
