//! The commands as a shell sees them.

use crate::store::{Sitting, place};
use jiannuo::session::{Command as Do, KeepCommand};
use std::path::Path;
use std::process::{Command, Output};

fn jiannuo(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jiannuo")).args(arguments).env("LANG", "en_US.UTF-8").env_remove("LC_ALL").output().unwrap()
}

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/reports/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn text_prints_the_text_and_nothing_else() {
    for (path, text) in crate::shared::all() {
        let output = jiannuo(&["text", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", path.display());
        assert!(stdout(&output) == text, "{}", path.display());
    }
}

#[test]
fn text_in_a_script_and_as_json() {
    let output = jiannuo(&["text", "--script", "hant", &fixture("tiny.txt")]);
    assert!(stdout(&output).contains('產') || stdout(&output).contains('報'), "{}", stdout(&output));
    let output = jiannuo(&["text", "--json", &fixture("tiny.txt")]);
    let object: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    let text: Vec<char> = std::fs::read_to_string(fixture("tiny.txt")).unwrap().chars().collect();
    assert_eq!(object["encoding"], "UTF-8");
    assert_eq!(object["sha256"].as_str().unwrap().len(), 64);
    for paragraph in object["paragraphs"].as_array().unwrap() {
        let (start, end) = (paragraph["start"].as_u64().unwrap() as usize, paragraph["end"].as_u64().unwrap() as usize);
        assert_eq!(paragraph["view_text"].as_str().unwrap(), text[start..end].iter().collect::<String>());
    }
}

#[test]
fn text_of_a_document_comes_from_a_process_of_its_own_and_is_the_same() {
    let folder = format!("{}/tests/fixtures/originals", env!("CARGO_MANIFEST_DIR"));
    let expected = std::fs::read_to_string(format!("{folder}/common/report-hans.expected.txt")).unwrap();
    for ending in ["docx", "odt", "pdf", "page.html", "epub", "md"] {
        let output = jiannuo(&["text", &format!("{folder}/common/report-hans.{ending}")]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(0), expected.as_str()), "{ending}");
    }
    let path = format!("{folder}/pdf/running-heads.pdf");
    let output = jiannuo(&["text", "--json", &path]);
    let object: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((object["format"].as_str(), object["encoding"].is_null()), (Some("pdf"), true));
    let pages: Vec<u64> = object["paragraphs"].as_array().unwrap().iter().filter_map(|paragraph| paragraph["page"].as_u64()).collect();
    assert!(pages.is_sorted() && pages.first() == Some(&1) && pages.last() == Some(&8), "{pages:?}");
    let (main, whole) = (jiannuo(&["text", &path]), jiannuo(&["text", "--whole", &path]));
    assert!(!stdout(&main).contains("共 8 页") && stdout(&whole).contains("共 8 页"), "running heads are there if wanted");
}

#[test]
fn undecodable_bytes_are_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.txt");
    std::fs::write(&path, [&"全市生产总值增长".repeat(20).into_bytes()[..], b"\xFF", "百分之六".as_bytes()].concat()).unwrap();
    let output = jiannuo(&["text", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains('\u{FFFD}'));
    assert!(String::from_utf8_lossy(&output.stderr).contains("damaged.txt"));
}

#[test]
fn what_cannot_be_done_says_why() {
    for arguments in [
        vec!["text", "/no/such/file"],
        vec!["check", "/no/such/file.ron"],
        vec!["nonsense", "--x"],
        vec!["text", "--encoding", "klingon", "x"],
    ] {
        let output = jiannuo(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version() {
    for (flag, expected) in [("--help", "check"), ("--version", env!("CARGO_PKG_VERSION"))] {
        let output = jiannuo(&[flag]);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains(expected));
    }
}

/// The one person's file below a folder.
fn person_file(folder: &Path) -> String {
    let kept = folder.join("jiannuo");
    let report = std::fs::read_dir(kept).unwrap().next().unwrap().unwrap().path();
    report.join("王小明.ron").to_str().unwrap().to_owned()
}

#[test]
fn check_finds_tags_that_slipped() {
    let (folder, report) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Do::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    sitting.tag(10, 18, "target");
    sitting.tag(200, 210, "indicator");
    sitting.save();
    let file = person_file(report.parent().unwrap());
    let output = jiannuo(&["check", &file]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // A character more before the second tag: it no longer stands on its words, the first does.
    let text = std::fs::read_to_string(&report).unwrap();
    let changed: String = text.chars().take(100).chain(['新']).chain(text.chars().skip(100)).collect();
    std::fs::write(&report, changed).unwrap();
    let output = jiannuo(&["check", &file, "--report", report.to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stdout(&output));
}
