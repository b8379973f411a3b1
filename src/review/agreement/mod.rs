//! How far people agree, in figures: pure arithmetic over stretches and values, which knows neither tags nor reports.
//!
//! Everything is first counted into something that can be added up, section by section and report by report (a [`Tally`] of
//! characters, the [`Scores`] of stretches, the units of [`Ratings`]), and a figure is a function of that. So one figure can
//! be had for all, for a kind, for a section or for a pair, and a bootstrap need not look at the texts again.
//!
//! A [`Figure`] that cannot be had says why. `tests/agreement.rs` holds all of them against independent implementations.

mod alpha;
mod characters;
mod figure;
mod interval;
mod runs;
mod spans;
mod unitizing;

pub use alpha::{Metric, Ratings};
pub use characters::{Tally, Units, cohen, fleiss, krippendorff};
pub use figure::{Counts, Figure, Undefined};
pub use interval::{Additive, Bootstrap};
pub use runs::Stretch;
pub use spans::{Comparison, Labelled, Outcome, Rule, Scores, compare};
pub use unitizing::unitized;
