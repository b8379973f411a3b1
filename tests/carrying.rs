//! Tags on a report whose text changed, on its other script and on another format: taken over, listed, confirmed.

use crate::store::{Sitting, place};
use jiannuo::annotation::Found;
use jiannuo::session::{CarryFrom, Command, FileCommand, KeepCommand, ReadCommand, Selection, TagCommand, What, doubts, settled};
use jiannuo::store::{seal, unseal};
use jiannuo::text::Span;
use std::path::{Path, PathBuf};

const OLD: &str =
    "政府工作报告\n\n一、回顾\n全市生产总值增长6%，城镇新增就业3万人。\n财政收入下降2%。\n二、计划\n新建学校五所，由市教育局负责。\n";
const NEW: &str =
    "政府工作报告\n（修订稿）\n一、回顾\n全市生产总值增长6%，城镇新增就业\n3万人。\n财政收入下降3%。\n二、计划\n改善办学条件。\n";

/// A sitting in which the words are tagged in a report, and saved.
fn tagged(folder: &Path, report: &Path, text: &str, words: &[&str]) -> Sitting {
    std::fs::write(report, text).unwrap();
    let mut sitting = Sitting::new(&folder.join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(report);
    for words in words {
        let start = text[..text.find(words).unwrap()].chars().count() as u32;
        sitting.tag(start, start + words.chars().count() as u32, "target");
    }
    sitting.save();
    sitting
}

/// What each tag stands on now and how it was found, in the order of the tags.
fn found(sitting: &Sitting) -> Vec<(String, Option<Found>)> {
    let document = sitting.state.document().unwrap();
    let words = |tag: &jiannuo::annotation::Tag| {
        tag.place().map_or_else(|| format!("({})", tag.anchor.quote), |span| document.report.quote(span).to_owned())
    };
    document.annotations.tags().map(|tag| (words(tag), tag.carried.as_ref().map(|carried| carried.how))).collect()
}

fn told(sitting: &Sitting, wanted: impl Fn(&What) -> bool) -> bool {
    sitting.state.notices.iter().any(|notice| wanted(&notice.what))
}

/// Asks for what a notice about an earlier text offers.
fn take_over(sitting: &mut Sitting) {
    let folder = sitting.state.notices.iter().find_map(|notice| match &notice.what {
        What::Earlier { edition, .. } => Some(edition.folder.clone()),
        _ => None,
    });
    sitting.act(Command::File(FileCommand::Carry(CarryFrom::Folder(folder.expect("the earlier text is offered")))));
}

const WORDS: [&str; 4] = ["全市生产总值增长6%", "城镇新增就业3万人", "财政收入下降2%", "新建学校五所"];

fn changed() -> (tempfile::TempDir, PathBuf, Sitting) {
    let (folder, report) = place();
    drop(tagged(folder.path(), &report, OLD, &WORDS));
    std::fs::write(&report, NEW).unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    (folder, report, sitting)
}

#[test]
fn a_changed_report_offers_its_tags_and_moves_none_of_them_unasked() {
    let (_folder, _report, mut sitting) = changed();
    assert_eq!(sitting.tags(), 0);
    take_over(&mut sitting);
    assert!(told(&sitting, |what| matches!(what, What::Carried { placed: 2, unplaced: 2 })), "{:?}", sitting.state.notices);
    assert_eq!(
        found(&sitting),
        [
            ("全市生产总值增长6%".into(), Some(Found::Kept)),
            ("城镇新增就业\n3万人".into(), Some(Found::Kept)),
            ("(财政收入下降2%)".into(), Some(Found::Changed)),
            ("(新建学校五所)".into(), Some(Found::Lost)),
        ]
    );
}

#[test]
fn each_is_confirmed_placed_or_deleted_and_all_of_it_can_be_undone() {
    let (folder, report, mut sitting) = changed();
    take_over(&mut sitting);
    let settle = |sitting: &mut Sitting| {
        let document = sitting.state.document().unwrap();
        let (doubt, tag) = doubts(document).into_iter().find(|(doubt, tag)| settled(document, *doubt, *tag).is_some()).unwrap();
        let command = settled(document, doubt, tag).unwrap();
        sitting.act(Command::Tag(command));
    };
    for _ in 0..3 {
        settle(&mut sitting);
    }
    let lost = doubts(sitting.state.document().unwrap());
    assert_eq!(lost.len(), 1);
    let start = NEW[..NEW.find("改善办学条件").unwrap()].chars().count() as u32;
    sitting.act(Command::Read(ReadCommand::Select(Selection::of(Span::of(start, start + 6)))));
    sitting.act(Command::Tag(TagCommand::SetSpan(lost[0].1, Span::of(start, start + 6))));
    let settled_words: Vec<String> = found(&sitting).into_iter().map(|(words, _)| words).collect();
    assert_eq!(settled_words, ["全市生产总值增长6%", "城镇新增就业\n3万人", "财政收入下降3%", "改善办学条件"]);
    assert!(doubts(sitting.state.document().unwrap()).is_empty());
    sitting.save();
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&report);
    assert_eq!(again.tags(), 4);
    assert!(doubts(again.state.document().unwrap()).is_empty());
    for _ in 0..4 {
        sitting.act(Command::Tag(TagCommand::Undo));
    }
    assert_eq!(doubts(sitting.state.document().unwrap()).len(), 4);
    sitting.act(Command::Tag(TagCommand::Undo));
    assert_eq!(sitting.tags(), 0);
}

