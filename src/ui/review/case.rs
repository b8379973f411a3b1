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
use egui::{Button, Label, RichText, ScrollArea, TextEdit, TextFormat, Ui};

/// Characters shown at most before and behind the words of a case: some sentences fill a page.
const AROUND: u32 = 60;

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
    ui.horizontal_wrapped(|ui| {
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
    ScrollArea::both().id_salt("case").auto_shrink(false).show(ui, |ui| {
        ui.add(Label::new(context(ui, document, judged, palette)).extend());
        options_ui(ui, queue, document, review, judged, called, words, palette, asked);
        earlier_ui(ui, judged, called, words, palette);
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
        let width = ui.available_width().clamp(160.0, 420.0);
        let field = TextEdit::singleline(&mut queue.note).hint_text(hint).desired_width(width);
        let field = ui.add(field).accessible_name(words.get("reason_note"));
        if std::mem::take(&mut queue.write) {
            field.request_focus();
        }
    });
}

/// The sentence the case stands in: its words stand out.
fn context(ui: &Ui, document: &Document, judged: &Judged, palette: &Palette) -> LayoutJob {
    let (report, span) = (&document.report, judged.key.span);
    let sentence = report.sentence_at(span.start()).unwrap_or(span).union(span);
    let around = Span::new(sentence.clamp(span.start().minus(AROUND)), sentence.clamp(span.end().plus(AROUND)));
    let faint = TextFormat { color: palette.faint, ..plain(ui) };
    let own = TextFormat { color: ui.visuals().strong_text_color(), background: palette.hit, ..plain(ui) };
    marked(document, around, &faint, &[(span, own)])
}
