//! Reviewing in a sitting: a report and its review beside each other, what people say, and what is shown where people tag blind.

use crate::store::{Sitting, place};
use jiannuo::annotation::RemarkId;
use jiannuo::report::Field;
use jiannuo::session::{
    Command, Correction, DocumentId, FileCommand, KeepCommand, ProjectCommand, ReportCommand, ReviewCommand, TagCommand, What,
};
use jiannuo::store::{Job, RealDisk, Reviewing, Viewer, change_reviewing, load_person_file, load_report_record, mark_project, now, submit};
use jiannuo::text::Span;
use std::path::{Path, PathBuf};

/// Somebody at a machine of their own who has tagged the report and saved it.
fn tagged(folder: &Path, name: &str, report: &Path, spans: &[(u32, u32)]) -> Sitting {
    let mut sitting = Sitting::new(&folder.join(format!("home-{name}")));
    sitting.act(Command::Keep(KeepCommand::SetPerson(name.into())));
    sitting.open(report);
    spans.iter().for_each(|(start, end)| sitting.tag(*start, *end, "target"));
    sitting.save();
    sitting
}

fn review(sitting: &mut Sitting) {
    sitting.act(Command::Review(ReviewCommand::Open));
    assert!(sitting.state.document().unwrap().is_review());
}

fn activate(sitting: &mut Sitting, document: DocumentId) {
    sitting.act(Command::File(FileCommand::Activate(document)));
}

fn correct(sitting: &mut Sitting, place: &str) {
    sitting.act(Command::Report(ReportCommand::Fact(None, Field::Place, Some(place.into()))));
}

/// The report's place as each open document has it.
fn places(sitting: &Sitting) -> Vec<&str> {
    sitting.state.documents.iter().map(|document| document.report.facts().get(Field::Place).unwrap_or("")).collect()
}

/// Which documents are to write the report's own file: whether each is a review.
fn unsaved(sitting: &Sitting) -> Vec<bool> {
    let documents = sitting.state.documents.iter().filter(|document| document.keeping.report_changed);
    documents.map(|document| document.is_review()).collect()
}

/// The file of a name in the folder of the report's tags.
fn kept(sitting: &Sitting, name: &str) -> PathBuf {
    sitting.state.documents[0].keeping.folder.path().join(name)
}

fn damage(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("kind: \"target\""));
    std::fs::write(path, text.replacen("kind: \"target\"", "kind: target", 1)).unwrap();
}

#[test]
fn a_correction_shows_in_the_report_and_its_review_and_is_saved_once() {
    let (folder, report) = place();
    let mut sitting = tagged(folder.path(), "王小明", &report, &[(30, 38)]);
    review(&mut sitting);
    correct(&mut sitting, "山前县");
    assert_eq!((places(&sitting), unsaved(&sitting)), (vec!["山前县"; 2], vec![true]));
    sitting.save();
    let here = sitting.state.documents[0].keeping.folder.clone();
    let revision = || load_report_record(&RealDisk, &here).unwrap().corrections_revision;
    assert_eq!((revision(), unsaved(&sitting)), (1, Vec::new()));

    // From the grid it goes into the document that is tagged, though the review is shown.
    sitting.act(Command::Project(ProjectCommand::Open(report.parent().unwrap().to_owned())));
    let correction = Correction { path: report.clone(), part: None, field: Field::Place, value: Some("汎海县".into()) };
    sitting.act(Command::Project(ProjectCommand::Correct(vec![correction])));
    assert_eq!((places(&sitting), unsaved(&sitting)), (vec!["汎海县"; 2], vec![false]));
    assert!(sitting.state.document().unwrap().is_review());

    // What is not saved yet shows in a review that is opened now, too.
    let beside = sitting.state.active.unwrap();
    sitting.act(Command::File(FileCommand::Close(beside)));
    assert_eq!(places(&sitting), ["汎海县"]);
    review(&mut sitting);
    assert_eq!((places(&sitting), revision()), (vec!["汎海县"; 2], 1));
    sitting.save();
    assert_eq!(revision(), 2);
    drop(sitting);
    let again = tagged(folder.path(), "李华", &report, &[]);
    assert_eq!(places(&again), ["汎海县"]);
}

