//! `class home` and `class forget`: what was kept of rooms, taken home or deleted.

use super::{ForgetArgs, HomeArgs, HomeFor};
use crate::classroom::Scenarios;
use crate::diagnostic::wording::counted;
use crate::interface::serve::room_of;
use crate::interface::{Error, Exit, Globals, Out};
use crate::record::{Record, Trouble, rooms};
use crate::report::class_home::{Platform, boards, scores, statements};
use crate::report::class_page::NO_GRADES;
use std::io::{self, IsTerminal, Write};

/// Takes the last room home.
///
/// # Errors
/// There is none; a file that cannot be written.
pub fn run(args: &HomeArgs, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let Some(record) = open(globals)? else { return Err(nothing()) };
    let Some(id) = record.read(rooms::latest).map_err(unusable)? else { return Err(nothing()) };
    let room = room_of(&record, id, &Scenarios::from(globals.shelf())).map_err(unusable)?;
    let text = match args.what {
        HomeFor::Page => boards(&room),
        HomeFor::Canvas => scores(&room, Platform::Canvas),
        HomeFor::Moodle => scores(&room, Platform::Moodle),
        HomeFor::Xapi => statements(&room),
    };
    let agreed = room.present().filter(|seat| seat.consent == Some(true)).count();
    match &args.output {
        None => out.write_all(text.as_bytes())?,
        Some(path) if path.exists() && !args.force => {
            return Err(Error::unusable(format!("`{}` is there already; --force writes over it.", path.display())));
        }
        Some(path) => std::fs::write(path, text).map_err(|cause| Error::surroundings(format!("I could not write `{}`", path.display()), cause))?,
    }
    if args.what != HomeFor::Page {
        out.note(&format!("{} agreed to be taken home. {NO_GRADES}", counted(agreed, "seat")));
    }
    Ok(Exit::Fine)
}

/// Deletes all rooms.
///
/// # Errors
/// It cannot be deleted; nobody said yes.
pub fn forget(args: &ForgetArgs, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let Some(mut record) = open(globals)? else { return Err(nothing()) };
    let all: Vec<i64> = record.read(rooms::all).map_err(unusable)?;
    if all.is_empty() {
        return Err(nothing());
    }
    if !args.yes {
        if !(io::stdin().is_terminal() && out.is_terminal()) {
            return Err(Error::unusable(format!("This would delete {} for good; --yes says that it may.", counted(all.len(), "room"))));
        }
        write!(out, "Delete {} with everything that was said in them, for good? (yes or no) ", counted(all.len(), "room"))?;
        out.flush()?;
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(|cause| Error::surroundings("I could not read what was typed", cause))?;
        if !matches!(line.trim().to_lowercase().as_str(), "y" | "yes") {
            writeln!(out, "Nothing was deleted.")?;
            return Ok(Exit::Fine);
        }
    }
    record.write(|connection| all.iter().try_for_each(|room| rooms::forget(connection, *room))).map_err(unusable)?;
    record.sweep().map_err(unusable)?;
    writeln!(out, "Deleted: {}. Nothing of it is left in the file.", counted(all.len(), "room"))?;
    Ok(Exit::Fine)
}

fn open(globals: &Globals) -> Result<Option<Record>, Error> {
    let found = globals.data().map_or(Ok(None), |folder| Record::open_existing(&folder)).map_err(unusable)?;
    Ok(found.map(|(record, _)| record))
}

fn unusable(trouble: Trouble) -> Error {
    Error::surroundings("I could not use the record", io::Error::other(trouble.to_string()))
}

fn nothing() -> Error {
    Error::unusable("No room was kept here yet. `practicum serve` opens one.")
}
