//! What an author expects, held against what was found.

use super::{Expectation, Plan, Policy, Simulated, simulate};
use crate::scenario::Scenario;
use std::fmt;
use std::sync::Arc;

/// An expectation that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmet {
    /// Of which trainee.
    pub policy: Policy,
    /// Over so many sessions.
    pub course: u32,
    /// What was expected, such as "layers of at least 3.00".
    pub expected: String,
    /// What was found.
    pub found: f64,
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` over a course of {}: expected {}, found {:.2}", self.policy.name(), self.course, self.expected, self.found)
    }
}

/// Simulates what the scenario expects (with the plan's runs, turns and seed) and tells what does not hold. `known` is what was simulated already
/// with the plan's own course.
pub fn unmet(scenario: &Arc<Scenario>, plan: &Plan, known: &[Simulated]) -> Vec<Unmet> {
    let mut seen: Vec<(u32, Simulated)> = known.iter().map(|simulated| (plan.course, simulated.clone())).collect();
    let mut unmet = Vec::new();
    for expectation in &scenario.file.expects {
        let mut found = |policy: Policy| -> Option<Simulated> {
            if let Some((_, simulated)) = seen.iter().find(|(course, simulated)| *course == expectation.course && simulated.policy == policy) {
                return Some(simulated.clone());
            }
            let plan = Plan { policies: vec![policy], course: expectation.course, ..plan.clone() };
            let simulated = simulate(scenario, &plan, || ()).pop()?;
            seen.push((expectation.course, simulated.clone()));
            Some(simulated)
        };
        let Some(of) = found(expectation.policy) else { continue };
        held_against(expectation, &of, &mut unmet);
        for other in &expectation.above {
            let Some(other) = found(*other) else { continue };
            if of.row.trust_mean <= other.row.trust_mean {
                let expected = format!("trust above that of `{}` ({:.2})", other.policy.name(), other.row.trust_mean);
                unmet.push(Unmet { policy: of.policy, course: expectation.course, expected, found: of.row.trust_mean });
            }
        }
    }
    unmet
}

fn held_against(expectation: &Expectation, of: &Simulated, unmet: &mut Vec<Unmet>) {
    let row = &of.row;
    let bounds = [
        ("trust", row.trust_mean, expectation.trust_at_least, expectation.trust_at_most),
        ("layers", row.layers_mean, expectation.layers_at_least, expectation.layers_at_most),
        ("a share that leaves", row.left_share, expectation.leaves_at_least, expectation.leaves_at_most),
    ];
    for (what, found, least, most) in bounds {
        let mut note = |word: &str, bound: f64| {
            unmet.push(Unmet { policy: of.policy, course: expectation.course, expected: format!("{what} of at {word} {bound:.2}"), found });
        };
        if let Some(least) = least.filter(|least| found < *least) {
            note("least", least);
        }
        if let Some(most) = most.filter(|most| found > *most) {
            note("most", most);
        }
    }
}
