//! `forget`: deletes what was kept, for good: a session, a course, a person, whatever is older than an age; or the words of one turn.

use super::{Error, Exit, Globals, Out, kept};
use crate::diagnostic::wording::counted;
use crate::record::sessions::{self, SessionRow};
use crate::record::{Forget, Held, SessionId, Trouble, courses, now, people};
use std::io::{self, IsTerminal, Write};

/// What can be typed.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["session", "course", "person", "older_than", "everything", "sweep"]))]
pub struct Args {
    /// This session; may be given again. `last` is the latest
    #[arg(long, value_name = "ID")]
    pub session: Vec<String>,
    /// Only the words of this turn: the scores stay
    #[arg(long, value_name = "N", requires = "session", conflicts_with_all = ["course", "person", "older_than", "everything"])]
    pub turn: Option<u32>,
    /// This course, with all its sessions
    #[arg(long, value_name = "NAME")]
    pub course: Option<String>,
    /// This person, with everything
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Sessions begun longer ago than this: 90d, 12w, 6m, 1y; or before a day, such as 2026-09-01
    #[arg(long, value_name = "AGE")]
    pub older_than: Option<String>,
    /// Everything of yours (of `--as NAME`)
    #[arg(long)]
    pub everything: bool,
    /// Nothing more; only wipes traces that another window kept from being wiped
    #[arg(long)]
    pub sweep: bool,
    /// Whose sessions
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// Do not ask first
    #[arg(long, short)]
    pub yes: bool,
}

/// Forgets.
///
/// # Errors
/// Where there is no such thing, or it cannot be deleted.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let mut kept = kept::expect(globals, out)?;
    if args.sweep {
        kept.record.sweep()?;
        return said("Swept: nothing that was deleted is left in the file.", &kept, out);
    }
    if let Some(turn) = args.turn {
        return redact(args, turn, &mut kept, out);
    }
    let (what, rows, question) = planned(args, &kept)?;
    if rows.is_empty() && matches!(what, Forget::Sessions(_)) {
        let page = out.page(false);
        write!(out, "{}", page.paragraph(0, "There is nothing to forget."))?;
        return Ok(Exit::Fine);
    }
    for row in rows.iter().filter(|row| row.open) {
        if Held::take(&kept.folder, row.id).is_none() {
            return Err(Error::unusable(format!("Somebody sits in session {} just now, in another window. It can be forgotten once it is closed.", row.id)));
        }
    }
    if !args.yes && io::stdin().is_terminal() && out.is_terminal() {
        write!(out, "{question} It cannot be brought back. (yes, or Enter to leave it) ")?;
        out.flush()?;
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(|cause| Error::surroundings("I could not read what was typed", cause))?;
        if !matches!(line.trim().to_lowercase().as_str(), "yes" | "y") {
            writeln!(out, "Nothing was forgotten.")?;
            return Ok(Exit::Fine);
        }
    }
    let done = kept.record.forget(&what);
    swept(done)?;
    said(&format!("Forgotten: {}.", counted(rows.len(), "session")), &kept, out)
}

/// What is to be forgotten, the sessions in it, and the question before.
fn planned(args: &Args, kept: &kept::Kept) -> Result<(Forget, Vec<SessionRow>, String), Error> {
    let of_person = |name: Option<&str>| -> Result<_, Error> {
        let person = kept.person(name)?;
        let rows = kept.record.read(|read| sessions::of(read, Some(person.id)))?;
        Ok((person, rows))
    };
    if let Some(name) = &args.course {
        let person = kept.person(args.trainee.as_deref())?;
        let course = kept.record.read(|read| courses::find(read, person.id, name))?;
        let course = course.ok_or_else(|| Error::unusable(format!("There is no course `{}`.", crate::text::on_one_line(name))))?;
        let rows = kept.record.read(|read| sessions::of_course(read, course.id))?;
        let question = format!("Forget the course “{}” with {}?", course.name, counted(rows.len(), "session"));
        return Ok((Forget::Course(course.id), rows, question));
    }
    if args.person.is_some() || args.everything {
        let name = args.person.as_deref().or(args.trainee.as_deref());
        let found = kept.record.read(|read| people::find(read, name))?;
        if found.is_none() && args.person.is_some() {
            kept.person(name)?;
        }
        let (person, rows) = of_person(name)?;
        let whom = if person.name.is_empty() { "you".to_owned() } else { person.name };
        return Ok((Forget::Person(person.id), rows.clone(), format!("Forget everything of {whom}, {}?", counted(rows.len(), "session"))));
    }
    let rows = match &args.older_than {
        Some(age) => {
            let before = moment(age)?;
            of_person(args.trainee.as_deref())?.1.into_iter().filter(|row| row.since < before).collect()
        }
        None => args.session.iter().map(|id| kept.session(id, args.trainee.as_deref())).collect::<Result<Vec<_>, _>>()?,
    };
    let ids: Vec<SessionId> = rows.iter().map(|row| row.id).collect();
    let question = format!("Forget {}?", counted(ids.len(), "session"));
    Ok((Forget::Sessions(ids), rows, question))
}

