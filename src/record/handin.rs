//! A session as a file to hand in: everything that replay needs, what came of it, and a seal. Whoever holds the scenario can check it by replay: the words
//! are the trainee's, and the rest follows from them.

use super::id::SessionId;
use super::open::Record;
use super::ratings::{self, Rating};
use super::revisit::Revisit;
use super::trouble::Trouble;
use super::turns::{self, Kind};
use crate::scenario::Scenario;
use crate::session::{CloseReason, Event, Input, Opening, Session, What};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

/// The format's number; a newer one is refused.
pub const FORMAT: u32 = 1;

/// A session as a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandIn {
    /// See [`FORMAT`].
    pub practicum_session: u32,
    /// The session's name, the same for ever.
    pub id: String,
    /// The name that the trainee gave with `--as`; may be empty.
    pub trainee: String,
    /// The scenario's id.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The client's name.
    pub client: String,
    /// The scenario's digest.
    pub digest: String,
    /// The engine's version.
    pub engine: String,
    /// How it was opened: seed, number, what was carried.
    pub opening: Opening,
    /// What the trainee did that still stands.
    pub inputs: Vec<Input>,
    /// Why it closed; `None` where it is still open.
    pub reason: Option<CloseReason>,
    /// What came of it, as it was kept.
    pub events: Vec<Event>,
    /// Replies that were taken back.
    pub undone: u32,
    /// Looks behind the scene: the turn, and at what (`hint`, `feel`, `how`, `why`).
    pub looked: Vec<(u32, String)>,
    /// Ratings: the trainee's own, and others'.
    #[serde(default)]
    pub ratings: Vec<Rating>,
    /// SHA-256 over everything above, as 64 hexadecimal digits.
    #[serde(default)]
    pub seal: String,
}

/// Why a file is no session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandInError {
    /// It is none at all.
    NotOne(String),
    /// A newer program wrote it.
    Newer(u32),
    /// It was changed after it was written.
    Broken,
    /// It cannot be handed in: words were taken out in this turn.
    Redacted(u32),
}

impl fmt::Display for HandInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOne(why) => write!(f, "this is no session that was handed in ({why})"),
            Self::Newer(format) => write!(f, "a newer Practicum wrote this session (format {format}; this program reads {FORMAT})"),
            Self::Broken => write!(f, "this session was changed after it was written: its seal does not fit"),
            Self::Redacted(turn) => write!(f, "words were taken out in turn {turn}, so that it cannot be checked by replay"),
        }
    }
}

impl std::error::Error for HandInError {}

/// What replay says to a session that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same bytes.
    Genuine,
    /// It comes out differently from this turn on.
    Differs {
        /// The turn.
        from: u32,
    },
    /// The scenario here is another version.
    OtherScenario,
    /// It was sat with another version of the program, so that replay proves nothing.
    OtherEngine,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Genuine => write!(f, "replayed: the same, byte for byte"),
            Self::Differs { from } => write!(f, "replay comes out differently from turn {from} on"),
            Self::OtherScenario => write!(f, "the scenario here is another version, so that it could not be replayed"),
            Self::OtherEngine => write!(f, "it was sat with another version of Practicum, so that it could not be replayed"),
        }
    }
}

impl HandIn {
    /// A kept session as a file.
    ///
    /// # Errors
    /// `Err` of the record; `Ok(Err)` where words were taken out.
    pub fn of(record: &Record, revisit: &Revisit, trainee: &str) -> Result<Result<Self, HandInError>, Trouble> {
        let ratings = record.read(|read| ratings::of(read, revisit.row.id))?;
        Ok(Self::made_of(revisit, trainee, ratings))
    }

