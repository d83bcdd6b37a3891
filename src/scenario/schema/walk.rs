//! Lays the schema over a tree and notes everything that does not fit.

use super::{Field, Shape, TypeKind, Variant, schema};
use crate::diagnostic::wording::did_you_mean_or_list;
use crate::diagnostic::{Diagnostic, Span};
use crate::scenario::source::Source;
use crate::scenario::tree::{Entry, Node, Value};

/// Notes unknown, missing, repeated and mistyped fields of a tree whose root is the type `root`.
pub fn walk(source: &Source, node: &Node, root: &str, findings: &mut Vec<Diagnostic>) {
    Walker { source, findings }.shape(node, &Shape::Named(root.to_owned()));
}

struct Walker<'a> {
    source: &'a Source,
    findings: &'a mut Vec<Diagnostic>,
}

impl Walker<'_> {
    fn note(&mut self, code: &'static str, span: Span, message: String, hint: Option<String>) {
        self.findings.push(Diagnostic::error(code, &self.source.file, message).at(span).maybe_hint(hint));
    }

    fn mistyped(&mut self, node: &Node, wanted: &Shape) {
        let message = format!("{} stands where {} belongs", in_words(&node.value), wanted.words());
        let hint = match (&node.value, wanted) {
            (Value::Word(word), Shape::Text) => Some(format!("write \"{word}\" with quotation marks")),
            (Value::Text(text), Shape::Number | Shape::Whole(_) | Shape::Flag) => Some(format!("write {text} without quotation marks")),
            (Value::Text(_) | Value::Word(_) | Value::Group { .. } | Value::Number(_), Shape::List(_)) => Some("put it between [ and ]".to_owned()),
            (Value::List(_), Shape::Tuple(_) | Shape::Several(..)) => Some("use round brackets ( ) instead of [ ]".to_owned()),
            (Value::Map(_), _) => Some("a group is written (field: value), with round brackets".to_owned()),
            _ => None,
        };
        self.note("R007", shown(node, &self.source.text), message, hint);
    }

    fn shape(&mut self, node: &Node, wanted: &Shape) {
        match (wanted, &node.value) {
            (Shape::Any, _) | (Shape::Text, Value::Text(_)) | (Shape::Line, Value::Text(_)) => {}
            (Shape::Flag, Value::Word(word)) if word == "true" || word == "false" => {}
            (Shape::Whole(most), Value::Number(number)) => self.whole(node, number, *most),
            (Shape::Number, Value::Number(number)) => {
                if !number.replace('_', "").parse::<f64>().is_ok_and(f64::is_finite) {
                    self.note("R010", node.span, format!("`{number}` is not a number that can be used"), Some("write it like 0.25".to_owned()));
                }
            }
            (Shape::Number, Value::Word(word)) if matches!(word.as_str(), "inf" | "NaN") => {
                self.note("R010", node.span, format!("`{word}` is not a number that can be used"), Some("write it like 0.25".to_owned()));
            }
            (Shape::List(of), Value::List(items)) => {
                for item in items {
                    self.shape(item, of);
                }
            }
            (Shape::Several(of, n), Value::Group { name: None, entries }) if entries.iter().all(|entry| entry.key.is_none()) => {
                self.count(node, entries.len(), *n);
                for entry in entries {
                    self.shape(&entry.value, of);
                }
            }
            (Shape::Tuple(parts), Value::Group { name: None, entries }) if entries.iter().all(|entry| entry.key.is_none()) => {
                self.count(node, entries.len(), parts.len());
                for (entry, part) in entries.iter().zip(parts) {
                    self.shape(&entry.value, part);
                }
            }
            (Shape::Maybe(_), Value::Word(word)) if word == "None" => {}
            (Shape::Maybe(of), Value::Group { name: Some(name), entries }) if name == "Some" => {
                for entry in entries {
                    self.shape(&entry.value, of);
                }
            }
            (Shape::Maybe(of), _) => self.shape(node, of),
            (Shape::Line, Value::Group { .. }) => self.named(node, "FullLine", wanted),
            (Shape::Named(name), _) => self.named(node, name, wanted),
            _ => self.mistyped(node, wanted),
        }
    }

    fn whole(&mut self, node: &Node, number: &str, most: u64) {
        if !number.replace('_', "").parse::<u64>().is_ok_and(|value| value <= most) {
            let message = format!("`{number}` is not {}", Shape::Whole(most).words());
            self.note("R010", node.span, message, Some(format!("write {}", Shape::Whole(most).words())));
        }
    }

    fn count(&mut self, node: &Node, has: usize, wanted: usize) {
        if has != wanted {
            let span = shown(node, &self.source.text);
            self.note("R007", span, format!("{has} stand here where {wanted} belong"), Some("see `practicum reference` for what each of them is".to_owned()));
        }
    }

    fn named(&mut self, node: &Node, name: &str, wanted: &Shape) {
        let Some(known) = schema().types.get(name) else { return };
        match (&known.kind, &node.value) {
            (TypeKind::Struct(fields), Value::Group { entries, .. }) => self.fields(node, fields, entries),
            (TypeKind::Choice(variants), Value::Word(word)) => self.variant(node, variants, word, None),
            (TypeKind::Choice(variants), Value::Group { name: Some(word), entries }) => self.variant(node, variants, word, Some(entries)),
            (TypeKind::Choice(variants), Value::Text(text)) if variants.iter().any(|variant| variant.name == *text) => {
                self.note("R007", node.span, format!("`{text}` is a name and stands without quotation marks"), Some(format!("write {text}")));
            }
            _ => self.mistyped(node, wanted),
        }
    }

    fn variant(&mut self, node: &Node, variants: &[Variant], word: &str, entries: Option<&[Entry]>) {
        let names = || variants.iter().map(|variant| variant.name.as_str());
        match (variants.iter().find(|variant| variant.name == word), entries) {
            (None, _) => {
                let span = Span::new(node.span.start, node.span.start + word.len());
                self.note("R008", span, format!("there is no `{word}` here"), did_you_mean_or_list(word, names(), "known here"));
            }
            (Some(Variant { holds: Some(of), .. }), Some([entry])) => self.shape(&entry.value, of),
            (Some(Variant { holds: Some(of), .. }), _) => {
                self.note("R007", shown(node, &self.source.text), format!("`{word}` needs {} in brackets", of.words()), Some(format!("write {word}(…)")));
            }
            (Some(Variant { holds: None, .. }), Some(_)) => {
                self.note("R007", shown(node, &self.source.text), format!("`{word}` takes no brackets"), Some(format!("write {word}")));
            }
            (Some(_), None) => {}
        }
    }

    fn fields(&mut self, node: &Node, fields: &[Field], entries: &[Entry]) {
        let names = || fields.iter().map(|field| field.name.as_str());
        let mut seen: Vec<&str> = Vec::new();
        let mut mistyped_name: Vec<&str> = Vec::new();
        for entry in entries {
            let Some((key, span)) = &entry.key else {
                self.note(
                    "R005",
                    shown(&entry.value, &self.source.text),
                    "this value has no field name".to_owned(),
                    Some(format!("write `field: value`; {}", did_you_mean_or_list("", names(), "known here").unwrap_or_default())),
                );
                continue;
            };
            if seen.contains(&key.as_str()) {
                self.note("R009", *span, format!("the field `{key}` is given twice"), Some("keep one of them".to_owned()));
                continue;
            }
            seen.push(key);
            match fields.iter().find(|field| field.name == *key) {
                Some(field) => self.shape(&entry.value, &field.is),
                None => {
                    let free: Vec<&str> = names().filter(|name| !entries.iter().any(|entry| entry.key.as_ref().is_some_and(|(key, _)| key == name))).collect();
                    let near = crate::diagnostic::wording::nearest(key, free.iter().copied());
                    mistyped_name.extend(near.first());
                    self.note("R005", *span, format!("there is no field `{key}` here"), did_you_mean_or_list(key, free.iter().copied(), "known here"));
                }
            }
        }
        for field in fields.iter().filter(|field| !field.optional && !seen.contains(&field.name.as_str()) && !mistyped_name.contains(&field.name.as_str())) {
            // The opening bracket (with a name before it) is where the author thinks of the group as beginning.
            let span = shown(node, &self.source.text);
            let doc = field.doc.trim_end_matches('.');
            let hint = if doc.is_empty() { format!("it is {}", field.is.words()) } else { format!("{doc}; write `{}:` and {}", field.name, field.is.words()) };
            self.note("R006", span, format!("the field `{}` is missing", field.name), Some(hint));
        }
    }
}

/// A long group is shown by its first line.
fn shown(node: &Node, text: &str) -> Span {
    let first_line = node.span.of(text).find('\n').unwrap_or(node.span.end - node.span.start);
    Span::new(node.span.start, node.span.start + first_line)
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Group { .. } => "a group (…)".to_owned(),
        Value::List(_) => "a list […]".to_owned(),
        Value::Map(_) => "a map {…}".to_owned(),
        Value::Text(_) => "a text".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::Word(word) => format!("`{word}`"),
    }
}
