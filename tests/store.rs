//! Files on disk: the format as specified, older and newer editions, damage, and places where nothing can be written.

use jiannuo::annotation::KindId;
use jiannuo::annotation::Time;
use jiannuo::report::Field;
use jiannuo::session::{Command, FileCommand, KeepCommand, ReadCommand, ReportCommand, Runner, Selection, State, TagCommand, What, update};
use jiannuo::store::{LocalFolders, RealDisk, Seal, load_person_file, now, seal, unseal, wire};
use jiannuo::text::Span;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A session on real folders, run to rest after every command.
pub struct Sitting {
    pub state: State,
    runner: Runner,
    /// How much later than it is, in milliseconds.
    later: i64,
}

impl Sitting {
    pub fn new(home: &Path) -> Self {
        let folders = LocalFolders::below(home);
        let memory = jiannuo::store::load_memory(&RealDisk, &folders.memory_file());
        let mut sitting = Self {
            state: State::new(memory, jiannuo::store::random_bytes()),
            runner: Runner::new(Arc::new(RealDisk), folders, || {}),
            later: 0,
        };
        sitting.runner.run(vec![jiannuo::session::Effect::Recover]);
        sitting.settle();
        sitting
    }

    pub fn settle(&mut self) {
        let Self { state, runner, later } = self;
        assert!(runner.settle(Duration::from_secs(30), |command| update(state, command, Time(now().0 + *later))));
    }

    pub fn act(&mut self, command: Command) {
        let effects = update(&mut self.state, command, Time(now().0 + self.later));
        self.runner.run(effects);
        self.settle();
    }

    pub fn open(&mut self, path: &Path) {
        self.act(Command::File(FileCommand::Open(vec![path.to_owned()])));
    }

    pub fn tag(&mut self, start: u32, end: u32, kind: &str) {
        self.act(Command::Read(ReadCommand::Select(Selection::of(Span::of(start, end)))));
        self.act(Command::Tag(TagCommand::Make(KindId::new(kind))));
    }

    pub fn save(&mut self) {
        self.act(Command::Keep(KeepCommand::SaveAll));
    }

    pub fn tags(&self) -> usize {
        self.state.document().map_or(0, |document| document.annotations.tag_count())
    }

    /// Time passes, so that what lies on disk is looked at again.
    pub fn look_again(&mut self) {
        self.later += 5_000;
        self.act(Command::Keep(KeepCommand::Tick));
    }

    pub fn told(&self, wanted: impl Fn(&What) -> bool) -> bool {
        self.state.notices.iter().any(|notice| wanted(&notice.what))
    }
}

/// A folder with the smallest report, and a home for the program.
pub fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("reports")).unwrap();
    let report = folder.path().join("reports").join("tiny.txt");
    std::fs::write(&report, include_str!("fixtures/reports/tiny.txt")).unwrap();
    (folder, report)
}

/// The person's file below a report's folder.
fn person_file(report: &Path) -> PathBuf {
    let kept = report.parent().unwrap().join("jiannuo");
    let folder = std::fs::read_dir(kept).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "ron") && path.file_name().unwrap() != "report.ron")
        .unwrap()
}

fn with_three_tags() -> (tempfile::TempDir, PathBuf) {
    let (folder, report) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    for (start, kind) in [(10, "target"), (30, "indicator"), (50, "commitment")] {
        sitting.tag(start, start + 8, kind);
    }
    sitting.save();
    (folder, report)
}

#[test]
fn what_was_tagged_is_there_again() {
    let (folder, report) = with_three_tags();
    assert_eq!(person_file(&report).file_name().unwrap(), "王小明.ron");
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&report);
    assert_eq!(again.tags(), 3);
    assert!(again.state.notices.is_empty(), "{:?}", again.state.notices);
    assert_eq!(std::fs::read_dir(folder.path().join("home").join("state").join("journal")).unwrap().count(), 0, "the journal is empty");
}

#[test]
fn a_renamed_report_keeps_its_tags() {
    let (folder, report) = with_three_tags();
    let renamed = report.with_file_name("另一个名字.txt");
    std::fs::rename(&report, &renamed).unwrap();
    let mut again = Sitting::new(&folder.path().join("home"));
    again.open(&renamed);
    assert_eq!(again.tags(), 3);
}

