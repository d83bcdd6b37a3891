//! The command line from outside: exit codes, streams, help.

use assert_cmd::Command;

/// The program, with nothing of the caller's environment that changes what it says.
pub(crate) fn practicum(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("practicum").expect("the binary is built with its tests");
    command.args(args).env_remove("NO_COLOR").env("PRACTICUM_DATA", own_folder()).env_remove("PRACTICUM_SCENARIOS");
    command
}

/// A data folder that nobody else uses and that does not exist yet.
pub(crate) fn own_folder() -> std::path::PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("data-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    // Left by an earlier run of the tests, if at all.
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// Standard output, standard error and exit code.
pub(crate) fn told(command: &mut Command) -> (String, String, i32) {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what we say is UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
}

#[test]
fn alone_and_off_a_terminal_it_shows_help_and_exits_2() {
    let (out, err, code) = told(&mut practicum(&[]));
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(err.contains("Usage: practicum"), "{err}");
}

#[test]
fn an_unknown_command_is_a_usage_error_that_names_the_nearest() {
    let (_, err, code) = told(&mut practicum(&["complitions"]));
    assert_eq!(code, 2);
    assert!(err.contains("completions"), "{err}");
}

#[test]
fn completions_and_manual_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        let (out, _, code) = told(&mut practicum(&["completions", shell]));
        assert_eq!(code, 0);
        assert!(out.contains("practicum"));
    }
    let (out, _, code) = told(&mut practicum(&["man"]));
    assert_eq!(code, 0);
    assert!(out.contains(".TH"));
}

#[test]
fn the_shelf_is_listed_for_people_and_for_programs() {
    let (out, err, code) = told(&mut practicum(&["list"]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("Level ") && out.contains("samantha") && out.contains("stefano"), "{out}");
    let (out, _, _) = told(&mut practicum(&["list", "--format", "json"]));
    let listed: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert!(listed.as_array().is_some_and(|listed| listed.iter().any(|scenario| scenario["id"] == "samantha")));
}

#[test]
fn a_scenario_is_shown_without_what_the_trainee_is_to_find_out() {
    let (out, _, code) = told(&mut practicum(&["show", "samantha"]));
    assert_eq!(code, 0);
    assert!(out.contains("What you know") && out.contains("Sessions"), "{out}");
    let (out, _, _) = told(&mut practicum(&["show", "samantha", "--format", "json"]));
    let shown: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(shown["id"], "samantha");
    for secret in ["history", "disclosures", "undertones"] {
        assert!(shown[secret].is_null() && shown["client"][secret].is_null(), "{secret}");
    }
}

#[test]
fn colour_goes_where_it_is_asked_for_and_nowhere_else() {
    let (out, _, _) = told(&mut practicum(&["list"]));
    assert!(!out.contains('\u{1b}'));
    let (out, _, _) = told(practicum(&["list", "--color", "always"]).env("NO_COLOR", "1"));
    assert!(out.contains('\u{1b}'));
}

#[test]
fn a_broken_scenario_hides_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("broken")).expect("a folder");
    std::fs::write(folder.path().join("broken/scenario.ron"), "(format: 1,").expect("a file");
    let path = folder.path().to_str().expect("a path");
    let (out, err, code) = told(&mut practicum(&["--scenarios", path, "list"]));
    assert_eq!(code, 1);
    assert!(out.contains("samantha") && err.contains("broken"), "{err}");
    let (_, err, code) = told(&mut practicum(&["--scenarios", path, "play", "broken"]));
    assert_eq!(code, 2);
    assert!(err.contains("scenario.ron"), "{err}");
}
