//! The real program, killed in the middle of its work: nothing it said was kept is lost, nothing is unreadable.

use crate::driven::{Driven, check_files, count};
use std::time::Duration;

/// How often one report is tagged and killed: with more tags each start takes longer.
const BATCH: u64 = 200;

#[test]
fn what_was_kept_survives_every_kill() {
    let kills = count("JIANNUO_KILLS", 200);
    let total_kept: u64 = (0..kills.div_ceil(BATCH)).map(|batch| kill_again_and_again(BATCH.min(kills - batch * BATCH))).sum();
    eprintln!("figures: {kills} kills, {total_kept} changes said to be kept, 0 of them lost, 0 files unreadable");
    assert!(total_kept > 0, "nothing was ever kept: the test shows nothing");
}

/// Kills it so often on one report; how many changes were said to be kept.
fn kill_again_and_again(kills: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let (home, report) = (folder.path().join("home"), folder.path().join("r.txt"));
    std::fs::write(&report, "全市生产总值增长百分之六以上。".repeat(500)).unwrap();
    let (mut at_least, mut at_most, mut total_kept) = (0u64, 0u64, 0u64);
    for round in 0..kills {
        let mut driven = Driven::start(&home, &report);
        let opened = driven.opened;
        assert!(opened >= at_least, "round {round}: {opened} tags, but {at_least} were kept");
        assert!(opened <= at_most, "round {round}: {opened} tags, but only {at_most} were made");
        // Between a few and some dozens of changes, killed after a time that differs from round to round.
        let wait = (round * 7919) % 60;
        let mut sent = 0;
        for number in 0..40u64 {
            let start = (round * 40 + number) % 7000;
            if !driven.tell(format_args!("tag {start} {} target", start + 4)) || (number % 10 == 9 && !driven.tell("save")) {
                break;
            }
            sent += 1;
            std::thread::sleep(Duration::from_micros((wait * 37) % 900));
        }
        std::thread::sleep(Duration::from_millis(wait / 2));
        let kept = driven.kill();
        total_kept += kept;
        at_least = opened + kept;
        at_most = opened + sent;
    }
    let last = Driven::start(&home, &report);
    let tags = last.opened;
    assert!(tags >= at_least && tags <= at_most);
    assert!(last.leave().saved);
    check_files(folder.path(), tags);
    total_kept
}
