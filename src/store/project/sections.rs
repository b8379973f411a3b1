//! The sections of a project's reports, from which samples are drawn.

use super::Cancel;
use super::card::Card;
use crate::report::{Corrections, Field, Report, ReportId};
use crate::review::figures::sections;
use crate::store::disk::Disk;
use crate::store::files::load_report_record;
use crate::store::folders::project_for;
use crate::store::originals::{OpenRequest, read_text};
use crate::text::Span;
use std::path::Path;

/// The sections of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSections {
    /// The report.
    pub report: ReportId,
    /// What it is called.
    pub title: String,
    /// They, with their headings, in the order of the text.
    pub sections: Vec<(Span, String)>,
}

impl ReportSections {
    /// Those of a report.
    pub fn of(report: &Report, title: String) -> Self {
        let sections = sections(report).into_iter().filter(|(span, _)| !span.is_empty()).collect();
        Self { report: report.id(), title, sections }
    }
}

/// The sections of all reports in a folder that belong to a project, in the order of the folder, read on two threads. What
/// cannot be read has none.
pub fn sections_in(disk: &dyn Disk, root: &Path, cards: &[Card], cancel: &Cancel) -> Vec<ReportSections> {
    let is_of_project = |card: &&Card| card.kept_in().is_some_and(|kept_in| project_for(disk, kept_in) == root);
    let cards: Vec<&Card> = cards.iter().filter(is_of_project).collect();
    let all = |cards: &[&Card]| -> Vec<ReportSections> {
        let wanted = cards.iter().take_while(|_| !cancel.is_cancelled());
        wanted.filter_map(|card| sections_of(disk, card)).collect()
    };
    let (near, far) = cards.split_at(cards.len() / 2);
    std::thread::scope(|scope| {
        let near = scope.spawn(|| all(near));
        let far = all(far);
        let mut found = near.join().unwrap_or_default();
        found.extend(far);
        found
    })
}

fn sections_of(disk: &dyn Disk, card: &Card) -> Option<ReportSections> {
    let (extracted, _, folder) = read_text(disk, &card.path, &OpenRequest::default()).ok()?;
    let corrections = load_report_record(disk, &folder).map_or_else(Corrections::default, |record| record.corrections);
    let report = Report::of_original(extracted.text, corrections, extracted.layout, extracted.told);
    let title = card.fact(None, Field::Title).unwrap_or(&card.inside);
    Some(ReportSections::of(&report, title.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::{Scan, mark_project, scan};
    use super::*;
    use crate::store::disk::RealDisk;

    #[test]
    fn sections_are_of_the_reports_of_one_project() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let nested = root.join("别的项目");
        std::fs::create_dir(&nested).unwrap();
        mark_project(&RealDisk, &nested).unwrap();
        mark_project(&RealDisk, root).unwrap();
        let report = |year: &str| format!("{year}年工作报告\n一、回顾\n全市生产总值增长8%。\n二、安排\n力争增长6%。\n");
        for (path, year) in [("2023.txt", "2023"), ("2024.txt", "2024"), ("别的项目/2022.txt", "2022")] {
            std::fs::write(root.join(path), report(year)).unwrap();
        }
        let cards = scan(Scan { disk: &RealDisk, root, known: Vec::new(), cancel: &Cancel::default() }, &|_, _| {}).unwrap();
        let read = |root: &Path| sections_in(&RealDisk, root, &cards, &Cancel::default());
        let id = |at: usize| cards[at].state.as_ref().unwrap().report;
        let ids = |root: &Path| read(root).into_iter().map(|of| of.report).collect::<Vec<ReportId>>();
        assert_eq!((ids(root), ids(&nested)), (vec![id(0), id(1)], vec![id(2)]));
        assert!(read(root).iter().all(|of| of.sections.iter().any(|(_, heading)| heading == "一、回顾")));
        let stopped = Cancel::default();
        stopped.cancel();
        assert!(sections_in(&RealDisk, root, &cards, &stopped).is_empty());
    }
}
