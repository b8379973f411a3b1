//! A colleague's file from anywhere, as a layer of a report: made on another text of it, its tags are placed anew.

use super::disk::{Disk, is_file};
use super::editions::text_of;
use super::files::{LARGEST, LoadError, LoadedFile, load_person_file, load_report_id, load_report_record, understood};
use super::folders::ReportFolder;
use super::layers::LayerFile;
use super::project::{Card, load_index};
use super::read::read_limited;
use super::wire::{Role, Unreadable, submission_of};
use crate::annotation::{Anchor, Annotations, Fit, Kept, Link, LinkEnd, LinkId, Remark, RemarkId, Says, Stamp, Tag, TagId, reanchor};
use crate::report::{Corrections, Report, ReportId};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A colleague's file as a layer of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerFrom {
    /// The layer.
    pub file: LayerFile,
    /// How many of its tags have a place in the report.
    pub placed: usize,
    /// Those that have none, as they stood in their own text.
    pub unplaced: Vec<Tag>,
    /// The text they were made on, where that is another.
    pub from: Option<ReportId>,
}

/// Why a file is no layer of a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayerError {
    /// It could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Its tags are on another report.
    #[error("{path}: on {name}")]
    OtherReport {
        /// The file.
        path: PathBuf,
        /// What the other report is called.
        name: String,
    },
}

/// So many tags with a place in a text show that it is the report they were made on.
const ENOUGH: usize = 3;
/// Where there are many tags, one of so many: reports of one place have sentences in common from year to year.
const OF: usize = 10;

/// Loads a colleague's file as a layer of a report.
///
/// # Errors
/// If it cannot be loaded, holds neither tags nor decisions, or is on another report.
pub fn layer_from(disk: &dyn Disk, path: &Path, report: &Report) -> Result<LayerFrom, LayerError> {
    let bytes = read_limited(disk, path, LARGEST).map_err(LoadError::from)?;
    let file = understood(path, &bytes)?;
    if let Role::Other(role) = &file.record.role {
        let why = Unreadable { line: 1, reason: format!("role: {role}") };
        return Err(LoadError::Unreadable { path: path.to_owned(), why }.into());
    }
    let from = Some(file.record.report).filter(|from| *from != report.id());
    let annotations = match from {
        None => file.record.annotations.clone(),
        Some(from) => moved(disk, &file, from, report),
    };
    let unplaced: Vec<Tag> = annotations.unplaced().iter().filter_map(|id| annotations.tag(*id)).cloned().collect();
    let placed = annotations.order().len();
    if from.is_some() && is_elsewhere(placed, unplaced.len()) {
        return Err(LayerError::OtherReport { path: path.to_owned(), name: file.record.report_name });
    }
    let submitted = submission_of(&String::from_utf8_lossy(&bytes)).map(|(at, _)| at);
    Ok(LayerFrom { file: LayerFile { submitted, ..LayerFile::of(&file, annotations) }, placed, unplaced, from })
}

/// Whether tags that were looked for in a text are on another report.
fn is_elsewhere(placed: usize, unplaced: usize) -> bool {
    placed < unplaced && placed < (placed + unplaced).div_ceil(OF).max(ENOUGH)
}

