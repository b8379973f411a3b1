//! What was decided on a case before: by whom, when, how and why.

use crate::annotation::Decision;
use crate::locale::Words;
use crate::review::{Given, Judged};
use crate::store::local_moment;
use crate::ui::layers::Called;
use crate::ui::theme::Palette;
use egui::{Label, RichText, Ui};

/// Draws a line for each decision; those on the case as it was before it changed say so.
pub(super) fn earlier_ui(ui: &mut Ui, judged: &Judged, called: &Called<'_>, words: &Words, palette: &Palette) {
    if judged.decisions.is_empty() {
        return;
    }
    ui.weak(words.get("earlier_decisions"));
    for given in &judged.decisions {
        let line = RichText::new(said(given, called, words));
        let changed = given.decision.case != judged.key;
        let line = if changed || given.gone > 0 { line.color(palette.warning) } else { line };
        ui.add(Label::new(line).wrap()).on_hover_text(words.get(if changed { "earlier_changed" } else { "earlier_here" }));
    }
}

fn said(given: &Given, called: &Called<'_>, words: &Words) -> String {
    let Decision { options, outcome, reason, words: note, .. } = &given.decision;
    let mut taken: Vec<String> = options.iter().filter(|option| option.taken).map(|option| called.name(&option.person)).collect();
    taken.dedup();
    let of = if taken.is_empty() { String::new() } else { words.fill("earlier_of", &[&taken.join(words.get("list_comma"))]) };
    let reason = reason.map(|reason| words.named("reason", reason.key()).to_owned());
    let gone = (given.gone > 0).then(|| words.fill("earlier_gone", &[&given.gone.to_string()]));
    let parts = [Some(format!("{}{of}", words.named("outcome", outcome.key()))), reason, Some(note.clone()), gone];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("{} {}：{}", called.name(&given.by), local_moment(given.at), parts.join(" · "))
}
