//! The codebook: which kinds of tag there are, which attributes they have and which values those take.
//!
//! It holds keys, colour roles and closed lists; the words people see are in `assets/locale`.

use crate::report::ReportId;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

/// Declares a key of the codebook: a short English word that stands in files.
macro_rules! key {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The key as it stands in files.
            pub fn new(key: impl Into<String>) -> Self {
                Self(key.into())
            }

            /// The key as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

key! {
    /// Names a kind of tag.
    KindId
}
key! {
    /// Names an attribute.
    AttributeId
}

/// Which colour of the theme a kind has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColourRole {
    /// For targets.
    Blue,
    /// For indicators.
    Green,
    /// For commitments.
    Vermilion,
    /// For kinds of a project's own.
    Violet,
    /// For kinds of a project's own, and kinds the codebook does not know.
    Grey,
}

/// How a kind is underlined, so that colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// One line.
    Solid,
    /// Dots.
    Dotted,
    /// Dashes.
    Dashed,
}

/// A kind of tag.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its key.
    pub id: KindId,
    /// Its colour.
    pub colour: ColourRole,
    /// Its underline.
    pub stroke: Stroke,
    /// The digit that makes a tag of it; 0 for none.
    #[serde(default)]
    pub digit: u8,
    /// What people read, where the interface has no words of its own for it.
    #[serde(default)]
    pub label: String,
    /// What it means, in a project's own words.
    #[serde(default)]
    pub definition: String,
}

/// What an attribute takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Any text.
    Text,
    /// One of a closed list of keys.
    Choice(Vec<String>),
    /// Any number of a closed list of keys.
    Choices(Vec<String>),
    /// Names, separated by 、.
    Names,
    /// A period as `quantity::period` reads it.
    Period,
    /// A date or part of a year as `quantity::deadline` reads it.
    Deadline,
}

impl ValueType {
    /// What it takes, as one line that only changes when that does.
    fn said(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Choice(keys) => format!("choice {}", keys.join(" ")),
            Self::Choices(keys) => format!("choices {}", keys.join(" ")),
            Self::Names => "names".to_owned(),
            Self::Period => "period".to_owned(),
            Self::Deadline => "deadline".to_owned(),
        }
    }
}

/// An attribute of tags.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its key.
    pub id: AttributeId,
    /// The kinds that have it; none named means all.
    #[serde(default)]
    pub of: Vec<KindId>,
    /// What it takes.
    pub takes: ValueType,
    /// What people read, where the interface has no words of its own for it.
    #[serde(default)]
    pub label: String,
    /// What it means, in a project's own words.
    #[serde(default)]
    pub definition: String,
}

/// Names the definition of a kind as a codebook had it: a tag made by another one is to be looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionId {
    /// The codebook's edition.
    pub version: u32,
    /// Of the kind's meaning, its attributes and what they take; colours and digits do not count.
    pub hash: u32,
}

impl fmt::Display for DefinitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:08x}", self.version, self.hash)
    }
}

impl FromStr for DefinitionId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (version, hash) = text.split_once(' ').unwrap_or((text, ""));
        Ok(Self { version: version.parse()?, hash: u32::from_str_radix(hash, 16)? })
    }
}

impl Attribute {
    /// Whether tags of a kind have it.
    pub fn belongs_to(&self, kind: &KindId) -> bool {
        self.of.is_empty() || self.of.contains(kind)
    }
}

/// A codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// Counts its editions.
    pub version: u32,
    /// The kinds in the order people are shown.
    pub kinds: Vec<Kind>,
    /// The attributes in the order of the inspector.
    pub attributes: Vec<Attribute>,
    /// SHA-256 of its text.
    #[serde(skip)]
    pub hash: String,
}

/// What is wrong with a codebook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookError {
    /// It is not RON of the right shape.
    #[error("line {line}: {reason}")]
    Unreadable {
        /// The line, from 1.
        line: usize,
        /// What the reader says.
        reason: String,
    },
    /// A key stands twice.
    #[error("the key {0} stands twice")]
    Twice(String),
    /// An attribute names a kind there is not.
    #[error("{0} is of a kind there is not: {1}")]
    NoSuchKind(AttributeId, KindId),
}

impl Codebook {
    /// The codebook that comes with the program.
    pub fn standard() -> Arc<Self> {
        static STANDARD: OnceLock<Arc<Codebook>> = OnceLock::new();
        Arc::clone(STANDARD.get_or_init(|| Arc::new(Self::parse(Self::STANDARD_TEXT).unwrap_or_default())))
    }

    /// The text of the standard codebook.
    pub const STANDARD_TEXT: &'static str = include_str!("../../assets/codebook.ron");

    /// Reads a codebook and checks that its keys make sense.
    ///
    /// # Errors
    /// What is wrong and where.
    pub fn parse(text: &str) -> Result<Self, CodebookError> {
        let mut book: Self = ron::from_str(text)
            .map_err(|error| CodebookError::Unreadable { line: error.span.start.line, reason: error.code.to_string() })?;
        let mut seen = BTreeSet::new();
        let keys = book.kinds.iter().map(|kind| kind.id.as_str()).chain(book.attributes.iter().map(|attribute| attribute.id.as_str()));
        if let Some(twice) = keys.into_iter().find(|key| !seen.insert(*key)) {
            return Err(CodebookError::Twice(twice.to_owned()));
        }
        for attribute in &book.attributes {
            if let Some(kind) = attribute.of.iter().find(|id| book.kind(id).is_none()) {
                return Err(CodebookError::NoSuchKind(attribute.id.clone(), kind.clone()));
            }
        }
        book.hash = ReportId::of(text).to_string();
        Ok(book)
    }

    /// The kind of a key.
    pub fn kind(&self, id: &KindId) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == *id)
    }

    /// The attribute of a key.
    pub fn attribute(&self, id: &AttributeId) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == *id)
    }

    /// The definition of a kind as this codebook has it.
    pub fn definition(&self, id: &KindId) -> Option<DefinitionId> {
        let kind = self.kind(id)?;
        let mut said = format!("{}\n{}\n", kind.id, kind.definition);
        for attribute in self.attributes_of(id) {
            said.push_str(&format!("{}\t{}\t{}\n", attribute.id, attribute.takes.said(), attribute.definition));
        }
        let hash = ReportId::of(&said).to_string();
        Some(DefinitionId { version: self.version, hash: u32::from_str_radix(hash.get(..8)?, 16).ok()? })
    }

    /// The attributes tags of a kind have.
    pub fn attributes_of<'a>(&'a self, kind: &'a KindId) -> impl Iterator<Item = &'a Attribute> {
        self.attributes.iter().filter(move |attribute| attribute.belongs_to(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_codebook_is_sound() {
        let book = Codebook::parse(Codebook::STANDARD_TEXT);
        assert_eq!(book.as_ref().map(|book| book.kinds.len()), Ok(3), "{book:?}");
    }

    #[test]
    fn a_codebook_that_makes_no_sense_says_why() {
        let twice = "(version: 1, kinds: [(id: \"a\", colour: blue, stroke: solid, digit: 1)], attributes: [(id: \"a\", takes: text)])";
        assert_eq!(Codebook::parse(twice), Err(CodebookError::Twice("a".into())));
        let other = "(version: 1, kinds: [], attributes: [(id: \"a\", of: [\"b\"], takes: text)])";
        assert_eq!(Codebook::parse(other), Err(CodebookError::NoSuchKind(AttributeId::new("a"), KindId::new("b"))));
    }
}
