//! What goes to corpus tools comes back the same, whatever the text; nothing that comes from them can do harm; and what is
//! written is what the tools' own readers accepted.
//!
//! `JIANNUO_BLESS=1 cargo test --test it exchange_laws` writes the golden files anew. Whoever does so has the tools' readers
//! look at them again: `python3 tests/oracles/exchange.py tests/fixtures/exchange`.

use jiannuo::annotation::{
    Anchor, Annotations, AttributeId, Change, Codebook, Edit, Hand, KindId, Link, LinkEnd, LinkId, Person, PersonId, Relation, Tag, TagId,
    Time, Touch, Value,
};
use jiannuo::exchange::{
    Corpus, DocxLayout, Extra, Format, Handed, HandedLayer, HandedReport, ImportProblem, Imported, ImportedTag, Keys, KindMap, Labels,
    Office, Options, read_brat, read_doccano, read_label_studio, read_web_annotation, read_xmi, write_brat, write_conll, write_doccano,
    write_label_studio, write_markdown, write_web_annotation, write_xmi,
};
use jiannuo::quantity::Quantity;
use jiannuo::report::{Corrections, Report};
use jiannuo::text::{Pos, Span};
use proptest::prelude::*;
use std::io::{Cursor, Read as _};
use std::path::Path;
use uuid::Uuid;

/// Keys as words, with a colon that is one.
struct Plain;

impl Labels for Plain {
    fn label<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        if (group, key) == ("page", "colon") { "：" } else { key }
    }
}

/// What writes a format.
type Writer = fn(Handed<'_>) -> Corpus;

/// A report and one person's annotations of it.
#[derive(Debug)]
struct Work {
    report: Report,
    annotations: Annotations,
    person: Person,
}

impl Work {
    fn new(source: &str, tags: Vec<Tag>, links: Vec<(usize, Relation, usize)>) -> Self {
        let report = Report::new(source.to_owned(), Corrections::default());
        let person = Person { id: PersonId(Uuid::from_u128(0xABCD)), name: "王小明".into() };
        let end = |number: usize| LinkEnd { report: report.id(), person: person.id, tag: tags[number].id };
        let link = |(id, (from, relation, to)): (u128, (usize, Relation, usize))| {
            let link = Link { id: LinkId(Uuid::from_u128(id)), relation, from: end(from), to: end(to) };
            Change::Link { before: None, after: Some(Box::new(link)) }
        };
        let links: Vec<Change> = (100..).zip(links).map(link).collect();
        let changes = tags.iter().cloned().map(Change::add_tag).chain(links).collect();
        let mut annotations = Annotations::default();
        annotations.apply(&Edit::new(changes), Touch { at: Time(1_700_000_000_123), hand: Hand::new(1 << 16) }).unwrap();
        Self { report, annotations, person }
    }

    /// Hands it over.
    fn write(&self, write: fn(Handed<'_>) -> Corpus) -> Corpus {
        let layers = [HandedLayer { person: &self.person, role: Office::Annotation, annotations: &self.annotations }];
        let reports = [HandedReport { report: &self.report, name: "yunxi.txt", layers: &layers }];
        write(Handed { reports: &reports, book: &Codebook::standard(), options: &Options::default(), labels: &Plain })
    }
}

/// The file of a corpus with this ending.
fn file<'c>(corpus: &'c Corpus, ending: &str) -> &'c str {
    &corpus.files.iter().find(|file| file.path.ends_with(ending)).unwrap().text
}

// ---------------------------------------------------------------- there and back

/// What stands in texts that formats could take for their own.
static CHARACTERS: [char; 24] = [
    '目', '标', '8', '%', '𠮷', '𣲗', '😀', '\n', '\t', ' ', '\u{3000}', '"', '\'', '=', '+', '<', '>', '&', '\\', '，', '、', '|', '#',
    '；',
];

fn text(longest: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&CHARACTERS[..]), 1..longest).prop_map(|chars| chars.into_iter().collect())
}

