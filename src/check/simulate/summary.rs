//! What came of many runs: means, spreads, shares, and the figures a page draws.

use super::run::Outcome;
use super::{Plan, Policy};
use serde::Serialize;

/// Bars of the histogram of T: one a twentieth.
pub(super) const BARS: usize = 20;

/// One row a policy, as the contract has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The policy's identifier.
    pub policy: &'static str,
    /// Independent runs.
    pub sessions: u32,
    /// Mean T at the close, 0 to 1.
    pub trust_mean: f64,
    /// Standard deviation of it over the runs.
    pub trust_sd: f64,
    /// Mean number of the layers 1 to 4 told.
    pub layers_mean: f64,
    /// How many of them the scenario has.
    pub layers_of: usize,
    /// Mean number of ruptures that opened.
    pub ruptures_mean: f64,
    /// Share of runs in which the client left, 0 to 1.
    pub left_share: f64,
    /// Mean score of the replies, 1 to 5; none where none could be scored.
    pub empathy: Option<f64>,
    /// Likewise.
    pub non_judgment: Option<f64>,
    /// Likewise.
    pub listening: Option<f64>,
}

/// A policy simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// Which.
    pub policy: Policy,
    /// The contract's row.
    pub row: Row,
    /// Turns played in all runs.
    pub turns: u64,
    /// Share of the turns that only a fallback answered, 0 to 1.
    pub fallback_share: f64,
    /// Runs by T at the close: one bar a twentieth.
    pub trust_bars: [u32; BARS],
    /// Runs by number of layers told, 0 to 4.
    pub layer_bars: [u32; 5],
    /// Mean T after each turn of the course, over the runs that came so far.
    pub path: Vec<f64>,
}

impl Simulated {
    pub(super) fn of(policy: Policy, plan: &Plan, layers: usize, outcomes: &[Outcome]) -> Self {
        let trust: Vec<f64> = outcomes.iter().map(|outcome| outcome.trust).collect();
        let mut trust_bars = [0; BARS];
        let mut layer_bars = [0; 5];
        for outcome in outcomes {
            trust_bars[((outcome.trust * BARS as f64) as usize).min(BARS - 1)] += 1;
            layer_bars[outcome.layers.min(4)] += 1;
        }
        let turns: u64 = outcomes.iter().map(|outcome| u64::from(outcome.turns)).sum();
        let fallbacks: u64 = outcomes.iter().map(|outcome| u64::from(outcome.fallbacks)).sum();
        let score = |which: usize| {
            let (sum, count) = outcomes.iter().fold((0.0, 0u64), |(sum, count), outcome| {
                let (points, scored) = outcome.scores[which];
                (sum + points, count + u64::from(scored))
            });
            (count > 0).then(|| rounded(sum / count as f64))
        };
        let row = Row {
            policy: policy.name(),
            sessions: plan.sessions,
            trust_mean: rounded(mean(&trust)),
            trust_sd: rounded(spread(&trust)),
            layers_mean: rounded(mean(&outcomes.iter().map(|outcome| outcome.layers as f64).collect::<Vec<_>>())),
            layers_of: layers,
            ruptures_mean: rounded(mean(&outcomes.iter().map(|outcome| f64::from(outcome.ruptures)).collect::<Vec<_>>())),
            left_share: rounded(mean(&outcomes.iter().map(|outcome| f64::from(u8::from(outcome.left))).collect::<Vec<_>>())),
            empathy: score(0),
            non_judgment: score(1),
            listening: score(2),
        };
        let fallback_share = if turns == 0 { 0.0 } else { fallbacks as f64 / turns as f64 };
        Self { policy, row, turns, fallback_share, trust_bars, layer_bars, path: path(outcomes) }
    }
}

/// Mean T after each turn.
fn path(outcomes: &[Outcome]) -> Vec<f64> {
    let longest = outcomes.iter().map(|outcome| outcome.course.len()).max().unwrap_or(0);
    (0..longest).map(|turn| mean(&outcomes.iter().filter_map(|outcome| outcome.course.get(turn).copied()).collect::<Vec<_>>())).collect()
}

pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

fn spread(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let middle = mean(values);
    (values.iter().map(|value| (value - middle) * (value - middle)).sum::<f64>() / (values.len() - 1) as f64).sqrt()
}

/// Three decimals: finer than any simulation of this size can say.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
