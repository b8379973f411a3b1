//! Other programs' formats: what leaves the program for them, and what comes back. One file a format.
//!
//! Pure: text in, text out. Writing it to a file is the caller's.

mod bibtex;
mod citation;
mod facts_csv;
mod ris;
mod stamp;

pub use citation::{CitationStyle, cite};
pub use facts_csv::{FactsRow, read_facts_csv, write_facts_csv};
pub use stamp::{highest, stamp, stamp_of};
