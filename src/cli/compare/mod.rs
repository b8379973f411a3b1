//! `jiannuo compare`: how far people agree on a report, and every difference.

mod lines;
mod tables;

use super::check::report_of;
use super::people::People;
use super::{Status, out, say};
use crate::annotation::{Codebook, Origin};
use crate::locale::Words;
use crate::report::Report;
use crate::review::figures::{Basis, Figures, SEED, unread};
use crate::review::{Case, Judged, Layer, Sort, judge};
use crate::store::wire::{PersonRecord, Role};
use crate::store::{RealDisk, ReportFolder, codebook_of, load_report_record};
use crate::text::Span;
use std::path::PathBuf;
use std::sync::Arc;

/// What is asked for.
pub(super) struct CompareRequest {
    /// People's tags, and what was decided on them.
    pub files: Vec<PathBuf>,
    /// The report, if it is not to be found beside them, or tags are on several texts of it.
    pub report: Option<PathBuf>,
    /// Where chance begins.
    pub seed: Option<u64>,
    pub json: bool,
}

/// People's tags, compared.
struct Compared {
    report: Report,
    codebook: Arc<Codebook>,
    layers: Vec<Layer>,
    /// What each person did not read.
    unread: Vec<Vec<Span>>,
    cases: Vec<Judged>,
    /// The figures of all tags, and those without the ones that came of proposals, if there are such.
    figures: Vec<Figures>,
}

pub(super) fn compare(request: &CompareRequest, words: &Words) -> Status {
    let compared = Compared::of(request, words).map(|(compared, is_damaged)| {
        let mut words = words.clone();
        words.learn(&compared.codebook);
        out(&if request.json { lines::lines(&compared) } else { tables::tables(&compared, &words) });
        if compared.differences().next().is_some() || is_damaged { Status::Findings } else { Status::Done }
    });
    compared.unwrap_or_else(|why| {
        say(&why);
        Status::Failed
    })
}

impl Compared {
    /// Compares, and says whether a file could not be read as a whole.
    fn of(request: &CompareRequest, words: &Words) -> Result<(Self, bool), String> {
        let mut people = People::load(&request.files, request.report.as_deref(), words)?;
        let is_damaged = !people.damaged.is_empty();
        if people.not_handed_in {
            say(words.get("cli_compare_blind"));
        }
        let report = people.report.take().map_or_else(|| found(&people.works, request, words), Ok)?;
        let is_tagger = |work: &&PersonRecord| work.role == Role::Annotation;
        for work in people.works.iter().filter(|work| !is_tagger(work)) {
            say(&words.fill("cli_compare_decides", &[&work.person.name]));
        }
        let unread = people.works.iter().filter(is_tagger).map(|work| unread(&work.annotations, &report)).collect();
        let layers = people.layers();
        if let [only] = layers.as_slice() {
            return Err(words.fill("cli_compare_one", &[&only.person.name]));
        }
        let cases = judge(&layers, &people.decided());
        let mut compared = Self { report, codebook: codebook(request), layers, unread, cases, figures: Vec::new() };
        compared.figures = compared.reckoned(request.seed.unwrap_or(SEED));
        Ok((compared, is_damaged))
    }

    fn reckoned(&self, seed: u64) -> Vec<Figures> {
        let basis = Basis { seed, ..Basis::new(&self.report, &self.layers, &self.unread, &self.codebook) };
        let any_proposed = self.layers.iter().flat_map(|layer| &layer.tags).any(|tag| tag.origin != Origin::ByHand);
        let ways = [Some(false), any_proposed.then_some(true)].into_iter().flatten();
        ways.map(|without_proposals| Figures::of(&Basis { without_proposals, ..basis })).collect()
    }

    /// The cases in which people differ.
    fn differences(&self) -> impl Iterator<Item = &Judged> {
        self.cases.iter().filter(|judged| self.is_difference(&judged.case))
    }

    /// Whether people differ in a case. Who did not read there says nothing.
    fn is_difference(&self, case: &Case) -> bool {
        match case.sort {
            Sort::Agreed => false,
            Sort::OnlySome => self.skipped(case) || !case.disagreement(&self.layers).is_none(),
            _ => true,
        }
    }

    /// Whether somebody has no tag in a case though they read there.
    fn skipped(&self, case: &Case) -> bool {
        let mut people = case.members.iter().zip(&self.unread);
        people.any(|(tags, unread)| tags.is_empty() && !is_unread(unread, case.span))
    }

    /// The people who did not read all of a case's words.
    fn unread_by(&self, case: &Case) -> Vec<&str> {
        let people = self.layers.iter().zip(&self.unread).filter(|(_, unread)| is_unread(unread, case.span));
        people.map(|(layer, _)| layer.person.name.as_str()).collect()
    }

    fn name(&self, layer: usize) -> &str {
        self.layers.get(layer).map(|layer| layer.person.name.as_str()).unwrap_or_default()
    }
}

fn is_unread(unread: &[Span], span: Span) -> bool {
    unread.iter().any(|part| part.overlaps(span))
}

/// The report that lies where one of the files says.
fn found(works: &[PersonRecord], request: &CompareRequest, words: &Words) -> Result<Report, String> {
    let beside = |file: &PathBuf| ReportFolder::around(file).report_file();
    let found = works.first().and_then(|work| request.files.iter().find_map(|file| report_of(&beside(file), work.report)));
    let name = request.files.first().map(|file| file.display().to_string()).unwrap_or_default();
    found.ok_or_else(|| words.fill("cli_check_no_report", &[&name]))
}

/// The codebook of the project in which one of the files lies.
fn codebook(request: &CompareRequest) -> Arc<Codebook> {
    let mut folders = request.files.iter().map(|file| ReportFolder::around(file));
    let of_report = folders.find(|folder| load_report_record(&RealDisk, folder).is_some());
    of_report.map_or_else(Codebook::standard, |folder| codebook_of(&RealDisk, &folder).0)
}
