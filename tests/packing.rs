//! Packs: reports and tags go out as one file and come into another folder, in a sitting and on the command line.

use crate::store::{Sitting, place};
use jiannuo::annotation::{Annotations, TagId};
use jiannuo::locale::{Language, Words};
use jiannuo::session::{Command, FileCommand, KeepCommand, ProjectCommand, Severity, TagCommand, What};
use jiannuo::source::{FileKind, NotAReport};
use jiannuo::store::{OpenError, PackError, RealDisk, Refusal, load_person_file};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Output;

/// Somebody with a folder of reports that is open, and one of them, too.
struct Desk {
    folder: tempfile::TempDir,
    report: PathBuf,
    sitting: Sitting,
}

impl Desk {
    fn new(person: &str) -> Self {
        let (folder, report) = place();
        let mut sitting = Sitting::new(&folder.path().join("home"));
        sitting.act(Command::Keep(KeepCommand::SetPerson(person.into())));
        Self::open(folder, report, sitting)
    }

    /// The same person at another machine.
    fn elsewhere(&self) -> Self {
        let (folder, report) = place();
        Self::open(folder, report, Sitting::new(&self.folder.path().join("home")))
    }

    fn open(folder: tempfile::TempDir, report: PathBuf, sitting: Sitting) -> Self {
        let mut desk = Self { folder, report, sitting };
        desk.sitting.act(Command::Project(ProjectCommand::Open(desk.root())));
        desk.sitting.open(&desk.report);
        desk
    }

    fn root(&self) -> PathBuf {
        self.report.parent().unwrap().to_owned()
    }

    fn pack(&mut self) -> PathBuf {
        let to = self.folder.path().join("包.zip");
        self.sitting.act(Command::Keep(KeepCommand::Pack(to.clone())));
        let is_packed = |what: &What| matches!(what, What::Packed { packed, .. } if packed.left_out.is_empty());
        assert!(self.sitting.told(is_packed), "{:?}", self.sitting.state.notices);
        to
    }

    /// Opens a pack and takes it into the folder; how many reports, people, tags and conflicts were new.
    fn merge(&mut self, pack: &Path) -> (usize, usize, usize, usize) {
        self.sitting.open(pack);
        assert_eq!(self.sitting.state.packs.len(), 1, "{:?}", self.sitting.state.notices);
        self.sitting.act(Command::File(FileCommand::Unpack(pack.to_owned(), self.root())));
        let counts = self.sitting.state.notices.iter().find_map(|notice| match &notice.what {
            What::Unpacked { unpacked, .. } => Some((unpacked.reports, unpacked.people, unpacked.tags, unpacked.conflicts)),
            _ => None,
        });
        counts.unwrap_or_else(|| panic!("{:?}", self.sitting.state.notices))
    }

    /// The folder of what is kept of the report.
    fn kept(&self) -> PathBuf {
        let mut kept = std::fs::read_dir(self.root().join("jiannuo")).unwrap().map(|entry| entry.unwrap().path());
        kept.find(|path| path.is_dir()).unwrap()
    }

    /// What somebody's file in the folder holds.
    fn file(&self, person: &str) -> Annotations {
        load_person_file(&RealDisk, &self.kept().join(format!("{person}.ron"))).unwrap().record.annotations
    }

    fn first(&self) -> TagId {
        self.sitting.state.document().unwrap().annotations.order()[0].1
    }

    fn note(&mut self, text: &str) {
        let tag = self.first();
        self.sitting.act(Command::Tag(TagCommand::SetNote(tag, text.into())));
        self.sitting.save();
    }
}

