//! Where things are kept: the `jiannuo` folder beside the reports, and the user's own folders.

use super::disk::{Disk, is_file, is_folder};
use super::error::StoreError;
use super::names::file_name_of;
use super::wire::Role;
use crate::annotation::Person;
use crate::report::ReportId;
use etcetera::BaseStrategy;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder in a project that holds everything the program keeps for it.
const KEPT: &str = "jiannuo";
/// The folder in a report's folder that holds what people submitted.
const SUBMITTED: &str = "submitted";

/// The index of a project's reports.
pub(super) fn index_file(root: &Path) -> PathBuf {
    root.join(KEPT).join("index.jsonl")
}

/// What says that a folder is a project.
pub(super) fn project_file(root: &Path) -> PathBuf {
    root.join(KEPT).join("project.ron")
}

/// The folders above a report that are projects, nearest first.
fn projects_above<'a>(disk: &'a dyn Disk, report: &'a Path) -> impl Iterator<Item = &'a Path> {
    let beside = report.parent().unwrap_or(Path::new("."));
    beside.ancestors().take(8).filter(|folder| is_file(disk, &project_file(folder)))
}

/// The project a report belongs to: the nearest folder above it that is one, or else its own.
fn project_of<'a>(disk: &'a dyn Disk, report: &'a Path) -> &'a Path {
    projects_above(disk, report).next().unwrap_or_else(|| report.parent().unwrap_or(Path::new(".")))
}

/// The project whose own file holds for what is kept in a folder: the nearest above it that has one, itself first, or else
/// itself.
pub(super) fn project_for<'a>(disk: &dyn Disk, folder: &'a Path) -> &'a Path {
    folder.ancestors().take(8).find(|above| is_file(disk, &project_file(above))).unwrap_or(folder)
}

/// Whether a folder lies inside a project.
pub(super) fn is_inside_project(disk: &dyn Disk, folder: &Path) -> bool {
    folder.ancestors().skip(1).take(8).any(|above| is_file(disk, &project_file(above)))
}

/// The folder of one report inside `jiannuo/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFolder {
    folder: PathBuf,
}

impl ReportFolder {
    /// The folder of a report that lies at `report`: the one that holds its hash, or the one to make.
    ///
    /// A report in a folder below a project belongs to that project.
    /// Where it has a folder beside it from before the project was one, that one holds its tags.
    pub fn find(disk: &dyn Disk, report: &Path, id: ReportId) -> Self {
        let beside = report.parent().unwrap_or(Path::new("."));
        let project = project_of(disk, report);
        let above = projects_above(disk, report).filter(|above| *above != project && *above != beside);
        Self::there(disk, project, id)
            .or_else(|| Self::there(disk, beside, id).filter(|_| beside != project))
            .or_else(|| above.into_iter().find_map(|above| Self::there(disk, above, id)))
            .unwrap_or_else(|| Self::to_make(project, report, id))
    }

