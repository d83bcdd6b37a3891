//! Many patterns at once.

use super::PatternError;
use crate::text::{Span, Utterance};

/// Many patterns, each with the number of the entry it stands for.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PatternSet {}

/// Collects patterns for a [`PatternSet`].
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PatternSetBuilder {}

impl PatternSet {
    /// Begins an empty set.
    #[must_use]
    pub fn builder() -> PatternSetBuilder {
        PatternSetBuilder::default()
    }

    /// Every entry that matches, once, with its first place, in order of entries.
    #[must_use]
    pub fn find_all(&self, said: &Utterance, client: Option<&Utterance>) -> Vec<(usize, Span)> {
        let _ = (said, client);
        Vec::new()
    }
}

impl PatternSetBuilder {
    /// Adds a pattern for an entry; several patterns may stand for one.
    ///
    /// # Errors
    /// Where the pattern does not parse; it is then left out.
    pub fn add(&mut self, entry: usize, pattern: &str) -> Result<(), PatternError> {
        super::Pattern::compile(pattern)?;
        let _ = entry;
        Ok(())
    }

    /// The set.
    #[must_use]
    pub fn build(self) -> PatternSet {
        PatternSet {}
    }
}
