//! Slips of the keyboard: a word that nobody knows, one letter away from a common one, is heard as that one.
//! One letter too many, too few, another, or two that changed places (Damerau 1964: four slips in five are of these kinds).

use super::key::key_after;
use super::vocabulary::look_up;

/// Shorter than this (in letters) and one letter is too much of the word.
const SHORTEST: usize = 2;
/// Up to this length only the commonest words are guessed: too many short words are one letter apart.
const SHORT: usize = 3;
/// Up to this length only letters that changed places are guessed: "pace" is no "face", "rope" no "hope", whether or not the tables know them.
const ONLY_SWAPPED: usize = 5;
/// Longer words are not looked for: each costs some fifty look-ups a letter.
const LONGEST: usize = 13;
/// The commonest two hundred or so words; see `build/codebook.rs` for the scale.
const VERY_COMMON: u8 = 101;

/// Words that are words, though the codebook does not weigh them: those of the judged replies, the shipped scenarios and the codebook's
/// own texts. One a line, sorted.
static ENGLISH: &str = include_str!("../../codebook/english.txt");

/// Whether the form is a word as it stands, so that nothing need be guessed. Looked for only where the vocabulary does not know it.
pub(super) fn is_english(form: &str) -> bool {
    memchr::memmem::find(ENGLISH.as_bytes(), format!("\n{form}\n").as_bytes()).is_some()
}

/// The word that was meant, where the form is no word that is known and one slip away from one that is.
pub(super) fn meant(form: &str) -> Option<String> {
    let letters = form.as_bytes();
    let count = letters.len();
    if !(SHORTEST..=LONGEST).contains(&count) || !letters.iter().all(u8::is_ascii_lowercase) {
        return None;
    }
    let least = if count <= SHORT { VERY_COMMON } else { 1 };
    let mut best: Option<(u8, Vec<u8>)> = None;
    let mut consider = |key: u64, word: &dyn Fn() -> Vec<u8>| {
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
            consider(swapped, &|| [head, &[*second, *first], rest].concat());
        }
        if count <= ONLY_SWAPPED {
            if let Some(first) = tail.first() {
                before = key_after(Some(before), &[*first]);
            }
            continue;
        }
        if let [_, rest @ ..] = tail {
            if count > SHORTEST {
                consider(key_after(Some(before), rest), &|| [head, rest].concat());
            }
            for letter in b'a'..=b'z' {
                consider(key_after(Some(key_after(Some(before), &[letter])), rest), &|| [head, &[letter], rest].concat());
            }
        }
        for letter in b'a'..=b'z' {
            consider(key_after(Some(key_after(Some(before), &[letter])), tail), &|| [head, &[letter], tail].concat());
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
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
