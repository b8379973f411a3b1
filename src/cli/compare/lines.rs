//! What was compared, one JSON object a line: each figure with its counts, each case, and at last what there is in all.

use super::super::differences::{case_object, decision_object};
use super::Compared;
use crate::report::Field;
use crate::review::agreement::{Figure, Metric};
use crate::review::figures::{Figures, PersonCounts, Rated};
use crate::review::{Judged, Progress};
use crate::text::Span;
use serde_json::{Value as Json, json};

pub(super) fn lines(compared: &Compared) -> String {
    let figures = compared.figures.iter().flat_map(|figures| all_figures(compared, figures));
    let cases = compared.cases.iter().map(|judged| case(compared, judged));
    figures.chain(cases).chain([summary(compared)]).map(|object| format!("{object}\n")).collect()
}

/// Of what a figure is; what is not named is all.
#[derive(Clone, Copy, Default)]
struct Of<'a> {
    of: &'static str,
    kind: Option<&'a str>,
    section: Option<(Span, &'a str)>,
    people: Option<[&'a str; 2]>,
    rated: Option<(&'a Rated, Metric)>,
}

fn all_figures(compared: &Compared, figures: &Figures) -> Vec<Json> {
    let all = (Of { of: "all", ..Of::default() }, &figures.all);
    let kinds = figures.kinds.iter().map(|(kind, block)| (Of { of: "kind", kind: Some(kind.as_str()), ..Of::default() }, block));
    let of_section = |span: &Span, heading| Of { of: "section", section: Some((*span, heading)), ..Of::default() };
    let sections = figures.sections.iter().map(|(span, heading, block)| (of_section(span, heading.as_str()), block));
    let of_pair = |one, other| Of { of: "pair", people: Some([compared.name(one), compared.name(other)]), ..Of::default() };
    let pairs = figures.pairs.iter().map(|(one, other, block)| (of_pair(*one, *other), block));
    let blocks = std::iter::once(all).chain(kinds).chain(sections).chain(pairs);
    let of_blocks = blocks.flat_map(|(of, block)| block.named().map(move |(key, figure)| (of, key, figure)));
    let rated = figures.attributes.iter().map(|(rated, metric, figure)| {
        let of = Of { of: "matched", rated: Some((rated, *metric)), ..Of::default() };
        (of, "alpha", *figure)
    });
    of_blocks.chain(rated).map(|(of, key, figure)| object(&of, key, &figure, !figures.without_proposals)).collect()
}

fn object(of: &Of, key: &str, figure: &Figure, with_proposals: bool) -> Json {
    let section = of.section.map(|(span, heading)| (span.start().get(), span.end().get(), heading));
    let Figure { value, low, high, counts, undefined } = *figure;
    json!({
        "type": "figure", "with_proposals": with_proposals, "of": of.of, "kind": of.kind,
        "start": section.map(|(start, ..)| start), "end": section.map(|(_, end, _)| end), "heading": section.map(|(.., heading)| heading),
        "people": of.people, "rated": of.rated.map(|(rated, _)| sort(rated)), "key": of.rated.map(|(rated, _)| rated.key()),
        "metric": of.rated.map(|(_, metric)| metric.key()), "figure": key, "value": value, "low": low, "high": high,
        "coders": counts.coders, "compared": counts.compared, "agreed": counts.agreed, "left_out": counts.left_out,
        "undefined": undefined.map(|why| why.key()),
    })
}

/// What sort of thing is said of a tag.
const fn sort(rated: &Rated) -> &'static str {
    match rated {
        Rated::Kind => "kind",
        Rated::Attribute(_) => "attribute",
        Rated::Value(_) => "measure",
    }
}

fn case(compared: &Compared, judged: &Judged) -> Json {
    let decisions: Vec<Json> = judged.decisions.iter().map(decision_object).collect();
    json!({
        "type": "case", "case": case_object(&judged.case, &compared.layers), "difference": compared.is_difference(&judged.case),
        "unread_by": compared.unread_by(&judged.case), "standing": judged.standing.key(), "decisions": decisions,
    })
}

fn summary(compared: &Compared) -> Json {
    let Compared { report, cases, figures, .. } = compared;
    let Progress { agreed, decided, open, conflicts, deferred, asked } = Progress::of(cases);
    let people = |figures: &Figures| figures.people.iter().map(person).collect::<Vec<Json>>();
    let first = figures.first();
    json!({
        "type": "summary", "report": report.id().to_string(), "title": report.facts().get(Field::Title),
        "people": first.map(people), "characters": first.map(|figures| figures.characters), "seed": first.map(|figures| figures.seed),
        "resamples": first.map(|figures| figures.resamples), "drawn": first.map(|figures| figures.drawn.key()),
        "units": first.map(|figures| figures.units), "cases": cases.len(), "differences": compared.differences().count(),
        "agreed": agreed, "decided": decided, "open": open, "conflicts": conflicts, "deferred": deferred, "asked": asked,
    })
}

fn person(counts: &PersonCounts) -> Json {
    let kinds: serde_json::Map<String, Json> = counts.kinds.iter().map(|(kind, tags)| (kind.to_string(), json!(tags))).collect();
    json!({
        "person": counts.person.name, "person_id": counts.person.id.to_string(), "tags": kinds,
        "from_proposals": counts.from_proposals, "unread": counts.unread,
    })
}
