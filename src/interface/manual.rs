//! `man`: the manual page, in the form `man` reads.

use super::cli::Cli;
use super::{Error, Exit, Globals, Out};
use clap::CommandFactory;
use std::io::Write;

/// Nothing can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the manual page: one page for the program, one section a command.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn run(_args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let mut page = Vec::new();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands() {
        section(sub, &mut page)?;
    }
    out.write_all(&page)?;
    Ok(Exit::Fine)
}

/// One command's section of the page.
fn section(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    let name = command.get_name().to_uppercase();
    writeln!(page, ".SH \"PRACTICUM {name}\"")?;
    let man = clap_mangen::Man::new(command.clone());
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)
}
