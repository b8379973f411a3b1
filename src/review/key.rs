//! What a case is called, so that what was decided on it is found again.

use super::Layer;
use crate::annotation::{PersonId, Tag, TagId};
use crate::text::Span;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

/// Names a case: the same tags on the same words have the same name, whenever they are compared and in whatever order.
/// A case to which a tag comes, or whose words change, is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseKey {
    /// The shortest stretch that holds all its tags.
    pub span: Span,
    /// Of the names of its tags and of whose they are.
    pub hash: u64,
}

impl CaseKey {
    /// The name of the case of these tags.
    pub(super) fn of<'t>(span: Span, tags: impl Iterator<Item = (&'t Layer, &'t Tag)>) -> Self {
        let mut names: Vec<(PersonId, TagId)> = tags.map(|(layer, tag)| (layer.person.id, tag.id)).collect();
        names.sort_unstable();
        let mut hash = Sha256::new();
        for (person, tag) in names {
            hash.update(person.0.as_bytes());
            hash.update(tag.0.as_bytes());
        }
        let hash = hash.finalize().iter().take(8).fold(0u64, |hash, byte| (hash << 8) | u64::from(*byte));
        Self { span, hash }
    }
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

#[cfg(test)]
mod tests {
    use super::super::tests::layer;
    use super::*;

    #[test]
    fn a_name_reads_back_and_does_not_depend_on_order() {
        let (one, other) = (layer(1, &[(3, 6, 0)]), layer(2, &[(4, 5, 0)]));
        let (first, second) = ((&one, &one.tags[0]), (&other, &other.tags[0]));
        let key = CaseKey::of(Span::of(3, 9), [first, second].into_iter());
        assert_eq!(key, CaseKey::of(Span::of(3, 9), [second, first].into_iter()));
        assert_ne!(key, CaseKey::of(Span::of(3, 9), [first].into_iter()));
        assert_eq!(key.to_string().parse::<CaseKey>(), Ok(key));
        assert!("3-9".parse::<CaseKey>().is_err());
    }
}
