//! Records that do not make sense, each put among the good ones of a person's file.

use super::{Case, Must, ensure, go_on, nested, odd, open, ron, try_all};
use crate::damage::desk::Desk;
use crate::damage::kept::{person_file, saved, tiny};
use jiannuo::store::{load_person_file, seal, unseal};

/// The fields of a tag that is as it should be.
const FIELDS: [(&str, &str); 10] = [
    ("id", "\"01a20000-0000-7000-8000-0000000000aa\""),
    ("kind", "\"target\""),
    ("span", "(0, 3)"),
    ("quote", "\"青禾县\""),
    ("before", "\"\""),
    ("after", "\"2023\""),
    ("origin", "by_hand"),
    ("created", "\"2026-11-22T09:30:12.480Z\""),
    ("changed", "\"2026-11-22T09:30:12.480Z\""),
    ("revision", "1"),
];

/// A tag with other values in some fields, and with more of them; one whose value is empty is left out.
pub fn tag(changes: &[(&str, &str)]) -> String {
    let changed = |name: &str| changes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let given = FIELDS.iter().map(|(name, value)| (*name, changed(name).unwrap_or(value))).filter(|(_, value)| !value.is_empty());
    let more = changes.iter().copied().filter(|(name, _)| FIELDS.iter().all(|(known, _)| known != name));
    let fields: Vec<String> = given.chain(more).map(|(name, value)| format!("{name}: {value}")).collect();
    format!("({})", fields.join(", "))
}

/// A tag with another value in one field.
pub fn tag_with(field: &str, value: impl AsRef<str>) -> String {
    tag(&[(field, value.as_ref())])
}

/// The person's file as it is, without its checksum.
pub fn good() -> String {
    let disk = saved();
    unseal(&disk.get(&person_file(&disk, &tiny())).unwrap()).0
}

/// How many tags it has.
pub fn good_tags() -> usize {
    let disk = saved();
    load_person_file(&disk, &person_file(&disk, &tiny())).unwrap().record.annotations.tag_count()
}

/// The person's file with more records at the beginning of a list.
pub fn with(list: &str, records: &str) -> String {
    let (good, head) = (good(), format!("\n  {list}: [\n"));
    assert!(good.contains(&head), "{list}");
    seal(good.replacen(&head, &format!("{head}    {records},\n"), 1))
}

/// Whether a tag with this value can be taken.
#[derive(Clone, Copy)]
enum Taken {
    Yes,
    No,
    /// It stands nowhere in the text, and that is said.
    Slips,
    /// It is taken, or else it is said that it is not.
    Either,
}
use Taken::{Either, No, Slips, Yes};

