//! A record that is damaged: it is copied aside as it is, and what can still be read goes into a new one. The copy is never touched again.

use super::folder::DataDir;
use super::migrations;
use super::open::beside;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvaged {
    /// Where the damaged file is kept.
    pub copy: PathBuf,
    /// Sessions that could be read.
    pub sessions: u64,
    /// Entries of sessions that could be read.
    pub turns: u64,
}

/// Says that a record turned out to be damaged while it was read; it is looked after at the next start.
pub(super) fn mark(path: &Path) {
    // Where even this cannot be written, the next start finds it out by itself.
    let _ = OpenOptions::new().write(true).create(true).truncate(false).open(beside(path, ".damaged"));
}

/// Whether that was said.
pub(super) fn is_marked(path: &Path) -> bool {
    beside(path, ".damaged").exists()
}

/// Copies the damaged record aside, and puts what can be read of it in its place.
///
/// # Errors
/// Where it cannot be copied or written; the damaged record is then as it was.
pub(super) fn salvage(folder: &DataDir) -> io::Result<Salvaged> {
    let path = folder.file();
    let lock = OpenOptions::new().write(true).create(true).truncate(false).open(folder.path().join("salvage.lock"))?;
    lock.lock()?;
    let copy = aside(&path)?;
    // Read from copies of their own, so that SQLite changes neither the damaged file nor the one kept.
    let (source, made) = (folder.path().join("salvage-from.sqlite"), folder.path().join("salvage-to.sqlite"));
    for old in [&source, &made] {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(old, end));
        }
    }
    private_copy(&path, &source, false)?;
    if beside(&path, "-wal").exists() {
        private_copy(&beside(&path, "-wal"), &beside(&source, "-wal"), false)?;
    }
    private_file(&made)?;
    let saved = carry_over(&source, &made).map_err(io::Error::other)?;
    File::open(&made)?.sync_all()?;
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(beside(&path, end));
    }
    fs::rename(&made, &path)?;
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(&source, end));
    }
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(beside(&made, end));
    }
    let _ = fs::remove_file(beside(&path, ".damaged"));
    let _ = fs::remove_file(folder.path().join("salvage.lock"));
    Ok(Salvaged { copy, sessions: saved.0, turns: saved.1 })
}

/// `record.damaged-1.sqlite`, with its log beside it; on the disk when this returns.
fn aside(path: &Path) -> io::Result<PathBuf> {
    for number in 1..10_000 {
        let copy = path.with_file_name(format!("record.damaged-{number}.sqlite"));
        match private_copy(path, &copy, true) {
            Ok(()) => {
                if beside(path, "-wal").exists() {
                    private_copy(&beside(path, "-wal"), &beside(&copy, "-wal"), true)?;
                }
                return Ok(copy);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("there are ten thousand damaged records already"))
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn private_copy(from: &Path, to: &Path, durable: bool) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut copy = private_file(to)?;
    io::copy(&mut source, &mut copy)?;
    if durable { copy.sync_all() } else { Ok(()) }
}

/// Reads every table as far as it goes, from both ends. Gives sessions and turns.
fn carry_over(source: &Path, made: &Path) -> rusqlite::Result<(u64, u64)> {
    let mut new = Connection::open_with_flags(made, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrations::up_to(&mut new, migrations::newest())?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(old) = Connection::open_with_flags(source, flags) else { return Ok((0, 0)) };
    // Lets SQLite read a file that is shorter than it should be.
    if old.execute_batch("PRAGMA writable_schema = ON; PRAGMA cell_size_check = OFF;").is_err() {
        return Ok((0, 0));
    }
    // What belongs to nothing any more is taken out below; until then rows may stand alone.
    new.execute_batch("PRAGMA foreign_keys = OFF;")?;
    let write = new.transaction()?;
    let tables: Vec<String> = {
        let mut found = write.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")?;
        let names = found.query_map([], |row| row.get(0))?;
        names.collect::<rusqlite::Result<_>>()?
    };
    for table in &tables {
        for way in ["ASC", "DESC"] {
            // What cannot be read of one table keeps nobody from the next.
            let _ = rows(&old, &write, table, way);
        }
    }
    // Entries without their session, and sessions without their person, belong to nobody.
    write.execute_batch(
        "INSERT OR IGNORE INTO people (id, key, name, since) SELECT DISTINCT person, 'recovered ' || person, 'Recovered ' || person, 0 FROM sessions WHERE person NOT IN (SELECT id FROM people);
         UPDATE sessions SET course = NULL WHERE course NOT IN (SELECT id FROM courses);",
    )?;
    for table in &tables {
        without_orphans(&write, table)?;
    }
    let count =
        |table: &str| write.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).map(|count| u64::try_from(count).unwrap_or(0));
    let saved = (count("sessions")?, count("turns")?);
    write.commit()?;
    Ok(saved)
}

/// Takes out rows that name something that was not found.
fn without_orphans(new: &Connection, table: &str) -> rusqlite::Result<()> {
    let mut found = new.prepare("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1)")?;
    let keys = found.query_map([table], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))?;
    for (from, other, to) in keys.collect::<rusqlite::Result<Vec<_>>>()? {
        new.execute(&format!("DELETE FROM \"{table}\" WHERE \"{from}\" IS NOT NULL AND \"{from}\" NOT IN (SELECT \"{to}\" FROM \"{other}\")"), [])?;
    }
    Ok(())
}

fn rows(old: &Connection, new: &Connection, table: &str, way: &str) -> rusqlite::Result<()> {
    // A table without row numbers is read in the order of its key, from one end.
    let by_number = old.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY rowid {way}"));
    let mut found = by_number.or_else(|_| old.prepare(&format!("SELECT * FROM \"{table}\"")))?;
    let columns: Vec<String> = found.column_names().map(|name| format!("\"{name}\"")).collect();
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    let mut keep = new.prepare(&format!("INSERT OR IGNORE INTO \"{table}\" ({}) VALUES ({})", columns.join(", "), places.join(", ")))?;
    let mut rows = found.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..columns.len()).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<rusqlite::Result<Vec<_>>>();
        if let Ok(values) = values {
            // A row that does not fit a table of this version is left out; the copy has it.
            let _ = keep.execute(params_from_iter(values));
        }
    }
    Ok(())
}
