//! Nothing the program does opens a way to a network: strace lists every socket it asks the system for.

use crate::display::{Display, alone};
use crate::driven::{Driven, PROGRAM, report_for, strace};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many sockets of each family there were.
type Sockets = BTreeMap<String, usize>;

/// Something the program is made to do: where to write the sockets down, and a folder to work in.
type Work = fn(&Path, &Path) -> Result<(), String>;

/// A command that runs the program, and what it starts, and writes down every socket.
fn watched(notes: &Path) -> Result<Command, String> {
    let mut command = strace()?;
    command.args(["-f", "-qq", "-e", "trace=socket", "-o"]).arg(notes).arg(PROGRAM);
    Ok(command)
}

/// The sockets that were written down.
fn sockets(notes: &Path) -> Sockets {
    let notes = std::fs::read_to_string(notes).unwrap();
    let mut found = Sockets::new();
    for (_, call) in notes.lines().filter_map(|line| line.split_once("socket(")) {
        let family = call.split([',', ')']).next().unwrap();
        *found.entry(family.to_owned()).or_default() += 1;
    }
    found
}

/// Tags and saves without a window.
fn drive(notes: &Path, folder: &Path) -> Result<(), String> {
    let report = folder.join("r.txt");
    std::fs::write(&report, report_for(20)).unwrap();
    let mut driven = Driven::under(watched(notes)?, &folder.join("home"), &report);
    (0..20).for_each(|number| assert!(driven.tag(number)));
    assert!(driven.leave().saved);
    Ok(())
}

/// Reads a document, which takes a process of its own.
fn text(notes: &Path, _folder: &Path) -> Result<(), String> {
    let document = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/originals/docx/notes.docx");
    let output = watched(notes)?.arg("text").arg(document).output().unwrap();
    assert!(output.status.success() && !output.stdout.is_empty());
    Ok(())
}

/// Reads, finds, tags, converts, searches and saves in the window.
fn window(notes: &Path, folder: &Path) -> Result<(), String> {
    let (tour, report) = (folder.join("tour.txt"), folder.join("window.txt"));
    std::fs::write(&report, include_str!("fixtures/reports/tiny.txt")).unwrap();
    let steps = "wait\nperson 测试\nfind 2023年\ntag 1\nview hant\nsearch 增长\nwait\ndo typesetting\nframes 4\nsave\nwait\nquit\n";
    std::fs::write(&tour, steps).unwrap();
    let _alone = alone();
    let display = Display::new();
    let mut program = display.under(watched(notes)?, &folder.join("home"));
    let status = program.arg("--tour").args([tour, report]).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success());
    assert!(sockets(notes).contains_key("AF_UNIX"), "not even the way to the display was written down: the test shows nothing");
    Ok(())
}

#[test]
fn no_socket_leads_out_of_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let mut all = Sockets::new();
    let works: [(&str, Work); 3] = [("drive", drive), ("text", text), ("window", window)];
    for (name, work) in works {
        let notes = folder.path().join(format!("{name}.sockets"));
        if let Err(why) = work(&notes, folder.path()) {
            eprintln!("skipped: {why}");
            return;
        }
        let found = sockets(&notes);
        let out: Vec<&String> = found.keys().filter(|family| !["AF_UNIX", "AF_NETLINK"].contains(&family.as_str())).collect();
        assert!(out.is_empty(), "{name} asked for {out:?}");
        found.into_iter().for_each(|(family, count)| *all.entry(family).or_default() += count);
    }
    eprintln!("figures: sockets asked for by drive, text and window: {all:?}, none to a network");
}
