//! How far a review has come: by kind, and section by section.

use crate::annotation::KindId;
use crate::locale::Words;
use crate::review::{Progress, by_kind, by_section};
use crate::session::{Document, Review};
use crate::ui::action::{Action, Asked};
use crate::ui::menus::shortened;
use egui::{Button, Grid, ScrollArea, Ui};

/// Draws both tables; a click on a section goes there.
pub(super) fn progress_ui(ui: &mut Ui, document: &Document, review: &Review, words: &Words, asked: &mut Asked) {
    let of_kinds = by_kind(&review.layers, &review.cases);
    ScrollArea::vertical().id_salt("progress").max_height(420.0).show(ui, |ui| {
        Grid::new("progress").num_columns(5).striped(true).spacing([16.0, 4.0]).show(ui, |ui| {
            for name in ["", "progress_left", "progress_decided", "progress_agreed", "progress_put_off"] {
                ui.weak(if name.is_empty() { name } else { words.get(name) });
            }
            ui.end_row();
            ui.strong(words.get("progress_all"));
            row_ui(ui, &review.tally);
            let kinds = document.codebook().kinds.iter().map(|kind| &kind.id);
            let undefined = of_kinds.keys().filter(|kind| document.codebook().kind(kind).is_none());
            let all: Vec<&KindId> = kinds.chain(undefined).collect();
            for (kind, progress) in all.into_iter().filter_map(|kind| Some((kind, of_kinds.get(kind)?))) {
                ui.label(words.kind(kind));
                row_ui(ui, progress);
            }
            for (span, heading, progress) in by_section(&document.report, &review.cases) {
                let heading = if heading.is_empty() { words.get("coverage_front").to_owned() } else { shortened(&heading) };
                if ui.add(Button::new(heading).frame(false)).clicked() {
                    asked.action(Action::GoToHeading(span.start()));
                }
                row_ui(ui, &progress);
            }
        });
        if of_kinds.values().map(Progress::total).sum::<usize>() > review.tally.total() {
            ui.weak(words.get("progress_kinds_hint"));
        }
    });
}

/// What is left, decided, agreed and put off.
fn row_ui(ui: &mut Ui, progress: &Progress) {
    let put_off = progress.deferred + progress.asked;
    for count in [progress.left(), progress.decided, progress.agreed, put_off] {
        ui.label(count.to_string());
    }
    ui.end_row();
}
