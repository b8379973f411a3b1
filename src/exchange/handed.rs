//! What is handed over: reports with what people put on them, as every format sees them, one row after another.

use super::citation::title;
use super::stamp::stamp_of;
use crate::annotation::{Annotations, AttributeId, Codebook, KindId, Link, LinkEnd, Origin, Person, PersonId, Stamp, Tag, TagId};
use crate::quantity::{Quantity, Stated};
use crate::report::{Facts, Field, Reading, Report, ReportId, ScriptView, Secrecy};
use crate::text::Span;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The words in which keys are shown to people. This room speaks no language: whoever hands over brings the words.
pub trait Labels: Sync {
    /// The word for a key of a group, such as `kind` and `target`; the key itself where there is none.
    fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str;
}

/// Keys as they are, for files that programs read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys;

impl Labels for Keys {
    fn label<'a>(&'a self, _: &str, key: &'a str) -> &'a str {
        key
    }
}

/// What of it is handed over, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Only what these people did; all if nobody is named.
    pub people: Option<Vec<PersonId>>,
    /// Only tags of these kinds; all if none is named.
    pub kinds: Option<Vec<KindId>>,
    /// The text as it stands in the file, or as it is read. Places always count into the text of the file.
    pub reading: Reading,
    /// Whether a table of text begins with a byte order mark. Excel takes one without it for GBK.
    pub bom: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { people: None, kinds: None, reading: Reading::SOURCE, bom: true }
    }
}

impl Options {
    /// Whether what a person did is handed over.
    pub fn takes_person(&self, person: PersonId) -> bool {
        self.people.as_ref().is_none_or(|people| people.contains(&person))
    }

    /// Whether tags of a kind are.
    pub fn takes_kind(&self, kind: &KindId) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(kind))
    }
}

/// In what office somebody tagged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// As one of those who tag.
    #[default]
    Annotation,
    /// As the one who decides between them.
    Adjudication,
}

impl Office {
    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Annotation => "annotation",
            Self::Adjudication => "adjudication",
        }
    }

    /// The office of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Annotation, Self::Adjudication].into_iter().find(|office| office.key() == key)
    }
}

/// What one person put on a report.
#[derive(Clone, Copy, Debug)]
pub struct HandedLayer<'a> {
    /// Who.
    pub person: &'a Person,
    /// In what office.
    pub role: Office,
    /// What.
    pub annotations: &'a Annotations,
}

/// A report and what people put on it.
#[derive(Clone, Copy, Debug)]
pub struct HandedReport<'a> {
    /// The report.
    pub report: &'a Report,
    /// The name of its file.
    pub name: &'a str,
    /// People's layers.
    pub layers: &'a [HandedLayer<'a>],
}

impl<'a> HandedReport<'a> {
    /// The hash of its text.
    pub const fn id(&self) -> ReportId {
        self.report.id()
    }

    /// What it says of itself.
    pub const fn facts(&self) -> &'a Facts {
        self.report.facts()
    }

    /// Its title, or its name.
    pub fn title(&self) -> &'a str {
        title(self.facts(), self.name)
    }

    /// Its title as it is read; the name of its file stays what it is.
    pub fn title_shown(&self, reading: Reading) -> Cow<'a, str> {
        match self.facts().get(Field::Title) {
            Some(title) => self.report.words_shown(title, reading),
            None => Cow::Borrowed(self.name),
        }
    }

    /// The level of secrecy its export is stamped with.
    pub fn secrecy(&self) -> Option<Secrecy> {
        stamp_of(self.report)
    }

    /// A stretch of it as it is read.
    pub fn shown(&self, span: Span, reading: Reading) -> Cow<'a, str> {
        let report = self.report;
        if reading.script == ScriptView::Source {
            return Cow::Borrowed(report.quote(span));
        }
        // Whole paragraphs, as the reader shows them: what a character becomes depends on its neighbours.
        let (first, last) = (report.paragraph_at(span.start()), report.paragraph_at(span.end().minus(1)));
        let paragraphs = report.paragraphs().get(first..=last).unwrap_or_default();
        let whole = paragraphs.iter().fold(span, |whole, paragraph| whole.union(paragraph.span));
        let shown = report.shown(whole, reading);
        let place = shown.to_view(span);
        Cow::Owned(shown.text.chars().skip(place.start().get() as usize).take(place.len() as usize).collect())
    }
}

/// All that is handed over.
#[derive(Clone, Copy)]
pub struct Handed<'a> {
    /// The reports, in the order they are written.
    pub reports: &'a [HandedReport<'a>],
    /// The codebook in force.
    pub book: &'a Codebook,
    /// What of it.
    pub options: &'a Options,
    /// In which words, where people read it.
    pub labels: &'a dyn Labels,
}

