//! How far people agree, on one page: who with whom, by kind, by section, on what is said; what is undefined, what was left
//! out, and how it was reckoned.

use super::bars::bar;
use super::methods::{left_out, methods};
use super::{Agreement, interval, rounded};
use crate::exchange::markup::escaped;
use crate::exchange::sheet::{head, paragraph, row, sheet};
use crate::review::agreement::{Figure, Metric, Undefined};
use crate::review::figures::{Block, PersonCounts, Rated};
use std::collections::BTreeMap;

/// The figures of the table by kind.
const BY_KIND: [&str; 6] = ["exact_f1", "overlapping_f1", "cohen", "fleiss", "alpha", "unitized"];
/// Those of the matrices of people.
const BY_PAIR: [&str; 3] = ["exact_f1", "cohen", "alpha"];
/// Those that are bars by section.
const BY_SECTION: [&str; 2] = ["exact_f1", "alpha"];

/// Writes the page.
pub fn agreement_page(agreement: Agreement<'_>) -> String {
    let title = agreement.label("agreement", "title");
    let page = Page { agreement };
    let figures = agreement.figures;
    let [people, units, seed] = [agreement.people.len() as u64, figures.units as u64, figures.seed].map(|number| number.to_string());
    let drawn = agreement.label("drawn", figures.drawn.key());
    let lead = agreement.said("lead", &[&people, &figures.characters.to_string(), &units, &drawn, &figures.resamples.to_string(), &seed]);
    let mut body = format!("<h1>{}</h1>\n{}{}", escaped(&title), paragraph("faint", agreement.title()), paragraph("lead", &lead));
    for (key, content) in [("by_pair", page.matrices()), ("by_kind", page.kinds()), ("by_section", page.sections())] {
        body.push_str(&page.part(key, &content));
    }
    let attributes = page.part("by_attribute", &page.attributes());
    let people = page.part("by_person", &page.people()) + &page.part("undefined", &page.undefined());
    body.push_str(&format!("<div class=\"beside\">\n{attributes}<div>\n{people}</div>\n</div>\n"));
    body.push_str(&page.part("methods", &paragraph("methods", &methods(agreement))));
    sheet(agreement.labels, &title, agreement.secrecy(), &format!("<main class=\"dense\">\n{body}</main>\n"))
}

/// The figure of a key.
fn figure(block: &Block, key: &str) -> Option<Figure> {
    block.named().find(|(name, _)| *name == key).map(|(_, figure)| figure)
}

struct Page<'a> {
    agreement: Agreement<'a>,
}

