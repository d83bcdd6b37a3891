//! Slips of the keyboard: a word that nobody knows, one letter away from a common one, is heard as that one.
//! One letter too many, too few, another, or two that changed places (Damerau 1964: four slips in five are of these kinds).

use std::cmp::Ordering;

use super::key::key_after;
use super::vocabulary::look_up;

/// Shorter than this (in letters) and one letter is too much of the word.
const SHORTEST: usize = 2;
/// Up to this length only the commonest words are guessed: too many short words are one letter apart.
const SHORT: usize = 3;
/// Up to this length only common words are guessed where a letter is wrong, missing or too many; any word where two changed places.
const ONLY_SWAPPED: usize = 5;
/// The commonest thousand or so.
const COMMON: u8 = 57;
/// Longer words are not looked for: each costs some fifty look-ups a letter.
const LONGEST: usize = 13;
/// The commonest two hundred or so words; see `build/codebook.rs` for the scale.
const VERY_COMMON: u8 = 101;

/// Words that are words, though the codebook does not weigh them: those of the judged replies, the shipped scenarios and the codebook's
/// own texts. One a line, sorted.
static ENGLISH: &str = include_str!("../../codebook/english.txt");

/// Whether the form is a word as it stands, so that nothing need be guessed. Looked for only where the vocabulary does not know it.
pub(super) fn is_english(form: &str) -> bool {
    let (list, form) = (ENGLISH.as_bytes(), form.as_bytes());
    let (mut from, mut to) = (0, list.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = memchr::memrchr(b'\n', &list[from..middle]).map_or(from, |at| from + at + 1);
        let end = memchr::memchr(b'\n', &list[middle..to]).map_or(to, |at| middle + at);
        match list[start..end].cmp(form) {
            Ordering::Equal => return !form.is_empty(),
            Ordering::Less => from = (end + 1).min(to),
            Ordering::Greater => to = start,
        }
    }
    false
}

/// Whether a form has the length and the letters of what is guessed at.
pub(super) fn can_be_a_slip(form: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&form.len()) && form.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The word that was meant, where the form is no word that is known and one slip away from one that is.
pub(super) fn meant(form: &str) -> Option<String> {
    if !can_be_a_slip(form) {
        return None;
    }
    let letters = form.as_bytes();
    let count = letters.len();
    let swapped_least = if count <= SHORT { VERY_COMMON } else { 1 };
    let least = if count <= ONLY_SWAPPED { COMMON } else { 1 };
    let mut best: Option<(u8, Vec<u8>)> = None;
    let mut consider = |key: u64, least: u8, word: &dyn Fn() -> Vec<u8>| {
        if let Some(known) = look_up(key)
            && known.commonness >= least
            && best.as_ref().is_none_or(|(commonness, _)| known.commonness > *commonness)
        {
            best = Some((known.commonness, word()));
        }
    };
    let mut before = key_after(None, &[]);
    for at in 0..=count {
        let (head, tail) = letters.split_at(at);
        if let [first, second, rest @ ..] = tail
            && first != second
        {
            let swapped = key_after(Some(key_after(Some(before), &[*second, *first])), rest);
            consider(swapped, swapped_least, &|| [head, &[*second, *first], rest].concat());
        }
        if count <= SHORT {
            if let Some(first) = tail.first() {
                before = key_after(Some(before), &[*first]);
            }
            continue;
        }
        if let [_, rest @ ..] = tail {
            if count > SHORTEST {
                consider(key_after(Some(before), rest), least, &|| [head, rest].concat());
            }
            for letter in b'a'..=b'z' {
                consider(key_after(Some(key_after(Some(before), &[letter])), rest), least, &|| [head, &[letter], rest].concat());
            }
        }
        for letter in b'a'..=b'z' {
            consider(key_after(Some(key_after(Some(before), &[letter])), tail), least, &|| [head, &[letter], tail].concat());
        }
        if let Some(first) = tail.first() {
            before = key_after(Some(before), &[*first]);
        }
    }
    best.and_then(|(_, word)| String::from_utf8(word).ok())
}

#[cfg(test)]
mod tests {
    use super::{is_english, meant};

    #[test]
    fn a_word_that_is_one_is_not_guessed_at() {
        for word in ["rope", "pace", "trench"] {
            assert!(is_english(word), "{word}");
        }
        assert!(!is_english("becuase"));
    }

    #[test]
    fn every_word_of_the_list_is_found_and_nothing_else() {
        let words: Vec<&str> = super::ENGLISH.lines().filter(|word| !word.is_empty()).collect();
        assert!(words.is_sorted());
        for word in &words {
            assert!(is_english(word), "{word}");
            assert!(words.binary_search(&format!("{word}q").as_str()).is_ok() || !is_english(&format!("{word}q")), "{word}q");
        }
        assert!(!is_english("") && !is_english("0") && !is_english("zzzzzz"));
    }

    #[test]
    fn one_slip_is_mended() {
        for (typed, word) in [("feelign", "feeling"), ("somethng", "something"), ("taht", "that"), ("yuo", "you"), ("alwayss", "always")] {
            assert_eq!(meant(typed).as_deref(), Some(word), "{typed}");
        }
    }

    #[test]
    fn what_is_far_from_every_word_stays() {
        assert_eq!(meant("xqzzv"), None);
        assert_eq!(meant("don't"), None);
        for word in ["pace", "rope", "cello"] {
            assert!(is_english(word), "{word}: a word that is one is not looked for");
        }
    }
}
