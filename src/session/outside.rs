//! Whether something is about to be stored outside the folders of the reports it is taken from.

use super::document::Document;
use super::project::Project;
use super::state::State;
use crate::exchange::{highest, stamp_of};
use crate::report::Secrecy;
use crate::store::Card;
use std::path::{Component, Path, PathBuf};

/// What is about to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stored {
    /// The tags of the active report, with the words they stand on.
    Tags,
    /// What the reports of the folder are, as a table.
    Facts,
    /// Reports with all that is kept of them, as a pack.
    Pack,
    /// What came of the active review, as a file.
    Review,
    /// What was decided, for each of those who tagged, as files in a folder.
    Feedback,
    /// The active report with its tags, in another program's format.
    Export,
    /// The reports of the folder with their tags, likewise.
    Exports,
}

impl Stored {
    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::Facts => "facts",
            Self::Pack => "pack",
            Self::Review => "review",
            Self::Feedback => "feedback",
            Self::Export => "export",
            Self::Exports => "exports",
        }
    }
}

/// A report that something is taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concerned {
    /// The folders that are its own: the one it lies in, and its project.
    pub homes: Vec<PathBuf>,
    /// Its level of secrecy, where it has one.
    pub secrecy: Option<Secrecy>,
}

/// Something that would be stored outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// What.
    pub what: Stored,
    /// The folder or file that was chosen.
    pub place: PathBuf,
    /// How many of the reports it is outside of.
    pub reports: usize,
    /// The highest level among them.
    pub secrecy: Option<Secrecy>,
}

impl Outside {
    /// The folder it would be stored in.
    pub fn folder(&self) -> &Path {
        match self.what {
            Stored::Tags | Stored::Feedback => &self.place,
            Stored::Facts | Stored::Pack | Stored::Review | Stored::Export | Stored::Exports => self.place.parent().unwrap_or(&self.place),
        }
    }
}

/// Whether what is taken from these reports would be stored outside the folders of one of them.
pub fn outside(what: Stored, place: &Path, reports: &[Concerned]) -> Option<Outside> {
    let straight = straightened(place);
    let is_home = |home: &PathBuf| straight.starts_with(straightened(home));
    let away: Vec<&Concerned> = reports.iter().filter(|report| !report.homes.iter().any(is_home)).collect();
    let secrecy = away.iter().filter_map(|report| report.secrecy).max();
    (!away.is_empty()).then(|| Outside { what, place: place.to_owned(), reports: away.len(), secrecy })
}

/// A path without `.` and `..`: what only begins as a folder does is not in it.
fn straightened(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir => {
                straight.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => straight.push(step),
        }
    }
    straight
}

/// The reports that something is taken from.
pub fn concerned(state: &State, what: Stored) -> Vec<Concerned> {
    match (what, &state.project) {
        (Stored::Facts | Stored::Pack | Stored::Exports, Some(project)) => {
            project.cards.iter().map(|card| of_card(state, project, card)).collect()
        }
        (Stored::Tags | Stored::Pack | Stored::Review | Stored::Feedback | Stored::Export, project) => {
            state.document().map(|document| of_document(document, project.as_ref())).into_iter().collect()
        }
        (Stored::Facts | Stored::Exports, None) => Vec::new(),
    }
}

fn of_document(document: &Document, project: Option<&Project>) -> Concerned {
    let folder = document.path.parent().map(Path::to_owned);
    let above = [document.keeping.folder.project(), project.map(|project| project.root.as_path())];
    let above = above.into_iter().flatten().filter(|above| document.path.starts_with(above)).map(Path::to_owned);
    Concerned { homes: folder.into_iter().chain(above).collect(), secrecy: stamp_of(&document.report) }
}

/// What is corrected in a report that is open may not stand in its card yet.
fn of_card(state: &State, project: &Project, card: &Card) -> Concerned {
    let open = state.document_of(&card.path).and_then(|document| stamp_of(&document.report));
    let known = card.state.as_ref().ok();
    let known = known.and_then(|known| highest(std::iter::once(&known.facts).chain(known.parts.iter().map(|part| &part.facts))));
    Concerned { homes: vec![project.root.clone()], secrecy: open.max(known) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(homes: &[&str], secrecy: Option<Secrecy>) -> Concerned {
        Concerned { homes: homes.iter().map(PathBuf::from).collect(), secrecy }
    }

    #[test]
    fn a_place_is_inside_or_outside() {
        let one = [report(&["/工作/2024", "/工作"], None)];
        for (place, is_outside) in [
            ("/工作/2024/表.csv", false),
            ("/工作/表.csv", false),
            ("/工作", false),
            ("/工作/2024/../2023/表.csv", false),
            ("/工作/../优盘/表.csv", true),
            ("/工作2024/表.csv", true),
            ("/表.csv", true),
            ("/优盘/工作/表.csv", true),
        ] {
            assert_eq!(outside(Stored::Facts, Path::new(place), &one).is_some(), is_outside, "{place}");
        }
        assert_eq!(outside(Stored::Facts, Path::new("/优盘/表.csv"), &[]), None, "nothing is taken from no report");
    }

    #[test]
    fn the_highest_level_of_the_reports_that_leave_counts() {
        let reports = [
            report(&["/甲"], Some(Secrecy::TopSecret)),
            report(&["/乙"], Some(Secrecy::Internal)),
            report(&["/丙"], Some(Secrecy::Confidential)),
            report(&["/丁"], None),
        ];
        let found = outside(Stored::Pack, Path::new("/甲/包.zip"), &reports);
        let expected = Outside { what: Stored::Pack, place: "/甲/包.zip".into(), reports: 3, secrecy: Some(Secrecy::Confidential) };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn the_folder_that_is_asked_about() {
        let reports = [report(&["/甲"], None)];
        let folder = |what| outside(what, Path::new("/乙/丙"), &reports).map(|outside| outside.folder().to_owned());
        assert_eq!(folder(Stored::Tags), Some("/乙/丙".into()));
        assert_eq!(folder(Stored::Facts), Some("/乙".into()));
    }
}
