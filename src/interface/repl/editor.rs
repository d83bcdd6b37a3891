//! Reading a line at a terminal, with rustyline: editing, completion and hints for commands, bracketed paste, several lines by `\`. No history is kept:
//! what a trainee says belongs into no file (safety notes, "Terminal").

use super::command::COMMANDS;
use super::lines::{LONGEST, Lines, Read};
use crate::report::Paint;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::{DefaultHistory, History};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{ColorMode, CompletionType, Config, Context, Editor, Helper};
use std::borrow::Cow;
use std::io;

/// The line editor.
pub struct EditedLines {
    editor: Editor<Commands, DefaultHistory>,
}

impl EditedLines {
    /// An editor at this terminal.
    ///
    /// # Errors
    /// Where the terminal cannot be used.
    pub fn new(paint: Paint) -> io::Result<Self> {
        Self::knowing(paint, COMMANDS)
    }

    /// Starts the editor with other commands to complete: name, argument, what each does.
    ///
    /// # Errors
    /// Where the terminal cannot be used.
    pub fn knowing(paint: Paint, commands: &'static [(&'static str, &'static str, &'static str)]) -> io::Result<Self> {
        let config = Config::builder()
            .auto_add_history(false)
            .completion_type(CompletionType::List)
            .completion_show_all_if_ambiguous(true)
            .bracketed_paste(true)
            .color_mode(if paint.is_on() { ColorMode::Enabled } else { ColorMode::Disabled })
            .build();
        let mut editor = Editor::with_history(config, DefaultHistory::new()).map_err(io_error)?;
        editor.history_mut().ignore_dups(true).map_err(io_error)?;
        editor.set_helper(Some(Commands { paint, known: commands }));
        Ok(Self { editor })
    }
}

impl Lines for EditedLines {
    fn next(&mut self, prompt: &str) -> io::Result<Read> {
        match self.editor.readline(prompt) {
            Ok(line) => {
                // Lines joined by `\`, and lines of a paste, are one reply.
                let line = line.replace("\\\n", " ").replace('\n', " ");
                Ok(if line.len() > LONGEST { Read::Cut(line.chars().scan(0, up_to_longest).collect()) } else { Read::Line(line) })
            }
            Err(ReadlineError::Interrupted) => Ok(Read::Interrupted),
            Err(ReadlineError::Eof) => Ok(Read::End),
            Err(error) => Err(io_error(error)),
        }
    }
}

#[allow(clippy::unnecessary_wraps)] // the shape that `scan` asks for
fn up_to_longest(taken: &mut usize, c: char) -> Option<char> {
    *taken += c.len_utf8();
    (*taken <= LONGEST).then_some(c)
}

fn io_error(error: ReadlineError) -> io::Error {
    match error {
        ReadlineError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}

/// Completion and hints for commands; words to the client get none.
struct Commands {
    paint: Paint,
    known: &'static [(&'static str, &'static str, &'static str)],
}

impl Commands {
    fn starting_with(&self, typed: &str) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
        self.known.iter().filter(move |(name, _, _)| typed.starts_with('/') && name.starts_with(typed))
    }
}

impl Completer for Commands {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..at).unwrap_or(line);
        Ok((0, self.starting_with(typed).map(|(name, _, _)| (*name).to_owned()).collect()))
    }
}

impl Hinter for Commands {
    type Hint = String;

    fn hint(&self, line: &str, at: usize, _: &Context<'_>) -> Option<String> {
        if at < line.len() || line.len() < 2 {
            return None;
        }
        let (name, argument, does) = self.starting_with(line).next()?;
        let argument = if argument.is_empty() { String::new() } else { format!(" {}", argument.to_uppercase()) };
        Some(format!("{}{argument}   {does}", name.get(line.len()..)?))
    }
}

impl Highlighter for Commands {
    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(self.paint.dim(hint))
    }
}

impl Validator for Commands {
    fn validate(&self, ctx: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if ctx.input().ends_with('\\') { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}

impl Helper for Commands {}
