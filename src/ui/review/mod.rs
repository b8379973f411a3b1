//! Reviewing what colleagues tagged: the cases on which they disagree, decided one by one with one key each.

mod act;
mod case;
mod comments;
mod earlier;
mod list;
mod opinion;
mod options;
mod progress;
mod said;
mod sheet;

use super::action::{Action, Asked, CaseAction, ColleagueAction};
use super::layers::Called;
use super::theme::Palette;
use crate::annotation::{CaseKey, PersonId, Reason};
use crate::locale::Words;
use crate::review::{Judged, Standing};
use crate::session::{Document, DocumentId, Review, State};
use crate::text::Span;
use egui::{Align, Button, Frame, Layout, Margin, Panel, Rect, Separator, Ui, Vec2};
use opinion::{Opinion, foremost, opinions};
use std::borrow::Cow;

pub use comments::{Comments, comments_ui};

/// What the window keeps of a review between frames.
#[derive(Debug, Default)]
pub struct Queue {
    /// Whether its panel is folded.
    folded: bool,
    /// Whether agreed and decided cases are listed, too.
    all: bool,
    /// The review.
    of: Option<DocumentId>,
    /// The case at hand, and where in the list it stands or stood.
    here: Option<CaseKey>,
    at: usize,
    /// Whether it stays at hand although it is decided: what was taken is being mended.
    held: bool,
    /// Which of the things people say of it is at hand.
    option: usize,
    /// Why it will be decided so, and a note.
    reason: Option<Reason>,
    note: String,
    /// Whether the note is to get the focus.
    write: bool,
    /// The list scrolls to the case at hand.
    reveal: bool,
    /// What people say of it is seen from its beginning.
    afresh: bool,
    /// Where the columns stood in the last frame in which people say it.
    columns: Vec<Rect>,
    /// The size of the window in the last frame, and whether it was another one before.
    window: Vec2,
    resized: bool,
}

/// Height of the panel in points: the least, and the usual and the greatest as shares of the room there is.
const LEAST: f32 = 140.0;
const USUAL: f32 = 0.45;
const GREATEST: f32 = 0.6;

/// The review that is shown.
fn shown(state: &State) -> Option<(&Document, &Review)> {
    let document = state.document().filter(|document| document.is_review())?;
    Some((document, document.review()?))
}

impl Queue {
    /// The panel of a review where there is so much room for it and the page. It leaves some to the page.
    pub fn panel(room: f32) -> Panel {
        let heights = LEAST..=(room * GREATEST).max(LEAST);
        Panel::bottom("review").resizable(true).default_size(room * USUAL).size_range(heights)
    }

    /// Whether the panel of the review is folded.
    pub const fn is_folded(&self) -> bool {
        self.folded
    }

    /// Shows the panel again.
    pub const fn unfold(&mut self) {
        self.folded = false;
    }

    /// Whether its panel is open.
    pub fn is_open(&self, state: &State) -> bool {
        !self.folded && state.document().is_some_and(Document::is_review)
    }

    /// Takes a case up where the one at hand is no longer listed. Says whether it did.
    pub fn update(&mut self, state: &State) -> bool {
        let Some(document) = state.document().filter(|document| document.is_review()) else { return false };
        if self.of != Some(document.id) {
            *self = Self { folded: self.folded, all: self.all, of: Some(document.id), ..Self::default() };
        }
        let Some(review) = document.review() else { return false };
        let listed = self.listed(review);
        if let Some(at) = self.position(review, &listed) {
            self.at = at;
            return false;
        }
        if self.held && self.here(state).is_some() {
            return false;
        }
        let at = self.at.min(listed.len().saturating_sub(1));
        self.take(state, key_of(review, &listed, at));
        self.here.is_some()
    }

