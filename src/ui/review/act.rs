//! What the actions on the cases of a review do.

use super::opinion::opinions;
use super::{Queue, shown};
use crate::annotation::{Annotations, CaseKey, Tag, TagId, TagRef};
use crate::review::{Judged, Layer, Sort};
use crate::session::{Command, ReadCommand, ReviewCommand, State, TagCommand, Verdict};
use crate::ui::action::CaseAction;
use crate::ui::app::App;
use crate::ui::dialogs::{AgreedDialog, Dialog};
use egui::Vec2;
use std::sync::{Arc, Weak};

impl App {
    /// Carries out an action on the cases of the review that is shown.
    pub(in crate::ui) fn act_on_case(&mut self, action: CaseAction) {
        match action {
            CaseAction::GoTo(case) => self.take_case(Some(case)),
            CaseAction::Next | CaseAction::Previous => self.step_case(action == CaseAction::Next),
            CaseAction::TakeHere if self.queue.held => self.step_case(true),
            CaseAction::NextOption | CaseAction::PreviousOption => {
                self.queue.step_option(&self.state, action == CaseAction::NextOption);
            }
            CaseAction::NextReason => self.queue.next_reason(),
            CaseAction::Reason(reason) => self.queue.reason = reason,
            CaseAction::WriteNote => self.queue.write = true,
            CaseAction::Reopen => self.reopen_case(),
            CaseAction::AcceptAgreed => {
                let agreed = shown(&self.state).filter(|(_, review)| review.tally.agreed > 0);
                let dialog = agreed.map(|(document, review)| Dialog::Agreed(Box::new(AgreedDialog::new(document, review))));
                if dialog.is_some() {
                    self.dialog = dialog;
                }
            }
            CaseAction::Mend(_) => self.mend_case(action),
            CaseAction::Take(_)
            | CaseAction::TakeHere
            | CaseAction::TakeAll
            | CaseAction::Nothing
            | CaseAction::Defer
            | CaseAction::Ask => self.decide_case(action),
        }
    }

    /// Takes the case up that a tag belongs to.
    pub(in crate::ui) fn take_case_of(&mut self, tag: TagRef) {
        let Some((_, review)) = shown(&self.state) else { return };
        let is_it = |(layer, other): (&Layer, &Tag)| layer.person.id == tag.person && other.id == tag.tag;
        let holds = |judged: &&Judged| judged.case.tags(&review.layers).any(is_it);
        let case = review.cases.iter().find(holds).map(|judged| (judged.key, judged.standing));
        if let Some((case, standing)) = case {
            // One that is not to be decided on is in the list of all.
            self.queue.all |= !standing.is_to_decide();
            self.queue.take(&self.state, Some(case));
            self.queue.unfold();
        }
    }

    /// Brings the case at hand into view. Tags are put down: what is picked is what is decided on.
    pub(in crate::ui) fn come_to_case(&mut self) {
        if let Some(place) = self.queue.here(&self.state).map(|judged| judged.key.span.start()) {
            self.carry_out(Command::Read(ReadCommand::Pick(Vec::new())));
            self.show(place);
        }
    }

    /// Takes the last step back, or makes it again; the case it was about comes up.
    pub(in crate::ui) fn retrace_case(&mut self, step: TagCommand) {
        let (before, standings) = (records(&self.state), Queue::standings(&self.state));
        self.carry_out(Command::Tag(step));
        if is_same(before.as_ref(), &self.state) {
            return;
        }
        if self.queue.follow(&self.state, &standings) {
            self.come_to_case();
        } else if self.queue.follow_tag(&self.state) {
            // Its tag stays picked: that is what was changed.
            self.show_case();
        }
    }

    /// Brings the case at hand into view again where the window was given another size: the page is set anew then.
    pub(in crate::ui) fn keep_case_in_view(&mut self, ctx: &egui::Context) {
        let window = ctx.content_rect().size();
        if self.queue.window != window {
            // How the page stands is known once it was drawn in this size.
            self.queue.resized = self.queue.window != Vec2::ZERO;
            self.queue.window = window;
            ctx.request_repaint();
        } else if std::mem::take(&mut self.queue.resized) {
            self.show_case();
        }
    }

    fn show_case(&mut self) {
        let place = self.queue.here(&self.state).map(|judged| judged.key.span.start());
        place.into_iter().for_each(|place| self.show(place));
    }

