//! Drills from outside: those that come with the program hold, and a practice behind a pipe.

use super::cli::{practicum, told};
use practicum::check::drills::look_at_drills;
use practicum::drill::{Book, Drills, Practice, judge, set::built_in_sources, set::read};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Runs `drill` with these lines typed, keeping its record in a folder.
fn drill(folder: &Path, args: &[&str], lines: &str) -> (String, String, i32) {
    let data = folder.to_str().unwrap();
    let mut all = vec!["--data-dir", data, "drill"];
    all.extend(args);
    told(practicum(&all).write_stdin(lines.to_owned()))
}

fn events(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

#[test]
fn every_sample_and_model_reply_of_the_built_in_drills_is_judged_as_its_author_says() {
    let looked = look_at_drills(built_in_sources());
    let told: Vec<String> = looked.findings.iter().map(|finding| finding.one_line(looked.text(finding))).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn twelve_skills_have_at_least_twelve_stimuli_each_on_every_level_and_their_files_end_on_ids_of_their_own() {
    let drills = Drills::built_in();
    let mut ids = BTreeSet::new();
    assert!(drills.skills().len() >= 12, "{}", drills.skills().len());
    for skill in drills.skills() {
        let stimuli = skill.stimuli();
        assert!(stimuli.len() >= 12, "{}: {}", skill.id(), stimuli.len());
        let levels: BTreeSet<u8> = stimuli.iter().map(|(_, stimulus)| stimulus.level).collect();
        assert_eq!(levels.into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5], "{}", skill.id());
        assert!(stimuli.iter().all(|(_, stimulus)| ids.insert((skill.id().to_owned(), stimulus.id.clone()))));
        assert!(!skill.teaches().is_empty() && !skill.about().is_empty());
    }
    for source in built_in_sources() {
        let source = source.unwrap();
        let file = read(&source).unwrap();
        assert_eq!(source.file, format!("drills/{}.ron", file.skill));
    }
}

#[test]
fn a_clumsy_and_a_skilled_trainee_end_apart() {
    let drills = Drills::built_in();
    for skill in drills.skills() {
        let mut reached = Vec::new();
        for skilled in [true, false] {
            let mut practice = Practice::begin(&drills, skill, Book::default(), false, None);
            for _ in 0..16 {
                let offer = practice.next().unwrap();
                let reply = if skilled { &offer.stimulus.meets[0] } else { &offer.stimulus.misses[0] };
                let met = judge(offer.file, offer.stimulus, reply).met;
                practice.tried(&offer, met);
            }
            reached.push(practice.book().standing(skill.id()).reached);
        }
        assert_eq!(reached[1], 0, "{}", skill.id());
        assert!(reached[0] >= 3, "{}: {reached:?}", skill.id());
    }
}

#[test]
fn a_practice_behind_a_pipe_takes_a_line_as_a_try_and_skips_blank_lines() {
    let place = tempfile::tempdir().unwrap();
    let (out, err, code) =
        drill(place.path(), &["simple_reflection", "--plain"], "You're the one who does everything in that house.\n\n/easy\nYou should talk to them.\n");
    assert_eq!((err.as_str(), code), ("", 0), "{out}");
    for wanted in ["Client: ", "Criterion: ", "Met.", "Then a harder one: level 2.", "Not yet.", "One change: “You should talk to them”", "This practice:"]
    {
        assert!(out.contains(wanted), "{wanted}\n{out}");
    }
    let met = out.find("Met.").unwrap();
    assert!(!out[..met].contains("Another way to say it"), "the model reply comes only after the try");
}

#[test]
fn what_was_missed_opens_the_next_practice_and_what_was_typed_is_nowhere() {
    let place = tempfile::tempdir().unwrap();
    let json = ["summary", "--format", "json"];
    let (out, _, _) = drill(place.path(), &json, "Zanzibar is lovely in spring.\n");
    let first = events(&out);
    assert_eq!(first[0]["event"], "drill_opened");
    assert_eq!(first[2]["met"], false);
    let missed = first[1]["id"].clone();
    let (out, _, _) = drill(place.path(), &json, "/quit\n");
    let second = events(&out);
    assert_eq!((&second[0]["practice"], &second[1]["id"], &second[1]["why"]), (&Value::from(2), &missed, &Value::from("returns")));
    for entry in std::fs::read_dir(place.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!bytes.windows(8).any(|part| part == b"Zanzibar"));
    }
    let (out, _, _) = drill(place.path(), &["--list", "--format", "json"], "");
    let listed: Value = serde_json::from_str(&out).unwrap();
    let summary = listed["skills"].as_array().unwrap().iter().find(|skill| skill["skill"] == "summary").unwrap().clone();
    assert_eq!(summary["standing"]["tries"], 1);
}

