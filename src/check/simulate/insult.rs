//! An insult that is mended must never leave the client further than no insult: the same skilled runs, with and without one.

use super::run::{Table, run};
use super::summary::mean;
use super::{Plan, Policy};
use crate::scenario::Scenario;
use rayon::prelude::*;
use std::sync::Arc;

/// The insult, and the way out of it that clinical.md, section 4, "Repair" asks for: own part, exploring, validating.
const INSULT: &[&str] = &[
    "You should be ashamed of yourself. That is pathetic, and it's your own fault.",
    "I'm sorry. What I just said was wrong, I judged you, and that was my mistake. What did it do to you to hear that from me?",
    "I got that wrong, and I'm sorry. It makes sense that you are hurt after what I said. I want to understand how it was for you.",
];
/// The turn of the first session before which it comes.
const BEFORE: u32 = 6;

/// Mean T at the close with and without the insult.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InsultAndRepair {
    /// Mean T of skilled runs without it.
    pub without: f64,
    /// Mean T of the same runs with it, mended at once.
    pub with: f64,
}

/// Plays skilled runs of the plan with and without an insult and its repair.
#[must_use]
pub fn insult_and_repair(scenario: &Arc<Scenario>, plan: &Plan) -> InsultAndRepair {
    let table = Table::new(scenario);
    let trust = |inserted| {
        let runs: Vec<f64> =
            (0..plan.sessions).into_par_iter().map(|number| run(scenario, &table, plan, Policy::Skilled, number, inserted, &mut ()).trust).collect();
        mean(&runs)
    };
    InsultAndRepair { without: trust(None), with: trust(Some((BEFORE, INSULT))) }
}
