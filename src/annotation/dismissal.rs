//! A dismissal: what the program said and a person does not want to hear again.

use super::anchor::Anchor;
use super::codebook::KindId;
use super::identity::DismissalId;

/// Something the program said and a person does not want to hear again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissal {
    /// Its name.
    pub id: DismissalId,
    /// The words it was said of.
    pub anchor: Anchor,
    /// What was said.
    pub of: Dismissed,
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
