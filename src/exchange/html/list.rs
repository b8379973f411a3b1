//! The list of tags behind the text, by section: each with what is said of it, and a link to its place.

use super::{classes, sample};
use crate::exchange::counts::section_counts;
use crate::exchange::laid::{Laid, Tagged};
use crate::exchange::markup::escaped;
use crate::exchange::voice::{COLUMNS, Voice, pilcrow};

/// Writes the list, and how many tags each section has.
pub(super) fn write<'a>(page: &mut String, laid: &Laid<'a>, voice: &Voice<'a>, report: usize) {
    page.push_str(&format!("<section class=\"list\">\n<h2>{}</h2>\n", escaped(&voice.label("page", "tags"))));
    counts(page, laid, voice);
    page.push_str("<table class=\"tags\">\n<thead><tr>");
    for (group, key) in COLUMNS {
        page.push_str(&format!("<th scope=\"col\">{}</th>", escaped(&voice.label(group, key))));
    }
    page.push_str("</tr></thead>\n");
    for (section, tags) in voice.by_section(&laid.tags) {
        page.push_str("<tbody>\n");
        if !section.is_empty() {
            let (columns, section) = (COLUMNS.len(), escaped(&section));
            page.push_str(&format!("<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"{columns}\">{section}</th></tr>\n"));
        }
        tags.into_iter().for_each(|tag| row(page, voice, tag, report));
        page.push_str("</tbody>\n");
    }
    page.push_str("</table>\n</section>\n");
}

fn row<'a>(page: &mut String, voice: &Voice<'a>, tag: &Tagged<'a>, report: usize) {
    let number = tag.number;
    let linked = |words: &str| {
        if tag.is_shown { format!("<a href=\"#r{report}t{number}\">{words}</a>") } else { words.to_owned() }
    };
    let person = voice.person(&tag.row).map(|name| format!("<div class=\"person\">{}</div>", escaped(name))).unwrap_or_default();
    let kind = format!("<span class=\"{} name\">{}</span>", classes(voice, &tag.row.tag.kind), escaped(&voice.kind_of(&tag.row)));
    let said = voice.particulars(&tag.row);
    let said: String = said.iter().map(|(label, words)| format!("<div><b>{}</b> {}</div>", escaped(label), escaped(words))).collect();
    let place = pilcrow(&tag.row).unwrap_or_default();
    let cells = [linked(&number.to_string()), format!("{kind}{person}"), linked(&escaped(&tag.row.quote())), said, place];
    let cells: String = COLUMNS.iter().zip(cells).map(|((_, key), cell)| format!("<td class=\"{key}\">{cell}</td>")).collect();
    page.push_str(&format!("<tr id=\"r{report}e{number}\">{cells}</tr>\n"));
}

/// How many tags of each kind each section has; nothing for a report of one section, whose numbers stand in the legend.
fn counts(page: &mut String, laid: &Laid<'_>, voice: &Voice<'_>) {
    let sections = section_counts(laid.tags.iter().map(|tag| tag.row), &voice.kinds);
    if sections.len() < 2 {
        return;
    }
    page.push_str(&format!("<table class=\"counts\">\n<thead><tr><th scope=\"col\">{}</th>", escaped(&voice.label("column", "section"))));
    for kind in &voice.kinds {
        page.push_str(&format!("<th scope=\"col\">{}</th>", sample(voice, kind)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for section in sections {
        let heading = section.heading.as_deref().map_or_else(|| "—".to_owned(), escaped);
        let counts: String = section.tags.iter().map(|count| format!("<td>{count}</td>")).collect();
        page.push_str(&format!("<tr><th scope=\"row\">{heading}</th>{counts}</tr>\n"));
    }
    page.push_str("</tbody>\n</table>\n");
}

#[cfg(test)]
mod tests {
    use super::super::write_html;
    use crate::exchange::laid::tests::Desk;

    #[test]
    fn each_tag_is_listed_with_what_is_said_of_it() {
        let desk = Desk::new("政府工作报告\n一、回顾\n生产总值增长8%。\n二、安排\n力争增长9%。\n");
        let page = desk.tagged("生产总值增长8%", "indicator").tagged("力争增长9%", "target").hand(write_html);
        for said in [
            "<tr id=\"r1e1\"><td class=\"number\"><a href=\"#r1t1\">1</a></td>",
            "<td class=\"kind\"><span class=\"green dotted name\">indicator</span></td>",
            "<td class=\"quote\"><a href=\"#r1t2\">力争增长9%</a></td>",
            "<div><b>modality</b> strive、ensure</div><div><b>note</b> 看&lt;一&gt;看</div>",
            "<td class=\"place\">¶5</td></tr>\n</tbody>\n</table>",
            "<tbody>\n<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"5\">二、安排</th></tr>\n<tr id=\"r1e2\">",
            "<tr><th scope=\"row\">一、回顾</th><td>0</td><td>1</td><td>0</td></tr>",
        ] {
            assert!(page.contains(said), "{said}\n{page}");
        }
    }
}
