//! The shape of `codebook/lexicon.ron` and `codebook/grammar.ron`: classes of words and phrases, families of feelings, synonyms.
//!
//! Also used by `build.rs`, so this file names nothing else of the crate.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A whole lexicon file. Several files add up: classes of the same name are joined.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconFile {
    /// Always 1 for now.
    pub format: u32,
    /// Classes by name. `word~` stands for every word of that stem; an entry of several words is a phrase.
    #[serde(default)]
    pub classes: BTreeMap<String, Vec<String>>,
    /// Feelings; their words are members of the class `feeling` and of a class named like the family.
    #[serde(default)]
    pub feelings: Vec<FeelingFamily>,
    /// Words that say the same thing.
    #[serde(default)]
    pub synonyms: Vec<Vec<String>>,
}

/// Words of one feeling at one strength.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeelingFamily {
    /// `shame`, `fear`, `anger` …
    pub family: String,
    /// 1 (slight) to 5 (overwhelming).
    pub strength: u8,
    /// Words and phrases.
    pub words: Vec<String>,
}
