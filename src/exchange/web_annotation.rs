//! W3C Web Annotation: JSON-LD as Recogito and Hypothes.is, and whatever reads linked data, know it.
//!
//! <https://www.w3.org/TR/annotation-model/>. Positions count Unicode scalar values: “The selection of the text MUST be in terms
//! of unicode code points” (§4.2.4, §4.2.5). A report is named by the hash of its text (RFC 6920), a tag and a person by their UUIDs,
//! the collection by the hash of what is in it.
//!
//! Carries kinds (`classifying`), places with quote and context, attributes and quantities (`describing`, each with its key as
//! label), notes (`commenting`), who made a tag and when, and every link (`linking`), also into other reports. Loses nothing but
//! what no format of this kind holds.

use super::handed::{Handed, LinkRow};
use super::imported::{Imported, Problem};
use super::placing::{Claim, Placing, Unit};
use super::standoff::{Corpus, Document, Mark, documents, visible};
use crate::annotation::{Anchor, Person, Stamp};
use crate::report::{Report, ReportId};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Writes all tags and links as one collection.
pub fn write_web_annotation(handed: Handed<'_>) -> Corpus {
    let mut corpus = Corpus::default();
    let documents = documents(handed, &mut corpus);
    // A link needs no place in the text: none is left out.
    corpus.links_left_out = 0;
    let tags = documents.iter().flat_map(|document| document.marks.iter().map(|mark| annotation(document, mark)));
    let items: Vec<Value> = tags.chain(handed.links().map(|link| linking(&link))).collect();
    let total = items.len();
    let items = Value::Array(items);
    let id = of_hash(ReportId::of(&items.to_string()));
    let mut collection = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id,
        "type": "AnnotationCollection",
        "total": total,
        "first": { "id": format!("{id}#page"), "type": "AnnotationPage", "partOf": id, "startIndex": 0, "items": items },
    });
    if let (Some(level), Some(collection)) = (handed.secrecy(), collection.as_object_mut()) {
        collection.insert("label".to_owned(), json!(format!("密级：{}", level.mark())));
    }
    let mut file = serde_json::to_string_pretty(&collection).unwrap_or_default();
    file.push('\n');
    corpus.push("annotations.jsonld", file);
    corpus
}

/// The name of a text by its hash (RFC 6920 §7).
fn of_hash(id: ReportId) -> String {
    format!("nih:sha-256;{id}")
}

fn of_uuid(id: impl std::fmt::Display) -> String {
    format!("urn:uuid:{id}")
}

fn annotation(document: &Document<'_>, mark: &Mark<'_>) -> Value {
    let tag = mark.row.tag;
    let body = |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" });
    let described = |(key, said): (&str, String)| {
        let mut body = body("describing", &said);
        if let Some(body) = body.as_object_mut() {
            body.insert("label".to_owned(), json!(key));
        }
        body
    };
    let mut bodies = vec![body("classifying", mark.kind())];
    bodies.extend(mark.attributes().into_iter().map(described));
    if !tag.note.is_empty() {
        bodies.push(body("commenting", &tag.note));
    }
    // The quote's neighbours are those of the text that is handed over, whatever the tag has kept of another.
    let Anchor { before, after, .. } = Anchor::new(document.text(), mark.span);
    made(
        json!({
            "id": of_uuid(tag.id),
            "type": "Annotation",
            "motivation": "classifying",
            "body": bodies,
            "target": {
                "source": of_hash(document.report.id()),
                "selector": [
                    { "type": "TextPositionSelector", "start": mark.span.start().get(), "end": mark.span.end().get() },
                    { "type": "TextQuoteSelector", "exact": mark.quote(), "prefix": before, "suffix": after },
                ],
            },
        }),
        document.layer.person,
        mark.row.stamp,
    )
}

fn linking(link: &LinkRow<'_>) -> Value {
    let relation = json!({ "type": "TextualBody", "purpose": "classifying", "value": link.link.relation.key(), "format": "text/plain" });
    let from = json!({ "type": "SpecificResource", "purpose": "linking", "source": of_uuid(link.link.from.tag) });
    made(
        json!({
            "id": of_uuid(link.link.id),
            "type": "Annotation",
            "motivation": "linking",
            "body": [relation, from],
            "target": of_uuid(link.link.to.tag),
        }),
        link.layer.person,
        link.stamp,
    )
}

