//! Every beat and every line of a scenario with its place, so that each finding need not know where lines can stand.

use super::at::{At, ROOT};
use crate::scenario::shape::{Bands, Beat, Fallbacks, Line, Model, ScenarioFile};

/// Where a line stands, as far as findings care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Lines for a guarded or wary client.
    Guarded,
    /// Lines for any state, or an open one.
    Any,
    /// A disclosure.
    Told,
    /// The first line of a session.
    Opening,
    /// The last line of a session.
    Closing,
}

/// A group of lines that belong together.
pub struct Pool<'a> {
    /// What it is called in a finding.
    pub name: String,
    /// Its lines.
    pub lines: &'a [Line],
    /// The thought and the model reply behind all of them.
    pub feel: &'a str,
    /// A model reply to any of them.
    pub model: Option<&'a Model>,
    /// Where it stands.
    pub room: Room,
}

/// Visits every pool of lines with the place of the list and of what it belongs to.
pub fn pools<'a>(file: &'a ScenarioFile, visit: &mut dyn FnMut(&Pool<'a>, &At<'_>, &At<'_>)) {
    for (n, session) in file.sessions.iter().enumerate() {
        let sessions = ROOT.field("sessions");
        let at = sessions.entry(n);
        beat(&session.opening, format!("the opening of session {}", session.number), Room::Opening, &at.field("opening"), visit);
        for (name, opening) in [("opening_warm", &session.opening_warm), ("opening_cold", &session.opening_cold)] {
            if let Some(opening) = opening {
                beat(opening, format!("the opening of session {}", session.number), Room::Opening, &at.field(name), visit);
            }
        }
        let recalls = at.field("recalls");
        for (n, recall) in session.recalls.iter().enumerate() {
            let entry = recalls.entry(n);
            let name = format!("the recall `{}`", recall.id);
            let pool = Pool { name, lines: &recall.lines, feel: &recall.feel, model: recall.model.as_ref(), room: Room::Opening };
            visit(&pool, &entry.field("lines"), &entry);
        }
        let closing = at.field("closing");
        let parts =
            [("warm", &session.closing.warm), ("middling", &session.closing.middling), ("cold", &session.closing.cold), ("hurt", &session.closing.hurt)];
        for (name, part) in parts {
            beat(part, format!("the {name} closing of session {}", session.number), Room::Closing, &closing.field(name), visit);
        }
    }
    topics(file, visit);
    for (n, told) in file.disclosures.iter().enumerate() {
        let all = ROOT.field("disclosures");
        let at = all.entry(n);
        for (name, lines) in [("lines", &told.lines), ("more", &told.more)] {
            let pool = Pool { name: format!("the disclosure `{}`", told.id), lines, feel: &told.feel, model: Some(&told.model), room: Room::Told };
            visit(&pool, &at.field(name), &at);
        }
    }
    for (n, reaction) in file.reactions.iter().enumerate() {
        let all = ROOT.field("reactions");
        let at = all.entry(n);
        let pool = Pool {
            name: format!("the reaction `{}`", reaction.id),
            lines: &reaction.lines,
            feel: &reaction.feel,
            model: reaction.model.as_ref(),
            room: Room::Any,
        };
        visit(&pool, &at.field("lines"), &at);
    }
    general(file, visit);
}

fn topics<'a>(file: &'a ScenarioFile, visit: &mut dyn FnMut(&Pool<'a>, &At<'_>, &At<'_>)) {
    for (n, topic) in file.topics.iter().enumerate() {
        let all = ROOT.field("topics");
        let at = all.entry(n);
        for (name, bands) in [("asked", &topic.asked), ("met", &topic.met)] {
            for (band, lines, room) in banded(bands) {
                let pool = Pool { name: format!("the topic `{}`", topic.id), lines, feel: &topic.feel, model: topic.model.as_ref(), room };
                visit(&pool, &at.field(name).field(band), &at);
            }
        }
        let pool = Pool {
            name: format!("the refusals of the topic `{}`", topic.id),
            lines: &topic.refuses,
            feel: &topic.feel,
            model: topic.model.as_ref(),
            room: Room::Guarded,
        };
        visit(&pool, &at.field("refuses"), &at);
    }
}

fn general<'a>(file: &'a ScenarioFile, visit: &mut dyn FnMut(&Pool<'a>, &At<'_>, &At<'_>)) {
    let fallbacks = ROOT.field("fallbacks");
    for (name, part) in fallback_beats(file) {
        let room = if matches!(name, "guarded" | "wary") { Room::Guarded } else { Room::Any };
        beat(part, format!("the fallback `{name}`"), room, &fallbacks.field(name), visit);
    }
    let rupture = ROOT.field("rupture");
    for (name, three) in [("withdrawal", &file.rupture.withdrawal), ("confrontation", &file.rupture.confrontation)] {
        let at = rupture.field(name);
        for (n, part) in three.iter().enumerate() {
            beat(part, format!("the {name} of severity {}", n + 1), Room::Any, &at.entry(n), visit);
        }
    }
    let parts = [
        ("lingering", &file.rupture.lingering),
        ("softening", &file.rupture.softening),
        ("repaired", &file.rupture.repaired),
        ("leaves", &file.rupture.leaves),
    ];
    for (name, part) in parts {
        let room = if name == "leaves" { Room::Closing } else { Room::Any };
        beat(part, format!("the rupture lines `{name}`"), room, &rupture.field(name), visit);
    }
    for (n, promise) in file.promises.iter().enumerate() {
        let all = ROOT.field("promises");
        let at = all.entry(n);
        beat(&promise.kept, format!("the promise `{}`, kept", promise.id), Room::Any, &at.field("kept"), visit);
        beat(&promise.broken, format!("the promise `{}`, broken", promise.id), Room::Any, &at.field("broken"), visit);
    }
}

/// The fallbacks by their names.
#[must_use]
pub fn fallback_beats(file: &ScenarioFile) -> [(&'static str, &Beat); 12] {
    beats_of(&file.fallbacks)
}

/// The same, of fallbacks that belong to no scenario.
#[must_use]
pub fn beats_of(fallbacks: &Fallbacks) -> [(&'static str, &Beat); 12] {
    [
        ("guarded", &fallbacks.guarded),
        ("wary", &fallbacks.wary),
        ("warming", &fallbacks.warming),
        ("open", &fallbacks.open),
        ("asked", &fallbacks.asked),
        ("short", &fallbacks.short),
        ("silence", &fallbacks.silence),
        ("silence_too_long", &fallbacks.silence_too_long),
        ("gesture", &fallbacks.gesture),
        ("puzzled", &fallbacks.puzzled),
        ("overwhelmed", &fallbacks.overwhelmed),
        ("time_nearly_up", &fallbacks.time_nearly_up),
    ]
}

fn banded(bands: &Bands) -> [(&'static str, &[Line], Room); 4] {
    [
        ("guarded", bands.guarded.as_slice(), Room::Guarded),
        ("wary", bands.wary.as_slice(), Room::Guarded),
        ("warming", bands.warming.as_slice(), Room::Any),
        ("open", bands.open.as_slice(), Room::Any),
    ]
}

fn beat<'a>(beat: &'a Beat, name: String, room: Room, at: &At<'_>, visit: &mut dyn FnMut(&Pool<'a>, &At<'_>, &At<'_>)) {
    let pool = Pool { name, lines: &beat.lines, feel: &beat.feel, model: beat.model.as_ref(), room };
    visit(&pool, &at.field("lines"), at);
}
