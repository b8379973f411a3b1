//! Where an export goes: the place as typed, the files that would be written there, and what stands in their way.

use crate::exchange::{Format, Shape};
use crate::locale::Words;
use crate::session::{Outside, State, Stored, concerned, outside};
use crate::ui::action::{Action, Asked, ExchangeAction};
use crate::ui::dialogs::text::path_in;
use egui::{Label, RichText, TextEdit, Ui};
use std::path::{Path, PathBuf, is_separator};

/// How many names of files are said.
const NAMED: usize = 4;

/// What would be written.
#[derive(Clone, Copy)]
pub(super) struct Meant<'a> {
    pub state: &'a State,
    pub format: Format,
    /// All reports of the folder, or the one that is shown.
    pub all: bool,
    /// The paths of the files ([`Format::paths`]); of all reports those that are written in any case.
    pub paths: &'a [String],
}

impl Meant<'_> {
    const fn stored(&self) -> Stored {
        if self.all { Stored::Exports } else { Stored::Export }
    }

    /// Whether a file is a report: one that is open or listed is never written over.
    fn is_report(&self, file: &Path) -> bool {
        let is_listed = self.state.project.as_ref().is_some_and(|project| project.card(file).is_some());
        is_listed || self.state.documents.iter().any(|document| document.path == file)
    }
}

/// The place of an export.
#[derive(Debug, Default)]
pub(super) struct Place {
    typed: String,
    /// The place that is offered. What is typed without a folder lies beside it.
    offered: PathBuf,
    /// Whether another one was typed or chosen.
    is_own: bool,
    /// Whether what is there is written over.
    over: bool,
    /// Whether it was tried as it stands.
    tried: bool,
    /// Why that failed, and whether because something is there.
    failed: Option<(String, bool)>,
    found: Option<(Of, Found)>,
}

/// What was looked at, to know when to look again.
#[derive(Debug, PartialEq, Eq)]
struct Of {
    typed: String,
    format: Format,
    all: bool,
    paths: Vec<String>,
    /// Of the cards of the folder.
    edition: u64,
    /// Whether the disk was asked. It is not while a place is typed: a share may answer slowly.
    on_disk: bool,
}

/// What is known of a place.
#[derive(Debug)]
struct Found {
    /// The file, or the folder of several.
    path: PathBuf,
    is_folder: bool,
    files: Vec<PathBuf>,
    outside: Option<Outside>,
    problem: Option<Problem>,
}

/// What stands in the way.
#[derive(Debug)]
enum Problem {
    /// The folder in which it would lie is not there.
    NoFolder(PathBuf),
    /// A file stands where a folder would be.
    NotAFolder(PathBuf),
    /// A report stands there.
    Report(PathBuf),
    /// Files of these names are there.
    There(Vec<String>),
}

impl Problem {
    fn said(&self, words: &Words) -> String {
        let path = |path: &Path| path.display().to_string();
        match self {
            Self::NoFolder(folder) => words.fill("export_no_folder", &[&path(folder)]),
            Self::NotAFolder(file) => words.fill("export_not_a_folder", &[&path(file)]),
            Self::Report(file) => words.fill("export_is_report", &[&path(file)]),
            Self::There(names) => words.fill("export_there", &[&listed(names.iter().cloned(), names.len())]),
        }
    }
}

impl Place {
    /// Offers a place, which stands until another one is typed or chosen.
    pub(super) fn offer(&mut self, place: PathBuf) {
        if !self.is_own {
            self.typed = place.display().to_string();
            self.begin_anew();
        }
        self.offered = place;
        self.found = None;
    }

    /// A place was chosen in the system's dialog: in a folder for the folder of several files, that one is made.
    pub(super) fn put(&mut self, path: PathBuf, format: Format) {
        let name = file_name(Path::new(&self.typed));
        let is_in = format.shape() == Shape::Folder && path.is_dir() && file_name(&path) != name;
        let path = if is_in { path.join(name) } else { with_ending(path, format) };
        self.typed = path.display().to_string();
        self.is_own = true;
        self.begin_anew();
    }

    /// Names a place of somebody's own as another format is named.
    pub(super) fn rename(&mut self, from: Format, to: Format) {
        let path = PathBuf::from(&self.typed);
        if self.is_own && has_ending(&path, from) {
            self.typed = with_ending(path.with_extension(""), to).display().to_string();
            self.begin_anew();
        }
    }

    /// It was tried and failed.
    pub(super) fn fail(&mut self, why: String, is_there: bool) {
        (self.failed, self.found) = (Some((why, is_there)), None);
    }

