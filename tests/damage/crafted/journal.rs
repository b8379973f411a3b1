//! Odd journals in the user's own folder: what can be read of them comes back, what cannot is said, and none of them
//! makes the program write where no journal of its own would send it.

use super::tags::{tag, tag_with};
use super::{Case, LONGEST, ensure, nested, odd, ron, try_all};
use crate::damage::desk::Desk;
use crate::damage::disk::MemoryDisk;
use crate::damage::journals::{Lines, checked, digits, text_of};
use crate::damage::kept::{cut_off, journal_of, page, tiny};
use jiannuo::session::What;
use std::time::Instant;

/// What must come of a journal at the next start.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Must {
    /// All of it comes back: so many tags.
    All(usize),
    /// Some of it cannot be read, which is said; so many tags come back.
    Part(usize),
    /// It cannot be put in place: that is said, and the journal stays.
    Stay,
    /// There was nothing in it.
    Nothing,
    /// It comes back, or that it does not is said and it stays.
    AllOrStay,
}

/// A disk with nothing but one journal left of a sitting that was cut off.
fn disk_with(bytes: &[u8]) -> MemoryDisk {
    let disk = cut_off();
    let other = journal_of(&disk, &page());
    ["journal", "lock", "source"].iter().for_each(|end| disk.take(&other.with_extension(end)));
    let path = journal_of(&disk, &tiny());
    disk.put(&path, bytes);
    disk
}

/// How many tags the journal holds.
fn all() -> usize {
    let mut desk = Desk::new(disk_with(Lines::of(&cut_off()).text().as_bytes()));
    desk.open(&tiny());
    desk.tags()
}

/// Heads that lead elsewhere, or make no sense.
fn heads(good: &Lines, all: usize) -> Vec<(String, String, Must)> {
    let value = |field: &str| good.head.split_once(&format!("{field}:\"")).unwrap().1.split_once('"').unwrap().0.to_owned();
    let (folder, report, id) = (value("folder"), value("report"), value("person:(id"));
    let short: String = report.chars().take(8).collect();
    let is = |field: &str, from: &str, to: &str| good.with(&format!("{field}:\"{from}\""), &format!("{field}:{to}")).text();
    let mut cases = Vec::new();
    let mut add = |name: &str, text: String, must: Must| cases.push((name.to_owned(), text, must));
    for elsewhere in [
        "/",
        "/etc",
        "",
        ".",
        "..",
        "../..",
        "~/.ssh",
        "/reports",
        "/reports/jiannuo",
        "/reports/jiannuo/",
        "/home/state",
        "C:\\Windows",
        "C:x",
        "\\\\server\\share",
        "file:///etc",
        "/proc/self",
        "/dev/null",
        "NUL",
        "\0",
        "/reports/jiannuo/tiny~00000000",
        "/etc\0/reports/jiannuo/x~00000000",
    ] {
        add(&format!("the folder {elsewhere:?}"), is("folder", &folder, &ron(elsewhere)), Must::Stay);
    }
    for way in ["jiannuo/tiny~", "../reports/jiannuo/tiny~", "/reports/tiny~", "/reports/jiannuo/tiny~x/../../../etc/tiny~"] {
        add(&format!("the folder {way}{short}"), is("folder", &folder, &ron(&format!("{way}{short}"))), Must::Stay);
    }
    add("a folder of 4,000 characters", is("folder", &folder, &ron(&format!("/{}~{short}", "长".repeat(4_000)))), Must::Stay);
    add("a folder that is a number", is("folder", &folder, "5"), Must::Stay);
    for version in ["2", "4294967295", "4294967296", "-1", "\"1\"", "NaN"] {
        add(&format!("version {version}"), good.with("version:1", &format!("version:{version}")).text(), Must::Stay);
    }
    for other in ["", "xyz", "../..", "王"] {
        add(&format!("the report {other:?}"), is("report", &report, &ron(other)), Must::Stay);
        add(&format!("the person {other:?}"), is("person:(id", &id, &ron(other)), Must::Stay);
    }
    add("another report", is("report", &report, &ron(&"0".repeat(64))), Must::Stay);
    add("a report in capitals", is("report", &report, &ron(&report.to_uppercase())), Must::AllOrStay);
    add("a report of 63 digits", is("report", &report, &ron(&report[1..])), Must::Stay);
    add("another person", is("person:(id", &id, "\"01a2028c-30a7-7000-8180-39b4f0c3670f\""), Must::All(0));
    add("an encoding that is not known", is("encoding", "UTF-8", "\"EBCDIC\""), Must::Stay);
    add("no encoding", is("encoding", "UTF-8", "\"\""), Must::Stay);
    add(
        "a reader of the future",
        good.with("person:(", "extractor:Some((format:\"docx\",edition:4294967295)),person:(").text(),
        Must::AllOrStay,
    );
    add("a reader that is not known", good.with("person:(", "extractor:Some((format:\"x\",edition:1)),person:(").text(), Must::Stay);
    add("a field more", good.with("person:(", "colour:\"blue\",person:(").text(), Must::All(all));
    for (what, text) in odd() {
        add(&format!("a person's name: {what}"), is("name", "王小明", &ron(&text)), Must::All(all));
        add(&format!("a report's name: {what}"), is("report_name", "tiny.txt", &ron(&text)), Must::All(all));
    }
    cases
}

