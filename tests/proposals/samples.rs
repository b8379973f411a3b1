//! What is proposed on the project's own two samples, line by line.
//!
//! `JIANNUO_BLESS=1 cargo test --test it proposals::samples` writes the fixtures anew; whoever does so reads the difference
//! before it is kept.

use super::{attribute, proposed, quantities, quote, report};
use jiannuo::suggest::Proposal;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const COLUMNS: &str = "# kind\tquote\tindicator\tquantities\tperiod\tdeadline\towner\trule";

/// Who leads, and behind a plus sign who supports.
fn owner(proposal: &Proposal) -> String {
    let (lead, support) = (attribute(proposal, "owner_lead"), attribute(proposal, "owner_support"));
    if support.is_empty() { lead } else { format!("{lead} + {support}") }
}

/// What is proposed for a text, one line a proposal.
fn table(text: &str) -> String {
    let report = report(text);
    let mut table = format!("{COLUMNS}\n");
    for proposal in &proposed(&report).proposals {
        let cells = [
            proposal.kind.as_str().to_owned(),
            quote(&report, proposal),
            proposal.indicator(),
            quantities(proposal),
            attribute(proposal, "period"),
            attribute(proposal, "deadline"),
            owner(proposal),
            proposal.rule.to_string(),
        ];
        writeln!(table, "{}", cells.join("\t")).unwrap();
    }
    table
}

/// The lines in which two texts differ, those of the fixture with a minus sign.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut difference = String::new();
    for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if matches!(change, DiffOp::Equal { .. }) {
            continue;
        }
        for (sign, lines) in [('-', &old[change.old_range()]), ('+', &new[change.new_range()])] {
            lines.iter().for_each(|line| writeln!(difference, "{sign} {line}").unwrap());
        }
        difference.push('\n');
    }
    difference
}

fn check(sample: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixture: PathBuf = root.join("tests/fixtures/proposals").join(sample);
    let found = table(&std::fs::read_to_string(root.join("assets/samples").join(sample)).unwrap());
    eprintln!("figures: {sample}: {} proposals", found.lines().count() - 1);
    if std::env::var_os("JIANNUO_BLESS").is_some() {
        std::fs::create_dir_all(fixture.parent().unwrap()).unwrap();
        std::fs::write(&fixture, found).unwrap();
        return;
    }
    let expected =
        std::fs::read_to_string(&fixture).unwrap_or_else(|error| panic!("{}: {error}; JIANNUO_BLESS=1 writes it", fixture.display()));
    assert!(expected == found, "{} (+ is what is proposed now):\n{}", fixture.display(), difference(&expected, &found));
}

#[test]
fn a_clean_report_in_simplified_characters() {
    check("yunxi-2024-hans.txt");
}

#[test]
fn a_damaged_report_in_traditional_characters() {
    check("panhai-2023-hant.txt");
}