/// A tag in the making: start, length, kind, and what is said of it.
type Draft = ((u32, u32, usize), (bool, String, String), (usize, Vec<&'static str>, Vec<&'static str>));

fn draft() -> impl Strategy<Value = Draft> {
    let place = (0u32..60, 1u32..20, 0usize..3);
    let said = (any::<bool>(), prop_oneof![Just(String::new()), text(8)], prop_oneof![Just(String::new()), text(8)]);
    let modalities = proptest::sample::subsequence(vec!["ensure", "strive", "plan"], 0..3);
    let quantities = proptest::sample::subsequence(vec!["增长13.50%", "6%—6.5%", "42***亿元", "下降3%以上", "约2.69万亿元"], 0..3);
    (place, said, (0usize..3, modalities, quantities))
}

fn tag(report: &Report, number: usize, draft: Draft) -> Option<Tag> {
    let ((start, len, kind), (unsure, note, scope), (strength, modalities, quantities)) = draft;
    let whole = report.text().len();
    let span = Span::of(start.min(whole), (start + len).min(whole));
    let kind = KindId::new(["target", "indicator", "of_our_own"][kind]);
    let mut tag = Tag::new(TagId(Uuid::from_u128(number as u128 + 1)), kind, Anchor::new(report.text(), span));
    (tag.unsure, tag.note) = (unsure, note);
    tag.set_attribute(AttributeId::new("scope"), Value::One(scope));
    tag.set_attribute(AttributeId::new("strength"), Value::One(["", "hard", "soft"][strength].into()));
    tag.set_attribute(AttributeId::new("modality"), Value::Many(modalities.into_iter().map(str::to_owned).collect()));
    tag.quantities = quantities.into_iter().map(Quantity::of_words).collect();
    (!span.is_empty()).then_some(tag)
}

fn work() -> impl Strategy<Value = Work> {
    (text(60), proptest::collection::vec(draft(), 0..8)).prop_map(|(source, drafts)| {
        let report = Report::new(source.clone(), Corrections::default());
        let tags = drafts.into_iter().enumerate().filter_map(|(number, draft)| tag(&report, number, draft)).collect();
        Work::new(&source, tags, Vec::new())
    })
}

/// A tag without its name and history: what has to come back.
#[derive(Clone, Debug, PartialEq)]
struct Said(KindId, Span, Vec<(AttributeId, Value)>, Vec<Quantity>, String, bool);

fn said(tag: &Tag) -> Said {
    let attributes = tag.attributes.iter().map(|(id, value)| (id.clone(), value.clone())).collect();
    Said(tag.kind.clone(), tag.anchor.span, attributes, tag.quantities.clone(), tag.note.clone(), tag.unsure)
}

/// What came back, as tags of this program.
fn back(imported: &Imported, report: &Report) -> Vec<Said> {
    let book = Codebook::standard();
    let mut map = KindMap::of(&book);
    map.set("of_our_own", KindId::new("of_our_own"));
    let (known, unknown) = imported.mapped(&map);
    assert_eq!((unknown.len(), &imported.problems[..]), (0, &[][..]));
    let tag = |(kind, tag): (KindId, &ImportedTag)| said(&tag.as_tag(TagId(Uuid::nil()), kind, report.text(), &book).unwrap());
    known.into_iter().map(tag).collect()
}

/// A span without the line ends at its ends, which brat cannot hold.
fn within_lines(report: &Report, span: Span) -> Option<Span> {
    let ends = |chars: &mut dyn Iterator<Item = char>| chars.take_while(|c| *c == '\n').count() as u32;
    let (before, after) = (ends(&mut report.text().chars(span)), ends(&mut report.text().chars(span).rev()));
    (before < span.len()).then(|| Span::new(span.start().plus(before), span.end().minus(after)))
}

