//! A RON text as a tree of places. It forgives what it can, so that one run finds every fault of a file; `ron` stays the judge of what is valid.

mod read;

pub use read::read;

use crate::diagnostic::Span;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// From its first byte to past its last.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a value is, as far as its marks tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `(…)` or `Name(…)`.
    Group {
        /// The name before the bracket.
        name: Option<String>,
        /// What is inside.
        entries: Vec<Entry>,
    },
    /// `[…]`.
    List(Vec<Node>),
    /// `{…}`.
    Map(Vec<(Node, Node)>),
    /// `"…"`, without its quotes and with escapes as they were typed.
    Text(String),
    /// `12`, `-3.5`.
    Number(String),
    /// `true`, `None`, `advice`.
    Word(String),
}

/// One of the things in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The field's name and place; none in a tuple.
    pub key: Option<(String, Span)>,
    /// Its value.
    pub value: Node,
}

/// What is not RON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub what: Broken,
}

/// Kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A text that is never closed.
    Quote,
    /// A bracket that is never closed; the place is where it opens.
    Bracket(char),
    /// A bracket closed by another kind.
    Mismatch {
        /// What would have closed it.
        wanted: char,
    },
    /// No comma between two values.
    Comma,
    /// A field's name with nothing after it.
    Value,
    /// A map's key without `:`.
    Colon,
    /// Something that begins no value.
    Stray,
    /// A comment that is never closed.
    Comment,
    /// Nested deeper than any scenario is.
    Depth,
    /// More after the value.
    Trailing,
}

impl Node {
    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Entry> {
        match &self.value {
            Value::Group { entries, .. } => entries.iter().find(|entry| entry.key.as_ref().is_some_and(|(key, _)| key == name)),
            _ => None,
        }
    }

    /// Where this very text stands first.
    #[must_use]
    pub fn text(&self, wanted: &str) -> Option<Span> {
        match &self.value {
            Value::Text(text) => (text == wanted).then_some(self.span),
            Value::Group { entries, .. } => entries.iter().find_map(|entry| entry.value.text(wanted)),
            Value::List(items) => items.iter().find_map(|item| item.text(wanted)),
            Value::Map(pairs) => pairs.iter().find_map(|(key, value)| key.text(wanted).or_else(|| value.text(wanted))),
            Value::Number(_) | Value::Word(_) => None,
        }
    }

    /// The n-th item of a list, tuple or map, from 0.
    #[must_use]
    pub fn item(&self, n: usize) -> Option<&Node> {
        match &self.value {
            Value::List(items) => items.get(n),
            Value::Group { entries, .. } => entries.get(n).map(|entry| &entry.value),
            Value::Map(pairs) => pairs.get(n).map(|(_, value)| value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(&str, Broken)> {
        read(text).1.into_iter().map(|fault| (fault.span.of(text), fault.what)).collect()
    }

    #[test]
    fn a_sound_text_has_no_faults_and_its_places_are_right() {
        let text = "// head\n(id: \"a\", when: (acts: [advice, blame]), turns: (1, 2), ruptures: Some((withdraws, 2)), r: r#\"x \"y\" \"#, /* c */)";
        let (node, faults) = read(text);
        let node = node.unwrap();
        assert_eq!(faults, []);
        assert_eq!(node.field("when").unwrap().value.field("acts").unwrap().value.item(1).unwrap().span.of(text), "blame");
        assert_eq!(node.field("r").unwrap().value.value, Value::Text("x \"y\" ".into()));
        assert_eq!(node.field("turns").unwrap().value.item(1).unwrap().span.of(text), "2");
    }

    #[test]
    fn several_faults_are_found_in_one_pass() {
        assert_eq!(faults("(a: [1 2], b:, c: 3 d: 4)"), [("1", Broken::Comma), ("b", Broken::Value), ("3", Broken::Comma)]);
    }

    #[test]
    fn a_bracket_or_a_quote_left_open_is_shown_where_it_opens() {
        assert_eq!(faults("(a: [1, 2"), [("[", Broken::Bracket(']')), ("(", Broken::Bracket(')'))]);
        assert_eq!(faults("(a: \"oh, b: 2)")[0], ("\"", Broken::Quote));
        assert_eq!(faults("(a: [1, 2)"), [(")", Broken::Mismatch { wanted: ']' })]);
    }

    #[test]
    fn nothing_makes_it_panic_or_hang() {
        for text in
            ["", "(", ")", "\"", "'", "''", "'\\", "r", "r#", "b", "/*", "//", "#!", "(a", "(a:", "{a", "{:", ",", "(,,)", "\u{0}", "(é: ü)", "-", "'é'", "b'"]
        {
            let _ = read(text);
        }
        let deep = "(".repeat(100_000);
        assert!(faults(&deep).iter().any(|(_, what)| *what == Broken::Depth));
    }
}
