//! Sentences as reports have them, each under its heading, and what has to be proposed for it: `fixtures/sentences.txt`.

use super::{attribute, proposed, quantities, quote, report};
use jiannuo::report::Report;
use jiannuo::suggest::Proposal;
use std::fmt::Write as _;

const SENTENCES: &str = include_str!("../fixtures/sentences.txt");

/// What stands over every heading of the fixture: the report is one of January 2024.
const HEAD: &str = "青禾市政府工作报告\n——2024年1月9日在青禾市第五届人民代表大会第四次会议上\n青禾市市长　林一帆\n\n各位代表：\n";

/// A sentence with the heading it stands under and the rows of what has to be proposed.
struct Sentence<'t> {
    line: usize,
    heading: &'t str,
    text: &'t str,
    rows: Vec<Row<'t>>,
}

/// What has to be proposed; what is empty or left out may be anything, but for quantities.
struct Row<'t> {
    written: &'t str,
    kind: &'t str,
    quote: &'t str,
    indicator: &'t str,
    quantities: Vec<&'t str>,
    attributes: Vec<(&'t str, &'t str)>,
}

impl<'t> Row<'t> {
    fn read(written: &'t str) -> Self {
        let mut cells = written.split('|').map(str::trim);
        let mut cell = || cells.next().unwrap_or_default();
        let parts = |cell: &'t str, between: &'static str| cell.split(between).filter(|part| !part.is_empty());
        Self {
            written,
            kind: cell(),
            quote: cell(),
            indicator: cell(),
            quantities: parts(cell(), "; ").collect(),
            attributes: parts(cell(), ", ").map(|pair| pair.split_once('=').unwrap()).collect(),
        }
    }

    fn is(&self, report: &Report, proposal: &Proposal) -> bool {
        let found = quantities(proposal);
        let found: Vec<&str> = found.split("; ").filter(|one| !one.is_empty()).collect();
        // A basis stands last and may be left out.
        let states =
            |(found, wanted): (&&str, &&str)| found.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        self.kind == proposal.kind.as_str()
            && self.quote == quote(report, proposal)
            && (self.indicator.is_empty() || self.indicator == proposal.indicator())
            && found.len() == self.quantities.len()
            && found.iter().zip(&self.quantities).all(states)
            && self.attributes.iter().all(|(key, value)| attribute(proposal, key) == *value)
    }
}

fn sentences() -> Vec<Sentence<'static>> {
    let (mut all, mut heading): (Vec<Sentence<'static>>, &str) = (Vec::new(), "");
    for (number, line) in SENTENCES.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        if let Some(row) = line.strip_prefix("  ") {
            all.last_mut().unwrap().rows.push(Row::read(row));
        } else if let Some(words) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            heading = words;
        } else {
            all.push(Sentence { line: number + 1, heading, text: line, rows: Vec::new() });
        }
    }
    all
}

/// A proposal as the fixture has it, with everything it says.
fn described(report: &Report, proposal: &Proposal) -> String {
    let said = proposal.statement.attributes.iter().filter(|(key, _)| key.as_str() != "indicator_name");
    let said: Vec<String> = said.map(|(key, value)| format!("{}={}", key.as_str(), value.text())).collect();
    let cells = [proposal.kind.as_str().to_owned(), quote(report, proposal), proposal.indicator(), quantities(proposal), said.join(", ")];
    format!("{} ({}, {} %)", cells.join(" | "), proposal.rule, proposal.confidence.get())
}

#[test]
fn each_sentence_is_read() {
    let sentences = sentences();
    let mut differing = String::new();
    let mut right = 0;
    for Sentence { line, heading, text, rows } in &sentences {
        let report = report(&format!("{HEAD}{heading}\n{text}\n"));
        let body = report.text().len() - u32::try_from(text.chars().count() + 1).unwrap();
        let found = proposed(&report).proposals;
        let found: Vec<&Proposal> = found.iter().filter(|proposal| proposal.span.start().get() >= body).collect();
        if found.len() == rows.len() && rows.iter().zip(&found).all(|(row, proposal)| row.is(&report, proposal)) {
            right += 1;
            continue;
        }
        writeln!(differing, "line {line}: {text}").unwrap();
        rows.iter().for_each(|row| writeln!(differing, "  wanted {}", row.written).unwrap());
        found.iter().for_each(|proposal| writeln!(differing, "  found  {}", described(&report, proposal)).unwrap());
    }
    eprintln!("figures: {right} of {} sentences are read as they should be", sentences.len());
    assert!(sentences.len() >= 80, "{} sentences", sentences.len());
    assert!(differing.is_empty(), "\n{differing}");
}
