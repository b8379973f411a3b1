//! Reading documents in a process of its own.
//!
//! Word files, pages and PDFs come from anywhere, and what reads them is large and other people's. A file made to do
//! harm may let a reader run on for ever, take all memory or end the program. So the program starts itself once more
//! for reading ([`serve_documents`]), watches it, and ends it when it takes more than a file of that size can need.
//! Plain text is read at home: nothing in it can do that. So is everything where no such process can be started.

use super::disk::Disk;
use super::wire::{mark_from_wire, mark_to_wire, method_of};
use crate::source::{self, Extent, Extracted, FileKind, Format, Layout, Method, NotAReport, Told, Wish};
use crate::text::Pos;
use crate::text::decode::Encoding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// The hidden command with which the program reads documents for another copy of itself.
pub const SERVE: &str = "read-documents";

/// Processor time a document may take, in milliseconds, and how much more for each megabyte of it. The slowest reports
/// that were found take a third of that (docs/originals.md).
const TIME: (u64, u64) = (600, 3_000);
/// Memory a document may take, in mebibytes, and how much more for each megabyte of it.
const MEMORY: (u64, u64) = (150, 40);
/// The most of both that any document may take.
const MOST: (u64, u64) = (10_000, 512);
/// Where processor time cannot be read, and for a process that sleeps: so many times as long by the clock.
const BY_THE_CLOCK: u64 = 12;
/// A reader that holds more memory than this when it is done is let go, in mebibytes.
const KEPT: u64 = 120;
/// How often a reader at work is looked at.
const LOOK: Duration = Duration::from_millis(8);

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
static IDLE: Mutex<Vec<Reader>> = Mutex::new(Vec::new());

/// From now on documents are read by another copy of this program.
pub fn read_documents_apart() {
    if let Ok(program) = std::env::current_exe() {
        let _ = PROGRAM.set(program);
    }
}

/// Reads a file's bytes as a report, in a process of its own if the program has set one up.
///
/// # Errors
/// If it is empty, damaged, locked or no text; or if reading it takes more than a report can need.
pub(super) fn read(bytes: &[u8], name: &str, wish: Wish) -> Result<Extracted, NotAReport> {
    let at_home = matches!(source::sniff(bytes), FileKind::Text | FileKind::Binary) && !source::is_markdown(name);
    let Some(program) = PROGRAM.get().filter(|_| !at_home) else { return source::read(bytes, name, wish) };
    let idle = IDLE.lock().ok().and_then(|mut idle| idle.pop());
    let Some(mut reader) = idle.or_else(|| Reader::start(program)) else { return source::read(bytes, name, wish) };
    let (answer, memory) = reader.ask(bytes, name, wish);
    if let (Some(_), true, Ok(mut idle)) = (&answer, memory < KEPT, IDLE.lock()) {
        idle.push(reader);
    }
    answer.unwrap_or(Err(NotAReport::Bomb))
}

/// What is asked of a reader; the bytes follow.
#[derive(Serialize, Deserialize)]
struct Request {
    name: String,
    encoding: String,
    whole: bool,
    len: usize,
}

/// What it answers; the text follows.
#[derive(Default, Serialize, Deserialize)]
struct Answer {
    error: String,
    format: String,
    encoding: String,
    whole: bool,
    errors: Vec<u32>,
    layout: Vec<String>,
    told: BTreeMap<String, String>,
    left_out: bool,
    len: usize,
}

/// A process that reads.
struct Reader {
    process: Arc<Mutex<Child>>,
    number: u32,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Reader {
    fn start(program: &Path) -> Option<Self> {
        let mut command = Command::new(program);
        command.arg(SERVE).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(windows)]
        {
            use std::os::windows::process::CommandExt as _;
            // No console window of its own.
            command.creation_flags(0x0800_0000);
        }
        let mut process = command.spawn().ok()?;
        let (requests, answers) = (process.stdin.take()?, BufReader::new(process.stdout.take()?));
        Some(Self { number: process.id(), process: Arc::new(Mutex::new(process)), requests, answers })
    }

    /// Asks for a file to be read; nothing comes back if that took too much. Also says how much memory is held, in MiB.
    fn ask(&mut self, bytes: &[u8], name: &str, wish: Wish) -> (Option<Result<Extracted, NotAReport>>, u64) {
        let done = Arc::new(AtomicBool::new(false));
        let ended = Arc::new(AtomicBool::new(false));
        let watch = Watch {
            process: Arc::clone(&self.process),
            number: self.number,
            kilobytes: bytes.len() as u64 / 1_000,
            done: Arc::clone(&done),
            ended: Arc::clone(&ended),
        };
        let watching = std::thread::spawn(move || watch.run());
        let answer = self.exchange(bytes, name, wish);
        done.store(true, Ordering::Relaxed);
        let _ = watching.join();
        let memory = usage(self.number).map_or(0, |usage| usage.memory);
        match answer {
            Some(answer) => (Some(answer), memory),
            None if ended.load(Ordering::Relaxed) => (None, u64::MAX),
            // It ended by itself: the file broke it.
            None => (Some(Err(NotAReport::Damaged)), u64::MAX),
        }
    }

