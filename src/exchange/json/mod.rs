//! JSON and JSONL: everything that is known of a tag, for programs. Its schema is in `assets/schema/tags.schema.json`.
//!
//! An object a tag. Places count Unicode scalar values of the source text, from the start, half-open; what is absent is
//! null. JSONL has one such object a line; JSON has them in `tags`, behind what the reports are.

mod read;
mod wire;

pub use read::read_json;

use super::handed::{Handed, LinkRow, TagRow};
use crate::annotation::LinkEnd;
use crate::report::ScriptView;
use std::collections::BTreeMap;
use wire::{JsonBook, JsonCarried, JsonFile, JsonLink, JsonQuantity, JsonReport, JsonTag, JsonValue, filled};

/// The schema of a line of JSONL, and of a JSON file (JSON Schema, draft 2020-12).
pub const TAGS_SCHEMA: &str = include_str!("../../../assets/schema/tags.schema.json");

/// Writes an object a line.
pub fn write_jsonl(handed: Handed<'_>) -> String {
    let links = links(handed);
    let mut written = String::new();
    for row in handed.tags() {
        written.push_str(&serde_json::to_string(&tag(&row, handed, &links)).unwrap_or_default());
        written.push('\n');
    }
    written
}

/// Writes one object with all of them.
pub fn write_json(handed: Handed<'_>) -> String {
    let links = links(handed);
    let report = |report: &super::HandedReport<'_>| JsonReport {
        id: report.id().to_string(),
        name: report.name.to_owned(),
        title: report.title_shown(handed.options.reading).into_owned(),
        characters: report.report.text().len(),
        facts: report.facts().all().iter().map(|(field, value)| (field.key().to_owned(), value.clone())).collect(),
        secrecy: report.secrecy().map(|level| level.key().to_owned()),
    };
    let file = JsonFile {
        format: wire::FORMAT.to_owned(),
        version: wire::VERSION,
        codebook: JsonBook { version: handed.book.version, hash: handed.book.hash.clone() },
        secrecy: handed.secrecy().map(|level| level.key().to_owned()),
        reports: handed.reports.iter().map(report).collect(),
        tags: handed.tags().map(|row| tag(&row, handed, &links)).collect(),
    };
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

/// The links at the tag each is written with: the end that is in the layer of whoever made it, the first if both are.
type Links = BTreeMap<LinkEnd, Vec<JsonLink>>;

fn links(handed: Handed<'_>) -> Links {
    let mut links = Links::new();
    for row in handed.links() {
        let ends = [(row.link.from, row.from), (row.link.to, row.to)];
        let there = || ends.into_iter().filter(|(_, row)| row.is_some()).map(|(end, _)| end);
        let own = there().find(|end| end.person == row.layer.person.id && end.report == row.report.id());
        if let Some(end) = own.or_else(|| there().next()) {
            links.entry(end).or_default().push(link(&row));
        }
    }
    links
}

fn link(row: &LinkRow<'_>) -> JsonLink {
    JsonLink {
        id: row.link.id.to_string(),
        relation: row.link.relation.key().to_owned(),
        from: row.link.from.into(),
        to: row.link.to.into(),
        person: row.layer.person.id.to_string(),
        created: Some(row.stamp.created.to_string()),
        changed: Some(row.stamp.changed.to_string()),
    }
}

