//! Simulated trainees: twelve policies that type real text through the real recognition, so that a client who rewards the wrong trainee is found
//! before a trainee finds it.
//!
//! Every run is its own function of scenario, seed, policy and number, so the order in which cores finish changes nothing.

mod bank;
mod expectations;
mod heard;
mod insult;
pub mod order;
mod run;
mod summary;
mod trainee;

pub use crate::scenario::expectation::{Expectation, Policy};
pub use expectations::{Unmet, unmet};
pub use insult::{InsultAndRepair, insult_and_repair};
pub use run::Watch;
pub use summary::{Row, Simulated};

use crate::scenario::Scenario;
use rayon::prelude::*;
use run::{Outcome, Table};
use std::sync::Arc;

/// What to simulate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Which trainees.
    pub policies: Vec<Policy>,
    /// Independent runs of each.
    pub sessions: u32,
    /// Consecutive sessions in each run.
    pub course: u32,
    /// Turns of a session; 0 is as the scenario says.
    pub turns: u32,
    /// Makes it repeatable.
    pub seed: u64,
}

/// Runs the plan on all cores. `progress` is told of every finished run, from any core.
pub fn simulate(scenario: &Arc<Scenario>, plan: &Plan, progress: impl Fn() + Sync) -> Vec<Simulated> {
    simulate_watched(scenario, plan, progress, || ()).0
}

/// Runs the plan on all cores while somebody looks on: `watcher` gives one for each stretch of the work, and they are joined at the end.
pub fn simulate_watched<W: Watch>(scenario: &Arc<Scenario>, plan: &Plan, progress: impl Fn() + Sync, watcher: impl Fn() -> W + Sync) -> (Vec<Simulated>, W) {
    let table = Table::new(scenario);
    let plan = &Plan { sessions: plan.sessions.max(1), ..plan.clone() };
    let jobs: Vec<(Policy, u32)> = plan.policies.iter().flat_map(|policy| (0..plan.sessions).map(move |run| (*policy, run))).collect();
    let (outcomes, watched) = jobs
        .par_iter()
        .fold(
            || (Vec::new(), watcher()),
            |(mut outcomes, mut watch): (Vec<Outcome>, W), (policy, number)| {
                outcomes.push(run::run(scenario, &table, plan, *policy, *number, None, &mut watch));
                progress();
                (outcomes, watch)
            },
        )
        // Neighbours are joined in order, so the outcomes stand as the jobs do.
        .reduce(
            || (Vec::new(), watcher()),
            |(mut outcomes, mut watch), (more, other)| {
                outcomes.extend(more);
                watch.join(other);
                (outcomes, watch)
            },
        );
    let runs = plan.sessions as usize;
    let simulated = plan.policies.iter().zip(outcomes.chunks(runs)).map(|(policy, outcomes)| Simulated::of(*policy, plan, table.layers, outcomes)).collect();
    (simulated, watched)
}
