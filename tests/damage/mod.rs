//! Damaged, truncated and malicious files. Either what is loaded is what was saved, or the program says that it is not;
//! nothing is written outside the places that are for it, and what could not be read is not written over.
//!
//! Most of it happens on a disk in memory, so that tens of thousands of files take seconds. What only a real disk has —
//! links, pipes, names that are no text — is in `places`.

mod crafted;
mod damages;
mod desk;
mod disk;
mod flips;
mod journals;
mod kept;
mod places;
