//! What the formats of corpus tools have in common: a text, tags as stretches of it, and what is said of each as words.
//!
//! They are written on the text of the report's file, whatever view was asked for, because places count into it. What none of
//! them holds: where a tag comes from, the definition it was made by, its history, what others made of it at the same time.

use super::handed::{Handed, HandedLayer, HandedReport, Office, TagRow};
use crate::annotation::{LinkEnd, Relation, TagId};
use crate::quantity::{Basis, Bound, Measure, Quantity, Stated};
use crate::text::classes::is_invisible;
use crate::text::{Span, Text};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusFile {
    /// Its path inside the place that was chosen, with `/` between the steps; no step leads out of it.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// What is written in the format of a corpus tool, and what the format cannot hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    /// The files. Where there is only one, any name will do for it.
    pub files: Vec<CorpusFile>,
    /// The tags that are not in them: they have no place in the text, or none that the format can say.
    pub tags_left_out: Vec<TagId>,
    /// How many links are not in them: an end is not in the same file, or the format has no links.
    pub links_left_out: usize,
}

impl Corpus {
    /// One more file.
    pub(super) fn push(&mut self, path: impl Into<String>, text: String) {
        self.files.push(CorpusFile { path: path.into(), text });
    }
}

/// The key under which the quantities of a tag stand among its attributes, as JSON.
pub(super) const QUANTITIES: &str = "quantities";
/// The key that says that whoever tagged was unsure.
pub(super) const UNSURE: &str = "unsure";
/// What a sign that is there says.
pub(super) const YES: &str = "true";
/// The key under which the level of secrecy stands in files.
pub(super) const SECRECY: &str = "secrecy";

/// The tags of one person on one report: what corpus tools call a document.
pub(super) struct Document<'a> {
    /// The report.
    pub report: &'a HandedReport<'a>,
    /// Whose tags.
    pub layer: &'a HandedLayer<'a>,
    /// Where its files lie, without an ending; no other document has the same.
    pub path: String,
    /// The tags that have a place, in the order of the text.
    pub marks: Vec<Mark<'a>>,
    /// The links between them.
    pub joins: Vec<Join>,
}

impl<'a> Document<'a> {
    /// The text that places count into.
    pub fn text(&self) -> &'a Text {
        self.report.report.text()
    }

    /// The stamp of secrecy, if it bears one.
    pub fn secrecy(&self) -> Option<String> {
        self.report.secrecy().map(|level| format!("密级：{}", level.mark()))
    }
}

/// A tag that has a place.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    /// The tag.
    pub row: TagRow<'a>,
    /// Its place.
    pub span: Span,
}

impl<'a> Mark<'a> {
    /// The key of its kind.
    pub fn kind(&self) -> &'a str {
        self.row.tag.kind.as_str()
    }

    /// The words it stands on.
    pub fn quote(&self) -> &'a str {
        self.row.report.report.quote(self.span)
    }

    /// All that is said of it but its note.
    pub fn attributes(&self) -> Vec<(&'a str, String)> {
        let tag = self.row.tag;
        let said = tag.attributes.iter().map(|(id, value)| (id.as_str(), value.text()));
        let mut attributes: Vec<(&'a str, String)> = said.filter(|(_, text)| !text.is_empty()).collect();
        if !tag.quantities.is_empty() {
            attributes.push((QUANTITIES, quantities_as_text(&tag.quantities)));
        }
        if tag.unsure {
            attributes.push((UNSURE, YES.to_owned()));
        }
        attributes
    }
}

/// A link between two tags of a document, by their numbers in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    /// What it says.
    pub relation: Relation,
    /// The number of the tag it begins at.
    pub from: usize,
    /// The number of the tag it leads to.
    pub to: usize,
}

