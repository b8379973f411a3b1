//! What can go wrong with files. Every error names the file.

use std::io;
use std::path::{Path, PathBuf};

/// Something went wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{0}: no such file")]
    Missing(PathBuf),
    /// It is not allowed.
    #[error("{0}: not allowed")]
    NotAllowed(PathBuf),
    /// There is no room left on the medium.
    #[error("{0}: no room left")]
    Full(PathBuf),
    /// It is larger than may be read.
    #[error("{0}: too large")]
    TooLarge(PathBuf),
    /// It is a folder.
    #[error("{0}: a folder")]
    Folder(PathBuf),
    /// A file stands where a folder is needed on the way to it.
    #[error("{0}: a file is in the way")]
    InTheWay(PathBuf),
    /// It holds something, and cannot be understood.
    #[error("{0}: damaged")]
    Damaged(PathBuf),
    /// Something else, in the system's words.
    #[error("{path}: {words}")]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system says.
        words: String,
    },
}

impl StoreError {
    /// What a failed operation on a file means.
    pub fn of(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NotAllowed(path),
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => Self::InTheWay(path),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::WriteZero => Self::Full(path),
            io::ErrorKind::FileTooLarge => Self::TooLarge(path),
            io::ErrorKind::IsADirectory => Self::Folder(path),
            _ => Self::Other { path, words: error.to_string() },
        }
    }

    /// The file it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing(path)
            | Self::NotAllowed(path)
            | Self::Full(path)
            | Self::TooLarge(path)
            | Self::Folder(path)
            | Self::Damaged(path)
            | Self::InTheWay(path)
            | Self::Other { path, .. } => path,
        }
    }
}
