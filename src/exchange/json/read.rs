//! JSON and JSONL, read back: what was written here, and what another program wrote of the same shape.

use super::wire::{JsonLink, JsonTag};
use crate::annotation::{AttributeId, Link, Origin, Relation};
use crate::exchange::incoming::{Incoming, Known, Misfit, Said, kind_of};
use crate::text::Span;
use serde_json::{Map, Value as Json};
use std::str::FromStr;

/// Reads tags back: an object a line, a list of objects, or a file with a list in `tags`. What an object has no field for it
/// does not say.
pub fn read_json(text: &str, known: &Known<'_>) -> Vec<Incoming> {
    let read = |(number, object): (usize, Result<Json, String>)| {
        let row = Incoming::at("", number);
        let unreadable = |why: String| Incoming { misfits: vec![Misfit::Unreadable(why)], ..Incoming::at("", number) };
        match object {
            Ok(Json::Object(object)) => incoming(row, object, known).unwrap_or_else(unreadable),
            Ok(other) => unreadable(other.to_string()),
            Err(why) => unreadable(why),
        }
    };
    objects(text.trim_start_matches('\u{FEFF}')).into_iter().map(read).collect()
}

/// The objects of a file with their numbers: those of its lines, or of its list.
fn objects(text: &str) -> Vec<(usize, Result<Json, String>)> {
    let numbered = |all: Vec<Json>| (1..).zip(all.into_iter().map(Ok)).collect();
    match serde_json::from_str(text) {
        Ok(Json::Array(all)) => numbered(all),
        Ok(Json::Object(mut file)) => match file.remove("tags") {
            Some(Json::Array(all)) => numbered(all),
            _ => numbered(vec![Json::Object(file)]),
        },
        Ok(other) => numbered(vec![other]),
        Err(_) => {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            lines.map(|(number, line)| (number, serde_json::from_str(line).map_err(|error| error.to_string()))).collect()
        }
    }
}

fn incoming(mut row: Incoming, object: Map<String, Json>, known: &Known<'_>) -> Result<Incoming, String> {
    let says: Vec<String> = object.keys().cloned().collect();
    let has = |key: &str| says.iter().any(|said| said == key);
    let tag: JsonTag = serde_json::from_value(Json::Object(object)).map_err(|error| error.to_string())?;
    let mut misfits = Vec::new();
    row.tag = name(tag.id.as_deref(), &mut misfits);
    row.report = name(tag.report.as_deref(), &mut misfits);
    row.person = name(tag.person.as_deref(), &mut misfits);
    row.changed = name(tag.changed.as_deref(), &mut misfits);
    if has("kind") {
        row.said.push(Said::Kind(kind_of(&tag.kind, known)));
    }
    if let (Some(start), Some(end)) = (tag.start, tag.end) {
        row.said.push(Said::Place(Span::of(start, end)));
    }
    if has("quantities") {
        let read: Result<Vec<_>, _> = tag.quantities.into_iter().map(super::wire::JsonQuantity::read).collect();
        match read {
            Ok(quantities) => row.said.push(Said::Quantities(quantities)),
            Err((field, said)) => misfits.push(Misfit::NotAChoice(field.to_owned(), said)),
        }
    }
    if has("attributes") {
        // An attribute of the codebook that is not there was taken away.
        let missing = known.book.attributes.iter().map(|attribute| &attribute.id).filter(|id| !tag.attributes.contains_key(id.as_str()));
        row.said.extend(missing.map(|id| Said::Attribute(id.clone(), None)));
        row.said.extend(tag.attributes.into_iter().map(|(id, value)| Said::Attribute(AttributeId::new(id), Some(value.read()))));
    }
    if has("note") {
        row.said.push(Said::Note(tag.note.unwrap_or_default()));
    }
    if has("unsure") {
        row.said.push(Said::Unsure(tag.unsure));
    }
    row.quote = tag.quote;
    let rule = tag.rule.unwrap_or_default();
    row.made.origin = match tag.origin.as_deref() {
        Some("accepted") => Origin::Accepted(rule),
        Some("mended") => Origin::Mended(rule),
        Some(_) | None => Origin::ByHand,
    };
    row.made.definition = tag.definition.as_deref().and_then(|definition| definition.parse().ok());
    if let Some(carried) = tag.carried {
        match carried.read() {
            Some(carried) => row.made.carried = Some(Box::new(carried)),
            None => misfits.push(Misfit::Unreadable("carried".to_owned())),
        }
    }
    for wire in &tag.links {
        match link(wire) {
            Some(link) => row.links.push(link),
            None => misfits.push(Misfit::NotAName(wire.id.clone())),
        }
    }
    row.misfits = misfits;
    Ok(row)
}

fn link(wire: &JsonLink) -> Option<Link> {
    let relation = Relation::from_key(&wire.relation)?;
    Some(Link { id: wire.id.parse().ok()?, relation, from: wire.from.read()?, to: wire.to.read()? })
}

/// A name or a moment; what is none is listed.
fn name<T: FromStr>(said: Option<&str>, misfits: &mut Vec<Misfit>) -> Option<T> {
    let said = said.filter(|said| !said.is_empty())?;
    let read = said.parse().ok();
    if read.is_none() {
        misfits.push(Misfit::NotAName(said.to_owned()));
    }
    read
}
