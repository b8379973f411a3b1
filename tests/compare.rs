//! `jiannuo compare` as a shell sees it: agreement in figures, every difference, and what does not count.

use crate::store::Sitting;
use jiannuo::annotation::{
    Anchor, Annotations, CaseKey, Change, Decision, Edit, Hand, Origin, Outcome, Person, PersonId, Remark, RemarkId, Says, Time, Touch,
};
use jiannuo::session::{Command as Do, KeepCommand, ReviewCommand};
use jiannuo::store::wire::{PersonRecord, Role};
use jiannuo::store::{RealDisk, Reviewing, change_reviewing, load_person_file, mark_project, save_person_file};
use jiannuo::text::{Span, Text};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use uuid::Uuid;

const TEXT: &str = "青禾县2024年工作报告\n一、回顾\n全年地区生产总值增长5.8%，新增就业2万人。\n二、安排\n地区生产总值增长6%左右。\n";
const OTHER: &str = "汎海县2024年工作报告\n一、回顾\n粮食总产量达到三万吨，港口吞吐量翻了一番。\n";
const GROWTH: (&str, &str) = ("地区生产总值增长5.8%", "indicator");
const JOBS: (&str, &str) = ("新增就业2万人", "indicator");
const GOAL: (&str, &str) = ("地区生产总值增长6%左右", "target");

/// Where words stand in a text.
fn span_in(text: &str, words: &str) -> Span {
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap();
    let start = count(&text[..text.find(words).unwrap()]);
    Span::of(start, start + count(words))
}

fn by() -> Touch {
    Touch { at: Time(1), hand: Hand::new(7) }
}

/// A report that several people tag, each at a machine of their own.
struct Desk {
    folder: tempfile::TempDir,
    text: &'static str,
}

impl Desk {
    fn new(text: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("reports")).unwrap();
        std::fs::write(folder.path().join("reports").join("报告.txt"), text).unwrap();
        Self { folder, text }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn report(&self) -> PathBuf {
        self.path("reports").join("报告.txt")
    }

    /// Somebody tags words; returns their file.
    fn tagged(&self, name: &str, tags: &[(&str, &str)]) -> PathBuf {
        let mut sitting = Sitting::new(&self.path(name));
        sitting.act(Do::Keep(KeepCommand::SetPerson(name.into())));
        sitting.open(&self.report());
        for (words, kind) in tags {
            let span = span_in(self.text, words);
            sitting.tag(span.start().get(), span.end().get(), kind);
        }
        sitting.save();
        sitting.state.document().unwrap().keeping.file.clone().unwrap()
    }

    /// A remark on words.
    fn remark(&self, span: Span, says: Says) -> Change {
        Change::add_remark(Remark { id: RemarkId(Uuid::from_u128(1)), anchor: Anchor::new(&Text::new(self.text.into()), span), says })
    }

    /// Two people, of whom the second overlooked the goal.
    fn two() -> (Self, [PathBuf; 2]) {
        let desk = Self::new(TEXT);
        let files = [desk.tagged("甲", &[GROWTH, GOAL]), desk.tagged("乙", &[GROWTH])];
        (desk, files)
    }
}

fn compare<P: AsRef<Path>>(files: &[P], more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jiannuo"));
    command.arg("compare").args(files.iter().map(AsRef::as_ref)).args(more);
    command.env("LANG", "en_US.UTF-8").env_remove("LC_ALL").output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// What is printed as JSON, by type.
fn objects(output: &Output, of_type: &str) -> Vec<Value> {
    let all = stdout(output).lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.filter(|object| object["type"] == of_type).collect()
}

/// The figures of all kinds, of sections and so on.
fn figures<'o>(objects: &'o [Value], of: &str, key: &str) -> Vec<&'o Value> {
    objects.iter().filter(|object| object["of"] == of && object["figure"] == key && object["with_proposals"] == true).collect()
}

