//! From bytes to what an author counts in: lines and columns, both from 1, columns in characters.

use super::Span;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Place {
    /// The place of a byte; a byte past the end, or inside a character, is moved back to where one begins.
    #[must_use]
    pub fn of(text: &str, byte: usize) -> Self {
        let byte = floor(text, byte);
        let before = text.get(..byte).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(line_start..).map_or(0, |line| line.chars().count()) + 1;
        Self { line: before.bytes().filter(|&b| b == b'\n').count() + 1, column }
    }

    /// The byte of a place; the end of the line where the column lies beyond it, the end of the text where the line does.
    #[must_use]
    pub fn byte(self, text: &str) -> usize {
        let mut start = 0;
        for _ in 1..self.line {
            match text.get(start..).and_then(|rest| rest.find('\n')) {
                Some(at) => start += at + 1,
                None => return text.len(),
            }
        }
        let line = text.get(start..).unwrap_or("");
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        start + line.char_indices().nth(self.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
    }
}

/// The word, number or single character at a byte: where a library gives a point, a reader wants the token.
#[must_use]
pub fn token_at(text: &str, byte: usize) -> Span {
    let start = floor(text, byte);
    let rest = text.get(start..).unwrap_or("");
    let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let len = if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) };
    Span::new(start, start + len)
}

fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters_and_not_bytes() {
        let text = "a\né ü x";
        assert_eq!(Place::of(text, text.find('x').unwrap()), Place { line: 2, column: 5 });
    }

    #[test]
    fn a_place_and_its_byte_are_each_others_inverse() {
        let text = "one\ntwö\n\nthree";
        for (byte, _) in text.char_indices() {
            assert_eq!(Place::of(text, byte).byte(text), byte);
        }
        assert_eq!(Place { line: 99, column: 1 }.byte(text), text.len());
        assert_eq!(Place { line: 1, column: 99 }.byte(text), 3);
    }

    #[test]
    fn any_byte_has_a_place_and_a_token() {
        let text = "añb \u{1F600}";
        for byte in 0..text.len() + 3 {
            let _ = Place::of(text, byte);
            let span = token_at(text, byte);
            assert!(text.get(span.start..span.end).is_some());
        }
        assert_eq!(token_at("let gotcha = 3", 4).of("let gotcha = 3"), "gotcha");
    }
}
