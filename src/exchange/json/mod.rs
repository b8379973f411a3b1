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
        title: report.title().to_owned(),
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
        report_title: Some(report.title().to_owned()),
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
