//! `check` and `fmt` as an author meets them.

use super::scenario::sample_text;
use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

fn practicum(args: &[&str], at: &Path) -> (i32, String, String) {
    let mut command = Command::cargo_bin("practicum").unwrap();
    let output = command.args(args).current_dir(at).env("NO_COLOR", "1").env_remove("PRACTICUM_SCENARIOS").output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// A shelf with one sound scenario; more can be added.
fn shelf() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("sample");
    fs::create_dir_all(folder.join("transcripts")).unwrap();
    fs::write(folder.join("scenario.ron"), sample_text()).unwrap();
    fs::write(folder.join("client.rhai"), include_str!("../sample/client.rhai")).unwrap();
    fs::write(folder.join("transcripts/heard.ron"), include_str!("../sample/transcripts/heard.ron")).unwrap();
    (place, folder)
}

#[test]
fn a_sound_scenario_has_nothing_to_mend() {
    let (place, _) = shelf();
    let (code, said, _) = practicum(&["check", "."], place.path());
    assert_eq!((code, said.as_str()), (0, "1 scenario looked at: nothing to mend.\n"));
}

#[test]
fn faults_of_all_files_are_told_in_one_run() {
    let (place, folder) = shelf();
    fs::write(folder.join("scenario.ron"), sample_text().replace("level: 1", "level: 9").replace("after: [\"where_to_sit\"]", "after: [\"where_to_sti\"]"))
        .unwrap();
    fs::write(folder.join("client.rhai"), "fn respond(turn, client) {\n  return react().shift(\"safty\", 0.1, \"x\");\n}").unwrap();
    fs::write(folder.join("transcripts/heard.ron"), "(format: 1, title: \"x\", turns: [(say: \"a\", herd: [])])").unwrap();
    let (code, said, _) = practicum(&["check", "--format", "plain", "sample"], place.path());
    assert_eq!(code, 1);
    for wanted in ["scenario.ron:7:10: error[S004]", "client.rhai:2:18: error[H006]", "heard.ron:1:44: error[R005]", "[S021]", "did you mean `where_to_sit`?"] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
}

#[test]
fn a_finding_is_drawn_in_the_authors_own_line() {
    let (place, folder) = shelf();
    fs::write(folder.join("scenario.ron"), sample_text().replace("level: 1", "level: 9")).unwrap();
    let (code, said, _) = practicum(&["check", "sample"], place.path());
    assert_eq!(code, 1);
    assert!(
        said.contains("error[S004]: the level 9 is not one of 1 to 5") && said.contains("sample/scenario.ron:7:10") && said.contains("level: 9,"),
        "{said}"
    );
    assert!(said.contains("1 error in 1 scenario.") && said.contains("--explain S004"), "{said}");
}

#[test]
fn programs_get_json() {
    let (place, folder) = shelf();
    fs::write(folder.join("scenario.ron"), sample_text().replace("level: 1", "level: 9")).unwrap();
    let (_, said, _) = practicum(&["check", "--format", "json", "sample"], place.path());
    let all: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(all["findings"][0]["code"], "S004");
    assert_eq!(all["findings"][0]["start"]["line"], 7);
}

#[test]
fn what_is_not_there_is_a_finding_and_the_rest_is_looked_at() {
    let (place, folder) = shelf();
    fs::create_dir(place.path().join("empty")).unwrap();
    fs::create_dir_all(place.path().join("twice/sample")).unwrap();
    fs::copy(folder.join("scenario.ron"), place.path().join("twice/sample/scenario.ron")).unwrap();
    let (code, said, _) = practicum(&["check", "--format", "plain", "nowhere", "empty", "sample", "twice"], place.path());
    assert_eq!(code, 1);
    for wanted in ["nowhere: error[F012]", "empty: error[F001]", "error[F008]: there is another scenario `sample`", "warning[T001]"] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
}

#[cfg(unix)]
#[test]
fn folders_that_lead_in_a_circle_are_entered_once() {
    let (place, folder) = shelf();
    std::os::unix::fs::symlink(place.path(), folder.join("again")).unwrap();
    std::os::unix::fs::symlink(place.path(), place.path().join("circle")).unwrap();
    let (code, said, _) = practicum(&["check", "."], place.path());
    assert_eq!((code, said.as_str()), (0, "1 scenario looked at: nothing to mend.\n"));
}