#[test]
fn what_was_corrected_in_the_other_document_is_not_taken_back() {
    let (folder, report) = place();
    let mut sitting = tagged(folder.path(), "王小明", &report, &[(30, 38)]);
    correct(&mut sitting, "山前县");
    review(&mut sitting);
    correct(&mut sitting, "汎海县");
    let [tagging, beside] = [0, 1].map(|at| sitting.state.documents[at].id);
    activate(&mut sitting, tagging);
    sitting.act(Command::Tag(TagCommand::Undo));
    assert!(sitting.told(|what| *what == What::CannotUndo));
    assert_eq!(places(&sitting), ["汎海县"; 2]);
    activate(&mut sitting, beside);
    sitting.act(Command::Tag(TagCommand::Undo));
    assert_eq!(places(&sitting), ["山前县"; 2]);
}

#[test]
fn a_place_is_gone_to_where_the_report_is_tagged() {
    let (folder, report) = place();
    let mut sitting = tagged(folder.path(), "王小明", &report, &[(30, 38)]);
    review(&mut sitting);
    let before = sitting.state.document().unwrap().selection;
    let [tagging, beside] = [0, 1].map(|at| sitting.state.documents[at].id);
    for span in [Span::of(10, 18), Span::of(40, 45)] {
        sitting.act(Command::File(FileCommand::OpenAt(report.clone(), span)));
        let document = sitting.state.document().unwrap();
        assert_eq!((document.is_review(), document.selection.span()), (false, span));
        assert_eq!(sitting.state.get(beside).unwrap().selection, before);
        // At the second time it is not open.
        sitting.act(Command::File(FileCommand::Close(tagging)));
        activate(&mut sitting, beside);
    }
}

#[test]
fn what_could_not_be_recovered_is_said_of_tags_and_of_decisions_each_for_itself() {
    let (folder, report) = place();
    // A file stands where the folder would be made.
    let blocked = report.with_file_name("jiannuo");
    std::fs::write(&blocked, "in the way").unwrap();
    let mut sitting = tagged(folder.path(), "王小明", &report, &[(30, 38)]);
    review(&mut sitting);
    sitting.act(Command::Review(ReviewCommand::Comment { anchor: Span::of(30, 38), about: None, words: "口径？".into() }));
    sitting.save();
    drop(sitting);
    let waiting = |sitting: &Sitting| {
        let notices = sitting.state.notices.iter();
        notices.filter(|notice| matches!(notice.what, What::NotRecovered { .. })).count()
    };
    let mut next = Sitting::new(&folder.path().join("home-王小明"));
    assert_eq!(waiting(&next), 2, "{:?}", next.state.notices);
    std::fs::remove_file(&blocked).unwrap();
    next.open(&report);
    next.save();
    assert_eq!((waiting(&next), next.tags()), (1, 1), "{:?}", next.state.notices);
    review(&mut next);
    next.save();
    assert_eq!((waiting(&next), next.state.document().unwrap().annotations.comments().count()), (0, 1));
}

#[test]
fn what_is_decided_is_kept_where_the_tags_are() {
    let (folder, report) = place();
    let mut sitting = tagged(folder.path(), "王小明", &report, &[(30, 38)]);
    review(&mut sitting);
    sitting.act(Command::Review(ReviewCommand::Comment { anchor: Span::of(30, 38), about: None, words: "口径？".into() }));
    let tagging = sitting.state.documents[0].id;
    activate(&mut sitting, tagging);
    sitting.act(Command::Keep(KeepCommand::KeepIn(folder.path().join("other"))));
    assert!(sitting.state.all_saved());
    assert!(sitting.state.documents.iter().all(|document| document.keeping.folder.path().starts_with(folder.path().join("other"))));
    drop(sitting);
    let mut again = Sitting::new(&folder.path().join("home-王小明"));
    again.open(&report);
    assert_eq!(again.tags(), 1);
    review(&mut again);
    assert_eq!(again.state.document().unwrap().annotations.comments().count(), 1);
}

