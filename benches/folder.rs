//! How long a folder of 2,000 reports takes: reading it the first time, opening it again, looking at it once more, and
//! finding a word in all of it. Beside them what a user would otherwise do: `grep -r`, and reading all files once.
//!
//! `cargo bench --bench folder` prints a table; docs/performance.md quotes it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a bench is run by hand and prints its figures")]

use jiannuo::report::Pattern;
use jiannuo::session::{Command, ProjectCommand, Runner, State, update};
use jiannuo::store::{Job, LocalFolders, Memory, RealDisk, now};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SAMPLES: [&str; 2] = [include_str!("../assets/samples/yunxi-2024-hans.txt"), include_str!("../assets/samples/panhai-2023-hant.txt")];
const REPORTS: usize = 2_000;

/// 2,000 reports in 40 folders, each about 20,000 characters long, no two alike.
fn make(root: &Path) -> u64 {
    let mut bytes = 0;
    for number in 0..REPORTS {
        let folder = root.join(format!("{}年", 1985 + number % 40));
        std::fs::create_dir_all(&folder).unwrap();
        let sample = SAMPLES[number % 2];
        let mut text = format!("某某市{}年政府工作报告\n编号{number}\n", 1985 + number % 40);
        while text.chars().count() < 20_000 {
            text.push_str(sample);
        }
        bytes += text.len() as u64;
        std::fs::write(folder.join(format!("报告{number:04}.txt")), text).unwrap();
    }
    bytes
}

struct Sitting {
    state: State,
    runner: Runner,
}

impl Sitting {
    fn new(home: &Path) -> Self {
        let runner = Runner::new(Arc::new(RealDisk), LocalFolders::below(home), || {});
        Self { state: State::new(Memory::default(), jiannuo::store::random_bytes()), runner }
    }

    /// Carries out a command and waits until `done`; in seconds.
    fn until(&mut self, command: Command, done: impl Fn(&State) -> bool) -> f64 {
        let began = Instant::now();
        let effects = update(&mut self.state, command, now());
        self.runner.run(effects);
        while !done(&self.state) {
            for command in self.runner.poll() {
                let effects = update(&mut self.state, command, now());
                self.runner.run(effects);
            }
            std::thread::sleep(Duration::from_micros(200));
            assert!(began.elapsed() < Duration::from_secs(120));
        }
        began.elapsed().as_secs_f64()
    }
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("reports");
    let bytes = make(&root);
    let home = folder.path().join("home");
    let shown = |state: &State| state.project.as_ref().is_some_and(|project| project.cards.len() == REPORTS);
    let whole = |state: &State| shown(state) && state.project.as_ref().is_some_and(|project| project.complete);
    let open = || Command::Project(ProjectCommand::Open(root.clone()));
    println!("{REPORTS} reports, {:.0} MB", bytes as f64 / 1e6);
    let began = Instant::now();
    for entry in std::fs::read_dir(&root).unwrap().flat_map(|entry| std::fs::read_dir(entry.unwrap().path()).unwrap()) {
        std::fs::read(entry.unwrap().path()).unwrap();
    }
    println!("reading all files once          {:.2} s", began.elapsed().as_secs_f64());
    let first = Sitting::new(&home).until(open(), whole);
    println!("opened the first time           {first:.2} s");
    for _ in 0..3 {
        let mut sitting = Sitting::new(&home);
        let again = sitting.until(open(), shown);
        let looked = sitting.until(Command::All(Vec::new()), whole);
        println!("opened again: grid shown        {again:.3} s; looked through {:.3} s", again + looked);
    }
    let mut sitting = Sitting::new(&home);
    sitting.until(open(), whole);
    for words in ["就业", "總值"] {
        let job = Job::Find(Pattern::words(words).unwrap());
        let ended =
            |state: &State| state.project.as_ref().and_then(|project| project.work.as_ref()).is_some_and(|work| work.progress.is_none());
        let took = sitting.until(Command::Project(ProjectCommand::Run(job)), ended);
        let hits = sitting.state.project.as_ref().unwrap().work.as_ref().unwrap().hits.len();
        let grep = || std::process::Command::new("grep").args(["-rc", words]).arg(&root).stdout(Stdio::null()).status();
        let began = Instant::now();
        grep().unwrap();
        println!(
            "finding {words} (either script)    {took:.2} s, {hits} places; grep -r of one script {:.2} s",
            began.elapsed().as_secs_f64()
        );
    }
}
