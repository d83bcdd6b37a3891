//! The author's commands that make and explain: `new` gives a client that works at once, `reference` leaves nothing out.

use crate::cli::{practicum, told};
use practicum::report::reference::{FieldPage, machine_form, manual, markdown};
use practicum::scenario::schema::{TypeKind, schema};
use practicum::script::api;
use std::fs;
use std::path::Path;

/// What a command says, and how it ends, in a folder.
pub(crate) fn run(args: &[&str], at: &Path) -> (i32, String, String) {
    let (out, err, code) = told(practicum(args).current_dir(at).env_remove("PRACTICUM_SCENARIOS"));
    (code, out, err)
}

#[test]
fn what_new_makes_passes_check_test_and_simulate_at_once() {
    for (from, sessions, course) in [("minimal", "40", "1"), ("course", "12", "3")] {
        let place = tempfile::tempdir().unwrap();
        let (code, said, complaint) = run(&["new", "yuki-t", "--from", from], place.path());
        assert_eq!((code, complaint.as_str()), (0, ""), "{from}");
        assert!(said.contains("practicum play ./yuki-t") && said.contains("practicum check ./yuki-t"), "{said}");
        let (code, said, _) = run(&["check", "--format", "plain", "--no-advice", "yuki-t"], place.path());
        assert_eq!((code, said.as_str()), (0, ""), "{from}");
        let (code, said, _) = run(&["test", "./yuki-t"], place.path());
        assert_eq!(code, 0, "{from}: {said}");
        let (code, said, _) = run(&["simulate", "./yuki-t", "--sessions", sessions, "--course", course, "--plain"], place.path());
        assert_eq!(code, 0, "{from}: {said}");
        let text = fs::read_to_string(place.path().join("yuki-t/scenario.ron")).unwrap();
        assert!(text.contains("name: \"Yuki\"") && text.contains("id: \"yuki-t\"") && !text.contains("Tess"), "{from}");
        assert!(text.lines().filter(|line| line.trim_start().starts_with("//")).count() >= 10, "{from} is commented like a lesson");
        let (code, said, _) = run(&["fmt", "--check", "yuki-t"], place.path());
        assert_eq!((code, said.as_str()), (0, ""), "{from} is laid out");
    }
}

#[test]
fn a_copy_of_samantha_is_a_client_of_ones_own() {
    let place = tempfile::tempdir().unwrap();
    let (code, _, complaint) = run(&["new", "sam", "--from", "samantha"], place.path());
    assert_eq!((code, complaint.as_str()), (0, ""));
    let (code, said, _) = run(&["check", "--format", "plain", "--no-advice", "sam"], place.path());
    assert_eq!((code, said.as_str()), (0, ""));
}

#[test]
fn nothing_is_overwritten_and_a_name_that_cannot_be_one_is_mended() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("kept")).unwrap();
    fs::write(place.path().join("kept/notes.txt"), "mine").unwrap();
    let (code, said, complaint) = run(&["new", "kept"], place.path());
    assert!(code == 2 && said.is_empty() && complaint.contains("nothing is overwritten"), "{complaint}");
    assert_eq!(fs::read_dir(place.path().join("kept")).unwrap().count(), 1);
    let (code, _, complaint) = run(&["new", "Mr Okonkwo"], place.path());
    assert!(code == 2 && complaint.contains("write `mr-okonkwo`"), "{complaint}");
    let (code, _, complaint) = run(&["new", "一"], place.path());
    assert!(code == 2 && complaint.contains("write it like `yuki`"), "{complaint}");
    let (code, ..) = run(&["new", "empty"], place.path());
    assert_eq!(code, 0);
}

