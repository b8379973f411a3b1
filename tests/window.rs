//! The built program in a real window under Xvfb, with xdotool for hands. Pictures are kept in the target folder.

use crate::display::{Display, alone, until};
use jiannuo::store::{RealDisk, load_person_file};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::MutexGuard;
use std::time::{Duration, Instant};

/// How long the program takes to show its window where nothing else runs.
const USUAL_START: Duration = Duration::from_millis(400);

/// The program at work.
struct Window {
    _alone: MutexGuard<'static, ()>,
    /// How much slower than usual the machine is now.
    pace: f64,
    display: Display,
    program: Child,
    folder: tempfile::TempDir,
}

impl Window {
    fn open(folder: tempfile::TempDir, file: &str) -> Self {
        let alone = alone();
        let display = Display::new();
        let program = Self::start(&display, folder.path(), file);
        let mut window = Self { _alone: alone, pace: 1.0, display, program, folder };
        window.focus();
        window
    }

    fn start(display: &Display, folder: &Path, file: &str) -> Child {
        let mut program = display.program(&folder.join("home"));
        let stderr = std::fs::File::create(folder.join("stderr")).unwrap();
        program.arg(folder.join(file)).stdout(Stdio::null()).stderr(stderr).spawn().unwrap()
    }

    fn xdotool(&self, arguments: &str) -> bool {
        let mut command = Command::new("xdotool");
        command.args(arguments.split(' ')).env("DISPLAY", &self.display.name).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().expect("xdotool is missing: scripts/test installs it").success()
    }

    fn focus(&mut self) {
        let start = Instant::now();
        until("the window", || {
            let left = self.program.try_wait().unwrap();
            let said = std::fs::read_to_string(self.folder.path().join("stderr")).unwrap_or_default();
            assert!(left.is_none(), "the program left ({left:?}) and said: {said}");
            self.xdotool("search --onlyvisible --name Jiannuo windowfocus")
        });
        self.pace = (start.elapsed().as_secs_f64() / USUAL_START.as_secs_f64()).clamp(1.0, 10.0);
        // A frame or two with the report in it.
        self.rest(1500);
    }

    /// Waits this many milliseconds, or as much longer as the machine is slower.
    fn rest(&self, milliseconds: u64) {
        std::thread::sleep(Duration::from_millis(milliseconds).mul_f64(self.pace));
    }

    fn keys(&self, keys: &str) {
        assert!(self.xdotool(&format!("key --delay 60 {keys}")));
        self.rest(300);
    }

    fn type_words(&self, words: &str) {
        assert!(self.xdotool(&format!("type --delay 60 {words}")));
        self.rest(300);
    }

    fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        let steps = [
            format!("mousemove {} {}", from.0, from.1),
            "mousedown 1".into(),
            format!("mousemove {} {}", (from.0 + to.0) / 2, to.1),
            format!("mousemove {} {}", to.0, to.1),
            "mouseup 1".into(),
        ];
        for step in steps {
            assert!(self.xdotool(&step));
            self.rest(150);
        }
    }

    fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}.png"));
        let status = Command::new("scrot").arg("-o").arg(&path).env("DISPLAY", &self.display.name).status();
        assert!(status.expect("scrot is missing: scripts/test installs it").success());
        assert!(path.metadata().unwrap().len() > 10_000, "{} shows nothing", path.display());
    }

    /// The tags of the one person's file, once there is one.
    fn saved(&self) -> Option<Vec<String>> {
        let kept = self.folder.path().join("jiannuo");
        let folder = std::fs::read_dir(kept).ok()?.next()?.ok()?.path();
        let files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
        let mut persons = files.filter(|path| path.extension().is_some_and(|end| end == "ron") && !path.ends_with("report.ron"));
        let file = load_person_file(&RealDisk, &persons.next()?).ok()?;
        Some(file.record.annotations.tags().map(|tag| format!("{} {}", tag.kind, tag.anchor.quote)).collect())
    }

    fn leave(&mut self) {
        self.keys("ctrl+q");
        let program = &mut self.program;
        until("the program to leave", || program.try_wait().unwrap().is_some());
        assert!(self.program.wait().unwrap().success());
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn with_report() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("r.txt"), include_str!("fixtures/reports/tiny.txt")).unwrap();
    folder
}

#[test]
fn read_tag_name_save_leave_and_find_again() {
    let mut window = Window::open(with_report(), "r.txt");
    window.picture("opened");
    // The second row of the first paragraph of text.
    window.drag((400, 235), (520, 235));
    window.keys("2");
    window.type_words("Wang");
    window.keys("Return");
    until("the file", || window.saved().is_some_and(|tags| tags.len() == 1));
    window.picture("tagged");
    window.keys("F7");
    window.picture("traditional");
    window.leave();
    let tags = window.saved().unwrap();
    assert!(tags[0].starts_with("indicator ") && tags[0].chars().count() > 12, "{tags:?}");
    window.program = Window::start(&window.display, window.folder.path(), "r.txt");
    window.focus();
    window.keys("bracketright");
    window.keys("4");
    window.picture("again");
    window.leave();
    assert_eq!(window.saved().unwrap(), tags);
}

#[test]
fn killed_and_recovered() {
    let mut window = Window::open(with_report(), "r.txt");
    window.drag((400, 235), (480, 235));
    window.keys("1");
    window.type_words("Li");
    window.keys("Return");
    until("the file", || window.saved().is_some());
    // The next tag is in the journal at once and in the file only later.
    window.drag((560, 235), (640, 235));
    window.xdotool("key 3");
    window.rest(250);
    window.program.kill().unwrap();
    window.program.wait().unwrap();
    window.program = Window::start(&window.display, window.folder.path(), "r.txt");
    window.focus();
    window.picture("recovered");
    until("both tags", || window.saved().is_some_and(|tags| tags.len() == 2));
    window.leave();
    let journals = window.folder.path().join("home").join("state").join("journal");
    assert_eq!(std::fs::read_dir(journals).unwrap().count(), 0);
}

#[test]
fn a_pdf_is_said_to_be_one_and_the_window_lives_on() {
    let folder = with_report();
    std::fs::write(folder.path().join("r.pdf"), b"%PDF-1.7\n").unwrap();
    let mut window = Window::open(folder, "r.pdf");
    window.picture("pdf");
    window.keys("ctrl+shift+o");
    window.type_words(window.folder.path().join("r.txt").to_str().unwrap());
    window.keys("Return");
    window.rest(800);
    window.picture("opened-by-path");
    window.keys("F4");
    window.keys("F1");
    window.picture("keys");
    window.keys("Escape");
    window.leave();
    assert!(window.saved().is_none(), "nothing was tagged, nothing is made");
}
