//! The stored form of a scenario: what `scenario.ron` says without its layout and comments, and its patterns as tables.
//!
//! `src/scenario/stored.rs` reads it; a test there holds that it says what the text says.

use crate::appraisal::codebook::compile::{self, Lexicon};
use crate::appraisal::codebook::program::Programs;
use crate::scenario::tree::{self, Node, Value};

/// The file, then the patterns of the background, of `says` and of promises. `None` where the file cannot be read: it is then read at run
/// time, and says what is wrong with it.
pub fn store(text: &str, lexicon: &dyn Lexicon) -> Option<[Vec<u8>; 4]> {
    let (root, faults) = tree::read(text);
    let root = root.filter(|_| faults.is_empty())?;
    let mut file = Vec::new();
    value(&root, text, &mut file)?;
    let background = ["topics", "details", "undertones", "fears"].iter().flat_map(|list| {
        let fields: &[&str] = if *list == "details" { &["cues", "wrong", "asked_by"] } else { &["cues"] };
        items(&root, list).flat_map(move |item| fields.iter().map(move |field| texts(item, field, text)))
    });
    let says = items(&root, "reactions").map(|reaction| reaction.field("when").map_or_else(|| Some(Vec::new()), |when| texts(&when.value, "says", text)));
    let promises = items(&root, "promises").flat_map(|promise| ["made_by", "kept_by", "broken_by"].into_iter().map(move |field| texts(promise, field, text)));
    Some([file, tables(background, lexicon)?, tables(says, lexicon)?, tables(promises, lexicon)?])
}

fn items<'a>(root: &'a Node, list: &str) -> impl Iterator<Item = &'a Node> {
    let items = match root.field(list).map(|entry| &entry.value.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter()
}

fn texts(of: &Node, field: &str, source: &str) -> Option<Vec<String>> {
    match of.field(field).map(|entry| &entry.value.value) {
        None => Some(Vec::new()),
        Some(Value::List(items)) => items.iter().map(|item| ron::from_str(item.span.of(source)).ok()).collect(),
        Some(_) => None,
    }
}

fn tables(entries: impl Iterator<Item = Option<Vec<String>>>, lexicon: &dyn Lexicon) -> Option<Vec<u8>> {
    let mut programs = Programs::default();
    for (entry, patterns) in entries.enumerate() {
        for pattern in patterns? {
            programs.push(entry as u32, &compile::compile(&pattern, lexicon).ok()?);
        }
    }
    Some(programs.finish().bytes())
}

fn text(words: &str, out: &mut Vec<u8>) {
    count(words.len(), out);
    out.extend_from_slice(words.as_bytes());
}

/// Seven bits a byte, the lowest first; the top bit says that more follow.
fn count(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn value(node: &Node, source: &str, out: &mut Vec<u8>) -> Option<()> {
    match &node.value {
        Value::Text(_) => {
            out.push(b't');
            text(&ron::from_str::<String>(node.span.of(source)).ok()?, out);
        }
        Value::Number(_) => {
            let written = node.span.of(source);
            if let Ok(whole) = ron::from_str::<i64>(written) {
                out.push(b'i');
                out.extend_from_slice(&whole.to_le_bytes());
            } else {
                out.push(b'f');
                out.extend_from_slice(&ron::from_str::<f64>(written).ok()?.to_le_bytes());
            }
        }
        Value::Word(word) => match word.as_str() {
            "true" => out.push(b'y'),
            "false" => out.push(b'n'),
            "None" => out.push(b'0'),
            word => {
                out.push(b'w');
                text(word, out);
            }
        },
        Value::List(items) => {
            out.push(b'l');
            count(items.len(), out);
            items.iter().try_for_each(|item| value(item, source, out))?;
        }
        Value::Map(pairs) => {
            out.push(b'm');
            count(pairs.len(), out);
            for (key, of_key) in pairs {
                value(key, source, out)?;
                value(of_key, source, out)?;
            }
        }
        Value::Group { name, entries } => {
            match name.as_deref() {
                Some("Some") => {
                    out.push(b's');
                    let [one] = entries.as_slice() else { return None };
                    return value(&one.value, source, out);
                }
                Some(name) => {
                    out.push(b'v');
                    text(name, out);
                }
                None => {}
            }
            let named = entries.iter().all(|entry| entry.key.is_some());
            out.push(if named { b'g' } else { b'l' });
            count(entries.len(), out);
            for entry in entries {
                if named {
                    text(&entry.key.as_ref()?.0, out);
                }
                value(&entry.value, source, out)?;
            }
        }
    }
    Some(())
}
