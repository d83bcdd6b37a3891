//! `new NAME`: a folder with a client that works at once, written like a lesson.

use super::{Error, Exit, Globals, Out};
use crate::diagnostic::wording::all_of;
use crate::scenario::{Folder, Shelf};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a new client is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum From {
    /// One hour with a client who has two topics and one secret: the smallest that is worth an hour
    #[default]
    Minimal,
    /// Three hours in a row, with rupture and repair, a promise and a script
    Course,
    /// A copy of Samantha, to change what you like
    Samantha,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to make; its last part is the scenario's id: small letters, digits, - and _
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// What to start from
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    from: From,
}

/// The client of the two templates, whose names are replaced.
const TEMPLATE_ID: &str = "tess";
const TEMPLATE_NAME: &str = "Tess";

const README: &str = include_str!("new/README.md");
const MINIMAL: &[(&str, &str)] = &[
    ("README.md", README),
    ("scenario.ron", include_str!("new/minimal/scenario.ron")),
    ("transcripts/first-words.ron", include_str!("new/minimal/transcripts/first-words.ron")),
];
const COURSE: &[(&str, &str)] = &[
    ("README.md", README),
    ("scenario.ron", include_str!("new/course/scenario.ron")),
    ("client.rhai", include_str!("new/course/client.rhai")),
    ("transcripts/first-hour.ron", include_str!("new/course/transcripts/first-hour.ron")),
    ("transcripts/hurt-and-mended.ron", include_str!("new/course/transcripts/hurt-and-mended.ron")),
];

/// Runs the command.
///
/// # Errors
/// A name that cannot be an id, a folder that is there already, or a disk that cannot be written to.
pub fn run(args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let id = id_of(&args.name)?;
    if fs::read_dir(&args.name).map_or_else(|_| fs::symlink_metadata(&args.name).is_ok(), |mut entries| entries.next().is_some()) {
        return Err(Error::unusable(format!("`{}` is there already, and nothing is overwritten; choose another name", args.name.display())));
    }
    let files = files(args.from, &id);
    for (name, text) in &files {
        write(&args.name.join(name), text)?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let place = args.name.display().to_string();
    let place = if place.contains(['/', '\\']) { place } else { format!("./{place}") };
    writeln!(out, "{} is ready: {}.", crate::text::neutralise(&place), all_of(names))?;
    writeln!(out, "Sit with the client:  practicum play {}", crate::text::neutralise(&place))?;
    writeln!(out, "After each change:    practicum check {}", crate::text::neutralise(&place))?;
    Ok(Exit::Fine)
}

/// The scenario's id: the folder's own name.
fn id_of(path: &Path) -> Result<String, Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if !name.is_empty() && name.chars().all(fits) {
        return Ok(name);
    }
    let mut near: String = name.to_lowercase().chars().map(|c| if fits(c) { c } else { '-' }).collect();
    while near.contains("--") {
        near = near.replace("--", "-");
    }
    let near = near.trim_matches('-');
    let hint = if near.is_empty() { "write it like `yuki`".to_owned() } else { format!("write `{near}`") };
    Err(Error::unusable(format!("`{}` is not made of small letters, digits, - and _; {hint}", crate::text::neutralise(&name))))
}

/// The files of a new scenario, by their paths in its folder.
#[must_use]
pub fn files(from: From, id: &str) -> Vec<(String, String)> {
    let first = id.split(['-', '_']).next().unwrap_or(id);
    let mut letters = first.chars();
    let name: String = letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
    let renamed = |text: &str| text.replace(&format!("id: \"{TEMPLATE_ID}\""), &format!("id: \"{id}\"")).replace(TEMPLATE_NAME, &name);
    match from {
        From::Minimal | From::Course => {
            let files = if from == From::Minimal { MINIMAL } else { COURSE };
            files.iter().map(|(path, text)| ((*path).to_owned(), renamed(text))).collect()
        }
        From::Samantha => {
            let mut files = vec![("README.md".to_owned(), README.replace(TEMPLATE_NAME, "Samantha"))];
            for folder in Shelf::built_in().folders() {
                if let Folder::BuiltIn("samantha", built_in) = folder {
                    let texts = built_in.iter().map(|(path, bytes)| ((*path).to_owned(), String::from_utf8_lossy(bytes).into_owned()));
                    files.extend(texts.map(|(path, text)| (path, text.replacen("id: \"samantha\"", &format!("id: \"{id}\""), 1))));
                }
            }
            files
        }
    }
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let error = |cause| Error::surroundings(format!("I could not write `{}`", path.display()), cause);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(error)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(error)?;
    file.write_all(text.as_bytes()).map_err(error)
}
