//! Odd files of a report: the report still opens with its text and its tags, and what was not taken is said.

use super::{Case, Must, ensure, go_on, nested, odd, open, ron, try_all};
use crate::damage::desk::Desk;
use crate::damage::kept::{page, person_file, report_file, saved, tiny};
use jiannuo::report::Field;
use jiannuo::session::{Command, ReportCommand};
use jiannuo::store::{load_person_file, seal, unseal};
use std::path::Path;

/// The file of a report as it is, without its checksum.
fn good(report: &Path) -> String {
    let disk = saved();
    unseal(&disk.get(&report_file(&disk, report)).unwrap()).0
}

/// The same with something else in one place, sealed.
fn swapped(report: &Path, from: &str, to: &str) -> String {
    let good = good(report);
    assert!(good.contains(from), "{from}");
    seal(good.replacen(from, to, 1))
}

/// The text of a field that stands on a line of its own.
fn line_of(report: &Path, field: &str) -> String {
    good(report).lines().map(str::trim).find(|line| line.starts_with(&format!("{field}: "))).unwrap().to_owned()
}

/// The file of the plain report with these corrections and no others.
fn corrected(corrections: &str) -> String {
    let good = good(&tiny());
    let (before, rest) = good.split_once("\n  corrections: (").unwrap();
    let (_, after) = rest.split_once("\n  ext: ").unwrap();
    seal(format!("{before}\n  corrections: {corrections},\n  ext: {after}"))
}

