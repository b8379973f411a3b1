//! A decision: what came of a case in which people's tags were compared, and why.

use super::comment::TagRef;
use super::identity::{Person, TagId};
use crate::text::Span;
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

/// What was decided on a case. It is never edited: who decides anew takes the old one away and makes another, in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The case.
    pub case: CaseKey,
    /// The tags there were to choose from.
    pub options: Vec<DecisionOption>,
    /// What came of it.
    pub outcome: Outcome,
    /// The tags of the decider's own file that came of it.
    pub tags: Vec<TagId>,
    /// Why people's tags differed.
    pub reason: Option<Reason>,
    /// A note.
    pub words: String,
}

/// A tag that was to be chosen, and whether it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionOption {
    /// Whose it is, with the name at the time: their file may not be at hand later.
    pub person: Person,
    /// The tag.
    pub tag: TagId,
    /// Whether it was taken.
    pub taken: bool,
}

impl DecisionOption {
    /// Which tag of whom.
    pub const fn tag_ref(&self) -> TagRef {
        TagRef { person: self.person.id, tag: self.tag }
    }
}

/// Names a case: the same tags on the same words have the same name, whenever they are compared and in whatever order.
/// A case to which a tag comes, or of which a tag comes to say something else, is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseKey {
    /// The shortest stretch that holds all its tags.
    pub span: Span,
    /// Of its tags: whose they are, their names and what they say.
    pub hash: u64,
}

impl fmt::Display for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{} {:016x}", self.span.start(), self.span.end(), self.hash)
    }
}

impl FromStr for CaseKey {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        let (span, hash) = text.split_once(' ').unwrap_or((text, ""));
        let (start, end) = span.split_once('-').unwrap_or((span, ""));
        Ok(Self { span: Span::of(start.parse()?, end.parse()?), hash: u64::from_str_radix(hash, 16)? })
    }
}

/// What came of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// All said the same, and that was accepted.
    Agreed,
    /// Somebody's tags were taken as they are.
    Taken,
    /// There is nothing to tag.
    Nothing,
    /// A tag was taken after it was mended.
    Mended,
    /// It is to be decided later.
    Deferred,
    /// Somebody was asked.
    Asked,
}

impl Outcome {
    /// All of them, in the order of the queue's buttons.
    pub const ALL: [Self; 6] = [Self::Agreed, Self::Taken, Self::Nothing, Self::Mended, Self::Deferred, Self::Asked];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Taken => "taken",
            Self::Nothing => "nothing",
            Self::Mended => "mended",
            Self::Deferred => "deferred",
            Self::Asked => "asked",
        }
    }

    /// The outcome of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }

    /// Whether nothing is left to decide.
    pub const fn settles(self) -> bool {
        match self {
            Self::Agreed | Self::Taken | Self::Nothing | Self::Mended => true,
            Self::Deferred | Self::Asked => false,
        }
    }
}

/// Why people's tags differed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The text can be read in several ways.
    Ambiguous,
    /// The guide to tagging does not say.
    Unclear,
    /// A slip.
    Slip,
    /// Something else.
    Other,
}

impl Reason {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Ambiguous, Self::Unclear, Self::Slip, Self::Other];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ambiguous => "ambiguous",
            Self::Unclear => "unclear",
            Self::Slip => "slip",
            Self::Other => "other",
        }
    }

    /// The reason of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_case_reads_back() {
        let key = CaseKey { span: Span::of(3, 9), hash: 0x00ab };
        assert_eq!(key.to_string(), "3-9 00000000000000ab");
        assert_eq!(key.to_string().parse::<CaseKey>(), Ok(key));
        for text in ["", "3-9", "3 ab", "3-9 g", "a-9 ab", "-3-9 ab"] {
            assert!(text.parse::<CaseKey>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_key_reads_back() {
        assert!(Outcome::ALL.into_iter().all(|outcome| Outcome::from_key(outcome.key()) == Some(outcome)));
        assert!(Reason::ALL.into_iter().all(|reason| Reason::from_key(reason.key()) == Some(reason)));
        assert_eq!((Outcome::from_key("rumour"), Reason::from_key("")), (None, None));
    }
}
