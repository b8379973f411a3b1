//! Commands on tags and links. Each makes an [`Edit`]; [`commit`] is the one place that applies them.

use super::command::{Choice, Command, TagCommand};
use super::corrections::lay;
use super::document::Document;
use super::effect::Effect;
use super::history::{Changed, StepName};
use super::keeping::journal;
use super::notice::What;
use super::state::{Question, State};
use crate::annotation::{Anchor, Change, Edit, KindId, Link, LinkEnd, LinkId, Origin, Tag, TagId, Time, edit_between};
use crate::store::Entry;
use crate::suggest::Statement;
use crate::text::Span;
use std::sync::Arc;

pub(super) fn update(state: &mut State, command: TagCommand, now: Time) -> Vec<Effect> {
    let Some(document) = state.document() else {
        return Vec::new();
    };
    if document.read_only.is_some() {
        state.tell(What::ReadingOnly);
        return Vec::new();
    }
    match command {
        TagCommand::Undo => return undo(state, now),
        TagCommand::Redo => return redo(state, now),
        _ if state.person().is_none() => return ask_name(state, Command::Tag(command)),
        _ => {}
    }
    let Some((name, edit, picked)) = edit_of(state, command, now) else {
        return Vec::new();
    };
    let effects = commit(state, name, edit, now);
    if let (Some(document), Some(picked)) = (state.document_mut(), picked) {
        document.picked = picked;
    }
    effects
}

/// Asks who is tagging; then the command happens.
pub(super) fn ask_name(state: &mut State, then: Command) -> Vec<Effect> {
    state.question = Some(Question::Name { then: Box::new(then) });
    Vec::new()
}

/// The step a command makes, and the tags picked after it; nothing if it changes nothing.
fn edit_of(state: &mut State, command: TagCommand, now: Time) -> Option<(StepName, Edit, Option<Vec<TagId>>)> {
    let person = state.person()?;
    let document = state.document()?;
    let report = document.report.id();
    match command {
        TagCommand::Make(kind) => {
            let Some(span) = document.taggable() else {
                state.tell(What::NothingToTag);
                return None;
            };
            let id = TagId(state.ids.next(now));
            let tags = by_hand(state.document()?, &[id], &kind, &[span]);
            Some((StepName::Make(kind), Edit::new(tags.into_iter().map(Change::add_tag).collect()), Some(vec![id])))
        }
        TagCommand::MakeAll(kind, spans) => {
            let there = |span: &Span| document.annotations.tags().any(|tag| tag.kind == kind && tag.anchor.span == *span);
            let spans: Vec<Span> = spans.into_iter().filter(|span| !there(span)).collect();
            if spans.is_empty() {
                return None;
            }
            let ids: Vec<TagId> = spans.iter().map(|_| TagId(state.ids.next(now))).collect();
            let document = state.document()?;
            let tags = by_hand(document, &ids, &kind, &spans);
            Some((StepName::MakeAll(kind, tags.len()), Edit::new(tags.into_iter().map(Change::add_tag).collect()), Some(ids)))
        }
        TagCommand::SetKind(ids, kind) => {
            let definition = document.definition(&kind);
            let edit = change_tags(document, &ids, |tag| {
                tag.kind = kind.clone();
                tag.definition = definition;
            });
            Some((StepName::SetKind(kind, edit.changes().len()), edit, None))
        }
        TagCommand::Delete(ids) => {
            let edit = delete(document, &ids);
            Some((StepName::Delete(ids.len()), edit, Some(Vec::new())))
        }
        TagCommand::ToggleUnsure(ids) => {
            let unsure = ids.iter().filter_map(|id| document.annotations.tag(*id)).any(|tag| !tag.unsure);
            let edit = change_tags(document, &ids, |tag| tag.unsure = unsure);
            Some((StepName::Unsure(edit.changes().len()), edit, None))
        }
        TagCommand::SetNote(id, note) => Some((StepName::Note, change_tags(document, &[id], |tag| tag.note.clone_from(&note)), None)),
        TagCommand::SetAttribute(ids, attribute, value) => {
            let edit = change_tags(document, &ids, |tag| tag.set_attribute(attribute.clone(), value.clone()));
            Some((StepName::Attribute(attribute, ids.len()), edit, None))
        }
        TagCommand::SetQuantities(id, quantities) => {
            Some((StepName::Quantities, change_tags(document, &[id], |tag| tag.quantities.clone_from(&quantities)), None))
        }
        TagCommand::SetSpan(id, span) => {
            let text = document.report.text();
            if span.is_empty() || span.end().get() > text.len() {
                return None;
            }
            let anchor = Anchor::new(text, span);
            let place = |tag: &mut Tag| {
                tag.anchor.clone_from(&anchor);
                tag.carried = None;
            };
            Some((StepName::Span, change_tags(document, &[id], place), None))
        }
        TagCommand::Link(tag, relation, to) => {
            let from = LinkEnd { report, person: person.id, tag };
            let there = document.annotations.links().any(|link| link.relation == relation && link.from == from && link.to == to);
            if there || from == to || document.annotations.tag(tag).is_none() {
                return None;
            }
            let link = Link { id: LinkId(state.ids.next(now)), relation, from, to };
            Some((StepName::Link, Edit::new(vec![Change::Link { before: None, after: Some(Box::new(link)) }]), None))
        }
        TagCommand::Unlink(id) => {
            let before = *document.annotations.link(id)?;
            Some((StepName::Unlink, Edit::new(vec![Change::Link { before: Some(Box::new(before)), after: None }]), None))
        }
        TagCommand::Confirm(ids) => {
            let edit = change_tags(document, &ids, |tag| {
                if tag.is_placed() {
                    tag.carried = None;
                }
            });
            Some((StepName::Confirm(edit.changes().len()), edit, None))
        }
        TagCommand::Uphold(ids) => {
            let edit = change_tags(document, &ids, |tag| tag.definition = document.definition(&tag.kind).or(tag.definition));
            Some((StepName::Uphold(edit.changes().len()), edit, None))
        }
        TagCommand::Decide(id, choice) => {
            let new = TagId(state.ids.next(now));
            let (edit, picked) = decide(state.document()?, id, choice, new)?;
            Some((StepName::Decide, edit, Some(picked)))
        }
        TagCommand::Restore(time, there) => Some((StepName::Restore(time), edit_between(&document.annotations, &there), None)),
        TagCommand::Undo | TagCommand::Redo => None,
    }
}