#[test]
fn no_save_writes_nothing_and_another_name_is_another_book() {
    let place = tempfile::tempdir().unwrap();
    let (_, _, code) = drill(place.path(), &["silence", "--no-save"], "(silence)\n");
    assert_eq!((code, std::fs::read_dir(place.path()).unwrap().count()), (0, 0));
    drill(place.path(), &["silence", "--as", "Anna"], "(silence)\n");
    let tries = |name: &str| {
        let (out, _, _) = drill(place.path(), &["--list", "--format", "json", "--as", name], "");
        let listed: Value = serde_json::from_str(&out).unwrap();
        listed["skills"].as_array().unwrap().iter().map(|skill| skill["standing"]["tries"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!((tries("anna"), tries("Ben")), (1, 0));
}

#[test]
fn the_same_tries_give_the_same_bytes_and_any_input_is_survived() {
    let place = tempfile::tempdir().unwrap();
    let lines = "asdf qwer\n/nonsense\n/again\n/skip\n/hard\n/criteria\n/help\n/card\n/pause\n*nods*\n\u{202e}\u{1b}[2J...\n🙂\nYou miss him.\n";
    let args = ["feeling_reflection", "--format", "json", "--no-save"];
    let (once, _, code) = drill(place.path(), &args, lines);
    let (twice, _, _) = drill(place.path(), &args, lines);
    assert_eq!((code, &once), (0, &twice));
    assert!(!once.contains('\u{1b}') && !once.contains('\u{202e}'));
    let (plain, _, code) = drill(place.path(), &["feeling_reflection", "--no-save"], lines);
    assert!(code == 0 && !plain.contains('\u{1b}') && plain.contains("does not count"), "{plain}");
}

#[test]
fn an_authors_own_drill_is_practised_and_a_mistyped_skill_names_the_nearest() {
    let place = tempfile::tempdir().unwrap();
    let own = place.path().join("own");
    std::fs::create_dir(&own).unwrap();
    std::fs::copy("tests/sample/drill.ron", own.join("plain.ron")).unwrap();
    std::fs::write(own.join("broken.ron"), "(format: 1, skill: ").unwrap();
    let own = own.to_str().unwrap();
    let (out, err, code) = drill(place.path(), &["plain_words", "--no-save", "--drills", own, "--tries", "1"], "It sounds lonely.\n");
    assert!(code == 0 && out.contains("Plain words") && out.contains("Met.") && err.contains("broken.ron"), "{out}{err}");
    let (_, err, code) = drill(place.path(), &["sumary"], "");
    assert!(code == 2 && err.contains("did you mean `summary`"), "{err}");
}

#[test]
fn check_finds_what_is_wrong_with_a_drill_in_its_line() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("drills");
    std::fs::create_dir(&folder).unwrap();
    let sample = std::fs::read_to_string("tests/sample/drill.ron").unwrap();
    std::fs::write(folder.join("mine.ron"), sample.replace("level: 2", "level: 7")).unwrap();
    let path = folder.to_str().unwrap();
    let (out, _, code) = told(&mut practicum(&["check", "--format", "plain", "--no-advice", path]));
    assert!(code == 1 && out.contains("mine.ron:17:14: error[D003]"), "{out}");
}
