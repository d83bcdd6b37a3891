//! Where scenarios come from: those in the binary, folders that an author names, and memory for tests. One that is broken hides no other.

use super::compiled::Scenario;
use super::folder::Folder;
use super::shape::ScenarioFile;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::wording::{any_of, nearest};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs};

static BUILT_IN: &[(&str, &[(&str, &[u8])])] = include!(concat!(env!("OUT_DIR"), "/built_in_scenarios.rs"));

/// A scenario as the list shows it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Listing {
    /// Its id, by which it is opened.
    pub id: String,
    /// 1 to 5.
    pub level: u8,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Whether it holds risk themes.
    pub risk: bool,
    /// Whether it comes with the program.
    pub built_in: bool,
    /// How many sessions it has.
    pub sessions: usize,
    /// The rows of the trust matrix that it trains.
    pub teaches: Vec<crate::appraisal::TrustFactor>,
}

/// Where scenarios come from; what was added later goes first.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    folders: Vec<Folder>,
    missing: Vec<PathBuf>,
}

/// Why a scenario cannot be opened.
#[derive(Debug)]
pub enum OpenError {
    /// There is none of this name.
    Missing {
        /// What was asked for.
        name: String,
        /// The names that come nearest.
        nearest: Vec<String>,
        /// All there are.
        all: Vec<String>,
    },
    /// There is one, and it cannot be played.
    Broken {
        /// What was asked for.
        name: String,
        /// All findings; at least one is an error.
        findings: Vec<Diagnostic>,
        /// The scenario's files, to draw the findings in.
        folder: Box<Folder>,
    },
}

impl Shelf {
    /// The scenarios in the binary.
    #[must_use]
    pub fn built_in() -> Self {
        Self { folders: BUILT_IN.iter().map(|(name, files)| Folder::BuiltIn(name, files)).collect(), missing: Vec::new() }
    }

    /// Nothing yet, for tests.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds a folder of scenario folders, or one scenario's own folder.
    #[must_use]
    pub fn with_folder(mut self, path: &Path) -> Self {
        if path.join("scenario.ron").exists() {
            self.folders.insert(0, Folder::Disk(path.to_owned()));
            return self;
        }
        let Ok(entries) = fs::read_dir(path) else {
            self.missing.push(path.to_owned());
            return self;
        };
        let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.join("scenario.ron").exists()).collect();
        inside.sort();
        self.folders.splice(0..0, inside.into_iter().map(Folder::Disk));
        self
    }

    /// Adds a folder, of whatever kind.
    #[must_use]
    pub fn with(mut self, folder: Folder) -> Self {
        self.folders.insert(0, folder);
        self
    }

    /// Every scenario folder, those added later first.
    #[must_use]
    pub fn folders(&self) -> &[Folder] {
        &self.folders
    }

    /// Every name, each once, in order of the alphabet.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.folders.iter().map(Folder::name).collect();
        names.sort();
        names.dedup();
        names
    }

    /// What can be played, by level and title; beside it what is wrong with the rest, and with folders that are not there.
    #[must_use]
    pub fn list(&self) -> (Vec<Listing>, Vec<Diagnostic>) {
        let mut found: Vec<Diagnostic> = self.missing.iter().map(|path| not_there(path)).collect();
        let mut listed: Vec<Listing> = Vec::new();
        for folder in &self.folders {
            if listed.iter().any(|other| other.id == folder.name()) {
                continue;
            }
            if let Some(file) = Scenario::file_of_built_in(folder) {
                listed.push(listing(&file, folder));
                continue;
            }
            match Scenario::load(folder) {
                (Some(scenario), _) => listed.push(listing(&scenario.file, folder)),
                (None, findings) => found.extend(findings.into_iter().filter(Diagnostic::is_error)),
            }
        }
        listed.sort_by(|a, b| (a.level, &a.title).cmp(&(b.level, &b.title)));
        (listed, found)
    }

    /// The folder of this name, or at this path.
    #[must_use]
    pub fn folder(&self, name: &str) -> Option<Folder> {
        let path = Path::new(name);
        let is_path = name.contains('/') || name.contains(std::path::MAIN_SEPARATOR) || name == "." || name == "..";
        if is_path && path.join("scenario.ron").exists() {
            return Some(Folder::Disk(path.to_owned()));
        }
        self.folders.iter().find(|folder| folder.name() == name).cloned()
    }

    /// Opens a scenario by its name, or by the path of its folder.
    ///
    /// # Errors
    /// There is none of this name, or it has errors.
    pub fn open(&self, name: &str) -> Result<Arc<Scenario>, OpenError> {
        let Some(folder) = self.folder(name) else {
            let all = self.names();
            let near = nearest(name, all.iter().map(String::as_str)).into_iter().map(str::to_owned).collect();
            return Err(OpenError::Missing { name: name.to_owned(), nearest: near, all });
        };
        match Scenario::load(&folder) {
            (Some(scenario), _) => Ok(Arc::new(scenario)),
            (None, findings) => Err(OpenError::Broken { name: name.to_owned(), findings, folder: Box::new(folder) }),
        }
    }
}

fn not_there(path: &Path) -> Diagnostic {
    Diagnostic::error("F012", &path.display().to_string(), "this folder of scenarios is not there").hint("look at `--scenarios` and PRACTICUM_SCENARIOS")
}

fn listing(file: &ScenarioFile, folder: &Folder) -> Listing {
    Listing {
        id: file.id.clone(),
        level: file.level,
        title: file.title.clone(),
        summary: file.summary.clone(),
        risk: file.risk,
        built_in: matches!(folder, Folder::BuiltIn(..)),
        sessions: file.sessions.len(),
        teaches: file.teaches.clone(),
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Missing { name, nearest, all } => {
                write!(f, "there is no scenario `{name}`")?;
                if !nearest.is_empty() {
                    write!(f, "; did you mean {}?", any_of(nearest.iter().map(String::as_str), 3))
                } else if !all.is_empty() {
                    write!(f, "; there is {}", any_of(all.iter().map(String::as_str), 20))
                } else {
                    f.write_str("; the shelf is empty")
                }
            }
            OpenError::Broken { name, findings, folder } => {
                write!(f, "the scenario `{name}` cannot be played:")?;
                for finding in findings.iter().filter(|finding| finding.is_error()) {
                    let text = folder.text_of(&finding.file);
                    write!(f, "\n  {}", finding.one_line(text.as_deref()))?;
                }
                write!(f, "\n  `practicum check` shows where")
            }
        }
    }
}

impl std::error::Error for OpenError {}
