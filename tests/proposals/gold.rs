//! The reference set of the shared reports: what two people tagged, and the targets of national reports.

use super::score::{KINDS, Number, Proposed, Ratio, Reference, Region, score};
use super::{attribute, proposed, report};
use crate::shared;
use jiannuo::quantity::Quantity;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// A file of the reference set; nothing where there are no shared reports.
fn gold(name: &str) -> Option<String> {
    let path = std::path::PathBuf::from(std::env::var_os("JIANNUO_SHARED")?).join("gold").join(name);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn lines<T: DeserializeOwned>(text: &str) -> Vec<T> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The shared reports by name; none where there are none.
fn texts() -> BTreeMap<String, String> {
    let name = |path: std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    shared::reports().into_iter().map(|(path, text)| (name(path), text)).collect()
}

/// What is proposed for a report, as it is counted.
fn proposals(file: &str, text: &str) -> Vec<Proposed> {
    let report = report(text);
    let counted = |proposal: &jiannuo::suggest::Proposal| Proposed {
        file: file.to_owned(),
        kind: proposal.kind.as_str().to_owned(),
        start: proposal.span.start().get(),
        end: proposal.span.end().get(),
        quote: report.quote(proposal.span).to_owned(),
        indicator: Some(attribute(proposal, "indicator_name")).filter(|name| !name.is_empty()),
        quantities: proposal.statement.quantities.iter().map(number).collect(),
    };
    proposed(&report).proposals.iter().map(counted).collect()
}

fn number(quantity: &Quantity) -> Number {
    let value = |value: Option<Decimal>| value.map(|value| value.to_string().parse().unwrap());
    Number {
        measure: quantity.measure.key().to_owned(),
        value: value(quantity.stated.value),
        value_high: value(quantity.stated.high),
        unit: Some(quantity.stated.unit.clone()).filter(|unit| !unit.is_empty()),
        bound: Some(quantity.stated.bound.key().to_owned()),
    }
}

/// The characters of a text from one place on.
fn characters(text: &str, start: u32, count: usize) -> String {
    text.chars().skip(start as usize).take(count).collect()
}

#[test]
fn the_reference_set_is_proposed() {
    let texts = texts();
    let Some(tags) = gold("tags.jsonl") else { return };
    let references: Vec<Reference> = lines(&tags);
    let regions: Vec<Region> = serde_json::from_str(&gold("regions.json").unwrap()).unwrap();
    let names: BTreeSet<String> = gold("indicator_names.txt").unwrap().lines().map(|line| line.trim().to_owned()).collect();
    for reference in &references {
        let quote = characters(&texts[&reference.file], reference.start, (reference.end - reference.start) as usize);
        assert_eq!(quote, reference.quote, "the places of the reference set are those of another text");
    }
    let files: BTreeSet<&String> = references.iter().map(|reference| &reference.file).collect();
    let proposals: Vec<Proposed> = files.into_iter().flat_map(|file| proposals(file, &texts[file])).collect();
    let score = score(&references, &regions, &names, &proposals);
    for kind in KINDS {
        eprintln!("figures: reference set, {kind}s: {}", score.kinds[kind]);
    }
    let ratios = [("quantities", score.quantities), ("bounds", score.bounds), ("listed names", score.names), ("numbers", score.numbers)];
    for (what, ratio) in ratios {
        eprintln!("figures: reference set, {what}: {ratio}");
    }
    let f1 = [("target", 0.85), ("indicator", 0.92), ("commitment", 0.80)].map(|(kind, least)| (kind, score.kinds[kind].f1(), least));
    let shares = ratios.map(|(what, ratio)| (what, ratio.share(), if what == "listed names" { 0.90 } else { 0.95 }));
    let short: Vec<_> = f1.into_iter().chain(shares).filter(|(_, reached, least)| reached < least).collect();
    assert!(short.is_empty(), "{short:?}\n{}", score.wrong.join("\n"));
}

/// A target of a national report: from `lo` to `hi`, either of which may be open.
#[derive(Debug, serde::Deserialize)]
struct National {
    file: String,
    quote: String,
    start: u32,
    lo: Option<f64>,
    hi: Option<f64>,
    unit: String,
}

#[test]
fn every_target_of_the_national_reports_is_found_with_its_numbers() {
    let texts = texts();
    let Some(listed) = gold("national_targets.jsonl") else { return };
    let listed: Vec<National> = lines(&listed);
    let files: BTreeSet<&String> = listed.iter().map(|target| &target.file).collect();
    let found: BTreeMap<&String, Vec<Proposed>> = files.into_iter().map(|file| (file, proposals(file, &texts[file]))).collect();
    let mut missed = Vec::new();
    for target in &listed {
        let end = target.start + u32::try_from(target.quote.chars().count()).unwrap();
        assert_eq!(characters(&texts[&target.file], target.start, (end - target.start) as usize), target.quote, "{}", target.file);
        let over: Vec<&Proposed> = found[&target.file].iter().filter(|one| one.start < end && target.start < one.end).collect();
        let mut stated = over.iter().filter(|one| one.kind == "target").flat_map(|one| &one.quantities);
        let states = |number: &Number| {
            let ends: Vec<f64> = number.value.into_iter().chain(number.value_high).collect();
            let is_stated = |wanted: Option<f64>| wanted.is_none_or(|wanted| ends.iter().any(|end| (end - wanted).abs() < 1e-6));
            is_stated(target.lo) && is_stated(target.hi) && number.unit.as_deref() == Some(target.unit.as_str())
        };
        if !stated.any(states) {
            missed.push(format!("{} {}: {} — over it: {over:?}", target.file, target.start, target.quote));
        }
    }
    eprintln!("figures: national targets: {}", Ratio { right: listed.len() - missed.len(), of: listed.len() });
    assert!(!listed.is_empty() && missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn news_of_a_company_promises_nothing_for_a_government() {
    let texts = texts();
    if texts.is_empty() {
        return;
    }
    let mut found = proposals("vanke", &texts["news_NEG_vanke.txt"]);
    eprintln!("figures: news of a company: {} indicators", found.iter().filter(|proposal| proposal.kind == "indicator").count());
    found.retain(|proposal| proposal.kind != "indicator");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn counts_and_intervals_are_those_of_wilson() {
    let ratio = Ratio { right: 57, of: 58 };
    assert_eq!(ratio.to_string(), "57/58 = 0.983 [0.91, 1.00]");
    assert_eq!(Ratio { right: 12, of: 13 }.to_string(), "12/13 = 0.923 [0.67, 0.99]");
    assert_eq!(Ratio::default().to_string(), "0/0");
}
