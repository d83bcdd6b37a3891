//! The trainee's own words beside a session: notes, and what came up when it was recalled.

use super::id::SessionId;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// `/notes`.
    Note,
    /// Recalled: what the trainee felt at this moment.
    Felt,
    /// Recalled: what the trainee wanted at this moment.
    Wanted,
}

impl NoteKind {
    /// The identifier, as in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Felt => "felt",
            Self::Wanted => "wanted",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "felt" => Self::Felt,
            "wanted" => Self::Wanted,
            _ => Self::Note,
        }
    }
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRow {
    /// The turn after which it was written.
    pub turn: u32,
    /// What it is.
    pub kind: NoteKind,
    /// The words.
    pub words: String,
}

/// Keeps a note.
///
/// # Errors
/// What SQLite said.
pub fn keep(connection: &Connection, session: SessionId, note: &NoteRow, at: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO notes (session, turn, kind, words, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.execute(sql, params![session, note.turn, note.kind.name(), note.words, at]).map(|_| ())
}

/// All notes of a session, in order.
///
/// # Errors
/// What SQLite said.
pub fn of(connection: &Connection, session: SessionId) -> rusqlite::Result<Vec<NoteRow>> {
    let mut found = connection.prepare_cached("SELECT turn, kind, words FROM notes WHERE session = ?1 ORDER BY id")?;
    let notes = found.query_map([session], |row| Ok(NoteRow { turn: row.get(0)?, kind: NoteKind::named(&row.get::<_, String>(1)?), words: row.get(2)? }))?;
    notes.collect()
}
