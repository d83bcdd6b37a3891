//! The session in the README is real: it is replayed here. `PRACTICUM_BLESS=1 cargo test readme` writes it anew after a client or the scores have changed.

use crate::cli::{practicum, told};
use std::fs;
use std::path::Path;

const OPENS: &str = "```text session\n";
const CLOSES: &str = "```\n";

/// The session as the README should show it: what is printed, with what is typed in its places.
fn replayed(typed: &[&str]) -> String {
    let input: String = typed.iter().map(|line| format!("{line}\n")).collect();
    let (out, err, code) = told(practicum(&["play", "samantha", "--seed", "1", "--feedback", "words"]).write_stdin(input));
    assert_eq!((code, err.as_str()), (0, ""));
    let talk = out.split("\nAfter the session with").next().unwrap_or_default();
    // The start notice ends where the client's name first stands alone on a line.
    let start = talk.find("\nSamantha\n").expect("the opening");
    let mut blocks = talk[start + 1..].trim_end().split("\n\n");
    let mut shown = blocks.next().unwrap_or_default().to_owned();
    for line in typed {
        shown += &format!("\n\n> {line}");
        // Feedback, then the client.
        for _ in 0..2 {
            shown += &format!("\n\n{}", blocks.next().unwrap_or_default().trim_matches('\n'));
        }
    }
    shown + "\n"
}

#[test]
fn the_session_in_the_readme_is_real() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("README.md is there");
    let (before, rest) = readme.split_once(OPENS).expect("a session");
    let (shown, after) = rest.split_once(CLOSES).expect("its end");
    let typed: Vec<&str> = shown.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    assert!(typed.len() >= 3);
    let real = replayed(&typed);
    if std::env::var_os("PRACTICUM_BLESS").is_some() {
        fs::write(&path, format!("{before}{OPENS}{real}{CLOSES}{after}")).expect("README.md can be written");
        return;
    }
    assert!(shown == real, "the README shows another session; PRACTICUM_BLESS=1 cargo test readme writes it anew:\n{real}");
}
