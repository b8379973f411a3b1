//! People's files of one report, as they are named on the command line: what each did in each role, copies merged.

use super::say;
use crate::annotation::{Annotations, Person};
use crate::locale::Words;
use crate::report::Report;
use crate::review::Layer;
use crate::session::What;
use crate::store::wire::{PersonRecord, Role};
use crate::store::{LayerError, OpenRequest, RealDisk, ReportFolder, layer_from, load_person_file, open_report, reviewing_of};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What people did on one report.
pub(super) struct People {
    /// The report, if it was named.
    pub report: Option<Report>,
    /// What each person did in each role, in the order in which they were named.
    pub works: Vec<PersonRecord>,
    /// In which roles something could not be read.
    pub damaged: BTreeSet<Role>,
    /// Whether people tag blind where some of the tags lie, and these are not what was handed in.
    pub not_handed_in: bool,
}

impl People {
    /// Loads files. Tags that were made on another text than that of a report that is named are placed anew on it; if none is
    /// named, all files have to be on one text. A `report.ron` among them is passed over.
    ///
    /// # Errors
    /// Why not, in words.
    pub(super) fn load(files: &[PathBuf], report: Option<&Path>, words: &Words) -> Result<Self, String> {
        let opened = report.map(|path| open_report(&RealDisk, path, |_| OpenRequest::default())).transpose();
        let report = opened.map_err(|error| words.open_error(&error))?.map(|opened| opened.report);
        let mut people = Self { report, works: Vec::new(), damaged: BTreeSet::new(), not_handed_in: false };
        for file in files.iter().filter(|file| file.file_name().is_none_or(|name| name != "report.ron")) {
            people.take(file, words)?;
        }
        if people.tagged().next().is_none() {
            return Err(words.get("cli_people_none").to_owned());
        }
        Ok(people)
    }

    fn take(&mut self, path: &Path, words: &Words) -> Result<(), String> {
        let file = load_person_file(&RealDisk, path).map_err(|error| words.load_error(&error))?;
        let name = path.display().to_string();
        if matches!(file.record.role, Role::Other(_)) {
            return Err(words.fill("cli_people_role", &[&name]));
        }
        if file.is_damaged() {
            self.damaged.insert(file.record.role.clone());
            say(&words.fill("notice_damaged", &[&name, &file.troubles.lost.len().to_string()]));
        }
        let mut work = file.record;
        self.not_handed_in |= work.role == Role::Annotation && is_not_handed_in(path);
        match (&self.report, self.works.first()) {
            (Some(report), _) if report.id() != work.report => place(&mut work, path, report, words)?,
            (None, Some(first)) if first.report != work.report => return Err(words.fill("cli_people_reports", &[&name])),
            _ => {}
        }
        match self.works.iter_mut().find(|there| there.person.id == work.person.id && there.role == work.role) {
            Some(there) => there.annotations = there.annotations.merged(&work.annotations),
            None => self.works.push(work),
        }
        Ok(())
    }

    /// What people tagged.
    fn tagged(&self) -> impl Iterator<Item = &PersonRecord> {
        self.works.iter().filter(|work| work.role == Role::Annotation)
    }

    /// What people tagged, as layers.
    pub(super) fn layers(&self) -> Vec<Layer> {
        self.tagged().map(|work| Layer::of(work.person.clone(), &work.annotations)).collect()
    }

    /// What people decided.
    pub(super) fn decided(&self) -> Vec<(Person, &Annotations)> {
        let decided = self.works.iter().filter(|work| work.role == Role::Adjudication);
        decided.map(|work| (work.person.clone(), &work.annotations)).collect()
    }
}

/// Whether people tag blind where a file lies, and it is none of the copies that were handed in.
fn is_not_handed_in(path: &Path) -> bool {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let beside = path.parent().unwrap_or(Path::new(""));
    ReportFolder::around(&path).submitted().path() != beside && reviewing_of(&RealDisk, beside).blind
}

/// Places tags that were made on another text.
fn place(work: &mut PersonRecord, path: &Path, report: &Report, words: &Words) -> Result<(), String> {
    if work.role == Role::Adjudication {
        // What was decided on stands in the other text.
        let elsewhere = LayerError::OtherReport { path: path.to_owned(), name: work.report_name.clone() };
        return Err(words.layer_error(&elsewhere));
    }
    let from = layer_from(&RealDisk, path, report).map_err(|error| words.layer_error(&error))?;
    if !from.unplaced.is_empty() {
        let (name, unplaced) = (work.person.name.clone(), from.unplaced.len());
        say(&words.notice(&What::LayerAdded { name, placed: from.placed, unplaced }));
    }
    work.report = report.id();
    work.annotations = Annotations::clone(&from.file.annotations);
    Ok(())
}
