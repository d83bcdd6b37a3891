//! Where words go: data to standard output, messages to standard error, each with its own colour policy.

use super::Error;
use crate::report::{Page, Paint};
use std::io::{self, BufWriter, IsTerminal, Write};

/// What `--color` was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// At a terminal that can, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Also into pipes and files.
    Always,
    /// Nowhere.
    Never,
}

/// Whether one stream gets colour: decided once for each stream, from facts only.
#[must_use]
pub fn colour_wanted(choice: ColorChoice, is_terminal: bool, no_color: Option<&str>, term: Option<&str>) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        // no-color.org: "when present and not an empty string".
        ColorChoice::Auto => is_terminal && no_color.is_none_or(str::is_empty) && term != Some("dumb"),
    }
}

/// The two streams of a command.
pub struct Out {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    paint: Paint,
    err_paint: Paint,
    terminal: bool,
}

impl Out {
    /// The process's own streams.
    #[must_use]
    pub fn for_process(choice: ColorChoice) -> Self {
        let no_color = std::env::var("NO_COLOR").ok();
        let term = std::env::var("TERM").ok();
        let terminal = io::stdout().is_terminal();
        let wanted = |is_terminal| colour_wanted(choice, is_terminal, no_color.as_deref(), term.as_deref());
        // `colored` keeps one switch for the process; ours stands before it, one for each stream.
        colored::control::set_override(true);
        Self {
            out: Box::new(BufWriter::with_capacity(1 << 16, io::stdout())),
            err: Box::new(io::stderr()),
            paint: Paint::new(wanted(terminal)),
            err_paint: Paint::new(wanted(io::stderr().is_terminal())),
            terminal,
        }
    }

    /// Other streams, without colour: for tests.
    #[must_use]
    pub fn to_streams(out: Box<dyn Write + Send>, err: Box<dyn Write + Send>) -> Self {
        Self { out, err, paint: Paint::plain(), err_paint: Paint::plain(), terminal: false }
    }

    /// How standard output is coloured.
    #[must_use]
    pub const fn paint(&self) -> Paint {
        self.paint
    }

    /// How standard error is coloured.
    #[must_use]
    pub const fn err_paint(&self) -> Paint {
        self.err_paint
    }

    /// The page for standard output: as wide as the window where it is a terminal.
    #[must_use]
    pub fn page(&self, plain: bool) -> Page {
        let columns = if self.terminal { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
        let paint = if plain { Paint::plain() } else { self.paint };
        Page::new(columns, paint, plain)
    }

    /// Whether standard output is a terminal.
    #[must_use]
    pub const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Standard error, for messages: notes on progress, what could not be used.
    pub fn err(&mut self) -> &mut (dyn Write + Send) {
        &mut *self.err
    }

    /// A message on standard error, one line. A standard error that cannot be written to is nothing we could complain about.
    pub fn note(&mut self, sentence: &str) {
        let _ = writeln!(self.err, "{sentence}");
    }

    /// Words an error on standard error.
    pub fn complain(&mut self, error: &Error) {
        let head = self.err_paint.bold("practicum:");
        let _ = writeln!(self.err, "{head} {error}");
    }
}

/// Writing to an `Out` writes to standard output.
impl Write for Out {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.out.write(buf)
    }

    fn write_all(&mut self, buf: &[u8]) -> io::Result<()> {
        self.out.write_all(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_needs_a_terminal_that_can() {
        assert!(colour_wanted(ColorChoice::Auto, true, None, Some("xterm")));
        assert!(!colour_wanted(ColorChoice::Auto, true, None, Some("dumb")));
        assert!(!colour_wanted(ColorChoice::Auto, false, None, Some("xterm")));
    }

    #[test]
    fn an_empty_no_color_is_unset() {
        assert!(colour_wanted(ColorChoice::Auto, true, Some(""), Some("xterm")));
        assert!(!colour_wanted(ColorChoice::Auto, true, Some("1"), Some("xterm")));
    }

    #[test]
    fn what_is_asked_for_outright_wins() {
        assert!(colour_wanted(ColorChoice::Always, false, Some("1"), Some("dumb")));
        assert!(!colour_wanted(ColorChoice::Never, true, None, None));
    }
}
