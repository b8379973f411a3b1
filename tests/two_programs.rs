//! Two programs of one person, on one report, saving all the time: nothing of either is lost.

use crate::driven::{Driven, check_files, count, report_for, wait};
use std::path::Path;
use std::time::Duration;

/// Long enough for any machine: this only tells that nothing happens any more.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether everything said to be kept is in the person's file: then there is no journal.
fn is_saved(home: &Path) -> bool {
    let journals = std::fs::read_dir(home.join("state/journal")).into_iter().flatten();
    journals.filter_map(Result::ok).all(|entry| entry.path().extension().is_none_or(|end| end != "journal"))
}

#[test]
fn two_programs_on_one_file_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let homes = ["one", "other"].map(|name| folder.path().join(name));
    let report = folder.path().join("r.txt");
    let saves = count("JIANNUO_SAVES", 120);
    std::fs::write(&report, report_for(2 * saves)).unwrap();
    // The other machine knows the same person.
    Driven::start(&homes[0], &report).leave();
    std::fs::create_dir_all(homes[1].join("state")).unwrap();
    std::fs::copy(homes[0].join("state/memory.ron"), homes[1].join("state/memory.ron")).unwrap();
    let both = homes.each_ref().map(|home| Driven::start(home, &report));
    let left = std::thread::scope(|scope| {
        let work = |mut driven: Driven, home: &Path, from: u64| {
            for number in 0..saves {
                assert!(driven.tag(from + number) && driven.wait_until_kept(number + 1, PATIENCE) && driven.tell("save"));
                assert!(wait(PATIENCE, || is_saved(home)), "change {number} is not saved");
            }
            driven.leave()
        };
        let ([one, other], [home, other_home]) = (both, &homes);
        let one = scope.spawn(move || work(one, home, 0));
        let other = scope.spawn(move || work(other, other_home, saves));
        [one.join().unwrap(), other.join().unwrap()]
    });
    assert!(left.iter().all(|left| left.saved));
    let again = Driven::start(&homes[0], &report);
    let found = again.opened;
    assert!(again.leave().saved);
    let made = 2 * saves;
    eprintln!("figures: 2 programs with {saves} saves each, {found} of {made} tags there at the end");
    assert_eq!(found, made);
    check_files(folder.path(), found);
}
