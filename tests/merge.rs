//! `jiannuo merge` as a shell sees it: what is agreed or decided becomes a file, what is open is listed, nothing is written over.

use crate::store::{Sitting, place};
use jiannuo::annotation::{
    Annotations, Change, Decision, DecisionOption, Edit, Hand, Outcome, Person, PersonId, Remark, RemarkId, Says, Tag, TagId, Time, Touch,
};
use jiannuo::review::{Layer, judge, queue};
use jiannuo::session::{Command as Do, KeepCommand};
use jiannuo::store::wire::{PersonRecord, Role};
use jiannuo::store::{LoadedFile, RealDisk, Seal, load_person_file, save_person_file};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use uuid::Uuid;

/// Statements of the smallest report, as spans.
const FARMERS: (u32, u32) = (64, 70);
const YOUTH: (u32, u32) = (71, 80);
const STREET: (u32, u32) = (81, 91);

/// A report that several people tag, each at a machine of their own.
struct Desk {
    folder: tempfile::TempDir,
    report: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let (folder, report) = place();
        Self { folder, report }
    }

    /// Somebody tags; returns their file.
    fn tagged(&self, name: &str, tags: &[(u32, u32)]) -> PathBuf {
        let mut sitting = Sitting::new(&self.folder.path().join(name));
        if sitting.state.person().is_none() {
            sitting.act(Do::Keep(KeepCommand::SetPerson(name.into())));
        }
        sitting.open(&self.report);
        tags.iter().for_each(|(start, end)| sitting.tag(*start, *end, "indicator"));
        sitting.save();
        sitting.state.document().unwrap().keeping.file.clone().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Merges these files into one.
    fn merge(&self, files: &[&Path], to: &Path, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiannuo"));
        command.arg("merge").args(files).arg("-o").arg(to).args(more);
        command.env("JIANNUO_HOME", self.path("home")).env("LANG", "en_US.UTF-8").env_remove("LC_ALL").output().unwrap()
    }

    /// Somebody decides on all that is open in these files, each time for the first person; returns their file.
    fn decided(&self, name: &str, files: &[&Path]) -> PathBuf {
        let records: Vec<PersonRecord> = files.iter().map(|file| loaded(file).record).collect();
        let layers: Vec<Layer> = records.iter().map(|record| Layer::of(record.person.clone(), &record.annotations)).collect();
        let judged = judge(&layers, &[]);
        let mut names = (1u128 << 100..).map(Uuid::from_u128);
        let mut changes = Vec::new();
        for at in queue(&judged) {
            let all: Vec<(&Layer, &Tag)> = judged[at].case.tags(&layers).collect();
            let tag = Tag { id: TagId(names.next().unwrap()), ..all[0].1.clone() };
            let option = |(layer, option): &(&Layer, &Tag)| DecisionOption {
                person: layer.person.clone(),
                tag: option.id,
                taken: option.id == all[0].1.id,
            };
            let decision = Decision {
                case: judged[at].key,
                options: all.iter().map(option).collect(),
                outcome: Outcome::Taken,
                tags: vec![tag.id],
                reason: None,
                words: "前者更全".into(),
            };
            let remark = Remark { id: RemarkId(names.next().unwrap()), anchor: tag.anchor.clone(), says: Says::Decision(decision) };
            changes.extend([Change::add_tag(tag), Change::add_remark(remark)]);
        }
        let mut annotations = Annotations::default();
        annotations.apply(&Edit::new(changes), Touch { at: Time(1), hand: Hand::new(7) }).unwrap();
        let person = Person { id: PersonId(Uuid::from_u128(9)), name: name.into() };
        let path = self.path(&format!("{name}.ron"));
        save_person_file(&RealDisk, &path, &PersonRecord { person, annotations, role: Role::Adjudication, ..records[0].clone() }).unwrap();
        path
    }
}

fn loaded(path: &Path) -> LoadedFile {
    load_person_file(&RealDisk, path).unwrap()
}

