//! A person's file whose head or whole is odd, and odd files beside it.

use super::tags::{good, good_tags, tag_with, with};
use super::{Case, Must, ensure, go_on, nested, odd, open, ron, try_all};
use crate::damage::desk::Desk;
use crate::damage::kept::{folder_of, person_file, report_file, saved, tiny};
use jiannuo::store::{seal, unseal};

/// The good file with something else in one place, sealed.
fn swapped(from: &str, to: &str) -> String {
    let good = good();
    assert!(good.contains(from), "{from}");
    seal(good.replacen(from, to, 1))
}

/// The same with one of its tags damaged, so that it is read line by line.
fn struck(text: &str) -> String {
    let struck = unseal(text.as_bytes()).0.replacen("kind: \"indicator\"", "kind: indicator\"", 1);
    assert!(struck.contains("kind: indicator\""));
    seal(struck)
}

/// What stands in the place of a field of the head, and what comes of it.
fn heads(all: usize) -> Vec<(&'static str, String, Must)> {
    let (none, load, say, hold) = (Must::Say(0), Must::Load(all), Must::Say(all), Must::Hold(0));
    let report = good().split_once("report: \"").unwrap().1.chars().take(64).collect::<String>();
    let id = good().split_once("id: \"").unwrap().1.chars().take(36).collect::<String>();
    let (of_report, of_id) = (format!("report: \"{report}\","), format!("id: \"{id}\""));
    let report_is = |other: &str| swapped(&of_report, &format!("report: \"{other}\","));
    let id_is = |other: &str| swapped(&of_id, &format!("id: \"{other}\""));
    let version_is = |other: &str| swapped("version: 1,", other);
    vec![
        ("version 2", version_is("version: 2,"), say),
        ("version 4294967295", version_is("version: 4294967295,"), say),
        ("version 4294967296", version_is("version: 4294967296,"), say),
        ("version -1", version_is("version: -1,"), say),
        ("version \"1\"", version_is("version: \"1\","), say),
        ("version 1.0", version_is("version: 1.0,"), say),
        ("version 1e0", version_is("version: 1e0,"), say),
        ("version NaN", version_is("version: NaN,"), say),
        ("version twice", version_is("version: 1, version: 2,"), say),
        ("no version", version_is(""), say),
        ("version 0 with what version 1 has", version_is("version: 0,"), none),
        ("minor 4294967295", swapped("minor: 0,", "minor: 4294967295,"), load),
        ("minor -1", swapped("minor: 0,", "minor: -1,"), say),
        ("the format of a report's file", swapped("jiannuo annotations", "jiannuo report"), none),
        ("no word for a format", swapped("jiannuo annotations", ""), none),
        ("no format", swapped("format: \"jiannuo annotations\",", ""), say),
        ("another format, damaged", struck(&swapped("jiannuo annotations", "jiannuo agreement")), none),
        ("another role", swapped("role: \"annotation\"", "role: \"adjudication\""), hold),
        ("another role, damaged", struck(&swapped("role: \"annotation\"", "role: \"adjudication\"")), hold),
        ("no word for a role", swapped("role: \"annotation\"", "role: \"\""), hold),
        ("a role in capitals", swapped("role: \"annotation\"", "role: \"Annotation\""), hold),
        ("a role that is a number", swapped("role: \"annotation\"", "role: 1"), Must::SayAnything),
        ("a role in a raw text", swapped("\"annotation\"", "r##\"annotation\"##"), load),
        ("no role", swapped("role: \"annotation\",", ""), say),
        ("no codebook", swapped("codebook: (", "code: ("), say),
        ("codebook version -1", swapped("codebook: (\n    version: 1", "codebook: (\n    version: -1"), say),
        ("no report", swapped(&of_report, ""), none),
        ("a report that is a number", swapped(&of_report, "report: 5,"), none),
        ("a report that is not hexadecimal", report_is(&"xyz0".repeat(16)), none),
        ("a report in signs", report_is(&"+f".repeat(32)), none),
        ("a report of 63 digits", report_is(&report[..63]), none),
        ("a report of 65 digits", report_is(&format!("{report}0")), none),
        ("no digit of a report", report_is(""), none),
        ("a report in capitals", report_is(&report.to_uppercase()), load),
        ("another report", report_is(&"0".repeat(64)), none),
        ("a report twice", swapped(&of_report, &format!("{of_report}\n  {of_report}")), say),
        ("a person who is nobody", id_is("王小明"), none),
        ("a person without an id", id_is(""), none),
        ("another person", id_is("01a2028c-30a7-7000-8180-39b4f0c3670f"), hold),
        ("a person in capitals", id_is(&id.to_uppercase()), load),
        ("no person", swapped("person: (", "people: ("), none),
        ("person None", swapped("  person: (", "  persons: None,\n  person: ("), load),
        ("a name that is a number", swapped("name: \"王小明\"", "name: 5"), none),
        ("tags in braces", swapped("\n  tags: [\n", "\n  tags: {\n"), Must::SayAnything),
        ("tags None", swapped("\n  tags: [\n", "\n  tags: None, others: [\n"), Must::SayAnything),
        ("tags twice", swapped("\n  tags: [\n", "\n  tags: [],\n  tags: [\n"), say),
        ("tags under another name", swapped("\n  tags: [\n", "\n  tagz: [\n"), Must::Load(0)),
        ("a field more", swapped("  role:", "  colour: \"blue\",\n  role:"), load),
        ("a file of version 0", seal(version_0(&report, &id, "start: 0, end: 3")), Must::Load(1)),
        ("version 0 with a span backwards", seal(version_0(&report, &id, "start: 3, end: 0")), none),
        ("version 0 with a span that is too long", seal(version_0(&report, &id, "start: 0, end: 4294967295")), none),
        ("version 0 with half a tag", seal(version_0(&report, &id, "start: 0")), none),
    ]
}

