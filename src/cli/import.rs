//! `jiannuo import`: tags of another program's file as those of a person. What differs is printed before it is taken.

use super::as_person::{AsPerson, person_named};
use super::{Status, out, say};
use crate::annotation::{Annotations, Person, Tag, Touch};
use crate::exchange::{BadMapping, Brings, Brought, Difference, Format, ImportProblem, KindMap, Plan, Said, TagField, Taken, Taker, taken};
use crate::locale::{Language, Words, kinds_by_name};
use crate::quantity::Quantity;
use crate::session::{Spoken, What, read_brought};
use crate::store::wire::Role;
use crate::store::{
    LoadedFile, LocalFolders, Memory, NameProblem, OpenRequest, Opened, RealDisk, StoreError, load_memory, load_person_file, now,
    open_report, own_files,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What is asked for.
pub(super) struct ImportRequest {
    pub file: PathBuf,
    pub from: Format,
    pub report: PathBuf,
    /// Whose tags they become.
    pub person: String,
    /// `LABEL=KIND`, separated by commas.
    pub map: Vec<String>,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// Whether what is in conflict is taken, too.
    pub force: bool,
    pub json: bool,
}

pub(super) fn import(request: &ImportRequest, words: &Words) -> Status {
    import_file(request, words).unwrap_or_else(|why| {
        say(&why);
        Status::Failed
    })
}

fn import_file(request: &ImportRequest, words: &Words) -> Result<Status, String> {
    let memory = load_memory(&RealDisk, &LocalFolders::of_user().memory_file());
    let kept_in = |hash: &str| memory.place(hash).and_then(|place| place.kept_in.clone());
    let opened = open_report(&RealDisk, &request.report, |hash| OpenRequest { kept_in: kept_in(hash), ..OpenRequest::default() });
    let opened = opened.map_err(|error| words.open_error(&error))?;
    let person = person_on(&opened, &request.person, &memory).map_err(|why| words.notice(&What::BadName(why)))?;
    let own = own_files(&RealDisk, &opened.folder, &person, &Role::Annotation).map_err(|error| words.store_error(&error))?.file;
    let own = own.filter(|own| own.record.report == opened.report.id());
    if let Some(own) = own.as_ref().filter(|own| own.troubles.newer) {
        return Err(words.notice(&What::Newer(own.path.clone())));
    }
    let mut words = words.clone();
    words.learn(&opened.codebook);
    let map = map(request, &opened, &words)?;
    let spoken = Language::ALL.map(|language| Spoken::new(Words::new(language)));
    let brought = read_brought(&RealDisk, &request.file, Some(request.from), &opened.report, &opened.codebook, &spoken);
    let (_, brought) = brought.map_err(|why| words.not_imported(&why))?;
    if let Some(why) = unreadable(&brought) {
        return Err(words.problem(why));
    }
    take(request, opened, person, own, memory, &brought, &map, &words)
}

/// Who has this name on the report; else the user, if it is theirs, or somebody who has no other name than this one.
fn person_on(opened: &Opened, name: &str, memory: &Memory) -> Result<Person, NameProblem> {
    let named = person_named(name, memory)?;
    let files = opened.folder.person_files(&RealDisk);
    let mut people: Vec<Person> = Vec::new();
    for file in files.iter().filter_map(|path| load_person_file(&RealDisk, path).ok()) {
        let person = file.record.person;
        if file.record.role == Role::Annotation && person.name == named.name && !people.contains(&person) {
            people.push(person);
        }
    }
    let is_user = people.iter().any(|person| person.id == named.id);
    Ok(match people.as_slice() {
        [only] if !is_user => only.clone(),
        _ => named,
    })
}

/// Which kind each label is: by the names of kinds, and what was said behind `--map`.
fn map(request: &ImportRequest, opened: &Opened, words: &Words) -> Result<KindMap, String> {
    let known = kinds_by_name(&opened.codebook);
    let mut map = known.clone();
    for typed in &request.map {
        map.take(typed, &known).map_err(|why| match why {
            BadMapping::NotAPair(pair) => words.fill("cli_import_map", &[&pair]),
            BadMapping::NoSuchKind(kind) => words.fill("cli_export_no_kind", &[&kind]),
        })?;
    }
    Ok(map)
}

/// Why nothing of a file could be read.
fn unreadable(brought: &Brought) -> Option<&ImportProblem> {
    match brought {
        Brought::Tags(imported) => imported.problems.iter().find(|problem| matches!(problem, ImportProblem::Unreadable { .. })),
        Brought::Rows(_) => None,
    }
}

/// Prints what a file brings, and takes it.
#[expect(clippy::too_many_arguments, reason = "all that is known of the file and of where it goes")]
fn take(
    request: &ImportRequest,
    opened: Opened,
    person: Person,
    own: Option<LoadedFile>,
    memory: Memory,
    brought: &Brought,
    map: &KindMap,
    words: &Words,
) -> Result<Status, String> {
    let (file, before, extras) = match own {
        Some(LoadedFile { path, record, .. }) => (Some(path), record.annotations, record.extras),
        None => (None, Annotations::default(), Default::default()),
    };
    let mut writer = AsPerson::of(person.clone(), memory);
    let taker = Taker { report: &opened.report, book: &opened.codebook, person: &person, own: &before };
    let plan = Plan::of(brought, map, taker);
    print(&plan, &before, request, words);
    let items: Vec<&Taken> = plan.items.iter().filter(|item| request.force || !item.conflicts).collect();
    let at = now();
    let edit = taken(items.iter().copied(), taker, || writer.ids.next(at));
    let new = items.iter().filter(|item| matches!(item.what, Brings::New { .. })).count();
    let counts = (new, items.len() - new);
    let mut after = before.clone();
    let by = Touch { at, hand: writer.hand };
    after.apply(&edit, by).map_err(|_| words.store_error(&StoreError::Damaged(request.file.clone())))?;
    let path = if request.dry_run || edit.is_empty() {
        None
    } else {
        Some(writer.save(opened, after, file, extras).map_err(|error| words.store_error(&error))?)
    };
    conclude(&plan, path, counts, request, words);
    let is_left = !request.force && plan.items.iter().any(|item| item.conflicts);
    let is_clean = plan.misfits.is_empty() && plan.problems.is_empty() && !is_left;
    Ok(if is_clean { Status::Done } else { Status::Findings })
}

/// Says what was taken, and where it is.
fn conclude(plan: &Plan, path: Option<PathBuf>, (new, changed): (usize, usize), request: &ImportRequest, words: &Words) {
    let conflicts = plan.items.iter().filter(|item| item.conflicts).count();
    let path = path.map(|path| path.display().to_string());
    if request.json {
        let summary = json!({
            "written": path, "new": new, "changed": changed, "conflicts": conflicts, "same": plan.same, "missing": plan.missing,
            "of_others": plan.of_others,
        });
        out(&format!("{summary}\n"));
        return;
    }
    let (new, changed) = (new.to_string(), changed.to_string());
    match path {
        Some(path) => {
            say(&words.fill("cli_import_taken", &[&path, &new, &changed]));
            out(&format!("{path}\n"));
        }
        None => say(&words.fill("cli_import_would", &[&new, &changed])),
    }
    let counts = [("import_same", plan.same), ("import_missing", plan.missing), ("import_others", plan.of_others)];
    for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        say(&words.fill(key, &[&count.to_string()]));
    }
    if conflicts > 0 && !request.force {
        say(&words.fill("cli_import_conflicts", &[&conflicts.to_string()]));
    }
}

