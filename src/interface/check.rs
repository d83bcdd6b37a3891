//! `check [PATH…]`: everything that is wrong with scenarios, all at once, in the author's own lines.

use super::{Error, Exit, Globals, Out};
use crate::check::drills::look_at_drills;
use crate::check::{Looked, codes, look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::diagnostics::{drawn, json, next_step, plain, summary};
use crate::scenario::Folder;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// For whom findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum CheckFormat {
    /// For people: the author's line with the words marked
    #[default]
    Human,
    /// For editors: file:line:column: error[CODE]: text
    Plain,
    /// For programs
    Json,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scenario folders, folders with scenarios inside, or `drills` folders; without any, the whole shelf and all drills
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Also play seeded courses, in search of layers that are never told
    #[arg(long)]
    pub deep: bool,
    /// How many courses `--deep` plays
    #[arg(long, value_name = "N", default_value_t = 60, requires = "deep")]
    pub courses: u32,
    /// Leave advice out
    #[arg(long)]
    pub no_advice: bool,
    /// For whom findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: CheckFormat,
    /// Tell all about a code, such as S020; `all` lists them
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

/// Looks and tells.
///
/// # Errors
/// An unknown code, or standard output that cannot be written to.
pub fn run(args: &Args, globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    if let Some(code) = &args.explain {
        return explain(code, out);
    }
    let (drills, paths) = super::drill::sources(&args.paths, globals);
    let everything = args.paths.is_empty();
    let (folders, mut looked) = if everything { (globals.shelf().folders().to_vec(), Looked::default()) } else { folders(&paths) };
    looked.join(look_at_drills(drills));
    let deep = if args.deep { args.courses } else { 0 };
    let found: Vec<Looked> = folders.par_iter().map(|folder| look(folder, deep)).collect();
    looked.findings.extend(same_ids(&folders));
    found.into_iter().for_each(|one| looked.join(one));
    if args.no_advice {
        looked.findings.retain(|finding| finding.severity != Severity::Advice);
    }
    tell(args.format, &looked, out)?;
    Ok(if looked.must_be_mended() { Exit::Findings } else { Exit::Fine })
}

fn tell(format: CheckFormat, looked: &Looked, out: &mut Out) -> Result<(), Error> {
    match format {
        CheckFormat::Human => {
            let colour = out.paint().is_on();
            for finding in &looked.findings {
                writeln!(out, "{}\n", drawn(finding, looked.text(finding), colour))?;
            }
            writeln!(out, "{}", summary(&looked.findings, looked.scenarios, looked.drills))?;
            if let Some(next) = next_step(&looked.findings) {
                writeln!(out, "{next}")?;
            }
        }
        CheckFormat::Plain => {
            for finding in &looked.findings {
                writeln!(out, "{}", plain(finding, looked.text(finding)))?;
            }
        }
        CheckFormat::Json => {
            let findings: Vec<serde_json::Value> = looked.findings.iter().map(|finding| json(finding, looked.text(finding))).collect();
            let all = serde_json::json!({ "scenarios": looked.scenarios, "drills": looked.drills, "findings": findings });
            writeln!(out, "{all}")?;
        }
    }
    Ok(())
}

fn explain(code: &str, out: &mut Out) -> Result<Exit, Error> {
    if code == "all" {
        for page in codes::pages() {
            writeln!(out, "{}  {:7}  {}", page.code, page.severity(), page.title())?;
        }
        return Ok(Exit::Fine);
    }
    let page = codes::page(code).map_err(Error::unusable)?;
    write!(out, "{}", page.text)?;
    Ok(Exit::Fine)
}

/// How deep folders are looked into for scenarios.
const DEEPEST: usize = 4;

/// The scenario folders at and below these paths; what is not there is a finding.
#[must_use]
pub fn folders(paths: &[PathBuf]) -> (Vec<Folder>, Looked) {
    let mut looked = Looked::default();
    let mut found: Vec<PathBuf> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let before = found.len();
        // The file itself stands for its folder.
        let own =
            if path.is_file() { path.parent().map(|parent| if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() }) } else { None };
        let path = own.as_deref().unwrap_or(path);
        gather(path, 0, &mut found, &mut seen);
        if found.len() == before {
            let label = path.display().to_string();
            looked.findings.push(if path.is_dir() {
                if seen.contains(&fs::canonicalize(path).unwrap_or_default())
                    && found.iter().any(|other| fs::canonicalize(other).ok() == fs::canonicalize(path).ok())
                {
                    continue;
                }
                Diagnostic::error("F001", &label, "there is no `scenario.ron` in this folder").hint("`practicum new NAME` makes a folder that works")
            } else {
                Diagnostic::error("F012", &label, "there is nothing at this path").hint("name a scenario's folder, or one with scenarios inside")
            });
        }
    }
    (found.into_iter().map(Folder::Disk).collect(), looked)
}

fn gather(path: &Path, depth: usize, found: &mut Vec<PathBuf>, seen: &mut BTreeSet<PathBuf>) {
    // Links may lead in a circle: each real folder is entered once.
    let Ok(real) = fs::canonicalize(path) else { return };
    if depth > DEEPEST || !seen.insert(real) {
        return;
    }
    if fs::symlink_metadata(path.join("scenario.ron")).is_ok() {
        found.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir() && !hidden(path)).collect();
    inside.sort();
    for path in inside {
        gather(&path, depth + 1, found, seen);
    }
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.') || name == "target")
}

/// Two folders with scenarios of one name: only the first could be opened.
fn same_ids(folders: &[Folder]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, &Folder> = BTreeMap::new();
    let mut found = Vec::new();
    for folder in folders {
        let name = folder.name();
        match first.get(&name) {
            // An author's own version of a built-in client goes before it, on purpose.
            Some(other) if !matches!((other, folder), (Folder::Disk(_), Folder::BuiltIn(..))) => {
                let message = format!("there is another scenario `{name}`, in {}; only that one can be opened", other.label(""));
                found.push(Diagnostic::error("F008", &folder.label(""), message).hint("rename one of the two folders, and the `id` in it"));
            }
            Some(_) => {}
            None => {
                first.insert(name, folder);
            }
        }
    }
    found
}
