//! What scraping damaged: what is repaired in views, and what cannot be.

use super::Outcome;
use crate::locale::Words;
use crate::report::ScriptView;
use crate::session::{Document, State};
use crate::text::Span;
use crate::text::repair::Repair;
use crate::ui::action::{Action, Asked};
use egui::{Label, RichText, ScrollArea, Sense, Ui};

/// Which places are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listed {
    /// Those that cannot be repaired.
    #[default]
    Losses,
    /// Those of a repair.
    Repaired(Repair),
}

/// The list.
#[derive(Debug, Default)]
pub struct DamageDialog {
    listed: Listed,
}

/// Characters of context on either side.
const CONTEXT: u32 = 14;

impl DamageDialog {
    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        let Some(document) = state.document() else { return Outcome::Closed };
        let damage = document.report.damage();
        ui.heading(words.get("damage"));
        ui.label(words.get("damage_hint"));
        if damage.machine_converted() {
            ui.colored_label(ui.visuals().warn_fg_color, words.get("machine_converted_hint"));
        }
        let in_view = document.view.script != ScriptView::Source;
        for repair in Repair::ALL.into_iter().filter(|repair| damage.count(*repair) > 0) {
            ui.horizontal(|ui| {
                let mut shown = document.view.repairs.has(repair);
                let count = damage.count(repair).to_string();
                if ui.add_enabled(in_view, egui::Checkbox::new(&mut shown, words.named("repair", repair.key()))).clicked() {
                    asked.action(Action::Repair(repair));
                }
                let listed = Listed::Repaired(repair);
                if ui.selectable_label(self.listed == listed, words.fill("damage_places", &[&count])).clicked() {
                    self.listed = listed;
                }
            });
        }
        let losses = words.fill("damage_losses", &[&damage.losses().len().to_string()]);
        if ui.selectable_label(self.listed == Listed::Losses, losses).clicked() {
            self.listed = Listed::Losses;
        }
        ui.separator();
        let places: Vec<(Span, &str)> = match self.listed {
            Listed::Losses => damage.losses().iter().map(|(span, loss)| (*span, words.named("loss", loss.key()))).collect(),
            Listed::Repaired(repair) => {
                damage.patches().iter().filter(|patch| patch.repair == repair).map(|patch| (patch.span, "")).collect()
            }
        };
        let mut outcome = Outcome::Open;
        ScrollArea::vertical().id_salt("damage").max_height(320.0).auto_shrink([false, true]).show_rows(
            ui,
            20.0,
            places.len(),
            |ui, range| {
                for (span, why) in places.get(range).unwrap_or_default() {
                    ui.horizontal(|ui| {
                        let line = RichText::new(context(document, *span));
                        if ui.add(Label::new(line).sense(Sense::click()).truncate()).on_hover_text(words.get("go")).clicked() {
                            asked.action(Action::GoTo(span.start()));
                            outcome = Outcome::Closed;
                        }
                        ui.weak(*why);
                    });
                }
            },
        );
        ui.add_space(6.0);
        if ui.button(words.get("close_panel")).clicked() {
            outcome = Outcome::Closed;
        }
        outcome
    }
}

/// The place in the source text, marked, with what stands around it.
fn context(document: &Document, span: Span) -> String {
    let text = document.report.text();
    let around = |from, to| text.slice(Span::new(from, to)).replace('\n', " ");
    let end = span.end().plus(CONTEXT).min(crate::text::Pos::new(text.len()));
    format!("…{}【{}】{}…", around(span.start().minus(CONTEXT), span.start()), text.slice(span), around(span.end(), end))
}
