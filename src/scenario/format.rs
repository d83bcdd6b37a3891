//! One layout for all scenario files: comments kept, the same meaning, and the second time nothing changes.

mod order;

use super::source::Source;
use super::{parse, tree};
use crate::diagnostic::Diagnostic;

/// A writer that loses nothing: comments, order and every value stay.
pub trait Lossless {
    /// The text in the one layout, or what keeps it from being read.
    ///
    /// # Errors
    /// A sentence about what cannot be read.
    fn lay_out(&self, text: &str) -> Result<String, String>;
}

/// `ron2`, which keeps comments. It has one author and is young, so every result is read again by `ron` before it is used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ron2;

/// Groups and lists that fit into a line of this length stay on one. As wide as an editor beside a session is.
const LINE: usize = 110;

impl Lossless for Ron2 {
    fn lay_out(&self, text: &str) -> Result<String, String> {
        let document = ron2::ast::parse_document(text).map_err(|error| error.to_string())?;
        let config = ron2::ast::FormatConfig::new().indent("  ").char_limit(LINE);
        let mut text = ron2::ast::format_document(&document, &config);
        while text.ends_with(['\n', ' ']) {
            text.pop();
        }
        text.push('\n');
        Ok(text)
    }
}

/// The file in the one layout.
///
/// # Errors
/// What is wrong with it, or that its meaning could not be kept (then it is left as it is).
pub fn format(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let before: Result<ron::Value, _> = parse::options().from_str(&source.text);
    let (_, faults) = tree::read(&source.text);
    let Ok(before) = before else {
        return Err(vec![
            Diagnostic::error("R004", &source.file, "this file cannot be read, so it is left as it is").hint("`practicum check` shows what is wrong with it"),
        ]);
    };
    let kept = |message: String| {
        vec![Diagnostic::error("R012", &source.file, format!("this file is left as it is: {message}")).hint("please report it with the file")]
    };
    let mut text = order::ordered(&source.text);
    // In another order, and none lost.
    let in_order = comments(&text);
    if sorted(&in_order) != sorted(&comments(&source.text)) {
        return Err(kept("its comments could not be kept".to_owned()));
    }
    // Some comments take two rounds to settle; what still moves after four is left alone. A round that would lose a comment is not taken.
    for _ in 0..5 {
        let again = Ron2.lay_out(&text).map_err(kept)?;
        if again == text || comments(&again) != in_order {
            break;
        }
        text = again;
    }
    let after: Option<ron::Value> = parse::options().from_str(&text).ok();
    if after.as_ref() != Some(&before) || comments(&text) != in_order || !faults.is_empty() {
        return Err(kept("its meaning could not be kept".to_owned()));
    }
    Ok(text)
}

fn sorted(comments: &[String]) -> Vec<&String> {
    let mut sorted: Vec<&String> = comments.iter().collect();
    sorted.sort();
    sorted
}

/// The words of all comments, in order.
fn comments(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut at, bytes) = (0, text.as_bytes());
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
                found.push(text[at + 2..end].trim().to_owned());
                at = end;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end = text[at..].find("*/").map_or(text.len(), |end| at + end + 2);
                found.push(text[at + 2..end].trim_end_matches("*/").trim().to_owned());
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        format(&Source { file: "f.ron".into(), text: text.into() }).unwrap()
    }

    #[test]
    fn comments_stay_and_the_second_time_nothing_changes() {
        let text = "// head\n(a:1,// one\n   b : [1,2 ,3], /* two */ c: \"// not a comment\",\n // last\n)\n// tail";
        let once = formatted(text);
        assert_eq!(comments(&once), ["head", "one", "two", "last", "tail"]);
        assert_eq!(formatted(&once), once);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is() {
        assert!(format(&Source { file: "f.ron".into(), text: "(a: ".into() }).is_err());
    }
}
