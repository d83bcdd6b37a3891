//! A course: sessions with one client, one after the other. What one leaves, the next begins with: trust and what tore it, what was told, what
//! was promised and came of it, one thing that happened in between. Pure data: whoever keeps it decides where.
//!
//! ```text
//! let mut course = Course::begin(&scenario, seed);
//! while let Some(opening) = course.open_next() {
//!     let (mut session, events) = Session::open(Arc::clone(&scenario), opening);
//!     …                                   // the hour
//!     session.close(CloseReason::Ended);
//!     course.close(&session);
//! }
//! ```
//! Time between sessions is the course's: days are counted from the scenario, never from a wall clock.

use super::choice::Place;
use super::{CloseReason, Opening, Session};
use crate::client::{PromiseWord, Standing};
use crate::scenario::Scenario;
use crate::scenario::shape::{BetweenEvent, TimeKept};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What one session leaves to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// The client as the session left them.
    pub standing: Standing,
    /// Details that the client has told.
    #[serde(default)]
    pub details: BTreeSet<String>,
    /// Details that the trainee has brought back rightly.
    #[serde(default)]
    pub recalled: BTreeSet<String>,
    /// Marks of the lines that were said, so that none comes again while there are others.
    #[serde(default)]
    pub said: BTreeSet<u64>,
    /// What happened in between: the id of one of the next session's events.
    #[serde(default)]
    pub event: Option<String>,
    /// What the next first line may recall.
    pub last: LastTime,
}

/// The session before, as far as a client comes back to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastTime {
    /// Its number.
    pub session: u32,
    /// T at its start and at its close, 0 to 1.
    pub trust: (f64, f64),
    /// Disclosures told in it.
    pub told: Vec<String>,
    /// Topics touched in it.
    pub touched: Vec<String>,
    /// Details that the trainee brought back rightly in it.
    pub recalled: Vec<String>,
    /// Severity of the rupture that it left open, 1 to 3.
    pub rupture: Option<u8>,
    /// Something torn was mended in it.
    pub repaired: bool,
    /// Promises that are still open.
    pub promised: Vec<String>,
    /// Promises kept in it.
    pub kept: Vec<String>,
    /// Promises broken in it.
    pub broken: Vec<String>,
    /// How it kept its time.
    pub time: TimeKept,
}

/// A promise of the trainee in a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoursePromise {
    /// The scenario's id.
    pub id: String,
    /// What it was about: "to bring a copy of what you write".
    pub what: String,
    /// Made, kept or broken.
    pub word: PromiseWord,
    /// The session in which that happened.
    pub session: u32,
}

/// A session of a course that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PastSession {
    /// 1, 2, 3 …
    pub number: u32,
    /// Its title in the scenario.
    pub title: String,
    /// Day of the course: the first session is day 1.
    pub day: u32,
    /// What happened before it, in a supervisor's words.
    pub event: Option<String>,
    /// Turns played.
    pub turns: u32,
    /// T at its start and at its close, 0 to 1.
    pub trust: (f64, f64),
    /// Layers 1 to 4 told by its close.
    pub layers: u32,
    /// Disclosures told in it.
    pub told: Vec<String>,
    /// Ruptures that opened in it.
    pub ruptures: u32,
    /// Ruptures that were mended in it.
    pub repairs: u32,
    /// How it kept its time.
    pub time: TimeKept,
    /// Why it ended.
    pub reason: CloseReason,
}

/// How a course ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourseEnd {
    /// All its sessions took place.
    Completed,
    /// The client walked out of the last session and did not come back.
    WalkedOut,
    /// The client ended the hour politely and did not come back.
    DroppedOut,
    /// The trainee's supervisor took over.
    TakenOver,
}

/// Sessions with one client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// The scenario.
    pub scenario: String,
    /// Its digest when the course began.
    pub digest: String,
    /// The engine's version when it began.
    pub engine: String,
    /// The seed of every choice.
    pub seed: u64,
    /// How many sessions it is to have.
    pub planned: u32,
    /// Layers 1 to 4 that the scenario has.
    pub layers: u32,
    /// T before the first session, 0 to 1; known once that is over.
    #[serde(default)]
    pub trust_at_start: Option<f64>,
    /// The sessions that are over.
    pub sessions: Vec<PastSession>,
    /// Every promise as it stands.
    #[serde(default)]
    pub promises: Vec<CoursePromise>,
    /// What the last session left.
    #[serde(default)]
    pub carried: Option<Box<Carried>>,
    /// How it ended, once it has.
    #[serde(default)]
    pub ended: Option<CourseEnd>,
}

