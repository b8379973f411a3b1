//! Rows of a table, read.

use super::super::table::{AS_EXPORTED, AsExported, QUANTITY_CELLS, Table};
use super::grid::Grid;
use super::heads::{Column, columns_of};
use super::said::{choice, kind_of, value_of};
use super::{Incoming, Known, Misfit, NotATable, Said, StatedRow};
use crate::annotation::{AttributeId, Origin, PersonId, TagId};
use crate::quantity::{Basis, Bound, Measure, Quantity, Stated};
use crate::text::Span;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// Reads the tables of a file: those of tags, and those of their quantities. A table of quantities that lies beside the file says
/// something only of tags that are in the file.
///
/// # Errors
/// If none of them is one.
pub(super) fn read(grids: &[Grid], beside: Option<&Grid>, known: &Known<'_>) -> Result<Vec<Incoming>, NotATable> {
    let mut incoming: Vec<Incoming> = Vec::new();
    let mut quantities: Vec<(Incoming, StatedRow)> = Vec::new();
    let mut is_table = false;
    for grid in grids {
        let columns = columns_of(&grid.heads, known);
        let Some(table) = table_of(&columns) else { continue };
        is_table = true;
        strangers(grid, &columns, &mut incoming);
        match table {
            Table::Quantities => quantities.extend(rows(grid, &columns).map(|row| row.quantity(known))),
            _ => incoming.extend(rows(grid, &columns).map(|row| row.tag(known))),
        }
    }
    add_quantities(&mut incoming, quantities);
    if let Some(grid) = beside {
        let columns = columns_of(&grid.heads, known);
        let there: BTreeSet<Key> = incoming.iter().filter_map(key).collect();
        let is_it = table_of(&columns) == Some(Table::Quantities);
        let beside = rows(grid, &columns).filter(|_| is_it).map(|row| row.quantity(known));
        add_quantities(&mut incoming, beside.filter(|(row, _)| key(row).is_some_and(|key| there.contains(&key))).collect());
    }
    if is_table { Ok(incoming) } else { Err(NotATable::NoTags) }
}

/// Which table has these columns, of those that are read.
fn table_of(columns: &[Option<Column>]) -> Option<Table> {
    let has = |key: &'static str| columns.contains(&Some(Column::Fixed(key)));
    if has("tag_id") && has("words") {
        return Some(Table::Quantities);
    }
    (has("kind") && (has("quote") || has("tag_id")) && !has("relation")).then_some(Table::Tags)
}

/// The rows of a table in which anything stands.
fn rows<'a>(grid: &'a Grid, columns: &'a [Option<Column>]) -> impl Iterator<Item = Row<'a>> {
    let filled = grid.rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    filled.map(move |(number, cells)| Row { cells: columns, said: cells, into: Incoming::at(&grid.sheet, *number) })
}

/// Lists the columns that are of nothing, where something stands in them.
fn strangers(grid: &Grid, columns: &[Option<Column>], incoming: &mut Vec<Incoming>) {
    let stands = |at: usize| grid.rows.iter().any(|(_, cells)| cells.get(at).is_some_and(|cell| !cell.trim().is_empty()));
    let strange = grid.heads.iter().zip(columns).enumerate().filter(|(at, (_, column))| column.is_none() && stands(*at));
    let misfits: Vec<Misfit> = strange.map(|(_, (head, _))| Misfit::Column(head.clone())).collect();
    if !misfits.is_empty() {
        incoming.push(Incoming { misfits, ..Incoming::at(&grid.sheet, 1) });
    }
}

/// What a row is known by: its tag, and whose it is.
type Key = (TagId, Option<PersonId>);

fn key(row: &Incoming) -> Option<Key> {
    row.tag.map(|tag| (tag, row.person))
}

