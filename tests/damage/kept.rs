//! The files that real sittings leave: one of every kind, with tags, links and corrections of every shape.

use super::desk::{Desk, own_folders, reports};
use super::disk::MemoryDisk;
use jiannuo::annotation::{AttributeId, LinkEnd, Person, Relation, TagId, Time, Value};
use jiannuo::quantity::Quantity;
use jiannuo::report::{Field, Level, ReportId, Role};
use jiannuo::session::{Command, FileCommand, KeepCommand, ProjectCommand, ReportCommand, TagCommand};
use jiannuo::source::Wish;
use jiannuo::store::{ReportFolder, load_person_file, seal, submit, unseal};
use jiannuo::text::Pos;
use jiannuo::text::decode::Encoding;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const TINY: &str = include_str!("../fixtures/reports/tiny.txt");
/// A page with a table that says who issued it, and when and where.
const PAGE: &[u8] = include_bytes!("../fixtures/originals/html/modern.html");

/// A report in plain text.
pub fn tiny() -> PathBuf {
    reports().join("tiny.txt")
}

/// A report that is a saved page, so that its text is kept beside the tags.
pub fn page() -> PathBuf {
    reports().join("page.html")
}

pub fn index() -> PathBuf {
    reports().join("jiannuo").join("index.jsonl")
}

pub fn project() -> PathBuf {
    reports().join("jiannuo").join("project.ron")
}

pub fn memory() -> PathBuf {
    own_folders().memory_file()
}

/// What only says who the user is.
pub fn user() -> PathBuf {
    memory().with_file_name("person.ron")
}

/// The folder that keeps what belongs to a report.
pub fn folder_of(disk: &MemoryDisk, report: &Path) -> PathBuf {
    let beginning = format!("{}~", report.file_stem().unwrap().to_string_lossy());
    let files = disk.files();
    let is_its = |folder: &&Path| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&beginning));
    files.iter().filter_map(|file| file.parent()).find(is_its).unwrap().to_owned()
}

pub fn person_file(disk: &MemoryDisk, report: &Path) -> PathBuf {
    folder_of(disk, report).join("王小明.ron")
}

pub fn report_file(disk: &MemoryDisk, report: &Path) -> PathBuf {
    folder_of(disk, report).join("report.ron")
}

/// Who tagged a report.
pub fn person(disk: &MemoryDisk, report: &Path) -> Person {
    load_person_file(disk, &person_file(disk, report)).unwrap().record.person
}

/// The journal of a report.
pub fn journal_of(disk: &MemoryDisk, report: &Path) -> PathBuf {
    let says = format!("report_name:\"{}\"", report.file_name().unwrap().to_string_lossy());
    let is_its = |path: &PathBuf| {
        path.extension().is_some_and(|end| end == "journal") && String::from_utf8(disk.get(path).unwrap()).unwrap().contains(&says)
    };
    disk.files().into_iter().find(is_its).unwrap()
}

/// Writes a sealed file anew, sealed again, as its own program would.
pub fn rewrite(disk: &MemoryDisk, path: &Path, change: impl FnOnce(&str) -> String) {
    let (text, _) = unseal(&disk.get(path).unwrap());
    let changed = change(&text);
    assert_ne!(changed, text, "{} has what is to be changed", path.display());
    disk.put(path, seal(changed));
}

/// A disk on which somebody tagged two reports and saved, with the folder opened as a project.
pub fn saved() -> MemoryDisk {
    static DISK: OnceLock<MemoryDisk> = OnceLock::new();
    DISK.get_or_init(|| {
        let mut desk = at_work();
        desk.save();
        assert!(desk.state.all_saved() && desk.told().is_empty(), "{:?}", desk.told());
        // What a later minor edition may have put there.
        let later = "  ext: {\n    \"blind\": true,\n    \"sky\": (colour: \"blue\", why: [\"later\", \"editions\"]),\n  },\n)";
        for report in [tiny(), page()] {
            for path in [person_file(&desk.disk, &report), report_file(&desk.disk, &report)] {
                rewrite(&desk.disk, &path, |text| text.replacen("  ext: {},\n)", later, 1));
            }
        }
        desk.act(Command::Project(ProjectCommand::Open(reports())));
        let document = desk.state.document().unwrap();
        assert!(!document.report.corrections().parts.is_empty() && document.annotations.links().count() > 1);
        assert!(desk.disk.get(&index()).is_some() && desk.disk.get(&project()).is_some());
        desk.disk.copy()
    })
    .copy()
}

/// The same after the tags on the plain report were submitted.
pub fn submitted() -> MemoryDisk {
    let disk = saved();
    let folder = ReportFolder::at(folder_of(&disk, &tiny()));
    submit(&disk, &folder, &person(&disk, &tiny()), Time(1_795_339_872_000)).unwrap();
    disk
}

/// The copy that was submitted.
pub fn submitted_file(disk: &MemoryDisk) -> PathBuf {
    folder_of(disk, &tiny()).join("submitted").join("王小明.ron")
}

