//! A disk on which everything can go wrong: each step of each operation can fail, once or from then on, or be the one at
//! which the power goes.

use super::medium::{Medium, Node, Survival};
use jiannuo::store::{About, Disk, FileEntry, FileLock, Sort};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// What a step does, as far as it matters for what can go wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads something.
    Look,
    /// Changes names.
    Name,
    /// Writes bytes.
    Write,
    /// Waits for the medium.
    Sync,
    /// Removes something: that needs no room.
    Remove,
}

/// One step of an operation; operations of the trait may have several.
#[derive(Clone, Debug)]
pub struct Step {
    pub kind: Kind,
    doing: &'static str,
    path: PathBuf,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.doing, self.path.display())
    }
}

/// How a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The medium does not answer.
    Eio,
    /// There is no room.
    Enospc,
    /// There is room for half of the bytes.
    ShortWrite,
}

impl Failure {
    const fn hits(self, kind: Kind) -> bool {
        match self {
            Self::Eio => true,
            Self::Enospc => matches!(kind, Kind::Name | Kind::Write | Kind::Sync),
            Self::ShortWrite => matches!(kind, Kind::Write),
        }
    }
}

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blow {
    /// It fails; the next one works.
    Once(Failure),
    /// It fails, and so does every later one of its kind until the disk is mended.
    Lasting(Failure),
    /// The power goes before it; nothing works any more.
    PowerCut,
}

impl Blow {
    /// Whether it can happen at a step of a kind.
    pub const fn hits(self, kind: Kind) -> bool {
        match self {
            Self::Once(failure) | Self::Lasting(failure) => failure.hits(kind),
            Self::PowerCut => true,
        }
    }
}

impl fmt::Display for Blow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failure = |failure: &Failure| match failure {
            Failure::Eio => "eio",
            Failure::Enospc => "enospc",
            Failure::ShortWrite => "short",
        };
        match self {
            Self::Once(how) => write!(f, "{}-once", failure(how)),
            Self::Lasting(how) => write!(f, "{}-lasting", failure(how)),
            Self::PowerCut => f.write_str("cut"),
        }
    }
}

/// A step that was hit.
struct Hit(Blow);

impl From<Hit> for io::Error {
    fn from(Hit(blow): Hit) -> Self {
        match blow {
            Blow::PowerCut => Self::other("the machine is off"),
            Blow::Once(Failure::Eio) | Blow::Lasting(Failure::Eio) => Self::other("input/output error"),
            Blow::Once(_) | Blow::Lasting(_) => io::ErrorKind::StorageFull.into(),
        }
    }
}

/// A simulated disk.
pub struct SimDisk(Mutex<Inside>);

struct Inside {
    medium: Medium,
    steps: Vec<Step>,
    /// What happens at which step, counted from 1.
    armed: Option<(usize, Blow)>,
}

impl SimDisk {
    /// A disk on which these files and folders lie, and the folders above them.
    pub fn new(folders: &[&str], files: &[(&str, &[u8])]) -> Self {
        let mut medium = Medium::default();
        let above = files.iter().filter_map(|(path, _)| Path::new(path).parent());
        for folder in folders.iter().map(Path::new).chain(above) {
            for folder in folder.ancestors().filter(|folder| medium.get(folder).is_none()).collect::<Vec<_>>() {
                medium.add_folder(folder);
            }
        }
        for (path, bytes) in files {
            let file = medium.add_file(Path::new(path));
            medium.append(file, bytes);
        }
        Self::of(medium.after_crash(Survival::KeepAll))
    }

    const fn of(medium: Medium) -> Self {
        Self(Mutex::new(Inside { medium, steps: Vec::new(), armed: None }))
    }

    /// Lets something happen at a step, counted from 1.
    pub fn arm(&self, step: usize, blow: Blow) {
        self.inside().armed = Some((step, blow));
    }

    /// From now on everything works again.
    pub fn mend(&self) {
        self.inside().armed = None;
    }

    /// Whether the power is gone.
    pub fn is_off(&self) -> bool {
        let disk = self.inside();
        disk.armed.is_some_and(|(step, blow)| blow == Blow::PowerCut && disk.steps.len() >= step)
    }

    /// The steps so far.
    pub fn steps(&self) -> Vec<Step> {
        self.inside().steps.clone()
    }

    /// All files and folders.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.inside().medium.paths().cloned().collect()
    }

    /// The disk as it is found when the power is back. What programs see stays with all of it: that is a copy.
    pub fn after_crash(&self, how: Survival) -> Self {
        Self::of(self.inside().medium.after_crash(how))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap()
    }
}

impl Inside {
    fn step(&mut self, kind: Kind, doing: &'static str, path: &Path) -> Result<(), Hit> {
        self.steps.push(Step { kind, doing, path: path.to_owned() });
        let Some((at, blow)) = self.armed else { return Ok(()) };
        let now = self.steps.len();
        let is_time = if matches!(blow, Blow::Once(_)) { now == at } else { now >= at };
        if is_time && blow.hits(kind) { Err(Hit(blow)) } else { Ok(()) }
    }