#[test]
fn nothing_is_made_before_the_first_tag() {
    let (folder, report) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    sitting.save();
    assert_eq!(std::fs::read_dir(report.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn the_golden_file_of_version_1() {
    let golden = include_str!("fixtures/store/version-1.ron");
    let (text, state) = unseal(golden.as_bytes());
    assert_eq!(state, Seal::Intact);
    let (record, troubles) = wire::person_from_wire(&text).unwrap();
    assert_eq!(troubles, wire::Troubles::default());
    assert_eq!(record.annotations.tag_count(), 2);
    assert_eq!(
        seal(wire::print(&wire::person_to_wire(&record))),
        golden,
        "and it is written the same again, what is not known kept to the letter"
    );
}

#[test]
fn the_golden_file_of_version_1_1() {
    let golden = include_str!("fixtures/store/version-1-1.ron");
    let (text, state) = unseal(golden.as_bytes());
    assert_eq!(state, Seal::Intact);
    let (record, troubles) = wire::person_from_wire(&text).unwrap();
    assert_eq!(troubles, wire::Troubles::default());
    let said: Vec<String> = record.annotations.dismissals().map(|(_, dismissed)| format!("{dismissed:?}")).collect();
    assert_eq!(said, ["Proposal { kind: \"target\", rule: \"8\" }", "Hint { key: \"no_period\" }"]);
    let now = text.replacen("\"dismissals_deleted\"", "\"remarks_deleted\"", 1);
    assert_eq!(seal(wire::print(&wire::person_to_wire(&record))), seal(now), "and it is written the same again, but for a name");
}

#[test]
fn the_golden_file_of_a_review() {
    let golden = include_str!("fixtures/store/version-1-1-review.ron");
    let (text, state) = unseal(golden.as_bytes());
    assert_eq!(state, Seal::Intact);
    let (record, troubles) = wire::person_from_wire(&text).unwrap();
    assert_eq!((&record.role, troubles), (&wire::Role::Adjudication, wire::Troubles::default()));
    let all = &record.annotations;
    let comments: Vec<(&str, Option<bool>)> = all.comments().map(|(_, _, comment)| (comment.words.as_str(), comment.settles)).collect();
    assert_eq!(comments, [("口径是否含\"城镇登记\"？\n见指南第3条", None), ("", Some(true))]);
    let outcomes: Vec<&str> = all.decisions().map(|(_, _, decision)| decision.outcome.key()).collect();
    assert_eq!(outcomes, ["taken", "deferred"]);
    assert_eq!(all.parts_read().collect::<Vec<_>>(), [Span::of(100, 122)]);
    assert_eq!(seal(wire::print(&wire::person_to_wire(&record))), golden, "and it is written the same again");
}

#[test]
fn version_0_is_brought_up() {
    let (record, _) = wire::person_from_wire(include_str!("fixtures/store/version-0.ron")).unwrap();
    let tags: Vec<_> =
        record.annotations.tags().map(|tag| (tag.kind.as_str().to_owned(), tag.anchor.quote.clone(), tag.note.clone())).collect();
    assert_eq!(tags, [("target".into(), "生产总值增长6%".into(), "旧版".into()), ("commitment".into(), "新建学校".into(), String::new())]);
    assert!(wire::print(&wire::person_to_wire(&record)).contains("version: 1"));
}

#[test]
fn a_damaged_file_gives_what_can_be_read_and_is_kept() {
    let (folder, report) = with_three_tags();
    let path = person_file(&report);
    let whole = std::fs::read_to_string(&path).unwrap();
    let broken = whole.replacen("kind: \"indicator\"", "kind: indica\0tor\"", 1);
    assert_ne!(whole, broken);
    std::fs::write(&path, &broken).unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    assert_eq!(sitting.tags(), 2);
    assert!(sitting.told(|what| matches!(what, What::Damaged { lines: 1, .. })));
    sitting.tag(70, 75, "target");
    sitting.save();
    let kept: Vec<_> = std::fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains(".damaged-"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read_to_string(&kept[0]).unwrap(), broken);
    assert_eq!(load_person_file(&RealDisk, &path).unwrap().record.annotations.tag_count(), 3);
}

#[test]
fn a_truncated_file_gives_its_whole_lines() {
    let (_folder, report) = with_three_tags();
    let whole = std::fs::read(person_file(&report)).unwrap();
    let mut loaded = 0;
    // The last line end says nothing.
    for len in (0..whole.len() - 1).step_by(7) {
        let path = report.with_file_name("cut.ron");
        std::fs::write(&path, &whole[..len]).unwrap();
        if let Ok(file) = load_person_file(&RealDisk, &path) {
            loaded += 1;
            assert!(file.is_damaged() || file.seal != Seal::Intact, "cut at {len} unnoticed");
            assert!(file.record.annotations.tag_count() <= 3);
        }
    }
    assert!(loaded > 0);
}

#[test]
fn no_flipped_bit_passes_unnoticed() {
    let (_folder, report) = with_three_tags();
    let whole = std::fs::read(person_file(&report)).unwrap();
    let path = report.with_file_name("flipped.ron");
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        let (_, seal) = unseal(&flipped);
        std::fs::write(&path, &flipped).unwrap();
        if let Ok(file) = load_person_file(&RealDisk, &path) {
            // A flip inside the checksum line itself leaves the records whole; everything else must show.
            assert!(seal != Seal::Intact || file.is_damaged(), "bit {} of byte {at}", at % 8);
        }
    }
}

#[test]
fn a_newer_edition_is_for_reading() {
    let (folder, report) = with_three_tags();
    let path = person_file(&report);
    let newer = seal(unseal(&std::fs::read(&path).unwrap()).0.replacen("version: 1,", "version: 2,", 1));
    std::fs::write(&path, &newer).unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    assert_eq!(sitting.tags(), 3);
    assert!(sitting.told(|what| matches!(what, What::Newer(_))));
    sitting.tag(70, 75, "target");
    sitting.save();
    assert_eq!(sitting.tags(), 3);
    assert!(sitting.told(|what| matches!(what, What::ReadingOnly)));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn where_nothing_can_be_written_the_work_stays_in_the_journal() {
    let (folder, report) = place();
    // A file stands where the folder would be made: it fails for everyone, root included.
    let blocked = report.with_file_name("jiannuo");
    std::fs::write(&blocked, "in the way").unwrap();
    let home = folder.path().join("home");
    let mut sitting = Sitting::new(&home);
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    sitting.tag(10, 18, "target");
    sitting.save();
    assert!(sitting.told(|what| matches!(what, What::NotSaved(_))));
    let keeping = &sitting.state.document().unwrap().keeping;
    assert!(keeping.is_kept() && !keeping.is_saved());
    // Cut off here: the next sitting cannot put it in place either, but shows it and keeps it.
    drop(sitting);
    let mut next = Sitting::new(&home);
    assert!(next.told(|what| matches!(what, What::NotRecovered { changes: 1, .. })), "{:?}", next.state.notices);
    next.open(&report);
    assert_eq!(next.tags(), 1);
    // Another place is chosen: there it is saved, and found again.
    let other = folder.path().join("other");
    next.act(Command::Keep(KeepCommand::KeepIn(other.clone())));
    assert!(next.state.all_saved());
    assert!(!next.told(|what| matches!(what, What::NotSaved(_))));
    drop(next);
    let mut last = Sitting::new(&home);
    last.open(&report);
    assert_eq!(last.tags(), 1);
    assert!(std::fs::read_dir(&other).unwrap().count() == 1);
    assert_eq!(std::fs::read_to_string(&blocked).unwrap(), "in the way");
}

#[test]
fn the_encoding_one_chose_is_kept_with_the_report() {
    let (folder, report) = place();
    let text = "GDP 12 %, \u{3000}0.5\n";
    std::fs::write(&report, text).unwrap();
    let home = folder.path().join("home");
    let mut sitting = Sitting::new(&home);
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    sitting.act(Command::File(FileCommand::Reopen(jiannuo::source::Wish {
        encoding: Some(jiannuo::text::decode::Encoding::Gb18030),
        ..Default::default()
    })));
    assert_eq!(sitting.state.document().unwrap().method.encoding.unwrap().name(), "GB18030");
    let id = sitting.state.active.unwrap();
    sitting.act(Command::File(FileCommand::Close(id)));
    let mut again = Sitting::new(&home);
    again.open(&report);
    assert_eq!(again.state.document().unwrap().method.encoding.unwrap().name(), "GB18030");
    again.tag(0, 3, "target");
    again.save();
    // On another machine only the report's own file knows.
    let mut elsewhere = Sitting::new(&folder.path().join("other home"));
    elsewhere.open(&report);
    assert_eq!(elsewhere.state.document().unwrap().method.encoding.unwrap().name(), "GB18030");
}

#[test]
fn files_that_are_no_reports_say_what_they_are() {
    let (folder, report) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    let cases: &[(&str, &[u8])] = &[
        ("a.pdf", b"%PDF-1.7"),
        ("a.docx", b"PK\x03\x04word/document.xml"),
        ("a.png", b"\x89PNG\r\n\x1A\n"),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("bin", &[0, 1, 2, 3, 4, 5, 6, 7, 0, 1]),
    ];
    for (name, bytes) in cases {
        let path = report.with_file_name(name);
        std::fs::write(&path, bytes).unwrap();
        sitting.open(&path);
    }
    sitting.open(report.parent().unwrap());
    sitting.open(&report.with_file_name("not there.txt"));
    let large = report.with_file_name("large.txt");
    std::fs::File::create(&large).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
    sitting.open(&large);
    let failed = sitting.state.notices.iter().filter(|notice| matches!(notice.what, What::OpenFailed(_))).count();
    assert_eq!(failed, cases.len() + 2);
    assert!(sitting.state.documents.is_empty());
    assert!(sitting.state.project.is_some(), "a folder is opened as one");
}

#[test]
fn pasted_text_becomes_a_report() {
    let (folder, _) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.act(Command::File(FileCommand::Paste("政府工作报告\r\n全市生产总值增长6%。".into())));
    let document = sitting.state.document().unwrap();
    assert!(document.path.starts_with(folder.path().join("home").join("data")));
    assert_eq!(document.report.text().as_str(), "政府工作报告\n全市生产总值增长6%。");
}

#[test]
fn typing_into_a_note_is_one_step() {
    let (folder, report) = with_three_tags();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    let tag = sitting.state.document().unwrap().annotations.order()[0].1;
    for typed in ["要", "要核", "要核对"] {
        let effects = update(&mut sitting.state, Command::Tag(TagCommand::SetNote(tag, typed.into())), Time(5_000_000_000_000));
        drop(effects);
    }
    update(&mut sitting.state, Command::Tag(TagCommand::Undo), Time(5_000_000_000_001));
    assert_eq!(sitting.state.document().unwrap().annotations.tag(tag).unwrap().note, "");
}

#[test]
fn a_sitting_cut_off_before_its_first_save_leaves_everything() {
    let (folder, report) = place();
    let home = folder.path().join("home");
    let blocked = report.with_file_name("jiannuo");
    std::fs::write(&blocked, "in the way").unwrap();
    let mut sitting = Sitting::new(&home);
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    sitting.act(Command::Report(ReportCommand::Fact(None, Field::Place, Some("青禾县".into()))));
    sitting.tag(10, 18, "target");
    sitting.save();
    drop(sitting);
    std::fs::remove_file(&blocked).unwrap();
    let next = Sitting::new(&home);
    assert!(next.told(|what| matches!(what, What::Recovered { changes: 2, unreadable: 0, .. })), "{:?}", next.state.notices);
    assert!(person_file(&report).with_file_name("report.ron").is_file(), "the report's own file is made too");
    // On another machine, without the journal.
    let mut elsewhere = Sitting::new(&folder.path().join("elsewhere"));
    elsewhere.open(&report);
    assert_eq!(elsewhere.state.document().unwrap().report.facts().get(Field::Place), Some("青禾县"));
}

#[test]
fn a_journal_is_not_laid_over_a_newer_file() {
    let (folder, report) = with_three_tags();
    let (home, path) = (folder.path().join("home"), person_file(&report));
    // Work that stays in the journal: the file cannot be replaced while a folder has its name.
    let whole = std::fs::read(&path).unwrap();
    let mut sitting = Sitting::new(&home);
    sitting.open(&report);
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    sitting.tag(70, 75, "target");
    sitting.save();
    assert!(sitting.told(|what| matches!(what, What::NotSaved(_))));
    drop(sitting);
    std::fs::remove_dir(&path).unwrap();
    let newer = seal(unseal(&whole).0.replacen("version: 1,", "version: 2,", 1));
    std::fs::write(&path, &newer).unwrap();
    let mut next = Sitting::new(&home);
    assert!(next.told(|what| matches!(what, What::NotRecovered { changes: 1, .. })), "{:?}", next.state.notices);
    next.open(&report);
    next.act(Command::Report(ReportCommand::Fact(None, Field::Place, Some("青禾县".into()))));
    next.save();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn somebody_s_decisions_are_not_their_tags() {
    let (folder, report) = with_three_tags();
    let path = person_file(&report);
    let decisions = seal(unseal(&std::fs::read(&path).unwrap()).0.replacen("role: \"annotation\"", "role: \"adjudication\"", 1));
    std::fs::remove_file(&path).unwrap();
    let path = path.with_file_name("裁定.ron");
    std::fs::write(&path, &decisions).unwrap();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    assert_eq!(sitting.tags(), 0);
    sitting.tag(10, 18, "target");
    sitting.save();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), decisions);
}

#[test]
fn what_is_asked_to_be_saved_while_a_save_is_under_way_is_saved_after_it() {
    let (folder, report) = with_three_tags();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    sitting.open(&report);
    let tag = |start: u32| {
        let select = Command::Read(ReadCommand::Select(Selection::of(Span::of(start, start + 4))));
        [select, Command::Tag(TagCommand::Make(KindId::new("target"))), Command::Keep(KeepCommand::SaveAll)]
    };
    // Not run to rest in between: the second save is asked for while the first is under way.
    for command in tag(70).into_iter().chain(tag(80)) {
        let effects = update(&mut sitting.state, command, now());
        sitting.runner.run(effects);
    }
    sitting.settle();
    assert!(sitting.state.all_saved());
    assert_eq!(load_person_file(&RealDisk, &person_file(&report)).unwrap().record.annotations.tag_count(), 5);
}