fn status(output: &Output) -> i32 {
    assert!(output.status.code() != Some(2) || output.stdout.is_empty(), "who could not do it has no result");
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn objects(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn spans(file: &LoadedFile) -> Vec<(u32, u32)> {
    file.record.annotations.order().iter().map(|(span, _)| (span.start().get(), span.end().get())).collect()
}

fn ids(file: &LoadedFile) -> Vec<TagId> {
    file.record.annotations.order().iter().map(|(_, id)| *id).collect()
}

#[test]
fn agreed_files_ask_nothing() {
    let desk = Desk::new();
    let files = [desk.tagged("甲", &[FARMERS, STREET]), desk.tagged("乙", &[FARMERS, STREET])];
    let before = files.each_ref().map(|file| std::fs::read(file).unwrap());
    let to = desk.path("合并.ron");
    let output = desk.merge(&[&files[0], &files[1]], &to, &[]);
    assert_eq!((status(&output), stdout(&output)), (0, ""), "{}", stderr(&output));
    assert!(stderr(&output).contains("2 tags agreed"), "{}", stderr(&output));
    let merged = loaded(&to);
    assert_eq!((merged.seal, &merged.record.role, merged.is_damaged()), (Seal::Intact, &Role::Adjudication, false));
    assert_eq!((merged.record.person.name.as_str(), spans(&merged)), ("Merge", vec![FARMERS, STREET]));
    let decisions: Vec<(Outcome, usize)> =
        merged.record.annotations.decisions().map(|(_, _, decision)| (decision.outcome, decision.options.len())).collect();
    assert_eq!(decisions, [(Outcome::Agreed, 2), (Outcome::Agreed, 2)]);
    assert_eq!(before, files.each_ref().map(|file| std::fs::read(file).unwrap()), "people's files stay as they are");
}

#[test]
fn open_cases_are_listed_and_left_out() {
    let desk = Desk::new();
    let files = [desk.tagged("甲", &[FARMERS, YOUTH, STREET]), desk.tagged("乙", &[FARMERS, (YOUTH.0, YOUTH.1 - 1)])];
    let to = desk.path("合并.ron");
    let output = desk.merge(&[&files[0], &files[1]], &to, &[]);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let lines: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("71–80") && lines[0].contains("boundaries 1 characters apart"), "{lines:?}");
    assert!(lines[1].contains("县城的老街换了新铺面") && lines[1].ends_with("not tagged by 乙"), "{lines:?}");
    assert_eq!(spans(&loaded(&to)), [FARMERS]);
    let output = desk.merge(&[&files[1], &files[0]], &desk.path("另一个.ron"), &["--json"]);
    let objects = objects(&output);
    let sorts: Vec<&Value> = objects.iter().map(|object| &object["case"]["sort"]).collect();
    assert_eq!(sorts, [&Value::from("boundary"), &Value::from("only_some"), &Value::Null]);
    assert_eq!((&objects[0]["standing"], &objects[0]["case"]["characters"]), (&Value::from("open"), &Value::from(1)));
    assert_eq!(objects[0]["case"]["tags"].as_array().unwrap().len(), 2);
    assert_eq!((&objects[2]["tags"], &objects[2]["open"]), (&Value::from(1), &Value::from(2)));
}

#[test]
fn nothing_is_written_over_unasked_and_people_s_tags_never() {
    let desk = Desk::new();
    let file = desk.tagged("甲", &[FARMERS]);
    let to = desk.path("合并.ron");
    std::fs::write(&to, "something else").unwrap();
    assert_eq!(status(&desk.merge(&[&file], &to, &[])), 2);
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "something else");
    assert_eq!(status(&desk.merge(&[&file], &to, &["--force"])), 0);
    assert_eq!(spans(&loaded(&to)), [FARMERS]);
    let before = std::fs::read(&file).unwrap();
    let output = desk.merge(&[&file], &file, &["--force"]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("never writes over"), "{}", stderr(&output));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn what_was_accepted_before_keeps_its_names() {
    let desk = Desk::new();
    let files = [desk.tagged("甲", &[FARMERS, STREET]), desk.tagged("乙", &[FARMERS])];
    let (first, second) = (desk.path("合并.ron"), desk.path("再合并.ron"));
    assert_eq!(status(&desk.merge(&[&files[0], &files[1]], &first, &["--person", "李裁定"])), 1);
    assert_eq!(status(&desk.merge(&[&files[0], &files[1], &first], &second, &[])), 1);
    let (one, other) = (loaded(&first), loaded(&second));
    assert_eq!(one.record.annotations, other.record.annotations, "nothing is new");
    assert_eq!((one.record.person.name.as_str(), &one.record.person), ("李裁定", &other.record.person), "and it is the same person's");
    // Now they agree on more.
    let files = [files[0].clone(), desk.tagged("乙", &[STREET])];
    assert_eq!(status(&desk.merge(&[&files[0], &files[1], &first], &first, &["--force"])), 0);
    let after = loaded(&first);
    assert_eq!((spans(&after), ids(&after)[0]), (vec![FARMERS, STREET], ids(&one)[0]));
}

#[test]
fn what_was_decided_is_taken_over_until_a_tag_changes() {
    let desk = Desk::new();
    let files = [desk.tagged("甲", &[FARMERS, YOUTH]), desk.tagged("乙", &[FARMERS, (YOUTH.0, YOUTH.1 - 1)])];
    let decisions = desk.decided("李裁定", &[&files[0], &files[1]]);
    let to = desk.path("合并.ron");
    let output = desk.merge(&[&files[0], &files[1], &decisions], &to, &[]);
    assert_eq!((status(&output), stdout(&output)), (0, ""), "{}", stderr(&output));
    let merged = loaded(&to);
    assert_eq!((merged.record.person.name.as_str(), spans(&merged)), ("李裁定", vec![FARMERS, YOUTH]));
    assert_eq!(ids(&merged)[1], ids(&loaded(&decisions))[0]);
    // For somebody else nothing but the names of what is agreed on is another.
    let theirs = desk.path("旁人.ron");
    assert_eq!(status(&desk.merge(&[&files[0], &files[1], &decisions], &theirs, &["--person", "旁人"])), 0);
    let theirs = loaded(&theirs);
    assert_eq!((theirs.record.person.name.as_str(), ids(&theirs)[1]), ("旁人", ids(&merged)[1]));
    assert_eq!(theirs.record.annotations.decisions().filter(|(.., decision)| decision.words == "前者更全").count(), 1);
    // Somebody tags over the same words: what was decided there is asked again, and nothing else.
    let third = desk.tagged("丙", &[FARMERS, (YOUTH.0 + 2, YOUTH.1)]);
    let output = desk.merge(&[&files[0], &files[1], &third, &decisions], &desk.path("三人.ron"), &["--json"]);
    let objects = objects(&output);
    assert_eq!((status(&output), objects.len()), (1, 2));
    assert_eq!((&objects[0]["standing"], &objects[0]["case"]["start"]), (&Value::from("changed"), &Value::from(YOUTH.0)));
    assert_eq!(objects[0]["decisions"][0]["words"], "前者更全");
}

#[test]
fn two_who_decide_differently_are_told() {
    let desk = Desk::new();
    let files = [desk.tagged("甲", &[YOUTH]), desk.tagged("乙", &[(YOUTH.0, YOUTH.1 - 1)])];
    let (one, other) = (desk.decided("李裁定", &[&files[0], &files[1]]), desk.decided("周裁定", &[&files[1], &files[0]]));
    let mut second = loaded(&other).record;
    second.person.id = PersonId(Uuid::from_u128(10));
    let other = desk.path("周.ron");
    save_person_file(&RealDisk, &other, &second).unwrap();
    let to = desk.path("合并.ron");
    let output = desk.merge(&[&files[0], &files[1], &one, &other], &to, &["--json"]);
    let objects = objects(&output);
    assert_eq!((status(&output), &objects[0]["standing"]), (1, &Value::from("conflict")));
    assert_eq!(objects[0]["decisions"].as_array().unwrap().len(), 2);
    assert_eq!((loaded(&to).record.person.name.as_str(), spans(&loaded(&to)).len()), ("Merge", 0), "neither of them has decided alone");
}

#[test]
fn files_on_two_texts_need_the_report() {
    let desk = Desk::new();
    let old = desk.tagged("甲", &[FARMERS]);
    let text = std::fs::read_to_string(&desk.report).unwrap();
    std::fs::write(&desk.report, text.replacen("过去一年，", "在过去的一年里，", 1)).unwrap();
    let new = desk.tagged("乙", &[(FARMERS.0 + 3, FARMERS.1 + 3)]);
    let to = desk.path("合并.ron");
    let output = desk.merge(&[&old, &new], &to, &[]);
    assert!(status(&output) == 2 && stderr(&output).contains("--report"), "{}", stderr(&output));
    let output = desk.merge(&[&old, &new], &to, &["--report", desk.report.to_str().unwrap()]);
    assert_eq!(status(&output), 0, "{}{}", stdout(&output), stderr(&output));
    assert_eq!(spans(&loaded(&to)), [(FARMERS.0 + 3, FARMERS.1 + 3)]);
}

#[test]
fn what_cannot_be_merged_says_why() {
    let desk = Desk::new();
    let file = desk.tagged("甲", &[FARMERS]);
    let other = desk.tagged("乙", &[STREET]);
    let decisions = desk.decided("李裁定", &[&file, &other]);
    let text = std::fs::read_to_string(&decisions).unwrap();
    std::fs::write(&decisions, text.replacen("kind: ", "kind ", 1)).unwrap();
    let to = desk.path("合并.ron");
    for files in
        [vec![Path::new("/no/such/file.ron")], vec![file.as_path(), other.as_path(), decisions.as_path()], vec![desk.report.as_path()]]
    {
        let output = desk.merge(&files, &to, &[]);
        assert!(status(&output) == 2 && !stderr(&output).is_empty(), "{files:?}");
        assert!(!to.exists(), "{files:?}");
    }
    let only_report = file.with_file_name("report.ron");
    assert_eq!(status(&desk.merge(&[&only_report], &to, &[])), 2, "there is nobody's tag in it");
    assert_eq!(status(&desk.merge(&[&only_report, &file], &to, &[])), 0);
}
