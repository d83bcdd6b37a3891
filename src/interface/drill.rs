//! `drill [SKILL]`: deliberate practice. One line to answer, the criteria beforehand, feedback after, then the next; easier, harder, or again.

mod commands;
mod kept;
mod sitting;

use super::play::Form;
use super::repl::editor::EditedLines;
use super::repl::lines::{Lines, PipedLines, Read};
use super::repl::terminal::{PlainLines, restore_when_stopped};
use super::{Error, Exit, Globals, Out};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::wording::{any_of, did_you_mean_or_list, nearest};
use crate::drill::set::{built_in_sources, source_at, sources_in};
use crate::drill::{Book, Drills, Practice, Skill, suggest};
use crate::report::Page;
use crate::report::drill as set;
use crate::scenario::source::Source;
use kept::Kept;
use serde_json::{Value, json};
use sitting::Sitting;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What can be typed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// The skill to practise; without one, what is due comes back and the next skill is suggested
    #[arg(value_name = "SKILL")]
    pub skill: Option<String>,
    /// Show the skills and where you stand in each
    #[arg(long)]
    pub list: bool,
    /// Stay on this level, 1 to 5
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub level: Option<u8>,
    /// End after so many tries
    #[arg(long, value_name = "N")]
    pub tries: Option<u32>,
    /// Look for drills in this folder too; may be given again
    #[arg(long, value_name = "DIR")]
    pub drills: Vec<PathBuf>,
    /// For people or for programs (one event a line)
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Form,
    /// Labelled lines without colour, boxes or cursor tricks: for screen readers and for programs
    #[arg(long)]
    pub plain: bool,
    /// The name you want to be kept under
    #[arg(long = "as", value_name = "NAME")]
    pub trainee: Option<String>,
    /// Keep nothing of this practice
    #[arg(long)]
    pub no_save: bool,
}

/// Practises.
///
/// # Errors
/// Where there is no such skill, or a stream fails.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let (drills, findings) = all(&args.drills, globals);
    for finding in &findings {
        out.note(&format!("practicum: {}", finding.one_line(None)));
    }
    let kept = Kept::open(args, globals, out);
    let book = kept.book();
    let person = io::stdin().is_terminal() && out.is_terminal() && args.format == Form::Text;
    let mut page = out.page(args.plain || args.format == Form::Json);
    page.plain |= args.format == Form::Json;
    if args.list {
        return list(args, &drills, &book, &page, out);
    }
    let suggested = suggest(&drills, &book);
    let mut lines = lines_for(args, person, out)?;
    let skill = match &args.skill {
        Some(name) => named(&drills, name)?,
        None if person => {
            write!(out, "{}", set::overview(&page, &drills, &book, suggested.as_ref()))?;
            match choose(&drills, suggested.as_ref().map(|suggestion| suggestion.skill), &page, &mut *lines, out)? {
                Some(skill) => skill,
                None => return Ok(Exit::Fine),
            }
        }
        None => suggested.as_ref().map(|suggestion| suggestion.skill).ok_or_else(|| Error::unusable("There are no drills to practise."))?,
    };
    let practice = Practice::begin(&drills, skill, book, args.skill.is_none(), args.level);
    let mut sitting = Sitting { args, globals, drills: &drills, practice, kept, page, person, first: 0, met: 0, offer: None, last: None };
    sitting.run(&mut *lines, out)?;
    Ok(Exit::Fine)
}

/// Built-in drills, then those of `--drills`, then `drills/` in each scenarios folder.
#[must_use]
pub fn all(given: &[PathBuf], globals: &Globals) -> (Drills, Vec<Diagnostic>) {
    let mut drills = Drills::built_in();
    let beside = globals.scenario_folders().into_iter().map(|folder| folder.join("drills")).filter(|folder| folder.is_dir());
    let findings = given.iter().cloned().chain(beside).flat_map(|folder| drills.add_folder(&folder)).collect();
    (drills, findings)
}

