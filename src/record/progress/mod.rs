//! What changed over the sessions: each scale as a curve with an honest band, what is done more or less often, which rows of the trust matrix hold, whether
//! the own impression comes closer to the scores, and the one next thing. Pure: it reads summaries, never a turn, so that a thousand sessions are quick.

mod curve;
mod gap;
mod next;
mod rows;

pub use curve::{Curve, Moved, Point, WINDOW};
pub use gap::{Gap, GapPoint};
pub use next::{Next, OneThing, Shelved};
pub use rows::{RowLine, Standing};

use super::summary::Past;
use crate::appraisal::{Act, Scale};
use crate::drill::{Book, Drills};
use curve::Measured;
use serde::Serialize;

/// How often an act was done, before and lately.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActLine {
    /// The act.
    pub act: Act,
    /// Share of turns in the recent sessions, 0 to 1.
    pub recent: f64,
    /// Share of turns in the sessions before, 0 to 1; `None` where there are none.
    pub before: Option<f64>,
    /// Turns with it in the recent sessions.
    pub times: u32,
    /// Whether the difference is more than chance would make, and which way.
    pub moved: Moved,
}

/// What a session was, for lists beside the curves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sat {
    /// Its number.
    pub id: i64,
    /// With whom.
    pub scenario: String,
    /// Which session with this client.
    pub number: u32,
    /// In milliseconds since 1970, for people to read.
    pub since: i64,
    /// Turns.
    pub turns: u32,
    /// Empathy, non-judgment, listening: means, 1 to 5.
    pub scores: [Option<f64>; 3],
    /// T at its start and its close, 0 to 1.
    pub trust: (f64, f64),
}

/// Progress over all sessions of a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Progress {
    /// Sessions with at least one turn.
    pub sessions: u32,
    /// Turns in them.
    pub turns: u32,
    /// The sessions, in order.
    pub sat: Vec<Sat>,
    /// Empathy, non-judgment, listening.
    pub scales: [Curve; 3],
    /// Trust gained in a session, in T.
    pub trust_gain: Curve,
    /// Acts that were done, those that help first, each kind by how often lately.
    pub acts: Vec<ActLine>,
    /// Rows of the trust matrix that came up, in the handbook's order.
    pub rows: Vec<RowLine>,
    /// The highest level of a scenario at which trust clearly rose; 0 is none yet.
    pub level: u8,
    /// What holds, best first; at most three whole sentences.
    pub strengths: Vec<String>,
    /// The one thing to change next.
    pub one_thing: Option<OneThing>,
    /// What to sit with or practise next.
    pub next: Vec<Next>,
    /// Own impression beside the scores.
    pub gap: Gap,
}

/// T rose clearly: the debrief's own line.
const CLEARLY: f64 = 0.05;

/// The three scales in their order.
pub const SCALES: [Scale; 3] = [Scale::Empathy, Scale::NonJudgment, Scale::Listening];

impl Progress {
    /// Over these sessions, in their order.
    #[must_use]
    pub fn of(past: &[Past], drills: &Drills, book: &Book, shelf: &[Shelved]) -> Self {
        let measured = |scale: usize| {
            past.iter().map(move |one| {
                let summary = &one.summary;
                let mean = [summary.empathy, summary.non_judgment, summary.listening][scale]?;
                Some(Measured { mean, turns: summary.scored[scale], squares: summary.spread[scale] })
            })
        };
        let scales = [0, 1, 2].map(|scale| Curve::of(&measured(scale).collect::<Vec<_>>()));
        let gained: Vec<Option<Measured>> =
            past.iter().map(|one| Some(Measured { mean: one.summary.trust.1 - one.summary.trust.0, turns: 0, squares: 0.0 })).collect();
        let rows = rows::of(past);
        let level = past.iter().filter(|one| one.summary.trust.1 - one.summary.trust.0 >= CLEARLY).map(|one| one.summary.level).max().unwrap_or(0);
        let acts = acts(past);
        let weak = rows::weak(&rows);
        Self {
            sessions: small(past.len()),
            turns: past.iter().map(|one| one.summary.turns).fold(0, u32::saturating_add),
            sat: past.iter().map(sat).collect(),
            strengths: next::strengths(&scales, &rows),
            one_thing: next::one_thing(past, &acts),
            next: next::next(&weak, level, past, drills, book, shelf),
            trust_gain: Curve::of(&gained),
            gap: Gap::of(past),
            scales,
            acts,
            rows,
            level,
        }
    }
}

fn sat(past: &Past) -> Sat {
    let summary = &past.summary;
    Sat {
        id: past.id.0,
        scenario: past.scenario.clone(),
        number: past.number,
        since: past.since,
        turns: summary.turns,
        scores: [summary.empathy, summary.non_judgment, summary.listening],
        trust: summary.trust,
    }
}

fn acts(past: &[Past]) -> Vec<ActLine> {
    let split = past.len().saturating_sub(WINDOW);
    let (before, recent) = past.split_at(split);
    let turns = |past: &[Past]| past.iter().map(|one| one.summary.turns).fold(0, u32::saturating_add);
    let times = |past: &[Past], act: Act| past.iter().filter_map(|one| one.summary.acts.get(act.name())).fold(0_u32, |sum, n| sum.saturating_add(*n));
    let (turns_before, turns_recent) = (turns(before), turns(recent));
    let mut lines: Vec<ActLine> = Act::ALL
        .iter()
        .filter_map(|act| {
            let (was, is) = (times(before, *act), times(recent, *act));
            (was + is > 0).then(|| ActLine {
                act: *act,
                recent: share(is, turns_recent),
                before: (turns_before > 0).then(|| share(was, turns_before)),
                times: is,
                moved: curve::shares_moved((was, turns_before), (is, turns_recent)),
            })
        })
        .collect();
    lines.sort_by(|a, b| a.act.is_hindering().cmp(&b.act.is_hindering()).then(b.recent.total_cmp(&a.recent)));
    lines
}

fn share(times: u32, of: u32) -> f64 {
    if of == 0 { 0.0 } else { f64::from(times) / f64::from(of) }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
