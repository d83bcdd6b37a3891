//! A class at work: what each sees, what survives, what is taken home.

use super::server::{Server, folder};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn say(server: &Server, student: &str, spot: &str, words: &str) {
    let answer = server.post("/seat/do", student, &json!({"ask": "say", "spot": spot, "words": words}));
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn a_killed_server_comes_back_with_every_acknowledged_turn_and_every_seat() {
    let (_keep, path) = folder();
    let server = Server::at(&path, &["--port", "0"]);
    let (one, two, teacher) = (server.join(), server.join(), server.teach());
    server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha", "seed": 3}));
    say(&server, &one, "own", "I'm glad you came.");
    say(&server, &two, "own", "Why are you here?");
    say(&server, &one, "own", "Take your time.");
    let before = [server.state("/seat", &one), server.state("/seat", &two), server.state("/teach", &teacher)];
    let port = server.kill();
    let started = Instant::now();
    let server = Server::at(&path, &["--port", &port.to_string()]);
    let after = [server.state("/seat", &one), server.state("/seat", &two), server.state("/teach", &teacher)];
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!(after, before);
    say(&server, &two, "own", "That was too quick of me, I'm sorry.");
    assert!(server.everything_said().contains("with 2 seated"), "{}", server.everything_said());
}

#[test]
fn a_student_sees_only_their_own_and_the_wall_shows_no_names() {
    let server = Server::start();
    let (one, two, teacher) = (server.join(), server.join(), server.teach());
    server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha"}));
    say(&server, &one, "own", "A sentence about quokkas.");
    assert!(server.state("/seat", &one).contains("quokkas"));
    for (of, cookie) in [("/seat", &two), ("/teach", &teacher), ("/wall", &teacher)] {
        assert!(!server.state(of, cookie).contains("quokkas"), "{of}");
    }
    let name = |cookie: &str| serde_json::from_str::<Value>(&server.state("/seat", cookie)).unwrap()["set"]["title"].as_str().unwrap().to_owned();
    let wall = server.state("/wall", &teacher);
    assert!(!wall.contains(&name(&one)) && !wall.contains(&name(&two)));
    assert!(server.state("/teach", &teacher).contains(&name(&one)));
}

#[test]
fn the_browser_gives_the_same_answers_and_scores_as_the_repl() {
    let server = Server::start();
    let student = server.join();
    assert_eq!(server.post("/seat/do", &student, &json!({"ask": "practise", "scenario": "samantha", "seed": 7})).status, 200);
    let lines = ["I'm glad you're here.", "You should try to trust people a bit more.", "That was too quick of me, I'm sorry."];
    for words in lines {
        say(&server, &student, "practice", words);
    }
    let page = server.state("/seat", &student);
    let (out, _, _) =
        crate::cli::told(crate::cli::practicum(&["play", "samantha", "--seed", "7", "--no-save", "--format", "json"]).write_stdin(lines.join("\n")));
    let mut compared = 0;
    for event in out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let said = event["text"].as_str().filter(|_| event["event"] == "client_said" && event["turn"].as_u64() < Some(4));
        for part in said.into_iter().flat_map(|said| said.split('*')).map(str::trim).filter(|part| part.len() > 3 && !part.contains(['\'', '"'])) {
            if event["beat"].as_str().is_some_and(|beat| beat.starts_with("closing")) {
                continue;
            }
            assert!(page.contains(part), "{part}");
            compared += 1;
        }
    }
    assert!(compared >= 3);
    let answer = server.post("/seat/do", &student, &json!({"ask": "end", "spot": "practice"}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let debrief = server.get("/seat/debrief?of=practice", &student).body;
    assert!(debrief.contains("What went well") && debrief.contains("Your three scores") && debrief.contains("You should try"), "{debrief}");
}

#[test]
fn five_make_a_board_and_what_goes_home_is_only_of_those_who_agreed() {
    let server = Server::start();
    let teacher = server.teach();
    let students: Vec<String> = (0..5).map(|_| server.join()).collect();
    server.post("/seat/do", &students[0], &json!({"ask": "consent", "yes": true, "label": "=cmd|' /C calc'!A0"}));
    server.post("/seat/do", &students[1], &json!({"ask": "consent", "yes": false, "label": "secret-label"}));
    server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha", "minutes": 10}));
    for student in &students[..4] {
        say(&server, student, "own", "It sounds as if you have been careful for a long time.");
    }
    assert!(server.state("/teach", &teacher).contains("Figures appear as soon as five"));
    say(&server, &students[4], "own", "You should calm down.");
    let board = server.state("/teach", &teacher);
    assert!(board.contains("Trust, turn by turn") && board.contains("The three scores"), "{board}");
    server.ask(&teacher, &json!({"ask": "debrief"}));
    server.ask(&teacher, &json!({"ask": "step", "to": 4}));
    assert!(server.state("/teach", &teacher).contains("Show it to the class"));
    assert!(!server.state("/wall", &teacher).contains("careful for a long time"));
    server.ask(&teacher, &json!({"ask": "release", "reply": 0, "shown": true}));
    assert!(server.state("/wall", &teacher).contains("careful for a long time"));
    let page = server.get("/teach/board.html", &teacher);
    assert!(page.header("content-disposition").unwrap().contains("attachment"));
    assert!(page.body.contains("<style>") && page.body.contains("careful for a long time") && !page.body.contains("calm down"));
    for (platform, column) in [("canvas", "SIS Login ID"), ("moodle", "ID number")] {
        let table = server.get(&format!("/teach/scores.csv?for={platform}"), &teacher).body;
        assert!(table.contains(column) && table.contains("practice, no grade"), "{table}");
        assert_eq!(table.lines().count(), 2, "{table}");
        assert!(table.contains("'=cmd") && !table.contains(",=cmd") && !table.contains("secret-label"), "{table}");
    }
    assert_eq!(server.get("/teach/scores.csv", &teacher).status, 400);
    let lines = server.get("/teach/statements.jsonl", &teacher).body;
    assert_eq!(practicum::report::session::xapi::problems(&lines), Vec::<String>::new());
    assert!(lines.lines().count() == 3 && !lines.contains("cmd") && !lines.contains("secret-label"), "{lines}");
}

#[test]
fn what_was_kept_is_taken_home_by_command_and_forgotten_for_good() {
    let (_keep, path) = folder();
    let server = Server::at(&path, &["--port", "0"]);
    let (student, teacher) = (server.join(), server.teach());
    server.post("/seat/do", &student, &json!({"ask": "consent", "yes": true, "label": "4711"}));
    server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha"}));
    say(&server, &student, "own", "A sentence about quokkas.");
    server.ask(&teacher, &json!({"ask": "close_room"}));
    server.kill();
    let run = |args: &[&str]| crate::cli::told(&mut crate::cli::practicum(&[&["--data-dir", path.to_str().unwrap(), "class"], args].concat()));
    let (out, err, code) = run(&["home", "--for", "canvas"]);
    assert!(code == 0 && out.contains("4711") && err.contains("never for grading"), "{out}{err}");
    assert!(run(&["home"]).0.contains("<!DOCTYPE html>"));
    assert_eq!(run(&["forget"]).2, 2);
    let (out, err, code) = run(&["forget", "--yes"]);
    assert_eq!(code, 0, "{out}{err}");
    for file in std::fs::read_dir(&path).unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        assert!(!bytes.windows(7).any(|piece| piece == b"quokkas"), "{:?}", file.path());
    }
    assert_eq!(run(&["home"]).2, 2);
}

#[test]
fn drills_in_the_browser_are_those_of_the_terminal_and_what_was_typed_is_not_kept() {
    let (_keep, path) = folder();
    let server = Server::at(&path, &["--port", "0"]);
    let student = server.join();
    assert_eq!(server.post("/seat/do", &student, &json!({"ask": "drill", "skill": "no_such"})).status, 409);
    assert_eq!(server.post("/seat/do", &student, &json!({"ask": "drill", "skill": "feeling_reflection"})).status, 200);
    let before = server.state("/seat", &student);
    assert!(before.contains("What counts:") && before.contains("Try it"), "{before}");
    let answer = server.post("/seat/do", &student, &json!({"ask": "try", "words": "It sounds as if you felt very quokka."}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let after = server.state("/seat", &student);
    assert!(after.contains("very quokka") && (after.contains("Met.") || after.contains("Not yet.")) && after.contains("One way to say it"), "{after}");
    assert_eq!(server.post("/seat/do", &student, &json!({"ask": "rate", "rating": "too_easy"})).status, 200);
    let port = server.kill();
    for file in std::fs::read_dir(&path).unwrap().flatten() {
        assert!(!std::fs::read(file.path()).unwrap_or_default().windows(6).any(|piece| piece == b"quokka"));
    }
    let server = Server::at(&path, &["--port", &port.to_string()]);
    assert!(server.state("/seat", &student).contains("What counts:"));
    assert_eq!(server.post("/seat/do", &student, &json!({"ask": "leave_drill"})).status, 200);
    assert!(server.state("/seat", &student).contains("Or practise one skill"));
}

#[test]
fn a_disk_that_takes_no_more_is_told_and_the_class_goes_on() {
    let (_keep, path) = folder();
    let program = assert_cmd::cargo::cargo_bin("practicum");
    let mut command = std::process::Command::new("sh");
    // Files may grow to 256 KiB, and writing more is an error instead of the end of the process.
    command.arg("-c").arg(format!("trap '' XFSZ; ulimit -f 512; exec '{}' serve --port 0 --data-dir '{}'", program.display(), path.display()));
    let server = Server::run(command);
    let (student, teacher) = (server.join(), server.teach());
    server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha"}));
    let mut told = false;
    for _ in 0..400 {
        let answer = server.post("/seat/do", &student, &json!({"ask": "consent", "yes": true, "label": "x".repeat(60)}));
        assert!(matches!(answer.status, 200 | 429), "{}", answer.body);
        server.ask(&teacher, &json!({"ask": "set", "what": "numbers", "on": true}));
        if server.state("/teach", &teacher).contains("Nothing more is kept") {
            told = true;
            break;
        }
    }
    assert!(told, "the instructor is told");
    assert!(server.state("/seat", &student).contains("is not kept"));
    std::thread::sleep(Duration::from_millis(600));
    say(&server, &student, "own", "Still here.");
}

#[test]
fn a_page_and_all_it_needs_is_small() {
    let server = Server::start();
    let student = server.join();
    let all: usize =
        ["/", "/seat", "/seat/state", "/static/page.js", "/static/page.css", "/static/icon.svg"].iter().map(|path| server.get(path, &student).body.len()).sum();
    assert!(all < 60_000, "{all} bytes");
}