#[test]
fn every_field_is_in_the_reference_with_its_type_its_meaning_and_an_example() {
    let manual = manual();
    let mut lacking = Vec::new();
    for one in &manual.types {
        for field in &one.fields {
            if field.doc.is_empty() || field.is.is_empty() || field.example.is_empty() {
                lacking.push(format!("{}.{}", one.name, field.name));
            }
        }
        for choice in one.choices.iter().filter(|choice| choice.doc.is_empty()) {
            // The six qualities say what they are by their names.
            if one.name != "Quality" {
                lacking.push(format!("{}::{}", one.name, choice.name));
            }
        }
        assert!(!one.doc.is_empty(), "{}", one.name);
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
    assert!(manual.types.len() > 25 && manual.script.len() > 60);
}

#[test]
fn every_example_of_a_field_is_what_may_stand_there() {
    let whole = |field: &FieldPage| !field.example.contains('…');
    for one in manual().types {
        for field in one.fields.iter().filter(|field| whole(field)) {
            let source = practicum::scenario::source::Source { file: "example.ron".into(), text: format!("({})", field.example) };
            let (node, faults) = practicum::scenario::tree::read(&source.text);
            assert!(faults.is_empty(), "{}.{}: {}", one.name, field.name, field.example);
            let mut found = Vec::new();
            practicum::scenario::schema::walk(&source, &node.unwrap(), &one.name, &mut found);
            found.retain(|finding| finding.code != "R006");
            assert!(found.is_empty(), "{}.{}: {found:?}", one.name, field.name);
        }
    }
}

#[test]
fn the_reference_comes_in_every_form_and_no_name_is_left_out() {
    let place = tempfile::tempdir().unwrap();
    let form = |form: &str| {
        let (code, said, complaint) = run(&["reference", "--format", form], place.path());
        assert_eq!((code, complaint.as_str()), (0, ""), "{form}");
        said
    };
    let (md, html, json, rhai, schema_text) = (form("markdown"), form("html"), form("json"), form("rhai"), form("schema"));
    let manual = manual();
    assert_eq!(md, markdown(&manual));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["types"].as_array().unwrap().len(), manual.types.len());
    for one in &manual.types {
        assert!(md.contains(&format!("### {}\n", one.name)) && html.contains(&format!("id=\"{}\"", one.name)), "{}", one.name);
    }
    for entry in api::entries() {
        let hook = entry.on == api::On::Hook;
        assert!(md.contains(&format!("#### `{}`", entry.signature())), "{}", entry.signature());
        assert!(hook || rhai.contains(&format!(" {}(", entry.name)), "{}", entry.signature());
    }
    assert!(rhai.starts_with("module static;\n") && !html.contains("http"));
    let machine: serde_json::Value = serde_json::from_str(&schema_text).unwrap();
    assert_eq!(machine, machine_form(&manual));
    assert_eq!(machine["$defs"]["Temperament"]["properties"]["pace"]["maximum"], 2.0);
    assert_eq!(machine["$defs"]["ReactionSpec"]["properties"]["shifts"]["items"]["prefixItems"][1]["minimum"], -0.2);
    let named = machine["$defs"].as_object().unwrap();
    for (name, known) in &schema().types {
        if let (TypeKind::Struct(fields), Some(definition)) = (&known.kind, named.get(name)) {
            assert_eq!(definition["properties"].as_object().unwrap().len(), fields.len(), "{name}");
        }
    }
    for (at, _) in schema_text.match_indices("#/$defs/") {
        let name: String = schema_text[at + 8..].chars().take_while(|c| c.is_alphanumeric()).collect();
        assert!(named.contains_key(&name), "{name} is named and not defined");
    }
}

#[test]
fn a_word_is_looked_up_and_a_mistyped_one_names_the_nearest() {
    let place = tempfile::tempdir().unwrap();
    let (code, said, _) = run(&["reference", "opens_at"], place.path());
    assert!(code == 0 && said.contains("Disclosure.opens_at (in scenario.ron)") && said.contains("0 to 1") && said.contains("Example: opens_at"), "{said}");
    let (code, said, _) = run(&["reference", "turn.has"], place.path());
    assert!(code == 0 && said.contains("turn.has(act)") && said.contains("true or false"), "{said}");
    let (code, said, _) = run(&["reference", "transcripts/*.ron"], place.path());
    assert!(code == 0 && said.contains("turns"), "{said}");
    let (code, _, complaint) = run(&["reference", "opens_att"], place.path());
    assert!(code == 2 && complaint.contains("did you mean `opens_at`"), "{complaint}");
    let (code, said, _) = run(&["reference"], place.path());
    assert!(code == 0 && said.contains("respond(turn") && said.contains("scenario.ron"), "{said}");
}
