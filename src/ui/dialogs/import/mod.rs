//! Taking tags in from another program's file: what it brings, tag by tag, before anything of it is taken.

mod lines;

use super::tick_list::accepts;
use super::{Outcome, buttons_ui, focus_by_default};
use crate::annotation::KindId;
use crate::exchange::{Format, ImportProblem, KindMap, Plan, RowAt, Taken, Taker};
use crate::locale::{Language, Words, kinds_by_name};
use crate::session::{Command, Document, Import, ImportCommand, Spoken, State};
use crate::ui::action::Asked;
use egui::{ComboBox, Grid, Label, RichText, ScrollArea, Ui, UiBuilder, vec2};
use lines::{Line, Lines, List};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Height of what stands below the lists, and around the dialog, in points.
const BELOW: f32 = 210.0;

/// What a file brings, and which of it is meant.
#[derive(Debug)]
pub struct ImportDialog {
    import: Arc<Import>,
    /// What tags are called in the file, how many of each there are, and which kind that is here.
    labels: Vec<(String, usize, Option<KindId>)>,
    plan: Plan,
    /// What is to be known of the file as a whole.
    warnings: Vec<String>,
    /// A line for each tag that the plan has, in its order, and then for what does not fit.
    lines: Vec<Line>,
    list: List,
    shown: Lines,
}

/// The words of all languages: nobody says in which a file is written.
pub fn all_spoken() -> Vec<Spoken> {
    Language::ALL.map(|language| Spoken::new(Words::new(language))).into()
}

impl ImportDialog {
    /// For what a file brought to the document that is shown; nothing if it is for another one.
    pub fn new(import: &Arc<Import>, state: &State, words: &Words) -> Option<Self> {
        let document = state.document().filter(|document| document.id == import.document)?;
        let known = kinds_by_name(document.codebook());
        let labels = import.read.iter().flat_map(|(_, brought)| brought.labels()).map(|(label, count)| {
            let kind = known.kind(&label).cloned();
            (label, count, kind)
        });
        let mut dialog = Self {
            import: Arc::clone(import),
            labels: labels.collect(),
            plan: Plan::default(),
            warnings: Vec::new(),
            lines: Vec::new(),
            list: List::New,
            shown: Lines::default(),
        };
        dialog.hold(state, document, words);
        let first = List::ALL.into_iter().find(|list| dialog.count(*list) > 0);
        dialog.list = first.unwrap_or(List::New);
        Some(dialog)
    }

    /// Holds what the file brings against what is there.
    fn hold(&mut self, state: &State, document: &Document, words: &Words) {
        let (Some(person), Ok((_, brought))) = (state.person(), &self.import.read) else { return };
        let kinds = self.labels.iter().filter_map(|(label, _, kind)| Some((label.clone(), kind.clone()?)));
        let map = KindMap::new(kinds.collect());
        let own = &document.annotations;
        let taker = Taker { report: &document.report, book: document.codebook(), person: &person, own };
        let ticks = self.ticks();
        self.plan = Plan::of(brought, &map, taker);
        let is_of_another_text = self.plan.is_of_another_text();
        let line = |item: &Taken| {
            let ticked = ticks.get(&(item.row.clone(), item.conflicts)).copied();
            Line::of(item, own, ticked.unwrap_or(!item.conflicts && !is_of_another_text), words)
        };
        let (of_file, of_tags): (Vec<&ImportProblem>, Vec<_>) = self.plan.problems.iter().partition(|problem| is_of_file(problem));
        let problems = of_tags.into_iter().map(|problem| Line::misfit(words.problem(problem)));
        let misfits = self.plan.misfits.iter().map(|(row, misfit)| Line::misfit(words.misfit(row, misfit)));
        self.lines = self.plan.items.iter().map(line).chain(problems).chain(misfits).collect();
        self.warnings = of_file.into_iter().map(|problem| words.problem(problem)).collect();
        self.shown = Lines::default();
    }

    /// What is ticked, by the row of the file: it stays so as long as the row is in conflict, or is not, as before.
    fn ticks(&self) -> BTreeMap<(RowAt, bool), bool> {
        let lines = self.plan.items.iter().zip(&self.lines);
        lines.map(|(item, line)| ((item.row.clone(), item.conflicts), line.ticked)).collect()
    }

    fn count(&self, list: List) -> usize {
        self.lines.iter().filter(|line| line.list == list).count()
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        // Another report has come to the front: what is brought is not for that one.
        let Some(document) = state.document().filter(|document| document.id == self.import.document) else { return Outcome::Closed };
        if let Some(import) = state.import.as_ref().filter(|import| !Arc::ptr_eq(import, &self.import))
            && let Some(again) = Self::new(import, state, words)
        {
            *self = again;
        }
        let at_once = accepts(ui);
        ui.heading(words.fill("import_title", &[&document.title()]));
        self.format_ui(ui, words, asked);
        if let Err(why) = &self.import.read {
            ui.add_space(4.0);
            let why = RichText::new(words.not_imported(why)).color(ui.visuals().error_fg_color);
            ui.add(Label::new(why).wrap());
            ui.add_space(8.0);
            let cancel = ui.button(words.get("cancel"));
            focus_by_default(&cancel);
            return if cancel.clicked() { Outcome::Closed } else { Outcome::Open };
        }
        for warning in &self.warnings {
            ui.add(Label::new(RichText::new(warning).color(ui.visuals().warn_fg_color)).wrap());
        }
        if self.import.read.as_ref().is_ok_and(|(_, brought)| brought.is_empty()) && self.lines.is_empty() && self.warnings.is_empty() {
            ui.label(words.get("import_nothing"));
        }
        if self.kinds_ui(ui, document, words) {
            self.hold(state, document, words);
        }
        self.lists_ui(ui, words);
        self.counts_ui(ui, words);
        self.end_ui(ui, at_once, words, asked)
    }