#[test]
fn what_waits_for_a_place_is_still_there_after_closing() {
    let (folder, report, mut sitting) = changed();
    take_over(&mut sitting);
    sitting.save();
    drop(sitting);
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&report);
    assert_eq!(again.tags(), 4);
    assert_eq!(doubts(again.state.document().unwrap()).len(), 4);
    let document = again.state.document().unwrap();
    assert_eq!(document.annotations.unplaced().len(), 2);
    assert_eq!(document.annotations.order().len(), 2, "what has no place is not painted anywhere");
}

#[test]
fn taking_over_twice_adds_nothing_and_brings_no_deleted_tag_back() {
    let (folder, report, mut sitting) = changed();
    take_over(&mut sitting);
    let (_, tag) = doubts(sitting.state.document().unwrap())[0];
    sitting.act(Command::Tag(TagCommand::Delete(vec![tag])));
    let old = std::fs::read_dir(report.with_file_name("jiannuo")).unwrap().map(|entry| entry.unwrap().path());
    let old = old.filter(|path| path.is_dir()).find(|path| *path != sitting.state.document().unwrap().keeping.folder.path()).unwrap();
    sitting.act(Command::File(FileCommand::Carry(CarryFrom::Folder(old))));
    assert_eq!(sitting.tags(), 3);
    drop(folder);
}

/// A remark on words of the old text as it stands in a file.
fn remark(number: u32, words: &str, says: &str) -> String {
    let start = OLD[..OLD.find(words).unwrap()].chars().count();
    let (end, time) = (start + words.chars().count(), "\"2026-11-22T09:30:12.480Z\"");
    let stamp = format!("created: {time}, changed: {time}, revision: 1");
    format!("(id: \"01a20000-0000-7000-8000-{number:012}\", {says} span: ({start}, {end}), quote: \"{words}\", {stamp})")
}

