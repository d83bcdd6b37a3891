//! A word as a number: comparing numbers is all that matching does.
//!
//! Also used by `build.rs`, so this file names nothing else of the crate.

/// FNV-1a, 64 bit. Two English words with one key have not been seen and would only make one pattern match one word too many.
#[must_use]
pub const fn key(word: &str) -> u64 {
    key_after(None, word.as_bytes())
}

/// The key of a word of which these bytes come next; `None` begins a word.
#[must_use]
pub const fn key_after(before: Option<u64>, bytes: &[u8]) -> u64 {
    let mut hash: u64 = match before {
        Some(hash) => hash,
        None => 0xcbf2_9ce4_8422_2325,
    };
    let mut at = 0;
    while at < bytes.len() {
        hash ^= bytes[at] as u64;
        hash = hash.wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// The key of a stem; apart from the keys of words, so that `word~` and `word` never meet by chance.
#[must_use]
pub const fn stem_key(stem: &str) -> u64 {
    key(stem) ^ 0x9e37_79b9_7f4a_7c15
}

/// The key of two words in a row.
#[must_use]
pub const fn pair_key(first: u64, second: u64) -> u64 {
    (first.rotate_left(32) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
