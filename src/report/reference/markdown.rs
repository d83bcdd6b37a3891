//! The reference as one Markdown document.

use super::text::{PLACES, about};
use super::{Manual, TypePage};
use std::fmt::Write as _;

/// The document.
#[must_use]
pub fn markdown(manual: &Manual) -> String {
    let mut text =
        format!("# The author's reference, practicum {}\n\nEvery field of a scenario's files, and every name that a script may use.\n", manual.version);
    for one in &manual.types {
        if let Some(file) = one.file {
            let _ = write!(text, "\n## {file}\n");
        }
        of_type(one, &mut text);
    }
    text += "\n## client.rhai\n";
    for (on, title) in PLACES {
        let _ = write!(text, "\n### {title}\n");
        for name in manual.script.iter().filter(|name| name.on == on) {
            let _ = write!(text, "\n#### `{}`\n\n{} Gives: {}.\n", name.signature, name.doc, name.gives);
            for param in &name.params {
                let _ = write!(text, "\n- `{}`: {}. {}", param.name, param.is, param.doc);
            }
            if !name.params.is_empty() {
                text.push('\n');
            }
            let _ = write!(text, "\n```rhai\n{}\n```\n", name.example);
        }
    }
    text
}

fn of_type(one: &TypePage, text: &mut String) {
    let _ = write!(text, "\n### {}\n\n{}\n", one.name, one.doc);
    if !one.fields.is_empty() {
        text.push_str("\n| field | is | means | for example |\n|---|---|---|---|\n");
    }
    for field in &one.fields {
        let example = if field.example.is_empty() { String::new() } else { format!("`{}`", cell(&field.example)) };
        let _ = writeln!(text, "| `{}` | {} | {} | {example} |", field.name, cell(&about(field)), cell(&field.doc));
    }
    if !one.choices.is_empty() {
        text.push_str("\n| one of | means |\n|---|---|\n");
    }
    for choice in &one.choices {
        let _ = writeln!(text, "| `{}` | {} |", cell(&choice.name), cell(&choice.doc));
    }
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