    /// The case that is being decided on.
    pub fn here<'a>(&self, state: &'a State) -> Option<&'a Judged> {
        let (document, _) = shown(state).filter(|(document, _)| self.of == Some(document.id))?;
        document.case(self.here?)
    }

    /// What the page shows: the words of the case at hand, and each of the things people say of it in the colour of one of them,
    /// with whether that is at hand.
    pub fn on_page(&self, state: &State) -> (Option<Span>, Vec<(Span, u8, bool)>) {
        let (Some((document, review)), Some(judged), false) = (shown(state), self.here(state), self.folded) else {
            return (None, Vec::new());
        };
        let lane = |person: PersonId| document.layers().all.iter().find(|layer| layer.person.id == person).map_or(0, |layer| layer.lane);
        let of = |(at, opinion): (usize, Opinion<'_>)| {
            let lane = opinion.people.first().map_or(0, |person| lane(person.id));
            opinion.tags.iter().map(|tag| (tag.anchor.span, lane, at == self.option)).collect::<Vec<_>>()
        };
        (Some(judged.key.span), opinions(review, judged).into_iter().enumerate().flat_map(of).collect())
    }

    /// The cases that are listed: those to be decided on, the worst first, or all in the order of the text.
    fn listed<'r>(&self, review: &'r Review) -> Cow<'r, [usize]> {
        if self.all { Cow::Owned((0..review.cases.len()).collect()) } else { Cow::Borrowed(&review.queue) }
    }

    /// Where in the list the case at hand stands.
    fn position(&self, review: &Review, listed: &[usize]) -> Option<usize> {
        let here = self.here?;
        listed.iter().position(|at| review.cases.get(*at).is_some_and(|judged| judged.key == here))
    }

    /// Takes a case up. What was given as reason before the case was put off, or decided, is there again.
    fn take(&mut self, state: &State, case: Option<CaseKey>) {
        let found = case.and_then(|case| shown(state).and_then(|(document, review)| Some((review, document.case(case)?))));
        let own = state.person().map(|person| person.id);
        let before = found.and_then(|(_, judged)| judged.decisions.iter().rev().find(|given| Some(given.by.id) == own));
        self.here = found.map(|(_, judged)| judged.key);
        self.option = found.map_or(0, |(review, judged)| foremost(&opinions(review, judged)));
        self.reason = before.and_then(|given| given.decision.reason);
        self.note = before.map(|given| given.decision.words.clone()).unwrap_or_default();
        self.held = false;
        (self.reveal, self.afresh) = (true, true);
        self.columns.clear();
        if let Some((_, review)) = shown(state)
            && let Some(at) = self.position(review, &self.listed(review))
        {
            self.at = at;
        }
    }

    /// The case behind the one at hand, or before it; round at the ends.
    fn beside(&self, state: &State, forward: bool) -> Option<CaseKey> {
        let (_, review) = shown(state)?;
        let listed = self.listed(review);
        let count = listed.len();
        let at = match (self.position(review, &listed), forward) {
            (Some(at), true) => at + 1,
            (Some(at), false) => (at + count).checked_sub(1)?,
            // What was decided has left the list: the next has come to its place.
            (None, true) => self.at,
            (None, false) => (self.at + count).checked_sub(1)?,
        };
        key_of(review, &listed, at.checked_rem(count)?)
    }

    /// Has at hand what the next of the people say, or those before.
    fn step_option(&mut self, state: &State, forward: bool) {
        let (Some((_, review)), Some(judged)) = (shown(state), self.here(state)) else { return };
        let count = opinions(review, judged).len();
        let by = if forward { 1 } else { count.saturating_sub(1) };
        self.option = (self.option + by).checked_rem(count).unwrap_or(0);
    }

    /// Gives the next of the reasons; behind the last one none.
    fn next_reason(&mut self) {
        self.reason = match self.reason {
            None => Reason::ALL.first().copied(),
            Some(reason) => Reason::ALL.into_iter().skip_while(|other| *other != reason).nth(1),
        };
    }

    /// How it stands with each case.
    fn standings(state: &State) -> Vec<(CaseKey, Standing)> {
        let cases = shown(state).map(|(_, review)| review.cases.as_slice()).unwrap_or_default();
        cases.iter().map(|judged| (judged.key, judged.standing)).collect()
    }

    /// Takes up the first listed case with which it stands otherwise than before: that is what a step taken back was about.
    fn follow(&mut self, state: &State, before: &[(CaseKey, Standing)]) -> bool {
        let Some((_, review)) = shown(state) else { return false };
        let listed = self.listed(review);
        let mut both = listed.iter().filter_map(|at| Some((review.cases.get(*at)?, before.get(*at)?)));
        let changed = both.find(|(now, before)| (now.key, now.standing) != **before).map(|(now, _)| now.key);
        if changed.is_some() {
            self.take(state, changed);
        }
        changed.is_some()
    }

    /// Takes up the case of which the picked tag came; it stays at hand until one goes on, as when it was mended.
    fn follow_tag(&mut self, state: &State) -> bool {
        let Some((document, review)) = shown(state) else { return false };
        let is_picked = |judged: &&Judged| {
            let mut tags = judged.decisions.iter().flat_map(|given| &given.decision.tags);
            tags.any(|tag| document.picked.contains(tag))
        };
        let Some(judged) = review.cases.iter().find(is_picked).filter(|judged| self.here != Some(judged.key)) else { return false };
        self.take(state, Some(judged.key));
        self.held = !judged.standing.is_to_decide();
        true
    }
}