proptest! {
    #[test]
    fn tags_come_back_as_they_were(work in work()) {
        let report = &work.report;
        let all: Vec<Said> = work.annotations.tags().map(said).collect();
        let web = work.write(write_web_annotation);
        prop_assert_eq!(&back(&read_web_annotation(file(&web, ".jsonld"), report), report), &all);
        let studio = work.write(write_label_studio);
        prop_assert_eq!(&back(&read_label_studio(file(&studio, ".json"), report), report), &all);
        let xmi = work.write(write_xmi);
        prop_assert_eq!(&back(&read_xmi(file(&xmi, ".xmi"), report), report), &all);
    }

    #[test]
    fn brat_gives_back_all_but_line_ends_at_the_ends_of_a_tag(work in work()) {
        let report = &work.report;
        let held = work.annotations.tags().map(said).filter_map(|Said(kind, span, attributes, quantities, note, unsure)| {
            Some(Said(kind, within_lines(report, span)?, attributes, quantities, note, unsure))
        });
        let held: Vec<Said> = held.collect();
        let brat = work.write(write_brat);
        prop_assert_eq!(brat.tags_left_out.len() + held.len(), work.annotations.tag_count());
        for text in [None, Some(file(&brat, ".txt"))] {
            prop_assert_eq!(&back(&read_brat(file(&brat, ".ann"), text, report), report), &held);
        }
    }

    #[test]
    fn doccano_gives_back_kinds_and_places(work in work()) {
        let doccano = work.write(write_doccano);
        let back = back(&read_doccano(file(&doccano, ".jsonl"), &work.report), &work.report);
        let back: Vec<(KindId, Span)> = back.into_iter().map(|Said(kind, span, ..)| (kind, span)).collect();
        let all: Vec<(KindId, Span)> = work.annotations.tags().map(|tag| (tag.kind.clone(), tag.anchor.span)).collect();
        prop_assert_eq!(back, all);
    }

    #[test]
    fn columns_hold_every_tag_once_in_each_line(work in work()) {
        let conll = work.write(write_conll);
        let rows = file(&conll, ".conll").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let rows: Vec<Vec<&str>> = rows.map(|row| row.split('\t').collect()).collect();
        let mut begun = 0;
        for row in &rows {
            prop_assert_eq!(row.len(), rows[0].len());
            begun += row[2..].iter().filter(|label| label.starts_with("B-")).count();
        }
        let parts = |tag: &Tag| work.report.quote(tag.anchor.span).split('\n').filter(|part| !part.is_empty()).count();
        prop_assert_eq!(begun, work.annotations.tags().map(parts).sum::<usize>());
    }

    /// A file that was cut, or in which something was changed, gives tags on the words they are on, or none, and never fails.
    #[test]
    fn damaged_files_do_no_harm(work in work(), at in any::<prop::sample::Index>(), put in text(6), cut in 0usize..30) {
        let damaged = |file: &str| {
            let mut chars: Vec<char> = file.chars().collect();
            let at = at.index(chars.len() + 1);
            let end = (at + cut).min(chars.len());
            chars.splice(at..end, put.chars());
            chars.into_iter().collect::<String>()
        };
        let report = &work.report;
        let brat = work.write(write_brat);
        let all = [
            read_brat(&damaged(file(&brat, ".ann")), None, report),
            read_brat(file(&brat, ".ann"), Some(&damaged(file(&brat, ".txt"))), report),
            read_web_annotation(&damaged(file(&work.write(write_web_annotation), ".jsonld")), report),
            read_label_studio(&damaged(file(&work.write(write_label_studio), ".json")), report),
            read_doccano(&damaged(file(&work.write(write_doccano), ".jsonl")), report),
            read_xmi(&damaged(file(&work.write(write_xmi), ".xmi")), report),
        ];
        for tag in all.iter().flat_map(|imported| &imported.tags) {
            if let Some(span) = tag.span {
                prop_assert!(!span.is_empty() && span.end() <= Pos::new(report.text().len()));
                prop_assert_eq!(&tag.quote, report.quote(span));
            }
        }
    }

    #[test]
    fn whatever_is_no_file_of_a_tool_is_told(file in any::<String>()) {
        let report = Report::new("全市生产总值增长8%。".into(), Corrections::default());
        for imported in [read_web_annotation(&file, &report), read_label_studio(&file, &report), read_doccano(&file, &report)] {
            prop_assert!(imported.tags.is_empty());
        }
        prop_assert!(read_brat(&file, None, &report).tags.iter().all(|tag| tag.span.is_none()));
        prop_assert_eq!(read_xmi(&file, &report).problems.iter().map(ImportProblem::key).collect::<Vec<_>>(), ["unreadable"]);
    }
}

