//! The grid of a folder: every report with what it is and how far it is tagged; sorted, filtered, grouped, corrected.

mod columns;
mod edit;
mod rows;
mod work;

use super::action::{Action, Asked};
use super::keys::focus_is_elsewhere;
use super::theme::Palette;
use crate::locale::Words;
use crate::session::{Command, FileCommand, Project, ProjectCommand, State};
use columns::Column;
use edit::Edit;
use egui::{Button, ComboBox, Key, Modifiers, RichText, TextEdit, Ui};
use egui_extras::{Column as Width, TableBuilder, TableRow};
use rows::{Line, Row, RowKey, Rows};
use std::collections::BTreeSet;
use work::WorkPanel;

/// What the grid keeps between frames.
#[derive(Debug, Default)]
pub struct Grid {
    /// Whether it is shown in place of a report.
    pub open: bool,
    filter: String,
    order: Column,
    descending: bool,
    group: Option<Column>,
    /// Groups that are folded.
    folded: BTreeSet<String>,
    picked: BTreeSet<RowKey>,
    /// Where a range picked with Shift begins.
    from: Option<RowKey>,
    edit: Edit,
    rows: Rows,
    /// Finding and checking over the folder.
    pub work: WorkPanel,
}

impl Grid {
    /// A grid, shown or not.
    pub fn new(open: bool) -> Self {
        Self { open, ..Self::default() }
    }

    /// Looks for words over the folder, as if they had been typed.
    pub fn look_for(&mut self, typed: &str) {
        self.work.look_for(typed);
    }
}

/// Height of a row in points.
const ROW: f32 = 22.0;

/// Draws the grid. `covered` says that a dialog or a menu stands before it.
pub fn grid_ui(ui: &mut Ui, grid: &mut Grid, state: &State, words: &Words, palette: &Palette, covered: bool, asked: &mut Asked) {
    let Some(project) = &state.project else { return };
    // Asked first: a field that is left by Enter in this frame had that key, not the grid.
    let has_keys = !covered && grid.edit.is_idle() && !focus_is_elsewhere(ui);
    ui.add_space(4.0);
    head_ui(ui, project, words, palette, asked);
    tools_ui(ui, grid, project, words, asked);
    grid.rows.renew(state, words, &grid.filter, (grid.order, grid.descending), grid.group, &grid.folded);
    let lines = grid.rows.lines();
    grid.picked.retain(|key| lines.iter().any(|line| matches!(line, Line::Row(row) if row.key == *key)));
    edit::bar_ui(ui, grid, project, words, asked);
    ui.separator();
    if let Some(work) = &project.work {
        let height = (ui.available_height() * 0.4).max(120.0);
        egui::Panel::bottom("folder work").resizable(true).default_size(height).size_range(80.0..=600.0).show(ui, |ui| {
            work::found_ui(ui, &mut grid.work, work, words, palette, asked);
        });
    }
    if project.cards.is_empty() && project.complete {
        ui.weak(words.get("folder_empty"));
        return;
    }
    egui::ScrollArea::horizontal()
        .id_salt("grid columns")
        .auto_shrink(false)
        .show(ui, |ui| table_ui(ui, grid, project, words, palette, asked));
    if has_keys {
        keys(ui, grid, &lines);
    }
    let enter = has_keys && ui.input(|input| input.key_pressed(Key::Enter));
    if enter && let Some(Line::Row(row)) = lines.iter().find(|line| matches!(line, Line::Row(row) if grid.picked.contains(&row.key))) {
        open(row, asked);
    }
}

/// The folder's name, how much there is, and how far it has been read.
fn head_ui(ui: &mut Ui, project: &Project, words: &Words, palette: &Palette, asked: &mut Asked) {
    ui.horizontal_wrapped(|ui| {
        let name = project.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        ui.heading(name).on_hover_text(project.root.display().to_string());
        let reports: usize = project.cards.iter().map(|card| card.state.as_ref().map_or(0, |state| state.parts.len().max(1))).sum();
        ui.label(words.fill("folder_count", &[&project.cards.len().to_string(), &reports.to_string()]));
        if let Some(error) = &project.trouble {
            ui.colored_label(palette.error, words.store_error(error));
        }
        if let Some(progress) = project.scanning.filter(|progress| progress.done < progress.all || !project.complete) {
            let share = progress.done as f32 / progress.all.max(1) as f32;
            let label = words.fill("folder_reading", &[&progress.done.to_string(), &progress.all.to_string()]);
            ui.add(egui::ProgressBar::new(share).desired_width(180.0).text(label));
        }
        if ui.button(words.get("close_folder")).clicked() {
            asked.command(Command::Project(ProjectCommand::Close));
        }
    });
}