impl<'a> Handed<'a> {
    /// The highest level of secrecy among the reports.
    pub fn secrecy(self) -> Option<Secrecy> {
        self.reports.iter().filter_map(HandedReport::secrecy).max()
    }

    /// The layers of the people who are asked for, report by report.
    pub fn layers(self) -> impl Iterator<Item = (&'a HandedReport<'a>, &'a HandedLayer<'a>)> {
        self.reports.iter().flat_map(move |report| {
            let asked_for = report.layers.iter().filter(move |layer| self.options.takes_person(layer.person.id));
            asked_for.map(move |layer| (report, layer))
        })
    }

    /// The tags of the kinds that are asked for, in the order of each text.
    pub fn tags(self) -> impl Iterator<Item = TagRow<'a>> {
        self.layers().flat_map(move |(report, layer)| self.tags_of(report, layer))
    }

    /// The tags of one layer.
    pub fn tags_of(self, report: &'a HandedReport<'a>, layer: &'a HandedLayer<'a>) -> impl Iterator<Item = TagRow<'a>> {
        let tags = layer.annotations.tags().filter(move |tag| self.options.takes_kind(&tag.kind));
        tags.filter_map(move |tag| self.row(report, layer, tag.id))
    }

    /// The quantities of these tags, one after another.
    pub fn quantities(self) -> impl Iterator<Item = QuantityRow<'a>> {
        self.tags().flat_map(TagRow::quantities)
    }

    /// The links of the people who are asked for, where an end in the same layer is a tag that is handed over.
    pub fn links(self) -> impl Iterator<Item = LinkRow<'a>> {
        self.layers().flat_map(move |(report, layer)| {
            let records = layer.annotations.link_records();
            let rows = layer.annotations.links().filter_map(move |link| {
                let stamp = &records.get(&link.id)?.now.stamp;
                Some(LinkRow { report, layer, link, stamp, from: self.end(link.from), to: self.end(link.to) })
            });
            rows.filter(|row| row.from.is_some() || row.to.is_some())
        })
    }

    /// How many tags of each kind there are in each layer.
    pub fn counts(self) -> Vec<CountRow<'a>> {
        let kinds = self.kinds();
        let of_layer = |(report, layer)| {
            let tags: Vec<TagRow<'a>> = self.tags_of(report, layer).collect();
            let count = |&kind: &&'a KindId| {
                let of_kind = || tags.iter().filter(move |row| row.tag.kind == *kind);
                CountRow {
                    report,
                    layer,
                    kind,
                    tags: of_kind().count(),
                    unsure: of_kind().filter(|row| row.tag.unsure).count(),
                    quantities: of_kind().map(|row| row.tag.quantities.len()).sum(),
                }
            };
            kinds.iter().map(count).collect::<Vec<_>>()
        };
        self.layers().flat_map(of_layer).collect()
    }

    /// The kinds that are asked for: those of the codebook in its order, then others that tags have.
    pub fn kinds(self) -> Vec<&'a KindId> {
        let known = self.book.kinds.iter().map(|kind| &kind.id).filter(|id| self.options.takes_kind(id));
        with_others(known.collect(), self.tags().map(|row| &row.tag.kind))
    }

    /// The attributes of the codebook in its order, then others that tags have.
    pub fn attributes(self) -> Vec<AttributeId> {
        let known = self.book.attributes.iter().map(|attribute| &attribute.id);
        with_others(known.collect(), self.tags().flat_map(|row| row.tag.attributes.keys())).into_iter().cloned().collect()
    }

    fn end(self, end: LinkEnd) -> Option<TagRow<'a>> {
        let (report, layer) = self.layers().find(|(report, layer)| report.id() == end.report && layer.person.id == end.person)?;
        self.row(report, layer, end.tag).filter(|row| self.options.takes_kind(&row.tag.kind))
    }

    fn row(self, report: &'a HandedReport<'a>, layer: &'a HandedLayer<'a>, tag: TagId) -> Option<TagRow<'a>> {
        let version = &layer.annotations.tag_records().get(&tag)?.now;
        Some(TagRow { report, layer, tag: version.content.as_ref()?, stamp: &version.stamp, reading: self.options.reading })
    }
}

/// What is known, and behind it what else there is.
fn with_others<'a, T: Ord>(known: Vec<&'a T>, there: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let others: BTreeSet<&T> = there.filter(|one| !known.contains(one)).collect();
    known.iter().copied().chain(others).collect()
}

