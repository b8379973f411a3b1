//! What looks wrong in tags: each said in a sentence, and dismissed for good where it is not.

use crate::locale::Words;
use crate::session::{Command, Document, SuggestCommand};
use crate::suggest::Hint;
use crate::ui::action::{Action, Asked};
use egui::{Align, Button, Layout, ScrollArea, TextWrapMode, Ui};

/// Height of a line in points.
const LINE: f32 = 24.0;

/// Draws the list; a click goes to the tag.
pub(super) fn hints_ui(ui: &mut Ui, hints: &[Hint], document: &Document, words: &Words, asked: &mut Asked) {
    if hints.is_empty() {
        ui.weak(words.get("hints_none"));
        return;
    }
    ScrollArea::vertical().id_salt("hints").auto_shrink(false).show_rows(ui, LINE, hints.len(), |ui, range| {
        for hint in hints.get(range).unwrap_or_default() {
            let quote = document.report.quote(hint.span).replace('\n', " ");
            ui.horizontal(|ui| {
                ui.set_height(LINE);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let dismiss = ui.button(words.get("hints_dismiss"));
                    let named = || words.fill("hints_dismiss_named", &[&quote]);
                    dismiss.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, named()));
                    if dismiss.clicked() {
                        asked.command(Command::Suggest(SuggestCommand::DismissHint(hint.key.to_owned(), hint.span)));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let sentence = format!("{quote} — {}", words.hint_sentence(hint));
                        let picked = document.picked.contains(&hint.tag);
                        let row = ui.add(Button::selectable(picked, &sentence).wrap_mode(TextWrapMode::Truncate));
                        if row.on_hover_text(&sentence).clicked() {
                            asked.action(Action::GoToTag(hint.tag));
                        }
                    });
                });
            });
        }
    });
}
