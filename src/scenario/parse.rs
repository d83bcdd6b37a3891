//! From a text to a typed file, or to findings with their places.

use super::source::Source;
use super::{schema, tree};
use crate::diagnostic::wording::{any_of, did_you_mean_or_list};
use crate::diagnostic::{Diagnostic, Place, Span};
use serde::de::DeserializeOwned;

/// The RON that authors write: `model: (…)` for `model: Some((…))`.
#[must_use]
pub fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

/// The only format there is.
pub const FORMAT: u32 = 1;

/// Reads a RON file whose root is the type that the schema knows as `root`.
///
/// # Errors
/// Everything that is wrong with its form: marks, unknown, missing and mistyped fields.
pub fn parse<T: DeserializeOwned>(source: &Source, root: &str) -> Result<T, Vec<Diagnostic>> {
    let hidden = escaped_hidden(source);
    if !hidden.is_empty() {
        return Err(hidden);
    }
    match options().from_str::<T>(&source.text) {
        Ok(file) => Ok(file),
        Err(error) => Err(explain(source, root, &error)),
    }
}

/// Everything that is wrong with a file that `ron` refused.
fn explain(source: &Source, root: &str, error: &ron::error::SpannedError) -> Vec<Diagnostic> {
    let (node, faults) = tree::read(&source.text);
    if let Some(span) = node.as_ref().and_then(|node| swallows_fields(node, &source.text)) {
        let message = "this text is not closed in its line, and swallows what follows";
        return vec![Diagnostic::error("R001", &source.file, message).at(span).hint("close it with `\"`; a quotation mark inside a text is written `\\\"`")];
    }
    if let Some(span) = list_left_open(&faults, &source.text) {
        let message = "the list before this is not closed; a `]` is missing";
        return vec![Diagnostic::error("R002", &source.file, message).at(span).hint("write `],` at the end of the line above")];
    }
    // After a bracket of the wrong kind, what else is said of the text is guesswork.
    let mismatched = faults.iter().any(|fault| matches!(fault.what, tree::Broken::Mismatch { .. }));
    let told = |fault: &&tree::Fault| !mismatched || matches!(fault.what, tree::Broken::Mismatch { .. } | tree::Broken::Bracket(_) | tree::Broken::Quote);
    let mut findings: Vec<Diagnostic> = faults.iter().filter(told).map(|fault| broken(source, fault)).collect();
    if let Some(node) = &node {
        if let Some(newer) = newer_format(source, node) {
            return vec![newer];
        }
        // After a quote or bracket left open, every later place is guesswork.
        if !mismatched && !faults.iter().any(|fault| matches!(fault.what, tree::Broken::Quote | tree::Broken::Bracket(_) | tree::Broken::Depth)) {
            schema::walk(source, node, root, &mut findings);
        }
    }
    if findings.is_empty() {
        findings.push(from_ron(source, error));
    }
    findings
}

/// A field's name inside a list that a bracket of another kind closes: the list was meant to end on the line above.
fn list_left_open(faults: &[tree::Fault], text: &str) -> Option<Span> {
    let at = faults.windows(2).position(|two| {
        two[0].what == tree::Broken::Comma
            && two[1].what == tree::Broken::Stray
            && two[0].span.end == two[1].span.start
            && two[1].span.of(text).starts_with(':')
    })?;
    let closes_a_list = |fault: &tree::Fault| matches!(fault.what, tree::Broken::Mismatch { wanted: ']' } | tree::Broken::Bracket(']'));
    faults.iter().any(closes_a_list).then(|| {
        // The comma is missed after the name; the name is the word before it.
        let end = faults[at].span.end;
        let start = text[..end].rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |before| before + 1);
        Span::new(start, end)
    })
}

/// The first text that runs over a line which looks like a field: its quotation mark is missing, and every later one stands wrong.
fn swallows_fields(node: &tree::Node, text: &str) -> Option<Span> {
    let looks_like_a_field = |line: &str| {
        let name = line.trim_start();
        let end = name.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(0);
        end > 1 && name[end..].starts_with(": ")
    };
    match &node.value {
        tree::Value::Text(words) => {
            let first = node.span.of(text).find('\n')?;
            words.lines().skip(1).any(looks_like_a_field).then(|| Span::new(node.span.start, node.span.start + first))
        }
        tree::Value::Group { entries, .. } => entries.iter().find_map(|entry| swallows_fields(&entry.value, text)),
        tree::Value::List(items) => items.iter().find_map(|item| swallows_fields(item, text)),
        tree::Value::Map(pairs) => pairs.iter().find_map(|(key, value)| swallows_fields(key, text).or_else(|| swallows_fields(value, text))),
        tree::Value::Number(_) | tree::Value::Word(_) => None,
    }
}

/// A file of a later version says so before anything else.
fn newer_format(source: &Source, node: &tree::Node) -> Option<Diagnostic> {
    let entry = node.field("format")?;
    let tree::Value::Number(number) = &entry.value.value else { return None };
    let format: u32 = number.parse().ok()?;
    format_finding(source, format)
}

