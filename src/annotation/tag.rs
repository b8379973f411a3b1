//! A tag: one statement about one indicator, on the words that make it.

use super::anchor::Anchor;
use super::codebook::{AttributeId, DefinitionId, KindId};
use super::identity::TagId;
use crate::quantity::Quantity;
use crate::report::ReportId;
use crate::text::Span;
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

/// Where a tag stood in another text, and how well its words were found again: it came with the report's new edition and
/// nobody has looked at it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The text it was made on.
    pub from: ReportId,
    /// Where it stood there.
    pub anchor: Anchor,
    /// How well its words were found.
    pub how: Found,
    /// Where its words may stand now, if it has no place yet.
    pub suggested: Option<Span>,
}

/// How well a tag's words were found in another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// The same words in the same sentence.
    Kept,
    /// The same words, the sentence around them is another or stands elsewhere.
    Moved,
    /// Other words in its place: the tag has no place until a person gives it one.
    Changed,
    /// Nothing that could be them: the tag has no place until a person gives it one.
    Lost,
}

impl Found {
    /// All of them, what needs a person first.
    pub const ALL: [Self; 4] = [Self::Lost, Self::Changed, Self::Moved, Self::Kept];

    /// Its key in files and in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Lost => "lost",
        }
    }

    /// That of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|found| found.key() == key)
    }

    /// Whether the tag has a place in the text.
    pub const fn is_placed(self) -> bool {
        matches!(self, Self::Kept | Self::Moved)
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
    /// The definition of its kind it was made by or last held against; none in files from before that was noted.
    pub definition: Option<DefinitionId>,
    /// Where it stood before the text changed, until a person has looked at it.
    pub carried: Option<Box<Carried>>,
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
            definition: None,
            carried: None,
        }
    }

    /// Whether its words have a place in the text. Where they have none, its anchor is the one it had in the text before.
    pub fn is_placed(&self) -> bool {
        self.carried.as_ref().is_none_or(|carried| carried.how.is_placed())
    }

    /// The words it stands on, if it has a place.
    pub fn place(&self) -> Option<Span> {
        self.is_placed().then_some(self.anchor.span)
    }

    /// Where its words may stand, if it has no place.
    pub fn suggested(&self) -> Option<Span> {
        self.carried.as_ref().and_then(|carried| carried.suggested)
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
