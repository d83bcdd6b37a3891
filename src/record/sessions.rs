//! Sessions: with whom, how they were opened, whether they were closed, and what came of them in short.

use super::id::{CourseId, PersonId, SessionId};
use super::scenarios;
use crate::scenario::{Folder, Scenario};
use crate::session::{CloseReason, Opening};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// Where a session was sat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Alone, with `play`.
    Solo,
    /// In a classroom.
    Class,
    /// Handed in by somebody else, as a file.
    HandedIn,
}

impl Origin {
    /// The identifier, as in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Solo => "solo",
            Self::Class => "class",
            Self::HandedIn => "handed_in",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "class" => Self::Class,
            "handed_in" => Self::HandedIn,
            _ => Self::Solo,
        }
    }
}

/// A session that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// Whose.
    pub person: PersonId,
    /// In which course.
    pub course: Option<CourseId>,
    /// With whom.
    pub scenario: &'a Scenario,
    /// The scenario's files, to be kept beside it.
    pub folder: &'a Folder,
    /// How it is opened.
    pub opening: &'a Opening,
    /// Where it is sat.
    pub origin: Origin,
}

/// A session as the record lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    /// The number, as `debrief ID` takes it.
    pub id: SessionId,
    /// The name for use elsewhere, the same for ever.
    pub uuid: String,
    /// Whose.
    pub person: PersonId,
    /// In which course.
    pub course: Option<CourseId>,
    /// Its number with this client: 1, 2, 3 …
    pub number: u32,
    /// The scenario's id.
    pub scenario: String,
    /// Its digest then.
    pub digest: String,
    /// The engine's version then.
    pub engine: String,
    /// How it was opened; as if by default where this version cannot read it.
    pub opening: Opening,
    /// Where it was sat.
    pub origin: Origin,
    /// Not closed yet.
    pub open: bool,
    /// Why it was closed.
    pub reason: Option<CloseReason>,
    /// Begun, in milliseconds since 1970. For people to read; the order is the number's.
    pub since: i64,
    /// Closed, likewise.
    pub until: Option<i64>,
    /// Turns so far.
    pub turns: u32,
    /// In short, as JSON, once closed.
    pub summary: Option<String>,
}

const SESSION: &str =
    "SELECT id, uuid, person, course, number, scenario, digest, engine, opening, origin, open, reason, since, until, turns, summary FROM sessions";

fn session(row: &Row<'_>) -> rusqlite::Result<SessionRow> {
    let reason: Option<String> = row.get(11)?;
    Ok(SessionRow {
        id: row.get(0)?,
        uuid: row.get(1)?,
        person: row.get(2)?,
        course: row.get(3)?,
        number: row.get(4)?,
        scenario: row.get(5)?,
        digest: row.get(6)?,
        engine: row.get(7)?,
        opening: serde_json::from_str(&row.get::<_, String>(8)?).unwrap_or_default(),
        origin: Origin::named(&row.get::<_, String>(9)?),
        open: row.get(10)?,
        reason: reason.and_then(|reason| serde_json::from_value(serde_json::Value::String(reason)).ok()),
        since: row.get(12)?,
        until: row.get(13)?,
        turns: row.get(14)?,
        summary: row.get(15)?,
    })
}

/// Begins a session, and keeps the scenario's files where they are not kept yet.
///
/// # Errors
/// What SQLite said.
pub fn begin(connection: &Connection, new: &NewSession<'_>, at: i64) -> rusqlite::Result<SessionId> {
    scenarios::keep(connection, new.scenario, new.folder)?;
    let opening = serde_json::to_string(new.opening).unwrap_or_default();
    let sql = "INSERT INTO sessions (uuid, person, course, number, scenario, digest, engine, seed, opening, origin, since)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    connection.execute(
        sql,
        params![
            uuid::Uuid::now_v7().to_string(),
            new.person,
            new.course,
            new.opening.session,
            new.scenario.file.id,
            new.scenario.digest,
            crate::ENGINE_VERSION,
            new.opening.seed.to_string(),
            opening,
            new.origin.name(),
            at
        ],
    )?;
    Ok(SessionId(connection.last_insert_rowid()))
}

/// Closes a session, with its summary as JSON.
///
/// # Errors
/// What SQLite said.
pub fn close(connection: &Connection, id: SessionId, reason: CloseReason, summary: Option<&str>, at: i64) -> rusqlite::Result<()> {
    let reason = serde_json::to_value(reason).unwrap_or_default();
    let sql = "UPDATE sessions SET open = 0, reason = ?2, summary = ?3, until = ?4 WHERE id = ?1";
    connection.execute(sql, params![id, reason.as_str(), summary, at]).map(|_| ())
}

/// A session by its number.
///
/// # Errors
/// What SQLite said.
pub fn by_id(connection: &Connection, id: SessionId) -> rusqlite::Result<Option<SessionRow>> {
    let mut found = connection.prepare_cached(&format!("{SESSION} WHERE id = ?1"))?;
    found.query_row([id], session).optional()
}

/// All sessions of a person, or of everybody, in the order in which they were begun.
///
/// # Errors
/// What SQLite said.
pub fn of(connection: &Connection, person: Option<PersonId>) -> rusqlite::Result<Vec<SessionRow>> {
    let mut found = connection.prepare_cached(&format!("{SESSION} WHERE ?1 IS NULL OR person = ?1 ORDER BY id"))?;
    let sessions = found.query_map([person], session)?;
    sessions.collect()
}

/// All sessions of a course, in order.
///
/// # Errors
/// What SQLite said.
pub fn of_course(connection: &Connection, course: CourseId) -> rusqlite::Result<Vec<SessionRow>> {
    let mut found = connection.prepare_cached(&format!("{SESSION} WHERE course = ?1 ORDER BY id"))?;
    let sessions = found.query_map([course], session)?;
    sessions.collect()
}

/// Sessions that were not closed, the latest first: of a person, with one scenario or with any.
///
/// # Errors
/// What SQLite said.
pub fn unfinished(connection: &Connection, person: PersonId, scenario: Option<&str>) -> rusqlite::Result<Vec<SessionRow>> {
    // Named, since SQLite would rather read all sessions of the person in their order, and open ones are few.
    let sql =
        format!("{SESSION} INDEXED BY sessions_open WHERE open = 1 AND person = ?1 AND origin = 'solo' AND (?2 IS NULL OR scenario = ?2) ORDER BY id DESC");
    let mut found = connection.prepare_cached(&sql)?;
    let sessions = found.query_map(params![person, scenario], session)?;
    sessions.collect()
}

/// The person's latest session.
///
/// # Errors
/// What SQLite said.
pub fn latest(connection: &Connection, person: PersonId) -> rusqlite::Result<Option<SessionRow>> {
    let mut found = connection.prepare_cached(&format!("{SESSION} WHERE person = ?1 ORDER BY id DESC LIMIT 1"))?;
    found.query_row([person], session).optional()
}