fn redact(args: &Args, turn: u32, kept: &mut kept::Kept, out: &mut Out) -> Result<Exit, Error> {
    let [id] = args.session.as_slice() else { return Err(Error::unusable("--turn belongs to one --session.")) };
    let row = kept.session(id, args.trainee.as_deref())?;
    if row.open && Held::take(&kept.folder, row.id).is_none() {
        return Err(Error::unusable(format!("Somebody sits in session {} just now, in another window. Its words can be taken out once it is closed.", row.id)));
    }
    let mut changed = 0;
    let done = kept.record.redact(row.id, turn).map(|entries| changed = entries);
    swept(done)?;
    if changed == 0 {
        return Err(Error::unusable(format!("Session {} has no words to take out in turn {turn}.", row.id)));
    }
    said(&format!("The words of turn {turn} in session {} are taken out; the scores stand. It cannot be replayed from there on.", row.id), kept, out)
}

/// Deleted, and another window kept the traces from being wiped: that is said, and it is no failure of the deleting.
fn swept(done: Result<(), Trouble>) -> Result<(), Error> {
    done.map_err(|trouble| match trouble {
        Trouble::Busy(_) => Error::Surroundings {
            what: "Another window holds the record. Close it, and type `practicum forget --sweep` to wipe what may be left on the disk".to_owned(),
            cause: io::Error::from(io::ErrorKind::ResourceBusy),
        },
        trouble => trouble.into(),
    })
}

/// What was done; and copies of a damaged record, which nobody but the person deletes.
fn said(text: &str, kept: &kept::Kept, out: &mut Out) -> Result<Exit, Error> {
    writeln!(out, "{text}")?;
    let copies = std::fs::read_dir(kept.folder.path()).into_iter().flatten().flatten();
    let copies: Vec<String> = copies.map(|entry| entry.file_name().to_string_lossy().into_owned()).filter(|name| name.starts_with("record.damaged-")).collect();
    if !copies.is_empty() {
        out.note(&format!(
            "practicum: {} holds copies of a damaged record ({}), which may still hold it; delete them yourself when you no longer need them.",
            kept.folder.path().display(),
            copies.join(", ")
        ));
    }
    Ok(Exit::Fine)
}

/// `90d` → the moment that long ago; `2026-09-01` → that day's beginning here.
fn moment(age: &str) -> Result<i64, Error> {
    let wrong = || Error::unusable(format!("`{}` is no age: 90d, 12w, 6m, 1y, or a day such as 2026-09-01.", crate::text::on_one_line(age)));
    if let Ok(day) = age.parse::<jiff::civil::Date>() {
        let day = day.to_zoned(jiff::tz::TimeZone::system()).map_err(|_| wrong())?;
        return Ok(day.timestamp().as_millisecond());
    }
    let (number, unit) = age.split_at(age.len() - age.chars().next_back().map_or(0, char::len_utf8));
    let number: i64 = number.trim().parse().map_err(|_| wrong())?;
    const DAY: i64 = 86_400_000;
    let days = match unit {
        "d" => 1,
        "w" => 7,
        "m" => 30,
        "y" => 365,
        _ => return Err(wrong()),
    };
    if number < 0 {
        return Err(wrong());
    }
    Ok(now().saturating_sub(number.saturating_mul(days).saturating_mul(DAY)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_read_as_it_is_typed() {
        assert!(moment("1y").unwrap() < moment("6m").unwrap());
        assert!(moment("2026-09-01").is_ok());
        for wrong in ["", "d", "x", "-1d", "1h", "é"] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }
}