#[test]
fn what_was_said_beside_tags_comes_over_where_its_words_certainly_stand_but_no_decision() {
    let (folder, report) = place();
    let sitting = tagged(folder.path(), &report, OLD, &WORDS);
    let file = sitting.state.document().unwrap().keeping.folder.path().join("王小明.ron");
    drop(sitting);
    let [there, moved, _, lost] = WORDS;
    let lists = [
        ("comments", vec![remark(1, there, "words: \"甲\","), remark(2, lost, "words: \"乙\",")]),
        ("decisions", vec![remark(3, there, "case: \"0-9 00\", outcome: \"nothing\",")]),
        ("dismissals", vec![remark(4, there, "of: \"hint\", key: \"no_period\","), remark(5, lost, "of: \"hint\", key: \"no_period\",")]),
        ("parts_read", vec![remark(6, moved, ""), remark(7, lost, "")]),
    ];
    let lists: String = lists.iter().map(|(key, remarks)| format!("\"{key}\": [{}],", remarks.join(", "))).collect();
    let (text, _) = unseal(&std::fs::read(&file).unwrap());
    assert!(text.contains("  ext: {},\n"), "{text}");
    std::fs::write(&file, seal(text.replacen("  ext: {},\n", &format!("  ext: {{{lists}}},\n"), 1))).unwrap();
    std::fs::write(&report, NEW).unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    take_over(&mut sitting);
    let document = sitting.state.document().unwrap();
    let all = &document.annotations;
    assert_eq!(
        all.comments().map(|(remark, _, comment)| (document.report.quote(remark.anchor.span), &comment.words[..])).collect::<Vec<_>>(),
        [(there, "甲")]
    );
    assert_eq!(all.dismissals().map(|(remark, _)| document.report.quote(remark.anchor.span)).collect::<Vec<_>>(), [there]);
    assert_eq!(all.parts_read().map(|span| document.report.quote(span)).collect::<Vec<_>>(), ["城镇新增就业\n3万人"]);
    assert_eq!((all.decisions().count(), all.remarks().count()), (0, 3));
    sitting.act(Command::Tag(TagCommand::Undo));
    assert_eq!(sitting.state.document().unwrap().annotations.remarks().count(), 0);
}

#[test]
fn tags_come_over_from_the_other_script_and_from_another_format() {
    let (folder, report) = place();
    drop(tagged(folder.path(), &report, OLD, &WORDS));
    let others = folder.path().join("others");
    std::fs::create_dir(&others).unwrap();
    let traditional = jiannuo::text::script::convert(OLD, jiannuo::text::script::Conversion::SimplifiedToTaiwan).text;
    let paragraphs: String = OLD.lines().map(|line| format!("<p>{line}</p>")).collect();
    for (name, text) in [("繁體.txt", traditional), ("网页.html", format!("<html><body><article>{paragraphs}</article></body></html>"))]
    {
        let other = others.join(name);
        std::fs::write(&other, text).unwrap();
        let mut sitting = Sitting::new(&folder.path().join("home"));
        sitting.open(&other);
        assert_eq!(sitting.tags(), 0);
        sitting.act(Command::File(FileCommand::Carry(CarryFrom::File(report.clone()))));
        let kept = found(&sitting).into_iter().filter(|(_, found)| *found == Some(Found::Kept)).count();
        assert_eq!(kept, 4, "{name}: {:?}", found(&sitting));
    }
}

#[test]
fn a_file_changed_under_an_open_report_is_told_and_can_be_read_again() {
    let (folder, report) = place();
    let mut sitting = tagged(folder.path(), &report, OLD, &WORDS);
    sitting.look_again();
    assert!(!told(&sitting, |what| matches!(what, What::ReportChanged(_))));
    std::fs::write(&report, NEW).unwrap();
    sitting.look_again();
    assert!(told(&sitting, |what| matches!(what, What::ReportChanged(_))));
    sitting.act(Command::File(FileCommand::ReadAgain(report.clone())));
    take_over(&mut sitting);
    assert_eq!(sitting.tags(), 4);
}

#[test]
fn nobody_else_s_tags_are_taken_for_one_s_own() {
    let (folder, report) = place();
    drop(tagged(folder.path(), &report, OLD, &WORDS));
    let mut other = Sitting::new(&folder.path().join("other home"));
    other.act(Command::Keep(KeepCommand::SetPerson("李芳".into())));
    std::fs::write(&report, NEW).unwrap();
    other.open(&report);
    assert!(!told(&other, |what| matches!(what, What::Earlier { .. })));
    let kept = report.with_file_name("jiannuo");
    let folder = std::fs::read_dir(kept).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    other.act(Command::File(FileCommand::Carry(CarryFrom::File(folder.join("王小明.ron")))));
    assert!(told(&other, |what| matches!(what, What::NotCarried(_))));
}
