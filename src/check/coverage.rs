//! Coverage: what transcripts and simulated trainees ever reached of a scenario, and what they never did. A line that nobody can bring out is
//! work lost; a reaction that nobody triggers is perhaps a condition that never holds.

use super::simulate::{Policy, Watch};
use crate::scenario::Scenario;
use crate::scenario::findings::walk::fallback_beats;
use crate::scenario::shape::{Bands, Line, ScenarioFile};
use crate::script::Hook;
use crate::session::{Event, HookUse, Session, What};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::sync::Arc;

/// A line of the scenario and how often it was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineUse {
    /// The pool it stands in, as an author would say: "topic `mother`, asked, wary".
    pub pool: String,
    /// The reaction, topic, disclosure, promise or pool of last resort that it belongs to: what `beat` names in events.
    pub owner: String,
    /// Its words.
    pub say: String,
    /// How often it was said.
    pub said: u64,
}

/// A reaction and how often it answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReactionUse {
    /// Its id.
    pub id: String,
    /// How often it answered.
    pub answered: u64,
}

/// A gate and how often it opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GateUse {
    /// The disclosure.
    pub id: String,
    /// 0 to 4.
    pub layer: u8,
    /// How often it was told.
    pub told: u64,
}

/// A promise and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseUse {
    /// Its id.
    pub id: String,
    /// How often it was made.
    pub made: u64,
    /// How often it was kept.
    pub kept: u64,
    /// How often it was broken.
    pub broken: u64,
}

/// A hook of the script and what it was good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HookCount {
    /// The function's name.
    pub name: &'static str,
    /// How often it ran.
    pub ran: u64,
    /// How often it proposed something.
    pub proposed: u64,
    /// How often it failed.
    pub failed: u64,
}

/// What was reached, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// Sessions looked at.
    pub sessions: u64,
    /// Turns in them.
    pub turns: u64,
    /// Every reaction, in the order of the file.
    pub reactions: Vec<ReactionUse>,
    /// Every gate, in the order of the file.
    pub gates: Vec<GateUse>,
    /// Every promise, in the order of the file.
    pub promises: Vec<PromiseUse>,
    /// Every hook that the script has.
    pub hooks: Vec<HookCount>,
    /// Every line, pool by pool.
    pub lines: Vec<LineUse>,
}

/// Looks on, and counts what is reached.
#[derive(Clone, Debug)]
pub struct Coverage {
    reached: Reached,
    index: Arc<Index>,
}

/// Where everything stands in [`Reached`]; shared by all who count.
#[derive(Debug, Default)]
struct Index {
    /// Lines by their words.
    lines: FxHashMap<String, Vec<usize>>,
    reactions: FxHashMap<String, usize>,
    gates: FxHashMap<String, usize>,
    promises: FxHashMap<String, usize>,
    /// What the clock adds to a line.
    clock: Vec<String>,
}