/// Filter, grouping, finding, checking, CSV.
fn tools_ui(ui: &mut Ui, grid: &mut Grid, project: &Project, words: &Words, asked: &mut Asked) {
    ui.horizontal_wrapped(|ui| {
        ui.add(TextEdit::singleline(&mut grid.filter).hint_text(words.get("grid_filter")).desired_width(180.0))
            .accessible_name(words.get("grid_filter"));
        let shown = grid.group.map_or(words.get("no_groups"), |column| words.named("grid", column.key()));
        ComboBox::from_label(words.get("group_by")).selected_text(shown).show_ui(ui, |ui| {
            ui.selectable_value(&mut grid.group, None, words.get("no_groups"));
            for column in Column::GROUPS {
                ui.selectable_value(&mut grid.group, Some(column), words.named("grid", column.key()));
            }
        });
        ui.separator();
        work::ask_ui(ui, &mut grid.work, words, asked);
        ui.separator();
        let steps = [("undo", project.can_undo(), ProjectCommand::Undo), ("redo", project.can_redo(), ProjectCommand::Redo)];
        for (name, can, command) in steps {
            if ui.add_enabled(can, Button::new(words.get(name))).clicked() {
                asked.command(Command::Project(command));
            }
        }
        ui.menu_button(words.get("folder_table"), |ui| {
            for (name, action) in [("csv_write", Action::WriteFacts), ("csv_read", Action::ReadFacts), ("cite", Action::CiteFolder)] {
                if ui.button(words.get(name)).clicked() {
                    asked.action(action);
                }
            }
        });
    });
}

fn table_ui(ui: &mut Ui, grid: &mut Grid, project: &Project, words: &Words, palette: &Palette, asked: &mut Asked) {
    let mut table =
        TableBuilder::new(ui).id_salt("grid").striped(true).sense(egui::Sense::CLICK).auto_shrink(false).min_scrolled_height(0.0);
    for column in Column::ALL {
        table = table.column(Width::initial(column.width()).at_least(30.0).clip(true).resizable(true));
    }
    let Grid { rows, order, descending, picked, from, edit, folded, .. } = grid;
    let lines = rows.lines();
    let header = table.header(24.0, |mut header| {
        for column in Column::ALL {
            header.col(|ui| heading_ui(ui, words.named("grid", column.key()), column, order, descending));
        }
    });
    header.body(|body| {
        body.rows(ROW, lines.len(), |mut table_row| match lines.get(table_row.index()) {
            Some(Line::Group { name, count }) => group_ui(&mut table_row, name, *count, folded),
            Some(Line::Row(row)) => {
                table_row.set_selected(picked.contains(&row.key));
                row_ui(&mut table_row, row, edit, project, words, palette, asked);
                let response = table_row.response();
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Row, true, row.label.trim()));
                if response.double_clicked() && edit.is_idle() {
                    open(row, asked);
                } else if response.clicked() {
                    let modifiers = response.ctx.input(|input| input.modifiers);
                    pick(picked, from, &lines, &row.key, modifiers);
                }
            }
            None => {}
        });
    });
}

/// Arrows pick the row above or below, Ctrl+A all, Escape none.
fn keys(ui: &Ui, grid: &mut Grid, lines: &[Line]) {
    let rows: Vec<&RowKey> = lines.iter().filter_map(|line| if let Line::Row(row) = line { Some(&row.key) } else { None }).collect();
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let here = grid.from.as_ref().and_then(|from| rows.iter().position(|key| *key == from));
    let step = match (pressed(Key::ArrowDown), pressed(Key::ArrowUp)) {
        (true, _) => Some(here.map_or(0, |at| at + 1)),
        (_, true) => here.and_then(|at| at.checked_sub(1)),
        _ => None,
    };
    if let Some(key) = step.and_then(|at| rows.get(at)) {
        grid.picked = BTreeSet::from([(*key).clone()]);
        grid.from = Some((*key).clone());
    }
    if ui.input(|input| input.modifiers.command && input.key_pressed(Key::A)) {
        grid.picked = rows.into_iter().cloned().collect();
    } else if pressed(Key::Escape) {
        grid.picked.clear();
    }
}