/// Places in and behind the text, each with a value.
fn everywhere(value: &str, places: impl Iterator<Item = u32>) -> String {
    let pairs: Vec<String> = places.map(|place| format!("{place}: {value}")).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// Corrections that cannot be read, or say what nobody knows.
const SENSELESS: &[&str] = &[
    "5",
    "None",
    "Some(())",
    "(fields: [])",
    "(fields: {5: \"x\"})",
    "(fields: {\"place\": 5})",
    "(fields: {\"place\": None})",
    "(fields: {\"colour\": \"blue\"})",
    "(fields: {\"\": \"x\"})",
    "(fields: {\"Place\": \"青禾县\"})",
    "(fields: {\"place\": \"a\"}, fields: {\"place\": \"b\"})",
    "(part_fields: {13: {\"colour\": \"blue\"}})",
    "(part_fields: {13: 5})",
    "(part_fields: {-1: {}})",
    "(parts: {\"x\": true})",
    "(parts: {-1: true})",
    "(parts: {4294967296: true})",
    "(parts: {1.5: true})",
    "(parts: {1e9: true})",
    "(parts: {NaN: true})",
    "(parts: {13: 1})",
    "(parts: {13: maybe})",
    "(roles: {0: 5})",
    "(roles: {0: \"heading9\"})",
    "(roles: {0: \"\"})",
    "(roles: {0: heading1})",
    "(roles: [\"title\"])",
    "(joined: {})",
    "(joined: [-1])",
    "(joined: [\"13\"])",
    "(divided: [1e3])",
    "(divided: [inf])",
    "(divided: [99999999999999999999])",
    "(divided: [[1]])",
    "(sentences: [1])",
    "(sentences: {1: \"true\"})",
];

fn plain() -> Vec<(String, Vec<u8>, Must)> {
    let report = tiny();
    let all = tags(&report);
    let (load, say, hold) = (Must::Load(all), Must::Say(all), Must::Hold(all));
    let good = good(&report);
    let sealed = seal(good.clone());
    let hash = line_of(&report, "report").chars().skip("report: \"".len()).take(64).collect::<String>();
    let original = line_of(&report, "original");
    let is = |from: &str, to: &str| swapped(&report, from, to).into_bytes();
    let mut cases: Vec<(String, Vec<u8>, Must)> = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>, must: Must| cases.push((name.to_owned(), bytes, must));
    for (name, bytes) in [
        ("an empty file", Vec::new()),
        ("only space", b" \n\t".to_vec()),
        ("only a comment", "// 无".into()),
        ("only an open comment", "/* 无".into()),
        ("only a checksum", seal(String::new()).into()),
        ("only brackets", "()".into()),
        ("zeros", vec![0; 4096]),
        ("a text", "青禾县2023年工作小结".into()),
        ("a person's file", saved().get(&person_file(&saved(), &report)).unwrap()),
        ("half of it", sealed.as_bytes()[..sealed.len() / 2].to_vec()),
        ("UTF-16", sealed.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a byte order mark in every line", sealed.replace('\n', "\n\u{FEFF}").into()),
        ("NUL between two fields", seal(good.replacen("  name:", "\0  name:", 1)).into()),
        ("words behind the checksum", format!("{sealed}甲").into()),
        ("a wrong checksum", sealed.replacen("青禾县", "青木县", 1).into()),
        ("a bracket too many", seal(format!("{good})")).into()),
    ] {
        add(name, bytes, say);
    }
    add("two byte order marks", format!("\u{FEFF}\u{FEFF}{sealed}").into(), load);
    add("CRLF", sealed.replace('\n', "\r\n").into(), load);
    add("no checksum", good.clone().into(), load);
    add("two checksums", seal(sealed.clone()).into(), load);
    add("an extension", seal(format!("#![enable(implicit_some, unwrap_newtypes)]\n{good}")).into(), Must::LoadOrSay(all, all));
    for (from, to, must) in [
        ("jiannuo report", "jiannuo annotations", say),
        ("jiannuo report", "", say),
        ("version: 1,", "version: 2,", say),
        ("version: 1,", "version: 4294967295,", say),
        ("version: 1,", "version: 4294967296,", say),
        ("version: 1,", "version: -1,", say),
        ("version: 1,", "version: \"1\",", say),
        ("version: 1,", "", say),
        ("minor: 0,", "minor: 4294967295,", load),
        ("minor: 0,", "minor: -1,", say),
        ("name: \"tiny.txt\",", "", say),
        ("name: \"tiny.txt\",", "name: 5,", say),
        ("name: \"tiny.txt\",", "name: \"tiny.txt\", name: \"other.txt\",", say),
        (hash.as_str(), "0000000000000000000000000000000000000000000000000000000000000000", say),
        (hash.as_str(), "xyz", say),
        (hash.as_str(), "", say),
        (&hash[1..], "", say),
        (&hash[..2], "+f", say),
        (original.as_str(), "", say),
        (original.as_str(), "original: \"../../etc/passwd\",", load),
        (original.as_str(), "original: \"\",", load),
        ("encoding: \"UTF-8\"", "encoding: \"utf8\"", load),
        ("encoding: \"UTF-8\"", "encoding: \"EBCDIC\"", say),
        ("encoding: \"UTF-8\"", "encoding: \"\"", say),
        ("encoding: \"UTF-8\"", "encoding: 5", say),
        // Read so, the text would be another and have no tags.
        ("encoding: \"UTF-8\"", "encoding: \"GB18030\"", say),
        ("encoding: \"UTF-8\"", "encoding: \"UTF-16LE\"", say),
        ("encoding: \"UTF-8\",\n  encoding_chosen: false", "encoding: \"Big5-HKSCS\",\n  encoding_chosen: true", say),
        ("encoding_chosen: false", "encoding_chosen: 0", say),
        ("encoding_chosen: false", "encoding_chosen: false, colour: \"blue\"", load),
        ("encoding_chosen: false", "encoding_chosen: false, left_out: 1", say),
        ("encoding_chosen: false", "encoding_chosen: false, extractor: Some((format: \"docx\", edition: 1))", hold),
        ("encoding_chosen: false", "encoding_chosen: false, layout: [\"4294967295 page 4294967295\"]", hold),
    ] {
        add(&format!("{to} for {from}"), is(from, to), must);
    }
    add("a report in capitals", is(&hash, &hash.to_uppercase()), load);
    let revision = line_of(&report, "corrections_revision");
    for (value, must) in
        [("18446744073709551615", load), ("18446744073709551616", say), ("-1", say), ("\"1\"", say), ("1.5", say), ("inf", say)]
    {
        add(&format!("corrections changed {value} times"), is(&revision, &format!("corrections_revision: {value},")), must);
    }
    for senseless in SENSELESS {
        add(&format!("corrections {senseless}"), corrected(senseless).into(), say);
    }
    add("a correction more", corrected("(colour: \"blue\")").into(), hold);
    add("a place twice", corrected("(parts: {13: true, 13: false})").into(), hold);
    let beyond = || [326, 327, 99_999, u32::MAX - 1, u32::MAX].into_iter();
    for places in [
        format!("(parts: {}, sentences: {})", everywhere("true", beyond()), everywhere("false", beyond())),
        format!("(roles: {}, part_fields: {})", everywhere("\"title\"", beyond()), everywhere("{\"title\": \"x\"}", beyond())),
        format!("(joined: {0:?}, divided: {0:?})", beyond().collect::<Vec<u32>>()),
        format!("(parts: {})", everywhere("true", 0..20_000)),
        format!("(parts: {0}, roles: {1}, sentences: {0})", everywhere("true", 0..400), everywhere("\"heading1\"", 0..400)),
        format!("(joined: {0:?}, divided: {0:?})", (0..400).collect::<Vec<u32>>()),
        format!("(divided: {:?}, parts: {})", (0..20_000).collect::<Vec<u32>>(), everywhere("true", 0..400)),
    ] {
        add(&format!("places {}", places.chars().take(60).collect::<String>()), corrected(&places).into(), load);
    }
    for field in Field::ALL {
        for value in ["\u{202E}../../x\0", "", "9999999999-99-99", "去年", "-1/0", "十九八五"] {
            let key = field.key();
            add(&format!("{key} {value:?}"), corrected(&format!("(fields: {{\"{key}\": {}}})", ron(value))).into(), hold);
        }
    }
    for (what, text) in odd() {
        add(&format!("a title: {what}"), corrected(&format!("(fields: {{\"title\": {}}})", ron(&text))).into(), load);
        add(&format!("a name: {what}"), is("\"tiny.txt\"", &ron(&text)), load);
    }
    for depth in [10, 100, 300_000] {
        for (name, value) in nested(depth) {
            add(&format!("{depth} {name} and nothing else"), value.clone().into(), say);
            let must = if depth == 10 { load } else { say };
            add(&format!("{depth} {name} in ext"), is("\n  ext: {\n", &format!("\n  ext: {{\n    \"deep\": {value},\n")), must);
        }
    }
    cases
}

/// Odd files of a report whose text was extracted.
fn extracted() -> Vec<(String, Vec<u8>, Must)> {
    let report = page();
    let all = tags(&report);
    let (load, say, hold) = (Must::Load(all), Must::Say(all), Must::Hold(all));
    let is = |from: &str, to: &str| swapped(&report, from, to).into_bytes();
    let encoding = line_of(&report, "encoding");
    let mut cases: Vec<(String, Vec<u8>, Must)> = Vec::new();
    let mut add = |name: String, bytes: Vec<u8>, must: Must| cases.push((name, bytes, must));
    for (from, to, must) in [
        ("format: \"html\"", "format: \"wordperfect\"", say),
        ("format: \"html\"", "format: \"\"", say),
        ("format: \"html\"", "format: html", say),
        ("format: \"html\"", "format: \"pdf\"", hold),
        ("edition: 1,", "edition: 4294967295,", load),
        ("edition: 1,", "edition: 0,", load),
        ("edition: 1,", "edition: -1,", say),
        ("edition: 1,", "", say),
        ("whole: false", "whole: \"no\"", say),
        ("whole: false", "whole: true", hold),
        ("extractor: Some((", "extractor: ((", say),
        ("extractor: Some((", "extracted: Some((", say),
        (encoding.as_str(), "encoding: \"EBCDIC\",", hold),
        ("told: {", "told: [", say),
        ("told: {", "told: {\n    \"colour\": \"blue\",", say),
        ("told: {", "told: {\n    5: \"blue\",", say),
        ("layout: [", "layout: {", say),
        ("layout: [", "layout: [\n    5,", say),
    ] {
        add(format!("{to} for {from}"), is(from, to), must);
    }
    for line in [
        "",
        "x",
        "-1 page 1",
        "99999999999 page 1",
        "12 page",
        "12 page -1",
        "12 picture 1",
        "12 cell 1 2",
        " 12 page 1",
        "12  page 1",
        "１２ page 1",
        "12 PAGE 1",
        "12\tpage 1",
        "0x0C page 1",
        "NaN page 1",
        "../../etc/passwd",
        "\0",
    ] {
        add(format!("layout {line:?}"), is("layout: [", &format!("layout: [\n    {},", ron(line))), say);
    }
    for line in [
        "12 page 0",
        "4294967295 page 7",
        "12 cell 0 0 0",
        "12 cell 4294967295 4294967295 4294967295",
        "0 note 4294967295",
        "12 page 1 2 3",
    ] {
        add(format!("layout {line:?}"), is("layout: [", &format!("layout: [\n    {},", ron(line))), hold);
    }
    let many: Vec<String> = (0..50_000).map(|place| format!("\"{} page {place}\"", place % 300)).collect();
    add("50,000 lines of layout".into(), is("layout: [", &format!("layout: [\n    {},", many.join(",\n    "))), load);
    for (what, text) in odd() {
        add(format!("what was told: {what}"), is("told: {", &format!("told: {{\n    \"accessed\": {},", ron(&text))), hold);
    }
    cases
}

/// How many tags a report has.
fn tags(report: &Path) -> usize {
    let disk = saved();
    load_person_file(&disk, &person_file(&disk, report)).unwrap().record.annotations.tag_count()
}

/// Opens a report with such a file, corrects something and goes on.
fn try_one(case: &Case<Must>, report: &Path) -> Result<(), String> {
    let disk = saved();
    disk.put(&report_file(&disk, report), case.bytes.clone());
    let mut desk = Desk::new(disk);
    open(&mut desk, report)?;
    let id = desk.state.document().unwrap().report.id().to_string();
    ensure(line_of(report, "report").contains(&id), || "it has another text".into())?;
    case.must.check(desk.tags(), &desk.told())?;
    let said = !desk.told().is_empty();
    desk.act(Command::Report(ReportCommand::Fact(None, Field::Issuer, Some("青禾县统计局".into()))));
    let again = go_on(desk, &case.bytes, report)?;
    ensure(!said || again.disk.holds(&case.bytes), || "what was not taken is gone".into())?;
    let facts = again.state.document().unwrap().report.facts();
    ensure(facts.get(Field::Issuer) == Some("青禾县统计局"), || "the correction is lost".into())
}

fn all_of(cases: Vec<(String, Vec<u8>, Must)>) -> Vec<Case<Must>> {
    cases.into_iter().map(|(name, bytes, must)| Case::new(name, bytes, must)).collect()
}

#[test]
fn an_odd_file_of_a_report_takes_neither_its_text_nor_its_tags() {
    try_all("report.ron", &all_of(plain()), |case| try_one(case, &tiny()));
    try_all("report.ron of a page", &all_of(extracted()), |case| try_one(case, &page()));
}

#[test]
fn a_part_that_begins_nowhere_is_none() {
    let disk = saved();
    disk.put(&report_file(&disk, &tiny()), corrected("(parts: {7: true, 99999: true, 4294967295: true})"));
    let mut desk = Desk::new(disk);
    desk.open(&tiny());
    let report = &desk.state.document().unwrap().report;
    assert!(report.parts().is_empty(), "{:?}", report.parts());
}
