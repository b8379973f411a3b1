//! Every figure as a row of a table, with what it was counted from, its interval and why there is none.

use super::Agreement;
use crate::exchange::spread::{BYTE_ORDER_MARK, spread};
use crate::review::agreement::{Counts, Figure};
use crate::review::figures::{Block, PersonCounts};
use crate::text::Span;

/// The columns, by their stable names.
pub(super) const HEADS: [&str; 26] = [
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

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    Words(&'a str),
    /// A key of a group, of which people read the word.
    Key(&'static str, &'a str),
    Number(f64),
    Count(u64),
    Flag(bool),
}

/// Writes every figure as CSV: those of all, by kind, section, pair and attribute, and how much each person tagged.
pub fn figures_csv(agreement: Agreement<'_>) -> String {
    let heads = HEADS.map(str::to_owned);
    let rows = rows(agreement).into_iter().map(|row| row.map(Cell::plain));
    format!("{BYTE_ORDER_MARK}{}", spread(std::iter::once(heads).chain(rows)))
}

/// The rows of the table.
pub(super) fn rows(agreement: Agreement<'_>) -> Vec<[Cell<'_>; HEADS.len()]> {
    all(agreement).into_iter().map(|row| row.cells(agreement)).collect()
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

fn all(agreement: Agreement<'_>) -> Vec<Row<'_>> {
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
        let of = Of { group: rated.group(), attribute: rated.key(), metric: metric.key(), ..of };
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

impl<'a> Row<'a> {
    fn cells(&self, agreement: Agreement<'a>) -> [Cell<'a>; HEADS.len()] {
        let Of { group, kind, section, person, other, attribute, metric } = self.of;
        let [start, end] = [Span::start, Span::end].map(|end| section.map_or(Cell::Empty, |(span, _)| Cell::Count(end(span).get().into())));
        let [value, low, high, coders, compared, agreed, left_out, undefined] = self.is.cells();
        let figures = agreement.figures;
        [
            Cell::words(agreement.title()),
            Cell::key("figure_group", group),
            Cell::key("kind", kind),
            Cell::words(section.map_or("", |(_, heading)| heading)),
            start,
            end,
            Cell::words(person),
            Cell::words(other),
            Cell::key(group, attribute),
            Cell::key("metric", metric),
            // An α of matched tags is not one of characters.
            Cell::key(if metric.is_empty() { "figure" } else { "figure_matched" }, self.figure),
            value,
            low,
            high,
            coders,
            compared,
            agreed,
            left_out,
            undefined,
            Cell::Count(figures.seed),
            Cell::Count(figures.resamples.into()),
            Cell::key("drawn", figures.drawn.key()),
            Cell::Count(figures.units as u64),
            Cell::Flag(figures.without_proposals),
            Cell::words(agreement.sample.unwrap_or_default()),
            Cell::key("secrecy", agreement.secrecy().map_or("", |level| level.key())),
        ]
    }
}

impl Is {
    /// The value, its interval, what it was counted from, and why there is none.
    fn cells<'a>(&self) -> [Cell<'a>; 8] {
        match *self {
            Self::Count(count) => {
                let mut cells = [Cell::Empty; 8];
                if let Some(first) = cells.first_mut() {
                    *first = Cell::Count(count);
                }
                cells
            }
            Self::Figure(Figure { value, low, high, counts, undefined }) => {
                let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
                let Counts { coders, compared, agreed, left_out } = counts;
                let [coders, compared, agreed, left_out] = [u64::from(coders), compared, agreed, left_out].map(Cell::Count);
                let why = undefined.map_or(Cell::Empty, |why| Cell::key("undefined", why.key()));
                [number(value), number(low), number(high), coders, compared, agreed, left_out, why]
            }
        }
    }
}

impl<'a> Cell<'a> {
    const fn words(words: &'a str) -> Self {
        if words.is_empty() { Self::Empty } else { Self::Words(words) }
    }

    const fn key(group: &'static str, key: &'a str) -> Self {
        if key.is_empty() { Self::Empty } else { Self::Key(group, key) }
    }

    /// What it says to programs.
    fn plain(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(words) | Self::Key(_, words) => words.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Flag(flag) => flag.to_string(),
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
            let before =
                rows.iter().find(|row| row["section"].is_empty() && row["group"] == "section" && row["figure"] == "cohen").unwrap();
            assert_eq!((before["value"].as_str(), before["undefined"].as_str()), ("", "nothing-tagged"));
            let of_third = |figure: &str| rows.iter().find(|row| row["person"] == "丙" && row["figure"] == figure).unwrap();
            assert_eq!((of_third("tags")["kind"].as_str(), of_third("tags")["value"].as_str()), ("indicator", "1"));
            assert!(of_third("unread_characters")["value"].parse::<u64>().unwrap() > 0);
        });
    }
}
