//! Paragraphs into rows, as Chinese is set: which rows a paragraph makes at a measure, and how each is spaced out.
//!
//! After W3C *Requirements for Chinese Text Layout* (clreq), GB/T 15834-2011 and docs/typesetting.md. Pure: how wide a
//! character is comes from a closure, so that the same rules are tested without fonts and used with any.

mod cells;
mod justify;
mod marks;
mod rows;
mod runs;

pub use marks::blanks;
pub use rows::{Row, rows};
pub use runs::Run;

/// Where marks stand in the square they are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Forms {
    /// Stops stand in the lower left corner, as on the mainland (clreq §3.1.4).
    Corner,
    /// Stops stand in the middle, as in Taiwan and Hong Kong.
    Centre,
}

/// How a paragraph is set; lengths in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Width of the column.
    pub measure: f32,
    /// Indent of the first row.
    pub indent: f32,
    /// Height and width of a Han character.
    pub em: f32,
    /// Where marks stand.
    pub forms: Forms,
    /// Whether all rows but the last are as wide as the column.
    pub justified: bool,
    /// Space between Han and Latin letters or digits where none is typed.
    pub latin_gap: f32,
}
