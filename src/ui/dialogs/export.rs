//! Handing tags over to other programs: in which format, what of them, where to; with a look at what will be written.

use super::{Outcome, buttons_ui, text::path_of};
use crate::annotation::{Codebook, KindId, Person, PersonId};
use crate::exchange::{DocxLayout, Format, Options, Shape};
use crate::locale::Words;
use crate::report::{Reading, ScriptView};
use crate::session::{Export, HandedWork, Spoken, State, Stored, concerned, with_handed};
use crate::ui::action::{Action, Asked, ExchangeAction};
use crate::ui::layers::Called;
use egui::{ComboBox, Frame, Grid, Label, RichText, TextEdit, Ui};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many lines of what will be written are shown.
const LINES: usize = 9;
/// How many characters of a line are shown.
const LONGEST: usize = 120;

/// What is handed over, as chosen so far.
#[derive(Debug)]
pub struct ExportDialog {
    format: Format,
    layout: DocxLayout,
    bom: bool,
    reading: ScriptView,
    /// All reports of the folder, or the one that is shown.
    all: bool,
    /// The people of the report that is shown, and whether they are meant.
    people: Vec<(Person, bool)>,
    /// Of all reports, only the user's own tags.
    own: bool,
    kinds: Vec<(KindId, bool)>,
    /// The place as typed.
    to: String,
    /// Whether it was typed or chosen: else it follows what else is chosen.
    placed: bool,
    over: bool,
    /// What is wrong with the place, by its key in the locale.
    problem: Option<&'static str>,
    /// What will be written, and of which choice.
    preview: Option<(Choice, Vec<String>)>,
}

/// What the preview depends on.
type Choice = (Format, ScriptView, Vec<bool>, Vec<bool>);

impl ExportDialog {
    /// For the report that is shown, or for all of the folder; nothing if there is neither.
    pub fn new(state: &State, words: &Words, all: bool) -> Option<Self> {
        let work = state.work_shown(Called::letters(state, words));
        let all = work.is_none() || (all && state.project.is_some());
        if work.is_none() && state.project.is_none() {
            return None;
        }
        let mut people: Vec<(Person, bool)> = Vec::new();
        for (person, ..) in work.iter().flat_map(|work| &work.layers) {
            if !people.iter().any(|(known, _)| known.id == person.id) {
                people.push((person.clone(), true));
            }
        }
        let mut dialog = Self {
            format: Format::Xlsx,
            layout: DocxLayout::Plain,
            bom: true,
            reading: ScriptView::Source,
            all,
            people,
            own: false,
            kinds: kinds(state, work.as_ref()).into_iter().map(|kind| (kind, true)).collect(),
            to: String::new(),
            placed: false,
            over: false,
            problem: None,
            preview: None,
        };
        dialog.suggest(state, words);
        Some(dialog)
    }

    /// A place was chosen.
    pub fn put(&mut self, path: PathBuf) {
        let folder = self.format.shape() == Shape::Folder && path.is_dir();
        let path = if folder { path.join(file_name(&self.to)) } else { with_ending(path, self.format) };
        self.to = path.display().to_string();
        (self.placed, self.problem) = (true, None);
    }

    /// The name that is offered, how it ends, and whether it is that of a folder.
    pub fn offered(&self) -> (String, &'static str, bool) {
        (file_name(&self.to), self.format.ending(), self.format.shape() == Shape::Folder)
    }

    /// What is asked for, and where it goes.
    pub fn export(&self, state: &State, words: &Words) -> Export {
        let ticked = |(person, ticked): &(Person, bool)| ticked.then_some(person.id);
        let some = self.people.iter().any(|(_, ticked)| !ticked).then(|| self.people.iter().filter_map(ticked).collect());
        let own = state.person().filter(|_| self.own).map(|person| vec![person.id]);
        Export {
            format: self.format,
            layout: self.layout,
            options: self.options(if self.all { own } else { some }),
            all: self.all,
            spoken: Spoken::new(words.clone()),
            letters: Called::letters(state, words).map(str::to_owned),
            to: path_of(&self.to),
            over: self.over,
        }
    }