fn version_0(report: &str, id: &str, span: &str) -> String {
    let tag = format!("(id: \"first\", label: \"target\", {span}, quote: \"青禾县\")");
    format!("(version: 0, report: \"{report}\", person: (id: \"{id}\", name: \"老王\"), tags: [{tag}])")
}

/// Files that are odd as a whole.
fn wholes(all: usize) -> Vec<(String, Vec<u8>, Must)> {
    let (good, none, load, say) = (good(), Must::Say(0), Must::Load(all), Must::Say(all));
    let sealed = seal(good.clone());
    let utf16 = |bytes: fn(u16) -> [u8; 2]| sealed.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let checksum = sealed.lines().last().unwrap().to_owned();
    let wrong = format!("{}{}", &checksum[..checksum.len() - 64], "0".repeat(64));
    let noted = |note: &[u8]| {
        let text = with("tags", &tag_with("note", "\"NOTE\""));
        let at = text.find("NOTE").unwrap();
        [&text.as_bytes()[..at], note, &text.as_bytes()[at + 4..]].concat()
    };
    let unsealed = |bytes: Vec<u8>| {
        let at = bytes.windows(10).rposition(|window| window == b"// sha256 ").unwrap();
        bytes[..at].to_vec()
    };
    let joined = |parts: &[&[u8]]| parts.concat();
    let mut wholes: Vec<(String, Vec<u8>, Must)> = Vec::new();
    let mut add = |name: &str, bytes: &[u8], must: Must| wholes.push((name.to_owned(), bytes.to_vec(), must));
    add("an empty file", b"", none);
    add("only space", b" \n\t\r\n", none);
    add("only a byte order mark", b"\xEF\xBB\xBF", none);
    add("only comments", "// 无\n/* 无 */".as_bytes(), none);
    add("only a checksum", seal(String::new()).as_bytes(), none);
    add("only brackets", b"()", none);
    add("a report", include_bytes!("../../fixtures/reports/tiny.txt"), none);
    add("zeros", &[0; 4096], none);
    add("half of it", &sealed.as_bytes()[..good.find("quote").unwrap()], none);
    add("UTF-16, least byte first", &joined(&[b"\xFF\xFE", &utf16(u16::to_le_bytes)]), none);
    add("UTF-16, most byte first", &joined(&[b"\xFE\xFF", &utf16(u16::to_be_bytes)]), none);
    add("UTF-16 without a mark", &utf16(u16::to_le_bytes), none);
    add("two byte order marks", format!("\u{FEFF}\u{FEFF}{sealed}").as_bytes(), load);
    add("a byte order mark in every line", sealed.replace('\n', "\n\u{FEFF}").as_bytes(), none);
    add("CRLF", sealed.replace('\n', "\r\n").as_bytes(), load);
    add("CR", sealed.replace('\n', "\r").as_bytes(), load);
    add("one line", good.replace('\n', " ").as_bytes(), load);
    add("one line, damaged", good.replace('\n', " ").replacen("kind: \"", "kind: ", 1).as_bytes(), none);
    add("NUL between two fields", seal(good.replacen("  role:", "\0  role:", 1)).as_bytes(), say);
    add("NULs behind the checksum", &joined(&[sealed.as_bytes(), &[0; 512]]), say);
    add("words behind the checksum", format!("{sealed}甲\n").as_bytes(), say);
    add("no checksum", good.as_bytes(), load);
    add("a wrong checksum", format!("{good}{wrong}\n").as_bytes(), say);
    add("a checksum in capitals", format!("{good}{}{}\n", &checksum[..24], checksum[24..].to_uppercase()).as_bytes(), say);
    add("a checksum of 63 digits", format!("{good}{}\n", &checksum[..checksum.len() - 1]).as_bytes(), say);
    add("two checksums, both right", seal(sealed.clone()).as_bytes(), load);
    add("two checksums, the second wrong", format!("{sealed}{wrong}\n").as_bytes(), say);
    add("two checksums, the first wrong", seal(format!("{good}{wrong}\n")).as_bytes(), load);
    add("a checksum above the tags", good.replacen("\n  tags: [", &format!("\n{wrong}\n  tags: ["), 1).as_bytes(), say);
    add("a note that says a checksum", &unsealed(noted(format!("甲\n{wrong}\n乙").as_bytes())), Must::LoadOrSay(all + 1, all));
    add("a byte that is no text", &noted(b"\xFF"), Must::Say(all + 1));
    add("a byte that is no text, without a checksum", &unsealed(noted(b"\xE4\xB8")), Must::Say(all + 1));
    add("half a surrogate, without a checksum", &unsealed(noted(b"\xED\xA0\x80")), Must::Say(all + 1));
    add("NUL in a note", &noted(b"\0"), Must::SayAnything);
    add("an open comment at the end", seal(format!("{good}/* 未完\n")).as_bytes(), say);
    add("an open text at the end", seal(good.replacen("  ext: {", "  ext: {\"a\": \"", 1)).as_bytes(), say);
    add("brackets that are not closed", seal(good.trim_end().trim_end_matches(')').to_owned()).as_bytes(), say);
    add("300,000 brackets behind it", seal(format!("{good}{}", "(".repeat(300_000))).as_bytes(), say);
    add("a million spaces in front", seal(format!("{}{good}", " ".repeat(1_000_000))).as_bytes(), load);
    add("a comment of a megabyte", seal(format!("// {}\n{good}", "注".repeat(350_000))).as_bytes(), load);
    add("100,000 comments in each other", seal(format!("{}{}{good}", "/*".repeat(100_000), "*/".repeat(100_000))).as_bytes(), load);
    add("a name of a megabyte", seal(format!("{}{good}", "a".repeat(1_000_000))).as_bytes(), Must::SayAnything);
    for list in ["deleted_tags", "deleted_links", "links"] {
        let records: Vec<String> = (0..3_000).map(if list == "links" { link } else { tombstone }).collect();
        add(&format!("3,000 records in {list}"), with(list, &records.join(",\n    ")).as_bytes(), load);
    }
    for extension in ["implicit_some", "unwrap_newtypes", "unwrap_variant_newtypes", "implicit_some, unwrap_variant_newtypes"] {
        add(&format!("extension {extension}"), seal(format!("#![enable({extension})]\n{good}")).as_bytes(), Must::LoadOrSay(all, all));
    }
    for attribute in ["#![enable(explicit_struct_names)]", "#![enable(magic)]", "#![enable(", "#!/bin/sh", "#![type = 5]"] {
        add(attribute, seal(format!("{attribute}\n{good}")).as_bytes(), say);
    }
    for depth in [10, 100, 10_000, 300_000] {
        for (name, value) in nested(depth) {
            add(&format!("{depth} {name} and nothing else"), value.as_bytes(), none);
            let inside = seal(good.replacen("  role:", &format!("  later: {value},\n  role:"), 1));
            add(&format!("{depth} {name} in a field of later"), inside.as_bytes(), if depth == 10 { load } else { say });
        }
    }
    wholes
}

