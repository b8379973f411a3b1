//! People's tags as tables for R (irr, irrCAC): a column for each person, and a row for each case, for what is said of it, or
//! for each run of characters.
//!
//! Each table is made of what the figures were reckoned from. `NA` is missing: the person did not read it, or there is nothing
//! to be said. Whoever read it and tagged nothing said so, and so did who gave a tag no value.

mod covered;
mod runs;

use super::agreement::Agreement;
use super::spread::spread;
use crate::annotation::{AttributeId, KindId, Origin, Tag, ValueType};
use crate::quantity::Measure;
use crate::review::agreement::Metric;
use crate::review::figures::{Basis, Rated};
use crate::review::{Case, Layer, cases};
use crate::text::Span;
use covered::Covered;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub use runs::run_matrix;

/// What is missing.
const MISSING: &str = "NA";
/// What was read and not tagged.
const UNTAGGED: &str = "untagged";
/// An attribute that was given no value.
const NO_VALUE: &str = "no_value";
/// What stands before the columns of people.
const HEADS: [&str; 8] = ["report", "case", "start", "end", "quote", "variable", "metric", "secrecy"];

/// A row for each case, of what kind people say it is, and for each of its attributes and values.
///
/// The variable `case` has a row for every case; `kind`, attributes and values have those of which at least two people have one
/// tag, as Krippendorff's α for them is reckoned. Values of an order are numbered.
pub fn case_matrix(agreement: Agreement<'_>, basis: &Basis<'_>) -> String {
    let readers: Vec<Reader<'_>> = Reader::all(basis);
    let layers: Vec<Layer> = readers.iter().map(Reader::layer).collect();
    let mut rows = vec![heads(&agreement, &HEADS)];
    for case in cases(&layers) {
        let row = Row { agreement: &agreement, key: case.key(&layers).to_string(), span: case.span };
        let has: Vec<Vec<&Tag>> = tags(&case, &layers);
        let kind = |(reader, tags): (&Reader<'_>, &Vec<&Tag>)| kinds(tags, reader.has_read(case.span));
        rows.push(row.said("case", Metric::Nominal, readers.iter().zip(&has).map(kind)));
        let only: Vec<Option<&Tag>> = has.iter().map(|tags| if let [only] = tags.as_slice() { Some(*only) } else { None }).collect();
        if only.iter().flatten().count() >= 2 {
            for (rated, metric, _) in &agreement.figures.attributes {
                let said = said(basis, rated, *metric, &only);
                rows.extend(said.into_iter().map(|said| row.said(rated.key(), *metric, said.into_iter())));
            }
        }
    }
    spread(rows)
}

/// A person, what they tagged of what counts, and what they read of it.
struct Reader<'a> {
    of: &'a Layer,
    tags: Vec<&'a Tag>,
    unread: Covered,
    within: Option<Covered>,
}

impl<'a> Reader<'a> {
    fn all(basis: &Basis<'a>) -> Vec<Self> {
        let reader = |(at, of): (usize, &'a Layer)| {
            let counts = |tag: &&Tag| !basis.without_proposals || tag.origin == Origin::ByHand;
            let unread = Covered::of(basis.unread.get(at).into_iter().flatten().copied());
            let within = basis.within.map(|within| Covered::of(within.iter().copied()));
            Self { of, tags: of.tags.iter().filter(counts).collect(), unread, within }
        };
        basis.layers.iter().enumerate().map(reader).collect()
    }

    /// Whether they read all of a stretch, and it counts.
    fn has_read(&self, span: Span) -> bool {
        !self.unread.touches(span) && self.within.as_ref().is_none_or(|within| within.contains(span))
    }

    /// Their tags on what they read.
    fn layer(&self) -> Layer {
        let tags = self.tags.iter().copied().filter(|tag| self.has_read(tag.anchor.span));
        Layer { person: self.of.person.clone(), tags: tags.cloned().collect() }
    }
}

/// What stands at the beginning of each row of a case.
struct Row<'r, 'a> {
    agreement: &'r Agreement<'a>,
    key: String,
    span: Span,
}

impl Row<'_, '_> {
    fn said(&self, variable: &str, metric: Metric, cells: impl Iterator<Item = String>) -> Vec<String> {
        let report = self.agreement.report;
        let [start, end] = [self.span.start(), self.span.end()].map(|place| place.get().to_string());
        let secrecy = self.agreement.secrecy().map_or("", |level| level.key()).to_owned();
        let quote = report.quote(self.span).replace('\n', " ");
        let begin = [self.agreement.title().to_owned(), self.key.clone(), start, end, quote, variable.to_owned(), metric.key().to_owned()];
        begin.into_iter().chain([secrecy]).chain(cells).collect()
    }
}

/// The names of the columns. People of one name are numbered.
fn heads(agreement: &Agreement<'_>, begin: &[&str]) -> Vec<String> {
    let mut heads: Vec<String> = begin.iter().map(|head| (*head).to_owned()).collect();
    for name in agreement.people {
        let mut names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name} {number}")));
        let free = names.find(|name| !heads.contains(name));
        heads.extend(free);
    }
    heads
}

/// The tags of each person in a case.
fn tags<'l>(case: &Case, layers: &'l [Layer]) -> Vec<Vec<&'l Tag>> {
    let of_layer = |(layer, tags): (&'l Layer, &Vec<usize>)| tags.iter().filter_map(|at| layer.tags.get(*at)).collect::<Vec<&Tag>>();
    layers.iter().zip(&case.members).map(of_layer).collect()
}

