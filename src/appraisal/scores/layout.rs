//! How the scoring tables lie in memory: what the build writes and the model reads.
//!
//! Also used by `build.rs`, so this file names nothing else of the crate.
// Shared with the build script, where nothing is reachable from outside.
#![allow(unreachable_pub)]

/// Hidden units: each is a reading that counts only where enough speaks for it (a gate at zero).
/// With 60, three direct weights and the idf, a row is 64 numbers: four cache lines, and whole lanes of eight.
pub const HIDDEN: usize = 60;

/// Scales in the order empathy, non-judgment, listening.
pub const SCALES: usize = 3;

/// Numbers in the row of a feature: one direct weight a scale, one weight a hidden unit, and how telling (idf) the feature is.
pub const ROW: usize = SCALES + HIDDEN + 1;

/// Most families of words that a word can belong to; a build with more stops.
pub const MOST_FAMILIES: usize = 12;

/// Bytes of an entry of the family table: key, flags, shape, families.
pub const ENTRY: usize = 8 + 2 + 2 + MOST_FAMILIES;

/// No family.
pub const NONE: u8 = u8::MAX;

/// The word holds sentences together and keeps its form.
pub const FUNCTION: u8 = 1;
/// The word keeps its form though its stem is known (irregular past tenses tell more than their stems).
pub const KEEPS_FORM: u8 = 2;
/// A phrase begins with this word.
pub const STARTS_PHRASE: u8 = 4;

/// Longest phrase of a family, in words, contractions spelled out.
pub const LONGEST_PHRASE: usize = 7;

/// How the words of a family are counted.
pub const VIEWS: usize = 6;
/// All of them.
pub const ALL: usize = 0;
/// Those the client did not say.
pub const OWN: usize = 1;
/// Those in questions.
pub const ASKED: usize = 2;
/// Those in exclamations.
pub const EXCLAIMED: usize = 3;
/// Those in the first sentence.
pub const FIRST: usize = 4;
/// Those in the last sentence, where it is not the first.
pub const LAST: usize = 5;
/// Names of the views, for the weights file.
pub const VIEW_NAMES: [&str; VIEWS] = ["all", "own", "asked", "exclaimed", "first", "last"];

/// Joins a key to the key of what stands before it; order matters.
#[must_use]
pub const fn mix(before: u64, next: u64) -> u64 {
    let joined = (before ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    joined ^ (joined >> 29) ^ next.rotate_left(17)
}
