//! Accepting many proposals at once: all of a kind that are sure enough, listed first.

use super::tick_list::{Line, TickList, accepts};
use super::{Outcome, buttons_ui};
use crate::locale::Words;
use crate::session::{Command, Document, DocumentId, ReadCommand, State, SuggestCommand};
use crate::suggest::Proposal;
use crate::ui::action::Asked;
use crate::ui::proposals::{Filter, filter_ui, line};
use egui::Ui;

/// The proposals, and which of them are meant.
#[derive(Debug)]
pub struct AcceptAllDialog {
    document: DocumentId,
    /// Those there were when it was opened.
    list: TickList<Offered>,
    filter: Filter,
}

/// A proposal that can be taken.
#[derive(Debug)]
struct Offered {
    proposal: Proposal,
    /// The number of the paragraph it stands in, from 1.
    paragraph: usize,
    /// Its words and numbers.
    line: String,
}

impl AcceptAllDialog {
    /// With all proposals of a document ticked; the filter is that of the queue.
    pub fn new(document: &Document, filter: Filter) -> Self {
        let offered = document.proposals().iter().map(|proposal| Offered {
            proposal: proposal.clone(),
            paragraph: document.report.paragraph_at(proposal.span.start()) + 1,
            line: line(document, proposal),
        });
        Self { document: document.id, list: TickList::new(offered), filter }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) -> Outcome {
        // Another report has come to the front: the proposals are not its own.
        let Some(document) = state.document().filter(|document| document.id == self.document) else { return Outcome::Closed };
        let at_once = accepts(ui);
        let Self { list, filter, .. } = self;
        ui.heading(words.get("accept_all").trim_end_matches('…'));
        ui.label(words.get("accept_all_hint"));
        ui.horizontal_wrapped(|ui| filter_ui(ui, filter, "accept", document, words));
        list.ui(ui, words, |offered| filter.passes(&offered.proposal), |offered| offered.line(words));
        let meant = list.ticked().map(|offered| &offered.proposal).filter(|proposal| filter.passes(proposal));
        let chosen: Vec<Proposal> = meant.cloned().collect();
        let (done, outcome) = buttons_ui(ui, words, &words.fill("accept_count", &[&chosen.len().to_string()]), !chosen.is_empty());
        if done || (at_once && !chosen.is_empty()) {
            let accept = Command::Suggest(SuggestCommand::Accept(chosen));
            asked.command(Command::All(vec![accept, Command::Read(ReadCommand::Pick(Vec::new()))]));
            return Outcome::Closed;
        }
        outcome
    }
}

impl Offered {
    /// How sure it is and where it stands, its kind, its words and numbers.
    fn line(&self, words: &Words) -> Line {
        let place = words.fill("paragraph_number", &[&self.paragraph.to_string()]);
        Line {
            before: format!("{}% · {place}", self.proposal.confidence.get()),
            kind: words.kind(&self.proposal.kind).to_owned(),
            words: self.line.clone(),
            more: String::new(),
        }
    }
}
