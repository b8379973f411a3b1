//! Files that leave the program for a place somebody chose: all of them, each whole, or none; and nothing that is there is
//! written over unasked.

use super::atomic::{is_abandoned, sweep, unfinished};
use super::disk::{Disk, is_file, is_folder};
use super::error::StoreError;
use super::files::{LARGEST, load_report_record};
use super::folders::ReportFolder;
use super::names::file_name_of;
use super::originals::hash;
use super::project::Cancel;
use super::read::read_limited;
use std::path::{Component, Path, PathBuf};

/// Files on their way.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    /// The folder they go into.
    pub folder: &'a Path,
    /// Their paths in it, with `/` between the steps, and what is in them.
    pub files: &'a [(String, &'a [u8])],
    /// Whether they take the place of others of the same names.
    pub over: bool,
}

/// Why files were not delivered. Nothing of them is there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDelivered {
    /// Something is there already, and nobody said that it may go.
    #[error("{0}: there already")]
    There(PathBuf),
    /// It would stand where a report or what people put on one stands: nobody can mean that.
    #[error("{0}: a report or tags of one")]
    Kept(PathBuf),
    /// Something went wrong.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was stopped.
    #[error("stopped")]
    Stopped,
}

impl Delivery<'_> {
    /// Puts the files into a folder that is there.
    ///
    /// # Errors
    /// If a file is there already, a step fails, or it is stopped.
    pub fn into_folder(self, disk: &dyn Disk, cancel: &Cancel) -> Result<(), NotDelivered> {
        if !is_folder(disk, self.folder) {
            return Err(StoreError::Missing(self.folder.to_owned()).into());
        }
        self.check(disk)?;
        sweep(disk, self.folder);
        let mut under_way = UnderWay { disk, staged: Vec::new(), folders: Vec::new(), placed: Vec::new() };
        let done = under_way.stage(self, cancel).and_then(|()| under_way.place(self));
        if done.is_err() {
            under_way.take_back();
        }
        done
    }

    /// Puts the files into a folder of their own, which is made if it is not there: then it is there with all of them at once.
    ///
    /// # Errors
    /// As for a folder that is there.
    pub fn as_folder(self, disk: &dyn Disk, cancel: &Cancel) -> Result<(), NotDelivered> {
        if disk.about(self.folder).is_ok() {
            return self.into_folder(disk, cancel);
        }
        let above = self.folder.parent().unwrap_or(Path::new("."));
        if !is_folder(disk, above) {
            return Err(StoreError::Missing(above.to_owned()).into());
        }
        let abandoned = disk.entries(above).unwrap_or_default().into_iter().filter(|entry| entry.is_folder && is_abandoned(entry));
        abandoned.for_each(|entry| clear(disk, &entry.path));
        let fail = |error: &std::io::Error| NotDelivered::Store(StoreError::of(self.folder, error));
        let unfinished = unfinished(above);
        let made = disk.make_folder(&unfinished).map_err(|error| fail(&error));
        let filled = made.and_then(|()| Delivery { folder: &unfinished, files: self.files, over: false }.into_folder(disk, cancel));
        let named = filled.and_then(|()| disk.rename(&unfinished, self.folder).map_err(|error| fail(&error)));
        if named.is_err() {
            clear(disk, &unfinished);
            return named;
        }
        disk.sync_folder(above).map_err(|error| fail(&error))
    }

    /// Whether every path stays in the folder and is free.
    fn check(self, disk: &dyn Disk) -> Result<(), NotDelivered> {
        for &(ref path, bytes) in self.files {
            let at = self.at(path);
            if !stays_inside(path) {
                return Err(StoreError::NotAllowed(at).into());
            }
            if is_kept(disk, &at) {
                return Err(NotDelivered::Kept(at));
            }
            let is_there = disk.about(&at).is_ok();
            if is_there && (!self.over || is_folder(disk, &at)) {
                return Err(NotDelivered::There(at));
            }
            let same = || read_limited(disk, &at, LARGEST).is_ok_and(|there| there == bytes);
            if is_there && is_report(disk, &at) && !same() {
                return Err(NotDelivered::Kept(at));
            }
        }
        Ok(())
    }

    fn at(self, path: &str) -> PathBuf {
        path.split('/').fold(self.folder.to_owned(), |folder, step| folder.join(step))
    }
}

