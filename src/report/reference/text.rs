//! The reference at a terminal: one word looked up, or all words as a list.

use super::{FieldPage, Manual, NamePage, TypePage};
use crate::report::Page;
use crate::script::api::On;

/// All names, for somebody who does not know yet what to look up.
#[must_use]
pub fn overview(page: &Page, manual: &Manual) -> String {
    let mut set = page.paragraph(0, "practicum reference WORD explains one of these: a type, a field, or a name of scripts.");
    for types in [&manual.types] {
        for one in types {
            if let Some(file) = one.file {
                set += &page.heading(file);
            }
            let names: Vec<&str> = one.fields.iter().map(|field| field.name.as_str()).chain(one.choices.iter().map(|choice| choice.name.as_str())).collect();
            set += &page.hanging("  ", "      ", &format!("{}: {}", one.name, names.join(", ")));
        }
    }
    set += &page.heading("client.rhai");
    for (on, title) in PLACES {
        let names: Vec<&str> = manual.script.iter().filter(|name| name.on == on).map(|name| name.signature.as_str()).collect();
        set += &page.hanging("  ", "      ", &format!("{title}: {}", names.join(", ")));
    }
    set
}

/// Where names of scripts live, in the order of the reference, with what each place is called.
pub(super) const PLACES: [(On, &str); 8] = [
    (On::Hook, "Hooks, which you write and the engine calls"),
    (On::Free, "Functions"),
    (On::Turn, "The reply that was just given"),
    (On::Past, "An earlier turn"),
    (On::Client, "The client"),
    (On::Reaction, "A reaction"),
    (On::List, "A list"),
    (On::Text, "A text"),
];

/// Every page of a word: `trust`, `turn.has`, `When`, `When.says`, `scenario.ron`. None where nothing has that name.
#[must_use]
pub fn pages(page: &Page, manual: &Manual, word: &str) -> Option<String> {
    let wanted = word.trim().trim_end_matches("()");
    let mut set = String::new();
    for one in &manual.types {
        if one.name.eq_ignore_ascii_case(wanted) || one.file == Some(wanted) {
            set += &whole_type(page, one);
            continue;
        }
        let (of, field) = wanted.split_once('.').map_or((None, wanted), |(of, field)| (Some(of), field));
        if of.is_some_and(|of| !one.name.eq_ignore_ascii_case(of)) {
            continue;
        }
        for known in one.fields.iter().filter(|known| known.name == field) {
            set += &page.heading(&format!("{}.{} (in {})", one.name, known.name, home(manual, one)));
            set += &field_text(page, known);
        }
        for choice in one.choices.iter().filter(|choice| choice.name.split('(').next() == Some(field)) {
            set += &page.heading(&format!("{} (one of {})", choice.name, one.name));
            set += &page.paragraph(2, &choice.doc);
        }
    }
    for name in manual.script.iter().filter(|name| name.name == wanted || name.signature.split('(').next() == Some(wanted)) {
        set += &page.heading(&format!("{} (in client.rhai)", name.signature));
        set += &name_text(page, name);
    }
    (!set.is_empty()).then(|| set.trim_start_matches('\n').to_owned())
}

/// The first file in whose part of the reference the type stands.
fn home(manual: &Manual, one: &TypePage) -> &'static str {
    let mut file = "";
    for other in &manual.types {
        file = other.file.unwrap_or(file);
        if other.name == one.name {
            break;
        }
    }
    file
}

fn whole_type(page: &Page, one: &TypePage) -> String {
    let title = one.file.map_or_else(|| one.name.clone(), |file| format!("{} ({file})", one.name));
    let mut set = page.heading(&title);
    set += &page.paragraph(2, &one.doc);
    for field in &one.fields {
        set += &page.heading(&field.name);
        set += &field_text(page, field);
    }
    for choice in &one.choices {
        set += &page.hanging("  ", "      ", &format!("{}: {}", choice.name, choice.doc));
    }
    set
}

fn field_text(page: &Page, field: &FieldPage) -> String {
    let mut set = page.paragraph(2, &field.doc);
    set += &page.paragraph(2, &about(field));
    if !field.example.is_empty() {
        set += &page.paragraph(2, &format!("Example: {}", field.example));
    }
    set
}

/// "A number, 0 to 1; may be left out. See Temperament."
pub(super) fn about(field: &FieldPage) -> String {
    let mut letters = field.is.chars();
    let mut text: String = letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect();
    if !field.range.is_empty() {
        text += &format!(", {}", field.range);
    }
    text += if field.optional { "; may be left out." } else { "; must be there." };
    if let Some(of) = &field.of {
        text += &format!(" See {of}.");
    }
    text
}

fn name_text(page: &Page, name: &NamePage) -> String {
    let mut set = page.paragraph(2, name.doc);
    for param in &name.params {
        set += &page.hanging("  ", "      ", &format!("{}: {}. {}", param.name, param.is, param.doc));
    }
    set += &page.paragraph(2, &format!("Gives: {}.", name.gives));
    set += &page.paragraph(2, "Example:");
    for line in name.example.lines() {
        set += &format!("    {}\n", crate::text::neutralise(line));
    }
    set
}
