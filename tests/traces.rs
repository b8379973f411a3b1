//! Clearing what this machine remembers: nothing of a report is left in the user's own folder, and no work is lost.

use crate::driven::files_below;
use crate::store::{Sitting, place};
use jiannuo::session::{Command, FileCommand, KeepCommand, ReadCommand, What};
use jiannuo::text::Pos;
use std::path::{Path, PathBuf};

/// The words that are tagged.
const QUOTE: &str = "全年地区生产总值318.6亿元";
/// What names the report: its file, the folder it lies in, its title, and the words that are tagged.
const NAMES: [&str; 4] = ["tiny.txt", "reports", "青禾县2023年工作小结", QUOTE];

/// The files in the folder of the machine's state that name the report.
fn naming(home: &Path) -> Vec<PathBuf> {
    let names = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        NAMES.iter().any(|name| bytes.windows(name.len()).any(|window| window == name.as_bytes()))
    };
    files_below(&home.join("state")).into_iter().filter(names).collect()
}

/// A sitting in which the words are tagged and a bookmark is put; the tag stands in the journal and in no file yet.
fn tagged(home: &Path, report: &Path) -> Sitting {
    let mut sitting = Sitting::new(home);
    sitting.act(Command::Keep(KeepCommand::SetPerson("王小明".into())));
    sitting.open(report);
    sitting.act(Command::Read(ReadCommand::Bookmark(Pos::ZERO)));
    let text = std::fs::read_to_string(report).unwrap();
    let start = u32::try_from(text[..text.find(QUOTE).unwrap()].chars().count()).unwrap();
    sitting.tag(start, start + u32::try_from(QUOTE.chars().count()).unwrap(), "indicator");
    assert!(naming(home).len() >= 2, "journal and memory name the report: {:?}", naming(home));
    sitting
}

fn clear(sitting: &mut Sitting) {
    sitting.act(Command::Keep(KeepCommand::ClearTraces));
}

/// What was said to be left, and how many journals to be put into their files; nothing where traces were not cleared.
fn cleared(sitting: &Sitting) -> Option<(usize, Vec<PathBuf>)> {
    sitting.state.notices.iter().rev().find_map(|notice| match &notice.what {
        What::TracesCleared { journals, left } => Some((*journals, left.clone())),
        _ => None,
    })
}

#[test]
fn nothing_names_the_report_and_its_tags_are_in_their_file() {
    let (folder, report) = place();
    let home = folder.path().join("home");
    let mut sitting = tagged(&home, &report);
    sitting.act(Command::File(FileCommand::Open(vec![report.parent().unwrap().to_owned()])));
    clear(&mut sitting);
    assert_eq!(cleared(&sitting), Some((0, Vec::new())), "{:?}", sitting.state.notices);
    assert!(sitting.state.documents.is_empty() && sitting.state.project.is_none() && sitting.state.memory.recent.is_empty());
    assert_eq!(naming(&home), Vec::<PathBuf>::new());
    // Leaving saves settings once more.
    sitting.save();
    drop(sitting);
    assert_eq!(naming(&home), Vec::<PathBuf>::new());
    let mut again = Sitting::new(&home);
    assert_eq!(again.state.person().unwrap().name, "王小明");
    again.open(&report);
    let document = again.state.document().unwrap();
    assert_eq!(document.annotations.tags().map(|tag| tag.anchor.quote.as_str()).collect::<Vec<_>>(), [QUOTE]);
    assert!(document.bookmarks.is_empty());
}

#[test]
fn where_tags_were_moved_to_stays_known() {
    let (folder, report) = place();
    let (home, other) = (folder.path().join("home"), folder.path().join("other"));
    let mut sitting = tagged(&home, &report);
    sitting.act(Command::Keep(KeepCommand::KeepIn(other)));
    clear(&mut sitting);
    assert_eq!(cleared(&sitting), Some((0, Vec::new())));
    assert_eq!(naming(&home), Vec::<PathBuf>::new());
    drop(sitting);
    let mut again = Sitting::new(&home);
    again.open(&report);
    assert_eq!(again.tags(), 1);
}

#[test]
fn work_that_cannot_be_saved_is_not_removed() {
    let (folder, report) = place();
    let home = folder.path().join("home");
    // A file stands where the folder would be made: it fails for everyone, root included.
    let blocked = report.with_file_name("jiannuo");
    std::fs::write(&blocked, "in the way").unwrap();
    let mut sitting = tagged(&home, &report);
    clear(&mut sitting);
    assert!(sitting.told(|what| matches!(what, What::TracesNotCleared { reports } if reports.len() == 1)), "{:?}", sitting.state.notices);
    assert_eq!((cleared(&sitting), sitting.tags(), sitting.state.memory.recent.len()), (None, 1, 1), "everything is as it was");
    // The next sitting cannot put the journal in place either: all but that goes.
    drop(sitting);
    let mut next = Sitting::new(&home);
    clear(&mut next);
    let (journals, left) = cleared(&next).unwrap();
    assert_eq!((journals, left.len()), (0, 1));
    assert_eq!(naming(&home), left);
    // Once it can, it does, and goes.
    std::fs::remove_file(&blocked).unwrap();
    clear(&mut next);
    assert_eq!(cleared(&next), Some((1, Vec::new())));
    assert_eq!(naming(&home), Vec::<PathBuf>::new());
    next.open(&report);
    assert_eq!(next.tags(), 1);
}

#[test]
fn the_journal_of_another_window_is_left_to_it() {
    let (folder, report) = place();
    let home = folder.path().join("home");
    let mut one = tagged(&home, &report);
    let mut other = Sitting::new(&home);
    clear(&mut other);
    let (journals, left) = cleared(&other).unwrap();
    assert_eq!((journals, left.len()), (0, 1));
    assert!(left[0].extension().is_some_and(|end| end == "journal"), "{left:?}");
    one.save();
    assert!(one.state.all_saved());
    drop((one, other));
    let mut again = Sitting::new(&home);
    again.open(&report);
    assert_eq!(again.tags(), 1);
}