/// Puts quantities to the rows of their tags; those whose tag has no row stand for themselves. What of them cannot be read is
/// listed where it stands.
fn add_quantities(incoming: &mut Vec<Incoming>, quantities: Vec<(Incoming, StatedRow)>) {
    // Of quantities that cannot all be read, none is said: the others would stand for all.
    let is_spoilt = |(row, _): &&(Incoming, StatedRow)| !row.misfits.is_empty();
    let spoilt: BTreeSet<Key> = quantities.iter().filter(is_spoilt).filter_map(|(row, _)| key(row)).collect();
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    for (at, row) in incoming.iter().enumerate() {
        if let Some(key) = key(row) {
            places.entry(key).or_insert(at);
        }
    }
    let mut unread: Vec<Incoming> = Vec::new();
    for (row, stated) in quantities {
        let stated = Some(stated).filter(|_| key(&row).is_none_or(|key| !spoilt.contains(&key)));
        let there = key(&row).and_then(|key| places.get(&key).copied()).and_then(|at| incoming.get_mut(at));
        match there {
            Some(tag) => {
                tag.stated.extend(stated);
                tag.stated_of = tag.stated_of.or(row.stated_of);
                unread.extend(Some(row).filter(|row| !row.misfits.is_empty()).map(|row| Incoming { tag: None, ..row }));
            }
            None => {
                if let Some(key) = key(&row) {
                    places.insert(key, incoming.len());
                }
                incoming.push(Incoming { stated: stated.into_iter().collect(), ..row });
            }
        }
    }
    incoming.extend(unread);
}

/// A row that is being read.
struct Row<'a> {
    cells: &'a [Option<Column>],
    said: &'a [String],
    into: Incoming,
}

