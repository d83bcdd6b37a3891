//! The data folder: where it lies, and that nobody else on the machine can read it.

use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folder that holds the record. It need not exist until something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// The record's file name.
    pub const FILE: &'static str = "record.sqlite";

    /// As given, otherwise `PRACTICUM_DATA`, otherwise the platform's data folder for `practicum`. `None` where the platform has none.
    #[must_use]
    pub fn resolve(given: Option<&Path>) -> Option<Self> {
        let set = || env::var_os("PRACTICUM_DATA").filter(|value| !value.is_empty()).map(PathBuf::from);
        let platform = || Some(etcetera::base_strategy::choose_native_strategy().ok()?.data_dir().join("practicum"));
        given.map(Path::to_owned).or_else(set).or_else(platform).map(Self::at)
    }

    /// This folder.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The record in it.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.path.join(Self::FILE)
    }

    /// Makes the folder, for this person only (0700), and an empty file for the record (0600), so that SQLite's files beside it are private too. A folder that
    /// holds other things already keeps its own permissions.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn prepare(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.path)?;
        let file = self.file();
        if fs::symlink_metadata(&file).is_err() {
            if fs::read_dir(&self.path)?.next().is_none() {
                private(&self.path, 0o700)?;
            }
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&file) {
                Ok(_) => {}
                // Another process was quicker; its file is as private as ours.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn private(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn private(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_what_is_kept() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let folder = DataDir::at(place.path().join("a").join("b"));
        folder.prepare().unwrap();
        folder.prepare().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(folder.path()), mode(&folder.file())), (0o700, 0o600));
    }

    #[test]
    fn what_is_given_goes_before_everything() {
        assert_eq!(DataDir::resolve(Some(Path::new("/x"))), Some(DataDir::at("/x")));
    }
}
