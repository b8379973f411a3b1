//! Repair of scraped reports: against what a damaged report must have read before.

use jiannuo::report::{Corrections, Report};
use jiannuo::text::repair::{Loss, Repair, Repairs};
use std::path::PathBuf;

fn report(name: &str) -> Option<Report> {
    let (_, text) = crate::shared::reports().into_iter().find(|(path, _)| path.to_string_lossy().contains(name))?;
    Some(Report::new(text, Corrections::default()))
}

/// Everything outside the places that are listed as losses is as it must have been.
#[test]
fn injected_pinyin_is_undone() {
    let Some(report) = report("client/003") else { return };
    let shared = PathBuf::from(std::env::var_os("JIANNUO_SHARED").unwrap());
    let gold = std::fs::read_to_string(shared.join("gold/003_repaired.txt")).unwrap();
    let gold: Vec<char> = gold.trim_start_matches('\u{FEFF}').chars().collect();
    let repairs = Repairs::NONE.with(Repair::Pinyin, true).with(Repair::Asterisks, true);
    let whole = report.text().span();
    let losses: Vec<_> = report.damage().losses().iter().filter(|(_, loss)| *loss == Loss::Bytes).collect();
    // Between two losses the text stands in the reference word for word; a loss itself may be of any length there.
    let (mut at, mut from) = (0, whole.start());
    for (span, _) in losses.iter().map(|(span, loss)| (*span, *loss)).chain([(jiannuo::text::Span::at(whole.end()), Loss::Bytes)]) {
        let stretch = jiannuo::text::Span::new(from, span.start());
        let expected: Vec<char> = report.damage().repaired(report.quote(stretch), stretch, repairs).0.chars().collect();
        let found = (at..(at + 24).min(gold.len() + 1)).find(|&start| gold[start..].starts_with(&expected));
        assert!(found.is_some(), "…{}", expected.iter().take(60).collect::<String>());
        at = found.unwrap() + expected.len();
        from = span.end();
    }
    assert_eq!(at, gold.len());
    assert!(losses.len() <= 10, "{} places given up", losses.len());
    assert!(report.damage().count(Repair::Pinyin) > 1900);
}

#[test]
fn asterisks_are_brackets_where_they_can_be() {
    let Some(report) = report("client/002") else { return };
    let losses = report.damage().losses().iter().filter(|(_, loss)| *loss == Loss::Asterisks).count();
    assert_eq!((report.damage().count(Repair::Asterisks), losses), (44, 11));
}

#[test]
fn a_machine_s_conversion_is_told_from_a_person_s() {
    for (path, text) in crate::shared::all() {
        let name = path.to_string_lossy().into_owned();
        let expected = ["s2twp", "client/002", "samples/panhai"].iter().any(|part| name.contains(part));
        let report = Report::new(text, Corrections::default());
        assert_eq!(report.damage().machine_converted(), expected, "{name}");
    }
}
