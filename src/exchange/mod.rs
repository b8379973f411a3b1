//! Other programs' formats: what leaves the program for them, and what comes back. One file a format.
//!
//! Pure: text in, text out. Writing it to a file is the caller's.

mod agreement;
mod bibtex;
mod brat;
mod citation;
mod coder_matrix;
mod conll;
mod counts;
mod decisions;
mod delimited;
mod doccano;
mod docx;
mod facts_csv;
mod feedback;
mod formats;
mod glance;
mod handed;
mod html;
mod imported;
mod incoming;
mod json;
mod label_studio;
mod laid;
mod looks;
mod markdown;
mod markup;
mod named;
mod outgoing;
mod package;
mod particulars;
mod placing;
mod reviewed;
mod ris;
mod row_height;
mod sheet;
mod spread;
mod stamp;
mod standoff;
mod table;
mod taking;
mod voice;
mod web_annotation;
mod xlsx;
mod xmi;

pub use agreement::{Agreement, agreement_page, figures_csv, figures_xlsx, interval, methods, rounded};
pub use brat::{read_brat, write_brat};
pub use citation::{CitationStyle, cite};
pub use coder_matrix::{case_matrix, run_matrix};
pub use conll::write_conll;
pub use decisions::write_decisions;
pub use delimited::{Delimiter, write_delimited};
pub use doccano::{read_doccano, write_doccano};
pub use docx::{DocxLayout, write_docx};
pub use facts_csv::{FactsRow, read_facts_csv, write_facts_csv};
pub use feedback::{Feedback, feedback};
pub use formats::{Brought, Format, Received, Shape};
pub use handed::{CountRow, Handed, HandedLayer, HandedReport, Keys, Labels, LinkRow, Office, Options, QuantityRow, TagRow};
pub use html::write_html;
pub use imported::{BadMapping, Imported, ImportedTag, KindMap, Problem as ImportProblem};
pub use incoming::{
    Arrival, Arriving, Difference, Incoming, Known, Made, Misfit, NotATable, RowAt, Said, StatedRow, TagField, arrival, read_delimited,
    read_workbook,
};
pub use json::{TAGS_SCHEMA, read_json, write_json, write_jsonl};
pub use label_studio::{read_label_studio, write_label_studio};
pub use markdown::write_markdown;
pub use named::OwnNames;
pub use outgoing::{Extra, NotMade, Outgoing, OutgoingFile};
pub use package::TooLarge;
pub use reviewed::Called;
pub use stamp::{highest, stamp, stamp_of};
pub use standoff::{Corpus, CorpusFile};
pub use table::Table;
pub use taking::{Brings, Plan, Taken, Taker, taken};
pub use web_annotation::{read_web_annotation, write_web_annotation};
pub use xlsx::{NotWritten, write_xlsx};
pub use xmi::{read_xmi, write_xmi};
