//! A figure in a cell.

use crate::exchange::{interval, rounded};
use crate::locale::Words;
use crate::review::agreement::{Counts, Figure};
use egui::{Label, RichText, Ui};

/// Width of a cell in points.
const WIDTH: f32 = 112.0;

/// Draws a value with its interval and what it was counted from; the reason where there is none.
pub(super) fn figure_ui(ui: &mut Ui, figure: Option<Figure>, words: &Words) {
    let cell = ui.vertical(|ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        let Some(figure) = figure else {
            ui.weak("—");
            return;
        };
        let small = |text: String| Label::new(RichText::new(text).small().weak()).wrap();
        match (figure.value, figure.undefined) {
            (Some(value), _) => {
                ui.strong(rounded(value));
                interval(&figure).into_iter().for_each(|interval| drop(ui.add(small(interval))));
                ui.add(small(format!("{}/{}", figure.counts.agreed, figure.counts.compared)));
            }
            (None, Some(why)) => drop(ui.add(small(words.named("undefined", why.key()).to_owned()))),
            (None, None) => {}
        }
    });
    if let Some(figure) = figure {
        cell.response.on_hover_text(counted(&figure, words));
    }
}

/// What a figure was counted from, as a sentence.
pub(super) fn counted(figure: &Figure, words: &Words) -> String {
    let Counts { coders, compared, agreed, left_out } = figure.counts;
    let [coders, compared, agreed, left_out] = [u64::from(coders), compared, agreed, left_out].map(|count| count.to_string());
    words.fill("figures_counted", &[&coders, &compared, &agreed, &left_out])
}
