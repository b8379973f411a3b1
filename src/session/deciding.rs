//! Deciding on the cases of a review; and what somebody says beside tags: comments, and what they have read.

use super::command::{Command, ReviewCommand, Verdict};
use super::document::Document;
use super::effect::Effect;
use super::history::StepName;
use super::notice::What;
use super::reviewing::Review;
use super::state::State;
use super::tagging::{ask_name, commit, delete};
use crate::annotation::{
    Anchor, CaseKey, Change, Comment, Decision, DecisionOption, Edit, Outcome, Person, Reason, Remark, RemarkId, Says, Tag, TagId, TagRef,
    Time,
};
use crate::review::{Judged, Layer, Standing};
use crate::text::Span;

/// Carries out what changes the active document's records.
pub(super) fn update(state: &mut State, command: ReviewCommand, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else { return Vec::new() };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    let Some(person) = state.person() else { return ask_name(state, Command::Review(command)) };
    let step = match command {
        ReviewCommand::Comment { words, .. } | ReviewCommand::Answer(_, words) if words.trim().is_empty() => None,
        ReviewCommand::Decide(key, verdict, reason, words) => decide(state, &person, key, verdict, reason, words, now),
        ReviewCommand::AcceptAgreed(keys) => accept_agreed(state, &person, &keys, now),
        ReviewCommand::Reopen(key) => reopen(state, &person, key),
        ReviewCommand::Comment { anchor, about, words } => {
            let comment = Comment { about, answers: None, words, settles: None };
            said(state, anchor, Says::Comment(comment), now).map(|change| (StepName::Comment, vec![change]))
        }
        ReviewCommand::Answer(root, words) => answer(state, root, words, None, now),
        ReviewCommand::Settle(root, settled) => answer(state, root, String::new(), Some(settled), now),
        ReviewCommand::MarkRead(span, read) => Some((StepName::MarkRead, mark_read(state, span, read, now))),
        _ => None,
    };
    let Some((name, changes)) = step else { return Vec::new() };
    commit(state, name, Edit::new(changes), now)
}

/// A change with its name.
type Step = Option<(StepName, Vec<Change>)>;

/// A remark on words of the active document.
fn said(state: &mut State, span: Span, says: Says, now: Time) -> Option<Change> {
    let text_end = state.document()?.report.text().len();
    if span.is_empty() || span.end().get() > text_end {
        return None;
    }
    let id = RemarkId(state.ids.next(now));
    let anchor = Anchor::new(state.document()?.report.text(), span);
    Some(Change::add_remark(Remark { id, anchor, says }))
}

fn decide(state: &mut State, person: &Person, key: CaseKey, verdict: Verdict, reason: Option<Reason>, words: String, now: Time) -> Step {
    let document = state.document()?;
    let (review, judged) = (document.review()?.clone(), document.case(key)?.clone());
    let mut changes = taken_back(document, person, &judged);
    let options = |taken: &[TagRef]| options(&review, &judged, taken);
    let (outcome, options, tags) = match verdict {
        Verdict::Take(refs) => (Outcome::Taken, options(&refs), distinct(tags_of(&review, &judged, &refs))),
        Verdict::Mend(tag) => (Outcome::Mended, options(&[]), vec![*tag]),
        Verdict::Nothing => (Outcome::Nothing, options(&[]), Vec::new()),
        Verdict::Defer => (Outcome::Deferred, options(&[]), Vec::new()),
        Verdict::Ask => (Outcome::Asked, options(&[]), Vec::new()),
    };
    changes.extend(decided(state, key, outcome, options, tags, reason, words, now)?);
    Some((StepName::Judge(1), changes))
}

/// Accepts what all agree on, in one step.
fn accept_agreed(state: &mut State, person: &Person, keys: &[CaseKey], now: Time) -> Step {
    let review = state.document()?.review()?.clone();
    let agreed: Vec<&Judged> =
        review.cases.iter().filter(|judged| judged.standing == Standing::Agreed && keys.contains(&judged.key)).collect();
    let mut changes = Vec::new();
    for judged in &agreed {
        changes.extend(taken_back(state.document()?, person, judged));
        let all: Vec<TagRef> =
            judged.case.tags(&review.layers).map(|(layer, tag)| TagRef { person: layer.person.id, tag: tag.id }).collect();
        let tags = tags_of(&review, judged, &all).into_iter().take(1).collect();
        changes.extend(decided(state, judged.key, Outcome::Agreed, options(&review, judged, &all), tags, None, String::new(), now)?);
    }
    Some((StepName::AcceptAgreed(agreed.len()), changes))
}

/// Opens a case again: what the user decided on it is taken back.
fn reopen(state: &State, person: &Person, key: CaseKey) -> Step {
    let document = state.document()?;
    let judged = document.case(key)?;
    Some((StepName::Reopen, taken_back(document, person, judged)))
}

