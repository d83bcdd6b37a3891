//! The gate before every sink: nothing that a person or a scenario wrote may steer a terminal, hide on a page or turn a line round.
//!
//! Terminal, page, table and log all take their words through [`neutralise`]. Source of the list: the safety notes, "Terminal"; Unicode TR 36 and
//! TR 9 for what hides and what turns.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// More marks than this on one letter are no writing system's ("Zalgo"); Unicode's own stream-safe format draws its line at 30, lines on a screen
/// suffer much earlier.
const MARKS_ON_A_LETTER: usize = 8;

/// The same words, harmless: control characters are dropped except newline and tab, and so are terminal sequences, bidirectional controls, invisible
/// characters and every combining mark after the eighth on one letter. Line and paragraph separators become newlines. Borrowed where nothing had to go.
#[must_use]
pub fn neutralise(text: &str) -> Cow<'_, str> {
    if is_plain_ascii(text) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut marks = 0;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            rest = after_sequence(rest);
            continue;
        }
        if is_unwelcome(c) {
            continue;
        }
        if is_combining_mark(c) {
            marks += 1;
            if marks > MARKS_ON_A_LETTER {
                continue;
            }
        } else {
            marks = 0;
        }
        kept.push(if matches!(c, '\u{2028}' | '\u{2029}') { '\n' } else { c });
    }
    if kept == text { Cow::Borrowed(text) } else { Cow::Owned(kept) }
}

/// As [`neutralise`], and on one line: newlines and tabs become single spaces. For labelled lines and tables.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    neutralise(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The common case, decided in one pass over the bytes.
fn is_plain_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
}

/// Whether a character is dropped wherever it stands.
const fn is_unwelcome(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // C0, DEL and C1.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // Bidirectional marks, embeddings, overrides and isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Invisible: zero-width space, word joiner and invisible operators, deprecated format characters, byte order mark, soft hyphen, interlinear
        // annotation, tags. The zero-width joiner and non-joiner stay: Persian, Hindi and emoji need them.
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => true,
        '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// What follows a terminal's control sequence (`ESC [ 3 1 m`), so that no debris stays behind. Any other sequence loses its ESC only: what follows
/// may be words.
fn after_sequence(rest: std::str::Chars<'_>) -> std::str::Chars<'_> {
    let mut ahead = rest.clone();
    if ahead.next() != Some('[') {
        return rest;
    }
    loop {
        match ahead.next() {
            Some('\u{20}'..='\u{3f}') => {}
            Some('\u{40}'..='\u{7e}') => return ahead,
            _ => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_point_brings_a_control_character_through() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let clean = neutralise(&format!("a{c}b")).into_owned();
            assert!(clean.starts_with('a') && clean.ends_with('b'), "{c:?}");
            assert!(!clean.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{c:?}");
            assert!(!clean.chars().any(|c| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')), "{c:?}");
            assert_eq!(neutralise(&clean), clean, "{c:?}");
        }
    }

    #[test]
    fn a_colour_sequence_goes_whole_and_the_words_stay() {
        assert_eq!(neutralise("I'm \u{1b}[1;31mso\u{1b}[0m tired"), "I'm so tired");
        assert_eq!(neutralise("a\u{1b}]0;title\u{7}b"), "a]0;titleb");
    }

    #[test]
    fn the_ninth_mark_on_a_letter_goes() {
        let letter = format!("e{}x", "\u{301}".repeat(40));
        assert_eq!(neutralise(&letter).chars().count(), 1 + MARKS_ON_A_LETTER + 1);
        assert_eq!(neutralise("Zoë, naïve, नमस्ते"), "Zoë, naïve, नमस्ते");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(on_one_line("one\r\ntwo\t three\u{2028}four"), "one two three four");
    }
}