#[test]
fn nothing_but_blanks_is_no_comment_and_no_answer() {
    let (folder, report) = place();
    let mut sitting = tagged(folder.path(), "王小明", &report, &[]);
    let said = |sitting: &Sitting| {
        let comments = sitting.state.document().unwrap().annotations.comments();
        comments.map(|(remark, _, comment)| (remark.id, comment.words.clone())).collect::<Vec<(RemarkId, String)>>()
    };
    let comment = |words: &str| Command::Review(ReviewCommand::Comment { anchor: Span::of(30, 38), about: None, words: words.into() });
    for blank in ["", " \n", "\u{3000}"] {
        sitting.act(comment(blank));
    }
    assert!(said(&sitting).is_empty() && sitting.state.all_saved());
    sitting.act(comment("口径？"));
    let root = said(&sitting)[0].0;
    sitting.act(Command::Review(ReviewCommand::Answer(root, "\u{3000}".into())));
    assert_eq!(said(&sitting).len(), 1);
    sitting.act(Command::Review(ReviewCommand::Answer(root, "全市".into())));
    sitting.act(Command::Review(ReviewCommand::Settle(root, true)));
    let mut words: Vec<String> = said(&sitting).into_iter().map(|(_, words)| words).collect();
    words.sort();
    assert_eq!(words, ["", "全市", "口径？"], "who settles a thread need not say anything");
}

#[test]
fn what_is_not_read_leaves_alone_what_only_touches_it() {
    let (folder, report) = place();
    let mut sitting = tagged(folder.path(), "王小明", &report, &[]);
    let read = |sitting: &Sitting| {
        let remarks = sitting.state.document().unwrap().annotations.remarks();
        let mut read: Vec<(Span, RemarkId)> = remarks.map(|remark| (remark.anchor.span, remark.id)).collect();
        read.sort();
        read
    };
    let spans = |read: Vec<(Span, RemarkId)>| read.into_iter().map(|(span, _)| span).collect::<Vec<Span>>();
    let mark = |start, end, read| Command::Review(ReviewCommand::MarkRead(Span::of(start, end), read));
    sitting.act(mark(10, 18, true));
    sitting.act(mark(20, 30, true));
    let before = read(&sitting);
    assert_eq!(spans(before.clone()), [Span::of(10, 18), Span::of(20, 30)]);
    sitting.act(mark(18, 20, false));
    assert_eq!(read(&sitting), before);
    sitting.act(mark(18, 20, true));
    assert_eq!(spans(read(&sitting)), [Span::of(10, 30)]);
    sitting.act(mark(12, 14, false));
    assert_eq!(spans(read(&sitting)), [Span::of(10, 12), Span::of(14, 30)]);
}

#[test]
fn damage_to_colleagues_files_and_to_what_one_submitted_is_told() {
    let (folder, report) = place();
    drop(tagged(folder.path(), "李华", &report, &[(10, 18), (30, 38)]));
    let mut wang = tagged(folder.path(), "王小明", &report, &[(10, 18)]);
    wang.act(Command::Review(ReviewCommand::Submit));
    wang.look_again();
    let theirs = kept(&wang, "李华.ron");
    damage(&theirs);
    wang.look_again();
    let is_of = |what: &What| matches!(what, What::LayerDamaged { path, lines: 1.. } if *path == theirs);
    assert!(wang.told(is_of), "{:?}", wang.state.notices);
    let layer = &wang.state.document().unwrap().layers().all[0];
    assert_eq!((layer.edited, layer.lost > 0, layer.submitted), (true, true, None));

    let snapshot = wang.state.document().unwrap().submitted().unwrap().clone();
    let bytes = std::fs::read(&snapshot.path).unwrap();
    let is_told = |sitting: &Sitting| sitting.told(|what| *what == What::SubmittedChanged(snapshot.path.clone()));
    assert!(snapshot.whole && !is_told(&wang));
    damage(&snapshot.path);
    wang.look_again();
    assert!(is_told(&wang) && !wang.state.document().unwrap().submitted().unwrap().whole);
    std::fs::write(&snapshot.path, bytes).unwrap();
    wang.look_again();
    assert!(!is_told(&wang) && wang.state.document().unwrap().submitted().unwrap().whole);
}

