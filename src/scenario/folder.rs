//! The files of one scenario, wherever they lie: in the binary, on disk, in memory.

use super::source::{MOST_BYTES, MOST_SCRIPT_BYTES, Source};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The files of one scenario.
#[derive(Clone, Debug)]
pub enum Folder {
    /// In the binary.
    BuiltIn(&'static str, &'static [(&'static str, &'static [u8])]),
    /// On disk.
    Disk(PathBuf),
    /// In memory, for tests and live editing: its name, and its files by their path.
    Memory(String, BTreeMap<String, Vec<u8>>),
}

impl Folder {
    /// A folder in memory.
    #[must_use]
    pub fn in_memory(name: &str, files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Folder::Memory(name.to_owned(), files)
    }

    /// The folder's own name, which is the scenario's id.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Folder::BuiltIn(name, _) => (*name).to_owned(),
            Folder::Disk(path) => fs::canonicalize(path)
                .ok()
                .as_deref()
                .and_then(Path::file_name)
                .or(path.file_name())
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            Folder::Memory(name, _) => name.clone(),
        }
    }

    /// How an author knows one of its files.
    #[must_use]
    pub fn label(&self, file: &str) -> String {
        match self {
            Folder::BuiltIn(name, _) => join(&format!("scenarios/{name}"), file),
            Folder::Disk(path) => join(&path.display().to_string(), file),
            Folder::Memory(name, _) => join(name, file),
        }
    }

    /// Whether it holds a scenario.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        match self {
            Folder::BuiltIn(_, files) => files.iter().any(|(name, _)| *name == file),
            Folder::Disk(path) => path.join(file).is_file(),
            Folder::Memory(_, files) => files.contains_key(file),
        }
    }

    /// The RON files of a folder inside, such as `transcripts`, in order of name, each as `transcripts/x.ron`.
    #[must_use]
    pub fn files_in(&self, inside: &str) -> Vec<String> {
        let prefix = format!("{inside}/");
        let mut names: Vec<String> = match self {
            Folder::BuiltIn(_, files) => files.iter().map(|(name, _)| (*name).to_owned()).collect(),
            Folder::Disk(path) => fs::read_dir(path.join(inside))
                .into_iter()
                .flatten()
                .flatten()
                .filter_map(|entry| Some(format!("{prefix}{}", entry.file_name().to_str()?)))
                .collect(),
            Folder::Memory(_, files) => files.keys().cloned().collect(),
        };
        names.retain(|name| name.starts_with(&prefix) && name.ends_with(".ron"));
        names.sort();
        names
    }

    /// The text of the file that an author knows by this label, for drawing findings in it.
    #[must_use]
    pub fn text_of(&self, label: &str) -> Option<String> {
        let root = self.label("");
        let file = label.strip_prefix(&root)?.trim_start_matches('/');
        self.read(file).ok().flatten().map(|source| source.text)
    }

    /// A file's text; `None` where there is no such file.
    ///
    /// # Errors
    /// The findings that keep it from being read.
    pub fn read(&self, file: &str) -> Result<Option<Source>, Vec<Diagnostic>> {
        let label = self.label(file);
        let most = if file.ends_with(".rhai") { MOST_SCRIPT_BYTES } else { MOST_BYTES };
        match self {
            Folder::BuiltIn(_, files) => match files.iter().find(|(name, _)| *name == file) {
                Some((_, bytes)) => Source::read(&label, bytes, most).map(Some),
                None => Ok(None),
            },
            Folder::Memory(_, files) => match files.get(file) {
                Some(bytes) => Source::read(&label, bytes, most).map(Some),
                None => Ok(None),
            },
            Folder::Disk(folder) => match read_inside(folder, file, most) {
                Ok(bytes) => Source::read(&label, &bytes, most).map(Some),
                Err(Unread::Missing) => Ok(None),
                Err(Unread::Outside) => {
                    Err(vec![Diagnostic::error("F005", &label, "this is a link to a file outside the scenario's folder").hint("copy the file into the folder")])
                }
                Err(Unread::TooLarge(size)) => Err(vec![
                    Diagnostic::error("F002", &label, format!("this file is {size} bytes long; at most {most} are read"))
                        .hint("move what is not needed elsewhere, or split the scenario in two"),
                ]),
                Err(Unread::Io(error)) => Err(vec![
                    Diagnostic::error("F009", &label, format!("this file cannot be read: {error}")).hint("look at its permissions, and whether it is a file"),
                ]),
            },
        }
    }
}

fn join(folder: &str, file: &str) -> String {
    let folder = folder.strip_prefix("./").unwrap_or(folder).trim_end_matches('/');
    match (folder.is_empty() || folder == ".", file.is_empty()) {
        (true, true) => ".".to_owned(),
        (true, false) => file.to_owned(),
        (false, true) => folder.to_owned(),
        (false, false) => format!("{folder}/{file}"),
    }
}

enum Unread {
    Missing,
    Outside,
    TooLarge(u64),
    Io(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Unread::Missing } else { Unread::Io(error) }
    }
}

/// Reads a file that lies in the folder, also after every link was followed.
fn read_inside(folder: &Path, file: &str, most: usize) -> Result<Vec<u8>, Unread> {
    use std::io::Read;
    let path = folder.join(file);
    // A link that leads to itself is an error of its own kind; a dangling one counts as missing unless the link is there.
    let real = match fs::canonicalize(&path) {
        Ok(real) => real,
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(&path).is_ok() => return Err(Unread::Io(error)),
        Err(error) => return Err(error.into()),
    };
    if !real.starts_with(fs::canonicalize(folder)?) {
        return Err(Unread::Outside);
    }
    let about = fs::metadata(&real)?;
    if !about.is_file() {
        return Err(Unread::Io(io::Error::other("it is not a file")));
    }
    if about.len() > most as u64 {
        return Err(Unread::TooLarge(about.len()));
    }
    let mut bytes = Vec::new();
    fs::File::open(&real)?.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
