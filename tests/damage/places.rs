//! What only a real disk has: links, pipes and devices where files are looked for, and names that nobody gives.

#![cfg(unix)]

use crate::store::{Sitting, place};
use jiannuo::session::{Command, KeepCommand, ProjectCommand, What};
use jiannuo::store::{LocalFolders, RealDisk, Settings, load_memory};
use std::collections::BTreeMap;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command as Program;
use std::time::{Duration, Instant};

/// The longest that opening something may take: a pipe that nobody writes to would take for ever.
const LONGEST: Duration = Duration::from_secs(5);

/// A folder with the smallest report, three tags on it, and what keeps them.
struct Place {
    folder: tempfile::TempDir,
    report: PathBuf,
}

impl Place {
    fn new() -> Self {
        let (folder, report) = place();
        let place = Self { folder, report };
        let mut sitting = place.sitting();
        sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
        sitting.open(&place.report);
        (0..3).for_each(|number| sitting.tag(30 * number, 30 * number + 8, "target"));
        sitting.save();
        assert!(sitting.state.all_saved());
        place
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn sitting(&self) -> Sitting {
        Sitting::new(&self.home())
    }

    fn kept(&self) -> PathBuf {
        self.report.parent().unwrap().join("jiannuo")
    }

    /// The folder of the report.
    fn own(&self) -> PathBuf {
        let folders = std::fs::read_dir(self.kept()).unwrap().map(|entry| entry.unwrap().path());
        folders.into_iter().find(|path| path.is_dir()).unwrap()
    }

    /// Somewhere else, with a file in it.
    fn elsewhere(&self) -> PathBuf {
        let elsewhere = self.folder.path().join("elsewhere");
        std::fs::create_dir_all(&elsewhere).unwrap();
        std::fs::write(elsewhere.join("其他.txt"), "不相干的文件").unwrap();
        elsewhere
    }

    /// Opens the report, which must not take long; how many tags it shows, and whether something is said.
    fn open(&self) -> (Sitting, usize, bool) {
        let mut sitting = self.sitting();
        let began = Instant::now();
        sitting.open(&self.report);
        assert!(began.elapsed() < LONGEST, "{:?}", began.elapsed());
        let (tags, said) = (sitting.tags(), !sitting.state.notices.is_empty());
        (sitting, tags, said)
    }
}

/// All files below a folder with what they hold; links and pipes are left out.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.insert(entry.path(), std::fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

fn pipe(path: &Path) {
    assert!(Program::new("mkfifo").arg(path).status().unwrap().success());
}

fn add_one_and_save(sitting: &mut Sitting) {
    sitting.tag(200, 208, "indicator");
    sitting.save();
}

#[test]
fn what_belongs_to_reports_may_lie_behind_a_link() {
    let place = Place::new();
    let elsewhere = place.elsewhere();
    std::fs::write(elsewhere.join("王小明.ron"), "别人的文件").unwrap();
    let moved = elsewhere.join(place.own().file_name().unwrap());
    std::fs::rename(place.own(), &moved).unwrap();
    std::fs::remove_dir_all(place.kept()).unwrap();
    symlink(&elsewhere, place.kept()).unwrap();
    let before = files(&elsewhere);
    let (mut sitting, tags, said) = place.open();
    assert_eq!((tags, said), (3, false));
    add_one_and_save(&mut sitting);
    assert!(sitting.state.all_saved());
    for (path, bytes) in files(&elsewhere) {
        assert!(path.starts_with(&moved) || before.get(&path) == Some(&bytes), "{} was touched", path.display());
    }
    assert_eq!(place.open().1, 4);
}

#[test]
fn a_link_in_place_of_a_file_is_replaced_and_its_target_stays_as_it_was() {
    for name in ["王小明.ron", "report.ron"] {
        let place = Place::new();
        let (link, target) = (place.own().join(name), place.elsewhere().join("其他.ron"));
        std::fs::rename(&link, &target).unwrap();
        symlink(&target, &link).unwrap();
        let before = std::fs::read(&target).unwrap();
        let (mut sitting, tags, _) = place.open();
        assert_eq!(tags, 3, "{name}");
        add_one_and_save(&mut sitting);
        sitting.act(Command::Report(jiannuo::session::ReportCommand::Fact(None, jiannuo::report::Field::Place, Some("青禾县".into()))));
        sitting.save();
        assert!(sitting.state.all_saved(), "{name}");
        assert_eq!(std::fs::read(&target).unwrap(), before, "{name}: what the link leads to was written to");
        assert_eq!(place.open().1, 4, "{name}");
    }
}

#[test]
fn a_link_to_nowhere_makes_nothing_there() {
    for name in ["王小明.ron", "report.ron", "source.txt", "别人.ron"] {
        let place = Place::new();
        let (link, target) = (place.own().join(name), place.elsewhere().join("没有.ron"));
        let _ = std::fs::remove_file(&link);
        symlink(&target, &link).unwrap();
        let (mut sitting, tags, said) = place.open();
        let is_own = name == "王小明.ron";
        assert_eq!(tags, if is_own { 0 } else { 3 }, "{name}");
        assert!(said || !["王小明.ron", "别人.ron"].contains(&name), "{name}: a file that cannot be loaded is named");
        add_one_and_save(&mut sitting);
        assert!(sitting.state.all_saved(), "{name}: {:?}", sitting.state.notices);
        assert!(!target.exists(), "{name}: made what the link leads to");
    }
}

/// Puts something that is no file in the place of each file that the program looks for.
fn in_place_of_every_file(what: &str, put: impl Fn(&Path)) {
    let beside = ["甲.ron", "王小明.ron", "report.ron", "source.txt", "versions", ".lock"];
    let above = ["index.jsonl", "project.ron", "codebook.ron"];
    let own = ["memory.ron", "person.ron", "journal/0.journal", "journal/0.lock"];
    for name in beside.into_iter().chain(above).chain(own) {
        let place = Place::new();
        let path = match name {
            name if beside.contains(&name) => place.own().join(name),
            name if above.contains(&name) => place.kept().join(name),
            name => LocalFolders::below(&place.home()).state.join(name),
        };
        let _ = std::fs::remove_file(&path);
        put(&path);
        if name == "journal/0.lock" {
            std::fs::write(path.with_extension("journal"), "甲\n乙\n").unwrap();
        }
        let (mut sitting, tags, said) = place.open();
        let told = format!("{what} as {name}: {:?}", sitting.state.notices);
        match name {
            "甲.ron" => assert!(tags == 3 && said, "{told}"),
            "王小明.ron" => assert!(tags == 0 && said, "{told}"),
            // What was corrected is not known then, and the report may stay closed.
            "report.ron" => assert!(said, "{told}"),
            _ => assert_eq!(tags, 3, "{told}"),
        }
        add_one_and_save(&mut sitting);
        let refused = sitting.state.notices.iter().any(|notice| matches!(notice.what, What::NotSaved(_)));
        assert!(sitting.state.all_saved() || (refused && sitting.state.all_kept()), "{told}");
        let began = Instant::now();
        sitting.act(Command::Project(ProjectCommand::Open(place.report.parent().unwrap().to_owned())));
        assert!(began.elapsed() < LONGEST, "{told}");
        let cards = &sitting.state.project.as_ref().unwrap().cards;
        assert!(cards.iter().any(|card| card.inside == "tiny.txt" && card.state.is_ok()), "{told}");
    }
    eprintln!("{what} in place of files: {} places", beside.len() + above.len() + own.len());
}

#[test]
fn nothing_waits_for_a_pipe() {
    in_place_of_every_file("a pipe", pipe);
}

#[test]
fn a_folder_where_a_file_should_be_is_left_alone() {
    in_place_of_every_file("a folder", |path| {
        std::fs::create_dir(path).unwrap();
        std::fs::write(path.join("文件"), "x").unwrap();
    });
}

#[test]
fn nothing_is_read_without_end_from_a_device() {
    in_place_of_every_file("/dev/zero", |path| symlink("/dev/zero", path).unwrap());
}

#[test]
fn what_is_no_file_does_not_open_as_a_report() {
    let place = Place::new();
    let folder = place.report.parent().unwrap().to_owned();
    pipe(&folder.join("管道.txt"));
    symlink("/dev/zero", folder.join("零.txt")).unwrap();
    symlink("/dev/null", folder.join("空.txt")).unwrap();
    symlink(folder.join("环.txt"), folder.join("环.txt")).unwrap();
    symlink(folder.join("没有.txt"), folder.join("断.txt")).unwrap();
    let mut sitting = place.sitting();
    let names = ["管道.txt", "零.txt", "空.txt", "环.txt", "断.txt"];
    for name in names {
        let began = Instant::now();
        sitting.open(&folder.join(name));
        assert!(began.elapsed() < LONGEST, "{name}");
        let about = |what: &What| matches!(what, What::OpenFailed(jiannuo::store::OpenError::Store(error)) if error.path().ends_with(name));
        assert!(sitting.state.notices.iter().any(|notice| about(&notice.what)), "{name}: {:?}", sitting.state.notices);
    }
    let began = Instant::now();
    sitting.act(Command::Project(ProjectCommand::Open(folder)));
    assert!(began.elapsed() < LONGEST);
    let cards = sitting.state.project.as_ref().unwrap().cards.clone();
    let listed: Vec<&str> = cards.iter().map(|card| card.inside.as_str()).collect();
    assert_eq!(listed, ["tiny.txt"]);
    eprintln!("no files: {} paths", names.len());
}

#[test]
fn a_file_that_may_not_be_read_is_named_and_left_alone() {
    let place = Place::new();
    let path = place.own().join("王小明.ron");
    let before = std::fs::read(&path).unwrap();
    let allow = |mode: u32| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    if std::fs::read(&path).is_ok() {
        eprintln!("skipped: whoever runs this may read everything");
        return;
    }
    let (mut sitting, tags, said) = place.open();
    assert!(tags == 0 && said);
    add_one_and_save(&mut sitting);
    assert!(sitting.state.all_kept());
    allow(0o644);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// Names of files that no person gives.
fn names() -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<u8>> = [
        "甲\n乙.txt",
        "\n.txt",
        " .txt",
        "甲 .txt",
        "..txt",
        "...txt",
        "甲..txt",
        "-rf.txt",
        "--help.txt",
        "~.txt",
        "甲~00000000.txt",
        "甲\u{202E}txt.exe.txt",
        "\u{200B}.txt",
        "\u{FEFF}甲.txt",
        "con.txt",
        "aux.txt",
        "a\\b.txt",
        "C:\\甲.txt",
        "a:b.txt",
        "a*?\"<>|b.txt",
        "$(id).txt",
        "%s%n.txt",
        "甲\u{1}\u{7F}.txt",
        "e\u{301}.txt",
        "👨\u{200D}👩\u{200D}👧.txt",
        "report.ron.txt",
        "jiannuo.txt",
        "甲.txt.txt",
    ]
    .map(|name| name.as_bytes().to_vec())
    .into();
    names.push(format!("{}.txt", "长".repeat(83)).into_bytes());
    names.push(format!("{}.txt", "a".repeat(251)).into_bytes());
    if cfg!(target_os = "linux") {
        names.extend([b"\xFF\xFE.txt".to_vec(), b"\xE7\x94.txt".to_vec(), b"a\xC0\xAFb.txt".to_vec(), b"\xED\xA0\x80.txt".to_vec()]);
    }
    names
}

#[test]
fn a_report_of_any_name_keeps_its_tags_and_takes_no_others_memory() {
    let names = names();
    let mut wrong = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let (folder, tiny) = place();
        let report = tiny.with_file_name(std::ffi::OsStr::from_bytes(name));
        std::fs::rename(&tiny, &report).unwrap();
        let home = folder.path().join("home");
        let mut sitting = Sitting::new(&home);
        sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
        sitting.act(Command::Keep(KeepCommand::Set(Box::new(Settings { sans: true, ..Settings::default() }))));
        sitting.open(&report);
        sitting.tag(30, 38, "target");
        sitting.save();
        let saved = sitting.state.all_saved();
        let person = sitting.state.person();
        drop(sitting);
        let beside = std::fs::read_dir(tiny.parent().unwrap()).unwrap().count();
        let remembered = load_memory(&RealDisk, &LocalFolders::below(&home).memory_file());
        let mut again = Sitting::new(&home);
        again.open(&report);
        let is_remembered = remembered.person() == person && remembered.settings.sans;
        let fits = saved && beside == 2 && again.tags() == 1 && is_remembered;
        if !fits {
            let name = String::from_utf8_lossy(name);
            let tags = again.tags();
            wrong.push(format!("{number} {name:?}: saved {saved}, {beside} files, {tags} tags, remembered {is_remembered}"));
        }
    }
    eprintln!("names of reports: {}", names.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[cfg(target_os = "linux")]
fn work_in_a_folder_whose_name_is_no_text_survives_being_cut_off() {
    let (folder, tiny) = place();
    let reports = folder.path().join(std::ffi::OsStr::from_bytes(b"\xB1\xA8\xB8\xE6"));
    std::fs::create_dir(&reports).unwrap();
    let report = reports.join("tiny.txt");
    std::fs::rename(&tiny, &report).unwrap();
    // Nothing can be saved while a file stands where the folder would be made.
    std::fs::write(reports.join("jiannuo"), "in the way").unwrap();
    let home = folder.path().join("home");
    let mut sitting = Sitting::new(&home);
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(&report);
    sitting.tag(30, 38, "target");
    sitting.save();
    assert!(sitting.state.all_kept(), "{:?}", sitting.state.notices);
    drop(sitting);
    std::fs::remove_file(reports.join("jiannuo")).unwrap();
    let mut next = Sitting::new(&home);
    next.open(&report);
    assert_eq!(next.tags(), 1, "{:?}", next.state.notices);
}
