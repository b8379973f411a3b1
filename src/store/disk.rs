//! The few things the store asks of a file system, behind a trait, so that a test can fail each of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What the store does with files. Every method is one operation that can fail on its own.
pub trait Disk: Send + Sync {
    /// Reads at most `limit` bytes of a file.
    ///
    /// # Errors
    /// As the file system says; a larger file is [`io::ErrorKind::FileTooLarge`].
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Reads at most `len` bytes of a file from a place on; fewer only where it ends. A disk that knows no better way
    /// reads the whole file.
    ///
    /// # Errors
    /// As the file system says.
    fn read_part(&self, path: &Path, from: u64, len: u64) -> io::Result<Vec<u8>> {
        let whole = self.read(path, u64::MAX - 1)?;
        let mut part = Vec::new();
        let mut rest = io::Cursor::new(whole);
        rest.set_position(from);
        rest.take(len).read_to_end(&mut part)?;
        Ok(part)
    }

    /// Writes a new file and waits until its bytes are on the medium.
    ///
    /// # Errors
    /// As the file system says; the file may then exist in part.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Appends to a file, makes it if need be, and waits until the bytes are on the medium.
    ///
    /// # Errors
    /// As the file system says; part of the bytes may then stand there.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Cuts a file to a length in bytes and waits.
    ///
    /// # Errors
    /// As the file system says.
    fn truncate(&self, path: &Path, len: u64) -> io::Result<()>;

    /// Puts a file in another's place.
    ///
    /// # Errors
    /// As the file system says; the other is then as it was.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the names in a folder lasting.
    ///
    /// # Errors
    /// As the file system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// As the file system says.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// The files and folders in a folder, by name.
    ///
    /// # Errors
    /// As the file system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// The files and folders in a folder with their lengths and times, by name. Links to folders are not followed.
    ///
    /// # Errors
    /// As the file system says.
    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// Removes a file.
    ///
    /// # Errors
    /// As the file system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder in which there is nothing. A disk that knows no way leaves it.
    ///
    /// # Errors
    /// As the file system says.
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let _ = folder;
        Err(io::ErrorKind::Unsupported.into())
    }

    /// What stands at a path.
    ///
    /// # Errors
    /// As the file system says; [`io::ErrorKind::NotFound`] where there is nothing.
    fn about(&self, path: &Path) -> io::Result<About>;

    /// Takes the lock that a file stands for; nothing if another program holds it. With `make` the file is made if need be.
    ///
    /// # Errors
    /// As the file system says; some shares have no locks.
    fn try_lock(&self, path: &Path, make: bool) -> io::Result<Option<FileLock>>;
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What it is, links followed.
    pub sort: Sort,
    /// Whether the path itself is a link to it.
    pub is_link: bool,
    /// Its length and time.
    pub stamp: Stamp,
}

/// What a path can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A device, a pipe, a socket: reading one may never end.
    Other,
}

/// A lock on a file, held until it is dropped.
#[derive(Debug, Default)]
pub struct FileLock(Option<File>);

impl FileLock {
    /// The lock of a disk that has none.
    pub const NONE: Self = Self(None);
}

impl Drop for FileLock {
    /// Closing is not enough: a program being started holds a copy of every open file for a moment, lock included.
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            let _ = file.unlock();
        }
    }
}

/// A file or folder in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its length and time.
    pub stamp: Stamp,
}

/// What tells whether a file has changed, without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Its length in bytes.
    pub len: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: i64,
}

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl RealDisk {
    fn open(self, path: &Path) -> io::Result<File> {
        match self.about(path)?.sort {
            Sort::File => File::open(path),
            Sort::Folder => Err(io::ErrorKind::IsADirectory.into()),
            // Opening a pipe waits for whoever writes into it.
            Sort::Other => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}

impl Disk for RealDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn read_part(&self, path: &Path, from: u64, len: u64) -> io::Result<Vec<u8>> {
        let mut file = self.open(path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(len).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(len)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Windows cannot open a folder for this; NTFS journals the rename itself.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            // What is gone by now is left out; a link counts as what it points to, unless that is a folder.
            let Ok(meta) = fs::metadata(&path) else { continue };
            if meta.is_dir() && entry.file_type()?.is_symlink() {
                continue;
            }
            entries.push(Entry { path, is_folder: meta.is_dir(), stamp: stamp_of(&meta) });
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        let is_link = fs::symlink_metadata(path)?.is_symlink();
        let meta = fs::metadata(path)?;
        let sort = match (meta.is_file(), meta.is_dir()) {
            (true, _) => Sort::File,
            (_, true) => Sort::Folder,
            _ => Sort::Other,
        };
        Ok(About { sort, is_link, stamp: stamp_of(&meta) })
    }

    fn try_lock(&self, path: &Path, make: bool) -> io::Result<Option<FileLock>> {
        let file = OpenOptions::new().read(true).write(true).create(make).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(FileLock(Some(file)))),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

fn stamp_of(meta: &fs::Metadata) -> Stamp {
    let modified = meta.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    Stamp { len: meta.len(), modified: modified.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0) }
}

/// Whether a file stands there.
pub fn is_file(disk: &dyn Disk, path: &Path) -> bool {
    disk.about(path).is_ok_and(|about| about.sort == Sort::File)
}

/// Whether a folder stands there.
pub fn is_folder(disk: &dyn Disk, path: &Path) -> bool {
    disk.about(path).is_ok_and(|about| about.sort == Sort::Folder)
}
