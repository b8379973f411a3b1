//! OpenCC's own test suite, and its output on the reports.

use jiannuo::report::ReportId;
use jiannuo::text::script::{Conversion, convert};
use serde_json::Value;
use std::collections::BTreeMap;

#[test]
fn the_suite_of_opencc() {
    let text = include_str!("fixtures/opencc_testcases.json");
    let cases: Value = serde_json::from_str(text).unwrap();
    let cases = cases.get("cases").unwrap_or(&cases).as_array().unwrap().clone();
    let (mut tried, mut wrong) = (0, Vec::new());
    for case in &cases {
        let input = case["input"].as_str().unwrap();
        for &conversion in Conversion::ALL {
            let Some(expected) = case["expected"][conversion.name()].as_str() else { continue };
            tried += 1;
            let found = convert(input, conversion).text;
            if found != expected {
                wrong.push(format!("{} {input}: {found}, not {expected}", conversion.name()));
            }
        }
    }
    assert!(tried > 50, "only {tried} cases");
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
}

#[test]
fn only_the_words_of_places_change_the_number_of_characters() {
    for (path, text) in crate::shared::all() {
        for &conversion in Conversion::ALL.iter().filter(|conversion| !conversion.name().ends_with('p')) {
            let converted = convert(&text, conversion);
            assert_eq!(converted.map.blocks(), [], "{} {}", path.display(), conversion.name());
            assert_eq!(converted.text.chars().count(), text.chars().count());
        }
    }
}

/// What official OpenCC 1.4.1 makes of every report and sample, by hash: see tests/oracles/opencc.py.
#[test]
fn the_output_is_that_of_official_opencc() {
    let expected: BTreeMap<(&str, &str), &str> = include_str!("fixtures/opencc_reports.txt")
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            ((fields[0], fields[1]), fields[2])
        })
        .collect();
    let mut wrong = Vec::new();
    for (path, text) in crate::shared::all() {
        let folder = if path.components().any(|part| part.as_os_str() == "samples") { "samples/" } else { "reports/" };
        let ends: Vec<String> = path.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect();
        let name = if folder == "samples/" { format!("samples/{}", ends[0]) } else { format!("reports/{}/{}", ends[1], ends[0]) };
        for &conversion in Conversion::ALL {
            let Some(hash) = expected.get(&(name.as_str(), conversion.name())) else {
                assert!(path.components().any(|part| part.as_os_str() == "fixtures"), "no expectation for {name}");
                continue;
            };
            let found = ReportId::of(&convert(&text, conversion).text).to_string();
            if !found.starts_with(hash) {
                wrong.push(format!("{name} {}", conversion.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
