//! Cases as the commands print them: a line for people, an object for programs.

use crate::annotation::{AttributeId, Tag, Value};
use crate::locale::Words;
use crate::review::{Case, Given, Layer, Sort};
use serde_json::{Value as Json, json};

/// A case as one object: in what people disagree, who tagged it how, and who did not.
pub(super) fn case_object(case: &Case, layers: &[Layer]) -> Json {
    let disagreement = case.disagreement(layers);
    let attributes: Vec<&str> = disagreement.attributes.iter().map(AttributeId::as_str).collect();
    json!({
        "key": case.key(layers).to_string(), "sort": case.sort.key(),
        "start": case.span.start().get(), "end": case.span.end().get(),
        "characters": disagreement.characters, "kind": disagreement.kind, "quantities": disagreement.quantities, "attributes": attributes,
        "tags": case.tags(layers).map(|(layer, tag)| tag_object(layer, tag)).collect::<Vec<_>>(),
        "without": without(case, layers),
    })
}

fn tag_object(layer: &Layer, tag: &Tag) -> Json {
    let quantities: Vec<&str> = tag.quantities.iter().map(|quantity| quantity.words.as_str()).collect();
    let value = |value: &Value| match value {
        Value::One(text) => json!(text),
        Value::Many(texts) => json!(texts),
    };
    let attributes: serde_json::Map<String, Json> = tag.attributes.iter().map(|(id, said)| (id.as_str().to_owned(), value(said))).collect();
    json!({
        "person": layer.person.name, "person_id": layer.person.id.to_string(), "tag": tag.id.to_string(), "kind": tag.kind.as_str(),
        "start": tag.anchor.span.start().get(), "end": tag.anchor.span.end().get(), "quote": tag.anchor.quote,
        "quantities": quantities, "attributes": attributes, "note": tag.note, "unsure": tag.unsure,
    })
}

/// A decision as one object.
pub(super) fn decision_object(given: &Given) -> Json {
    let decision = &given.decision;
    let options: Vec<Json> = decision
        .options
        .iter()
        .map(|option| {
            let (person, id) = (&option.person.name, option.person.id.to_string());
            json!({ "person": person, "person_id": id, "tag": option.tag.to_string(), "taken": option.taken })
        })
        .collect();
    json!({
        "case": decision.case.to_string(), "by": given.by.name, "by_id": given.by.id.to_string(), "at": given.at.to_string(),
        "outcome": decision.outcome.key(), "reason": decision.reason.map(|reason| reason.key()), "words": decision.words,
        "options": options, "tags": decision.tags.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Who has no tag in a case.
fn without<'l>(case: &Case, layers: &'l [Layer]) -> Vec<&'l str> {
    let lacking = layers.iter().zip(&case.members).filter(|(_, tags)| tags.is_empty());
    lacking.map(|(layer, _)| layer.person.name.as_str()).collect()
}

/// A case on one line: where it is, in what people disagree, what each has.
pub(super) fn case_line(case: &Case, layers: &[Layer], words: &Words) -> String {
    let place = format!("{}–{}", case.span.start().get(), case.span.end().get());
    let tags = case.tags(layers).map(|(layer, tag)| {
        let quote = tag.anchor.quote.replace('\n', " ");
        words.fill("cli_case_tag", &[&layer.person.name, words.kind(&tag.kind), &quote])
    });
    let without = without(case, layers).join("、");
    let without = Some(words.fill("cli_case_without", &[&without])).filter(|_| !without.is_empty());
    let parts: Vec<String> = std::iter::once(sort(&case.sort, words)).chain(tags).chain(without).collect();
    format!("{place:<15}{}", parts.join("  "))
}

/// In what people disagree, in words.
fn sort(sort: &Sort, words: &Words) -> String {
    let what = match sort {
        Sort::Boundary { characters } => characters.to_string(),
        Sort::Attributes(attributes) => attributes.iter().map(|attribute| words.attribute(attribute)).collect::<Vec<_>>().join("、"),
        Sort::Agreed | Sort::Quantities | Sort::Kind | Sort::OnlySome | Sort::OneAgainstSeveral => String::new(),
    };
    words.fill(&format!("cli_case_{}", sort.key()), &[&what])
}
