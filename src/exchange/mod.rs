//! Other programs' formats: what leaves the program for them, and what comes back. One file a format.
//!
//! Pure: text in, text out. Writing it to a file is the caller's.

mod bibtex;
mod brat;
mod citation;
mod conll;
mod counts;
mod doccano;
mod docx;
mod facts_csv;
mod handed;
mod html;
mod imported;
mod label_studio;
mod laid;
mod looks;
mod markdown;
mod markup;
mod package;
mod placing;
mod ris;
mod stamp;
mod standoff;
mod voice;
mod web_annotation;
mod xmi;

pub use brat::{read_brat, write_brat};
pub use citation::{CitationStyle, cite};
pub use conll::write_conll;
pub use doccano::{read_doccano, write_doccano};
pub use docx::{DocxLayout, write_docx};
pub use facts_csv::{FactsRow, read_facts_csv, write_facts_csv};
pub use handed::{CountRow, Handed, HandedLayer, HandedReport, Keys, Labels, LinkRow, Office, Options, QuantityRow, TagRow};
pub use html::write_html;
pub use imported::{BadMapping, Imported, ImportedTag, KindMap, Problem as ImportProblem};
pub use label_studio::{read_label_studio, write_label_studio};
pub use markdown::write_markdown;
pub use package::TooLarge;
pub use stamp::{highest, stamp, stamp_of};
pub use standoff::{Corpus, CorpusFile};
pub use web_annotation::{read_web_annotation, write_web_annotation};
pub use xmi::{read_xmi, write_xmi};
