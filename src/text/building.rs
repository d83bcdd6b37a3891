//! The part of `text` that `build.rs` uses: words as numbers, contractions, stems, the lexicon's shape, words of a pattern.

#[path = "contraction.rs"]
pub mod contraction;
#[path = "key.rs"]
pub mod key;
#[path = "lexicon_file.rs"]
pub mod lexicon_file;
#[path = "marks.rs"]
pub mod marks;
#[path = "stem.rs"]
pub mod stem;

pub use key::{key, stem_key};
pub use stem::stem;
