//! Who is sitting in a session right now: a file that its process holds locked. A session that is open and held by nobody was broken off.

use super::folder::DataDir;
use super::id::SessionId;
use std::fs::{self, File};
use std::path::PathBuf;

/// A session held by this process. Let go when it is dropped, and by the system when the process dies.
#[derive(Debug)]
pub struct Held {
    path: PathBuf,
    _file: File,
}

impl Held {
    /// Takes hold of a session; `None` where another process holds it.
    #[must_use]
    pub fn take(folder: &DataDir, session: SessionId) -> Option<Self> {
        let path = folder.path().join(format!("open-{session}.lock"));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).ok()?;
        file.try_lock().ok()?;
        Some(Self { path, _file: file })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Removed while it is still locked, so that nobody else's is removed. Where it stays behind, it holds nothing.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_held_once_and_let_go() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataDir::at(place.path());
        let held = Held::take(&folder, SessionId(3)).unwrap();
        assert!(Held::take(&folder, SessionId(3)).is_none());
        assert!(Held::take(&folder, SessionId(4)).is_some());
        drop(held);
        assert!(Held::take(&folder, SessionId(3)).is_some());
    }
}
