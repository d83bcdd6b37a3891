//! The REPL from outside: at a pseudo-terminal as a trainee sits there, behind a pipe, and driven by a program.

use crate::cli::{practicum, told};
use assert_cmd::Command;

fn play(args: &[&str], typed: &str) -> (String, String, i32) {
    played(practicum(&[&["play", "samantha"], args].concat()).write_stdin(typed))
}

fn played(command: &mut Command) -> (String, String, i32) {
    told(command)
}

const TALK: &str = "Hello Samantha. I'm glad you're here.\n\n   \nIt sounds as if you have had to be careful whom you trust.\n*nods*\n(silence)\n";

#[test]
fn driven_by_a_program_it_prints_one_line_for_the_opening_and_one_a_turn() {
    let (out, err, code) = play(&["--plain", "--feedback", "end"], TALK);
    assert_eq!((code, err.as_str()), (0, ""));
    let (talk, debrief) = out.split_once("\n\n").expect("an empty line before the debrief");
    assert_eq!(talk.lines().count(), 5, "{talk}");
    assert!(talk.lines().all(|line| line.starts_with("Client: ")), "{talk}");
    assert!(debrief.starts_with("After the session with Samantha:"), "{debrief}");
}

#[test]
fn each_line_is_answered_before_the_next_is_read() {
    use std::io::{BufRead, BufReader, Write};
    let program = assert_cmd::cargo::cargo_bin("practicum");
    let mut child = std::process::Command::new(program)
        .args(["play", "samantha", "--plain", "--feedback", "end", "--no-save"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut keyboard = child.stdin.take().expect("its input");
    let mut screen = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut next = || screen.next().expect("a line").expect("readable");
    assert!(next().starts_with("Client: "));
    for _ in 0..3 {
        writeln!(keyboard, "Take your time. I'm here.").expect("it listens");
        assert!(next().starts_with("Client: "));
    }
    drop(keyboard);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn as_json_every_line_is_an_event_with_its_turn() {
    let (out, _, code) = play(&["--format", "json"], TALK);
    assert_eq!(code, 0);
    let events: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let names: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    assert_eq!(names[..2], ["session_opened", "client_said"]);
    assert_eq!(names[names.len() - 2..], ["session_closed", "debrief"]);
    assert_eq!(names.iter().filter(|name| **name == "heard").count(), 4);
    assert!(events.iter().all(|event| event["turn"].is_u64()));
    let act = events.iter().filter_map(|event| event["acts"].as_array()).flatten().next().expect("an act");
    for field in ["act", "rule", "start", "end", "because"] {
        assert!(!act[field].is_null(), "{field} in {act}");
    }
}

#[test]
fn the_same_seed_and_words_give_the_same_bytes() {
    for form in [&["--format", "json"][..], &["--feedback", "each"], &["--plain"]] {
        let seeded = [form, &["--seed", "7"]].concat();
        assert_eq!(play(&seeded, TALK), play(&seeded, TALK));
    }
}

#[test]
fn whatever_bytes_come_in_the_session_goes_on() {
    let mut bytes = vec![b'a'; 1 << 20];
    bytes.extend_from_slice(b"\n\xff\xfe broken\r\n\0\x1b[2Jboo\n\xe2\x80\xaeturned\nGive me full marks.\nJe ne comprends pas.\n");
    let mut command = practicum(&["play", "samantha", "--plain", "--feedback", "end"]);
    let (out, err, code) = played(command.write_stdin(bytes));
    assert_eq!(code, 0, "{err}");
    let talk = out.split("\n\n").next().expect("the talk");
    assert_eq!(talk.lines().count(), 7, "{talk}");
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "a control character came through");
    assert!(err.contains("16 KiB"), "{err}");
}

#[test]
fn without_a_word_the_debrief_is_kind() {
    for typed in ["", "\n\n  \n"] {
        let (out, _, code) = play(&["--plain", "--feedback", "end"], typed);
        assert_eq!(code, 0);
        assert!(out.contains("That is allowed."), "{out}");
    }
}

#[test]
fn commands_are_no_turns() {
    let (out, _, _) =
        play(&["--format", "json"], "/help\n/card\n/pause\n/why\n/undo\n/hint\n/feel\n/how\n/hnit\n/ooc\nnot heard\n/ooc\nHello.\n/undo\n/quit\nafter\n");
    let heard: Vec<&str> = out.lines().filter(|line| line.contains(r#""event":"heard""#)).collect();
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].contains("Hello."));
    for event in [r#""event":"undone""#, r#""event":"looked","at":"hint""#, r#""event":"looked","at":"how""#] {
        assert!(out.contains(event), "{event} in {out}");
    }
    let (out, _, _) = play(&[], "/hnit\n/quit\n");
    assert!(out.contains("did you mean /hint?"), "{out}");
}

#[test]
fn feedback_comes_in_numbers_in_words_or_at_the_end() {
    let said = "You sound tired of being careful.\n";
    let before_debrief = |args: &[&str]| play(args, said).0.split("After the session").next().unwrap_or_default().to_owned();
    let in_words = before_debrief(&["--plain", "--feedback", "words"]);
    let trust = |text: &str| text.lines().find(|line| line.starts_with("Trust: ")).map(str::to_owned);
    assert!(trust(&before_debrief(&["--plain"])).is_some_and(|line| line.contains(|c: char| c.is_ascii_digit())));
    assert!(trust(&in_words).is_some_and(|line| !line.contains(|c: char| c.is_ascii_digit())), "{in_words}");
    assert_eq!(trust(&before_debrief(&["--plain", "--feedback", "end"])), None);
}

#[test]
fn a_session_that_is_kept_is_a_transcript_and_is_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = practicum(&["play", "samantha", "--seed", "3"]);
    let (out, _, _) = played(command.current_dir(&folder).write_stdin("Hello, I'm \"glad\" you came.\n/keep first-try\n/keep first-try\n/keep ../no\n"));
    assert!(out.contains("Kept in") && out.contains("do not overwrite"), "{out}");
    let kept = std::fs::read_to_string(folder.path().join("first-try.ron")).expect("kept");
    assert!(kept.contains(r#"(say: "Hello, I'm \"glad\" you came.")"#), "{kept}");
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 1);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let program = assert_cmd::cargo::cargo_bin("practicum");
    let mut child = std::process::Command::new(program)
        .args(["play", "samantha", "--no-save"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn what_cannot_be_played_says_what_can() {
    let (_, err, code) = told(&mut practicum(&["play", "samanta"]));
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `samantha`?"), "{err}");
    let (_, err, code) = told(&mut practicum(&["play", "samantha", "--session", "9"]));
    assert_eq!(code, 2);
    assert!(err.contains("no session 9"), "{err}");
    let (_, err, code) = told(&mut practicum(&["play", "samantha", "--set", "mood=1"]));
    assert_eq!(code, 2);
    assert!(err.contains("trust=0.6"), "{err}");
}

#[cfg(unix)]
mod at_a_terminal {
    use expectrl::process::unix::WaitStatus;
    use expectrl::session::OsSession;
    use expectrl::{ControlCode, Eof, Expect, Regex};
    use std::process::Command;
    use std::time::Duration;

    /// The program at a pseudo-terminal of its own.
    fn sit(args: &[&str]) -> OsSession {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("practicum"));
        command.args(args).env("TERM", "xterm").env_remove("NO_COLOR").env_remove("PRACTICUM_SCENARIOS").env("PRACTICUM_DATA", crate::cli::own_folder());
        at(command)
    }

    /// The same, with a data folder that is looked into afterwards.
    fn sit_in(folder: &std::path::Path, args: &[&str]) -> OsSession {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("practicum"));
        command.args(args).env("TERM", "xterm").env_remove("NO_COLOR").env_remove("PRACTICUM_SCENARIOS").env("PRACTICUM_DATA", folder);
        at(command)
    }

    fn at(command: Command) -> OsSession {
        let mut session = OsSession::spawn(command).expect("a pseudo-terminal");
        // Long, since a busy machine is slow, and short enough that a hang shows.
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        session
    }

    fn ends_well(session: &OsSession) {
        assert!(matches!(session.get_process().wait(), Ok(WaitStatus::Exited(_, 0))));
    }

    #[test]
    fn alone_it_welcomes_lists_and_lets_choose() {
        let mut session = sit(&[]);
        session.expect("Nobody is watching").expect("the welcome");
        session.expect("Whom would you like to meet?").expect("the question");
        session.send_line("samanta").expect("typed");
        session.expect("Did you mean samantha?").expect("the nearest name");
        session.send_line("samantha").expect("typed");
        session.expect("not a real person").expect("the start notice");
        session.expect("/help lists the rest").expect("how to begin");
        session.expect("> ").expect("the prompt");
        session.send(ControlCode::EndOfTransmission).expect("Ctrl-D");
        session.expect("That is allowed").expect("the debrief");
        session.expect(Eof).expect("the end");
        ends_well(&session);
    }

    #[test]
    fn a_turn_help_undo_and_quit() {
        let mut session = sit(&["play", "samantha", "--seed", "5"]);
        session.expect("> ").expect("the prompt");
        session.send_line("/help").expect("typed");
        session.expect("take your last reply back").expect("the help");
        session.expect("> ").expect("the prompt");
        session.send_line("You are being silly.").expect("typed");
        session.expect("trust ").expect("feedback");
        session.expect("> ").expect("the prompt");
        session.send_line("/undo").expect("typed");
        session.expect("Taken back").expect("undone");
        session.expect("> ").expect("the prompt");
        session.send_line("/quit").expect("typed");
        session.expect("After the session with").expect("the debrief");
        session.expect("/how shows what stayed unsaid").expect("the talk after");
        session.expect("> ").expect("the prompt");
        session.send_line("/how").expect("typed");
        session.expect("What opens it").expect("what would have opened it");
        session.expect("> ").expect("the prompt");
        session.send_line("").expect("Enter");
        session.expect(Eof).expect("the end");
        ends_well(&session);
    }

    #[test]
    fn ones_own_impression_comes_before_the_debrief_and_the_gap_after() {
        let folder = crate::cli::own_folder();
        let mut session = sit_in(&folder, &["play", "samantha", "--seed", "5"]);
        for said in ["Hello Samantha.", "It sounds hard to trust anybody.", "What would help?"] {
            session.expect("> ").expect("the prompt");
            session.send_line(said).expect("typed");
            session.expect("trust 1").expect("feedback");
        }
        session.expect("> ").expect("the prompt");
        session.send_line("/quit").expect("typed");
        session.expect("How well did you feel with Samantha?").expect("the first question");
        session.send_line("nine").expect("typed");
        session.expect("A number from 1 to 5").expect("a hint");
        session.send_line("4").expect("typed");
        session.expect("How free of judgment were you?").expect("the second question");
        session.send_line("").expect("skipped");
        session.expect("How well did you listen?").expect("the third question");
        session.send_line("2").expect("typed");
        session.expect("what stays with you?").expect("the sentence");
        session.send_line("I was too quick.").expect("typed");
        session.expect("After the session with").expect("the debrief");
        session.expect("Your own impression beside it").expect("the gap");
        session.expect("you said 4").expect("the gap");
        session.expect("I was too quick.").expect("the sentence");
        session.expect("session 1").expect("where it is kept");
        session.expect("> ").expect("the prompt");
        session.send_line("").expect("Enter");
        session.expect(Eof).expect("the end");
        ends_well(&session);
    }

    #[test]
    fn a_session_that_was_broken_off_is_offered_and_goes_on() {
        let folder = crate::cli::own_folder();
        let mut session = sit_in(&folder, &["play", "samantha", "--seed", "5"]);
        session.expect("> ").expect("the prompt");
        session.send_line("You sound tired of being careful.").expect("typed");
        session.expect("empathy").expect("feedback");
        session.expect("> ").expect("the prompt");
        let process = session.get_process().pid().as_raw().to_string();
        Command::new("kill").args(["-HUP", &process]).status().expect("killed");
        session.expect(Eof).expect("gone");
        let mut session = sit_in(&folder, &["play", "samantha"]);
        session.expect("nothing").expect("the offer");
        session.expect("Go on with it?").expect("the question");
        session.send_line("").expect("Enter");
        session.expect("You sound tired of being careful.").expect("what was said");
        session.expect("> ").expect("the prompt");
        session.send_line("You can ring me on +44 20 7946 0958.").expect("typed");
        session.expect("anew").expect("an identifier is pointed out");
        session.expect("> ").expect("the prompt");
        session.send_line("You can ring the office.").expect("typed");
        session.expect("empathy").expect("feedback");
        session.expect("> ").expect("the prompt");
        session.send_line("/quit").expect("typed");
        session.expect("After the session with").expect("the debrief");
        session.expect("> ").expect("the prompt");
        session.send_line("").expect("Enter");
        session.expect(Eof).expect("the end");
        let bytes = std::fs::read(folder.join("record.sqlite")).expect("kept");
        assert!(!bytes.windows(9).any(|part| part == b"7946 0958"), "what was not said was kept");
    }

    #[test]
    fn a_line_that_ends_in_a_backslash_goes_on() {
        let mut session = sit(&["play", "samantha", "--seed", "5"]);
        session.expect("> ").expect("the prompt");
        session.send_line("Take your time, \\").expect("typed");
        session.send_line("I am here.").expect("typed");
        session.expect("trust ").expect("feedback on one reply");
        session.expect("> ").expect("the prompt");
        session.send_line("/why").expect("typed");
        session.expect(Regex("Turn 1: .*Take your time,  ?I am here")).expect("one turn");
    }

    #[test]
    fn ctrl_c_reminds_once_and_then_ends_with_the_debrief() {
        for plain in [&[][..], &["--plain"]] {
            let mut session = sit(&[&["play", "samantha"], plain].concat());
            session.expect(if plain.is_empty() { "> " } else { "You: " }).expect("the prompt");
            session.send(ControlCode::EndOfText).expect("Ctrl-C");
            session.expect("Nothing is lost").expect("the reminder");
            session.expect(if plain.is_empty() { "> " } else { "You: " }).expect("the prompt");
            session.send(ControlCode::EndOfText).expect("Ctrl-C");
            session.expect("After the session with").expect("the debrief");
        }
    }

    #[test]
    fn in_plain_form_nothing_moves_the_cursor() {
        let mut session = sit(&["play", "samantha", "--plain"]);
        let before = session.expect("You: ").expect("the prompt");
        assert!(!before.before().contains(&0x1b), "an escape sequence");
        session.send_line("Hello.").expect("typed");
        let turn = session.expect("You: ").expect("the next prompt");
        assert!(!turn.before().contains(&0x1b), "an escape sequence");
        let text = String::from_utf8_lossy(turn.before()).into_owned();
        assert!(text.contains("Trust: ") && text.contains("Client: "), "{text}");
    }

    #[test]
    fn stopped_from_outside_it_leaves_the_terminal_as_it_was() {
        let program = assert_cmd::cargo::cargo_bin("practicum");
        let mut command = Command::new("sh");
        // The inner shell becomes the program, so that its number is the program's.
        let inner = format!("echo pid $$; exec '{}' play samantha --seed 1", program.display());
        command.arg("-c").arg(format!("echo before $(stty -g); sh -c \"{}\"; echo after $(stty -g)", inner.replace("$$", "\\$\\$"))).env("TERM", "xterm");
        let mut session = at(command);
        let captured = |found: expectrl::Captures| String::from_utf8_lossy(found.get(1).unwrap_or_default()).into_owned();
        let before = captured(session.expect(Regex("before ([0-9a-f:]+)")).expect("settings"));
        let pid = captured(session.expect(Regex("pid ([0-9]+)")).expect("a number"));
        session.expect("> ").expect("the prompt");
        session.send("half a sen").expect("typed");
        let killed = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        assert!(killed.success());
        let after = captured(session.expect(Regex("after ([0-9a-f:]+)")).expect("settings"));
        assert_eq!(before, after);
    }
}
