//! `show SCENARIO`: what a trainee may know before the first session.

use super::list::Format;
use super::{Error, Exit, Globals, Out};
use crate::report::shelf::{show_text, shown};
use std::io::Write;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario: its name in the list, or the path of its folder
    pub scenario: String,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

/// Prints the scenario's sheet.
///
/// # Errors
/// Where there is no such scenario, or standard output cannot be written to.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let scenario = globals.open(&args.scenario)?;
    match args.format {
        Format::Text => {
            let text = show_text(&out.page(false), &scenario);
            write!(out, "{}", text.trim_start_matches('\n'))?;
        }
        Format::Json => writeln!(out, "{}", serde_json::to_string(&shown(&scenario)).map_err(std::io::Error::from)?)?,
    }
    Ok(Exit::Fine)
}
