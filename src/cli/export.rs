//! `jiannuo export`: people's tags in the formats of other programs.

use super::check::report_of;
use super::{Status, out, say};
use crate::annotation::{Annotations, KindId, Person, PersonId};
use crate::exchange::{DocxLayout, Format, Office, Options};
use crate::locale::{Words, kinds_by_name};
use crate::report::{Corrections, Reading, Report, ReportId, ScriptView};
use crate::session::{Export, ExportJob, HandedOver, HandedWork, Handing, NotHandedOver, Spoken, hand_over, on_two_threads};
use crate::store::wire::{PersonRecord, Role};
use crate::store::{
    Cancel, LoadedFile, OpenRequest, RealDisk, ReportFolder, codebook_of, load_person_file, load_source, now, open_report, report_of_layer,
};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is asked for.
pub(super) struct ExportRequest {
    /// People's tags.
    pub files: Vec<PathBuf>,
    /// The report, if it does not lie beside them.
    pub report: Option<PathBuf>,
    pub to: Format,
    pub output: PathBuf,
    /// Whose tags, by their names; everybody's if nobody is named.
    pub people: Vec<String>,
    /// Which kinds, by their keys or what a language calls them; all if none is named.
    pub kinds: Vec<String>,
    /// In which script the words are.
    pub text: ScriptView,
    pub bom: bool,
    pub official: bool,
    /// Whether what is there is written over.
    pub force: bool,
    pub json: bool,
}

pub(super) fn export(request: &ExportRequest, words: &Words) -> Status {
    export_files(request, words).unwrap_or_else(|why| {
        say(&why);
        Status::Failed
    })
}

fn export_files(request: &ExportRequest, words: &Words) -> Result<Status, String> {
    check_options(request, words)?;
    let Works { works, is_damaged } = Works::load(request, words)?;
    let options = options(request, &works, words)?;
    let export = Export {
        format: request.to,
        layout: if request.official { DocxLayout::Official } else { DocxLayout::Plain },
        options,
        all: true,
        spoken: Spoken::new(words.clone()),
        letters: None,
        to: request.output.clone(),
        over: request.force,
    };
    let reports = works.into_iter().map(|work| Handing::Open(Box::new(work))).collect();
    let job = ExportJob { export, reports, person: None };
    let handed = hand_over(&RealDisk, job, now(), &Cancel::default(), &|_| {}).map_err(|why: NotHandedOver| words.not_exported(&why))?;
    if request.json {
        out(&format!("{}\n", object(request.to, &handed)));
    } else {
        say(&words.exported(&handed));
    }
    Ok(if handed.is_whole() && !is_damaged { Status::Done } else { Status::Findings })
}

fn object(format: Format, handed: &HandedOver) -> serde_json::Value {
    let HandedOver { to, files, reports, tags, tags_left_out, links_left_out, cut, .. } = handed;
    json!({
        "written": to.display().to_string(), "format": format.key(), "files": files, "reports": reports, "tags": tags,
        "tags_left_out": tags_left_out, "links_left_out": links_left_out, "cells_cut": cut,
    })
}

/// Whether what was asked for goes with the format.
fn check_options(request: &ExportRequest, words: &Words) -> Result<(), String> {
    let format = request.to;
    let is_table = matches!(format, Format::Csv | Format::Tsv);
    let wrong = [
        (request.official && format != Format::Docx, "--official"),
        (!request.bom && !is_table, "--no-bom"),
        (request.text != ScriptView::Source && !format.has_reading(), "--text"),
    ];
    match wrong.into_iter().find(|(is_wrong, _)| *is_wrong) {
        Some((_, option)) => Err(words.fill("cli_export_option", &[option, format.key()])),
        None => Ok(()),
    }
}

/// What was named on the command line, by name.
fn options(request: &ExportRequest, works: &[HandedWork], words: &Words) -> Result<Options, String> {
    let everybody: Vec<&Person> = works.iter().flat_map(|work| &work.layers).map(|(person, ..)| person).collect();
    let person = |name: &String| {
        let found: Vec<PersonId> = everybody.iter().filter(|person| person.name == *name).map(|person| person.id).collect();
        if found.is_empty() { Err(words.fill("cli_export_no_person", &[name])) } else { Ok(found) }
    };
    let people: Vec<PersonId> = request.people.iter().map(person).collect::<Result<Vec<_>, _>>()?.concat();
    let used = |kind: &KindId| works.iter().flat_map(|work| &work.layers).any(|(.., tags)| tags.tags().any(|tag| tag.kind == *kind));
    let kind = |name: &String| {
        let name = name.trim();
        let known = works.iter().find_map(|work| kinds_by_name(&work.book).kind(name).cloned());
        let kind = known.unwrap_or_else(|| KindId::new(name));
        let is_known = works.iter().any(|work| work.book.kind(&kind).is_some()) || used(&kind);
        if is_known { Ok(kind) } else { Err(words.fill("cli_export_no_kind", &[name])) }
    };
    let kinds: Vec<KindId> = request.kinds.iter().map(kind).collect::<Result<_, _>>()?;
    Ok(Options {
        people: Some(people).filter(|people| !people.is_empty()),
        kinds: Some(kinds).filter(|kinds| !kinds.is_empty()),
        reading: Reading::of(request.text),
        bom: request.bom,
    })
}

