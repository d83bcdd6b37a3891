//! `completions SHELL`: what a shell needs to complete our commands.

use super::cli::Cli;
use super::{Error, Exit, Globals, Out};
use clap::CommandFactory;
use std::io::Write;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell to complete for
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Prints the completions.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn run(args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "practicum", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Fine)
}
