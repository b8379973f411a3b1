//! What leaves the program of a review, against golden files.
//!
//! `JIANNUO_BLESS=1 cargo test --test it exchange_review` writes them anew; whoever does so reads them before they are kept.

use jiannuo::annotation::{
    Anchor, Annotations, AttributeId, Change, Codebook, Decision, DecisionOption, Edit, Hand, KindId, Outcome, Person, PersonId, Reason,
    Remark, RemarkId, Says, Tag, TagId, Time, Touch, Value,
};
use jiannuo::exchange::{
    Agreement, Handed, HandedLayer, HandedReport, Office, Options, agreement_page, case_matrix, feedback, methods, run_matrix,
    write_decisions,
};
use jiannuo::locale::{Language, Words};
use jiannuo::quantity::Quantity;
use jiannuo::report::{Corrections, Report};
use jiannuo::review::figures::{Basis, Figures, unread};
use jiannuo::review::{Layer, cases};
use jiannuo::text::Span;
use std::path::PathBuf;
use uuid::Uuid;

const TEXT: &str = "内部资料
云溪市政府工作报告
一、2023年工作回顾
全市生产总值2561亿元，同比增长13.5％。城镇登记失业率控制在3%以内。
二、2024年工作安排
生产总值增长6%左右。力争新建学校二十所，年底前开工。
";

/// A tag: its words, its kind, the words of its number, its period.
type Made<'m> = (&'m str, &'m str, &'m str, &'m str);

const FIRST: [Made<'static>; 4] = [
    ("全市生产总值2561亿元", "indicator", "2561亿元", "2023"),
    ("同比增长13.5％", "indicator", "增长13.5％", "2023"),
    ("生产总值增长6%左右", "target", "增长6%左右", "2024"),
    ("力争新建学校二十所", "commitment", "二十所", "2024"),
];
const SECOND: [Made<'static>; 4] = [
    ("生产总值2561亿元", "indicator", "2561亿元", "2023"),
    ("同比增长13.5％", "indicator", "增长13.5％", "2022"),
    ("生产总值增长6%左右", "target", "增长6%左右", "2024"),
    ("新建学校二十所", "target", "二十所", "2024"),
];
const THIRD: [Made<'static>; 2] =
    [("全市生产总值2561亿元", "indicator", "2561亿元", "2023"), ("同比增长13.5％", "indicator", "增长13.5％", "2023")];

/// Names and moments one after another.
#[derive(Default)]
struct Counter(u64);

impl Counter {
    fn name(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0.into())
    }

    fn apply(&mut self, annotations: &mut Annotations, changes: Vec<Change>) {
        let at = Time(1_732_000_000_000 + 1000 * self.0 as i64);
        annotations.apply(&Edit::new(changes), Touch { at, hand: Hand::new(1) }).unwrap();
    }
}

fn anchor(report: &Report, words: &str) -> Anchor {
    let start = report.text().as_str().split_once(words).unwrap().0.chars().count() as u32;
    Anchor::new(report.text(), Span::of(start, start + words.chars().count() as u32))
}

