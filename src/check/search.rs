//! `check --deep`: seeded sessions in search of what is never told. What a search did not reach is called that, never unreachable.

use crate::diagnostic::wording::counted;
use crate::scenario::Scenario;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;
use crate::scoring::CloseReason;
use crate::session::{Course, Session};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn find(scenario: &Arc<Scenario>, sessions: u32, finder: &mut Finder) {
    let told: BTreeSet<String> = (0..sessions).into_par_iter().flat_map_iter(|seed| told_in(scenario, u64::from(seed))).collect();
    let all = ROOT.field("disclosures");
    for (n, disclosure) in scenario.file.disclosures.iter().enumerate() {
        if !told.contains(&disclosure.id) {
            let at = all.entry(n);
            finder.warning(
                "K015",
                &at,
                format!("`{}` was not told in {} of a trainee who gives the model replies", disclosure.id, counted(sessions as usize, "course")),
                "look whether its topic comes up, and whether its needs can be met; `practicum simulate` shows how often each layer is told",
            );
        }
    }
}

/// One course of a trainee who answers with the model replies, and asks in between with what should open a layer.
fn told_in(scenario: &Arc<Scenario>, seed: u64) -> Vec<String> {
    let samples: Vec<&str> = scenario.file.disclosures.iter().flat_map(|told| told.opens_to.iter().map(String::as_str)).collect();
    let mut course = Course::begin(scenario, seed);
    let mut told = Vec::new();
    while let Some(opening) = course.open_next() {
        let Some(spec) = scenario.session(opening.session) else { break };
        let (mut session, _) = Session::open(Arc::clone(scenario), opening);
        for turn in 0..spec.turns {
            let place = crate::session::choice::Place { seed, session: spec.number, turn };
            let model = session.run().last().model.as_ref().map(|model| model.say.clone());
            let ask = place.draw("deep:ask", 5);
            let said = match (model, ask) {
                (_, 0) if turn < 2 => {
                    "What you tell me stays between us, unless you or somebody else is in danger. Is there anything you want to ask about that?".to_owned()
                }
                (Some(model), 0..=2) => model,
                _ if samples.is_empty() => "What is that like for you?".to_owned(),
                _ => samples[place.draw("deep:sample", samples.len())].to_owned(),
            };
            session.hear(&said);
            if session.run().closed().is_some() {
                break;
            }
        }
        session.close(CloseReason::Ended);
        told = session.run().client().standing().told.iter().map(|told| told.id.clone()).collect();
        course.close(&session);
    }
    told
}
