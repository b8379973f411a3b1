//! Documents made by other programs, each with the text it should give.

use jiannuo::source::{Extracted, NotAReport, Wish, read};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/originals")
}

/// The files of a folder but for what is expected of them.
fn originals(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let ours = |path: &PathBuf| path.to_string_lossy().ends_with(".expected.txt") || path.to_string_lossy().ends_with(".error.txt");
    let mut files: Vec<PathBuf> = entries.filter(|path| !ours(path)).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder}");
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn extract(path: &Path) -> Result<Extracted, NotAReport> {
    read(&std::fs::read(path).unwrap(), &name(path), Wish::default())
}

/// The lines in which two texts differ, as a person compares them.
fn differences(found: &str, expected: &str) -> String {
    let (found, expected): (Vec<&str>, Vec<&str>) = (found.lines().collect(), expected.lines().collect());
    let mut said = String::new();
    for line in expected.iter().filter(|line| !found.contains(line)) {
        said.push_str(&format!("  - {line}\n"));
    }
    for line in found.iter().filter(|line| !expected.contains(line)) {
        said.push_str(&format!("  + {line}\n"));
    }
    if said.is_empty() { "  the same lines in another order\n".into() } else { said }
}

/// Compares every file of a folder with what is expected of it.
fn compare(folder: &str, expected: impl Fn(&Path) -> PathBuf) {
    let mut wrong = String::new();
    for path in originals(folder) {
        let error = path.with_extension("error.txt");
        if let Ok(expected) = std::fs::read_to_string(&error) {
            let found = extract(&path).err();
            let wanted = match expected.trim() {
                "empty" => NotAReport::Empty,
                "password" => NotAReport::Locked,
                "scan" => NotAReport::Scan,
                other => panic!("{other}"),
            };
            if found != Some(wanted) {
                wrong.push_str(&format!("{}: {found:?}\n", name(&path)));
            }
            continue;
        }
        let expected = std::fs::read_to_string(expected(&path)).unwrap();
        match extract(&path) {
            Ok(found) if found.text == expected => {}
            Ok(found) => wrong.push_str(&format!("{}:\n{}", name(&path), differences(&found.text, &expected))),
            Err(error) => wrong.push_str(&format!("{}: {error}\n", name(&path))),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("expected.txt")
}

#[test]
fn one_report_in_every_format() {
    compare("common", |path| {
        let stem = name(path).split('.').next().unwrap().to_owned();
        path.with_file_name(format!("{stem}.expected.txt"))
    });
}

#[test]
fn word_documents() {
    compare("docx", beside);
}

#[test]
fn open_documents() {
    compare("odt", beside);
}

#[test]
fn web_pages() {
    compare("html", beside);
}

#[test]
fn pdf_files() {
    compare("pdf", beside);
}

#[test]
fn markdown_files() {
    compare("markdown", beside);
}

#[test]
fn books() {
    compare("epub", beside);
}
