//! The left panel: the opened reports, and bookmarks and outline of the one shown.

use super::action::{Action, Asked};
use super::menus::shortened;
use super::theme::Palette;
use crate::locale::Words;
use crate::report::Level;
use crate::session::{Command, Document, DocumentId, FileCommand, ReadCommand, State};
use crate::text::{Pos, Span};
use egui::{Align, Button, Layout, RichText, ScrollArea, TextWrapMode, Ui};
use std::sync::Arc;

/// Draws the panel.
pub fn left_ui(ui: &mut Ui, state: &State, in_grid: bool, words: &Words, palette: &Palette, asked: &mut Asked) {
    ui.add_space(4.0);
    if let Some(project) = &state.project {
        let name = project.root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let label = words.fill("folder_entry", &[&name, &project.cards.len().to_string()]);
        let button = Button::selectable(in_grid || state.active.is_none(), label).wrap_mode(TextWrapMode::Truncate);
        if ui.add_sized([ui.available_width(), 24.0], button).on_hover_text(project.root.display().to_string()).clicked() {
            asked.action(Action::ToggleGrid);
        }
        ui.add_space(4.0);
    }
    ui.strong(words.get("reports"));
    ScrollArea::vertical().id_salt("reports").max_height(ui.available_height() * 0.35).auto_shrink([false, true]).show(ui, |ui| {
        for document in &state.documents {
            report_ui(ui, document, state, in_grid, words, asked);
        }
    });
    ui.separator();
    // The outline is that of the report one is reading.
    let Some(document) = state.document().filter(|_| !in_grid) else { return };
    if !document.bookmarks.is_empty() {
        ui.strong(words.get("bookmarks"));
        ScrollArea::vertical().id_salt("bookmarks").max_height(ui.available_height() * 0.3).auto_shrink([false, true]).show(ui, |ui| {
            bookmarks_ui(ui, document, words, asked);
        });
        ui.separator();
    }
    ui.strong(words.get("outline"));
    outline_ui(ui, document, words, palette, asked);
}

fn report_ui(ui: &mut Ui, document: &Document, state: &State, in_grid: bool, words: &Words, asked: &mut Asked) {
    ui.horizontal(|ui| {
        let close = 24.0;
        let unsaved = if document.keeping.is_saved() { "" } else { "● " };
        let title = if document.is_review() { words.fill("review_of", &[&document.title()]) } else { document.title() };
        let label = format!("{unsaved}{}", shortened(&title));
        let button = Button::selectable(state.active == Some(document.id) && !in_grid, label).wrap_mode(TextWrapMode::Truncate);
        let width = (ui.available_width() - close - 8.0).max(40.0);
        let response = ui.add_sized([width, 22.0], button).on_hover_text(document.path.display().to_string());
        if response.clicked() {
            asked.command(Command::File(FileCommand::Activate(document.id)));
        }
        let close = ui.add(Button::new("×").frame(false)).on_hover_text(words.get("close"));
        close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.fill("close_report", &[&title])));
        if close.clicked() {
            asked.command(Command::File(FileCommand::Close(document.id)));
        }
    });
}

/// The marked places by their first words.
fn bookmarks_ui(ui: &mut Ui, document: &Document, words: &Words, asked: &mut Asked) {
    for &place in &document.bookmarks {
        ui.horizontal(|ui| {
            let text = first_words(document, place);
            let width = (ui.available_width() - 32.0).max(40.0);
            let button = Button::new(text).frame(false).wrap_mode(TextWrapMode::Truncate);
            if ui.add_sized([width, 20.0], button).clicked() {
                asked.action(Action::GoToHeading(place));
            }
            let remove = ui.add(Button::new("×").frame(false)).on_hover_text(words.get("remove_bookmark"));
            remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.get("remove_bookmark")));
            if remove.clicked() {
                asked.command(Command::Read(ReadCommand::Bookmark(place)));
            }
        });
    }
}

fn first_words(document: &Document, place: Pos) -> String {
    let shown = document.report.shown(Span::new(place, place.plus(60)), document.view).text;
    shown.lines().next().unwrap_or("").chars().take(24).collect()
}

