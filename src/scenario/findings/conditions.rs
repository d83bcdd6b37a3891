//! References: every id that a condition names must be there.

use super::at::{At, Finder, ROOT};
use super::walk::pools;
use crate::client::GateCondition;
use crate::diagnostic::wording::did_you_mean_or_list;
use crate::scenario::shape::{ScenarioFile, SessionSpec, When};
use std::collections::BTreeSet;

/// The ids of a scenario by what they name.
struct Known<'a> {
    topics: BTreeSet<&'a str>,
    details: BTreeSet<&'a str>,
    undertones: BTreeSet<&'a str>,
    fears: BTreeSet<&'a str>,
    disclosures: BTreeSet<&'a str>,
    /// What the client's last line can have come from.
    beats: BTreeSet<&'a str>,
    sessions: u32,
}

pub(super) fn find(file: &ScenarioFile, finder: &mut Finder) {
    let known = known(file);
    let all = ROOT.field("reactions");
    for (n, reaction) in file.reactions.iter().enumerate() {
        let at = all.entry(n);
        when(&reaction.when, &at.field("when"), &known, finder);
        if let Some(topic) = &reaction.leads_to {
            one("S020", "topic", topic, &known.topics, &at.field("leads_to"), finder);
        }
    }
    let all = ROOT.field("undertones");
    for (n, undertone) in file.undertones.iter().enumerate() {
        let at = all.entry(n);
        each("S021", "line, reaction, disclosure or topic", &undertone.near, &known.beats, &at.field("near"), finder);
    }
    let all = ROOT.field("temperament");
    let all = all.field("sensitivities");
    for (n, sensitivity) in file.temperament.sensitivities.iter().enumerate() {
        if let Some(topic) = &sensitivity.topic {
            one("S020", "topic", topic, &known.topics, &all.entry(n).field("topic"), finder);
        }
    }
    gates(file, &known, finder);
    let all = ROOT.field("sessions");
    for (n, session) in file.sessions.iter().enumerate() {
        let at = all.entry(n);
        each("S022", "disclosure", &session.told, &known.disclosures, &at.field("told"), finder);
        course(file, session, &at, &known, finder);
    }
}

fn known(file: &ScenarioFile) -> Known<'_> {
    let topics: BTreeSet<&str> = file.topics.iter().map(|topic| topic.id.as_str()).collect();
    let disclosures: BTreeSet<&str> = file.disclosures.iter().map(|disclosure| disclosure.id.as_str()).collect();
    let mut beats: BTreeSet<&str> = file.reactions.iter().map(|reaction| reaction.id.as_str()).collect();
    beats.extend(&topics);
    beats.extend(&disclosures);
    beats.extend(GENERAL_BEATS);
    pools(file, &mut |pool, _, _| beats.extend(pool.lines.iter().filter_map(|line| line.id())));
    Known {
        topics,
        details: file.details.iter().map(|detail| detail.id.as_str()).collect(),
        undertones: file.undertones.iter().map(|undertone| undertone.id.as_str()).collect(),
        fears: file.fears.iter().map(|fear| fear.id.as_str()).collect(),
        disclosures,
        beats,
        sessions: u32::try_from(file.sessions.len()).unwrap_or(u32::MAX),
    }
}

/// What a session of a course goes by: what happened in between, and what of last time is recalled.
fn course(file: &ScenarioFile, session: &SessionSpec, at: &At<'_>, known: &Known<'_>, finder: &mut Finder) {
    let promises: BTreeSet<&str> = file.promises.iter().map(|promise| promise.id.as_str()).collect();
    let happens: BTreeSet<&str> = session.events.iter().map(|event| event.id.as_str()).collect();
    let events = at.field("events");
    for (n, event) in session.events.iter().enumerate() {
        let entry = events.entry(n);
        each("S022", "disclosure", &event.told, &known.disclosures, &entry.field("told"), finder);
        each("S022", "disclosure", &event.not_told, &known.disclosures, &entry.field("not_told"), finder);
    }
    let recalls = at.field("recalls");
    for (n, recall) in session.recalls.iter().enumerate() {
        let entry = recalls.entry(n);
        let since = entry.field("since");
        each("S022", "disclosure", &recall.since.told, &known.disclosures, &since.field("told"), finder);
        each("S020", "topic", &recall.since.touched, &known.topics, &since.field("touched"), finder);
        each("S023", "detail", &recall.since.recalled, &known.details, &since.field("recalled"), finder);
        each("S021", "event of this session", &recall.since.events, &happens, &since.field("events"), finder);
        for (name, ids) in [("promised", &recall.since.promised), ("kept", &recall.since.kept), ("broken", &recall.since.broken)] {
            each("S021", "promise", ids, &promises, &since.field(name), finder);
        }
    }
}

/// Beats that every scenario has.
pub(super) const GENERAL_BEATS: [&str; 11] =
    ["opening", "closing", "fallback", "rupture", "withdrawal", "confrontation", "lingering", "softening", "repaired", "leaves", "silence"];

