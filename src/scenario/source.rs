//! A file's text, made safe to read: small enough, UTF-8, no byte-order mark, no characters that a reader cannot see.

use crate::diagnostic::{Diagnostic, Span};

/// The largest RON file: five times the largest shipped one (safety.md, "Files").
pub const MOST_BYTES: usize = 1 << 20;
/// The largest script (safety.md, "Scripts").
pub const MOST_SCRIPT_BYTES: usize = 64 << 10;

/// A text and the name that an author knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the author named it: `samantha/scenario.ron`.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// Reads bytes; the findings tell why they cannot be used.
    ///
    /// # Errors
    /// Too large, not UTF-8, or with invisible characters: all that apply.
    pub fn read(file: &str, bytes: &[u8], most: usize) -> Result<Self, Vec<Diagnostic>> {
        if bytes.len() > most {
            let message = format!("this file is {} bytes long; at most {} are read", bytes.len(), most);
            return Err(vec![Diagnostic::error("F002", file, message).hint("move what is not needed elsewhere, or split the scenario in two")]);
        }
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(vec![Diagnostic::error("F003", file, "this file is UTF-16, not UTF-8").hint("save it as UTF-8 in your editor")]);
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
                return Err(vec![
                    Diagnostic::error("F003", file, format!("this file is not UTF-8: line {line} holds a byte that is no letter"))
                        .hint("save it as UTF-8 in your editor"),
                ]);
            }
        };
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let hidden: Vec<Diagnostic> = stretches_to_look_at(text)
            .flat_map(|(at, stretch)| stretch.char_indices().map(move |(offset, c)| (at + offset, c)))
            .filter(|(_, c)| is_hidden(*c))
            .take(10)
            .map(|(at, c)| {
                Diagnostic::error("F004", file, format!("an invisible character stands here (U+{:04X})", u32::from(c)))
                    .at(Span::new(at, at + c.len_utf8()))
                    .hint("delete it; it can hide or turn round what a reader sees")
            })
            .collect();
        if hidden.is_empty() { Ok(Self { file: file.to_owned(), text: text.to_owned() }) } else { Err(hidden) }
    }
}

/// The stretches of a text that are more than plain ASCII, and where they begin: most of a file is passed over quickly.
fn stretches_to_look_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    const STRETCH: usize = 64;
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let mut end = rest.len().min(STRETCH);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let from = at;
        at += end;
        rest.get(..end).map(|stretch| (from, stretch))
    })
    .filter(|(_, stretch)| !stretch.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r')))
}

/// Control characters other than line breaks and tabs, and marks that turn the direction of text (as in Trojan Source, Boucher and Anderson 2021).
#[must_use]
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> &'static str {
        Source::read("x.ron", bytes, 100).map_or_else(|found| found[0].code, |_| "fine")
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_hidden_characters_are_refused() {
        assert_eq!(Source::read("x", "\u{FEFF}(a: 1)".as_bytes(), 100).unwrap().text, "(a: 1)");
        assert_eq!(code("\"a\u{202E}b\"".as_bytes()), "F004");
        assert_eq!(code(b"\x1b[2J"), "F004");
        assert_eq!(code("(a: 1)\r\n\t".as_bytes()), "fine");
    }

    #[test]
    fn what_is_too_large_or_in_another_encoding_is_said_plainly() {
        assert_eq!(code(&[b' '; 101]), "F002");
        assert_eq!(code(b"caf\xe9"), "F003");
        assert_eq!(code(b"\xff\xfe(\0"), "F003");
    }
}
