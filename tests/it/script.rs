//! Scripts as authors meet them: every example of the reference runs, every mistake is worded.

use practicum::appraisal::{Act, Appraisal, FoundAct};
use practicum::client::{Client, Quality, RuptureStyle, Temperament};
use practicum::diagnostic::Span;
use practicum::script::api::{self, On};
use practicum::script::{ClientView, Fault, Hook, Luck, Past, Proposal, Says, Script, TurnView};
use std::sync::Arc;

pub(crate) fn client() -> ClientView {
    let luck = Luck {
        seed: 1,
        session: 1,
        turn: 1,
        draw: |seed, session, turn, purpose, below| (seed as usize + session as usize + turn as usize + purpose.len()) % below,
    };
    ClientView {
        client: Arc::new(Client::new(Temperament::default(), Vec::new())),
        session: 1,
        turn: 1,
        last_beat: "opening".into(),
        last_line: "Hello.".into(),
        luck,
    }
}

pub(crate) fn turn(text: &str, acts: &[Act]) -> TurnView {
    let appraisal = Appraisal {
        acts: acts.iter().map(|&act| FoundAct { act, rule: "test".into(), span: Span::new(0, text.len()), because: "test".into(), strength: 0.8 }).collect(),
        ..Appraisal::default()
    };
    let past = Past {
        number: 1,
        text: "before".into(),
        acts: vec![Act::Advice],
        topics: vec!["mother".into()],
        scores: [Some(4.0), None, Some(2.0)],
        answer: "Hm.".into(),
        beat: "greeting".into(),
    };
    TurnView { number: 2, minutes_left: 45.0, text: text.into(), appraisal: Arc::new(appraisal), carried: Some("mother".into()), history: Arc::new(vec![past]) }
}

fn ask(body: &str) -> Result<Option<Proposal>, Fault> {
    let (script, found) =
        Script::compile("client.rhai", &format!("fn respond(turn, client) {{\n{body}\n}}")).unwrap_or_else(|found| panic!("{body}: {found:?}"));
    assert!(found.is_empty(), "{found:?}");
    script.respond(turn("You should call your mother.", &[Act::Advice]), client())
}

fn fault(body: &str) -> String {
    let fault = ask(body).expect_err(body);
    format!("{} {fault}", fault.code)
}

#[test]
fn every_example_of_the_reference_runs() {
    assert!(api::entries().len() > 60, "{}", api::entries().len());
    for entry in api::entries() {
        assert!(entry.doc.ends_with('.') && !entry.gives.is_empty(), "{}", entry.signature());
        assert!(entry.example.contains(entry.name), "{}", entry.signature());
        if entry.on == On::Hook {
            let (script, found) = Script::compile("x.rhai", entry.example).unwrap();
            assert!(found.is_empty() && Hook::ALL.iter().any(|hook| script.has(*hook)));
            let answer = match entry.name {
                "opening" => script.opening(client()),
                "respond" => script.respond(turn("Trust me.", &[]), client()),
                "disclosed" => script.disclosed("letters", client()),
                "closing" => script.closing(client()),
                _ => script.between_sessions(client()),
            };
            answer.unwrap_or_else(|fault| panic!("{fault}"));
        } else {
            ask(entry.example).unwrap_or_else(|fault| panic!("{}: {fault}", entry.signature()));
        }
    }
}

#[test]
fn nothing_leaves_the_turn_to_the_table() {
    assert_eq!(ask("if turn.has(\"blame\") { return react(); }").unwrap(), None);
    assert_eq!(ask("").unwrap(), None);
}

#[test]
fn a_proposal_holds_what_was_asked_for_and_no_more_than_is_allowed() {
    let proposal = ask(
        "return react().line(\"no\").feel(\"tired\").shift(\"safety\", -3.0, \"a\").shift(\"bond\", 1, \"b\").adjust(\"empathy\", -9.0, \"c\").flag(\"x\").clear(\"y\").disclose(\"d\").rupture(\"confronts\", 9).withhold().end();",
    )
    .unwrap()
    .unwrap();
    assert_eq!(proposal.says, Some(Says::Line("no".into())));
    assert_eq!(proposal.shifts, [(Quality::Safety, -0.2, "a".into()), (Quality::Bond, 0.2, "b".into())]);
    assert_eq!(proposal.adjusts[0].1, -1.0);
    assert_eq!(proposal.ruptures, Some((RuptureStyle::Confronts, 3)));
    assert!(proposal.withholds && proposal.ends && proposal.discloses.is_some());
}

#[test]
fn a_reaction_in_a_variable_keeps_what_was_added() {
    let proposal = ask("let r = react(); r.flag(\"a\"); r.say(\"Hm.\"); return r;").unwrap().unwrap();
    assert_eq!((proposal.sets, proposal.says), (vec!["a".to_owned()], Some(Says::Words("Hm.".into()))));
}

#[test]
fn the_client_can_be_read_and_not_changed() {
    let said = fault("client.trust = 1.0;");
    assert!(said.starts_with("H007 client.rhai:2:") && said.contains("`client.trust` can be read and not set"), "{said}");
}