/// All that is handed over as documents; what has no place in them is counted.
pub(super) fn documents<'a>(handed: Handed<'a>, corpus: &mut Corpus) -> Vec<Document<'a>> {
    let people: BTreeSet<(_, Office)> = handed.layers().map(|(_, layer)| (layer.person.id, layer.role)).collect();
    let mut paths = Paths::default();
    let mut documents = Vec::new();
    for (report, layer) in handed.layers() {
        let mut marks = Vec::new();
        for row in handed.tags_of(report, layer) {
            match row.place() {
                Some(span) => marks.push(Mark { row, span }),
                None => corpus.tags_left_out.push(row.tag.id),
            }
        }
        let joins = joins(report, layer, &marks, corpus);
        let name = safe(without_ending(report.name));
        let path = if people.len() > 1 { format!("{}/{name}", folder_of(layer)) } else { name };
        documents.push(Document { report, layer, path: paths.unique(&path), marks, joins });
    }
    documents
}

fn joins(report: &HandedReport<'_>, layer: &HandedLayer<'_>, marks: &[Mark<'_>], corpus: &mut Corpus) -> Vec<Join> {
    let numbers: BTreeMap<TagId, usize> = marks.iter().zip(0..).map(|(mark, number)| (mark.row.tag.id, number)).collect();
    let number = |end: LinkEnd| {
        let here = end.report == report.id() && end.person == layer.person.id;
        numbers.get(&end.tag).copied().filter(|_| here)
    };
    let mut joins = Vec::new();
    for link in layer.annotations.links() {
        match (number(link.from), number(link.to)) {
            (Some(from), Some(to)) => joins.push(Join { relation: link.relation, from, to }),
            _ => corpus.links_left_out += 1,
        }
    }
    joins
}

/// The folder of a person's files, where there are several people.
fn folder_of(layer: &HandedLayer<'_>) -> String {
    match layer.role {
        Office::Annotation => safe(&layer.person.name),
        Office::Adjudication => safe(&format!("{} {}", layer.person.name, layer.role.key())),
    }
}

/// Paths that are taken, as file systems compare them that do not tell capitals.
#[derive(Default)]
struct Paths(BTreeSet<String>);

impl Paths {
    fn unique(&mut self, path: &str) -> String {
        let numbered = (2..).map(|number| format!("{path} {number}"));
        let is_free = |path: &String| !self.0.contains(&path.to_lowercase());
        let path = std::iter::once(path.to_owned()).chain(numbered).find(is_free).unwrap_or_default();
        self.0.insert(path.to_lowercase());
        path
    }
}

/// The longest step of a path, in bytes of UTF-8.
const LONGEST: usize = 60;

/// A name as one step of a path: without what file systems and Windows forbid, and not too long.
pub(super) fn safe(name: &str) -> String {
    let mut step = String::new();
    for c in name.nfc() {
        let c = if is_invisible(c) || "/\\:*?\"<>|".contains(c) { '_' } else { c };
        if step.len() + c.len_utf8() > LONGEST {
            break;
        }
        step.push(c);
    }
    let step = step.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if step.is_empty() || is_device(step) { format!("_{step}") } else { step.to_owned() }
}

/// Whether Windows takes a name for a device.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").trim_end().to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).is_some_and(|number| number.chars().count() == 1);
    port || ["con", "prn", "aux", "nul"].contains(&stem.as_str())
}