impl Page<'_> {
    /// A part of the page with its heading; nothing where there is nothing in it.
    fn part(&self, key: &str, content: &str) -> String {
        if content.is_empty() {
            return String::new();
        }
        format!("<section>\n<h2>{}</h2>\n{content}</section>\n", escaped(&self.agreement.label("agreement", key)))
    }

    /// A table with heads; what stands beside the first column are cells already.
    fn table(&self, caption: &str, heads: &[String], rows: &[(String, Vec<String>)]) -> String {
        let heads = row(std::iter::once(String::new()).chain(heads.iter().cloned()).map(|words| head("col", &words)));
        let line = |(name, cells): &(String, Vec<String>)| row(std::iter::once(head("row", name)).chain(cells.iter().cloned()));
        let rows: String = rows.iter().map(line).collect();
        let caption = if caption.is_empty() { String::new() } else { format!("<caption>{}</caption>", escaped(caption)) };
        format!("<div class=\"wide\"><table>{caption}<thead>{heads}</thead>\n<tbody>{rows}</tbody></table></div>\n")
    }

    fn names(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.agreement.label("figure", key)).collect()
    }

    /// A value with its interval, and on how many of what was compared people agree; a dash where there is none.
    fn cell(&self, figure: Option<Figure>) -> String {
        let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.value?))) else {
            return "<td class=\"number\">—</td>".to_owned();
        };
        let interval = interval(&figure).map(|interval| format!("<small>{interval}</small>")).unwrap_or_default();
        let counts = format!("<small>{}/{}</small>", figure.counts.agreed, figure.counts.compared);
        format!("<td class=\"number\">{}{interval}{counts}</td>", rounded(value))
    }

    /// A table in whose cells a figure, its interval and its counts stand on one line.
    fn flat_table(&self, heads: &[String], rows: &[(String, Vec<String>)]) -> String {
        self.table("", heads, rows).replacen("<table>", "<table class=\"flat\">", 1)
    }

    /// Who agrees with whom, for some figures: each two people once.
    fn matrices(&self) -> String {
        let Agreement { figures, people, .. } = self.agreement;
        if figures.pairs.is_empty() {
            return String::new();
        }
        let between = |one: usize, other: usize| {
            let pair = figures.pairs.iter().find(|(first, second, _)| [(one, other), (other, one)].contains(&(*first, *second)));
            pair.map(|(.., block)| block)
        };
        let matrix = |key: &&str| {
            let cell = |one: usize, other: usize| {
                if other <= one {
                    return "<td></td>".to_owned();
                }
                self.cell(between(one, other).and_then(|block| figure(block, key)))
            };
            let cells = |one: usize| (1..people.len()).map(|other| cell(one, other)).collect::<Vec<String>>();
            let (Some((_, heads)), Some((_, named))) = (people.split_first(), people.split_last()) else { return String::new() };
            let rows: Vec<(String, Vec<String>)> = named.iter().enumerate().map(|(one, name)| (name.clone(), cells(one))).collect();
            self.table(&self.agreement.label("figure", key), heads, &rows)
        };
        format!("<div class=\"beside\">\n{}</div>\n", BY_PAIR.iter().map(matrix).collect::<String>())
    }

    /// All kinds together, then kind by kind.
    fn kinds(&self) -> String {
        let figures = self.agreement.figures;
        let cells = |block: &Block| BY_KIND.iter().map(|key| self.cell(figure(block, key))).collect::<Vec<String>>();
        let all = (self.agreement.label("agreement", "all"), cells(&figures.all));
        let kinds = figures.kinds.iter().map(|(kind, block)| (self.agreement.label("kind", kind.as_str()), cells(block)));
        let rows: Vec<(String, Vec<String>)> = std::iter::once(all).chain(kinds).collect();
        self.table(&self.agreement.label("agreement", "counts"), &self.names(&BY_KIND), &rows)
    }

    /// Section by section, as bars.
    fn sections(&self) -> String {
        let barred = |block: &Block, key: &str| {
            let figure = figure(block, key);
            let cell = self.cell(figure);
            let drawn = figure.map(|figure| bar(&figure, &self.agreement.label("figure", key))).unwrap_or_default();
            cell.replacen("</td>", &format!("{drawn}</td>"), 1)
        };
        let row = |(_, heading, block): &(_, String, Block)| {
            (self.agreement.heading(heading), BY_SECTION.iter().map(|key| barred(block, key)).collect::<Vec<String>>())
        };
        let rows: Vec<(String, Vec<String>)> = self.agreement.figures.sections.iter().map(row).collect();
        self.flat_table(&self.names(&BY_SECTION), &rows)
    }

    /// What is said of matched tags, by the metric that fits.
    fn attributes(&self) -> String {
        let row = |(rated, metric, figure): &(Rated, Metric, Figure)| {
            let metric = self.agreement.label("metric", metric.key());
            let cells = vec![format!("<td>{}</td>", escaped(&metric)), self.cell(Some(*figure))];
            (self.agreement.label(rated.group(), rated.key()), cells)
        };
        let rows: Vec<(String, Vec<String>)> = self.agreement.figures.attributes.iter().map(row).collect();
        let heads = [self.agreement.label("agreement", "metric"), self.agreement.label("figure_matched", "alpha")];
        if rows.is_empty() { String::new() } else { self.flat_table(&heads, &rows) }
    }

    /// How much each person tagged, and what was left out.
    fn people(&self) -> String {
        let figures = self.agreement.figures;
        let kinds: Vec<_> = figures.kinds.iter().map(|(kind, _)| kind).collect();
        let number = |count: u64| format!("<td class=\"number\">{count}</td>");
        let row = |(at, person): (usize, &PersonCounts)| {
            let of_kinds = kinds.iter().map(|kind| person.kinds.get(*kind).copied().unwrap_or_default());
            let counts = of_kinds.chain([person.from_proposals, person.unread]).map(number).collect::<Vec<String>>();
            (self.agreement.person(at).to_owned(), counts)
        };
        let rows: Vec<(String, Vec<String>)> = figures.people.iter().enumerate().map(row).collect();
        let others = ["from_proposals", "unread_characters"].map(|key| self.agreement.label("agreement", key));
        let heads: Vec<String> = kinds.iter().map(|kind| self.agreement.label("kind", kind.as_str())).chain(others).collect();
        let notes: String = left_out(&self.agreement).iter().map(|sentence| paragraph("faint", sentence)).collect();
        self.table("", &heads, &rows) + &notes
    }

    /// A sentence for each reason why there are no figures, and of what.
    fn undefined(&self) -> String {
        let agreement = self.agreement;
        let mut of: BTreeMap<Undefined, Vec<String>> = BTreeMap::new();
        let mut take = |name: String, figures: Vec<(&'static str, Figure)>| {
            for why in Undefined::ALL {
                let keys: Vec<&str> = figures.iter().filter(|(_, figure)| figure.undefined == Some(*why)).map(|(key, _)| *key).collect();
                if keys.len() == figures.len() {
                    of.entry(*why).or_default().push(name.clone());
                } else if !keys.is_empty() {
                    of.entry(*why).or_default().push(format!("{name} ({})", self.names(&keys).join(", ")));
                }
            }
        };
        let figures = agreement.figures;
        let all = |block: &Block| block.named().collect::<Vec<_>>();
        take(agreement.label("agreement", "all"), all(&figures.all));
        figures.kinds.iter().for_each(|(kind, block)| take(agreement.label("kind", kind.as_str()), all(block)));
        for (one, other, block) in &figures.pairs {
            take(format!("{}–{}", agreement.person(*one), agreement.person(*other)), all(block));
        }
        figures.sections.iter().for_each(|(_, heading, block)| take(agreement.heading(heading), all(block)));
        for (rated, _, figure) in &figures.attributes {
            take(agreement.label(rated.group(), rated.key()), vec![("alpha", *figure)]);
        }
        let item = |(why, of): (&Undefined, &Vec<String>)| {
            format!("<li>{} {}</li>\n", escaped(&agreement.label("undefined", why.key())), escaped(&of.join(" · ")))
        };
        let items: String = of.iter().map(item).collect();
        if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{measured, panel};
    use super::*;
    use crate::exchange::handed::Office;
    use crate::exchange::reviewed::tests::{Panel, TEXT};
    use crate::exchange::sheet::assert_well_formed;

    #[test]
    fn the_page_has_every_table_and_says_what_is_undefined() {
        measured(&panel(), |agreement, _| {
            let page = agreement_page(agreement);
            assert_well_formed(&page);
            for section in ["by_pair", "by_kind", "by_section", "by_attribute", "by_person", "undefined", "methods"] {
                assert!(page.contains(&format!("<h2>{section}</h2>")), "{section}");
            }
            assert_eq!(page.matches("<caption>").count(), BY_PAIR.len() + 1);
            let nothing = page.lines().find(|line| line.starts_with("<li>nothing-tagged ")).unwrap();
            assert!(nothing.contains("before_headings"), "the title is tagged by nobody: {nothing}");
            let cell = Page { agreement }.cell(Some(agreement.figures.all.exact.f1));
            let f1 = agreement.figures.all.exact.f1;
            assert_eq!(f1.value, Some(f1.counts.agreed as f64 / f1.counts.compared as f64), "the counts are what it is made of");
            let counts = format!("<small>{}/{}</small>", f1.counts.agreed, f1.counts.compared);
            assert!(cell.contains(&counts) && page.contains(&cell), "{cell}");
            assert_eq!(page.matches("<td></td>").count(), BY_PAIR.len(), "of three people each two stand once");
            assert!(page.contains("<svg"));
        });
    }

    #[test]
    fn one_person_agrees_with_nobody() {
        let panel = Panel::new(TEXT).with("甲<b>", Office::Annotation).tags("力争增长6%", "target");
        measured(&panel, |agreement, _| {
            let page = agreement_page(agreement);
            assert_well_formed(&page);
            assert!(!page.contains("<h2>by_pair</h2>") && page.contains("<li>one-coder all · "), "{page}");
        });
    }
}