    fn file(&self, path: &Path) -> io::Result<usize> {
        match self.medium.get(path) {
            Some(Node::File(file)) => Ok(file),
            Some(Node::Folder) => Err(io::ErrorKind::IsADirectory.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn folder(&self, path: &Path) -> io::Result<()> {
        match self.medium.get(path) {
            Some(Node::Folder) => Ok(()),
            Some(Node::File(_)) => Err(io::ErrorKind::NotADirectory.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn create(&mut self, path: &Path) -> io::Result<usize> {
        self.step(Kind::Name, "create", path)?;
        self.folder(path.parent().unwrap())?;
        if self.medium.get(path).is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Ok(self.medium.add_file(path))
    }

    fn write(&mut self, file: usize, bytes: &[u8], path: &Path) -> io::Result<()> {
        let done = self.step(Kind::Write, "write", path);
        let written: &[u8] = match done {
            Ok(()) => bytes,
            Err(Hit(Blow::Once(Failure::ShortWrite) | Blow::Lasting(Failure::ShortWrite))) => &bytes[..bytes.len() / 2],
            Err(_) => &[],
        };
        self.medium.append(file, written);
        done.map_err(io::Error::from)
    }

    fn sync(&mut self, file: usize, path: &Path) -> io::Result<()> {
        let done = self.step(Kind::Sync, "sync", path);
        self.medium.sync(file, done.is_ok());
        done.map_err(io::Error::from)
    }
}

impl Disk for SimDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut disk = self.inside();
        disk.step(Kind::Look, "read", path)?;
        let bytes = disk.medium.bytes(disk.file(path)?);
        if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes.to_vec()) }
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.inside();
        let file = disk.create(path)?;
        disk.write(file, bytes, path)?;
        disk.sync(file, path)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.inside();
        let file = if disk.medium.get(path).is_none() {
            disk.create(path)?
        } else {
            disk.step(Kind::Look, "open", path)?;
            disk.file(path)?
        };
        disk.write(file, bytes, path)?;
        disk.sync(file, path)
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let mut disk = self.inside();
        disk.step(Kind::Write, "cut", path)?;
        let file = disk.file(path)?;
        disk.medium.cut(file, len as usize);
        disk.sync(file, path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut disk = self.inside();
        disk.step(Kind::Name, "rename to", to)?;
        disk.file(from)?;
        disk.folder(to.parent().unwrap())?;
        if disk.medium.get(to) == Some(Node::Folder) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        disk.medium.rename(from, to);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut disk = self.inside();
        disk.step(Kind::Sync, "sync names in", folder)?;
        disk.folder(folder)?;
        disk.medium.sync_names(folder);
        Ok(())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut disk = self.inside();
        let missing: Vec<&Path> = folder.ancestors().take_while(|above| disk.medium.get(above) != Some(Node::Folder)).collect();
        for path in missing.into_iter().rev() {
            disk.step(Kind::Name, "make folder", path)?;
            if disk.medium.get(path).is_some() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
            disk.medium.add_folder(path);
        }
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut disk = self.inside();
        disk.step(Kind::Look, "list", folder)?;
        disk.folder(folder)?;
        Ok(disk.medium.inside(folder).map(|(path, _)| path.clone()).collect())
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FileEntry>> {
        let mut disk = self.inside();
        disk.step(Kind::Look, "list", folder)?;
        disk.folder(folder)?;
        let entry = |(path, node): (&PathBuf, Node)| FileEntry {
            path: path.clone(),
            is_folder: node == Node::Folder,
            stamp: disk.medium.stamp(node),
        };
        Ok(disk.medium.inside(folder).map(entry).collect())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut disk = self.inside();
        disk.step(Kind::Remove, "remove", path)?;
        disk.file(path)?;
        disk.medium.remove(path);
        Ok(())
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let mut disk = self.inside();
        disk.step(Kind::Look, "look at", path)?;
        let node = disk.medium.get(path).ok_or(io::ErrorKind::NotFound)?;
        let sort = if node == Node::Folder { Sort::Folder } else { Sort::File };
        Ok(About { sort, is_link: false, stamp: disk.medium.stamp(node) })
    }

    /// Only one program at a time runs on a simulated disk, so every lock is free.
    fn try_lock(&self, path: &Path, make: bool) -> io::Result<Option<FileLock>> {
        let mut disk = self.inside();
        if make && disk.medium.get(path).is_none() {
            disk.create(path)?;
        } else {
            disk.step(Kind::Look, "lock", path)?;
            disk.file(path)?;
        }
        Ok(Some(FileLock::NONE))
    }
}

#[test]
fn a_name_lasts_once_its_folder_is_synced() {
    let (disk, path) = (SimDisk::new(&["/a"], &[]), Path::new("/a/b/c"));
    let is_there = |how| disk.after_crash(how).paths().contains(&path.to_owned());
    disk.make_folder(Path::new("/a/b")).unwrap();
    disk.write_new(path, b"x").unwrap();
    assert!(is_there(Survival::KeepAll) && !is_there(Survival::DropAll));
    disk.sync_folder(Path::new("/a/b")).unwrap();
    assert!(!is_there(Survival::DropAll), "the folder itself has no lasting name yet");
    disk.sync_folder(Path::new("/a")).unwrap();
    assert!(is_there(Survival::DropAll));
}

#[test]
fn bytes_of_a_failed_sync_are_lost_though_a_later_one_works() {
    let (disk, path) = (SimDisk::new(&[], &[("/a", b"one ")]), Path::new("/a"));
    // Opening, writing, syncing.
    disk.arm(3, Blow::Once(Failure::Eio));
    assert!(disk.append(path, b"two ").is_err());
    disk.append(path, b"three").unwrap();
    let found = |how| disk.after_crash(how).read(path, 100).unwrap();
    assert_eq!(found(Survival::KeepAll), b"one two three");
    assert_eq!(found(Survival::DropAll), b"one \0\0\0\0three");
}

#[test]
fn whatever_survives_a_file_that_was_replaced_is_there_whole() {
    for seed in 0..64 {
        let disk = SimDisk::new(&[], &[("/a", b"old")]);
        disk.write_new(Path::new("/b"), b"new").unwrap();
        disk.rename(Path::new("/b"), Path::new("/a")).unwrap();
        let found = disk.after_crash(Survival::Mixed(seed)).read(Path::new("/a"), 100).unwrap();
        assert!(found == b"old" || found == b"new", "{seed}: {found:?}");
    }
}
