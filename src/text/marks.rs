//! Words that reading treats apart from all others, by the bits that the vocabulary keeps of them.
//!
//! Also used by `build.rs`, so this file names nothing else of the crate.

/// Hesitation that is no word: left out, so that rules need not expect it anywhere.
pub const FILLER: u8 = 1;
/// Joins clauses.
pub const CONJUNCTION: u8 = 2;
/// Begins a clause where it follows a conjunction.
pub const OPENER: u8 = 4;

/// It stands in the vocabulary for its marks alone, and is known for nothing else.
pub const APART: u8 = 8;
/// Phrases of the lexicon begin with it.
pub const STARTS_PHRASE: u8 = 32;
/// Nobody knows it, nor its stem. Set while reading.
pub const UNKNOWN: u8 = 16;

/// The words of each mark.
pub const MARKED: [(u8, &[&str]); 3] = [
    (FILLER, &["um", "umm", "uhm", "uh", "er", "erm", "ehm", "uhh", "ummm"]),
    (CONJUNCTION, &["and", "but", "so", "because", "although", "though", "yet", "or", "while", "whereas", "if", "when"]),
    (
        OPENER,
        &["i", "you", "we", "he", "she", "they", "it", "that", "there", "this", "why", "how", "what", "your", "my", "maybe", "perhaps", "now", "then", "yet"],
    ),
];
