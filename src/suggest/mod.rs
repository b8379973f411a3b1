//! Reads a report and proposes tags: the words, the kind, the indicator, the numbers and the rest of what they state.
//!
//! It reads the shadow of a report, so that damage, script and width do not matter, and leads every place back to the
//! source text. What the language is, is data: `assets/rules.ron`, `assets/indicators.ron`, `assets/units.ron`; a project
//! adds its own. What it proposes is never more than a proposal: a person takes it, changes it or turns it down.

mod coverage;
mod hints;
mod kind;
mod lexicon;
mod line;
mod measure;
mod numbers;
mod omissions;
mod promises;
mod proposal;
mod propose;
mod subject;
mod tense;
mod when;

pub use coverage::{Share, coverage, total};
pub use hints::{Hint, hints};
pub use lexicon::{Lexicon, LexiconError};
pub use omissions::omissions;
pub use proposal::{Confidence, Figure, FigureKind, Proposal, RuleId, Statement};
pub use propose::{Suggestions, read, suggest};
