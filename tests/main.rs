//! What a user sees, end to end; and what holds the house together.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "in a test a panic is the message"
)]
#![allow(missing_docs, reason = "tests say what they show by their names")]

mod agreement;
mod arranging;
mod carrying;
mod codebook;
mod commands;
mod compare;
mod damage;
#[cfg(target_os = "linux")]
mod disk_errors;
#[cfg(all(feature = "gui", target_os = "linux"))]
mod display;
mod driven;
mod encodings;
mod exchange_laws;
mod exchange_pages;
mod exchange_review;
mod export;
mod faults;
mod folder;
#[cfg(target_os = "linux")]
mod full_disk;
mod fuzz_finds;
mod hostile;
mod kill;
#[cfg(all(feature = "gui", target_os = "linux"))]
mod kill_window;
mod layering;
mod merge;
mod merging;
mod numbers;
mod opencc;
mod originals;
mod packages;
mod packing;
mod properties;
mod proposals;
mod reanchor;
mod repair;
mod review_laws;
mod reviewing;
#[cfg(all(feature = "gui", target_os = "linux"))]
mod secrecy;
mod shared;
mod states;
mod store;
mod suggesting;
mod traces;
mod two_programs;
mod typesetting;
#[cfg(feature = "gui")]
mod ui;
mod versions;
mod views;
#[cfg(all(feature = "gui", target_os = "linux"))]
mod window;
