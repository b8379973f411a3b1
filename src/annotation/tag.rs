//! A tag: one statement about one indicator, on the words that make it.

use super::anchor::Anchor;
use super::codebook::{AttributeId, KindId};
use super::identity::TagId;
use crate::quantity::Quantity;
use std::collections::BTreeMap;

/// Where a tag comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Somebody made it.
    #[default]
    ByHand,
    /// A proposal of the program by this rule, taken as it was.
    Accepted(String),
    /// A proposal by this rule, changed before or after it was taken.
    Mended(String),
}

/// The value of an attribute, as chosen or typed; reading it is the codebook's matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// One value.
    One(String),
    /// Several, in order.
    Many(Vec<String>),
}

impl Value {
    /// What it says, several values joined by 、.
    pub fn text(&self) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::Many(texts) => texts.join("、"),
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::One(text) => text.is_empty(),
            Self::Many(texts) => texts.iter().all(String::is_empty),
        }
    }
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub id: TagId,
    /// Target, indicator, commitment, or a kind of the project's own. A kind the codebook does not
    /// know stays what it is.
    pub kind: KindId,
    /// The words it stands on.
    pub anchor: Anchor,
    /// What the words state in numbers.
    pub quantities: Vec<Quantity>,
    /// Attributes that have a value.
    pub attributes: BTreeMap<AttributeId, Value>,
    /// Free text.
    pub note: String,
    /// Whether whoever tagged was unsure.
    pub unsure: bool,
    /// Where it comes from.
    pub origin: Origin,
}

impl Tag {
    /// A tag made by hand that says nothing yet but its kind.
    pub fn new(id: TagId, kind: KindId, anchor: Anchor) -> Self {
        Self {
            id,
            kind,
            anchor,
            quantities: Vec::new(),
            attributes: BTreeMap::new(),
            note: String::new(),
            unsure: false,
            origin: Origin::ByHand,
        }
    }

    /// The text of an attribute, empty if it has none.
    pub fn attribute(&self, id: &AttributeId) -> String {
        self.attributes.get(id).map(Value::text).unwrap_or_default()
    }

    /// Sets or, with an empty value, removes an attribute.
    pub fn set_attribute(&mut self, id: AttributeId, value: Value) {
        if value.is_empty() {
            self.attributes.remove(&id);
        } else {
            self.attributes.insert(id, value);
        }
        if let Origin::Accepted(rule) = &self.origin {
            self.origin = Origin::Mended(rule.clone());
        }
    }
}
