//! Numbers and promises that nobody tagged, and how much of each section is tagged.

use super::Proposals;
use super::said::{marked, plain};
use crate::locale::Words;
use crate::session::Document;
use crate::suggest::{Figure, FigureKind, Share, total};
use crate::text::Span;
use crate::ui::action::{Action, Asked};
use crate::ui::theme::Palette;
use egui::{Button, Color32, ProgressBar, ScrollArea, TextFormat, TextWrapMode, Ui};

/// Height of a line of either list in points.
const LINE: f32 = 24.0;
/// Characters shown before and behind an omission.
const AROUND: u32 = 16;

/// Draws both lists.
pub(super) fn omissions_ui(ui: &mut Ui, proposals: &Proposals, document: &Document, words: &Words, palette: &Palette, asked: &mut Asked) {
    let checks = &proposals.checks;
    let (figures, tagged) = total(&checks.shares);
    ui.label(words.fill("coverage_total", &[&tagged.to_string(), &figures.to_string()]));
    let here = proposals.omission.filter(|(id, _)| *id == document.id).map(|(_, span)| span);
    ui.columns_const(|[left, right]| {
        list_ui(left, &checks.omissions, here, document, words, palette, asked);
        shares_ui(right, &checks.shares, document, words, palette, asked);
    });
}

/// What nobody tagged, in its context; a click goes there.
fn list_ui(
    ui: &mut Ui,
    omissions: &[Figure],
    here: Option<Span>,
    document: &Document,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    if omissions.is_empty() {
        ui.weak(words.get("omissions_none"));
        return;
    }
    let faint = TextFormat { color: palette.faint, ..plain(ui) };
    ScrollArea::vertical().id_salt("omissions").auto_shrink(false).show_rows(ui, LINE, omissions.len(), |ui, range| {
        for omission in omissions.get(range).unwrap_or_default() {
            let span = omission.span;
            let name = words.get(match omission.kind {
                FigureKind::Number => "omission_number",
                FigureKind::Promise => "omission_promise",
            });
            let own = TextFormat { color: palette.heading, background: palette.hit, ..plain(ui) };
            let job = marked(document, around(document, span), &faint, &[(span, own)]);
            ui.horizontal(|ui| {
                ui.weak(name);
                let row = ui.add(Button::selectable(here == Some(span), job).wrap_mode(TextWrapMode::Truncate));
                row.widget_info(|| {
                    let quote = document.report.quote(span);
                    egui::WidgetInfo::selected(egui::Role::Button, true, here == Some(span), words.fill("omission_named", &[name, quote]))
                });
                if row.clicked() {
                    asked.action(Action::GoToOmission(span));
                }
            });
        }
    });
}

/// A place with some characters of its paragraph on either side.
fn around(document: &Document, span: Span) -> Span {
    let report = &document.report;
    let paragraph = report.paragraphs().get(report.paragraph_at(span.start())).map_or(span, |paragraph| paragraph.span.union(span));
    Span::new(paragraph.clamp(span.start().minus(AROUND)), paragraph.clamp(span.end().plus(AROUND * 2)))
}

/// A bar for each section: how many of its figures are tagged. A click on its heading goes there.
fn shares_ui(ui: &mut Ui, shares: &[Share], document: &Document, words: &Words, palette: &Palette, asked: &mut Asked) {
    ScrollArea::vertical().id_salt("shares").auto_shrink(false).show_rows(ui, LINE, shares.len(), |ui, range| {
        for share in shares.get(range).unwrap_or_default() {
            ui.horizontal(|ui| {
                let said = words.fill("coverage_share", &[&share.tagged.to_string(), &share.figures.to_string()]);
                let part = share.tagged as f32 / share.figures.max(1) as f32;
                // An empty bar is drawn with a round end all the same.
                let fill = if share.tagged == 0 { ui.visuals().extreme_bg_color } else { done(palette) };
                ui.add(ProgressBar::new(part).desired_width(110.0).fill(fill).text(said));
                ui.add_space(share.section.len().saturating_sub(1) as f32 * 12.0);
                let heading = share.section.last().map(|heading| document.report.shown(*heading, document.view).text);
                let heading = heading.unwrap_or_else(|| words.get("coverage_front").to_owned());
                if ui.add(Button::new(heading).frame(false).wrap_mode(TextWrapMode::Truncate)).clicked() {
                    asked.action(Action::GoToHeading(share.span.start()));
                }
            });
        }
    });
}

/// The colour of what is tagged already: pale, as the number stands on it.
fn done(palette: &Palette) -> Color32 {
    palette.good.gamma_multiply(0.35)
}