/// An annotation with who made it, and when.
fn made(mut annotation: Value, person: &Person, stamp: &Stamp) -> Value {
    if let Some(annotation) = annotation.as_object_mut() {
        let creator = json!({ "id": of_uuid(person.id), "type": "Person", "name": visible(&person.name) });
        annotation.insert("creator".to_owned(), creator);
        annotation.insert("created".to_owned(), json!(stamp.created.to_string()));
        annotation.insert("modified".to_owned(), json!(stamp.changed.to_string()));
    }
    annotation
}

/// Reads one annotation, a list of them, a page or a collection with its first page.
pub fn read_web_annotation(file: &str, report: &Report) -> Imported {
    let mut imported = Imported::default();
    let root: Value = match serde_json::from_str(file.trim_start_matches('\u{FEFF}')) {
        Ok(root) => root,
        Err(error) => return Imported::unreadable(error),
    };
    let own = of_hash(report.id());
    let mut placing = Placing::new(report.text(), None, Unit::Characters);
    let (mut links, mut creators, mut others) = (0, BTreeSet::new(), BTreeMap::<String, usize>::new());
    for (item, number) in items(&root).zip(1usize..) {
        if says(item.get("motivation"), "linking") {
            links += 1;
            continue;
        }
        let bodies = Bodies::of(item);
        let targets: Vec<&Value> = one_or_many(item.get("target")).filter(|target| target.get("selector").is_some()).collect();
        if targets.is_empty() {
            imported.problems.push(Problem::Entry { number });
        }
        for target in targets {
            let source = address(target.get("source")).unwrap_or("");
            // Where texts are named by their hashes, another name is another text.
            if source.starts_with("nih:") && source != own {
                *others.entry(source.to_owned()).or_default() += 1;
                continue;
            }
            creators.extend(address(item.get("creator")));
            let placed = placing.place(claim(target));
            for label in &bodies.labels {
                imported.take(label, placed.clone(), bodies.attributes.clone(), bodies.notes.join("\n"));
            }
        }
    }
    imported.problems.extend(others.into_iter().map(|(name, tags)| Problem::OtherReport { name, tags }));
    imported.conclude(links, creators.len());
    imported
}

/// The annotations of a file.
fn items(root: &Value) -> impl Iterator<Item = &Value> {
    let page = root.pointer("/first/items").or_else(|| root.get("items")).or_else(|| root.get("@graph"));
    // Hypothes.is calls them rows.
    one_or_many(page.or_else(|| root.get("rows")).or(Some(root)))
}

/// The values of a key that has one or many.
fn one_or_many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.into_iter().flat_map(|value| value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice))
}

/// Whether a key that has one or many texts has this one.
fn says(value: Option<&Value>, word: &str) -> bool {
    one_or_many(value).any(|one| one.as_str() == Some(word))
}

/// The address of something that is named by it alone, or has it as its id.
fn address(value: Option<&Value>) -> Option<&str> {
    value.and_then(|value| value.as_str().or_else(|| value.get("id")?.as_str()))
}

/// What the bodies of an annotation say.
#[derive(Default)]
struct Bodies {
    labels: Vec<String>,
    attributes: BTreeMap<String, String>,
    notes: Vec<String>,
}

impl Bodies {
    fn of(item: &Value) -> Self {
        let mut bodies = Self::default();
        let motivation = item.get("motivation");
        let is_label = ["classifying", "tagging", "identifying"].iter().any(|word| says(motivation, word));
        let value = item.get("bodyValue").and_then(Value::as_str);
        bodies.say(value, if is_label { "tagging" } else { "commenting" });
        for body in one_or_many(item.get("body")) {
            let text = body.as_str().or_else(|| body.get("value")?.as_str());
            let text = text.or_else(|| address(body.get("source"))).or_else(|| body.get("id")?.as_str());
            let purpose = one_or_many(body.get("purpose")).find_map(Value::as_str);
            match (body.get("label").and_then(Value::as_str), purpose, text) {
                (Some(key), Some("describing"), Some(text)) => drop(bodies.attributes.insert(key.to_owned(), text.to_owned())),
                (_, Some(purpose), _) => bodies.say(text, purpose),
                (_, None, _) => bodies.say(text, if is_label { "tagging" } else { "commenting" }),
            }
        }
        // Hypothes.is has tags beside the bodies.
        let tags = item.get("tags").and_then(Value::as_array).into_iter().flatten();
        tags.filter_map(Value::as_str).for_each(|tag| bodies.labels.push(tag.to_owned()));
        if bodies.labels.is_empty() {
            bodies.labels.push(String::new());
        }
        bodies
    }

