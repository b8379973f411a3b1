//! What people put on a report: tags with their attributes, links between them, what they turned down, and the
//! codebook that says which kinds and attributes there are.
//!
//! Annotations change only by an [`Edit`], which can be inverted, sent to a journal and applied
//! again without harm.

mod anchor;
mod annotations;
mod codebook;
mod difference;
mod dismissal;
mod edit;
mod identity;
mod link;
mod reanchor;
mod stamp;
mod tag;

pub use anchor::{Anchor, CONTEXT};
pub use annotations::{Annotations, take_version};
pub use codebook::{Attribute, AttributeId, Codebook, CodebookError, ColourRole, DefinitionId, Kind, KindId, Stroke, ValueType};
pub use difference::{Difference, Differing, difference, edit_between};
pub use dismissal::{Dismissal, Dismissed};
pub use edit::{Change, Edit, NotApplicable};
pub use identity::{DismissalId, LinkId, Person, PersonId, TagId, Time};
pub use link::{Link, LinkEnd, Relation};
pub use reanchor::{Fit, reanchor};
pub use stamp::{Dot, Hand, Kept, Past, Stamp, Touch, Version};
pub use tag::{Carried, Found, Origin, Tag, Value};
