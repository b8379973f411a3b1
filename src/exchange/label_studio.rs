//! Label Studio's JSON: a list of tasks, one a report, with the annotations of each person; and the labelling configuration
//! they are made with.
//!
//! <https://labelstud.io/guide/task_format>, <https://labelstud.io/tags/>. Offsets count Unicode scalar values (since 1.4;
//! before that, UTF-16 units: a file whose words only stand at those is read so).
//!
//! Carries kinds, places, attributes, quantities and notes (`choices` and `textarea` of a region), and links within a report.
//! People are not told apart but by their order: Label Studio takes only accounts of its own for them; the task names them.
//! Loses links into other reports.

use super::handed::Handed;
use super::imported::{Imported, Problem};
use super::placing::{Claim, Placing, Unit, beginning, of_report};
use super::standoff::{Corpus, Document, Mark, QUANTITIES, SECRECY, UNSURE, YES, documents, in_attribute, visible};
use crate::annotation::{Attribute, AttributeId, Codebook, Relation, ValueType};
use crate::report::Report;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The name of the control that says the kind.
const KIND: &str = "kind";
/// The name of the text that is labelled.
const TEXT: &str = "text";
/// The name of the control that takes the note.
const NOTE: &str = "note";

/// Writes the tasks and their configuration.
pub fn write_label_studio(handed: Handed<'_>) -> Corpus {
    let mut corpus = Corpus::default();
    let documents = documents(handed, &mut corpus);
    let same_report = |one: &Document<'_>, other: &Document<'_>| std::ptr::eq(one.report, other.report);
    let tasks: Vec<Value> =
        documents.chunk_by(same_report).zip(1usize..).filter_map(|(people, id)| task(people, handed.book, id)).collect();
    let mut file = serde_json::to_string_pretty(&Value::Array(tasks)).unwrap_or_default();
    file.push('\n');
    corpus.push("label-studio.json", file);
    corpus.push("label-studio.xml", configuration(handed));
    corpus
}

fn task(people: &[Document<'_>], book: &Codebook, id: usize) -> Option<Value> {
    let report = people.first()?;
    let annotations: Vec<Value> = people.iter().map(|document| json!({ "result": result(document, book) })).collect();
    let names: Vec<String> = people.iter().map(|document| visible(&document.layer.person.name)).collect();
    Some(json!({
        "id": id,
        "data": {
            TEXT: report.text().as_str(),
            "title": visible(report.report.title()),
            "report": report.report.id().to_string(),
            SECRECY: report.secrecy().unwrap_or_default(),
        },
        "meta": { "people": names },
        "annotations": annotations,
    }))
}

/// The regions of a person, each with all that is said of it, and the relations between them.
fn result(document: &Document<'_>, book: &Codebook) -> Vec<Value> {
    let mut result = Vec::new();
    for mark in &document.marks {
        let region = |name: &str, control: &str, key: &str, said: Value| {
            let mut value = json!({ "start": mark.span.start().get(), "end": mark.span.end().get() });
            if let Some(value) = value.as_object_mut() {
                value.insert(TEXT.to_owned(), Value::String(mark.quote().to_owned()));
                value.insert(key.to_owned(), said);
            }
            let id = mark.row.tag.id.to_string();
            json!({ "id": id, "from_name": name, "to_name": TEXT, "type": control, "origin": "manual", "value": value })
        };
        result.push(region(KIND, "labels", "labels", json!([mark.kind()])));
        for (name, said) in said(mark) {
            result.push(match chosen(book, name, &said) {
                Some(values) => region(name, "choices", "choices", json!(values)),
                None => region(name, "textarea", TEXT, json!([said])),
            });
        }
    }
    let name = |at: usize| document.marks.get(at).map(|mark| mark.row.tag.id.to_string());
    let relations = document.joins.iter().map(|join| {
        json!({
            "type": "relation", "from_id": name(join.from), "to_id": name(join.to), "direction": "right",
            "labels": [join.relation.key()],
        })
    });
    result.into_iter().chain(relations).collect()
}

/// All that is said of a tag, its note last.
fn said<'a>(mark: &Mark<'a>) -> Vec<(&'a str, String)> {
    let note = Some(mark.row.tag.note.clone()).filter(|note| !note.is_empty());
    mark.attributes().into_iter().chain(note.map(|note| (NOTE, note))).collect()
}

