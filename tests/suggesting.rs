//! What is proposed for a report: taken, changed, turned down, kept so; off where it is to be off; and the command.

use crate::store::{Sitting, place};
use jiannuo::annotation::{AttributeId, KindId, Origin, Tag, Value};
use jiannuo::quantity::Quantity;
use jiannuo::session::{Command, FileCommand, KeepCommand, ProjectCommand, StepName, SuggestCommand, TagCommand, What};
use jiannuo::store::Job;
use jiannuo::suggest::{Confidence, Lexicon, Proposal, RuleId, Statement, Suggestions, read};
use jiannuo::text::Span;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

/// Where words stand in the smallest report.
fn span(words: &str) -> Span {
    let text = include_str!("fixtures/reports/tiny.txt");
    let start = text[..text.find(words).unwrap()].chars().count() as u32;
    Span::of(start, start + words.chars().count() as u32)
}

fn proposal(words: &str, kind: &str, indicator: &str, numbers: &[&str]) -> Proposal {
    Proposal {
        span: span(words),
        kind: KindId::new(kind),
        statement: Statement {
            quantities: numbers.iter().map(|number| Quantity::of_words(number)).collect(),
            attributes: [(AttributeId::new("indicator_name"), Value::One(indicator.into()))].into(),
        },
        rule: RuleId("by_hand_for_a_test".into()),
        words: Vec::new(),
        confidence: Confidence::percent(80),
    }
}

const GDP: &str = "全年地区生产总值318.6亿元，同比增长5.8%";
const GOAL: &str = "地区生产总值力争增长6%左右";
const CLINIC: &str = "年底前建成县人民医院新门诊楼";

/// Three proposals in the order of the text.
fn three() -> Vec<Proposal> {
    vec![
        proposal(GDP, "indicator", "地区生产总值", &["318.6亿元", "增长5.8%"]),
        proposal(GOAL, "target", "地区生产总值", &["增长6%左右"]),
        proposal(CLINIC, "commitment", "县人民医院新门诊楼", &[]),
    ]
}

/// Puts proposals in the place of those the program found, whichever reading is in force.
fn propose(sitting: &mut Sitting, proposals: Vec<Proposal>) {
    let id = sitting.state.document().unwrap().id;
    let found = Arc::new(Suggestions { proposals, ..Suggestions::default() });
    for reading in 1..10 {
        sitting.act(Command::Suggest(SuggestCommand::Read(id, reading, Arc::clone(&found))));
    }
}

fn opened(home: &Path, report: &Path, name: &str) -> Sitting {
    let mut sitting = Sitting::new(home);
    sitting.act(Command::Keep(KeepCommand::SetPerson(name.into())));
    sitting.open(report);
    sitting
}

/// A sitting on the smallest report, with three proposals.
fn proposed() -> (tempfile::TempDir, PathBuf, Sitting) {
    let (folder, report) = place();
    let mut sitting = opened(&folder.path().join("home"), &report, "王小明");
    propose(&mut sitting, three());
    (folder, report, sitting)
}

fn suggest(sitting: &mut Sitting, command: SuggestCommand) {
    sitting.act(Command::Suggest(command));
}

/// The words of the proposals nobody has decided on.
fn left(sitting: &Sitting) -> Vec<&str> {
    let document = sitting.state.document().unwrap();
    document.proposals().iter().map(|proposal| document.report.quote(proposal.span)).collect()
}

fn tags(sitting: &Sitting) -> Vec<Tag> {
    sitting.state.document().unwrap().annotations.tags().cloned().collect()
}

#[test]
fn a_report_is_read_when_it_is_opened() {
    let (folder, report) = place();
    let sitting = opened(&folder.path().join("home"), &report, "王小明");
    let document = sitting.state.document().unwrap();
    assert!(document.suggestions().is_some() && !document.is_being_read());
    assert!(document.keeping.is_saved(), "reading makes nothing to save");
    assert_eq!(std::fs::read_dir(report.parent().unwrap()).unwrap().count(), 1, "and writes nothing");
}

