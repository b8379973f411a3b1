//! Damaged files and files made to do harm: a sentence or the text, never a panic, a crash or a hang.
//!
//! tests/oracles/make_hostile.py made them, and makes larger ones; docs/originals.md says what was measured over all.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn files() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap() != "README.md");
    files.sort();
    files
}

/// What the program says of a file; nothing if it had to be stopped.
fn text(path: &Path) -> Option<Output> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jiannuo"))
        .arg("text")
        .arg(path)
        .env("LANG", "zh_CN.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Long enough for the slowest machine: this only tells a hang.
    let end = Instant::now() + Duration::from_secs(60);
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let read = |mut pipe: Box<dyn std::io::Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = pipe.read_to_end(&mut bytes);
            bytes
        })
    };
    let (out, err) = (read(Box::new(out)), read(Box::new(err)));
    while Instant::now() < end {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(Output { status, stdout: out.join().unwrap(), stderr: err.join().unwrap() });
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

#[test]
fn hostile_files_are_read_or_refused_in_a_sentence() {
    let files = files();
    assert!(files.len() >= 300, "{}", files.len());
    let mut wrong = Vec::new();
    let (mut read, mut refused) = (0, 0);
    for path in &files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(output) = text(path) else {
            wrong.push(format!("{name}: hangs"));
            continue;
        };
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0 | 1) => read += 1,
            Some(2) if said.lines().count() == 1 && said.contains(&name) => refused += 1,
            code => wrong.push(format!("{name}: status {code:?}, said {said:?}")),
        }
        if said.contains("panicked") {
            wrong.push(format!("{name}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(read > 20 && refused > 100, "{read} read, {refused} refused");
}
