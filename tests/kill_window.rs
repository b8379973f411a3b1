//! The real window, killed in the middle of its work: at the next start it shows everything it said was kept.

use crate::display::{Display, alone};
use crate::driven::{check_files, count, wait};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How many tags are asked for in one sitting: more than there is time for.
const TAGS: u64 = 60;
/// Long enough for any machine: this only tells that nothing happens any more.
const PATIENCE: Duration = Duration::from_secs(60);

/// A window that follows a script.
struct Sitting {
    program: Child,
    /// The numbers behind what it says, each with how many tags there are: `opened 3`, `kept 4`.
    said: Receiver<(String, u64)>,
    reader: JoinHandle<()>,
}

impl Sitting {
    fn begin(display: &Display, folder: &Path, script: &str) -> Self {
        let tour = folder.join("tour.txt");
        std::fs::write(&tour, script).unwrap();
        let mut program = display.program(&folder.join("home"));
        program.arg("--tour").args([tour, folder.join("r.txt")]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut program = program.spawn().unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let (sender, said) = channel();
        let reader = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let said = line.split_once(' ').and_then(|(word, number)| Some((word.to_owned(), number.parse().ok()?)));
                said.into_iter().for_each(|said| drop(sender.send(said)));
            }
        });
        Self { program, said, reader }
    }

    /// How many tags it shows when the report is open.
    fn opened(&self) -> u64 {
        let (word, tags) = self.said.recv_timeout(PATIENCE).expect("it opens the report");
        assert_eq!(word, "opened");
        tags
    }

    /// Kills it; returns how many tags it last said are kept.
    fn kill(mut self) -> Option<u64> {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
        self.reader.join().unwrap();
        self.said.try_iter().filter(|(word, _)| word == "kept").last().map(|(_, tags)| tags)
    }

    /// Waits until it has left.
    fn left(mut self) {
        assert!(wait(PATIENCE, || self.program.try_wait().unwrap().is_some()), "it does not leave");
        assert!(self.program.wait().unwrap().success());
        self.reader.join().unwrap();
    }
}

/// Tags one item after the other, and says each time when it is kept.
fn tagging(items: std::ops::Range<u64>) -> String {
    let mut script = String::from("wait\ntags opened\n");
    for item in items {
        writeln!(script, "find 第{item:05}项指标\ntag 1\nkept kept").unwrap();
    }
    script
}

#[test]
fn what_was_kept_survives_every_kill_of_the_window() {
    let kills = count("JIANNUO_WINDOW_KILLS", 5);
    let folder = tempfile::tempdir().unwrap();
    let items = (0..kills * TAGS).fold(String::from("某市指标\n\n"), |text, item| text + &format!("第{item:05}项指标增长百分之六。\n"));
    std::fs::write(folder.path().join("r.txt"), items).unwrap();
    let _alone = alone();
    let display = Display::new();
    Sitting::begin(&display, folder.path(), "wait\nperson 测试\nwait\nquit\n").left();
    let (mut at_least, mut at_most, mut total_kept) = (0, 0, 0);
    for round in 0..kills {
        let sitting = Sitting::begin(&display, folder.path(), &tagging(round * TAGS..(round + 1) * TAGS));
        let opened = sitting.opened();
        assert!(opened >= at_least, "round {round}: it shows {opened} tags, but {at_least} were kept");
        assert!(opened <= at_most, "round {round}: it shows {opened} tags, but only {at_most} were made");
        // From the first tag to some dozens.
        std::thread::sleep(Duration::from_millis(100 + (round * 7919) % 1400));
        let kept = sitting.kill();
        at_least = kept.unwrap_or(opened);
        at_most = opened + TAGS;
        total_kept += at_least - opened;
    }
    let last = Sitting::begin(&display, folder.path(), "wait\ntags opened\nwait\nquit\n");
    let tags = last.opened();
    assert!(tags >= at_least && tags <= at_most, "it shows {tags} tags, but {at_least} were kept");
    last.left();
    check_files(folder.path(), tags);
    eprintln!("figures: {kills} kills with a window, {total_kept} changes said to be kept, 0 of them lost, {tags} tags at the end");
    assert!(total_kept > 0, "nothing was ever kept: the test shows nothing");
}