    /// What was said of another place no longer holds.
    fn begin_anew(&mut self) {
        (self.over, self.tried, self.failed, self.found) = (false, false, None, None);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.typed.trim().is_empty()
    }

    /// The file, or the folder of several.
    pub(super) fn path(&self, format: Format) -> PathBuf {
        self.found.as_ref().map_or_else(|| self.leads_to(format, Path::is_dir), |(_, found)| found.path.clone())
    }

    /// Whether what is there is written over.
    pub(super) const fn over(&self) -> bool {
        self.over
    }

    /// Whether nothing stands in the way now.
    pub(super) fn is_free(&mut self, meant: Meant<'_>) -> bool {
        (self.tried, self.failed, self.found) = (true, None, None);
        self.look(meant, true);
        match self.found.as_ref().and_then(|(_, found)| found.problem.as_ref()) {
            Some(Problem::There(_)) => self.over,
            problem => problem.is_none(),
        }
    }

    /// Where it leads: a name without a folder lies beside the place that is offered; in a folder that is there a file gets the name
    /// that is offered; and a file is named as its format is.
    fn leads_to(&self, format: Format, is_folder: impl Fn(&Path) -> bool) -> PathBuf {
        let path = path_in(self.offered.parent().unwrap_or(Path::new("")), &self.typed);
        if format.shape() == Shape::Folder {
            path
        } else if self.typed.trim_end().ends_with(is_separator) || is_folder(&path) {
            path.join(file_name(&self.offered))
        } else {
            with_ending(path, format)
        }
    }

    /// Looks at the place if it is another one than before.
    fn look(&mut self, meant: Meant<'_>, on_disk: bool) {
        let Meant { state, format, all, paths } = meant;
        let edition = state.project.as_ref().map_or(0, |project| project.edition);
        let of = Of { typed: self.typed.clone(), format, all, paths: paths.to_vec(), edition, on_disk };
        if self.found.as_ref().is_none_or(|(looked_at, _)| *looked_at != of) {
            let path = self.leads_to(format, |path| on_disk && path.is_dir());
            self.found = Some((of, Found::at(path, meant, on_disk)));
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, meant: Meant<'_>, words: &Words, asked: &mut Asked) {
        ui.add_space(4.0);
        let typing = ui.horizontal(|ui| {
            ui.label(words.get("export_to"));
            let width = (ui.available_width() - 130.0).max(160.0);
            let field = ui.add(TextEdit::singleline(&mut self.typed).desired_width(width)).accessible_name(words.get("export_to"));
            if field.changed() {
                self.is_own = true;
                self.begin_anew();
            }
            if ui.button(words.get("export_choose")).clicked() {
                asked.action(Action::Exchange(ExchangeAction::ChoosePlace));
            }
            field.has_focus()
        });
        // What was tried stays said.
        self.look(meant, !typing.inner || self.tried);
        let Some((_, found)) = &self.found else { return };
        ui.add(Label::new(RichText::new(found.said(&self.typed, meant, words)).weak()).wrap());
        if let Some(outside) = &found.outside {
            let key = if outside.secrecy.is_some() { "export_outside_secret" } else { "export_outside" };
            ui.colored_label(ui.visuals().warn_fg_color, words.get(key));
        }
        let problem = found.problem.as_ref();
        let is_there = matches!(problem, Some(Problem::There(_))) || self.failed.as_ref().is_some_and(|(_, is_there)| *is_there);
        let said = problem.map(|problem| problem.said(words)).or_else(|| self.failed.as_ref().map(|(why, _)| why.clone()));
        if let Some(said) = said.filter(|_| !(is_there && self.over)) {
            ui.add(Label::new(RichText::new(said).color(ui.visuals().error_fg_color)).wrap());
        }
        if is_there || self.over {
            ui.checkbox(&mut self.over, words.get("export_over"));
        }
    }
}

impl Found {
    fn at(path: PathBuf, meant: Meant<'_>, on_disk: bool) -> Self {
        let folder = path.parent().unwrap_or(&path);
        let inside = |inside: &String| inside.split('/').fold(path.clone(), |path, step| path.join(step));
        let beside = meant.format.beside(&file_name(&path), meant.paths);
        let (is_folder, files): (bool, Vec<PathBuf>) = match beside {
            Some(names) => (false, names.iter().map(|name| folder.join(name)).collect()),
            None => (true, meant.paths.iter().map(inside).collect()),
        };
        let outside = outside(meant.stored(), &path, &concerned(meant.state, meant.stored()));
        let problem = on_disk.then(|| problem(meant, &path, is_folder, &files)).flatten();
        Self { path, is_folder, files, outside, problem }
    }