/// What the grid of the open folder shows of people's work on its first report: who made how many tags, and how many others
/// there are.
fn grid(sitting: &Sitting) -> (Vec<(String, usize)>, usize) {
    let project = sitting.state.project.as_ref().unwrap();
    let person = sitting.state.person();
    let seen = project.seen(&project.cards[0], Viewer::of(person.as_ref(), &project.cards));
    let people =
        seen.people.iter().map(|(name, counts)| ((*name).to_owned(), counts.values().flat_map(|kinds| kinds.values()).sum::<usize>()));
    (people.collect(), seen.withheld)
}

#[test]
fn the_grid_of_a_blind_project_shows_of_others_how_many_there_are_until_one_has_submitted() {
    let (folder, report) = place();
    let root = report.parent().unwrap().to_owned();
    mark_project(&RealDisk, &root).unwrap();
    change_reviewing(&RealDisk, &root, &Reviewing::default(), &Reviewing { blind: true, ..Reviewing::default() }).unwrap();
    drop(tagged(folder.path(), "李华", &report, &[(10, 18), (30, 38)]));
    let mut wang = tagged(folder.path(), "王小明", &report, &[(10, 18)]);
    let theirs = kept(&wang, "李华.ron");
    let (here, li) = (wang.state.documents[0].keeping.folder.clone(), load_person_file(&RealDisk, &theirs).unwrap().record.person);
    let text = std::fs::read_to_string(&theirs).unwrap();
    std::fs::write(&theirs, text.replacen("span: (10, 18)", "span: (11, 19)", 1)).unwrap();

    let named = |all: &[(&str, usize)]| all.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<(String, usize)>>();
    let slipped = |sitting: &mut Sitting| {
        sitting.act(Command::Project(ProjectCommand::Run(Job::Check)));
        sitting.state.project.as_ref().unwrap().work.as_ref().unwrap().hits.len()
    };
    wang.act(Command::Project(ProjectCommand::Open(root)));
    assert_eq!((grid(&wang), slipped(&mut wang)), ((named(&[("王小明", 1)]), 1), 0));
    submit(&RealDisk, &here, &li, now()).unwrap();
    wang.act(Command::Project(ProjectCommand::LookAgain));
    assert_eq!(grid(&wang), (named(&[("王小明", 1)]), 1));
    wang.act(Command::Review(ReviewCommand::Submit));
    wang.act(Command::Project(ProjectCommand::LookAgain));
    assert_eq!((grid(&wang), slipped(&mut wang)), ((named(&[("李华", 2), ("王小明", 1)]), 0), 1));
}

#[test]
fn who_tags_blind_cannot_look_by_way_of_a_review() {
    let (folder, report) = place();
    let root = report.parent().unwrap().to_owned();
    mark_project(&RealDisk, &root).unwrap();
    change_reviewing(&RealDisk, &root, &Reviewing::default(), &Reviewing { blind: true, ..Reviewing::default() }).unwrap();
    drop(tagged(folder.path(), "李华", &report, &[(10, 18)]));
    let mut wang = tagged(folder.path(), "王小明", &report, &[(10, 18)]);
    review(&mut wang);
    let theirs = kept(&wang, "李华.ron");
    wang.act(Command::Review(ReviewCommand::AddLayer(theirs)));
    assert!(wang.told(|what| *what == What::Blind) && wang.state.document().unwrap().layers().all.is_empty());
}
