//! A disk in memory that notes what is read and written: one file of many is damaged without touching a real one.

use jiannuo::store::{About, Disk, FileEntry, FileLock, Sort, Stamp};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// A path from the root of the disk.
pub fn at(path: &str) -> PathBuf {
    Path::new(if cfg!(windows) { "C:\\" } else { "/" }).join(path)
}

/// Where a path leads once its `.` and `..` are followed; one that names no root leads from where a program was started.
pub fn resolved(path: &Path) -> PathBuf {
    let whole = if path.has_root() { path.to_owned() } else { at("started-here").join(path) };
    let mut steps = PathBuf::new();
    for step in whole.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir => {
                steps.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => steps.push(step),
        }
    }
    steps
}

#[derive(Clone, Debug)]
struct File {
    bytes: Arc<Vec<u8>>,
    modified: i64,
}

#[derive(Clone, Debug, Default)]
struct Contents {
    files: BTreeMap<PathBuf, File>,
    folders: BTreeSet<PathBuf>,
    read: BTreeSet<PathBuf>,
    written: BTreeSet<PathBuf>,
    clock: i64,
}

impl Contents {
    fn make_folders(&mut self, folder: &Path) {
        self.folders.extend(folder.ancestors().map(Path::to_owned));
    }

    fn put(&mut self, path: PathBuf, bytes: Vec<u8>) {
        self.clock += 1;
        self.files.insert(path, File { bytes: Arc::new(bytes), modified: self.clock });
    }

    /// Notes that something is made there; where no folder is for it, nothing can be.
    fn write(&mut self, path: &Path) -> io::Result<PathBuf> {
        let path = resolved(path);
        if self.folders.contains(&path) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !path.parent().is_some_and(|folder| self.folders.contains(folder)) {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.written.insert(path.clone());
        Ok(path)
    }
}

impl File {
    fn stamp(&self) -> Stamp {
        Stamp { len: self.bytes.len() as u64, modified: self.modified }
    }
}

/// Files and folders in memory.
#[derive(Debug, Default)]
pub struct MemoryDisk(Mutex<Contents>);

impl MemoryDisk {
    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.0.lock().unwrap()
    }

    /// A disk with the same files, on which nothing was read or written yet.
    pub fn copy(&self) -> Self {
        let contents = self.contents().clone();
        Self(Mutex::new(Contents { read: BTreeSet::new(), written: BTreeSet::new(), ..contents }))
    }

    /// Puts a file there, from outside.
    pub fn put(&self, path: &Path, bytes: impl Into<Vec<u8>>) {
        let mut contents = self.contents();
        contents.make_folders(path.parent().unwrap());
        contents.put(path.to_owned(), bytes.into());
    }

    /// Takes a file away, from outside.
    pub fn take(&self, path: &Path) {
        self.contents().files.remove(path);
    }

    /// Calls a folder otherwise, from outside.
    pub fn move_folder(&self, from: &Path, to: &Path) {
        let mut contents = self.contents();
        let moved: Vec<PathBuf> = contents.files.keys().filter(|path| path.starts_with(from)).cloned().collect();
        for path in moved {
            let file = contents.files.remove(&path).unwrap();
            contents.files.insert(to.join(path.strip_prefix(from).unwrap()), file);
        }
        contents.folders.retain(|folder| !folder.starts_with(from));
        contents.make_folders(to);
    }

    /// The bytes of a file.
    pub fn get(&self, path: &Path) -> Option<Vec<u8>> {
        self.contents().files.get(path).map(|file| file.bytes.to_vec())
    }

    /// All files by path.
    pub fn files(&self) -> Vec<PathBuf> {
        self.contents().files.keys().cloned().collect()
    }

    /// Whether any file holds just these bytes.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        self.contents().files.values().any(|file| file.bytes.as_slice() == bytes)
    }

    /// What was read or listed.
    pub fn read_from(&self) -> BTreeSet<PathBuf> {
        self.contents().read.clone()
    }

    /// What was made, changed or removed.
    pub fn written_to(&self) -> BTreeSet<PathBuf> {
        self.contents().written.clone()
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let path = resolved(path);
        let mut contents = self.contents();
        contents.read.insert(path.clone());
        if contents.folders.contains(&path) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let file = contents.files.get(&path).ok_or(io::ErrorKind::NotFound)?;
        if file.bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(file.bytes.to_vec())
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut contents = self.contents();
        let path = contents.write(path)?;
        if contents.files.contains_key(&path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        contents.put(path, bytes.to_vec());
        Ok(())
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut contents = self.contents();
        let path = contents.write(path)?;
        let mut all = contents.files.get(&path).map(|file| file.bytes.to_vec()).unwrap_or_default();
        all.extend_from_slice(bytes);
        contents.put(path, all);
        Ok(())
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let mut contents = self.contents();
        let path = contents.write(path)?;
        let mut bytes = contents.files.get(&path).ok_or(io::ErrorKind::NotFound)?.bytes.to_vec();
        bytes.resize(usize::try_from(len).unwrap(), 0);
        contents.put(path, bytes);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut contents = self.contents();
        let (from, to) = (contents.write(from)?, contents.write(to)?);
        let file = contents.files.remove(&from).ok_or(io::ErrorKind::NotFound)?;
        contents.files.insert(to, file);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if self.contents().folders.contains(&resolved(folder)) { Ok(()) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = resolved(folder);
        let mut contents = self.contents();
        if folder.ancestors().any(|above| contents.files.contains_key(above)) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        if !contents.folders.contains(&folder) {
            contents.written.insert(folder.clone());
            contents.make_folders(&folder);
        }
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.entries(folder)?.into_iter().map(|entry| entry.path).collect())
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<FileEntry>> {
        let here = resolved(folder);
        let mut contents = self.contents();
        contents.read.insert(here.clone());
        if contents.files.contains_key(&here) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        if !contents.folders.contains(&here) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let is_here = |path: &Path| path.parent() == Some(here.as_path());
        let entry =
            |path: &Path, is_folder: bool, stamp: Stamp| FileEntry { path: folder.join(path.file_name().unwrap()), is_folder, stamp };
        let files = contents.files.iter().filter(|(path, _)| is_here(path)).map(|(path, file)| entry(path, false, file.stamp()));
        let folders = contents.folders.iter().filter(|path| is_here(path)).map(|path| entry(path, true, Stamp::default()));
        let mut entries: Vec<FileEntry> = files.chain(folders).collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let path = resolved(path);
        let mut contents = self.contents();
        contents.files.remove(&path).ok_or(io::ErrorKind::NotFound)?;
        contents.written.insert(path);
        Ok(())
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let path = resolved(path);
        let contents = self.contents();
        if contents.folders.contains(&path) {
            return Ok(About { sort: Sort::Folder, is_link: false, stamp: Stamp::default() });
        }
        let file = contents.files.get(&path).ok_or(io::ErrorKind::NotFound)?;
        Ok(About { sort: Sort::File, is_link: false, stamp: file.stamp() })
    }

    fn try_lock(&self, path: &Path, make: bool) -> io::Result<Option<FileLock>> {
        let mut contents = self.contents();
        let there = contents.files.contains_key(&resolved(path));
        if !there && !make {
            return Err(io::ErrorKind::NotFound.into());
        }
        if !there {
            let path = contents.write(path)?;
            contents.put(path, Vec::new());
        }
        Ok(Some(FileLock::NONE))
    }
}
