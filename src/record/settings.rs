//! Choices that are remembered: whether to be asked for one's own rating, how hard a drill should be.

use super::id::PersonId;
use rusqlite::{Connection, OptionalExtension, params};

/// A remembered choice.
///
/// # Errors
/// What SQLite said.
pub fn get(connection: &Connection, person: PersonId, name: &str) -> rusqlite::Result<Option<String>> {
    let mut found = connection.prepare_cached("SELECT value FROM settings WHERE person = ?1 AND name = ?2")?;
    found.query_row(params![person, name], |row| row.get(0)).optional()
}

/// Remembers a choice.
///
/// # Errors
/// What SQLite said.
pub fn set(connection: &Connection, person: PersonId, name: &str, value: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO settings (person, name, value) VALUES (?1, ?2, ?3) ON CONFLICT (person, name) DO UPDATE SET value = excluded.value";
    connection.execute(sql, params![person, name, value]).map(|_| ())
}