    fn options(&self, people: Option<Vec<PersonId>>) -> Options {
        let kinds = self.kinds.iter().any(|(_, ticked)| !ticked);
        let kinds = kinds.then(|| self.kinds.iter().filter(|(_, ticked)| *ticked).map(|(kind, _)| kind.clone()).collect());
        let reading = if self.format.has_reading() { Reading::of(self.reading) } else { Reading::SOURCE };
        Options { people, kinds, reading, bom: self.bom }
    }

    /// Offers a place: beside the report, by its name. What the program itself would take for a report lies outside the folder.
    fn suggest(&mut self, state: &State, words: &Words) {
        let root = state.project.as_ref().map(|project| project.root.clone());
        let report = state.document().map(|document| document.path.clone());
        let of = if self.all { root.as_ref().and_then(|root| root.file_name()) } else { report.as_ref().and_then(|path| path.file_stem()) };
        let name = of.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = match self.format.shape() {
            Shape::Folder => format!("{name} {} {}", words.get("page_tags"), self.format.key()),
            Shape::File | Shape::Files => format!("{name} {}.{}", words.get("page_tags"), self.format.ending()),
        };
        let is_readable = matches!(self.format, Format::Html | Format::Docx | Format::Markdown | Format::Brat);
        let beside = report.as_ref().and_then(|path| path.parent()).map(Path::to_owned);
        let folder = match root {
            Some(root) if is_readable => root.parent().map(Path::to_owned).or(Some(root)),
            Some(root) if self.all => Some(root),
            _ => beside,
        };
        self.to = folder.unwrap_or_default().join(name).display().to_string();
        (self.over, self.problem) = (false, None);
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        if state.document().is_none() && state.project.is_none() {
            return Outcome::Closed;
        }
        ui.heading(words.get("export").trim_end_matches('…'));
        let before = (self.format, self.all);
        Grid::new("export").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
            self.format_ui(ui, words);
            self.scope_ui(ui, state, words);
            self.people_ui(ui, state, words);
            self.kinds_ui(ui, words);
            self.reading_ui(ui, words);
        });
        if before != (self.format, self.all) && !self.placed {
            self.suggest(state, words);
        } else if before.0 != self.format {
            self.to = with_ending(PathBuf::from(&self.to).with_extension(""), self.format).display().to_string();
            self.problem = None;
        }
        self.preview_ui(ui, state, words);
        self.warnings_ui(ui, state, words);
        self.place_ui(ui, words, asked);
        let is_ready = state.exporting.is_none() && !self.to.trim().is_empty() && self.kinds.iter().any(|(_, ticked)| *ticked);
        let (done, outcome) = buttons_ui(ui, words, "export_go", is_ready && self.names_somebody());
        if done {
            self.problem = self.problem_with(state);
            if self.problem.is_none() {
                asked.action(Action::Exchange(ExchangeAction::ExportHere));
            }
        }
        outcome
    }

    /// Whether anybody is meant.
    fn names_somebody(&self) -> bool {
        self.all || self.people.is_empty() || self.people.iter().any(|(_, ticked)| *ticked)
    }

    /// Why a place does not do: something is there. A report is never written over.
    fn problem_with(&self, state: &State) -> Option<&'static str> {
        let path = path_of(&self.to);
        let is_report = state.documents.iter().any(|document| document.path == path)
            || state.project.as_ref().is_some_and(|project| project.card(&path).is_some());
        let is_there = path.is_file() || (path.is_dir() && self.format.shape() != Shape::Folder);
        (is_report || (is_there && !self.over)).then_some("file_there")
    }

    fn format_ui(&mut self, ui: &mut Ui, words: &Words) {
        ui.label(words.get("export_format"));
        ui.vertical(|ui| {
            let said = |format: Format| words.named("export_as", format.key()).to_owned();
            let combo = ComboBox::from_id_salt("export format").width(300.0).height(420.0).selected_text(said(self.format));
            let combo = combo.show_ui(ui, |ui| {
                for format in Format::ALL {
                    ui.selectable_value(&mut self.format, format, said(format));
                }
            });
            combo.response.accessible_name(words.get("export_format"));
            ui.add(Label::new(RichText::new(words.named("export_for", self.format.key())).weak()).wrap());
        });
        ui.end_row();
    }

    /// Whether all reports of the folder are meant.
    fn scope_ui(&mut self, ui: &mut Ui, state: &State, words: &Words) {
        let Some(project) = state.project.as_ref().filter(|_| state.document().is_some()) else { return };
        let reports = project.cards.iter().filter(|card| card.state.is_ok()).count();
        ui.label(words.get("export_scope"));
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.all, false, words.get("export_shown"));
            ui.radio_value(&mut self.all, true, words.fill("export_all", &[&reports.to_string()]));
        });
        ui.end_row();
    }

    fn people_ui(&mut self, ui: &mut Ui, state: &State, words: &Words) {
        if self.all {
            ui.label(words.get("export_people"));
            ui.horizontal(|ui| {
                ui.radio_value(&mut self.own, false, words.get("export_everybody"));
                let known = state.person().is_some();
                ui.add_enabled_ui(known, |ui| ui.radio_value(&mut self.own, true, words.get("export_own")));
            });
            ui.end_row();
        } else if self.people.len() > 1 {
            ui.label(words.get("export_people"));
            ui.horizontal_wrapped(|ui| {
                for (person, ticked) in &mut self.people {
                    tick_ui(ui, ticked, &person.name, &words.fill("export_person", &[&person.name]));
                }
            });
            ui.end_row();
        }
    }

    fn kinds_ui(&mut self, ui: &mut Ui, words: &Words) {
        ui.label(words.get("export_kinds"));
        ui.horizontal_wrapped(|ui| {
            for (kind, ticked) in &mut self.kinds {
                tick_ui(ui, ticked, words.kind(kind), &words.fill("export_kind", &[words.kind(kind)]));
            }
        });
        ui.end_row();
    }

    /// What only some formats ask for.
    fn reading_ui(&mut self, ui: &mut Ui, words: &Words) {
        if self.format.has_reading() {
            ui.label(words.get("export_reading"));
            let said = |view: ScriptView| words.named("view", view.key()).to_owned();
            let combo = ComboBox::from_id_salt("export reading").width(300.0).selected_text(said(self.reading)).show_ui(ui, |ui| {
                for view in ScriptView::ALL {
                    ui.selectable_value(&mut self.reading, view, said(view));
                }
            });
            combo.response.accessible_name(words.get("export_reading"));
            ui.end_row();
        }
        if self.format == Format::Docx {
            ui.label(words.get("export_layout"));
            ui.horizontal(|ui| {
                for layout in DocxLayout::ALL {
                    ui.radio_value(&mut self.layout, layout, words.named("layout", layout.key()));
                }
            });
            ui.end_row();
        }
        if matches!(self.format, Format::Csv | Format::Tsv) {
            ui.label("");
            ui.checkbox(&mut self.bom, words.get("export_bom"));
            ui.end_row();
        }
    }

    /// The first lines of what will be written of the report that is shown.
    fn preview_ui(&mut self, ui: &mut Ui, state: &State, words: &Words) {
        ui.add_space(4.0);
        ui.strong(words.get("export_preview"));
        let Some(work) = state.work_shown(Called::letters(state, words)) else {
            ui.weak(words.get("export_preview_none"));
            return;
        };
        let people = if self.all { vec![self.own] } else { self.people.iter().map(|(_, ticked)| *ticked).collect() };
        let choice: Choice = (self.format, self.reading, people, self.kinds.iter().map(|(_, ticked)| *ticked).collect());
        if self.preview.as_ref().is_none_or(|(of, _)| *of != choice) {
            let options = self.export(state, words).options;
            let text = with_handed(&[work], &options, &Spoken::new(words.clone()), |handed| self.format.preview(handed));
            self.preview = Some((choice, lines(&text)));
        }
        Frame::group(ui.style()).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            for line in self.preview.iter().flat_map(|(_, lines)| lines) {
                ui.add(Label::new(RichText::new(line).small()).truncate());
            }
        });
    }

    /// What has to be known before: how secret it is, and what will not be in it.
    fn warnings_ui(&self, ui: &mut Ui, state: &State, words: &Words) {
        let what = if self.all { Stored::Exports } else { Stored::Export };
        if let Some(level) = concerned(state, what).into_iter().filter_map(|report| report.secrecy).max() {
            ui.colored_label(ui.visuals().error_fg_color, words.fill("export_stamped", &[&words.stamp(level)]));
        }
        let withheld = state.document().map_or(0, |document| document.layers().withheld);
        if withheld > 0 && !self.all {
            ui.colored_label(ui.visuals().warn_fg_color, words.fill("export_withheld", &[&withheld.to_string()]));
        }
    }

    fn place_ui(&mut self, ui: &mut Ui, words: &Words, asked: &mut Asked) {
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.label(words.get("export_to"));
            let width = (ui.available_width() - 130.0).max(160.0);
            let field = ui.add(TextEdit::singleline(&mut self.to).desired_width(width)).accessible_name(words.get("export_to"));
            if field.changed() {
                (self.placed, self.problem) = (true, None);
            }
            if ui.button(words.get("export_choose")).clicked() {
                asked.action(Action::Exchange(ExchangeAction::ChoosePlace));
            }
        });
        if let Some(problem) = self.problem {
            ui.colored_label(ui.visuals().error_fg_color, words.get(problem));
        }
        if self.problem.is_some() || self.over {
            ui.checkbox(&mut self.over, words.get("export_over"));
        }
    }
}

