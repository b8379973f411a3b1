//! How far people agree, for others: every figure as a table, one page to read, and a paragraph on method to paste.

mod bars;
mod book;
mod methods;
mod page;
mod rows;

use super::citation::title;
use super::handed::Labels;
use super::reviewed::filled;
use super::stamp::stamp_of;
use crate::annotation::KindId;
use crate::report::{Report, Secrecy};
use crate::review::agreement::Figure;
use crate::review::figures::Figures;
use std::collections::BTreeMap;

pub use book::figures_xlsx;
pub use methods::methods;
pub use page::agreement_page;
pub use rows::figures_csv;

/// Figures, and all that is needed to say what they are of.
#[derive(Clone, Copy)]
pub struct Agreement<'a> {
    /// The figures.
    pub figures: &'a Figures,
    /// The report people tagged.
    pub report: &'a Report,
    /// The name of its file.
    pub name: &'a str,
    /// What people are called, in the order of the figures.
    pub people: &'a [String],
    /// The sample whose parts alone count, if one was asked for.
    pub sample: Option<&'a str>,
    /// In which words.
    pub labels: &'a dyn Labels,
}

impl<'a> Agreement<'a> {
    /// The title of the report, or the name of its file.
    pub(super) fn title(&self) -> &'a str {
        title(self.report.facts(), self.name)
    }

    /// What a person is called.
    pub(super) fn person(&self, at: usize) -> &'a str {
        self.people.get(at).map_or("", String::as_str)
    }

    pub(super) fn secrecy(&self) -> Option<Secrecy> {
        stamp_of(self.report)
    }

    /// The word for a key of a group.
    fn label(&self, group: &str, key: &str) -> String {
        self.labels.label(group, key).to_owned()
    }

    /// A sentence with its gaps filled.
    fn said(&self, key: &str, with: &[&str]) -> String {
        filled(self.labels, "agreement", key, with)
    }

    /// The heading of a section; what stands before the first one is called so.
    fn heading(&self, heading: &str) -> String {
        if heading.is_empty() { self.label("agreement", "before_headings") } else { heading.to_owned() }
    }

    /// How many tags of each kind all people together have.
    fn tags(&self) -> Vec<(KindId, u64)> {
        let mut counts: BTreeMap<&KindId, u64> = BTreeMap::new();
        for (kind, count) in self.figures.people.iter().flat_map(|person| &person.kinds) {
            *counts.entry(kind).or_default() += count;
        }
        let kinds = self.figures.kinds.iter().map(|(kind, _)| kind);
        kinds.map(|kind| (kind.clone(), counts.get(kind).copied().unwrap_or_default())).collect()
    }
}

/// A value with two decimals.
pub fn rounded(value: f64) -> String {
    let rounded = format!("{value:.2}");
    if rounded == "-0.00" { "0.00".to_owned() } else { rounded }
}

/// The ends of a figure's interval: [0.75, 0.90].
pub fn interval(figure: &Figure) -> Option<String> {
    Some(format!("[{}, {}]", rounded(figure.low?), rounded(figure.high?)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::handed::{Keys, Office};
    use super::super::reviewed::tests::{Panel, TEXT};
    use super::*;
    use crate::review::figures::Basis;

    /// Three people: all tag the first statement, two the second one, differently; the third has not read the last section.
    pub(in crate::exchange) fn panel() -> Panel {
        let growth = ["增长8%"];
        let panel = Panel::new(TEXT).with("甲", Office::Annotation);
        let panel = panel.says("全市生产总值增长8%", "indicator", &growth, &[("period", "2020")]).tags("力争增长6%左右", "target");
        let panel = panel.with("乙", Office::Annotation);
        let panel = panel.says("全市生产总值增长8%", "indicator", &growth, &[("period", "2021")]).tags("增长6%", "target");
        let panel = panel.with("丙", Office::Annotation).says("生产总值增长8%", "indicator", &growth, &[("period", "2020")]);
        panel.reads("报告\n一、回顾\n全市生产总值增长8%，居全省第1位。\n")
    }

    /// Figures of these people; what they are reckoned from is handed over, too.
    pub(in crate::exchange) fn measured<T>(panel: &Panel, then: impl FnOnce(Agreement<'_>, &Basis<'_>) -> T) -> T {
        let (layers, unread) = (panel.layers(), panel.unread());
        let basis = Basis { resamples: 40, seed: 7, ..Basis::new(&panel.report, &layers, &unread, &panel.book) };
        let figures = Figures::of(&basis);
        let people: Vec<String> = layers.iter().map(|layer| layer.person.name.clone()).collect();
        let report = &panel.report;
        then(Agreement { figures: &figures, report, name: "报告.txt", people: &people, sample: None, labels: &Keys }, &basis)
    }

    #[test]
    fn values_have_two_decimals_and_no_negative_zero() {
        assert_eq!([rounded(0.825), rounded(-0.001), rounded(-0.4), rounded(1.0)], ["0.82", "0.00", "-0.40", "1.00"]);
        let figure = Figure::new(Ok(0.5), crate::review::agreement::Counts::default());
        assert_eq!((interval(&figure), interval(&figure.within(Some((0.25, 0.75))))), (None, Some("[0.25, 0.75]".to_owned())));
    }

    #[test]
    fn tags_are_counted_by_kind() {
        measured(&panel(), |agreement, _| {
            let tags = agreement.tags();
            let tags: Vec<(&str, u64)> = tags.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
            assert_eq!(tags, [("target", 2), ("indicator", 3)]);
            assert_eq!((agreement.person(1), agreement.person(9)), ("乙", ""));
        });
    }
}