#[test]
fn several_are_taken_in_one_step_with_all_they_state() {
    let (_folder, _report, mut sitting) = proposed();
    assert_eq!(left(&sitting), [GDP, GOAL, CLINIC]);
    suggest(&mut sitting, SuggestCommand::Accept(three()[..2].to_vec()));
    assert_eq!(left(&sitting), [CLINIC]);
    let [gdp, goal] = tags(&sitting).try_into().unwrap();
    assert_eq!((gdp.anchor.quote.as_str(), goal.anchor.quote.as_str()), (GDP, GOAL));
    assert_eq!((gdp.quantities, gdp.attributes), (three()[0].statement.quantities.clone(), three()[0].statement.attributes.clone()));
    assert_eq!(goal.origin, Origin::Accepted("by_hand_for_a_test".into()));
    assert!(goal.definition.is_some());
    assert_eq!(sitting.state.document().unwrap().undo_name(), Some(&StepName::Accept(2)));
    sitting.act(Command::Tag(TagCommand::Undo));
    assert_eq!((sitting.tags(), left(&sitting).len()), (0, 3));
    sitting.act(Command::Tag(TagCommand::Redo));
    assert_eq!((sitting.tags(), left(&sitting).len()), (2, 1));
    // What is decided is not decided twice.
    suggest(&mut sitting, SuggestCommand::Accept(three()));
    assert_eq!((sitting.tags(), left(&sitting).len()), (3, 0));
}

#[test]
fn what_was_turned_down_stays_so() {
    let (folder, report, mut sitting) = proposed();
    suggest(&mut sitting, SuggestCommand::Reject(three()[1..].to_vec()));
    assert_eq!(left(&sitting), [GDP]);
    assert_eq!(sitting.tags(), 0);
    sitting.save();
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&report);
    propose(&mut again, three());
    assert_eq!(left(&again), [GDP]);
    assert!(again.state.notices.is_empty(), "{:?}", again.state.notices);
    sitting.act(Command::Tag(TagCommand::Undo));
    assert_eq!(left(&sitting), [GDP, GOAL, CLINIC]);
}

#[test]
fn one_is_taken_to_be_changed() {
    let (_folder, _report, mut sitting) = proposed();
    suggest(&mut sitting, SuggestCommand::Mend(three().remove(1)));
    let tag = tags(&sitting).remove(0);
    assert_eq!(tag.origin, Origin::Accepted("by_hand_for_a_test".into()), "nothing was changed yet");
    assert_eq!(sitting.state.document().unwrap().picked, [tag.id]);
}

#[test]
fn what_was_accepted_is_mended_once_it_says_something_else() {
    let accepted = Origin::Accepted("by_hand_for_a_test".into());
    let name = AttributeId::new("indicator_name");
    type Change = fn(jiannuo::annotation::TagId) -> TagCommand;
    let changes: [(&str, Change, bool); 6] = [
        ("span", |id| TagCommand::SetSpan(id, span("增长6%左右")), true),
        ("kind", |id| TagCommand::SetKind(vec![id], KindId::new("commitment")), true),
        ("quantities", |id| TagCommand::SetQuantities(id, vec![Quantity::of_words("7%")]), true),
        ("attribute", |id| TagCommand::SetAttribute(vec![id], AttributeId::new("place"), Value::One("青禾县".into())), true),
        ("note", |id| TagCommand::SetNote(id, "看过了".into()), false),
        ("unsure", |id| TagCommand::ToggleUnsure(vec![id]), false),
    ];
    for (what, change, mends) in changes {
        let (_folder, _report, mut sitting) = proposed();
        suggest(&mut sitting, SuggestCommand::Accept(three()));
        let goal = tags(&sitting).remove(1);
        sitting.act(Command::Tag(change(goal.id)));
        let now = tags(&sitting).into_iter().find(|tag| tag.id == goal.id).unwrap();
        assert_ne!(now, goal, "{what}");
        assert_eq!(now.origin != accepted, mends, "{what}");
    }
    // Setting what is there already changes nothing.
    let (_folder, _report, mut sitting) = proposed();
    suggest(&mut sitting, SuggestCommand::Accept(three()));
    let goal = tags(&sitting).remove(1);
    sitting.act(Command::Tag(TagCommand::SetAttribute(vec![goal.id], name.clone(), goal.attributes[&name].clone())));
    assert_eq!(tags(&sitting)[1], goal);
}

#[test]
fn a_tag_by_hand_decides_and_has_its_numbers_read() {
    let (_folder, _report, mut sitting) = proposed();
    let (goal, kind) = (span(GOAL), KindId::new("target"));
    sitting.tag(goal.start().get(), goal.end().get(), "target");
    assert_eq!(left(&sitting), [GDP, CLINIC]);
    let report = Arc::clone(&sitting.state.document().unwrap().report);
    let Statement { quantities, attributes } = read(&report, &Lexicon::standard(), &[goal], &kind).remove(0);
    let tag = tags(&sitting).remove(0);
    assert_eq!((tag.quantities, tag.attributes, tag.origin), (quantities, attributes, Origin::ByHand));
}