fn tag(row: &TagRow<'_>, handed: Handed<'_>, links: &Links) -> JsonTag {
    let TagRow { report, layer, tag, stamp, .. } = *row;
    let (place, (origin, rule)) = (row.place(), row.origin());
    let end = LinkEnd { report: report.id(), person: layer.person.id, tag: tag.id };
    JsonTag {
        id: Some(tag.id.to_string()),
        report: Some(report.id().to_string()),
        report_name: Some(report.name.to_owned()),
        report_title: Some(row.title_shown().into_owned()),
        secrecy: report.secrecy().map(|level| level.key().to_owned()),
        person: Some(layer.person.id.to_string()),
        person_name: Some(layer.person.name.clone()),
        role: Some(layer.role.key().to_owned()),
        kind: tag.kind.as_str().to_owned(),
        start: place.map(|span| span.start().get()),
        end: place.map(|span| span.end().get()),
        quote: Some(tag.anchor.quote.clone()),
        shown: (handed.options.reading.script != ScriptView::Source).then(|| row.quote().into_owned()),
        before: Some(tag.anchor.before.clone()),
        after: Some(tag.anchor.after.clone()),
        section: row.section().into_iter().map(std::borrow::Cow::into_owned).collect(),
        paragraph: row.paragraph(),
        quantities: row.quantities().map(|row| JsonQuantity::of(&row)).collect(),
        attributes: tag.attributes.iter().map(|(id, value)| (id.as_str().to_owned(), JsonValue::of(value))).collect(),
        note: filled(&tag.note),
        unsure: tag.unsure,
        origin: Some(origin.to_owned()),
        rule: filled(rule),
        definition: tag.definition.map(|definition| definition.to_string()),
        carried: tag.carried.as_deref().map(JsonCarried::of),
        links: links.get(&end).cloned().unwrap_or_default(),
        created: Some(stamp.created.to_string()),
        changed: Some(stamp.changed.to_string()),
        revision: Some(stamp.revision()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::incoming::sample::Desk;
    use super::super::{Keys, Options};
    use super::*;
    use crate::report::{Reading, ScriptView};
    use serde_json::Value as Json;
    use std::collections::BTreeSet;

    fn desk() -> Desk {
        Desk::new("政府工作报告\n一、目标\n生产总值增长6%—6.5%，“失业率”2%。\n").tagged("增长6%—6.5%", "target", &["6%—6.5%"])
    }

    /// Checks a value against the part of JSON Schema that the schema uses, and names what is wrong.
    fn check(value: &Json, schema: &Json, all: &Json, at: &str) {
        if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
            return check(value, all.pointer(name.trim_start_matches('#')).unwrap(), all, at);
        }
        let kind = match value {
            Json::Null => "null",
            Json::Bool(_) => "boolean",
            Json::Number(number) if number.is_f64() => "number",
            Json::Number(_) => "integer",
            Json::String(_) => "string",
            Json::Array(_) => "array",
            Json::Object(_) => "object",
        };
        let kinds: Vec<&str> = match &schema["type"] {
            Json::Array(kinds) => kinds.iter().filter_map(Json::as_str).collect(),
            Json::String(kind) => vec![kind],
            _ => Vec::new(),
        };
        let fits = kinds.contains(&kind) || kind == "integer" && kinds.contains(&"number");
        assert!(kinds.is_empty() || fits, "{at} is {kind}, not {kinds:?}");
        if let (Some(choices), false) = (schema["enum"].as_array(), value.is_null()) {
            assert!(choices.contains(value), "{at} is {value}");
        }
        if let Json::Object(fields) = value {
            for (name, field) in fields {
                let known = schema["properties"]
                    .get(name)
                    .or_else(|| schema["additionalProperties"].as_object().map(|_| &schema["additionalProperties"]));
                check(field, known.unwrap_or_else(|| panic!("{at}.{name} is not in the schema")), all, &format!("{at}.{name}"));
            }
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
            required.for_each(|name| assert!(fields.contains_key(name), "{at}.{name} is missing"));
        }
        if let Json::Array(items) = value {
            items.iter().for_each(|item| check(item, &schema["items"], all, &format!("{at}[]")));
        }
    }

    #[test]
    fn what_is_written_is_what_the_schema_says() {
        let schema: Json = serde_json::from_str(TAGS_SCHEMA).unwrap();
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let mut desks = vec![desk()];
        for _ in 0..8 {
            let tree = proptest::strategy::Strategy::new_tree(&super::super::incoming::sample::desks(), &mut runner).unwrap();
            desks.push(proptest::strategy::ValueTree::current(&tree));
        }
        for desk in desks {
            let (lines, file) = desk.hand(&Options::default(), &Keys, |handed| (write_jsonl(handed), write_json(handed)));
            for line in lines.lines() {
                check(&serde_json::from_str(line).unwrap(), &schema["$defs"]["tag"], &schema, "tag");
            }
            check(&serde_json::from_str(&file).unwrap(), &schema["$defs"]["file"], &schema, "file");
        }
    }

    #[test]
    fn every_field_of_a_line_stands_in_the_schema() {
        let schema: Json = serde_json::from_str(TAGS_SCHEMA).unwrap();
        let written = serde_json::to_value(JsonTag::default()).unwrap();
        let names = |value: &Json| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&written), names(&schema["$defs"]["tag"]["properties"]));
    }

    #[test]
    fn numbers_are_numbers_and_words_are_as_they_stand_and_as_they_are_read() {
        let options = Options { reading: Reading::of(ScriptView::Traditional), ..Options::default() };
        let line = desk().hand(&options, &Keys, write_jsonl);
        let tag: Json = serde_json::from_str(&line).unwrap();
        assert_eq!((&tag["quote"], &tag["shown"]), (&Json::from("增长6%—6.5%"), &Json::from("增長6%—6.5%")));
        assert_eq!((&tag["start"], &tag["end"], &tag["paragraph"]), (&Json::from(16), &Json::from(25), &Json::from(3)));
        assert_eq!((&tag["section"][0], &tag["note"]), (&Json::from("一、目標"), &Json::Null));
        let quantity = &tag["quantities"][0];
        assert_eq!(
            (&quantity["value"], &quantity["value_high"], &quantity["bound"]),
            (&Json::from(6), &Json::from(6.5), &Json::from("between"))
        );
    }
}
