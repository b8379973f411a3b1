//! doccano's JSONL: one document a line, as its projects for sequence labelling take and give it.
//!
//! <https://doccano.github.io/doccano/tutorial/>, and `backend/data_import`, `backend/data_export` of its source. Offsets count
//! Unicode scalar values; its editor once counted UTF-16 units (issue 99 there), and nothing in a file tells.
//!
//! Carries kinds and places, and links within a report (`entities`, `relations`; `label` says the same for projects without
//! relations). All else becomes data that doccano keeps beside a document: the report, who tagged, the level of secrecy.
//! Loses attributes, quantities and notes, because doccano's entities have none.

use super::handed::Handed;
use super::imported::{Imported, Problem};
use super::placing::{Claim, Placing, Unit, beginning, of_report};
use super::standoff::{Corpus, Document, SECRECY, documents, visible};
use crate::report::Report;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Writes the tags of each person on each report as a line.
pub fn write_doccano(handed: Handed<'_>) -> Corpus {
    let mut corpus = Corpus::default();
    // Names of entities are numbers that no other line has, as in doccano's own exports.
    let mut first = 1usize;
    let mut lines = String::new();
    for (document, number) in documents(handed, &mut corpus).iter().zip(1usize..) {
        lines.push_str(&line(document, number, first));
        lines.push('\n');
        first += document.marks.len();
    }
    corpus.push("doccano.jsonl", lines);
    corpus
}

fn line(document: &Document<'_>, number: usize, first: usize) -> String {
    let entities = document.marks.iter().zip(first..).map(|(mark, id)| {
        json!({
            "id": id, "label": mark.kind(),
            "start_offset": mark.span.start().get(), "end_offset": mark.span.end().get(),
        })
    });
    let triples = document.marks.iter().map(|mark| json!([mark.span.start().get(), mark.span.end().get(), mark.kind()]));
    let relations = document
        .joins
        .iter()
        .zip(1usize..)
        .map(|(join, id)| json!({ "id": id, "from_id": first + join.from, "to_id": first + join.to, "type": join.relation.key() }));
    let mut line = json!({
        "id": number,
        "text": document.text().as_str(),
        "label": triples.collect::<Vec<Value>>(),
        "entities": entities.collect::<Vec<Value>>(),
        "relations": relations.collect::<Vec<Value>>(),
        "Comments": [],
        "report": document.report.id().to_string(),
        "name": visible(document.report.name),
        "person": visible(&document.layer.person.name),
        "role": document.layer.role.key(),
    });
    if let (Some(stamp), Some(line)) = (document.secrecy(), line.as_object_mut()) {
        line.insert(SECRECY.to_owned(), Value::String(stamp));
    }
    line.to_string()
}

/// A document of a file.
struct Line<'v> {
    text: &'v str,
    value: &'v Value,
    number: usize,
}

impl Line<'_> {
    /// Its entities, whatever the version of doccano or the kind of project: objects, or `[start, end, label]`.
    fn entities(&self) -> &[Value] {
        let arrays = ["entities", "label", "labels", "annotations"].into_iter().filter_map(|key| self.value.get(key)?.as_array());
        arrays.map(Vec::as_slice).find(|array| !array.is_empty()).unwrap_or_default()
    }

    fn links(&self) -> usize {
        self.value.get("relations").and_then(Value::as_array).map_or(0, Vec::len)
    }
}

/// Reads a file: the documents whose text is the report's; if it has but one, that one.
pub fn read_doccano(file: &str, report: &Report) -> Imported {
    let mut imported = Imported::default();
    let file = file.trim_start_matches('\u{FEFF}');
    let values: Vec<(usize, Value)> = match serde_json::from_str::<Vec<Value>>(file) {
        Ok(values) => (1..).zip(values).collect(),
        Err(_) => lines(file, &mut imported),
    };
    let mut documents = Vec::new();
    for (number, value) in &values {
        match value.get("text").or_else(|| value.get("data")).and_then(Value::as_str) {
            Some(text) => documents.push(Line { text, value, number: *number }),
            None => imported.problems.push(Problem::Entry { number: *number }),
        }
    }
    let texts: Vec<&str> = documents.iter().map(|line| line.text).collect();
    let (mut links, mut people) = (0, 0);
    for (line, is_of_report) in documents.iter().zip(of_report(&texts, report.text())) {
        if is_of_report {
            links += line.links();
            people += 1;
            take(line, report, &mut imported);
        } else {
            imported.problems.push(Problem::OtherReport { name: name(line), tags: line.entities().len() });
        }
    }
    imported.conclude(links, people);
    imported
}

/// The lines that are JSON. Each is parsed by itself: a damaged one is no reason to lose the others.
fn lines(file: &str, imported: &mut Imported) -> Vec<(usize, Value)> {
    let mut values = Vec::new();
    for (line, number) in file.lines().zip(1usize..).filter(|(line, _)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(value) => values.push((number, value)),
            Err(_) => imported.problems.push(Problem::Entry { number }),
        }
    }
    values
}

