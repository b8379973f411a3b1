//! A report with tags, to be handed over and taken back in tests.

use crate::annotation::{
    Anchor, Annotations, AttributeId, Change, Codebook, Edit, Hand, KindId, Link, LinkEnd, LinkId, Origin, Person, PersonId, Relation, Tag,
    TagId, Time, Touch, Value,
};
use crate::exchange::handed::{Handed, HandedLayer, HandedReport, Labels, Office, Options};
use crate::quantity::Quantity;
use crate::report::{Corrections, Report};
use crate::text::{Pos, Span};
use proptest::prelude::*;
use uuid::Uuid;

/// A report, and what one person put on it.
#[derive(Clone, Debug)]
pub(in crate::exchange) struct Desk {
    pub report: Report,
    pub person: Person,
    pub annotations: Annotations,
}

impl Desk {
    pub fn new(text: &str) -> Self {
        let person = Person { id: PersonId(Uuid::from_u128(7)), name: "王=芳".to_owned() };
        Self { report: Report::new(text.to_owned(), Corrections::default()), person, annotations: Annotations::default() }
    }

    /// The same with a tag on the first place of some words.
    pub fn tagged(mut self, words: &str, kind: &str, quantities: &[&str]) -> Self {
        let text = self.report.text();
        let byte = text.as_str().find(words).unwrap();
        let span = Span::new(text.pos_of(byte), text.pos_of(byte + words.len()));
        let id = TagId(Uuid::from_u128(self.annotations.tag_count() as u128 + 1));
        let mut tag = Tag::new(id, KindId::new(kind), Anchor::new(text, span));
        tag.quantities = quantities.iter().map(|words| Quantity::of_words(words)).collect();
        self.add(tag);
        self
    }

    pub fn add(&mut self, mut tag: Tag) {
        tag.definition = Codebook::standard().definition(&tag.kind);
        self.change(Change::add_tag(tag), 1);
    }

    /// Makes a change, so many seconds after the first.
    pub fn change(&mut self, change: Change, seconds: i64) {
        let touch = Touch { at: Time(1_600_000_000_000 + seconds * 1000), hand: Hand::new(9) };
        assert_eq!(self.annotations.apply(&Edit::new(vec![change]), touch), Ok(()));
    }

    /// The tag of a number.
    pub fn tag(&self, number: u128) -> Tag {
        self.annotations.tag(TagId(Uuid::from_u128(number))).unwrap().clone()
    }

    /// The same report without tags.
    pub fn bare(&self) -> Self {
        Self { annotations: Annotations::default(), ..self.clone() }
    }

    pub fn hand<T>(&self, options: &Options, labels: &dyn Labels, with: impl FnOnce(Handed<'_>) -> T) -> T {
        let layers = [HandedLayer { person: &self.person, role: Office::Annotation, annotations: &self.annotations }];
        let reports = [HandedReport { report: &self.report, name: "=报告.txt", layers: &layers }];
        with(Handed { reports: &reports, book: &Codebook::standard(), options, labels })
    }
}

/// Words that begin and end with a character that is no space, with all that formats have trouble with between.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[=+@'甲𠮷-][a甲𠮷\"“”,;\t\n'=<>&_x{}-]{0,8}[甲𠮷0-9]"]
}

/// Quantities as words state them, read or not.
const STATED: [&str; 7] = ["-5.2%", "6.5%－7%", "2.69万亿元", "42***亿元", "不低于100家", "第5位", "9007199254740993元"];

#[derive(Clone, Debug)]
struct Drawn {
    place: (u32, u32),
    kind: usize,
    note: String,
    scope: String,
    stated: Vec<usize>,
    says: u8,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let says = (words(), words(), proptest::collection::vec(0..STATED.len(), 0..3), any::<u8>());
    ((0u32..40, 1u32..12), 0usize..3, says).prop_map(|(place, kind, (note, scope, stated, says))| Drawn {
        place,
        kind,
        note,
        scope,
        stated,
        says,
    })
}

/// Reports with characters beyond the first plane, quotes, tabs, line ends and formulas, and tags that nest and coincide.
pub(in crate::exchange) fn desks() -> impl Strategy<Value = Desk> {
    ("[甲全市增长𠮷\u{2A6D6}a1,;\"“”\t\n=+@<&-]{12,60}", proptest::collection::vec(drawn(), 0..7)).prop_map(|(text, drawn)| {
        let mut desk = Desk::new(&text);
        for (number, drawn) in (1u128..).zip(drawn) {
            let tag = tag(&desk, number, drawn);
            desk.add(tag);
        }
        for number in 2..desk.annotations.tag_count() as u128 {
            let end = |tag| LinkEnd { report: desk.report.id(), person: desk.person.id, tag: TagId(Uuid::from_u128(tag)) };
            let link = Link { id: LinkId(Uuid::from_u128(number)), relation: Relation::Repeats, from: end(number), to: end(1) };
            desk.change(Change::Link { before: None, after: Some(Box::new(link)) }, 2);
        }
        desk
    })
}

fn tag(desk: &Desk, number: u128, drawn: Drawn) -> Tag {
    let text = desk.report.text();
    let start = drawn.place.0 % text.len();
    let end = Pos::new((start + drawn.place.1).min(text.len()));
    let kind = ["target", "indicator", "commitment"][drawn.kind];
    let mut tag = Tag::new(TagId(Uuid::from_u128(number)), KindId::new(kind), Anchor::new(text, Span::new(Pos::new(start), end)));
    let has = |bit: u8| drawn.says & (1 << bit) != 0;
    let one = |text: &str| Value::One(text.to_owned());
    let many = |all: &[&str]| Value::Many(all.iter().map(|one| (*one).to_owned()).collect());
    let attributes = [
        (0, "period", one("2020-01/2020-06")),
        (1, "deadline", one("2020-12-31")),
        (2, "modality", many(&["ensure", "strive"])),
        (3, "owner_lead", many(&["市发改委", "市财政局"])),
        (4, "strength", one("hard")),
    ];
    for (_, id, value) in attributes.into_iter().filter(|(bit, ..)| has(*bit)) {
        tag.set_attribute(AttributeId::new(id), value);
    }
    tag.set_attribute(AttributeId::new("scope"), Value::One(drawn.scope));
    tag.quantities = drawn.stated.iter().map(|at| Quantity::of_words(STATED[*at])).collect();
    tag.note = drawn.note;
    tag.unsure = has(5);
    if has(6) {
        tag.origin = if has(7) { Origin::Accepted("level".to_owned()) } else { Origin::Mended("level".to_owned()) };
    }
    tag
}
