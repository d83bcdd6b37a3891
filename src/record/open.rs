//! Opening the record: found sound, brought up to this version, and set so that what was acknowledged is on the disk.

use super::folder::DataDir;
use super::migrations;
use super::salvage::{Salvaged, is_marked, mark, salvage};
use super::trouble::Trouble;
use crate::diagnostic::wording::counted;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long another process may hold the record before we say so. A commit takes a few milliseconds; two seconds are more than any number of them, and no
/// longer than a person waits without wondering.
const PATIENCE: Duration = Duration::from_secs(2);

/// Something worth a sentence that keeps nobody from anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The record was first kept elsewhere.
    Moved(PathBuf),
    /// The file was there and empty.
    Emptied(PathBuf),
    /// It was damaged; what could be read was brought into a new one.
    Salvaged(Salvaged),
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Moved(path) => write!(f, "The record {} comes from another place or machine; it is used here as it is.", path.display()),
            Self::Emptied(path) => write!(f, "{} was there and held nothing, so a new record begins.", path.display()),
            Self::Salvaged(saved) => write!(
                f,
                "The record was damaged. What could be read of it ({} and {}) is in a new one; the damaged file is kept as {}.",
                counted(usize::try_from(saved.sessions).unwrap_or(usize::MAX), "session"),
                if saved.turns == 1 { "1 entry".to_owned() } else { format!("{} entries", saved.turns) },
                saved.copy.display()
            ),
        }
    }
}

/// What is kept.
#[derive(Debug)]
pub struct Record {
    connection: Connection,
    path: PathBuf,
}

impl Record {
    /// Opens the record to write to it, and makes it where there is none.
    ///
    /// # Errors
    /// See [`Trouble`]; nothing was changed then.
    pub fn open(folder: &DataDir) -> Result<(Self, Vec<Note>), Trouble> {
        match Self::open_once(folder) {
            Err(Trouble::Damaged(path)) => {
                let saved = salvage(folder).map_err(|_| Trouble::Damaged(path))?;
                let (record, mut notes) = Self::open_once(folder)?;
                notes.push(Note::Salvaged(saved));
                Ok((record, notes))
            }
            opened => opened,
        }
    }

