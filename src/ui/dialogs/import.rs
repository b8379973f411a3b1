//! Taking tags in from another program's file: what it brings, tag by tag, before anything of it is taken.

use super::{Outcome, buttons_ui};
use crate::annotation::KindId;
use crate::exchange::{Brings, Brought, Format, KindMap, Plan, Taken, Taker};
use crate::locale::{Language, Words, kinds_by_name};
use crate::session::{Command, Document, DocumentId, Import, ImportCommand, Spoken, State};
use crate::ui::action::Asked;
use egui::{ComboBox, Grid, Label, ScrollArea, Ui};
use std::path::PathBuf;
use std::sync::Arc;

/// Height of a line of the list in points.
const LINE: f32 = 24.0;

/// What a file brings, and which of it is meant.
#[derive(Debug)]
pub struct ImportDialog {
    document: DocumentId,
    path: PathBuf,
    format: Format,
    brought: Arc<Brought>,
    /// What tags are called in the file, how many of each there are, and which kind that is here.
    labels: Vec<(String, usize, Option<KindId>)>,
    plan: Plan,
    /// Of each tag what is said of it, and whether it is taken.
    lines: Vec<(String, bool)>,
    /// Of what does not fit what is said of it.
    misfits: Vec<String>,
    list: List,
}

/// Which of what a file brings is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    New,
    Changed,
    Conflicts,
    Misfits,
}

impl List {
    const ALL: [Self; 4] = [Self::New, Self::Changed, Self::Conflicts, Self::Misfits];

    const fn key(self) -> &'static str {
        match self {
            Self::New => "import_new",
            Self::Changed => "import_changed",
            Self::Conflicts => "import_conflicts",
            Self::Misfits => "import_misfits",
        }
    }

    /// What is said of the list.
    const fn hint(self) -> &'static str {
        match self {
            Self::New => "import_new_hint",
            Self::Changed => "import_changed_hint",
            Self::Conflicts => "import_conflicts_hint",
            Self::Misfits => "import_misfits_hint",
        }
    }

    /// The list a tag stands in.
    fn of(item: &Taken) -> Self {
        match (&item.what, item.conflicts) {
            (_, true) => Self::Conflicts,
            (Brings::New { .. }, false) => Self::New,
            (Brings::Changed { .. }, false) => Self::Changed,
        }
    }
}

/// The words of all languages: nobody says in which a file is written.
pub fn all_spoken() -> Vec<Spoken> {
    Language::ALL.map(|language| Spoken::new(Words::new(language))).into()
}

impl ImportDialog {
    /// For what a file brought to the document that is shown; nothing if it is for another one.
    pub fn new(import: &Import, state: &State, words: &Words) -> Option<Self> {
        let document = state.document().filter(|document| document.id == import.document)?;
        let known = kinds_by_name(document.codebook());
        let labels = import.brought.labels().into_iter().map(|(label, count)| {
            let kind = known.kind(&label).cloned();
            (label, count, kind)
        });
        let mut dialog = Self {
            document: import.document,
            path: import.path.clone(),
            format: import.format,
            brought: Arc::clone(&import.brought),
            labels: labels.collect(),
            plan: Plan::default(),
            lines: Vec::new(),
            misfits: Vec::new(),
            list: List::New,
        };
        dialog.hold(state, document, words);
        let first = List::ALL.into_iter().find(|list| dialog.count(*list) > 0);
        dialog.list = first.unwrap_or(List::New);
        Some(dialog)
    }

    /// Holds what the file brings against what is there.
    fn hold(&mut self, state: &State, document: &Document, words: &Words) {
        let Some(person) = state.person() else { return };
        let kinds = self.labels.iter().filter_map(|(label, _, kind)| Some((label.clone(), kind.clone()?)));
        let map = KindMap::new(kinds.collect());
        let own = &document.annotations;
        let taker = Taker { report: &document.report, book: document.codebook(), person: &person, own };
        self.plan = Plan::of(&self.brought, &map, taker);
        let quote = |item: &Taken| match &item.what {
            Brings::Changed { tag, .. } => own.tag(*tag).map_or("", |tag| tag.anchor.quote.as_str()),
            Brings::New { .. } => "",
        };
        self.lines = self.plan.items.iter().map(|item| (words.brings(item, quote(item)), !item.conflicts)).collect();
        let misfits = self.plan.misfits.iter().map(|(row, misfit)| words.misfit(row, misfit));
        self.misfits = misfits.chain(self.plan.problems.iter().map(|problem| words.problem(problem))).collect();
    }

    fn count(&self, list: List) -> usize {
        match list {
            List::Misfits => self.misfits.len(),
            list => self.plan.items.iter().filter(|item| List::of(item) == list).count(),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        // Another report has come to the front: what is brought is not for that one.
        let Some(document) = state.document().filter(|document| document.id == self.document) else { return Outcome::Closed };
        if let Some(import) = state.import.as_ref().filter(|import| !Arc::ptr_eq(&import.brought, &self.brought))
            && let Some(again) = Self::new(import, state, words)
        {
            *self = again;
        }
        ui.heading(words.fill("import_title", &[&document.title()]));
        self.format_ui(ui, words, asked);
        if self.brought.is_empty() && self.misfits.is_empty() {
            ui.label(words.get("import_nothing"));
        }
        if self.kinds_ui(ui, document, words) {
            self.hold(state, document, words);
        }
        self.lists_ui(ui, words);
        let counts = [("import_same", self.plan.same), ("import_missing", self.plan.missing), ("import_others", self.plan.of_others)];
        for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            ui.weak(words.fill(key, &[&count.to_string()]));
        }
        let chosen = self.lines.iter().filter(|(_, ticked)| *ticked).count();
        let (done, outcome) = buttons_ui(ui, words, &words.fill("import_go", &[&chosen.to_string()]), chosen > 0);
        if done {
            let ticked = self.plan.items.iter().zip(&self.lines).filter(|(_, (_, ticked))| *ticked);
            let items = ticked.map(|(item, _)| item.clone()).collect();
            asked.command(Command::Import(ImportCommand::Take { document: self.document, path: self.path.clone(), items }));
            return Outcome::Closed;
        }
        outcome
    }