/// Somebody's records on another text, placed in this one as far as that is certain. Decisions are left out: what they
/// decide on stands in the other text.
fn moved(disk: &dyn Disk, file: &LoadedFile, from: ReportId, report: &Report) -> Annotations {
    let old = text_of(disk, &ReportFolder::around(&file.path), from).map(|text| Report::new(text, Corrections::default()));
    let there = &file.record.annotations;
    let tags: Vec<(&Tag, &Stamp)> = in_force(there.tag_records()).collect();
    let is_movable = |(remark, _): &(&Remark, &Stamp)| !matches!(remark.says, Says::Decision(_));
    let remarks: Vec<(&Remark, &Stamp)> = in_force(there.remark_records()).filter(is_movable).collect();
    let anchors = tags.iter().map(|(tag, _)| &tag.anchor).chain(remarks.iter().map(|(remark, _)| &remark.anchor));
    let mut fits = reanchor(old.as_ref(), report, &anchors.cloned().collect::<Vec<Anchor>>()).into_iter();
    let tag = |((tag, stamp), fit): ((&Tag, &Stamp), Fit)| (tag.id, Kept::new(stamp.clone(), Some(moved_tag(tag, fit, from, report))));
    let tags: BTreeMap<TagId, Kept<Tag>> = tags.into_iter().zip(fits.by_ref()).map(tag).collect();
    let remark = |((remark, stamp), fit): ((&Remark, &Stamp), Fit)| {
        Some((remark.id, Kept::new(stamp.clone(), Some(fit.carry_remark(remark, report)?))))
    };
    let remarks: BTreeMap<RemarkId, Kept<Remark>> = remarks.into_iter().zip(fits).filter_map(remark).collect();
    let here = |end: LinkEnd| if end.report == from { LinkEnd { report: report.id(), ..end } } else { end };
    let link = |(link, stamp): (&Link, &Stamp)| {
        let link = Link { from: here(link.from), to: here(link.to), ..*link };
        (link.id, Kept::new(stamp.clone(), Some(link)))
    };
    let links: BTreeMap<LinkId, Kept<Link>> = in_force(there.link_records()).map(link).collect();
    Annotations::from_records(tags, links, remarks)
}

/// The records in force that are not deleted, with when and by whom they were made.
fn in_force<K, T>(records: &BTreeMap<K, Kept<T>>) -> impl Iterator<Item = (&T, &Stamp)> {
    records.values().filter_map(|kept| Some((kept.now.content.as_ref()?, &kept.now.stamp)))
}

/// A tag as it stands in the new text. Whoever reads it is not asked whether it stands well. One that had no place before has
/// none here.
fn moved_tag(tag: &Tag, fit: Fit, from: ReportId, report: &Report) -> Tag {
    if !tag.is_placed() {
        return tag.clone();
    }
    let moved = fit.carry(tag, from, report);
    if moved.is_placed() { Tag { carried: None, ..moved } } else { moved }
}

