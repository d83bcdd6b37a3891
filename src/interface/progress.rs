//! `progress`: what changed over the sessions, what holds, the one next thing, and where to practise it.

use super::list::Format;
use super::{Error, Exit, Globals, Out, drill, kept};
use crate::drill::Book;
use crate::record::progress::{Progress, Shelved};
use crate::record::summary::past;
use crate::record::{courses, drills};
use crate::report::progress::{ProgressReport, progress_json, progress_page, progress_text};
use crate::session::course::{Course, Outcomes};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whose progress
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// Only sessions with this scenario
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Write it as one page for the browser, with charts, to this file
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// Labelled lines without charts: for screen readers
    #[arg(long)]
    pub plain: bool,
    /// In words only, without figures
    #[arg(long)]
    pub words: bool,
}

/// Shows it.
///
/// # Errors
/// Where the record cannot be read, or the page cannot be written.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let report = gathered(args, globals, out)?;
    if let Some(path) = &args.html {
        fs::write(path, progress_page(&report)).map_err(|cause| Error::surroundings(format!("I could not write `{}`", path.display()), cause))?;
        out.note(&format!("{} is written; any browser opens it.", path.display()));
        return Ok(Exit::Fine);
    }
    match args.format {
        Format::Json => writeln!(out, "{}", progress_json(&report))?,
        Format::Text => {
            let mut page = out.page(args.plain);
            page.numbers = !args.words;
            write!(out, "{}", progress_text(&page, &report))?;
        }
    }
    Ok(Exit::Fine)
}

fn gathered(args: &Args, globals: &Globals, out: &mut Out) -> Result<ProgressReport, Error> {
    let (all, _) = drill::all(&[], globals);
    let shelf = shelved(globals);
    let Some(kept) = kept::open(globals, out)? else {
        let progress = Progress::of(&[], &all, &Book::default(), &shelf);
        return Ok(ProgressReport { person: String::new(), progress, courses: Vec::new(), drills: all, book: Book::default() });
    };
    let person = kept.person(args.trainee.as_deref())?;
    let mut sessions = kept.record.read(|read| past(read, person.id))?;
    sessions.retain(|one| args.scenario.as_ref().is_none_or(|wanted| *wanted == one.scenario));
    let book = kept.record.read(|read| drills::book(read, person.id))?;
    let outcomes = kept.record.read(|read| courses::of(read, person.id))?.into_iter().filter_map(came_of).collect();
    let progress = Progress::of(&sessions, &all, &book, &shelf);
    Ok(ProgressReport { person: person.name, progress, courses: outcomes, drills: all, book })
}

fn came_of(row: courses::Course) -> Option<(String, Outcomes)> {
    let course: Course = serde_json::from_str(row.carried.as_deref()?).ok()?;
    Some((row.name, course.outcomes()))
}

/// Risk themes are opt-in, so they are never suggested unasked.
fn shelved(globals: &Globals) -> Vec<Shelved> {
    let (listed, _) = globals.shelf().list();
    listed.into_iter().filter(|one| !one.risk).map(|one| Shelved { id: one.id, title: one.title, level: one.level, teaches: one.teaches }).collect()
}
