//! Every truncation, many thousands of flipped bits, and what else disks and other programs do to files: for each kind of
//! file, what is loaded is what was saved, or there is a sign that it is not.

use super::damages::{Damage, KINDS, Verdict, kind, law};
use super::desk::{Desk, is_about_files, own_folders, reports};
use super::disk::MemoryDisk;
use super::kept::{chosen, folder_of, journal_of, memory, older, page, person, report_file, tiny};
use jiannuo::annotation::{Annotations, Person, PersonId, Time};
use jiannuo::report::ReportId;
use jiannuo::session::{Command, FileCommand, State, What, update};
use jiannuo::store::wire::{self, Role};
use jiannuo::store::{
    LoadedFile, Memory, OpenRequest, Opened, Recovered, ReportFolder, Reviewing, Seal, Settings, layers_of, load_index, load_memory,
    load_person_file, load_report_record, load_source, mark_project, open_report, orphans, save_memory, save_person_file,
    save_report_record, submit, submitted_of,
};
use std::path::{Path, PathBuf};
use uuid::Uuid;

#[test]
fn there_are_enough_damages() {
    let counts = KINDS.map(|(name, ..)| (name, kind(name).2.len()));
    eprintln!("figures: damaged files {counts:?}");
    assert!(counts.iter().map(|(_, count)| count).sum::<usize>() >= 30_000, "{counts:?}");
}

/// A report as it opens, and what its person is told.
fn open(disk: &MemoryDisk, report: &Path, person: &Person) -> (Opened, Vec<What>) {
    let request = OpenRequest { person: Some(person.clone()), ..OpenRequest::default() };
    let opened = open_report(disk, report, |_| request).unwrap();
    let mut memory = Memory::default();
    memory.set_person(person);
    let mut state = State::new(memory, [7; 10]);
    let _ = update(&mut state, Command::File(FileCommand::Opened(Box::new(opened.clone()))), Time(1_795_400_000_000));
    (opened, state.notices.into_iter().map(|notice| notice.what).filter(is_about_files).collect())
}

/// All that is kept of a report, as it is when it opens.
fn shown(opened: &Opened) -> String {
    let report = &opened.report;
    let own = opened.own.as_ref().filter(|own| own.record.report == report.id()).map(|own| &own.record.annotations);
    let read = (opened.method, opened.chosen, &opened.errors, opened.left_out);
    let corrected = (report.corrections(), opened.corrections_revision);
    format!("{:?}", (report.id(), corrected, report.layout(), report.told(), read, &opened.folder, &opened.ext, own))
}

/// Whether a report opens as it did before a file was damaged, or else its person is told something.
fn opens_or_tells(what: &str, disk: &MemoryDisk, path: &Path, damages: &[Damage], report: &Path) {
    let person = person(disk, report);
    let (opened, told) = open(disk, report, &person);
    assert!(told.is_empty() && opened.own.is_some(), "{told:?}");
    let whole = shown(&opened);
    let told = law(what, disk, path, damages, |disk, _| {
        let (opened, told) = open(disk, report, &person);
        Verdict::of(shown(&opened) == whole, !told.is_empty())
    });
    assert!(told > 0);
}

fn printed(file: &LoadedFile) -> String {
    wire::print(&wire::person_to_wire(&file.record))
}

#[test]
fn no_damage_to_a_person_s_file_passes_silently() {
    let (disk, path, damages) = kind("person");
    let whole = printed(&load_person_file(&disk, &path).unwrap());
    let told = law("a person's file", &disk, &path, &damages, |disk, _| match load_person_file(disk, &path) {
        Ok(file) => {
            let sign = file.seal == Seal::Broken || file.is_damaged() || file.troubles.newer;
            Verdict::of(sign || printed(&file) == whole, sign)
        }
        Err(_) => Verdict::Told,
    });
    assert!(told > damages.len() / 2);
}

#[test]
fn whoever_opens_a_report_is_told_that_their_file_is_damaged() {
    let (disk, path, damages) = kind("person");
    let some: Vec<Damage> = damages.into_iter().step_by(17).collect();
    opens_or_tells("a person's file, opened", &disk, &path, &some, &tiny());
}

