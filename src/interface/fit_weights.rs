//! `fit-weights`: learns the weights of the scoring model from the judged replies. The same data give the same bytes.

use super::{Error, Exit, Globals, Out};
use crate::scoring::validity::{fit_all, read};
use std::io::Write;
use std::path::PathBuf;

/// Learn the weights of the scoring model from judged replies
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Judged replies; otherwise the shipped validity set
    file: Option<PathBuf>,
    /// The version that the weights are to be known by
    #[arg(long, default_value_t = 1, value_name = "N")]
    version: u32,
}

/// Runs the command: the text of `codebook/weights/weights.txt` on standard output.
///
/// # Errors
/// A file that cannot be read or is no set of judged replies.
pub fn run(args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let from_file = match &args.file {
        Some(path) => Some(std::fs::read_to_string(path).map_err(|cause| Error::Unreadable { path: path.display().to_string(), cause })?),
        None => None,
    };
    let text = from_file.as_deref().unwrap_or(super::agree::VALIDITY_SET);
    let set = read(text).map_err(|(line, why)| Error::unusable(format!("line {line}: {why}")))?;
    write!(out, "{}", fit_all(&set, args.version))?;
    Ok(Exit::Fine)
}