/// A tag as a row.
#[derive(Clone, Copy, Debug)]
pub struct TagRow<'a> {
    /// The report it stands in.
    pub report: &'a HandedReport<'a>,
    /// Whose it is.
    pub layer: &'a HandedLayer<'a>,
    /// The tag.
    pub tag: &'a Tag,
    /// When it was made and changed.
    pub stamp: &'a Stamp,
    reading: Reading,
}

impl<'a> TagRow<'a> {
    /// Where it stands, if it has a place and its words are there.
    pub fn place(&self) -> Option<Span> {
        self.tag.place().filter(|_| self.tag.anchor.holds(self.report.report.text()))
    }

    /// The words it stands on as they are read; of a tag without a place, those it stood on.
    pub fn quote(&self) -> Cow<'a, str> {
        self.place().map_or_else(|| self.words_shown(&self.tag.anchor.quote), |span| self.report.shown(span, self.reading))
    }

    /// Words of its quantities or attributes as they are read: they are the report's.
    pub fn words_shown<'w>(&self, words: &'w str) -> Cow<'w, str> {
        self.report.report.words_shown(words, self.reading)
    }

    /// The title of its report as it is read.
    pub fn title_shown(&self) -> Cow<'a, str> {
        self.report.title_shown(self.reading)
    }

    /// The headings it stands under as they are read, outermost first.
    pub fn section(&self) -> Vec<Cow<'a, str>> {
        let headings = self.place().map(|span| self.report.report.section_of(span.start())).unwrap_or_default();
        headings.into_iter().map(|heading| self.report.shown(heading, self.reading)).collect()
    }

    /// The number of the paragraph it begins in, from 1.
    pub fn paragraph(&self) -> Option<usize> {
        self.place().map(|span| self.report.report.paragraph_at(span.start()) + 1)
    }

    /// The facts of the report it stands in: the part's, where there are several reports in the file.
    pub fn facts(&self) -> &'a Facts {
        self.place().map_or(self.report.facts(), |span| self.report.report.facts_at(span.start()))
    }

    /// The key of where it comes from, and the rule of a proposal.
    pub fn origin(&self) -> (&'static str, &'a str) {
        match &self.tag.origin {
            Origin::ByHand => ("by_hand", ""),
            Origin::Accepted(rule) => ("accepted", rule),
            Origin::Mended(rule) => ("mended", rule),
        }
    }

    /// The words of its quantities as they are read, one after another.
    pub fn quantity_words(&self) -> String {
        self.tag.quantities.iter().map(|quantity| self.words_shown(&quantity.words)).collect::<Vec<_>>().join("；")
    }

    /// Its quantities as rows.
    pub fn quantities(self) -> impl Iterator<Item = QuantityRow<'a>> {
        (1..).zip(&self.tag.quantities).map(move |(number, quantity)| QuantityRow { of: self, number, quantity })
    }
}

/// A quantity as a row.
#[derive(Clone, Copy, Debug)]
pub struct QuantityRow<'a> {
    /// The tag it is of.
    pub of: TagRow<'a>,
    /// Which of its quantities, from 1.
    pub number: usize,
    /// The quantity.
    pub quantity: &'a Quantity,
}

impl<'a> QuantityRow<'a> {
    /// The value in the unit without its magnitude.
    pub fn standard_value(&self) -> Option<Decimal> {
        self.quantity.stated.standard_value()
    }

    /// The upper end of a range likewise.
    pub fn standard_high(&self) -> Option<Decimal> {
        let Stated { high, ref unit, bound, .. } = self.quantity.stated;
        Stated { value: high, high: None, unit: unit.clone(), bound }.standard_value()
    }

    /// The unit without its magnitude.
    pub fn standard_unit(&self) -> &'a str {
        self.quantity.stated.standard_unit()
    }
}

/// A link as a row.
#[derive(Clone, Copy, Debug)]
pub struct LinkRow<'a> {
    /// The report in whose file it is.
    pub report: &'a HandedReport<'a>,
    /// Whose it is.
    pub layer: &'a HandedLayer<'a>,
    /// The link.
    pub link: &'a Link,
    /// When it was made and changed.
    pub stamp: &'a Stamp,
    /// The tag it begins at, if that is handed over, too.
    pub from: Option<TagRow<'a>>,
    /// The tag it leads to, if that is handed over, too.
    pub to: Option<TagRow<'a>>,
}

/// How many tags of a kind a person made in a report.
#[derive(Clone, Copy, Debug)]
pub struct CountRow<'a> {
    /// The report.
    pub report: &'a HandedReport<'a>,
    /// Whose they are.
    pub layer: &'a HandedLayer<'a>,
    /// Of which kind.
    pub kind: &'a KindId,
    /// How many.
    pub tags: usize,
    /// How many of them are marked unsure.
    pub unsure: usize,
    /// How many quantities they have.
    pub quantities: usize,
}
