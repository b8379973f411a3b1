//! A disk that lists every folder once.

use crate::store::disk::{About, Disk, Entry, FileLock};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What was listed: nothing where that failed.
type Listing = Option<Arc<Vec<Entry>>>;

/// A disk on which nothing changes while it is looked through, as far as listings go.
pub(super) struct Listed<'a> {
    disk: &'a dyn Disk,
    listings: Mutex<BTreeMap<PathBuf, Listing>>,
}

impl<'a> Listed<'a> {
    pub(super) const fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, listings: Mutex::new(BTreeMap::new()) }
    }

    fn listing(&self, folder: &Path) -> io::Result<Arc<Vec<Entry>>> {
        let failed = || io::Error::from(io::ErrorKind::NotFound);
        let mut listings = self.listings.lock().map_err(|_| failed())?;
        if let Some(known) = listings.get(folder) {
            return known.clone().ok_or_else(failed);
        }
        let listing = self.disk.entries(folder);
        let known = listing.as_ref().ok().map(|entries| Arc::new(entries.clone()));
        listings.insert(folder.to_owned(), known);
        listing.map(Arc::new)
    }
}

impl Disk for Listed<'_> {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.disk.read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.disk.write_new(path, bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.disk.append(path, bytes)
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        self.disk.truncate(path, len)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.sync_folder(folder)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.make_folder(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        Ok(self.listing(folder)?.iter().map(|entry| entry.path.clone()).collect())
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        Ok(self.listing(folder)?.as_ref().clone())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.remove_folder(folder)
    }

    fn about(&self, path: &Path) -> io::Result<About> {
        self.disk.about(path)
    }

    fn try_lock(&self, path: &Path, make: bool) -> io::Result<Option<FileLock>> {
        self.disk.try_lock(path, make)
    }
}
