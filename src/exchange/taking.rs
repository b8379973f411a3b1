//! Which of what came back is taken: tag by tag, so that a person can say it, and then as one edit.

use super::formats::Brought;
use super::handed::{Handed, HandedLayer, HandedReport, Keys, Office, Options};
use super::imported::{Imported, KindMap, Problem, is_elsewhere};
use super::incoming::{Arrival, Arriving, Difference, Incoming, Misfit, RowAt, Said, arrival};
use crate::annotation::{Annotations, Change, Codebook, Edit, Link, LinkEnd, LinkId, Origin, Person, PersonId, Tag, TagId};
use crate::report::{Report, ReportId};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Whose tags are added to, and on what.
#[derive(Clone, Copy)]
pub struct Taker<'a> {
    /// The report.
    pub report: &'a Report,
    /// The codebook in force.
    pub book: &'a Codebook,
    /// Who.
    pub person: &'a Person,
    /// What they tagged so far.
    pub own: &'a Annotations,
}

/// A tag that a file brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Where it stands in the file.
    pub row: RowAt,
    /// What is brought.
    pub what: Brings,
    /// Whether taking it would undo what was done here meanwhile, or double what is here.
    pub conflicts: bool,
}

/// What a file brings of one tag.
#[derive(Clone, Debug, PartialEq)]
pub enum Brings {
    /// A tag that is not here.
    New {
        /// The tag. It keeps its name where nothing here has that; else it gets one, as it does if it has none (all zeros).
        tag: Box<Tag>,
        /// The name it has in the file.
        named: TagId,
        /// The links that are written with it.
        links: Vec<Link>,
    },
    /// What is different of a tag that is here.
    Changed {
        /// The tag.
        tag: TagId,
        /// In what.
        differences: Vec<Difference>,
    },
}

/// What a file brings to somebody's tags on a report. Nothing of it is taken yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What can be taken, in the order of the file.
    pub items: Vec<Taken>,
    /// What does not fit, and where it stands.
    pub misfits: Vec<(RowAt, Misfit)>,
    /// What did not fit of another tool's file, or had to be done to make it fit.
    pub problems: Vec<Problem>,
    /// How many of its tags are here as they are there.
    pub same: usize,
    /// How many tags are here of which a table that has others of them says nothing: they stay.
    pub missing: usize,
    /// How many of its rows are of other people's tags.
    pub of_others: usize,
    /// How many of these somebody changed since they were handed over, where the file tells.
    pub of_others_changed: usize,
}

impl Plan {
    /// Holds what a file brought against what is there. Labels and kinds that the codebook does not know are those of the map.
    pub fn of(brought: &Brought, map: &KindMap, taker: Taker<'_>) -> Self {
        match brought {
            Brought::Tags(imported) => Self::of_tags(imported, map, taker),
            Brought::Rows(rows) => Self::of_rows(rows, map, taker),
        }
    }

    /// Whether what it brings was made on another text than this report's: none of it should be taken unasked.
    pub fn is_of_another_text(&self) -> bool {
        self.problems.iter().any(|problem| matches!(problem, Problem::OtherText { .. }))
    }

    /// Whether everything fits: nothing is listed that a person has to look at.
    pub fn is_clean(&self) -> bool {
        self.misfits.is_empty() && self.problems.is_empty() && !self.items.iter().any(|item| item.conflicts)
    }

    fn of_tags(imported: &Imported, map: &KindMap, taker: Taker<'_>) -> Self {
        let (_, unknown) = imported.mapped(map);
        let mut plan = Self { problems: imported.problems.iter().cloned().chain(unknown).collect(), ..Self::default() };
        let (nobody, mut met) = (TagId(Uuid::nil()), Met::default());
        for (number, brought) in (1..).zip(&imported.tags) {
            let Some(kind) = map.kind(&brought.label) else { continue };
            let Some(tag) = brought.as_tag(nobody, kind.clone(), taker.report.text(), taker.book) else { continue };
            let row = RowAt { sheet: String::new(), number };
            plan.add(row, Coming { tag, named: nobody, links: Vec::new(), is_own: false }, taker, &mut met);
        }
        plan
    }

