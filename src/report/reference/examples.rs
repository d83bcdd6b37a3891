//! An example for each field, cut out of files that are checked: the shipped scenarios, the templates of `new`, and a few lines of its own.

use crate::scenario::Shelf;
use crate::scenario::schema::{Shape, TypeKind, schema};
use crate::scenario::tree::{self, Node, Value};
use std::collections::BTreeMap;

/// A value longer than this is shown by its beginning.
const LONG: usize = 160;

/// What the shipped files happen not to use. The tests hold that each fits its field.
const MORE: &[(&str, &str, &str)] = &[
    ("ReactionSpec", "ends", "ends: true"),
    ("PromiseSpec", "also_kept", "also_kept: on_time"),
    ("SessionSpec", "events", "events: [(id: \"a_card\", what: \"her sister sent a card\", lines: [\"She sent a card.\"])]"),
    ("SessionSpec", "recalls", "recalls: [(id: \"kept_the_hour\", since: (time: [on_time]), lines: [\"You let me go in time. Nobody does.\"])]"),
    ("SessionSpec", "days", "days: 14"),
    ("BetweenEvent", "id", "id: \"a_card\""),
    ("BetweenEvent", "what", "what: \"her sister sent a card without a word in it\""),
    ("BetweenEvent", "told", "told: [\"in_the_car\"]"),
    ("BetweenEvent", "not_told", "not_told: [\"the_form\"]"),
    ("BetweenEvent", "flags", "flags: [\"greeted\"]"),
    ("BetweenEvent", "shifts", "shifts: [(hope, 0.05, \"somebody thought of her\")]"),
    ("BetweenEvent", "sets", "sets: [\"got_a_card\"]"),
    ("BetweenEvent", "lines", "lines: [\"She sent a card. Nothing in it.\"]"),
    ("Recall", "id", "id: \"kept_the_hour\""),
    ("Recall", "since", "since: (time: [on_time])"),
    ("Recall", "lines", "lines: [\"You let me go in time. Nobody does.\"]"),
    ("Recall", "feel", "feel: \"She does what she says.\""),
    ("Recall", "model", "model: (say: \"We said ten to.\", because: \"It stays with what was agreed.\")"),
    ("Recall", "sets", "sets: [\"on_time_once\"]"),
    ("Since", "told", "told: [\"in_the_car\"]"),
    ("Since", "touched", "touched: [\"mother\"]"),
    ("Since", "recalled", "recalled: [\"good_tuesday\"]"),
    ("Since", "rupture", "rupture: true"),
    ("Since", "repaired", "repaired: true"),
    ("Since", "promised", "promised: [\"groups\"]"),
    ("Since", "kept", "kept: [\"groups\"]"),
    ("Since", "broken", "broken: [\"groups\"]"),
    ("Since", "time", "time: [over, early]"),
    ("Since", "events", "events: [\"a_card\"]"),
    ("Since", "flags", "flags: [\"greeted\"]"),
    ("Since", "not_flags", "not_flags: [\"had_a_plan\"]"),
    ("Since", "trust", "trust: (0.3, 1.0)"),
    ("Expectation", "course", "course: 1"),
    ("Expectation", "trust_at_most", "trust_at_most: 0.2"),
    ("Expectation", "leaves_at_most", "leaves_at_most: 0.05"),
    ("TranscriptFile", "flags", "flags: [\"greeted\"]"),
    ("TranscriptTurn", "empathy", "empathy: (4.0, 5.0)"),
    ("TranscriptTurn", "non_judgment", "non_judgment: (1.0, 2.5)"),
    ("TranscriptTurn", "listening", "listening: (3.0, 5.0)"),
    ("Rule", "factors", "factors: [cultural_humility]"),
    ("Rule", "context", "context: after_feeling"),
    ("Rule", "negatable", "negatable: false"),
    ("Rule", "whole", "whole: true"),
];

/// Read before the shipped scenarios, because they are short: what `new` writes, and a family of the codebook. All are checked by tests.
const SHORT: &[(&str, &str)] = &[
    ("ScenarioFile", include_str!("../../interface/new/course/scenario.ron")),
    ("TranscriptFile", include_str!("../../interface/new/course/transcripts/hurt-and-mended.ron")),
    ("CodebookFile", include_str!("../../../codebook/questions.ron")),
];

