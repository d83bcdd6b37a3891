//! The word patterns of a scenario, compiled: cues, `says`, promises. What does not compile is a finding.

use super::compiled::Scenario;
use super::findings::walk::pools;
use super::shape::{Line, ScenarioFile};
use super::source::Source;
use super::tree;
use crate::appraisal::codebook::{CodebookError, PatternSet};
use crate::appraisal::{Background, BackgroundError};
use crate::client::PromiseWord;
use crate::diagnostic::Diagnostic;
use crate::text::Utterance;
use std::collections::BTreeSet;

/// Topics, details, undertones, fears.
pub(super) fn background(file: &ScenarioFile) -> (Background, Vec<BackgroundError>) {
    knows(file, |patterns| patterns).compile()
}

/// The same with patterns that were compiled at build time; `build/stored.rs` goes through them in the same order.
pub(super) fn background_of(file: &ScenarioFile, set: PatternSet) -> Background {
    knows(file, |_| &[]).with(set)
}

fn knows(file: &ScenarioFile, patterns: impl Fn(&[String]) -> &[String]) -> Background {
    let mut background = Background::new();
    for topic in &file.topics {
        background = background.topic(&topic.id, patterns(&topic.cues));
    }
    for detail in &file.details {
        background = background.detail(&detail.id, patterns(&detail.cues), patterns(&detail.wrong)).question_for(&detail.id, patterns(&detail.asked_by));
    }
    for undertone in &file.undertones {
        background = background.undertone(&undertone.id, patterns(&undertone.cues));
    }
    for fear in &file.fears {
        background = background.fear(&fear.id, patterns(&fear.cues));
    }
    background
}

/// The words that reactions wait for.
pub(super) fn says(file: &ScenarioFile) -> (PatternSet, Vec<BackgroundError>) {
    let patterns = file.reactions.iter().enumerate().flat_map(|(at, reaction)| reaction.when.says.iter().map(move |says| (at, &reaction.id, says)));
    compiled(patterns)
}

/// The words that make (entry 3n), keep (3n + 1) or break (3n + 2) the promise n.
pub(super) fn promises(file: &ScenarioFile) -> (PatternSet, Vec<BackgroundError>) {
    let patterns = file.promises.iter().enumerate().flat_map(|(at, promise)| {
        let lists = [&promise.made_by, &promise.kept_by, &promise.broken_by];
        lists.into_iter().enumerate().flat_map(move |(which, list)| list.iter().map(move |pattern| (3 * at + which, &promise.id, pattern)))
    });
    compiled(patterns)
}

fn compiled<'a>(patterns: impl Iterator<Item = (usize, &'a String, &'a String)>) -> (PatternSet, Vec<BackgroundError>) {
    let mut set = PatternSet::builder();
    let mut errors = Vec::new();
    for (entry, id, pattern) in patterns {
        if let Err(error) = set.add(entry, pattern) {
            errors.push(BackgroundError { id: id.clone(), pattern: pattern.clone(), error });
        }
    }
    (set.build(), errors)
}

/// Patterns that cannot be read, each shown in its line.
pub(super) fn findings(source: &Source, errors: &[BackgroundError]) -> Vec<Diagnostic> {
    if errors.is_empty() {
        return Vec::new();
    }
    let root = tree::read(&source.text).0;
    let mut found: Vec<Diagnostic> =
        errors.iter().map(|BackgroundError { id, pattern, error }| finding(source, root.as_ref(), "C001", id, pattern, &error.message)).collect();
    found.sort_by_key(|finding| finding.span);
    found.dedup();
    found
}

/// Rules of the scenario's own codebook that cannot be used.
pub(super) fn codebook_findings(source: &Source, errors: &[CodebookError]) -> Vec<Diagnostic> {
    let root = tree::read(&source.text).0;
    errors.iter().map(|error| finding(source, root.as_ref(), "C002", &error.rule, error.pattern.as_deref().unwrap_or(&error.rule), &error.message)).collect()
}

