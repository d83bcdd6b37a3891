//! A session once more: replayed, and held against what was kept, byte for byte. Where it cannot be replayed, its events are shown as they were kept.

use super::id::SessionId;
use super::open::Record;
use super::scenarios;
use super::sessions::{self, SessionRow};
use super::summary::Summary;
use super::trouble::Trouble;
use super::turns::{self, Kind, Turn};
use crate::scenario::Scenario;
use crate::scoring::{CloseReason, Debrief, Naming, Sitting, TurnRecord};
use crate::session::snapshot::{Snapshot, records_of};
use crate::session::{Event, Session, What};
use std::fmt;
use std::sync::Arc;

/// How far the session that is played again is the session that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// The same bytes.
    Identical,
    /// Another version of the program: what was kept is shown.
    OtherEngine {
        /// The version then.
        then: String,
    },
    /// Words were taken out in this turn: what was kept is shown.
    Redacted {
        /// The first such turn.
        from: u32,
    },
    /// It comes out differently from this turn on, and should not.
    Differs {
        /// The first such turn.
        from: u32,
    },
    /// Neither the record nor the shelf has its scenario.
    NoScenario,
    /// It was gone on with from a snapshot in this turn.
    Resumed {
        /// The turn.
        from: u32,
    },
}

impl Fidelity {
    /// The turn from which it cannot be replayed; `None` where it can.
    #[must_use]
    pub const fn not_from(&self) -> Option<u32> {
        match self {
            Self::Identical => None,
            Self::OtherEngine { .. } | Self::NoScenario => Some(1),
            Self::Redacted { from } | Self::Differs { from } | Self::Resumed { from } => Some(*from),
        }
    }
}

impl fmt::Display for Fidelity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identical => write!(f, "Replayed: the same, byte for byte."),
            Self::OtherEngine { then } => {
                write!(f, "Not replayable from turn 1 on: it was sat with version {then}, and this is {}. What was kept is shown.", crate::ENGINE_VERSION)
            }
            Self::Redacted { from } => write!(f, "Not replayable from turn {from} on: words were taken out there. What was kept is shown; the scores stand."),
            Self::Differs { from } => write!(f, "Not replayable from turn {from} on: it comes out differently now. What was kept is shown."),
            Self::NoScenario => write!(f, "Not replayable from turn 1 on: its scenario is not here any more. What was kept is shown."),
            Self::Resumed { from } => write!(f, "Not replayable from turn {from} on: it was gone on with there under another version. What was kept is shown."),
        }
    }
}

/// A session once more.
#[derive(Clone)]
pub struct Revisit {
    /// As the record lists it.
    pub row: SessionRow,
    /// Everything that happened.
    pub turns: Vec<Turn>,
    /// Its scenario, as it was then.
    pub scenario: Option<Arc<Scenario>>,
    /// Played again, where it came out the same.
    pub session: Option<Session>,
    /// How far it is the same.
    pub fidelity: Fidelity,
    /// The client's name.
    pub client: String,
    /// The scenario's title.
    pub title: String,
}

