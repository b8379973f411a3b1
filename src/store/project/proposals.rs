//! What can be proposed for the reports of a folder.

use crate::annotation::{Annotations, KindId, Person};
use crate::report::Report;
use crate::store::codebook::codebook_of;
use crate::store::disk::Disk;
use crate::store::files::load_report_record;
use crate::store::folders::ReportFolder;
use crate::store::own::own_files;
use crate::store::proposing::{Proposing, proposing_of};
use crate::store::undecided::undecided;
use crate::store::wire::Role;
use crate::suggest::{Proposal, Suggestions, suggest};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// How many proposals there are in a report, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalCount {
    /// The report's file.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// All of them.
    pub all: BTreeMap<KindId, usize>,
    /// Those the person has not decided on.
    pub undecided: BTreeMap<KindId, usize>,
}

impl ProposalCount {
    pub(super) fn new(path: PathBuf, title: String, all: &[Proposal], undecided: &[Proposal]) -> Self {
        Self { path, title, all: by_kind(all), undecided: by_kind(undecided) }
    }
}

fn by_kind(proposals: &[Proposal]) -> BTreeMap<KindId, usize> {
    let mut counts = BTreeMap::new();
    for proposal in proposals {
        *counts.entry(proposal.kind.clone()).or_default() += 1;
    }
    counts
}

/// What was read off a report, and the proposals the person has not decided on.
pub(super) struct Proposed {
    pub all: Suggestions,
    pub undecided: Vec<Proposal>,
}

/// Reads the reports of a folder.
pub(super) struct Reader<'a> {
    pub disk: &'a dyn Disk,
    person: Option<&'a Person>,
    /// What each project says of proposals, by the folder that keeps its tags: a thousand reports have few of them.
    projects: Mutex<BTreeMap<PathBuf, Proposing>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(disk: &'a dyn Disk, person: Option<&'a Person>) -> Self {
        Self { disk, person, projects: Mutex::default() }
    }

    /// Reads a report as it was corrected; nothing where its project shows no proposals.
    pub(super) fn read(&self, report: &Report, folder: &ReportFolder) -> Option<Proposed> {
        let project = self.project(folder);
        if !project.shown {
            return None;
        }
        let corrected = load_report_record(self.disk, folder).map(|record| report.corrected(record.corrections));
        crate::text::words::load();
        let all = suggest(corrected.as_ref().unwrap_or(report), &project.lexicon);
        let undecided = undecided(&all.proposals, &self.annotations(report, folder), &codebook_of(self.disk, folder).0);
        Some(Proposed { all, undecided })
    }

    fn project(&self, folder: &ReportFolder) -> Proposing {
        let kept = folder.path().parent().unwrap_or(Path::new("")).to_owned();
        if let Some(known) = self.projects.lock().ok().and_then(|projects| projects.get(&kept).cloned()) {
            return known;
        }
        let (project, _) = proposing_of(self.disk, folder);
        if let Ok(mut projects) = self.projects.lock() {
            projects.insert(kept, project.clone());
        }
        project
    }

    /// What the person put on a report.
    fn annotations(&self, report: &Report, folder: &ReportFolder) -> Annotations {
        let own = self.person.and_then(|person| own_files(self.disk, folder, person, &Role::Annotation).ok()?.file);
        own.filter(|own| own.record.report == report.id()).map(|own| own.record.annotations).unwrap_or_default()
    }
}