    /// A kept session as a file, with these ratings.
    ///
    /// # Errors
    /// Where words were taken out.
    pub fn made_of(revisit: &Revisit, trainee: &str, ratings: Vec<Rating>) -> Result<Self, HandInError> {
        let row = &revisit.row;
        let inputs = turns::inputs(&revisit.turns).map_err(HandInError::Redacted)?;
        let looked = revisit.turns.iter().flat_map(|turn| &turn.events);
        let looked = looked.filter_map(|event| if let What::Looked { at, .. } = &event.what { Some((event.turn, at.clone())) } else { None });
        let events = revisit.events().into_iter().filter(|event| !matches!(event.what, What::Looked { .. }));
        let mut made = Self {
            practicum_session: FORMAT,
            id: row.uuid.clone(),
            trainee: trainee.to_owned(),
            scenario: row.scenario.clone(),
            title: revisit.title.clone(),
            client: revisit.client.clone(),
            digest: row.digest.clone(),
            engine: row.engine.clone(),
            opening: row.opening.clone(),
            inputs,
            reason: row.reason,
            events: events.collect(),
            undone: u32::try_from(revisit.turns.iter().filter(|turn| turn.kind == Kind::Undone).count()).unwrap_or(u32::MAX),
            looked: looked.collect(),
            ratings,
            seal: String::new(),
        };
        made.seal = made.sealed();
        Ok(made)
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// See [`HandInError`].
    pub fn read(text: &str) -> Result<Self, HandInError> {
        let text = text.trim_start_matches('\u{feff}');
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| HandInError::NotOne(error.to_string()))?;
        match value.get("practicum_session").and_then(serde_json::Value::as_u64) {
            None => return Err(HandInError::NotOne("it does not say `practicum_session`".to_owned())),
            Some(format) if format > u64::from(FORMAT) => return Err(HandInError::Newer(u32::try_from(format).unwrap_or(u32::MAX))),
            Some(_) => {}
        }
        let read: Self = serde_json::from_value(value).map_err(|error| HandInError::NotOne(error.to_string()))?;
        if read.seal == read.sealed() { Ok(read) } else { Err(HandInError::Broken) }
    }

    /// The file's text.
    #[must_use]
    pub fn text(&self) -> String {
        // Structs of strings, numbers and lists always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    fn sealed(&self) -> String {
        let bare = Self { seal: String::new(), ..self.clone() };
        let mut hash = Sha256::new();
        hash.update(b"practicum session 1\0");
        hash.update(serde_json::to_vec(&bare).unwrap_or_default());
        hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Plays it again, with all events; where it was closed, it is closed again.
    #[must_use]
    pub fn replay(&self, scenario: &Arc<Scenario>) -> (Session, Vec<Event>) {
        let (mut session, mut events) = Session::replay(Arc::clone(scenario), self.opening.clone(), &self.inputs);
        if let Some(reason) = self.reason {
            events.extend(session.close(reason));
        }
        (session, events)
    }

    /// Whether replay says the same.
    #[must_use]
    pub fn verify(&self, scenario: &Arc<Scenario>) -> Verdict {
        if scenario.digest != self.digest {
            return Verdict::OtherScenario;
        }
        if self.engine != crate::ENGINE_VERSION {
            return Verdict::OtherEngine;
        }
        let (_, events) = self.replay(scenario);
        let differs = events.iter().zip(&self.events).find(|(here, there)| serde_json::to_string(here).ok() != serde_json::to_string(there).ok());
        match differs {
            Some((here, _)) => Verdict::Differs { from: here.turn },
            None if events.len() != self.events.len() => Verdict::Differs { from: events.get(self.events.len()).map_or(0, |event| event.turn) },
            None => Verdict::Genuine,
        }
    }
}

/// The session with this number as a file. `None` where there is no such session.
///
/// # Errors
/// See [`Trouble`].
pub fn hand_in(record: &Record, id: SessionId, shelf: Option<Arc<Scenario>>, trainee: &str) -> Result<Option<Result<HandIn, HandInError>>, Trouble> {
    Revisit::of(record, id, shelf)?.map(|revisit| HandIn::of(record, &revisit, trainee)).transpose()
}