    /// What would be written, and where if that is not what was typed.
    fn said(&self, typed: &str, meant: Meant<'_>, words: &Words) -> String {
        let (path, count) = (self.path.display().to_string(), self.files.len().to_string());
        let is_typed = path == typed.trim();
        let name = |file: &PathBuf| match file.strip_prefix(&self.path) {
            Ok(inside) if self.is_folder => inside.display().to_string(),
            _ if !is_typed && *file == self.path => path.clone(),
            _ => file_name(file),
        };
        let names = listed(self.files.iter().map(name), self.files.len());
        match (self.is_folder, meant.all) {
            (true, true) => words.fill("export_writes_reports", &[&path]),
            (true, false) => words.fill("export_writes_folder", &[&path, &count, &names]),
            (false, true) if matches!(meant.format, Format::Csv | Format::Tsv) => words.fill("export_writes_links", &[&count, &names]),
            (false, _) => words.fill("export_writes", &[&count, &names]),
        }
    }
}

fn problem(meant: Meant<'_>, path: &Path, is_folder: bool, files: &[PathBuf]) -> Option<Problem> {
    let home = if is_folder && path.is_dir() { path } else { path.parent().unwrap_or(path) };
    if !home.is_dir() {
        return Some(Problem::NoFolder(home.to_owned()));
    }
    if is_folder && path.is_file() {
        return Some(Problem::NotAFolder(path.to_owned()));
    }
    if let Some(report) = files.iter().find(|file| meant.is_report(file)) {
        return Some(Problem::Report(report.clone()));
    }
    let there: Vec<String> = files.iter().filter(|file| file.exists()).map(|file| file_name(file)).collect();
    (!there.is_empty()).then_some(Problem::There(there))
}

/// Some names of so many, in a row.
fn listed(names: impl Iterator<Item = String>, count: usize) -> String {
    let more = if count > NAMED { "…" } else { "" };
    format!("{}{more}", names.take(NAMED).collect::<Vec<_>>().join("、"))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn has_ending(path: &Path, format: Format) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(format.ending()))
}

/// A path that ends as the files of a format do; that of a folder as it is.
fn with_ending(path: PathBuf, format: Format) -> PathBuf {
    if has_ending(&path, format) || format.shape() == Shape::Folder {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(format!(".{}", format.ending()));
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_its_format_is() {
        for (path, format, expected) in [
            ("/甲/表", Format::Csv, "/甲/表.csv"),
            ("/甲/表.CSV", Format::Csv, "/甲/表.CSV"),
            ("/甲/2024.12", Format::Xlsx, "/甲/2024.12.xlsx"),
            ("/甲/出", Format::Brat, "/甲/出"),
        ] {
            assert_eq!(with_ending(PathBuf::from(path), format), PathBuf::from(expected));
        }
    }

    /// A place beside `/甲/报告 标注.xlsx` as typed.
    fn typed(typed: &str) -> Place {
        Place { typed: typed.into(), offered: "/甲/报告 标注.xlsx".into(), is_own: true, ..Place::default() }
    }

    #[test]
    fn what_is_typed_leads_to_a_file_beside_the_one_that_is_offered() {
        let leads_to = |place: &str, format| typed(place).leads_to(format, |path| path == Path::new("/乙"));
        for (place, format, expected) in [
            ("表", Format::Xlsx, "/甲/表.xlsx"),
            ("表.csv", Format::Csv, "/甲/表.csv"),
            ("r.docx", Format::Json, "/甲/r.docx.json"),
            ("/乙", Format::Xlsx, "/乙/报告 标注.xlsx"),
            ("/丙/", Format::Xlsx, "/丙/报告 标注.xlsx"),
            (" \"/丙/表.xlsx\" ", Format::Xlsx, "/丙/表.xlsx"),
            ("/乙", Format::Brat, "/乙"),
            ("出", Format::Brat, "/甲/出"),
        ] {
            assert_eq!(leads_to(place, format), PathBuf::from(expected), "{place}");
        }
    }

    #[test]
    fn a_place_of_ones_own_follows_the_format_by_its_ending_only() {
        for (place, from, to, expected) in [
            ("/甲/表.csv", Format::Csv, Format::Json, "/甲/表.json"),
            ("/甲/2024.12", Format::Csv, Format::Json, "/甲/2024.12"),
            ("/甲/表.csv", Format::Csv, Format::Brat, "/甲/表"),
            ("/甲/出", Format::Brat, Format::Csv, "/甲/出"),
        ] {
            let mut own = typed(place);
            own.rename(from, to);
            assert_eq!(own.typed, expected);
        }
    }
}
