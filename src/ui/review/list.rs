//! The list of the cases.

use super::Queue;
use super::said::{colour, quote, sort};
use crate::locale::Words;
use crate::review::{Judged, Standing};
use crate::session::{Document, Review};
use crate::ui::action::{Action, Asked, CaseAction};
use crate::ui::layers::Called;
use crate::ui::proposals::plain;
use crate::ui::theme::Palette;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Galley, Role, ScrollArea, Sense, StrokeKind, TextFormat, TextStyle, Ui, WidgetInfo, vec2};
use std::sync::Arc;

/// Height of an entry in points: two rows.
const ENTRY: f32 = 40.0;
/// The blank at its sides.
const MARGIN: f32 = 8.0;

/// Draws the list; only the entries in view.
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
        area = area.vertical_scroll_offset((at as f32 - 2.0).max(0.0) * (ENTRY + ui.spacing().item_spacing.y));
    }
    area.show_rows(ui, ENTRY, listed.len(), |ui, range| {
        for at in range {
            let Some(judged) = listed.get(at).and_then(|place| review.cases.get(*place)) else { continue };
            entry_ui(ui, document, review, judged, here == Some(at), called, words, palette, asked);
        }
    });
}

/// A case: its words, and below them how it stands with it and in what people disagree; a click shows it.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
fn entry_ui(
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
    let (quote, sort) = (quote(document, judged), sort(review, judged, called, words));
    let standing = if judged.standing == Standing::Open { "" } else { words.named("standing", judged.standing.key()) };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ENTRY), Sense::click());
    let name = [quote.as_str(), standing, sort.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), here, name.as_str()));
    if response.clicked() {
        asked.action(Action::Case(CaseAction::GoTo(judged.key)));
    }
    let visuals = ui.style().interact_selectable(&response, here);
    if here || response.hovered() || response.has_focus() {
        ui.painter().rect(rect, visuals.corner_radius, visuals.weak_bg_fill, visuals.bg_stroke, StrokeKind::Inside);
    }
    let small = |colour| TextFormat { font_id: TextStyle::Small.resolve(ui.style()), color: colour, ..plain(ui) };
    let mut below = LayoutJob::default();
    if !standing.is_empty() {
        below.append(&format!("{standing} "), 0.0, small(colour(judged.standing, palette)));
    }
    below.append(&sort, 0.0, small(palette.faint));
    let (above, below) = (row(ui, LayoutJob::simple_format(quote, plain(ui)), rect.width()), row(ui, below, rect.width()));
    let place = rect.left_top() + vec2(MARGIN, (ENTRY - above.size().y - below.size().y) / 2.0);
    let next = place + vec2(0.0, above.size().y);
    ui.painter().galley(place, above, palette.ink);
    ui.painter().galley(next, below, palette.faint);
}

/// A row that ends where an entry of this width has no more room.
fn row(ui: &Ui, mut job: LayoutJob, width: f32) -> Arc<Galley> {
    job.wrap = TextWrapping::truncate_at_width(width - 2.0 * MARGIN);
    ui.painter().layout_job(job)
}