/// The changes that take back what the user decided on a case before.
fn taken_back(document: &Document, person: &Person, judged: &Judged) -> Vec<Change> {
    let own = judged.decisions.iter().filter(|given| given.by.id == person.id);
    let own: Vec<&Remark> = own.filter_map(|given| document.annotations.remark(given.remark)).collect();
    let tags: Vec<TagId> = own
        .iter()
        .filter_map(|remark| match &remark.says {
            Says::Decision(decision) => Some(decision.tags.clone()),
            Says::Dismissed(_) | Says::Comment(_) | Says::Read => None,
        })
        .flatten()
        .collect();
    let mut changes = delete(document, &tags).changes().to_vec();
    changes.extend(own.into_iter().cloned().map(Change::delete_remark));
    changes
}

/// All tags of a case as options, those in `taken` as taken.
fn options(review: &Review, judged: &Judged, taken: &[TagRef]) -> Vec<DecisionOption> {
    let option = |(layer, tag): (&Layer, &Tag)| DecisionOption {
        person: layer.person.clone(),
        tag: tag.id,
        taken: taken.contains(&TagRef { person: layer.person.id, tag: tag.id }),
    };
    judged.case.tags(&review.layers).map(option).collect()
}

/// The tags of a case that are named.
fn tags_of(review: &Review, judged: &Judged, named: &[TagRef]) -> Vec<Tag> {
    let is_named = |(layer, tag): &(&Layer, &Tag)| named.contains(&TagRef { person: layer.person.id, tag: tag.id });
    judged.case.tags(&review.layers).filter(is_named).map(|(_, tag)| tag.clone()).collect()
}

/// Of tags that say the same the first.
fn distinct(tags: Vec<Tag>) -> Vec<Tag> {
    let mut distinct: Vec<Tag> = Vec::new();
    for tag in tags {
        let same = |there: &Tag| there.anchor.span == tag.anchor.span && crate::review::Disagreement::among(&[there, &tag]).is_none();
        if !distinct.iter().any(same) {
            distinct.push(tag);
        }
    }
    distinct
}

/// The changes that put a decision and its tags into the document.
#[expect(clippy::too_many_arguments, reason = "a decision says all of this")]
fn decided(
    state: &mut State,
    case: CaseKey,
    outcome: Outcome,
    options: Vec<DecisionOption>,
    tags: Vec<Tag>,
    reason: Option<Reason>,
    words: String,
    now: Time,
) -> Option<Vec<Change>> {
    let tags: Vec<Tag> = tags.into_iter().map(|tag| Tag { id: TagId(state.ids.next(now)), carried: None, ..tag }).collect();
    let decision = Decision { case, options, outcome, tags: tags.iter().map(|tag| tag.id).collect(), reason, words };
    let remark = said(state, case.span, Says::Decision(decision), now)?;
    Some(tags.into_iter().map(Change::add_tag).chain([remark]).collect())
}

/// Answers a comment, or says that its thread is settled or open.
fn answer(state: &mut State, root: RemarkId, words: String, settles: Option<bool>, now: Time) -> Step {
    let document = state.document()?;
    let all = std::iter::once(&document.annotations).chain(document.layers.all.iter().map(|layer| &layer.annotations));
    let remark = all.filter_map(|annotations| annotations.remark(root)).next()?;
    let Says::Comment(Comment { about, .. }) = remark.says else { return None };
    let span = remark.anchor.span;
    let comment = Comment { about, answers: Some(root), words, settles };
    let name = if settles.is_some() { StepName::Settle } else { StepName::Comment };
    Some((name, vec![said(state, span, Says::Comment(comment), now)?]))
}

/// The changes after which a stretch is marked as read, or is not.
fn mark_read(state: &mut State, span: Span, read: bool, now: Time) -> Vec<Change> {
    let Some(document) = state.document() else { return Vec::new() };
    // What is read on either side of it becomes one with it; what is taken away leaves what only touches it as it was.
    let meets = |there: Span| there.overlaps(span) || (read && (there.end() == span.start() || span.end() == there.start()));
    let touched = |remark: &&Remark| matches!(remark.says, Says::Read) && meets(remark.anchor.span);
    let touched: Vec<Remark> = document.annotations.remarks().filter(touched).cloned().collect();
    let spans: Vec<Span> = if read {
        vec![touched.iter().map(|remark| remark.anchor.span).fold(span, Span::union)]
    } else {
        let left = |there: Span| {
            let before = (there.start() < span.start()).then(|| Span::new(there.start(), span.start().min(there.end())));
            let after = (there.end() > span.end()).then(|| Span::new(span.end().max(there.start()), there.end()));
            [before, after].into_iter().flatten()
        };
        touched.iter().flat_map(|remark| left(remark.anchor.span)).collect()
    };
    let made: Vec<Change> = spans.into_iter().filter_map(|span| said(state, span, Says::Read, now)).collect();
    touched.into_iter().map(Change::delete_remark).chain(made).collect()
}