#[test]
fn no_damage_to_what_was_submitted_passes_silently_or_undoes_it() {
    let (disk, path, damages) = kind("submitted");
    let folder = ReportFolder::at(folder_of(&disk, &tiny()));
    let person = person(&disk, &tiny());
    let decider = Person { id: PersonId(Uuid::from_u128(1)), name: "赵敏".into() };
    let blind = Reviewing { blind: true, ..Reviewing::default() };
    // Shown to those who decide.
    let layers = |disk: &MemoryDisk| layers_of(disk, &folder, Some((&decider, &Role::Adjudication)), &blind).layers;
    let (whole, shown) = (submitted_of(&disk, &folder, &person).unwrap(), layers(&disk));
    assert!(whole.whole && whole.path == path && shown.len() == 1 && !shown[0].edited);
    let told = law("what was submitted", &disk, &path, &damages, |disk, _| {
        let Some(now) = submitted_of(disk, &folder, &person) else { return Verdict::Silent };
        let layers = layers(disk);
        Verdict::of(now == whole && layers == shown, !now.whole && layers.iter().all(|layer| layer.edited))
    });
    assert!(told > damages.len() / 2);
    // Whatever has become of it, nothing is submitted in its place or beside it.
    let bytes = disk.get(&path).unwrap();
    let beside = || disk.files().into_iter().filter(|file| file.parent() == path.parent()).count();
    for damage in damages.into_iter().step_by(97) {
        let damaged = damage.done_to(&bytes);
        disk.put(&path, damaged.clone());
        submit(&disk, &folder, &person, Time(1_795_339_999_000)).unwrap();
        assert!(disk.get(&path) == Some(damaged) && beside() == 1, "{damage:?}");
    }
}

#[test]
fn damage_costs_no_more_than_the_records_it_strikes() {
    let (disk, path, _) = kind("person");
    let bytes = disk.get(&path).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let begin = text.find("\n  tags: [\n").unwrap() + "\n  tags: [\n".len();
    let end = begin + text[begin..].find("\n  ],").unwrap() + 1;
    let all = load_person_file(&disk, &path).unwrap().record.annotations.tag_count();
    let tags_after = |damage: Damage| {
        disk.put(&path, damage.done_to(&bytes));
        load_person_file(&disk, &path).map(|file| file.record.annotations.tag_count())
    };
    for at in begin..end {
        // A damaged line end joins two records in one line.
        let struck = if bytes[at] == b'\n' { 2 } else { 1 };
        let left = tags_after(Damage::Flip(at, at % 8)).unwrap();
        assert!(left + struck >= all, "bit {} of byte {at} costs {} records", at % 8, all - left);
        let whole = bytes[begin..at].iter().filter(|byte| **byte == b'\n').count();
        let left = tags_after(Damage::Cut(at)).unwrap();
        assert!((whole..=whole + 1).contains(&left), "cut at {at}: {left} records of {whole} whole ones");
    }
    for at in (end..bytes.len()).step_by(3) {
        assert_eq!(tags_after(Damage::Cut(at)).unwrap(), all, "cut at {at}");
    }
    eprintln!("damaged records: {} damages", 2 * (end - begin) + (bytes.len() - end) / 3);
}

#[test]
fn no_damage_to_a_report_s_file_passes_silently() {
    let (disk, path, damages) = kind("report");
    opens_or_tells("report.ron", &disk, &path, &damages, &page());
    let disk = chosen();
    let path = report_file(&disk, &tiny());
    let damages = Damage::all(&disk.get(&path).unwrap(), 1);
    opens_or_tells("report.ron of a chosen encoding", &disk, &path, &damages, &tiny());
}

#[test]
fn a_text_that_a_reader_would_no_longer_give_is_not_lost_silently() {
    let disk = older();
    let folder = folder_of(&disk, &page());
    for name in ["source.txt", "report.ron"] {
        let path = folder.join(name);
        let damages: Vec<Damage> = Damage::all(&disk.get(&path).unwrap(), 1).into_iter().step_by(3).collect();
        opens_or_tells(&format!("{name} of an earlier reader"), &disk, &path, &damages, &page());
    }
}

#[test]
fn a_damaged_source_text_counts_as_none() {
    let (disk, path, damages) = kind("source");
    let folder = ReportFolder::at(folder_of(&disk, &page()));
    let whole = String::from_utf8(disk.get(&path).unwrap()).unwrap();
    let id = ReportId::of(&whole);
    let told = law("source.txt", &disk, &path, &damages, |disk, _| {
        let text = load_source(disk, &folder, id);
        Verdict::of(text.as_ref() == Some(&whole), text.is_none())
    });
    assert!(told > damages.len() / 2);
}

