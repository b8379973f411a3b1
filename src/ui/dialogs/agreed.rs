//! Accepting what all agree on, listed first.

use super::{Outcome, buttons_ui};
use crate::annotation::{CaseKey, KindId};
use crate::locale::Words;
use crate::review::Standing;
use crate::session::{Command, Document, DocumentId, Review, ReviewCommand, State};
use crate::ui::action::Asked;
use egui::{Label, ScrollArea, Ui};

/// The cases on which all agree, and which of them are meant.
#[derive(Debug)]
pub struct AgreedDialog {
    document: DocumentId,
    /// Those there were when it was opened.
    all: Vec<Agreed>,
}

/// A case on which all agree.
#[derive(Debug)]
struct Agreed {
    case: CaseKey,
    kind: Option<KindId>,
    quote: String,
    ticked: bool,
}

/// Height of a line of the list in points.
const LINE: f32 = 24.0;

impl AgreedDialog {
    /// With all such cases of a review ticked.
    pub fn new(document: &Document, review: &Review) -> Self {
        let agreed = review.cases.iter().filter(|judged| judged.standing == Standing::Agreed);
        let all = agreed.map(|judged| Agreed {
            case: judged.key,
            kind: judged.case.tags(&review.layers).next().map(|(_, tag)| tag.kind.clone()),
            quote: document.report.shown(judged.key.span, document.view).text.replace('\n', " "),
            ticked: true,
        });
        Self { document: document.id, all: all.collect() }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        // Another report has come to the front: the cases are not its own.
        if state.active != Some(self.document) {
            return Outcome::Closed;
        }
        ui.heading(words.get("agreed_title"));
        ui.label(words.get("agreed_hint"));
        ui.horizontal(|ui| {
            for (name, ticked) in [("tick_all", true), ("tick_none", false)] {
                if ui.button(words.get(name)).clicked() {
                    self.all.iter_mut().for_each(|agreed| agreed.ticked = ticked);
                }
            }
        });
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(100.0, 420.0);
        let area = ScrollArea::vertical().id_salt("agreed").max_height(height).auto_shrink([false, true]);
        area.show_rows(ui, LINE, self.all.len(), |ui, range| {
            self.all.get_mut(range).unwrap_or_default().iter_mut().for_each(|agreed| agreed.ui(ui, words));
        });
        let chosen: Vec<CaseKey> = self.all.iter().filter(|agreed| agreed.ticked).map(|agreed| agreed.case).collect();
        let (done, outcome) = buttons_ui(ui, words, &words.fill("agreed_accept", &[&chosen.len().to_string()]), !chosen.is_empty());
        if done {
            asked.command(Command::Review(ReviewCommand::AcceptAgreed(chosen)));
            return Outcome::Closed;
        }
        outcome
    }
}

impl Agreed {
    /// A line with its tick.
    fn ui(&mut self, ui: &mut Ui, words: &Words) {
        ui.horizontal(|ui| {
            let tick = ui.checkbox(&mut self.ticked, "");
            let (on, name) = (self.ticked, words.fill("accept_tick", &[&self.quote]));
            tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name.as_str()));
            if let Some(kind) = &self.kind {
                ui.label(words.kind(kind));
            }
            ui.add(Label::new(&self.quote).truncate());
        });
    }
}
