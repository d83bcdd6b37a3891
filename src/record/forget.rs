//! Forgetting: what is forgotten is gone from the disk, not only from the lists. Deleted pages are overwritten, the log is emptied, the file is written anew.

use super::id::{CourseId, PersonId, SessionId};
use super::open::Record;
use super::trouble::Trouble;
use super::turns::{events_json, known_events};
use super::whole::{remove_person, remove_sessions};
use crate::session::What;
use rusqlite::{Connection, params};

/// What is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forget {
    /// These sessions.
    Sessions(Vec<SessionId>),
    /// A course with all its sessions.
    Course(CourseId),
    /// A person with everything.
    Person(PersonId),
}

/// What stands in place of words that were taken out.
pub const TAKEN_OUT: &str = "[taken out]";

impl Record {
    /// Forgets, for good.
    ///
    /// # Errors
    /// See [`Trouble`]; nothing was forgotten then.
    pub fn forget(&mut self, what: &Forget) -> Result<(), Trouble> {
        self.write(|write| {
            match what {
                Forget::Sessions(ids) => remove_sessions(write, ids)?,
                Forget::Course(id) => {
                    remove_sessions(write, &ids(write, "course = ?1", id.0)?)?;
                    write.execute("DELETE FROM courses WHERE id = ?1", [id])?;
                }
                Forget::Person(id) => {
                    remove_sessions(write, &ids(write, "person = ?1", id.0)?)?;
                    remove_person(write, *id)?;
                }
            }
            write.execute("DELETE FROM scenarios WHERE digest NOT IN (SELECT digest FROM sessions)", []).map(|_| ())
        })?;
        self.sweep()
    }

    /// Takes a turn's words out; the scores stand. Gives how many entries held them.
    ///
    /// # Errors
    /// See [`Trouble`]; nothing was taken out then.
    pub fn redact(&mut self, session: SessionId, turn: u32) -> Result<usize, Trouble> {
        let changed = self.write(|write| {
            let mut found = write.prepare("SELECT id, events FROM turns WHERE session = ?1 AND turn = ?2 AND words IS NOT NULL")?;
            let rows: Vec<(i64, String)> = found.query_map(params![session, turn], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            for (id, events) in &rows {
                let mut events = known_events(events);
                for event in &mut events {
                    if let What::Heard { text } = &mut event.what {
                        TAKEN_OUT.clone_into(text);
                    }
                }
                write.execute("UPDATE turns SET words = NULL, redacted = 1, events = ?2 WHERE id = ?1", params![id, events_json(&events)])?;
            }
            Ok(rows.len())
        })?;
        self.sweep()?;
        Ok(changed)
    }

    /// Writes the file anew and empties the log, so that nothing deleted is left in either.
    ///
    /// # Errors
    /// Where another process holds the file: what was deleted is gone from the record, and traces may be on the disk until it is swept again.
    pub fn sweep(&mut self) -> Result<(), Trouble> {
        let busy = self.read(|connection| {
            // What is written anew passes through memory, never through a file elsewhere.
            connection.execute_batch("PRAGMA temp_store = MEMORY; VACUUM;")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        })?;
        if busy == 0 { Ok(()) } else { Err(Trouble::Busy(self.path().to_owned())) }
    }
}

fn ids(connection: &Connection, condition: &str, of: i64) -> rusqlite::Result<Vec<SessionId>> {
    let mut found = connection.prepare(&format!("SELECT id FROM sessions WHERE {condition}"))?;
    let ids = found.query_map([of], |row| row.get(0))?;
    ids.collect()
}
