//! `jiannuo merge`: what people agree on and what was decided, as one file; and the cases that are open.

use super::as_person::person_named;
use super::differences::{case_line, case_object, decision_object};
use super::people::People;
use super::{Status, out, say};
use crate::annotation::{Annotations, Hand, Person, RemarkId, TagId, Touch};
use crate::locale::Words;
use crate::review::{Judged, Layer, Standing, merged};
use crate::session::{IdSource, What};
use crate::store::wire::{Extras, PersonRecord, Role, person_to_wire, print};
use crate::store::{LocalFolders, RealDisk, StoreError, is_file, load_memory, load_person_file, now, random_bytes, replace, seal};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What is asked for.
pub(super) struct MergeRequest {
    /// People's tags, and what was decided on them.
    pub files: Vec<PathBuf>,
    /// Where to write.
    pub output: PathBuf,
    /// The report, if tags are on several texts of it.
    pub report: Option<PathBuf>,
    /// Who decides by what is written.
    pub person: Option<String>,
    /// Whether a file that is there is written over.
    pub force: bool,
    pub json: bool,
}

pub(super) fn merge(request: &MergeRequest, words: &Words) -> Status {
    merge_files(request, words).unwrap_or_else(|why| {
        say(&why);
        Status::Failed
    })
}

fn merge_files(request: &MergeRequest, words: &Words) -> Result<Status, String> {
    may_write(&request.output, request.force, words)?;
    let people = People::load(&request.files, request.report.as_deref(), words)?;
    if people.damaged.contains(&Role::Adjudication) {
        return Err(words.get("cli_merge_damaged").to_owned());
    }
    let (layers, decided) = (people.layers(), people.decided());
    let chance: [u8; 10] = random_bytes();
    let [.., a, b, c, d] = chance;
    let (mut ids, at) = (IdSource::new(chance), now());
    let merged = merged(&layers, &decided, || TagId(ids.next(at)));
    let person = decider(&decided, request.person.as_deref(), words)?;
    let mut record = own_record(&people, person).ok_or_else(|| words.get("cli_people_none").to_owned())?;
    let edit = merged.edit(&record.annotations, || RemarkId(ids.next(at)));
    let by = Touch { at, hand: Hand::new(u32::from_be_bytes([a, b, c, d])) };
    // What is added has names of its own, so it fits whatever is there.
    let written = record.annotations.apply(&edit, by).map_err(|_| StoreError::Damaged(request.output.clone()));
    let written = written.and_then(|()| replace(&RealDisk, &request.output, seal(print(&person_to_wire(&record))).as_bytes()));
    written.map_err(|error| words.store_error(&error))?;
    merged.open.iter().for_each(|judged| out(&open_case(judged, &layers, request.json, words)));
    let path = request.output.display().to_string();
    let (tags, open) = (merged.tags.len(), merged.open.len());
    if request.json {
        let summary =
            json!({ "written": path, "person": record.person.name, "tags": tags, "decisions": merged.decisions.len(), "open": open });
        out(&format!("{summary}\n"));
    } else {
        say(&words.fill("cli_merge_written", &[&path, &tags.to_string(), &open.to_string()]));
    }
    Ok(if open > 0 || !people.damaged.is_empty() { Status::Findings } else { Status::Done })
}

/// Whether there may be written: over nothing unasked, and never over what somebody tagged.
fn may_write(to: &Path, force: bool, words: &Words) -> Result<(), String> {
    if !is_file(&RealDisk, to) {
        return Ok(());
    }
    let name = to.display().to_string();
    if !force {
        return Err(words.fill("cli_pack_there", &[&name]));
    }
    match load_person_file(&RealDisk, to) {
        Ok(there) if there.troubles.newer => Err(words.notice(&What::Newer(to.to_owned()))),
        Ok(there) if there.record.role == Role::Annotation => Err(words.fill("cli_merge_original", &[&name])),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Who decides by what is written: who was named, or the only one who has decided so far, or nobody in particular.
fn decider(decided: &[(Person, &Annotations)], named: Option<&str>, words: &Words) -> Result<Person, String> {
    let memory = load_memory(&RealDisk, &LocalFolders::of_user().memory_file());
    let of_name = |name: &str| person_named(name, &memory).map_err(|why| words.notice(&What::BadName(why)));
    match (named, decided) {
        (Some(name), _) => match decided.iter().find(|(person, _)| person.name == name.trim()) {
            Some((person, _)) => Ok(person.clone()),
            None => of_name(name),
        },
        (None, [(only, _)]) => Ok(only.clone()),
        (None, _) => of_name(words.get("cli_merge_person")),
    }
}

/// The file of who decides as it is so far: nothing of it is lost.
fn own_record(people: &People, person: Person) -> Option<PersonRecord> {
    let is_own = |work: &&PersonRecord| work.role == Role::Adjudication && work.person.id == person.id;
    if let Some(own) = people.works.iter().find(is_own) {
        return Some(own.clone());
    }
    let first = people.works.first()?.clone();
    Some(PersonRecord { person, annotations: Annotations::default(), extras: Extras::default(), role: Role::Adjudication, ..first })
}

/// A case that is to be decided, as a line or an object.
fn open_case(judged: &Judged, layers: &[Layer], json: bool, words: &Words) -> String {
    if json {
        let decisions: Vec<serde_json::Value> = judged.decisions.iter().map(decision_object).collect();
        let object = json!({ "case": case_object(&judged.case, layers), "standing": judged.standing.key(), "decisions": decisions });
        return format!("{object}\n");
    }
    let line = case_line(&judged.case, layers, words);
    match judged.standing {
        Standing::Agreed | Standing::Decided | Standing::Open => format!("{line}\n"),
        standing => format!("{line}  ({})\n", words.named("cli_standing", standing.key())),
    }
}
