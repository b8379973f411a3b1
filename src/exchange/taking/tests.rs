use super::super::DocxLayout;
use super::super::formats::{Format, Received};
use super::super::incoming::Known;
use super::super::outgoing::Extra;
use super::super::standoff::tests::{SOURCE, Sample, hand, sample, usual};
use super::*;
use crate::annotation::{Hand, KindId, Relation, Time, Touch};
use crate::quantity::{Basis, Measure, Quantity};

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

/// The two tables of a sample as CSV.
fn tables(sample: &Sample) -> [String; 2] {
    let extra = Extra { layout: DocxLayout::Plain, now: Time(0) };
    let outgoing = hand(sample, "报告.txt", |handed| Format::Csv.write(handed, &extra)).unwrap();
    [0, 1].map(|at| String::from_utf8(outgoing.files[at].bytes.clone()).unwrap())
}

/// What a table brings, with another one beside it or without.
fn brought(sample: &Sample, table: &str, beside: Option<&str>) -> Brought {
    let (book, kinds) = (Codebook::standard(), BTreeMap::new());
    let known = Known { book: &book, labels: &[&Keys], kinds: &kinds };
    let received = Received { bytes: table.as_bytes(), beside: beside.map(str::as_bytes) };
    Format::Csv.read(received, &sample.report, &known).unwrap()
}

/// What tags say of their numbers, under which names.
fn said<'t>(tags: impl Iterator<Item = &'t Tag>) -> Vec<(TagId, KindId, Vec<Quantity>)> {
    tags.map(|tag| (tag.id, tag.kind.clone(), tag.quantities.clone())).collect()
}

fn colleague() -> Person {
    Person { id: PersonId(Uuid::from_u128(55)), name: "李华".into() }
}

/// Takes all that is brought and not in conflict; says what the plan was.
fn take_in(brought: &Brought, sample: &Sample, person: &Person, own: &mut Annotations, at: i64) -> Plan {
    let book = Codebook::standard();
    let there = own.clone();
    let taker = Taker { report: &sample.report, book: &book, person, own: &there };
    let plan = Plan::of(brought, &KindMap::of(&book), taker);
    let edit = taken(plan.items.iter().filter(|item| !item.conflicts), taker, next());
    own.apply(&edit, Touch { at: Time(at), ..BY }).unwrap();
    plan
}

/// A sample whose numbers say more than their words.
fn measured() -> Sample {
    let words = [("生产总值增长8%", "target"), ("增长9%", "indicator")];
    sample(SOURCE, &words, |number, tag| {
        let mut quantity = Quantity::of_words(["8%", "9%"][number]);
        (quantity.measure, quantity.basis) = (Measure::Growth, Basis::Yoy);
        tag.quantities = vec![quantity];
    })
}

#[test]
fn a_colleagues_numbers_come_with_the_table_of_quantities() {
    let sample = measured();
    let [tags, quantities] = tables(&sample);
    let all = said(sample.annotations.tags());
    let mut own = Annotations::default();
    let plan = take_in(&brought(&sample, &tags, Some(&quantities)), &sample, &colleague(), &mut own, 6_000);
    assert!(plan.is_clean() && plan.items.len() == 2, "{plan:?}");
    assert_eq!(said(own.tags()), all, "under the same names");
    for beside in [Some(quantities.as_str()), None] {
        let again = take_in(&brought(&sample, &tags, beside), &sample, &colleague(), &mut own, 7_000);
        assert!(again.is_clean() && (again.items.len(), again.same) == (0, 2), "{again:?}");
    }
}

#[test]
fn numbers_without_their_table_are_told_and_mended_by_it_later() {
    let sample = measured();
    let [tags, quantities] = tables(&sample);
    let mut own = Annotations::default();
    let plan = take_in(&brought(&sample, &tags, None), &sample, &colleague(), &mut own, 6_000);
    assert_eq!((plan.items.len(), plan.problems, plan.misfits), (2, vec![Problem::Unmeasured { tags: 2 }], vec![]));
    assert_eq!(own.tags().map(|tag| tag.quantities[0].measure).collect::<Vec<_>>(), [Measure::Level; 2]);
    let again = take_in(&brought(&sample, &tags, None), &sample, &colleague(), &mut own, 7_000);
    assert!(again.is_clean() && again.items.is_empty(), "{again:?}");
    // Nobody changed the rows of the table, but they say what the tags taken before it lack.
    for changed in [2, 0] {
        let mended = take_in(&brought(&sample, &quantities, None), &sample, &colleague(), &mut own, 8_000);
        assert!(mended.is_clean() && mended.items.len() == changed, "{mended:?}");
        assert_eq!(said(own.tags()), said(sample.annotations.tags()));
    }
    let nowhere = take_in(&brought(&sample, &quantities, None), &sample, &colleague(), &mut Annotations::default(), 9_000);
    assert_eq!(nowhere.misfits.iter().map(|(_, misfit)| misfit.clone()).collect::<Vec<_>>(), vec![Misfit::Quantity; 2]);
}

