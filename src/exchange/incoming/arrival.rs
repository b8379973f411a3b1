//! What came back held against what is there.

use super::place::{place, says, stands};
use super::said::{Said, TagField, no_value};
use super::{Incoming, Misfit, RowAt, StatedRow};
use crate::annotation::{Anchor, KindId, Link, PersonId, Tag, TagId};
use crate::exchange::handed::{Handed, HandedReport, TagRow};
use crate::exchange::table::content;
use crate::quantity::{Quantity, Year};
use crate::report::{Reading, ReportId, ScriptView};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A field of a tag in which a file says something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where the file says it.
    pub row: RowAt,
    /// The report the tag stands in.
    pub report: ReportId,
    /// Whose it is.
    pub person: PersonId,
    /// The tag.
    pub tag: TagId,
    /// What it says here.
    pub before: Said,
    /// What it says in the file.
    pub after: Said,
}

impl Difference {
    /// Which field it is about.
    pub fn field(&self) -> TagField {
        self.after.field()
    }
}

/// A tag that is only in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Arriving {
    /// Where it stands there.
    pub row: RowAt,
    /// The report its words stand in.
    pub report: ReportId,
    /// The tag. It has the name it has in the file, or none (all zeros); whoever takes it in for somebody else names it anew.
    pub tag: Tag,
    /// The links that are written with it.
    pub links: Vec<Link>,
}

/// What came back, held against what is there. Nothing of it is taken yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrival {
    /// Where tags differ, in the order of the file.
    pub differences: Vec<Difference>,
    /// Tags that are only in the file.
    pub new: Vec<Arriving>,
    /// Tags that have no row in a file that has rows of other tags of the same person in the same report. They stay.
    pub missing: Vec<(ReportId, PersonId, TagId)>,
    /// What does not fit.
    pub misfits: Vec<(RowAt, Misfit)>,
}

/// Holds rows against tags. Rows are known by the names of their tags; a row of no tag that is there is a new one.
pub fn arrival(incoming: &[Incoming], there: Handed<'_>) -> Arrival {
    let mut tags: BTreeMap<TagId, Vec<TagRow<'_>>> = BTreeMap::new();
    for row in there.tags() {
        tags.entry(row.tag.id).or_default().push(row);
    }
    let mut desk = Desk { there, tags, seen: BTreeSet::new(), arrival: Arrival::default() };
    incoming.iter().for_each(|row| desk.take(row));
    desk.missing();
    desk.arrival
}

struct Desk<'a> {
    there: Handed<'a>,
    tags: BTreeMap<TagId, Vec<TagRow<'a>>>,
    /// The tags that had a row.
    seen: BTreeSet<(ReportId, PersonId, TagId)>,
    arrival: Arrival,
}

fn name(row: &TagRow<'_>) -> (ReportId, PersonId, TagId) {
    (row.report.id(), row.layer.person.id, row.tag.id)
}

impl<'a> Desk<'a> {
    fn take(&mut self, row: &Incoming) {
        row.misfits.iter().for_each(|misfit| self.misfit(row, misfit.clone()));
        match self.known(row) {
            Some(known) if self.seen.insert(name(&known)) => self.hold(row, known),
            Some(_) => self.misfit(row, Misfit::Twice),
            // A row of heads, of which only something was listed.
            None if row.tag.is_none() && row.said.is_empty() && row.stated.is_empty() && row.quote.is_none() => {}
            None => match self.new_tag(row) {
                Ok(new) => self.arrival.new.push(new),
                Err(why) => self.misfit(row, why),
            },
        }
    }

    fn misfit(&mut self, row: &Incoming, misfit: Misfit) {
        self.arrival.misfits.push((row.row.clone(), misfit));
    }