/// The name of a listed case.
fn key_of(review: &Review, listed: &[usize], at: usize) -> Option<CaseKey> {
    review.cases.get(*listed.get(at)?).map(|judged| judged.key)
}

/// Draws the panel of a review.
pub fn review_ui(ui: &mut Ui, queue: &mut Queue, state: &State, words: &Words, palette: &Palette, asked: &mut Asked) {
    let Some(document) = state.document() else { return };
    // A short case, or none yet, must not make the panel lower.
    ui.set_min_height(ui.available_height());
    ui.horizontal(|ui| {
        head_ui(ui, queue, document, words, asked);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button(words.get("close_panel")).clicked() {
                queue.folded = true;
            }
        });
    });
    ui.add(Separator::default().spacing(2.0));
    let Some(review) = document.review() else {
        ui.weak(words.get("review_comparing"));
        return;
    };
    if review.layers.len() < 2 {
        ui.label(words.get("review_alone"));
        withheld_ui(ui, document, words);
        if review.cases.is_empty() {
            return;
        }
    }
    let called = Called::of(state, document, words);
    Panel::left("cases").resizable(true).default_size(240.0).size_range(160.0..=520.0).show(ui, |ui| {
        list::list_ui(ui, queue, document, review, &called, words, palette, asked);
    });
    Frame::NONE.inner_margin(Margin { left: 8, ..Margin::ZERO }).show(ui, |ui| match queue.here(state) {
        Some(judged) => case::case_ui(ui, queue, document, review, judged, &called, words, palette, asked),
        None => done_ui(ui, document, review, words),
    });
}

/// That no case is left; of a single person's tags it has been said that there is nothing to compare.
fn done_ui(ui: &mut Ui, document: &Document, review: &Review, words: &Words) {
    if review.layers.len() > 1 {
        ui.weak(words.get(if review.tally.agreed > 0 { "review_done_agreed" } else { "review_done" }));
        withheld_ui(ui, document, words);
    }
}

/// How many people have not handed in what they tagged.
fn withheld_ui(ui: &mut Ui, document: &Document, words: &Words) {
    let withheld = document.layers().withheld;
    if withheld > 0 {
        ui.label(words.fill("blind_others", &[&withheld.to_string()]));
    }
}

/// How far the review has come, and what is done with all cases.
fn head_ui(ui: &mut Ui, queue: &mut Queue, document: &Document, words: &Words, asked: &mut Asked) {
    let Some(review) = document.review() else { return };
    let tally = review.tally;
    ui.strong(words.fill("review_tally", &[&tally.left().to_string(), &tally.decided.to_string()]));
    ui.menu_button(words.get("review_progress"), |ui| progress::progress_ui(ui, document, review, words, asked));
    ui.checkbox(&mut queue.all, words.get("review_all")).on_hover_text(words.get("review_all_hint"));
    let accept = Button::new(words.fill("accept_agreed", &[&tally.agreed.to_string()]));
    if ui.add_enabled(tally.agreed > 0, accept).clicked() {
        asked.action(Action::Case(CaseAction::AcceptAgreed));
    }
}

/// What the status bar says of a review: how many cases are left. A click shows its panel.
pub fn review_label_ui(ui: &mut Ui, queue: &Queue, document: &Document, words: &Words, asked: &mut Asked) {
    let Some(review) = document.review() else { return };
    ui.separator();
    let label = words.fill("review_left", &[&review.tally.left().to_string()]);
    if queue.is_folded() {
        if ui.add(Button::new(label).frame(false)).on_hover_text(words.get("review_unfold")).clicked() {
            asked.action(Action::Colleagues(ColleagueAction::Review));
        }
    } else {
        ui.label(label);
    }
}
