//! Paragraphs into rows, as Chinese is set: which rows a paragraph makes at a measure.
//!
//! Pure: how wide a character is comes from a closure, so that the same rules are tested without
//! fonts and used with any.

mod cells;
mod rows;

pub use rows::{Row, Setting, rows};