/// Whether a place is one where the program keeps what belongs to a report or a project.
fn is_kept(disk: &dyn Disk, path: &Path) -> bool {
    let of_report = path.ancestors().skip(1).take(2).any(|folder| is_file(disk, &ReportFolder::at(folder.to_owned()).report_file()));
    let in_project = path.parent().is_some_and(|folder| folder.file_name() == ReportFolder::kept_beside(path).file_name());
    let of_project = in_project && path.extension().is_some_and(|ending| ending == "ron" || ending == "jsonl");
    of_report || of_project
}

/// Whether a file is a report on which something is kept: beside it by its name, and further up by its bytes, too, as an
/// export may hold a copy of its text under its name.
fn is_report(disk: &dyn Disk, path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| file_name_of(&stem.to_string_lossy())).unwrap_or_default();
    let is_after_it = |folder: &PathBuf| {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.rsplit_once('~').is_some_and(|(report, _)| report == stem)
    };
    let is_original = |original: &str| read_limited(disk, path, LARGEST).is_ok_and(|bytes| hash(&bytes) == original);
    let is_its = |beside: bool, folder: PathBuf| {
        let record = load_report_record(disk, &ReportFolder::at(folder));
        record.is_some_and(|record| path.file_name().is_some_and(|name| *name == *record.name) && (beside || is_original(&record.original)))
    };
    let mut folders = path.ancestors().enumerate().flat_map(|(above, folder)| {
        let kept = disk.list(&ReportFolder::kept_beside(folder)).unwrap_or_default();
        kept.into_iter().filter(is_after_it).map(move |folder| (above == 0, folder))
    });
    folders.any(|(beside, folder)| is_its(beside, folder))
}

/// Whether a path of steps leads to nowhere but inside the folder it begins in.
fn stays_inside(path: &str) -> bool {
    let is_plain = |step: &str| {
        let mut parts = Path::new(step).components();
        matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None))
    };
    path.split('/').all(is_plain)
}

/// A delivery that is not done yet.
struct UnderWay<'a> {
    disk: &'a dyn Disk,
    /// Files that are written and have no name of their own yet.
    staged: Vec<PathBuf>,
    /// Folders that were made for them.
    folders: Vec<PathBuf>,
    /// Files that are where they belong, where there was nothing before.
    placed: Vec<PathBuf>,
}

impl UnderWay<'_> {
    /// Writes all files under names that nobody takes for a file's.
    fn stage(&mut self, delivery: Delivery<'_>, cancel: &Cancel) -> Result<(), NotDelivered> {
        for (path, bytes) in delivery.files {
            if cancel.is_cancelled() {
                return Err(NotDelivered::Stopped);
            }
            let to = unfinished(delivery.folder);
            self.staged.push(to.clone());
            self.disk.write_new(&to, bytes).map_err(|error| StoreError::of(&delivery.at(path), &error))?;
        }
        if cancel.is_cancelled() { Err(NotDelivered::Stopped) } else { Ok(()) }
    }

    /// Gives all files their names.
    fn place(&mut self, delivery: Delivery<'_>) -> Result<(), NotDelivered> {
        for ((path, _), staged) in delivery.files.iter().zip(self.staged.clone()) {
            let to = delivery.at(path);
            self.make_folders(delivery.folder, &to)?;
            let is_new = self.disk.about(&to).is_err();
            self.disk.rename(&staged, &to).map_err(|error| StoreError::of(&to, &error))?;
            if is_new {
                self.placed.push(to);
            }
        }
        for folder in std::iter::once(delivery.folder).chain(self.folders.iter().map(PathBuf::as_path)) {
            self.disk.sync_folder(folder).map_err(|error| StoreError::of(folder, &error))?;
        }
        Ok(())
    }

    fn make_folders(&mut self, folder: &Path, file: &Path) -> Result<(), StoreError> {
        let above: Vec<&Path> = file.ancestors().skip(1).take_while(|above| *above != folder).collect();
        for above in above.into_iter().rev() {
            if !is_folder(self.disk, above) {
                self.disk.make_folder(above).map_err(|error| StoreError::of(above, &error))?;
                self.folders.push(above.to_owned());
            }
        }
        Ok(())
    }

    /// Removes what was written so far.
    fn take_back(&self) {
        for path in self.staged.iter().chain(&self.placed) {
            let _ = self.disk.remove(path);
        }
        for folder in self.folders.iter().rev() {
            let _ = self.disk.remove_folder(folder);
        }
    }
}

