//! The layer table holds: a room names only rooms that come earlier in `src/lib.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in their order, as `src/lib.rs` declares them.
fn rooms(src: &Path) -> Vec<String> {
    let lib = fs::read_to_string(src.join("lib.rs")).expect("src/lib.rs is there");
    lib.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.strip_suffix(';')?.to_owned())).collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

/// Every room named after `crate::` in a file, also inside braces (`use crate::{text::Span, client::State}`), without comments.
fn named(source: &str) -> Vec<String> {
    let code: String = source.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `other_crate::` are somebody else's.
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(heads(group));
        } else {
            found.extend(first_word(rest));
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The first word of each entry of a brace group, down to its closing brace.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.extend(first_word(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.extend(first_word(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_room_names_only_earlier_rooms() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rooms = rooms(&src);
    assert!(rooms.len() >= 10, "{rooms:?}");
    let place: BTreeMap<&str, usize> = rooms.iter().enumerate().map(|(place, room)| (room.as_str(), place)).collect();
    let mut broken = Vec::new();
    for (here, room) in rooms.iter().enumerate() {
        let mut files = Vec::new();
        rust_files(&src.join(room), &mut files);
        for file in files {
            let source = fs::read_to_string(&file).expect("a source file");
            for other in named(&source) {
                if place.get(other.as_str()).is_some_and(|there| *there > here) {
                    broken.push(format!("{} names `{other}`, which comes later than `{room}`", file.strip_prefix(&src).unwrap_or(&file).display()));
                }
            }
        }
    }
    broken.dedup();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_architecture_document_lists_the_rooms_in_their_order() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let readme = fs::read_to_string(src.join("README.md")).expect("src/README.md is there");
    let listed: Vec<String> = readme.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split('`').next()?.to_owned())).collect();
    assert_eq!(listed, rooms(&src));
}

#[test]
fn names_inside_braces_and_paths_are_seen_and_comments_are_not() {
    assert_eq!(named("use crate::{text::{a, b}, client}; fn f(x: crate::report::Page) {} // crate::interface"), ["text", "client", "report"]);
    assert_eq!(named("use my_crate::interface;"), Vec::<String>::new());
}