/// A tick with a name of its own, because what stands beside it stands elsewhere, too.
fn tick_ui(ui: &mut Ui, ticked: &mut bool, label: &str, name: &str) {
    let tick = ui.checkbox(ticked, label);
    let on = *ticked;
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name));
}

/// The kinds to choose from: those of the codebook, and others that tags have.
fn kinds(state: &State, work: Option<&HandedWork>) -> Vec<KindId> {
    let book = work.map_or_else(Codebook::standard, |work| Arc::clone(&work.book));
    let mut kinds: Vec<KindId> = book.kinds.iter().map(|kind| kind.id.clone()).collect();
    let of_work = work.iter().flat_map(|work| &work.layers).flat_map(|(.., tags)| tags.tags().map(|tag| tag.kind.clone()));
    let of_folder = state.project.iter().flat_map(|project| project.cards.iter()).flat_map(|card| card.counts(None).into_keys());
    let others: BTreeSet<KindId> = of_work.chain(of_folder).filter(|kind| !kinds.contains(kind)).collect();
    kinds.extend(others);
    kinds
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A path that ends as the files of a format do; that of a folder as it is.
fn with_ending(path: PathBuf, format: Format) -> PathBuf {
    let ends = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(format.ending()));
    if ends || format.shape() == Shape::Folder {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(format!(".{}", format.ending()));
    PathBuf::from(name)
}

/// The first lines of a text, each as much of it as is shown.
fn lines(text: &str) -> Vec<String> {
    let short = |line: &str| {
        let short: String = line.replace('\t', "    ").chars().take(LONGEST).collect();
        if line.chars().count() > LONGEST { format!("{short}…") } else { short }
    };
    let more = text.lines().nth(LINES).map(|_| "…".to_owned());
    text.lines().take(LINES).map(short).chain(more).collect()
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

    #[test]
    fn only_the_beginning_is_shown() {
        let text = format!("{}\n{}", "长".repeat(200), "行\n".repeat(20));
        let lines = lines(&text);
        assert_eq!((lines.len(), lines[0].chars().count(), lines[LINES].as_str()), (LINES + 1, LONGEST + 1, "…"));
    }
}