fn one(code: &'static str, what: &str, id: &str, known: &BTreeSet<&str>, at: &At<'_>, finder: &mut Finder) {
    if !known.contains(id) {
        let hint = did_you_mean_or_list(id, known.iter().copied(), "there is").unwrap_or_else(|| format!("this scenario has no {what} yet"));
        finder.error(code, at, format!("there is no {what} `{id}`"), Some(hint));
    }
}

fn each(code: &'static str, what: &str, ids: &[String], known: &BTreeSet<&str>, at: &At<'_>, finder: &mut Finder) {
    for (n, id) in ids.iter().enumerate() {
        one(code, what, id, known, &at.entry(n), finder);
    }
}

fn when(when: &When, at: &At<'_>, known: &Known<'_>, finder: &mut Finder) {
    each("S020", "topic", &when.topics, &known.topics, &at.field("topics"), finder);
    each("S023", "detail", &when.recalls, &known.details, &at.field("recalls"), finder);
    each("S023", "detail", &when.mistakes, &known.details, &at.field("mistakes"), finder);
    each("S024", "undertone", &when.hears, &known.undertones, &at.field("hears"), finder);
    each("S025", "fear", &when.accepts, &known.fears, &at.field("accepts"), finder);
    each("S021", "line, reaction, disclosure or topic", &when.after, &known.beats, &at.field("after"), finder);
    each("S022", "disclosure", &when.told, &known.disclosures, &at.field("told"), finder);
    each("S022", "disclosure", &when.not_told, &known.disclosures, &at.field("not_told"), finder);
    let sessions = at.field("sessions");
    for (n, session) in when.sessions.iter().enumerate() {
        if *session == 0 || *session > known.sessions {
            finder.error(
                "S028",
                &sessions.entry(n),
                format!("there is no session {session}"),
                Some(format!("this scenario has {}", crate::diagnostic::wording::counted(known.sessions as usize, "session"))),
            );
        }
    }
    contradiction(&when.flags, &when.not_flags, "flag", &at.field("not_flags"), finder);
    contradiction(&when.told, &when.not_told, "disclosure", &at.field("not_told"), finder);
    let wanted: Vec<&str> = when.all.iter().map(|act| act.name()).collect();
    let none = at.field("none");
    for (n, act) in when.none.iter().enumerate() {
        let only = when.acts == [*act];
        if wanted.contains(&act.name()) || only {
            finder.error("S029", &none.entry(n), format!("the act `{act}` must be there and must not"), Some("take it out of one of the two lists".to_owned()));
        }
    }
    if when.question == Some(false) && !when.asks.is_empty() {
        finder.error("S029", &at.field("question"), "no question is asked, and it has a form", Some("take out `question: false` or `asks`".to_owned()));
    }
}

fn contradiction(all: &[String], none: &[String], what: &str, at: &At<'_>, finder: &mut Finder) {
    for (n, id) in none.iter().enumerate() {
        if all.contains(id) {
            finder.error("S029", &at.entry(n), format!("the {what} `{id}` must hold and must not"), Some("take it out of one of the two lists".to_owned()));
        }
    }
}

fn gates(file: &ScenarioFile, known: &Known<'_>, finder: &mut Finder) {
    let all = ROOT.field("disclosures");
    for (n, disclosure) in file.disclosures.iter().enumerate() {
        let at = all.entry(n);
        if let Some(topic) = &disclosure.topic {
            one("S020", "topic", topic, &known.topics, &at.field("topic"), finder);
        }
        let needs = at.field("needs");
        for (n, need) in disclosure.needs.iter().enumerate() {
            let here = needs.entry(n);
            match need {
                GateCondition::Touched(topic) => one("S020", "topic", topic, &known.topics, &here.entry(0), finder),
                GateCondition::Told(id) => one("S022", "disclosure", id, &known.disclosures, &here.entry(0), finder),
                GateCondition::SessionAtLeast(session) if *session > known.sessions => {
                    finder.error(
                        "S028",
                        &here.entry(0),
                        format!("there is no session {session}, so this gate never opens"),
                        Some(format!("this scenario has {}", crate::diagnostic::wording::counted(known.sessions as usize, "session"))),
                    );
                }
                _ => {}
            }
        }
        if let Some(path) = circle(file, &disclosure.id) {
            finder.error("S030", &needs, format!("this gate waits for itself: {}", path.join(" → ")), Some("take out one `told(…)` of the circle".to_owned()));
        }
    }
}

/// A chain of `told` that comes back to where it began.
fn circle(file: &ScenarioFile, start: &str) -> Option<Vec<String>> {
    let mut paths: Vec<Vec<&str>> = vec![vec![start]];
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(path) = paths.pop() {
        let last = *path.last()?;
        let needs = file.disclosures.iter().filter(|disclosure| disclosure.id == last).flat_map(|disclosure| &disclosure.needs);
        for need in needs {
            let GateCondition::Told(id) = need else { continue };
            if id == start {
                return Some(path.iter().map(|id| format!("`{id}`")).chain([format!("`{start}`")]).collect());
            }
            if seen.insert(id) {
                paths.push(path.iter().copied().chain([id.as_str()]).collect());
            }
        }
    }
    None
}