#[test]
fn a_code_is_explained_and_an_unknown_one_names_the_nearest() {
    let place = tempfile::tempdir().unwrap();
    let (code, said, _) = practicum(&["check", "--explain", "s020"], place.path());
    assert!(code == 0 && said.starts_with("# S020: ") && said.contains("## Mended"), "{said}");
    let (code, _, complaint) = practicum(&["check", "--explain", "S002O"], place.path());
    assert!(code == 2 && complaint.contains("did you mean `S002`"), "{complaint}");
    let (code, said, _) = practicum(&["check", "--explain", "all"], place.path());
    assert!(code == 0 && said.lines().count() >= 45);
}

#[test]
fn fmt_keeps_comments_and_meaning_and_settles_at_once() {
    let (place, folder) = shelf();
    let (code, _, said) = practicum(&["fmt", "sample"], place.path());
    assert_eq!(code, 0, "{said}");
    let once = fs::read_to_string(folder.join("scenario.ron")).unwrap();
    assert!(once.contains("// A small client for the tests"));
    let (code, said, _) = practicum(&["fmt", "--check", "sample"], place.path());
    assert_eq!((code, said.as_str()), (0, ""));
    let (code, said, _) = practicum(&["check", "sample"], place.path());
    assert_eq!(code, 0, "{said}");
}

#[test]
fn fmt_shows_a_difference_and_changes_nothing_when_asked_to() {
    let (place, folder) = shelf();
    let untidy = sample_text().replace("  level: 1,", "level:    1,");
    fs::write(folder.join("scenario.ron"), &untidy).unwrap();
    let (code, said, _) = practicum(&["fmt", "--diff", "sample"], place.path());
    assert!(code == 1 && said.contains("-level:    1,") && said.contains("+  level: 1,"), "{said}");
    assert_eq!(fs::read_to_string(folder.join("scenario.ron")).unwrap(), untidy);
    fs::write(folder.join("scenario.ron"), "(format: 1, id: ").unwrap();
    let (code, _, said) = practicum(&["fmt", "sample"], place.path());
    assert!(code == 1 && said.contains("left as it is"), "{said}");
}

#[test]
fn fmt_puts_fields_in_the_order_of_the_reference_with_their_comments() {
    let (place, folder) = shelf();
    let text = sample_text();
    // The level, with its comment, to the end of the file.
    let moved = text.replacen("  level: 1,\n", "", 1);
    let moved = moved.trim_end().trim_end_matches(')').to_owned() + "  // first weeks\n  level: 1, // of five\n)\n";
    fs::write(folder.join("scenario.ron"), &moved).unwrap();
    let (code, _, said) = practicum(&["fmt", "sample"], place.path());
    assert_eq!(code, 0, "{said}");
    let laid_out = fs::read_to_string(folder.join("scenario.ron")).unwrap();
    let (level, teaches) = (laid_out.find("level: 1").unwrap(), laid_out.find("teaches:").unwrap());
    assert!(level < teaches && laid_out[..level].contains("// first weeks") && laid_out[level..teaches].contains("// of five"), "{laid_out}");
    let (code, said, _) = practicum(&["fmt", "--check", "sample"], place.path());
    assert_eq!((code, said.as_str()), (0, ""));
    let (code, said, _) = practicum(&["check", "sample"], place.path());
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_search_says_what_it_did_not_reach_and_never_that_it_is_unreachable() {
    let (place, folder) = shelf();
    // Nobody says "rosemary" in a session of the model replies.
    let text = sample_text().replace("needs: [told(\"there_was_a_night\")]", "needs: [told(\"there_was_a_night\"), did(culture_curiosity)]");
    fs::write(folder.join("scenario.ron"), text).unwrap();
    let (code, said, _) = practicum(&["check", "--deep", "--courses", "3", "--format", "plain", "--no-advice", "sample"], place.path());
    assert!(code == 1 && said.contains("warning[K015]: `told_nobody` was not told in 3 courses") && !said.contains("unreachable"), "{said}");
    let (code, said, _) = practicum(&["check", "--format", "plain", "--no-advice", "sample"], place.path());
    assert_eq!((code, said.as_str()), (0, ""), "without --deep nothing is played");
}