/// The step that decides between what was made of a tag at the same time, and the tags picked after it.
fn decide(document: &Document, id: TagId, choice: Choice, new: TagId) -> Option<(Edit, Vec<TagId>)> {
    let kept = document.annotations.tag_records().get(&id)?;
    let readings: Vec<Option<Tag>> = kept.readings().cloned().collect();
    let change = |after: Option<Tag>| Change::Tag { before: kept.now.content.clone().map(Box::new), after: after.map(Box::new) };
    let more = match choice {
        Choice::InForce => Vec::new(),
        Choice::Reading(number) => vec![change(readings.get(number)?.clone())],
        Choice::Both => {
            let other = readings.iter().flatten().next().filter(|_| kept.now.content.is_some())?;
            vec![Change::add_tag(Tag { id: new, ..other.clone() })]
        }
    };
    let decided = Change::Readings { tag: id, before: readings, after: Vec::new() };
    let picked = more.iter().filter_map(Change::tag_id).next_back().unwrap_or(id);
    Some((Edit::new(std::iter::once(decided).chain(more).collect()), vec![picked]))
}

/// Tags that a person makes. What their words state is read at once.
fn by_hand(document: &Document, ids: &[TagId], kind: &KindId, spans: &[Span]) -> Vec<Tag> {
    let tag = |((id, span), stated): ((&TagId, &Span), Statement)| {
        let Statement { quantities, attributes } = stated;
        let anchor = Anchor::new(document.report.text(), *span);
        Tag { quantities, attributes, definition: document.definition(kind), ..Tag::new(*id, kind.clone(), anchor) }
    };
    ids.iter().zip(spans).zip(document.stated(spans, kind)).map(tag).collect()
}