impl Revisit {
    /// Revisits a session. `shelf` is the scenario as it is now, to be used where the record does not hold it as it was then.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub fn of(record: &Record, id: SessionId, shelf: Option<Arc<Scenario>>) -> Result<Option<Self>, Trouble> {
        let Some(row) = record.read(|read| sessions::by_id(read, id))? else { return Ok(None) };
        let turns = record.read(|read| turns::of(read, id))?;
        let now = shelf.filter(|scenario| scenario.digest == row.digest);
        let scenario = match now {
            Some(scenario) => Some(scenario),
            None => record.read(|read| scenarios::kept(read, &row.digest))?,
        };
        let (client, title) = record.read(|read| scenarios::naming(read, &row.digest))?.unwrap_or_else(|| (row.scenario.clone(), row.scenario.clone()));
        let (session, fidelity) = again(&row, &turns, scenario.as_ref());
        Ok(Some(Self { row, turns, scenario, session, fidelity, client, title }))
    }

    /// The events that stand, as they were kept.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        turns::events(&self.turns)
    }

    /// The turns, from the replay where there is one (with all reasons), otherwise from what was kept.
    #[must_use]
    pub fn records(&self) -> Vec<TurnRecord> {
        self.session.as_ref().map_or_else(|| records_of(&self.events()), |session| session.records().to_vec())
    }

    /// The session as it last stood.
    #[must_use]
    pub fn snapshot(&self) -> Option<Snapshot> {
        let stands = turns::standing(&self.turns);
        stands.iter().rev().find_map(|turn| serde_json::from_str(turn.snapshot.as_deref()?).ok())
    }

    /// The session to go on with: replayed, or from its snapshot.
    #[must_use]
    pub fn go_on(&self) -> Option<Session> {
        if let Some(session) = &self.session {
            return Some(session.clone());
        }
        let scenario = self.scenario.clone()?;
        Some(Session::from_snapshot(scenario, self.row.opening.clone(), self.snapshot()?, &self.events()))
    }

    /// The debrief.
    #[must_use]
    pub fn debrief(&self) -> Debrief {
        if let Some(session) = &self.session {
            return session.debrief();
        }
        let records = self.records();
        let snapshot = self.snapshot();
        let file = self.scenario.as_ref().map(|scenario| &scenario.file);
        let pronouns = file.map_or(("they", "them", "their"), |file| {
            let (subject, object, possessive) = &file.client.pronouns;
            (subject.as_str(), object.as_str(), possessive.as_str())
        });
        let texts = file.map(|file| file.debrief.clone()).unwrap_or_default();
        let start = snapshot.as_ref().map_or_else(|| records.first().map_or(0.0, |turn| turn.trust.0), |snapshot| snapshot.start);
        let told = |id: &str| snapshot.as_ref().is_some_and(|snapshot| snapshot.standing.told.iter().any(|told| told.id == id));
        let layers: Vec<crate::scoring::Layer> = file.map_or_else(Vec::new, |file| {
            let layer = |disclosure: &crate::scenario::shape::Disclosure| crate::scoring::Layer {
                id: disclosure.id.clone(),
                layer: disclosure.layer,
                told: told(&disclosure.id),
                unsaid: disclosure.unsaid.clone(),
                opened_by: disclosure.opened_by.clone(),
            };
            file.disclosures.iter().map(layer).collect()
        });
        Debrief::of(&Sitting {
            naming: Naming { name: &self.client, pronouns },
            session: self.row.number,
            turns: &records,
            played: self.row.turns,
            trust_at_start: start,
            state: snapshot.as_ref().map(|snapshot| snapshot.standing.state).or(records.last().map(|turn| turn.after)).unwrap_or_default(),
            trust: records.last().map_or(start, |turn| turn.trust.1),
            credulity: file.map_or(0.0, |file| file.temperament.credulity),
            reason: self.row.reason.unwrap_or(CloseReason::Ended),
            texts: &texts,
            teaches: file.map_or(&[], |file| &file.teaches),
            layers: &layers,
        })
    }

    /// In short, as it stands.
    #[must_use]
    pub fn summary(&self) -> Summary {
        if let Some(kept) = self.row.summary.as_deref().and_then(|json| serde_json::from_str(json).ok()) {
            return kept;
        }
        match &self.session {
            Some(session) => Summary::of(session),
            None => {
                let teaches = self.scenario.as_ref().map_or(&[][..], |scenario| &scenario.file.teaches);
                Summary::of_turns(&self.records(), self.row.number, teaches)
            }
        }
    }
}

/// Plays it again and compares.
fn again(row: &SessionRow, turns: &[Turn], scenario: Option<&Arc<Scenario>>) -> (Option<Session>, Fidelity) {
    let Some(scenario) = scenario else { return (None, Fidelity::NoScenario) };
    if row.engine != crate::ENGINE_VERSION {
        return (None, Fidelity::OtherEngine { then: row.engine.clone() });
    }
    let inputs = match turns::inputs(turns) {
        Ok(inputs) => inputs,
        Err(from) => return (None, Fidelity::Redacted { from }),
    };
    let stands = turns::standing(turns);
    let first = row.opening.after_turn;
    let said = stands.iter().filter(|turn| turn.kind == Kind::Said).count();
    if said < inputs.len() {
        return (None, Fidelity::Differs { from: first });
    }
    let (mut session, mut events) = Session::replay(Arc::clone(scenario), row.opening.clone(), &inputs);
    if let Some(closed) = stands.iter().find(|turn| turn.kind == Kind::Closed) {
        let reason = closed.events.iter().find_map(|event| if let What::SessionClosed { reason } = event.what { Some(reason) } else { None });
        events.extend(session.close(reason.or(row.reason).unwrap_or(CloseReason::Ended)));
    }
    let kept: Vec<&Turn> = stands.into_iter().filter(|turn| turn.kind != Kind::Looked).collect();
    let mut rest = events.as_slice();
    for turn in kept {
        let length = count(&turn.events_json).min(rest.len());
        let (here, after) = rest.split_at(length);
        if turns::events_json(here) != turn.events_json {
            return (None, Fidelity::Differs { from: turn.turn });
        }
        rest = after;
    }
    if let Some(more) = rest.first() {
        return (None, Fidelity::Differs { from: more.turn });
    }
    (Some(session), Fidelity::Identical)
}

/// How many events were kept there, known or not.
fn count(json: &str) -> usize {
    serde_json::from_str::<Vec<serde_json::Value>>(json).map_or(0, |events| events.len())
}
