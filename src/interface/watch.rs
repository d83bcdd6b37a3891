//! `watch PATH`: on every save the scenario is checked and tested again, and the session that runs beside it hears the same words on the new
//! version. An author sees what a change does before the chair is cold.

mod listening;
mod seat;

use super::check::folders;
use super::play::settings;
use super::{Error, Exit, Globals, Out};
use crate::check::coverage::Coverage;
use crate::check::{Looked, look, transcripts};
use crate::diagnostic::wording::counted;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::diagnostics::drawn;
use crate::scenario::parse::parse;
use crate::scenario::transcript::TranscriptFile;
use crate::scenario::{Folder, Scenario, Shelf};
use crate::session::Opening;
use listening::{News, listen};
use seat::Seat;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario's folder, or one with several inside
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Only check and test; sit with nobody
    #[arg(long)]
    no_play: bool,
    /// The session to sit in
    #[arg(long, value_name = "N", default_value_t = 1)]
    session: u32,
    /// The seed of every choice
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Begin elsewhere: trust=0.6, a quality such as arousal=0.3, flag:NAME, told:NAME; may be given again
    #[arg(long, value_name = "KEY=VALUE", value_delimiter = ',')]
    set: Vec<String>,
    /// Begin as if so many turns had passed
    #[arg(long, value_name = "N", default_value_t = 0)]
    after_turn: u32,
    /// For screen readers
    #[arg(long)]
    plain: bool,
}

/// Watches until Ctrl-C.
///
/// # Errors
/// A path without a scenario, or a folder that the system does not let us watch.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let (found, looked) = folders(std::slice::from_ref(&args.path));
    if found.is_empty() {
        let why = looked.findings.first().map(|finding| finding.one_line(None)).unwrap_or_default();
        return Err(Error::unusable(format!("There is nothing to watch: {why}")));
    }
    let mut watched: Vec<Watched> = found.into_iter().map(Watched::new).collect();
    let opening = Opening { seed: args.seed, session: args.session, set: settings(&args.set)?, after_turn: args.after_turn, carried: None };
    for one in &mut watched {
        one.look_again(out)?;
    }
    let mut seat = None;
    if !args.no_play && watched.len() == 1 {
        seat = Some(Seat::new(opening, args.plain));
    }
    if let (Some(seat), Some(scenario)) = (&mut seat, watched.first().and_then(Watched::scenario)) {
        seat.sit(&scenario, out)?;
    }
    // The thing that watches must outlive the loop.
    let (news, _debouncer) = listen(&args.path, seat.is_some()).map_err(|(what, cause)| Error::surroundings(what, cause))?;
    writeln!(out, "Watching {}. Save a file, and it is looked at again; Ctrl-C ends.", args.path.display())?;
    out.flush()?;
    let _ = globals;
    while let Ok(news) = news.recv() {
        match news {
            News::Saved(paths) => saved(&paths, &mut watched, seat.as_mut(), out)?,
            News::Typed(line) => {
                if let Some(seat) = &mut seat
                    && seat.take(&line, out)?
                {
                    break;
                }
            }
            News::Trouble(sentence) => out.note(&format!("practicum: {sentence}")),
            News::InputEnds => {}
            News::Interrupted => {
                writeln!(out)?;
                break;
            }
        }
        out.flush()?;
    }
    Ok(Exit::Fine)
}

/// Looks at the scenarios that were touched, and lets the session hear its words again.
fn saved(paths: &[PathBuf], watched: &mut [Watched], mut seat: Option<&mut Seat>, out: &mut Out) -> Result<(), Error> {
    for one in watched.iter_mut().filter(|one| one.holds(paths)) {
        let names: Vec<&str> = paths.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        writeln!(out, "\n--- {} saved", crate::text::neutralise(&names.join(", ")))?;
        let playable = one.look_again(out)?;
        let Some(seat) = seat.as_deref_mut() else { continue };
        match one.scenario().filter(|_| playable) {
            Some(scenario) => seat.hear_again(&scenario, out)?,
            None => writeln!(out, "The session stays with the last version that could be played.")?,
        }
    }
    Ok(())
}

