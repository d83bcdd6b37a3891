//! The record's versions: one file each, in order, never changed once released. A record of any earlier version is brought up step by step, in one transaction.
//! To add one: a new file with the next number here, one line in [`ALL`], and a sample of the version before in the tests below.

use rusqlite::{Connection, TransactionBehavior};

/// Every version's SQL, the first one first. A record of version n has had the first n of them.
pub const ALL: &[&str] = &[include_str!("001_record.sql"), include_str!("002_rooms.sql"), include_str!("003_drills.sql")];

/// "PRCT": says whose file it is (SQLite's `application_id`).
pub const APPLICATION: i32 = 0x5052_4354;

/// The newest version that this program knows.
#[must_use]
pub fn newest() -> u32 {
    u32::try_from(ALL.len()).unwrap_or(u32::MAX)
}

/// The version of a record; 0 where nothing was kept in it yet.
///
/// # Errors
/// What SQLite said.
pub fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings a record from its version up to this one (usually [`newest`]).
///
/// # Errors
/// What SQLite said; the record is then as it was.
pub fn up_to(connection: &mut Connection, version: u32) -> rusqlite::Result<()> {
    let steps = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let has = self::version(&steps)?;
    for (number, sql) in (1..).zip(ALL) {
        if number > has && number <= version {
            steps.execute_batch(sql)?;
            steps.pragma_update(None, "user_version", number)?;
        }
    }
    steps.pragma_update(None, "application_id", APPLICATION)?;
    steps.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_earlier_version_comes_up_to_the_newest() {
        for from in 0..=newest() {
            let mut connection = Connection::open_in_memory().unwrap();
            up_to(&mut connection, from).unwrap();
            assert_eq!(version(&connection).unwrap(), from);
            if from >= 1 {
                connection.execute_batch(include_str!("sample_1.sql")).unwrap();
            }
            if from >= 3 {
                connection.execute_batch(include_str!("sample_3.sql")).unwrap();
            }
            up_to(&mut connection, newest()).unwrap();
            up_to(&mut connection, newest()).unwrap();
            assert_eq!(version(&connection).unwrap(), newest());
            let turns: i64 = connection.query_row("SELECT count(*) FROM turns", [], |row| row.get(0)).unwrap();
            assert_eq!(turns, if from >= 1 { 3 } else { 0 });
            let fine: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            assert_eq!(fine, "ok");
        }
    }
}
