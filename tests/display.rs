//! A virtual display, and the program's window on it.

use crate::driven::PROGRAM;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A virtual display, gone with the value.
pub struct Display {
    server: Child,
    /// What `DISPLAY` has to be.
    pub name: String,
}

impl Display {
    /// A new one, of a number that nobody has. The server says it when it answers: a socket may be there before, or be left
    /// over from a server that was killed.
    pub fn new() -> Self {
        let mut server = Command::new("Xvfb")
            // Without -noreset the server starts anew when its last window goes, and refuses who comes just then.
            .args(["-displayfd", "1", "-screen", "0", "1300x900x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is missing: scripts/test installs it");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb left without a display");
        Self { server, name: format!(":{}", number.trim()) }
    }

    /// The program with its window here and the user's folders below `home`.
    pub fn program(&self, home: &Path) -> Command {
        self.under(Command::new(PROGRAM), home)
    }

    /// The same by a command that the program stands at the end of.
    pub fn under(&self, mut command: Command, home: &Path) -> Command {
        command.env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY").env("JIANNUO_HOME", home);
        command.env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL");
        command
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// One window at a time: they are slow where they share the machine.
pub fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for something, at most a minute: a machine that runs other tests beside may be slow.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