/// All files below a folder that are more than a convenience, with their bytes.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.push(path);
            } else if name != ".lock" && name != "index.jsonl" {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn two_people_exchange_packs_and_both_have_all_tags() {
    let (mut wang, mut li) = (Desk::new("王小明"), Desk::new("李华"));
    // What is not saved yet is in the pack, too.
    wang.sitting.tag(10, 18, "target");
    wang.sitting.tag(30, 38, "indicator");
    li.sitting.tag(50, 58, "commitment");
    let pack = wang.pack();
    assert!(wang.sitting.state.all_saved());
    assert_eq!(li.merge(&pack), (0, 1, 2, 0));
    let back = li.pack();
    assert_eq!(wang.merge(&back), (0, 1, 1, 0));
    for (person, tags) in [("王小明", 2), ("李华", 1)] {
        assert_eq!(wang.file(person), li.file(person));
        assert_eq!(li.file(person).tag_count(), tags);
    }
}

#[test]
fn a_pack_taken_in_twice_changes_nothing() {
    let (mut wang, mut li) = (Desk::new("王小明"), Desk::new("李华"));
    wang.sitting.tag(10, 18, "target");
    let pack = wang.pack();
    li.merge(&pack);
    let before = files(&li.root());
    assert_eq!(li.merge(&pack), (0, 0, 0, 0));
    assert_eq!(files(&li.root()), before);
    assert_eq!(wang.merge(&pack), (0, 0, 0, 0), "nor does it where it comes from");
}

#[test]
fn a_pack_goes_into_a_new_folder_which_is_then_open() {
    let mut wang = Desk::new("王小明");
    wang.sitting.tag(10, 18, "target");
    let pack = wang.pack();
    let root = wang.folder.path().join("新").join("文件夹");
    let mut li = Sitting::new(&wang.folder.path().join("other home"));
    li.open(&pack);
    assert!(li.state.documents.is_empty() && li.state.opening.is_empty());
    li.act(Command::File(FileCommand::Unpack(pack, root.clone())));
    let project = li.state.project.as_ref().unwrap();
    assert_eq!((project.root.as_path(), project.cards.len()), (root.as_path(), 1));
    assert_eq!(project.cards[0].people[0].name, "王小明");
    assert_eq!(files(&root), files(&wang.root()));
}

#[test]
fn a_single_report_is_packed_where_no_folder_is_open() {
    let mut wang = Desk::new("王小明");
    wang.sitting.tag(10, 18, "target");
    wang.sitting.act(Command::Project(ProjectCommand::Close));
    std::fs::write(wang.report.with_file_name("另一份.txt"), "另一份报告。\n").unwrap();
    let pack = wang.pack();
    let card = jiannuo::store::look_into(&RealDisk, &pack).unwrap();
    assert_eq!((card.reports, card.people, card.tags), (1, 1, 1));
}

#[test]
fn what_the_same_person_made_elsewhere_shows_in_the_open_report() {
    let mut one = Desk::new("王小明");
    let mut other = one.elsewhere();
    one.sitting.tag(10, 18, "target");
    let pack = one.pack();
    assert_eq!(other.merge(&pack), (0, 1, 1, 0));
    other.sitting.look_again();
    assert_eq!(other.sitting.tags(), 1);
    // Where both change one tag, both readings stay, and it is said.
    one.note("甲");
    other.note("乙");
    let pack = other.pack();
    assert_eq!(one.merge(&pack).3, 1);
    let told = one.sitting.state.notices.iter().find(|notice| matches!(notice.what, What::Unpacked { .. })).unwrap();
    assert_eq!(told.what.severity(), Severity::Warning);
    one.sitting.look_again();
    assert_eq!(one.sitting.state.document().unwrap().annotations.conflicts().count(), 1);
}

#[test]
fn what_cannot_be_saved_is_not_packed() {
    let mut wang = Desk::new("王小明");
    wang.sitting.tag(10, 18, "target");
    let kept = wang.sitting.state.document().unwrap().keeping.folder.path().to_owned();
    // A file stands where the folder of the tags should be.
    std::fs::write(kept, "x").unwrap();
    let to = wang.folder.path().join("包.zip");
    wang.sitting.act(Command::Keep(KeepCommand::Pack(to.clone())));
    assert!(wang.sitting.told(|what| matches!(what, What::NotPacked(_))) && !wang.sitting.told(|what| *what == What::Packing));
    assert!(!to.exists());
}

#[test]
fn tags_kept_elsewhere_are_said_not_to_be_in_the_pack() {
    let mut wang = Desk::new("王小明");
    wang.sitting.tag(10, 18, "target");
    wang.sitting.act(Command::Keep(KeepCommand::KeepIn(wang.folder.path().join("elsewhere"))));
    wang.pack();
    assert!(wang.sitting.told(|what| matches!(what, What::NotInPack { .. })), "{:?}", wang.sitting.state.notices);
}

#[test]
fn a_pack_that_was_left_alone_writes_nothing() {
    let mut wang = Desk::new("王小明");
    let pack = wang.pack();
    let mut li = Sitting::new(&wang.folder.path().join("other home"));
    li.open(&pack);
    li.act(Command::File(FileCommand::LeavePack(pack)));
    assert!(li.state.packs.is_empty() && li.state.project.is_none());
}

/// A ZIP with files of these names.
fn zip_of(path: &Path, names: &[&str]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for name in names {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all("全市生产总值增长6%。\n".as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

/// What is said when a file is opened.
fn said(sitting: &mut Sitting, path: &Path) -> (What, String) {
    sitting.open(path);
    assert!(sitting.state.packs.is_empty() && sitting.state.opening.is_empty());
    let what = sitting.state.notices.last().unwrap().what.clone();
    let sentence = Words::new(Language::Simplified).notice(&what);
    (what, sentence)
}

#[test]
fn packs_that_are_damaged_or_unsafe_are_refused_with_a_sentence() {
    let mut wang = Desk::new("王小明");
    wang.sitting.tag(10, 18, "target");
    let pack = wang.pack();
    let whole = std::fs::read(&pack).unwrap();
    let refused = |what: What| match what {
        What::NotUnpacked(PackError::Refused { why, .. }) => why,
        other => panic!("{other:?}"),
    };

    let mut bytes = whole.clone();
    let name = bytes.windows(8).position(|part| part == b"tiny.txt").unwrap();
    bytes[name + 20] ^= 1;
    std::fs::write(&pack, bytes).unwrap();
    let (what, sentence) = said(&mut wang.sitting, &pack);
    assert_eq!(refused(what), Refusal::Damaged("tiny.txt".into()));
    assert!(sentence.contains("tiny.txt") && sentence.contains("重新拷贝"), "{sentence}");

    // Not copied to its end.
    let cut = pack.with_file_name("缺.zip");
    std::fs::write(&cut, &whole[..whole.len() - 100]).unwrap();
    let (what, sentence) = said(&mut wang.sitting, &cut);
    assert_eq!(refused(what), Refusal::NotAPack);
    assert!(sentence.contains("缺.zip") && sentence.contains("没有拷贝完整"), "{sentence}");

    let bad = pack.with_file_name("坏.zip");
    zip_of(&bad, &["jiannuo/pack.ron", "../逃.txt"]);
    let before = std::fs::read_dir(wang.folder.path()).unwrap().count();
    let (what, sentence) = said(&mut wang.sitting, &bad);
    assert_eq!(refused(what), Refusal::Unsafe("../逃.txt".into()));
    assert!(sentence.contains("../逃.txt") && sentence.contains("不安全"), "{sentence}");
    wang.sitting.act(Command::File(FileCommand::Unpack(bad.clone(), wang.folder.path().join("新"))));
    assert!(wang.sitting.told(|what| matches!(what, What::NotUnpacked(PackError::Refused { path, .. }) if *path == bad)));
    assert_eq!(std::fs::read_dir(wang.folder.path()).unwrap().count(), before, "nothing is written");
}

#[test]
fn other_zips_are_refused_and_other_files_named_so_open_as_ever() {
    let (folder, report) = place();
    let mut sitting = Sitting::new(&folder.path().join("home"));
    let path = folder.path().join("资料.zip");
    zip_of(&path, &["甲.txt"]);
    let (what, _) = said(&mut sitting, &path);
    assert_eq!(what, What::OpenFailed(OpenError::NotAReport { path: path.clone(), why: NotAReport::Format(FileKind::Zip) }));
    let text = folder.path().join("报告.zip");
    std::fs::copy(&report, &text).unwrap();
    sitting.open(&text);
    assert_eq!(sitting.state.documents.len(), 1);
}

fn jiannuo(arguments: &[&str]) -> Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jiannuo"));
    command.args(arguments).env("LANG", "en_US.UTF-8").env_remove("LC_ALL").output().unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn packs_go_both_ways_on_the_command_line() {
    let (mut wang, mut li) = (Desk::new("王小明"), Desk::new("李华"));
    wang.sitting.tag(10, 18, "target");
    li.sitting.tag(50, 58, "commitment");
    let packs = [&mut wang, &mut li].map(|desk| {
        desk.sitting.save();
        let to = desk.folder.path().join("命令行.zip");
        let output = jiannuo(&["pack", desk.root().to_str().unwrap(), "-o", to.to_str().unwrap(), "--json"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!((json(&output)["reports"].as_u64(), json(&output)["people"].as_u64()), (Some(1), Some(1)));
        to
    });
    for (desk, pack) in [(&wang, &packs[1]), (&li, &packs[0])] {
        for new in [1, 0] {
            let output = jiannuo(&["unpack", pack.to_str().unwrap(), desk.root().to_str().unwrap(), "--json"]);
            assert_eq!(output.status.code(), Some(0), "{output:?}");
            assert_eq!((json(&output)["tags"].as_u64(), json(&output)["people"].as_u64()), (Some(new), Some(new)));
        }
    }
    for person in ["王小明", "李华"] {
        assert_eq!(wang.file(person), li.file(person));
        assert_eq!(wang.file(person).tag_count(), 1);
    }
}

#[test]
fn the_command_line_writes_over_nothing_unasked_and_says_what_it_left_out() {
    let mut wang = Desk::new("王小明");
    wang.sitting.tag(10, 18, "target");
    wang.sitting.save();
    let (root, to) = (wang.root(), wang.folder.path().join("out.zip"));
    let (root, out) = (root.to_str().unwrap(), to.to_str().unwrap());
    std::fs::write(&to, "something else").unwrap();
    let output = jiannuo(&["pack", root, "-o", out]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--force"), "{output:?}");
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "something else");
    let output = jiannuo(&["pack", root, "-o", out, "--force"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());

    // Somebody's file that nobody can read is a finding.
    std::fs::write(wang.kept().join("坏.ron"), "x").unwrap();
    let output = jiannuo(&["pack", root, "-o", out, "--force", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(json(&output)["left_out"][0].as_str().unwrap().ends_with("坏.ron"));

    for arguments in [vec!["pack", "/no/such/folder", "-o", "/tmp/no.zip"], vec!["unpack", "/no/such.zip", root], vec!["pack", root]] {
        let output = jiannuo(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
    let bad = wang.folder.path().join("bad.zip");
    zip_of(&bad, &["jiannuo/pack.ron", "../逃.txt"]);
    let new = wang.folder.path().join("新");
    let output = jiannuo(&["unpack", bad.to_str().unwrap(), new.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("../逃.txt") && !new.exists(), "{output:?}");
}
