//! A link: what one tag has to do with another, in this report or in another.

use super::identity::{LinkId, PersonId, TagId};
use crate::report::ReportId;

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A result fulfils a target or commitment.
    Fulfils,
    /// A newer statement continues an older one.
    Continues,
    /// Two say the same.
    Repeats,
    /// A part decomposes a whole.
    Decomposes,
}

impl Relation {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Fulfils, Self::Continues, Self::Repeats, Self::Decomposes];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fulfils => "fulfils",
            Self::Continues => "continues",
            Self::Repeats => "repeats",
            Self::Decomposes => "decomposes",
        }
    }

    /// The relation of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.key() == key)
    }
}

/// One end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkEnd {
    /// The report the tag stands in.
    pub report: ReportId,
    /// Whose tag it is.
    pub person: PersonId,
    /// The tag.
    pub tag: TagId,
}

/// A link from one tag to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name.
    pub id: LinkId,
    /// What it says, read from the first end to the second: result → target, newer → older, part → whole.
    pub relation: Relation,
    /// Where it begins.
    pub from: LinkEnd,
    /// Where it leads.
    pub to: LinkEnd,
}