    fn exchange(&mut self, bytes: &[u8], name: &str, wish: Wish) -> Option<Result<Extracted, NotAReport>> {
        let encoding = wish.encoding.map_or("", Encoding::name).to_owned();
        let request = Request { name: name.to_owned(), encoding, whole: wish.extent == Extent::Whole, len: bytes.len() };
        let mut line = serde_json::to_string(&request).ok()?;
        line.push('\n');
        self.requests.write_all(line.as_bytes()).ok()?;
        self.requests.write_all(bytes).ok()?;
        self.requests.flush().ok()?;
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        let answer: Answer = serde_json::from_str(&line).ok()?;
        let mut text = vec![0; answer.len];
        self.answers.read_exact(&mut text).ok()?;
        Some(answer.extracted(String::from_utf8(text).ok()?))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Ok(mut process) = self.process.lock() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl Answer {
    fn of(read: &Result<Extracted, NotAReport>) -> Self {
        match read {
            Err(why) => Self { error: why.key().to_owned(), ..Self::default() },
            Ok(extracted) => Self {
                error: String::new(),
                format: extracted.method.format.key().to_owned(),
                encoding: extracted.method.encoding.map_or("", Encoding::name).to_owned(),
                whole: extracted.method.extent == Extent::Whole,
                errors: extracted.errors.iter().map(|place| place.get()).collect(),
                layout: extracted.layout.marks().iter().map(mark_to_wire).collect(),
                told: extracted.told.iter().map(|(told, value)| (told.key().to_owned(), value.clone())).collect(),
                left_out: extracted.left_out,
                len: extracted.text.len(),
            },
        }
    }

    fn extracted(self, text: String) -> Result<Extracted, NotAReport> {
        if !self.error.is_empty() {
            return Err(NotAReport::from_key(&self.error).unwrap_or(NotAReport::Damaged));
        }
        let format = Format::from_key(&self.format).ok_or(NotAReport::Damaged)?;
        let extent = if self.whole { Extent::Whole } else { Extent::Main };
        let method = if format == Format::Text {
            method_of(None, &self.encoding).ok_or(NotAReport::Damaged)?
        } else {
            Method::of(format, Encoding::from_name(&self.encoding), extent)
        };
        Ok(Extracted {
            text,
            method,
            errors: self.errors.into_iter().map(Pos::new).collect(),
            layout: Layout::new(self.layout.iter().filter_map(|line| mark_from_wire(line)).collect()),
            told: self.told.into_iter().filter_map(|(key, value)| Some((Told::from_key(&key)?, value))).collect(),
            left_out: self.left_out,
        })
    }
}

/// Looks after a reader at work.
struct Watch {
    process: Arc<Mutex<Child>>,
    number: u32,
    kilobytes: u64,
    done: Arc<AtomicBool>,
    ended: Arc<AtomicBool>,
}

impl Watch {
    fn run(self) {
        let began = Instant::now();
        let first = usage(self.number).unwrap_or_default();
        let time = (TIME.0 + TIME.1 * self.kilobytes / 1_000).min(MOST.0);
        let memory = (MEMORY.0 + MEMORY.1 * self.kilobytes / 1_000).min(MOST.1);
        while !self.done.load(Ordering::Relaxed) {
            let now = usage(self.number);
            let waited = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            let too_much =
                now.is_some_and(|now| now.time.saturating_sub(first.time) > time || now.memory.saturating_sub(first.memory) > memory);
            let by_the_clock = if now.is_some() { time * BY_THE_CLOCK } else { time * 3 };
            if too_much || waited > by_the_clock {
                self.ended.store(true, Ordering::Relaxed);
                if let Ok(mut process) = self.process.lock() {
                    let _ = process.kill();
                }
                return;
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// What a process has used.
#[derive(Clone, Copy, Debug, Default)]
struct Usage {
    /// Processor time in milliseconds.
    time: u64,
    /// Memory held in MiB.
    memory: u64,
}

/// What a process has used so far, where the system says so in a file (proc(5)): ticks of a hundredth of a second, and
/// pages of 4 KiB.
fn usage(process: u32) -> Option<Usage> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let read = |name: &str| super::disk::RealDisk.read(Path::new(&format!("/proc/{process}/{name}")), 4096).ok();
    let stat = String::from_utf8(read("stat")?).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    let pages: u64 = String::from_utf8(read("statm")?).ok()?.split_whitespace().nth(1)?.parse().ok()?;
    Some(Usage { time: (ticks(11)? + ticks(12)?) * 10, memory: pages / 256 })
}

/// Reads documents for another copy of the program: requests on standard input, answers on standard output, until the
/// input ends.
pub fn serve_documents() {
    let mut requests = std::io::stdin().lock();
    let mut answers = std::io::stdout().lock();
    let mut line = String::new();
    loop {
        line.clear();
        if requests.read_line(&mut line).is_ok_and(|read| read == 0) {
            return;
        }
        let Ok(request) = serde_json::from_str::<Request>(&line) else { return };
        let mut bytes = vec![0; request.len];
        if requests.read_exact(&mut bytes).is_err() {
            return;
        }
        let extent = if request.whole { Extent::Whole } else { Extent::Main };
        let read = source::read(&bytes, &request.name, Wish { encoding: Encoding::from_name(&request.encoding), extent });
        drop(bytes);
        let Ok(mut answer) = serde_json::to_string(&Answer::of(&read)) else { return };
        answer.push('\n');
        let text = read.as_ref().map_or("", |extracted| extracted.text.as_str());
        let sent = answers.write_all(answer.as_bytes()).and_then(|()| answers.write_all(text.as_bytes())).and_then(|()| answers.flush());
        if sent.is_err() {
            return;
        }
    }
}