/// A finding where the format is not one that is read.
#[must_use]
pub fn format_finding(source: &Source, format: u32) -> Option<Diagnostic> {
    let at = |finding: Diagnostic| match tree::read(&source.text).0.as_ref().and_then(|root| root.field("format")) {
        Some(entry) => finding.at(entry.value.span),
        None => finding,
    };
    if format > FORMAT {
        let message = format!("this file is of format {format}, written for a newer practicum; this one reads format {FORMAT}");
        return Some(at(Diagnostic::error("F010", &source.file, message).hint("update practicum, or ask whoever sent it for the older format")));
    }
    (format == 0).then(|| at(Diagnostic::error("F011", &source.file, "there is no format 0").hint("write `format: 1`")))
}

fn broken(source: &Source, fault: &tree::Fault) -> Diagnostic {
    use tree::Broken;
    let (code, message, hint) = match fault.what {
        Broken::Quote => ("R001", "this text is never closed".to_owned(), "close it with `\"`; a quotation mark inside a text is written `\\\"`"),
        Broken::Bracket(close) => ("R002", format!("this bracket is never closed; a `{close}` is missing"), "close it where its content ends"),
        Broken::Mismatch { wanted } => ("R002", format!("this bracket closes nothing; `{wanted}` was due here"), "count the brackets on the lines above"),
        Broken::Comma => ("R003", "a comma is missing after this".to_owned(), "put a `,` between two values"),
        Broken::Value => ("R004", "there is no value here that can be read".to_owned(), "write a text \"…\", a number, a list […] or a group (…)"),
        Broken::Colon => ("R004", "a `:` is missing after this key".to_owned(), "write `key: value`"),
        Broken::Stray => ("R004", "this belongs to nothing".to_owned(), "delete it, or put a text between quotation marks"),
        Broken::Comment => ("R001", "this comment is never closed".to_owned(), "close it with `*/`"),
        Broken::Depth => ("R012", "this is nested deeper than any scenario needs".to_owned(), "use fewer brackets inside brackets"),
        Broken::Trailing => ("R004", "the file goes on after its end".to_owned(), "delete what stands after the last `)`"),
    };
    Diagnostic::error(code, &source.file, message).at(fault.span).hint(hint)
}

/// What `ron` itself says, where nothing better was found.
fn from_ron(source: &Source, error: &ron::error::SpannedError) -> Diagnostic {
    use ron::Error;
    let byte = |at: &ron::error::Position| Place { line: at.line, column: at.col }.byte(&source.text);
    let (start, end) = (byte(&error.span.start), byte(&error.span.end));
    let span = Span::new(start.min(end), end.max(start));
    let file = &source.file;
    let finding = match &error.code {
        Error::NoSuchStructField { expected, found, .. } => Diagnostic::error("R005", file, format!("there is no field `{found}` here"))
            .maybe_hint(did_you_mean_or_list(found, expected.iter().copied(), "known here")),
        Error::NoSuchEnumVariant { expected, found, .. } => Diagnostic::error("R008", file, format!("there is no `{found}` here"))
            .maybe_hint(did_you_mean_or_list(found, expected.iter().copied(), "known here")),
        Error::MissingStructField { field, .. } => Diagnostic::error("R006", file, format!("the field `{field}` is missing")),
        Error::DuplicateStructField { field, .. } => Diagnostic::error("R009", file, format!("the field `{field}` is given twice")).hint("keep one of them"),
        Error::InvalidEscape(why) => Diagnostic::error("R011", file, format!("this escape is not known: {why}")).hint("a backslash is written `\\\\`"),
        Error::ExceededRecursionLimit => Diagnostic::error("R012", file, "this is nested deeper than any scenario needs"),
        other => Diagnostic::error("R007", file, lower_first(&other.to_string())).hint(format!(
            "see `practicum reference` for what stands where; a group is written (…), a list […], choices such as {}",
            any_of(["advice", "withdraws"], 2)
        )),
    };
    finding.at(span)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Invisible characters that are written as escapes (`\u{202E}`) and would reach the reader all the same.
fn escaped_hidden(source: &Source) -> Vec<Diagnostic> {
    let text = &source.text;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(step) = text[from..].find('\\') {
        let at = from + step;
        // Past the backslash, and past another that it escapes.
        from = at + 1 + usize::from(text[at + 1..].starts_with('\\'));
        let rest = &text[at + 1..];
        let (len, code) = if let Some(hex) = rest.strip_prefix("u{") {
            let end = hex.find('}').unwrap_or(0).min(8);
            (end + 4, hex.get(..end).and_then(|hex| u32::from_str_radix(hex, 16).ok()))
        } else if let Some(hex) = rest.strip_prefix('x') {
            (4, hex.get(..2).and_then(|hex| u32::from_str_radix(hex, 16).ok()))
        } else if rest.starts_with('0') {
            (2, Some(0))
        } else {
            continue;
        };
        if code.and_then(char::from_u32).is_some_and(super::source::is_hidden) && found.len() < 10 {
            found.push(
                Diagnostic::error("F004", &source.file, "this escape stands for an invisible character")
                    .at(Span::new(at, (at + len).min(text.len())))
                    .hint("delete it; it can hide or turn round what a reader sees"),
            );
        }
    }
    found
}