/// A heading, and how many tags of each kind stand under it, those of lower headings included.
struct Entry {
    heading: Span,
    /// Its level; nothing for the title of a report among several in the file.
    level: Option<Level>,
    /// In the order of the codebook.
    counts: Vec<usize>,
}

/// The document an outline was worked out for, its report by address, and the number of changes made to it since.
type OutlineKey = (DocumentId, usize, u64);

fn entries(document: &Document) -> Vec<Entry> {
    let report = &document.report;
    let begins = |place: Pos| report.parts().iter().any(|part| part.span.start() == place);
    let headed: Vec<(Pos, Span, Option<Level>)> = report
        .paragraphs()
        .iter()
        .filter_map(|paragraph| {
            let start = paragraph.span.start();
            let part = begins(start).then_some((start, paragraph.span, None));
            part.or_else(|| Some((start, paragraph.heading()?, Some(report.level_of(paragraph)))))
        })
        .collect();
    let end = Pos::new(report.text().len());
    let order = document.annotations.order();
    let kinds = &document.codebook().kinds;
    // How many tags of each kind stand before each place in the order.
    let mut before = vec![vec![0; kinds.len()]];
    for (_, id) in order {
        let mut counts = before.last().cloned().unwrap_or_default();
        let kind = document.annotations.tag(*id).and_then(|tag| kinds.iter().position(|kind| kind.id == tag.kind));
        if let Some(count) = kind.and_then(|kind| counts.get_mut(kind)) {
            *count += 1;
        }
        before.push(counts);
    }
    let counted = |place: Pos| before.get(order.partition_point(|(span, _)| span.start() < place)).cloned().unwrap_or_default();
    let entry = |(at, &(start, heading, level)): (usize, &(Pos, Span, Option<Level>))| {
        let next = headed.iter().skip(at + 1).find(|(.., next)| *next <= level);
        let until = next.map_or(end.plus(1), |(next, ..)| *next);
        let counts = counted(until).iter().zip(counted(start)).map(|(to, from)| to - from).collect();
        Entry { heading, level, counts }
    };
    headed.iter().enumerate().map(entry).collect()
}

fn outline_ui(ui: &mut Ui, document: &Document, words: &Words, palette: &Palette, asked: &mut Asked) {
    // Worked out again only when tags or headings change: a long report has hundreds of headings.
    let key: OutlineKey = (document.id, Arc::as_ptr(&document.report) as usize, document.keeping.made);
    let kept = ui.memory(|memory| memory.data.get_temp::<(OutlineKey, Arc<Vec<Entry>>)>(egui::Id::unique("outline")));
    let entries = match kept.filter(|(known, _)| *known == key) {
        Some((_, entries)) => entries,
        None => {
            let entries = Arc::new(entries(document));
            ui.memory_mut(|memory| memory.data.insert_temp(egui::Id::unique("outline"), (key, Arc::clone(&entries))));
            entries
        }
    };
    if entries.is_empty() {
        ui.weak(words.get("no_headings"));
        return;
    }
    let parted = entries.iter().any(|entry| entry.level.is_none());
    let here = entries.partition_point(|entry| entry.heading.start() <= document.place).checked_sub(1);
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().id_salt("outline").auto_shrink(false).show_rows(ui, 20.0, entries.len(), |ui, range| {
        for at in range {
            let Some(entry) = entries.get(at) else { continue };
            ui.horizontal(|ui| {
                ui.set_height(20.0);
                let depth = entry.level.map_or(0, |level| level.number() - u8::from(!parted));
                ui.add_space(f32::from(depth) * 12.0);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = 3.0;
                    for (kind, count) in document.codebook().kinds.iter().zip(&entry.counts).rev().filter(|(_, count)| **count > 0) {
                        let label = ui.label(RichText::new(count.to_string()).small().color(palette.kind(kind.colour)));
                        label.on_hover_text(words.kind(&kind.id));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let text = document.report.shown(entry.heading, document.view).text;
                        let button = Button::selectable(here == Some(at), text).wrap_mode(TextWrapMode::Truncate);
                        if ui.add(button).on_hover_text(document.report.quote(entry.heading)).clicked() {
                            asked.action(Action::GoToHeading(entry.heading.start()));
                        }
                    });
                });
            });
        }
    });
}