#[test]
fn a_file_is_taken_in_twice_whoever_changed_what_in_it() {
    let sample = measured();
    let [tags, quantities] = tables(&sample);
    type Rewrite = fn(&str) -> String;
    let edits: [(&str, Rewrite, Rewrite); 6] = [
        ("words", |tags| tags.replacen(",8%,", ",8.5%,", 1), str::to_owned),
        ("a number", str::to_owned, |table| table.replacen(",8%,8,", ",8%,8.5,", 1)),
        ("both", |tags| tags.replacen(",8%,", ",8.5%,", 1), |table| table.replacen(",9%,9,", ",9%,9.5,", 1)),
        ("the same one", |tags| tags.replacen(",8%,", ",8.5%,", 1), |table| table.replacen(",8%,8,", ",7%,7,", 1)),
        ("words in the table", str::to_owned, |table| table.replacen(",8%,8,", ",8.5%,8,", 1)),
        ("a kind", |tags| tags.replacen(",target,", ",indicator,", 1), str::to_owned),
    ];
    for (what, edit_tags, edit_table) in edits {
        let (tags, table) = (edit_tags(&tags), edit_table(&quantities));
        let brought = brought(&sample, &tags, Some(&table));
        for (person, mut own) in [(sample.person.clone(), sample.annotations.clone()), (colleague(), Annotations::default())] {
            let once = take_in(&brought, &sample, &person, &mut own, 6_000);
            assert!(once.is_clean() && !once.items.is_empty(), "{what} {once:?}");
            let after = said(own.tags());
            assert_ne!(after, said(sample.annotations.tags()), "{what}");
            let twice = take_in(&brought, &sample, &person, &mut own, 7_000);
            assert!(twice.is_clean() && twice.items.is_empty(), "{what} {twice:?}");
            assert_eq!(said(own.tags()), after, "{what}");
        }
    }
}

#[test]
fn a_file_of_another_report_is_told_in_one_sentence() {
    let words = ["甲甲甲", "乙乙乙", "丙丙丙", "丁丁丁"];
    let other = sample("甲甲甲，乙乙乙，丙丙丙，丁丁丁", &words.map(|words| (words, "target")), |_, _| {});
    let (here, own) = (measured(), Annotations::default());
    let (book, kinds) = (Codebook::standard(), BTreeMap::new());
    let extra = Extra { layout: DocxLayout::Plain, now: Time(0) };
    for format in Format::ALL.into_iter().filter(|format| format.is_read()) {
        let outgoing = hand(&other, "别的.txt", |handed| format.write(handed, &extra)).unwrap();
        let file = outgoing.files.iter().find(|file| file.path.ends_with(format.ending())).unwrap();
        let known = Known { book: &book, labels: &[&Keys], kinds: &kinds };
        let brought = format.read(Received { bytes: &file.bytes, beside: None }, &here.report, &known).unwrap();
        let plan = Plan::of(&brought, &KindMap::of(&book), taker(&here, &book, &own));
        let keys: Vec<&str> = plan.problems.iter().map(Problem::key).collect();
        let expected = if format == Format::WebAnnotation { "other_report" } else { "elsewhere" };
        assert_eq!((keys, plan.items.len(), plan.misfits.len()), (vec![expected], 0, 0), "{format:?} {plan:?}");
    }
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
fn a_colleagues_tags_keep_their_names_and_their_links_follow() {
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
    assert_eq!(own.tags().map(|tag| tag.id).collect::<Vec<_>>(), sample.annotations.tags().map(|tag| tag.id).collect::<Vec<_>>());
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
fn tags_of_another_text_are_named_as_such() {
    let (book, own) = (Codebook::standard(), Annotations::default());
    let here = sample(SOURCE, &[], |_, _| {});
    let other = sample(&format!("{SOURCE}另一行。\n"), &[("生产总值增长8%", "target"), ("增长9%", "indicator")], |_, _| {});
    let brought = returned(&other, Format::Csv, |text| text);
    let plan = Plan::of(&brought, &KindMap::of(&book), taker(&here, &book, &own));
    assert_eq!((plan.problems.as_slice(), plan.items.len()), ([Problem::OtherText { tags: 2 }].as_slice(), 2), "{plan:?}");
    assert!(plan.is_of_another_text() && !plan.is_clean());
}

#[test]
fn of_other_peoples_rows_those_that_were_changed_are_counted() {
    let sample = sample(SOURCE, &[("生产总值增长8%", "target"), ("增长9%", "target")], |_, _| {});
    let book = Codebook::standard();
    let brought = returned(&sample, Format::Csv, |text| {
        let others = text.lines().skip(1).map(|row| row.replace(&sample.person.id.to_string(), &Uuid::from_u128(3).to_string()));
        let others = others.collect::<Vec<_>>().join("\n").replacen(",target,", ",indicator,", 1);
        format!("{text}{others}\n")
    });
    let plan = Plan::of(&brought, &KindMap::of(&book), taker(&sample, &book, &sample.annotations));
    assert_eq!((plan.same, plan.of_others, plan.of_others_changed), (2, 2, 1), "{plan:?}");
}

#[test]
fn what_was_undone_here_is_as_it_was_and_conflicts_with_nothing() {
    let sample = sample(SOURCE, &[("生产总值增长8%", "target"), ("增长9%", "target")], |_, _| {});
    let book = Codebook::standard();
    let brought = returned(&sample, Format::Csv, |text| text.replacen(",target,生产总值增长8%", ",indicator,生产总值增长8%", 1));
    let mut own = sample.annotations.clone();
    let conflicts = |own: &Annotations| {
        let plan = Plan::of(&brought, &KindMap::of(&book), taker(&sample, &book, own));
        plan.items.iter().map(|item| item.conflicts).collect::<Vec<_>>()
    };
    let tag: Tag = own.tags().next().cloned().unwrap();
    let noted = Tag { note: "另".into(), ..tag.clone() };
    own.apply(&Edit::new(vec![Change::set_tag(tag.clone(), noted.clone())]), BY).unwrap();
    assert_eq!(conflicts(&own), [true]);
    own.apply(&Edit::new(vec![Change::set_tag(noted, tag)]), BY).unwrap();
    assert_eq!(conflicts(&own), [false]);
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
