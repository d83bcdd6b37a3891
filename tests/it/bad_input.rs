//! What an author's folder may hold by accident or out of malice: each is a finding with a hint, nothing crashes, and nothing else is skipped.

use crate::author::run;
use crate::scenario::sample_text;
use std::fs;
use std::path::Path;

/// A shelf with one sound scenario; what a test adds must not keep it from being looked at.
fn shelf() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("shelf/sample");
    fs::create_dir_all(folder.join("transcripts")).unwrap();
    fs::write(folder.join("scenario.ron"), sample_text()).unwrap();
    fs::write(folder.join("client.rhai"), include_str!("../sample/client.rhai")).unwrap();
    fs::write(folder.join("transcripts/heard.ron"), include_str!("../sample/transcripts/heard.ron")).unwrap();
    place
}

/// A second scenario beside the sound one, with a mistake of its own that must be told too.
fn with_another(place: &Path, name: &str) -> std::path::PathBuf {
    let folder = place.join("shelf").join(name);
    fs::create_dir_all(folder.join("transcripts")).unwrap();
    fs::write(folder.join("scenario.ron"), sample_text().replace("id: \"sample\"", &format!("id: \"{name}\"")).replace("level: 1", "level: 9")).unwrap();
    fs::write(folder.join("transcripts/heard.ron"), include_str!("../sample/transcripts/heard.ron")).unwrap();
    folder
}

/// What is told of the shelf: everything in `wanted`, each line with a place and a hint of its own, and no panic.
fn told(place: &Path, wanted: &[&str]) -> String {
    let (code, said, complaint) = run(&["check", "--format", "json", "--no-advice", "shelf"], place);
    assert!(code == 1 && complaint.is_empty(), "{code} {complaint}");
    let all: serde_json::Value = serde_json::from_str(&said).unwrap();
    for finding in all["findings"].as_array().unwrap() {
        assert!(finding["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{finding}");
    }
    for code in wanted {
        assert!(all["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == *code), "{code} is missing in {said}");
    }
    said
}

#[test]
fn a_folder_without_a_scenario_is_told_and_the_rest_is_looked_at() {
    let place = shelf();
    with_another(place.path(), "other");
    fs::create_dir(place.path().join("empty")).unwrap();
    let (code, said, _) = run(&["check", "--format", "plain", "--no-advice", "empty", "shelf"], place.path());
    assert!(code == 1 && said.contains("empty: error[F001]") && said.contains("other/scenario.ron:7:10: error[S004]"), "{said}");
}

#[test]
fn a_huge_file_is_told_by_its_size_and_never_read() {
    let place = shelf();
    let folder = with_another(place.path(), "huge");
    fs::write(folder.join("transcripts/long.ron"), vec![b' '; (1 << 20) + 1]).unwrap();
    fs::write(folder.join("client.rhai"), vec![b' '; (64 << 10) + 1]).unwrap();
    let said = told(place.path(), &["F002", "S004"]);
    assert_eq!(said.matches("F002").count(), 2, "{said}");
    // A hole of four gigabytes costs nothing to make and must cost nothing to refuse.
    let file = fs::File::create(folder.join("scenario.ron")).unwrap();
    file.set_len(4 << 30).unwrap();
    let started = std::time::Instant::now();
    told(place.path(), &["F002"]);
    assert!(started.elapsed().as_secs() < 10);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_and_out_of_the_folder_are_told() {
    use std::os::unix::fs::symlink;
    let place = shelf();
    let folder = with_another(place.path(), "linked");
    symlink(place.path().join("shelf"), place.path().join("shelf/circle")).unwrap();
    symlink("loop.ron", folder.join("transcripts/loop.ron")).unwrap();
    fs::write(place.path().join("secret.rhai"), "fn opening(client) { }").unwrap();
    symlink(place.path().join("secret.rhai"), folder.join("client.rhai")).unwrap();
    let said = told(place.path(), &["F005", "F009", "S004"]);
    assert!(said.contains("\"scenarios\":2"), "{said}");
}

#[test]
fn another_format_and_mixed_encodings_are_told_each_in_its_file() {
    let place = shelf();
    let folder = with_another(place.path(), "mixed");
    fs::write(folder.join("client.rhai"), b"fn opening(client) { return react().say(\"caf\xe9\"); }").unwrap();
    fs::write(folder.join("transcripts/wide.ron"), b"\xff\xfe(\0f\0").unwrap();
    fs::write(folder.join("transcripts/marked.ron"), format!("\u{FEFF}{}", include_str!("../sample/transcripts/heard.ron"))).unwrap();
    fs::write(folder.join("transcripts/newer.ron"), "(format: 3, title: \"x\", turns: [(say: \"a\")])").unwrap();
    fs::write(folder.join("transcripts/hidden.ron"), "(format: 1, title: \"x\u{200B}\", turns: [(say: \"a\")])").unwrap();
    let said = told(place.path(), &["F003", "F004", "F010", "S004"]);
    assert_eq!(said.matches("\"F003\"").count(), 2, "{said}");
    assert!(!said.contains("marked.ron"), "{said}");
}

#[test]
fn two_scenarios_of_one_id_are_told_with_the_place_of_the_other() {
    let place = shelf();
    let other = place.path().join("shelf/deeper/sample");
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("scenario.ron"), sample_text()).unwrap();
    let said = told(place.path(), &["F008"]);
    assert!(said.contains("there is another scenario `sample`"), "{said}");
}

#[test]
fn every_hostile_script_is_a_finding_or_harmless_and_never_stops_the_check() {
    let place = shelf();
    let scripts: Vec<_> = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile_scripts")).unwrap().flatten().map(|entry| entry.path()).collect();
    assert!(scripts.len() >= 50);
    for (n, script) in scripts.iter().enumerate() {
        let name = format!("hostile{n}");
        let folder = with_another(place.path(), &name);
        // As the text of a hook, so that the rehearsal runs it.
        let text = fs::read_to_string(script).unwrap_or_default();
        let hook = if text.contains("fn ") { text } else { format!("fn respond(turn, client) {{\n{text}\n}}") };
        fs::write(folder.join("client.rhai"), hook).unwrap();
    }
    let started = std::time::Instant::now();
    let said = told(place.path(), &["S004"]);
    // Each is stopped within its steps; the watchdog gives a hook 100 ms at most, and a rehearsal runs a few dozen.
    assert!(started.elapsed().as_secs() < 300, "{:?}", started.elapsed());
    assert_eq!(said.matches("\"S004\"").count(), scripts.len(), "one hides another");
    assert!(said.matches("\"H0").count() > scripts.len() / 2, "{said}");
}
