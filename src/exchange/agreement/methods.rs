//! A paragraph on method: what was compared, which figures were reckoned and how, what was left out, and what came of it.

use super::{Agreement, interval, rounded};
use crate::review::agreement::Figure;

/// The figures that are told in the paragraph.
const TOLD: [&str; 6] = ["exact_f1", "overlapping_f1", "cohen", "fleiss", "alpha", "unitized"];

/// The paragraph.
pub fn methods(agreement: Agreement<'_>) -> String {
    let stamp = agreement.secrecy().map(|level| format!("〔{}〕", level.mark())).unwrap_or_default();
    let sentences: Vec<String> = [material(&agreement), left_out(&agreement), figures(&agreement), results(&agreement)].concat();
    sentences.join(agreement.labels.label("agreement", "between_sentences")) + &stamp
}

/// What was tagged, and by whom.
fn material(agreement: &Agreement<'_>) -> Vec<String> {
    let tags = agreement.tags();
    let all: u64 = tags.iter().map(|(_, count)| count).sum();
    let by_kind = tags.iter().map(|(kind, count)| format!("{} {count}", agreement.label("kind", kind.as_str())));
    let by_kind = listed(agreement, by_kind);
    let people = listed(agreement, agreement.people.iter().cloned());
    vec![
        agreement.said("methods_material", &[agreement.title(), &agreement.figures.characters.to_string()]),
        agreement.said("methods_people", &[&agreement.people.len().to_string(), &people, &all.to_string(), &by_kind]),
    ]
}

/// What does not count, and what counts as what.
pub(super) fn left_out(agreement: &Agreement<'_>) -> Vec<String> {
    let figures = agreement.figures;
    let mut sentences = Vec::new();
    match agreement.sample {
        Some(sample) => sentences.push(agreement.said("methods_sample", &[sample])),
        None if figures.characters < u64::from(agreement.report.text().len()) => sentences.push(agreement.said("methods_training", &[])),
        None => {}
    }
    let proposed: u64 = figures.people.iter().map(|person| person.from_proposals).sum();
    if proposed > 0 {
        let key = if figures.without_proposals { "methods_without_proposals" } else { "methods_with_proposals" };
        sentences.push(agreement.said(key, &[&proposed.to_string()]));
    }
    let unread = figures.people.iter().enumerate().filter(|(_, person)| person.unread > 0);
    let unread = unread.map(|(at, person)| agreement.said("methods_unread_by", &[agreement.person(at), &person.unread.to_string()]));
    let unread = listed(agreement, unread);
    sentences.push(if unread.is_empty() { agreement.said("methods_read", &[]) } else { agreement.said("methods_unread", &[&unread]) });
    sentences
}

/// Which figures were reckoned, and how.
fn figures(agreement: &Agreement<'_>) -> Vec<String> {
    let figures = agreement.figures;
    let of_several = figures.people.len() > 2;
    let spans = if of_several { "methods_spans_of_pairs" } else { "methods_spans" };
    let cohen = of_several.then(|| agreement.said("methods_mean", &[]));
    let attributes = (!figures.attributes.is_empty()).then(|| agreement.said("methods_attributes", &[]));
    let drawn = agreement.label("drawn", figures.drawn.key());
    let [resamples, units, seed] = [u64::from(figures.resamples), figures.units as u64, figures.seed].map(|number| number.to_string());
    let intervals = agreement.said("methods_intervals", &[&resamples, &drawn, &units, &seed]);
    let first = [agreement.said(spans, &[]), agreement.said("methods_characters", &[])];
    first.into_iter().chain(cohen).chain(attributes).chain([intervals]).collect()
}

/// What came of it, for all kinds together.
fn results(agreement: &Agreement<'_>) -> Vec<String> {
    let told = agreement.figures.all.named().filter(|(key, _)| TOLD.contains(key));
    let told = listed(agreement, told.map(|(key, figure)| result(agreement, key, &figure)));
    vec![agreement.said("methods_results", &[&told]), agreement.said("methods_program", &[env!("CARGO_PKG_VERSION")])]
}

fn result(agreement: &Agreement<'_>, key: &str, figure: &Figure) -> String {
    let name = agreement.label("figure", key);
    match (figure.value, interval(figure)) {
        (Some(value), Some(interval)) => agreement.said("methods_result", &[&name, &rounded(value), &interval]),
        (Some(value), None) => agreement.said("methods_result_alone", &[&name, &rounded(value)]),
        (None, _) => {
            let why = figure.undefined.map(|why| agreement.label("undefined", why.key())).unwrap_or_default();
            agreement.said("methods_result_none", &[&name, &why])
        }
    }
}

fn listed(agreement: &Agreement<'_>, all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(agreement.labels.label("agreement", "between"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{measured, panel};
    use super::*;
    use crate::exchange::handed::Labels;

    /// Sentences that say what is filled into them.
    struct Gaps;

    impl Labels for Gaps {
        fn label<'a>(&'a self, _: &str, key: &'a str) -> &'a str {
            match key {
                "methods_people" => "people {0} ({1}) {2} [{3}]",
                "methods_unread_by" => "{0} {1}",
                "methods_unread" => "unread: {0}",
                "methods_intervals" => "{0} of {2} {1}, seed {3}",
                "methods_results" => "results: {0}",
                "methods_result_alone" => "{0} = {1}",
                "methods_result" => "{0} = {1} {2}",
                "between" => ", ",
                "between_sentences" => "; ",
                _ => key,
            }
        }
    }

    #[test]
    fn everything_that_has_to_be_known_is_said() {
        measured(&panel(), |agreement, _| {
            let said = methods(Agreement { labels: &Gaps, ..agreement });
            assert!(said.contains("people 3 (甲, 乙, 丙) 5 [target 2, indicator 3]"), "{said}");
            assert!(said.contains("; unread: 丙 ") && !said.contains("methods_read"), "{said}");
            assert!(said.contains(" paragraphs, seed 7") && said.contains("40 of "), "{said}");
            assert!(said.contains("methods_spans_of_pairs") && said.contains("methods_mean") && said.contains("methods_attributes"));
            let f1 = agreement.figures.all.exact.f1;
            assert!(said.contains(&format!("exact_f1 = {}", rounded(f1.value.unwrap()))), "{said}");
            assert!(!said.contains("methods_sample") && !said.contains("methods_training") && !said.contains("proposals"));
            let of_sample = methods(Agreement { labels: &Gaps, sample: Some("复标"), ..agreement });
            assert!(of_sample.contains("methods_sample"));
        });
    }
}