/// The step that changes tags as `change` says; those it leaves as they are stay out of it.
fn change_tags(document: &Document, ids: &[TagId], change: impl Fn(&mut Tag)) -> Edit {
    let changes = ids.iter().filter_map(|id| document.annotations.tag(*id)).filter_map(|before| {
        let mut after = before.clone();
        change(&mut after);
        after.origin = origin(before, &after);
        (after != *before).then(|| Change::set_tag(before.clone(), after))
    });
    Edit::new(changes.collect())
}

/// Where a changed tag comes from: once it says something else than was proposed, what was accepted is mended.
fn origin(before: &Tag, after: &Tag) -> Origin {
    let says_the_same = before.kind == after.kind
        && before.anchor.span == after.anchor.span
        && before.quantities == after.quantities
        && before.attributes == after.attributes;
    match &before.origin {
        Origin::Accepted(rule) if !says_the_same => Origin::Mended(rule.clone()),
        origin => origin.clone(),
    }
}

/// The step that deletes tags and the links that hang on them.
pub(super) fn delete(document: &Document, ids: &[TagId]) -> Edit {
    let all = &document.annotations;
    let links = all
        .links()
        .filter(|link| ids.contains(&link.from.tag) || ids.contains(&link.to.tag))
        .map(|link| Change::Link { before: Some(Box::new(*link)), after: None });
    // Whoever deletes a tag of which two made different things means both.
    let decided = ids.iter().filter_map(|id| Some((*id, all.tag_records().get(id)?))).filter(|(_, kept)| kept.is_in_conflict());
    let decided = decided.map(|(tag, kept)| Change::Readings { tag, before: kept.readings().cloned().collect(), after: Vec::new() });
    let tags = ids.iter().filter_map(|id| all.tag(*id)).map(|tag| Change::delete_tag(tag.clone()));
    Edit::new(links.chain(decided).chain(tags).collect())
}

/// Applies a step, remembers it for undo and sends it to the journal.
pub(super) fn commit(state: &mut State, name: StepName, edit: Edit, now: Time) -> Vec<Effect> {
    let by = state.touch(now);
    let Some(document) = state.document_mut() else {
        return Vec::new();
    };
    if edit.is_empty() || Arc::make_mut(&mut document.annotations).apply(&edit, by).is_err() {
        return Vec::new();
    }
    let (id, entry) = (document.id, Entry::of_edit(&edit, &document.annotations));
    document.history.push(name, Changed::Annotations(edit), now);
    journal(state, id, entry, now)
}

fn undo(state: &mut State, now: Time) -> Vec<Effect> {
    let step = state.document_mut().and_then(|document| document.history.undo());
    step.map_or_else(Vec::new, |step| make_again(state, &step.changed.inverse(), now))
}

fn redo(state: &mut State, now: Time) -> Vec<Effect> {
    let step = state.document_mut().and_then(|document| document.history.redo());
    step.map_or_else(Vec::new, |step| make_again(state, &step.changed, now))
}

/// Makes a change that is in the history already.
fn make_again(state: &mut State, changed: &Changed, now: Time) -> Vec<Effect> {
    let by = state.touch(now);
    let Some(document) = state.document_mut() else {
        return Vec::new();
    };
    match changed {
        Changed::Annotations(edit) => {
            if Arc::make_mut(&mut document.annotations).apply(edit, by).is_err() {
                document.history.clear();
                state.tell(What::CannotUndo);
                return Vec::new();
            }
            let touched: Vec<TagId> =
                edit.changes().iter().filter_map(Change::tag_id).filter(|id| document.annotations.tag(*id).is_some()).collect();
            document.picked = touched;
            let (id, entry) = (document.id, Entry::of_edit(edit, &document.annotations));
            journal(state, id, entry, now)
        }
        Changed::Corrections { before, .. } if document.report.corrections() != before.as_ref() => {
            // Something else was corrected in the review of the report, or in the report under review.
            document.history.clear();
            state.tell(What::CannotUndo);
            Vec::new()
        }
        Changed::Corrections { after, .. } => lay(state, *after.clone(), now),
    }
}
