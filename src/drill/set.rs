//! The drills there are: those in the binary, and folders of an author. Files of the same skill add up.

use super::shape::{DrillFile, Stimulus};
use crate::appraisal::TrustFactor;
use crate::diagnostic::Diagnostic;
use crate::scenario::parse::{format_finding, parse};
use crate::scenario::source::{MOST_BYTES, Source};
use std::fs;
use std::path::Path;

static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/built_in_drills.rs"));

/// One skill with all its files: the built-in one first, an author's after it.
#[derive(Clone, Debug)]
pub struct Skill {
    files: Vec<DrillFile>,
}

/// Every skill that can be practised.
#[derive(Clone, Debug, Default)]
pub struct Drills {
    skills: Vec<Skill>,
}

impl Skill {
    fn first(&self) -> &DrillFile {
        // A skill is made from a file.
        &self.files[0]
    }

    /// The skill's identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.first().skill
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.first().title
    }

    /// What it is and why it helps.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.first().about
    }

    /// What a trainee may want to know before; empty where there is nothing.
    #[must_use]
    pub fn content_note(&self) -> &str {
        &self.first().content_note
    }

    /// The rows of the trust matrix that it trains.
    #[must_use]
    pub fn teaches(&self) -> &[TrustFactor] {
        &self.first().teaches
    }

    /// Its stimuli, each with the file whose criteria it stands under, in the order of the files. Of two with one id the first counts.
    #[must_use]
    pub fn stimuli(&self) -> Vec<(&DrillFile, &Stimulus)> {
        let mut all: Vec<(&DrillFile, &Stimulus)> = Vec::new();
        for file in &self.files {
            for stimulus in &file.stimuli {
                if !all.iter().any(|(_, other)| other.id == stimulus.id) {
                    all.push((file, stimulus));
                }
            }
        }
        all
    }

    /// The stimulus of this id.
    #[must_use]
    pub fn stimulus(&self, id: &str) -> Option<(&DrillFile, &Stimulus)> {
        self.stimuli().into_iter().find(|(_, stimulus)| stimulus.id == id)
    }
}

impl Drills {
    /// Those in the binary. What does not read is left out; the tests hold that nothing is.
    #[must_use]
    pub fn built_in() -> Self {
        let mut drills = Self::default();
        for source in built_in_sources().into_iter().flatten() {
            if let Ok(file) = read(&source) {
                drills.add(file);
            }
        }
        drills.skills.sort_by_key(|skill| place(skill.id()));
        drills
    }

    /// Adds the drills of a folder; what cannot be read is told, and the rest is added.
    pub fn add_folder(&mut self, folder: &Path) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for source in sources_in(folder) {
            match source.and_then(|source| read(&source)) {
                Ok(file) if file.stimuli.is_empty() => {}
                Ok(file) => self.add(file),
                Err(found) => findings.extend(found),
            }
        }
        findings
    }

    /// Adds a file: to its skill, or as a new one.
    pub fn add(&mut self, file: DrillFile) {
        match self.skills.iter_mut().find(|skill| skill.id() == file.skill) {
            Some(skill) => skill.files.push(file),
            None => self.skills.push(Skill { files: vec![file] }),
        }
    }

    /// Every skill, in the order they are best learnt: those that come with the program, then an author's own.
    #[must_use]
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// The skill of this name.
    #[must_use]
    pub fn skill(&self, id: &str) -> Option<&Skill> {
        self.skills.iter().find(|skill| skill.id() == id)
    }
}

/// The order in which the skills are best learnt: attending before influencing (Hill's three stages, exploration first), what is risky last.
const ORDER: [&str; 12] = [
    "simple_reflection",
    "feeling_reflection",
    "open_question",
    "validation",
    "silence",
    "summary",
    "autonomy",
    "confidentiality",
    "the_unsaid",
    "repair",
    "you_people",
    "risk_question",
];

fn place(skill: &str) -> usize {
    ORDER.iter().position(|known| *known == skill).unwrap_or(ORDER.len())
}

/// The texts in the binary, labelled as in the repository.
#[must_use]
pub fn built_in_sources() -> Vec<Result<Source, Vec<Diagnostic>>> {
    BUILT_IN.iter().map(|(name, bytes)| Source::read(&format!("drills/{name}"), bytes, MOST_BYTES)).collect()
}

/// The RON files of a folder, in order of name.
#[must_use]
pub fn sources_in(folder: &Path) -> Vec<Result<Source, Vec<Diagnostic>>> {
    let Ok(entries) = fs::read_dir(folder) else {
        let label = folder.display().to_string();
        return vec![Err(vec![Diagnostic::error("F012", &label, "this folder of drills is not there").hint("look at `--drills`")])];
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext == "ron")).collect();
    paths.sort();
    paths.iter().map(|path| source_at(path)).collect()
}

/// One file on disk.
///
/// # Errors
/// Why it cannot be read.
pub fn source_at(path: &Path) -> Result<Source, Vec<Diagnostic>> {
    use std::io::Read;
    let label = path.display().to_string();
    let unread = |error: std::io::Error| {
        vec![Diagnostic::error("F009", &label, format!("this file cannot be read: {error}")).hint("look at its permissions, and whether it is a file")]
    };
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(unread)?;
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unread)?;
    Source::read(&label, &bytes, MOST_BYTES)
}

/// A drill file's text, read.
///
/// # Errors
/// Everything that is wrong with its form.
pub fn read(source: &Source) -> Result<DrillFile, Vec<Diagnostic>> {
    let file: DrillFile = parse(source, "DrillFile")?;
    match format_finding(source, file.format) {
        Some(finding) => Err(vec![finding]),
        None => Ok(file),
    }
}