    /// The tag a row is of.
    fn known(&self, row: &Incoming) -> Option<TagRow<'a>> {
        let tags = self.tags.get(&row.tag?)?;
        tags.iter().find(|tag| row.person.is_none_or(|person| tag.layer.person.id == person)).copied()
    }

    /// Holds a row against its tag.
    fn hold(&mut self, row: &Incoming, known: TagRow<'a>) {
        let tag = known.tag;
        // What was changed back, or undone, is as it was.
        let is_as_then = row.content.as_deref().is_some_and(|then| then == content(tag));
        if row.changed.is_some_and(|changed| changed < known.stamp.changed) && !is_as_then {
            self.misfit(row, Misfit::Changed);
        }
        let (mut moves, reading) = (false, self.there.options.reading);
        let words = row.quote.as_deref().filter(|words| !words.is_empty());
        let said = row.said.iter().filter(|said| !row.only_stays(&said.field())).cloned();
        for after in said.chain(quantities(row, tag, known.report)) {
            let before = Said::of(tag, &after.field());
            let shown = |view| before.shown(known.report.report, Reading::of(view));
            let is_same = ScriptView::ALL.into_iter().any(|view| after.leaves(&shown(view)));
            if is_same && (after.field() != TagField::Place || tag.is_placed()) {
                continue;
            }
            let misfit = match &after {
                Said::Place(span) => {
                    moves = true;
                    words.filter(|words| !stands(known.report, *span, words, reading)).map(|words| Misfit::Words(words.to_owned()))
                }
                after => self.no_such(after, known.facts().year()),
            };
            match misfit {
                Some(misfit) => self.misfit(row, misfit),
                None => {
                    let (report, person, tag) = name(&known);
                    self.arrival.differences.push(Difference { row: row.row.clone(), report, person, tag, before, after });
                }
            }
        }
        let there = |words: &&str| match known.place() {
            Some(span) => stands(known.report, span, words, reading),
            None => says(known.report, &tag.anchor.quote, words),
        };
        if let Some(words) = words.filter(|words| !moves && !row.stays.contains("quote") && !there(words)) {
            self.misfit(row, Misfit::Words(words.to_owned()));
        }
    }

    /// Why something cannot be said of a tag: it is not in the codebook, or no time. A time without a year is of this one.
    fn no_such(&self, said: &Said, year: Year) -> Option<Misfit> {
        let book = self.there.book;
        match said {
            Said::Kind(kind) if book.kind(kind).is_none() => Some(Misfit::Kind(kind.to_string())),
            Said::Attribute(id, Some(value)) => no_value(id, value, book, year),
            Said::Kind(_) | Said::Place(_) | Said::Quantities(_) | Said::Attribute(_, None) | Said::Note(_) | Said::Unsure(_) => None,
        }
    }

    /// The tag a row says that is not here.
    fn new_tag(&mut self, row: &Incoming) -> Result<Arriving, Misfit> {
        if row.said.is_empty() && !row.stated.is_empty() {
            return Err(Misfit::Quantity);
        }
        let report = self.report(row).ok_or(Misfit::Report)?;
        let kind = self.kind(row)?;
        let id = row.tag.unwrap_or(TagId(Uuid::nil()));
        let mut tag = Tag::new(id, kind, self.anchor(row, report)?);
        let year = report.report.facts_at(tag.anchor.span.start()).year();
        for said in row.said.iter().filter(|said| !matches!(said, Said::Kind(_) | Said::Place(_))) {
            match self.no_such(said, year) {
                Some(misfit) => self.misfit(row, misfit),
                None => said.put(&mut tag, report.report.text()),
            }
        }
        if row.words.is_some() || !row.stated.is_empty() {
            tag.quantities = new_quantities(row, report);
        }
        row.cut.iter().for_each(|column| self.misfit(row, Misfit::Cut(column.clone())));
        tag.origin = row.made.origin.clone();
        tag.definition = row.made.definition.or_else(|| self.there.book.definition(&tag.kind));
        tag.carried.clone_from(&row.made.carried);
        Ok(Arriving { row: row.row.clone(), report: report.id(), tag, links: row.links.clone() })
    }

    /// The report a new tag stands in: the one its row names, or the only one there is.
    fn report(&self, row: &Incoming) -> Option<&'a HandedReport<'a>> {
        let named = self.there.reports.iter().find(|report| Some(report.id()) == row.report);
        named.or(match self.there.reports {
            [only] => Some(only),
            _ => None,
        })
    }

    fn kind(&self, row: &Incoming) -> Result<KindId, Misfit> {
        let kind = row.said.iter().find_map(|said| if let Said::Kind(kind) = said { Some(kind) } else { None }).ok_or(Misfit::Tag)?;
        if self.there.book.kind(kind).is_some() { Ok(kind.clone()) } else { Err(Misfit::Kind(kind.to_string())) }
    }

    fn anchor(&self, row: &Incoming, report: &HandedReport<'_>) -> Result<Anchor, Misfit> {
        let named: Option<Span> = row.said.iter().find_map(|said| if let Said::Place(span) = said { Some(*span) } else { None });
        match &row.made.carried {
            // Its words had no place in the text it came from.
            Some(carried) if named.is_none() && !carried.how.is_placed() => Ok(carried.anchor.clone()),
            _ => {
                // Without its words nothing shows that a place in another text is the same.
                let same = row.report.is_none_or(|id| id == report.id()) || row.quote.is_some();
                let span = place(report, named.filter(|_| same), row.quote.as_deref(), self.there.options.reading)?;
                Ok(Anchor::new(report.report.text(), span))
            }
        }
    }

    /// Lists the tags without a row.
    fn missing(&mut self) {
        let layers: BTreeSet<(ReportId, PersonId)> = self.seen.iter().map(|(report, person, _)| (*report, *person)).collect();
        let names = self.there.tags().map(|row| name(&row));
        self.arrival.missing = names.filter(|name| layers.contains(&(name.0, name.1)) && !self.seen.contains(name)).collect();
    }
}

