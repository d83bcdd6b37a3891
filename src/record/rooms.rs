//! Rooms: the log of each, one row an event. What an event means is the classroom's to know; here it is text.

use rusqlite::{Connection, OptionalExtension, params};

/// The number of a room.
pub type RoomId = i64;

/// One line of a room's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomRow {
    /// 1, 2, 3 …
    pub seq: u64,
    /// Milliseconds since 1970. For people to read; the order is the number's.
    pub at: i64,
    /// The event, as JSON.
    pub what: String,
}

/// Begins a room.
///
/// # Errors
/// What SQLite said.
pub fn begin(connection: &Connection, at: i64) -> rusqlite::Result<RoomId> {
    connection.execute("INSERT INTO rooms (since) VALUES (?1)", [at])?;
    Ok(connection.last_insert_rowid())
}

/// The latest room that was not closed.
///
/// # Errors
/// What SQLite said.
pub fn latest_open(connection: &Connection) -> rusqlite::Result<Option<RoomId>> {
    connection.query_row("SELECT id FROM rooms WHERE open = 1 ORDER BY id DESC LIMIT 1", [], |row| row.get(0)).optional()
}

/// The latest room, open or closed.
///
/// # Errors
/// What SQLite said.
pub fn latest(connection: &Connection) -> rusqlite::Result<Option<RoomId>> {
    connection.query_row("SELECT id FROM rooms ORDER BY id DESC LIMIT 1", [], |row| row.get(0)).optional()
}

/// Every room, in order.
///
/// # Errors
/// What SQLite said.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<RoomId>> {
    let mut found = connection.prepare_cached("SELECT id FROM rooms ORDER BY id")?;
    let rooms = found.query_map([], |row| row.get(0))?;
    rooms.collect()
}

/// Adds a line to a room's log.
///
/// # Errors
/// What SQLite said.
pub fn append(connection: &Connection, room: RoomId, row: &RoomRow) -> rusqlite::Result<()> {
    let mut add = connection.prepare_cached("INSERT INTO room_events (room, seq, at, what) VALUES (?1, ?2, ?3, ?4)")?;
    add.execute(params![room, i64::try_from(row.seq).unwrap_or(i64::MAX), row.at, row.what]).map(|_| ())
}

/// A room's log, in order; each line is handed on as it is read.
///
/// # Errors
/// What SQLite said.
pub fn log(connection: &Connection, room: RoomId, mut line: impl FnMut(RoomRow)) -> rusqlite::Result<()> {
    let mut found = connection.prepare_cached("SELECT seq, at, what FROM room_events WHERE room = ?1 ORDER BY seq")?;
    let mut rows = found.query([room])?;
    while let Some(row) = rows.next()? {
        line(RoomRow { seq: row.get::<_, i64>(0)?.unsigned_abs(), at: row.get(1)?, what: row.get(2)? });
    }
    Ok(())
}

/// A room is closed: it is not gone on with when the program starts again.
///
/// # Errors
/// What SQLite said.
pub fn close(connection: &Connection, room: RoomId) -> rusqlite::Result<()> {
    connection.execute("UPDATE rooms SET open = 0 WHERE id = ?1", [room]).map(|_| ())
}

/// Deletes a room and everything said in it.
///
/// # Errors
/// What SQLite said.
pub fn forget(connection: &Connection, room: RoomId) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM room_events WHERE room = ?1", [room])?;
    connection.execute("DELETE FROM rooms WHERE id = ?1", [room]).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::super::Record;
    use super::*;

    #[test]
    fn a_log_comes_back_in_order_and_a_closed_room_is_not_gone_on_with() {
        let record = Record::in_memory().unwrap();
        let connection = record.connection();
        let room = begin(connection, 1).unwrap();
        for seq in [1, 2, 3] {
            append(connection, room, &RoomRow { seq, at: 9, what: format!("{{\"n\":{seq}}}") }).unwrap();
        }
        assert!(append(connection, room, &RoomRow { seq: 2, at: 9, what: "{}".into() }).is_err());
        let mut seen = Vec::new();
        log(connection, room, |row| seen.push(row.seq)).unwrap();
        assert_eq!(seen, [1, 2, 3]);
        assert_eq!(latest_open(connection).unwrap(), Some(room));
        close(connection, room).unwrap();
        assert_eq!((latest_open(connection).unwrap(), latest(connection).unwrap()), (None, Some(room)));
        forget(connection, room).unwrap();
        assert_eq!(latest(connection).unwrap(), None);
    }
}