#[test]
fn mistakes_are_said_in_an_authors_words_with_their_place() {
    for (body, wanted) in [
        ("if turn.hsa(\"advice\") { }", "H002 client.rhai:2:9: there is no function `hsa`; did you mean `has`?"),
        ("if turn.has(1) { }", "`has` takes (text) and was given (whole number)"),
        ("if turn.has(\"advise\") { }", "there is no act `advise`; did you mean `advice`"),
        ("if client.trsut > 0.5 { }", "`client` has no field `trsut`; did you mean `trust`?"),
        ("return react().shift(\"safety\", \"much\", \"x\");", "`shift` takes (text, number, text) and was given (text, text, text)"),
        ("return react().shift(\"safty\", 0.1, \"x\");", "there is no quality `safty`; did you mean `safety`?"),
        ("return react().shift(\"safety\", 0.1, \"\");", "a reason is missing"),
        ("return react().rupture(\"leaves\", 1);", "there is no rupture style `leaves`"),
        ("return 3;", "H008 client.rhai: `respond` gives back a whole number, not a reaction"),
        ("return \"Hm.\";", "gives back a text"),
        ("let x = trun.text;", "there is no variable `trun` here; did you mean `turn`?"),
        ("if turn.text() == \"\" { }", "`text` is read without brackets"),
        ("if turn.has { }", "`has` needs brackets"),
        ("loop { }", "H009"),
        ("return respond(turn, client);", "H009"),
        ("let x = [1][7];", "there is no entry 7 in a list of 1"),
        ("let x = turn.number / 0;", "H011"),
        ("if turn + 1 == 2 { }", "`+` does not work between a turn and a whole number"),
    ] {
        let said = fault(body);
        assert!(said.contains(wanted), "{body}\n  said: {said}\n  wanted: {wanted}");
    }
}

#[test]
fn what_does_not_compile_is_a_finding_with_a_place() {
    for (text, code, wanted) in [
        ("fn respond(turn, client) {\n  if turn.has(\"advice\" { }\n}", "H001", "is missing"),
        ("fn respond(turn) { }", "H014", "takes 2 parameters and has 1 here"),
        ("fn respond(turn, client) { eval(\"1\") }", "H013", "`eval` cannot be used here"),
        ("fn respond(turn, client) { let x = \"abc }", "H001", "never closed"),
        ("fn respond(turn, client) {", "H001", "`}` is missing"),
    ] {
        let found = Script::compile("client.rhai", text).expect_err(text);
        assert!(found[0].code == code && found[0].message.contains(wanted) && found[0].span.is_some(), "{text}: {found:?}");
    }
}

#[test]
fn a_hook_that_is_misspelt_or_missing_is_pointed_out() {
    let (_, found) = Script::compile("client.rhai", "fn respnd(turn, client) { }\nfn opening(client) { }").unwrap();
    assert_eq!((found[0].code, found[0].hint.as_deref()), ("H015", Some("did you mean the hook `respond`?")));
    let (_, found) = Script::compile("client.rhai", "// nothing yet").unwrap();
    assert_eq!(found[0].code, "H016");
}

#[test]
fn the_same_choice_is_made_for_the_same_purpose() {
    let once = ask("return react().say(client.choose(\"a\", [\"x\", \"y\", \"z\"]));").unwrap();
    assert_eq!(once, ask("return react().say(client.choose(\"a\", [\"x\", \"y\", \"z\"]));").unwrap());
    assert!(fault("return react().say(client.choose(\"a\", []));").contains("nothing to choose from"));
}

#[test]
fn a_reply_of_a_megabyte_does_not_fault_a_script() {
    let (script, _) =
        Script::compile("x", "fn respond(turn, client) { if turn.text.len > 0 && turn.says(\"x\") && turn.words_of(\"advice\").len > 0 { return react(); } }")
            .unwrap();
    script.respond(turn(&"é".repeat(1 << 20), &[Act::Advice]), client()).unwrap();
}

#[test]
fn the_definition_file_names_everything() {
    let definitions = api::definitions();
    for entry in api::entries().iter().filter(|entry| entry.on != On::Hook) {
        assert!(definitions.contains(&format!("{}(", entry.name)), "{}", entry.name);
    }
}

/// Not a measurement of record: a guard against a host that became ten times slower.
#[test]
fn a_call_is_quick() {
    let (script, _) =
        Script::compile("x", "fn respond(turn, client) { if turn.has(\"blame\") || turn.says(\"stupid\") || client.trust > 0.9 { return react(); } }").unwrap();
    let (turn, client) = (turn("You should call your mother.", &[Act::Advice]), client());
    let started = std::time::Instant::now();
    for _ in 0..2_000 {
        script.respond(turn.clone(), client.clone()).unwrap();
    }
    let each = started.elapsed() / 2_000;
    eprintln!("a call takes {each:?}");
    assert!(each < std::time::Duration::from_micros(100), "{each:?}");
}