const VALUES: &[(&str, &str, Taken)] = &[
    ("span", "(-1, 3)", No),
    ("span", "(-4, -1)", No),
    ("span", "(3, 0)", No),
    ("span", "(0, 4294967296)", No),
    ("span", "(0, 99999999999999999999999999999999999999999)", No),
    ("span", "(4294967292, 4294967295)", Slips),
    ("span", "(4294967293, 4294967296)", No),
    ("span", "(1000000, 1000003)", Slips),
    ("span", "(324, 327)", Slips),
    ("span", "(1, 4)", Slips),
    ("span", "(0, 2)", No),
    ("span", "(0, 4)", No),
    ("span", "(0, 9)", No),
    ("span", "(0, 0)", No),
    ("span", "(0.0, 3.0)", No),
    ("span", "(0, 3e0)", No),
    ("span", "(0, 1e999)", No),
    ("span", "(NaN, 3)", No),
    ("span", "(0, inf)", No),
    ("span", "(0x0, 0x3)", Yes),
    ("span", "(0b0, 0o3)", Yes),
    ("span", "(0, +3)", Either),
    ("span", "(0, 3u32)", Either),
    ("span", "(0, 3i128)", Either),
    ("span", "(0, b'\\x03')", Either),
    ("span", "(0, _3)", No),
    ("span", "(0, 3, 4)", No),
    ("span", "(0)", No),
    ("span", "()", No),
    ("span", "[0, 3]", No),
    ("span", "0..3", No),
    ("span", "\"0-3\"", No),
    ("span", "Some((0, 3))", No),
    ("quote", "\"\"", No),
    ("quote", "\"𠮷𠮷\"", No),
    ("quote", "r\"青禾县\"", Yes),
    ("quote", "r###\"青禾县\"###", Yes),
    ("quote", "\"\\xE9\\x9D\\x92禾县\"", Yes),
    ("quote", "\"\\u{9752}禾县\"", Yes),
    ("quote", "\"\\u{D800}禾县\"", No),
    ("quote", "\"\\u{110000}禾县\"", No),
    ("quote", "\"\\q禾县\"", No),
    ("quote", "'青'", No),
    ("quote", "b\"abc\"", No),
    ("quote", "\"青禾县", No),
    ("id", "\"x\"", No),
    ("id", "\"\"", No),
    ("id", "5", No),
    ("id", "\"../../etc/passwd\"", No),
    ("id", "\"01a20000-0000-7000-8000-0000000000aa \"", No),
    ("id", "\"01a20000-0000-7000-8000-0000000000a\"", No),
    ("id", "\"０1a20000-0000-7000-8000-0000000000aa\"", No),
    ("id", "\"00000000-0000-0000-0000-000000000000\"", Yes),
    ("id", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"", Yes),
    ("id", "\"01A20000-0000-7000-8000-0000000000AA\"", Yes),
    ("id", "\"01a20000000070008000000000000000\"", Yes),
    ("id", "\"{01a20000-0000-7000-8000-0000000000aa}\"", Yes),
    ("id", "\"urn:uuid:01a20000-0000-7000-8000-0000000000aa\"", Yes),
    ("kind", "5", No),
    ("kind", "None", No),
    ("kind", "\"target\", kind: \"indicator\"", No),
    ("origin", "by_robot", No),
    ("origin", "accepted", No),
    ("origin", "accepted(1)", No),
    ("origin", "mended(\"a\", \"b\")", No),
    ("origin", "\"by_hand\"", No),
    ("created", "\"\"", No),
    ("created", "\"yesterday\"", No),
    ("created", "\"2026-11-22\"", No),
    ("created", "\"2026-11-22T09:30:12\"", No),
    ("created", "\"2026-02-30T00:00:00Z\"", No),
    ("created", "\"2026-11-22T25:00:00Z\"", No),
    ("created", "\"2026-11-22T09:30:12+99:99\"", No),
    ("created", "1795339812", No),
    ("created", "\"0000-01-01T00:00:00Z\"", Yes),
    ("changed", "\"-000001-01-01T00:00:00Z\"", Either),
    ("changed", "\"9999-12-31T23:59:59.999Z\"", Either),
    ("changed", "\"10000-01-01T00:00:00Z\"", Either),
    ("changed", "\"2016-12-31T23:59:60Z\"", Either),
    ("changed", "\"1000000000000000000000-01-01T00:00:00Z\"", No),
    ("changed", "\"2026-11-22T09:30:12.99999999999999999999Z\"", Either),
    ("revision", "0", Either),
    ("revision", "18446744073709551615", Yes),
    ("revision", "18446744073709551616", No),
    ("revision", "-1", No),
    ("revision", "1.5", No),
    ("revision", "1e999", No),
    ("revision", "inf", No),
    ("revision", "\"1\"", No),
    ("by", "5", No),
    ("by", "\"zz 1\"", No),
    ("by", "\"00000001\"", No),
    ("by", "\"00000001 -1\"", No),
    ("by", "\"100000000 1\"", No),
    ("by", "\"00000001 1\"", Yes),
    ("by", "\"00000001 18446744073709551615\"", Yes),
    ("by", "\"00000001 18446744073709551616\"", No),
    ("by", "\"00000001 1\", past: {\"zz\": 1}", No),
    ("by", "\"00000001 1\", past: {\"00000003\": -1}", No),
    ("by", "\"00000001 2\", past: {\"00000001\": 18446744073709551615, \"00000003\": 18446744073709551615}", Either),
    ("past", "[1, 2]", No),
    ("carried", "Some((from: \"zz\", how: \"moved\", span: (0, 3), quote: \"青禾县\"))", No),
    ("carried", "Some((from: \"\", how: \"\", span: (3, 0), quote: \"\"))", No),
    ("carried", "Some((from: \"\", how: \"lost\", suggested: Some((4294967295, 0)), span: (0, 3), quote: \"青禾县\"))", No),
    ("carried", "5", No),
    ("unsure", "1", No),
    ("unsure", "\"true\"", No),
    ("unsure", "True", No),
    ("note", "None", No),
    ("note", "\"甲\n乙\"", Yes),
    ("note", "\"甲 \\\n   乙\"", Yes),
    ("note", "/* 注 */ \"甲\" // 注\n", Yes),
    ("attributes", "{\"a\": one(\"1\"), \"a\": one(\"2\")}", Yes),
    ("attributes", "{\"a\": one}", No),
    ("attributes", "{\"a\": many(\"x\")}", No),
    ("attributes", "{\"a\": many([])}", Yes),
    ("attributes", "{\"a\": many([\"\", \"\"])}", Yes),
    ("attributes", "{\"a\": three(\"x\")}", No),
    ("attributes", "{5: one(\"x\")}", No),
    ("attributes", "[]", No),
    ("colour", "\"blue\"", Yes),
    ("ext", "5", No),
    ("ext", "{\"a\": }", No),
    ("ext", "{\"a\": 1 // 注\n, \"b\": /* 注 */ 2}", Yes),
    ("ext", "{\"a\": \"x}", No),
];