/// The examples by type and field.
pub(super) struct Examples {
    found: BTreeMap<(String, String), String>,
}

impl Examples {
    pub(super) fn gather() -> Self {
        let mut found = BTreeMap::new();
        for (root, text) in SHORT {
            note_file(root, text, &mut found);
        }
        for folder in Shelf::built_in().folders() {
            if let Ok(Some(source)) = folder.read("scenario.ron") {
                note_file("ScenarioFile", &source.text, &mut found);
            }
            for file in folder.files_in("transcripts") {
                if let Ok(Some(source)) = folder.read(&file) {
                    note_file("TranscriptFile", &source.text, &mut found);
                }
            }
        }
        for (of, field, example) in MORE {
            found.entry(((*of).to_owned(), (*field).to_owned())).or_insert_with(|| (*example).to_owned());
        }
        Self { found }
    }

    pub(super) fn of(&self, of: &str, field: &str) -> String {
        self.found.get(&(of.to_owned(), field.to_owned())).cloned().unwrap_or_default()
    }
}

fn note_file(root: &str, text: &str, found: &mut BTreeMap<(String, String), String>) {
    if let (Some(node), _) = tree::read(text) {
        note(&node, &Shape::Named(root.to_owned()), text, found);
    }
}

fn note(node: &Node, shape: &Shape, text: &str, found: &mut BTreeMap<(String, String), String>) {
    match (shape, &node.value) {
        (Shape::Maybe(of), _) => note(node, of, text, found),
        (Shape::List(of), Value::List(items)) => items.iter().for_each(|item| note(item, of, text, found)),
        (Shape::Several(of, _), Value::Group { entries, .. }) => entries.iter().for_each(|entry| note(&entry.value, of, text, found)),
        (Shape::Tuple(parts), Value::Group { entries, .. }) => entries.iter().zip(parts).for_each(|(entry, part)| note(&entry.value, part, text, found)),
        (Shape::Line, Value::Group { .. }) => note(node, &Shape::Named("FullLine".to_owned()), text, found),
        (Shape::Named(name), Value::Group { entries, .. }) => {
            if !matches!(schema().types.get(name).map(|known| &known.kind), Some(TypeKind::Struct(_))) {
                return;
            }
            for field in schema().fields(name) {
                let Some(entry) = entries.iter().find(|entry| entry.key.as_ref().is_some_and(|(key, _)| *key == field.name)) else { continue };
                let example = format!("{}: {}", field.name, shown(&entry.value, text));
                found.entry((name.clone(), field.name.clone())).or_insert(example);
                note(&entry.value, &field.is, text, found);
            }
        }
        _ => {}
    }
}

/// On one line; a long list or group by its beginning.
fn shown(node: &Node, text: &str) -> String {
    let whole = on_one_line(node.span.of(text));
    if whole.chars().count() <= LONG {
        return whole;
    }
    match &node.value {
        Value::List(items) => items.first().map_or(whole, |first| format!("[{}, …]", shown(first, text))),
        Value::Group { entries, .. } => {
            let parts: Vec<String> = entries
                .iter()
                .take(2)
                .map(|entry| match &entry.key {
                    Some((key, _)) => format!("{key}: {}", shown(&entry.value, text)),
                    None => shown(&entry.value, text),
                })
                .collect();
            format!("({}, …)", parts.join(", "))
        }
        _ => whole,
    }
}

/// Line breaks and comments go, spaces become one, outside texts.
fn on_one_line(text: &str) -> String {
    let mut line = String::new();
    let (mut quoted, mut escaped) = (false, false);
    for raw in text.lines() {
        let mut rest = raw.chars().peekable();
        while let Some(c) = rest.next() {
            if !quoted && c == '/' && rest.peek() == Some(&'/') {
                break;
            }
            if !quoted && c.is_whitespace() && line.ends_with([' ', '(', '[']) {
                continue;
            }
            if c == '"' && !escaped {
                quoted = !quoted;
            }
            escaped = c == '\\' && !escaped;
            line.push(c);
        }
        if !quoted && !line.ends_with([' ', '(', '[']) {
            line.push(' ');
        }
    }
    line.trim().replace(", )", ")").replace(", ]", "]").replace(",)", ")").replace(",]", "]")
}