/// Journals whose lines are in another order, or that are no journals.
fn wholes(good: &Lines, all: usize) -> Vec<(String, Vec<u8>, Must)> {
    let lines = good.lines();
    let text = good.text();
    let (head, records) = (vec![lines[0].clone()], lines[1..].to_vec());
    let backwards: Vec<String> = records.iter().rev().cloned().collect();
    let other = Lines::of_page(&cut_off());
    let mut cases: Vec<(String, Vec<u8>, Must)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>, must: Must| cases.push((name.to_owned(), bytes, must));
    add("as it should be", text.clone().into(), Must::All(all));
    add("an empty journal", Vec::new(), Must::Nothing);
    add("only line ends", b"\n\n\r\n\n".to_vec(), Must::Nothing);
    add("only a head", text_of(&head).into(), Must::Nothing);
    add("half a head", text.as_bytes()[..100].to_vec(), Must::Nothing);
    add("no head", text_of(&records).into(), Must::Stay);
    add("a text", "青禾县\n2023年\n工作小结\n".into(), Must::Stay);
    add("zeros", vec![0; 4096], Must::Stay);
    add("UTF-16", text.encode_utf16().flat_map(u16::to_le_bytes).collect(), Must::Stay);
    add("brackets without end", format!("{}\n", "(".repeat(300_000)).into(), Must::Stay);
    add("the records backwards", text_of(&[head.clone(), backwards].concat()).into(), Must::All(all));
    add("the head last", text_of(&[records.clone(), head.clone()].concat()).into(), Must::All(all));
    add("the head in the middle", text_of(&[&records[..9], head.as_slice(), &records[9..]].concat()).into(), Must::All(all));
    add("the head twice", text_of(&[head.clone(), lines.clone()].concat()).into(), Must::All(all));
    add("everything twice", text_of(&[lines.clone(), lines.clone()].concat()).into(), Must::All(all));
    add("CRLF", text.replace('\n', "\r\n").into(), Must::All(all));
    add("a byte order mark", format!("\u{FEFF}{text}").into(), Must::All(all));
    add("the journal of another report behind it", format!("{text}{}", other.text()).into(), Must::Part(all));
    add("a line of zeros", text_of(&[head.clone(), vec!["\0".repeat(512)], records.clone()].concat()).into(), Must::Part(all));
    add("half a line at the end", format!("{text}\n{}", &lines[1][..lines[1].len() / 2]).into(), Must::All(all));
    add("half a line and zeros at the end", format!("{text}\n{}{}", &lines[1][..40], "\0".repeat(100)).into(), Must::Part(all));
    add("a wrong line at the end", format!("{text}\n0000000000000000 {}\n", good.records[0]).into(), Must::Part(all));
    let upper = checked(&good.records[0]).replacen(&digits(&good.records[0]), &digits(&good.records[0]).to_uppercase(), 1);
    add("a checksum in capitals", text_of(&[head.clone(), vec![upper], records.clone()].concat()).into(), Must::Part(all));
    let mut invalid = text.clone().into_bytes();
    invalid.extend_from_slice(b"\nabc \xFF\xFE\n");
    add("a line that is no text", invalid, Must::Part(all));
    add("100,000 lines of nothing", format!("{text}{}", "x\n".repeat(100_000)).into(), Must::Part(all));
    cases
}

