//! Tags go out in other programs' formats and come back, on the command line.

use crate::store::Sitting;
use jiannuo::annotation::{KindId, TagId};
use jiannuo::exchange::{Format, Shape};
use jiannuo::quantity::{Basis, Measure, Quantity};
use jiannuo::session::{Command as Do, KeepCommand, ReadCommand, Selection, TagCommand};
use jiannuo::store::{RealDisk, load_person_file};
use jiannuo::text::Span;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An invented report with a character beyond the first plane, a tab, quotes, and what spreadsheets take for a formula.
const TEXT: &str = "云溪市2024年政府工作报告\n一、回顾\n𠮷水县生产总值增长8%左右，\"失业率\"为2%。\n二、安排\n=1+1：力争新建\t学校20所；粮食增产-5.2%以内。\n";

/// What is tagged: words, kind, note.
const TAGS: [(&str, &str, &str); 4] = [
    ("𠮷水县生产总值增长8%左右", "indicator", "=HYPERLINK(\"x\")"),
    ("\"失业率\"为2%", "indicator", ""),
    ("=1+1：力争新建\t学校20所", "commitment", "第一行\n第二行"),
    ("-5.2%以内", "target", "-5.2%"),
];

/// A report that 王小明 tagged.
struct Desk {
    folder: tempfile::TempDir,
    sitting: Sitting,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let reports = folder.path().join("reports");
        std::fs::create_dir(&reports).unwrap();
        std::fs::write(reports.join("报告.txt"), TEXT).unwrap();
        let mut sitting = Sitting::new(&folder.path().join("home"));
        sitting.act(Do::Keep(KeepCommand::SetPerson("王小明".into())));
        sitting.open(&reports.join("报告.txt"));
        for (words, kind, note) in TAGS {
            let span = place(words);
            sitting.act(Do::Read(ReadCommand::Select(Selection::of(span))));
            sitting.act(Do::Tag(TagCommand::Make(KindId::new(kind))));
            let tag = sitting.state.document().unwrap().picked[0];
            sitting.act(Do::Tag(TagCommand::SetNote(tag, note.into())));
        }
        sitting.save();
        Self { folder, sitting }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Somebody's file on the report.
    fn file(&self, person: &str) -> PathBuf {
        person_file(&self.path("reports"), person)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiannuo"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("LANG", "en_US.UTF-8").env_remove("LC_ALL").env("JIANNUO_HOME", self.path("home")).output().unwrap()
    }

    /// Exports the tags, with more arguments.
    fn export(&self, format: &str, to: &str, more: &[&str]) -> Output {
        let file = self.file("王小明");
        let arguments = ["export", file.to_str().unwrap(), "--to", format, "-o", to];
        self.run(&[&arguments[..], more].concat())
    }

    /// Imports a file as tags on the report.
    fn import(&self, file: &str, format: &str, person: &str, more: &[&str]) -> Output {
        let arguments = ["import", file, "--from", format, "--report", "reports/报告.txt", "--person", person];
        self.run(&[&arguments[..], more].concat())
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Changes a file as somebody else might.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{text}");
        std::fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }

    /// What somebody tagged: kind, place, note.
    fn tags(&self, person: &str) -> Vec<(String, Span, String)> {
        let record = load_person_file(&RealDisk, &self.file(person)).unwrap().record;
        record.annotations.tags().map(|tag| (tag.kind.as_str().to_owned(), tag.anchor.span, tag.note.clone())).collect()
    }

