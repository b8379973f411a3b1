//! A project in one file, for a USB stick: reports, tags, decisions and codebook, as a ZIP laid out as the folder is.
//!
//! Taking a pack in elsewhere merges: nothing that is there is written over or lost. A pack comes from anywhere, so it is
//! read with limits, its names are checked, and nothing is written before all of it is known to be whole.

mod archive;
mod contents;
mod names;
mod packing;
mod unpacking;

pub use archive::{PackCard, is_pack, look_into};
pub use packing::{Packed, pack};
pub use unpacking::{Unpacked, unpack};

use super::error::StoreError;
use super::originals::hash;
use super::wire::{PersonRecord, Troubles, Unreadable, person_from_wire};
use std::path::PathBuf;

/// The most files of a pack.
const MOST: usize = 20_000;
/// The largest of the program's own files in it in bytes; reports are as large as they may be anywhere.
const LARGEST_KEPT: u64 = 64 * 1024 * 1024;
/// The largest pack in bytes, packed and unpacked.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;
/// How many times larger than packed a file may be, beyond the size below which it does not matter.
const RATIO: u64 = 100;
/// That size.
const SMALL: u64 = 100 * 1024;

/// Why a pack was not looked into or taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// A file could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The pack is refused.
    #[error("{path}: {why}")]
    Refused {
        /// The pack.
        path: PathBuf,
        /// What is wrong with it.
        why: Refusal,
    },
}

/// What is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is something else.
    #[error("not a pack")]
    NotAPack,
    /// A file in it is missing or not what was packed.
    #[error("{0} is damaged")]
    Damaged(String),
    /// A name in it leads elsewhere, or cannot be written everywhere.
    #[error("{0} is no name to write to")]
    Unsafe(String),
    /// It holds, or unpacks to, more than any pack does.
    #[error("too large")]
    TooLarge,
    /// A newer program made it.
    #[error("made by a newer program")]
    Newer,
}

/// What a person's file says.
fn read_person(bytes: &[u8]) -> Result<(PersonRecord, Troubles), Unreadable> {
    person_from_wire(&super::unseal(bytes).0)
}

#[cfg(test)]
mod tests;