/// The texts to check: of these paths, or all there are; and the paths that hold no drills.
#[must_use]
pub fn sources(paths: &[PathBuf], globals: &Globals) -> (Vec<Result<Source, Vec<Diagnostic>>>, Vec<PathBuf>) {
    if paths.is_empty() {
        let beside = globals.scenario_folders().into_iter().map(|folder| folder.join("drills")).filter(|folder| folder.is_dir());
        return (built_in_sources().into_iter().chain(beside.flat_map(|folder| sources_in(&folder))).collect(), Vec::new());
    }
    let is_drills = |path: &Path| std::fs::canonicalize(path).is_ok_and(|path| path.file_name().is_some_and(|name| name == "drills"));
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() && is_drills(path) {
            found.extend(sources_in(path));
        } else if path.is_file() && path.parent().is_some_and(|parent| is_drills(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })) {
            found.push(source_at(path));
        } else {
            if path.join("drills").is_dir() {
                found.extend(sources_in(&path.join("drills")));
            }
            rest.push(path.clone());
        }
    }
    (found, rest)
}

fn named<'a>(drills: &'a Drills, name: &str) -> Result<&'a Skill, Error> {
    let wanted = name.trim().to_lowercase().replace(['-', ' '], "_");
    let by_number = wanted.parse::<usize>().ok().and_then(|number| drills.skills().get(number.checked_sub(1)?));
    drills.skill(&wanted).or(by_number).ok_or_else(|| {
        let known = drills.skills().iter().map(Skill::id);
        let hint = did_you_mean_or_list(&wanted, known, "there is").unwrap_or_default();
        Error::unusable(format!("There is no drill `{name}`; {hint}."))
    })
}

fn list(args: &Args, drills: &Drills, book: &Book, page: &Page, out: &mut Out) -> Result<Exit, Error> {
    let suggested = suggest(drills, book);
    if args.format == Form::Json {
        let skills: Vec<Value> = drills
            .skills()
            .iter()
            .map(|skill| {
                json!({ "skill": skill.id(), "title": skill.title(), "stimuli": skill.stimuli().len(), "teaches": skill.teaches(), "standing": book.standing(skill.id()) })
            })
            .collect();
        let next = suggested.map(|next| json!({ "skill": next.skill.id(), "because": next.because }));
        writeln!(out, "{}", json!({ "practices": book.practices(), "skills": skills, "next": next }))?;
    } else {
        write!(out, "{}", set::overview(page, drills, book, suggested.as_ref()))?;
    }
    Ok(Exit::Fine)
}

fn choose<'a>(drills: &'a Drills, suggested: Option<&'a Skill>, page: &Page, lines: &mut dyn Lines, out: &mut Out) -> Result<Option<&'a Skill>, Error> {
    loop {
        out.flush()?;
        let typed = match next(lines, "Which one? (a number or a name; Enter takes the suggestion; q leaves) ")? {
            Read::Line(line) | Read::Cut(line) => line.trim().to_lowercase(),
            Read::Interrupted | Read::End => return Ok(None),
        };
        if typed.is_empty() {
            return Ok(suggested);
        }
        if matches!(typed.as_str(), "q" | "quit" | "/quit") {
            return Ok(None);
        }
        if let Ok(skill) = named(drills, &typed) {
            return Ok(Some(skill));
        }
        let near = nearest(&typed, drills.skills().iter().map(Skill::id));
        let hint = if near.is_empty() { "There is no skill of that name or number.".to_owned() } else { format!("Did you mean {}?", any_of(near, 3)) };
        write!(out, "{}", page.paragraph(0, &hint.replace('`', "")))?;
    }
}

fn lines_for(args: &Args, person: bool, out: &Out) -> Result<Box<dyn Lines>, Error> {
    let broken = |cause| Error::surroundings("I could not use this terminal", cause);
    if !person {
        return Ok(Box::new(PipedLines::new(io::stdin().lock())));
    }
    restore_when_stopped();
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    if args.plain || dumb {
        return Ok(Box::new(PlainLines::new().map_err(broken)?));
    }
    Ok(Box::new(EditedLines::knowing(out.paint(), commands::COMMANDS).map_err(broken)?))
}

fn next(lines: &mut dyn Lines, prompt: &str) -> Result<Read, Error> {
    lines.next(prompt).map_err(|cause| Error::surroundings("I could not read what was typed", cause))
}
