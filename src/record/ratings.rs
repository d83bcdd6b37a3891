//! Ratings of a session or of a turn: the trainee's own (`self`), and others' beside the program's.

use super::id::SessionId;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

/// The trainee's own.
pub const SELF: &str = "self";

/// One rating.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Rating {
    /// Which turn; 0 is the session as a whole.
    pub turn: u32,
    /// Whose: [`SELF`], or a supervisor's name.
    pub who: String,
    /// 1 to 5.
    pub empathy: Option<f64>,
    /// 1 to 5.
    pub non_judgment: Option<f64>,
    /// 1 to 5.
    pub listening: Option<f64>,
    /// A sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
}

/// Keeps a rating; a later one by the same person of the same turn takes its place.
///
/// # Errors
/// What SQLite said.
pub fn keep(connection: &Connection, session: SessionId, rating: &Rating, at: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO ratings (session, turn, who, empathy, non_judgment, listening, words, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (session, turn, who) DO UPDATE SET empathy = excluded.empathy, non_judgment = excluded.non_judgment, listening = excluded.listening,
        words = excluded.words, at = excluded.at";
    let Rating { turn, who, empathy, non_judgment, listening, words } = rating;
    connection.execute(sql, params![session, turn, who, empathy, non_judgment, listening, words, at]).map(|_| ())
}

/// All ratings of a session, by turn.
///
/// # Errors
/// What SQLite said.
pub fn of(connection: &Connection, session: SessionId) -> rusqlite::Result<Vec<Rating>> {
    let sql = "SELECT turn, who, empathy, non_judgment, listening, words FROM ratings WHERE session = ?1 ORDER BY turn, id";
    let mut found = connection.prepare_cached(sql)?;
    let ratings = found.query_map([session], |row| {
        Ok(Rating { turn: row.get(0)?, who: row.get(1)?, empathy: row.get(2)?, non_judgment: row.get(3)?, listening: row.get(4)?, words: row.get(5)? })
    })?;
    ratings.collect()
}
