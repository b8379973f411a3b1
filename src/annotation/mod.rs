//! What people put on a report: tags with their attributes, links between them, what they say beside them, and
//! the codebook that says which kinds and attributes there are.
//!
//! Annotations change only by an [`Edit`], which can be inverted, sent to a journal and applied
//! again without harm.

mod anchor;
mod annotations;
mod codebook;
mod comment;
mod decision;
mod difference;
mod edit;
mod identity;
mod link;
mod reanchor;
mod remark;
mod stamp;
mod tag;

pub use anchor::{Anchor, CONTEXT};
pub use annotations::{Annotations, take_version};
pub use codebook::{Attribute, AttributeId, Codebook, CodebookError, ColourRole, DefinitionId, Kind, KindId, Stroke, ValueType};
pub use comment::{Comment, TagRef};
pub use decision::{CaseKey, Decision, DecisionOption, Outcome, Reason};
pub use difference::{Difference, Differing, difference, edit_between};
pub use edit::{Change, Edit, NotApplicable};
pub use identity::{LinkId, Person, PersonId, RemarkId, TagId, Time};
pub use link::{Link, LinkEnd, Relation};
pub use reanchor::{Fit, reanchor};
#[cfg(test)]
pub(crate) use remark::samples;
pub use remark::{Dismissed, Remark, Says};
pub use stamp::{Dot, Hand, Kept, Past, Stamp, Touch, Version};
pub use tag::{Carried, Found, Origin, Tag, Value};
