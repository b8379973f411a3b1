//! The columns of each table, and what stands in them.

use super::as_exported::{AS_EXPORTED, Pen, QUANTITY_CELLS, TAG_CELLS, rows, whole};
use super::cell::Cell;
use super::{Filled, Head, HeadOf, attribute_key, period};
use crate::annotation::{AttributeId, Codebook, Found, LinkEnd, Value, ValueType};
use crate::exchange::handed::{CountRow, Handed, HandedReport, LinkRow, QuantityRow, TagRow};
use crate::report::{Reading, Secrecy};

/// The columns that are of no attribute: no attribute takes their names.
pub(in crate::exchange) static FIXED: [&str; 37] = [
    "tag_id",
    "report_id",
    "person_id",
    "report",
    "section",
    "paragraph",
    "kind",
    "quote",
    "quantities",
    "note",
    "unsure",
    "person",
    "role",
    "origin",
    "rule",
    "file",
    "start",
    "end",
    "carried",
    "created",
    "changed",
    "secrecy",
    "number",
    "words",
    "value",
    "value_high",
    "unit",
    "bound",
    "measure",
    "basis",
    "standard_value",
    "standard_high",
    "standard_unit",
    "tags",
    "relation",
    "link_id",
    AS_EXPORTED,
];

/// What stands between the headings of a section.
const BETWEEN_HEADINGS: &str = " / ";

type Fill<'a, R> = Box<dyn Fn(&R) -> Cell<'a> + 'a>;

/// A column: its head, and what stands below it for a row.
struct Column<'a, R> {
    head: Head,
    fill: Fill<'a, R>,
}

fn id<'a, R>(key: &str, fill: impl Fn(&R) -> Cell<'a> + 'a) -> Column<'a, R> {
    Column { head: Head { key: key.to_owned(), of: HeadOf::Id, width: 12 }, fill: Box::new(fill) }
}

fn fixed<'a, R>(key: &str, width: u16, fill: impl Fn(&R) -> Cell<'a> + 'a) -> Column<'a, R> {
    Column { head: Head { key: key.to_owned(), of: HeadOf::Fixed, width }, fill: Box::new(fill) }
}

fn aside<'a, R>(key: &str, width: u16, fill: impl Fn(&R) -> Cell<'a> + 'a) -> Column<'a, R> {
    Column { head: Head { key: key.to_owned(), of: HeadOf::Aside, width }, fill: Box::new(fill) }
}

fn filled<'a, R: 'a>(columns: Vec<Column<'a, R>>, rows: impl Iterator<Item = R> + 'a) -> Filled<'a> {
    let (heads, fills): (Vec<Head>, Vec<Fill<'a, R>>) = columns.into_iter().map(|column| (column.head, column.fill)).unzip();
    Filled { heads, rows: Box::new(rows.map(move |row| fills.iter().map(|fill| fill(&row)).collect())) }
}

/// The same with a last column that notes what the cells say that are read when they come back, and what is to be known of the tag
/// then.
fn noted<'a, R: 'a>(
    columns: Vec<Column<'a, R>>,
    rows: impl Iterator<Item = R> + 'a,
    pen: Pen<'a>,
    is_read: fn(&Head) -> bool,
    of_tag: fn(&R) -> String,
) -> Filled<'a> {
    let (mut heads, fills): (Vec<Head>, Vec<Fill<'a, R>>) = columns.into_iter().map(|column| (column.head, column.fill)).unzip();
    let keys: Vec<Option<String>> = heads.iter().map(|head| is_read(head).then(|| head.key.clone())).collect();
    heads.push(Head { key: AS_EXPORTED.to_owned(), of: HeadOf::Id, width: 12 });
    let row = move |row: R| {
        let mut cells: Vec<Cell<'a>> = fills.iter().map(|fill| fill(&row)).collect();
        let note = pen.note(&keys, &cells, Some(of_tag(&row)));
        cells.push(Cell::text(note));
        cells
    };
    Filled { heads, rows: Box::new(rows.map(row)) }
}

