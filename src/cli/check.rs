//! `jiannuo check`: whether every tag of a file still stands on its quote.

use super::{Status, out, say};
use crate::locale::Words;
use crate::report::{Report, ReportId};
use crate::store::{LoadedFile, OpenRequest, RealDisk, ReportFolder, load_person_file, load_report_record, open_report};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn check(files: &[PathBuf], report: Option<&Path>, json: bool, words: &Words) -> Status {
    let statuses: Vec<Status> = files.iter().map(|file| check_file(file, report, json, words)).collect();
    let has = |status: Status| statuses.contains(&status);
    if has(Status::Failed) {
        Status::Failed
    } else if has(Status::Findings) {
        Status::Findings
    } else {
        Status::Done
    }
}

fn check_file(path: &Path, report: Option<&Path>, json: bool, words: &Words) -> Status {
    let name = path.display().to_string();
    if path.file_name().is_some_and(|name| name == "report.ron") {
        say(&words.fill("cli_check_no_tags", &[&name]));
        return Status::Done;
    }
    let file = match load_person_file(&RealDisk, path) {
        Ok(file) => file,
        Err(error) => {
            say(&words.load_error(&error));
            return Status::Failed;
        }
    };
    let found = match report {
        Some(report) => {
            open_report(&RealDisk, report, |_| OpenRequest::default()).map(|opened| opened.report).map_err(|error| words.open_error(&error))
        }
        None => report_of(path, file.record.report).ok_or_else(|| words.fill("cli_check_no_report", &[&name])),
    };
    let report_path = report.map(|report| report.display().to_string()).unwrap_or_default();
    match found {
        Err(sentence) => {
            say(&sentence);
            Status::Failed
        }
        Ok(found) if found.id() != file.record.report => {
            say(&words.fill("cli_check_other_report", &[&name, &report_path]));
            compare(&file, &found, &name, json, words);
            Status::Findings
        }
        Ok(found) => compare(&file, &found, &name, json, words),
    }
}

/// Says of each tag that does not stand on its words what is there instead.
fn compare(file: &LoadedFile, report: &Report, name: &str, json: bool, words: &Words) -> Status {
    let tags = file.record.annotations.tags();
    let slipped: Vec<_> = tags.filter(|tag| !tag.anchor.holds(report.text())).collect();
    for tag in &slipped {
        let there = report.quote(tag.anchor.span);
        if json {
            out(&format!("{}\n", json!({ "file": name, "tag": tag.id.to_string(), "quote": tag.anchor.quote, "there": there })));
        } else {
            out(&format!("{}\n", words.fill("cli_check_slipped", &[name, &tag.id.to_string(), &tag.anchor.quote, there])));
        }
    }
    if file.is_damaged() {
        say(&words.fill("notice_damaged", &[name, &file.troubles.lost.len().to_string()]));
        return Status::Findings;
    }
    if !slipped.is_empty() {
        return Status::Findings;
    }
    say(&words.fill("cli_check_ok", &[name, &file.record.annotations.tag_count().to_string()]));
    Status::Done
}

/// The report a person's file belongs to: among the files beside the `jiannuo` folder it lies in, the one with that hash.
pub(super) fn report_of(path: &Path, id: ReportId) -> Option<Report> {
    let folder = ReportFolder::at(path.parent()?.to_owned());
    let record = load_report_record(&RealDisk, &folder)?;
    let project = folder.project()?;
    let open = |path: &Path| {
        open_report(&RealDisk, path, |_| OpenRequest::default()).ok().map(|opened| opened.report).filter(|report| report.id() == id)
    };
    open(&project.join(&record.name)).or_else(|| {
        let files = std::fs::read_dir(project).ok()?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file());
        let mut files: Vec<PathBuf> = files.collect();
        files.sort();
        files.iter().find_map(|path| open(path))
    })
}
