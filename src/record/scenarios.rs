//! The scenarios' own files, kept once for each digest, so that a session can be replayed after its scenario has changed.

use crate::scenario::{Folder, Scenario};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files that decide; what else lies in the folder is for authors.
const DECIDING: [&str; 3] = ["scenario.ron", "client.rhai", "codebook.ron"];

/// The texts of the files that decide. Empty where they cannot be read.
#[must_use]
pub fn files(folder: &Folder) -> BTreeMap<String, String> {
    DECIDING.iter().filter_map(|name| Some(((*name).to_owned(), folder.read(name).ok().flatten()?.text))).collect()
}

/// Keeps a scenario's files, where they are not kept yet.
///
/// # Errors
/// What SQLite said.
pub fn keep(connection: &Connection, scenario: &Scenario, folder: &Folder) -> rusqlite::Result<()> {
    let digest = &scenario.digest;
    let mut known = connection.prepare_cached("SELECT 1 FROM scenarios WHERE digest = ?1")?;
    if known.exists([digest])? {
        return Ok(());
    }
    let files = serde_json::to_string(&files(folder)).unwrap_or_default();
    let file = &scenario.file;
    connection
        .execute(
            "INSERT INTO scenarios (digest, name, title, client, files) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![digest, file.id, file.title, file.client.name, files],
        )
        .map(|_| ())
}

/// The scenario with this digest, as it was kept. `None` where it was not kept, or where this program reads its files differently.
///
/// # Errors
/// What SQLite said.
pub fn kept(connection: &Connection, digest: &str) -> rusqlite::Result<Option<Arc<Scenario>>> {
    let mut found = connection.prepare_cached("SELECT name, files FROM scenarios WHERE digest = ?1")?;
    let Some((name, files)) = found.query_row([digest], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).optional()? else { return Ok(None) };
    let files: BTreeMap<String, String> = serde_json::from_str(&files).unwrap_or_default();
    let folder = Folder::Memory(name, files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect());
    Ok(Scenario::load(&folder).0.filter(|scenario| scenario.digest == digest).map(Arc::new))
}

/// The client's name and the scenario's title of a digest.
///
/// # Errors
/// What SQLite said.
pub fn naming(connection: &Connection, digest: &str) -> rusqlite::Result<Option<(String, String)>> {
    let mut found = connection.prepare_cached("SELECT client, title FROM scenarios WHERE digest = ?1")?;
    found.query_row([digest], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

#[cfg(test)]
mod tests {
    use super::super::Record;
    use super::*;
    use crate::scenario::Shelf;

    #[test]
    fn what_comes_with_the_program_is_kept_as_it_was() {
        let record = Record::in_memory().unwrap();
        let shelf = Shelf::built_in();
        for name in shelf.names() {
            let scenario = shelf.open(&name).unwrap();
            keep(record.connection(), &scenario, &shelf.folder(&name).unwrap()).unwrap();
            let kept = kept(record.connection(), &scenario.digest).unwrap().unwrap();
            assert_eq!(kept.file, scenario.file);
            assert_eq!(naming(record.connection(), &scenario.digest).unwrap().unwrap().0, scenario.file.client.name);
        }
    }
}
