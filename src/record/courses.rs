//! Courses: sessions with one client that follow each other. What the client carries from one to the next is kept here as JSON; `session` knows what it means.

use super::id::{CourseId, PersonId};
use super::people::key;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

/// A course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Course {
    /// The number.
    pub id: CourseId,
    /// Whose.
    pub person: PersonId,
    /// As first typed.
    pub name: String,
    /// With whom: the scenario's id.
    pub scenario: String,
    /// What the client carries into the next session, as JSON; `None` before the first was closed.
    #[serde(skip)]
    pub carried: Option<String>,
    /// Sessions that were closed.
    pub closed: u32,
}

const COURSE: &str = "SELECT id, person, name, scenario, carried, (SELECT count(*) FROM sessions WHERE course = courses.id AND open = 0) FROM courses";

fn course(row: &Row<'_>) -> rusqlite::Result<Course> {
    Ok(Course { id: row.get(0)?, person: row.get(1)?, name: row.get(2)?, scenario: row.get(3)?, carried: row.get(4)?, closed: row.get(5)? })
}

/// The person's course of this name, if there is one.
///
/// # Errors
/// What SQLite said.
pub fn find(connection: &Connection, person: PersonId, name: &str) -> rusqlite::Result<Option<Course>> {
    let mut found = connection.prepare_cached(&format!("{COURSE} WHERE person = ?1 AND key = ?2"))?;
    found.query_row(params![person, key(name)], course).optional()
}

/// A course by its number.
///
/// # Errors
/// What SQLite said.
pub fn by_id(connection: &Connection, id: CourseId) -> rusqlite::Result<Option<Course>> {
    let mut found = connection.prepare_cached(&format!("{COURSE} WHERE id = ?1"))?;
    found.query_row([id], course).optional()
}

/// All courses of a person, in the order in which they were begun.
///
/// # Errors
/// What SQLite said.
pub fn of(connection: &Connection, person: PersonId) -> rusqlite::Result<Vec<Course>> {
    let mut found = connection.prepare_cached(&format!("{COURSE} WHERE person = ?1 ORDER BY id"))?;
    let courses = found.query_map([person], course)?;
    courses.collect()
}

/// Begins a course.
///
/// # Errors
/// What SQLite said; the name is taken already, for instance.
pub fn begin(connection: &Connection, person: PersonId, name: &str, scenario: &str, at: i64) -> rusqlite::Result<CourseId> {
    let name = crate::text::on_one_line(name);
    let sql = "INSERT INTO courses (person, key, name, scenario, since) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.execute(sql, params![person, key(&name), name, scenario, at])?;
    Ok(CourseId(connection.last_insert_rowid()))
}

/// Keeps what the client carries into the next session, as JSON.
///
/// # Errors
/// What SQLite said.
pub fn carry(connection: &Connection, id: CourseId, carried: &str) -> rusqlite::Result<()> {
    connection.execute("UPDATE courses SET carried = ?2 WHERE id = ?1", params![id, carried]).map(|_| ())
}
