//! Scripts that try to hang, crash or bloat the program: the host lives, each is stopped within a second, the turn goes on.

use super::script::{client, turn};
use practicum::script::Script;
use std::time::{Duration, Instant};

/// From safety.md, "Goals": hostile scripts are stopped within a second.
const STOPPED_WITHIN: Duration = Duration::from_secs(1);

fn scripts() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile_scripts");
    let mut scripts: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned()))
        .collect();
    scripts.sort();
    scripts
}

/// The same statements inside the hook that every turn asks, with their functions moved out.
fn as_hook(text: &str) -> String {
    let (functions, body) = match text.strip_prefix("fn ").and_then(|_| text.find("} ")) {
        Some(at) if text.starts_with("fn ") => text.split_at(at + 1),
        _ => ("", text),
    };
    format!("{functions}\nfn respond(turn, client) {{\n{body}\n}}")
}

#[test]
fn every_hostile_script_is_stopped_and_the_turn_goes_on() {
    let scripts = scripts();
    assert!(scripts.len() >= 58, "{}", scripts.len());
    // The least stack that safety.md promises scripts.
    let run = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let mut ran = 0;
        for (name, text) in &scripts {
            for text in [text.clone(), as_hook(text)] {
                let started = Instant::now();
                if let Ok((script, _)) = Script::compile(name, &text) {
                    ran += 1;
                    let _ = script.run_loose_statements();
                    let _ = script.respond(turn("Hello.", &[]), client());
                }
                let took = started.elapsed();
                assert!(took < STOPPED_WITHIN, "{name} took {took:?}");
            }
        }
        ran
    });
    let ran = run.unwrap().join().unwrap();
    assert!(ran > 40, "only {ran} of them even compiled");
    let (script, _) = Script::compile("after", "fn respond(turn, client) { return react().say(\"Still here.\"); }").unwrap();
    assert!(script.respond(turn("Hello.", &[]), client()).unwrap().is_some());
}

#[test]
fn a_script_with_every_trick_inside_functions_is_stopped_too() {
    for body in [
        "let s = \"x\"; loop { s += s; }",
        "let a = [1]; loop { a += a; }",
        "let s = \"\"; s.pad(3, \"\"); react()",
        "let m = #{}; for i in 0..100000 { m[`k${i}`] = i; }",
        "let n = 0; for i in 0..9223372036854775807 { n += i; }",
        "let n = 0; for c in 0..100000 { n += turn.history.len + turn.acts.len; }",
        "loop { try { throw \"x\"; } catch { } }",
        "let s = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"; for i in 0..6 { s += s; } loop { turn.says(s); }",
        "loop { client.choose(\"a\", [1,2,3]); }",
        "let r = react(); loop { r.flag(\"a\").shift(\"hope\", 0.1, \"x\"); }",
        "while true { respond(turn, client); }",
    ] {
        let text = format!("fn respond(turn, client) {{ {body} }}");
        let started = Instant::now();
        if let Ok((script, _)) = Script::compile("x", &text) {
            assert!(script.respond(turn("Hello.", &[]), client()).is_err(), "{body}");
        }
        assert!(started.elapsed() < STOPPED_WITHIN, "{body} took {:?}", started.elapsed());
    }
}