/// Opens the report of a row, at its part if it is one of several.
fn open(row: &Row, asked: &mut Asked) {
    match row.key.1 {
        Some(part) => asked.action(Action::OpenAt(row.key.0.clone(), crate::text::Span::at(part))),
        None => asked.command(Command::File(FileCommand::Open(vec![row.key.0.clone()]))),
    }
    asked.action(Action::ShowReport);
}

/// The line above a group: a click folds it.
fn group_ui(table_row: &mut TableRow<'_, '_>, name: &str, count: usize, folded: &mut BTreeSet<String>) {
    let is_folded = folded.contains(name);
    table_row.col(|ui| {
        let label = format!("{} {name} ({count})", if is_folded { "＋" } else { "－" });
        if ui.add(Button::new(RichText::new(label).strong()).frame(false)).clicked() && !folded.remove(name) {
            folded.insert(name.to_owned());
        }
    });
}

fn row_ui(
    table_row: &mut TableRow<'_, '_>,
    row: &Row,
    edit: &mut Edit,
    project: &Project,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    for column in Column::ALL {
        table_row.col(|ui| {
            if edit.is_at(&row.key, column) {
                edit.cell_ui(ui, project, words, asked);
                return;
            }
            let text = row.text(column);
            let text = match (column, &row.trouble) {
                (Column::Name, _) => RichText::new(&row.label),
                (Column::Title, Some(trouble)) => RichText::new(trouble).color(palette.error),
                _ => RichText::new(text),
            };
            ui.add(egui::Label::new(text).selectable(false).truncate().sense(egui::Sense::hover()));
            let place = ui.max_rect();
            // A second click on a cell that can be corrected begins that; on any other it opens the report.
            let twice = ui.input(|input| {
                let button = input.pointer.button_double_clicked(egui::PointerButton::Primary);
                button && input.pointer.interact_pos().is_some_and(|at| place.contains(at))
            });
            if let Some(field) = column.field().filter(|_| twice && row.trouble.is_none()) {
                edit.begin(row.key.clone(), column, field, project);
            }
        });
    }
}

/// A column's head: a click sorts by it, another the other way round.
fn heading_ui(ui: &mut Ui, name: &str, column: Column, order: &mut Column, descending: &mut bool) {
    let arrow = match (*order == column, *descending) {
        (false, _) => "",
        (true, false) => " ↑",
        (true, true) => " ↓",
    };
    if ui.add(Button::new(format!("{name}{arrow}")).frame(false)).clicked() {
        *descending = *order == column && !*descending;
        *order = column;
    }
}

/// A click picks one row; with Ctrl one more; with Shift all from the last one picked.
fn pick(picked: &mut BTreeSet<RowKey>, from: &mut Option<RowKey>, lines: &[Line], key: &RowKey, modifiers: Modifiers) {
    if modifiers.command {
        if !picked.remove(key) {
            picked.insert(key.clone());
        }
    } else if let (true, Some(begin)) = (modifiers.shift, from.as_ref()) {
        let at = |key: &RowKey| lines.iter().position(|line| matches!(line, Line::Row(row) if row.key == *key));
        if let (Some(one), Some(other)) = (at(begin), at(key)) {
            let range = lines.get(one.min(other)..=one.max(other)).unwrap_or_default();
            picked.clear();
            picked.extend(range.iter().filter_map(|line| if let Line::Row(row) = line { Some(row.key.clone()) } else { None }));
        }
    } else {
        *picked = BTreeSet::from([key.clone()]);
    }
    if !modifiers.shift {
        *from = Some(key.clone());
    }
}

impl Grid {
    /// The picked reports, or all that are shown where none is.
    pub fn chosen(&self) -> Vec<RowKey> {
        let shown = self.rows.lines();
        let rows = shown.iter().filter_map(|line| if let Line::Row(row) = line { Some(&row.key) } else { None });
        rows.filter(|key| self.picked.is_empty() || self.picked.contains(key)).cloned().collect()
    }
}
