//! Odd settings and memories: they are taken within limits, or count as none.

use super::{Case, LONGEST, ensure, nested, odd, ron, try_all};
use crate::damage::desk::Desk;
use crate::damage::kept::{folder_of, memory, saved, tiny};
use jiannuo::session::{Command, KeepCommand};
use jiannuo::store::{Settings, seal, unseal};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Instant;

/// The memory as it is, without its checksum.
fn good() -> String {
    unseal(&saved().get(&memory()).unwrap()).0
}

fn swapped(from: &str, to: &str) -> String {
    let good = good();
    assert!(good.contains(from), "{from}");
    seal(good.replacen(from, to, 1))
}

/// The line of a field.
fn line_of(field: &str) -> String {
    good().lines().map(str::trim).find(|line| line.starts_with(&format!("{field}: "))).unwrap().to_owned()
}

/// The settings that are numbers, and between which they make sense.
/// A number among the settings: its name, how to get it, and what it may be.
type Number = (&'static str, fn(&Settings) -> f32, RangeInclusive<f32>);

const NUMBERS: [Number; 9] = [
    ("text_size", |settings| settings.text_size, 10.0..=48.0),
    ("measure", |settings| settings.measure, 12.0..=80.0),
    ("leading", |settings| settings.leading, 1.0..=4.0),
    ("indent", |settings| settings.indent, 0.0..=8.0),
    ("left_width", |settings| settings.left_width, 100.0..=2000.0),
    ("right_width", |settings| settings.right_width, 100.0..=2000.0),
    ("list_height", |settings| settings.list_height, 60.0..=2000.0),
    ("window", |settings| settings.window.0, 400.0..=10_000.0),
    ("window", |settings| settings.window.1, 300.0..=10_000.0),
];

const ABSURD: [&str; 14] =
    ["0", "-1", "0.0001", "100000", "1e30", "-1e30", "3.5e38", "1e999", "inf", "-inf", "NaN", "-NaN", "4294967296", "\"18\""];

fn numbers() -> Vec<(String, String)> {
    let mut cases = Vec::new();
    for (field, ..) in &NUMBERS[..7] {
        cases.extend(ABSURD.map(|value| (format!("{field} {value}"), swapped(&line_of(field), &format!("{field}: {value},")))));
    }
    for window in ["(0.0, 0.0)", "(-1.0, 860.0)", "(NaN, NaN)", "(inf, 860.0)", "(1280.0, 1e30)", "(1e-30, 1e-30)", "(1280.0,)", "()", "5"]
    {
        cases.push((format!("window {window}"), swapped(&line_of("window"), &format!("window: {window},"))));
    }
    cases
}

/// A reading place with one field said otherwise, for the file that is opened.
fn place(field: &str) -> String {
    let good = good();
    let (key, _) = good.split_once("\n  places: {\n").unwrap().1.split_once(": (").unwrap();
    let hash = jiannuo::report::ReportId::of(&String::from_utf8(saved().get(&tiny()).unwrap()).unwrap());
    assert!(key.contains('"') && good.contains(&hash.to_string()));
    let (before, _) = good.split_once("\n  places: {\n").unwrap();
    seal(format!("{before}\n  places: {{\n    \"{hash}\": ({field}),\n  }},\n)\n"))
}

const PLACES: &[&str] = &[
    "place: 4294967295, view: \"source\"",
    "place: 100000, view: \"\"",
    "place: 0, view: \"../../etc\"",
    "place: 0, view: \"\", used: 18446744073709551615",
    "place: 0, view: \"\", bookmarks: [4294967295, 4294967295, 0, 5]",
    "place: 0, view: \"\", unrepaired: [\"x\", \"\", \"pinyin\"]",
    "place: 0, view: \"\", encoding: \"EBCDIC\"",
    "place: 0, view: \"\", whole: true",
    "place: 0, view: \"\", kept_in: Some(\"\")",
    "place: 0, view: \"\", kept_in: Some(\"elsewhere\")",
    "place: 0, view: \"\", kept_in: Some(\"../elsewhere\")",
    "place: -1, view: \"\"",
    "place: 4294967296, view: \"\"",
    "place: 0",
    "place: 0, view: 5",
];

fn others() -> Vec<(String, String)> {
    let good = good();
    let mut cases: Vec<(String, String)> = PLACES.iter().map(|field| (format!("a place with {field}"), place(field))).collect();
    let many: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    cases.push(("20,000 bookmarks".into(), place(&format!("place: 0, view: \"\", bookmarks: [{}]", many.join(", ")))));
    let recent: Vec<String> = (0..5_000).map(|number| format!("(path: \"../{number}\", title: \"\\u{{202E}}\")")).collect();
    cases.push(("5,000 recent files".into(), swapped("\n  recent: [\n", &format!("\n  recent: [\n    {},\n", recent.join(",\n    ")))));
    for (field, open) in [("settings", "("), ("recent", "["), ("places", "{")] {
        for value in ["5", "None", "\"\"", "[]"] {
            cases.push((
                format!("{field} {value}"),
                swapped(&format!("\n  {field}: {open}"), &format!("\n  {field}: {value}, other: {open}")),
            ));
        }
    }
    for field in ["language", "theme", "paper"] {
        for (what, text) in odd() {
            cases.push((format!("{field}: {what}"), swapped(&line_of(field), &format!("{field}: {},", ron(&text)))));
        }
    }
    for value in ["1", "\"true\"", "None", "yes"] {
        cases.push((format!("justified {value}"), swapped(&line_of("justified"), &format!("justified: {value},"))));
    }
    for depth in [10, 100, 300_000] {
        for (name, value) in nested(depth) {
            cases.push((format!("{depth} {name}"), value.clone()));
            cases.push((
                format!("{depth} {name} in a field of later"),
                swapped("\n  recent: [", &format!("\n  later: {value},\n  recent: [")),
            ));
        }
    }
    for (name, text) in [
        ("an empty file", String::new()),
        ("zeros", "\0".repeat(512)),
        ("only a checksum", seal(String::new())),
        ("a wrong checksum", format!("{good}// sha256 of all above: {}\n", "0".repeat(64))),
        ("no checksum", good.clone()),
        ("two byte order marks", format!("\u{FEFF}\u{FEFF}{}", seal(good.clone()))),
        ("an extension", seal(format!("#![enable(implicit_some)]\n{good}"))),
        ("a person without an id", swapped("id: \"", "id: \"x")),
    ] {
        cases.push((name.to_owned(), text));
    }
    cases
}

#[test]
fn settings_are_taken_within_limits_whatever_a_file_says() {
    let known = Desk::new(saved()).state.person();
    let cases: Vec<Case<()>> = numbers().into_iter().chain(others()).map(|(name, text)| Case::new(name, text, ())).collect();
    try_all("memory.ron", &cases, |case| {
        let disk = saved();
        disk.put(&memory(), case.bytes.clone());
        let began = Instant::now();
        let mut desk = Desk::new(disk);
        for (name, value, range) in &NUMBERS {
            let value = value(desk.state.settings());
            ensure(range.contains(&value), || format!("{name} is {value}"))?;
        }
        // Who the user is stands in a file of its own, too.
        ensure(desk.state.person() == known, || format!("it is {:?}'s", desk.state.person()))?;
        desk.open(&tiny());
        ensure(began.elapsed() < LONGEST, || format!("takes {:?}", began.elapsed()))?;
        let document = desk.state.document().ok_or("the report does not open")?;
        let end = document.report.text().span().end();
        ensure(document.place <= end && document.selection.caret <= end, || format!("it is read at {}", document.place))?;
        ensure(desk.tags() > 0, || "the tags are not shown".into())?;
        desk.tag(40, 46, "target");
        desk.save();
        ensure(desk.state.all_saved(), || format!("cannot be saved: {:?}", desk.told()))?;
        ensure(desk.strays().is_empty(), || format!("writes to {:?}", desk.strays()))
    });
}

#[test]
fn a_name_is_never_a_way_to_another_folder() {
    let cases: Vec<Case<()>> =
        odd().into_iter().map(|(what, text)| Case::new(what, swapped("name: \"王小明\"", &format!("name: {}", ron(&text))), ())).collect();
    try_all("names in memory.ron", &cases, |case| {
        let disk = saved();
        disk.put(&memory(), case.bytes.clone());
        let folder = folder_of(&disk, &tiny());
        disk.take(&folder.join("王小明.ron"));
        let before = disk.files();
        let mut desk = Desk::new(disk);
        desk.open(&tiny());
        desk.tag(40, 46, "target");
        if desk.state.question.is_some() {
            // A name that cannot be one is asked for again.
            desk.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
        }
        desk.save();
        ensure(desk.state.all_saved() && desk.tags() == 1, || format!("cannot be saved: {:?}", desk.told()))?;
        let is_hidden = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with('.');
        let new: Vec<PathBuf> = desk.disk.files().into_iter().filter(|path| !before.contains(path) && !is_hidden(path)).collect();
        let is_file = |path: &PathBuf| path.parent() == Some(folder.as_path()) && path.extension().is_some_and(|end| end == "ron");
        ensure(new.len() == 1 && is_file(&new[0]), || format!("makes {new:?}"))?;
        let name = new[0].file_name().unwrap().to_string_lossy().into_owned();
        ensure(name.len() <= 80 && !name.chars().any(char::is_control), || format!("makes {name:?}"))?;
        ensure(desk.strays().is_empty(), || format!("writes to {:?}", desk.strays()))
    });
}
