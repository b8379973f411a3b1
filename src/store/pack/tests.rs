//! Packing and taking in, between projects on disk.

use super::contents::{self, Contents, Entry};
use super::*;
use crate::annotation::{Anchor, Annotations, Change, Edit, Hand, KindId, Person, PersonId, Tag, TagId, Time, Touch};
use crate::report::{Corrections, ReportId};
use crate::source::{Layout, Method};
use crate::store::disk::{RealDisk, is_file};
use crate::store::files::{ReportRecord, load_person_file, save_person_file, save_report_record};
use crate::store::folders::ReportFolder;
use crate::store::project::{Cancel, Reviewing, change_reviewing, mark_project};
use crate::store::submitted::{submit, submitted_of};
use crate::store::wire::{Ext, Role};
use crate::text::decode::Encoding;
use crate::text::{Span, Text};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use uuid::Uuid;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TEXT: &str = "全市生产总值增长百分之八以上左右，力争更好。\n";
const OTHER: &str = "财政收入增长百分之三，支出只减不增。\n";
const NOW: Time = Time(1_795_339_812_000);

/// A project on disk, and a place for packs beside it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        mark_project(&RealDisk, &desk.root()).unwrap();
        desk
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("报告")
    }

    fn report(&self, name: &str, text: &str) -> PathBuf {
        let path = self.root().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Tags two characters of a report; returns the person's file.
    fn tag(&self, report: &Path, person: &Person, hand: u32, number: u128) -> PathBuf {
        let text = std::fs::read_to_string(report).unwrap();
        let id = ReportId::of(&text);
        let folder = ReportFolder::find(&RealDisk, report, id);
        if !is_file(&RealDisk, &folder.report_file()) {
            save_report_record(&RealDisk, &folder, id, &report_record(report), None).unwrap();
        }
        let path = folder.path().join(format!("{}.ron", person.name));
        let new = || PersonRecord {
            report: id,
            report_name: report.file_name().unwrap().to_string_lossy().into_owned(),
            person: person.clone(),
            codebook: Default::default(),
            annotations: Annotations::default(),
            extras: Default::default(),
            role: Role::Annotation,
        };
        let mut record = load_person_file(&RealDisk, &path).map_or_else(|_| new(), |file| file.record);
        let start = u32::try_from(number).unwrap();
        let anchor = Anchor::new(&Text::new(text), Span::of(start, start + 2));
        let tag = Tag::new(TagId(Uuid::from_u128(number)), KindId::new("target"), anchor);
        record.annotations.apply(&Edit::new(vec![Change::add_tag(tag)]), Touch { at: NOW, hand: Hand::new(hand) }).unwrap();
        save_person_file(&RealDisk, &path, &record).unwrap();
        path
    }

    fn pack(&self, reports: &[PathBuf]) -> (PathBuf, Packed) {
        let to = self.folder.path().join("包.zip");
        let packed = pack(&RealDisk, &self.root(), reports, &to, NOW, &|_, _| {}, &Cancel::default()).unwrap();
        (to, packed)
    }

    fn take_in(&self, pack: &Path) -> Result<Unpacked, PackError> {
        unpack(&RealDisk, pack, &self.root(), NOW, &Cancel::default())
    }

    /// All files of the project with their bytes.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.root()).unwrap().to_string_lossy().replace('\\', "/");
                    if !name.ends_with("/.lock") {
                        files.insert(name, std::fs::read(&path).unwrap());
                    }
                }
            }
        }
        files
    }
}

fn report_record(report: &Path) -> ReportRecord {
    ReportRecord {
        name: report.file_name().unwrap().to_string_lossy().into_owned(),
        original: hash(&std::fs::read(report).unwrap()),
        method: Method::plain(Encoding::Utf8),
        chosen: false,
        left_out: false,
        told: BTreeMap::new(),
        layout: Layout::default(),
        corrections: Corrections::default(),

        corrections_revision: 0,
        ext: Ext::new(),
    }
}

fn wang() -> Person {
    Person { id: PersonId(Uuid::from_u128(1)), name: "王小明".into() }
}

fn li() -> Person {
    Person { id: PersonId(Uuid::from_u128(2)), name: "李华".into() }
}

/// Two reports, three tags by two people.
fn tagged() -> (Desk, [PathBuf; 2]) {
    let desk = Desk::new();
    let reports = [desk.report("甲.txt", TEXT), desk.report("2024/乙.txt", OTHER)];
    desk.tag(&reports[0], &wang(), 1, 2);
    desk.tag(&reports[0], &li(), 2, 4);
    desk.tag(&reports[1], &wang(), 1, 6);
    (desk, reports)
}

