//! What is proposed and what nobody tagged, as it stands on the page.

use super::canvas::Canvas;
use crate::locale::Words;
use crate::suggest::{Figure, Proposal};
use crate::text::{Pos, Span};
use crate::ui::proposals::summary;
use egui::Ui;

/// Proposals and omissions of a report, each in the order of the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Proposed<'a> {
    /// The proposals still to be decided.
    pub all: &'a [Proposal],
    /// The one that is being decided.
    pub here: Option<&'a Proposal>,
    /// What nobody tagged, while that is looked at.
    pub omissions: &'a [Figure],
    /// The one of them one is at.
    pub omission: Option<Span>,
}

impl<'a> Proposed<'a> {
    /// The proposals that share a character with a stretch.
    pub(super) fn within(self, within: Span) -> impl Iterator<Item = &'a Proposal> {
        let before = self.all.partition_point(|proposal| proposal.span.start() < within.end());
        self.all.iter().take(before).filter(move |proposal| proposal.span.overlaps(within))
    }

    /// The proposals at a place, the shortest first.
    fn there(self, place: Pos) -> Vec<&'a Proposal> {
        let mut there: Vec<&Proposal> = self.within(Span::new(place, place.plus(1))).collect();
        there.sort_by_key(|proposal| proposal.span.len());
        there
    }

    /// The proposal a click at a place means: the shortest, and at the next click the one around it.
    pub(super) fn clicked(self, place: Pos) -> Option<&'a Proposal> {
        let there = self.there(place);
        let here = there.iter().position(|proposal| Some(*proposal) == self.here);
        here.and_then(|at| there.get(at + 1)).or_else(|| there.first()).copied()
    }

    /// The omissions that share a character with a stretch.
    pub(super) fn omissions_in(self, within: Span) -> impl Iterator<Item = Span> + 'a {
        let from = self.omissions.partition_point(|figure| figure.span.end() <= within.start());
        let spans = self.omissions.iter().skip(from).map(|figure| figure.span);
        spans.take_while(move |span| span.start() < within.end())
    }
}

/// What there is to say of the proposal under the pointer.
pub(super) fn said_of(ui: &Ui, canvas: &Canvas<'_>, words: &Words) -> Option<String> {
    let point = ui.input(|input| input.pointer.hover_pos().filter(|_| !input.pointer.any_down()))?;
    let (_, on) = canvas.place_at(ui, point).filter(|_| canvas.column.contains(point))?;
    canvas.proposed.there(on?).first().map(|proposal| summary(proposal, words))
}
