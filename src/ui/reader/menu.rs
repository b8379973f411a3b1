//! The menu of the right mouse button on the page.

use super::canvas::Canvas;
use super::input::take;
use super::marks::tags_at;
use crate::locale::Words;
use crate::report::Role;
use crate::session::{Command, ReadCommand, ReportCommand, Selection, TagCommand};
use crate::text::Pos;
use crate::ui::action::{Action, Asked};
use crate::ui::menus::item_ui;
use egui::{Response, Ui};

pub(super) fn context_menu_ui(response: &Response, canvas: &Canvas<'_>, words: &Words, asked: &mut Asked) {
    // A right click on a tag picks it; elsewhere it puts the caret there, unless something is selected.
    if response.secondary_clicked()
        && let Some((place, on)) = response.interact_pointer_pos().and_then(|point| canvas.place_at(&response.ctx, point))
    {
        if !on.is_some_and(|on| canvas.proposed.here.is_some_and(|proposal| proposal.span.covers(on))) {
            take(canvas, on, asked);
        }
        let tags = on.map(|on| tags_at(&canvas.document.annotations, on)).unwrap_or_default();
        if let Some(tag) = tags.first().filter(|_| !tags.iter().any(|tag| canvas.document.picked.contains(tag))) {
            asked.command(Command::Read(ReadCommand::Pick(vec![*tag])));
        }
        if canvas.document.selection.span().is_empty() {
            asked.command(Command::Read(ReadCommand::Select(Selection::caret(place))));
        }
    }
    response.context_menu(|ui| menu_ui(ui, canvas, words, asked));
}

fn menu_ui(ui: &mut Ui, canvas: &Canvas<'_>, words: &Words, asked: &mut Asked) {
    for kind in &canvas.document.codebook().kinds {
        let label = words.fill("tag_as", &[words.kind(&kind.id)]);
        if ui.add(egui::Button::new(label).shortcut_text(kind.digit.to_string())).clicked() {
            asked.action(Action::Tag(kind.digit));
        }
    }
    if !canvas.document.picked.is_empty() {
        ui.separator();
        ui.menu_button(words.get("change_kind"), |ui| {
            for kind in &canvas.document.codebook().kinds {
                if ui.button(words.kind(&kind.id)).clicked() {
                    asked.command(Command::Tag(TagCommand::SetKind(canvas.document.picked.clone(), kind.id.clone())));
                }
            }
        });
        for (name, action) in [("unsure", Action::Unsure), ("note", Action::Note), ("link", Action::Link), ("delete", Action::Delete)] {
            item_ui(ui, words, name, true, action, asked);
        }
    }
    let caret = canvas.document.selection.caret;
    if canvas.proposed.here.is_some_and(|proposal| proposal.span.touches(caret)) {
        ui.separator();
        let actions = [
            ("accept_proposal", Action::AcceptProposal),
            ("reject_proposal", Action::RejectProposal),
            ("mend_proposal", Action::MendProposal),
        ];
        for (name, action) in actions {
            item_ui(ui, words, name, true, action, asked);
        }
    }
    ui.separator();
    item_ui(ui, words, "copy", true, Action::Copy, asked);
    item_ui(ui, words, "copy_shown", true, Action::CopyShown, asked);
    item_ui(ui, words, "copy_cited", true, Action::CopyCited, asked);
    ui.separator();
    paragraph_menu_ui(ui, canvas, words, asked);
}

/// Corrections of the paragraph at the caret.
fn paragraph_menu_ui(ui: &mut Ui, canvas: &Canvas<'_>, words: &Words, asked: &mut Asked) {
    let report = &canvas.document.report;
    let caret = canvas.document.selection.caret;
    let at = report.paragraph_at(caret);
    let Some(paragraph) = report.paragraphs().get(at) else { return };
    let start: Pos = paragraph.span.start();
    let corrected = report.corrections().roles.contains_key(&start);
    ui.menu_button(words.get("paragraph_is"), |ui| {
        for role in Role::ALL {
            if ui.add(egui::Button::selectable(paragraph.role == role, words.named("role", role.key()))).clicked() {
                asked.command(Command::Report(ReportCommand::Role(start, Some(role))));
            }
        }
        ui.separator();
        if ui.add_enabled(corrected, egui::Button::new(words.get("as_read"))).clicked() {
            asked.command(Command::Report(ReportCommand::Role(start, None)));
        }
    });
    if ui.add_enabled(at > 0, egui::Button::new(words.get("join_paragraph"))).clicked() {
        asked.command(Command::Report(ReportCommand::Join(start)));
    }
    let inside = start < caret && caret < paragraph.span.end();
    if ui.add_enabled(inside, egui::Button::new(words.get("divide_paragraph"))).clicked() {
        asked.command(Command::Report(ReportCommand::Divide(caret)));
    }
    let part = report.parts().iter().any(|part| part.span.start() == start);
    if ui.button(words.get(if part { "join_part" } else { "divide_part" })).clicked() {
        asked.command(Command::Report(ReportCommand::Part(start, !part)));
    }
    let sentence = report.sentence_at(caret).filter(|_| inside);
    let begins = sentence.is_some_and(|sentence| sentence.start() == caret);
    let name = if begins { "join_sentence" } else { "divide_sentence" };
    if ui.add_enabled(sentence.is_some(), egui::Button::new(words.get(name))).clicked() {
        asked.command(Command::Report(ReportCommand::Sentence(caret, !begins)));
    }
}