/// Records with the right checksum, whether they are taken or not.
fn records(good: &Lines, all: usize) -> Vec<(String, String, Must)> {
    let part = Must::Part(all);
    let mut cases = Vec::new();
    let mut add = |name: &str, record: &str, must: Must| cases.push((name.to_owned(), good.and(record).text(), must));
    let record = |tag: String| format!("record(tag({tag}))");
    add("a tag", &record(tag(&[])), Must::All(all + 1));
    add("a tag that stands nowhere", &record(tag_with("span", "(4294967292, 4294967295)")), Must::All(all + 1));
    add("a revision that cannot be raised", &record(tag_with("revision", "18446744073709551615")), Must::All(all + 1));
    for (field, value) in [
        ("span", "(3, 0)"),
        ("span", "(-1, 2)"),
        ("span", "(0, 99999999999)"),
        ("quote", "\"\""),
        ("id", "\"../../etc/passwd\""),
        ("kind", "5"),
        ("created", "\"9999-99-99T00:00:00Z\""),
        ("revision", "-1"),
        ("revision", "1e999"),
        ("origin", "by_robot"),
        ("attributes", "{\"a\": many(\"x\")}"),
        ("ext", "{\"a\": "),
    ] {
        add(&format!("{field}: {value}"), &record(tag_with(field, value)), part);
    }
    for line in [
        "",
        "x",
        "()",
        "record",
        "record()",
        "record(5)",
        "record(tag(()))",
        "record(deleted_tag((id:\"x\")))",
        "record(note(()))",
        "tag(())",
        "head(())",
        "head(5)",
        "corrections",
        "corrections(5)",
        "corrections((parts:{0:true}))",
        "corrections((revision:-1,corrections:()))",
        "corrections((revision:1,corrections:(parts:{-1:true})))",
        "corrections((revision:1,corrections:(fields:[])))",
        "#![enable(implicit_some)]",
        "/*",
        "\"",
    ] {
        add(&format!("the line {line:?}"), line, part);
    }
    let corrections = |revision: u64, what: &str| format!("corrections((revision:{revision},corrections:({what})))");
    add("corrections that are not known", &corrections(99, "fields:{\"colour\":\"blue\"},roles:{0:\"heading9\"}"), part);
    add("corrections of no places", &corrections(99, "parts:{4294967295:true},divided:[4294967295]"), Must::All(all));
    add("corrections that cannot be raised", &corrections(u64::MAX, ""), Must::All(all));
    for depth in [10, 100, 300_000] {
        for (name, value) in nested(depth) {
            let must = if depth == 10 { Must::All(all + 1) } else { part };
            add(&format!("{depth} {name} in ext"), &record(tag_with("ext", format!("{{\"deep\": {value}}}"))), must);
            add(&format!("{depth} {name}"), &value, part);
        }
    }
    add("a line of a megabyte", &"长".repeat(350_000), part);
    for (what, text) in odd() {
        add(&format!("a kind: {what}"), &record(tag_with("kind", ron(&text))), Must::All(all + 1));
    }
    cases
}

#[test]
fn odd_journals_bring_back_what_can_be_read_and_lead_nowhere_else() {
    let (good, all) = (Lines::of(&cut_off()), all());
    let mut cases: Vec<Case<Must>> = Vec::new();
    cases.extend(heads(&good, all).into_iter().map(|(name, text, must)| Case::new(name, text, must)));
    cases.extend(wholes(&good, all).into_iter().map(|(name, bytes, must)| Case::new(name, bytes, must)));
    cases.extend(records(&good, all).into_iter().map(|(name, text, must)| Case::new(name, text, must)));
    try_all("a journal", &cases, |case| {
        let began = Instant::now();
        let mut desk = Desk::new(disk_with(&case.bytes));
        let took = began.elapsed();
        ensure(took < LONGEST, || format!("takes {took:?}"))?;
        let unreadable =
            desk.told().iter().find_map(|what| if let What::Recovered { unreadable, .. } = what { Some(*unreadable) } else { None });
        let (said, stays) = (!desk.told().is_empty(), desk.disk.holds(&case.bytes));
        desk.open(&tiny());
        let tags = desk.tags();
        let fits = match case.must {
            Must::All(wanted) => unreadable == Some(0) && tags == wanted,
            Must::Part(wanted) => unreadable.is_some_and(|count| count > 0) && tags == wanted,
            Must::Stay => unreadable.is_none() && said && stays,
            Must::Nothing => unreadable.is_none_or(|count| count == 0) && tags == 0,
            Must::AllOrStay => unreadable == Some(0) || (said && stays),
        };
        ensure(fits, || {
            format!("must {:?}, but {unreadable:?} are unreadable, {tags} tags, stays {stays}, says {:?}", case.must, desk.told())
        })?;
        ensure(desk.strays().is_empty(), || format!("writes to {:?}", desk.strays()))
    });
}
