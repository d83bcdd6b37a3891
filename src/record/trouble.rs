//! Why the record cannot be used: facts, and one sentence for each. None of it ends a session; it is played in memory then.

use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why the record cannot be used.
#[derive(Debug)]
pub enum Trouble {
    /// The platform names no data folder.
    NoFolder,
    /// The folder or the file cannot be made or read.
    Folder {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// It can be read, and not written to.
    ReadOnly(PathBuf),
    /// The disk is full.
    Full(PathBuf),
    /// The file is none of ours.
    Foreign(PathBuf),
    /// A newer program wrote it.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Parts of it cannot be read.
    Damaged(PathBuf),
    /// Another process holds it for too long.
    Busy(PathBuf),
    /// What SQLite said otherwise.
    Other {
        /// The file.
        path: PathBuf,
        /// The cause.
        cause: rusqlite::Error,
    },
}

impl Trouble {
    /// SQLite's error as a fact about this file.
    #[must_use]
    pub fn of(path: &Path, cause: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        match cause.sqlite_error_code() {
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly(path),
            Some(Code::DiskFull) => Self::Full(path),
            Some(Code::NotADatabase) => Self::Foreign(path),
            Some(Code::DatabaseCorrupt) => Self::Damaged(path),
            Some(Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed) => Self::Busy(path),
            _ => Self::Other { path, cause },
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder => write!(f, "this system names no folder for data; `--data-dir` or PRACTICUM_DATA can name one"),
            Self::Folder { path, cause } => {
                let cause = cause.to_string();
                let cause = cause.split(" (os error").next().unwrap_or_default().to_lowercase();
                write!(f, "{} cannot be used ({cause})", path.display())
            }
            Self::ReadOnly(path) => write!(f, "{} can be read but not written to", path.display()),
            Self::Full(path) => write!(f, "the disk is full, and nothing more fits into {}", path.display()),
            Self::Foreign(path) => write!(f, "{} is no record of Practicum; it is left as it is", path.display()),
            Self::Newer { path, found, known } => {
                write!(f, "{} was written by a newer Practicum (its version is {found}, this program knows {known}); it is left as it is", path.display())
            }
            Self::Damaged(path) => write!(f, "{} is damaged; the next start copies it aside and brings back what can be read", path.display()),
            Self::Busy(path) => write!(f, "another program holds {} and does not let go", path.display()),
            Self::Other { path, cause } => write!(f, "{} cannot be used ({cause})", path.display()),
        }
    }
}

impl std::error::Error for Trouble {}
