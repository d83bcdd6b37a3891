//! `export`: sessions to take away, one or all of a person's: as a page, Markdown, a table, data, statements for a learning record store, or a file to hand in.

use super::{Error, Exit, Globals, Out, kept};
use crate::record::handin::HandIn;
use crate::record::sessions::{self, SessionRow};
use crate::record::{Fidelity, courses, notes, ratings, whole};
use crate::report::session::SessionReport;
use crate::report::session::data::session_json;
use crate::report::session::markdown::session_markdown;
use crate::report::session::page::{file_stem, sessions_page};
use crate::report::session::table::turns_csv;
use crate::report::session::xapi;
use std::io::Write;
use std::path::{Path, PathBuf};

/// As what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// A page for the browser and for paper
    #[default]
    Html,
    /// Text with headings
    Markdown,
    /// Everything that was kept, and what came of it
    Json,
    /// A table, one row a turn
    Csv,
    /// xAPI statements in cmi5's order, one a line
    Xapi,
    /// A file to hand in, which can be checked by replay
    Session,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The session's number in `history`; `last` is the latest, `all` is everything of a person
    #[arg(default_value = "last", value_name = "ID")]
    pub id: String,
    /// Whose
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// As what
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Form,
    /// Into this file, or for `all` into this folder; otherwise to standard output
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// For instructors: with xAPI, say passed or failed from this share of the scale on (0 to 1)
    #[arg(long, value_name = "SHARE")]
    pub grade: Option<f64>,
    /// Look at a file of xAPI statements instead, and say what is wrong with it (`-` is standard input)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "grade"])]
    pub check: Option<PathBuf>,
}

/// Exports.
///
/// # Errors
/// Where there is no such session, or it cannot be written.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    if let Some(file) = &args.check {
        return check(file, out);
    }
    if args.grade.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        return Err(Error::unusable("--grade takes a share of the scale between 0 and 1, such as 0.6."));
    }
    if args.grade.is_some() && args.format != Form::Xapi {
        return Err(Error::unusable("--grade belongs to --format xapi: nothing else is ever graded."));
    }
    let kept = kept::expect(globals, out)?;
    let all = args.id == "all";
    let rows = if all {
        let person = kept.person(args.trainee.as_deref())?;
        let mut rows = kept.record.read(|read| sessions::of(read, Some(person.id)))?;
        rows.retain(|row| row.turns > 0 || !row.open);
        rows
    } else {
        vec![kept.session(&args.id, args.trainee.as_deref())?]
    };
    let mut reports = Vec::with_capacity(rows.len());
    for row in &rows {
        reports.push(report(&kept, row, globals)?);
    }
    for report in reports.iter().filter(|report| !matches!(report.revisit.fidelity, Fidelity::Identical)) {
        out.note(&format!("practicum: session {}: {}", report.revisit.row.id, report.revisit.fidelity));
    }
    let text = match args.format {
        Form::Html => sessions_page(&reports),
        Form::Markdown => reports.iter().map(session_markdown).collect::<Vec<_>>().join("\n\n"),
        Form::Csv => turns_csv(&reports),
        Form::Json if all => {
            let person = kept.person(args.trainee.as_deref())?;
            let mut value = kept.record.read(|read| whole::of_person(read, person.id))?;
            if let Some(fields) = value.as_object_mut() {
                fields.insert("sessions_in_full".to_owned(), reports.iter().map(session_json).collect());
            }
            format!("{value:#}\n")
        }
        Form::Json => reports.iter().map(|report| format!("{:#}\n", session_json(report))).collect(),
        Form::Xapi => statements(args, &reports, out)?,
        Form::Session if all => return hand_in_all(args, &reports, out),
        Form::Session => hand_in(&reports, out)?,
    };
    write_out(args.out.as_deref(), &text, out)
}