#[test]
fn no_card_of_a_damaged_index_is_another() {
    let (disk, path, damages) = kind("index");
    let whole = load_index(&disk, &reports());
    assert_eq!(whole.len(), 2);
    let told = law("index.jsonl", &disk, &path, &damages, |disk, _| {
        // A card that is left out is read anew.
        let cards = load_index(disk, &reports());
        Verdict::of(cards.iter().all(|card| whole.contains(card)), whole.iter().any(|card| !cards.contains(card)))
    });
    assert!(told > damages.len() / 2);
}

#[test]
fn a_damaged_project_s_file_still_marks_its_folder() {
    let (disk, path, damages) = kind("project");
    let id = ReportId::of(&String::from_utf8(disk.get(&tiny()).unwrap()).unwrap());
    let deeper = reports().join("旧").join("tiny.txt");
    let folder = ReportFolder::find(&disk, &deeper, id);
    assert_eq!(folder.path(), folder_of(&disk, &tiny()));
    law("project.ron", &disk, &path, &damages, |disk, _| {
        let before = disk.get(&path);
        mark_project(disk, &reports()).unwrap();
        Verdict::of(disk.get(&path) == before && ReportFolder::find(disk, &deeper, id) == folder, false)
    });
}

/// Whether nothing is remembered, but for who the user is.
fn is_blank(memory: &Memory) -> bool {
    memory.recent.is_empty() && memory.places().next().is_none() && memory.settings == Settings::default()
}

#[test]
fn a_damaged_memory_counts_as_none() {
    let (disk, path, damages) = kind("memory");
    let whole = load_memory(&disk, &path);
    assert!(whole.person().is_some() && whole.places().count() == 2 && whole.recent.len() == 3);
    let told = law("memory.ron", &disk, &path, &damages, |disk, _| {
        let memory = load_memory(disk, &path);
        let is_known = memory.person() == whole.person();
        Verdict::of(memory == whole, is_known && is_blank(&memory))
    });
    assert!(told > damages.len() / 2);
}

#[test]
fn nobody_is_taken_for_somebody_else() {
    let (disk, path, damages) = kind("user");
    disk.take(&memory());
    let whole = load_memory(&disk, &memory()).person();
    assert!(whole.is_some());
    let told = law("person.ron", &disk, &path, &damages, |disk, _| {
        let person = load_memory(disk, &memory()).person();
        Verdict::of(person == whole, person.is_none())
    });
    assert!(told > damages.len() / 2);
}

#[test]
fn what_was_forgotten_is_told_and_can_be_looked_up() {
    let (disk, path, damages) = kind("memory");
    let whole = disk.get(&path).unwrap();
    let mut count = 0;
    for damage in damages.into_iter().step_by(61) {
        let damaged = damage.done_to(&whole);
        let disk = disk.copy();
        disk.put(&path, damaged.clone());
        let memory = load_memory(&disk, &path);
        if !is_blank(&memory) {
            continue;
        }
        count += 1;
        let desk = Desk::new(disk.copy());
        assert!(!desk.told().is_empty(), "{damage:?}: nobody says that everything was forgotten");
        save_memory(&disk, &path, &memory).unwrap();
        assert!(damaged.is_empty() || disk.holds(&damaged), "{damage:?}: the damaged file is written over");
    }
    eprintln!("memory.ron written over: {count} damages");
    assert!(count > 100);
}

/// A disk with nothing but the plain report's journal left of a sitting that was cut off.
fn one_journal() -> (MemoryDisk, PathBuf, Vec<Damage>) {
    let (disk, path, damages) = kind("journal");
    let other = journal_of(&disk, &page());
    ["journal", "lock", "source"].iter().for_each(|end| disk.take(&other.with_extension(end)));
    (disk, path, damages)
}

fn recovered(disk: &MemoryDisk) -> Option<Recovered> {
    let mut found = orphans(disk, &own_folders().journals()).found;
    assert!(found.len() <= 1);
    found.pop()
}

fn is_same(one: &Recovered, other: &Recovered) -> bool {
    let all = |found: &Recovered| format!("{:?}", (&found.report, &found.record, &found.source, &found.folder, &found.person, &found.role));
    one.annotations == other.annotations && one.corrections == other.corrections && all(one) == all(other)
}