/// What can stand in a quantity in place of a good value.
const QUANTITIES: &[(&str, &str, Taken)] = &[
    ("Some(\"2.69\")", "None", Yes),
    ("Some(\"2.69\")", "Some(\"1e999\")", No),
    ("Some(\"2.69\")", "Some(\"NaN\")", No),
    ("Some(\"2.69\")", "Some(\"inf\")", No),
    ("Some(\"2.69\")", "Some(\"\")", No),
    ("Some(\"2.69\")", "Some(\"１２\")", No),
    ("Some(\"2.69\")", "Some(\"1,000\")", No),
    ("Some(\"2.69\")", "Some(\"0x10\")", No),
    ("Some(\"2.69\")", "Some(2.69)", No),
    ("Some(\"2.69\")", "\"2.69\"", No),
    ("Some(\"2.69\")", "2.69", No),
    ("Some(\"2.69\")", "Some(\"-0\")", Yes),
    ("Some(\"2.69\")", "Some(\"79228162514264337593543950335\")", Yes),
    ("Some(\"2.69\")", "Some(\"79228162514264337593543950336\")", Either),
    ("Some(\"2.69\")", "Some(\"-99999999999999999999999999999999999999999999\")", Either),
    ("Some(\"2.69\")", "Some(\"0.0000000000000000000000000000000000000000000001\")", Either),
    ("Some(\"2.69\")", "Some(\"1e-1000\")", Either),
    ("Some(\"2.69\")", "Some(\"1_000\")", Either),
    ("Some(\"2.69\")", "Some(\"1e2147483648\")", Either),
    ("\"level\"", "\"height\"", No),
    ("\"level\"", "level", No),
    ("\"none\"", "\"Yoy\"", No),
    ("\"exact\"", "\"\"", No),
    (", words: \"2.69万亿元\"", "", No),
    ("bound:", "value_high: Some(\"1\"), bound:", Yes),
    ("bound:", "value_high: Some(\"1e999\"), bound:", No),
    ("unit:", "colour: 1, unit:", Yes),
];

const QUANTITY: &str =
    "(measure: \"level\", basis: \"none\", value: Some(\"2.69\"), unit: \"万亿元\", bound: \"exact\", words: \"2.69万亿元\")";

fn must(taken: Taken, all: usize) -> Must {
    match taken {
        Yes => Must::Load(all + 1),
        No => Must::Say(all),
        Slips => Must::Say(all + 1),
        Either => Must::LoadOrSay(all + 1, all),
    }
}

fn cases() -> Vec<Case<Must>> {
    let all = good_tags();
    let case = |name: String, record: String, taken| Case::new(name, with("tags", &record), must(taken, all));
    let mut cases: Vec<Case<Must>> =
        VALUES.iter().map(|(field, value, taken)| case(format!("{field}: {value}"), tag_with(field, value), *taken)).collect();
    cases.extend(QUANTITIES.iter().map(|(from, to, taken)| {
        assert!(QUANTITY.contains(from), "{from}");
        case(format!("a quantity with {to} for {from}"), tag_with("quantities", format!("[{}]", QUANTITY.replacen(from, to, 1))), *taken)
    }));
    for (field, _) in FIELDS {
        let needed = !["before", "after", "origin"].contains(&field);
        cases.push(case(format!("no {field}"), tag_with(field, ""), if needed { No } else { Yes }));
    }
    for depth in [10, 100, 10_000, 300_000] {
        for (name, value) in nested(depth) {
            let taken = if depth == 10 { Yes } else { No };
            cases.push(case(format!("{depth} {name} in ext"), tag_with("ext", format!("{{\"deep\": {value}}}")), taken));
            let field = if depth == 10 { "colour" } else { "quantities" };
            cases.push(case(format!("{depth} {name} in {field}"), tag_with(field, value), taken));
        }
    }
    cases.extend(shapes(all).into_iter().map(|(name, record, must)| Case::new(name, with("tags", &record), must)));
    cases
}

