//! A disk that fills up under the program: what it said is kept is there when there is room again.

use crate::driven::{Driven, check_files, report_for};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How many sizes of disks are tried, each 4 KiB larger than the one before, from the smallest on that holds the report and
/// who the user is.
const SIZES: u64 = 16;
const SMALLEST: u64 = 8;
/// How many tags are made on each: more than any of them has room for.
const TAGS: u64 = 160;

/// A disk in memory, of a size in KiB.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn new(at: PathBuf, size: u64) -> Result<Self, String> {
        std::fs::create_dir(&at).unwrap();
        mount(&["-t", "tmpfs", "-o", &format!("size={size}k"), "tmpfs"], &at)?;
        Ok(Self(at))
    }

    fn grow(&self) {
        mount(&["-o", "remount,size=16m"], &self.0).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn mount(arguments: &[&str], at: &Path) -> Result<(), String> {
    let output = Command::new("mount").args(arguments).arg(at).output().map_err(|error| format!("mount does not start: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("nothing can be mounted here: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// What lies on the small disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Small {
    Report,
    Home,
    Both,
}

/// What became of the tags made on one disk.
struct Filled {
    kept: u64,
    saved: bool,
}

/// Makes tags until the disk is full and beyond, makes room, and looks what is there. If it `grows`, the program sees the
/// room while it runs; else only the next start does.
fn fill(small: Small, size: u64, grows: bool) -> Result<Filled, String> {
    let folder = tempfile::tempdir().unwrap();
    let disk = SmallDisk::new(folder.path().join("disk"), size)?;
    let place = |on_it: bool| if on_it { disk.0.as_path() } else { folder.path() };
    let home = place(small != Small::Report).join("home");
    let report = place(small != Small::Home).join("r.txt");
    std::fs::write(&report, report_for(TAGS)).unwrap();
    // From now on it is known who tags.
    Driven::start(&home, &report).leave();
    let mut driven = Driven::start(&home, &report);
    let save_after = if small == Small::Report { 5 } else { 40 };
    for number in 0..TAGS {
        driven.tag(number);
        if (number + 1) % save_after == 0 {
            driven.tell("save");
        }
        driven.wait_until_kept(number + 1, Duration::from_millis(3));
    }
    if grows {
        disk.grow();
        driven.tell("save");
        std::thread::sleep(Duration::from_millis(300));
    }
    let left = driven.leave();
    disk.grow();
    let again = Driven::start(&home, &report);
    let found = again.opened;
    assert!(found >= left.kept && found <= TAGS, "{size} KiB: {found} tags of {TAGS}, but {} were kept", left.kept);
    assert!(!grows || (left.saved && found == TAGS), "{size} KiB: there was room, but {found} of {TAGS} tags are there");
    assert!(again.leave().saved);
    check_files(folder.path(), found);
    Ok(Filled { kept: left.kept, saved: left.saved })
}

/// Fills disks of every size; whether one of them was too small is for the caller to say.
fn fill_all(name: &str, small: Small, was_full: impl Fn(&Filled) -> bool) {
    let (mut full, mut kept) = (0, 0);
    for step in 0..SIZES {
        match fill(small, SMALLEST + 4 * step, step % 2 == 1) {
            Ok(filled) => {
                full += u64::from(was_full(&filled));
                kept += filled.kept;
            }
            Err(why) => {
                eprintln!("skipped: {why}");
                return;
            }
        }
    }
    let made = SIZES * TAGS;
    eprintln!("figures: {name}: {SIZES} small disks, {kept} of {made} changes said to be kept, 0 of them lost");
    assert!(full > 0, "no disk was too small: the test shows nothing");
}

#[test]
fn the_disk_of_the_report_is_full() {
    fill_all("the report on them", Small::Report, |filled| !filled.saved);
}

#[test]
fn the_disk_of_the_user_is_full() {
    // Every change reaches the person's file in the end, so nothing tells whether the journal had room.
    fill_all("the journal on them", Small::Home, |_| true);
}

#[test]
fn both_are_on_a_full_disk() {
    fill_all("both on them", Small::Both, |filled| filled.kept < TAGS);
}