/// Removes a folder of unfinished files.
fn clear(disk: &dyn Disk, folder: &Path) {
    for entry in disk.entries(folder).unwrap_or_default() {
        if entry.is_folder {
            clear(disk, &entry.path);
        } else {
            let _ = disk.remove(&entry.path);
        }
    }
    let _ = disk.remove_folder(folder);
}

#[cfg(test)]
mod tests {
    use super::super::desk::Desk;
    use super::super::disk::{About, Entry, FileLock, RealDisk};
    use super::*;
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A disk that fails at the operation of this number; each that changes something counts.
    struct Failing {
        at: usize,
        count: AtomicUsize,
    }

    impl Failing {
        fn at(at: usize) -> Self {
            Self { at, count: AtomicUsize::new(0) }
        }

        fn step<T>(&self, go_on: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
            if self.count.fetch_add(1, Ordering::Relaxed) == self.at { Err(io::ErrorKind::StorageFull.into()) } else { go_on() }
        }
    }

    impl Disk for Failing {
        fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
            RealDisk.read(path, limit)
        }
        fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            self.step(|| RealDisk.write_new(path, bytes))
        }
        fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            RealDisk.append(path, bytes)
        }
        fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
            RealDisk.truncate(path, len)
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step(|| RealDisk.rename(from, to))
        }
        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            RealDisk.sync_folder(folder)
        }
        fn make_folder(&self, folder: &Path) -> io::Result<()> {
            self.step(|| RealDisk.make_folder(folder))
        }
        fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
            RealDisk.list(folder)
        }
        fn entries(&self, folder: &Path) -> io::Result<Vec<Entry>> {
            RealDisk.entries(folder)
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            RealDisk.remove(path)
        }
        fn remove_folder(&self, folder: &Path) -> io::Result<()> {
            RealDisk.remove_folder(folder)
        }
        fn about(&self, path: &Path) -> io::Result<About> {
            RealDisk.about(path)
        }
        fn try_lock(&self, path: &Path, make: bool) -> io::Result<Option<FileLock>> {
            RealDisk.try_lock(path, make)
        }
    }

    /// The files below a folder, by their paths in it, each with what is in it; folders end in `/`.
    fn tree(folder: &Path) -> Vec<String> {
        let mut all = Vec::new();
        for entry in RealDisk.entries(folder).unwrap() {
            let name = entry.path.file_name().unwrap().to_string_lossy().into_owned();
            if entry.is_folder {
                all.push(format!("{name}/"));
                all.extend(tree(&entry.path).into_iter().map(|inside| format!("{name}/{inside}")));
            } else {
                all.push(format!("{name}={}", std::fs::read_to_string(&entry.path).unwrap()));
            }
        }
        all
    }

    fn files() -> Vec<(String, &'static [u8])> {
        [("甲.txt", "1"), ("王/甲.ann", "2"), ("王/乙.ann", "3")].map(|(path, text)| (path.to_owned(), text.as_bytes())).into()
    }

    const ALL: [&str; 4] = ["王/", "王/乙.ann=3", "王/甲.ann=2", "甲.txt=1"];

    fn sorted(mut tree: Vec<String>) -> Vec<String> {
        tree.sort();
        tree
    }

    #[test]
    fn all_files_are_there_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let (files, never) = (files(), Cancel::default());
        let delivery = Delivery { folder: place.path(), files: &files, over: false };
        delivery.into_folder(&RealDisk, &never).unwrap();
        assert_eq!(sorted(tree(place.path())), ALL);
        let folder = place.path().join("出");
        Delivery { folder: &folder, ..delivery }.as_folder(&RealDisk, &never).unwrap();
        assert_eq!(sorted(tree(&folder)), ALL);
        let nowhere = place.path().join("无").join("出");
        let missing = Delivery { folder: &nowhere, ..delivery };
        assert_eq!(missing.as_folder(&RealDisk, &never), Err(StoreError::Missing(place.path().join("无")).into()));
    }

    #[test]
    fn nothing_is_written_over_unasked() {
        let place = tempfile::tempdir().unwrap();
        let there = place.path().join("王").join("甲.ann");
        std::fs::create_dir(there.parent().unwrap()).unwrap();
        std::fs::write(&there, "x").unwrap();
        let (files, never) = (files(), Cancel::default());
        let delivery = Delivery { folder: place.path(), files: &files, over: false };
        assert_eq!(delivery.as_folder(&RealDisk, &never), Err(NotDelivered::There(there)));
        assert_eq!(sorted(tree(place.path())), ["王/", "王/甲.ann=x"]);
        Delivery { over: true, ..delivery }.as_folder(&RealDisk, &never).unwrap();
        assert_eq!(sorted(tree(place.path())), ALL);
    }

    #[test]
    fn what_fails_or_is_stopped_leaves_nothing() {
        let files = files();
        for at in 0..20 {
            let place = tempfile::tempdir().unwrap();
            let inside = place.path().join("内");
            std::fs::create_dir(&inside).unwrap();
            for (folder, own) in [(inside.clone(), false), (place.path().join("出"), true)] {
                let disk = Failing::at(at);
                let delivery = Delivery { folder: &folder, files: &files, over: false };
                let never = Cancel::default();
                let done = if own { delivery.as_folder(&disk, &never) } else { delivery.into_folder(&disk, &never) };
                let is_reached = disk.count.load(Ordering::Relaxed) > at;
                assert_eq!(done.is_err(), is_reached, "{at} {own}");
                let is_left = if own { folder.exists() } else { !tree(&folder).is_empty() };
                assert_eq!(is_left, !is_reached, "{at} {own} {:?}", tree(place.path()));
            }
            assert!(!tree(place.path()).iter().any(|name| name.contains("jiannuo-tmp")), "{at}");
        }
        let (place, cancel) = (tempfile::tempdir().unwrap(), Cancel::default());
        cancel.cancel();
        let folder = place.path().join("出");
        let stopped = Delivery { folder: &folder, files: &files, over: false }.as_folder(&RealDisk, &cancel);
        assert_eq!((stopped, tree(place.path())), (Err(NotDelivered::Stopped), Vec::new()));
    }

    #[test]
    fn a_report_and_what_is_kept_of_it_are_never_replaced() {
        let desk = Desk::new();
        let (root, kept) = (desk.root(), desk.here.path());
        let deliver = |folder: &Path, name: &str| {
            Delivery { folder, files: &[(name.to_owned(), b"new")], over: true }.into_folder(&RealDisk, &Cancel::default())
        };
        let (versions, project) = (kept.join("versions"), root.join("jiannuo"));
        std::fs::create_dir(&versions).unwrap();
        for (place, name) in [(root, "甲.txt"), (kept, "张三.ron"), (kept, "new.xlsx"), (&versions, "old.ron"), (&project, "project.ron")]
        {
            assert_eq!(deliver(place, name), Err(NotDelivered::Kept(place.join(name))));
        }
        assert_eq!(std::fs::read(&desk.path).unwrap(), desk.report.text().as_str().as_bytes());
        let copies = root.join("brat");
        std::fs::create_dir(&copies).unwrap();
        std::fs::write(copies.join("甲.txt"), "an older text of it").unwrap();
        assert_eq!(deliver(&copies, "甲.txt"), Ok(()), "an export may hold a text of the report's name");
        assert_eq!(deliver(root, "甲.xlsx"), Ok(()));
        assert_eq!(deliver(root, "甲.xlsx"), Ok(()), "a former export may be replaced where that is asked for");
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("内");
        std::fs::create_dir(&folder).unwrap();
        for path in ["../x", "/etc/x", "a/../../x", "a//b", "", "."] {
            let files = [(path.to_owned(), b"x".as_slice())];
            let delivery = Delivery { folder: &folder, files: &files, over: true };
            let refused = delivery.into_folder(&RealDisk, &Cancel::default());
            assert!(matches!(refused, Err(NotDelivered::Store(StoreError::NotAllowed(_)))), "{path}");
        }
        assert_eq!(tree(place.path()), ["内/"]);
    }
}
