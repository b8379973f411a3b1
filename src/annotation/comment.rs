//! A comment: what people tell one another about words or a tag.

use super::identity::{PersonId, RemarkId, TagId};

/// What somebody says to the others: it begins a thread, or answers one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// The tag it is about; none where it is about the words themselves.
    pub about: Option<TagRef>,
    /// The comment that begins the thread it belongs to, of anybody; none where it begins one itself.
    pub answers: Option<RemarkId>,
    /// Its words. A comment that only settles a thread, or opens it again, may have none.
    pub words: String,
    /// Whether it says that the thread is settled, or open again; none where it says neither.
    pub settles: Option<bool>,
}

/// A tag of somebody, of the report at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagRef {
    /// Whose tag it is.
    pub person: PersonId,
    /// The tag.
    pub tag: TagId,
}
