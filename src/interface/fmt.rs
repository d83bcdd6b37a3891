//! `fmt [PATH…]`: one layout for all RON files of a scenario. Comments stay; a file whose meaning could not be kept is left as it is.

use super::check::folders;
use super::{Error, Exit, Globals, Out};
use crate::diagnostic::wording::counted;
use crate::report::diagnostics::plain;
use crate::scenario::Folder;
use crate::scenario::format::format;
use similar::TextDiff;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scenario folders, or folders with scenarios inside; without any, the folder you are in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Change nothing; exit 1 where something would change
    #[arg(long)]
    pub check: bool,
    /// Change nothing; show what would change
    #[arg(long)]
    pub diff: bool,
}

/// Lays files out.
///
/// # Errors
/// A file that cannot be written.
pub fn run(args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let here = [PathBuf::from(".")];
    let (folders, missing) = folders(if args.paths.is_empty() { &here } else { &args.paths });
    let (mut changed, mut faults, mut same) = (0_usize, missing.findings.len(), 0_usize);
    for finding in &missing.findings {
        out.note(&plain(finding, None));
    }
    for folder in &folders {
        let Folder::Disk(path) = folder else { continue };
        let mut files = vec!["scenario.ron".to_owned(), "codebook.ron".to_owned()];
        files.extend(folder.files_in("transcripts"));
        for name in files {
            let source = match folder.read(&name) {
                Ok(Some(source)) => source,
                Ok(None) => continue,
                Err(found) => {
                    faults += found.len();
                    found.iter().for_each(|finding| out.note(&plain(finding, None)));
                    continue;
                }
            };
            match format(&source) {
                Ok(text) if text == source.text => same += 1,
                Ok(text) => {
                    changed += 1;
                    if args.diff {
                        let diff = TextDiff::from_lines(source.text.as_str(), text.as_str());
                        write!(out, "{}", crate::text::neutralise(&diff.unified_diff().header(&source.file, &source.file).to_string()))?;
                    } else if args.check {
                        writeln!(out, "{} would change", source.file)?;
                    } else {
                        replace(&path.join(&name), &text)?;
                        writeln!(out, "{} laid out", source.file)?;
                    }
                }
                Err(found) => {
                    faults += found.len();
                    found.iter().for_each(|finding| out.note(&plain(finding, Some(&source.text))));
                }
            }
        }
    }
    out.note(&format!(
        "{} as they should be, {} {}.",
        counted(same, "file"),
        counted(changed, "file"),
        if args.check || args.diff { "would change" } else { "changed" }
    ));
    let wrong = faults > 0 || (changed > 0 && (args.check || args.diff));
    Ok(if wrong { Exit::Findings } else { Exit::Fine })
}

/// Writes beside the file and moves it into place, so that nothing is lost half-way. A link is followed to the file it stands for.
fn replace(path: &std::path::Path, text: &str) -> Result<(), Error> {
    let error = |cause| Error::surroundings(format!("I could not write `{}`", path.display()), cause);
    let real = fs::canonicalize(path).map_err(error)?;
    let beside = real.with_extension("ron.new");
    fs::write(&beside, text).map_err(error)?;
    if let Ok(about) = fs::metadata(&real) {
        let _ = fs::set_permissions(&beside, about.permissions());
    }
    fs::rename(&beside, &real).map_err(error)
}
