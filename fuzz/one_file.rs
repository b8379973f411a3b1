//! A disk in memory, quick enough to be read thousands of times a second.

use jiannuo::store::{About, Disk, FileEntry, FileLock, Sort, Stamp};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A disk that holds one file; whatever is written goes there.
pub struct OneFile {
    pub path: PathBuf,
    bytes: Mutex<Vec<u8>>,
}

impl OneFile {
    pub fn holding(path: &str, bytes: &[u8]) -> Self {
        Self { path: path.into(), bytes: Mutex::new(bytes.to_vec()) }
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().unwrap().clone()
    }
}

impl Disk for OneFile {
    fn read(&self, path: &Path, _limit: u64) -> io::Result<Vec<u8>> {
        self.about(path).map(|_| self.bytes())
    }

    fn write_new(&self, _path: &Path, bytes: &[u8]) -> io::Result<()> {
        *self.bytes.lock().unwrap() = bytes.to_vec();
        Ok(())
    }

    fn append(&self, _path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.bytes.lock().unwrap().extend_from_slice(bytes);
        Ok(())
    }

    fn truncate(&self, _path: &Path, _len: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn rename(&self, _from: &Path, _to: &Path) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn make_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, _folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(vec![self.path.clone()])
    }

    fn entries(&self, _folder: &Path) -> io::Result<Vec<FileEntry>> {
        Ok(Vec::new())
    }

    fn remove(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let there = About { sort: Sort::File, is_link: false, stamp: Stamp::default() };
        if path == self.path { Ok(there) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn try_lock(&self, _path: &Path, _make: bool) -> io::Result<Option<FileLock>> {
        Ok(Some(FileLock::NONE))
    }
}
