//! `reference [WORD]`: what may stand in a scenario's files and in its script, as a manual, for people, pages, editors and programs.

use super::{Error, Exit, Globals, Out};
use crate::diagnostic::wording::did_you_mean_or_list;
use crate::report::reference::{Manual, html, machine_form, manual, markdown, overview, pages};
use crate::script::api::definitions;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// In what form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// For a terminal
    #[default]
    Text,
    /// One Markdown document
    Markdown,
    /// One page that needs nothing beside it
    Html,
    /// All of it as data
    Json,
    /// The shape of the RON files as a JSON Schema, for editors and other programs
    Schema,
    /// A definition file for editors that know Rhai (save it as practicum.d.rhai)
    Rhai,
}

/// What can be typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A type, a field, or a name of scripts, such as `When`, `opens_at` or `turn.has`; without one, a list of all
    #[arg(value_name = "WORD")]
    word: Option<String>,
    /// In what form
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Form,
    /// For screen readers: nothing wrapped
    #[arg(long)]
    plain: bool,
    /// Write it into this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A word that there is not, or a file that cannot be written.
pub fn run(args: &Args, _globals: &Globals, out: &mut Out) -> Result<Exit, Error> {
    let manual = manual();
    let text = match (&args.word, args.format) {
        (Some(word), Form::Text) => {
            let page = out.page(args.plain);
            pages(&page, &manual, word).ok_or_else(|| unknown(&manual, word))?
        }
        (Some(_), _) => return Err(Error::unusable("a single word is shown at the terminal only; leave out the word, or `--format`".to_owned())),
        (None, Form::Text) => overview(&out.page(args.plain), &manual),
        (None, Form::Markdown) => markdown(&manual),
        (None, Form::Html) => html(&manual),
        (None, Form::Json) => pretty(&manual)?,
        (None, Form::Schema) => pretty(&machine_form(&manual))?,
        (None, Form::Rhai) => definitions(),
    };
    match &args.output {
        Some(path) => {
            fs::write(path, text).map_err(|error| Error::surroundings(format!("I could not write `{}`", path.display()), error))?;
            out.note(&format!("The reference is in {}.", path.display()));
        }
        None => write!(out, "{text}")?,
    }
    Ok(Exit::Fine)
}

fn pretty(value: &impl serde::Serialize) -> Result<String, Error> {
    Ok(serde_json::to_string_pretty(value).map_err(std::io::Error::from)? + "\n")
}

fn unknown(manual: &Manual, word: &str) -> Error {
    let mut names: Vec<&str> = manual.script.iter().map(|name| name.name).collect();
    for one in &manual.types {
        names.push(&one.name);
        names.extend(one.fields.iter().map(|field| field.name.as_str()));
        names.extend(one.choices.iter().map(|choice| choice.name.as_str()));
    }
    names.sort_unstable();
    names.dedup();
    let near = did_you_mean_or_list(word.rsplit('.').next().unwrap_or(word), names, "").filter(|hint| hint.starts_with("did you mean"));
    let hint = near.unwrap_or_else(|| "`practicum reference` lists all".to_owned());
    Error::unusable(format!("there is no `{}` in the reference; {hint}", crate::text::neutralise(word)))
}
