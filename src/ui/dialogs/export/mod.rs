//! Handing tags over to other programs: in which format, what of them, where to; with a look at what will be written.

mod place;
mod preview;

use super::{Outcome, buttons_ui};
use crate::annotation::{Codebook, KindId, Person, PersonId};
use crate::exchange::{DocxLayout, Format, Options, Shape};
use crate::locale::Words;
use crate::report::{Reading, ScriptView};
use crate::session::{DocumentId, Export, HandedWork, NotHandedOver, Spoken, State, Stored, concerned};
use crate::store::NotDelivered;
use crate::ui::action::{Action, Asked, ExchangeAction};
use crate::ui::layers::Called;
use egui::{ComboBox, Grid, Label, RichText, ScrollArea, Ui};
use place::{Meant, Place};
use preview::{Choice, Preview};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most height of the dialog in points.
const TALLEST: f32 = 620.0;
/// What the window keeps free of it.
const FREE: f32 = 60.0;
/// Height of the buttons at its end.
const FOOT: f32 = 48.0;
/// How many characters of a report's title are shown.
const TITLE: usize = 20;

/// What is handed over, as chosen so far.
#[derive(Debug)]
pub struct ExportDialog {
    /// The report that is shown.
    document: Option<DocumentId>,
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
    place: Place,
    preview: Option<Preview>,
}

impl ExportDialog {
    /// For the report that is shown, or for all of the folder; nothing if there is neither.
    pub fn new(state: &State, words: &Words, all: bool) -> Option<Self> {
        let mut dialog = Self {
            document: None,
            format: Format::Xlsx,
            layout: DocxLayout::Plain,
            bom: true,
            reading: ScriptView::Source,
            all,
            people: Vec::new(),
            own: false,
            kinds: Vec::new(),
            place: Place::default(),
            preview: None,
        };
        dialog.take_up(state, words);
        (state.document().is_some() || state.project.is_some()).then_some(dialog)
    }

    /// Takes up the report that is shown now: whose tags there are, and of which kinds.
    fn take_up(&mut self, state: &State, words: &Words) {
        let work = state.work_shown(Called::letters(state, words));
        self.document = state.active;
        self.all = work.is_none() || (self.all && state.project.is_some());
        self.people.clear();
        for (person, ..) in work.iter().flat_map(|work| &work.layers) {
            if !self.people.iter().any(|(known, _)| known.id == person.id) {
                self.people.push((person.clone(), true));
            }
        }
        self.kinds = kinds(state, work.as_ref()).into_iter().map(|kind| (kind, true)).collect();
        self.place.offer(self.offered(state, words));
    }

    /// A place was chosen.
    pub fn put(&mut self, path: PathBuf) {
        self.place.put(path, self.format);
    }

    /// Where it goes so far, and how its name ends; that of a folder ends as it likes.
    pub fn place(&self) -> (PathBuf, Option<&'static str>) {
        (self.place.path(self.format), (self.format.shape() != Shape::Folder).then(|| self.format.ending()))
    }

    /// It was tried and failed.
    pub fn fail(&mut self, why: &NotHandedOver, words: &Words) {
        let is_there = matches!(why, NotHandedOver::Delivered(NotDelivered::There(_)));
        self.place.fail(words.not_exported(why), is_there);
    }

    /// What is asked for, and where it goes.
    pub fn export(&self, state: &State, words: &Words) -> Export {
        Export {
            format: self.format,
            layout: self.layout,
            options: self.options(state),
            all: self.all,
            spoken: Spoken::new(words.clone()),
            letters: Called::letters(state, words).map(str::to_owned),
            to: self.place.path(self.format),
            over: self.place.over(),
        }
    }

    fn options(&self, state: &State) -> Options {
        let ticked = |(person, ticked): &(Person, bool)| ticked.then_some(person.id);
        let people: Option<Vec<PersonId>> = if self.all {
            state.person().filter(|_| self.own).map(|person| vec![person.id])
        } else {
            self.people.iter().any(|(_, ticked)| !ticked).then(|| self.people.iter().filter_map(ticked).collect())
        };
        let kinds = self.kinds.iter().any(|(_, ticked)| !ticked);
        let kinds = kinds.then(|| self.kinds.iter().filter(|(_, ticked)| *ticked).map(|(kind, _)| kind.clone()).collect());
        let reading = if self.format.has_reading() { Reading::of(self.reading) } else { Reading::SOURCE };
        Options { people, kinds, reading, bom: self.bom }
    }

