//! A scenario that was checked and made ready to play. Who holds one may trust it.

use super::folder::Folder;
use super::heard::{HeardLine, HeardLines};
use super::parse::{format_finding, parse};
use super::shape::{Disclosure, PromiseSpec, ReactionSpec, ScenarioFile, SessionSpec, Topic};
use super::source::Source;
use super::stored::Stored;
use super::{digest, findings, patterns};
use crate::appraisal::Background;
use crate::appraisal::codebook::{Codebook, CodebookFile, PatternSet};
use crate::client::Gate;
use crate::diagnostic::Diagnostic;
use crate::script::Script;
use std::borrow::Cow;
use std::sync::Arc;

/// A scenario, ready to play.
#[derive(Debug)]
pub struct Scenario {
    /// What the author wrote.
    pub file: ScenarioFile,
    /// A digest of everything that decides what happens: the scenario and its script, not its comments or layout. 64 hexadecimal digits.
    pub digest: String,
    /// One gate a disclosure, in the same order.
    pub gates: Vec<Gate>,
    /// The codebook: the built-in one, or with the scenario's own rules.
    pub codebook: Cow<'static, Codebook>,
    /// Topics, details, undertones and fears, as a reply is read against them.
    pub background: Background,
    /// Words that reactions wait for: the entry is the reaction's place.
    pub(super) says: PatternSet,
    /// Words that make, keep or break a promise: see [`Scenario::promises_in`].
    pub(super) promises: PatternSet,
    /// Its script, if it has one; shared by all sessions.
    pub script: Option<Script>,
    lines: HeardLines,
}

/// The D at which a layer opens, unless its disclosure says otherwise (clinical.md, section 4, "Gates").
pub const LAYERS_OPEN_AT: [f64; 5] = [0.0, 0.12, 0.22, 0.34, 0.46];

impl Scenario {
    /// Reads a folder, with everything that a reader of the files alone can find. Errors keep it from being played; warnings and
    /// advice do not.
    #[must_use]
    pub fn read(folder: &Folder) -> (Option<Self>, Vec<Diagnostic>) {
        Self::read_with(folder, true)
    }

    /// The file alone of what comes with the program, for lists: no pattern is compiled for it.
    #[must_use]
    pub(super) fn file_of_built_in(folder: &Folder) -> Option<ScenarioFile> {
        let Folder::BuiltIn(name, _) = folder else { return None };
        Stored::of(name).and_then(Stored::file).or_else(|| Self::file_by_its_text(folder))
    }

    /// What `scenario.ron` says.
    pub(super) fn file_by_its_text(folder: &Folder) -> Option<ScenarioFile> {
        let source = folder.read("scenario.ron").ok().flatten()?;
        parse(&source, "ScenarioFile").ok()
    }

    /// Reads a folder to play it. What comes with the program was found sound when it was built (a test holds that) and is not
    /// looked at again.
    #[must_use]
    pub fn load(folder: &Folder) -> (Option<Self>, Vec<Diagnostic>) {
        match folder {
            Folder::BuiltIn(name, _) => match Self::of_stored(name, folder) {
                Some((scenario, found)) => (Some(scenario), found),
                None => Self::read_with(folder, false),
            },
            Folder::Disk(_) | Folder::Memory(..) => Self::read_with(folder, true),
        }
    }

    /// A scenario from its stored form. `None` where there is none, or where the scenario has a codebook of its own.
    fn of_stored(name: &str, folder: &Folder) -> Option<(Self, Vec<Diagnostic>)> {
        let stored = Stored::of(name).filter(|_| !folder.has("codebook.ron"))?;
        let script = folder.read("client.rhai").ok()?;
        // The script is compiled while the file is read.
        std::thread::scope(|scope| {
            let compiled = scope.spawn(|| script.as_ref().map(|script| Script::compile(&script.file, &script.text)));
            let file = stored.file()?;
            let [background, says, promises] = stored.patterns()?;
            let background = patterns::background_of(&file, background);
            let digest = digest::of(&file, script.as_ref().map(|script| script.text.as_str()), None);
            let gates = file.disclosures.iter().map(gate).collect();
            let (script, found) = compiled.join().ok()?.transpose().ok()?.unzip();
            let codebook = Cow::Borrowed(Codebook::builtin());
            Some((Self { file, digest, gates, codebook, background, says, promises, script, lines: HeardLines::default() }, found.unwrap_or_default()))
        })
    }

    fn read_with(folder: &Folder, look: bool) -> (Option<Self>, Vec<Diagnostic>) {
        let (scenario, found) = Self::read_anyway(folder, look);
        let broken = found.iter().any(Diagnostic::is_error);
        (scenario.filter(|_| !broken), found)
    }

    /// Reads a folder as far as it can be read, also where it has errors: for looking on, never for playing.
    #[must_use]
    pub fn read_anyway(folder: &Folder, look: bool) -> (Option<Self>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        // The codebook unpacks itself while the files are read.
        let files = std::thread::scope(|scope| {
            scope.spawn(Codebook::builtin);
            Files::read(folder, &mut found)
        });
        let Some((source, file)) = files.scenario else { return (None, found) };
        if look {
            let script = files.script.as_ref().map(|script| script.text.as_str());
            found.extend(findings::of(&source, &file, &folder.name(), script));
        }
        let scenario = Self::compile(file, &source, files.script.as_ref(), files.codebook.as_ref(), &mut found);
        (Some(scenario), found)
    }

