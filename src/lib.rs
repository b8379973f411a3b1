//! 践诺 Jiannuo: read Chinese government reports, tag what they aim at, measure and promise, and see
//! whether it was kept.
//!
//! The rooms of the house, and who may use whom (held by `tests/layering.rs`):
//! `text` ← `typeset · quantity` ← `source` ← `report` ← `annotation` ← `suggest · review` ← `exchange · store` ←
//! `session` ← `locale` ← `ui · cli`.
//! docs/architecture.md has the map and the invariants.

pub mod annotation;
pub mod cli;
pub mod exchange;
pub mod locale;
pub mod quantity;
pub mod report;
pub mod review;
pub mod session;
pub mod source;
pub mod store;
pub mod suggest;
pub mod text;
pub mod typeset;
#[cfg(feature = "gui")]
pub mod ui;
