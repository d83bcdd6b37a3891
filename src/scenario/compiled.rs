//! A scenario that was checked and made ready to play. Who holds one may trust it.

use super::folder::Folder;
use super::parse::{format_finding, parse};
use super::shape::{Disclosure, PromiseSpec, ReactionSpec, ScenarioFile, SessionSpec, Topic};
use super::source::Source;
use super::{digest, findings, patterns};
use crate::appraisal::Background;
use crate::appraisal::codebook::{Codebook, PatternSet};
use crate::client::Gate;
use crate::diagnostic::Diagnostic;
use crate::script::Script;
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
    pub codebook: Arc<Codebook>,
    /// Topics, details, undertones and fears, as a reply is read against them.
    pub background: Background,
    /// Words that reactions wait for: the entry is the reaction's place.
    pub(super) says: PatternSet,
    /// Words that make, keep or break a promise: see [`Scenario::promises_in`].
    pub(super) promises: PatternSet,
    /// Its script, if it has one; shared by all sessions.
    pub script: Option<Script>,
}

/// The D at which a layer opens, unless its disclosure says otherwise (clinical.md, section 4, "Gates").
pub const LAYERS_OPEN_AT: [f64; 5] = [0.0, 0.12, 0.22, 0.34, 0.46];

impl Scenario {
    /// Reads a folder, with everything that a reader of the files alone can find. Errors keep it from being played; warnings and
    /// advice do not.
    #[must_use]
    pub fn read(folder: &Folder) -> (Option<Self>, Vec<Diagnostic>) {
        let source = match folder.read("scenario.ron") {
            Ok(Some(source)) => source,
            Ok(None) => {
                let finding = Diagnostic::error("F001", &folder.label(""), "there is no `scenario.ron` in this folder");
                return (None, vec![finding.hint("`practicum new NAME` makes a folder that works")]);
            }
            Err(found) => return (None, found),
        };
        let file: ScenarioFile = match parse(&source, "ScenarioFile") {
            Ok(file) => file,
            Err(found) => return (None, found),
        };
        if let Some(found) = format_finding(&source, file.format) {
            return (None, vec![found]);
        }
        let script = match folder.read("client.rhai") {
            Ok(script) => script,
            Err(found) => return (None, found),
        };
        let mut found = findings::of(&source, &file, &folder.name());
        let scenario = Self::compile(file, script.as_ref(), &source.file, &mut found);
        let broken = found.iter().any(Diagnostic::is_error);
        ((!broken).then_some(scenario), found)
    }

    fn compile(file: ScenarioFile, script: Option<&Source>, label: &str, found: &mut Vec<Diagnostic>) -> Self {
        let gates = file.disclosures.iter().map(gate).collect();
        let digest = digest::of(&file, script.map(|script| script.text.as_str()));
        let (background, errors) = patterns::background(&file);
        found.extend(errors.iter().map(|error| patterns::finding(label, &error.id, &error.pattern, &error.error)));
        let (says, errors) = patterns::says(&file);
        found.extend(errors.iter().map(|error| patterns::finding(label, &error.id, &error.pattern, &error.error)));
        let (promises, errors) = patterns::promises(&file);
        found.extend(errors.iter().map(|error| patterns::finding(label, &error.id, &error.pattern, &error.error)));
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
        let codebook = Arc::new(Codebook::builtin().clone());
        Self { file, digest, gates, codebook, background, says, promises, script }
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
