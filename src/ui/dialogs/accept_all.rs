//! Accepting many proposals at once: all of a kind that are sure enough, listed first.

use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, Document, DocumentId, ReadCommand, State, SuggestCommand};
use crate::suggest::Proposal;
use crate::ui::action::Asked;
use crate::ui::proposals::{Filter, filter_ui, line};
use egui::{Label, ScrollArea, Ui};

/// The proposals, and which of them are meant.
#[derive(Debug)]
pub struct AcceptAllDialog {
    document: DocumentId,
    /// Those there were when it was opened, each with whether it is ticked.
    all: Vec<(Proposal, bool)>,
    filter: Filter,
}

/// Height of a line of the list in points.
const LINE: f32 = 24.0;

impl AcceptAllDialog {
    /// With all proposals of a document ticked; the filter is that of the queue.
    pub fn new(document: &Document, filter: Filter) -> Self {
        let all = document.proposals().iter().map(|proposal| (proposal.clone(), true)).collect();
        Self { document: document.id, all, filter }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        // Another report has come to the front: the proposals are not its own.
        let Some(document) = state.document().filter(|document| document.id == self.document) else { return Outcome::Closed };
        ui.heading(words.get("accept_all").trim_end_matches('…'));
        ui.label(words.get("accept_all_hint"));
        ui.horizontal_wrapped(|ui| filter_ui(ui, &mut self.filter, "accept", document, words));
        self.list_ui(ui, document, words);
        let chosen: Vec<&Proposal> = self.chosen().collect();
        let (done, outcome) = buttons_ui(ui, words, &words.fill("accept_count", &[&chosen.len().to_string()]), !chosen.is_empty());
        if done {
            let accept = Command::Suggest(SuggestCommand::Accept(chosen.into_iter().cloned().collect()));
            asked.command(Command::All(vec![accept, Command::Read(ReadCommand::Pick(Vec::new()))]));
            return Outcome::Closed;
        }
        outcome
    }

    /// The proposals that pass the filter and are ticked.
    fn chosen(&self) -> impl Iterator<Item = &Proposal> {
        self.all.iter().filter(|(proposal, ticked)| *ticked && self.filter.passes(proposal)).map(|(proposal, _)| proposal)
    }

    fn list_ui(&mut self, ui: &mut Ui, document: &Document, words: &Words) {
        let filter = self.filter.clone();
        let mut shown: Vec<&mut (Proposal, bool)> = self.all.iter_mut().filter(|(proposal, _)| filter.passes(proposal)).collect();
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(100.0, 420.0);
        let area = ScrollArea::vertical().id_salt("accept all").max_height(height).auto_shrink([false, true]);
        area.show_rows(ui, LINE, shown.len(), |ui, range| {
            for (proposal, ticked) in shown.get_mut(range).unwrap_or_default().iter_mut().map(|row| &mut **row) {
                row_ui(ui, proposal, ticked, document, words);
            }
        });
    }
}

/// A proposal with its tick.
fn row_ui(ui: &mut Ui, proposal: &Proposal, ticked: &mut bool, document: &Document, words: &Words) {
    let line = line(document, proposal);
    ui.horizontal(|ui| {
        let tick = ui.checkbox(ticked, "");
        let on = *ticked;
        tick.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, words.fill("accept_tick", &[&line])));
        ui.weak(format!("{}%", proposal.confidence.get()));
        ui.label(words.kind(&proposal.kind));
        ui.add(Label::new(&line).truncate());
    });
}