/// The quantities that the tables of a file say of a tag; nothing where they say what it has, or only what they said when they
/// were handed over. The table of quantities counts before the cell of their words.
fn quantities(row: &Incoming, tag: &Tag, report: &HandedReport<'_>) -> Option<Said> {
    if row.is_foreign && !row.stated.is_empty() {
        return Some(new_quantities(row, report)).filter(|all| *all != tag.quantities).map(Said::Quantities);
    }
    let (stated, is_edited) = stated(row, &tag.quantities, report);
    let counts = !stated.is_empty() && is_edited != Some(false);
    if counts && (stated != tag.quantities || is_edited.is_some()) {
        return (stated != tag.quantities).then_some(Said::Quantities(stated));
    }
    let words = row.words.as_deref().filter(|_| !row.stays.contains("quantities"))?;
    let before = tag.quantities.iter().map(|quantity| quantity.words.as_str()).collect::<Vec<_>>().join("；");
    if says(report, &before, words) {
        return None;
    }
    Some(of_words(words, &tag.quantities, report)).filter(|after| *after != tag.quantities).map(Said::Quantities)
}

/// The quantities of a tag that is only in the file: those of the table, unless somebody changed the cell of their words only.
fn new_quantities(row: &Incoming, report: &HandedReport<'_>) -> Vec<Quantity> {
    let (stated, is_edited) = stated(row, &[], report);
    let words_count = stated.is_empty() || is_edited == Some(false) && !row.stays.contains("quantities");
    match row.words.as_deref().filter(|_| words_count) {
        Some(words) => of_words(words, &stated, report),
        None => stated,
    }
}

/// What the table of quantities says of a tag that has these, and whether somebody changed that since it was handed over, where
/// the file tells. Rows that nobody changed say what the tag says, if it has as many as then.
fn stated(row: &Incoming, before: &[Quantity], report: &HandedReport<'_>) -> (Vec<Quantity>, Option<bool>) {
    let mut rows: Vec<&StatedRow> = row.stated.iter().collect();
    rows.sort_by_key(|stated| stated.number.unwrap_or(usize::MAX));
    let as_many = row.stated_of == Some(before.len());
    let quantity = |stated: &&StatedRow| match stated.number.and_then(|number| before.get(number.checked_sub(1)?)) {
        Some(before) if as_many && stated.stays == Some(true) => before.clone(),
        before => mended(before, &stated.quantity, report),
    };
    let is_edited = row.stated_of.map(|of| of != rows.len() || rows.iter().any(|stated| stated.stays != Some(true)));
    (rows.iter().map(quantity).collect(), is_edited)
}

/// The quantities of a cell of words; those that are known are what they are.
fn of_words(words: &str, known: &[Quantity], report: &HandedReport<'_>) -> Vec<Quantity> {
    let parts = words.split(['；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let kept = |part: &str| known.iter().find(|quantity| says(report, &quantity.words, part)).cloned();
    parts.map(|part| kept(part).unwrap_or_else(|| Quantity::of_words(part))).collect()
}

/// A quantity as a table says it. Where only its words were changed, they are read anew.
fn mended(before: Option<&Quantity>, after: &Quantity, report: &HandedReport<'_>) -> Quantity {
    let Some(before) = before else { return after.clone() };
    let words = if says(report, &before.words, &after.words) { before.words.clone() } else { after.words.clone() };
    let after = Quantity { words, ..after.clone() };
    let numbers_stay = Quantity { words: before.words.clone(), ..after.clone() } == *before;
    if numbers_stay && after.words != before.words { Quantity::of_words(&after.words) } else { after }
}

#[cfg(test)]
mod tests;
