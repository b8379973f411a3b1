//! The tables that spreadsheets and scripts get: tags, quantities, links and counts, a row each.
//!
//! Every column has a stable English name; what people read over it is the interface's to say. Columns that only programs
//! read are hidden where a format can hide them: by the names in the first ones a row is known again when it comes back.

mod as_exported;
mod cell;
mod columns;
pub(super) mod formula;
pub(super) mod period;

pub(super) use as_exported::{AS_EXPORTED, AsExported, Pen, QUANTITY_CELLS, content};
pub(super) use cell::{Cell, exact};
pub(super) use columns::FIXED;

use super::handed::{Handed, Labels};
use crate::annotation::AttributeId;

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// A tag a row.
    Tags,
    /// A quantity a row.
    Quantities,
    /// A link a row.
    Links,
    /// A report, a person and a kind a row.
    Counts,
}

impl Table {
    /// All of them, in the order of the sheets.
    pub const ALL: [Self; 4] = [Self::Tags, Self::Quantities, Self::Links, Self::Counts];

    /// Its key in the locale.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::Quantities => "quantities",
            Self::Links => "links",
            Self::Counts => "counts",
        }
    }

    /// Its columns and rows, with what is noted of them as this pen writes them.
    pub(super) fn of<'a>(self, handed: Handed<'a>, pen: Pen<'a>) -> Filled<'a> {
        match self {
            Self::Tags => columns::tags(handed, pen),
            Self::Quantities => columns::quantities(handed, pen),
            Self::Links => columns::links(handed),
            Self::Counts => columns::counts(handed),
        }
    }
}

/// A table with what stands in it.
pub(super) struct Filled<'a> {
    pub heads: Vec<Head>,
    /// Each row has a cell for each head.
    pub rows: Box<dyn Iterator<Item = Vec<Cell<'a>>> + 'a>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Its stable name.
    pub key: String,
    pub of: HeadOf,
    /// How wide it is, in half-width characters.
    pub width: u16,
}

/// What a column is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HeadOf {
    /// The name of something, for programs.
    Id,
    /// Something every row has.
    Fixed,
    /// Something every row has that hardly anybody reads.
    Aside,
    /// An attribute.
    Attribute(AttributeId),
}

impl Head {
    /// Whether it is hidden where a format can hide columns.
    pub(super) const fn is_hidden(&self) -> bool {
        matches!(self.of, HeadOf::Id | HeadOf::Aside)
    }

    /// What people read over the column; those of names say the same to everybody.
    pub(super) fn label<'l>(&'l self, labels: &'l dyn Labels) -> &'l str {
        match &self.of {
            HeadOf::Id => &self.key,
            HeadOf::Fixed | HeadOf::Aside => labels.label("column", &self.key),
            HeadOf::Attribute(id) => labels.label("attribute", id.as_str()),
        }
    }
}

/// What stands over the columns: where two of them are called the same, the second says its name, too.
pub(super) fn labels_of(heads: &[Head], labels: &dyn Labels) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for head in heads {
        let label = head.label(labels);
        said.push(if said.iter().any(|other| other == label) { format!("{label} ({})", head.key) } else { label.to_owned() });
    }
    said
}

/// The name of an attribute's column. What every row has keeps its name, whatever a project calls its attributes.
pub(super) fn attribute_key(id: &AttributeId) -> String {
    let id = id.as_str();
    if FIXED.contains(&id) || id.starts_with(PREFIX) { format!("{PREFIX}{id}") } else { id.to_owned() }
}

/// The attribute whose column has a name, unless it is a name of something every row has.
pub(super) fn attribute_of_key(key: &str) -> Option<AttributeId> {
    if FIXED.contains(&key) {
        return None;
    }
    Some(AttributeId::new(key.strip_prefix(PREFIX).unwrap_or(key)))
}

const PREFIX: &str = "attribute_";

#[cfg(test)]
mod tests {
    use super::super::Keys;
    use super::*;

    #[test]
    fn attributes_never_take_the_name_of_another_column() {
        for (id, key) in [("modality", "modality"), ("note", "attribute_note"), ("attribute_note", "attribute_attribute_note")] {
            assert_eq!(attribute_key(&AttributeId::new(id)), key);
            assert_eq!(attribute_of_key(key), Some(AttributeId::new(id)));
        }
        assert_eq!(attribute_of_key("note"), None);
    }

    #[test]
    fn no_two_columns_are_called_the_same() {
        let head = |key: &str, of| Head { key: key.to_owned(), of, width: 8 };
        let heads = [head("place", HeadOf::Fixed), head("attribute_place", HeadOf::Attribute(AttributeId::new("place")))];
        assert_eq!(labels_of(&heads, &Keys), ["place", "place (attribute_place)"]);
    }
}