    /// The file, and what it is read as.
    fn format_ui(&self, ui: &mut Ui, words: &Words, asked: &mut Asked) {
        ui.horizontal_wrapped(|ui| {
            ui.add(Label::new(self.path.display().to_string()).truncate());
        });
        let said = |format: Format| words.named("export_as", format.key()).to_owned();
        let mut format = self.format;
        let combo = ComboBox::from_id_salt("import format").width(300.0).height(360.0).selected_text(said(format)).show_ui(ui, |ui| {
            for readable in Format::ALL.into_iter().filter(|format| format.is_read()) {
                ui.selectable_value(&mut format, readable, said(readable));
            }
        });
        combo.response.accessible_name(words.get("import_format"));
        if format != self.format {
            let (path, format) = (self.path.clone(), Some(format));
            asked.command(Command::Import(ImportCommand::Read { path, format, spoken: all_spoken() }));
        }
    }

    /// Which kind each label is; says whether that was changed. Labels that are kinds by themselves need no saying.
    fn kinds_ui(&mut self, ui: &mut Ui, document: &Document, words: &Words) -> bool {
        let book = document.codebook();
        let is_kind = |label: &str| book.kind(&KindId::new(label)).is_some();
        if self.labels.iter().all(|(label, ..)| is_kind(label)) {
            return false;
        }
        let mut changed = false;
        ui.strong(words.get("import_kinds"));
        ScrollArea::vertical().id_salt("import kinds").max_height(150.0).auto_shrink([false, true]).show(ui, |ui| {
            Grid::new("import kinds").num_columns(2).show(ui, |ui| {
                for (label, count, kind) in self.labels.iter_mut().filter(|(label, ..)| !is_kind(label)) {
                    let label = if label.is_empty() { words.get("import_no_label") } else { label.as_str() };
                    ui.label(words.fill("import_label", &[label, &count.to_string()]));
                    changed |= kind_ui(ui, label, kind, document, words);
                    ui.end_row();
                }
            });
        });
        changed
    }

    /// What the file brings, list by list.
    fn lists_ui(&mut self, ui: &mut Ui, words: &Words) {
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            for list in List::ALL {
                let said = words.fill(list.key(), &[&self.count(list).to_string()]);
                ui.selectable_value(&mut self.list, list, said);
            }
        });
        ui.weak(words.get(self.list.hint()));
        let height = (ui.ctx().content_rect().height() - 420.0).clamp(100.0, 320.0);
        let area = ScrollArea::vertical().id_salt("import list").max_height(height).auto_shrink([false, true]);
        if self.list == List::Misfits {
            area.show_rows(ui, LINE, self.misfits.len(), |ui, range| {
                for misfit in self.misfits.get(range).unwrap_or_default() {
                    ui.add(Label::new(misfit).truncate()).on_hover_text(misfit);
                }
            });
            return;
        }
        let list = self.list;
        let of_list = self.plan.items.iter().zip(&mut self.lines).filter(|(item, _)| List::of(item) == list);
        let mut shown: Vec<&mut (String, bool)> = of_list.map(|(_, line)| line).collect();
        ui.horizontal(|ui| {
            for (name, ticked) in [("tick_all", true), ("tick_none", false)] {
                if ui.button(words.get(name)).clicked() {
                    shown.iter_mut().for_each(|line| line.1 = ticked);
                }
            }
        });
        area.show_rows(ui, LINE, shown.len(), |ui, range| {
            for line in shown.get_mut(range).unwrap_or_default().iter_mut() {
                line_ui(ui, line, words);
            }
        });
    }
}

/// The list of kinds that a label may be; says whether another one was chosen.
fn kind_ui(ui: &mut Ui, label: &str, kind: &mut Option<KindId>, document: &Document, words: &Words) -> bool {
    let before = kind.clone();
    let chosen = kind.as_ref().map_or_else(|| words.get("import_no_kind"), |kind| words.kind(kind)).to_owned();
    let combo = ComboBox::from_id_salt(("import kind", label)).width(200.0).selected_text(chosen).show_ui(ui, |ui| {
        ui.selectable_value(kind, None, words.get("import_no_kind"));
        for known in &document.codebook().kinds {
            ui.selectable_value(kind, Some(known.id.clone()), words.kind(&known.id));
        }
    });
    combo.response.accessible_name(words.fill("import_kind_of", &[label]));
    *kind != before
}

/// A tag with its tick.
fn line_ui(ui: &mut Ui, (said, ticked): &mut (String, bool), words: &Words) {
    ui.horizontal(|ui| {
        let tick = ui.checkbox(ticked, "");
        let (on, name) = (*ticked, words.fill("import_tick", &[said.as_str()]));
        tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name.as_str()));
        ui.add(Label::new(said.as_str()).truncate()).on_hover_text(said.as_str());
    });
}
