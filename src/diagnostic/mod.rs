//! What is wrong, as data: a code, how bad it is, where it stands, what to do next.
//!
//! Nothing here prints. `report` draws findings for people, JSON for machines.

pub mod place;
mod span;
pub mod wording;

pub use place::Place;
pub use span::Span;

use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The scenario cannot be used as it stands.
    Error,
    /// It can be played, and a trainee or author will stumble.
    Warning,
    /// A supervisor might write it otherwise.
    Advice,
}

/// One finding for an author. Wording: lower case, no full stop, names in backticks, next step last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable code, such as `S012`; `check --explain S012` tells more.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file, as the author named it; empty where the finding is about a whole folder.
    pub file: String,
    /// Where in that file, in bytes; `None` where it is about the whole file.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: String,
    /// The next step.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error about a file.
    #[must_use]
    pub fn error(code: &'static str, file: &str, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, file: file.to_owned(), span: None, message: message.into(), hint: None }
    }

    /// A warning about a file.
    #[must_use]
    pub fn warning(code: &'static str, file: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, file, message) }
    }

    /// Advice about a file.
    #[must_use]
    pub fn advice(code: &'static str, file: &str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Advice, ..Self::error(code, file, message) }
    }

    /// Points at these bytes of the file.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says the next step, if one is known.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Whether the scenario cannot be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// One line as compilers print it, `file:line:column: error[CODE]: message`; the text is that of the file, for the line.
    #[must_use]
    pub fn one_line(&self, text: Option<&str>) -> String {
        let mut line = self.file.clone();
        if let (Some(span), Some(text)) = (self.span, text) {
            let place = Place::of(text, span.start);
            line += &format!(":{}:{}", place.line, place.column);
        }
        line += &format!(": {}[{}]: {}", self.severity.name(), self.code, self.message);
        if let Some(hint) = &self.hint {
            line += &format!(" ({hint})");
        }
        line
    }
}

impl Severity {
    /// `error`, `warning` or `advice`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}