/// The values of a closed list that a text says; nothing where it says others, too.
fn chosen(book: &Codebook, name: &str, said: &str) -> Option<Vec<String>> {
    if name == UNSURE {
        return Some(vec![YES.to_owned()]);
    }
    let (values, many) = closed_list(book.attribute(&AttributeId::new(name))?)?;
    let said: Vec<&str> = if many { said.split('、').collect() } else { vec![said] };
    let known = said.iter().all(|one| values.iter().any(|value| value == one));
    known.then(|| said.into_iter().map(str::to_owned).collect())
}

/// The closed list of an attribute, and whether several of it may be chosen.
fn closed_list(attribute: &Attribute) -> Option<(&Vec<String>, bool)> {
    match &attribute.takes {
        ValueType::Choice(values) => Some((values, false)),
        ValueType::Choices(values) => Some((values, true)),
        ValueType::Text | ValueType::Names | ValueType::Period | ValueType::Deadline => None,
    }
}

/// The labelling configuration. White space is kept as it is, because Label Studio otherwise counts what it does not show.
fn configuration(handed: Handed<'_>) -> String {
    let mut xml = String::from("<View>\n  <Style>.htx-text { white-space: pre-wrap; }</Style>\n  <Header value=\"$title\"/>\n");
    if handed.secrecy().is_some() {
        xml.push_str(&format!("  <Header value=\"${SECRECY}\"/>\n"));
    }
    let kinds = handed.kinds();
    let (kinds, relations) =
        (values("Label", kinds.iter().map(|kind| kind.as_str())), values("Relation", Relation::ALL.map(Relation::key)));
    xml.push_str(&format!("  <Relations>\n{relations}  </Relations>\n"));
    xml.push_str(&format!("  <Labels name=\"{KIND}\" toName=\"{TEXT}\">\n{kinds}  </Labels>\n"));
    xml.push_str(&format!("  <Text name=\"{TEXT}\" value=\"${TEXT}\" granularity=\"symbol\"/>\n"));
    for id in handed.attributes() {
        let attribute = handed.book.attribute(&id);
        let of: Vec<&str> = attribute.map(|attribute| attribute.of.iter().map(|kind| kind.as_str()).collect()).unwrap_or_default();
        let list = attribute.and_then(closed_list).map(|(values, many)| (values.iter().map(String::as_str).collect(), many));
        xml.push_str(&control(id.as_str(), list, &of));
    }
    xml.push_str(&control(QUANTITIES, None, &[]));
    xml.push_str(&control(UNSURE, Some((vec![YES], true)), &[]));
    xml.push_str(&control(NOTE, None, &[]));
    xml + "</View>\n"
}

/// A control for what is said of a region: the values of a closed list and whether several may be chosen, or any text.
fn control(name: &str, list: Option<(Vec<&str>, bool)>, of: &[&str]) -> String {
    let kinds =
        if of.is_empty() { String::new() } else { format!(" whenTagName=\"{KIND}\" whenLabelValue=\"{}\"", in_attribute(&of.join(","))) };
    let shared = format!("name=\"{}\" toName=\"{TEXT}\" perRegion=\"true\" visibleWhen=\"region-selected\"{kinds}", in_attribute(name));
    match list {
        Some((keys, many)) => {
            let choice = if many { "multiple" } else { "single" };
            format!("  <Choices {shared} choice=\"{choice}\">\n{}  </Choices>\n", values("Choice", keys))
        }
        None => format!("  <TextArea {shared} editable=\"true\" placeholder=\"{}\"/>\n", in_attribute(name)),
    }
}

fn values<'v>(element: &str, values: impl IntoIterator<Item = &'v str>) -> String {
    values.into_iter().map(|value| format!("    <{element} value=\"{}\"/>\n", in_attribute(value))).collect()
}

/// A task of a file.
struct Task<'v> {
    text: &'v str,
    name: String,
    /// The results of each person.
    people: Vec<&'v Vec<Value>>,
    number: usize,
}

/// A region with all that is said of it.
#[derive(Default)]
struct Region<'v> {
    offsets: Option<(u64, u64)>,
    words: Option<&'v str>,
    labels: Vec<&'v str>,
    attributes: BTreeMap<String, String>,
    note: Vec<String>,
}