/// A scenario that is watched.
struct Watched {
    folder: Folder,
    /// What was wrong when it was last looked at, a line each.
    wrong: Vec<String>,
}

impl Watched {
    const fn new(folder: Folder) -> Self {
        Self { folder, wrong: Vec::new() }
    }

    fn scenario(&self) -> Option<Arc<Scenario>> {
        Shelf::empty().with(self.folder.clone()).open(&self.folder.name()).ok()
    }

    /// Whether any of these files is one of its own.
    fn holds(&self, paths: &[PathBuf]) -> bool {
        let Folder::Disk(folder) = &self.folder else { return false };
        let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = real(folder);
        paths.iter().any(|path| real(path.parent().unwrap_or(path)).starts_with(&folder) || path.starts_with(&folder))
    }

    /// Checks and tests; tells what is new and what is gone. True where it can be played.
    fn look_again(&mut self, out: &mut Out) -> Result<bool, Error> {
        let looked = look(&self.folder, 0);
        let now: Vec<String> = looked.findings.iter().map(told).collect();
        let colour = out.paint().is_on();
        for (finding, line) in looked.findings.iter().zip(&now) {
            // Advice that stood before is not told at every save.
            if !self.wrong.contains(line) {
                writeln!(out, "{}\n", drawn(finding, looked.text(finding), colour))?;
            }
        }
        let gone = self.wrong.iter().filter(|line| !now.contains(line)).count();
        writeln!(
            out,
            "{}: {}{}",
            self.folder.name(),
            standing(&looked),
            if gone > 0 { format!("; {} gone", counted(gone, "finding")) } else { String::new() }
        )?;
        self.wrong = now;
        let playable = !looked.findings.iter().any(Diagnostic::is_error);
        if let Some(scenario) = self.scenario().filter(|_| playable) {
            self.test(&scenario, out)?;
        }
        Ok(playable)
    }

    fn test(&self, scenario: &Arc<Scenario>, out: &mut Out) -> Result<(), Error> {
        let mut coverage = Coverage::of(scenario);
        let (mut all, mut differ) = (0, 0);
        for file in self.folder.files_in("transcripts") {
            let Ok(Some(source)) = self.folder.read(&file) else { continue };
            let Ok(transcript) = parse::<TranscriptFile>(&source, "TranscriptFile") else { continue };
            let outcome = transcripts::play(scenario, &transcript);
            coverage.take(&outcome.events);
            all += 1;
            if !outcome.differences.is_empty() {
                differ += 1;
                writeln!(out, "differs  {file}  {}", crate::text::neutralise(&transcript.title))?;
                for difference in &outcome.differences {
                    for line in difference.to_string().lines() {
                        writeln!(out, "         {}", crate::text::neutralise(line))?;
                    }
                }
            }
        }
        if all > 0 {
            let verdict = if differ == 0 { "all as written".to_owned() } else { format!("{differ} differ") };
            let reached = coverage.reached();
            let answered = reached.reactions.iter().filter(|one| one.answered > 0).count();
            writeln!(out, "{}: {verdict}. They reach {answered} of {}.", counted(all, "transcript"), counted(reached.reactions.len(), "reaction"))?;
        }
        Ok(())
    }
}

/// A finding without its place, so that lines that only moved are not new.
fn told(finding: &Diagnostic) -> String {
    format!("{} {} {}", finding.code, finding.file, finding.message)
}

/// "nothing to mend", "2 errors, 1 warning".
fn standing(looked: &Looked) -> String {
    let count = |severity: Severity| looked.findings.iter().filter(|finding| finding.severity == severity).count();
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .into_iter()
        .map(|(severity, name)| (count(severity), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| counted(count, name))
        .collect();
    if parts.is_empty() { "nothing to mend".to_owned() } else { parts.join(", ") }
}