/// Reports with people's tags.
struct Works {
    works: Vec<HandedWork>,
    /// Whether a file could not be read as a whole.
    is_damaged: bool,
}

impl Works {
    /// Loads people's files, each to its report; a `report.ron` among them is passed over.
    fn load(request: &ExportRequest, words: &Words) -> Result<Self, String> {
        let named = request.report.as_deref().map(|path| open(path, words)).transpose()?;
        let mut all = Self { works: Vec::new(), is_damaged: false };
        let paths: Vec<&PathBuf> = request.files.iter().filter(|path| path.file_name().is_none_or(|name| name != "report.ron")).collect();
        let files = on_two_threads(&paths, |path| load_person_file(&RealDisk, path));
        let files: Vec<LoadedFile> = files.into_iter().collect::<Result<_, _>>().map_err(|error| words.load_error(&error))?;
        let mut reports = if named.is_none() { reports_of(&files) } else { BTreeMap::new() };
        for (path, file) in paths.into_iter().zip(files) {
            if file.is_damaged() {
                all.is_damaged = true;
                say(&words.fill("notice_damaged", &[&path.display().to_string(), &file.troubles.lost.len().to_string()]));
            }
            all.take(path, file.record, named.as_ref(), &mut reports, words)?;
        }
        if all.works.is_empty() { Err(words.get("cli_people_none").to_owned()) } else { Ok(all) }
    }

    fn take(
        &mut self,
        path: &Path,
        record: PersonRecord,
        named: Option<&(Report, String)>,
        found: &mut BTreeMap<ReportId, (Report, String)>,
        words: &Words,
    ) -> Result<(), String> {
        let name = path.display().to_string();
        let office = match &record.role {
            Role::Annotation => Office::Annotation,
            Role::Adjudication => Office::Adjudication,
            Role::Other(_) => return Err(words.fill("cli_people_role", &[&name])),
        };
        let at = match self.works.iter().position(|work| work.report.id() == record.report) {
            Some(at) => at,
            None => {
                let (report, called) = match named {
                    Some((report, called)) if report.id() == record.report => (report.clone(), called.clone()),
                    Some((_, called)) => return Err(words.fill("cli_check_other_report", &[&name, called])),
                    None => found.remove(&record.report).ok_or_else(|| words.fill("cli_check_no_report", &[&name]))?,
                };
                let book = codebook_of(&RealDisk, &ReportFolder::around(path)).0;
                let (layers, lanes) = (Vec::new(), Vec::new());
                self.works.push(HandedWork { report: Arc::new(report), name: called, book, layers, lanes, withheld: 0 });
                self.works.len() - 1
            }
        };
        let Some(work) = self.works.get_mut(at) else { return Ok(()) };
        let own = |(person, role, _): &&mut (Person, Office, Arc<Annotations>)| person.id == record.person.id && *role == office;
        match work.layers.iter_mut().find(own) {
            Some((.., there)) => *there = Arc::new(there.merged(&record.annotations)),
            None => work.layers.push((record.person, office, Arc::new(record.annotations))),
        }
        Ok(())
    }
}

/// The reports that people's files are of, those that are found, and the names of their files.
fn reports_of(files: &[LoadedFile]) -> BTreeMap<ReportId, (Report, String)> {
    let first: BTreeMap<ReportId, &LoadedFile> = files.iter().rev().map(|file| (file.record.report, file)).collect();
    let first: Vec<(ReportId, &LoadedFile)> = first.into_iter().collect();
    let found = on_two_threads(&first, |(id, file)| Some((*id, found(&file.path, &file.record)?)));
    found.into_iter().flatten().collect()
}

/// A report, and the name of its file.
fn open(path: &Path, words: &Words) -> Result<(Report, String), String> {
    let opened = open_report(&RealDisk, path, |_| OpenRequest::default()).map_err(|error| words.open_error(&error))?;
    Ok((opened.report, file_name(path)))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The report that somebody's file is of: where it lies, or else its text as it is kept beside the tags.
fn found(path: &Path, record: &PersonRecord) -> Option<(Report, String)> {
    let of_layer = report_of_layer(&RealDisk, path);
    let opened = of_layer.and_then(|path| Some((open_report(&RealDisk, &path, |_| OpenRequest::default()).ok()?.report, file_name(&path))));
    let opened = opened.filter(|(report, _)| report.id() == record.report);
    let beside = || report_of(path, record.report).map(|report| (report, record.report_name.clone()));
    let kept = || {
        let text = load_source(&RealDisk, &ReportFolder::around(path), record.report)?;
        Some((Report::new(text, Corrections::default()), record.report_name.clone()))
    };
    opened.or_else(beside).or_else(kept)
}
