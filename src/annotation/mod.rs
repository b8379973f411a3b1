//! What people put on a report: tags with their attributes, links between them, and the codebook
//! that says which kinds and attributes there are.
//!
//! Annotations change only by an [`Edit`], which can be inverted, sent to a journal and applied
//! again without harm.

mod anchor;
mod annotations;
mod codebook;
mod edit;
mod identity;
mod link;
mod tag;

pub use anchor::{Anchor, CONTEXT};
pub use annotations::{Annotations, Kept, Stamp};
pub use codebook::{Attribute, AttributeId, Codebook, CodebookError, ColourRole, Kind, KindId, Stroke, ValueType};
pub use edit::{Change, Edit, NotApplicable};
pub use identity::{LinkId, Person, PersonId, TagId, Time};
pub use link::{Link, LinkEnd, Relation};
pub use tag::{Origin, Tag, Value};
