//! The left panel: the opened reports, and the outline of the one shown.

use super::action::{Action, Asked};
use super::menus::shortened;
use crate::locale::Words;
use crate::session::{Command, Document, FileCommand, State};
use egui::{Button, ScrollArea, TextWrapMode, Ui};

/// Draws the panel.
pub fn left_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    ui.add_space(4.0);
    ui.strong(words.get("reports"));
    ScrollArea::vertical().id_salt("reports").max_height(ui.available_height() * 0.35).auto_shrink([false, true]).show(ui, |ui| {
        for document in &state.documents {
            report_ui(ui, document, state, words, asked);
        }
    });
    ui.separator();
    ui.strong(words.get("outline"));
    if let Some(document) = state.document() {
        outline_ui(ui, document, words, asked);
    }
}

fn report_ui(ui: &mut Ui, document: &Document, state: &State, words: &Words, asked: &mut Asked) {
    ui.horizontal(|ui| {
        let close = 24.0;
        let unsaved = if document.keeping.is_saved() { "" } else { "● " };
        let label = format!("{unsaved}{}", shortened(&document.title()));
        let button = Button::selectable(state.active == Some(document.id), label).wrap_mode(TextWrapMode::Truncate);
        let width = (ui.available_width() - close - 8.0).max(40.0);
        let response = ui.add_sized([width, 22.0], button).on_hover_text(document.path.display().to_string());
        if response.clicked() {
            asked.command(Command::File(FileCommand::Activate(document.id)));
        }
        let close = ui.add(Button::new("×").frame(false)).on_hover_text(words.get("close"));
        close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.fill("close_report", &[&document.title()])));
        if close.clicked() {
            asked.command(Command::File(FileCommand::Close(document.id)));
        }
    });
}

fn outline_ui(ui: &mut Ui, document: &Document, words: &Words, asked: &mut Asked) {
    let report = &document.report;
    let headings: Vec<_> = report.paragraphs().iter().filter_map(|paragraph| Some((paragraph, paragraph.heading()?))).collect();
    if headings.is_empty() {
        ui.weak(words.get("no_headings"));
        return;
    }
    let here = headings.partition_point(|(paragraph, _)| paragraph.span.start() <= document.place).checked_sub(1);
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().id_salt("outline").auto_shrink(false).show_rows(ui, 20.0, headings.len(), |ui, range| {
        for at in range {
            let Some((paragraph, heading)) = headings.get(at) else { continue };
            let level = report.level_of(paragraph);
            ui.horizontal(|ui| {
                ui.set_height(20.0);
                ui.add_space(f32::from(level.number() - 1) * 12.0);
                let text = report.shown(*heading, document.view).text;
                let button = Button::selectable(here == Some(at), text).wrap_mode(TextWrapMode::Truncate);
                if ui.add(button).on_hover_text(report.quote(*heading)).clicked() {
                    asked.action(Action::GoToHeading(heading.start()));
                }
            });
        }
    });
}