/// A client comes back unless less than this share of the trust that they came in with is left. Something torn alone keeps nobody away: it comes along,
/// and can be mended next time. [G]
const HARDLY_ANY: f64 = 0.2;

impl Course {
    /// A course as long as the scenario has sessions.
    #[must_use]
    pub fn begin(scenario: &Scenario, seed: u64) -> Self {
        let layers = (1..=4).filter(|layer| scenario.file.disclosures.iter().any(|told| told.layer == *layer)).count();
        Self {
            scenario: scenario.file.id.clone(),
            digest: scenario.digest.clone(),
            engine: crate::ENGINE_VERSION.to_owned(),
            seed,
            planned: u32::try_from(scenario.file.sessions.len()).unwrap_or(1).max(1),
            layers: u32::try_from(layers).unwrap_or(0),
            trust_at_start: None,
            sessions: Vec::new(),
            promises: Vec::new(),
            carried: None,
            ended: None,
        }
    }

    /// The same with another number of sessions; beyond the scenario's own its last one is met again.
    #[must_use]
    pub fn of(mut self, sessions: u32) -> Self {
        self.planned = sessions.max(1);
        self
    }

    /// How the next session opens; `None` once the course is over.
    #[must_use]
    pub fn open_next(&self) -> Option<Opening> {
        if self.ended.is_some() {
            return None;
        }
        Some(Opening { seed: self.seed, session: self.next_session(), carried: self.carried.clone(), ..Opening::default() })
    }

    /// The number of the session that comes next.
    #[must_use]
    pub fn next_session(&self) -> u32 {
        self.sessions.last().map_or(1, |last| last.number.saturating_add(1))
    }

    /// Takes in a session that was opened with [`Course::open_next`] and is closed. A course that is over takes in nothing more.
    pub fn close(&mut self, session: &Session) {
        if self.ended.is_some() {
            return;
        }
        let scenario = session.scenario();
        let run = session.run();
        let standing = run.client().standing();
        let number = self.next_session();
        let last = run.last_time(scenario, number);
        let before = self.carried.as_ref();
        let (ruptures, repairs) = before.map_or((0, 0), |carried| (carried.standing.ruptures, carried.standing.repairs));
        let spec = scenario.session(number).or(scenario.file.sessions.last());
        let event = before.and_then(|carried| carried.event.as_ref()).and_then(|id| spec?.events.iter().find(|event| event.id == *id));
        let reason = run.closed().unwrap_or(CloseReason::Ended);
        let past = PastSession {
            number,
            title: spec.map(|spec| spec.title.clone()).unwrap_or_default(),
            day: self.sessions.last().map_or(1, |past| past.day.saturating_add(spec.map_or(7, |spec| spec.days))),
            event: event.map(|event| event.what.clone()),
            turns: run.turn_number(),
            trust: last.trust,
            layers: u32::try_from(run.client().layers_told()).unwrap_or(0),
            told: last.told.clone(),
            ruptures: standing.ruptures.saturating_sub(ruptures),
            repairs: standing.repairs.saturating_sub(repairs),
            time: last.time,
            reason,
        };
        let trust_at_start = *self.trust_at_start.get_or_insert(last.trust.0);
        self.sessions.push(past);
        self.promises = promises(scenario, standing);
        self.ended = match reason {
            CloseReason::SupervisorTookOver => Some(CourseEnd::TakenOver),
            _ if standing.left => Some(CourseEnd::WalkedOut),
            _ if number >= self.planned => Some(CourseEnd::Completed),
            _ if last.trust.1 < HARDLY_ANY * trust_at_start => Some(CourseEnd::DroppedOut),
            _ => None,
        };
        let next = scenario.session(number.saturating_add(1)).or(scenario.file.sessions.last());
        let event = next.and_then(|next| happens(&next.events, standing, Place { seed: self.seed, session: number.saturating_add(1), turn: 0 }));
        self.carried = Some(Box::new(Carried {
            standing: standing.clone(),
            details: run.details_told().clone(),
            recalled: run.details_recalled(),
            said: run.said(),
            event: event.map(|event| event.id.clone()),
            last,
        }));
    }

    /// What came of it so far.
    #[must_use]
    pub fn outcomes(&self) -> Outcomes {
        let count = |word| u32::try_from(self.promises.iter().filter(|promise| promise.word == word).count()).unwrap_or(u32::MAX);
        let last = self.sessions.last();
        Outcomes {
            sessions: u32::try_from(self.sessions.len()).unwrap_or(u32::MAX),
            planned: self.planned,
            trust: (self.trust_at_start.unwrap_or(0.0), last.map_or(0.0, |past| past.trust.1)),
            told: last.map_or(0, |past| past.layers),
            layers: self.layers,
            promises_kept: count(PromiseWord::Kept),
            promises_broken: count(PromiseWord::Broken),
            ruptures: self.sessions.iter().map(|past| past.ruptures).sum(),
            repairs: self.sessions.iter().map(|past| past.repairs).sum(),
            end: self.ended,
        }
    }
}