/// Changes what is in somebody's file.
fn change(file: &Path, changes: impl Fn(&Annotations) -> Vec<Change>) {
    let mut record = load_person_file(&RealDisk, file).unwrap().record;
    let changes = changes(&record.annotations);
    record.annotations.apply(&Edit::new(changes), by()).unwrap();
    save_person_file(&RealDisk, file, &record).unwrap();
}

#[test]
fn people_who_agree_have_no_differences() {
    let desk = Desk::new(TEXT);
    let files = [desk.tagged("甲", &[GROWTH, GOAL]), desk.tagged("乙", &[GROWTH, GOAL])];
    let output = compare(&files, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.starts_with("青禾县2024年工作报告\n甲、乙\n"), "{said}");
    assert!(said.contains("All kinds") && said.contains("Target") && said.contains("1.000"), "{said}");
    assert!(said.contains("Differences: 0 of 2 cases"), "{said}");
    let output = compare(&files, &["--json"]);
    assert_eq!((output.status.code(), objects(&output, "case").len()), (Some(0), 2));
}

#[test]
fn every_figure_has_a_value_with_counts_or_a_reason() {
    let (_desk, files) = Desk::two();
    let output = compare(&files, &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let all = objects(&output, "figure");
    let keys = |object: &Value| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for figure in &all {
        assert_eq!(keys(figure), keys(&all[0]), "what is absent is null");
        assert_eq!(figure["value"].is_null(), figure["undefined"].is_string(), "{figure}");
        assert!(figure["coders"] == 2 && figure["compared"].is_u64() && figure["agreed"].is_u64() && figure["left_out"] == 0, "{figure}");
    }
    let f1 = |of: &str| figures(&all, of, "exact_f1").iter().map(|figure| figure["value"].clone()).collect::<Vec<_>>();
    assert_eq!((f1("all"), f1("kind")), (vec![json!(2.0 / 3.0)], vec![json!(0.0), json!(1.0)]));
    assert_eq!(f1("section"), [Value::Null, json!(1.0), json!(0.0)]);
    assert_eq!(f1("pair"), f1("all"));
    let headings: Vec<&Value> = figures(&all, "section", "alpha").iter().map(|figure| &figure["heading"]).collect();
    assert_eq!(headings, ["", "一、回顾", "二、安排"]);
    assert_eq!(figures(&all, "section", "alpha")[0]["undefined"], "nothing-tagged");
    let of_targets = |key: &str| figures(&all, "kind", key)[0]["undefined"].clone();
    let undefined = [of_targets("exact_precision"), of_targets("exact_recall")];
    assert!(undefined.contains(&json!("one-tagged-nothing")) && undefined.contains(&Value::Null), "{undefined:?}");
    let matched = figures(&all, "matched", "alpha");
    assert_eq!((matched[0]["rated"].as_str(), matched[0]["metric"].as_str()), (Some("kind"), Some("nominal")));
    assert!(matched.iter().all(|figure| figure["compared"] == 1), "one tag is matched");
    let summary = &objects(&output, "summary")[0];
    assert_eq!((&summary["cases"], &summary["differences"], &summary["seed"]), (&json!(2), &json!(1), &json!(1)));
    assert_eq!((&summary["drawn"], &summary["people"][0]["tags"]), (&json!("paragraphs"), &json!({ "indicator": 1, "target": 1 })));
}

#[test]
fn every_difference_is_told() {
    let desk = Desk::new(TEXT);
    let wider = ("全年地区生产总值增长5.8%", "indicator");
    let files = [desk.tagged("甲", &[GROWTH, JOBS, GOAL]), desk.tagged("乙", &[wider, GOAL]), desk.tagged("丙", &[GROWTH, JOBS, GOAL])];
    let output = compare(&files, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stdout(&output);
    let differences: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("Differences: 2 of 3")).skip(1).collect();
    assert_eq!(differences.len(), 2, "{said}");
    assert!(differences[0].contains("boundaries 2 characters apart") && differences[0].contains("乙: Indicator “全年"), "{said}");
    assert!(differences[1].ends_with("not tagged by 乙"), "{said}");
    assert!(said.contains("Two by two") && ["甲 – 丙", "丙 – 甲"].iter().any(|pair| said.contains(pair)), "{said}");
    let cases = objects(&compare(&files, &["--json"]), "case");
    let sorts: Vec<&str> = cases.iter().map(|case| case["case"]["sort"].as_str().unwrap()).collect();
    assert_eq!(sorts, ["boundary", "only_some", "agreed"]);
    assert_eq!((&cases[1]["case"]["without"], &cases[1]["difference"]), (&json!(["乙"]), &json!(true)));
}

#[test]
fn who_decides_does_not_count_as_somebody_who_tagged() {
    let (desk, files) = Desk::two();
    let before = objects(&compare(&files, &["--json"]), "case");
    let key: CaseKey = before[1]["case"]["key"].as_str().unwrap().parse().unwrap();
    let (outcome, words) = (Outcome::Nothing, "无".to_owned());
    let decision = Decision { case: key, options: Vec::new(), outcome, tags: Vec::new(), reason: None, words };
    let mut annotations = Annotations::default();
    annotations.apply(&Edit::new(vec![desk.remark(key.span, Says::Decision(decision))]), by()).unwrap();
    let person = Person { id: PersonId(Uuid::from_u128(9)), name: "丙".into() };
    let record = load_person_file(&RealDisk, &files[0]).unwrap().record;
    let decided = desk.path("丙.ron");
    save_person_file(&RealDisk, &decided, &PersonRecord { person, annotations, role: Role::Adjudication, ..record }).unwrap();
    let all = [&files[0], &decided, &files[1]];
    let output = compare(&all, &["--json"]);
    assert_eq!(output.status.code(), Some(1), "people differed");
    assert!(stderr(&output).contains("丙"), "{}", stderr(&output));
    let (cases, summary) = (objects(&output, "case"), &objects(&output, "summary")[0]);
    assert_eq!((&cases[1]["standing"], &cases[1]["decisions"][0]["by"]), (&json!("decided"), &json!("丙")));
    assert_eq!((summary["people"].as_array().unwrap().len(), &summary["decided"]), (2, &json!(1)));
    assert!(stdout(&compare(&all, &[])).contains("(decided)"));
    let output = compare(&all[..2], &[]);
    assert_eq!(output.status.code(), Some(2), "one person tagged, the other decided");
}

#[test]
fn what_somebody_did_not_read_is_no_difference() {
    let (desk, files) = Desk::two();
    let plan = span_in(TEXT, "二、安排").start();
    let read = Span::of(0, plan.get());
    change(&files[1], |_| vec![desk.remark(read, Says::Read)]);
    let output = compare(&files, &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let cases = objects(&output, "case");
    assert_eq!((&cases[1]["difference"], &cases[1]["unread_by"]), (&json!(false), &json!(["乙"])));
    let all = objects(&output, "figure");
    let f1 = figures(&all, "all", "exact_f1")[0];
    assert_eq!((&f1["value"], &f1["compared"], &f1["left_out"]), (&json!(1.0), &json!(2), &json!(1)));
    let unread = u32::try_from(TEXT.chars().count()).unwrap() - plan.get();
    assert_eq!(objects(&output, "summary")[0]["people"][1]["unread"], json!(unread));
    assert!(stdout(&compare(&files, &[])).contains("characters not read"));
}

#[test]
fn figures_without_tags_that_came_of_proposals() {
    let (_desk, files) = Desk::two();
    change(&files[0], |annotations| {
        let goal = annotations.tags().find(|tag| tag.kind.as_str() == "target").unwrap().clone();
        let mut accepted = goal.clone();
        accepted.origin = Origin::Accepted("goal_sentence".into());
        vec![Change::Tag { before: Some(Box::new(goal)), after: Some(Box::new(accepted)) }]
    });
    let output = compare(&files, &["--json"]);
    let all = objects(&output, "figure");
    let without = all.iter().find(|figure| figure["with_proposals"] == false && figure["figure"] == "exact_f1").unwrap();
    assert_eq!((&without["value"], &figures(&all, "all", "exact_f1")[0]["value"]), (&json!(1.0), &json!(2.0 / 3.0)));
    assert_eq!(objects(&output, "summary")[0]["people"][0]["from_proposals"], 1);
    assert!(stdout(&compare(&files, &[])).contains("without tags that came of proposals"));
}

#[test]
fn in_a_blind_project_it_is_said_that_what_was_handed_in_counts() {
    let desk = Desk::new(TEXT);
    let root = desk.path("reports");
    mark_project(&RealDisk, &root).unwrap();
    let files = [desk.tagged("甲", &[GROWTH, GOAL]), desk.tagged("乙", &[GROWTH])];
    let is_told = |files: &[PathBuf]| {
        let output = compare(files, &["--json"]);
        assert_eq!((output.status.code(), objects(&output, "case").len()), (Some(1), 2), "{}", stderr(&output));
        stderr(&output).contains("handed in")
    };
    assert!(!is_told(&files), "nobody tags blind here");
    change_reviewing(&RealDisk, &root, &Reviewing::default(), &Reviewing { blind: true, ..Reviewing::default() }).unwrap();
    assert!(is_told(&files));
    let submitted = ["甲", "乙"].map(|name| {
        let mut sitting = Sitting::new(&desk.path(name));
        sitting.open(&desk.report());
        sitting.act(Do::Review(ReviewCommand::Submit));
        sitting.state.document().unwrap().submitted().unwrap().path.clone()
    });
    assert!(!is_told(&submitted));
    assert!(is_told(&[submitted[0].clone(), files[1].clone()]));
}

#[test]
fn copies_of_one_person_are_one() {
    let (desk, files) = Desk::two();
    let copy = desk.path("甲 (conflicted copy).ron");
    std::fs::copy(&files[0], &copy).unwrap();
    let output = compare(&[&copy, &files[1], &files[0]], &["--json"]);
    assert_eq!(objects(&output, "summary")[0]["people"].as_array().unwrap().len(), 2, "{}", stderr(&output));
    let output = compare(&[&files[0], &copy], &[]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""));
    assert!(stderr(&output).contains("these are all of 甲"), "{}", stderr(&output));
}

#[test]
fn files_of_another_report_are_not_compared() {
    let (desk, files) = Desk::two();
    let other = Desk::new(OTHER);
    let elsewhere = other.tagged("丁", &[("粮食总产量达到三万吨", "indicator")]);
    let report = desk.report();
    let ways: [&[&str]; 2] = [&[], &["--report", report.to_str().unwrap()]];
    for more in ways {
        let output = compare(&[&files[0], &elsewhere], more);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{more:?}");
        assert!(stderr(&output).contains(elsewhere.to_str().unwrap()), "{}", stderr(&output));
    }
}

#[test]
fn files_that_lie_elsewhere_need_the_report() {
    let (desk, files) = Desk::two();
    let moved = ["a.ron", "b.ron"].map(|name| desk.path(name));
    for (from, to) in files.iter().zip(&moved) {
        std::fs::copy(from, to).unwrap();
    }
    let output = compare(&moved, &[]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""));
    assert!(stderr(&output).contains("--report"), "{}", stderr(&output));
    let output = compare(&moved, &["--report", desk.report().to_str().unwrap(), "--json"]);
    assert_eq!((output.status.code(), objects(&output, "case").len()), (Some(1), 2), "{}", stderr(&output));
}

#[test]
fn the_same_seed_gives_the_same_lines() {
    let (_desk, files) = Desk::two();
    let seeded = |seed: &str, files: &[&PathBuf]| compare(files, &["--json", "--seed", seed]);
    let (one, again) = (seeded("7", &[&files[0], &files[1]]), seeded("7", &[&files[0], &files[1]]));
    assert_eq!(stdout(&one), stdout(&again));
    assert_eq!(objects(&one, "summary")[0]["seed"], 7);
    let turned = seeded("7", &[&files[1], &files[0]]);
    assert_eq!(objects(&one, "figure"), objects(&turned, "figure"), "whose file is named first does not matter");
    assert_eq!(compare(&files, &["--seed", "much"]).status.code(), Some(2));
}
