//! Findings made readable: drawn in the author's own lines for people, one line each for editors, JSON for programs.

use crate::diagnostic::wording::counted;
use crate::diagnostic::{Diagnostic, Place, Severity, Span};
use crate::text::neutralise;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write as _;

/// One finding with the author's line and the span marked. `text` is the file's text; without it only the words are given.
#[must_use]
pub fn drawn(finding: &Diagnostic, text: Option<&str>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode);
    let message = neutralise(&finding.message);
    let hint = finding.hint.as_deref().map(neutralise);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let title = level.primary_title(message.as_ref()).id(finding.code);
    let window = finding.span.zip(text).map(|(span, text)| Window::around(text, span));
    let mut group: Group<'_> = match &window {
        Some(window) => title.element(
            Snippet::source(window.text.as_str())
                .path(finding.file.as_str())
                .line_start(window.first_line)
                .annotation(AnnotationKind::Primary.span(window.span.start..window.span.end)),
        ),
        None if finding.file.is_empty() => Group::with_title(title),
        None => title.element(annotate_snippets::Origin::path(finding.file.as_str())),
    };
    if let Some(hint) = &hint {
        group = group.element(Level::HELP.message(hint.as_ref()));
    }
    renderer.render(&[group])
}

/// The lines that a span touches, made harmless, with the span moved along.
struct Window {
    text: String,
    first_line: usize,
    span: Span,
}

impl Window {
    /// A line may be a page long: what is far from the span is left out.
    const AROUND: usize = 160;

    fn around(text: &str, span: Span) -> Self {
        let (mut start, mut end) = (floor(text, span.start), floor(text, span.end.max(span.start)));
        if end == start && end < text.len() {
            end = floor(text, end + text[end..].chars().next().map_or(0, char::len_utf8));
        }
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let from = if start - line_start > Self::AROUND { floor(text, start - Self::AROUND) } else { line_start };
        let to = if line_end - end > Self::AROUND { floor(text, end + Self::AROUND) } else { line_end };
        let first_line = Place::of(text, from).line;
        // Neutralising may shorten what stands before the span, so each part is made harmless by itself.
        let before = harmless(&text[from..start]);
        let marked = harmless(&text[start..end]);
        let after = harmless(&text[end..to]);
        start = before.len();
        end = start + marked.len();
        Self { text: format!("{before}{marked}{after}"), first_line, span: Span::new(start, end) }
    }
}

fn harmless(text: &str) -> String {
    neutralise(text).replace('\t', "    ")
}

fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// `file:line:col: error[CODE]: text`, for editors.
#[must_use]
pub fn plain(finding: &Diagnostic, text: Option<&str>) -> String {
    neutralise(&finding.one_line(text)).replace('\n', " ")
}

/// A finding with its place in lines and columns, for programs.
#[must_use]
pub fn json(finding: &Diagnostic, text: Option<&str>) -> serde_json::Value {
    let place = |byte: usize| {
        text.map(|text| {
            let place = Place::of(text, byte);
            serde_json::json!({ "line": place.line, "column": place.column, "byte": byte })
        })
    };
    serde_json::json!({
        "code": finding.code,
        "severity": finding.severity.name(),
        "file": finding.file,
        "start": finding.span.and_then(|span| place(span.start)),
        "end": finding.span.and_then(|span| place(span.end)),
        "message": finding.message,
        "hint": finding.hint,
    })
}

/// "2 errors and 1 warning in 3 scenarios", or that all is well.
#[must_use]
pub fn summary(findings: &[Diagnostic], scenarios: usize, drills: usize) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let mut parts = Vec::new();
    for (severity, word) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        let n = count(severity);
        if n > 0 {
            parts.push(counted(n, word));
        }
    }
    let advice = count(Severity::Advice);
    if advice > 0 {
        parts.push(if advice == 1 { "1 piece of advice".to_owned() } else { format!("{advice} pieces of advice") });
    }
    let within = match (scenarios, drills) {
        (_, 0) => counted(scenarios, "scenario"),
        (0, _) => counted(drills, "drill"),
        _ => format!("{} and {}", counted(scenarios, "scenario"), counted(drills, "drill")),
    };
    match parts.as_slice() {
        [] => format!("{within} looked at: nothing to mend."),
        [one] => format!("{one} in {within}."),
        [first @ .., last] => format!("{} and {last} in {within}.", first.join(", ")),
    }
}

/// What to type next to learn more of a finding.
#[must_use]
pub fn next_step(findings: &[Diagnostic]) -> Option<String> {
    let first = findings.iter().min_by_key(|finding| finding.severity)?;
    let mut text = String::new();
    let _ = write!(text, "`practicum check --explain {}` tells more.", first.code);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authors_own_line_is_drawn_with_the_words_marked() {
        let text = "(\n  titel: \"x\",\n)";
        let finding = Diagnostic::error("R005", "a/scenario.ron", "there is no field `titel` here").at(Span::new(4, 9)).hint("did you mean `title`?");
        let drawn = drawn(&finding, Some(text), false);
        for wanted in ["error[R005]: there is no field `titel` here", "a/scenario.ron:2:3", "titel: \"x\"", "help: did you mean `title`?"] {
            assert!(drawn.contains(wanted), "{drawn}");
        }
    }

    #[test]
    fn any_span_in_any_text_is_drawn_and_nothing_harmful_passes() {
        let text = "é\u{1b}[2Jü\u{202E}\tx\r\n\u{1F600}";
        for start in 0..=text.len() + 2 {
            for end in start..=text.len() + 2 {
                let drawn = drawn(&Diagnostic::advice("X", "f\u{1b}", "m\u{1b}").at(Span::new(start, end)), Some(text), false);
                assert!(!drawn.contains("\u{202E}"));
            }
        }
    }

    #[test]
    fn the_summary_reads_as_a_sentence() {
        let findings = [Diagnostic::error("A", "f", "m"), Diagnostic::error("A", "f", "n"), Diagnostic::advice("B", "f", "m")];
        assert_eq!(summary(&findings, 1, 0), "2 errors and 1 piece of advice in 1 scenario.");
        assert_eq!(summary(&[], 2, 0), "2 scenarios looked at: nothing to mend.");
    }
}
