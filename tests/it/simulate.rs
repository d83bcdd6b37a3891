//! Simulated trainees: the order that the client model must keep, and that a simulation is repeatable.

use practicum::check::simulate::order::{formulas, out_of_order};
use practicum::check::simulate::{Plan, Policy, Row, insult_and_repair, simulate};
use practicum::scenario::{Scenario, Shelf};
use std::sync::Arc;

/// Every client that comes with the program.
fn shipped() -> Vec<String> {
    Shelf::built_in().names()
}

fn open(name: &str) -> Arc<Scenario> {
    Shelf::built_in().open(name).unwrap_or_else(|error| panic!("{error}"))
}

fn plan(policies: &[Policy], sessions: u32, course: u32) -> Plan {
    Plan { policies: policies.to_vec(), sessions, course, turns: 20, seed: 7 }
}

fn rows(name: &str, plan: &Plan) -> Vec<Row> {
    simulate(&open(name), plan, || ()).into_iter().map(|one| one.row).collect()
}

/// The short form; `practicum simulate NAME --course 3 --sessions 300 --order` is the long one.
#[test]
fn the_order_of_trainees_holds_for_every_shipped_client() {
    for name in shipped() {
        let scenario = open(&name);
        let simulated = simulate(&scenario, &plan(&Policy::ALL, 16, 3), || ());
        assert_eq!(out_of_order(&scenario, &simulated), Vec::<String>::new(), "{name}");
        let judger = simulated.iter().find(|one| one.policy == Policy::Judger).expect("the judger was simulated");
        assert!(judger.row.left_share > 0.5, "{name}: only {:.2} leave a judger", judger.row.left_share);
        let novice = simulated.iter().find(|one| one.policy == Policy::GoodNovice).expect("simulated").row.trust_mean;
        for (sentence, trust) in formulas(&scenario, &plan(&[], 6, 3)) {
            assert!(trust < novice, "{name}: \"{sentence}\", said to everything, closes at {trust:.3}, and a good novice at {novice:.3}");
        }
    }
}

#[test]
fn an_insult_that_is_mended_never_beats_no_insult() {
    for name in shipped() {
        let found = insult_and_repair(&open(&name), &plan(&[Policy::Skilled], 40, 3));
        assert!(found.with <= found.without, "{name}: {found:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_rows_and_another_seed_others() {
    let policies = [Policy::GoodNovice, Policy::RandomWords];
    let once = rows("samantha", &plan(&policies, 6, 1));
    assert_eq!(once, rows("samantha", &plan(&policies, 6, 1)));
    assert_ne!(once, rows("samantha", &Plan { seed: 8, ..plan(&policies, 6, 1) }));
}

#[test]
fn one_policy_alone_gives_the_row_that_it_gives_among_all() {
    let among = rows("stefano", &plan(&[Policy::Skilled, Policy::Judger], 5, 1));
    let alone = rows("stefano", &plan(&[Policy::Judger], 5, 1));
    assert_eq!(among[1], alone[0]);
}

#[test]
fn rows_have_exactly_the_fields_of_the_contract() {
    let row = rows("samantha", &plan(&[Policy::Silent], 2, 1)).remove(0);
    let json = serde_json::to_value(&row).expect("a row can be written");
    let fields: Vec<&str> = json.as_object().expect("a row is an object").keys().map(String::as_str).collect();
    let wanted =
        ["policy", "sessions", "trust_mean", "trust_sd", "layers_mean", "layers_of", "ruptures_mean", "left_share", "empathy", "non_judgment", "listening"];
    assert_eq!(fields, wanted);
    assert_eq!(row.layers_of, 4);
}

#[test]
fn an_expectation_that_is_not_met_is_said_and_gives_exit_1() {
    let place = tempfile::tempdir().unwrap();
    let (code, ..) = crate::author::run(&["new", "tess"], place.path());
    assert_eq!(code, 0);
    let file = place.path().join("tess/scenario.ron");
    let text = std::fs::read_to_string(&file).unwrap();
    let run = |format: &str| crate::author::run(&["simulate", "./tess", "--sessions", "20", "--format", format], place.path());
    let (code, said, _) = run("text");
    assert_eq!(code, 0, "{said}");
    assert!(text.contains("layers_at_most: 0.2"), "{text}");
    std::fs::write(
        &file,
        text.replace("(policy: judger, course: 1, layers_at_most: 0.2)", "(policy: judger, course: 1, trust_at_least: 0.9, above: [skilled])"),
    )
    .unwrap();
    let (code, said, _) = run("text");
    assert!(code == 1 && said.contains("judger") && said.contains("0.9"), "{said}");
    let (code, said, complaint) = run("json");
    assert!(code == 1 && complaint.contains("judger") && said.lines().all(|line| line.starts_with('{')), "{said} {complaint}");
}
