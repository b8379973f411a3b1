//! What the actions on proposals do.

use super::{List, offered};
use crate::session::{Command, ReadCommand, State, SuggestCommand};
use crate::suggest::Proposal;
use crate::ui::action::Action;
use crate::ui::app::App;
use crate::ui::dialogs::{AcceptAllDialog, Dialog};

impl App {
    /// Carries out an action on proposals. Where they are off, they can only be switched on.
    pub(in crate::ui) fn act_on_proposals(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::ShowProposals(show) => self.carry_out(Command::Suggest(SuggestCommand::Show(show))),
            Action::ShowProposalsInProject(show) => self.carry_out(Command::Suggest(SuggestCommand::ShowInProject(show))),
            _ if !self.state.proposals_shown() => {}
            Action::ToggleProposals => self.toggle_list(List::Queue),
            Action::ToggleOmissions => self.toggle_list(List::Omissions),
            Action::AcceptProposal => self.decide(|proposal| SuggestCommand::Accept(vec![proposal])),
            Action::RejectProposal => self.decide(|proposal| SuggestCommand::Reject(vec![proposal])),
            Action::MendProposal => self.mend(),
            Action::NextProposal | Action::PreviousProposal => self.step_proposal(action == Action::NextProposal),
            Action::TakeProposal(Some(proposal)) => self.proposals.take(&self.state, Some(*proposal)),
            Action::TakeProposal(None) => self.proposals.put_down(),
            Action::GoToProposal(proposal) => {
                self.proposals.take(&self.state, Some(*proposal));
                self.come_to_proposal();
            }
            Action::AcceptAll if !offered(&self.state).is_empty() => {
                let filter = self.proposals.filter.clone();
                self.dialog = self.state.document().map(|document| Dialog::AcceptAll(Box::new(AcceptAllDialog::new(document, filter))));
            }
            Action::GoToOmission(span) => {
                self.proposals.omission = self.state.active.map(|document| (document, span));
                self.act(ctx, Action::GoTo(span.start()));
            }
            _ => {}
        }
    }

    /// Whether there is a proposal at hand that a key decides.
    pub(in crate::ui) fn has_proposal(&self) -> bool {
        self.proposals.here(&self.state).is_some()
    }

    /// Opens the panel at a list, or closes it there. It and the list of doubts have one place and share Enter.
    fn toggle_list(&mut self, list: List) {
        if self.proposals.list == Some(list) {
            self.proposals.close();
            return;
        }
        self.proposals.list = Some(list);
        self.doubts_open = false;
        self.grid.open = false;
        if list == List::Queue {
            self.come_to_proposal();
        }
    }

    /// Decides on the proposal at hand. In the queue the next one follows.
    fn decide(&mut self, how: impl FnOnce(Proposal) -> SuggestCommand) {
        let Some(proposal) = self.proposals.here(&self.state).cloned() else { return };
        self.carry_out(Command::Suggest(how(proposal)));
        self.come_to_proposal();
    }

    /// Takes the proposal at hand and goes to the fields of the tag it becomes.
    fn mend(&mut self) {
        let count = |state: &State| state.document().map(|document| document.annotations.tag_count());
        let Some(proposal) = self.proposals.here(&self.state).cloned() else { return };
        let before = count(&self.state);
        self.carry_out(Command::Suggest(SuggestCommand::Mend(proposal)));
        if count(&self.state) > before {
            self.set(|settings| settings.right_open = true);
            self.inspector.write_first();
        }
    }

    /// Goes on to the next proposal or the one before; the queue opens at the one at hand.
    fn step_proposal(&mut self, forward: bool) {
        if self.proposals.list == Some(List::Queue) {
            self.proposals.step(&self.state, forward);
            self.come_to_proposal();
        } else {
            self.toggle_list(List::Queue);
        }
    }

    /// Takes up the proposal at hand and brings it into view. Tags are put down: Delete is for the proposal now.
    fn come_to_proposal(&mut self) {
        self.proposals.hold(&self.state);
        if let Some(place) = self.proposals.here(&self.state).map(|proposal| proposal.span.start()) {
            self.carry_out(Command::Read(ReadCommand::Pick(Vec::new())));
            self.show(place);
        }
    }
}
