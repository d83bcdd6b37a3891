//! People on one machine: a name that somebody gives themselves, no account and no password.

use super::id::PersonId;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// Somebody who practises here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The number.
    pub id: PersonId,
    /// As first typed; empty for whoever gave no name.
    pub name: String,
}

/// The person of this name (`--as`), made where there is none; without a name the one person who gave none. Large and small letters and blanks at the ends
/// make no other person.
///
/// # Errors
/// What SQLite said.
pub fn called(connection: &Connection, name: Option<&str>, at: i64) -> rusqlite::Result<PersonId> {
    if let Some(person) = find(connection, name)? {
        return Ok(person.id);
    }
    let name = tidy(name);
    connection.execute("INSERT INTO people (key, name, since) VALUES (?1, ?2, ?3)", params![key(&name), name, at])?;
    Ok(PersonId(connection.last_insert_rowid()))
}

/// The person of this name, if there is one.
///
/// # Errors
/// What SQLite said.
pub fn find(connection: &Connection, name: Option<&str>) -> rusqlite::Result<Option<Person>> {
    let mut found = connection.prepare_cached("SELECT id, name FROM people WHERE key = ?1")?;
    found.query_row([key(&tidy(name))], |row| Ok(Person { id: row.get(0)?, name: row.get(1)? })).optional()
}

/// Everybody, in the order in which they came.
///
/// # Errors
/// What SQLite said.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Person>> {
    let mut found = connection.prepare_cached("SELECT id, name FROM people ORDER BY id")?;
    let people = found.query_map([], |row| Ok(Person { id: row.get(0)?, name: row.get(1)? }))?;
    people.collect()
}

/// The longest name; a screen's width.
const LONGEST: usize = 80;

fn tidy(name: Option<&str>) -> String {
    crate::text::on_one_line(name.unwrap_or_default()).chars().take(LONGEST).collect()
}

/// What two names have in common that mean one person or course.
pub(super) fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::Record;
    use super::*;

    #[test]
    fn a_name_is_one_person_however_it_is_written() {
        let record = Record::in_memory().unwrap();
        let connection = record.connection();
        let anna = called(connection, Some("Anna"), 1).unwrap();
        assert_eq!(called(connection, Some(" anna "), 2).unwrap(), anna);
        assert_ne!(called(connection, None, 3).unwrap(), anna);
        assert_eq!(find(connection, Some("ANNA")).unwrap().unwrap().name, "Anna");
        assert_eq!(find(connection, Some("Ben")).unwrap(), None);
        assert_eq!(all(connection).unwrap().len(), 2);
    }
}