impl Coverage {
    /// Nothing was reached yet.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let file = &scenario.file;
        let mut lines = Vec::new();
        every_line(file, &mut |pool, owner, line| {
            lines.push(LineUse { pool: pool.to_owned(), owner: owner.to_owned(), say: line.say().to_owned(), said: 0 });
        });
        let has = |hook: &Hook| scenario.script.as_ref().is_some_and(|script| script.has(*hook));
        let mut index = Index::default();
        for (at, line) in lines.iter().enumerate() {
            index.lines.entry(line.say.clone()).or_default().push(at);
        }
        index.reactions = file.reactions.iter().enumerate().map(|(at, reaction)| (reaction.id.clone(), at)).collect();
        index.gates = file.disclosures.iter().enumerate().map(|(at, told)| (told.id.clone(), at)).collect();
        index.promises = file.promises.iter().enumerate().map(|(at, promise)| (promise.id.clone(), at)).collect();
        index.clock = file.fallbacks.time_nearly_up.lines.iter().map(|line| line.say().to_owned()).collect();
        let reached = Reached {
            sessions: 0,
            turns: 0,
            reactions: file.reactions.iter().map(|reaction| ReactionUse { id: reaction.id.clone(), answered: 0 }).collect(),
            gates: file.disclosures.iter().map(|told| GateUse { id: told.id.clone(), layer: told.layer, told: 0 }).collect(),
            promises: file.promises.iter().map(|promise| PromiseUse { id: promise.id.clone(), made: 0, kept: 0, broken: 0 }).collect(),
            hooks: Hook::ALL.iter().filter(|hook| has(hook)).map(|hook| HookCount { name: hook.name(), ran: 0, proposed: 0, failed: 0 }).collect(),
            lines,
        };
        Self { reached, index: Arc::new(index) }
    }

    /// Counts what happened in some events.
    pub fn take(&mut self, events: &[Event]) {
        for event in events {
            match &event.what {
                What::SessionOpened { .. } => self.reached.sessions += 1,
                What::Heard { .. } => self.reached.turns += 1,
                What::ClientSaid { text, beat, .. } => self.said(text, beat),
                What::Disclosed { id, .. } => {
                    if let Some(at) = self.index.gates.get(id) {
                        self.reached.gates[*at].told += 1;
                    }
                }
                What::Promised { id, state } => {
                    if let Some(at) = self.index.promises.get(id) {
                        let promise = &mut self.reached.promises[*at];
                        match state.as_str() {
                            "made" => promise.made += 1,
                            "kept" => promise.kept += 1,
                            _ => promise.broken += 1,
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Counts what a session asked its script.
    pub fn take_hooks(&mut self, used: &[HookUse; 5]) {
        for (hook, used) in Hook::ALL.iter().zip(used) {
            if let Some(count) = self.reached.hooks.iter_mut().find(|count| count.name == hook.name()) {
                count.ran += u64::from(used.ran);
                count.proposed += u64::from(used.proposed);
                count.failed += u64::from(used.failed);
            }
        }
    }

    /// What was reached so far.
    #[must_use]
    pub const fn reached(&self) -> &Reached {
        &self.reached
    }

    fn said(&mut self, text: &str, beat: &str) {
        if let Some(at) = self.index.reactions.get(beat) {
            self.reached.reactions[*at].answered += 1;
        }
        let whole = self.index.lines.get(text);
        // Ten minutes before the end, the clock's line stands behind the answer.
        let clock = if whole.is_some() { None } else { self.index.clock.iter().find(|clock| text.ends_with(clock.as_str())) };
        let words = clock.map_or(text, |clock| text[..text.len() - clock.len()].trim_end());
        let mut places: Vec<(&[usize], &str)> = Vec::with_capacity(2);
        if let Some(found) = whole.or_else(|| self.index.lines.get(words)) {
            places.push((found, beat));
        }
        if let Some(found) = clock.and_then(|clock| self.index.lines.get(clock)) {
            places.push((found, "time_nearly_up"));
        }
        for (found, owner) in places {
            // The same words may stand in two pools: the one that answered counts.
            if let Some(at) = found.iter().find(|at| self.reached.lines[**at].owner == owner).or(found.first()) {
                self.reached.lines[*at].said += 1;
            }
        }
    }
}

impl Watch for Coverage {
    fn opened(&mut self, _session: &Session, events: &[Event]) {
        self.take(events);
    }

    fn heard(&mut self, _policy: Policy, _reply: &str, _before: &str, _on: Option<&str>, events: &[Event]) {
        self.take(events);
    }

    fn closed(&mut self, session: &Session, events: &[Event]) {
        self.take(events);
        self.take_hooks(session.run().hooks());
    }

    fn join(&mut self, other: Self) {
        self.reached.join(&other.reached);
    }
}

impl Reached {
    /// Adds what was reached elsewhere in the same scenario.
    pub fn join(&mut self, other: &Reached) {
        self.sessions += other.sessions;
        self.turns += other.turns;
        self.reactions.iter_mut().zip(&other.reactions).for_each(|(a, b)| a.answered += b.answered);
        self.gates.iter_mut().zip(&other.gates).for_each(|(a, b)| a.told += b.told);
        for (a, b) in self.promises.iter_mut().zip(&other.promises) {
            a.made += b.made;
            a.kept += b.kept;
            a.broken += b.broken;
        }
        for (a, b) in self.hooks.iter_mut().zip(&other.hooks) {
            a.ran += b.ran;
            a.proposed += b.proposed;
            a.failed += b.failed;
        }
        self.lines.iter_mut().zip(&other.lines).for_each(|(a, b)| a.said += b.said);
    }

    /// How often anything of this owner was said.
    #[must_use]
    pub fn said_by(&self, owner: &str) -> u64 {
        self.lines.iter().filter(|line| line.owner == owner).map(|line| line.said).sum()
    }

    /// Pools in the order of the file: name, lines said at least once, lines in all.
    #[must_use]
    pub fn pools(&self) -> Vec<(&str, usize, usize)> {
        let mut pools: Vec<(&str, usize, usize)> = Vec::new();
        for line in &self.lines {
            match pools.last_mut().filter(|pool| pool.0 == line.pool) {
                Some(pool) => {
                    pool.1 += usize::from(line.said > 0);
                    pool.2 += 1;
                }
                None => pools.push((&line.pool, usize::from(line.said > 0), 1)),
            }
        }
        pools
    }
}

/// Visits every line with its pool and its owner.
fn every_line(file: &ScenarioFile, visit: &mut dyn FnMut(&str, &str, &Line)) {
    let mut all = |pool: String, owner: &str, lines: &[Line]| lines.iter().for_each(|line| visit(&pool, owner, line));
    for session in &file.sessions {
        let number = session.number;
        all(format!("session {number}, opening"), "opening", &session.opening.lines);
        for (name, beat) in [("warm", &session.opening_warm), ("cold", &session.opening_cold)] {
            if let Some(beat) = beat {
                all(format!("session {number}, {name} opening"), "opening", &beat.lines);
            }
        }
        let closing = &session.closing;
        for (name, owner, beat) in [
            ("warm", "closing_warm", &closing.warm),
            ("middling", "closing_middling", &closing.middling),
            ("cold", "closing_cold", &closing.cold),
            ("hurt", "closing_hurt", &closing.hurt),
        ] {
            all(format!("session {number}, {name} closing"), owner, &beat.lines);
        }
    }
    for told in &file.disclosures {
        all(format!("disclosure `{}`", told.id), &told.id, &told.lines);
        all(format!("disclosure `{}`, going on", told.id), &told.id, &told.more);
    }
    for topic in &file.topics {
        for (name, bands) in [("asked", &topic.asked), ("met", &topic.met)] {
            for (band, lines) in banded(bands) {
                all(format!("topic `{}`, {name}, {band}", topic.id), &topic.id, lines);
            }
        }
        all(format!("topic `{}`, refused", topic.id), &topic.id, &topic.refuses);
    }
    for reaction in &file.reactions {
        all(format!("reaction `{}`", reaction.id), &reaction.id, &reaction.lines);
    }
    let ruptures = &file.rupture;
    for (name, beats) in [("withdrawal", &ruptures.withdrawal), ("confrontation", &ruptures.confrontation)] {
        for (at, beat) in beats.iter().enumerate() {
            all(format!("{name} of severity {}", at + 1), name, &beat.lines);
        }
    }
    for (name, beat) in [("lingering", &ruptures.lingering), ("softening", &ruptures.softening), ("repaired", &ruptures.repaired), ("leaves", &ruptures.leaves)]
    {
        all(format!("rupture, {name}"), name, &beat.lines);
    }
    for promise in &file.promises {
        all(format!("promise `{}`, kept", promise.id), &promise.id, &promise.kept.lines);
        all(format!("promise `{}`, broken", promise.id), &promise.id, &promise.broken.lines);
    }
    for (name, beat) in fallback_beats(file) {
        all(format!("fallback `{name}`"), name, &beat.lines);
    }
}

fn banded(bands: &Bands) -> [(&'static str, &[Line]); 4] {
    [("guarded", &bands.guarded), ("wary", &bands.wary), ("warming", &bands.warming), ("open", &bands.open)]
}