    fn of_rows(rows: &[Incoming], map: &KindMap, taker: Taker<'_>) -> Self {
        let mut plan = Self::default();
        let rows = plan.own_rows(rows, taker);
        let rows: Vec<Incoming> = rows.into_iter().map(|row| mapped(row, map, taker.book)).collect();
        let layers = [HandedLayer { person: taker.person, role: Office::Annotation, annotations: taker.own }];
        let reports = [HandedReport { report: taker.report, name: "", layers: &layers }];
        let there = Handed { reports: &reports, book: taker.book, options: &Options::default(), labels: &Keys };
        let Arrival { differences, new, missing, misfits } = arrival(&rows, there);
        let known: BTreeSet<TagId> = rows.iter().filter(|row| is_of(row.person, taker)).filter_map(|row| row.tag).collect();
        let known: BTreeSet<TagId> = known.into_iter().filter(|tag| taker.own.tag(*tag).is_some()).collect();
        let tags = rows.iter().filter(|row| !row.said.is_empty()).count();
        let lost = misfits.iter().filter(|(_, misfit)| matches!(misfit, Misfit::Nowhere(_))).count();
        if is_elsewhere(tags.saturating_sub(lost), lost) {
            plan.problems.retain(|problem| !matches!(problem, Problem::OtherText { .. }));
            plan.problems.push(Problem::Elsewhere { tags });
            return plan;
        }
        plan.missing = missing.len();
        plan.take_differences(&differences, &misfits, taker);
        plan.misfits = misfits.into_iter().filter(|(_, misfit)| *misfit != Misfit::Changed).collect();
        plan.same = known.len().saturating_sub(plan.items.len());
        plan.take_new(new, &rows, Met { rows: known, same: BTreeSet::new() }, taker);
        plan.items.sort_by(|one, other| one.row.cmp(&other.row));
        plan
    }

    /// What differs of tags that are here, tag by tag.
    fn take_differences(&mut self, differences: &[Difference], misfits: &[(RowAt, Misfit)], taker: Taker<'_>) {
        let outdated: BTreeSet<&RowAt> = misfits.iter().filter(|(_, misfit)| *misfit == Misfit::Changed).map(|(row, _)| row).collect();
        for differences in differences.chunk_by(|one, next| one.tag == next.tag) {
            let Some(first) = differences.first() else { continue };
            let in_conflict = taker.own.tag_records().get(&first.tag).is_some_and(|kept| kept.is_in_conflict());
            let conflicts = outdated.contains(&first.row) || in_conflict;
            let what = Brings::Changed { tag: first.tag, differences: differences.to_vec() };
            self.items.push(Taken { row: first.row.clone(), what, conflicts });
        }
    }

    /// Tags that are only in the file.
    fn take_new(&mut self, new: Vec<Arriving>, rows: &[Incoming], mut met: Met, taker: Taker<'_>) {
        let by_place: BTreeMap<&RowAt, &Incoming> = rows.iter().map(|row| (&row.row, row)).collect();
        let mut unmeasured = 0;
        for Arriving { row, tag, links, .. } in new {
            let said = by_place.get(&row);
            // Only what the words say of them came with a tag of this program: what else was known of its numbers did not.
            let is_unmeasured = said.is_some_and(|said| said.tag.is_some() && said.words.is_some() && said.stated.is_empty());
            let is_unmeasured = is_unmeasured && !tag.quantities.is_empty();
            let (is_own, named) = (said.is_none_or(|said| !said.is_foreign), tag.id);
            // The names of several people's tags may be the same.
            let keeps = is_own || said.is_some_and(|said| is_of(said.person, taker));
            let tag = if keeps { tag } else { Tag { id: TagId(Uuid::nil()), ..tag } };
            let is_taken = self.add(row, Coming { tag, named, links, is_own }, taker, &mut met);
            unmeasured += usize::from(is_taken && is_unmeasured);
        }
        if unmeasured > 0 {
            self.problems.push(Problem::Unmeasured { tags: unmeasured });
        }
    }

