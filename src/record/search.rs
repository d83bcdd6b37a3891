//! Finding words in what was kept: what the trainee said, what the client said, notes.

use super::id::SessionId;
use super::turns::known_events;
use crate::session::What;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Where words were found in a session: the first place, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The turn.
    pub turn: u32,
    /// `trainee`, `client` or `note`.
    pub speaker: &'static str,
    /// The whole line.
    pub text: String,
    /// In how many lines.
    pub times: u32,
}

/// Every session in which these words were said or written; large and small letters do not matter.
///
/// # Errors
/// What SQLite said.
pub fn search(connection: &Connection, words: &str) -> rusqlite::Result<BTreeMap<SessionId, Hit>> {
    let wanted = words.trim().to_lowercase();
    let mut hits: BTreeMap<SessionId, Hit> = BTreeMap::new();
    let mut note = |session: SessionId, turn: u32, speaker: &'static str, text: &str| {
        if text.to_lowercase().contains(&wanted) {
            hits.entry(session).or_insert_with(|| Hit { turn, speaker, text: text.to_owned(), times: 0 }).times += 1;
        }
    };
    let mut found = connection.prepare("SELECT session, turn, events FROM turns WHERE kind IN ('opening', 'said', 'closed') ORDER BY session, seq")?;
    let mut rows = found.query([])?;
    while let Some(row) = rows.next()? {
        let events: &str = row.get_ref(2)?.as_str().unwrap_or_default();
        // Most turns hold none of it: they are not read as JSON.
        let plain = wanted.is_ascii() && !wanted.contains(['"', '\\', '\n']);
        if plain && !contains(events, &wanted) {
            continue;
        }
        for event in known_events(events) {
            match &event.what {
                What::Heard { text } => note(row.get(0)?, event.turn, "trainee", text),
                What::ClientSaid { text, .. } => note(row.get(0)?, event.turn, "client", text),
                _ => {}
            }
        }
    }
    let mut found = connection.prepare("SELECT session, turn, words FROM notes ORDER BY session, id")?;
    let mut rows = found.query([])?;
    while let Some(row) = rows.next()? {
        note(row.get(0)?, row.get(1)?, "note", &row.get::<_, String>(2)?);
    }
    Ok(hits)
}

/// Whether a text holds these small ASCII letters, whatever its case.
fn contains(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let Some(first) = wanted.first() else { return true };
    let (small, large) = (*first, first.to_ascii_uppercase());
    memchr::memchr2_iter(small, large, text).any(|at| text.get(at..at + wanted.len()).is_some_and(|part| part.eq_ignore_ascii_case(wanted)))
}
