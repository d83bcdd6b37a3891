//! What is said after a session: for any length, any manner, and always strengths first.

use crate::cli::{practicum, told};

fn debrief(typed: &str) -> serde_json::Value {
    let (out, err, code) = told(practicum(&["play", "samantha", "--format", "json"]).write_stdin(typed));
    assert_eq!(code, 0, "{err}");
    let last = out.lines().last().expect("a last event");
    let event: serde_json::Value = serde_json::from_str(last).expect("JSON");
    assert_eq!(event["event"], "debrief");
    event["debrief"].clone()
}

fn text(typed: &str) -> String {
    let (out, _, _) = told(practicum(&["play", "samantha", "--feedback", "end"]).write_stdin(typed));
    out.split_once("After the session with").map(|(_, debrief)| debrief.to_owned()).expect("a debrief")
}

const WARM: &str = "It sounds as if being careful has cost you a great deal, and you are still not sure about this room.\n";
const RUDE: &str = "That's ridiculous. You should pull yourself together, it's your own fault.\n";

#[test]
fn sessions_of_any_length_have_one() {
    for turns in [0, 1, 3, 200] {
        let debrief = debrief(&WARM.repeat(turns));
        assert_eq!(debrief["turns"], turns);
        assert!(debrief["moments"].as_array().is_some_and(|moments| moments.len() <= 3));
        assert!(!debrief["opening"].as_str().unwrap_or_default().is_empty());
    }
}

#[test]
fn silence_throughout_is_met_without_reproach_and_without_invented_praise() {
    let debrief = debrief(&"(silence)\n".repeat(12));
    assert!(debrief["opening"].as_str().is_some_and(|opening| opening.contains("Silence can hold a person")), "{}", debrief["opening"]);
}

#[test]
fn rudeness_is_not_praised_and_the_words_that_hurt_are_shown() {
    let debrief = debrief(&RUDE.repeat(6));
    assert_eq!(debrief["strengths"].as_array().map(Vec::len), Some(0), "{}", debrief["strengths"]);
    assert!(debrief["trust"]["end"].as_f64() <= debrief["trust"]["start"].as_f64());
    let away = debrief["moments"].as_array().and_then(|moments| moments.iter().find(|moment| moment["turned"] == "away"));
    let words = away.expect("a moment that hurt")["words"]["quote"].as_str().unwrap_or_default().to_owned();
    assert!(!words.is_empty() && RUDE.contains(&words), "{words}");
}

#[test]
fn strengths_come_first_and_what_stayed_unsaid_only_on_asking() {
    let debrief = text(&WARM.repeat(4));
    let place = |heading: &str| debrief.find(heading).unwrap_or_else(|| panic!("no `{heading}` in {debrief}"));
    assert!(place("What went well") < place("Your three scores"));
    assert!(place("Your three scores") < place("Trust over the session"));
    assert!(!debrief.contains("What opens it"));
    assert!(!debrief.contains('!'), "{debrief}");
}

#[test]
fn it_fits_its_window_and_needs_no_colour() {
    for line in text(&[WARM, RUDE, WARM, "(silence)\n"].concat().repeat(3)).lines() {
        assert!(line.chars().count() <= 80, "{line}");
        assert!(!line.contains('\u{1b}'));
    }
}
