//! Model replies are tried, like any trainee's: one that would hurt is no model, and the one to a first line is answered by more than
//! a fallback. Advice, never an error: the recognition may be wrong, and then another wording serves trainees better, too.

use crate::appraisal::{Context, appraise};
use crate::diagnostic::wording::any_of;
use crate::scenario::Scenario;
use crate::scenario::findings::walk::{Room, pools};
use crate::scenario::findings::{Finder, at::ROOT};
use crate::session::{Opening, Session, What};
use crate::text::Utterance;
use std::sync::Arc;

/// From this strength on an act is taken to hurt, as where topics are answered. [G]
const HURTS: f64 = 0.5;

pub(super) fn find(scenario: &Arc<Scenario>, finder: &mut Finder) {
    hurting(scenario, finder);
    openings(scenario, finder);
}

/// The models that matter most: to first lines, to disclosures, and where something tore.
fn hurting(scenario: &Scenario, finder: &mut Finder) {
    pools(&scenario.file, &mut |pool, _, owner| {
        let torn = ["the withdrawal of", "the confrontation of", "the rupture lines"].iter().any(|name| pool.name.starts_with(name));
        let (Some(model), Some(line)) = (pool.model, pool.lines.first()) else { return };
        if !(torn || matches!(pool.room, Room::Opening | Room::Told)) {
            return;
        }
        let before = Utterance::read(line.say());
        let context = Context { client: &before, earlier: &[], background: Some(&scenario.background), told: None };
        let appraisal = appraise(&scenario.codebook, &Utterance::read(&model.say), &context);
        let mut hurts: Vec<&str> =
            appraisal.acts.iter().filter(|found| found.act.is_hindering() && found.strength >= HURTS).map(|found| found.act.name()).collect();
        hurts.dedup();
        let poor = appraisal.scores.non_judgment.as_ref().is_some_and(|score| score.points < 2.5);
        if !hurts.is_empty() && poor {
            finder.advice(
                "K017",
                &owner.field("model").field("say"),
                format!("the model reply to {} is heard as {}", pool.name, any_of(hurts, 3)),
                "word it otherwise: a trainee who says it would hurt",
            );
        }
    });
}

/// Whoever takes the model reply to the first line should meet the client, and not a fallback.
fn openings(scenario: &Arc<Scenario>, finder: &mut Finder) {
    let all = ROOT.field("sessions");
    for (n, spec) in scenario.file.sessions.iter().enumerate() {
        let Some(model) = &spec.opening.model else { continue };
        if !Utterance::read(&model.say).text().chars().any(char::is_alphanumeric) {
            continue;
        }
        let (mut session, _) = Session::open(Arc::clone(scenario), Opening { seed: 1, session: spec.number, ..Opening::default() });
        let fallback = session.hear(&model.say).iter().any(|event| matches!(event.what, What::ClientSaid { fallback: true, .. }));
        if fallback {
            let at = all.entry(n);
            finder.advice(
                "K016",
                &at.field("opening").field("model"),
                format!("the model reply to the opening of session {} is answered by a fallback only", spec.number),
                "add a reaction with `after: [\"opening\"]`, so that a good first reply meets the client",
            );
        }
    }
}
