//! The author's guide is run: each step's file is put together as the guide says, each session is played, each command is given.
//! `PRACTICUM_BLESS=1 cargo test guide` writes anew what comes of them; read it before you keep it.

use crate::author::run;
use crate::cli::{practicum, told};
use practicum::scenario::tree;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A fenced block of the guide: what stands behind the fence, and what is inside.
struct Block<'a> {
    kind: &'a str,
    body: &'a str,
    /// Where the body stands in the guide.
    at: usize,
}

fn blocks(guide: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = guide[at..].find("```") {
        let start = at + open + 3;
        let line = start + guide[start..].find('\n').expect("a line ends");
        let body = line + 1;
        let close = body + if guide[body..].starts_with("```") { 0 } else { guide[body..].find("\n```").expect("a fence closes") + 1 };
        found.push(Block { kind: &guide[start..line], body: &guide[body..close], at: body });
        at = close + 3;
    }
    found
}

/// Puts fields into a scenario: those that are there are replaced, the others stand last.
fn added(scenario: &str, fields: &str) -> String {
    let group = format!("({fields})");
    let (new, faults) = tree::read(&group);
    assert!(faults.is_empty(), "{fields}");
    let tree::Value::Group { entries, .. } = new.expect("fields").value else { panic!("{fields}") };
    let mut text = scenario.to_owned();
    for entry in entries {
        let (name, from) = entry.key.expect("a field has a name");
        let field = group[from.start..entry.value.span.end].to_owned();
        let (old, _) = tree::read(&text);
        let old = old.expect("a scenario");
        match old.field(&name) {
            Some(there) => {
                let start = there.key.as_ref().expect("a field").1.start;
                text.replace_range(start..there.value.span.end, &field);
            }
            None => {
                let last = text.rfind(')').expect("a bracket");
                text.insert_str(last, &format!("  {field},\n"));
            }
        }
    }
    text
}

/// A session as the guide shows it: what is typed stands after `>`.
fn session(folder: &Path, number: &str, typed: &[&str]) -> String {
    let input: String = typed.iter().map(|line| format!("{line}\n")).collect();
    let args = ["play", "./tess", "--session", number, "--seed", "1", "--plain", "--feedback", "end", "--no-save"];
    let (out, err, code) = told(practicum(&args).current_dir(folder).write_stdin(input));
    assert_eq!((code, err.as_str()), (0, ""), "{typed:?}");
    let mut said = out.lines().take_while(|line| !line.starts_with("After the session")).filter(|line| !line.is_empty());
    let mut shown = String::new();
    let line = |line: Option<&str>| line.unwrap_or_default().replacen("Client:", "Tess:", 1);
    let _ = writeln!(shown, "{}", line(said.next()));
    for words in typed {
        let _ = write!(shown, "\n> {words}\n{}\n", line(said.next()));
    }
    shown
}

/// A command as the guide shows it. Of a quiet one only the exit counts: its figures move with every change to the engine.
fn command(folder: &Path, line: &str, quiet: bool) -> String {
    let args: Vec<&str> = line.trim_start_matches("practicum ").split(' ').collect();
    let (code, out, err) = run(&args, folder);
    assert_eq!(code, 0, "{line}\n{out}{err}");
    if quiet { format!("$ {line}\n") } else { format!("$ {line}\n{out}") }
}

#[test]
fn every_step_of_the_guide_is_real() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/README.md");
    let guide = fs::read_to_string(&path).expect("the guide is there");
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("tess");
    fs::create_dir_all(folder.join("transcripts")).expect("a folder");
    let mut scenario = String::new();
    let (mut steps, mut wrong, mut blessed, mut kept) = (0, Vec::new(), String::new(), 0);
    for block in blocks(&guide) {
        let real = match block.kind.split_once(' ').unwrap_or((block.kind, "")) {
            ("ron", "scenario") => {
                block.body.clone_into(&mut scenario);
                assert!(scenario.trim().lines().count() <= 10, "the smallest client has ten lines");
                None
            }
            ("ron", "add") => {
                scenario = added(&scenario, block.body);
                None
            }
            ("ron", name) if name.starts_with("transcript ") => {
                fs::write(folder.join(format!("transcripts/{}.ron", &name["transcript ".len()..])), block.body).expect("a file");
                None
            }
            ("rhai", _) => {
                fs::write(folder.join("client.rhai"), block.body).expect("a file");
                None
            }
            ("text", words) if words.starts_with("session") => {
                let typed: Vec<&str> = block.body.lines().filter_map(|line| line.strip_prefix("> ")).collect();
                let number = words["session".len()..].trim();
                Some(session(place.path(), if number.is_empty() { "1" } else { number }, &typed))
            }
            ("console", quiet) => {
                let line = block.body.lines().next().expect("a command").trim_start_matches("$ ");
                Some(command(place.path(), line, quiet == "quiet"))
            }
            (other, _) => panic!("the guide holds a block of no known kind: {other}"),
        };
        if real.is_none() {
            steps += 1;
            fs::write(folder.join("scenario.ron"), &scenario).expect("a file");
            let (_, said, _) = run(&["check", "--format", "plain", "./tess"], place.path());
            assert!(!said.contains("error["), "{said}");
        }
        if let Some(real) = real {
            if real != block.body {
                wrong.push(format!("{}\nis in truth\n{real}", block.body));
            }
            blessed += &guide[kept..block.at];
            blessed += &real;
            kept = block.at + block.body.len();
        }
    }
    assert!(steps >= 10, "{steps}");
    // What the guide ends with is laid out like any other.
    let (code, said, _) = run(&["check", "--format", "plain", "--no-advice", "./tess"], place.path());
    assert_eq!((code, said.as_str()), (0, ""));
    if std::env::var_os("PRACTICUM_BLESS").is_some() {
        fs::write(&path, blessed + &guide[kept..]).expect("the guide can be written");
        return;
    }
    assert!(wrong.is_empty(), "PRACTICUM_BLESS=1 cargo test guide writes it anew:\n{}", wrong.join("\n----\n"));
}

#[test]
fn the_guide_names_no_command_that_there_is_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let guide = fs::read_to_string(folder.join("README.md")).expect("the guide is there");
    for (at, _) in guide.match_indices("`practicum ") {
        let word: String = guide[at + 11..].chars().take_while(|c| c.is_ascii_lowercase()).collect();
        let (code, said, _) = run(&[word.as_str(), "--help"], &folder);
        assert!(code == 0 && !said.is_empty(), "{word}");
    }
}