pub(super) fn tags<'a>(handed: Handed<'a>, pen: Pen<'a>) -> Filled<'a> {
    let mut columns = names();
    columns.extend(place());
    columns.push(fixed("quantities", 20, |row: &TagRow<'a>| Cell::text(row.quantity_words())));
    columns.extend(handed.attributes().into_iter().map(|id| attribute(id, handed.book)));
    columns.extend(history());
    let is_read = |head: &Head| TAG_CELLS.contains(&head.key.as_str()) || matches!(head.of, HeadOf::Attribute(_));
    noted(columns, handed.tags(), pen, is_read, |row| whole(row.tag))
}

/// What names a tag.
fn names<'a>() -> Vec<Column<'a, TagRow<'a>>> {
    vec![
        id("tag_id", |row: &TagRow<'a>| Cell::text(row.tag.id.to_string())),
        id("report_id", |row: &TagRow<'a>| Cell::text(row.report.id().to_string())),
        id("person_id", |row: &TagRow<'a>| Cell::text(row.layer.person.id.to_string())),
    ]
}

/// Where a tag stands, and on which words (出处).
fn place<'a>() -> Vec<Column<'a, TagRow<'a>>> {
    vec![
        fixed("report", 24, |row: &TagRow<'a>| Cell::text(row.title_shown())),
        fixed("section", 28, |row: &TagRow<'a>| Cell::text(row.section().join(BETWEEN_HEADINGS))),
        fixed("paragraph", 8, |row: &TagRow<'a>| Cell::count(row.paragraph())),
        fixed("kind", 10, |row: &TagRow<'a>| Cell::key("kind", row.tag.kind.as_str())),
        fixed("quote", 48, |row: &TagRow<'a>| Cell::text(row.quote())),
    ]
}

/// What somebody noted of a tag, who made it, and when.
fn history<'a>() -> Vec<Column<'a, TagRow<'a>>> {
    let at = |end: bool| {
        move |row: &TagRow<'a>| {
            let place = row.place().map(|span| if end { span.end() } else { span.start() });
            place.map_or(Cell::Empty, |place| Cell::Count(place.get()))
        }
    };
    vec![
        fixed("note", 24, |row: &TagRow<'a>| Cell::text(row.tag.note.as_str())),
        fixed("unsure", 8, |row: &TagRow<'a>| Cell::Flag(row.tag.unsure)),
        fixed("person", 12, |row: &TagRow<'a>| Cell::text(row.layer.person.name.as_str())),
        aside("role", 10, |row: &TagRow<'a>| Cell::key("office", row.layer.role.key())),
        fixed("origin", 10, |row: &TagRow<'a>| Cell::key("origin_short", row.origin().0)),
        aside("rule", 12, |row: &TagRow<'a>| Cell::text(row.origin().1)),
        aside("file", 20, |row: &TagRow<'a>| Cell::text(row.report.name)),
        aside("start", 8, at(false)),
        aside("end", 8, at(true)),
        aside("carried", 10, |row: &TagRow<'a>| carried(row.tag.carried.as_ref().map(|carried| carried.how))),
        aside("created", 24, |row: &TagRow<'a>| Cell::text(row.stamp.created.to_string())),
        aside("changed", 24, |row: &TagRow<'a>| Cell::text(row.stamp.changed.to_string())),
        fixed("secrecy", 10, |row: &TagRow<'a>| row.report.secrecy().map_or(Cell::Empty, |level| Cell::key("secrecy", level.key()))),
    ]
}

fn carried<'a>(how: Option<Found>) -> Cell<'a> {
    how.map_or(Cell::Empty, |how| Cell::key("doubt", how.key()))
}

fn attribute<'a>(id: AttributeId, book: &'a Codebook) -> Column<'a, TagRow<'a>> {
    let takes = book.attribute(&id).map(|attribute| &attribute.takes);
    let width = if matches!(takes, Some(ValueType::Text | ValueType::Names | ValueType::Period)) { 18 } else { 12 };
    let head = Head { key: attribute_key(&id), of: HeadOf::Attribute(id.clone()), width };
    let value = move |row: &TagRow<'a>| row.tag.attributes.get(&id).map_or(Cell::Empty, |value| said(row, &id, value, takes));
    Column { head, fill: Box::new(value) }
}

fn said<'a>(row: &TagRow<'a>, id: &AttributeId, value: &'a Value, takes: Option<&ValueType>) -> Cell<'a> {
    let all = match value {
        Value::One(one) => std::slice::from_ref(one),
        Value::Many(all) => all.as_slice(),
    };
    match takes {
        Some(ValueType::Choice(_) | ValueType::Choices(_)) => {
            Cell::Keys(format!("value_{id}").into(), all.iter().map(String::as_str).collect())
        }
        Some(ValueType::Period) => Cell::text(period::to_table(&row.words_shown(&value.text())).into_owned()),
        Some(ValueType::Text | ValueType::Names | ValueType::Deadline) | None => Cell::text(row.words_shown(&value.text()).into_owned()),
    }
}

/// The attributes that say of what a quantity is.
const OF_QUANTITIES: [&str; 3] = ["indicator_name", "scope", "period"];

pub(super) fn quantities<'a>(handed: Handed<'a>, pen: Pen<'a>) -> Filled<'a> {
    let told = handed.attributes().into_iter().filter(|id| OF_QUANTITIES.contains(&id.as_str()));
    let told: Vec<Column<'a, TagRow<'a>>> = told.map(|id| attribute(id, handed.book)).collect();
    let mut columns: Vec<Column<'a, QuantityRow<'a>>> = names().into_iter().map(of_tag).collect();
    columns.push(id("number", |row: &QuantityRow<'a>| Cell::count(Some(row.number))));
    columns.extend(place().into_iter().chain(told).map(of_tag));
    columns.extend(stated());
    let is_read = |head: &Head| QUANTITY_CELLS.contains(&head.key.as_str());
    noted(columns, handed.quantities(), pen, is_read, |row| rows(row.of.tag.quantities.len()))
}

/// A column of the tag, for each of its quantities.
fn of_tag<'a>(column: Column<'a, TagRow<'a>>) -> Column<'a, QuantityRow<'a>> {
    let Column { head, fill } = column;
    Column { head, fill: Box::new(move |row: &QuantityRow<'a>| fill(&row.of)) }
}

/// What the words of a quantity state, and the same in the unit without its magnitude.
fn stated<'a>() -> Vec<Column<'a, QuantityRow<'a>>> {
    vec![
        fixed("words", 16, |row: &QuantityRow<'a>| Cell::text(row.of.words_shown(&row.quantity.words))),
        fixed("value", 12, |row: &QuantityRow<'a>| Cell::number(row.quantity.stated.value)),
        fixed("value_high", 12, |row: &QuantityRow<'a>| Cell::number(row.quantity.stated.high)),
        fixed("unit", 10, |row: &QuantityRow<'a>| Cell::text(row.quantity.stated.unit.as_str())),
        fixed("bound", 10, |row: &QuantityRow<'a>| Cell::key("bound", row.quantity.stated.bound.key())),
        fixed("measure", 10, |row: &QuantityRow<'a>| Cell::key("measure", row.quantity.measure.key())),
        fixed("basis", 10, |row: &QuantityRow<'a>| Cell::key("basis", row.quantity.basis.key())),
        fixed("standard_value", 18, |row: &QuantityRow<'a>| Cell::number(row.standard_value())),
        fixed("standard_high", 18, |row: &QuantityRow<'a>| Cell::number(row.standard_high())),
        fixed("standard_unit", 10, |row: &QuantityRow<'a>| Cell::text(row.standard_unit())),
        fixed("person", 12, |row: &QuantityRow<'a>| Cell::text(row.of.layer.person.name.as_str())),
        fixed("secrecy", 10, |row: &QuantityRow<'a>| {
            row.of.report.secrecy().map_or(Cell::Empty, |level| Cell::key("secrecy", level.key()))
        }),
    ]
}

pub(super) fn links<'a>(handed: Handed<'a>) -> Filled<'a> {
    let mut columns = vec![id("link_id", |row: &LinkRow<'a>| Cell::text(row.link.id.to_string()))];
    columns.extend(end("from", |row| (row.link.from, row.from)));
    columns.push(fixed("relation", 12, |row: &LinkRow<'a>| Cell::key("relation", row.link.relation.key())));
    columns.extend(end("to", |row| (row.link.to, row.to)));
    columns.push(fixed("person", 12, |row: &LinkRow<'a>| Cell::text(row.layer.person.name.as_str())));
    columns.push(fixed("created", 24, |row: &LinkRow<'a>| Cell::text(row.stamp.created.to_string())));
    columns.push(fixed("secrecy", 10, |row: &LinkRow<'a>| highest(row).map_or(Cell::Empty, |level| Cell::key("secrecy", level.key()))));
    filled(columns, handed.links())
}

/// The highest level of secrecy among the reports whose words a link quotes.
fn highest(row: &LinkRow<'_>) -> Option<Secrecy> {
    let ends = [row.from, row.to].into_iter().flatten().map(|end| end.report);
    std::iter::once(row.report).chain(ends).filter_map(HandedReport::secrecy).max()
}

/// One end of a link; of a tag that is not handed over only its names are said.
fn end<'a>(which: &str, end: impl Fn(&LinkRow<'a>) -> (LinkEnd, Option<TagRow<'a>>) + Copy + 'a) -> Vec<Column<'a, LinkRow<'a>>> {
    let key = |what: &str| format!("{which}_{what}");
    let tag = |said: fn(TagRow<'a>) -> Cell<'a>| move |row: &LinkRow<'a>| end(row).1.map_or(Cell::Empty, said);
    vec![
        id(&key("report_id"), move |row: &LinkRow<'a>| Cell::text(end(row).0.report.to_string())),
        id(&key("person_id"), move |row: &LinkRow<'a>| Cell::text(end(row).0.person.to_string())),
        id(&key("tag_id"), move |row: &LinkRow<'a>| Cell::text(end(row).0.tag.to_string())),
        fixed(&key("report"), 24, tag(|row| Cell::text(row.title_shown()))),
        fixed(&key("kind"), 10, tag(|row| Cell::key("kind", row.tag.kind.as_str()))),
        fixed(&key("quote"), 40, tag(|row| Cell::text(row.quote()))),
    ]
}

pub(super) fn counts(handed: Handed<'_>) -> Filled<'_> {
    filled(count_columns(handed.options.reading), handed.counts().into_iter())
}

fn count_columns<'a>(reading: Reading) -> Vec<Column<'a, CountRow<'a>>> {
    vec![
        id("report_id", |row: &CountRow<'a>| Cell::text(row.report.id().to_string())),
        id("person_id", |row: &CountRow<'a>| Cell::text(row.layer.person.id.to_string())),
        fixed("report", 28, move |row: &CountRow<'a>| Cell::text(row.report.title_shown(reading))),
        fixed("person", 14, |row: &CountRow<'a>| Cell::text(row.layer.person.name.as_str())),
        fixed("role", 10, |row: &CountRow<'a>| Cell::key("office", row.layer.role.key())),
        fixed("kind", 12, |row: &CountRow<'a>| Cell::key("kind", row.kind.as_str())),
        fixed("tags", 10, |row: &CountRow<'a>| Cell::count(Some(row.tags))),
        fixed("unsure", 10, |row: &CountRow<'a>| Cell::count(Some(row.unsure))),
        fixed("quantities", 10, |row: &CountRow<'a>| Cell::count(Some(row.quantities))),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{Pen, Table};
    use super::*;
    use crate::annotation::{Change, Link, LinkId, Relation, TagId};
    use crate::exchange::incoming::sample::Desk;
    use crate::exchange::{Keys, Options};
    use uuid::Uuid;

    #[test]
    fn every_table_that_holds_words_of_a_report_bears_its_secrecy() {
        let desk = Desk::new("机密★1年\n全市生产总值增长5%，力争增长6%。\n");
        let mut desk = desk.tagged("增长5%", "indicator", &["增长5%"]).tagged("增长6%", "target", &["增长6%"]);
        let end = |tag| LinkEnd { report: desk.report.id(), person: desk.person.id, tag: TagId(Uuid::from_u128(tag)) };
        let link = Link { id: LinkId(Uuid::from_u128(9)), relation: Relation::Repeats, from: end(2), to: end(1) };
        desk.change(Change::Link { before: None, after: Some(Box::new(link)) }, 2);
        for (table, rows) in [(Table::Tags, 2), (Table::Quantities, 2), (Table::Links, 1)] {
            let said: Vec<String> = desk.hand(&Options::default(), &Keys, |handed| {
                let filled = table.of(handed, Pen { labels: &Keys, holds: |words| words });
                let at = filled.heads.iter().position(|head| head.key == "secrecy").unwrap();
                filled.rows.map(|row| row[at].said(&Keys)).collect()
            });
            assert_eq!(said, vec!["secret"; rows], "{table:?}");
        }
    }
}