/// What comes of a damaged journal: all of it, or a sign that not all of it came back.
fn journal_verdict(disk: &MemoryDisk, whole: &Recovered) -> Verdict {
    match recovered(disk) {
        Some(found) => Verdict::of(is_same(&found, whole), found.unreadable > 0),
        None => Verdict::of(false, !Desk::new(disk.copy()).told().is_empty()),
    }
}

#[test]
fn no_damage_inside_a_journal_passes_silently() {
    let (disk, path, mut damages) = one_journal();
    let len = disk.get(&path).unwrap().len();
    // Journals that end early and lines that are gone have tests of their own; a last line without its end counts as cut off.
    damages.retain(|damage| !matches!(damage, Damage::Cut(_) | Damage::Gone(_)));
    damages.retain(|damage| !matches!(damage, Damage::Flip(at, _) if at + 1 == len));
    let whole = recovered(&disk).unwrap();
    assert!(whole.changes > 20 && whole.unreadable == 0);
    let told = law("a journal", &disk, &path, &damages, |disk, _| journal_verdict(disk, &whole));
    assert!(told > damages.len() / 2);
}

#[test]
fn a_journal_may_end_anywhere_and_all_before_that_comes_back() {
    let (disk, path, _) = one_journal();
    let whole = disk.get(&path).unwrap();
    for len in 0..whole.len() {
        disk.put(&path, &whole[..len]);
        let lines = String::from_utf8_lossy(&whole[..len]).matches(")\n").count();
        let found = recovered(&disk);
        let (changes, unreadable) = found.as_ref().map_or((0, 0), |found| (found.changes, found.unreadable));
        assert_eq!(unreadable, 0, "cut at {len}: a line that was cut off was never kept");
        // The head is a line, too; a line that only lacks its end is whole.
        assert!((lines.saturating_sub(1)..=lines).contains(&changes), "cut at {len}: {changes} changes of {lines} lines");
    }
    eprintln!("a journal that ends early: {} cuts", whole.len());
}

#[test]
fn what_a_save_writes_over_is_in_the_new_file_or_beside_it() {
    let (disk, path, damages) = kind("person");
    let some: Vec<Damage> = damages.into_iter().step_by(11).collect();
    let whole = load_person_file(&disk, &path).unwrap().record;
    let (tags, links) = (whole.annotations.tag_records(), whole.annotations.link_records());
    law("a person's file, written over", &disk, &path, &some, |disk, _| {
        let disk = disk.copy();
        let damaged = disk.get(&path).unwrap();
        let is_own = |file: &LoadedFile| {
            file.record.report == whole.report && file.record.person.id == whole.person.id && file.record.role == Role::Annotation
        };
        let mut record = whole.clone();
        record.annotations = match load_person_file(&disk, &path) {
            Ok(file) if is_own(&file) => file.record.annotations,
            Ok(_) | Err(_) => Annotations::default(),
        };
        if save_person_file(&disk, &path, &record).is_err() {
            return Verdict::of(disk.holds(&damaged), false);
        }
        let now = load_person_file(&disk, &path).unwrap().record.annotations;
        let all_there = tags.iter().all(|(id, kept)| now.tag_records().get(id) == Some(kept))
            && links.iter().all(|(id, kept)| now.link_records().get(id) == Some(kept));
        Verdict::of(all_there, disk.holds(&damaged))
    });
    let (disk, path, damages) = kind("report");
    let folder = ReportFolder::at(folder_of(&disk, &page()));
    let id = open(&disk, &page(), &person(&disk, &page())).0.report.id();
    let whole = load_report_record(&disk, &folder).unwrap();
    law("report.ron, written over", &disk, &path, &damages, |disk, _| {
        let disk = disk.copy();
        let damaged = disk.get(&path).unwrap();
        let mut record = whole.clone();
        // As a sitting has it that loaded nothing but what could be read.
        record.corrections = load_report_record(&disk, &folder).map(|there| there.corrections).unwrap_or_default();
        save_report_record(&disk, &folder, id, &record, None).unwrap();
        let now = load_report_record(&disk, &folder).unwrap();
        Verdict::of(now.corrections == whole.corrections, disk.holds(&damaged))
    });
}
