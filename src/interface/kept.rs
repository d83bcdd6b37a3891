//! Opening what was kept, for the commands that read it.

use super::{Error, Globals, Out};
use crate::diagnostic::wording::any_of;
use crate::record::people::{self, Person};
use crate::record::sessions::{self, SessionRow};
use crate::record::{DataDir, PersonId, Record, Revisit, SessionId, Trouble};
use crate::scenario::Scenario;
use std::sync::Arc;

/// The record, where something was kept.
pub struct Kept {
    /// The record.
    pub record: Record,
    /// Where it lies.
    pub folder: DataDir,
}

/// Opens the record to read it; `None` where nothing was kept yet. No folder is made for it.
///
/// # Errors
/// Where it cannot be used.
pub fn open(globals: &Globals, out: &mut Out) -> Result<Option<Kept>, Error> {
    let folder = globals.data().ok_or(Trouble::NoFolder)?;
    let Some((record, notes)) = Record::open_existing(&folder)? else { return Ok(None) };
    for note in notes {
        out.note(&format!("practicum: {note}"));
    }
    Ok(Some(Kept { record, folder }))
}

/// The same, where it makes no sense without.
///
/// # Errors
/// As [`open`]; and where nothing was kept yet.
pub fn expect(globals: &Globals, out: &mut Out) -> Result<Kept, Error> {
    open(globals, out)?.ok_or_else(|| Error::unusable("Nothing has been kept yet. `practicum play samantha` begins a session, and keeps it."))
}

impl Kept {
    /// The person of this name (`--as`); without a name whoever gave none, or the only one there is.
    ///
    /// # Errors
    /// Where there is nobody of this name.
    pub fn person(&self, name: Option<&str>) -> Result<Person, Error> {
        if let Some(person) = self.record.read(|read| people::find(read, name))? {
            return Ok(person);
        }
        let all = self.record.read(people::all)?;
        match (name, all.as_slice()) {
            (None, [only]) => Ok(only.clone()),
            (None, []) => Err(Error::unusable("Nothing has been kept yet. `practicum play samantha` begins a session, and keeps it.")),
            _ => {
                let names: Vec<&str> = all.iter().map(|person| person.name.as_str()).filter(|name| !name.is_empty()).collect();
                let there = if names.is_empty() { String::new() } else { format!(" There is {}.", any_of(names, 20)) };
                Err(Error::unusable(match name {
                    Some(name) => format!("Nothing was kept for `{}`.{there}", crate::text::on_one_line(name)),
                    None => format!("Several people practise here; `--as NAME` says who you are.{there}"),
                }))
            }
        }
    }

    /// The session of this number; `last` is the person's latest.
    ///
    /// # Errors
    /// Where there is none.
    pub fn session(&self, id: &str, name: Option<&str>) -> Result<SessionRow, Error> {
        let id = id.trim().trim_start_matches('#');
        if id == "last" {
            let person = self.person(name)?;
            let latest = self.record.read(|read| sessions::latest(read, person.id))?;
            return latest.ok_or_else(|| Error::unusable("No session was kept yet."));
        }
        let found = match id.parse().ok() {
            Some(number) => self.record.read(|read| sessions::by_id(read, SessionId(number)))?,
            None => None,
        };
        found.ok_or_else(|| {
            Error::unusable(format!(
                "There is no session `{}`. `practicum history` lists what was kept, and `last` is the latest.",
                crate::text::on_one_line(id)
            ))
        })
    }

    /// A session once more, beside the scenario as it is now.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn revisit(&self, row: &SessionRow, globals: &Globals) -> Result<(Revisit, Option<Arc<Scenario>>), Error> {
        let now = globals.shelf().open(&row.scenario).ok();
        let revisit = Revisit::of(&self.record, row.id, now.clone())?;
        let revisit = revisit.ok_or_else(|| Error::unusable(format!("Session {} was forgotten just now.", row.id)))?;
        Ok((revisit, now))
    }

    /// A person's name, as others may read it.
    #[must_use]
    pub fn name_of(&self, person: PersonId) -> String {
        let all = self.record.read(people::all).unwrap_or_default();
        all.into_iter().find(|other| other.id == person).map(|person| person.name).unwrap_or_default()
    }
}
