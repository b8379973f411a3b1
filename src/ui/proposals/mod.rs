//! What the program proposes, decided one by one; what nobody tagged; and what looks wrong in tags: a panel of three lists.

mod act;
mod checks;
mod filter;
mod hints;
mod omissions;
mod queue;
mod row;
mod said;

use super::action::{Action, Asked};
use super::reader::Proposed;
use super::theme::Palette;
use crate::locale::Words;
use crate::session::{Document, DocumentId, State};
use crate::suggest::Proposal;
use crate::text::Span;
use checks::Checks;
use egui::{Align, Button, Layout, Ui};

pub use filter::{Filter, filter_ui};
pub use said::{line, marked, plain, summary};

/// What the panel lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The proposals still to be decided.
    Queue,
    /// Numbers and promises that nobody tagged, and how much of each section is tagged.
    Omissions,
    /// What looks wrong in tags.
    Hints,
}

/// What the window keeps of proposals between frames.
#[derive(Debug, Default)]
pub struct Proposals {
    /// What the panel lists, while it is open.
    list: Option<List>,
    filter: Filter,
    /// The proposal that was taken up, and in which document. Once it is decided the next one stands in its place.
    taken: Option<(DocumentId, Proposal)>,
    /// The queue scrolls to it.
    reveal: bool,
    /// The omission that was gone to.
    omission: Option<(DocumentId, Span)>,
    checks: Checks,
}

/// The proposals still to be decided in the report shown; none where proposals are off.
pub fn offered(state: &State) -> &[Proposal] {
    state.document().filter(|_| state.proposals_shown()).map(Document::proposals).unwrap_or_default()
}

impl Proposals {
    /// Whether the panel is open.
    pub const fn is_open(&self) -> bool {
        self.list.is_some()
    }

    /// Closes the panel and puts down what was taken up.
    pub fn close(&mut self) {
        self.list = None;
        self.taken = None;
    }

    /// Puts a proposal down that was taken up on the page; the queue always holds one.
    pub fn put_down(&mut self) {
        if self.list != Some(List::Queue) {
            self.taken = None;
        }
    }

    /// Brings what is listed up to date.
    pub fn update(&mut self, state: &State) {
        let of_another = self.taken.as_ref().map(|(id, _)| *id) != state.active;
        if self.list == Some(List::Queue) && of_another {
            self.hold(state);
        }
        if self.is_open() && state.proposals_shown() {
            self.checks.update(state);
        }
    }

    /// The proposal that is being decided: the one taken up, or else, in the queue, the next behind it.
    pub fn here<'a>(&self, state: &'a State) -> Option<&'a Proposal> {
        let shown = self.shown(state);
        let at = self.position(&shown, state.document()?)?;
        shown.get(at).copied()
    }

    /// What the page shows of all this.
    pub fn on_page<'a>(&'a self, state: &'a State) -> Proposed<'a> {
        let looking = state.proposals_shown() && self.list == Some(List::Omissions);
        Proposed {
            all: offered(state),
            here: self.here(state),
            omissions: if looking { self.checks.omissions.as_slice() } else { &[] },
            omission: self.omission.filter(|(id, _)| looking && Some(*id) == state.active).map(|(_, span)| span),
        }
    }

    /// The proposals that can be gone to: in the queue those that pass its filter.
    fn shown<'a>(&self, state: &'a State) -> Vec<&'a Proposal> {
        let queue = self.list == Some(List::Queue);
        offered(state).iter().filter(|proposal| !queue || self.filter.passes(proposal)).collect()
    }

    /// Which of these is being decided.
    fn position(&self, shown: &[&Proposal], document: &Document) -> Option<usize> {
        let taken = self.taken.as_ref().filter(|(id, _)| *id == document.id).map(|(_, proposal)| proposal);
        let exact = taken.and_then(|taken| shown.iter().position(|proposal| *proposal == taken));
        if exact.is_some() || self.list != Some(List::Queue) || shown.is_empty() {
            return exact;
        }
        let from = taken.map_or(document.place, |taken| taken.span.start());
        let next = shown.partition_point(|proposal| proposal.span.start() < from);
        Some(if next < shown.len() { next } else { 0 })
    }

    /// Takes up what is being decided now.
    fn hold(&mut self, state: &State) {
        self.take(state, self.here(state).cloned());
    }

    /// Takes a proposal up, or puts down the one that was.
    fn take(&mut self, state: &State, proposal: Option<Proposal>) {
        self.taken = state.active.zip(proposal);
        self.reveal = true;
    }

    /// Takes up the proposal behind the one at hand, or before it; round at the ends.
    fn step(&mut self, state: &State, forward: bool) {
        let Some(document) = state.document() else { return };
        let shown = self.shown(state);
        let count = shown.len();
        let Some(at) = self.position(&shown, document) else { return };
        let by = if forward { 1 } else { count - 1 };
        self.take(state, shown.get((at + by) % count).map(|proposal| (*proposal).clone()));
    }
}

/// Draws the panel.
pub fn proposals_ui(ui: &mut Ui, proposals: &mut Proposals, state: &State, words: &Words, palette: &Palette, asked: &mut Asked) {
    let (Some(document), Some(list)) = (state.document(), proposals.list) else { return };
    let counts = [
        (List::Queue, "proposals_queue", offered(state).len()),
        (List::Omissions, "proposals_omissions", proposals.checks.omissions.len()),
        (List::Hints, "proposals_hints", proposals.checks.hints.len()),
    ];
    ui.horizontal(|ui| {
        for (other, name, count) in counts {
            if ui.selectable_label(list == other, words.fill(name, &[&count.to_string()])).clicked() {
                proposals.list = Some(other);
            }
        }
        if document.is_being_read() {
            ui.weak(words.get("proposals_reading"));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(words.get("close_panel")).clicked() {
                proposals.close();
            }
        });
    });
    ui.separator();
    match list {
        List::Queue => queue::queue_ui(ui, proposals, state, document, words, palette, asked),
        List::Omissions => omissions::omissions_ui(ui, proposals, document, words, palette, asked),
        List::Hints => hints::hints_ui(ui, &proposals.checks.hints, document, words, asked),
    }
}

/// What the status bar says: that the report is being read, or how many proposals are left. A click opens the queue.
pub fn proposals_label_ui(ui: &mut Ui, state: &State, words: &Words, asked: &mut Asked) {
    let Some(document) = state.document().filter(|_| state.proposals_shown()) else { return };
    if document.is_being_read() {
        ui.separator();
        ui.weak(words.get("proposals_reading"));
    } else if !document.proposals().is_empty() {
        ui.separator();
        let label = words.fill("proposals_count", &[&document.proposals().len().to_string()]);
        if ui.add(Button::new(label).frame(false)).on_hover_text(words.get("proposals_hint")).clicked() {
            asked.action(Action::ToggleProposals);
        }
    }
}