/// Reads tasks with annotations, or predictions where nobody annotated: those of the report, or the only one there is.
pub fn read_label_studio(file: &str, report: &Report) -> Imported {
    let mut imported = Imported::default();
    let root: Value = match serde_json::from_str(file.trim_start_matches('\u{FEFF}')) {
        Ok(root) => root,
        Err(error) => return Imported::unreadable(error),
    };
    let values = root.as_array().map_or_else(|| std::slice::from_ref(&root), Vec::as_slice);
    let mut tasks = Vec::new();
    for (value, number) in values.iter().zip(1usize..) {
        match task_of(value, number) {
            Some(task) => tasks.push(task),
            None => imported.problems.push(Problem::Entry { number }),
        }
    }
    let texts: Vec<&str> = tasks.iter().map(|task| task.text).collect();
    let (mut links, mut people) = (0, 0);
    for (task, is_of_report) in tasks.iter().zip(of_report(&texts, report.text())) {
        if is_of_report {
            people += task.people.len();
            links += take(task, report, &mut imported);
        } else {
            let labels = |result: &&Value| result.pointer("/value/labels").is_some();
            let tags = task.people.iter().map(|result| result.iter().filter(labels).count()).sum();
            imported.problems.push(Problem::OtherReport { name: task.name.clone(), tags });
        }
    }
    imported.conclude(links, people);
    imported
}

fn task_of(value: &Value, number: usize) -> Option<Task<'_>> {
    let data = value.get("data")?.as_object()?;
    let longest = || data.values().filter_map(Value::as_str).max_by_key(|text| text.len());
    let text = data.get(TEXT).and_then(Value::as_str).or_else(longest)?;
    let name = data.get("title").and_then(Value::as_str).map_or_else(|| beginning(text), str::to_owned);
    // `completions` was the name of annotations until 1.0.
    let all = ["annotations", "completions", "predictions"].into_iter().filter_map(|key| value.get(key)?.as_array());
    let mut people = all.map(|all| {
        let kept = all.iter().filter(|one| one.get("was_cancelled").and_then(Value::as_bool) != Some(true));
        let results = kept.filter_map(|one| one.get("result")?.as_array()).filter(|result| !result.is_empty());
        results.collect::<Vec<_>>()
    });
    let people = people.find(|people| !people.is_empty()).unwrap_or_default();
    Some(Task { text, name, people, number })
}

/// Takes a task's regions; gives back how many links there are between them.
fn take(task: &Task<'_>, report: &Report, imported: &mut Imported) -> usize {
    let mut links = 0;
    let mut regions: Vec<Region<'_>> = Vec::new();
    for result in &task.people {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for value in *result {
            let kind = value.get("type").and_then(Value::as_str).unwrap_or("");
            let (Some(id), Some(said)) = (value.get("id").and_then(Value::as_str), value.get("value").and_then(Value::as_object)) else {
                links += usize::from(kind == "relation");
                if kind != "relation" {
                    imported.problems.push(Problem::Entry { number: task.number });
                }
                continue;
            };
            let number = *numbers.entry(id).or_insert_with(|| {
                regions.push(Region::default());
                regions.len() - 1
            });
            if let Some(region) = regions.get_mut(number) {
                region.say(value, kind, said);
            }
        }
    }
    let unit = unit_of(&regions, task, report);
    let mut placing = Placing::new(report.text(), Some(task.text), unit);
    for region in regions {
        region.place(&mut placing, imported, task.number);
    }
    links
}