    fn open_once(folder: &DataDir) -> Result<(Self, Vec<Note>), Trouble> {
        let path = folder.file();
        let mut notes = Vec::new();
        if fs::metadata(&path).is_ok() {
            if looked_at(&path)? {
                notes.push(Note::Emptied(path.clone()));
            }
            if is_marked(&path) {
                return Err(Trouble::Damaged(path));
            }
        }
        folder.prepare().map_err(|cause| of_io(folder.path(), cause))?;
        let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|cause| Trouble::of(&path, cause))?;
        let mut record = Self { connection, path };
        record.set_up().map_err(|cause| record.ours(cause))?;
        record.bring_up()?;
        if let Some(note) = record.at_home() {
            notes.push(note);
        }
        Ok((record, notes))
    }

    /// What begins as a database of ours and cannot be read as one is damaged, not foreign.
    fn ours(&self, cause: rusqlite::Error) -> Trouble {
        match Trouble::of(&self.path, cause) {
            Trouble::Foreign(path) if is_ours(&path) => Trouble::Damaged(path),
            trouble => trouble,
        }
    }

    /// Whether the record lies where it was first kept; said once where it does not.
    fn at_home(&mut self) -> Option<Note> {
        let here = place(&self.path);
        let known: Option<String> = self.connection.query_row("SELECT value FROM facts WHERE name = 'place'", [], |row| row.get(0)).optional().ok()?;
        if known.as_ref() == Some(&here) {
            return None;
        }
        let sql = "INSERT INTO facts (name, value) VALUES ('place', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        // Where it cannot be noted, it is said again next time.
        let _ = self.connection.execute(sql, [&here]);
        known.map(|_| Note::Moved(self.path.clone()))
    }

    /// Opens a record to read it; `None` where nothing was kept yet. No folder and no file is made for it.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub fn open_existing(folder: &DataDir) -> Result<Option<(Self, Vec<Note>)>, Trouble> {
        let path = folder.file();
        match fs::metadata(&path) {
            Ok(about) if about.len() == 0 => return Ok(None),
            Ok(_) => {}
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(of_io(&path, cause)),
        }
        match Self::open(folder) {
            Ok(opened) => Ok(Some(opened)),
            Err(Trouble::ReadOnly(_)) => Ok(Some((Self::open_read_only(&path)?, Vec::new()))),
            Err(trouble) => Err(trouble),
        }
    }

    /// A record on a disk that cannot be written to. Of an older version it cannot be read then.
    fn open_read_only(path: &Path) -> Result<Self, Trouble> {
        let of = |cause| Trouble::of(path, cause);
        let open =
            |path: &Path| Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI);
        let plain = open(path).map_err(of)?;
        let version = migrations::version(&plain);
        // Without its side files a record in this mode can be read only where it is promised that nobody writes to it.
        let connection = if version.is_ok() {
            plain
        } else {
            open(Path::new(&format!("file:{}?immutable=1", path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23"))))
                .map_err(of)?
        };
        let version = migrations::version(&connection).map_err(of)?;
        let known = migrations::newest();
        if version > known {
            return Err(Trouble::Newer { path: path.to_owned(), found: version, known });
        }
        if version < known {
            return Err(Trouble::ReadOnly(path.to_owned()));
        }
        Ok(Self { connection, path: path.to_owned() })
    }

    /// A record in memory, for tests.
    #[must_use]
    pub fn in_memory() -> Option<Self> {
        let mut record = Self { connection: Connection::open_in_memory().ok()?, path: PathBuf::from(":memory:") };
        record.bring_up().ok()?;
        Some(record)
    }

    fn set_up(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        self.connection.set_prepared_statement_cache_capacity(64);
        // Read first: whether it is a database at all must be known before anything is changed in it.
        migrations::version(&self.connection)?;
        self.connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;",
        )
    }

    fn bring_up(&mut self) -> Result<(), Trouble> {
        let of = |cause| Trouble::of(&self.path, cause);
        let (found, known) = (migrations::version(&self.connection).map_err(of)?, migrations::newest());
        let application: i32 = self.connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(of)?;
        let tables: i64 = self.connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).map_err(of)?;
        if tables > 0 && application != migrations::APPLICATION {
            return Err(Trouble::Foreign(self.path.clone()));
        }
        if found > known {
            return Err(Trouble::Newer { path: self.path.clone(), found, known });
        }
        if found < known {
            migrations::up_to(&mut self.connection, known).map_err(|cause| Trouble::of(&self.path, cause))?;
        }
        Ok(())
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// For reading with the functions of this room's modules.
    #[must_use]
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Reads.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Trouble> {
        read(&self.connection).map_err(|cause| self.marked(Trouble::of(&self.path, cause)))
    }

    /// Damage that shows while reading is looked after at the next start.
    fn marked(&self, trouble: Trouble) -> Trouble {
        if matches!(trouble, Trouble::Damaged(_)) {
            mark(&self.path);
        }
        trouble
    }

    /// Writes: all of it or nothing, and on the disk when this returns. It is never tried again here: after a failed flush nobody knows what the disk holds.
    ///
    /// # Errors
    /// See [`Trouble`]; nothing was kept then.
    pub fn write<T>(&mut self, write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, Trouble> {
        let path = &self.path;
        let of = |cause| Trouble::of(path, cause);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(of)?;
        let value = write(&transaction).map_err(of)?;
        transaction.commit().map_err(of)?;
        Ok(value)
    }
}

/// Milliseconds since 1970, for people to read. Nothing is ordered by it.
#[must_use]
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Looks at a file that is there before SQLite does: whether it is ours, and whole. True where it is empty.
fn looked_at(path: &Path) -> Result<bool, Trouble> {
    use std::io::Read;
    /// SQLite's file header (sqlite.org/fileformat2.html, section 1.3).
    const HEADER: u64 = 100;
    let of = |cause| of_io(path, cause);
    let mut file = fs::File::open(path).map_err(of)?;
    let about = file.metadata().map_err(of)?;
    if !about.is_file() {
        return Err(of(std::io::Error::other("it is not a file")));
    }
    if about.len() == 0 {
        return Ok(!beside(path, "-wal").exists());
    }
    let mut header = Vec::new();
    file.by_ref().take(HEADER).read_to_end(&mut header).map_err(of)?;
    let magic = b"SQLite format 3\0";
    if !header.starts_with(&magic[..header.len().min(magic.len())]) {
        return Err(Trouble::Foreign(path.to_owned()));
    }
    if about.len() < HEADER {
        return Err(Trouble::Damaged(path.to_owned()));
    }
    let number = |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
    let page = match header.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => u64::from(*high) << 8 | u64::from(*low),
        _ => 0,
    };
    let pages = u64::from(number(28));
    // The page count is to be trusted where the two change counters agree.
    if number(24) == number(92) && page * pages > about.len() {
        return Err(Trouble::Damaged(path.to_owned()));
    }
    Ok(false)
}

/// Whether a file's header says that it is ours, whatever else it holds.
fn is_ours(path: &Path) -> bool {
    use std::io::Read;
    let mut header = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(72).read_to_end(&mut header));
    read.is_ok() && header.get(68..72) == Some(&migrations::APPLICATION.to_be_bytes()[..])
}

/// Machine and folder, so that nobody can read either from it.
fn place(path: &Path) -> String {
    let machine = fs::read_to_string("/etc/machine-id").unwrap_or_default();
    let folder = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut hash = Sha256::new();
    hash.update(b"practicum place 1\0");
    hash.update(machine.trim().as_bytes());
    hash.update(folder.as_os_str().as_encoded_bytes());
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// `record.sqlite` → `record.sqlite-wal`.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn of_io(path: &Path, cause: std::io::Error) -> Trouble {
    match cause.kind() {
        std::io::ErrorKind::ReadOnlyFilesystem => Trouble::ReadOnly(path.to_owned()),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Trouble::Full(path.to_owned()),
        _ => Trouble::Folder { path: path.to_owned(), cause },
    }
}
