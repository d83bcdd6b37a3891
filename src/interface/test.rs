//! `test [PATH…]`: every transcript of a scenario, played straight and through save and load; what differs, in words an author can read.

use super::{Error, Exit, Globals, Out};
use crate::check::coverage::Coverage;
use crate::check::transcripts::{Outcome, play};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::wording::counted;
use crate::report::coverage::coverage_text;
use crate::scenario::parse::parse;
use crate::scenario::transcript::TranscriptFile;
use crate::scenario::{Folder, Scenario};
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// For whom the outcome is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TestFormat {
    /// For people.
    #[default]
    Human,
    /// For build servers: JUnit's XML.
    Junit,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scenario folders or names; without any, every scenario on the shelf
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Tell too which reactions, lines, gates and hooks the transcripts reached, and which never
    #[arg(long)]
    coverage: bool,
    /// Write what happened into the transcripts that differ
    #[arg(long)]
    accept: bool,
    /// For people or for build servers
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: TestFormat,
}

/// A transcript that was tried.
struct Tried {
    scenario: String,
    file: String,
    title: String,
    turns: usize,
    result: Result<Outcome, Vec<Diagnostic>>,
}

impl Tried {
    fn passed(&self) -> bool {
        self.result.as_ref().is_ok_and(|outcome| outcome.differences.is_empty())
    }

    /// What is wrong, in lines; empty where nothing is.
    fn wrong(&self, folder: &Folder) -> String {
        let mut text = String::new();
        match &self.result {
            Ok(outcome) => {
                for difference in &outcome.differences {
                    let _ = writeln!(text, "{difference}");
                }
            }
            Err(found) => {
                for finding in found {
                    let _ = writeln!(text, "{}", finding.one_line(folder.text_of(&finding.file).as_deref()));
                }
            }
        }
        text
    }
}

/// Runs the command.
///
/// # Errors
/// A path that is no scenario, or a transcript that cannot be written.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let shelf = globals.shelf();
    let names = if args.paths.is_empty() { shelf.names() } else { args.paths.clone() };
    let mut tried = Vec::new();
    let mut covered = Vec::new();
    let mut broken = false;
    for name in &names {
        let scenario = match shelf.open(name) {
            Ok(scenario) => scenario,
            Err(error) if args.paths.is_empty() => {
                out.note(&error.to_string());
                broken = true;
                continue;
            }
            Err(error) => return Err(Error::unusable(error.to_string())),
        };
        let Some(folder) = shelf.folder(name) else { continue };
        let mut coverage = args.coverage.then(|| Coverage::of(&scenario));
        for file in folder.files_in("transcripts") {
            let one = one(&scenario, &folder, &file);
            if let (Some(coverage), Ok(outcome)) = (&mut coverage, &one.result) {
                coverage.take(&outcome.events);
                coverage.take_hooks(&outcome.hooks);
            }
            tried.push((folder.clone(), one));
        }
        covered.extend(coverage.map(|coverage| (scenario, coverage)));
    }
    if args.accept {
        for (folder, tried) in tried.iter().filter(|(_, tried)| !tried.passed()) {
            accept(folder, tried, out)?;
        }
    }
    match args.format {
        TestFormat::Human => human(&tried, out)?,
        TestFormat::Junit => junit(&tried, out)?,
    }
    if args.format == TestFormat::Human {
        for (scenario, coverage) in &covered {
            write!(out, "{}", coverage_text(&out.page(false), &scenario.file.title, &[("transcripts", coverage.reached())]))?;
        }
    }
    let failed = broken || tried.iter().any(|(_, tried)| !tried.passed());
    Ok(if failed && !args.accept { Exit::Findings } else { Exit::Fine })
}

fn one(scenario: &Arc<Scenario>, folder: &Folder, file: &str) -> Tried {
    let read = folder.read(file).and_then(|source| source.ok_or_else(Vec::new)).and_then(|source| parse::<TranscriptFile>(&source, "TranscriptFile"));
    let (title, turns) = read.as_ref().map_or((String::new(), 0), |transcript| {
        (transcript.title.clone(), transcript.turns.len() + transcript.hours.iter().map(|hour| hour.turns.len()).sum::<usize>())
    });
    let result = read.map(|transcript| play(scenario, &transcript));
    Tried { scenario: scenario.file.id.clone(), file: file.to_owned(), title, turns, result }
}

fn human(tried: &[(Folder, Tried)], out: &mut Out) -> Result<(), Error> {
    for (folder, tried) in tried {
        let mark = if tried.passed() { "ok     " } else { "differs" };
        writeln!(out, "{mark}  {}/{}  {}", tried.scenario, tried.file, tried.title)?;
        for line in tried.wrong(folder).lines() {
            writeln!(out, "         {line}")?;
        }
    }
    let failed = tried.iter().filter(|(_, tried)| !tried.passed()).count();
    let turns: usize = tried.iter().map(|(_, tried)| tried.turns).sum();
    writeln!(
        out,
        "{}, {}: {}",
        counted(tried.len(), "transcript"),
        counted(turns, "turn"),
        if failed == 0 { "all as written".to_owned() } else { format!("{failed} differ") }
    )?;
    Ok(())
}

fn junit(tried: &[(Folder, Tried)], out: &mut Out) -> Result<(), Error> {
    let failed = tried.iter().filter(|(_, tried)| !tried.passed()).count();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuite name=\"transcripts\" tests=\"{}\" failures=\"{failed}\">", tried.len())?;
    for (folder, tried) in tried {
        let name = if tried.title.is_empty() { &tried.file } else { &tried.title };
        let (class, name) = (xml(&format!("{}/{}", tried.scenario, tried.file)), xml(name));
        let wrong = tried.wrong(folder);
        if wrong.is_empty() {
            writeln!(out, "  <testcase classname=\"{class}\" name=\"{name}\"/>")?;
        } else {
            writeln!(out, "  <testcase classname=\"{class}\" name=\"{name}\"><failure message=\"differs\">{}</failure></testcase>", xml(&wrong))?;
        }
    }
    writeln!(out, "</testsuite>")?;
    Ok(())
}

fn xml(text: &str) -> String {
    crate::text::neutralise(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes what happened. Comments of the file are lost, so this is only ever done on asking.
fn accept(folder: &Folder, tried: &Tried, out: &mut Out) -> Result<(), Error> {
    let Ok(outcome) = &tried.result else { return Ok(()) };
    let Folder::Disk(path) = folder else {
        out.note(&format!("{}/{} is built in; copy the scenario to a folder of your own to accept what happened.", tried.scenario, tried.file));
        return Ok(());
    };
    let pretty = ron::ser::PrettyConfig::new().depth_limit(3).extensions(ron::extensions::Extensions::IMPLICIT_SOME).struct_names(false);
    let Ok(text) = ron::ser::to_string_pretty(&outcome.happened, pretty) else { return Ok(()) };
    // The extension is on by default for every scenario file.
    let text = text.trim_start_matches("#![enable(implicit_some)]").trim_start().to_owned();
    let target: PathBuf = path.join(&tried.file);
    fs::write(&target, text + "\n").map_err(|error| Error::surroundings(format!("I could not write `{}`", target.display()), error))?;
    out.note(&format!("{} now says what happened.", target.display()));
    Ok(())
}