fn finding(source: &Source, root: Option<&tree::Node>, code: &'static str, id: &str, pattern: &str, message: &str) -> Diagnostic {
    let finding = Diagnostic::error(code, &source.file, format!("in `{id}`, the pattern `{pattern}` cannot be read: {message}"))
        .hint("a plain phrase always works; `practicum reference patterns` shows the rest");
    match root.and_then(|root| root.text(pattern)) {
        Some(span) => finding.at(span),
        None => finding,
    }
}

/// What the pools of last resort and of rupture are called, in `beat` and `after`.
const POOL_NAMES: [&str; 25] = [
    "opening",
    "fallback",
    "withdrawal",
    "confrontation",
    "lingering",
    "softening",
    "repaired",
    "leaves",
    "guarded",
    "wary",
    "warming",
    "open",
    "asked",
    "short",
    "silence",
    "silence_too_long",
    "gesture",
    "puzzled",
    "overwhelmed",
    "script",
    "silent",
    "closing_warm",
    "closing_middling",
    "closing_cold",
    "closing_hurt",
];

impl Scenario {
    /// Reactions one of whose `says` stands in the reply, with the length of the match in bytes; in order of reactions.
    #[must_use]
    pub fn says(&self, reply: &Utterance, client: &Utterance) -> Vec<(usize, usize)> {
        self.says.find_all(reply, Some(client)).into_iter().map(|(at, span)| (at, span.end.saturating_sub(span.start))).collect()
    }

    /// Promises made, kept or broken in the reply: their place and what was done.
    #[must_use]
    pub fn promises_in(&self, reply: &Utterance, client: &Utterance) -> Vec<(usize, PromiseWord)> {
        let words = [PromiseWord::Made, PromiseWord::Kept, PromiseWord::Broken];
        let mut found: Vec<usize> = self.promises.find_all(reply, Some(client)).into_iter().map(|(entry, _)| entry).collect();
        // "*hands over the copy*" keeps a promise as words do.
        for gesture in reply.gestures() {
            let done = Utterance::read(gesture.of(reply.text()));
            found.extend(self.promises.find_all(&done, Some(client)).into_iter().map(|(entry, _)| entry));
        }
        found.into_iter().map(|entry| (entry / 3, words[entry % 3])).collect()
    }

    /// A line with this id, wherever it stands.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines().find(|line| line.id() == Some(id))
    }

    /// Whether some line, reaction, topic, disclosure or promise has this id, or a pool of last resort this name.
    #[must_use]
    pub fn names(&self, id: &str) -> bool {
        let file = &self.file;
        POOL_NAMES.contains(&id)
            || file.reactions.iter().any(|reaction| reaction.id == id)
            || file.topics.iter().any(|topic| topic.id == id)
            || file.disclosures.iter().any(|told| told.id == id)
            || file.promises.iter().any(|promise| promise.id == id)
            || self.line(id).is_some()
    }

    /// Every name that a transcript's `beat` can give: ids of lines, reactions, topics, disclosures and promises, and what pools are called.
    #[must_use]
    pub fn every_name(&self) -> BTreeSet<&str> {
        let file = &self.file;
        let mut names: BTreeSet<&str> = POOL_NAMES.into_iter().collect();
        names.extend(file.reactions.iter().map(|reaction| reaction.id.as_str()));
        names.extend(file.topics.iter().map(|topic| topic.id.as_str()));
        names.extend(file.disclosures.iter().map(|told| told.id.as_str()));
        names.extend(file.promises.iter().map(|promise| promise.id.as_str()));
        pools(file, &mut |pool, _, _| names.extend(pool.lines.iter().filter_map(Line::id)));
        names
    }

    /// Every line that the client can say in a turn.
    fn lines(&self) -> impl Iterator<Item = &Line> {
        let file = &self.file;
        let reactions = file.reactions.iter().flat_map(|reaction| &reaction.lines);
        let told = file.disclosures.iter().flat_map(|told| told.lines.iter().chain(&told.more));
        let topics = file.topics.iter().flat_map(|topic| {
            let bands = [&topic.asked, &topic.met];
            bands.into_iter().flat_map(|bands| bands.guarded.iter().chain(&bands.wary).chain(&bands.warming).chain(&bands.open)).chain(&topic.refuses)
        });
        let openings = file.sessions.iter().flat_map(|session| &session.opening.lines);
        reactions.chain(told).chain(topics).chain(openings)
    }
}
