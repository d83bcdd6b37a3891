//! Stems after Porter's second English stemmer, so that `lonely` and `loneliness` need not both be written down.
//!
//! Also used by `build.rs`, so this file names nothing else of the crate.

use std::borrow::Cow;

/// Words longer than this (in bytes) are their own stem: nobody means them, and stemming is not free.
const LONGEST_STEMMED: usize = 40;

/// The stem of a word that is lower case already.
#[must_use]
pub fn stem(word: &str) -> Cow<'_, str> {
    // Irregular forms that matter in a consulting room and that no suffix rule finds.
    let regular = match word {
        "felt" | "feelings" | "feeling" => "feel",
        "told" => "tell",
        "said" => "say",
        "went" | "gone" => "go",
        "left" => "leave",
        "lost" => "lose",
        "losing" => "lose",
        "hid" | "hidden" => "hide",
        "kept" => "keep",
        "thought" => "think",
        "knew" | "known" => "know",
        "came" => "come",
        "saw" | "seen" => "see",
        "took" | "taken" => "take",
        "gave" | "given" => "give",
        "got" | "gotten" => "get",
        "made" => "make",
        "found" => "find",
        "broke" | "broken" => "break",
        "fought" => "fight",
        "caught" => "catch",
        "slept" => "sleep",
        "ate" | "eaten" => "eat",
        "drank" | "drunk" => "drink",
        "wrote" | "written" => "write",
        "spoke" | "spoken" => "speak",
        "heard" => "hear",
        "held" => "hold",
        "meant" => "mean",
        "met" => "meet",
        "paid" => "pay",
        "sat" => "sit",
        "stood" => "stand",
        "stuck" => "stick",
        "died" | "dead" | "death" | "dying" => "die",
        "children" | "kids" | "kid" => "child",
        "wives" => "wife",
        "lives" => "life",
        "men" => "man",
        "women" => "woman",
        "worse" | "worst" => "bad",
        "better" | "best" => "good",
        "lonely" | "loneliness" | "alone" => "lone",
        "angry" => "anger",
        "ashamed" => "shame",
        _ => return stem_by_rule(word),
    };
    stem_by_rule(regular)
}

fn stem_by_rule(word: &str) -> Cow<'_, str> {
    if word.len() > LONGEST_STEMMED || word.len() < 3 || !word.is_ascii() {
        return Cow::Borrowed(word);
    }
    rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English).stem(word)
}