#[test]
fn off_means_off() {
    let (folder, report, mut sitting) = proposed();
    suggest(&mut sitting, SuggestCommand::Show(false));
    let is_off = |sitting: &Sitting| {
        let document = sitting.state.document().unwrap();
        document.suggestions().is_none() && document.proposals().is_empty() && !document.is_being_read() && !sitting.state.proposals_shown()
    };
    assert!(is_off(&sitting));
    propose(&mut sitting, three());
    assert!(is_off(&sitting), "an answer that comes late is not shown");
    let goal = span(GOAL);
    sitting.tag(goal.start().get(), goal.end().get(), "target");
    let tag = tags(&sitting).remove(0);
    assert!(tag.quantities.is_empty() && tag.attributes.is_empty(), "{tag:?}");
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&report);
    assert!(is_off(&again), "this person has it so the next time, too");
    suggest(&mut again, SuggestCommand::Show(true));
    assert!(!is_off(&again) && again.state.document().unwrap().suggestions().is_some());
}

#[test]
fn a_project_without_proposals_has_none_for_anybody() {
    let (folder, report, mut sitting) = proposed();
    let mut other = opened(&folder.path().join("another home"), &report, "李芳");
    other.look_again();
    suggest(&mut sitting, SuggestCommand::ShowInProject(false));
    assert!(left(&sitting).is_empty() && !sitting.state.proposals_shown() && sitting.state.settings().proposals);
    let file = report.parent().unwrap().join("jiannuo").join("project.ron");
    assert!(std::fs::read_to_string(&file).unwrap().contains("proposals: false"));
    assert!(opened(&folder.path().join("a third home"), &report, "赵敏").state.document().unwrap().suggestions().is_none());
    assert!(other.state.document().unwrap().suggestions().is_some());
    other.look_again();
    assert!(other.state.document().unwrap().suggestions().is_none(), "who has it open sees it soon");
    suggest(&mut sitting, SuggestCommand::ShowInProject(true));
    assert!(sitting.state.document().unwrap().suggestions().is_some());
}

#[test]
fn a_hint_put_away_stays_away() {
    let (folder, report, mut sitting) = proposed();
    for _ in 0..2 {
        suggest(&mut sitting, SuggestCommand::DismissHint("no_period".into(), span(GOAL)));
    }
    sitting.save();
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&report);
    let put_away: Vec<(&str, Span)> = again.state.document().unwrap().dismissed_hints().collect();
    assert_eq!(put_away, [("no_period", span(GOAL))]);
    sitting.act(Command::Tag(TagCommand::Undo));
    assert_eq!(sitting.state.document().unwrap().dismissed_hints().count(), 0);
}

#[test]
fn without_a_name_it_is_asked_for_first() {
    let (folder, report) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    propose(&mut sitting, three());
    suggest(&mut sitting, SuggestCommand::Accept(three()));
    assert!(sitting.tags() == 0 && sitting.state.question.is_some());
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    assert_eq!(sitting.tags(), 3);
}

#[test]
fn rules_of_a_project_that_make_no_sense_are_told_until_they_are_mended() {
    let (folder, report) = place();
    let kept = report.parent().unwrap().join("jiannuo");
    std::fs::create_dir(&kept).unwrap();
    std::fs::write(kept.join("rules.ron"), "(\n  words: {,").unwrap();
    let mut sitting = opened(&folder.path().join("home"), &report, "王小明");
    let is_told = |sitting: &Sitting| sitting.told(|what| matches!(what, What::BadLexicon(_)));
    assert!(is_told(&sitting) && sitting.state.document().unwrap().suggestions().is_some());
    sitting.look_again();
    assert!(is_told(&sitting));
    std::fs::write(kept.join("rules.ron"), "\n").unwrap();
    sitting.look_again();
    assert!(!is_told(&sitting) && sitting.state.document().unwrap().suggestions().is_some());
}

#[test]
fn a_folder_is_read_with_counts_for_each_report() {
    let (folder, report) = place();
    let root = report.parent().unwrap().to_owned();
    std::fs::copy(&report, root.join("又一份.txt")).unwrap();
    std::fs::write(root.join("无关.txt"), "同志们，会议开始。\n").unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.act(Command::Project(ProjectCommand::Open(root)));
    sitting.act(Command::Project(ProjectCommand::Run(Job::Suggest)));
    let work = sitting.state.project.as_ref().unwrap().work.as_ref().unwrap();
    assert!(work.progress.is_none() && work.counts.len() == 3);
    let listed: usize = work.counts.iter().flat_map(|count| count.undecided.values()).sum();
    assert_eq!(work.hits.len(), listed);
    assert!(work.hits.iter().all(|hit| hit.proposed.is_some() && hit.slipped.is_none()));
    suggest(&mut sitting, SuggestCommand::Show(false));
    sitting.act(Command::Project(ProjectCommand::Run(Job::Suggest)));
    assert!(sitting.told(|what| matches!(what, What::ProposalsOff)));
}

