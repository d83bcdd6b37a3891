//! Tries at drills: which stimulus, at which level, whether it was met, how hard it felt. The words that were typed are not kept.

use super::id::PersonId;
use crate::drill::{Book, Rating, Tried};
use rusqlite::{Connection, params};

/// Keeps a try; gives its number, for [`rate`].
///
/// # Errors
/// What SQLite said.
pub fn keep(connection: &Connection, person: PersonId, tried: &Tried, at: i64) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO drill_tries (person, practice, skill, stimulus, level, met, first, rating, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let Tried { practice, skill, stimulus, level, met, first, rating } = tried;
    connection.execute(sql, params![person, practice, skill, stimulus, level, met, first, rating.map(Rating::name), at])?;
    Ok(connection.last_insert_rowid())
}

/// Keeps how hard a try felt.
///
/// # Errors
/// What SQLite said.
pub fn rate(connection: &Connection, tried: i64, rating: Rating) -> rusqlite::Result<()> {
    connection.execute("UPDATE drill_tries SET rating = ?2 WHERE id = ?1", params![tried, rating.name()]).map(|_| ())
}

/// All tries of a person, in order.
///
/// # Errors
/// What SQLite said.
pub fn of(connection: &Connection, person: PersonId) -> rusqlite::Result<Vec<Tried>> {
    let sql = "SELECT practice, skill, stimulus, level, met, first, rating FROM drill_tries WHERE person = ?1 ORDER BY id";
    let mut found = connection.prepare_cached(sql)?;
    let tries = found.query_map([person], |row| {
        let rating: Option<String> = row.get(6)?;
        Ok(Tried {
            practice: row.get(0)?,
            skill: row.get(1)?,
            stimulus: row.get(2)?,
            level: row.get(3)?,
            met: row.get(4)?,
            first: row.get(5)?,
            rating: rating.as_deref().and_then(Rating::from_name),
        })
    })?;
    tries.collect()
}

/// What a person's tries add up to.
///
/// # Errors
/// What SQLite said.
pub fn book(connection: &Connection, person: PersonId) -> rusqlite::Result<Book> {
    Ok(Book::of(of(connection, person)?))
}

#[cfg(test)]
mod tests {
    use super::super::{Record, people};
    use super::*;

    #[test]
    fn tries_come_back_in_order_with_their_ratings_and_only_to_whom_they_belong() {
        let record = Record::in_memory().unwrap();
        let connection = record.connection();
        let anna = people::called(connection, Some("Anna"), 1).unwrap();
        let ben = people::called(connection, Some("Ben"), 1).unwrap();
        let tried = |stimulus: &str, met| Tried { practice: 1, skill: "summary".into(), stimulus: stimulus.into(), level: 2, met, first: true, rating: None };
        keep(connection, anna, &tried("a", true), 5).unwrap();
        let second = keep(connection, anna, &tried("b", false), 4).unwrap();
        rate(connection, second, Rating::TooHard).unwrap();
        let kept = of(connection, anna).unwrap();
        assert_eq!(kept, [tried("a", true), Tried { rating: Some(Rating::TooHard), ..tried("b", false) }]);
        assert_eq!(book(connection, ben).unwrap(), Book::default());
    }
}
