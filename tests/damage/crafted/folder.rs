//! Odd indexes and project's files in a folder that came from somebody else: the folder is listed as it is, and nothing
//! outside it is shown, read or written.

use super::{Case, LONGEST, ensure, odd, try_all};
use crate::damage::desk::{Desk, reports};
use crate::damage::disk::{MemoryDisk, at};
use crate::damage::journals::{checked, digits};
use crate::damage::kept::{folder_of, index, project, saved, tiny};
use jiannuo::report::{Field, Pattern};
use jiannuo::session::{Command, Correction, ProjectCommand};
use jiannuo::store::{Disk, Job, seal};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Instant;

/// What lies outside the folder and must not be seen.
const SECRET: &str = "机密：全市生产总值增长6%，新增就业2万人。\n";

/// A disk with the folder and, outside of it, something to be found.
fn disk() -> MemoryDisk {
    let disk = saved();
    for path in ["secret.txt", "etc/passwd", "etc/passwd.txt", "elsewhere/jiannuo/secret~00000000/report.ron"] {
        disk.put(&at(path), SECRET);
    }
    disk
}

/// The index as it is, taken apart.
struct Lines {
    head: String,
    /// The card of the plain report, and all others.
    tiny: Value,
    others: Vec<String>,
    /// Whether each line begins with its checksum.
    are_checked: bool,
}

impl Lines {
    fn of(disk: &MemoryDisk) -> Self {
        let text = String::from_utf8(disk.get(&index()).unwrap()).unwrap();
        let are_checked = text.lines().next().and_then(|line| line.split_once(' ')).is_some_and(|(hash, rest)| hash == digits(rest));
        let said = |line: &str| if are_checked { line.split_once(' ').unwrap().1.to_owned() } else { line.to_owned() };
        let mut lines = text.lines().map(said);
        let head = lines.next().unwrap();
        let (tiny, others): (Vec<String>, Vec<String>) = lines.partition(|line| line.contains("\"path\":\"tiny.txt\""));
        Self { head, tiny: serde_json::from_str(&tiny[0]).unwrap(), others, are_checked }
    }