#[test]
fn a_report_opened_again_is_read_again() {
    let (_folder, report, mut sitting) = proposed();
    let text = std::fs::read_to_string(&report).unwrap();
    std::fs::write(&report, format!("{text}再添一句。\n")).unwrap();
    sitting.act(Command::File(FileCommand::ReadAgain(report)));
    let document = sitting.state.document().unwrap();
    assert!(document.suggestions().is_some() && !document.is_being_read());
    assert!(!document.proposals().iter().any(|proposal| proposal.rule.0 == "by_hand_for_a_test"));
}

fn jiannuo(home: &Path, arguments: &[&str]) -> Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_jiannuo"))
        .args(arguments)
        .env("JIANNUO_HOME", home)
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn the_command_prints_one_object_for_each_proposal() {
    let (folder, report) = place();
    let (home, path) = (folder.path().join("home"), report.to_str().unwrap());
    let output = jiannuo(&home, &["suggest", "--json", path, "/no/such/report.txt"]);
    assert_eq!(output.status.code(), Some(2), "one of them cannot be read");
    assert!(!output.stderr.is_empty());
    let text: Vec<char> = std::fs::read_to_string(&report).unwrap().chars().collect();
    let keys = "file kind start end quote indicator quantities modality period deadline owner rule confidence";
    for line in stdout(&output).lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let found: BTreeSet<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(found, keys.split(' ').collect::<BTreeSet<_>>());
        let place = |key: &str| object[key].as_u64().unwrap() as usize;
        assert_eq!(object["quote"].as_str().unwrap(), text[place("start")..place("end")].iter().collect::<String>());
        assert_eq!(object["file"], path);
        assert!((0.0..1.0).contains(&object["confidence"].as_f64().unwrap()));
    }
    let table = jiannuo(&home, &["suggest", path]);
    assert_eq!(table.status.code(), Some(0));
    assert_eq!(stdout(&table).lines().count(), stdout(&output).lines().count() + 1);
}

#[test]
fn the_command_writes_somebody_s_tags_beside_everybody_else_s() {
    let (folder, report) = place();
    let (home, path) = (folder.path().join("home"), report.to_str().unwrap());
    let mut sitting = opened(&folder.path().join("another home"), &report, "王小明");
    sitting.tag(10, 18, "target");
    sitting.save();
    let before = stdout(&jiannuo(&home, &["suggest", "--json", path])).lines().count();
    assert!(before > 0, "the smallest report has something to propose");
    // A colleague has that name already: their file is not touched.
    let theirs = sitting.state.document().unwrap().keeping.file.clone().unwrap();
    let bytes = std::fs::read(&theirs).unwrap();
    for name in ["机器", "王小明"] {
        let output = jiannuo(&home, &["suggest", path, "--person", name]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let written = PathBuf::from(stdout(&output).trim_end());
        let file = jiannuo::store::load_person_file(&jiannuo::store::RealDisk, &written).unwrap();
        assert_eq!((file.record.person.name.as_str(), file.record.annotations.tag_count()), (name, before));
        assert!(file.record.annotations.tags().all(|tag| matches!(tag.origin, Origin::Accepted(_))));
        assert_ne!(written, theirs);
        let again = jiannuo(&home, &["suggest", path, "--person", name]);
        assert_eq!((again.status.code(), stdout(&again)), (Some(0), ""), "there is nothing to add");
    }
    assert_eq!(std::fs::read(&theirs).unwrap(), bytes);
}

#[test]
fn the_command_adds_to_tags_made_by_hand_only_if_told_to() {
    let (folder, report) = place();
    let (home, path) = (folder.path().join("home"), report.to_str().unwrap());
    let mut sitting = opened(&home, &report, "王小明");
    sitting.tag(10, 18, "target");
    sitting.save();
    let refused = jiannuo(&home, &["suggest", path, "--person", "王小明"]);
    assert_eq!((refused.status.code(), stdout(&refused)), (Some(2), ""));
    let forced = jiannuo(&home, &["suggest", path, "--person", "王小明", "--force"]);
    assert_eq!(forced.status.code(), Some(0), "{}", String::from_utf8_lossy(&forced.stderr));
    let mut again = Sitting::new(&home);
    again.open(&report);
    assert!(again.tags() > 1 && left(&again).is_empty());
}
