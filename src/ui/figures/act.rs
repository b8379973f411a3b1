//! What the actions on figures do; and writing what comes of a review.

use super::ReviewFile;
use crate::annotation::Person;
use crate::exchange::{
    Agreement, Called as CalledBy, Handed, HandedLayer, HandedReport, NotWritten, Office, Options, agreement_page, case_matrix, feedback,
    figures_csv, figures_xlsx, methods, run_matrix, write_decisions,
};
use crate::review::figures::Basis;
use crate::session::{Command, Document, KeepCommand, What};
use crate::store::{StoreError, file_name_of, now, replace};
use crate::ui::action::FiguresAction;
use crate::ui::app::App;
use crate::ui::dialogs::{Dialog, PathDialog, Purpose, choose_folder, choose_to_write};
use crate::ui::layers::Called;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

impl App {
    /// Carries out an action on figures.
    pub(in crate::ui) fn act_on_figures(&mut self, ctx: &egui::Context, action: FiguresAction) {
        match action {
            FiguresAction::Toggle if self.review_shown().is_some() => self.figures.toggle(),
            FiguresAction::Toggle => {}
            FiguresAction::Write(file) => self.ask_where_to_write(ctx, file),
            FiguresAction::CopyMethods => {
                let paragraph = self.with_figures(|agreement, _| methods(agreement));
                paragraph.into_iter().for_each(|paragraph| ctx.copy_text(paragraph));
            }
        }
    }

    /// Asks for the file to write, by the name of the report and of what it is; for pages of feedback for a folder.
    fn ask_where_to_write(&mut self, ctx: &egui::Context, file: ReviewFile) {
        let Some(document) = self.review_shown() else { return };
        let (title, purpose) = (self.words.get(file.heading()), Purpose::WriteReview(file));
        let chosen = if file.is_folder() {
            choose_folder(ctx, title, purpose)
        } else {
            let report = document.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let name = format!("{report} {}.{}", self.words.named("review_name", file.key()), file.ending());
            choose_to_write(ctx, title, purpose, &name, file.ending())
        };
        self.choice = Some((chosen, Instant::now()));
    }

    /// Writes what comes of the review shown to a place that was chosen.
    pub(in crate::ui) fn write_review(&mut self, file: ReviewFile, path: PathBuf) {
        if file.is_folder() {
            return self.write_feedback(&path);
        }
        let to = with_ending(&path, file.ending());
        // The system asked about the name without the ending.
        if to != path && to.exists() {
            self.dialog = Some(Dialog::Path(PathDialog::taken(Purpose::WriteReview(file), &to)));
            return;
        }
        let Some(bytes) = self.written(file) else { return };
        let written = bytes.map_err(|error| match error {
            NotWritten::TooManyRows => StoreError::TooLarge(to.clone()),
            NotWritten::Other(words) => StoreError::Other { path: to.clone(), words },
        });
        let written = written.and_then(|bytes| replace(self.runner.disk().as_ref(), &to, &bytes));
        self.tell_written(written, to, 1);
    }

    /// What a file holds.
    fn written(&self, file: ReviewFile) -> Option<Result<Vec<u8>, NotWritten>> {
        let text = match file {
            ReviewFile::Figures => self.with_figures(|agreement, _| figures_csv(agreement)),
            ReviewFile::Workbook => return self.with_figures(|agreement, _| figures_xlsx(agreement, now())),
            ReviewFile::Page => self.with_figures(|agreement, _| agreement_page(agreement)),
            ReviewFile::Cases => self.with_figures(case_matrix),
            ReviewFile::Runs => self.with_figures(run_matrix),
            ReviewFile::Decisions => self.with_people(write_decisions),
            ReviewFile::Feedback => None,
        };
        text.map(|text| Ok(text.into_bytes()))
    }

