//! The case at hand: in what people disagree, the words around it, what can be decided, and what was decided before.

use super::Queue;
use super::earlier::earlier_ui;
use super::options::options_ui;
use super::said::{besides, colour, sort};
use crate::annotation::Reason;
use crate::locale::Words;
use crate::review::{Judged, Standing};
use crate::session::{Document, Review};
use crate::text::Span;
use crate::ui::action::{Action, Asked, CaseAction};
use crate::ui::keys::keys_of;
use crate::ui::layers::Called;
use crate::ui::menus::item_ui;
use crate::ui::proposals::{marked, plain};
use crate::ui::theme::Palette;
use egui::text::LayoutJob;
use egui::{Button, Label, RichText, ScrollArea, TextEdit, TextFormat, Ui, Vec2, vec2};

/// Rows of the sentence around a case at most, and fewer where there is less room than this, in points.
const ROWS: u32 = 3;
const FEWER: u32 = 2;
const LOW: f32 = 180.0;

/// Draws the case.
#[expect(clippy::too_many_arguments, reason = "a panel function: each is something it draws with")]
pub(super) fn case_ui(
    ui: &mut Ui,
    queue: &mut Queue,
    document: &Document,
    review: &Review,
    judged: &Judged,
    called: &Called<'_>,
    words: &Words,
    palette: &Palette,
    asked: &mut Asked,
) {
    ui.spacing_mut().item_spacing = vec2(5.0, 4.0);
    ui.spacing_mut().button_padding.x = 6.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        ui.strong(sort(review, judged, called, words));
        let besides = besides(review, judged, words);
        if !besides.is_empty() {
            ui.label(words.fill("sort_besides", &[&besides]));
        }
        if judged.standing != Standing::Open {
            let standing = words.named("standing", judged.standing.key());
            ui.label(RichText::new(standing).color(colour(judged.standing, palette)));
        }
        if queue.held {
            ui.colored_label(palette.warning, words.get("case_mending"));
        }
    });
    verdicts_ui(ui, judged, words, asked);
    reason_ui(ui, queue, words, asked);
    ui.add(Label::new(context(ui, document, judged, palette)).wrap());
    let mut area = ScrollArea::both().id_salt("case").auto_shrink(false).min_scrolled_height(24.0);
    if std::mem::take(&mut queue.afresh) {
        area = area.scroll_offset(Vec2::ZERO);
    }
    area.show(ui, |ui| {
        earlier_ui(ui, judged, called, words, palette);
        options_ui(ui, queue, document, review, judged, called, words, palette, asked);
    });
}

/// What can be decided of the case as a whole, and the way to the others.
fn verdicts_ui(ui: &mut Ui, judged: &Judged, words: &Words, asked: &mut Asked) {
    let was_decided = !judged.decisions.is_empty();
    let actions = [
        ("take_all", true, CaseAction::TakeAll),
        ("take_none", true, CaseAction::Nothing),
        ("mend_option", true, CaseAction::Mend(None)),
        ("defer_case", true, CaseAction::Defer),
        ("ask_case", true, CaseAction::Ask),
        ("reopen_case", was_decided, CaseAction::Reopen),
        ("previous_case", true, CaseAction::Previous),
        ("next_case", true, CaseAction::Next),
    ];
    ui.horizontal_wrapped(|ui| {
        for (name, enabled, action) in actions {
            item_ui(ui, words, name, enabled, Action::Case(action), asked);
        }
    });
}

/// The reason and the note that go with the decision.
fn reason_ui(ui: &mut Ui, queue: &mut Queue, words: &Words, asked: &mut Asked) {
    ui.horizontal_wrapped(|ui| {
        let keys = keys_of(ui, &Action::Case(CaseAction::NextReason));
        ui.weak(words.fill("reason_name", &[&keys]));
        for reason in Reason::ALL {
            let on = queue.reason == Some(reason);
            if ui.add(Button::selectable(on, words.named("reason", reason.key()))).clicked() {
                asked.action(Action::Case(CaseAction::Reason((!on).then_some(reason))));
            }
        }
        let hint = words.fill("reason_hint", &[&keys_of(ui, &Action::Case(CaseAction::WriteNote))]);
        // What is left of the row; a row of its own where that is little.
        let rest = ui.available_size_before_wrap().x - 2.0 * ui.spacing().item_spacing.x;
        let width = if rest < 160.0 { ui.available_width() } else { rest };
        let field = TextEdit::singleline(&mut queue.note).hint_text(hint).desired_width(width.min(420.0));
        let field = ui.add(field).accessible_name(words.get("reason_note"));
        if std::mem::take(&mut queue.write) {
            field.request_focus();
        }
    });
}

/// The sentence the case stands in, as much of it as a few rows hold. Its words stand out, and are there whatever is left out.
fn context(ui: &Ui, document: &Document, judged: &Judged, palette: &Palette) -> LayoutJob {
    let span = judged.key.span;
    let sentence = document.report.sentence_at(span.start()).unwrap_or(span).union(span);
    let faint = TextFormat { color: palette.faint, ..plain(ui) };
    let own = TextFormat { color: ui.visuals().strong_text_color(), background: palette.hit, ..plain(ui) };
    let rows = if ui.available_height() < LOW { FEWER } else { ROWS };
    // A row may end a character early, for the sake of a mark.
    let row = (ui.available_width() / faint.font_id.size).floor().max(9.0) as u32 - 1;
    let around = within(sentence, span, (row * rows).saturating_sub(2));
    let shown = marked(document, around, &faint, &[(span, own)]);
    let mut job = LayoutJob::default();
    job.wrap.max_rows = rows as usize;
    if around.start() > sentence.start() {
        job.append("…", 0.0, faint.clone());
    }
    for section in &shown.sections {
        let text = shown.text.get(section.byte_range.start.0..section.byte_range.end.0).unwrap_or_default();
        job.append(text, 0.0, section.format.clone());
    }
    if around.end() < sentence.end() {
        job.append("…", 0.0, faint);
    }
    job
}

/// A part of a sentence with these words and as many characters in all, if the words are not more: as many before the words
/// as behind them, as far as there are.
fn within(sentence: Span, words: Span, characters: u32) -> Span {
    let left = characters.saturating_sub(words.len());
    let (before, behind) = (words.start().since(sentence.start()), sentence.end().since(words.end()));
    let before = before.min(left - behind.min(left / 2));
    Span::new(words.start().minus(before), words.end().plus(behind.min(left - before)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_of_a_sentence_is_far_from_the_words() {
        let sentence = Span::of(100, 200);
        assert_eq!(within(sentence, Span::of(150, 160), 100), sentence);
        assert_eq!(within(sentence, Span::of(150, 160), 40), Span::of(135, 175));
        assert_eq!(within(sentence, Span::of(102, 112), 40), Span::of(100, 140), "what one side does not need the other has");
        assert_eq!(within(sentence, Span::of(185, 200), 40), Span::of(160, 200));
        assert_eq!(within(sentence, Span::of(110, 190), 40), Span::of(110, 190), "all of the words in any case");
    }
}
