//! How long handing over takes: 100 reports with 20,000 tags, in every format, by the program as it is called in a terminal,
//! from starting it to the file standing there; and how much memory it needs at most.
//!
//! `cargo bench --bench export` prints a table; docs/performance.md quotes it. With `--keep FOLDER` the tables stay there for
//! benches/tables.py, which writes the same rows with what a script would use.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench is run by hand and prints its figures")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jiannuo");
const SAMPLE: &str = include_str!("../assets/samples/yunxi-2024-hans.txt");
const REPORTS: usize = 100;
/// How often each format is written; the best counts.
const ROUNDS: usize = 3;

const FORMATS: [&str; 14] =
    ["xlsx", "csv", "tsv", "jsonl", "json", "html", "docx", "markdown", "brat", "w3c", "label-studio", "doccano", "xmi", "conll"];

/// Reports, no two alike, with what the program proposes for them as one person's tags.
fn make(root: &Path) -> Vec<PathBuf> {
    let names: Vec<PathBuf> = (0..REPORTS).map(|number| root.join(format!("报告{number:03}.txt"))).collect();
    // The sample and one of its paragraphs once more have 200 tags.
    let more = SAMPLE.lines().nth(12).unwrap();
    let text = |number: usize| format!("编号{number}\n{SAMPLE}\n{more}\n");
    (0..).zip(&names).for_each(|(number, name)| std::fs::write(name, text(number)).unwrap());
    let mut suggest = Command::new(PROGRAM);
    suggest.arg("suggest").args(["--person", "张三", "--force"]).args(&names).stdout(Stdio::null());
    assert!(suggest.status().unwrap().success());
    let kept = std::fs::read_dir(root.join("jiannuo")).unwrap().map(|entry| entry.unwrap().path().join("张三.ron"));
    let mut files: Vec<PathBuf> = kept.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// How long a command runs, and the most memory it had, in kilobytes.
fn run(mut command: Command) -> (Duration, u64) {
    let begin = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        let lines = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = lines.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        most = most.max(peak.unwrap_or(0));
        if let Some(ended) = child.try_wait().unwrap() {
            assert!(ended.success());
            return (begin.elapsed(), most);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let kept = std::env::args().skip_while(|word| word != "--keep").nth(1).map(PathBuf::from);
    let files = make(folder.path());
    let place = kept.unwrap_or_else(|| folder.path().join("out"));
    std::fs::create_dir_all(&place).unwrap();
    let words: usize = files.iter().map(|file| std::fs::read_to_string(file).unwrap().matches("\n    (id: ").count()).sum();
    println!("{} reports, {words} tags", files.len());
    for format in FORMATS {
        let out = place.join(format!("tags-{format}")).with_extension(if matches!(format, "xlsx" | "csv" | "json") { format } else { "" });
        let once = |_| {
            let mut command = Command::new(PROGRAM);
            command.args(["export", "--to", format, "--force", "-o"]).arg(&out).args(&files);
            run(command)
        };
        let runs: Vec<(Duration, u64)> = (0..ROUNDS).map(once).collect();
        let best = runs.iter().map(|(took, _)| *took).min().unwrap();
        let most = runs.iter().map(|(_, kilobytes)| *kilobytes).max().unwrap();
        println!("{format:>12}  {:5.2} s  {:4} MB", best.as_secs_f64(), most / 1024);
    }
}