    fn compile(file: ScenarioFile, source: &Source, script: Option<&Source>, own: Option<&(Source, CodebookFile)>, found: &mut Vec<Diagnostic>) -> Self {
        let gates = file.disclosures.iter().map(gate).collect();
        // Digest and patterns wait for nothing of each other: they are made side by side, so that the first prompt comes sooner.
        let (digest, (background, says, promises, errors)) = std::thread::scope(|scope| {
            let digest = scope.spawn(|| digest::of(&file, script.map(|script| script.text.as_str()), own.map(|(_, file)| file)));
            let spoken = scope.spawn(|| (patterns::says(&file), patterns::promises(&file)));
            let (background, mut errors) = patterns::background(&file);
            let ((says, more), (promises, most)) = spoken.join().unwrap_or_default();
            errors.extend(more);
            errors.extend(most);
            (digest.join().unwrap_or_default(), (background, says, promises, errors))
        });
        found.extend(patterns::findings(source, &errors));
        let script = script.and_then(|script| match Script::compile(&script.file, &script.text) {
            Ok((script, warnings)) => {
                found.extend(warnings);
                Some(script)
            }
            Err(errors) => {
                found.extend(errors);
                None
            }
        });
        let codebook = own.map_or_else(
            || Cow::Borrowed(Codebook::builtin()),
            |(source, file)| {
                let (codebook, errors) = Codebook::with(std::slice::from_ref(file));
                found.extend(patterns::codebook_findings(source, &errors));
                Cow::Owned(codebook)
            },
        );
        Self { file, digest, gates, codebook, background, says, promises, script, lines: HeardLines::default() }
    }

    /// A client line, taken apart, with the details that it tells.
    #[must_use]
    pub fn hear_line(&self, line: &str) -> Arc<HeardLine> {
        self.lines.hear(line, &self.background)
    }

    /// The topic with this id.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.file.topics.iter().find(|topic| topic.id == id)
    }

    /// The disclosure with this id.
    #[must_use]
    pub fn disclosure(&self, id: &str) -> Option<&Disclosure> {
        self.file.disclosures.iter().find(|disclosure| disclosure.id == id)
    }

    /// The reaction with this id.
    #[must_use]
    pub fn reaction(&self, id: &str) -> Option<&ReactionSpec> {
        self.file.reactions.iter().find(|reaction| reaction.id == id)
    }

    /// The promise with this id.
    #[must_use]
    pub fn promise(&self, id: &str) -> Option<&PromiseSpec> {
        self.file.promises.iter().find(|promise| promise.id == id)
    }

    /// Session n, from 1.
    #[must_use]
    pub fn session(&self, n: u32) -> Option<&SessionSpec> {
        self.file.sessions.iter().find(|session| session.number == n)
    }
}

/// What a scenario is made of, as far as it can be read.
struct Files {
    scenario: Option<(Source, ScenarioFile)>,
    script: Option<Source>,
    codebook: Option<(Source, CodebookFile)>,
}

impl Files {
    /// Reads all of a folder's files, so that a fault in one hides none in another.
    fn read(folder: &Folder, found: &mut Vec<Diagnostic>) -> Self {
        let name = folder.name();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        if name.is_empty() || !name.chars().all(fits) {
            let finding = Diagnostic::error("F006", &folder.label(""), format!("the folder's name `{name}` is not made of small letters, digits, `_` and `-`"));
            found.push(finding.hint("rename it; the scenario's id is the same word"));
        }
        let scenario = match folder.read("scenario.ron") {
            Ok(Some(source)) => Self::scenario(source, found),
            Ok(None) => {
                found.push(
                    Diagnostic::error("F001", &folder.label(""), "there is no `scenario.ron` in this folder")
                        .hint("`practicum new NAME` makes a folder that works"),
                );
                None
            }
            Err(more) => {
                found.extend(more);
                None
            }
        };
        let mut read = |file: &str| {
            folder.read(file).unwrap_or_else(|more| {
                found.extend(more);
                None
            })
        };
        let (script, codebook) = (read("client.rhai"), read("codebook.ron"));
        let codebook = codebook.and_then(|source| match parse::<CodebookFile>(&source, "CodebookFile") {
            Ok(file) => Some((source, file)),
            Err(more) => {
                found.extend(more);
                None
            }
        });
        // A script is compiled also where the scenario beside it cannot be read, for its findings.
        if scenario.is_none()
            && let Some(script) = &script
        {
            found.extend(Script::compile(&script.file, &script.text).map_or_else(|errors| errors, |(_, warnings)| warnings));
        }
        Self { scenario, script, codebook }
    }

    fn scenario(source: Source, found: &mut Vec<Diagnostic>) -> Option<(Source, ScenarioFile)> {
        match parse::<ScenarioFile>(&source, "ScenarioFile") {
            Ok(file) => match format_finding(&source, file.format) {
                Some(finding) => {
                    found.push(finding);
                    None
                }
                None => Some((source, file)),
            },
            Err(more) => {
                found.extend(more);
                None
            }
        }
    }
}

fn gate(disclosure: &Disclosure) -> Gate {
    let by_layer = LAYERS_OPEN_AT.get(usize::from(disclosure.layer)).copied().unwrap_or(1.0);
    Gate {
        id: disclosure.id.clone(),
        layer: disclosure.layer,
        opens_at: disclosure.opens_at.unwrap_or(by_layer),
        topic: disclosure.topic.clone(),
        needs: disclosure.needs.clone(),
    }
}