/// Of what kind somebody says a case is; of several kinds all.
fn kinds(tags: &[&Tag], has_read: bool) -> String {
    let kinds: BTreeSet<&KindId> = tags.iter().map(|tag| &tag.kind).collect();
    match (kinds.is_empty(), has_read) {
        (true, false) => MISSING.to_owned(),
        (true, true) => UNTAGGED.to_owned(),
        (false, _) => kinds.into_iter().map(KindId::as_str).collect::<Vec<_>>().join("+"),
    }
}

/// What people say of their tags: one row, or as many as there are values.
fn said(basis: &Basis<'_>, rated: &Rated, metric: Metric, tags: &[Option<&Tag>]) -> Vec<Vec<String>> {
    let each = |say: &dyn Fn(&Tag) -> Option<String>| {
        let said = tags.iter().map(|tag| tag.and_then(say).unwrap_or_else(|| MISSING.to_owned()));
        vec![said.collect::<Vec<String>>()]
    };
    match rated {
        Rated::Kind => each(&|tag| Some(tag.kind.to_string())),
        Rated::Attribute(id) => each(&|tag| attribute(basis, id, metric, tag)),
        Rated::Value(measure) => values(*measure, tags),
    }
}

/// The value of an attribute: its number where values have an order. Nothing where a tag of this kind has no such attribute.
fn attribute(basis: &Basis<'_>, id: &AttributeId, metric: Metric, tag: &Tag) -> Option<String> {
    let known = basis.codebook.attribute(id);
    if known.is_some_and(|attribute| !attribute.belongs_to(&tag.kind)) {
        return None;
    }
    let text = tag.attribute(id);
    match known.map(|attribute| &attribute.takes) {
        Some(ValueType::Choice(order)) if metric == Metric::Ordinal => {
            order.iter().position(|value| *value == text).map(|place| (place + 1).to_string())
        }
        _ => Some(if text.is_empty() { NO_VALUE.to_owned() } else { text }),
    }
}

/// The values by one measure, from the smallest on, in the unit without its magnitude.
fn values(measure: Measure, tags: &[Option<&Tag>]) -> Vec<Vec<String>> {
    let of_tag = |tag: &Option<&Tag>| {
        let quantities = tag.iter().flat_map(|tag| &tag.quantities).filter(|quantity| quantity.measure == measure);
        let mut values: Vec<Decimal> = quantities.filter_map(|quantity| quantity.stated.standard_value()).collect();
        values.sort_unstable();
        values
    };
    let values: Vec<Vec<Decimal>> = tags.iter().map(of_tag).collect();
    let most = values.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |value: Option<&Decimal>| value.map_or_else(|| MISSING.to_owned(), |value| value.normalize().to_string());
    (0..most).map(|at| values.iter().map(|values| cell(values.get(at))).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::agreement::tests::{measured, panel};
    use super::super::handed::Office;
    use super::super::reviewed::tests::{Panel, TEXT};
    use super::*;
    use crate::review::agreement::Ratings;
    use std::collections::BTreeMap;

    /// The rows of a variable, each with the cells of the people.
    fn cells(text: &str, variable: &str) -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.records().map(Result::unwrap).filter(|row| &row[5] == variable);
        rows.map(|row| row.iter().skip(HEADS.len()).map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_case_has_a_cell_for_each_person() {
        measured(&panel(), |agreement, basis| {
            let text = case_matrix(agreement, basis);
            assert!(text.starts_with("report,case,start,end,quote,variable,metric,secrecy,甲,乙,丙\r\n"), "{text}");
            assert_eq!(cells(&text, "case"), [["indicator", "indicator", "indicator"], ["target", "target", "NA"]]);
            assert_eq!(cells(&text, "period"), [["2020", "2021", "2020"], ["no_value", "no_value", "NA"]]);
            assert_eq!(cells(&text, "growth"), [["8", "8", "8"]]);
        });
    }

    #[test]
    fn what_was_read_and_not_tagged_is_not_missing() {
        let panel = Panel::new(TEXT).with("甲", Office::Annotation).tags("新建学校二十所", "target").with("甲", Office::Annotation);
        measured(&panel, |agreement, basis| {
            let text = case_matrix(agreement, basis);
            assert!(text.starts_with("report,case,start,end,quote,variable,metric,secrecy,甲,甲 2\r\n"));
            assert_eq!(cells(&text, "case"), [["target", "untagged"]]);
        });
    }

    #[test]
    fn the_figures_can_be_reckoned_from_it() {
        measured(&panel(), |agreement, basis| {
            let text = case_matrix(agreement, basis);
            for (rated, metric, figure) in &agreement.figures.attributes {
                let rows = cells(&text, rated.key());
                let distinct: BTreeSet<&String> = rows.iter().flatten().filter(|cell| *cell != MISSING).collect();
                let numbers: BTreeMap<&String, f64> =
                    distinct.into_iter().zip(0..).map(|(cell, number)| (cell, f64::from(number))).collect();
                let value = |cell: &String| match metric {
                    Metric::Nominal => numbers.get(cell).copied(),
                    _ => cell.parse().ok(),
                };
                let rows: Vec<Vec<Option<f64>>> = rows.iter().map(|row| row.iter().map(value).collect()).collect();
                let again = Ratings::new(*metric, 3, &rows).alpha();
                assert_eq!((again.value, again.counts, again.undefined), (figure.value, figure.counts, figure.undefined), "{rated:?}");
            }
        });
    }
}
