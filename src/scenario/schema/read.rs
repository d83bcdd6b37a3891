//! Reads the shape's types out of their Rust source: public structs and enums, their docstrings, fields, variants and defaults.
//! It knows the little Rust that those files are written in; a test holds that every type of the shape was understood.

use super::{Field, Schema, Shape, Type, TypeKind, Variant};

/// Adds every public type of a source file.
pub(super) fn types(source: &str, schema: &mut Schema) {
    let mut notes = Notes::default();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if notes.take(line) {
            continue;
        }
        if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            let all_optional = notes.serde.contains("default");
            let doc = notes.doc();
            schema.types.insert(name.to_owned(), Type { doc, kind: TypeKind::Struct(fields(&mut lines, all_optional)) });
        } else if let Some(name) = line.strip_prefix("pub enum ").and_then(|rest| rest.strip_suffix(" {")) {
            let doc = notes.doc();
            schema.types.insert(name.to_owned(), Type { doc, kind: TypeKind::Choice(variants(&mut lines)) });
        } else if line == "acts! {" || line == "factors! {" {
            let name = if line == "acts! {" { "Act" } else { "TrustFactor" };
            schema.types.insert(name.to_owned(), Type { doc: String::new(), kind: TypeKind::Choice(table(&mut lines)) });
        } else if let Some((from, to)) = line.strip_prefix("pub use crate::scoring::").and_then(|rest| rest.strip_suffix(';')?.split_once(" as ")) {
            // An alias is written into the shapes when they are read.
            debug_assert_eq!((from, to), ("ModelReply", "Model"));
        } else if line.starts_with("#[cfg(test)]") {
            return;
        }
        notes = Notes::default();
    }
}

#[derive(Default)]
struct Notes {
    doc: Vec<String>,
    serde: String,
}

impl Notes {
    /// Whether the line was a docstring or an attribute.
    fn take(&mut self, line: &str) -> bool {
        if let Some(doc) = line.strip_prefix("///") {
            self.doc.push(doc.trim().to_owned());
            return true;
        }
        if line == "#[cfg(test)]" {
            return false;
        }
        if line.starts_with("#[") {
            if line.starts_with("#[serde(") {
                self.serde += line;
            }
            return true;
        }
        false
    }

    fn doc(&self) -> String {
        self.doc.join(" ")
    }
}

fn fields<'a>(lines: &mut impl Iterator<Item = &'a str>, all_optional: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut notes = Notes::default();
    for line in lines.by_ref() {
        let line = line.trim();
        if line == "}" {
            break;
        }
        if notes.take(line) {
            continue;
        }
        if let Some((name, is)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) {
            let is = shape(is.trim_end_matches(','));
            let optional = all_optional || notes.serde.contains("default") || matches!(is, Shape::Maybe(_));
            fields.push(Field { name: name.to_owned(), doc: notes.doc(), is, optional });
        }
        notes = Notes::default();
    }
    fields
}

fn variants<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut notes = Notes::default();
    for line in lines.by_ref() {
        let line = line.trim();
        if line == "}" {
            break;
        }
        if notes.take(line) {
            continue;
        }
        let line = line.trim_end_matches(',');
        let (name, holds) = match line.split_once('(') {
            Some((name, inner)) => (name, Some(shape(inner.trim_end_matches(')')))),
            None => (line, None),
        };
        if name.chars().all(char::is_alphanumeric) && !name.is_empty() {
            variants.push(Variant { name: snake(name), doc: notes.doc(), holds });
        }
        notes = Notes::default();
    }
    variants
}

/// `Variant = "name",` of the two macros.
fn table<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut notes = Notes::default();
    for line in lines.by_ref() {
        let line = line.trim();
        if line == "}" {
            break;
        }
        if notes.take(line) {
            continue;
        }
        let mut quoted = line.split('"').skip(1).step_by(2);
        if let Some(name) = quoted.next() {
            let doc = quoted.next().map_or_else(|| notes.doc(), str::to_owned);
            variants.push(Variant { name: name.to_owned(), doc, holds: None });
        }
        notes = Notes::default();
    }
    variants
}

fn shape(rust: &str) -> Shape {
    let rust = rust.trim();
    let inner = |prefix: &str| rust.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(of) = inner("Vec<") {
        return Shape::List(Box::new(shape(of)));
    }
    if let Some(of) = inner("Option<") {
        return Shape::Maybe(Box::new(shape(of)));
    }
    if let Some((of, n)) = rust.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')?.split_once("; ")) {
        return n.parse().map_or(Shape::Any, |n| Shape::Several(Box::new(shape(of)), n));
    }
    if let Some(parts) = rust.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return Shape::Tuple(split(parts).into_iter().map(shape).collect());
    }
    match rust {
        "String" => Shape::Text,
        "bool" => Shape::Flag,
        "u8" => Shape::Whole(255),
        "u32" => Shape::Whole(u64::from(u32::MAX)),
        "u64" | "usize" => Shape::Whole(u64::MAX),
        "f64" => Shape::Number,
        "Line" => Shape::Line,
        "Model" => Shape::Named("ModelReply".to_owned()),
        name if name.chars().all(char::is_alphanumeric) => Shape::Named(name.to_owned()),
        _ => Shape::Any,
    }
}

/// Splits at commas outside brackets.
fn split(parts: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0_i32, 0, Vec::new());
    for (at, c) in parts.char_indices() {
        match c {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&parts[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&parts[start..]);
    found
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::super::{Shape, TypeKind, schema};
    use crate::appraisal::{Act, TrustFactor};

    #[test]
    fn every_type_that_the_shape_names_was_understood() {
        let schema = schema();
        for root in ["ScenarioFile", "TranscriptFile", "FullLine"] {
            assert!(!schema.fields(root).is_empty(), "{root}");
        }
        let mut open = vec!["ScenarioFile".to_owned(), "TranscriptFile".to_owned(), "FullLine".to_owned()];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let known = schema.types.get(&name).unwrap_or_else(|| panic!("`{name}` was not read"));
            let shapes: Vec<&Shape> = match &known.kind {
                TypeKind::Struct(fields) => fields.iter().map(|field| &field.is).collect(),
                TypeKind::Choice(variants) => variants.iter().filter_map(|variant| variant.holds.as_ref()).collect(),
            };
            let mut shapes = shapes;
            while let Some(shape) = shapes.pop() {
                match shape {
                    Shape::Named(other) => open.push(other.clone()),
                    Shape::List(of) | Shape::Maybe(of) | Shape::Several(of, _) => shapes.push(of),
                    Shape::Tuple(parts) => shapes.extend(parts),
                    Shape::Any => panic!("`{name}` holds something that was not understood"),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn the_names_are_those_that_files_use() {
        let names = |name: &str| match &schema().types[name].kind {
            TypeKind::Choice(variants) => variants.iter().map(|variant| variant.name.clone()).collect::<Vec<_>>(),
            TypeKind::Struct(_) => Vec::new(),
        };
        assert_eq!(names("Act"), Act::ALL.iter().map(|act| act.name().to_owned()).collect::<Vec<_>>());
        assert_eq!(names("TrustFactor"), TrustFactor::ALL.iter().map(|factor| factor.name().to_owned()).collect::<Vec<_>>());
        assert!(names("GateCondition").contains(&"session_at_least".to_owned()));
        assert!(names("Asks").contains(&"how_much".to_owned()));
    }
}
