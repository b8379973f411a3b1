//! A remark: what a person says beside tags.

use super::anchor::Anchor;
use super::codebook::KindId;
use super::comment::Comment;
use super::decision::Decision;
use super::identity::RemarkId;

/// Something a person says of words, beside tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its name.
    pub id: RemarkId,
    /// The words it is said of.
    pub anchor: Anchor,
    /// What is said.
    pub says: Says,
}

/// What a remark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// That something the program said is not to be heard again.
    Dismissed(Dismissed),
    /// What people tell one another.
    Comment(Comment),
    /// What was decided on a case.
    Decision(Decision),
    /// That the person has read this part.
    Read,
}

/// What was turned down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dismissed {
    /// A proposed tag.
    Proposal {
        /// The kind it would have been.
        kind: KindId,
        /// The rule that proposed it.
        rule: String,
    },
    /// A hint about a tag or about words.
    Hint {
        /// Which hint.
        key: String,
    },
}

#[cfg(test)]
pub(crate) mod samples {
    use super::super::comment::TagRef;
    use super::super::decision::{CaseKey, DecisionOption, Outcome, Reason};
    use super::super::identity::{Person, PersonId, TagId};
    use super::*;
    use crate::text::Span;
    use uuid::Uuid;

    /// How many different things there are to say.
    pub(crate) const TURNS: u8 = 6;

    /// One thing to say after the other, with a word in it where it has words.
    pub(crate) fn says(turn: u8, word: &str) -> Says {
        let words = word.to_owned();
        match turn % TURNS {
            0 => Says::Dismissed(Dismissed::Proposal { kind: KindId::new("target"), rule: words }),
            1 => Says::Dismissed(Dismissed::Hint { key: words }),
            2 => Says::Comment(Comment { about: Some(TagRef { person: person(1).id, tag: tag(1) }), words, ..Comment::default() }),
            3 => {
                let answers = Some(RemarkId(Uuid::from_u128(7)));
                Says::Comment(Comment { about: None, answers, words, settles: Some(true) })
            }
            4 => Says::Decision(Decision {
                case: CaseKey { span: Span::of(2, 6), hash: 0x00ab },
                options: vec![option(1, true), option(2, false)],
                outcome: Outcome::Taken,
                tags: vec![tag(3)],
                reason: Some(Reason::Slip),
                words,
            }),
            _ => Says::Read,
        }
    }

    fn option(number: u128, taken: bool) -> DecisionOption {
        DecisionOption { person: person(number), tag: tag(number), taken }
    }

    fn person(number: u128) -> Person {
        Person { id: PersonId(Uuid::from_u128(number)), name: format!("{number}号") }
    }

    const fn tag(number: u128) -> TagId {
        TagId(Uuid::from_u128(number))
    }
}
