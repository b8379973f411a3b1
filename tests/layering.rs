//! The arrows of the house: which room may use which. docs/architecture.md draws them.

use std::path::{Path, PathBuf};

/// Each room and the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("typeset", &["text"]),
    ("quantity", &["text"]),
    ("source", &["text", "quantity"]),
    ("report", &["text", "quantity", "source"]),
    ("annotation", &["text", "quantity", "source", "report"]),
    ("suggest", &["text", "quantity", "source", "report", "annotation"]),
    ("review", &["text", "quantity", "source", "report", "annotation"]),
    ("exchange", &["text", "quantity", "source", "report", "annotation", "suggest", "review"]),
    ("store", &["text", "quantity", "source", "report", "annotation", "suggest", "review"]),
    ("session", &["text", "quantity", "source", "report", "annotation", "suggest", "review", "exchange", "store"]),
    ("locale", &["text", "quantity", "source", "report", "annotation", "suggest", "review", "exchange", "store", "session"]),
    ("cli", &["text", "quantity", "source", "report", "annotation", "suggest", "review", "exchange", "store", "session", "locale"]),
    (
        "ui",
        &["text", "typeset", "quantity", "source", "report", "annotation", "suggest", "review", "exchange", "store", "session", "locale"],
    ),
];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

fn source() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms a text names as `crate::room`, also inside `crate::{a, b}`.
fn rooms_used(text: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut used = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(group.split('}').next().unwrap_or("").split(',').map(|part| word(part.trim()))),
            None => used.push(word(rest)),
        }
    }
    used
}

#[test]
fn every_room_uses_only_what_it_may() {
    for (room, may) in ROOMS {
        let mut files = Vec::new();
        rust_files(&source().join(room), &mut files);
        assert!(!files.is_empty(), "{room} is empty");
        for file in files {
            for used in rooms_used(&std::fs::read_to_string(&file).unwrap()) {
                let known = ROOMS.iter().any(|(name, _)| *name == used);
                assert!(!known || used == *room || may.contains(&used.as_str()), "{} uses {used}", file.display());
            }
        }
    }
}

#[test]
fn every_folder_is_a_room_with_a_purpose() {
    for entry in std::fs::read_dir(source()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        assert!(ROOMS.iter().any(|(room, _)| *room == name), "{name} has no arrows");
        let head = std::fs::read_to_string(entry.join("mod.rs")).unwrap();
        assert!(head.starts_with("//!"), "{name}/mod.rs does not say what the room is for");
    }
}

#[test]
fn only_the_store_reads_clock_environment_and_disk() {
    let outside = ["std::fs", "std::env", "SystemTime::now", "Timestamp::now", "Zoned::now", "File::open"];
    // The window and the commands are the edge; the window also needs to know how long it has waited.
    for room in ["text", "typeset", "quantity", "source", "report", "annotation", "suggest", "review", "exchange", "session", "locale"] {
        let mut files = Vec::new();
        rust_files(&source().join(room), &mut files);
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            for word in outside {
                assert!(!code.contains(word), "{} uses {word}", file.display());
            }
        }
    }
}

#[test]
fn fonts_are_named_in_one_file_only() {
    let mut files = Vec::new();
    rust_files(&source(), &mut files);
    let naming: Vec<PathBuf> = files.into_iter().filter(|file| std::fs::read_to_string(file).unwrap().contains(".ttc")).collect();
    assert_eq!(naming, [source().join("ui").join("fonts.rs")]);
}
