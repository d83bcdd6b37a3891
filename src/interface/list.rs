//! `list`: the shelf, built in and from folders.

use super::{Error, Exit, Globals, Out};
use crate::report::shelf::list_text;
use std::io::Write;

/// How a command answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// For people or for programs
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

/// Prints the shelf. What is broken is named on standard error; the rest is listed all the same.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let shelf = globals.shelf();
    let (listed, findings) = shelf.list();
    match args.format {
        Format::Text => {
            let text = list_text(&out.page(false), &listed);
            write!(out, "{}", text.trim_start_matches('\n'))?;
            if out.is_terminal() && !listed.is_empty() {
                writeln!(out, "\npracticum show NAME tells more; practicum play NAME begins.")?;
            }
        }
        Format::Json => writeln!(out, "{}", serde_json::to_string(&listed).map_err(std::io::Error::from)?)?,
    }
    for finding in &findings {
        out.note(&format!("practicum: {}", finding.one_line(None)));
    }
    Ok(if findings.is_empty() { Exit::Fine } else { Exit::Findings })
}
