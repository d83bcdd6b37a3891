//! `class`: a class without a network. Fishbowl and relay in one terminal that is passed around, and hand-ins merged into one board.

pub mod home;
pub mod merge;
pub mod together;

use super::{Error, Exit, Globals, Out};
use std::path::PathBuf;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do
    #[command(subcommand)]
    pub command: ClassCommand,
}

/// What a class does without a network.
#[derive(Debug, clap::Subcommand)]
pub enum ClassCommand {
    /// One client, one terminal: all propose, the class picks, the client answers
    Fishbowl(TogetherArgs),
    /// One client, one terminal: each turn is said by the next person
    Relay(TogetherArgs),
    /// Checks sessions that were handed in, and puts them on one board as an HTML page
    Merge(MergeArgs),
    /// The last room to take home: its boards as a page, scores for a learning platform, xAPI
    Home(HomeArgs),
    /// Deletes every room that was kept, for good
    Forget(ForgetArgs),
}

/// What is taken home.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum HomeFor {
    /// The boards as one page that needs nothing beside it
    #[default]
    Page,
    /// Scores as CSV for Canvas, for practice only
    Canvas,
    /// Scores as CSV for Moodle, for practice only
    Moodle,
    /// xAPI statements, one a line
    Xapi,
}

/// For home.
#[derive(Debug, clap::Args)]
pub struct HomeArgs {
    /// What it is for
    #[arg(long = "for", value_enum, default_value_t, value_name = "WHAT")]
    pub what: HomeFor,
    /// Write it here; without it to standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
}

/// For forget.
#[derive(Debug, clap::Args)]
pub struct ForgetArgs {
    /// Do not ask first
    #[arg(long, short)]
    pub yes: bool,
}

/// For fishbowl and relay.
#[derive(Debug, clap::Args)]
pub struct TogetherArgs {
    /// The scenario: its name in the list
    pub scenario: String,
    /// Which session of it
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub session: u32,
    /// Meet exactly the same hour again
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Who takes part, in the order of their turns: Ana,Ben,Chi
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub names: Vec<String>,
    /// How many take part, where nobody gives a name
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub seats: u32,
    /// Labelled lines without colour, boxes or cursor tricks
    #[arg(long)]
    pub plain: bool,
}

/// For merge.
#[derive(Debug, clap::Args)]
pub struct MergeArgs {
    /// The files, 1 to 500
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Write the page here; `-` is standard output
    #[arg(long, short, value_name = "FILE", default_value = "class.html")]
    pub output: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
}

/// Runs the command.
///
/// # Errors
/// What kept it from its work.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    match &args.command {
        ClassCommand::Fishbowl(args) => together::run(args, crate::classroom::Format::Fishbowl, globals, out),
        ClassCommand::Relay(args) => together::run(args, crate::classroom::Format::Relay, globals, out),
        ClassCommand::Merge(args) => merge::run(args, globals, out),
        ClassCommand::Home(args) => home::run(args, globals, out),
        ClassCommand::Forget(args) => home::forget(args, globals, out),
    }
}
