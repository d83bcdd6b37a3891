//! Progress from outside: nothing kept, a few sessions, a thousand.

use super::cli::{practicum, told};
use practicum::record::{DataDir, Record, Summary, people};
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

fn progress(folder: &Path, args: &[&str]) -> (String, String, i32) {
    let mut all = vec!["--data-dir", folder.to_str().unwrap(), "progress"];
    all.extend(args);
    told(&mut practicum(&all))
}

/// Sessions of a trainee who grows.
fn kept(folder: &Path, sessions: u32) {
    let (mut record, _) = Record::open(&DataDir::at(folder)).unwrap();
    record
        .write(|write| {
            let person = people::called(write, Some("Ida"), 0)?;
            for n in 0..sessions {
                let grown = f64::from(n) / f64::from(sessions);
                let mut summary = Summary { turns: 40, level: 2, trust: (0.1, 0.2), ..Summary::default() };
                summary.empathy = Some(2.2 + grown);
                summary.non_judgment = Some(3.0);
                summary.listening = Some(2.5 + grown);
                summary.scored = [40; 3];
                summary.spread = [30.0; 3];
                for act in ["advice", "open_question", "simple_reflection", "validation", "silence"] {
                    summary.acts.insert(act.into(), 1 + n % 7);
                }
                for row in ["active_listening", "empathy", "validation", "autonomy"] {
                    summary.earned.insert(row.into(), 4);
                    summary.lost.insert(row.into(), u32::from(row == "autonomy") * 6);
                }
                let json = serde_json::to_string(&summary).unwrap();
                write.execute(
                    "INSERT INTO sessions (uuid, person, number, scenario, digest, engine, seed, opening, origin, open, since, turns, summary)
                     VALUES (?1, ?2, 1, 'samantha', 'd', '0', '1', '{}', 'solo', 0, 0, 40, ?3)",
                    rusqlite::params![format!("u{n}"), person, json],
                )?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn before_the_first_session_it_says_so_and_makes_no_folder() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("none");
    let (out, err, code) = progress(&folder, &[]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("no closed session") && out.contains("practicum drill simple_reflection") && !folder.exists(), "{out}");
}

#[test]
fn growth_the_one_next_thing_and_where_to_practise_it_are_told() {
    let place = tempfile::tempdir().unwrap();
    kept(place.path(), 12);
    let (out, _, code) = progress(place.path(), &[]);
    assert_eq!(code, 0);
    for wanted in ["Progress over 12 sessions", "Grown from your first sessions", "The one next thing", "practicum drill autonomy", "How this is reckoned"] {
        assert!(out.contains(wanted), "{wanted}\n{out}");
    }
    let (words, _, _) = progress(place.path(), &["--words"]);
    assert!(!words.contains("Lately 3"), "{words}");
    let (out, _, _) = progress(place.path(), &["--format", "json"]);
    let data: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&data["sessions"], &data["empathy"]["moved"], &data["non_judgment"]["moved"]),
        (&Value::from(12), &Value::from("higher"), &Value::from("not_tellable"))
    );
    assert_eq!(data["next"][0]["drill"]["skill"], "autonomy");
    let page = place.path().join("p.html");
    let (_, err, code) = progress(place.path(), &["--html", page.to_str().unwrap()]);
    assert!(code == 0 && err.contains("is written"));
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<title>Progress: Ida</title>") && page.contains("<desc"));
}

#[test]
fn a_thousand_sessions_of_forty_turns_are_quick() {
    let place = tempfile::tempdir().unwrap();
    kept(place.path(), 1000);
    let since = Instant::now();
    let (out, _, code) = progress(place.path(), &["--plain"]);
    // 300 ms is the promise of the release build on a quiet machine; tests run unoptimised, beside others.
    assert!(code == 0 && out.contains("1000 sessions") && since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
}

#[test]
fn nobody_of_this_name_is_a_sentence() {
    let place = tempfile::tempdir().unwrap();
    kept(place.path(), 1);
    let (_, err, code) = progress(place.path(), &["--as", "Nobody"]);
    assert!(code == 2 && err.contains("Nothing was kept for `Nobody`"), "{err}");
}