// ---------------------------------------------------------------- golden files

/// What is tagged in the golden report: words, kind.
const TAGS: [(&str, &str); 8] = [
    ("全市生产总值1874亿元，同比增长7.2%", "indicator"),
    ("𠮷水县\"四上\"企业达到120家\t增加9家", "indicator"),
    ("120家", "indicator"),
    ("生产总值增长6%左右", "target"),
    ("城镇登记失业率控制在4%以内。\n6月底前", "target"),
    ("6月底前建成𠮷水大桥", "commitment"),
    ("教育、卫生支出分别增长11%和9%", "target"),
    ("教育、卫生支出分别增长11%和9%", "target"),
];

/// The golden report, with nested and equal spans, one over a line end, and a link.
fn golden() -> Work {
    let source = include_str!("fixtures/exchange/yunxi.txt");
    let report = Report::new(source.to_owned(), Corrections::default());
    let mut tags: Vec<Tag> = Vec::new();
    for (number, (words, kind)) in TAGS.into_iter().enumerate() {
        let start = source.find(words).unwrap();
        let span = Span::new(report.text().pos_of(start), report.text().pos_of(start + words.len()));
        tags.push(Tag::new(TagId(Uuid::from_u128(number as u128 + 1)), KindId::new(kind), Anchor::new(report.text(), span)));
    }
    let mut say = |number: usize, key: &str, value: Value| tags[number].set_attribute(AttributeId::new(key), value);
    say(0, "indicator_name", Value::One("地区生产总值".into()));
    say(0, "period", Value::One("2023".into()));
    say(3, "modality", Value::Many(vec!["expect".into(), "strive".into()]));
    say(3, "strength", Value::One("soft".into()));
    say(5, "owner_lead", Value::Many(vec!["市交通局".into(), "𠮷水县".into()]));
    say(6, "indicator_name", Value::One("教育支出".into()));
    say(7, "indicator_name", Value::One("卫生支出".into()));
    tags[0].quantities = ["1874亿元", "同比增长7.2%"].map(Quantity::of_words).into();
    tags[1].note = "制表符\t与“引号”，\n第二行 <b> & \"c\"".into();
    tags[3].unsure = true;
    Work::new(source, tags, vec![(0, Relation::Fulfils, 3)])
}

#[test]
fn what_is_written_is_what_the_tools_accepted() {
    let golden = golden();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange");
    let formats: [(&str, Writer); 7] = [
        ("brat", write_brat),
        ("web_annotation", write_web_annotation),
        ("label_studio", write_label_studio),
        ("doccano", write_doccano),
        ("xmi", write_xmi),
        ("conll", write_conll),
        ("markdown", write_markdown),
    ];
    for (format, write) in formats {
        for written in golden.write(write).files {
            let path = folder.join(format).join(&written.path);
            if std::env::var_os("JIANNUO_BLESS").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(&path, &written.text).unwrap();
            }
            let kept = std::fs::read_to_string(&path);
            let kept = kept.unwrap_or_else(|error| panic!("{}: {error}; JIANNUO_BLESS=1 writes it", path.display()));
            assert_eq!(written.text, kept, "{}", path.display());
        }
    }
}

/// A file of a golden folder: a workbook as its parts, as packers differ.
fn comparable(path: &str, bytes: &[u8]) -> String {
    if !path.ends_with(".xlsx") {
        return String::from_utf8(bytes.to_vec()).unwrap();
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let parts = zip.len();
    let part = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut text = format!("== {}\n", file.name().unwrap());
        file.read_to_string(&mut text).unwrap();
        text.replace("</row>", "</row>\n").replace("</si>", "</si>\n")
    };
    (0..parts).map(part).collect()
}