/// Prints what a file brings: `+` before what is new, `~` before what differs, `!` before what is in conflict, `?` before what does
/// not fit.
fn print(plan: &Plan, own: &Annotations, request: &ImportRequest, words: &Words) {
    for item in &plan.items {
        let line = if request.json {
            item_object(item).to_string()
        } else {
            let mark = match (&item.what, item.conflicts) {
                (_, true) => '!',
                (Brings::New { .. }, false) => '+',
                (Brings::Changed { .. }, false) => '~',
            };
            format!("{mark} {}", words.brings(item, quote(item, own)))
        };
        out(&format!("{line}\n"));
    }
    for (row, misfit) in &plan.misfits {
        let object = || json!({ "misfit": misfit.key(), "sheet": row.sheet, "row": row.number, "says": misfit.says() });
        out(&if request.json { format!("{}\n", object()) } else { format!("? {}\n", words.misfit(row, misfit)) });
    }
    for problem in &plan.problems {
        let object = || json!({ "problem": problem.key(), "says": problem.says() });
        out(&if request.json { format!("{}\n", object()) } else { format!("? {}\n", words.problem(problem)) });
    }
}

/// The words of a tag that is here.
fn quote<'a>(item: &Taken, own: &'a Annotations) -> &'a str {
    match &item.what {
        Brings::Changed { tag, .. } => own.tag(*tag).map_or("", |tag| tag.anchor.quote.as_str()),
        Brings::New { .. } => "",
    }
}

fn item_object(item: &Taken) -> Value {
    let (row, sheet, conflicts) = (item.row.number, &item.row.sheet, item.conflicts);
    match &item.what {
        Brings::New { tag, .. } => {
            let Tag { kind, anchor, .. } = &**tag;
            let (start, end) = (anchor.span.start().get(), anchor.span.end().get());
            json!({
                "new": kind.as_str(), "sheet": sheet, "row": row, "start": start, "end": end, "quote": anchor.quote, "conflict": conflicts,
            })
        }
        Brings::Changed { tag, differences } => {
            let fields: Vec<Value> = differences.iter().map(difference).collect();
            json!({ "changed": tag.to_string(), "sheet": sheet, "row": row, "fields": fields, "conflict": conflicts })
        }
    }
}

fn difference(difference: &Difference) -> Value {
    let field = match difference.field() {
        TagField::Kind => "kind".to_owned(),
        TagField::Place => "place".to_owned(),
        TagField::Quantities => "quantities".to_owned(),
        TagField::Attribute(id) => id.to_string(),
        TagField::Note => "note".to_owned(),
        TagField::Unsure => "unsure".to_owned(),
    };
    json!({ "field": field, "before": said(&difference.before), "after": said(&difference.after) })
}

/// What a field says: of quantities all there is, of any other its words.
fn said(said: &Said) -> Value {
    match said {
        Said::Quantities(all) => all.iter().map(quantity).collect(),
        said => Value::from(said.text()),
    }
}

fn quantity(quantity: &Quantity) -> Value {
    let Quantity { measure, basis, stated, words } = quantity;
    // As text, so that no digit is lost.
    let number = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
    json!({
        "words": words, "value": number(stated.value), "value_high": number(stated.high), "unit": stated.unit,
        "bound": stated.bound.key(), "measure": measure.key(), "basis": basis.key(),
    })
}
