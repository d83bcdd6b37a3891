//! One pattern by itself.

use super::compile::{self, Lexicon, PatternError};
use super::matcher::Run;
use super::program::Program;
use crate::text::{Span, Utterance, class_number, look_up};

/// The lexicon in the binary.
pub(super) struct BuiltinLexicon;

impl Lexicon for BuiltinLexicon {
    fn class(&self, name: &str) -> Option<u8> {
        class_number(name)
    }

    fn commonness(&self, key: u64) -> u8 {
        look_up(key).map_or(0, |known| known.commonness)
    }

    fn has_phrases(&self, class: u8) -> bool {
        crate::text::has_phrases(class)
    }
}

/// One compiled pattern. For many at once, [`super::PatternSet`] is faster.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Pattern {
    program: Program,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Where it does not parse, or names a class that the lexicon does not have.
    pub fn compile(pattern: &str) -> Result<Self, PatternError> {
        compile::compile(pattern, &BuiltinLexicon).map(|program| Self { program })
    }

    /// Where it matches first; `client` is the client's last statement, for `<said>`.
    #[must_use]
    pub fn find(&self, said: &Utterance, client: Option<&Utterance>) -> Option<Span> {
        let mut run = Run::new(&self.program.ops, said, client);
        (0..said.words().len()).find_map(|start| run.from(start).map(|end| said.span(start, end)))
    }
}
