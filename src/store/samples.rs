//! The samples that come with the program, copied to where their reader can keep tags.

use super::atomic::replace;
use super::disk::{Disk, is_file};
use super::error::StoreError;
use super::folders::LocalFolders;
use std::path::PathBuf;

/// File name and text of each sample: one simplified, one traditional.
const SAMPLES: [(&str, &str); 2] = [
    ("昀溪市2024年政府工作报告（示例）.txt", include_str!("../../assets/samples/yunxi-2024-hans.txt")),
    ("汎海市2023年上半年計劃執行情況（範例）.txt", include_str!("../../assets/samples/panhai-2023-hant.txt")),
];

/// Puts a copy of a sample into the user's own folder, unless it is there; returns where.
///
/// # Errors
/// If it cannot be written.
pub fn copy_of_sample(disk: &dyn Disk, folders: &LocalFolders, number: usize) -> Result<PathBuf, StoreError> {
    let folder = folders.data.join("samples");
    let (name, text) = SAMPLES.get(number).copied().unwrap_or(("", ""));
    let path = folder.join(name);
    if !is_file(disk, &path) {
        disk.make_folder(&folder).map_err(|error| StoreError::of(&folder, &error))?;
        replace(disk, &path, text.as_bytes())?;
    }
    Ok(path)
}