    /// The rows of the person's own tags on the report. Where none of them is, they are those of a colleague or of another
    /// text of the report: then all are. Those of one colleague count as the person's: under their names they are found again.
    fn own_rows(&mut self, rows: &[Incoming], taker: Taker<'_>) -> Vec<Incoming> {
        let here = taker.report.id();
        let reports: BTreeSet<ReportId> = rows.iter().filter_map(|row| row.report).collect();
        let is_another_text = reports.len() == 1 && !reports.contains(&here);
        let is_here = |row: &&Incoming| is_another_text || row.report.is_none_or(|report| report == here);
        let (of_report, others): (Vec<&Incoming>, Vec<&Incoming>) = rows.iter().partition(is_here);
        if !others.is_empty() {
            let tags = others.iter().filter_map(|row| row.tag).collect::<BTreeSet<_>>().len();
            let names: Vec<String> = reports.iter().filter(|report| **report != here).map(|report| report.short()).collect();
            self.problems.push(Problem::OtherReport { name: names.join("、"), tags });
        }
        if is_another_text {
            let tags = of_report.iter().filter(|row| row.report.is_some() && !row.said.is_empty()).count();
            self.problems.push(Problem::OtherText { tags });
        }
        let people: BTreeSet<PersonId> = of_report.iter().filter_map(|row| row.person).collect();
        if people.contains(&taker.person.id) {
            let (own, others): (Vec<&Incoming>, Vec<&Incoming>) = of_report.into_iter().partition(|row| is_of(row.person, taker));
            self.of_others = others.len();
            self.of_others_changed = others.iter().filter(|row| row.is_edited()).count();
            return own.into_iter().cloned().collect();
        }
        if people.len() > 1 {
            self.problems.push(Problem::SeveralPeople { count: people.len() });
        }
        let whose = |person: PersonId| if people.len() > 1 { person } else { taker.person.id };
        let taken = |row: &Incoming| Incoming { person: row.person.map(whose), is_foreign: row.person.is_some(), ..row.clone() };
        of_report.into_iter().map(taken).collect()
    }

    /// Adds a new tag, unless it is here: taking a file in twice adds nothing. Says whether it was added.
    fn add(&mut self, row: RowAt, coming: Coming, taker: Taker<'_>, met: &mut Met) -> bool {
        let Coming { tag, named, links, is_own } = coming;
        let is_named = !tag.id.0.is_nil();
        let mut conflicts = is_named && taker.own.tag_records().contains_key(&tag.id);
        if !is_own || !is_named {
            let is_met = |there: &Tag| met.same.contains(&there.id) || (is_named && met.rows.contains(&there.id));
            let beside: Vec<&Tag> = beside(taker.own, &tag).filter(|there| !is_met(there)).collect();
            conflicts |= !beside.is_empty();
            if let Some(there) = beside.into_iter().find(|there| says_all(there, &tag)) {
                met.same.insert(there.id);
                self.same += 1;
                return false;
            }
        }
        let what = Brings::New { tag: Box::new(tag), named, links };
        self.items.push(Taken { row, what, conflicts });
        true
    }
}

/// A tag that is only in the file.
struct Coming {
    tag: Tag,
    /// The name it has in the file.
    named: TagId,
    /// The links that are written with it.
    links: Vec<Link>,
    /// Whether the file says that it is the person's own, or does not say whose.
    is_own: bool,
}

/// The tags here that a file has already spoken of.
#[derive(Default)]
struct Met {
    /// Those that have rows of their own.
    rows: BTreeSet<TagId>,
    /// Those that others were the same as.
    same: BTreeSet<TagId>,
}

/// The tags of the same kind on the same words.
fn beside<'a>(own: &'a Annotations, tag: &'a Tag) -> impl Iterator<Item = &'a Tag> {
    let span = tag.place();
    let first = own.order().partition_point(|(there, _)| span.is_some_and(|span| there.start() < span.start()));
    let here = own.order().iter().skip(first).take_while(move |(there, _)| span.is_some_and(|span| there.start() == span.start()));
    let here = here.filter(move |(there, _)| Some(*there) == span).filter_map(move |(_, id)| own.tag(*id));
    here.filter(move |there| there.kind == tag.kind)
}

/// Whether a tag says all that another one on the same words does: not every format holds all that there is to say.
fn says_all(there: &Tag, tag: &Tag) -> bool {
    let quantities = tag.quantities.is_empty() || tag.quantities == there.quantities;
    let attributes = tag.attributes.iter().all(|(id, value)| there.attributes.get(id).is_some_and(|there| there.text() == value.text()));
    quantities && attributes && (tag.note.is_empty() || tag.note == there.note) && (there.unsure || !tag.unsure)
}