/// A pack put together by hand, with a list of its files that fits.
fn packed_by_hand(files: &[(&str, &[u8])], zip: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> (tempfile::TempDir, PathBuf) {
    let entry =
        |(name, bytes): &(&str, &[u8])| Entry { name: (*name).to_owned(), sha256: hash(bytes), length: bytes.len() as u64, kept: None };
    let contents = Contents::new(NOW, files.iter().map(entry).collect()).print();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [(contents::NAME, contents.as_bytes())].iter().chain(files) {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    zip(&mut writer);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("包.zip");
    std::fs::write(&path, writer.finish().unwrap().into_inner()).unwrap();
    (folder, path)
}

fn refusal(result: Result<Unpacked, PackError>) -> Refusal {
    match result {
        Err(PackError::Refused { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pack_says_that_people_tag_blind() {
    let (desk, reports) = tagged();
    change_reviewing(&RealDisk, &desk.root(), &Reviewing::default(), &Reviewing { blind: true, ..Reviewing::default() }).unwrap();
    let (pack, _) = desk.pack(&reports);
    assert!(look_into(&RealDisk, &pack).unwrap().blind);
    let there = Desk { folder: tempfile::tempdir().unwrap() };
    assert!(there.take_in(&pack).unwrap().blind);
}

#[test]
fn a_project_comes_out_as_it_was_put_in() {
    let (desk, reports) = tagged();
    let own = desk.tag(&reports[0], &wang(), 1, 8);
    std::fs::write(desk.root().join("jiannuo").join("codebook.ron"), "(version: 2, kinds: [], attributes: [])").unwrap();
    let kept = desk.files();
    for rest in ["王小明.damaged-0a1b2c3d", ".1-0.jiannuo-tmp", "笔记.txt"] {
        std::fs::write(own.with_file_name(rest), "x").unwrap();
    }
    std::fs::write(desk.root().join("jiannuo").join("index.jsonl"), "x").unwrap();
    std::fs::create_dir(own.with_file_name("versions")).unwrap();
    std::fs::copy(&own, own.with_file_name("versions").join("王小明 2026-01-01T000000Z.ron")).unwrap();

    let (pack, packed) = desk.pack(&reports);
    assert_eq!(packed, Packed { reports: 2, people: 2, left_out: Vec::new(), stopped: false });
    assert!(is_pack(&std::fs::read(&pack).unwrap()));
    let card = look_into(&RealDisk, &pack).unwrap();
    assert_eq!((card.reports, card.people, card.tags, card.packed), (2, 2, 4, NOW));

    let there = Desk { folder: tempfile::tempdir().unwrap() };
    let taken = there.take_in(&pack).unwrap();
    assert_eq!(taken, Unpacked { reports: 2, people: 2, tags: 4, ..Unpacked::default() });
    assert_eq!(there.files(), kept);
    assert_eq!(there.take_in(&pack).unwrap(), Unpacked::default(), "taking it in again changes nothing");
    assert_eq!(desk.take_in(&pack).unwrap(), Unpacked::default(), "nor does taking it in where it comes from");
    assert_eq!(there.files(), kept);
}

#[test]
fn the_same_project_gives_the_same_pack() {
    let (desk, reports) = tagged();
    let first = std::fs::read(desk.pack(&reports).0).unwrap();
    assert!(first == std::fs::read(desk.pack(&reports).0).unwrap());
    let names = std::fs::read_dir(desk.folder.path()).unwrap().count();
    assert_eq!(names, 2, "nothing is left beside it");
}

#[test]
fn two_packs_merge_both_ways_to_the_same_tags() {
    let (one, other) = (Desk::new(), Desk::new());
    let ones = one.report("甲.txt", TEXT);
    // Elsewhere the report has another name, and so has the folder of its tags.
    let others = other.report("2024/某市报告.txt", TEXT);
    let files = [one.tag(&ones, &wang(), 1, 2), other.tag(&others, &wang(), 2, 4)];
    other.tag(&others, &li(), 3, 6);
    let packs = [one.pack(&[ones]).0, other.pack(&[others]).0];
    let taken = one.take_in(&packs[1]).unwrap();
    assert_eq!((taken.reports, taken.people, taken.tags), (0, 2, 2));
    let taken = other.take_in(&packs[0]).unwrap();
    assert_eq!((taken.reports, taken.people, taken.tags), (0, 1, 1));
    for name in ["王小明.ron", "李华.ron"] {
        let [one, other] = files.each_ref().map(|file| load_person_file(&RealDisk, &file.with_file_name(name)).unwrap().record);
        assert_eq!(one.annotations, other.annotations);
        assert_eq!(one.annotations.tag_count(), if name == "王小明.ron" { 2 } else { 1 });
    }
    assert_eq!(one.files().keys().filter(|name| name.ends_with(".txt")).count(), 1);
    assert!(one.files().keys().any(|name| name.contains("/versions/")), "what was merged into is kept as a version");
}

#[test]
fn a_report_whose_name_is_taken_is_written_beside() {
    let (desk, reports) = tagged();
    let (pack, _) = desk.pack(&reports);
    let there = Desk::new();
    there.report("甲.txt", "另一份报告。\n");
    let taken = there.take_in(&pack).unwrap();
    assert_eq!(taken.beside, [there.root().join("甲 (2).txt")]);
    assert_eq!(std::fs::read_to_string(there.root().join("甲 (2).txt")).unwrap(), TEXT);
    assert_eq!(std::fs::read_to_string(there.root().join("甲.txt")).unwrap(), "另一份报告。\n");
    let files = there.files();
    assert_eq!(there.take_in(&pack).unwrap(), Unpacked::default());
    assert_eq!(there.files(), files);
}

#[test]
fn corrections_that_are_there_stay() {
    let (desk, reports) = tagged();
    let (pack, _) = desk.pack(&reports);
    let there = Desk::new();
    let report = there.report("甲.txt", TEXT);
    let folder = ReportFolder::find(&RealDisk, &report, ReportId::of(TEXT));
    let mut record = report_record(&report);
    record.corrections.fields.insert(crate::report::Field::Period, "2023".into());
    save_report_record(&RealDisk, &folder, ReportId::of(TEXT), &record, None).unwrap();
    let before = std::fs::read(folder.report_file()).unwrap();
    assert_eq!(there.take_in(&pack).unwrap().differing, [folder.report_file()]);
    assert_eq!(std::fs::read(folder.report_file()).unwrap(), before);
}

#[test]
fn decisions_are_files_of_their_own() {
    let (desk, reports) = tagged();
    let own = desk.tag(&reports[0], &wang(), 1, 8);
    let mut decisions = load_person_file(&RealDisk, &own).unwrap().record;
    decisions.role = Role::Adjudication;
    save_person_file(&RealDisk, &own.with_file_name("王小明-adjudication.ron"), &decisions).unwrap();
    let (pack, _) = desk.pack(&reports);
    let there = Desk { folder: tempfile::tempdir().unwrap() };
    assert_eq!(there.take_in(&pack).unwrap().tags, 4);
    assert_eq!(there.files(), desk.files());
}

#[test]
fn what_was_submitted_goes_along_and_stays_what_it_was() {
    let (desk, reports) = tagged();
    let folder = ReportFolder::find(&RealDisk, &reports[0], ReportId::of(TEXT));
    for person in [wang(), li()] {
        submit(&RealDisk, &folder, &person, NOW).unwrap();
    }
    let kept = desk.files();
    let (pack, packed) = desk.pack(&reports);
    assert_eq!((packed.people, packed.left_out), (2, Vec::new()));
    let there = Desk { folder: tempfile::tempdir().unwrap() };
    assert_eq!((there.take_in(&pack).unwrap().tags, there.files()), (3, kept.clone()));
    assert_eq!(there.take_in(&pack).unwrap(), Unpacked::default());

    // Somebody submitted elsewhere, too.
    let elsewhere = Desk::new();
    let report = elsewhere.report("甲.txt", TEXT);
    elsewhere.tag(&report, &wang(), 1, 8);
    let here = ReportFolder::find(&RealDisk, &report, ReportId::of(TEXT));
    let own = submit(&RealDisk, &here, &wang(), NOW).unwrap();
    let taken = elsewhere.take_in(&pack).unwrap();
    assert_eq!(taken.differing, std::slice::from_ref(&own.path));
    assert_eq!(submitted_of(&RealDisk, &here, &wang()), Some(own));
    assert!(submitted_of(&RealDisk, &here, &li()).is_some_and(|theirs| theirs.whole));
}

#[test]
fn unsafe_names_are_refused_and_nothing_is_written() {
    let text = TEXT.as_bytes();
    for name in ["../甲.txt", "/甲.txt", "C:/甲.txt", "a\\甲.txt", "con.txt", ".甲.txt", "甲\u{202E}.txt", "a//甲.txt"] {
        let (_folder, pack) = packed_by_hand(&[(name, text)], |_| {});
        let there = Desk { folder: tempfile::tempdir().unwrap() };
        assert_eq!(refusal(there.take_in(&pack)), Refusal::Unsafe(name.into()));
        assert!(there.files().is_empty(), "{name}");
    }
    let there = Desk { folder: tempfile::tempdir().unwrap() };
    let (_folder, twice) = packed_by_hand(&[("a.txt", text), ("A.txt", text)], |_| {});
    assert_eq!(refusal(there.take_in(&twice)), Refusal::Unsafe("A.txt".into()));
    let link = |zip: &mut ZipWriter<Cursor<Vec<u8>>>| zip.add_symlink("乙.txt", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let (_folder, link) = packed_by_hand(&[("甲.txt", text)], link);
    assert_eq!(refusal(there.take_in(&link)), Refusal::Unsafe("乙.txt".into()));
    assert!(there.files().is_empty());
}

#[test]
fn only_what_is_listed_and_has_a_place_is_taken() {
    let (_folder, pack) =
        packed_by_hand(&[("甲.txt", TEXT.as_bytes()), ("setup.exe", TEXT.as_bytes()), ("jiannuo/王.ron", TEXT.as_bytes())], |zip| {
            zip.add_directory("夹", SimpleFileOptions::default()).unwrap();
            zip.start_file("夹/乙.txt", SimpleFileOptions::default()).unwrap();
        });
    let there = Desk { folder: tempfile::tempdir().unwrap() };
    let taken = there.take_in(&pack).unwrap();
    assert_eq!((taken.reports, taken.not_taken), (1, vec!["夹/乙.txt".into(), "setup.exe".into(), "jiannuo/王.ron".into()]));
    assert_eq!(there.files().into_keys().collect::<Vec<_>>(), ["甲.txt"]);
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let zeros = vec![0; 1024 * 1024];
    let (_folder, pack) = packed_by_hand(&[("甲.txt", &zeros)], |_| {});
    let there = Desk { folder: tempfile::tempdir().unwrap() };
    assert_eq!(refusal(there.take_in(&pack)), Refusal::TooLarge);
    // What this program packs, it takes in, however well it packs.
    let desk = Desk::new();
    let (pack, _) = desk.pack(&[desk.report("甲.txt", &"。\n".repeat(200_000))]);
    assert_eq!(there.take_in(&pack).unwrap().reports, 1);
}

#[test]
fn a_flipped_bit_is_refused_or_changes_nothing() {
    let (desk, reports) = tagged();
    let (pack, _) = desk.pack(&reports);
    let whole = std::fs::read(&pack).unwrap();
    let kept = desk.files();
    let mut refused = 0;
    for at in (0..whole.len()).step_by(23) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        std::fs::write(&pack, &bytes).unwrap();
        let there = Desk { folder: tempfile::tempdir().unwrap() };
        match there.take_in(&pack) {
            Ok(_) => assert_eq!(there.files(), kept, "byte {at}"),
            Err(error) => {
                assert!(there.files().is_empty(), "byte {at}: {error}");
                refused += 1;
            }
        }
    }
    assert!(refused > whole.len() / 23 / 3);
    let name = whole.windows(7).position(|part| part == "甲.txt".as_bytes()).unwrap();
    let mut bytes = whole;
    bytes[name + 9] ^= 1;
    std::fs::write(&pack, &bytes).unwrap();
    assert_eq!(look_into(&RealDisk, &pack), Err(PackError::Refused { path: pack, why: Refusal::Damaged("甲.txt".into()) }));
}

#[test]
fn other_files_are_no_packs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("甲.txt", SimpleFileOptions::default()).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    for bytes in [b"".as_slice(), TEXT.as_bytes(), zip.as_slice()] {
        std::fs::write(&path, bytes).unwrap();
        assert!(!is_pack(bytes));
        assert_eq!(look_into(&RealDisk, &path), Err(PackError::Refused { path: path.clone(), why: Refusal::NotAPack }));
    }
    assert!(matches!(look_into(&RealDisk, folder.path()), Err(PackError::Store(_))));
}

#[test]
fn what_is_stopped_leaves_nothing_behind() {
    let (desk, reports) = tagged();
    let stop = Cancel::default();
    let to = desk.folder.path().join("包.zip");
    // At the last step, when most of it has been written.
    let late = |done: usize, all: usize| {
        if done + 1 >= all {
            stop.cancel()
        }
    };
    assert!(pack(&RealDisk, &desk.root(), &reports, &to, NOW, &late, &stop).unwrap().stopped);
    assert_eq!(std::fs::read_dir(desk.folder.path()).unwrap().count(), 1);
    let (pack, _) = desk.pack(&reports);
    let there = Desk { folder: tempfile::tempdir().unwrap() };
    assert!(unpack(&RealDisk, &pack, &there.root(), NOW, &stop).unwrap().stopped);
    assert!(there.files().is_empty());
}

#[cfg(unix)]
#[test]
fn what_lies_elsewhere_is_left_out() {
    let (desk, [report, _]) = tagged();
    let outside = desk.folder.path().join("丙.txt");
    std::fs::write(&outside, OTHER).unwrap();
    let link = desk.root().join("丁.txt");
    std::os::unix::fs::symlink(&outside, &link).unwrap();
    let broken = desk.tag(&report, &wang(), 1, 8).with_file_name("坏.ron");
    std::fs::write(&broken, "x").unwrap();
    let missing = desk.root().join("没有.txt");
    let (_, packed) = desk.pack(&[report, outside.clone(), link.clone(), missing.clone()]);
    assert_eq!((packed.reports, packed.left_out), (1, vec![broken, outside, link, missing]));
}