/// Records of other shapes, and many of them.
fn shapes(all: usize) -> Vec<(&'static str, String, Must)> {
    let (one, good) = (tag(&[]), good());
    let (id, rest) = one.trim_matches(['(', ')']).split_once(", ").unwrap();
    let known = good.split_once("(id: ").unwrap().1.split_once(',').unwrap().0;
    let quantities = |quantity: &str, count: usize| tag_with("quantities", format!("[{}]", vec![quantity; count].join(", ")));
    let thousands: Vec<String> = (0..3_000).map(|number| tag_with("id", format!("\"01a20000-0000-7000-8000-{number:012x}\""))).collect();
    vec![
        ("a tag as it should be", one.clone(), Must::Load(all + 1)),
        ("a named tag", format!("WireTag{one}"), Must::Load(all + 1)),
        ("a tag of another name", format!("Tag{one}"), Must::Say(all)),
        ("a tag whose id stands last", format!("({rest}, {id})"), Must::Load(all + 1)),
        ("a tag over two lines", one.replacen(", ", ",\n      ", 1), Must::Load(all + 1)),
        ("a tag with more commas", one.replace(", ", ",, "), Must::Say(all)),
        ("a tag in braces", one.replace('(', "{").replace(')', "}"), Must::Say(all)),
        ("a tag without names of fields", "(\"01a20000-0000-7000-8000-0000000000aa\", \"target\", (0, 3))".into(), Must::Say(all)),
        ("the id of another tag", tag_with("id", known), Must::Hold(all)),
        ("the id of another tag, changed most often", tag(&[("id", known), ("revision", "18446744073709551615")]), Must::Hold(all)),
        ("one tag three times", [one.as_str(); 3].join(",\n    "), Must::Hold(all + 1)),
        ("5,000 empty records", vec!["()"; 5_000].join(",\n    "), Must::Say(all)),
        ("100,000 records without an id", vec!["(id: \"\")"; 100_000].join(",\n    "), Must::Say(all)),
        ("10,000 quantities", quantities(QUANTITY, 10_000), Must::Load(all + 1)),
        (
            "a decimal of a million digits",
            quantities(&QUANTITY.replacen("2.69", &"9".repeat(1_000_000), 1), 1),
            Must::LoadOrSay(all + 1, all),
        ),
        ("a revision of a million digits", tag_with("revision", "9".repeat(1_000_000)), Must::Say(all)),
        ("a note of two megabytes", tag_with("note", ron(&"长".repeat(700_000))), Must::Load(all + 1)),
        ("3,000 tags on the same words", thousands.join(",\n    "), Must::Load(all + 3_000)),
    ]
}

#[test]
fn records_that_make_no_sense_cost_only_themselves() {
    try_all("records of a person's file", &cases(), |case| {
        let disk = saved();
        disk.put(&person_file(&disk, &tiny()), case.bytes.clone());
        let mut desk = Desk::new(disk);
        open(&mut desk, &tiny())?;
        case.must.check(desk.tags(), &desk.told())?;
        go_on(desk, &case.bytes, &tiny()).map(drop)
    });
}

/// Where any text can stand in a tag.
fn places(text: &str) -> Vec<(&'static str, String)> {
    let text = ron(text);
    let quantity = |from: &str| tag_with("quantities", format!("[{}]", QUANTITY.replace(from, &text)));
    vec![
        ("a kind", tag_with("kind", &text)),
        ("a note", tag_with("note", &text)),
        ("the words before", tag_with("before", &text)),
        ("the words after", tag_with("after", &text)),
        ("an origin", tag_with("origin", format!("accepted({text})"))),
        ("an attribute", tag_with("attributes", format!("{{{text}: one(\"x\")}}"))),
        ("a value", tag_with("attributes", format!("{{\"scope\": one({text})}}"))),
        ("two values", tag_with("attributes", format!("{{\"owner_lead\": many([{text}, {text}])}}"))),
        ("a unit", quantity("\"万亿元\"")),
        ("words of a quantity", quantity("\"2.69万亿元\"")),
        ("a key of ext", tag_with("ext", format!("{{{text}: 1}}"))),
        ("a value of ext", tag_with("ext", format!("{{\"later\": {text}}}"))),
    ]
}

#[test]
fn any_text_stands_in_a_tag_and_is_given_back_to_the_letter() {
    let all = good_tags();
    let mut cases = Vec::new();
    for (what, text) in odd() {
        cases.extend(places(&text).into_iter().map(|(place, record)| Case::new(format!("{what} as {place}"), with("tags", &record), ())));
    }
    try_all("odd texts in a tag", &cases, |case| {
        let disk = saved();
        let path = person_file(&disk, &tiny());
        disk.put(&path, case.bytes.clone());
        let before = load_person_file(&disk, &path).unwrap().record.annotations;
        let mut desk = Desk::new(disk);
        open(&mut desk, &tiny())?;
        Must::Load(all + 1).check(desk.tags(), &desk.told())?;
        let again = go_on(desk, &case.bytes, &tiny())?;
        let after = &again.state.document().unwrap().annotations;
        let is_same = before.tag_records().iter().all(|(id, kept)| after.tag_records().get(id) == Some(kept));
        ensure(is_same, || "it is another after saving".into())
    });
}
