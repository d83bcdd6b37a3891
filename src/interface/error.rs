//! How a command ends: the exit codes of the contract, and errors that carry facts.

use std::io;
use std::process::ExitCode;

/// How a command ended. The numbers are the contract's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: all is well. A broken pipe is this too.
    Fine,
    /// 1: a check, a test, an expectation found something; or a line of input could not be used.
    Findings,
    /// 2: the command line or its input cannot be used.
    Usage,
    /// 3: the surroundings fail: disk, port, database, terminal.
    Surroundings,
}

impl Exit {
    /// The number the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Surroundings => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked for cannot be done as asked; one or more whole sentences, the next step last. Exit 2.
    #[error("{0}")]
    Unusable(String),
    /// A file or folder named by the person cannot be read. Exit 2.
    #[error("I could not read `{path}`: {}.", in_words(.cause))]
    Unreadable {
        /// As it was typed.
        path: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The surroundings fail. Exit 3.
    #[error("{what}: {}.", in_words(.cause))]
    Surroundings {
        /// What was tried, and where: "I could not write `x.html`".
        what: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The record cannot be used. Exit 3.
    #[error("The record cannot be used: {0}.")]
    Record(#[from] crate::record::Trouble),
    /// Standard output cannot be written to. Exit 3, or 0 where the reader has simply gone away.
    #[error("I could not write to standard output: {}.", in_words(.0))]
    Output(#[from] io::Error),
}

impl Error {
    /// What cannot be used, in whole sentences.
    #[must_use]
    pub fn unusable(sentence: impl Into<String>) -> Self {
        Self::Unusable(sentence.into())
    }

    /// What was tried ("I could not write `x.html`") and what the system said to it.
    #[must_use]
    pub fn surroundings(what: impl Into<String>, cause: io::Error) -> Self {
        Self::Surroundings { what: what.into(), cause }
    }

    /// The reader of our output has gone away, which is success.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(cause) if cause.kind() == io::ErrorKind::BrokenPipe)
    }

    /// How the program ends on it.
    #[must_use]
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Unusable(_) | Self::Unreadable { .. } => Exit::Usage,
            Self::Surroundings { .. } | Self::Record(_) | Self::Output(_) => Exit::Surroundings,
        }
    }
}

/// The system's words without its number: "No such file or directory (os error 2)" → "no such file or directory".
fn in_words(cause: &io::Error) -> String {
    let text = cause.to_string();
    let text = text.split(" (os error").next().unwrap_or_default().trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_reads_as_a_sentence() {
        let cause = io::Error::from_raw_os_error(2);
        let error = Error::Unreadable { path: "talk.jsonl".into(), cause };
        assert_eq!(error.to_string(), "I could not read `talk.jsonl`: no such file or directory.");
        assert_eq!(error.exit().code(), 2);
    }

    #[test]
    fn a_reader_that_went_away_is_no_error() {
        let error = Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(error.is_broken_pipe());
    }
}
