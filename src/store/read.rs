//! Reading a file that may be anything.

use super::disk::{Disk, is_folder};
use super::error::StoreError;
use std::io::ErrorKind;
use std::path::Path;

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
/// Why not, with the file's name.
pub fn read_limited(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    if is_folder(disk, path) {
        return Err(StoreError::Folder(path.to_owned()));
    }
    disk.read(path, limit).map_err(|error| match error.kind() {
        // Below a file there is nothing.
        ErrorKind::NotADirectory => StoreError::Missing(path.to_owned()),
        _ => StoreError::of(path, &error),
    })
}