/// The report that a person's file lies with, if it is still there.
pub fn report_of_layer(disk: &dyn Disk, path: &Path) -> Option<PathBuf> {
    let is_persons = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    let about = Some(path).filter(|path| is_persons(path)).and_then(|path| load_person_file(disk, path).ok())?.record.report;
    let folder = ReportFolder::around(path);
    let root = folder.project()?;
    let beside = || {
        let record = load_report_record(disk, &folder).filter(|_| load_report_id(disk, &folder) == Some(about))?;
        Some(root.join(Path::new(&record.name).file_name()?))
    };
    // One in a folder below is known by the index only.
    let is_it = |card: &Card| card.state.as_ref().is_ok_and(|state| state.report == about);
    let below = || load_index(disk, root).into_iter().find(is_it).map(|card| card.path);
    let is_there = |path: &PathBuf| is_file(disk, path) && !is_persons(path);
    beside().filter(is_there).or_else(below).filter(is_there)
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, edit, person};
    use super::super::disk::RealDisk;
    use super::super::project::{Cancel, Scan, mark_project, save_index, scan};
    use super::super::submitted::submit;
    use super::super::wire::PersonRecord;
    use super::*;
    use crate::annotation::{CaseKey, Change, Comment, Decision, Edit, Hand, Outcome, Person, Time, Touch};
    use crate::text::Span;
    use uuid::Uuid;

    const OLD: &str =
        "政府工作报告\n\n一、回顾\n全市生产总值增长6%，城镇新增就业3万人。\n财政收入下降2%。\n二、计划\n新建学校五所，由市教育局负责。\n";
    /// Some sentences have changed.
    const NEW: &str =
        "政府工作报告\n（修订稿）\n一、回顾\n全市生产总值增长6%，城镇新增就业\n3万人。\n财政收入下降3%。\n二、计划\n改善办学条件。\n";
    const OTHER: &str = "某县统计公报\n\n粮食播种面积扩大，棉花略有减少。\n居民用电量上升较快。\n";
    const WORDS: [&str; 4] = ["全市生产总值增长6%", "城镇新增就业3万人", "财政收入下降2%", "新建学校五所"];

    fn report(text: &str) -> Report {
        Report::new(text.to_owned(), Corrections::default())
    }

    fn li() -> Person {
        person(2, "李华")
    }

    /// The old text with a colleague's tags on the words.
    fn tagged() -> (Desk, PersonRecord, PathBuf) {
        let desk = Desk::with(OLD);
        let record = desk.record(&li(), Role::Annotation, &WORDS.map(|words| desk.find(words)));
        let path = desk.write("李华.ron", &record);
        (desk, record, path)
    }

    fn quotes(tags: &[Tag]) -> Vec<&str> {
        tags.iter().map(|tag| tag.anchor.quote.as_str()).collect()
    }

    #[test]
    fn a_file_on_the_same_text_is_a_layer_as_it_is() {
        let (desk, record, path) = tagged();
        let found = layer_from(&RealDisk, &path, &desk.report).unwrap();
        assert_eq!((&*found.file.annotations, found.placed, found.unplaced.len(), found.from), (&record.annotations, 4, 0, None));
        assert_eq!((found.file.path, found.file.person, found.file.submitted), (path, li(), None));
        let copy = submit(&RealDisk, &desk.here, &li(), Time(5)).unwrap().path;
        assert_eq!(layer_from(&RealDisk, &copy, &desk.report).unwrap().file.submitted, Some(Time(5)));
    }

    #[test]
    fn a_file_on_another_edition_is_placed_anew_and_what_has_no_place_is_listed() {
        let (_desk, record, path) = tagged();
        let new = report(NEW);
        let found = layer_from(&RealDisk, &path, &new).unwrap();
        assert_eq!((found.placed, found.from), (2, Some(record.report)));
        assert_eq!(quotes(&found.unplaced), WORDS[2..]);
        let all = &found.file.annotations;
        let placed: Vec<&str> = all.order().iter().map(|(span, _)| new.quote(*span)).collect();
        assert_eq!(placed, ["全市生产总值增长6%", "城镇新增就业\n3万人"]);
        let ids = |all: &Annotations| all.tag_records().keys().copied().collect::<Vec<TagId>>();
        assert_eq!(ids(all), ids(&record.annotations), "they are the same tags");
        assert!(all.order().iter().all(|(_, id)| all.tag(*id).unwrap().carried.is_none()));
    }

    #[test]
    fn without_the_old_text_tags_are_placed_by_their_context() {
        let (desk, _, path) = tagged();
        let alone = desk.root().join("李华 寄来.ron");
        std::fs::copy(&path, &alone).unwrap();
        let new = report(&format!("某市{OLD}"));
        let found = layer_from(&RealDisk, &alone, &new).unwrap();
        assert_eq!((found.placed, found.unplaced.len()), (4, 0));
        let placed: Vec<&str> = found.file.annotations.order().iter().map(|(span, _)| new.quote(*span)).collect();
        assert_eq!(placed, WORDS);
    }

    #[test]
    fn a_file_on_another_report_is_refused() {
        let (_desk, _, path) = tagged();
        let error = LayerError::OtherReport { path: path.clone(), name: "甲.txt".into() };
        assert_eq!(layer_from(&RealDisk, &path, &report(OTHER)), Err(error));
        let (desk, empty) = (Desk::new(), report(OTHER));
        let nothing = desk.put("李华.ron", &li(), Role::Annotation, &[]);
        assert_eq!(layer_from(&RealDisk, &nothing, &empty).unwrap().placed, 0, "one without tags says nothing of where it belongs");
        for (placed, unplaced, elsewhere) in
            [(0, 0, false), (0, 1, true), (1, 1, false), (1, 2, true), (2, 3, true), (3, 9, false), (3, 40, true), (5, 40, false)]
        {
            assert_eq!(is_elsewhere(placed, unplaced), elsewhere, "{placed} of {}", placed + unplaced);
        }
    }

    #[test]
    fn what_is_no_layer_is_said() {
        let (desk, record, path) = tagged();
        let notes = desk.write("笔记.ron", &PersonRecord { role: Role::Other("notes".into()), ..record });
        let missing = desk.root().join("没有.ron");
        for path in [&notes, &missing, &desk.here.report_file(), &desk.path] {
            let found = layer_from(&RealDisk, path, &desk.report);
            assert!(matches!(&found, Err(LayerError::Load(error)) if error.path() == path), "{found:?}");
        }
        edit(&path, "kind: \"target\"", "kind: target");
        let found = layer_from(&RealDisk, &path, &desk.report).unwrap();
        assert_eq!((found.file.edited, found.file.lost, found.placed), (true, 1, 3));
    }

    #[test]
    fn remarks_go_along_where_their_words_are_and_decisions_do_not() {
        let (desk, mut record, _) = tagged();
        let anchor = |words: &str| {
            let (start, end) = desk.find(words);
            Anchor::new(desk.report.text(), Span::of(start, end))
        };
        let comment = |words: &str| Says::Comment(Comment { words: words.to_owned(), ..Comment::default() });
        let case = CaseKey { span: anchor(WORDS[0]).span, hash: 1 };
        let (options, tags) = (Vec::new(), Vec::new());
        let decision = Says::Decision(Decision { case, options, outcome: Outcome::Nothing, tags, reason: None, words: String::new() });
        let remarks = [(WORDS[0], comment("口径？")), (WORDS[2], comment("再核")), (WORDS[1], Says::Read), (WORDS[0], decision)];
        for (number, (words, says)) in (1..).zip(remarks) {
            let remark = Remark { id: RemarkId(Uuid::from_u128(number)), anchor: anchor(words), says };
            let by = Touch { at: Time(9), hand: Hand::new(7) };
            record.annotations.apply(&Edit::new(vec![Change::add_remark(remark)]), by).unwrap();
        }
        let path = desk.write("李华.ron", &record);
        let new = report(NEW);
        let all = layer_from(&RealDisk, &path, &new).unwrap().file.annotations;
        let comments = all.comments().map(|(remark, stamp, said)| (new.quote(remark.anchor.span), stamp.created, said.words.as_str()));
        assert_eq!(comments.collect::<Vec<_>>(), [("全市生产总值增长6%", Time(9), "口径？")]);
        assert_eq!(all.parts_read().map(|span| new.quote(span)).collect::<Vec<_>>(), ["城镇新增就业\n3万人"]);
        assert_eq!(all.decisions().count(), 0);
    }

    #[test]
    fn the_report_a_file_lies_with() {
        let (desk, record, path) = tagged();
        let copy = submit(&RealDisk, &desk.here, &li(), Time(5)).unwrap().path;
        let outside = desk.root().join("李华.ron");
        std::fs::copy(&path, &outside).unwrap();
        let other = desk.write("另.ron", &PersonRecord { report: ReportId::of("another"), ..record });
        for (path, found) in
            [(&path, true), (&copy, true), (&outside, false), (&other, false), (&desk.here.report_file(), false), (&desk.path, false)]
        {
            assert_eq!(report_of_layer(&RealDisk, path), found.then(|| desk.path.clone()), "{}", path.display());
        }
        // In a folder below, the report is found by the index.
        let below = desk.root().join("2024").join("乙.txt");
        std::fs::create_dir(below.parent().unwrap()).unwrap();
        std::fs::rename(&desk.path, &below).unwrap();
        assert_eq!(report_of_layer(&RealDisk, &path), None);
        mark_project(&RealDisk, desk.root()).unwrap();
        let all = scan(Scan { disk: &RealDisk, root: desk.root(), known: Vec::new(), cancel: &Cancel::default() }, &|_, _| {}).unwrap();
        save_index(&RealDisk, desk.root(), &all).unwrap();
        assert_eq!(report_of_layer(&RealDisk, &path), Some(below));
    }
}