fn report(kept: &kept::Kept, row: &SessionRow, globals: &Globals) -> Result<SessionReport, Error> {
    let (revisit, _) = kept.revisit(row, globals)?;
    let ratings = kept.record.read(|read| ratings::of(read, row.id))?;
    let notes = kept.record.read(|read| notes::of(read, row.id))?;
    let course = match row.course {
        Some(id) => kept.record.read(|read| courses::by_id(read, id))?.map(|course| course.name),
        None => None,
    };
    Ok(SessionReport::new(revisit, ratings, notes, course, kept.name_of(row.person)))
}

fn statements(args: &Args, reports: &[SessionReport], out: &mut Out) -> Result<String, Error> {
    let open: Vec<String> = reports.iter().filter(|report| report.revisit.row.open).map(|report| report.revisit.row.id.to_string()).collect();
    if !open.is_empty() {
        out.note(&format!("practicum: left out, since broken off and not closed: {}.", open.join(", ")));
    }
    let text: String = reports.iter().flat_map(|report| xapi::statements(report, args.grade)).map(|statement| format!("{statement}\n")).collect();
    match xapi::problems(&text).first() {
        None => Ok(text),
        Some(problem) => {
            Err(Error::unusable(format!("These statements would break the rules of cmi5 ({problem}), so nothing was written. Please report this.")))
        }
    }
}

/// A session as a file to hand in.
fn hand_in(reports: &[SessionReport], out: &mut Out) -> Result<String, Error> {
    let Some(report) = reports.first() else { return Ok(String::new()) };
    if report.revisit.row.open {
        out.note("practicum: this session was broken off; it is handed in as it stands.");
    }
    let made = HandIn::made_of(&report.revisit, &report.person, report.ratings.clone());
    made.map(|made| made.text()).map_err(|error| Error::unusable(format!("This session cannot be handed in: {error}.")))
}

fn hand_in_all(args: &Args, reports: &[SessionReport], out: &mut Out) -> Result<Exit, Error> {
    let Some(folder) = &args.out else { return Err(Error::unusable("One file a session: --out names the folder for them.")) };
    std::fs::create_dir_all(folder).map_err(|cause| Error::surroundings(format!("I could not make `{}`", folder.display()), cause))?;
    for report in reports {
        let name = format!("{}-{}.json", file_stem(&report.title()), report.revisit.row.id);
        let text = hand_in(std::slice::from_ref(report), out)?;
        write_out(Some(&folder.join(name)), &text, out)?;
    }
    Ok(Exit::Fine)
}

/// Into a file of its own, which is never written over, or to standard output.
fn write_out(path: Option<&Path>, text: &str, out: &mut Out) -> Result<Exit, Error> {
    let Some(path) = path else {
        write!(out, "{text}")?;
        return Ok(Exit::Fine);
    };
    if path.as_os_str() == "-" {
        write!(out, "{text}")?;
        return Ok(Exit::Fine);
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    let file = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    match file {
        Ok(()) => {
            out.note(&format!("practicum: written to {}.", path.display()));
            Ok(Exit::Fine)
        }
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Error::unusable(format!("`{}` is there already, and I do not overwrite it. Take another name.", path.display())))
        }
        Err(cause) => Err(Error::surroundings(format!("I could not write `{}`", path.display()), cause)),
    }
}

fn check(file: &Path, out: &mut Out) -> Result<Exit, Error> {
    let text = if file.as_os_str() == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    let text = text.map_err(|cause| Error::Unreadable { path: file.display().to_string(), cause })?;
    let problems = xapi::problems(&text);
    for problem in &problems {
        writeln!(out, "{}", crate::text::on_one_line(problem))?;
    }
    if problems.is_empty() {
        let count = text.lines().filter(|line| !line.trim().is_empty()).count();
        writeln!(out, "{} in cmi5's order.", crate::diagnostic::wording::counted(count, "statement"))?;
    }
    Ok(if problems.is_empty() { Exit::Fine } else { Exit::Findings })
}