/// A file's name without its ending.
fn without_ending(name: &str) -> &str {
    let is_ending = |ending: &str| (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    name.rsplit_once('.').filter(|(stem, ending)| !stem.is_empty() && is_ending(ending)).map_or(name, |(stem, _)| stem)
}

/// A name of people's making on one line: what cannot be seen, or turns the direction of writing, is written out.
pub(super) fn visible(name: &str) -> String {
    name.chars().map(|c| if is_invisible(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// A key as one word, for formats in which space ends it.
pub(super) fn word(key: &str) -> String {
    let word: String = key.chars().map(|c| if c.is_whitespace() || is_invisible(c) { '_' } else { c }).collect();
    if word.is_empty() { "_".to_owned() } else { word }
}

/// Text between the quotation marks of an XML attribute. Line ends and tabs are written as numbers, because readers make
/// spaces of them (XML 1.0 §3.3.3). Characters that XML cannot carry (§2.2) become U+FFFD, one for one, so that places stay.
pub(super) fn in_attribute(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push_str(&format!("&#{};", u32::from(c))),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Quantities as the text of an attribute: JSON, with numbers as strings so that no digit is lost.
pub(super) fn quantities_as_text(quantities: &[Quantity]) -> String {
    let number = |value: Option<Decimal>| value.map(|value| value.to_string());
    let one = |quantity: &Quantity| {
        let Quantity { measure, basis, stated, words } = quantity;
        json!({
            "measure": measure.key(), "basis": basis.key(), "value": number(stated.value), "value_high": number(stated.high),
            "unit": stated.unit, "bound": stated.bound.key(), "words": words,
        })
    };
    Value::Array(quantities.iter().map(one).collect()).to_string()
}

/// The quantities of the text of an attribute; of a text that is not the program's own, what its words state.
pub(super) fn quantities_of(text: &str) -> Vec<Quantity> {
    let own = serde_json::from_str::<Vec<Value>>(text).ok();
    let own = own.and_then(|all| all.iter().map(quantity_of).collect::<Option<Vec<Quantity>>>());
    let in_words = || text.split(['；', '\n']).map(str::trim).filter(|words| !words.is_empty()).map(Quantity::of_words).collect();
    own.unwrap_or_else(in_words)
}

fn quantity_of(value: &Value) -> Option<Quantity> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let number = |key: &str| text(key).and_then(|number| number.parse::<Decimal>().ok());
    Some(Quantity {
        measure: text("measure").and_then(Measure::from_key).unwrap_or_default(),
        basis: text("basis").and_then(Basis::from_key).unwrap_or_default(),
        stated: Stated {
            value: number("value"),
            high: number("value_high"),
            unit: text("unit").unwrap_or("").to_owned(),
            bound: text("bound").and_then(Bound::from_key).unwrap_or_default(),
        },
        words: text("words")?.to_owned(),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::handed::{Keys, Options};
    use super::*;
    use crate::annotation::{
        Anchor, Annotations, AttributeId, Change, Codebook, Edit, Hand, KindId, Person, PersonId, Tag, Time, Touch, Value as Said,
    };
    use crate::report::{Corrections, Report};
    use uuid::Uuid;

    /// An invented report with characters beyond the first plane, tabs, quotes and what formats take for their own.
    pub(in crate::exchange) const SOURCE: &str =
        "云溪市政府工作报告\n\n一、目标\n𠮷县生产总值增长8%，\t<工业>“增加值”增长9%。\n二、承诺\n建成𠮷桥；=1+1 & 'x'。\n";

    /// A report in whose source some stretches are tagged: words, kind.
    pub(in crate::exchange) struct Sample {
        pub report: Report,
        pub annotations: Annotations,
        pub person: Person,
    }

    /// A tag on the first place of some words.
    pub(in crate::exchange) fn tag_on(report: &Report, number: u128, words: &str, kind: &str) -> Tag {
        let start = report.text().as_str().find(words).unwrap();
        let span = Span::new(report.text().pos_of(start), report.text().pos_of(start + words.len()));
        Tag::new(TagId(Uuid::from_u128(number)), KindId::new(kind), Anchor::new(report.text(), span))
    }

    /// A sample with these tags.
    pub(in crate::exchange) fn sample(source: &str, tags: &[(&str, &str)], mend: impl Fn(usize, &mut Tag)) -> Sample {
        let report = Report::new(source.to_owned(), Corrections::default());
        let mut changes = Vec::new();
        for (number, (words, kind)) in tags.iter().enumerate() {
            let mut tag = tag_on(&report, number as u128 + 1, words, kind);
            mend(number, &mut tag);
            changes.push(Change::add_tag(tag));
        }
        let mut annotations = Annotations::default();
        annotations.apply(&Edit::new(changes), Touch { at: Time(0), hand: Hand::new(1 << 16) }).unwrap();
        Sample { report, annotations, person: Person { id: PersonId(Uuid::from_u128(9)), name: "王\u{202E}明".into() } }
    }

    /// Nested and equal stretches, one over a line end, one with all there is to say.
    pub(in crate::exchange) fn usual() -> Sample {
        let tags = [
            ("𠮷县生产总值增长8%", "target"),
            ("生产总值增长8%", "indicator"),
            ("生产总值增长8%", "target"),
            ("\t<工业>“增加值”增长9%", "target"),
            ("承诺\n建成𠮷桥", "commitment"),
            ("=1+1 & 'x'", "own kind"),
        ];
        sample(SOURCE, &tags, |number, tag| {
            if number == 2 {
                tag.note = "看 <这里> & \"那里\"\n第二行\t完".into();
                tag.unsure = true;
                tag.quantities = vec![Quantity::of_words("增长8%"), Quantity::of_words("42***")];
                tag.attributes.insert(AttributeId::new("strength"), Said::One("hard".into()));
                tag.attributes.insert(AttributeId::new("scope"), Said::One("=规模以上 \"甲\"".into()));
                tag.attributes.insert(AttributeId::new("modality"), Said::Many(vec!["ensure".into(), "strive".into()]));
            }
        })
    }

    /// Hands a sample over.
    pub(in crate::exchange) fn hand<T>(sample: &Sample, name: &str, write: impl FnOnce(Handed<'_>) -> T) -> T {
        let layers = [HandedLayer { person: &sample.person, role: Office::Annotation, annotations: &sample.annotations }];
        let reports = [HandedReport { report: &sample.report, name, layers: &layers }];
        write(Handed { reports: &reports, book: &Codebook::standard(), options: &Options::default(), labels: &Keys })
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let cases = [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("报告", "报告"),
            ("..", "_"),
            ("", "_"),
            ("CON", "_CON"),
            ("com1.x", "_com1.x"),
            ("a\u{202E}b\nc", "a_b_c"),
            (" a. ", "a"),
        ];
        for (name, expected) in cases {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        assert!(safe(&"政府工作报告".repeat(10)).len() <= LONGEST);
        assert_eq!([without_ending("a.b.txt"), without_ending(".txt"), without_ending("第1.2版")], ["a.b", ".txt", "第1.2版"]);
        let mut paths = Paths::default();
        assert_eq!([paths.unique("甲/A"), paths.unique("甲/a"), paths.unique("乙/a")], ["甲/A", "甲/a 2", "乙/a"]);
    }

    #[test]
    fn quantities_come_back_and_typed_ones_are_read() {
        let all: Vec<Quantity> = ["增长13.50%", "6%—6.5%", "42***", "下降3%以上"].map(Quantity::of_words).into();
        assert_eq!(quantities_of(&quantities_as_text(&all)), all);
        assert_eq!(quantities_of("增长8%；2.1个百分点"), ["增长8%", "2.1个百分点"].map(Quantity::of_words));
    }

    #[test]
    fn xml_keeps_line_ends_and_places() {
        assert_eq!(in_attribute("<\"&'>\t\n\u{1}𠮷"), "&lt;&quot;&amp;'&gt;&#9;&#10;\u{FFFD}𠮷");
        assert_eq!(visible("王\u{202E}明"), "王\\u{202e}明");
    }

    #[test]
    fn what_has_no_place_is_counted() {
        let sample = usual();
        hand(&sample, "a.txt", |handed| {
            let mut corpus = Corpus::default();
            let documents = documents(handed, &mut corpus);
            assert_eq!(documents.iter().map(|document| (document.path.as_str(), document.marks.len())).collect::<Vec<_>>(), [("a", 6)]);
            assert_eq!((corpus.tags_left_out.len(), corpus.links_left_out), (0, 0));
        });
    }
}
