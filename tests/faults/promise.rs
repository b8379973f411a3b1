//! What the person at the machine was told is kept, and what they made since: what has to be found, and what may be.

use jiannuo::annotation::{Annotations, Remark, RemarkId, Tag, TagId};
use jiannuo::report::{Field, Report, ReportId};
use jiannuo::session::{Document, DocumentId, Keeping};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something a person puts on a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Tag(TagId),
    Remark(RemarkId),
    Fact(Field),
}

/// What it says; nothing where it is not there, or deleted.
type Said = Option<String>;

/// What a document holds of each item: what is in force, then what other hands made of it at the same time.
type Items = BTreeMap<Item, Vec<Said>>;

fn said(tag: &Tag) -> String {
    let span = tag.anchor.span;
    format!("{} {}–{} {:?}", tag.kind, span.start().get(), span.end().get(), tag.note)
}

fn items_of(document: &Document) -> Items {
    let tags = document.annotations.tag_records().iter();
    let tags = tags.map(|(id, kept)| (Item::Tag(*id), kept.versions().map(|version| version.content.as_ref().map(said)).collect()));
    let says = |remark: &Remark| format!("{} {:?}", remark.anchor.quote, remark.says);
    let remarks = document.annotations.remark_records().iter();
    let remarks =
        remarks.map(|(id, kept)| (Item::Remark(*id), kept.versions().map(|version| version.content.as_ref().map(says)).collect()));
    let facts = document.report.corrections().fields.iter().map(|(field, value)| (Item::Fact(*field), vec![Some(value.clone())]));
    tags.chain(remarks).chain(facts).collect()
}

/// Everything an item ever said, each with the number of the change that made it, and which of it was acknowledged last.
#[derive(Clone)]
struct Versions {
    all: Vec<(u64, Said)>,
    kept: usize,
}

impl Default for Versions {
    /// That it is not there needs no acknowledgement.
    fn default() -> Self {
        Self { all: vec![(0, None)], kept: 0 }
    }
}

impl Versions {
    fn make(&mut self, change: u64, said: Said) {
        self.all.push((change, said));
    }

    /// The person was told that everything up to a change is kept.
    fn acknowledge(&mut self, change: u64) {
        let last = self.all.iter().rposition(|(made, _)| *made <= change);
        self.kept = self.kept.max(last.unwrap_or(0));
    }

    /// A document that was opened says this, and that nothing in it waits to be kept.
    fn show(&mut self, said: &Said) {
        let last = self.all.iter().rposition(|(_, made)| made == said);
        self.kept = self.kept.max(last.unwrap_or(0));
    }

    /// Changes are counted anew: what was not acknowledged will not be by a number.
    fn count_anew(&mut self) {
        self.all.iter_mut().skip(self.kept + 1).for_each(|(made, _)| *made = u64::MAX);
    }

    /// What was acknowledged, or something made since, has to be there; nothing may be there that was never made.
    fn check(&self, found: &[Said]) -> Result<(), String> {
        let made = |said: &&Said| self.all.iter().any(|(_, made)| made == *said);
        let is_due = |said: &Said| self.all[self.kept..].iter().any(|(_, made)| made == said);
        if let Some(strange) = found.iter().find(|said| !made(said)) {
            return Err(format!("{strange:?} is there and was never made"));
        }
        if !found.iter().any(is_due) {
            let due: Vec<&Said> = self.all[self.kept..].iter().map(|(_, said)| said).collect();
            return Err(format!("{found:?} is there; acknowledged, or made since: {due:?}"));
        }
        Ok(())
    }
}

/// What is promised of one report.
#[derive(Clone, Default)]
struct OfReport {
    path: PathBuf,
    items: BTreeMap<Item, Versions>,
}

impl OfReport {
    /// Notes what a change, or a merge, made of the items.
    fn change(&mut self, before: &Items, now: &Items, change: u64) {
        for (item, said) in now.iter().filter(|(item, said)| before.get(*item).and_then(|said| said.first()) != said.first()) {
            self.items.entry(*item).or_default().make(change, said[0].clone());
        }
        for item in before.keys().filter(|item| !now.contains_key(*item)) {
            self.items.entry(*item).or_default().make(change, None);
        }
    }

    /// Notes what a document shows that was just opened. What it does not show may still come: a file could not be read.
    fn open(&mut self, items: &Items, keeping: &Keeping) {
        self.items.values_mut().for_each(Versions::count_anew);
        for (item, all) in items {
            let versions = self.items.entry(*item).or_default();
            for said in all {
                // What came back from a journal may be said to wait for being kept.
                if keeping.is_kept() { versions.show(said) } else { versions.make(keeping.made, said.clone()) }
            }
        }
    }
}

/// A document as it was last seen.
#[derive(Clone)]
struct Seen {
    /// Held, so that what takes their place lies elsewhere in memory.
    held: (Arc<Annotations>, Arc<Report>),
    items: Items,
}

impl Seen {
    fn of(document: &Document) -> Self {
        Self { held: (Arc::clone(&document.annotations), Arc::clone(&document.report)), items: items_of(document) }
    }

    fn is(&self, document: &Document) -> bool {
        Arc::ptr_eq(&self.held.0, &document.annotations) && Arc::ptr_eq(&self.held.1, &document.report)
    }
}

/// What is promised of all reports.
#[derive(Clone, Default)]
pub struct Promise {
    reports: BTreeMap<ReportId, OfReport>,
    seen: BTreeMap<DocumentId, Seen>,
}

impl Promise {
    /// Another sitting begins.
    pub fn begin(&mut self) {
        self.seen.clear();
    }

    /// Looks at the documents after something happened: what was made, and what is said to be kept.
    pub fn observe(&mut self, documents: &[Document]) {
        for document in documents {
            let promised = self.reports.entry(document.report.id()).or_default();
            promised.path.clone_from(&document.path);
            let before = self.seen.get(&document.id);
            if before.is_none_or(|before| !before.is(document)) {
                let now = Seen::of(document);
                match before {
                    Some(before) => promised.change(&before.items, &now.items, document.keeping.made),
                    None => promised.open(&now.items, &document.keeping),
                }
                self.seen.insert(document.id, now);
            }
            promised.items.values_mut().for_each(|versions| versions.acknowledge(document.keeping.kept));
        }
    }

    /// Where the reports are of which something is promised.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.reports.values().map(|report| report.path.as_path())
    }

    /// Whether a document shows what was promised of it, and nothing else.
    pub fn check(&self, document: &Document) -> Result<(), String> {
        let promised = self.reports.get(&document.report.id()).ok_or_else(|| format!("{}: its text reads otherwise", document.name()))?;
        let found = items_of(document);
        let gone = vec![None];
        for (item, versions) in &promised.items {
            let said = found.get(item).unwrap_or(&gone);
            versions.check(said).map_err(|why| format!("{} {item:?}: {why}", document.name()))?;
        }
        match found.iter().find(|(item, _)| !promised.items.contains_key(*item)) {
            Some((item, said)) => Err(format!("{} {item:?}: {said:?} is there and was never made", document.name())),
            None => Ok(()),
        }
    }
}
