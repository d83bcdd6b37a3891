//! Everything of one person, whatever tables there are: to take it away, and to forget it. Tables of later versions are found by their columns `person`
//! and `session`, so that nothing of anybody is left behind by a list that was not kept up.

use super::id::{PersonId, SessionId};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Rows};
use serde_json::{Map, Value};

/// The tables that have this column, in order of their names.
fn tables_with(connection: &Connection, column: &str) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' AND c.name = ?1 ORDER BY m.name";
    let mut found = connection.prepare(sql)?;
    let names = found.query_map([column], |row| row.get(0))?;
    names.collect()
}

/// Every row of a person in every table, as JSON: one list a table.
///
/// # Errors
/// What SQLite said.
pub fn of_person(connection: &Connection, person: PersonId) -> rusqlite::Result<Value> {
    let mut all = Map::new();
    let mut take = |table: &str, condition: &str| -> rusqlite::Result<()> {
        let mut found = connection.prepare(&format!("SELECT * FROM \"{table}\" WHERE {condition}"))?;
        let names: Vec<String> = found.column_names().map(str::to_owned).collect();
        let rows = objects(found.query([person])?, &names)?;
        if let Value::Array(list) = all.entry(table).or_insert_with(|| Value::Array(Vec::new())) {
            list.extend(rows);
        }
        Ok(())
    };
    take("people", "id = ?1")?;
    let by_person = tables_with(connection, "person")?;
    for table in &by_person {
        take(table, "person = ?1")?;
    }
    for table in tables_with(connection, "session")? {
        if table != "turns" && !by_person.contains(&table) {
            take(&table, "session IN (SELECT id FROM sessions WHERE person = ?1)")?;
        }
    }
    Ok(Value::Object(all))
}

fn objects(mut rows: Rows<'_>, names: &[String]) -> rusqlite::Result<Vec<Value>> {
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        let mut object = Map::new();
        for (at, name) in names.iter().enumerate() {
            let value = match row.get_ref(at)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => number.into(),
                ValueRef::Real(number) => number.into(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
                ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()).into(),
            };
            object.insert(name.clone(), value);
        }
        list.push(Value::Object(object));
    }
    Ok(list)
}

/// Takes sessions out of every table.
///
/// # Errors
/// What SQLite said.
pub(super) fn remove_sessions(connection: &Connection, ids: &[SessionId]) -> rusqlite::Result<()> {
    let tables = tables_with(connection, "session")?;
    for id in ids {
        for table in &tables {
            connection.execute(&format!("DELETE FROM \"{table}\" WHERE session = ?1"), [id])?;
        }
        connection.execute("DELETE FROM sessions WHERE id = ?1", [id])?;
    }
    Ok(())
}

/// Takes a person out of every table.
///
/// # Errors
/// What SQLite said.
pub(super) fn remove_person(connection: &Connection, person: PersonId) -> rusqlite::Result<()> {
    for table in tables_with(connection, "person")? {
        if table != "sessions" && table != "courses" {
            connection.execute(&format!("DELETE FROM \"{table}\" WHERE person = ?1"), [person])?;
        }
    }
    connection.execute("DELETE FROM courses WHERE person = ?1", [person])?;
    connection.execute("DELETE FROM people WHERE id = ?1", [person]).map(|_| ())
}
