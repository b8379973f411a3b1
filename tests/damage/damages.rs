//! What disks and other programs do to files, done to each kind of file the program keeps.

use super::disk::MemoryDisk;
use super::kept::{
    cut_off, folder_of, index, journal_of, memory, page, person_file, project, report_file, saved, submitted, submitted_file, tiny, user,
};
use std::path::{Path, PathBuf};

/// What can happen to a file.
#[derive(Clone, Copy, Debug)]
pub enum Damage {
    /// It ends there.
    Cut(usize),
    /// A bit of a byte is turned.
    Flip(usize, usize),
    /// From there on so many bytes are zero.
    Zeros(usize, usize),
    /// What stands behind a place stands in front of what stands before it.
    Swapped(usize),
    /// A line stands twice.
    Doubled(usize),
    /// A line is gone.
    Gone(usize),
    /// Lines end in CRLF.
    Crlf,
    /// A byte order mark stands in front.
    Mark,
}

impl Damage {
    /// Everything that is tried on a file, with so many bits of each byte turned.
    pub fn all(bytes: &[u8], bits: usize) -> Vec<Self> {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n').count();
        let flips = (0..bytes.len()).flat_map(|at| (0..bits).map(move |bit| Self::Flip(at, (at + bit * 8 / bits) % 8)));
        let zeros = [1, 16, 512].into_iter().flat_map(|len| (0..bytes.len()).step_by(13).map(move |at| Self::Zeros(at, len)));
        let mut all: Vec<Self> = (0..bytes.len()).map(Self::Cut).collect();
        all.extend(flips.chain(zeros));
        all.extend((1..bytes.len()).step_by(29).map(Self::Swapped));
        all.extend((0..lines).flat_map(|line| [Self::Doubled(line), Self::Gone(line)]));
        all.extend([Self::Crlf, Self::Mark]);
        all
    }

    pub fn done_to(self, bytes: &[u8]) -> Vec<u8> {
        let lines = || bytes.split_inclusive(|byte| *byte == b'\n').enumerate();
        let mut damaged = bytes.to_vec();
        match self {
            Self::Cut(len) => damaged.truncate(len),
            Self::Flip(at, bit) => damaged[at] ^= 1 << bit,
            Self::Zeros(at, len) => damaged.iter_mut().skip(at).take(len).for_each(|byte| *byte = 0),
            Self::Swapped(at) => damaged.rotate_left(at),
            Self::Doubled(line) => return lines().flat_map(|(at, text)| text.repeat(1 + usize::from(at == line))).collect(),
            Self::Gone(line) => return lines().filter(|(at, _)| *at != line).flat_map(|(_, text)| text.to_vec()).collect(),
            Self::Crlf => return bytes.iter().flat_map(|&byte| if byte == b'\n' { vec![b'\r', b'\n'] } else { vec![byte] }).collect(),
            Self::Mark => return [b"\xEF\xBB\xBF".as_slice(), bytes].concat(),
        }
        damaged
    }
}

/// What came of a damage.
pub enum Verdict {
    /// What is loaded is what was saved.
    Whole,
    /// There is a sign that it may not be.
    Told,
    /// It is not, and nothing says so.
    Silent,
}

impl Verdict {
    pub const fn of(whole: bool, told: bool) -> Self {
        match (whole, told) {
            (_, true) => Self::Told,
            (true, false) => Self::Whole,
            (false, false) => Self::Silent,
        }
    }
}

/// Does every damage to a file; says how many were told of, and fails with those that passed silently.
pub fn law(what: &str, disk: &MemoryDisk, path: &Path, damages: &[Damage], verdict: impl Fn(&MemoryDisk, Damage) -> Verdict) -> usize {
    let whole = disk.get(path).unwrap();
    let disk = disk.copy();
    let (mut told, mut silent) = (0, Vec::new());
    for &damage in damages {
        disk.put(path, damage.done_to(&whole));
        match verdict(&disk, damage) {
            Verdict::Whole => {}
            Verdict::Told => told += 1,
            Verdict::Silent => silent.push(damage),
        }
    }
    eprintln!("{what}: {} damages, {told} told of", damages.len());
    let some: Vec<&Damage> = silent.iter().step_by(silent.len() / 12 + 1).collect();
    assert!(silent.is_empty(), "{what}: {} of {} damages pass silently, such as {some:?}", silent.len(), damages.len());
    told
}

/// A kind of file: its name, a disk that has one, where it lies there, and how many bits of each byte are turned.
type Kind = (&'static str, fn() -> MemoryDisk, fn(&MemoryDisk) -> PathBuf, usize);

/// The kinds of files.
pub const KINDS: [Kind; 9] = [
    ("person", saved, |disk| person_file(disk, &tiny()), 2),
    ("submitted", submitted, submitted_file, 1),
    ("report", saved, |disk| report_file(disk, &page()), 1),
    ("source", saved, |disk| folder_of(disk, &page()).join("source.txt"), 8),
    ("index", saved, |_| index(), 4),
    ("project", saved, |_| project(), 8),
    ("memory", saved, |_| memory(), 8),
    ("user", saved, |_| user(), 8),
    ("journal", cut_off, |disk| journal_of(disk, &tiny()), 2),
];

/// A disk with a file of a kind, and what is done to the file.
pub fn kind(name: &str) -> (MemoryDisk, PathBuf, Vec<Damage>) {
    let (_, disk, path, bits) = KINDS.into_iter().find(|(kind, ..)| *kind == name).unwrap();
    let disk = disk();
    let path = path(&disk);
    let damages = Damage::all(&disk.get(&path).unwrap(), bits);
    (disk, path, damages)
}
