//! The real program, killed in the middle of its work: nothing it said was kept is lost, nothing is unreadable.

use jiannuo::store::{RealDisk, load_person_file};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use std::time::Duration;

/// How often it is killed; the full count of docs/reliability.md is run with `JIANNUO_KILLS`.
fn kills() -> u64 {
    std::env::var("JIANNUO_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(200)
}

/// A running `jiannuo drive`, and how many of its changes it said are kept.
struct Driven {
    child: Child,
    kept: Arc<AtomicU64>,
    opened: u64,
    reader: Option<std::thread::JoinHandle<()>>,
}

fn start(home: &Path, report: &Path) -> Driven {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jiannuo"))
        .args(["drive".as_ref(), report.as_os_str()])
        .env("JIANNUO_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let opened = lines.next().expect("it opens the report").unwrap();
    let opened = opened.split(' ').nth(1).unwrap().parse().unwrap();
    let kept = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&kept);
    let reader = std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some(number) = line.strip_prefix("kept ").and_then(|number| number.parse().ok()) {
                seen.store(number, Ordering::SeqCst);
            }
        }
    });
    Driven { child, kept, opened, reader: Some(reader) }
}

#[test]
fn what_was_kept_survives_every_kill() {
    let folder = tempfile::tempdir().unwrap();
    let (home, report) = (folder.path().join("home"), folder.path().join("r.txt"));
    std::fs::write(&report, "全市生产总值增长百分之六以上。".repeat(500)).unwrap();
    let (mut at_least, mut at_most, mut total_kept) = (0u64, 0u64, 0u64);
    for round in 0..kills() {
        let mut driven = start(&home, &report);
        assert!(driven.opened >= at_least, "round {round}: {} tags, but {at_least} were kept", driven.opened);
        assert!(driven.opened <= at_most, "round {round}: {} tags, but only {at_most} were made", driven.opened);
        let mut input = driven.child.stdin.take().unwrap();
        // Between a few and some dozens of changes, killed after a time that differs from round to round.
        let wait = (round * 7919) % 60;
        let mut sent = 0;
        for number in 0..40u64 {
            let start = (round * 40 + number) % 7000;
            if writeln!(input, "tag {start} {} target", start + 4).is_err() {
                break;
            }
            if number % 10 == 9 && writeln!(input, "save").is_err() {
                break;
            }
            sent += 1;
            std::thread::sleep(Duration::from_micros((wait * 37) % 900));
        }
        std::thread::sleep(Duration::from_millis(wait / 2));
        driven.child.kill().unwrap();
        driven.child.wait().unwrap();
        driven.reader.take().unwrap().join().unwrap();
        let kept = driven.kept.load(Ordering::SeqCst);
        total_kept += kept;
        at_least = driven.opened + kept;
        at_most = driven.opened + sent;
    }
    let mut last = start(&home, &report);
    assert!(last.opened >= at_least && last.opened <= at_most);
    writeln!(last.child.stdin.take().unwrap(), "quit").unwrap();
    assert!(last.child.wait().unwrap().success());
    check_files(folder.path(), last.opened);
    eprintln!("{} kills, {total_kept} changes kept, {} tags at the end", kills(), last.opened);
    assert!(total_kept > 0, "nothing was ever kept: the test shows nothing");
}

/// Every file is readable and whole, every journal is gone, and no unfinished file is left that is not fresh.
fn check_files(root: &Path, tags: u64) {
    let mut folders = vec![root.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let persons: Vec<_> = files.iter().filter(|path| path.ends_with("drive.ron")).collect();
    assert_eq!(persons.len(), 1, "{files:?}");
    let file = load_person_file(&RealDisk, persons[0]).unwrap();
    assert!(!file.is_damaged());
    assert_eq!(file.record.annotations.tag_count() as u64, tags);
    assert!(files.iter().all(|path| path.extension().is_none_or(|end| end != "journal")), "{files:?}");
}