impl Row<'_> {
    /// What stands in a column; nothing where there is no such column.
    fn cell(&self, key: &'static str) -> Option<&str> {
        let at = self.cells.iter().position(|column| *column == Some(Column::Fixed(key)))?;
        Some(self.said.get(at).map_or("", String::as_str))
    }

    /// What stands in a column, read; nothing where it is empty. What cannot be read is listed.
    fn read<T: FromStr>(&mut self, key: &'static str, misfit: impl Fn(String) -> Misfit) -> Option<T> {
        let said = self.cell(key).map(str::trim).filter(|said| !said.is_empty())?.to_owned();
        let read = said.parse().ok();
        if read.is_none() {
            self.into.misfits.push(misfit(said));
        }
        read
    }

    fn number<T: FromStr>(&mut self, key: &'static str) -> Option<T> {
        self.read(key, |said| Misfit::no_number(key, said))
    }

    fn names(&mut self) {
        self.into.tag = self.read("tag_id", Misfit::NotAName);
        self.into.report = self.read("report_id", Misfit::NotAName);
        self.into.person = self.read("person_id", Misfit::NotAName);
    }

    /// A row of tags.
    fn tag(mut self, known: &Known<'_>) -> Incoming {
        self.names();
        self.into.changed = self.read("changed", Misfit::NotAName);
        self.into.quote = self.cell("quote").map(str::to_owned);
        self.into.words = self.cell("quantities").map(str::to_owned);
        self.into.made.origin = self.origin(known);
        let kind = self.cell("kind").filter(|kind| !kind.trim().is_empty()).map(|kind| Said::Kind(kind_of(kind, known)));
        let place = self.number("start").zip(self.number("end")).map(|(start, end)| Said::Place(Span::of(start, end)));
        let note = self.cell("note").map(|note| Said::Note(note.to_owned()));
        let unsure = self.unsure().map(Said::Unsure);
        let attributes = self.cells.iter().zip(self.said.iter().map(String::as_str).chain(std::iter::repeat("")));
        let attributes: Vec<Said> = attributes
            .filter_map(|(column, said)| match column {
                Some(Column::Attribute(id)) => Some(attribute(id, said, known)),
                Some(Column::Fixed(_)) | None => None,
            })
            .collect();
        self.into.said = kind.into_iter().chain(place).chain(attributes).chain(note).chain(unsure).collect();
        self.hold_against_export();
        self.into
    }

    /// Notes which cells say what they said when the row was handed over. Those that held only the beginning of their words then
    /// say nothing: the rest of them cannot be changed there.
    fn hold_against_export(&mut self) {
        let Some(noted) = self.cell(AS_EXPORTED).and_then(AsExported::read) else { return };
        let into = &mut self.into;
        into.content = noted.content().map(str::to_owned);
        for (column, said) in self.cells.iter().zip(self.said.iter().map(String::as_str).chain(std::iter::repeat(""))) {
            let Some(key) = column.as_ref().map(Column::key) else { continue };
            let (stays, is_cut) = (noted.stays(&key, said), noted.is_cut(&key));
            match (is_cut, stays) {
                // Its beginning is enough to know words of the report by.
                (true, _) if key == "quote" => {}
                (true, true) => into.cut.push(key.clone()),
                (true, false) => into.misfits.push(Misfit::Cut(key.clone())),
                (false, _) => {}
            }
            if is_cut {
                into.said.retain(|said| !said.field().columns().contains(&key));
                into.words = into.words.take().filter(|_| key != "quantities");
            }
            if stays {
                into.stays.insert(key);
            }
        }
    }

    fn origin(&self, known: &Known<'_>) -> Origin {
        let rule = || self.cell("rule").unwrap_or("").to_owned();
        match self.cell("origin").and_then(|said| choice("origin_short", said.trim(), ["accepted", "mended"].into_iter(), known)) {
            Some("accepted") => Origin::Accepted(rule()),
            Some(_) => Origin::Mended(rule()),
            None => Origin::ByHand,
        }
    }

    fn unsure(&mut self) -> Option<bool> {
        let said = self.cell("unsure")?.trim().to_lowercase();
        match said.as_str() {
            "" | "false" | "0" | "no" | "否" | "f" | "n" => Some(false),
            "true" | "1" | "yes" | "是" | "t" | "y" | "x" | "?" | "√" => Some(true),
            _ => {
                self.into.misfits.push(Misfit::NotAChoice("unsure".to_owned(), said));
                None
            }
        }
    }

    /// A row of quantities. Where only words stand, or only words were changed, they are read.
    fn quantity(mut self, known: &Known<'_>) -> (Incoming, StatedRow) {
        self.names();
        let noted = self.cell(AS_EXPORTED).and_then(AsExported::read);
        let stays = |key: &'static str| noted.as_ref().map(|noted| self.cell(key).is_none_or(|said| noted.stays(key, said)));
        let words_stay = stays("words");
        let numbers_stay = QUANTITY_CELLS.into_iter().filter(|key| *key != "words").all(|key| stays(key) == Some(true));
        let number = self.number("number");
        let words = self.cell("words").unwrap_or("").to_owned();
        let value: Option<Decimal> = self.number("value");
        let bound = self.keyed("bound", Bound::ALL.iter().map(|bound| (bound.key(), *bound)), known);
        let measure = self.keyed("measure", Measure::ALL.iter().map(|measure| (measure.key(), *measure)), known);
        let basis = self.keyed("basis", Basis::ALL.iter().map(|basis| (basis.key(), *basis)), known);
        let is_unread = number.is_none() && value.is_none() && bound.is_none() && measure.is_none();
        let quantity = if is_unread || (words_stay == Some(false) && numbers_stay) {
            Quantity::of_words(&words)
        } else {
            let unit = self.cell("unit").unwrap_or("").trim().to_owned();
            let stated = Stated { value, high: self.number("value_high"), unit, bound: bound.unwrap_or_default() };
            Quantity { measure: measure.unwrap_or_default(), basis: basis.unwrap_or_default(), stated, words }
        };
        self.into.stated_of = noted.and_then(|noted| noted.rows());
        (self.into, StatedRow { number, quantity, stays: words_stay.map(|stays| stays && numbers_stay) })
    }

    /// One of a list, by its key or what people call it.
    fn keyed<T>(&mut self, group: &'static str, all: impl Iterator<Item = (&'static str, T)> + Clone, known: &Known<'_>) -> Option<T> {
        let said = self.cell(group).map(str::trim).filter(|said| !said.is_empty())?.to_owned();
        let key = choice(group, &said, all.clone().map(|(key, _)| key), known);
        if key.is_none() {
            self.into.misfits.push(Misfit::NotAChoice(group.to_owned(), said));
        }
        all.clone().find(|(one, _)| Some(*one) == key).map(|(_, one)| one)
    }
}

fn attribute(id: &AttributeId, said: &str, known: &Known<'_>) -> Said {
    Said::Attribute(id.clone(), value_of(id, said, known))
}
