//! Which of what came back is taken: tag by tag, so that a person can say it, and then as one edit.

use super::formats::Brought;
use super::handed::{Handed, HandedLayer, HandedReport, Keys, Office, Options};
use super::imported::{Imported, KindMap, Problem};
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
        /// The tag. Its name is kept where it is somebody's own; else it gets one, as it does if it has none (all zeros).
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
}

impl Plan {
    /// Holds what a file brought against what is there. Labels and kinds that the codebook does not know are those of the map.
    pub fn of(brought: &Brought, map: &KindMap, taker: Taker<'_>) -> Self {
        match brought {
            Brought::Tags(imported) => Self::of_tags(imported, map, taker),
            Brought::Rows(rows) => Self::of_rows(rows, map, taker),
        }
    }

    /// Whether everything fits: nothing is listed that a person has to look at.
    pub fn is_clean(&self) -> bool {
        self.misfits.is_empty() && self.problems.is_empty() && !self.items.iter().any(|item| item.conflicts)
    }

    fn of_tags(imported: &Imported, map: &KindMap, taker: Taker<'_>) -> Self {
        let (_, unknown) = imported.mapped(map);
        let mut plan = Self { problems: imported.problems.iter().cloned().chain(unknown).collect(), ..Self::default() };
        let (nobody, mut met) = (TagId(Uuid::nil()), BTreeSet::new());
        for (number, brought) in (1..).zip(&imported.tags) {
            let Some(kind) = map.kind(&brought.label) else { continue };
            let Some(tag) = brought.as_tag(nobody, kind.clone(), taker.report.text(), taker.book) else { continue };
            plan.add(RowAt { sheet: String::new(), number }, tag, nobody, Vec::new(), taker, &mut met);
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
        let outdated: BTreeSet<RowAt> =
            misfits.iter().filter(|(_, misfit)| *misfit == Misfit::Changed).map(|(row, _)| row.clone()).collect();
        plan.missing = missing.len();
        plan.misfits = misfits.into_iter().filter(|(_, misfit)| *misfit != Misfit::Changed).collect();
        let known: BTreeSet<TagId> = rows.iter().filter(|row| is_of(row.person, taker)).filter_map(|row| row.tag).collect();
        let known = known.into_iter().filter(|tag| taker.own.tag(*tag).is_some()).count();
        for differences in differences.chunk_by(|one, next| one.tag == next.tag) {
            let Some(first) = differences.first() else { continue };
            let in_conflict = taker.own.tag_records().get(&first.tag).is_some_and(|kept| kept.is_in_conflict());
            let conflicts = outdated.contains(&first.row) || in_conflict;
            let what = Brings::Changed { tag: first.tag, differences: differences.to_vec() };
            plan.items.push(Taken { row: first.row.clone(), what, conflicts });
        }
        plan.same = known.saturating_sub(plan.items.len());
        let people: BTreeMap<&RowAt, Option<PersonId>> = rows.iter().map(|row| (&row.row, row.person)).collect();
        let mut met = BTreeSet::new();
        for Arriving { row, tag, links, .. } in new {
            let is_own = people.get(&row).is_none_or(|person| is_of(*person, taker));
            let named = tag.id;
            let tag = if is_own { tag } else { Tag { id: TagId(Uuid::nil()), ..tag } };
            plan.add(row, tag, named, links, taker, &mut met);
        }
        plan.items.sort_by(|one, other| one.row.cmp(&other.row));
        plan
    }

    /// The rows of the person's own tags on the report. Where none of them is, they are those of a colleague or of another
    /// text of the report: then all are.
    fn own_rows(&mut self, rows: &[Incoming], taker: Taker<'_>) -> Vec<Incoming> {
        let here = taker.report.id();
        let reports: BTreeSet<ReportId> = rows.iter().filter_map(|row| row.report).collect();
        let is_here = |row: &&Incoming| row.report.is_none_or(|report| report == here) || (reports.len() == 1 && !reports.contains(&here));
        let (of_report, others): (Vec<&Incoming>, Vec<&Incoming>) = rows.iter().partition(is_here);
        if !others.is_empty() {
            let tags = others.iter().filter_map(|row| row.tag).collect::<BTreeSet<_>>().len();
            let names: Vec<String> = reports.iter().filter(|report| **report != here).map(|report| report.short()).collect();
            self.problems.push(Problem::OtherReport { name: names.join("、"), tags });
        }
        let people: BTreeSet<PersonId> = of_report.iter().filter_map(|row| row.person).collect();
        if people.contains(&taker.person.id) {
            let (own, others): (Vec<&Incoming>, Vec<&Incoming>) = of_report.into_iter().partition(|row| is_of(row.person, taker));
            self.of_others = others.len();
            return own.into_iter().cloned().collect();
        }
        if people.len() > 1 {
            self.problems.push(Problem::SeveralPeople { count: people.len() });
        }
        of_report.into_iter().cloned().collect()
    }

    /// Adds a new tag, unless it is here: taking a file in twice adds nothing. `met` are the tags here that others of the file
    /// were the same as.
    fn add(&mut self, row: RowAt, tag: Tag, named: TagId, links: Vec<Link>, taker: Taker<'_>, met: &mut BTreeSet<TagId>) {
        let is_named = !tag.id.0.is_nil();
        let mut conflicts = is_named && taker.own.tag_records().contains_key(&tag.id);
        if !is_named {
            let beside: Vec<&Tag> = beside(taker.own, &tag).filter(|there| !met.contains(&there.id)).collect();
            conflicts = !beside.is_empty();
            if let Some(there) = beside.into_iter().find(|there| says_all(there, &tag)) {
                met.insert(there.id);
                self.same += 1;
                return;
            }
        }
        let what = Brings::New { tag: Box::new(tag), named, links };
        self.items.push(Taken { row, what, conflicts });
    }
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
    let mut links: Vec<Link> = Vec::new();
    for item in items {
        match &item.what {
            Brings::New { tag, named, links: with } => {
                let id = if tag.id.0.is_nil() || taker.own.tag(tag.id).is_some() { TagId(next()) } else { tag.id };
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
mod tests {
    use super::super::DocxLayout;
    use super::super::formats::{Extra, Format, Received};
    use super::super::incoming::Known;
    use super::super::standoff::tests::{SOURCE, Sample, hand, sample, usual};
    use super::*;
    use crate::annotation::{Hand, KindId, Relation, Time, Touch};

    const BY: Touch = Touch { at: Time(5_000), hand: Hand::new(2 << 16) };

    fn next() -> impl FnMut() -> Uuid {
        let mut number = 1_000u128;
        move || {
            number += 1;
            Uuid::from_u128(number)
        }
    }

    fn taker<'a>(sample: &'a Sample, book: &'a Codebook, own: &'a Annotations) -> Taker<'a> {
        Taker { report: &sample.report, book, person: &sample.person, own }
    }

    /// What comes back of what is handed over in a format.
    fn returned(sample: &Sample, format: Format, edit: impl Fn(String) -> String) -> Brought {
        let extra = Extra { layout: DocxLayout::Plain, now: Time(0) };
        let outgoing = hand(sample, "报告.txt", |handed| format.write(handed, &extra)).unwrap();
        let file = outgoing.files.iter().find(|file| file.path.ends_with(format.ending())).unwrap();
        let edited = || edit(String::from_utf8(file.bytes.clone()).unwrap()).into_bytes();
        let bytes = if format == Format::Xlsx { file.bytes.clone() } else { edited() };
        let (book, kinds) = (Codebook::standard(), BTreeMap::new());
        let known = Known { book: &book, labels: &[&Keys], kinds: &kinds };
        format.read(Received { bytes: &bytes, beside: None }, &sample.report, &known).unwrap()
    }

    fn kinds(book: &Codebook) -> KindMap {
        let mut map = KindMap::of(book);
        for label in ["own kind", "own_kind"] {
            map.set(label, KindId::new("target"));
        }
        map
    }

    #[test]
    fn what_is_taken_twice_adds_nothing() {
        let (sample, book) = (usual(), Codebook::standard());
        for format in Format::ALL.into_iter().filter(|format| format.is_read()) {
            let brought = returned(&sample, format, |text| text);
            let mut own = Annotations::default();
            let plan = Plan::of(&brought, &kinds(&book), taker(&sample, &book, &own));
            assert_eq!(plan.items.len(), 6, "{format:?} {plan:?}");
            let edit = taken(&plan.items, taker(&sample, &book, &own), next());
            own.apply(&edit, BY).unwrap();
            let spans = |annotations: &Annotations| annotations.order().iter().map(|(span, _)| *span).collect::<Vec<_>>();
            assert_eq!(spans(&own), spans(&sample.annotations), "{format:?}");
            let again = Plan::of(&brought, &kinds(&book), taker(&sample, &book, &own));
            let news = again.items.iter().filter(|item| matches!(item.what, Brings::New { .. })).count();
            assert_eq!(news, 0, "{format:?} {again:?}");
        }
    }

    #[test]
    fn what_was_changed_elsewhere_is_one_change_of_a_tag() {
        let sample = sample(SOURCE, &[("生产总值增长8%", "target"), ("增长9%", "target")], |_, _| {});
        let book = Codebook::standard();
        let brought = returned(&sample, Format::Csv, |text| text.replacen(",target,生产总值增长8%", ",indicator,生产总值增长8%", 1));
        let plan = Plan::of(&brought, &KindMap::of(&book), taker(&sample, &book, &sample.annotations));
        assert!(plan.is_clean(), "{plan:?}");
        assert_eq!((plan.items.len(), plan.same), (1, 1));
        let mut own = sample.annotations.clone();
        own.apply(&taken(&plan.items, taker(&sample, &book, &own.clone()), next()), BY).unwrap();
        assert_eq!(own.tags().map(|tag| tag.kind.as_str().to_owned()).collect::<Vec<_>>(), ["indicator", "target"]);
    }

    #[test]
    fn what_was_changed_or_deleted_here_meanwhile_conflicts() {
        let sample = sample(SOURCE, &[("生产总值增长8%", "target"), ("增长9%", "target")], |_, _| {});
        let book = Codebook::standard();
        let brought = returned(&sample, Format::Jsonl, |text| text.replace("\"note\":null", "\"note\":\"看\""));
        let mut own = sample.annotations.clone();
        let tags: Vec<Tag> = own.tags().cloned().collect();
        let mut noted = tags[0].clone();
        noted.note = "另".into();
        own.apply(&Edit::new(vec![Change::set_tag(tags[0].clone(), noted), Change::delete_tag(tags[1].clone())]), BY).unwrap();
        let plan = Plan::of(&brought, &KindMap::of(&book), taker(&sample, &book, &own));
        assert_eq!(plan.items.iter().map(|item| item.conflicts).collect::<Vec<_>>(), [true, true]);
        assert!(plan.misfits.is_empty() && !plan.is_clean());
        own.apply(&taken(&plan.items, taker(&sample, &book, &own.clone()), next()), BY).unwrap();
        assert_eq!(own.tags().map(|tag| (tag.id, tag.note.as_str())).collect::<Vec<_>>(), [(tags[0].id, "看"), (tags[1].id, "看")]);
    }

    #[test]
    fn a_colleagues_tags_get_names_of_their_own_and_their_links_follow() {
        let mut sample = sample(SOURCE, &[("生产总值增长8%", "target"), ("增长9%", "indicator")], |_, _| {});
        let end = |number: u128| LinkEnd { report: sample.report.id(), person: sample.person.id, tag: TagId(Uuid::from_u128(number)) };
        let link = Link { id: LinkId(Uuid::from_u128(77)), relation: Relation::Fulfils, from: end(2), to: end(1) };
        let link = Change::Link { before: None, after: Some(Box::new(link)) };
        sample.annotations.apply(&Edit::new(vec![link]), BY).unwrap();
        let brought = returned(&sample, Format::Jsonl, |text| text);
        let (book, mut own) = (Codebook::standard(), Annotations::default());
        let person = Person { id: PersonId(Uuid::from_u128(55)), name: "李华".into() };
        let taker = Taker { report: &sample.report, book: &book, person: &person, own: &own.clone() };
        let plan = Plan::of(&brought, &KindMap::of(&book), taker);
        own.apply(&taken(&plan.items, taker, next()), BY).unwrap();
        let links: Vec<Link> = own.links().copied().collect();
        assert_eq!((own.tag_count(), links.len()), (2, 1));
        assert!(own.tag(links[0].from.tag).is_some() && own.tag(links[0].to.tag).is_some());
        assert!(links[0].from.person == person.id && links[0].id != LinkId(Uuid::from_u128(77)));
    }

    #[test]
    fn rows_of_others_are_left_and_counted() {
        let sample = sample(SOURCE, &[("生产总值增长8%", "target")], |_, _| {});
        let book = Codebook::standard();
        let brought = returned(&sample, Format::Jsonl, |text| {
            let other = ReportId::of("另一篇").to_string();
            let of_other_report = text.replace(&sample.report.id().to_string(), &other).replace("00000001\"", "000000aa\"");
            let of_other_person = text.replace(&sample.person.id.to_string(), &Uuid::from_u128(3).to_string());
            format!("{text}{of_other_report}{of_other_person}")
        });
        let plan = Plan::of(&brought, &KindMap::of(&book), taker(&sample, &book, &sample.annotations));
        assert_eq!((plan.items.len(), plan.same, plan.of_others), (0, 1, 1), "{plan:?}");
        let [Problem::OtherReport { tags, .. }] = plan.problems.as_slice() else { panic!("{plan:?}") };
        assert_eq!(*tags, 1);
        assert_eq!(brought.labels(), BTreeMap::from([("target".to_owned(), 3)]));
        assert!(!brought.is_empty() && Brought::Rows(Vec::new()).is_empty());
    }

    #[test]
    fn what_is_here_and_says_otherwise_is_not_doubled_unasked() {
        let sample = sample(SOURCE, &[("生产总值增长8%", "target"), ("增长9%", "indicator")], |_, tag| tag.note = "甲".into());
        let book = Codebook::standard();
        let plan = |edit: fn(String) -> String| {
            let brought = returned(&sample, Format::Brat, edit);
            Plan::of(&brought, &KindMap::of(&book), taker(&sample, &book, &sample.annotations))
        };
        assert_eq!(plan(|text| text).same, 2);
        let otherwise = plan(|text| text.replacen("甲", "乙", 1));
        assert_eq!((otherwise.same, otherwise.items.iter().map(|item| item.conflicts).collect::<Vec<_>>()), (1, vec![true]));
        let barely = plan(|text| text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n"));
        assert_eq!((barely.same, barely.items.len()), (2, 0), "what a file does not say it does not take away");
    }
}