/// What is said to come of trust (clinical.md, section 1, at the end): candour, reliability, coming back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Sessions that took place.
    pub sessions: u32,
    /// Sessions that were planned.
    pub planned: u32,
    /// T before the first and after the last, 0 to 1.
    pub trust: (f64, f64),
    /// Candour: layers 1 to 4 that were told.
    pub told: u32,
    /// Of so many.
    pub layers: u32,
    /// Promises of the trainee that were kept.
    pub promises_kept: u32,
    /// And broken.
    pub promises_broken: u32,
    /// Ruptures in all sessions.
    pub ruptures: u32,
    /// Of which so many were mended.
    pub repairs: u32,
    /// How it ended; `None` while it goes on.
    pub end: Option<CourseEnd>,
}

fn promises(scenario: &Scenario, standing: &Standing) -> Vec<CoursePromise> {
    let promise = |(id, now): (&String, &crate::client::PromiseStanding)| CoursePromise {
        id: id.clone(),
        what: scenario.promise(id).map(|spec| spec.what.clone()).unwrap_or_default(),
        word: now.word,
        session: now.in_session,
    };
    standing.promises.iter().map(promise).collect()
}

/// One of the events that can happen does.
fn happens<'a>(events: &'a [BetweenEvent], standing: &Standing, place: Place) -> Option<&'a BetweenEvent> {
    let told = |id: &String| standing.told.iter().any(|told| told.id == *id);
    let can =
        |event: &&BetweenEvent| event.told.iter().all(told) && !event.not_told.iter().any(told) && event.flags.iter().all(|flag| standing.flags.contains(flag));
    let possible = events.iter().filter(can).count();
    events.iter().filter(can).nth(place.draw("between", possible))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Shelf;
    use std::sync::Arc;

    fn hour(course: &mut Course, scenario: &Arc<Scenario>, replies: &[&str]) -> String {
        let opening = course.open_next().unwrap();
        let (mut session, events) = Session::open(Arc::clone(scenario), opening);
        for reply in replies {
            session.hear(reply);
        }
        session.close(CloseReason::Ended);
        course.close(&session);
        let said = events.iter().find_map(|event| match &event.what {
            super::super::What::ClientSaid { text, .. } => Some(text.clone()),
            _ => None,
        });
        said.unwrap_or_default()
    }

    #[test]
    fn a_course_saved_between_its_sessions_goes_on_as_if_never_saved() {
        let scenario = Shelf::built_in().open("samantha").unwrap();
        let mut straight = Course::begin(&scenario, 7);
        let mut saved = straight.clone();
        for _ in 0..3 {
            let replies = ["Hello. You had a long way up those stairs.", "I won't write while you're talking.", "It sounds as if you are on your guard."];
            let first = hour(&mut straight, &scenario, &replies);
            saved = serde_json::from_str(&serde_json::to_string(&saved).unwrap()).unwrap();
            assert_eq!(first, hour(&mut saved, &scenario, &replies));
            assert_eq!(straight, saved);
        }
        assert_eq!(straight.sessions.iter().map(|past| past.day).collect::<Vec<_>>(), [1, 8, 15]);
    }

    #[test]
    fn trust_is_carried_and_told_details_with_it() {
        let scenario = Shelf::built_in().open("stefano").unwrap();
        let mut course = Course::begin(&scenario, 3);
        hour(&mut course, &scenario, &["It sounds as if you are worn out, and here because Marie asked you.", "You'd rather be in the van."]);
        let carried = course.carried.clone().unwrap();
        let opening = course.open_next().unwrap();
        let (session, _) = Session::open(Arc::clone(&scenario), opening);
        let before = carried.standing.state.bond;
        assert!((session.run().client().state().bond - before).abs() < 0.1, "{before} and {}", session.run().client().state().bond);
        assert!(carried.details.is_subset(session.run().details_told()));
    }

    #[test]
    fn who_walks_out_does_not_come_back() {
        let scenario = Shelf::built_in().open("samantha").unwrap();
        let mut course = Course::begin(&scenario, 1);
        let insult = "You're just being paranoid and pathetic. It's your own fault, you are a liar.";
        hour(&mut course, &scenario, &[insult; 6]);
        assert_eq!(course.ended, Some(CourseEnd::WalkedOut));
        assert_eq!(course.open_next(), None);
        assert_eq!(course.outcomes().end, Some(CourseEnd::WalkedOut));
    }
}
