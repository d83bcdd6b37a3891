//! Where in a file a finding belongs: a path of fields and entries, looked up in the text only when there is something to show.

use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::scenario::source::Source;
use crate::scenario::tree::{self, Node};

/// A path into a file, such as `reactions`, 3, `when`, `after`, 0.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    above: Option<&'a At<'a>>,
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Root,
    Field(&'static str),
    Entry(usize),
}

/// The whole file.
pub const ROOT: At<'static> = At { above: None, step: Step::Root };

impl At<'_> {
    /// A field of what stands here.
    #[must_use]
    pub const fn field<'b>(&'b self, name: &'static str) -> At<'b> {
        At { above: Some(self), step: Step::Field(name) }
    }

    /// The n-th entry of what stands here, from 0.
    #[must_use]
    pub const fn entry(&self, n: usize) -> At<'_> {
        At { above: Some(self), step: Step::Entry(n) }
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = self.above.map(At::steps).unwrap_or_default();
        steps.push(self.step);
        steps
    }
}

/// How bad a finding is, for [`Finder`].
pub type Level = Severity;

/// A finding that knows its path and not yet its bytes.
#[derive(Debug)]
pub struct Located {
    finding: Diagnostic,
    steps: Vec<Step>,
}

/// Collects findings of one file.
#[derive(Debug, Default)]
pub struct Finder {
    found: Vec<Located>,
}

impl Finder {
    /// Notes a finding.
    pub fn note(&mut self, code: &'static str, severity: Severity, at: &At<'_>, message: impl Into<String>, hint: Option<String>) {
        let finding = Diagnostic { code, severity, file: String::new(), span: None, message: message.into(), hint };
        self.found.push(Located { finding, steps: at.steps() });
    }

    /// Notes an error.
    pub fn error(&mut self, code: &'static str, at: &At<'_>, message: impl Into<String>, hint: Option<String>) {
        self.note(code, Severity::Error, at, message, hint);
    }

    /// Notes a warning.
    pub fn warning(&mut self, code: &'static str, at: &At<'_>, message: impl Into<String>, hint: impl Into<String>) {
        self.note(code, Severity::Warning, at, message, Some(hint.into()));
    }

    /// Notes advice.
    pub fn advice(&mut self, code: &'static str, at: &At<'_>, message: impl Into<String>, hint: impl Into<String>) {
        self.note(code, Severity::Advice, at, message, Some(hint.into()));
    }

    /// The findings with their places, in the order of the text. The text is read for it only where there is a finding.
    #[must_use]
    pub fn placed(self, source: &Source) -> Vec<Diagnostic> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let (root, _) = tree::read(&source.text);
        let mut found: Vec<Diagnostic> = self
            .found
            .into_iter()
            .map(|located| Diagnostic {
                file: source.file.clone(),
                span: root.as_ref().map(|root| place(root, &located.steps, &source.text)),
                ..located.finding
            })
            .collect();
        found.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        found.dedup();
        found
    }
}

/// The bytes of a path; where a field is left out, what it would stand in.
fn place(root: &Node, steps: &[Step], text: &str) -> Span {
    let mut node = root;
    let mut key: Option<Span> = None;
    for step in steps {
        node = unwrapped(node);
        match step {
            Step::Root => {}
            Step::Field(name) => match node.field(name) {
                Some(entry) => {
                    node = &entry.value;
                    key = entry.key.as_ref().map(|(_, span)| *span);
                }
                None => break,
            },
            Step::Entry(n) => match node.item(*n) {
                Some(item) => {
                    node = item;
                    key = None;
                }
                None => break,
            },
        }
    }
    let whole = node.span;
    let shown = whole.of(text);
    match (shown.contains('\n'), key) {
        // A long value is shown by its name …
        (true, Some(key)) => key,
        // … or by its first line.
        (true, None) => Span::new(whole.start, whole.start + shown.find('\n').unwrap_or(shown.len())),
        (false, _) => whole,
    }
}

/// What stands in `Some(…)`.
fn unwrapped(node: &Node) -> &Node {
    match &node.value {
        tree::Value::Group { name: Some(name), entries } if name == "Some" && entries.len() == 1 => &entries[0].value,
        _ => node,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_finds_its_bytes_also_through_some_and_where_a_field_is_missing() {
        let text = "(\n  topics: [(id: \"a\"), (id: \"b\")],\n  model: Some((say: \"x\")),\n)";
        let source = Source { file: "f.ron".into(), text: text.into() };
        let mut finder = Finder::default();
        finder.error("X", &ROOT.field("topics").entry(1).field("id"), "here", None);
        finder.error("X", &ROOT.field("model").field("say"), "here", None);
        finder.error("X", &ROOT.field("topics").entry(0).field("cues"), "here", None);
        let shown: Vec<&str> = finder.placed(&source).iter().map(|found| found.span.unwrap().of(text)).collect();
        assert_eq!(shown, ["(id: \"a\")", "\"b\"", "\"x\""]);
    }
}
