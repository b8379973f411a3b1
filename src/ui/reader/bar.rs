//! The small bar at the selection: one press tags it.

use super::canvas::Canvas;
use crate::locale::Words;
use crate::ui::action::{Action, Asked};
use egui::{Area, Frame, Order, Ui, pos2};

/// Shows the bar where the selection ends, unless it is being dragged or out of view.
pub(super) fn selection_bar_ui(ui: &Ui, canvas: &Canvas<'_>, dragging: bool, words: &Words, asked: &mut Asked) {
    let selection = canvas.document.selection;
    // The words just tagged stay selected, so that a second tag on them is one more key; the bar has done its work.
    let tagged = canvas
        .document
        .picked
        .iter()
        .filter_map(|id| canvas.document.annotations.tag(*id))
        .any(|tag| tag.place() == Some(selection.span()));
    if selection.span().is_empty() || dragging || tagged || canvas.document.read_only.is_some() {
        return;
    }
    let clip = ui.clip_rect();
    let span = selection.span();
    let in_view = |rect: &egui::Rect| clip.contains_rect(*rect);
    let shown = canvas.in_view.first().zip(canvas.in_view.last()).map(|(first, last)| first.set.shown.span.union(last.set.shown.span));
    if !shown.is_some_and(|shown| shown.overlaps(span)) {
        return;
    }
    // Of a selection larger than the view the bar stands at the bottom.
    let below = || egui::Rect::from_center_size(pos2(canvas.column.center().x, clip.bottom() - 80.0), egui::vec2(1.0, 20.0));
    let caret = canvas
        .end_rect(ui, span.end())
        .filter(in_view)
        .or_else(|| canvas.caret_rect(ui, span.start()).filter(in_view))
        .unwrap_or_else(below);
    let size = canvas.page.key.size;
    let at = pos2(
        (caret.left() - 40.0).clamp(canvas.column.left() - 20.0, (canvas.column.right() - 200.0).max(canvas.column.left())),
        caret.bottom() + size * 0.7,
    );
    Area::new(egui::Id::unique("selection bar")).order(Order::Middle).fixed_pos(at).constrain_to(ui.clip_rect()).show(ui, |ui| {
        Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                for kind in &canvas.document.codebook().kinds {
                    let label = egui::RichText::new(words.kind(&kind.id)).color(canvas.palette.kind(kind.colour));
                    let button = ui.add(egui::Button::new(label).shortcut_text(kind.digit.to_string()));
                    if button.clicked() {
                        asked.action(Action::Tag(kind.digit));
                    }
                }
            });
        });
    });
}
