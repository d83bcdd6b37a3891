//! Reads a text into a tree and goes on past what is wrong.

use super::{Broken, Entry, Fault, Node, Value};
use crate::diagnostic::Span;

/// Deeper than this is a mistake or an attack; the deepest shipped scenario nests nine levels.
const DEEPEST: usize = 60;

/// Reads a text, with everything that is wrong about its marks. The tree is `None` where there is no value at all.
#[must_use]
pub fn read(text: &str) -> (Option<Node>, Vec<Fault>) {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, faults: Vec::new() };
    reader.skip_attributes();
    let node = reader.value(0);
    reader.space();
    if node.is_some() && reader.at < text.len() {
        let end = text.len();
        let line = reader.rest().find('\n').map_or(end, |at| reader.at + at);
        reader.fault(Span::new(reader.at, line.max(reader.at + 1).min(end)), Broken::Trailing);
    }
    (node, reader.faults)
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    faults: Vec<Fault>,
}

/// After so many faults the rest is noise.
const MOST_FAULTS: usize = 20;

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn fault(&mut self, span: Span, what: Broken) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault { span, what });
        }
    }

    /// Skips white space and comments.
    fn space(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.block_comment();
            } else {
                return;
            }
        }
    }

    /// Block comments nest.
    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0;
        while self.at < self.bytes.len() {
            match self.bytes.get(self.at..self.at + 2) {
                Some(b"/*") => {
                    depth += 1;
                    self.at += 2;
                }
                Some(b"*/") => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.fault(Span::new(start, start + 2), Broken::Comment);
    }

    /// `#![enable(…)]` at the head of a file.
    fn skip_attributes(&mut self) {
        self.space();
        while self.rest().starts_with("#!") {
            self.at += self.rest().find(']').map_or(self.rest().len(), |at| at + 1);
            self.space();
        }
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        self.space();
        let start = self.at;
        if depth > DEEPEST {
            self.fault(Span::new(start, (start + 1).min(self.text.len())), Broken::Depth);
            self.at = self.text.len();
            return None;
        }
        let value = match self.peek()? {
            b'(' => self.group(None, start, depth),
            b'[' => {
                let items = self.items(']', start, depth, |reader, depth| reader.value(depth));
                Value::List(items)
            }
            b'{' => Value::Map(self.items('}', start, depth, Self::pair)),
            b'"' => self.text_value(start, 0)?,
            b'\'' => self.char_value(start)?,
            b'r' | b'b' if self.raw_hashes().is_some() => {
                let hashes = self.raw_hashes()?;
                self.text_value(start, hashes)?
            }
            b'0'..=b'9' | b'-' | b'+' | b'.' => {
                self.while_is(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '_'));
                Value::Number(Span::new(start, self.at).of(self.text).to_owned())
            }
            _ => {
                self.while_is(|c| c.is_alphanumeric() || c == '_' || c == '#');
                if self.at == start {
                    return None;
                }
                let word = Span::new(start, self.at).of(self.text).trim_start_matches("r#").to_owned();
                let before = self.at;
                self.space();
                if self.peek() == Some(b'(') {
                    self.group(Some(word), self.at, depth)
                } else {
                    self.at = before;
                    Value::Word(word)
                }
            }
        };
        Some(Node { span: Span::new(start, self.at), value })
    }

    fn while_is(&mut self, wanted: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !wanted(c)).unwrap_or(rest.len());
    }

    fn group(&mut self, name: Option<String>, open: usize, depth: usize) -> Value {
        let entries = self.items(')', open, depth, |reader, depth| {
            let key = reader.key();
            match (reader.value(depth), key) {
                (Some(value), key) => Some(Entry { key, value }),
                (None, Some((_, span))) => {
                    reader.fault(span, Broken::Value);
                    None
                }
                (None, None) => None,
            }
        });
        Value::Group { name, entries }
    }

    /// A field's name with its colon; nothing is read where there is none.
    fn key(&mut self) -> Option<(String, Span)> {
        self.space();
        let start = self.at;
        self.while_is(|c| c.is_alphanumeric() || c == '_' || c == '#');
        let end = self.at;
        self.space();
        let is_key = end > start && self.peek() == Some(b':') && !self.bytes[start].is_ascii_digit();
        if !is_key {
            self.at = start;
            return None;
        }
        self.at += 1;
        let span = Span::new(start, end);
        Some((span.of(self.text).trim_start_matches("r#").to_owned(), span))
    }

    fn pair(&mut self, depth: usize) -> Option<(Node, Node)> {
        let key = self.value(depth)?;
        self.space();
        if self.peek() == Some(b':') {
            self.at += 1;
        } else {
            self.fault(key.span, Broken::Colon);
        }
        let value = self.value(depth)?;
        Some((key, value))
    }

    /// Comma-separated items up to a closing bracket.
    fn items<T>(&mut self, close: char, open: usize, depth: usize, mut one: impl FnMut(&mut Self, usize) -> Option<T>) -> Vec<T> {
        let mut items = Vec::new();
        self.at += 1;
        let mut comma_due: Option<usize> = None;
        loop {
            self.space();
            let Some(next) = self.peek() else {
                self.fault(Span::new(open, open + 1), Broken::Bracket(close));
                return items;
            };
            if char::from(next) == close {
                self.at += 1;
                return items;
            }
            if matches!(next, b')' | b']' | b'}') {
                self.fault(Span::new(self.at, self.at + 1), Broken::Mismatch { wanted: close });
                // Whoever waits for this bracket may have it.
                return items;
            }
            if next == b',' {
                if comma_due.is_none() {
                    self.fault(Span::new(self.at, self.at + 1), Broken::Stray);
                }
                comma_due = None;
                self.at += 1;
                continue;
            }
            if let Some(end) = comma_due.take() {
                self.fault(Span::new(end.saturating_sub(1), end), Broken::Comma);
            }
            let before = self.at;
            let faults = self.faults.len();
            if let Some(item) = one(self, depth + 1) {
                items.push(item);
                comma_due = Some(self.at);
            } else if self.at == before {
                let width = self.rest().chars().next().map_or(1, char::len_utf8);
                self.fault(Span::new(self.at, self.at + width), Broken::Stray);
                self.at += width;
            } else {
                if self.faults.len() == faults {
                    self.fault(Span::new(before, self.at), Broken::Value);
                }
                comma_due = Some(self.at);
            }
        }
    }

    /// How many hashes a raw text opens with, where one begins here (`r"`, `r#"`, `br"`, `b"`).
    fn raw_hashes(&self) -> Option<usize> {
        let rest = self.rest();
        let rest = rest.strip_prefix('b').unwrap_or(rest);
        if let Some(raw) = rest.strip_prefix('r') {
            let hashes = raw.bytes().take_while(|&b| b == b'#').count();
            return (raw.as_bytes().get(hashes) == Some(&b'"')).then_some(hashes + 1);
        }
        rest.starts_with('"').then_some(0)
    }

    /// `raw` is 0 for a plain text, otherwise one more than the hashes.
    fn text_value(&mut self, start: usize, raw: usize) -> Option<Value> {
        let open = self.at + self.rest().find('"')?;
        let mut at = open + 1;
        let closes = format!("\"{}", "#".repeat(raw.saturating_sub(1)));
        while at < self.bytes.len() {
            match self.bytes[at] {
                b'\\' if raw == 0 => at += 2,
                b'"' if raw == 0 || self.bytes[at..].starts_with(closes.as_bytes()) => {
                    let text = Span::new(open + 1, at).of(self.text).to_owned();
                    self.at = at + closes.len();
                    return Some(Value::Text(text));
                }
                _ => at += 1,
            }
        }
        self.fault(Span::new(start, open + 1), Broken::Quote);
        self.at = self.text.len();
        None
    }

    fn char_value(&mut self, start: usize) -> Option<Value> {
        let rest = &self.rest()[1..];
        let end = if let Some(escaped) = rest.strip_prefix('\\') {
            1 + escaped.char_indices().nth(1).map_or(escaped.len(), |(at, _)| at)
        } else {
            rest.chars().next().map_or(0, char::len_utf8)
        };
        if rest.as_bytes().get(end) == Some(&b'\'') {
            self.at = start + 1 + end + 1;
            return Some(Value::Text(rest[..end].to_owned()));
        }
        self.fault(Span::new(start, start + 1), Broken::Quote);
        self.at = start + 1;
        self.while_is(|c| c != '\n' && c != ',');
        None
    }
}
