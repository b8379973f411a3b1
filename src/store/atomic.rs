//! Putting a new version of a file in place of the old one: whatever happens, one of the two is there, whole.

use super::disk::{Disk, Entry};
use super::error::StoreError;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// How the names of files still being written end.
const UNFINISHED: &str = ".jiannuo-tmp";
/// An unfinished file that nothing has touched for so long belongs to a program that is gone.
const ABANDONED_AFTER: Duration = Duration::from_secs(600);

/// Writes `bytes` beside `path`, waits until they are on the medium, and puts them in its place.
///
/// # Errors
/// If any step fails; `path` then is as it was.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let unfinished = unfinished(folder);
    let fail = |error: &std::io::Error| StoreError::of(path, error);
    let _ = disk.remove(&unfinished);
    if let Err(error) = disk.write_new(&unfinished, bytes).and_then(|()| disk.rename(&unfinished, path)) {
        let _ = disk.remove(&unfinished);
        return Err(fail(&error));
    }
    disk.sync_folder(folder).map_err(|error| fail(&error))
}

/// A path in a folder for something that is still being written. The name says nothing of it, so that it is short whatever
/// it will be called.
pub(super) fn unfinished(folder: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    folder.join(format!(".{}-{}{UNFINISHED}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)))
}

/// Whether something was left unfinished by a program that was cut off.
pub(super) fn is_abandoned(entry: &Entry) -> bool {
    let unfinished = entry.path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(UNFINISHED));
    let then = SystemTime::UNIX_EPOCH + Duration::from_nanos(u64::try_from(entry.stamp.modified).unwrap_or(0));
    unfinished && SystemTime::now().duration_since(then).is_ok_and(|age| age > ABANDONED_AFTER)
}

/// Removes what programs that were cut off left unfinished in a folder; returns how many.
pub fn sweep(disk: &dyn Disk, folder: &Path) -> usize {
    let entries = disk.entries(folder).unwrap_or_default();
    entries.iter().filter(|entry| is_abandoned(entry) && disk.remove(&entry.path).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::super::disk::RealDisk;
    use super::*;

    #[test]
    fn the_new_version_takes_the_place_of_the_old() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.ron");
        for text in ["one", "two, longer"] {
            replace(&RealDisk, &path, text.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_fresh_unfinished_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".1-0.jiannuo-tmp"), "x").unwrap();
        assert_eq!(sweep(&RealDisk, folder.path()), 0);
    }
}