    /// The names in a folder.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Where words of the report stand.
fn place(words: &str) -> Span {
    let (before, _) = TEXT.split_once(words).unwrap();
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap();
    Span::of(count(before), count(before) + count(words))
}

fn person_file(folder: &Path, person: &str) -> PathBuf {
    let kept = std::fs::read_dir(folder.join("jiannuo")).unwrap().map(|entry| entry.unwrap().path());
    kept.into_iter().find(|path| path.is_dir()).unwrap().join(format!("{person}.ron"))
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn assert_status(output: &Output, status: i32) {
    assert_eq!(output.status.code(), Some(status), "{}\n{}", stdout(output), stderr(output));
}

fn objects(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_format_is_written_and_comes_back_as_somebody_elses_tags() {
    let desk = Desk::new();
    let own = desk.tags("王小明");
    for format in Format::ALL {
        let key = format.key();
        let to = if format.shape() == Shape::Folder { format!("出-{key}") } else { format!("出-{key}.{}", format.ending()) };
        let output = desk.export(key, &to, &["--json"]);
        assert_status(&output, 0);
        let summary = &objects(&output)[0];
        let counts = (summary["tags"].as_u64(), summary["tags_left_out"].as_u64());
        assert_eq!((summary["format"].as_str(), counts), (Some(key), (Some(4), Some(0))));
        let made = if format.shape() == Shape::Folder { format!("{to}/报告.{}", format.ending()) } else { to };
        assert!(!std::fs::read(desk.path(&made)).unwrap().is_empty(), "{key}");
        if !format.is_read() {
            continue;
        }
        let person = format!("李{}", key.replace('-', ""));
        let output = desk.import(&made, key, &person, &[]);
        assert_status(&output, 0);
        let mut expected = own.clone();
        if format == Format::Doccano {
            expected.iter_mut().for_each(|(.., note)| note.clear());
        }
        assert_eq!(desk.tags(&person), expected, "{key}");
        // The same again adds nothing.
        let output = desk.import(&made, key, &person, &["--json"]);
        assert_status(&output, 0);
        assert_eq!((&objects(&output)[0]["written"], &objects(&output)[0]["same"]), (&Value::Null, &Value::from(4)), "{key}");
    }
    assert_eq!(desk.tags("王小明"), own);
    assert!(desk.names(".").iter().all(|name| !name.starts_with('.')), "nothing hidden is left: {:?}", desk.names("."));
}

#[test]
fn files_that_belong_together_lie_together() {
    let desk = Desk::new();
    assert_status(&desk.export("csv", "表.csv", &[]), 0);
    assert_status(&desk.export("csv", "表", &[]), 0);
    assert_status(&desk.export("xmi", "一.xmi", &[]), 0);
    assert_status(&desk.export("brat", ".隐", &[]), 0);
    assert_eq!(desk.names("表"), ["quantities.csv", "tags.csv"]);
    assert_eq!(desk.names(".隐"), ["annotation.conf", "报告.ann", "报告.txt"], "also in a hidden folder");
    assert!(desk.path("表.quantities.csv").is_file() && desk.path("一.TypeSystem.xml").is_file());
    assert_eq!(desk.read("表.csv"), std::fs::read_to_string(desk.path("表").join("tags.csv")).unwrap());
}

#[test]
fn nothing_is_written_over_unasked_and_nothing_half() {
    let desk = Desk::new();
    std::fs::write(desk.path("表.quantities.csv"), "旧").unwrap();
    let before = desk.names(".");
    let output = desk.export("csv", "表.csv", &[]);
    assert_status(&output, 2);
    assert!(stderr(&output).contains("表.quantities.csv") && output.stdout.is_empty());
    assert_eq!((desk.names("."), desk.read("表.quantities.csv")), (before.clone(), "旧".to_owned()));
    assert_status(&desk.export("html", "无此文件夹/页.html", &[]), 2);
    assert_status(&desk.export("brat", "无此文件夹/出", &[]), 2);
    assert_eq!(desk.names("."), before);
    assert_status(&desk.export("csv", "表.csv", &["--force"]), 0);
    assert_ne!(desk.read("表.quantities.csv"), "旧");
    // A folder is never taken for a file.
    assert_status(&desk.export("xlsx", "reports", &["--force"]), 2);
}

#[test]
fn what_is_chosen_is_what_is_written() {
    let desk = Desk::new();
    let lines = |to: &str, more: &[&str]| -> Vec<Value> {
        assert_status(&desk.export("jsonl", to, more), 0);
        desk.read(to).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let kinds = |lines: Vec<Value>| lines.iter().map(|line| line["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds(lines("1.jsonl", &["--kinds", "target,commitment"])), ["commitment", "target"]);
    assert_eq!(kinds(lines("2.jsonl", &["--kinds", "目标", "--people", "王小明"])), ["target"], "by its name in any language");
    let shown = lines("3.jsonl", &["--text", "hant"]);
    assert!(shown[0]["shown"].as_str().unwrap().contains("生產總值增長8%"), "{}", shown[0]);
    assert_eq!(shown[0]["quote"], "𠮷水县生产总值增长8%左右");
    assert_status(&desk.export("csv", "台.csv", &["--text", "tw"]), 0);
    assert!(desk.read("台.csv").contains(",雲溪市2024年政府工作報告,"), "the title, too: {}", desk.read("台.csv"));
    assert_status(&desk.export("csv", "带.csv", &[]), 0);
    assert_status(&desk.export("csv", "不带.csv", &["--no-bom"]), 0);
    assert_eq!(desk.read("带.csv").strip_prefix('\u{FEFF}').unwrap(), desk.read("不带.csv"));
    assert_status(&desk.export("docx", "一.docx", &[]), 0);
    assert_status(&desk.export("docx", "公文.docx", &["--official"]), 0);
    assert_ne!(std::fs::read(desk.path("一.docx")).unwrap(), std::fs::read(desk.path("公文.docx")).unwrap());
}

#[test]
fn what_cannot_be_done_says_why_and_writes_nothing() {
    let desk = Desk::new();
    let before = desk.names(".");
    let wrong: [(&str, &[&str]); 7] = [
        ("klingon", &[]),
        ("csv", &["--official"]),
        ("html", &["--no-bom"]),
        ("brat", &["--text", "hans"]),
        ("csv", &["--people", "无此人"]),
        ("csv", &["--kinds", "slogan"]),
        ("csv", &["--report", "/no/such/report.txt"]),
    ];
    for (format, more) in wrong {
        let output = desk.export(format, "出", more);
        assert_status(&output, 2);
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{format} {more:?}");
    }
    for arguments in [
        vec!["export", "/no/such/file.ron", "--to", "csv", "-o", "出"],
        vec!["export", "reports/报告.txt", "--to", "csv", "-o", "出"],
        vec!["import", "/no/such.csv", "--from", "csv", "--report", "reports/报告.txt", "--person", "李华"],
        vec!["import", "reports/报告.txt", "--from", "html", "--report", "reports/报告.txt", "--person", "李华"],
        vec!["import", "reports/报告.txt", "--from", "xlsx", "--report", "reports/报告.txt", "--person", "李华"],
        vec!["import", "reports/报告.txt", "--from", "w3c", "--report", "reports/报告.txt", "--person", "李华"],
        vec!["import", "reports/报告.txt", "--from", "csv", "--report", "reports/报告.txt", "--person", ""],
    ] {
        let output = desk.run(&arguments);
        assert_status(&output, 2);
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
    assert_eq!(desk.names("."), before);
}

#[test]
fn formulas_are_words_and_numbers_stay_numbers() {
    let desk = Desk::new();
    assert_status(&desk.export("csv", "表.csv", &["--no-bom"]), 0);
    let mut reader = csv::Reader::from_path(desk.path("表.csv")).unwrap();
    let column = |name: &str, heads: &csv::StringRecord| heads.iter().position(|head| head == name).unwrap();
    let heads = reader.headers().unwrap().clone();
    let (quote, note) = (column("quote", &heads), column("note", &heads));
    let rows = reader.records().map(|row| row.unwrap());
    let cells: Vec<(String, String)> = rows.map(|row| (row[quote].to_owned(), row[note].to_owned())).collect();
    assert_eq!((cells[0].1.as_str(), cells[2].0.as_str()), ("'=HYPERLINK(\"x\")", "'=1+1：力争新建\t学校20所"));
    assert_eq!((cells[3].0.as_str(), cells[3].1.as_str()), ("'-5.2%以内", "-5.2%"));
}

#[test]
fn what_was_filled_in_elsewhere_is_shown_and_taken() {
    let desk = Desk::new();
    assert_status(&desk.export("csv", "表.csv", &[]), 0);
    desk.edit("表.csv", ",indicator,𠮷水县", ",target,𠮷水县");
    desk.edit("表.csv", "第二行", "改过");
    let before = desk.tags("王小明");
    let output = desk.import("表.csv", "csv", "王小明", &["--dry-run"]);
    assert_status(&output, 0);
    assert!(stdout(&output).lines().all(|line| line.starts_with("~ ")) && stdout(&output).lines().count() == 2, "{}", stdout(&output));
    assert_eq!(desk.tags("王小明"), before, "a dry run writes nothing");
    let output = desk.import("表.csv", "csv", "王小明", &["--json"]);
    assert_status(&output, 0);
    let lines = objects(&output);
    assert_eq!((&lines[0]["fields"][0]["field"], &lines[0]["fields"][0]["before"]), (&Value::from("kind"), &Value::from("indicator")));
    assert_eq!((&lines[2]["new"], &lines[2]["changed"], &lines[2]["same"]), (&Value::from(0), &Value::from(2), &Value::from(2)));
    let after = desk.tags("王小明");
    assert_eq!((after[0].0.as_str(), after[2].2.as_str()), ("target", "第一行\n改过"));
    assert_eq!(desk.names("reports/jiannuo").len(), 1, "in the user's own file");
}

#[test]
fn what_does_not_fit_is_listed_and_the_rest_taken() {
    let desk = Desk::new();
    assert_status(&desk.export("csv", "表.csv", &[]), 0);
    desk.edit("表.csv", ",indicator,𠮷水县", ",口号,𠮷水县");
    desk.edit("表.csv", "第二行", "改过");
    let output = desk.import("表.csv", "csv", "王小明", &[]);
    assert_status(&output, 1);
    assert!(stdout(&output).lines().any(|line| line.starts_with("? ") && line.contains("口号")), "{}", stdout(&output));
    let after = desk.tags("王小明");
    assert_eq!((after[0].0.as_str(), after[2].2.as_str()), ("indicator", "第一行\n改过"));
    assert_status(&desk.import("表.csv", "csv", "王小明", &["--map", "口号=commitment"]), 0);
    assert_eq!(desk.tags("王小明")[0].0, "commitment");
}

#[test]
fn what_was_changed_here_meanwhile_is_only_taken_when_forced() {
    let mut desk = Desk::new();
    assert_status(&desk.export("jsonl", "出.jsonl", &[]), 0);
    desk.edit("出.jsonl", "\"note\":\"-5.2%\"", "\"note\":\"那边\"");
    let tag: TagId = desk.sitting.state.document().unwrap().annotations.order()[3].1;
    std::thread::sleep(std::time::Duration::from_millis(5));
    desk.sitting.act(Do::Tag(TagCommand::SetNote(tag, "这边".into())));
    desk.sitting.save();
    let output = desk.import("出.jsonl", "jsonl", "王小明", &[]);
    assert_status(&output, 1);
    assert!(stdout(&output).lines().any(|line| line.starts_with("! ")), "{}", stdout(&output));
    assert_eq!(desk.tags("王小明")[3].2, "这边");
    assert_status(&desk.import("出.jsonl", "jsonl", "王小明", &["--force"]), 0);
    assert_eq!(desk.tags("王小明")[3].2, "那边");
}

#[test]
fn labels_of_other_tools_are_kinds_by_the_map() {
    let desk = Desk::new();
    let line = serde_json::json!({ "text": TEXT, "label": [[20, 27, "GDP"], [0, 3, "目标"], [900, 901, "GDP"]] });
    std::fs::write(desk.path("d.jsonl"), line.to_string()).unwrap();
    let output = desk.import("d.jsonl", "doccano", "李华", &["--map", "ORG"]);
    assert_status(&output, 2);
    let output = desk.import("d.jsonl", "doccano", "李华", &["--json", "--dry-run"]);
    assert_status(&output, 1);
    let problems: Vec<Value> = objects(&output).into_iter().filter(|line| line["problem"].is_string()).collect();
    assert_eq!(problems.iter().map(|line| line["problem"].as_str().unwrap()).collect::<Vec<_>>(), ["lost", "unmapped"]);
    let output = desk.import("d.jsonl", "doccano", "李华", &["--map", "GDP=indicator"]);
    assert_status(&output, 1);
    let tags = desk.tags("李华");
    assert_eq!(
        tags.iter().map(|(kind, span, _)| (kind.as_str(), span.start().get())).collect::<Vec<_>>(),
        [("target", 0), ("indicator", 20)]
    );
}

/// What somebody's tags say in numbers.
fn quantities(desk: &Desk, person: &str) -> Vec<Vec<Quantity>> {
    let record = load_person_file(&RealDisk, &desk.file(person)).unwrap().record;
    record.annotations.tags().map(|tag| tag.quantities.clone()).collect()
}

/// A desk on which a number says more than its words.
fn measured() -> Desk {
    let mut desk = Desk::new();
    let tag: TagId = desk.sitting.state.document().unwrap().annotations.order()[0].1;
    let growth = Quantity { measure: Measure::Growth, basis: Basis::Yoy, ..Quantity::of_words("8%左右") };
    desk.sitting.act(Do::Tag(TagCommand::SetQuantities(tag, vec![growth])));
    desk.sitting.save();
    desk
}

fn listed(output: &Output) -> Vec<&str> {
    stdout(output).lines().filter(|line| line.starts_with("? ")).collect()
}

#[test]
fn what_numbers_measure_comes_along_with_the_table_beside() {
    let desk = measured();
    assert_status(&desk.export("csv", "表.csv", &[]), 0);
    assert_status(&desk.export("tsv", "表", &[]), 0);
    for (table, format, person) in [("表.csv", "csv", "李华"), ("表/tags.tsv", "tsv", "赵华")] {
        for written in [true, false] {
            let output = desk.import(table, format, person, &["--json"]);
            assert_status(&output, 0);
            assert_eq!(objects(&output).last().unwrap()["written"].is_string(), written, "{}", stdout(&output));
            assert_eq!(quantities(&desk, person), quantities(&desk, "王小明"), "{table}");
        }
    }
    std::fs::copy(desk.path("表.csv"), desk.path("单.csv")).unwrap();
    let output = desk.import("单.csv", "csv", "张华", &[]);
    assert_status(&output, 1);
    assert!(matches!(listed(&output)[..], [line] if line.contains("table of quantities")), "{}", stdout(&output));
    assert_ne!(quantities(&desk, "张华"), quantities(&desk, "王小明"));
    assert_status(&desk.import("表.quantities.csv", "csv", "张华", &[]), 0);
    assert_eq!(quantities(&desk, "张华"), quantities(&desk, "王小明"));
}

#[test]
fn what_of_a_number_was_changed_is_shown() {
    let desk = measured();
    assert_status(&desk.export("csv", "表.csv", &[]), 0);
    desk.edit("表.quantities.csv", ",8%左右,8,", ",8%左右,8.5,");
    let output = desk.import("表.quantities.csv", "csv", "王小明", &["--json", "--dry-run"]);
    assert_status(&output, 0);
    let field = &objects(&output)[0]["fields"][0];
    assert_eq!(field["field"], "quantities");
    assert_eq!((&field["before"][0]["value"], &field["after"][0]["value"]), (&Value::from("8"), &Value::from("8.5")));
    assert_eq!((&field["before"][0]["words"], &field["after"][0]["measure"]), (&Value::from("8%左右"), &Value::from("growth")));
}

#[test]
fn kinds_of_a_map_are_known_by_their_names_in_every_language() {
    let desk = Desk::new();
    let line = serde_json::json!({ "text": TEXT, "label": [[20, 27, "GDP"]] });
    std::fs::write(desk.path("d.jsonl"), line.to_string()).unwrap();
    for (number, name) in ["indicator", "指标（实绩）", "指標（實績）", "Indicator"].into_iter().enumerate() {
        let person = format!("李{number}");
        let output = desk.import("d.jsonl", "doccano", &person, &["--map", &format!("GDP={name}")]);
        assert_status(&output, 0);
        assert_eq!(desk.tags(&person)[0].0, "indicator", "{name}");
    }
    let output = desk.import("d.jsonl", "doccano", "李华", &["--map", "GDP=口号"]);
    assert_status(&output, 2);
    assert_eq!(stderr(&output).trim(), "There is no such kind: 口号");
}

#[test]
fn what_is_no_whole_file_or_of_another_report_is_told_in_one_sentence() {
    let desk = Desk::new();
    std::fs::write(desk.path("reports/别的.txt"), "另一份报告\n没有一句相同的话。\n").unwrap();
    for (format, file) in [("xmi", "出.xmi"), ("csv", "出.csv"), ("json", "出.json"), ("xlsx", "出.xlsx")] {
        assert_status(&desk.export(format, file, &[]), 0);
        let output = desk.run(&["import", file, "--from", format, "--report", "reports/别的.txt", "--person", "李华"]);
        assert_status(&output, 1);
        assert!(matches!(listed(&output)[..], [line] if line.contains("another report")), "{}", stdout(&output));
        assert_eq!(stdout(&output).lines().count(), 1);
    }
    let text = desk.read("出.json");
    std::fs::write(desk.path("半.json"), text.chars().take(text.chars().count() / 2).collect::<String>()).unwrap();
    let output = desk.import("半.json", "json", "李华", &[]);
    assert_status(&output, 2);
    assert!(output.stdout.is_empty() && stderr(&output).lines().count() == 1, "{}", stderr(&output));
}

#[test]
fn what_a_cell_cannot_hold_is_told_and_is_no_edit() {
    let mut desk = Desk::new();
    let tag: TagId = desk.sitting.state.document().unwrap().annotations.order()[0].1;
    desk.sitting.act(Do::Tag(TagCommand::SetNote(tag, "长".repeat(40_000))));
    desk.sitting.save();
    let output = desk.export("xlsx", "表.xlsx", &["--json"]);
    assert_status(&output, 1);
    assert_eq!(objects(&output)[0]["cells_cut"], 1);
    let output = desk.import("表.xlsx", "xlsx", "王小明", &["--json"]);
    assert_status(&output, 0);
    assert_eq!((&objects(&output)[0]["same"], &objects(&output)[0]["written"]), (&Value::from(4), &Value::Null));
    let output = desk.import("表.xlsx", "xlsx", "李华", &[]);
    assert_status(&output, 1);
    assert_eq!(listed(&output).len(), 1, "{}", stdout(&output));
    assert_eq!(desk.tags("李华")[0].2, "");
}