    /// The folder of a report as [`Self::find`] or, with a project of one's choice, [`Self::inside`] finds it.
    ///
    /// # Errors
    /// If a folder that may hold it cannot be listed: a second one must not be made beside it.
    pub fn locate(disk: &dyn Disk, report: &Path, id: ReportId, project: Option<&Path>) -> Result<Self, StoreError> {
        let found = match project {
            Some(project) => Self::inside(disk, project, report, id),
            None => Self::find(disk, report, id),
        };
        if is_folder(disk, &found.folder) {
            return Ok(found);
        }
        for kept in [found.folder.parent().map(Path::to_owned), Some(Self::kept_beside(report))].into_iter().flatten() {
            match disk.list(&kept) {
                Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                    return Err(StoreError::of(&kept, &error));
                }
                Ok(_) | Err(_) => {}
            }
        }
        // What could not be listed a moment ago may be there all the same.
        Ok(match project {
            Some(project) => Self::inside(disk, project, report, id),
            None => Self::find(disk, report, id),
        })
    }

    /// The folder that holds everything kept for a project: the one chosen, or the one the report lies in.
    pub fn kept_for(disk: &dyn Disk, report: &Path, project: Option<&Path>) -> PathBuf {
        project.unwrap_or_else(|| project_of(disk, report)).join(KEPT)
    }

    /// The folder that held what was kept of a report before it belonged to a project.
    pub fn kept_beside(report: &Path) -> PathBuf {
        report.parent().unwrap_or(Path::new(".")).join(KEPT)
    }

    /// The folder of a report inside a project folder of one's choice.
    pub fn inside(disk: &dyn Disk, project: &Path, report: &Path, id: ReportId) -> Self {
        Self::there(disk, project, id).unwrap_or_else(|| Self::to_make(project, report, id))
    }

    /// The folder of a report that is there already.
    fn there(disk: &dyn Disk, project: &Path, id: ReportId) -> Option<Self> {
        let ending = format!("~{}", id.short());
        let folders = disk.list(&project.join(KEPT)).ok()?;
        let folder = folders.into_iter().find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&ending)))?;
        Some(Self { folder })
    }

    /// The folder that a report gets.
    fn to_make(project: &Path, report: &Path, id: ReportId) -> Self {
        let name = report.file_stem().map(|stem| file_name_of(&stem.to_string_lossy())).unwrap_or_default();
        Self { folder: project.join(KEPT).join(format!("{name}~{}", id.short())) }
    }

    /// A folder known by its path.
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder that a person's file lies in, or that its submitted copy lies below.
    pub fn around(person_file: &Path) -> Self {
        let beside = person_file.parent().unwrap_or(Path::new(""));
        let is_submitted = beside.file_name().is_some_and(|name| name == SUBMITTED);
        let folder = if is_submitted { beside.parent().unwrap_or(beside) } else { beside };
        Self::at(folder.to_owned())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Whether it is named after a report, as far as its name says.
    pub fn is_of(&self, id: ReportId) -> bool {
        let name = self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.rsplit_once('~').is_none_or(|(_, short)| short == id.short())
    }

    /// The project folder it lies in: the one that holds `jiannuo/`.
    pub fn project(&self) -> Option<&Path> {
        self.folder.parent()?.parent()
    }

    /// The report's own file.
    pub fn report_file(&self) -> PathBuf {
        self.folder.join("report.ron")
    }

    /// The source text, where it was extracted from another format.
    pub fn source_file(&self) -> PathBuf {
        self.folder.join("source.txt")
    }

    /// The folder of submitted copies in it, in which people's files are called as they are here.
    pub fn submitted(&self) -> Self {
        Self::at(self.folder.join(SUBMITTED))
    }

    /// The people's files in it.
    pub fn person_files(&self, disk: &dyn Disk) -> Vec<PathBuf> {
        disk.list(&self.folder).unwrap_or_default().into_iter().filter(|path| self.is_person_file(path)).collect()
    }

    /// Whether a file in it is named as people's files are.
    pub fn is_person_file(&self, path: &Path) -> bool {
        path.extension().is_some_and(|end| end == "ron")
            && path.file_name().is_some_and(|name| name != "report.ron" && !name.to_string_lossy().starts_with('.'))
    }

    /// The file name a new file of a person gets in a role: free of `taken` names, compared as file systems do that fold case.
    pub fn new_person_file(&self, person: &Person, role: &Role, taken: &[PathBuf]) -> PathBuf {
        let base = stem_of(person, role);
        let is_taken = |name: &str| {
            name.to_lowercase() == "report.ron"
                || taken
                    .iter()
                    .any(|path| path.file_name().is_some_and(|other| other.to_string_lossy().to_lowercase() == name.to_lowercase()))
        };
        let plain = format!("{base}.ron");
        let with_id = || format!("{base}-{}.ron", person.id.to_string().chars().take(8).collect::<String>());
        self.folder.join(if is_taken(&plain) { with_id() } else { plain })
    }
}

/// How a person's file is called in a role, without its ending, where nobody else has that name.
pub(super) fn stem_of(person: &Person, role: &Role) -> String {
    let name = file_name_of(&person.name);
    match role {
        Role::Adjudication => format!("{name}-{}", role.key()),
        Role::Annotation | Role::Other(_) => name,
    }
}

/// The user's own folders on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFolders {
    /// Journals and what is remembered; never on a share.
    pub state: PathBuf,
    /// Pasted reports.
    pub data: PathBuf,
}

impl LocalFolders {
    /// The folders of the system's user, or below `JIANNUO_HOME` where that is set.
    pub fn of_user() -> Self {
        if let Some(home) = std::env::var_os("JIANNUO_HOME").filter(|home| !home.is_empty()) {
            return Self::below(Path::new(&home));
        }
        etcetera::choose_base_strategy().map_or_else(
            |_| Self::below(&std::env::temp_dir().join("jiannuo")),
            |base| Self {
                state: base.state_dir().unwrap_or_else(|| base.data_dir()).join("jiannuo"),
                data: base.data_dir().join("jiannuo"),
            },
        )
    }

    /// Both folders below one.
    pub fn below(home: &Path) -> Self {
        Self { state: home.join("state"), data: home.join("data") }
    }

    /// Where journals are.
    pub fn journals(&self) -> PathBuf {
        self.state.join("journal")
    }

    /// Where settings and recent files are.
    pub fn memory_file(&self) -> PathBuf {
        self.state.join("memory.ron")
    }

    /// Where pasted texts become reports.
    pub fn pasted(&self) -> PathBuf {
        self.data.join("pasted")
    }
}
