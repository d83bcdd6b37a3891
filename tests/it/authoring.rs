//! What an author works with, from outside: what falls through, what is reached, the picture, and the watch that hears a session again.

use crate::cli::{practicum, told};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A small client of one's own, in a folder that may be written to.
fn own_client() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("sample");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample");
    fs::create_dir_all(own.join("transcripts")).expect("a folder");
    for name in ["scenario.ron", "client.rhai", "transcripts/heard.ron"] {
        fs::copy(from.join(name), own.join(name)).expect("copied");
    }
    (folder, own)
}

fn json(args: &[&str]) -> Value {
    let (out, err, _) = told(&mut practicum(args));
    out.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_else(|| panic!("{err}\n{out}"))
}

#[test]
fn what_only_a_fallback_answered_is_grouped_with_the_nearest_topic_and_a_stub() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("said.txt");
    fs::write(&file, "Which planet is your favourite planet?\nIs Saturn the planet you like?\nWhat brings you here?\nWhich planet would be your favourite?\n")
        .expect("written");
    let found = json(&["unmatched", "samantha", "--from", file.to_str().expect("UTF-8"), "--format", "json"]);
    assert_eq!(found["turns"], 4);
    let first = &found["groups"][0];
    assert!(first["times"].as_u64() >= Some(1) && first["near"]["because"].is_string(), "{found}");
    assert!(first["stub"].as_str().is_some_and(|stub| stub.contains("planet") && stub.contains("lines: [")), "{first}");
    let (out, _, code) = told(&mut practicum(&["unmatched", "samantha", "--sessions", "1", "--policy", "interrogator"]));
    assert_eq!(code, 0);
    assert!(out.contains("only a fallback answered") || out.contains("always a better answer"), "{out}");
}

#[test]
fn kept_sessions_are_looked_through_too() {
    let data = crate::cli::own_folder();
    let data = data.to_str().expect("UTF-8");
    told(practicum(&["--data-dir", data, "play", "samantha", "--plain", "--feedback", "end"]).write_stdin("Which planet is your favourite?\nHm.\n"));
    let found = json(&["--data-dir", data, "unmatched", "samantha", "--kept", "--format", "json"]);
    assert_eq!((found["turns"].as_u64(), found["source"].as_str()), (Some(2), Some("the sessions kept here")), "{found}");
}

#[test]
fn coverage_tells_what_transcripts_and_simulated_trainees_reached_and_what_never_was() {
    let (_folder, own) = own_client();
    let own = own.to_str().expect("UTF-8");
    let (out, _, _) = told(&mut practicum(&["test", own, "--coverage"]));
    assert!(out.contains("By transcripts: 1 session") && out.contains("reactions") && out.contains("gates"), "{out}");
    let found = json(&["simulate", own, "--sessions", "2", "--policy", "skilled", "--coverage", "--format", "json"]);
    let by = &found["coverage"]["by"];
    assert_eq!(by["transcripts"]["sessions"], 1);
    assert!(by["simulated trainees"]["turns"].as_u64() > Some(10), "{found}");
    assert!(found["coverage"]["never"]["lines"].is_array());
}

#[test]
fn the_picture_comes_in_every_form_and_the_same_twice() {
    let (_folder, own) = own_client();
    let own = own.to_str().expect("UTF-8");
    let drawn = |format: &str| told(&mut practicum(&["graph", own, "--sessions", "1", "--format", format])).0;
    let picture = drawn("svg");
    assert!(picture.starts_with("<svg") && picture.contains("<title") && picture.contains("<desc"), "{}", &picture[..200]);
    assert_eq!(picture, drawn("svg"));
    assert!(drawn("dot").starts_with("digraph"));
    assert!(drawn("html").contains("<table") && drawn("text").contains("gate "));
    let nodes: Value = serde_json::from_str(&drawn("json")).expect("JSON");
    assert!(nodes["nodes"].as_array().is_some_and(|nodes| nodes.len() > 10));
    let (_, err, code) = told(&mut practicum(&["graph", own, "-o", "/tmp/x.bmp"]));
    assert_eq!(code, 2, "{err}");
}

/// A watch that runs, and what it says, line by line.
struct Watch {
    child: Child,
    says: Receiver<String>,
    heard: Vec<String>,
}

impl Watch {
    fn begin(path: &Path) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("practicum"))
            .args(["watch", "--plain"])
            .arg(path)
            .env("PRACTICUM_DATA", crate::cli::own_folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let (send, says) = channel();
        let out = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || out.lines().map_while(Result::ok).for_each(|line| drop(send.send(line))));
        Self { child, says, heard: Vec::new() }
    }

    /// Waits until it says this.
    fn hears(&mut self, wanted: &str) {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until {
            if let Ok(line) = self.says.recv_timeout(Duration::from_millis(200)) {
                let found = line.contains(wanted);
                self.heard.push(line);
                if found {
                    return;
                }
            }
        }
        panic!("it did not say `{wanted}`:\n{}", self.heard.join("\n"));
    }

    fn type_in(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().expect("its input"), "{line}").expect("it listens");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn on_a_save_the_scenario_is_looked_at_again_and_the_session_hears_its_words_on_the_new_version() {
    let (_folder, own) = own_client();
    let file = own.join("scenario.ron");
    let text = fs::read_to_string(&file).expect("read");
    let mut watch = Watch::begin(&own);
    watch.hears("1 transcript");
    watch.hears("Watching");
    watch.type_in("What brings you here?");
    watch.hears("Client: ");
    let said = watch.heard.last().expect("a line").trim_start_matches("Client: ").to_owned();
    // Broken: told, and the session stays.
    fs::write(&file, text.replacen("format: 1,", "formatt: 1,", 1)).expect("written");
    watch.hears("stays with the last version");
    // Mended, with another answer: the same words come out otherwise.
    assert!(text.contains(&said), "{said}");
    fs::write(&file, text.replace(&said, "Something else altogether.")).expect("written");
    watch.hears("+ client: Something else altogether.");
    watch.type_in("/quit");
    let ended = Instant::now() + Duration::from_secs(10);
    while watch.child.try_wait().expect("asked").is_none() && Instant::now() < ended {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(watch.child.try_wait().expect("asked").is_some_and(|status| status.success()));
}

#[test]
fn a_transcript_that_differs_says_what_was_expected_and_why_it_did_not_come() {
    let (_folder, own) = own_client();
    let file = own.join("transcripts/heard.ron");
    let text = "(format: 1, title: \"Asked too early\", turns: [(say: \"What brings you here?\", trust: falls, discloses: \"nothing_of_this_name\")])";
    fs::write(&file, text).expect("written");
    let own = own.to_str().expect("UTF-8");
    let (out, _, code) = told(&mut practicum(&["test", own]));
    assert_eq!(code, 1);
    assert!(out.contains("- trust: Falls") && out.contains("+ trust: ") && out.contains("answered by"), "{out}");
    let (junit, _, _) = told(&mut practicum(&["test", own, "--format", "junit"]));
    assert!(junit.contains("<failure") && junit.contains("tests=\"1\" failures=\"1\""), "{junit}");
    let (_, err, code) = told(&mut practicum(&["test", own, "--accept"]));
    assert_eq!(code, 0, "{err}");
    let (out, _, code) = told(&mut practicum(&["test", own]));
    assert_eq!(code, 0, "{out}");
}
