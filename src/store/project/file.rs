//! A project's own file, `jiannuo/project.ron`: it marks the folder as a project, and says whether proposals are shown and
//! how it is reviewed.

use super::reviewing::WireSample;
use crate::store::atomic::replace;
use crate::store::checksum::{Seal, seal, unseal};
use crate::store::disk::{Disk, is_file};
use crate::store::error::StoreError;
use crate::store::files::keep_damaged;
use crate::store::folders::{is_inside_project, project_file, project_for};
use crate::store::read::read_limited;
use crate::store::wire::{self, Ext, WirePerson};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The name of the format.
const FORMAT: &str = "jiannuo project";
/// The largest file that is read, in bytes.
pub(super) const LARGEST: u64 = 16 * 1024 * 1024;

/// What it says.
#[derive(Serialize, Deserialize)]
pub(super) struct ProjectFile {
    format: String,
    version: u32,
    #[serde(default)]
    minor: u32,
    #[serde(default = "shown", skip_serializing_if = "is_shown")]
    proposals: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) blind: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) deciders: Vec<WirePerson>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) samples: Vec<WireSample>,
    #[serde(default, skip_serializing_if = "Ext::is_empty")]
    ext: Ext,
}

/// What a file says that does not speak of proposals.
const fn shown() -> bool {
    true
}

const fn is_shown(shown: &bool) -> bool {
    *shown
}

impl ProjectFile {
    fn new() -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: wire::MAJOR,
            minor: wire::MINOR,
            proposals: true,
            blind: false,
            deciders: Vec::new(),
            samples: Vec::new(),
            ext: Ext::new(),
        }
    }

    /// What a file says; one that cannot be understood says nothing but, in a line that is whole, that people tag blind.
    pub(super) fn of(text: &str) -> Self {
        let is_blind = || text.lines().any(|line| line.trim() == "blind: true,");
        Self::parse(text).unwrap_or_else(|| Self { blind: is_blind(), ..Self::new() })
    }

    fn parse(text: &str) -> Option<Self> {
        wire::parse::<Self>(text).ok().filter(|file| file.format == FORMAT)
    }

    fn save(&self, disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
        if let Some(folder) = path.parent() {
            disk.make_folder(folder).map_err(|error| StoreError::of(folder, &error))?;
        }
        replace(disk, path, seal(wire::print(self)).as_bytes())
    }
}

/// Marks a folder as a project, so that reports in folders below it keep their tags here.
///
/// # Errors
/// If it cannot be written: tags are then kept beside each report.
pub fn mark_project(disk: &dyn Disk, root: &Path) -> Result<(), StoreError> {
    let path = project_file(root);
    // A folder inside a project keeps its tags there.
    if is_file(disk, &path) || is_inside_project(disk, root) {
        return Ok(());
    }
    ProjectFile::new().save(disk, &path)
}

/// Whether a project shows proposals: yes, unless its file says no.
pub(in crate::store) fn shows_proposals(disk: &dyn Disk, root: &Path) -> bool {
    let file = read_limited(disk, &project_file(root), LARGEST).ok().and_then(|bytes| ProjectFile::parse(&unseal(&bytes).0));
    file.is_none_or(|file| file.proposals)
}

/// Says in a project's file whether it shows proposals.
///
/// # Errors
/// If it cannot be read or written, or a newer program wrote it; it is then as it was.
pub fn show_proposals(disk: &dyn Disk, root: &Path, shown: bool) -> Result<(), StoreError> {
    change(disk, root, |file| file.proposals = shown)
}

/// Changes what the file of a folder's project says, or makes one. What else stands in it stays.
pub(super) fn change(disk: &dyn Disk, root: &Path, change: impl FnOnce(&mut ProjectFile)) -> Result<(), StoreError> {
    let path = project_file(project_for(disk, root));
    let mut file = match read_limited(disk, &path, LARGEST) {
        Ok(bytes) => {
            let (text, seal) = unseal(&bytes);
            let there = ProjectFile::parse(&text);
            if there.as_ref().is_some_and(|file| file.version > wire::MAJOR) {
                return Err(StoreError::NotAllowed(path));
            }
            if there.is_none() || seal == Seal::Broken {
                keep_damaged(disk, &path)?;
            }
            ProjectFile { version: wire::MAJOR, ..ProjectFile::of(&text) }
        }
        Err(StoreError::Missing(_)) => ProjectFile::new(),
        Err(error) => return Err(error),
    };
    change(&mut file);
    file.save(disk, &path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::disk::RealDisk;

    #[test]
    fn a_project_shows_proposals_until_its_file_says_no() {
        let folder = tempfile::tempdir().unwrap();
        let (root, path) = (folder.path(), project_file(folder.path()));
        assert!(shows_proposals(&RealDisk, root));
        mark_project(&RealDisk, root).unwrap();
        let marked = std::fs::read_to_string(&path).unwrap();
        assert!(shows_proposals(&RealDisk, root) && !marked.contains("proposals"));
        show_proposals(&RealDisk, &root.join("2023"), false).unwrap();
        assert!(!shows_proposals(&RealDisk, root), "a folder inside the project has its file");
        show_proposals(&RealDisk, root, true).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), marked);
    }

    #[test]
    fn what_others_wrote_into_the_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (root, path) = (folder.path(), project_file(folder.path()));
        std::fs::create_dir(path.parent().unwrap()).unwrap();
        let write = |text: &str| std::fs::write(&path, text).unwrap();
        write("(format: \"jiannuo project\", version: 1, minor: 4, ext: {\"colour\": (1, 2)})");
        show_proposals(&RealDisk, root, false).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().contains("(1, 2)"));
        write("(format: \"jiannuo project\", version: 2, everything: 1)");
        assert_eq!(show_proposals(&RealDisk, root, false), Err(StoreError::NotAllowed(path.clone())));
        write("nothing that can be understood");
        show_proposals(&RealDisk, root, false).unwrap();
        assert!(!shows_proposals(&RealDisk, root));
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 2, "what stood there is kept beside");
    }
}
