//! The pattern language.

use crate::text::{Span, Utterance};

/// What is wrong with a pattern, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Lower case, no full stop.
    pub message: String,
    /// Byte in the pattern.
    pub at: usize,
}

/// One compiled pattern.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Pattern {}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Where it does not parse, or names a class that the lexicon does not have.
    pub fn compile(pattern: &str) -> Result<Self, PatternError> {
        let _ = pattern;
        Ok(Self {})
    }

    /// Where it matches first; `client` is the client's last statement, for `<said>`.
    #[must_use]
    pub fn find(&self, said: &Utterance, client: Option<&Utterance>) -> Option<Span> {
        let _ = (said, client);
        None
    }
}
