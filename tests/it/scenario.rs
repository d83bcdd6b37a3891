//! Scenarios as authors write them: what is sound opens, what is not is told all at once, each finding with its place.

use practicum::diagnostic::Place;
use practicum::scenario::transcript::TranscriptFile;
use practicum::scenario::{Folder, OpenError, Scenario, Shelf};
use std::path::Path;

pub(crate) fn sample_text() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sample/scenario.ron")).unwrap()
}

/// The sample with some of its words replaced.
fn changed(changes: &[(&str, &str)]) -> Folder {
    let mut text = sample_text();
    for (from, to) in changes {
        assert!(text.contains(from), "the sample does not hold {from}");
        text = text.replacen(from, to, 1);
    }
    Folder::in_memory("sample", &[("scenario.ron", &text)])
}

fn lines(changes: &[(&str, &str)]) -> Vec<String> {
    let folder = changed(changes);
    Scenario::read(&folder).1.iter().map(|finding| finding.one_line(folder.text_of(&finding.file).as_deref())).collect()
}

#[test]
fn the_sample_is_sound() {
    let folder = Folder::Disk(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample"));
    let (scenario, found) = Scenario::read(&folder);
    assert_eq!(found, [], "{:#?}", lines(&[]));
    let scenario = scenario.unwrap();
    assert!(scenario.script.is_some() && scenario.digest.len() == 64);
    for file in folder.files_in("transcripts") {
        let source = folder.read(&file).unwrap().unwrap();
        practicum::scenario::parse::parse::<TranscriptFile>(&source, "TranscriptFile").unwrap();
    }
}

#[test]
fn every_fault_of_form_is_told_in_one_run_with_its_place() {
    let told = lines(&[
        ("title: \"Ines: the night shifts\"", "titel: \"Ines\""),
        ("level: 1", "level: \"1\""),
        ("[active_listening,", "[active_lisening,"),
        ("age: 34,", "age: 34, age: 35,"),
    ]);
    for wanted in [
        "R005]: there is no field `titel` here (did you mean `title`?)",
        "R007]: a text stands where a whole number",
        "R008]: there is no `active_lisening` here (did you mean `active_listening`?)",
        "R009]: the field `age` is given twice",
    ] {
        assert!(told.iter().any(|line| line.contains(wanted)), "{wanted}\n{told:#?}");
    }
    assert!(told[0].starts_with("sample/scenario.ron:5:3: error["), "{}", told[0]);
}

#[test]
fn every_fault_of_reference_is_told_in_one_run_with_its_place() {
    let told = lines(
        &[
            ("topics: [\"night\"], asks", "topics: [\"nihgt\"], asks"),
            ("near: [\"night\", \"mix_up\"]", "near: [\"night\", \"mixup\"]"),
            ("needs: [told(\"there_was_a_night\")]", "needs: [told(\"there_was_night\")]"),
            ("flags: [\"greeted\"]", "flags: [\"greted\"]"),
            ("hears: [\"loneliness\"]", "hears: [\"lonely\"]"),
            ("(id: \"tea\",", "(id: \"seat\","),
        ]
        .map(|(from, to)| if from.starts_with("(id: \"tea") { ("id: \"tea\"", "id: \"seat\"") } else { (from, to) }),
    );
    for wanted in [
        "S020]: there is no topic `nihgt` (did you mean `night`?)",
        "S021]: there is no line, reaction, disclosure or topic `mixup` (did you mean `mix_up`?)",
        "S022]: there is no disclosure `there_was_night` (did you mean `there_was_a_night`?)",
        "S026]: the flag `greted` is asked for and never set (did you mean `greeted`?)",
        "S024]: there is no undertone `lonely`",
        "S002]: there are two reactions `seat`",
        "S027]: the flag `greeted` is set and nothing asks for it",
    ] {
        assert!(told.iter().any(|line| line.contains(wanted)), "{wanted}\n{told:#?}");
    }
}

#[test]
fn a_finding_points_at_the_very_words() {
    let folder = changed(&[("topics: [\"night\"], asks", "topics: [\"nihgt\"], asks")]);
    let (_, found) = Scenario::read(&folder);
    let text = folder.text_of("sample/scenario.ron").unwrap();
    let span = found[0].span.unwrap();
    assert_eq!(span.of(&text), "\"nihgt\"");
    assert!(Place::of(&text, span.start).line > 100);
}

#[test]
fn a_pattern_that_cannot_be_read_is_shown_in_its_line() {
    let folder = changed(&[("cues: [\"notes\", \"report\"", "cues: [\"notes\", \"[report\"")]);
    let (_, found) = Scenario::read(&folder);
    let text = folder.text_of("sample/scenario.ron").unwrap();
    assert_eq!(found.iter().map(|finding| (finding.code, finding.span.unwrap().of(&text))).collect::<Vec<_>>(), [("C001", "\"[report\"")]);
}

#[test]
fn comments_and_layout_do_not_change_the_digest_and_words_do() {
    let digest = |changes: &[(&str, &str)]| Scenario::read(&changed(changes)).0.unwrap().digest;
    let plain = digest(&[]);
    assert_eq!(plain, digest(&[("// A small client", "// Another comment\n\n // A small client")]));
    assert_ne!(plain, digest(&[("Four hours. Five, on a good day.", "Four hours. Six, on a good day.")]));
    // What is expected of simulated trainees decides nothing in a session; what the supervisor says is part of it.
    assert_eq!(plain, digest(&[("  debrief: (", "  expects: [(policy: skilled, trust_at_least: 0.2)],\n  debrief: (")]));
    assert_ne!(plain, digest(&[("before you ask about it.", "before you ask for more.")]));
}

#[test]
fn a_newer_format_is_refused_with_a_sentence() {
    let told = lines(&[("format: 1", "format: 2")]);
    assert!(told.len() == 1 && told[0].contains("F010") && told[0].contains("newer practicum"), "{told:?}");
    let told = lines(&[("format: 1", "format: 2,\n  something_new: 3")]);
    assert!(told.len() == 1 && told[0].contains("F010"), "{told:?}");
}

#[test]
fn a_missing_scenario_names_the_nearest() {
    let shelf = Shelf::empty().with(changed(&[]));
    let error = shelf.open("sampel").unwrap_err();
    assert_eq!(error.to_string(), "there is no scenario `sampel`; did you mean `sample`?");
    assert!(shelf.open("sample").is_ok());
}

#[test]
fn a_broken_scenario_hides_no_other_and_says_why() {
    let broken = Folder::in_memory("broken", &[("scenario.ron", "(format: 1, id: \"broken\"")]);
    let shelf = Shelf::empty().with(changed(&[])).with(broken);
    let (listed, findings) = shelf.list();
    assert_eq!(listed.iter().map(|listing| listing.id.as_str()).collect::<Vec<_>>(), ["sample"]);
    assert!(findings.iter().any(|finding| finding.file == "broken/scenario.ron"));
    let Err(error @ OpenError::Broken { .. }) = shelf.open("broken") else { panic!() };
    assert!(error.to_string().contains("broken/scenario.ron:1:1: error[R002]"), "{error}");
}

#[test]
fn a_broken_script_keeps_only_its_own_scenario_shut() {
    let text = sample_text();
    let folder = Folder::in_memory("sample", &[("scenario.ron", &text), ("client.rhai", "fn respond(turn, client) {\n  if turn.has(\"advice\"\n}")]);
    let (scenario, found) = Scenario::read(&folder);
    assert!(scenario.is_none());
    assert!(found[0].one_line(folder.text_of(&found[0].file).as_deref()).starts_with("sample/client.rhai:3:1: error[H001]"), "{found:?}");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_loops_and_folders_without_a_scenario_are_told() {
    let place = tempfile::tempdir().unwrap();
    let outside = place.path().join("outside.ron");
    std::fs::write(&outside, sample_text()).unwrap();
    let inside = place.path().join("sample");
    std::fs::create_dir(&inside).unwrap();
    std::os::unix::fs::symlink(&outside, inside.join("scenario.ron")).unwrap();
    let code = |folder: &Path| Scenario::read(&Folder::Disk(folder.to_owned())).1[0].code;
    assert_eq!(code(&inside), "F005");
    std::fs::remove_file(inside.join("scenario.ron")).unwrap();
    assert_eq!(code(&inside), "F001");
    std::os::unix::fs::symlink(inside.join("scenario.ron"), inside.join("scenario.ron")).unwrap();
    assert_eq!(code(&inside), "F009");
    std::os::unix::fs::symlink(&inside, inside.join("again")).unwrap();
    std::fs::create_dir(inside.join("transcripts")).unwrap();
    let (listed, _) = Shelf::empty().with_folder(place.path()).list();
    assert!(listed.is_empty());
}

#[test]
fn what_comes_with_the_program_has_no_errors() {
    for folder in Shelf::built_in().folders() {
        let found = practicum::check::look(folder, 0);
        let errors: Vec<String> = found.findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.one_line(found.text(finding))).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn ron_and_ron2_agree_on_every_shipped_file() {
    for folder in Shelf::built_in().folders() {
        for name in ["scenario.ron".to_owned()].into_iter().chain(folder.files_in("transcripts")) {
            let source = folder.read(&name).unwrap().unwrap();
            let mut once = source.clone();
            once.text = practicum::scenario::format::format(&source).unwrap_or_else(|found| panic!("{found:?}"));
            let twice = practicum::scenario::format::format(&once).unwrap();
            assert!(twice == once.text, "{} does not settle", source.file);
        }
    }
}

/// A small generator of its own, so that a failing mutation can be found again by its number.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

fn mutated(text: &str, number: u64) -> Vec<u8> {
    let mut dice = Dice(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let len = dice.below(40).min(bytes.len() - at);
        match dice.below(7) {
            0 => bytes[at] = dice.below(256) as u8,
            1 => drop(bytes.drain(at..at + len)),
            2 => {
                let part = bytes[at..at + len].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, part);
            }
            3 => bytes.truncate(at),
            4 => bytes.insert(at, b"()[]{}\"\\,:/*-.0"[dice.below(15)]),
            5 => drop(bytes.splice(at..at + len, [&b"1e999"[..], b"NaN", b"\"", b"Some(", b"\xEF\xBB\xBF", b"r#\"", b"/*"][dice.below(7)].iter().copied())),
            _ => {
                let part = (0..dice.below(300)).flat_map(|_| *b"((");
                bytes.splice(at..at, part);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// `PRACTICUM_MUTATIONS=100000 cargo test --release --test it mutated` tries a hundred thousand.
#[test]
fn mutated_files_never_panic_and_never_take_long() {
    use rayon::prelude::*;
    let many: u64 = std::env::var("PRACTICUM_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000);
    let sample = sample_text();
    let shipped: Vec<String> = Shelf::built_in().folders().iter().map(|folder| folder.read("scenario.ron").unwrap().unwrap().text).collect();
    let slowest = (0..many)
        .into_par_iter()
        .map(|number| {
            // The shipped ones are ten times as long; the small one is quicker to try.
            let text = if number % 50 == 0 && !shipped.is_empty() { &shipped[(number / 50) as usize % shipped.len()] } else { &sample };
            let folder = Folder::Memory("sample".into(), [("scenario.ron".to_owned(), mutated(text, number + 1))].into());
            let started = std::time::Instant::now();
            let (scenario, found) = Scenario::read(&folder);
            assert!(scenario.is_some() || !found.is_empty(), "mutation {number} is refused without a reason");
            for finding in &found {
                assert!(finding.span.is_none_or(|span| span.start <= span.end), "mutation {number}: {finding:?}");
                let _ = practicum::report::diagnostics::drawn(finding, folder.text_of(&finding.file).as_deref(), false);
            }
            (started.elapsed(), number)
        })
        .max()
        .unwrap();
    // The promise is 200 ms; builds that are not optimised, on a busy machine, get fifty times that.
    let most = if cfg!(debug_assertions) { 10_000 } else { 200 };
    assert!(slowest.0.as_millis() < most, "mutation {} took {:?}", slowest.1, slowest.0);
}