    fn take_case(&mut self, case: Option<CaseKey>) {
        self.queue.take(&self.state, case);
        self.come_to_case();
    }

    fn step_case(&mut self, forward: bool) {
        let next = self.queue.beside(&self.state, forward);
        self.take_case(next);
    }

    /// Decides on the case at hand; then the next one comes up.
    fn decide_case(&mut self, action: CaseAction) {
        let here = self.queue.here(&self.state).map(|judged| judged.key);
        let next = self.queue.beside(&self.state, true).filter(|next| Some(*next) != here);
        if self.give(action) {
            self.take_case(next);
        }
    }

    /// Takes what somebody says and goes to the fields of the tag it becomes; the case stays at hand until one goes on.
    fn mend_case(&mut self, action: CaseAction) {
        let by_place = self.queue.here(&self.state).is_some_and(|judged| is_of_places(&judged.case.sort));
        if !self.give(action) {
            return;
        }
        self.queue.held = true;
        let made = made(&self.state);
        made.iter().for_each(|tag| self.carry_out(Command::Read(ReadCommand::Pick(vec![*tag]))));
        self.set(|settings| settings.right_open = true);
        // Its ends are moved on the page; anything else is typed.
        if !by_place {
            self.inspector.write_first();
        }
    }

    /// Opens the case at hand again; it stays at hand.
    fn reopen_case(&mut self) {
        let Some(key) = self.queue.here(&self.state).map(|judged| judged.key) else { return };
        self.carry_out(Command::Review(ReviewCommand::Reopen(key)));
        self.take_case(Some(key));
    }

    /// Gives the verdict on the case at hand, with reason and note. Says whether it was taken down.
    fn give(&mut self, action: CaseAction) -> bool {
        let Some((key, verdict)) = verdict(&self.queue, &self.state, action) else { return false };
        let before = records(&self.state);
        let (reason, note) = (self.queue.reason, self.queue.note.trim().to_owned());
        self.carry_out(Command::Review(ReviewCommand::Decide(key, verdict, reason, note)));
        !is_same(before.as_ref(), &self.state)
    }
}

/// The annotations of the document shown, as they are now.
fn records(state: &State) -> Option<Weak<Annotations>> {
    state.document().map(|document| Arc::downgrade(&document.annotations))
}

/// Whether the annotations of the document shown are still those.
fn is_same(before: Option<&Weak<Annotations>>, state: &State) -> bool {
    let now = state.document().map(|document| Arc::as_ptr(&document.annotations));
    before.zip(now).is_some_and(|(before, now)| std::ptr::eq(before.as_ptr(), now))
}

/// Whether people disagree in where something begins and ends.
const fn is_of_places(sort: &Sort) -> bool {
    matches!(sort, Sort::Boundary { .. } | Sort::OneAgainstSeveral)
}

/// The tag that came of the case the user decided on last.
fn made(state: &State) -> Option<TagId> {
    let document = state.document()?;
    let newest = document.annotations.decisions().max_by_key(|(remark, stamp, _)| (stamp.created, remark.id))?;
    newest.2.tags.first().copied()
}

/// What an action decides of the case at hand.
fn verdict(queue: &Queue, state: &State, action: CaseAction) -> Option<(CaseKey, Verdict)> {
    let (_, review) = shown(state)?;
    let judged = queue.here(state)?;
    let opinions = opinions(review, judged);
    let take = |at: usize| opinions.get(at).map(|opinion| Verdict::Take(opinion.refs.clone()));
    let verdict = match action {
        CaseAction::Take(at) => take(usize::from(at))?,
        CaseAction::TakeHere => take(queue.option)?,
        CaseAction::TakeAll => Verdict::Take(opinions.iter().flat_map(|opinion| opinion.refs.iter().copied()).collect()),
        CaseAction::Mend(at) => {
            let opinion = opinions.get(at.map_or(queue.option, usize::from))?;
            Verdict::Mend(Box::new((*opinion.tags.first()?).clone()))
        }
        CaseAction::Nothing => Verdict::Nothing,
        CaseAction::Defer => Verdict::Defer,
        CaseAction::Ask => Verdict::Ask,
        _ => return None,
    };
    Some((judged.key, verdict))
}