fn tombstone(number: usize) -> String {
    let time = "\"2026-11-22T09:30:12.480Z\"";
    format!("(id: \"01a20000-0000-7000-9000-{number:012x}\", created: {time}, changed: {time}, revision: 2)")
}

/// The end of a link: a tag that is not there, in a report whose hash is one digit over and over.
fn end(digit: &str, number: usize) -> String {
    let id = format!("01a20000-0000-7000-a000-{number:012x}");
    format!("(report: \"{}\", person: \"{id}\", tag: \"{id}\")", digit.repeat(64))
}

fn between(number: usize, from: &str, to: &str) -> String {
    tombstone(number).replacen(", created", &format!(", relation: \"repeats\", from: {from}, to: {to}, created"), 1)
}

fn link(number: usize) -> String {
    between(number, &end("0", number), &end("f", number))
}

/// What is put for what in a link that leads nowhere: none of it makes sense.
const LINKS: &[(&str, &str)] = &[
    ("\"repeats\"", "\"loves\""),
    ("\"repeats\"", "5"),
    ("relation: \"repeats\", ", ""),
    ("fff\"", "xyz\""),
    ("fff\"", "\""),
    ("tag: \"01a2", "tag: \"../../"),
    ("person: \"01a2", "person: \"王"),
    ("to: (", "to: Some("),
    ("from: (", "from: [("),
    ("revision: 2", "revision: -1"),
    ("(id: \"01a2", "(id: \"x"),
    ("),", ", tag: \"\"),"),
];

