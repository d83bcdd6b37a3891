//! What can be typed after `practicum`: the global options and one variant a command.

use super::out::{ColorChoice, Out};
use super::{
    Error, Exit, agree, check, completions, debrief, drill, export, fit_weights, fmt, forget, graph, history, list, manual, play, progress, replay, score,
    show, simulate, test, unmatched, watch, welcome,
};
use crate::record::DataDir;
use crate::scenario::{Scenario, Shelf};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "practicum",
    version,
    about = "Sit with a scripted client, and see which words earned trust.",
    long_about = "Practicum is a practice room for trainee therapists. You type what you would say; a scripted client answers as a person might, \
                  trusting you more or less with every sentence; and a debrief at the end shows which words did it. It works offline, the same words \
                  give the same session, and nothing you type leaves this machine.\n\nStart with `practicum` alone, or with `practicum play samantha`.",
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub globals: Globals,
    /// The command; none is the welcome.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Globals {
    /// Keep records in this folder (otherwise PRACTICUM_DATA, otherwise the platform's data folder)
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub data_dir: Option<PathBuf>,
    /// Look for scenarios in this folder too; may be given again (otherwise PRACTICUM_SCENARIOS)
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub scenarios: Vec<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", help_heading = "Everywhere")]
    pub color: ColorChoice,
}

impl Globals {
    /// The folders to look for scenarios in, besides the built-in ones: as given, otherwise those of `PRACTICUM_SCENARIOS`.
    #[must_use]
    pub fn scenario_folders(&self) -> Vec<PathBuf> {
        if !self.scenarios.is_empty() {
            return self.scenarios.clone();
        }
        std::env::var_os("PRACTICUM_SCENARIOS")
            .map(|list| std::env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect())
            .unwrap_or_default()
    }

    /// The folder for records: as given, otherwise `PRACTICUM_DATA`, otherwise the platform's data folder for `practicum`. It need not exist.
    #[must_use]
    pub fn data_folder(&self) -> Option<PathBuf> {
        self.data().map(|folder| folder.path().to_owned())
    }

    /// The same, as the record takes it.
    #[must_use]
    pub fn data(&self) -> Option<DataDir> {
        DataDir::resolve(self.data_dir.as_deref())
    }

    /// The shelf: what is built in, and the folders, later ones first.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        self.scenario_folders().iter().fold(Shelf::built_in(), |shelf, folder| shelf.with_folder(folder))
    }

    /// Opens a scenario by name or path.
    ///
    /// # Errors
    /// Where there is none of this name (the nearest names are told), or where it is broken.
    pub fn open(&self, name: &str) -> Result<Arc<Scenario>, Error> {
        self.shelf().open(name).map_err(|error| Error::unusable(crate::text::neutralise(&error.to_string()).into_owned()))
    }
}

/// One command, one variant, one file.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sit with a client
    Play(play::Args),
    /// List what was kept, or find words in it
    History(history::Args),
    /// See what changed over your sessions, and what to practise next
    Progress(progress::Args),
    /// Talk about a session again
    Debrief(debrief::Args),
    /// Go through a session again, turn by turn; what if; recall
    Replay(replay::Args),
    /// Take sessions away: as a page, text, a table, data, or a file to hand in
    Export(export::Args),
    /// Delete what was kept, for good
    Forget(forget::Args),
    /// Practise one skill at a time: a line, a try, feedback, the next line
    Drill(drill::Args),
    /// List the clients to sit with
    List(list::Args),
    /// Read about a client before the first session
    Show(show::Args),
    /// Score replies or whole transcripts from outside
    Score(score::Args),
    /// Compare the scores with readers
    Agree(agree::Args),
    /// Make a blind rating sheet; `agree` reads the filled ones
    AgreeSheet(super::agree_sheet::Args),
    /// Rate the turns of a kept session beside the program
    Review(super::review::Args),
    /// Write an assignment for a group
    Assign(super::assign::Args),
    /// Check sessions that were handed in, and hold them against the assignment
    Collect(super::collect::Args),
    /// Learn the weights of the scoring model
    #[command(hide = true)]
    FitWeights(fit_weights::Args),
    /// Make a folder with a client that works, to change as you like
    New(super::new::Args),
    /// Find everything that is wrong with a scenario, all at once
    Check(check::Args),
    /// Lay out a scenario's files; comments stay
    Fmt(fmt::Args),
    /// Play a scenario's transcripts and compare
    Test(test::Args),
    /// Let simulated trainees sit with a client, and see whom it rewards
    Simulate(simulate::Args),
    /// Open a room for a class, in the browser
    Serve(super::serve::Args),
    /// Find what trainees say that only a fallback answers
    Unmatched(unmatched::Args),
    /// Draw a client as one picture: topics, gates, layers, what answers
    Graph(graph::Args),
    /// Check, test and play again on every save
    Watch(watch::Args),
    /// A class without a network: fishbowl and relay in one terminal, hand-ins on one board
    Class(super::class::Args),
    /// Look up a word of a scenario's files or of its script
    Reference(super::reference::Args),
    /// Print completions for your shell
    Completions(completions::Args),
    /// Print the manual page
    Man(manual::Args),
}

