//! The list of the cases.

use super::Queue;
use super::said::{colour, quote, sort};
use crate::locale::Words;
use crate::review::{Judged, Standing};
use crate::session::{Document, Review};
use crate::ui::action::{Action, Asked, CaseAction};
use crate::ui::layers::Called;
use crate::ui::theme::Palette;
use egui::{Button, RichText, ScrollArea, TextWrapMode, Ui};

/// Height of a line in points.
const LINE: f32 = 24.0;

/// Draws the list; only the lines in view.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub(super) fn list_ui(
    ui: &mut Ui,
    queue: &mut Queue,
    document: &Document,
    review: &Review,
    called: &Called<'_>,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    let listed = queue.listed(review);
    let here = queue.position(review, &listed);
    let mut area = ScrollArea::vertical().id_salt("cases").auto_shrink(false);
    if let Some(at) = here.filter(|_| std::mem::take(&mut queue.reveal)) {
        area = area.vertical_scroll_offset((at as f32 - 2.0).max(0.0) * (LINE + ui.spacing().item_spacing.y));
    }
    area.show_rows(ui, LINE, listed.len(), |ui, range| {
        for at in range {
            let Some(judged) = listed.get(at).and_then(|place| review.cases.get(*place)) else { continue };
            ui.horizontal(|ui| {
                ui.set_height(LINE);
                line_ui(ui, document, review, judged, here == Some(at), called, words, palette, asked);
            });
        }
    });
}

/// A case as one line; a click shows it.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
fn line_ui(
    ui: &mut Ui,
    document: &Document,
    review: &Review,
    judged: &Judged,
    here: bool,
    called: &Called<'_>,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    if judged.standing != Standing::Open {
        let standing = RichText::new(words.named("standing", judged.standing.key())).small().color(colour(judged.standing, palette));
        ui.label(standing);
    }
    let line = format!("{} · {}", sort(review, judged, called, words), quote(document, judged));
    if ui.add(Button::selectable(here, line).wrap_mode(TextWrapMode::Truncate)).clicked() {
        asked.action(Action::Case(CaseAction::GoTo(judged.key)));
    }
}
