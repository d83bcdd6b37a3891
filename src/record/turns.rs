//! What happened in a session, entry by entry, in the order of a sequence: the opening, each reply with its answer, what was taken back, the looks behind the
//! scene, the close. Replay reads the inputs; reports read the events.

use super::id::SessionId;
use crate::session::{Event, Input};
use rusqlite::{Connection, Row, params};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The client's first line.
    Opening,
    /// A reply and its answer.
    Said,
    /// The last reply that still stood was taken back.
    Undone,
    /// A look behind the scene.
    Looked,
    /// The end.
    Closed,
}

impl Kind {
    /// The identifier, as in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Said => "said",
            Self::Undone => "undone",
            Self::Looked => "looked",
            Self::Closed => "closed",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "opening" => Self::Opening,
            "said" => Self::Said,
            "undone" => Self::Undone,
            "closed" => Self::Closed,
            _ => Self::Looked,
        }
    }
}

/// An entry to be kept.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What it is.
    pub kind: Kind,
    /// The turn it belongs to.
    pub turn: u32,
    /// What the trainee did, where it is a reply.
    pub input: Option<&'a Input>,
    /// What came of it.
    pub events: &'a [Event],
    /// The session as it stands afterwards, as JSON, to go on from under another engine version.
    pub snapshot: Option<String>,
}

/// An entry as it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Its place: 0, 1, 2 …
    pub seq: u32,
    /// What it is.
    pub kind: Kind,
    /// The turn it belongs to.
    pub turn: u32,
    /// What the trainee did; `None` where nothing was said, and where it was redacted.
    pub input: Option<Input>,
    /// What came of it.
    pub events: Vec<Event>,
    /// The same as it was kept, byte for byte.
    pub events_json: String,
    /// See [`Entry::snapshot`].
    pub snapshot: Option<String>,
    /// The words were taken out; the scores stand.
    pub redacted: bool,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// Keeps an entry at the end of a session; gives its place.
///
/// # Errors
/// What SQLite said.
pub fn append(connection: &Connection, session: SessionId, entry: &Entry<'_>, at: i64) -> rusqlite::Result<u32> {
    let mut last = connection.prepare_cached("SELECT coalesce(max(seq) + 1, 0) FROM turns WHERE session = ?1")?;
    let seq: u32 = last.query_row([session], |row| row.get(0))?;
    let sql = "INSERT INTO turns (session, seq, turn, kind, at, stopped, words, events, snapshot) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (stopped, words) = entry.input.map_or((false, None), |input| (input.stopped, Some(input.words.as_str())));
    let mut keep = connection.prepare_cached(sql)?;
    keep.execute(params![session, seq, entry.turn, entry.kind.name(), at, stopped, words, events_json(entry.events), entry.snapshot])?;
    let mut count = connection.prepare_cached("UPDATE sessions SET turns = ?2 WHERE id = ?1")?;
    if entry.kind != Kind::Looked {
        count.execute(params![session, entry.turn])?;
    }
    Ok(seq)
}

/// Events as they are kept: the same bytes for the same events.
#[must_use]
pub fn events_json(events: &[Event]) -> String {
    // Structs of strings, numbers and lists always have a JSON form.
    serde_json::to_string(events).unwrap_or_default()
}

/// Everything that happened in a session, in order.
///
/// # Errors
/// What SQLite said.
pub fn of(connection: &Connection, session: SessionId) -> rusqlite::Result<Vec<Turn>> {
    let sql = "SELECT seq, kind, turn, words, stopped, events, snapshot, redacted, at FROM turns WHERE session = ?1 ORDER BY seq";
    let mut found = connection.prepare_cached(sql)?;
    let turns = found.query_map([session], turn)?;
    turns.collect()
}

fn turn(row: &Row<'_>) -> rusqlite::Result<Turn> {
    let (words, stopped): (Option<String>, bool) = (row.get(3)?, row.get(4)?);
    let events_json: String = row.get(5)?;
    Ok(Turn {
        seq: row.get(0)?,
        kind: Kind::named(&row.get::<_, String>(1)?),
        turn: row.get(2)?,
        input: words.map(|words| Input { words, stopped }),
        // What another version wrote and this one does not know is left out, event by event.
        events: known_events(&events_json),
        events_json,
        snapshot: row.get(6)?,
        redacted: row.get(7)?,
        at: row.get(8)?,
    })
}

pub(super) fn known_events(json: &str) -> Vec<Event> {
    serde_json::from_str(json).unwrap_or_else(|_| {
        let values: Vec<serde_json::Value> = serde_json::from_str(json).unwrap_or_default();
        values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
    })
}

/// The entries that still stand: without the replies that were taken back, and without the taking back.
#[must_use]
pub fn standing(turns: &[Turn]) -> Vec<&Turn> {
    let mut stands: Vec<&Turn> = Vec::new();
    for turn in turns {
        if turn.kind == Kind::Undone {
            if let Some(at) = stands.iter().rposition(|stood| stood.kind == Kind::Said) {
                stands.truncate(at);
            }
        } else {
            stands.push(turn);
        }
    }
    stands
}

/// What the trainee did that still stands, in order: what replay needs. `Err` is the turn from which the session cannot be replayed, since words were taken
/// out there.
///
/// # Errors
/// The first turn without its words.
pub fn inputs(turns: &[Turn]) -> Result<Vec<Input>, u32> {
    standing(turns).into_iter().filter(|turn| turn.kind == Kind::Said).map(|turn| turn.input.clone().ok_or(turn.turn)).collect()
}

/// The events that still stand, in order.
#[must_use]
pub fn events(turns: &[Turn]) -> Vec<Event> {
    standing(turns).into_iter().flat_map(|turn| turn.events.iter().cloned()).collect()
}