/// The same in a tombstone.
const GRAVES: &[(&str, &str)] =
    &[("01a20000", "zz"), ("2026-11-22", "2026-13-22"), ("T09:30:12.480Z", ""), ("revision: 2", "revision: 1e999"), (", revision: 2", "")];

/// Links and tombstones that make no sense, or lead nowhere.
fn records(all: usize) -> Vec<(String, Vec<u8>, Must)> {
    let (load, say) = (Must::Load(all), Must::Say(all));
    let case = |list: &str, name: String, record: String, must: Must| (format!("{name} in {list}"), with(list, &record).into_bytes(), must);
    let changed = |record: String, from: &str, to: &str| {
        assert!(record.contains(from), "{from}");
        record.replacen(from, to, 1)
    };
    let live = good().split_once("(id: \"").unwrap().1.chars().take(36).collect::<String>();
    let grave = changed(changed(tombstone(7), "01a20000-0000-7000-9000-000000000007", &live), "revision: 2", "revision: 99");
    let mut records = vec![
        case("links", "a link to nowhere".into(), link(7), load),
        case("links", "a link to itself".into(), between(7, &end("0", 7), &end("0", 7)), load),
        case("deleted_tags", "a tombstone of a tag that is there".into(), grave, Must::Hold(all)),
    ];
    records.extend(LINKS.iter().map(|(from, to)| case("links", format!("{to} for {from}"), changed(link(7), from, to), say)));
    for list in ["deleted_tags", "deleted_links"] {
        records.extend(GRAVES.iter().map(|(from, to)| case(list, format!("{to} for {from}"), changed(tombstone(7), from, to), say)));
    }
    records
}

/// What a remark says in its list; whether it makes sense.
const REMARKS: &[(&str, &str, bool)] = &[
    ("comments", "words: \"\\\"甲\\\"\\n],\"", true),
    ("comments", "settles: Some(false)", true),
    ("comments", "words: \"\"", true),
    ("comments", "words: 5", false),
    ("comments", "settles: Some(maybe)", false),
    ("comments", "words: \"甲\", answers: \"乙\"", false),
    ("comments", "words: \"甲\", about: Some((person: \"乙\", tag: \"丙\"))", false),
    ("decisions", "case: \"0-3 00ab\", outcome: \"nothing\"", true),
    ("decisions", "case: \"9-3 00ab\", outcome: \"nothing\"", true),
    ("decisions", "words: \"甲\"", false),
    ("decisions", "case: \"0-3\", outcome: \"nothing\"", false),
    ("decisions", "case: \"0-4294967296 00ab\", outcome: \"nothing\"", false),
    ("decisions", "case: \"0-3 00ab\", outcome: \"rumour\"", false),
    ("decisions", "case: \"0-3 00ab\", outcome: \"nothing\", reason: \"rumour\"", false),
    ("decisions", "case: \"0-3 00ab\", outcome: \"taken\", tags: [\"../..\"]", false),
    ("decisions", "case: \"0-3 00ab\", outcome: \"taken\", options: [(person: (id: \"\", name: \"\"), tag: \"\", taken: true)]", false),
    ("dismissals", "of: \"hint\", key: \"\"", true),
    ("dismissals", "of: \"rumour\"", false),
    ("parts_read", "later: \"甲\"", true),
    ("parts_read", "ext: 5", false),
];

/// Remarks that make no sense, and some that do.
fn remarks(all: usize) -> Vec<(String, Vec<u8>, Must)> {
    let case = |&(list, says, makes_sense): &(&str, &str, bool)| {
        let record = tombstone(7).replacen(", created", &format!(", {says}, span: (0, 3), quote: \"青禾县\", created"), 1);
        let text = swapped("    \"blind\": true,\n", &format!("    \"blind\": true,\n    \"{list}\": [\n      {record},\n    ],\n"));
        (format!("{says} in {list}"), text.into_bytes(), if makes_sense { Must::Load(all) } else { Must::Say(all) })
    };
    REMARKS.iter().map(case).collect()
}

