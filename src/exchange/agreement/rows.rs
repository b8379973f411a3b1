//! Every figure as a row of a table, with what it was counted from, its interval and why there is none.

use super::Agreement;
use crate::exchange::spread::{BYTE_ORDER_MARK, spread};
use crate::review::agreement::{Counts, Figure};
use crate::review::figures::{Block, PersonCounts, metric_key};
use crate::text::Span;

/// The columns, by their stable names.
const HEADS: [&str; 26] = [
    "report",
    "group",
    "kind",
    "section",
    "start",
    "end",
    "person",
    "other",
    "attribute",
    "metric",
    "figure",
    "value",
    "low",
    "high",
    "coders",
    "compared",
    "agreed",
    "left_out",
    "undefined",
    "seed",
    "resamples",
    "drawn",
    "units",
    "without_proposals",
    "sample",
    "secrecy",
];

/// Writes every figure as CSV: those of all, by kind, section, pair and attribute, and how much each person tagged.
pub fn figures_csv(agreement: Agreement<'_>) -> String {
    let heads = HEADS.map(str::to_owned);
    let rows = rows(&agreement).into_iter().map(|row| row.cells(&agreement));
    format!("{BYTE_ORDER_MARK}{}", spread(std::iter::once(heads).chain(rows)))
}

/// What a figure is of.
#[derive(Clone, Copy, Default)]
struct Of<'a> {
    group: &'static str,
    kind: &'a str,
    section: Option<(Span, &'a str)>,
    person: &'a str,
    other: &'a str,
    attribute: &'a str,
    metric: &'static str,
}

/// A row: a figure, or how many there are of something.
struct Row<'a> {
    of: Of<'a>,
    figure: &'static str,
    is: Is,
}

enum Is {
    Figure(Figure),
    Count(u64),
}

fn rows<'a>(agreement: &Agreement<'a>) -> Vec<Row<'a>> {
    let (figures, of) = (agreement.figures, Of::default());
    let mut rows = of_block(Of { group: "all", ..of }, &figures.all);
    for (kind, block) in &figures.kinds {
        rows.extend(of_block(Of { group: "kind", kind: kind.as_str(), ..of }, block));
    }
    for (span, heading, block) in &figures.sections {
        rows.extend(of_block(Of { group: "section", section: Some((*span, heading)), ..of }, block));
    }
    for (one, other, block) in &figures.pairs {
        let (person, other) = (agreement.person(*one), agreement.person(*other));
        rows.extend(of_block(Of { group: "pair", person, other, ..of }, block));
    }
    for (rated, metric, figure) in &figures.attributes {
        let of = Of { group: rated.group(), attribute: rated.key(), metric: metric_key(*metric), ..of };
        rows.push(Row { of, figure: "alpha", is: Is::Figure(*figure) });
    }
    for (at, person) in figures.people.iter().enumerate() {
        rows.extend(of_person(agreement.person(at), person));
    }
    rows
}

fn of_block<'a>(of: Of<'a>, block: &Block) -> Vec<Row<'a>> {
    block.named().map(|(figure, value)| Row { of, figure, is: Is::Figure(value) }).collect()
}

fn of_person<'a>(name: &'a str, person: &'a PersonCounts) -> Vec<Row<'a>> {
    let of = Of { group: "person", person: name, ..Of::default() };
    let count = |of, figure, count| Row { of, figure, is: Is::Count(count) };
    let kinds = person.kinds.iter().map(|(kind, tags)| count(Of { kind: kind.as_str(), ..of }, "tags", *tags));
    let others = [count(of, "from_proposals", person.from_proposals), count(of, "unread_characters", person.unread)];
    kinds.chain(others).collect()
}

impl Row<'_> {
    fn cells(&self, agreement: &Agreement<'_>) -> [String; HEADS.len()] {
        let Of { group, kind, section, person, other, attribute, metric } = self.of;
        let place = |place: fn(Span) -> u32| section.map(|(span, _)| place(span).to_string()).unwrap_or_default();
        let [value, low, high, coders, compared, agreed, left_out, undefined] = self.is.cells();
        let figures = agreement.figures;
        [
            agreement.title().to_owned(),
            group.to_owned(),
            kind.to_owned(),
            section.map_or("", |(_, heading)| heading).to_owned(),
            place(|span| span.start().get()),
            place(|span| span.end().get()),
            person.to_owned(),
            other.to_owned(),
            attribute.to_owned(),
            metric.to_owned(),
            self.figure.to_owned(),
            value,
            low,
            high,
            coders,
            compared,
            agreed,
            left_out,
            undefined,
            figures.seed.to_string(),
            figures.resamples.to_string(),
            figures.drawn.key().to_owned(),
            figures.units.to_string(),
            figures.without_proposals.to_string(),
            agreement.sample.unwrap_or_default().to_owned(),
            agreement.secrecy().map_or("", |level| level.key()).to_owned(),
        ]
    }
}

impl Is {
    /// The value, its interval, what it was counted from, and why there is none.
    fn cells(&self) -> [String; 8] {
        let none = String::new;
        match *self {
            Self::Count(count) => [count.to_string(), none(), none(), none(), none(), none(), none(), none()],
            Self::Figure(Figure { value, low, high, counts, undefined }) => {
                let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
                let Counts { coders, compared, agreed, left_out } = counts;
                let [coders, compared, agreed, left_out] = [u64::from(coders), compared, agreed, left_out].map(|count| count.to_string());
                let why = undefined.map_or("", |why| why.key()).to_owned();
                [number(value), number(low), number(high), coders, compared, agreed, left_out, why]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{measured, panel};
    use super::*;
    use std::collections::BTreeMap;

    /// The rows of a table, each by the names of its columns.
    fn read(text: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_reader(text.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
        reader.deserialize().map(Result::unwrap).collect()
    }

    #[test]
    fn every_figure_has_a_row() {
        measured(&panel(), |agreement, _| {
            let text = figures_csv(agreement);
            assert!(text.starts_with("\u{FEFF}report,group,kind,"));
            let rows = read(&text);
            let figures = agreement.figures;
            let blocks = 1 + figures.kinds.len() + figures.sections.len() + figures.pairs.len();
            let counts: usize = figures.people.iter().map(|person| person.kinds.len() + 2).sum();
            assert_eq!(rows.len(), blocks * Block::KEYS.len() + figures.attributes.len() + counts);
            let all = rows.iter().find(|row| row["group"] == "all" && row["figure"] == "cohen").unwrap();
            assert_eq!(all["value"].parse().ok(), figures.all.cohen.value, "to the last digit");
            assert_eq!((all["seed"].as_str(), all["resamples"].as_str(), all["coders"].as_str()), ("7", "40", "3"));
        });
    }

    #[test]
    fn what_is_undefined_says_why_and_what_is_counted_how_many() {
        measured(&panel(), |agreement, _| {
            let rows = read(&figures_csv(agreement));
            let before = rows.iter().find(|row| row["section"].is_empty() && row["group"] == "section" && row["figure"] == "cohen").unwrap();
            assert_eq!((before["value"].as_str(), before["undefined"].as_str()), ("", "nothing-tagged"));
            let of_third = |figure: &str| rows.iter().find(|row| row["person"] == "丙" && row["figure"] == figure).unwrap();
            assert_eq!((of_third("tags")["kind"].as_str(), of_third("tags")["value"].as_str()), ("indicator", "1"));
            assert!(of_third("unread_characters")["value"].parse::<u64>().unwrap() > 0);
        });
    }
}