/// Whether a row that says so is of the person's own tags.
fn is_of(person: Option<PersonId>, taker: Taker<'_>) -> bool {
    person.is_none_or(|person| person == taker.person.id)
}

/// A row with the kind that the map has for one that the codebook does not.
fn mapped(mut row: Incoming, map: &KindMap, book: &Codebook) -> Incoming {
    for said in &mut row.said {
        if let Said::Kind(kind) = said
            && book.kind(kind).is_none()
            && let Some(meant) = map.kind(kind.as_str())
        {
            *kind = meant.clone();
        }
    }
    row
}

impl Brought {
    /// What its tags are called, and how many there are of each.
    pub fn labels(&self) -> BTreeMap<String, usize> {
        match self {
            Self::Tags(imported) => imported.labels().into_iter().map(|(label, count)| (label.to_owned(), count)).collect(),
            Self::Rows(rows) => {
                let mut labels = BTreeMap::new();
                for said in rows.iter().flat_map(|row| &row.said) {
                    if let Said::Kind(kind) = said {
                        *labels.entry(kind.as_str().to_owned()).or_default() += 1;
                    }
                }
                labels
            }
        }
    }

    /// Whether it has anything that may be a tag.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Tags(imported) => imported.tags.is_empty(),
            Self::Rows(rows) => rows.is_empty(),
        }
    }
}

/// The edit that takes what is brought. New tags and links that have no name get the next one.
pub fn taken<'t>(items: impl IntoIterator<Item = &'t Taken>, taker: Taker<'_>, mut next: impl FnMut() -> Uuid) -> Edit {
    let mut changes = Vec::new();
    let mut names: BTreeMap<TagId, TagId> = BTreeMap::new();
    let mut given: BTreeSet<TagId> = BTreeSet::new();
    let mut links: Vec<Link> = Vec::new();
    for item in items {
        match &item.what {
            Brings::New { tag, named, links: with } => {
                let is_free = !tag.id.0.is_nil() && taker.own.tag(tag.id).is_none() && given.insert(tag.id);
                let id = if is_free { tag.id } else { TagId(next()) };
                if !named.0.is_nil() {
                    names.insert(*named, id);
                }
                changes.push(Change::add_tag(Tag { id, ..(**tag).clone() }));
                links.extend(with);
            }
            Brings::Changed { tag, differences } => changes.extend(changed(*tag, differences, taker)),
        }
    }
    let end =
        |end: LinkEnd| names.get(&end.tag).map_or(end, |tag| LinkEnd { report: taker.report.id(), person: taker.person.id, tag: *tag });
    let mut made: BTreeSet<LinkId> = BTreeSet::new();
    for link in links {
        let moved = Link { from: end(link.from), to: end(link.to), ..link };
        let is_there = |there: &Link| (there.relation, there.from, there.to) == (moved.relation, moved.from, moved.to);
        if taker.own.links().any(is_there) {
            continue;
        }
        let is_free = moved == link && !taker.own.link_records().contains_key(&link.id) && made.insert(link.id);
        let id = if is_free { link.id } else { LinkId(next()) };
        changes.push(Change::Link { before: None, after: Some(Box::new(Link { id, ..moved })) });
    }
    Edit::new(changes)
}

/// A tag with what the file says of it.
fn changed(tag: TagId, differences: &[Difference], taker: Taker<'_>) -> Option<Change> {
    let before = taker.own.tag(tag)?;
    let mut after = before.clone();
    differences.iter().for_each(|difference| difference.after.put(&mut after, taker.report.text()));
    if after.kind != before.kind {
        after.definition = taker.book.definition(&after.kind);
    }
    let is_other = after.kind != before.kind
        || after.anchor.span != before.anchor.span
        || after.quantities != before.quantities
        || after.attributes != before.attributes;
    // What was proposed and accepted is mended once it says something else.
    if let (Origin::Accepted(rule), true) = (&before.origin, is_other) {
        after.origin = Origin::Mended(rule.clone());
    }
    (after != *before).then(|| Change::set_tag(before.clone(), after))
}

#[cfg(test)]
mod tests;