    /// An index of these lines.
    fn text(&self, lines: impl IntoIterator<Item = String>) -> String {
        let lines = lines.into_iter().map(|line| if self.are_checked { checked(&line) } else { line });
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// The index with the plain report's card in another shape.
    fn with(&self, line: String) -> String {
        self.text([self.head.clone()].into_iter().chain(self.others.iter().cloned()).chain([line]))
    }

    /// The same with a part of the card changed.
    fn changed(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut card = self.tiny.clone();
        change(&mut card);
        self.with(card.to_string())
    }
}

/// Paths that lead out of the folder, or nowhere.
fn ways_out() -> Vec<String> {
    let mut ways: Vec<String> = [
        "../secret.txt",
        "../etc/passwd",
        "../../../../etc/passwd.txt",
        "/secret.txt",
        "/etc/passwd",
        "/etc/passwd.txt",
        "..",
        ".",
        "",
        "/",
        "//secret.txt",
        "./../secret.txt",
        "tiny.txt/../../secret.txt",
        "jiannuo/../../secret.txt",
        "旧/../../secret.txt",
        "../reports/../secret.txt",
        "../elsewhere",
        "/elsewhere",
        "../elsewhere/jiannuo/secret~00000000",
        "/elsewhere/jiannuo/secret~00000000",
        "C:\\Windows\\win.ini",
        "C:secret.txt",
        "C:/secret.txt",
        "\\secret.txt",
        "..\\secret.txt",
        "\\\\server\\share\\x.txt",
        "\\\\?\\C:\\x.txt",
        "file:///etc/passwd",
        "~/secret.txt",
        "$HOME/secret.txt",
        "/dev/zero",
        "/proc/self/environ",
    ]
    .map(str::to_owned)
    .into();
    ways.extend(odd().into_iter().map(|(_, text)| text));
    ways
}

/// Values for a field of the card, none of which it can have.
const VALUES: &[(&str, &str)] = &[
    ("stamp", "[-1, 0]"),
    ("stamp", "[18446744073709551616, 0]"),
    ("stamp", "[1.5, 0]"),
    ("stamp", "[1e999, 0]"),
    ("stamp", "[]"),
    ("stamp", "[0, 0, 0]"),
    ("stamp", "\"0\""),
    ("state", "5"),
    ("state", "{}"),
    ("state", "[]"),
    ("state report", "\"xyz\""),
    ("state report", "5"),
    ("state report", "\"../../etc/passwd\""),
    ("state format", "\"wordperfect\""),
    ("state format", "null"),
    ("state script", "\"arab\""),
    ("state script", "\"\""),
    ("state characters", "-1"),
    ("state characters", "4294967296"),
    ("state characters", "1e30"),
    ("state facts", "[]"),
    ("state facts", "{\"title\": 5}"),
    ("state facts", "{\"title\": {\"deep\": {}}}"),
    ("state parts", "{}"),
    ("state parts", "[[\"x\", {}]]"),
    ("state parts", "[[-1, {}]]"),
    ("state parts", "[[0]]"),
    ("people", "5"),
    ("people", "[[5, {}]]"),
    ("people", "[[\"王小明\", {\"x\": {}}]]"),
    ("people", "[[\"王小明\", {\"0\": {\"target\": -1}}]]"),
    ("people", "[[\"王小明\", {\"0\": {\"target\": 1e999}}]]"),
    ("people", "[[\"王小明\", {\"0\": {\"target\": 18446744073709551616}}]]"),
    ("kept", "[[\"x\", -1, 0]]"),
    ("kept", "[[\"x\"]]"),
    ("kept", "{}"),
    ("trouble", "5"),
    ("path", "5"),
    ("path", "null"),
];

fn cards(good: &Lines) -> Vec<(String, Vec<u8>)> {
    let disk = disk();
    let stamp = |path: &str| disk.about(&at(path)).map(|about| (about.stamp.len, about.stamp.modified)).unwrap_or_default();
    let folder = folder_of(&disk, &tiny()).file_name().unwrap().to_string_lossy().into_owned();
    let mut cases: Vec<(String, String)> = Vec::new();
    for way in ways_out() {
        let name: String = way.chars().take(40).collect();
        let stamp = stamp(way.trim_start_matches(['.', '/']));
        cases.push((format!("a card of {name:?}"), good.changed(|card| (card["path"], card["stamp"]) = (json!(way), json!(stamp)))));
        let failed = json!({"path": way, "stamp": stamp, "trouble": "damaged"}).to_string();
        cases.push((format!("a card of {name:?} that does not open"), good.with(failed)));
        let away = |card: &mut Value| (card["state"]["folder"], card["kept"], card["people"]) = (json!(way), json!([]), json!([]));
        cases.push((format!("tags kept in {name:?}"), good.changed(away)));
        let deeper = format!("{way}/jiannuo/{folder}");
        let away = |card: &mut Value| (card["state"]["folder"], card["kept"], card["people"]) = (json!(deeper), json!([]), json!([]));
        cases.push((format!("tags kept in jiannuo of {name:?}"), good.changed(away)));
        cases.push((format!("a file kept in {name:?}"), good.changed(|card| card["kept"] = json!([[way, stamp.0, stamp.1]]))));
    }
    for (field, value) in VALUES {
        let mut card = good.tiny.clone();
        match field.strip_prefix("state ") {
            Some(inner) => card["state"][inner] = json!("HERE"),
            None => card[*field] = json!("HERE"),
        }
        // Put in as it stands: JSON cannot hold all of it.
        cases.push((format!("{field} {value}"), good.with(card.to_string().replacen("\"HERE\"", value, 1))));
    }
    cases.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}

/// Indexes that are odd as a whole.
fn wholes(good: &Lines) -> Vec<(String, Vec<u8>)> {
    let card = good.tiny.to_string();
    let text = good.with(card.clone());
    let head: Value = serde_json::from_str(&good.head).unwrap();
    let headed = |field: &str, value: Value| {
        let mut head = head.clone();
        head[field] = value;
        good.text([head.to_string(), card.clone()]).into_bytes()
    };
    let lines = |line: &str| good.with(line.to_owned()).into_bytes();
    let deep = |open: &str, close: &str, depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    let mut cases: Vec<(&str, Vec<u8>)> = vec![
        ("as it should be", text.clone().into()),
        ("an empty file", Vec::new()),
        ("zeros", vec![0; 4096]),
        ("a text", "青禾县".into()),
        ("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a byte order mark", format!("\u{FEFF}{text}").into()),
        ("CRLF", text.replace('\n', "\r\n").into()),
        ("no text", text.clone().into_bytes().into_iter().map(|byte| byte | 0x80).collect()),
        ("the edition of the future", headed("edition", json!(4_294_967_295u32))),
        ("edition -1", headed("edition", json!(-1))),
        ("edition \"1\"", headed("edition", json!("1"))),
        ("edition 1.0", headed("edition", json!(1.0))),
        ("another program", headed("program", json!("../../etc/passwd"))),
        ("no program", headed("program", json!(null))),
        ("a word more in the head", headed("colour", json!("blue"))),
        ("no head", good.text([card.clone()]).into()),
        ("two heads", good.with(good.head.clone()).into()),
        ("a card twice", good.text([good.head.clone(), card.clone(), card.clone()]).into()),
        ("half a card", lines(&card.chars().take(card.chars().count() / 2).collect::<String>())),
        ("a card without its end", lines(card.trim_end_matches('}'))),
        ("a card and words", lines(&format!("{card} 甲"))),
        ("a field twice", lines(&card.replacen("\"path\"", "\"path\":\"x\",\"path\"", 1))),
        ("half a surrogate", lines(&card.replacen("tiny.txt", "\\ud800.txt", 1))),
        ("NUL in a path", lines(&card.replacen("tiny.txt", "tiny.txt\\u0000.md", 1))),
        ("a number that is none", lines(&card.replacen("\"characters\":", "\"characters\":NaN,\"other\":", 1))),
        ("null", lines("null")),
        ("a list", lines("[]")),
        ("a comma more", lines(&card.replacen('{', "{,", 1))),
        ("100 lists", lines(&deep("[", "]", 100))),
        ("a million lists", lines(&deep("[", "]", 1_000_000))),
        ("200,000 objects", lines(&deep("{\"a\":", "}", 200_000))),
        ("a fact in 1,000 lists", lines(&card.replacen("\"facts\":{", &format!("\"facts\":{{\"x\":{},", deep("[", "]", 1_000)), 1))),
        ("a line of a megabyte", lines(&"长".repeat(350_000))),
        ("a title of a megabyte", good.changed(|card| card["state"]["facts"]["title"] = json!("长".repeat(350_000))).into()),
        ("100,000 empty objects", lines(&vec!["{}"; 100_000].join("\n"))),
    ];
    let somewhere = |number: usize| json!({"path": format!("{number}.txt"), "stamp": [1, 1], "trouble": "damaged"}).to_string();
    cases.push(("20,000 files that are not there", good.text([good.head.clone()].into_iter().chain((0..20_000).map(somewhere))).into()));
    cases.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// The files of the folder as the grid names them.
fn names(desk: &Desk) -> Vec<String> {
    let cards = desk.state.project.as_ref().map(|project| project.cards.clone()).unwrap_or_default();
    cards.iter().map(|card| card.inside.clone()).collect()
}

#[test]
fn an_odd_index_shows_and_touches_nothing_outside_its_folder() {
    let good = Lines::of(&saved());
    let all = cards(&good).into_iter().chain(wholes(&good));
    let cases: Vec<Case<()>> = all.map(|(name, bytes)| Case::new(name, bytes, ())).collect();
    try_all("index.jsonl", &cases, |case| {
        let disk = disk();
        disk.put(&index(), case.bytes.clone());
        let mut desk = Desk::new(disk);
        let began = Instant::now();
        desk.act(Command::Project(ProjectCommand::Open(reports())));
        let took = began.elapsed();
        ensure(took < LONGEST, || format!("takes {took:?}"))?;
        ensure(names(&desk) == ["page.html", "tiny.txt"], || format!("lists {:?}", names(&desk)))?;
        // What the cards say is used: to find words, and to put corrections where each report's are kept.
        desk.act(Command::Project(ProjectCommand::Run(Job::Find(Pattern::words("机密").unwrap()))));
        let found = desk.state.project.as_ref().and_then(|project| project.work.as_ref()).map_or(0, |work| work.hits.len());
        ensure(found == 0, || "finds what lies outside".into())?;
        let paths: Vec<PathBuf> = desk.state.project.as_ref().unwrap().cards.iter().map(|card| card.path.clone()).collect();
        let correct = |path: PathBuf| Correction { path, part: None, field: Field::Issuer, value: Some("青禾县统计局".into()) };
        desk.act(Command::Project(ProjectCommand::Correct(paths.into_iter().map(correct).collect())));
        ensure(desk.strays().is_empty(), || format!("writes to {:?}", desk.strays()))?;
        ensure(desk.peeped().is_empty(), || format!("looks at {:?}", desk.peeped()))?;
        desk.open(&tiny());
        let issuer = desk.state.document().and_then(|document| document.report.facts().get(Field::Issuer).map(str::to_owned));
        ensure(issuer.as_deref() == Some("青禾县统计局"), || format!("the correction is not where the report's are: {issuer:?}"))
    });
}

#[test]
fn a_project_s_file_marks_its_folder_whatever_it_says() {
    let contents = [
        ("nothing", String::new()),
        ("another format", seal("(format: \"jiannuo report\", version: 1)".into())),
        ("version 2", seal("(format: \"jiannuo project\", version: 2, minor: 0)".into())),
        ("version -1", seal("(format: \"jiannuo project\", version: -1)".into())),
        ("a way out", seal("(format: \"jiannuo project\", version: 1, kept_in: \"../../elsewhere\")".into())),
        ("brackets without end", "(".repeat(300_000)),
        ("zeros", "\0".repeat(512)),
        ("a broken checksum", seal("(format: \"jiannuo project\", version: 1)".into()).replace("version: 1", "version: 3")),
    ];
    let cases: Vec<Case<()>> = contents.into_iter().map(|(name, text)| Case::new(name, text, ())).collect();
    try_all("project.ron", &cases, |case| {
        let disk = disk();
        disk.put(&project(), case.bytes.clone());
        let deeper = reports().join("旧").join("tiny.txt");
        disk.put(&deeper, disk.get(&tiny()).unwrap());
        let mut desk = Desk::new(disk);
        desk.act(Command::Project(ProjectCommand::Open(reports())));
        ensure(names(&desk) == ["page.html", "tiny.txt", "旧/tiny.txt"], || format!("lists {:?}", names(&desk)))?;
        desk.open(&deeper);
        ensure(desk.tags() > 0, || "a report below does not have its tags".into())?;
        desk.tag(40, 46, "target");
        desk.save();
        ensure(desk.state.all_saved() && desk.strays().is_empty(), || format!("writes to {:?}, says {:?}", desk.strays(), desk.told()))?;
        ensure(desk.disk.get(&project()).as_ref() == Some(&case.bytes), || "it was written over".into())
    });
}
