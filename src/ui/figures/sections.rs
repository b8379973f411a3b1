//! A figure section by section, as bars.

use super::cell::counted;
use super::figure;
use crate::exchange::{interval, rounded};
use crate::locale::Words;
use crate::review::agreement::Figure;
use crate::review::figures::Figures;
use crate::ui::action::{Action, Asked, FiguresAction};
use crate::ui::theme::Palette;
use egui::{Align, Button, Layout, Rect, Sense, TextWrapMode, Ui, Vec2, pos2, vec2};

/// Width of a heading and size of a bar in points.
const HEADING: f32 = 260.0;
const BAR: Vec2 = vec2(220.0, 12.0);
/// Height of a line.
const LINE: f32 = 22.0;

/// Draws a bar for each section; a click on a heading goes there.
pub(super) fn sections_ui(ui: &mut Ui, figures: &Figures, key: &str, words: &Words, palette: &Palette, asked: &mut Asked) {
    for (span, heading, block) in &figures.sections {
        ui.horizontal(|ui| {
            ui.set_height(LINE);
            let heading = if heading.is_empty() { words.get("agreement_before_headings") } else { heading.as_str() };
            ui.allocate_ui_with_layout(vec2(HEADING, LINE), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(HEADING);
                if ui.add(Button::new(heading).frame(false).wrap_mode(TextWrapMode::Truncate)).clicked() {
                    asked.action(Action::Figures(FiguresAction::Toggle));
                    asked.action(Action::GoToHeading(span.start()));
                }
            });
            figure(block, key).into_iter().for_each(|figure| bar_ui(ui, &figure, words, palette));
        });
    }
}

/// A bar from nothing to one with a line over its interval, and the figure behind it; the reason where there is none.
fn bar_ui(ui: &mut Ui, figure: &Figure, words: &Words, palette: &Palette) {
    let Some(value) = figure.value else {
        let why = figure.undefined.map_or("", |why| words.named("undefined", why.key()));
        ui.weak(why).on_hover_text(counted(figure, words));
        return;
    };
    let (rect, _) = ui.allocate_exact_size(BAR, Sense::hover());
    let at = |value: f64| rect.left() + rect.width() * value.clamp(0.0, 1.0) as f32;
    let painter = ui.painter();
    painter.rect_filled(rect, 2.0, palette.faint.gamma_multiply(0.2));
    painter.rect_filled(Rect::from_min_max(rect.min, pos2(at(value), rect.bottom())), 2.0, palette.good.gamma_multiply(0.7));
    if let (Some(low), Some(high)) = (figure.low, figure.high) {
        painter.hline(at(low)..=at(high), rect.center().y, (1.5, palette.ink));
    }
    let interval = interval(figure).unwrap_or_default();
    let said = format!("{} {interval} {}/{}", rounded(value), figure.counts.agreed, figure.counts.compared);
    ui.label(said).on_hover_text(counted(figure, words));
}