    /// The place that is offered: beside the report, by its name. What the program itself would take for a report lies outside the
    /// folder.
    fn offered(&self, state: &State, words: &Words) -> PathBuf {
        let root = state.project.as_ref().map(|project| project.root.clone());
        let report = state.document().map(|document| document.path.clone());
        let of = if self.all { root.as_ref().and_then(|root| root.file_name()) } else { report.as_ref().and_then(|path| path.file_stem()) };
        let name = of.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (tags, key, ending) = (words.get("page_tags"), self.format.key(), self.format.ending());
        let name = match self.format {
            Format::Brat | Format::Xmi => format!("{name} {tags} {key}"),
            // Files of these would be taken for JSON and JSONL.
            Format::LabelStudio | Format::Doccano => format!("{name} {tags} {key}.{ending}"),
            _ => format!("{name} {tags}.{ending}"),
        };
        let is_readable = matches!(self.format, Format::Html | Format::Docx | Format::Markdown | Format::Brat);
        let beside = report.as_ref().and_then(|path| path.parent()).map(Path::to_owned);
        let folder = match root {
            Some(root) if is_readable => root.parent().map(Path::to_owned).or(Some(root)),
            Some(root) if self.all => Some(root),
            _ => beside,
        };
        folder.unwrap_or_default().join(name)
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        if state.document().is_none() && state.project.is_none() {
            return Outcome::Closed;
        }
        if self.document != state.active {
            self.take_up(state, words);
        }
        let tall = (ui.ctx().content_rect().height() - FREE).min(TALLEST);
        let top = ui.cursor().top();
        ui.heading(words.get("export").trim_end_matches('…'));
        // As high whatever the format asks for, so that the buttons stay where they are and in the window.
        let height = tall - (ui.cursor().top() - top) - FOOT;
        let area = ScrollArea::vertical().id_salt("export").max_height(height).min_scrolled_height(height).auto_shrink(false);
        area.show(ui, |ui| self.choices_ui(ui, state, words, height, asked));
        let is_ready = state.exporting.is_none() && !self.place.is_empty() && self.kinds.iter().any(|(_, ticked)| *ticked);
        let (done, outcome) = buttons_ui(ui, words, "export_go", is_ready && self.names_somebody());
        if done && self.place.is_free(meant(state, self.format, self.all, self.preview.as_ref())) {
            asked.action(Action::Exchange(ExchangeAction::ExportHere));
        }
        outcome
    }

    /// All there is to choose, and what comes of it in the room that is left.
    fn choices_ui(&mut self, ui: &mut Ui, state: &State, words: &Words, height: f32, asked: &mut Asked) {
        let top = ui.cursor().top();
        let (format, all) = (self.format, self.all);
        Grid::new("export").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
            self.format_ui(ui, words);
            self.scope_ui(ui, state, words);
            self.people_ui(ui, state, words);
            self.kinds_ui(ui, words);
            self.reading_ui(ui, state, words);
        });
        if (format, all) != (self.format, self.all) {
            self.place.rename(format, self.format);
            self.place.offer(self.offered(state, words));
        }
        self.look(state, words);
        let meant = meant(state, self.format, self.all, self.preview.as_ref());
        self.place.ui(ui, meant, words, asked);
        self.warnings_ui(ui, state, words);
        if let Some(preview) = &self.preview {
            preview.ui(ui, words, height - (ui.cursor().top() - top));
        }
    }

    /// Keeps up with what is chosen.
    fn look(&mut self, state: &State, words: &Words) {
        let document = state.looked_at(self.all);
        let people = if self.all { vec![self.own] } else { self.people.iter().map(|(_, ticked)| *ticked).collect() };
        let choice = Choice {
            document: document.map(|document| document.id),
            all: self.all,
            format: self.format,
            reading: self.reading,
            people,
            kinds: self.kinds.iter().map(|(_, ticked)| *ticked).collect(),
        };
        if self.preview.as_ref().is_none_or(|preview| !preview.is_of(&choice)) {
            let work = document.map(|document| state.work_on(document, Called::letters(state, words)));
            self.preview = Some(Preview::new(choice, work, &self.options(state), &Spoken::new(words.clone())));
        }
    }

    /// Whether anybody is meant.
    fn names_somebody(&self) -> bool {
        self.all || self.people.is_empty() || self.people.iter().any(|(_, ticked)| *ticked)
    }

    fn format_ui(&mut self, ui: &mut Ui, words: &Words) {
        ui.label(words.get("export_format"));
        ui.vertical(|ui| {
            let said = |format: Format| words.named("export_as", format.key()).to_owned();
            let combo = ComboBox::from_id_salt("export format").width(300.0).height(420.0).selected_text(said(self.format));
            let combo = combo.show_ui(ui, |ui| {
                // So all of them are in sight: a list gets no more than 400 points.
                ui.spacing_mut().item_spacing.y = 0.0;
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
        let (Some(project), Some(document)) = (&state.project, state.document()) else { return };
        let reports = project.cards.iter().filter(|card| card.state.is_ok()).count();
        ui.label(words.get("export_scope"));
        ui.horizontal_wrapped(|ui| {
            ui.radio_value(&mut self.all, false, words.fill("export_shown", &[&shortened(&document.title())]));
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
    fn reading_ui(&mut self, ui: &mut Ui, state: &State, words: &Words) {
        if self.format.has_reading() {
            ui.label(words.get("export_reading"));
            let shown = state.document().map(|document| document.view.script);
            let said = |view: ScriptView| {
                let name = words.named("export_text", view.key());
                if shown == Some(view) { words.fill("export_text_shown", &[name]) } else { name.to_owned() }
            };
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
}

/// What would be written, for the place.
fn meant<'a>(state: &'a State, format: Format, all: bool, preview: Option<&'a Preview>) -> Meant<'a> {
    Meant { state, format, all, paths: preview.map(Preview::paths).unwrap_or_default() }
}

/// A tick with a name of its own, because what stands beside it stands elsewhere, too.
fn tick_ui(ui: &mut Ui, ticked: &mut bool, label: &str, name: &str) {
    let tick = ui.checkbox(ticked, label);
    let on = *ticked;
    tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name));
}

/// A title as far as there is room for it.
fn shortened(title: &str) -> String {
    let short: String = title.chars().take(TITLE).collect();
    if title.chars().count() > TITLE { format!("{short}…") } else { short }
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