/// Reads the command line. What clap has to say (help, version, a usage error) is said here; then the exit is given.
///
/// # Errors
/// The exit to end with, where there is nothing to run.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Exit> {
    let args: Vec<OsString> = args.into_iter().collect();
    let command = Cli::command().color(clap_colour(&args));
    let parsed = command.try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        // A help text that nobody reads any more is fine; a usage error that cannot be shown is still one.
        let _ = error.print();
        if error.use_stderr() { Exit::Usage } else { Exit::Fine }
    })
}

/// Runs the command.
///
/// # Errors
/// What kept it from its work.
pub fn dispatch(cli: Cli, out: &mut Out) -> Result<Exit, Error> {
    let Cli { globals, command } = cli;
    match command {
        None if out.is_terminal() && std::io::stdin().is_terminal() => welcome::run(&globals, out),
        None => help_instead(out),
        Some(Command::Play(args)) => play::run(&args, &globals, out),
        Some(Command::History(args)) => history::run(&args, &globals, out),
        Some(Command::Progress(args)) => progress::run(&args, &globals, out),
        Some(Command::Debrief(args)) => debrief::run(&args, &globals, out),
        Some(Command::Replay(args)) => replay::run(&args, &globals, out),
        Some(Command::Export(args)) => export::run(&args, &globals, out),
        Some(Command::Forget(args)) => forget::run(&args, &globals, out),
        Some(Command::Drill(args)) => drill::run(&args, &globals, out),
        Some(Command::List(args)) => list::run(&args, &globals, out),
        Some(Command::Show(args)) => show::run(&args, &globals, out),
        Some(Command::Score(args)) => score::run(&args, &globals, out),
        Some(Command::Agree(args)) => agree::run(&args, &globals, out),
        Some(Command::AgreeSheet(args)) => super::agree_sheet::run(&args, &globals, out),
        Some(Command::Review(args)) => super::review::run(&args, &globals, out),
        Some(Command::Assign(args)) => super::assign::run(&args, &globals, out),
        Some(Command::Collect(args)) => super::collect::run(&args, &globals, out),
        Some(Command::FitWeights(args)) => fit_weights::run(&args, &globals, out),
        Some(Command::New(args)) => super::new::run(&args, &globals, out),
        Some(Command::Check(args)) => check::run(&args, &globals, out),
        Some(Command::Fmt(args)) => fmt::run(&args, &globals, out),
        Some(Command::Test(args)) => test::run(&args, &globals, out),
        Some(Command::Simulate(args)) => simulate::run(&args, &globals, out),
        Some(Command::Serve(args)) => super::serve::run(&args, &globals, out),
        Some(Command::Unmatched(args)) => unmatched::run(&args, &globals, out),
        Some(Command::Graph(args)) => graph::run(&args, &globals, out),
        Some(Command::Watch(args)) => watch::run(&args, &globals, out),
        Some(Command::Class(args)) => super::class::run(&args, &globals, out),
        Some(Command::Reference(args)) => super::reference::run(&args, &globals, out),
        Some(Command::Completions(args)) => completions::run(&args, &globals, out),
        Some(Command::Man(args)) => manual::run(&args, &globals, out),
    }
}

/// `practicum` alone and not at a terminal: the help, as a message, and exit 2.
fn help_instead(out: &mut Out) -> Result<Exit, Error> {
    let help = Cli::command().render_help();
    out.note(&help.to_string());
    Ok(Exit::Usage)
}

/// The colour of clap's own texts, from a first look at the arguments: clap speaks before `--color` is read.
fn clap_colour(args: &[OsString]) -> clap::ColorChoice {
    let mut words = args.iter().map(|word| word.to_string_lossy());
    let mut choice = clap::ColorChoice::Auto;
    while let Some(word) = words.next() {
        let value = match word.as_ref() {
            "--color" => words.next(),
            "--" => break,
            other => other.strip_prefix("--color=").map(|value| value.to_owned().into()),
        };
        choice = match value.as_deref() {
            Some("always") => clap::ColorChoice::Always,
            Some("never") => clap::ColorChoice::Never,
            Some("auto") => clap::ColorChoice::Auto,
            _ => choice,
        };
    }
    choice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
