//! A running `jiannuo drive`: what it is told, and what it says is kept.

use jiannuo::store::{RealDisk, load_person_file, load_report_record};
use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_jiannuo");

/// What the program has said so far.
#[derive(Default)]
struct Said {
    /// The number of the last change that it said is kept.
    kept: AtomicU64,
    /// Whether it said that it left with everything saved.
    saved: AtomicBool,
}

/// A running program.
pub struct Driven {
    child: Child,
    input: Option<ChildStdin>,
    said: Arc<Said>,
    reader: Option<JoinHandle<()>>,
    /// How many tags the report had when it was opened.
    pub opened: u64,
}

/// How it ended.
pub struct Left {
    /// How many of its changes it said are kept.
    pub kept: u64,
    /// Whether it said that all of them are saved.
    pub saved: bool,
}

impl Driven {
    /// Opens a report.
    pub fn start(home: &Path, report: &Path) -> Self {
        Self::under(Command::new(PROGRAM), home, report)
    }

    /// The same by a command that the program stands in, or at the end of.
    pub fn under(mut command: Command, home: &Path, report: &Path) -> Self {
        command.args(["drive".as_ref(), report.as_os_str()]).env("JIANNUO_HOME", home);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let opened = lines.next().expect("it opens the report").unwrap();
        let opened = opened.split(' ').nth(1).unwrap().parse().unwrap();
        let said = Arc::new(Said::default());
        let hears = Arc::clone(&said);
        let reader = std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(number) = line.strip_prefix("kept ").and_then(|number| number.parse().ok()) {
                    hears.kept.store(number, Ordering::SeqCst);
                }
                hears.saved.fetch_or(line == "left saved=true", Ordering::SeqCst);
            }
        });
        Self { input: child.stdin.take(), child, said, reader: Some(reader), opened }
    }

    /// Tells it something; whether it still listens.
    pub fn tell(&mut self, line: impl Display) -> bool {
        self.input.as_mut().is_some_and(|input| writeln!(input, "{line}").is_ok())
    }

    /// Makes a tag of four characters, the number says which; whether it still listens.
    pub fn tag(&mut self, number: u64) -> bool {
        self.tell(format!("tag {} {} target", number * 5, number * 5 + 4))
    }

    /// Waits until it has said that so many changes are kept, at most so long; whether it has.
    pub fn wait_until_kept(&self, changes: u64, at_most: Duration) -> bool {
        wait(at_most, || self.said.kept.load(Ordering::SeqCst) >= changes)
    }

    /// Kills it; returns how many changes it had said are kept.
    pub fn kill(mut self) -> u64 {
        self.child.kill().unwrap();
        self.ended().kept
    }

    /// Lets it leave.
    pub fn leave(mut self) -> Left {
        self.tell("quit");
        self.ended()
    }

    fn ended(&mut self) -> Left {
        self.input = None;
        let child = &mut self.child;
        assert!(wait(Duration::from_secs(120), || child.try_wait().unwrap().is_some()), "it does not end");
        self.reader.take().unwrap().join().unwrap();
        Left { kept: self.said.kept.load(Ordering::SeqCst), saved: self.said.saved.load(Ordering::SeqCst) }
    }
}

impl Drop for Driven {
    /// After a failed test nothing goes on running.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something, at most so long; whether it came.
pub fn wait(at_most: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + at_most;
    while !is_so() {
        if Instant::now() > end {
            return false;
        }
        std::thread::sleep(Duration::from_micros(500));
    }
    true
}

/// A report long enough for so many tags of [`Driven::tag`].
pub fn report_for(tags: u64) -> String {
    let sentence: Vec<char> = "全市生产总值增长百分之六以上。".chars().collect();
    sentence.iter().cycle().take(usize::try_from(tags * 5 + 4).unwrap()).collect()
}

/// The files below a folder.
pub fn files_below(root: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

/// Every file that is kept below a folder is whole and readable, together they hold so many tags, and no journal is left.
pub fn check_files(root: &Path, tags: u64) {
    let files = files_below(root);
    let kept = |path: &&PathBuf| {
        let folder = path.parent().and_then(Path::parent);
        folder.is_some_and(|folder| folder.ends_with("jiannuo")) && path.extension().is_some_and(|end| end == "ron")
    };
    let (reports, persons): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().filter(kept).partition(|path| path.ends_with("report.ron"));
    for path in reports {
        let folder = jiannuo::store::ReportFolder::at(path.parent().unwrap().to_owned());
        assert!(load_report_record(&RealDisk, &folder).is_some(), "{}", path.display());
    }
    let mut found = BTreeSet::new();
    for path in persons {
        let file = load_person_file(&RealDisk, path).unwrap();
        assert!(!file.is_damaged(), "{}", path.display());
        found.extend(file.record.annotations.tags().map(|tag| tag.id));
    }
    assert_eq!(found.len() as u64, tags, "{files:?}");
    assert!(files.iter().all(|path| path.extension().is_none_or(|end| end != "journal")), "{files:?}");
}

/// How many; the figures of docs/reliability.md are counted with larger numbers than a test takes by itself.
pub fn count(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// A command that runs another under strace, or why there is none.
pub fn strace() -> Result<Command, String> {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    match tried {
        Ok(output) if output.status.success() => Ok(Command::new("strace")),
        Ok(output) => Err(format!("strace cannot trace here: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!("strace does not start: {error}")),
    }
}
