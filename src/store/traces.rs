//! What is left on this machine once journals and memory are cleared.

use super::atomic::sweep;
use super::disk::Disk;
use super::folders::LocalFolders;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Removes texts and locks whose journal is gone, and returns what stays beside the memory: journals that hold work or are
/// held by a running program, copies of damaged files, what could not be removed.
pub fn clear_leftovers(disk: &dyn Disk, folders: &LocalFolders) -> Vec<PathBuf> {
    let memory = folders.memory_file();
    let person = memory.with_file_name("person.ron");
    let mut left: Vec<PathBuf> = files_in(disk, &folders.state).into_iter().filter(|path| *path != memory && *path != person).collect();
    let journals = files_in(disk, &folders.journals());
    for path in &journals {
        let beside = path.extension().is_some_and(|end| end == "source" || end == "lock");
        // What belongs to a journal goes, and is named, with it.
        if beside && journals.contains(&path.with_extension("journal")) {
            continue;
        }
        if !(beside && is_free(disk, path) && disk.remove(path).is_ok()) {
            left.push(path.clone());
        }
    }
    left
}

/// The files in a folder, what was cut off while it was written swept away; the folder itself if it cannot be looked into.
fn files_in(disk: &dyn Disk, folder: &Path) -> Vec<PathBuf> {
    sweep(disk, folder);
    match disk.entries(folder) {
        Ok(entries) => entries.into_iter().filter(|entry| !entry.is_folder).map(|entry| entry.path).collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(_) => vec![folder.to_owned()],
    }
}

/// Whether no running program is about to begin a journal beside this.
fn is_free(disk: &dyn Disk, beside: &Path) -> bool {
    match disk.try_lock(&beside.with_extension("lock"), false) {
        Ok(lock) => lock.is_some(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::super::disk::RealDisk;
    use super::*;

    #[test]
    fn what_belongs_to_no_journal_goes_and_what_holds_work_is_named() {
        let home = tempfile::tempdir().unwrap();
        let folders = LocalFolders::below(home.path());
        std::fs::create_dir_all(folders.journals()).unwrap();
        std::fs::create_dir_all(folders.state.join("samples")).unwrap();
        assert!(clear_leftovers(&RealDisk, &folders).is_empty());
        let write = |path: PathBuf| std::fs::write(path, "x").unwrap();
        ["memory.ron", "person.ron", "memory.ron.damaged-1"].iter().for_each(|name| write(folders.state.join(name)));
        ["1.journal", "1.source", "1.lock", "2.source", "2.lock", "3.lock"].iter().for_each(|name| write(folders.journals().join(name)));
        let held = RealDisk.try_lock(&folders.journals().join("3.lock"), false).unwrap();
        assert!(held.is_some());
        let expected =
            [folders.state.join("memory.ron.damaged-1"), folders.journals().join("1.journal"), folders.journals().join("3.lock")];
        assert_eq!(clear_leftovers(&RealDisk, &folders), expected);
        let mut names: Vec<String> =
            std::fs::read_dir(folders.journals()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(names, ["1.journal", "1.lock", "1.source", "3.lock"]);
    }
}
