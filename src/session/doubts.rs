//! What a person has to look at in a report's tags, and what one key decides of it.

use super::command::{Choice, TagCommand};
use super::document::Document;
use crate::annotation::{Found, TagId};

/// Why a tag has to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Two different things were made of it at the same time.
    Conflict,
    /// Its words are not where it says.
    Slipped,
    /// It came with the report's new text.
    Carried(Found),
    /// It was made by another definition of its kind, or its kind is no longer defined.
    Outdated,
}

impl Doubt {
    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Slipped => "slipped",
            Self::Carried(found) => found.key(),
            Self::Outdated => "outdated",
        }
    }
}

/// The tags of a document that have to be looked at, each with its first reason: conflicts, then what needs a place, then
/// what needs no more than a look; in the order of the text.
pub fn doubts(document: &Document) -> Vec<(Doubt, TagId)> {
    let rank = |found: Found| Found::ALL.iter().position(|other| *other == found);
    let mut carried: Vec<(Found, TagId)> = document.carried().map(|(tag, carried)| (carried.how, tag.id)).collect();
    carried.sort_by_key(|(found, _)| rank(*found));
    let conflicts = document.annotations.conflicts().map(|(id, _)| (Doubt::Conflict, id));
    let slipped = document.slipped().map(|id| (Doubt::Slipped, id));
    let carried = carried.into_iter().map(|(found, id)| (Doubt::Carried(found), id));
    let outdated = document.outdated().map(|tag| (Doubt::Outdated, tag.id));
    let mut seen = std::collections::BTreeSet::new();
    conflicts.chain(slipped).chain(carried).chain(outdated).filter(|(_, id)| seen.insert(*id)).collect()
}

/// What one key says to a doubt: that it is right as it stands, or as the program suggests. Nothing where only the person
/// can say.
pub fn settled(document: &Document, doubt: Doubt, id: TagId) -> Option<TagCommand> {
    let tag = document.annotations.tag(id);
    match doubt {
        Doubt::Conflict => Some(TagCommand::Decide(id, Choice::InForce)),
        Doubt::Slipped => None,
        Doubt::Carried(Found::Kept | Found::Moved) => Some(TagCommand::Confirm(vec![id])),
        Doubt::Carried(Found::Changed | Found::Lost) => Some(TagCommand::SetSpan(id, tag?.suggested()?)),
        Doubt::Outdated => document.definition(&tag?.kind).map(|_| TagCommand::Uphold(vec![id])),
    }
}
