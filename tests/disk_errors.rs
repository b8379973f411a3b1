//! A disk that fails: strace lets single system calls of the program fail. What it said is kept is there at the next start.

use crate::driven::{Driven, PROGRAM, check_files, report_for, strace};
use std::time::Duration;

/// System calls that fail, and with what. Names that a machine does not have are passed over (`?`).
const FAULTS: [(&str, &str); 4] =
    [("fsync,fdatasync", "EIO"), ("?rename,?renameat,renameat2", "EIO"), ("write", "EIO"), ("write", "ENOSPC")];

/// Which of the calls fail, counted in each thread: one, all from one on, every second or third one. The first write of a
/// thread is the one that says the report is open.
const WHEN: [&str; 14] = ["2", "3", "4", "5", "6", "8", "11", "15", "20", "2+", "3+", "6+", "2+2", "3+3"];

/// How many tags are made in each run.
const TAGS: u64 = 40;

/// Makes tags while calls fail; returns how many were said to be kept, and whether everything was saved.
fn tag_on_a_failing_disk(calls: &str, error: &str, when: &str) -> Result<(u64, bool), String> {
    let folder = tempfile::tempdir().unwrap();
    let (home, report) = (folder.path().join("home"), folder.path().join("r.txt"));
    std::fs::write(&report, report_for(TAGS)).unwrap();
    // From now on it is known who tags.
    Driven::start(&home, &report).leave();
    let mut command = strace()?;
    let inject = format!("inject={calls}:error={error}:when={when}");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-e", &inject, PROGRAM]);
    let mut driven = Driven::under(command, &home, &report);
    for number in 0..TAGS {
        driven.tag(number);
        if number % 5 == 4 {
            driven.tell("save");
        }
        driven.wait_until_kept(number + 1, Duration::from_millis(8));
    }
    let left = driven.leave();
    let again = Driven::start(&home, &report);
    let found = again.opened;
    let what = format!("{calls} with {error}, {when}");
    assert!(found >= left.kept && found <= TAGS, "{what}: {found} tags of {TAGS}, but {} were kept", left.kept);
    assert!(!left.saved || found == TAGS, "{what}: {found} tags of {TAGS}, but all were saved");
    assert!(again.leave().saved);
    check_files(folder.path(), found);
    Ok((left.kept, left.saved))
}

#[test]
fn what_was_kept_on_a_failing_disk_is_there() {
    let (mut runs, mut kept, mut unsaved) = (0u64, 0, 0u64);
    for (calls, error) in FAULTS {
        for when in WHEN {
            match tag_on_a_failing_disk(calls, error, when) {
                Ok((said, saved)) => {
                    runs += 1;
                    kept += said;
                    unsaved += u64::from(!saved);
                }
                Err(why) => {
                    eprintln!("skipped: {why}");
                    return;
                }
            }
        }
    }
    let made = runs * TAGS;
    eprintln!("figures: {runs} runs with failing calls, {unsaved} left unsaved; {kept} of {made} changes said to be kept, 0 of them lost");
    assert!(unsaved > 0, "every call succeeded: the test shows nothing");
}
