//! JSON and JSONL, read back: what was written here, and what another program wrote of the same shape.

use super::wire::{JsonLink, JsonTag};
use crate::annotation::{AttributeId, Link, Origin, Relation};
use crate::exchange::incoming::{Incoming, Known, Misfit, NotATable, Said, kind_of};
use crate::text::Span;
use serde_json::{Map, Value as Json};
use std::str::FromStr;

/// Reads tags back: an object a line, a list of objects, or a file with a list in `tags`. What an object has no field for it
/// does not say.
///
/// # Errors
/// If it is no JSON, or ends in the middle.
pub fn read_json(text: &str, known: &Known<'_>) -> Result<Vec<Incoming>, NotATable> {
    let read = |(number, object): (usize, Result<Json, String>)| {
        let row = Incoming::at("", number);
        let unreadable = |why: String| Incoming { misfits: vec![Misfit::Unreadable(why)], ..Incoming::at("", number) };
        match object {
            Ok(Json::Object(object)) => incoming(row, object, known).unwrap_or_else(unreadable),
            Ok(other) => unreadable(other.to_string()),
            Err(why) => unreadable(why),
        }
    };
    Ok(objects(text.trim_start_matches('\u{FEFF}'))?.into_iter().map(read).collect())
}

/// A value of a file with its number, or why it is none.
type Numbered = (usize, Result<Json, String>);

/// The objects of a file with their numbers: those of its lines, or of its list.
fn objects(text: &str) -> Result<Vec<Numbered>, NotATable> {
    let numbered = |all: Vec<Json>| (1..).zip(all.into_iter().map(Ok)).collect();
    Ok(match serde_json::from_str(text) {
        Ok(Json::Array(all)) => numbered(all),
        Ok(Json::Object(mut file)) => match file.remove("tags") {
            Some(Json::Array(all)) => numbered(all),
            _ => numbered(vec![Json::Object(file)]),
        },
        Ok(other) => numbered(vec![other]),
        Err(error) => {
            let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            let read = |line: &str| serde_json::from_str(line).map_err(|error| error.to_string());
            let lines: Vec<Numbered> = lines.map(|(number, line)| (number, read(line))).collect();
            let objects = lines.iter().filter(|(_, read)| matches!(read, Ok(Json::Object(_)))).count();
            // A file of lines of which some are damaged is read all the same; of any other the lines say nothing.
            if objects * 2 < lines.len() {
                return Err(if error.is_eof() { NotATable::CutOff(error.line()) } else { NotATable::Damaged(error.to_string()) });
            }
            lines
        }
    })
}

fn incoming(mut row: Incoming, mut object: Map<String, Json>, known: &Known<'_>) -> Result<Incoming, String> {
    let says: Vec<String> = object.keys().cloned().collect();
    let has = |key: &str| says.iter().any(|said| said == key);
    let mut misfits = Vec::new();
    let place = offset("start", object.remove("start"), &mut misfits).zip(offset("end", object.remove("end"), &mut misfits));
    let tag: JsonTag = serde_json::from_value(Json::Object(object)).map_err(|error| error.to_string())?;
    row.tag = name(tag.id.as_deref(), &mut misfits);
    row.report = name(tag.report.as_deref(), &mut misfits);
    row.person = name(tag.person.as_deref(), &mut misfits);
    row.changed = name(tag.changed.as_deref(), &mut misfits);
    if has("kind") {
        row.said.push(Said::Kind(kind_of(&tag.kind, known)));
    }
    row.said.extend(place.map(|(start, end)| Said::Place(Span::of(start, end))));
    if has("quantities") {
        let read: Result<Vec<_>, _> = tag.quantities.into_iter().map(super::wire::JsonQuantity::read).collect();
        match read {
            Ok(quantities) => row.said.push(Said::Quantities(quantities)),
            Err((field @ ("value" | "value_high"), said)) => misfits.push(Misfit::no_number(field, said)),
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

/// A place; what is none is listed.
fn offset(key: &str, said: Option<Json>, misfits: &mut Vec<Misfit>) -> Option<u32> {
    let said = said.filter(|said| !said.is_null())?;
    let read = said.as_u64().and_then(|offset| u32::try_from(offset).ok());
    if read.is_none() {
        misfits.push(Misfit::no_number(key, said.to_string()));
    }
    read
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Codebook;
    use std::collections::BTreeMap;

    fn read(text: &str) -> Result<Vec<Incoming>, NotATable> {
        let (book, kinds) = (Codebook::standard(), BTreeMap::new());
        read_json(text, &Known { book: &book, labels: &[], kinds: &kinds })
    }

    #[test]
    fn a_file_that_ends_in_the_middle_or_is_no_json_is_told_once() {
        let whole = serde_json::to_string_pretty(&serde_json::json!({ "tags": [{ "kind": "target", "section": ["一"] }] })).unwrap();
        let cut_off = whole.get(..whole.len() - 6).unwrap();
        assert_eq!(read(cut_off), Err(NotATable::CutOff(cut_off.lines().count())));
        for (text, is_cut_off) in [("[{\"kind\":\"target\"},", true), ("{\"kind\":\"tar", true), ("甲\n乙\n", false), ("{]", false)] {
            let read = read(text);
            assert_eq!(matches!(read, Err(NotATable::CutOff(1))), is_cut_off, "{text} {read:?}");
            assert!(read.is_err(), "{text}");
        }
        let rows = |text: &str| read(text).unwrap().iter().map(|row| row.misfits.len()).collect::<Vec<_>>();
        assert_eq!(rows(&whole), [0]);
        assert_eq!(rows(""), [0; 0]);
        assert_eq!(rows("{\"kind\":\"target\"}\n{\"kind\":\"tar"), [0, 1], "the lines that can be read are");
    }

    #[test]
    fn numbers_that_cannot_stand_there_are_told_from_what_is_none() {
        let many = "9".repeat(300);
        let number = |column: &str, said: &str| Misfit::OutOfRange(column.into(), said.into());
        let none = |column: &str, said: &str| Misfit::NotANumber(column.into(), said.into());
        for (fields, misfits) in [
            ("\"start\":1,\"end\":2".to_owned(), vec![]),
            ("\"start\":null".to_owned(), vec![]),
            ("\"start\":99999999999,\"end\":2".to_owned(), vec![number("start", "99999999999")]),
            ("\"start\":-1,\"end\":1.5".to_owned(), vec![number("start", "-1"), number("end", "1.5")]),
            ("\"start\":\"甲\"".to_owned(), vec![none("start", "\"甲\"")]),
            (format!("\"quantities\":[{{\"value\":\"{many}\"}}]"), vec![number("value", &many)]),
            ("\"quantities\":[{\"value_high\":\"许多\"}]".to_owned(), vec![none("value_high", "许多")]),
            ("\"quantities\":[{\"bound\":\"许多\"}]".to_owned(), vec![Misfit::NotAChoice("bound".into(), "许多".into())]),
        ] {
            let rows = read(&format!("{{\"kind\":\"target\",{fields}}}")).unwrap();
            assert_eq!(rows.into_iter().map(|row| row.misfits).collect::<Vec<_>>(), [misfits], "{fields}");
        }
    }
}
