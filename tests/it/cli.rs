//! The command line from outside: exit codes, streams, help.

use assert_cmd::Command;

/// The program, with nothing of the caller's environment that changes what it says.
pub(crate) fn practicum(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("practicum").expect("the binary is built with its tests");
    command.args(args).env_remove("NO_COLOR").env_remove("PRACTICUM_DATA").env_remove("PRACTICUM_SCENARIOS");
    command
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
