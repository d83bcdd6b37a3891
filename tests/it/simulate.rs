//! Simulated trainees: the order that the client model must keep, and that a simulation is repeatable.

use practicum::check::simulate::{Plan, Policy, Row, insult_and_repair, simulate};
use practicum::scenario::{Scenario, Shelf};
use std::sync::Arc;

const SHIPPED: [&str; 3] = ["samantha", "stefano", "yuki"];

fn open(name: &str) -> Arc<Scenario> {
    Shelf::built_in().open(name).unwrap_or_else(|error| panic!("{error}"))
}

fn plan(policies: &[Policy], sessions: u32, course: u32) -> Plan {
    Plan { policies: policies.to_vec(), sessions, course, turns: 20, seed: 7 }
}

fn rows(name: &str, plan: &Plan) -> Vec<Row> {
    simulate(&open(name), plan, || ()).into_iter().map(|one| one.row).collect()
}

#[test]
fn the_order_of_trainees_holds_for_every_shipped_client() {
    for name in SHIPPED {
        let rows = rows(name, &plan(&Policy::ALL, 16, 3));
        let trust = |policy: Policy| rows.iter().find(|row| row.policy == policy.name()).map(|row| row.trust_mean).unwrap_or_default();
        let above = |better: Policy, worse: Policy| {
            assert!(trust(better) > trust(worse), "{name}: {} {:.3} is not above {} {:.3}", better.name(), trust(better), worse.name(), trust(worse));
        };
        above(Policy::Skilled, Policy::GoodNovice);
        for worse in [Policy::TypicalNovice, Policy::Formula, Policy::OpenOnly, Policy::Parrot, Policy::Cheerleader, Policy::Silent, Policy::RandomWords] {
            above(Policy::GoodNovice, worse);
        }
        above(Policy::TypicalNovice, Policy::Interrogator);
        above(Policy::Interrogator, Policy::Judger);
        above(Policy::TypicalNovice, Policy::Adviser);
        let judger = rows.iter().find(|row| row.policy == "judger").expect("the judger was simulated");
        assert!(judger.left_share > 0.5, "{name}: only {:.2} leave a judger", judger.left_share);
    }
}

#[test]
fn an_insult_that_is_mended_never_beats_no_insult() {
    for name in SHIPPED {
        let found = insult_and_repair(&open(name), &plan(&[Policy::Skilled], 40, 3));
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
    std::fs::write(&file, text.replace("(policy: judger, course: 1, layers_at_most: 0.2)", "(policy: judger, course: 1, trust_at_least: 0.9, above: [skilled])")).unwrap();
    let (code, said, _) = run("text");
    assert!(code == 1 && said.contains("judger") && said.contains("0.9"), "{said}");
    let (code, said, complaint) = run("json");
    assert!(code == 1 && complaint.contains("judger") && said.lines().all(|line| line.starts_with('{')), "{said} {complaint}");
}