fn take(line: &Line<'_>, report: &Report, imported: &mut Imported) {
    let mut placing = Placing::new(report.text(), Some(line.text), Unit::Characters);
    for entity in line.entities() {
        match entity_of(entity) {
            Some((offsets, label)) => {
                let placed = placing.place(Claim { offsets: Some(offsets), ..Claim::default() });
                imported.take(&label, placed, BTreeMap::new(), String::new());
            }
            None => imported.problems.push(Problem::Entry { number: line.number }),
        }
    }
}

/// The offsets and the label of an entity.
fn entity_of(entity: &Value) -> Option<((u64, u64), String)> {
    // Old exports have a label's number for its name.
    let label = |value: &Value| value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|number| number.to_string()));
    match entity {
        Value::Array(parts) => Some(((parts.first()?.as_u64()?, parts.get(1)?.as_u64()?), label(parts.get(2)?)?)),
        Value::Object(parts) => {
            Some(((parts.get("start_offset")?.as_u64()?, parts.get("end_offset")?.as_u64()?), label(parts.get("label")?)?))
        }
        _ => None,
    }
}

fn name(line: &Line<'_>) -> String {
    line.value.get("name").and_then(Value::as_str).map_or_else(|| beginning(line.text), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{SOURCE, hand, usual};
    use super::*;
    use crate::report::Corrections;

    /// Where a tag that was read stands, if anywhere.
    type Place = Option<(u32, u32)>;

    fn read(file: &str, source: &str) -> Imported {
        read_doccano(file, &Report::new(source.to_owned(), Corrections::default()))
    }

    #[test]
    fn what_is_written_is_read_back() {
        let sample = usual();
        let corpus = hand(&sample, "报告.txt", write_doccano);
        let file = &corpus.files[0].text;
        let line: Value = serde_json::from_str(file.trim_end()).unwrap();
        assert_eq!(line["text"], SOURCE);
        assert_eq!(line["label"][0], json!([16, 26, "target"]));
        assert_eq!(line["entities"][0], json!({ "id": 1, "label": "target", "start_offset": 16, "end_offset": 26 }));
        assert_eq!(line["person"], "王\\u{202e}明");
        let imported = read_doccano(file, &sample.report);
        assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        let found: Vec<_> = imported.tags.iter().map(|tag| (tag.label.as_str(), tag.span.unwrap())).collect();
        let expected: Vec<_> = sample.annotations.tags().map(|tag| (tag.kind.as_str(), tag.anchor.span)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn files_of_others_are_read_as_far_as_they_go() {
        let source = "𠮷乙丙";
        let cases: [(&str, &[Place], &[&str]); 11] = [
            (r#"{"text":"𠮷乙丙","label":[[0,1,"A"],[1,3,"B"]]}"#, &[Some((0, 1)), Some((1, 3))], &[]),
            ("\u{FEFF}{\"text\":\"𠮷乙丙\",\"labels\":[[0,1,\"A\"]]}\r\n\r\n", &[Some((0, 1))], &[]),
            (r#"[{"text":"𠮷乙丙","annotations":[{"label":7,"start_offset":0,"end_offset":1,"user":1}]}]"#, &[Some((0, 1))], &[]),
            (r#"{"data":"𠮷乙丙","label":[]}"#, &[], &[]),
            (r#"{"text":"乙丙","label":[[0,2,"A"]]}"#, &[Some((1, 3))], &["moved"]),
            (r#"{"text":"无","label":[[0,1,"A"]]}"#, &[None], &["lost"]),
            (r#"{"text":"𠮷乙丙","label":[[0,99,"A"],[-1,1,"A"],["a"],7]}"#, &[None], &["lost", "entry", "entry", "entry"]),
            ("{\"text\":\"无\",\"label\":[[0,1,\"A\"]]}\n{\"text\":\"有\",\"label\":[]}", &[], &["other_report", "other_report"]),
            ("{\"text\":\"𠮷乙丙\",\"label\":[[0,1,\"A\"]]}\n{\"text\":\"𠮷乙丙\",\"label\":[]}", &[Some((0, 1))], &["several_people"]),
            (r#"{"text":"𠮷乙丙","entities":[],"relations":[{"id":1}]}"#, &[], &["links"]),
            ("nothing\n{\"text\":1}\n[]", &[], &["entry", "entry", "entry"]),
        ];
        for (file, spans, problems) in cases {
            let imported = read(file, source);
            let found: Vec<Option<(u32, u32)>> =
                imported.tags.iter().map(|tag| tag.span.map(|span| (span.start().get(), span.end().get()))).collect();
            assert_eq!(found, spans, "{file}");
            assert_eq!(imported.problems.iter().map(Problem::key).collect::<Vec<_>>(), problems, "{file}");
        }
    }

    #[test]
    fn what_nests_for_ever_is_refused() {
        let deep = "[".repeat(100_000);
        assert_eq!(read(&deep, "甲").problems, [Problem::Entry { number: 1 }]);
    }
}