    /// Writes a page for each of those who tagged, over none that is there.
    fn write_feedback(&mut self, folder: &Path) {
        let pages = self.with_people(|handed, called| {
            let pages = feedback(handed, called).into_iter();
            pages.map(|told| (called(&told.person), told.page)).collect::<Vec<(String, String)>>()
        });
        let Some(pages) = pages else { return };
        let disk = self.runner.disk();
        let mut written = Ok(());
        for (name, page) in &pages {
            let path = free(folder, &file_name_of(&self.words.fill("feedback_file", &[name])));
            written = written.and_then(|()| replace(disk.as_ref(), &path, page.as_bytes()));
        }
        self.tell_written(written, folder.to_owned(), pages.len());
    }

    fn tell_written(&mut self, written: Result<(), StoreError>, path: PathBuf, files: usize) {
        let what = match written {
            Ok(()) => What::ReviewWritten { path, files },
            Err(error) => What::ReviewNotWritten(error),
        };
        self.carry_out(Command::Keep(KeepCommand::Tell(Box::new(what))));
    }

    fn review_shown(&self) -> Option<&Document> {
        self.state.document().filter(|document| document.is_review())
    }

    /// Hands on the figures of the review shown, and what they are reckoned from.
    fn with_figures<T>(&self, then: impl FnOnce(Agreement<'_>, &Basis<'_>) -> T) -> Option<T> {
        let document = self.review_shown()?;
        let measurement = document.measurement()?;
        // Those that were reckoned last may be of what was there before.
        let known = document.figures().filter(|_| !document.is_measuring());
        let figures = known.map_or_else(|| Arc::new(measurement.figures()), Arc::clone);
        let called = Called::of(&self.state, document, &self.words);
        let people: Vec<String> = figures.people.iter().map(|person| called.name(&person.person)).collect();
        let name = document.name();
        let sample = document.measure().and_then(|measure| measure.sample.as_deref());
        let agreement =
            Agreement { figures: &figures, report: &document.report, name: &name, people: &people, sample, labels: &self.words };
        Some(measurement.reckon(|basis| then(agreement, basis)))
    }

    /// Hands on the report of the review shown with what people tagged and decided.
    fn with_people<T>(&self, then: impl FnOnce(Handed<'_>, CalledBy<'_>) -> T) -> Option<T> {
        let document = self.review_shown()?;
        let person = self.state.person()?;
        let own = HandedLayer { person: &person, role: Office::Adjudication, annotations: &document.annotations };
        let others = document.layers().all.iter().filter_map(|layer| {
            let role = Office::from_key(layer.role.key())?;
            Some(HandedLayer { person: &layer.person, role, annotations: &layer.annotations })
        });
        let layers: Vec<HandedLayer<'_>> = others.chain([own]).collect();
        let name = document.name();
        let reports = [HandedReport { report: &document.report, name: &name, layers: &layers }];
        let options = Options { reading: document.view, ..Options::default() };
        let called = Called::of(&self.state, document, &self.words);
        let handed = Handed { reports: &reports, book: document.codebook(), options: &options, labels: &self.words };
        Some(then(handed, &|person: &Person| called.name_outside(person)))
    }
}

/// A path that ends as what is written there does.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    if path.extension().is_some_and(|there| there.eq_ignore_ascii_case(ending)) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    PathBuf::from(name)
}

/// A page in a folder where there is none of its name yet.
fn free(folder: &Path, name: &str) -> PathBuf {
    let first = folder.join(format!("{name}.html"));
    let others = (2..).map(|number: u32| folder.join(format!("{name} {number}.html")));
    let free = std::iter::once(first.clone()).chain(others).find(|path| !path.exists());
    free.unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_what_is_in_it() {
        for (path, expected) in [("/甲/表", "/甲/表.csv"), ("/甲/表.CSV", "/甲/表.CSV"), ("/甲/2024.12", "/甲/2024.12.csv")] {
            assert_eq!(with_ending(Path::new(path), "csv"), PathBuf::from(expected));
        }
    }

    #[test]
    fn no_page_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(free(folder.path(), "反馈 甲"), folder.path().join("反馈 甲.html"));
        std::fs::write(folder.path().join("反馈 甲.html"), "").unwrap();
        assert_eq!(free(folder.path(), "反馈 甲"), folder.path().join("反馈 甲 2.html"));
    }
}