    fn say(&mut self, text: Option<&str>, purpose: &str) {
        let Some(text) = text else { return };
        match purpose {
            "classifying" | "tagging" | "identifying" => self.labels.push(text.to_owned()),
            _ => self.notes.push(text.to_owned()),
        }
    }
}

/// What a target says of its place. Selectors that refine others count inside those: only the outermost are read.
fn claim(target: &Value) -> Claim<'_> {
    let of_type = |name: &str| {
        let mut selectors = one_or_many(target.get("selector")).filter_map(Value::as_object);
        selectors.find(|selector| says(selector.get("type"), name))
    };
    let (position, quote) = (of_type("TextPositionSelector"), of_type("TextQuoteSelector"));
    let number = |key: &str| position.and_then(|position| position.get(key)?.as_u64());
    let text = |key: &str| text_of(quote?, key);
    Claim {
        offsets: number("start").zip(number("end")),
        quote: text("exact"),
        before: text("prefix").unwrap_or(""),
        after: text("suffix").unwrap_or(""),
    }
}

fn text_of<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
    object.get(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{hand, sample, usual};
    use super::*;
    use crate::report::Corrections;

    /// Where a tag that was read stands, if anywhere.
    type Place = Option<(u32, u32)>;
    /// A label with where it stands.
    type Found<'a> = (&'a str, Place);

    fn read(file: &Value, source: &str) -> Imported {
        read_web_annotation(&file.to_string(), &Report::new(source.to_owned(), Corrections::default()))
    }

    #[test]
    fn a_tag_is_an_annotation() {
        let sample = usual();
        let corpus = hand(&sample, "报告.txt", write_web_annotation);
        let root: Value = serde_json::from_str(&corpus.files[0].text).unwrap();
        assert_eq!((root["type"].as_str(), root["total"].as_u64()), (Some("AnnotationCollection"), Some(6)));
        let item = &root["first"]["items"][0];
        assert_eq!(item["target"]["source"], of_hash(sample.report.id()));
        assert_eq!(item["target"]["selector"][0], json!({ "type": "TextPositionSelector", "start": 16, "end": 26 }));
        assert_eq!(item["target"]["selector"][1]["exact"], "𠮷县生产总值增长8%");
        assert_eq!(item["target"]["selector"][1]["prefix"], "云溪市政府工作报告\n\n一、目标\n");
        assert_eq!(item["creator"]["name"], "王\\u{202e}明");
        assert_eq!(item["created"], "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let sample = usual();
        let corpus = hand(&sample, "报告.txt", write_web_annotation);
        let imported = read_web_annotation(&corpus.files[0].text, &sample.report);
        assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        let found: Vec<_> = imported.tags.iter().map(|tag| (tag.label.as_str(), tag.span.unwrap())).collect();
        let expected: Vec<_> = sample.annotations.tags().map(|tag| (tag.kind.as_str(), tag.anchor.span)).collect();
        assert_eq!(found, expected);
        assert_eq!(imported.tags[2].note, "看 <这里> & \"那里\"\n第二行\t完");
        assert_eq!(imported.tags[2].attributes.get("modality").map(String::as_str), Some("ensure、strive"));
        // In another report nothing of it fits.
        let other = Report::new("云溪".into(), Corrections::default());
        let imported = read_web_annotation(&corpus.files[0].text, &other);
        assert_eq!((imported.tags.len(), imported.problems.iter().map(Problem::key).collect::<Vec<_>>()), (0, vec!["other_report"]));
    }

    #[test]
    fn files_of_others_are_read_as_far_as_they_go() {
        let source = "𠮷乙丙，乙丁";
        let quote = |exact: &str, suffix: &str| json!({ "type": "TextQuoteSelector", "exact": exact, "suffix": suffix });
        let position = json!({ "type": "TextPositionSelector", "start": 1, "end": 3 });
        let target = |selector: Value| json!({ "source": "http://example.org/a", "selector": selector });
        let annotation =
            |body: Value, target: Value| json!({ "type": "Annotation", "motivation": "tagging", "body": body, "target": target });
        let tagged = json!({ "type": "TextualBody", "purpose": "tagging", "value": "A" });
        let one = annotation(tagged.clone(), target(json!([quote("乙丙", ""), position])));
        let by_address = json!({ "source": "urn:x:kind", "purpose": "classifying" });
        let two_targets = json!([target(position.clone()), target(quote("无", ""))]);
        let comment = json!({ "motivation": "commenting", "bodyValue": "note", "target": target(position.clone()) });
        let here = Some((1, 3));
        let cases: [(Value, Vec<Found<'_>>, Vec<&str>); 12] = [
            (one.clone(), vec![("A", here)], vec![]),
            (json!({ "type": "AnnotationPage", "items": [one] }), vec![("A", here)], vec![]),
            (json!([one, one]), vec![("A", here), ("A", here)], vec![]),
            (annotation(json!("urn:x:kind"), target(position.clone())), vec![("urn:x:kind", here)], vec!["unchecked"]),
            (annotation(json!([tagged, { "value": "B" }]), target(quote("乙丙", ""))), vec![("A", here), ("B", here)], vec![]),
            (annotation(by_address, target(quote("乙", "丁"))), vec![("urn:x:kind", Some((4, 5)))], vec![]),
            (annotation(json!("A"), target(quote("乙", ""))), vec![("A", None)], vec!["several"]),
            (annotation(json!("A"), json!("http://example.org/a")), vec![], vec!["entry"]),
            (annotation(json!("A"), two_targets), vec![("A", here), ("A", None)], vec!["unchecked", "lost"]),
            (json!({ "motivation": "linking", "body": "urn:a", "target": "urn:b" }), vec![], vec!["links"]),
            (comment.clone(), vec![("", here)], vec!["unchecked"]),
            (json!([1, "a", null, {}]), vec![], vec!["entry"; 4]),
        ];
        for (file, tags, problems) in cases {
            let imported = read(&file, source);
            let place = |span: crate::text::Span| (span.start().get(), span.end().get());
            let found: Vec<(&str, Option<(u32, u32)>)> =
                imported.tags.iter().map(|tag| (tag.label.as_str(), tag.span.map(place))).collect();
            assert_eq!(found, tags, "{file}");
            assert_eq!(imported.problems.iter().map(Problem::key).collect::<Vec<_>>(), problems, "{file}");
        }
        assert_eq!(read(&comment, source).tags[0].note, "note");
        let report = Report::new("甲".into(), Corrections::default());
        let deep = "[".repeat(100_000);
        for broken in ["{", "", deep.as_str(), "nul"] {
            assert_eq!(read_web_annotation(broken, &report).problems.iter().map(Problem::key).collect::<Vec<_>>(), ["unreadable"]);
        }
    }

    #[test]
    fn what_stands_around_a_quote_is_what_stands_in_the_text() {
        let sample = sample("甲乙丙丁戊", &[("甲", "target"), ("丙", "target"), ("丁戊", "target")], |_, tag| {
            (tag.anchor.before, tag.anchor.after) = ("别处".into(), "别处".into());
        });
        let corpus = hand(&sample, "a.txt", write_web_annotation);
        let root: Value = serde_json::from_str(&corpus.files[0].text).unwrap();
        for (item, (prefix, suffix)) in [("", "乙丙丁戊"), ("甲乙", "丁戊"), ("甲乙丙", "")].into_iter().enumerate() {
            let quote = &root["first"]["items"][item]["target"]["selector"][1];
            assert_eq!((quote["prefix"].as_str(), quote["suffix"].as_str()), (Some(prefix), Some(suffix)), "{quote}");
        }
    }

    #[test]
    fn a_secret_report_says_so() {
        let sample = sample("机密★1年\n云溪市工作报告\n增长8%。\n", &[("增长8%", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_web_annotation);
        assert!(corpus.files[0].text.contains("\n  \"label\": \"密级：机密\","), "{}", corpus.files[0].text);
    }
}