/// The same, cut off before anything was saved: all work is in the journals.
pub fn cut_off() -> MemoryDisk {
    static DISK: OnceLock<MemoryDisk> = OnceLock::new();
    DISK.get_or_init(|| at_work().disk.copy()).copy()
}

/// A report that has its tags only in the encoding a person chose, on a machine that does not remember the choice.
pub fn chosen() -> MemoryDisk {
    let disk = MemoryDisk::default();
    disk.put(&tiny(), "GDP 12 %, \u{3000}0.5\n");
    let mut desk = begin(disk);
    desk.open(&tiny());
    desk.act(Command::File(FileCommand::Reopen(Wish { encoding: Some(Encoding::Gb18030), ..Wish::default() })));
    desk.tag(0, 3, "target");
    desk.save();
    let disk = desk.disk.copy();
    disk.take(&memory());
    disk
}

/// A page whose kept text is that of an earlier reader, which took one line more.
pub fn older() -> MemoryDisk {
    let mut desk = begin(MemoryDisk::default());
    desk.disk.put(&page(), PAGE);
    desk.open(&page());
    work(&mut desk);
    desk.save();
    let disk = desk.disk.copy();
    let folder = folder_of(&disk, &page());
    let text = String::from_utf8(disk.get(&folder.join("source.txt")).unwrap()).unwrap();
    let old = format!("{text}旧版多读的一行\n");
    let (present, id) = (ReportId::of(&text).to_string(), ReportId::of(&old));
    disk.put(&folder.join("source.txt"), old);
    rewrite(&disk, &folder.join("report.ron"), |text| text.replace(&present, &id.to_string()).replacen("edition: 1", "edition: 0", 1));
    rewrite(&disk, &folder.join("王小明.ron"), |text| text.replace(&present, &id.to_string()));
    disk.move_folder(&folder, &folder.with_file_name(format!("page~{}", id.short())));
    disk
}

/// A sitting with somebody to tag.
fn begin(disk: MemoryDisk) -> Desk {
    let mut desk = Desk::new(disk);
    desk.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    desk
}

/// A sitting with work on two reports that is not saved yet.
fn at_work() -> Desk {
    let disk = MemoryDisk::default();
    disk.put(&tiny(), TINY);
    disk.put(&page(), PAGE);
    let mut desk = begin(disk);
    for report in [page(), tiny()] {
        desk.open(&report);
        work(&mut desk);
    }
    desk
}

/// Tags of every shape, links, deletions and corrections on the active report.
fn work(desk: &mut Desk) {
    for (start, end, kind) in
        [(0, 6, "target"), (8, 14, "indicator"), (8, 12, "of_our_own"), (20, 31, "commitment"), (36, 40, "target"), (50, 58, "indicator")]
    {
        desk.tag(start, end, kind);
    }
    let document = desk.state.document().unwrap();
    let tags: Vec<TagId> = document.annotations.order().iter().map(|(_, id)| *id).collect();
    let (report, person) = (document.report.id(), desk.state.person().unwrap().id);
    let end = |tag| LinkEnd { report, person, tag };
    let name = AttributeId::new("indicator_name");
    let owners = AttributeId::new("owner_support");
    for command in [
        TagCommand::SetNote(tags[0], "与上年“同口径”\\\n\t(id: \"x\"), // 注 /* 𠮷 🈶\r\n".into()),
        TagCommand::SetQuantities(tags[1], vec![Quantity::of_words("增长5.8%"), Quantity::of_words("约318.6亿元")]),
        TagCommand::SetAttribute(vec![tags[1]], name, Value::One("地区生产总值".into())),
        TagCommand::SetAttribute(vec![tags[3]], owners, Value::Many(vec!["县财政局".into(), "县政府".into()])),
        TagCommand::ToggleUnsure(vec![tags[3]]),
        TagCommand::Link(tags[0], Relation::Fulfils, end(tags[1])),
        TagCommand::Link(tags[1], Relation::Repeats, end(tags[3])),
        TagCommand::Link(tags[3], Relation::Continues, end(tags[0])),
        TagCommand::Delete(vec![tags[5]]),
    ] {
        desk.act(Command::Tag(command));
    }
    let link = desk.state.document().unwrap().annotations.links().last().unwrap().id;
    desk.act(Command::Tag(TagCommand::Unlink(link)));
    let starts: Vec<Pos> = desk.state.document().unwrap().report.paragraphs().iter().map(|paragraph| paragraph.span.start()).collect();
    for command in [
        ReportCommand::Fact(None, Field::Place, Some("青禾县".into())),
        ReportCommand::Fact(None, Field::Period, Some("2023".into())),
        ReportCommand::Role(starts[1], Some(Role::Heading(Level::Two))),
        ReportCommand::Join(starts[3]),
        ReportCommand::Divide(starts[2].plus(20)),
        ReportCommand::Sentence(starts[2].plus(9), true),
        ReportCommand::Part(starts[1], true),
        ReportCommand::Fact(Some(starts[1]), Field::Speaker, Some("林知远".into())),
    ] {
        desk.act(Command::Report(command));
    }
}
