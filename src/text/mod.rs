//! Text as it is read: positions and spans, the maps between a source text and its views,
//! decoding of bytes, repair of damage, conversion between scripts, words, and the shadow that is searched.
//!
//! This room knows characters and nothing of reports, tags, files or windows.

pub mod classes;
pub mod decode;
mod indexed;
mod offset_map;
mod position;
pub mod repair;
pub mod script;
pub mod shadow;
pub mod words;

pub use indexed::Text;
pub use offset_map::{Bias, Block, OffsetMap};
pub use position::{Between, Pos, Position, Source, Span, View, ViewPos, ViewSpan};