/// What offsets count: the unit in which more words stand at their places.
fn unit_of(regions: &[Region<'_>], task: &Task<'_>, report: &Report) -> Unit {
    let fitting = |unit| {
        let placing = Placing::new(report.text(), Some(task.text), unit);
        let fits = |region: &&Region<'_>| region.offsets.zip(region.words).is_some_and(|(offsets, words)| placing.says(offsets, words));
        regions.iter().filter(fits).count()
    };
    if task.text.chars().all(|c| c.len_utf16() == 1) || fitting(Unit::Characters) >= fitting(Unit::Utf16) {
        Unit::Characters
    } else {
        Unit::Utf16
    }
}

impl<'v> Region<'v> {
    /// Takes in what one control says of it.
    fn say(&mut self, result: &'v Value, kind: &str, said: &'v Map<String, Value>) {
        let number = |key: &str| said.get(key).and_then(Value::as_u64);
        self.offsets = self.offsets.or_else(|| number("start").zip(number("end")));
        // Of a text area the words are what was typed.
        self.words = self.words.or_else(|| said.get(TEXT).and_then(Value::as_str));
        let notes = result.pointer("/meta/text").and_then(Value::as_array).into_iter().flatten();
        self.note.extend(notes.filter_map(Value::as_str).map(str::to_owned));
        let name = result.get("from_name").and_then(Value::as_str).unwrap_or(kind);
        let key = if kind == "textarea" { TEXT } else { kind };
        let Some(value) = said.get(key) else { return };
        let texts: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        match kind {
            "labels" => self.labels.extend(texts),
            "textarea" if name == NOTE => self.note.extend(texts.into_iter().map(str::to_owned)),
            "textarea" => drop(self.attributes.insert(name.to_owned(), texts.join("\n"))),
            "choices" => drop(self.attributes.insert(name.to_owned(), texts.join("、"))),
            // Ratings, numbers and the like.
            _ => drop(self.attributes.insert(name.to_owned(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))),
        }
    }

    fn place(self, placing: &mut Placing<'_>, imported: &mut Imported, number: usize) {
        let Some(offsets) = self.offsets else {
            imported.problems.push(Problem::Entry { number });
            return;
        };
        // Label Studio writes a line end in words as a backslash and an n.
        let unescaped = self.words.filter(|words| !placing.says(offsets, words)).map(|words| words.replace("\\n", "\n"));
        let claim = Claim { offsets: Some(offsets), quote: unescaped.as_deref().or(self.words), ..Claim::default() };
        let placed = placing.place(claim);
        let labels = if self.labels.is_empty() { vec![""] } else { self.labels };
        for label in labels {
            imported.take(label, placed.clone(), self.attributes.clone(), self.note.join("\n"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::standoff::tests::{SOURCE, hand, sample, usual};
    use super::*;
    use crate::report::Corrections;

    /// Where a tag that was read stands, if anywhere.
    type Place = Option<(u32, u32)>;

    fn read(file: &str, source: &str) -> Imported {
        read_label_studio(file, &Report::new(source.to_owned(), Corrections::default()))
    }

    #[test]
    fn a_task_has_regions_with_all_that_is_said_of_them() {
        let corpus = hand(&usual(), "报告.txt", write_label_studio);
        let tasks: Value = serde_json::from_str(&corpus.files[0].text).unwrap();
        let task = &tasks[0];
        assert_eq!((task["data"]["text"].as_str(), task["data"]["title"].as_str()), (Some(SOURCE), Some("云溪市政府工作报告")));
        assert_eq!(task["meta"]["people"][0], "王\\u{202e}明");
        let result = task["annotations"][0]["result"].as_array().unwrap();
        assert_eq!(result[0]["value"], json!({ "start": 16, "end": 26, "text": "𠮷县生产总值增长8%", "labels": ["target"] }));
        let third: Vec<&Value> = result.iter().filter(|one| one["id"] == "00000000-0000-0000-0000-000000000003").collect();
        let said = |name: &str| third.iter().find(|one| one["from_name"] == name).map(|one| one["value"].clone()).unwrap();
        assert_eq!(said("modality")["choices"], json!(["ensure", "strive"]));
        assert_eq!(said("scope")["text"], json!(["=规模以上 \"甲\""]));
        assert_eq!(said("unsure")["choices"], json!(["true"]));
        assert_eq!(said("note")["text"], json!(["看 <这里> & \"那里\"\n第二行\t完"]));
        let xml = &corpus.files[1].text;
        assert!(roxmltree::Document::parse(xml).is_ok(), "{xml}");
        for part in [
            "<Label value=\"own kind\"/>",
            "whenLabelValue=\"target,commitment\"",
            "<Choice value=\"stretch\"/>",
            "<Relation value=\"repeats\"/>",
        ] {
            assert!(xml.contains(part), "{part}\n{xml}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let sample = usual();
        let corpus = hand(&sample, "报告.txt", write_label_studio);
        let imported = read_label_studio(&corpus.files[0].text, &sample.report);
        assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        let found: Vec<_> = imported.tags.iter().map(|tag| (tag.label.as_str(), tag.span.unwrap())).collect();
        let expected: Vec<_> = sample.annotations.tags().map(|tag| (tag.kind.as_str(), tag.anchor.span)).collect();
        assert_eq!(found, expected);
        assert_eq!(imported.tags[2].note, "看 <这里> & \"那里\"\n第二行\t完");
        assert_eq!(imported.tags[2].attributes.len(), 5);
    }

    /// A task with one annotation of this result.
    fn task(text: &str, result: Value) -> String {
        json!([{ "data": { "text": text }, "annotations": [{ "result": result }] }]).to_string()
    }

    fn region(start: u64, end: u64, words: &str) -> Value {
        let value = json!({ "start": start, "end": end, "text": words, "labels": ["A"] });
        json!({ "id": "a", "type": "labels", "from_name": "l", "to_name": "t", "value": value })
    }

    #[test]
    fn files_of_others_are_read_as_far_as_they_go() {
        let source = "𠮷乙\n丙丁";
        let predicted = json!({ "data": { "body": source }, "predictions": [{ "result": [region(1, 2, "乙")] }] });
        let others = json!([{ "data": { "text": "甲" } }, { "data": { "text": "乙" } }]);
        let cases: [(String, Vec<Place>, Vec<&str>); 13] = [
            (task(source, json!([region(1, 2, "乙")])), vec![Some((1, 2))], vec![]),
            // A line end as Label Studio writes it, and as others do.
            (task(source, json!([region(1, 4, "乙\\n丙")])), vec![Some((1, 4))], vec![]),
            (task(source, json!([region(1, 4, "乙\n丙")])), vec![Some((1, 4))], vec![]),
            // UTF-16 units, as it counted before 1.4.
            (task(source, json!([region(2, 3, "乙")])), vec![Some((1, 2))], vec![]),
            (task("乙", json!([region(0, 1, "乙")])), vec![Some((1, 2))], vec!["moved"]),
            (task(source, json!([region(0, 9, "无")])), vec![None], vec!["lost"]),
            (task(source, json!([{ "id": "a", "type": "choices", "value": { "choices": ["x"] } }])), vec![], vec!["entry"]),
            (task(source, json!([{ "type": "relation", "from_id": "a", "to_id": "b" }, 7])), vec![], vec!["entry", "links"]),
            (json!([{ "data": { "text": source } }, 7, {}]).to_string(), vec![], vec!["entry", "entry"]),
            (predicted.to_string(), vec![Some((1, 2))], vec![]),
            (others.to_string(), vec![], vec!["other_report", "other_report"]),
            ("{".to_owned(), vec![], vec!["unreadable"]),
            ("[".repeat(100_000), vec![], vec!["unreadable"]),
        ];
        for (file, spans, problems) in cases {
            let imported = read(&file, source);
            let found: Vec<Option<(u32, u32)>> =
                imported.tags.iter().map(|tag| tag.span.map(|span| (span.start().get(), span.end().get()))).collect();
            assert_eq!(found, spans, "{file}");
            assert_eq!(imported.problems.iter().map(Problem::key).collect::<Vec<_>>(), problems, "{file}");
        }
    }

    #[test]
    fn the_work_of_several_people_is_told() {
        let one = json!({ "result": [region(1, 2, "乙")] });
        let cancelled = json!({ "result": [region(3, 4, "丙")], "was_cancelled": true });
        let file = json!([{ "data": { "text": "𠮷乙\n丙" }, "annotations": [one, one, cancelled] }]).to_string();
        let imported = read(&file, "𠮷乙\n丙");
        assert_eq!(imported.tags.len(), 2);
        assert_eq!(imported.problems, [Problem::SeveralPeople { count: 2 }]);
    }

    #[test]
    fn a_secret_report_says_so() {
        let sample = sample("机密★1年\n云溪市工作报告\n增长8%。\n", &[("增长8%", "target")], |_, _| {});
        let corpus = hand(&sample, "a.txt", write_label_studio);
        assert!(corpus.files[0].text.contains("\"secrecy\": \"密级：机密\""), "{}", corpus.files[0].text);
        assert!(corpus.files[1].text.contains("<Header value=\"$secrecy\"/>"));
    }
}
