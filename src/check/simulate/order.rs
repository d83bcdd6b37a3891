//! The order that the client model must keep (clinical.md, section 4): the better trainee is trusted more, and no sentence said again and again does
//! what listening does.

use super::summary::mean;
use super::{Plan, Policy, Simulated};
use crate::scenario::Scenario;
use crate::scoring::CloseReason;
use crate::session::{Course, Session};
use rayon::prelude::*;
use std::sync::Arc;

/// Who must close above whom.
const ABOVE: [(Policy, Policy); 11] = [
    (Policy::Skilled, Policy::GoodNovice),
    (Policy::GoodNovice, Policy::TypicalNovice),
    (Policy::GoodNovice, Policy::Formula),
    (Policy::GoodNovice, Policy::OpenOnly),
    (Policy::GoodNovice, Policy::Parrot),
    (Policy::GoodNovice, Policy::Cheerleader),
    (Policy::GoodNovice, Policy::Silent),
    (Policy::GoodNovice, Policy::RandomWords),
    (Policy::TypicalNovice, Policy::Interrogator),
    (Policy::TypicalNovice, Policy::Adviser),
    (Policy::Interrogator, Policy::Judger),
];

/// Sentences that sound like good practice. Said to everything, they are none.
pub const FORMULAS: [&str; 10] = [
    "It sounds like that was really hard for you.",
    "I hear you.",
    "That makes sense.",
    "Tell me more about that.",
    "How does that make you feel?",
    "Take your time, there is no hurry.",
    "It makes sense that you feel that way, after what happened.",
    "I wonder if part of you feels hurt, and that you had to carry it alone.",
    "Thank you for trusting me with this.",
    "What you tell me stays between us, unless you or somebody else is in danger. You decide what we talk about.",
];

/// What is out of order among these, a sentence each. A pair of which one was not simulated is passed over; a scenario that states that silence is to be
/// trusted (an expectation of `silent` with `trust_at_least`) exempts it.
#[must_use]
pub fn out_of_order(scenario: &Scenario, simulated: &[Simulated]) -> Vec<String> {
    let trust = |policy: Policy| simulated.iter().find(|one| one.policy == policy).map(|one| one.row.trust_mean);
    let silence_counts = scenario.file.expects.iter().any(|stated| stated.policy == Policy::Silent && stated.trust_at_least.is_some());
    ABOVE
        .iter()
        .filter(|(_, worse)| !(silence_counts && *worse == Policy::Silent))
        .filter_map(|(better, worse)| {
            let (more, less) = (trust(*better)?, trust(*worse)?);
            (more <= less).then(|| format!("`{}` closes at {more:.3} and `{}` at {less:.3}; the first must be higher", better.name(), worse.name()))
        })
        .collect()
}

/// Mean T at the close of a trainee who says one sentence to everything, for each of [`FORMULAS`], in runs, courses and turns as planned.
#[must_use]
pub fn formulas(scenario: &Arc<Scenario>, plan: &Plan) -> Vec<(&'static str, f64)> {
    FORMULAS
        .iter()
        .map(|sentence| {
            let runs: Vec<f64> = (0..plan.sessions).into_par_iter().map(|number| repeated(scenario, plan, sentence, number)).collect();
            (*sentence, mean(&runs))
        })
        .collect()
}

fn repeated(scenario: &Arc<Scenario>, plan: &Plan, sentence: &str, number: u32) -> f64 {
    let seed = plan.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(number));
    let mut course = Course::begin(scenario, seed).of(plan.course);
    let mut trust = 0.0;
    while let Some(opening) = course.open_next() {
        let turns = if plan.turns > 0 { plan.turns } else { scenario.session(opening.session).map_or(20, |spec| spec.turns) };
        let (mut session, _) = Session::open(Arc::clone(scenario), opening);
        for _ in 0..turns {
            session.hear(sentence);
            if session.run().closed().is_some() {
                break;
            }
        }
        session.close(CloseReason::Ended);
        trust = session.run().client().trust();
        course.close(&session);
    }
    trust
}
