//! Fields in the order of the reference, so that two authors' files can be laid side by side. A comment stays with the field it stands
//! before, or behind on the same line.

use crate::scenario::schema::{Field, Shape, TypeKind, schema};
use crate::scenario::tree::{self, Entry, Node, Value};

/// The text with the fields of every group in the order of the reference. What cannot be read, and groups with fields that are not
/// known, stay as they are.
pub(super) fn ordered(text: &str) -> String {
    let (Some(root), faults) = tree::read(text) else { return text.to_owned() };
    if !faults.is_empty() {
        return text.to_owned();
    }
    let kind = if root.field("rules").is_some() {
        "CodebookFile"
    } else if root.field("client").is_some() {
        "ScenarioFile"
    } else if root.field("turns").is_some() {
        "TranscriptFile"
    } else {
        return text.to_owned();
    };
    let inside = render(&root, &Shape::Named(kind.to_owned()), text);
    format!("{}{inside}{}", &text[..root.span.start], &text[root.span.end..])
}

/// The text of a node, with everything in it in order.
fn render(node: &Node, shape: &Shape, text: &str) -> String {
    match (shape, &node.value) {
        (Shape::Maybe(of), Value::Group { name: Some(name), entries }) if name == "Some" && entries.len() == 1 => {
            spliced(node, text, [(&entries[0].value, of.as_ref())])
        }
        (Shape::Maybe(of), _) => render(node, of, text),
        (Shape::List(of), Value::List(items)) => spliced(node, text, items.iter().map(|item| (item, of.as_ref()))),
        (Shape::Several(of, _), Value::Group { entries, .. }) => spliced(node, text, entries.iter().map(|entry| (&entry.value, of.as_ref()))),
        (Shape::Tuple(parts), Value::Group { entries, .. }) => spliced(node, text, entries.iter().map(|entry| &entry.value).zip(parts)),
        (Shape::Line, Value::Group { .. }) => render(node, &Shape::Named("FullLine".to_owned()), text),
        (Shape::Named(name), Value::Group { entries, .. }) => match schema().types.get(name).map(|known| &known.kind) {
            Some(TypeKind::Struct(fields)) => group(node, entries, fields, text),
            _ => node.span.of(text).to_owned(),
        },
        _ => node.span.of(text).to_owned(),
    }
}

/// The text of a node with some of what it holds rendered.
fn spliced<'a>(node: &Node, text: &str, inside: impl IntoIterator<Item = (&'a Node, &'a Shape)>) -> String {
    let (mut all, mut at) = (String::new(), node.span.start);
    for (child, shape) in inside {
        all += &text[at..child.span.start];
        all += &render(child, shape, text);
        at = child.span.end;
    }
    all + &text[at..node.span.end]
}

fn group(node: &Node, entries: &[Entry], fields: &[Field], text: &str) -> String {
    let place = |entry: &Entry| entry.key.as_ref().and_then(|(key, _)| fields.iter().position(|field| field.name == *key));
    let places: Vec<usize> = entries.iter().filter_map(place).collect();
    let known = places.len() == entries.len();
    let shape = |entry: &Entry| place(entry).map_or(&Shape::Any, |at| &fields[at].is);
    if !known || places.is_sorted() {
        return spliced(node, text, entries.iter().map(|entry| (&entry.value, shape(entry))));
    }
    // Each field with the comments before it, its comma, and what is said about it on the same line.
    let mut parts: Vec<(usize, String)> = Vec::with_capacity(entries.len());
    let Some(open) = node.span.of(text).find('(') else { return node.span.of(text).to_owned() };
    let mut at = node.span.start + open + 1;
    let head = &text[node.span.start..at];
    for (entry, place) in entries.iter().zip(places) {
        let (comma, end) = tail(text, entry.value.span.end);
        let mut part = format!("{}{}", &text[at..entry.value.span.start], render(&entry.value, shape(entry), text));
        if !comma {
            part.push(',');
        }
        let behind = &text[entry.value.span.end..end];
        part += behind;
        if behind.contains("//") {
            part.push('\n');
        }
        parts.push((place, part));
        at = end;
    }
    parts.sort_by_key(|(place, _)| *place);
    let all: String = parts.into_iter().map(|(_, part)| part).collect();
    format!("{head}{all}{}", &text[at..node.span.end])
}

/// Whether a comma follows a value, and where what belongs to the value ends: after the comma and a comment on the same line.
fn tail(text: &str, from: usize) -> (bool, usize) {
    let (mut at, mut comma, mut end) = (from, false, from);
    loop {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { return (comma, end) };
        if c == ',' && !comma {
            comma = true;
            at += 1;
            end = at;
        } else if rest.starts_with("//") {
            // A comment between the value and its comma, or behind the comma on its line.
            at += rest.find('\n').unwrap_or(rest.len());
            end = at;
            if comma {
                return (comma, end);
            }
        } else if let Some(inside) = rest.strip_prefix("/*") {
            at += inside.find("*/").map_or(rest.len(), |close| close + 4);
            end = at;
        } else if c == '\n' && comma {
            return (comma, end);
        } else if c.is_whitespace() {
            at += c.len_utf8();
        } else {
            // Without a comma, what was skipped belongs to the closing bracket.
            return if comma { (comma, end) } else { (comma, from) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn fields_stand_in_the_order_of_the_reference_and_comments_go_with_them() {
        let text = "(\n  // who\n  client: (age: 3, name: \"x\"), // she\n  id: \"b\", /* c */\n  format: 1 // last\n)";
        let wanted = "(\n  format: 1,  id: \"b\", /* c */\n  // who\n  client: (name: \"x\", age: 3,), // she\n // last\n)";
        // The layout comes after the order: spaces are not compared.
        let close = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(close(&ordered(text)), close(wanted));
    }

    #[test]
    fn what_is_in_order_or_not_known_stays_as_it_is() {
        for text in ["(format: 1, client: (name: \"x\"))", "(client: (name: \"x\"), odd: 1, format: 1)", "(b: 1, a: 2)", "(client: ("] {
            assert_eq!(ordered(text), text);
        }
    }
}