fn cases() -> Vec<Case<Must>> {
    let all = good_tags();
    let mut cases: Vec<Case<Must>> = heads(all).into_iter().map(|(name, text, must)| Case::new(name, text, must)).collect();
    cases.extend(wholes(all).into_iter().chain(records(all)).chain(remarks(all)).map(|(name, bytes, must)| Case::new(name, bytes, must)));
    for (what, text) in odd() {
        let name = swapped("name: \"王小明\"", &format!("name: {}", ron(&text)));
        cases.push(Case::new(format!("a person's name: {what}, damaged"), struck(&name), Must::Say(all - 1)));
        cases.push(Case::new(format!("a person's name: {what}"), name, Must::Load(all)));
        cases.push(Case::new(format!("a report's name: {what}"), swapped("\"tiny.txt\"", &ron(&text)), Must::Load(all)));
        let hash = good().split_once("hash: \"").unwrap().1.chars().take(64).collect::<String>();
        cases.push(Case::new(format!("a codebook's hash: {what}"), swapped(&format!("\"{hash}\""), &ron(&text)), Must::Load(all)));
    }
    cases
}

#[test]
fn odd_files_of_a_person_are_read_as_far_as_they_can_be() {
    try_all("a person's file", &cases(), |case| {
        let disk = saved();
        disk.put(&person_file(&disk, &tiny()), case.bytes.clone());
        let mut desk = Desk::new(disk);
        open(&mut desk, &tiny())?;
        case.must.check(desk.tags(), &desk.told())?;
        go_on(desk, &case.bytes, &tiny()).map(drop)
    });
}

#[test]
fn odd_files_beside_a_person_s_own_take_nothing_from_it() {
    let all = good_tags();
    let (load, say) = (Must::Load(all), Must::Say(all));
    let id = good().split_once("id: \"").unwrap().1.chars().take(36).collect::<String>();
    let report = good().split_once("report: \"").unwrap().1.chars().take(64).collect::<String>();
    let somebody = "01a2028c-30a7-7000-8180-39b4f0c3670f";
    let newer = swapped("version: 1,", "version: 4294967295,");
    let cases: Vec<(&str, &str, String, Must)> = vec![
        ("nothing", "0.ron", String::new(), say),
        ("no RON", "0.ron", "甲".into(), say),
        ("brackets without end", "0.ron", "(".repeat(300_000), say),
        ("a head that makes no sense", "0.ron", swapped("report: \"", "report: \"zz"), say),
        ("another report of the same person", "0.ron", swapped(&report, &"0".repeat(64)), Must::Hold(all)),
        ("another person", "0.ron", swapped(&id, somebody), load),
        ("decisions of the same person", "0.ron", swapped("\"annotation\"", "\"adjudication\""), load),
        ("damaged decisions of the same person", "0.ron", struck(&swapped("\"annotation\"", "\"adjudication\"")), Must::Hold(all)),
        ("a newer file of another person", "0.ron", newer.replacen(&id, somebody, 1), Must::Hold(all)),
        ("an ending in capitals", "0.RON", "甲".into(), load),
        ("a report's file in capitals", "REPORT.RON", "甲".into(), load),
        ("a hidden file", ".0.ron", "甲".into(), load),
        ("a copy of a damaged file", "王小明.damaged-00000000", "甲".into(), load),
        ("a name that turns its direction", "王\u{202E}nor.ron", "甲".into(), say),
        ("a name with a line end", "甲\n乙.ron", "甲".into(), say),
        ("a name of a device", "CON.ron", "甲".into(), say),
        ("a copy that a sync service made", "王小明 (conflicted copy).ron", seal(good()), load),
        ("another text", "source.txt", "别的文字".into(), Must::Hold(all)),
    ];
    let cases: Vec<Case<(&str, Must)>> =
        cases.into_iter().map(|(name, file, text, must)| Case::new(format!("{name} as {file:?}"), text, (file, must))).collect();
    try_all("beside a person's file", &cases, |case| {
        let disk = saved();
        let (file, must) = case.must;
        let path = folder_of(&disk, &tiny()).join(file);
        disk.put(&path, case.bytes.clone());
        let mut desk = Desk::new(disk);
        open(&mut desk, &tiny())?;
        must.check(desk.tags(), &desk.told())?;
        let again = go_on(desk, &case.bytes, &tiny())?;
        ensure(again.disk.get(&path).as_ref() == Some(&case.bytes), || "it was changed".into())?;
        ensure(again.disk.get(&report_file(&again.disk, &tiny())).is_some(), || "the report's file is gone".into())
    });
}
