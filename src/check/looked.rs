//! All findings of a scenario's folder: what a reader of the files sees, and what only shows when it is run.

use super::{gates, pools, rehearsal, samples, script_words, themes, transcript_files, voice};
use crate::diagnostic::{Diagnostic, Severity};
use crate::scenario::findings::Finder;
use crate::scenario::{Folder, Scenario};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Errors first, then warnings, then advice; each in the order of the text.
    pub findings: Vec<Diagnostic>,
    /// The texts that findings point into, by the names that findings use.
    pub texts: BTreeMap<String, String>,
    /// How many scenarios were looked at.
    pub scenarios: usize,
    /// How many files of drills were looked at.
    pub drills: usize,
}

impl Looked {
    /// Adds what was found elsewhere.
    pub fn join(&mut self, other: Looked) {
        self.findings.extend(other.findings);
        self.texts.extend(other.texts);
        self.scenarios += other.scenarios;
        self.drills += other.drills;
    }

    /// Whether anything must be mended: errors and warnings. Advice alone is no fault.
    #[must_use]
    pub fn must_be_mended(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity != Severity::Advice)
    }

    /// The text that a finding points into.
    #[must_use]
    pub fn text(&self, finding: &Diagnostic) -> Option<&str> {
        self.texts.get(&finding.file).map(String::as_str)
    }
}

/// Looks at one folder. `deep` is how many seeded sessions to play in search of what cannot be reached; 0 plays none.
#[must_use]
pub fn look(folder: &Folder, deep: u32) -> Looked {
    let (scenario, mut findings) = Scenario::read_anyway(folder, true);
    let read = |file: &str| folder.read(file).ok().flatten();
    let script = read("client.rhai");
    let scenario = scenario.map(Arc::new);
    if let (Some(scenario), Some(source)) = (&scenario, read("scenario.ron")) {
        let mut finder = Finder::default();
        gates::find(scenario, script.as_ref().map(|script| script.text.as_str()), &mut finder);
        samples::find(scenario, &mut finder);
        // Only what can be played is played.
        if !findings.iter().any(Diagnostic::is_error) {
            super::models::find(scenario, &mut finder);
        }
        pools::find(scenario, &mut finder);
        voice::find(scenario, &mut finder);
        themes::find(scenario, &mut finder);
        if deep > 0 && !findings.iter().any(Diagnostic::is_error) {
            super::search::find(scenario, deep, &mut finder);
        }
        findings.extend(finder.placed(&source));
        if let Some(text) = &script {
            let seen = script_words::find(scenario, text);
            let told = rehearsal::find(scenario, text);
            // An id that stands in the text was pointed at there.
            let pointed = seen.iter().any(|finding| finding.code == "H017");
            findings.extend(seen);
            findings.extend(told.into_iter().filter(|finding| !(pointed && finding.code == "H017")));
        }
        findings.extend(super::own_rules::find(folder, scenario));
    }
    findings.extend(transcript_files::find(folder, scenario.as_deref()));
    // A fault that is seen in two ways is told once, in the first.
    let mut seen: Vec<(String, Option<crate::diagnostic::Span>, &'static str)> = Vec::new();
    findings.retain(|finding| {
        let key = (finding.file.clone(), finding.span, finding.code);
        let new = finding.span.is_none() || !seen.contains(&key);
        seen.push(key);
        new
    });
    findings.sort_by(|a, b| (a.severity, &a.file, a.span).cmp(&(b.severity, &b.file, b.span)));
    let mut texts = BTreeMap::new();
    for finding in &findings {
        if !texts.contains_key(&finding.file)
            && let Some(text) = folder.text_of(&finding.file)
        {
            texts.insert(finding.file.clone(), text);
        }
    }
    Looked { findings, texts, scenarios: 1, drills: 0 }
}