fn tagged(report: &Report, made: &[Made<'_>], counter: &mut Counter) -> Annotations {
    let mut annotations = Annotations::default();
    for (words, kind, number, period) in made {
        let mut tag = Tag::new(TagId(counter.name()), KindId::new(*kind), anchor(report, words));
        tag.quantities = vec![Quantity::of_words(number)];
        tag.set_attribute(AttributeId::new("period"), Value::One((*period).to_owned()));
        counter.apply(&mut annotations, vec![Change::add_tag(tag)]);
    }
    annotations
}

fn person(number: u128, name: &str) -> Person {
    Person { id: PersonId(Uuid::from_u128((1 << 100) | number)), name: name.to_owned() }
}

/// Takes the first tag of the case at these words, or nothing.
fn decide(report: &Report, layers: &[Layer], file: &mut Annotations, words: &str, takes: bool, why: (Reason, &str), counter: &mut Counter) {
    let start = anchor(report, words).span.start();
    let case = cases(layers).into_iter().find(|case| case.span.covers(start)).unwrap();
    let first = case.tags(layers).next().map(|(_, tag)| tag.id).filter(|_| takes);
    let option = |(layer, tag): (&Layer, &Tag)| DecisionOption { person: layer.person.clone(), tag: tag.id, taken: Some(tag.id) == first };
    let options: Vec<DecisionOption> = case.tags(layers).map(option).collect();
    let taken: Vec<Tag> = case.tags(layers).filter(|(_, tag)| Some(tag.id) == first).map(|(_, tag)| tag.clone()).collect();
    let taken: Vec<Tag> = taken.into_iter().map(|tag| Tag { id: TagId(counter.name()), ..tag }).collect();
    let outcome = if takes { Outcome::Taken } else { Outcome::Nothing };
    let tags = taken.iter().map(|tag| tag.id).collect();
    let decision = Decision { case: case.key(layers), options, outcome, tags, reason: Some(why.0), words: why.1.to_owned() };
    let remark = Remark { id: RemarkId(counter.name()), anchor: Anchor::new(report.text(), case.span), says: Says::Decision(decision) };
    counter.apply(file, taken.into_iter().map(Change::add_tag).chain([Change::add_remark(remark)]).collect());
}

/// Compares what was written with a golden file, or writes that.
fn golden(name: &str, written: &str) {
    let written = written.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange/review").join(name);
    if std::env::var_os("JIANNUO_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, written).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(kept == written, "{name} is another; JIANNUO_BLESS=1 shows how");
}

#[test]
fn what_leaves_of_a_review_is_as_it_was_looked_at() {
    let report = Report::new(TEXT.to_owned(), Corrections::default());
    let mut counter = Counter::default();
    let people = [person(1, "张三"), person(2, "李四"), person(3, "王五")];
    let made: [&[Made<'_>]; 3] = [&FIRST, &SECOND, &THIRD];
    let mut files: Vec<Annotations> = made.iter().map(|made| tagged(&report, made, &mut counter)).collect();
    let read = Remark { id: RemarkId(counter.name()), anchor: anchor(&report, &TEXT[..TEXT.find("二、").unwrap()]), says: Says::Read };
    counter.apply(&mut files[2], vec![Change::add_remark(read)]);
    let layers: Vec<Layer> = people.iter().zip(&files).map(|(person, file)| Layer::of(person.clone(), file)).collect();
    let (decider, mut decided) = (person(9, "赵六"), Annotations::default());
    decide(&report, &layers, &mut decided, "生产总值2561亿元", true, (Reason::Unclear, "“全市”是范围，应标入。"), &mut counter);
    decide(&report, &layers, &mut decided, "新建学校", false, (Reason::Ambiguous, ""), &mut counter);

    let book = Codebook::standard();
    let unread: Vec<Vec<Span>> = files.iter().map(|file| unread(file, &report)).collect();
    let basis = Basis { seed: 20_241_119, resamples: 200, ..Basis::new(&report, &layers, &unread, &book) };
    let figures = Figures::of(&basis);
    let names: Vec<String> = people.iter().map(|person| person.name.clone()).collect();
    for language in Language::ALL {
        let words = Words::new(language);
        let agreement = Agreement { figures: &figures, report: &report, name: "云溪.txt", people: &names, sample: None, labels: &words };
        golden(&format!("methods.{}.txt", language.key()), &methods(agreement));
        if language == Language::Simplified {
            golden("agreement.html", &agreement_page(agreement));
            golden("cases.csv", &case_matrix(agreement, &basis));
            golden("runs.csv", &run_matrix(agreement, &basis));
        }
    }

    let of_people = people.iter().zip(&files).map(|(person, annotations)| HandedLayer { person, role: Office::Annotation, annotations });
    let of_decider = HandedLayer { person: &decider, role: Office::Adjudication, annotations: &decided };
    let handed: Vec<HandedLayer<'_>> = of_people.chain([of_decider]).collect();
    let reports = [HandedReport { report: &report, name: "云溪.txt", layers: &handed }];
    let words = Words::new(Language::Simplified);
    let handed = Handed { reports: &reports, book: &book, options: &Options::default(), labels: &words };
    let called = |person: &Person| person.name.clone();
    golden("decisions.csv", &write_decisions(handed, &called));
    for told in feedback(handed, &called) {
        golden(&format!("feedback-{}.html", told.person.name), &told.page);
    }
}