#[test]
fn tables_and_objects_are_what_the_readers_accepted() {
    let golden = golden();
    let layers = [HandedLayer { person: &golden.person, role: Office::Annotation, annotations: &golden.annotations }];
    let reports = [HandedReport { report: &golden.report, name: "yunxi.txt", layers: &layers }];
    let handed = Handed { reports: &reports, book: &Codebook::standard(), options: &Options::default(), labels: &Plain };
    let extra = Extra { layout: DocxLayout::Plain, now: Time(1_700_000_000_123) };
    for format in [Format::Xlsx, Format::Csv, Format::Tsv, Format::Jsonl, Format::Json] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange").join(format.key());
        for written in format.write(handed, &extra).unwrap().files {
            let path = folder.join(&written.path);
            if std::env::var_os("JIANNUO_BLESS").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &written.bytes).unwrap();
            }
            let kept = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; JIANNUO_BLESS=1 writes it", path.display()));
            assert_eq!(comparable(&written.path, &written.bytes), comparable(&written.path, &kept), "{}", path.display());
        }
    }
}

#[test]
fn links_go_where_the_format_has_them() {
    let golden = golden();
    let formats: [(Writer, usize); 7] = [
        (write_brat, 0),
        (write_web_annotation, 0),
        (write_label_studio, 0),
        (write_doccano, 0),
        (write_xmi, 0),
        (write_conll, 1),
        (write_markdown, 1),
    ];
    for (write, left_out) in formats {
        let corpus = golden.write(write);
        assert_eq!((corpus.links_left_out, corpus.tags_left_out.len()), (left_out, 0), "{}", corpus.files[0].path);
    }
    // Nothing takes them back: that is said.
    let corpus = golden.write(write_xmi);
    let imported = read_xmi(file(&corpus, ".xmi"), &golden.report);
    assert_eq!(imported.problems, [ImportProblem::Links { count: 1 }]);
}

#[test]
fn several_people_and_reports_do_not_get_in_each_others_way() {
    let (one, other) = (golden(), Work::new("甲乙", Vec::new(), Vec::new()));
    let second = Person { id: PersonId(Uuid::from_u128(2)), name: "../王/小明".into() };
    let layers = [
        HandedLayer { person: &one.person, role: Office::Annotation, annotations: &one.annotations },
        HandedLayer { person: &second, role: Office::Annotation, annotations: &one.annotations },
        HandedLayer { person: &second, role: Office::Adjudication, annotations: &one.annotations },
    ];
    let none = [HandedLayer { person: &one.person, role: Office::Annotation, annotations: &other.annotations }];
    let reports = [
        HandedReport { report: &one.report, name: "A.txt", layers: &layers },
        HandedReport { report: &other.report, name: "a.docx", layers: &none },
    ];
    let (book, options) = (Codebook::standard(), Options::default());
    let handed = Handed { reports: &reports, book: &book, options: &options, labels: &Keys };
    let brat = write_brat(handed);
    let paths: Vec<&str> = brat.files.iter().map(|file| file.path.as_str()).filter(|path| path.ends_with(".ann")).collect();
    assert_eq!(paths, ["王小明/A.ann", "_王_小明/A.ann", "_王_小明 adjudication/A.ann", "王小明/a 2.ann"]);
    let imported = read_label_studio(file(&write_label_studio(handed), ".json"), &one.report);
    assert_eq!(imported.tags.len(), 3 * TAGS.len());
    assert!(imported.problems.contains(&ImportProblem::SeveralPeople { count: 3 }), "{:?}", imported.problems);
    let only = Options { people: Some(vec![one.person.id]), kinds: Some(vec![KindId::new("target")]), ..Options::default() };
    let handed = Handed { options: &only, ..handed };
    let imported = read_web_annotation(file(&write_web_annotation(handed), ".jsonld"), &one.report);
    assert_eq!(imported.labels().into_iter().collect::<Vec<_>>(), [("target", 4)]);
}
