//! OpenCC's own test suite, for the configurations there are.

use jiannuo::text::script::{Conversion, convert};
use serde_json::Value;

#[test]
fn the_suite_of_opencc() {
    let text = include_str!("fixtures/opencc_testcases.json");
    let cases: Value = serde_json::from_str(text).unwrap();
    let cases = cases.get("cases").unwrap_or(&cases).as_array().unwrap().clone();
    let (mut tried, mut wrong) = (0, Vec::new());
    for case in &cases {
        let input = case["input"].as_str().unwrap();
        for conversion in Conversion::ALL {
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
fn neither_conversion_changes_the_number_of_characters() {
    for (path, text) in crate::shared::all() {
        for conversion in Conversion::ALL {
            let converted = convert(&text, conversion);
            assert_eq!(converted.map.blocks(), [], "{} {}", path.display(), conversion.name());
            assert_eq!(converted.text.chars().count(), text.chars().count());
        }
    }
}