    /// The file, and what it is read as.
    fn format_ui(&self, ui: &mut Ui, words: &Words, asked: &mut Asked) {
        ui.horizontal_wrapped(|ui| {
            ui.add(Label::new(self.import.path.display().to_string()).truncate());
        });
        let said = |format: Format| words.named("export_as", format.key()).to_owned();
        let read_as = self.import.format();
        let mut format = read_as;
        let chosen = read_as.map_or_else(|| words.get("import_choose_format").to_owned(), said);
        let combo = ComboBox::from_id_salt("import format").width(300.0).height(360.0).selected_text(chosen).show_ui(ui, |ui| {
            for readable in Format::ALL.into_iter().filter(|format| format.is_read()) {
                ui.selectable_value(&mut format, Some(readable), said(readable));
            }
        });
        combo.response.accessible_name(words.get("import_format"));
        if format != read_as {
            let path = self.import.path.clone();
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

    /// What the file brings, list by list. All lists have the same height, so that nothing moves under the hand from one to the
    /// next.
    fn lists_ui(&mut self, ui: &mut Ui, words: &Words) {
        ui.add_space(4.0);
        let before = self.list;
        ui.horizontal(|ui| {
            for list in List::ALL {
                let said = words.fill(list.key(), &[&self.count(list).to_string()]);
                ui.selectable_value(&mut self.list, list, said);
            }
        });
        if self.list != before {
            self.shown = Lines::default();
        }
        let height = (ui.ctx().content_rect().height() - ui.min_rect().height() - BELOW).clamp(140.0, 360.0);
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            ui.weak(words.get(self.list.hint()));
            let list = self.list;
            let mut lines: Vec<&mut Line> = self.lines.iter_mut().filter(|line| line.list == list).collect();
            ticks_ui(ui, list, &mut lines, words);
            self.shown.ui(ui, list, &mut lines, words);
        });
    }

    /// What is not listed: how much of it there is.
    fn counts_ui(&self, ui: &mut Ui, words: &Words) {
        let Plan { same, missing, of_others, of_others_changed, .. } = &self.plan;
        let counts = [("import_same", same), ("import_missing", missing)];
        for (key, count) in counts.into_iter().filter(|(_, count)| **count > 0) {
            ui.weak(words.fill(key, &[&count.to_string()]));
        }
        let others = [of_others, of_others_changed].map(usize::to_string);
        let others = others.each_ref().map(String::as_str);
        match (*of_others, *of_others_changed) {
            (0, _) => {}
            (_, 0) => drop(ui.weak(words.fill("import_others", &others))),
            _ => drop(ui.weak(words.fill("import_others_changed", &others))),
        }
    }

    /// The buttons; what is ticked may be taken at once.
    fn end_ui(&self, ui: &mut Ui, at_once: bool, words: &Words, asked: &mut Asked) -> Outcome {
        let chosen: Vec<&Taken> = self.plan.items.iter().zip(&self.lines).filter(|(_, line)| line.ticked).map(|(item, _)| item).collect();
        let (done, outcome) = buttons_ui(ui, words, &words.fill("import_go", &[&chosen.len().to_string()]), !chosen.is_empty());
        if !done && (!at_once || chosen.is_empty()) {
            return outcome;
        }
        let Import { document, path, .. } = &*self.import;
        let items = chosen.into_iter().cloned().collect();
        asked.command(Command::Import(ImportCommand::Take { document: *document, path: path.clone(), items }));
        Outcome::Closed
    }
}

/// The buttons that tick all lines of a list, or none. What does not fit cannot be ticked: there they leave their room.
fn ticks_ui(ui: &mut Ui, list: List, lines: &mut [&mut Line], words: &Words) {
    let builder = if list == List::Misfits { UiBuilder::new().invisible() } else { UiBuilder::new() };
    ui.scope_builder(builder, |ui| {
        ui.horizontal(|ui| {
            for (name, ticked) in [("tick_all", true), ("tick_none", false)] {
                if ui.button(words.get(name)).clicked() {
                    lines.iter_mut().for_each(|line| line.ticked = ticked);
                }
            }
        });
    });
}

/// Whether a problem is about the file as a whole.
const fn is_of_file(problem: &ImportProblem) -> bool {
    matches!(problem, ImportProblem::OtherReport { .. } | ImportProblem::OtherText { .. } | ImportProblem::Elsewhere { .. })
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
