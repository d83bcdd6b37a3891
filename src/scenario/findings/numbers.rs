//! Numbers in their ranges. Every number that decides is looked at here, so that none is infinite or not a number.

use super::at::{At, Finder, ROOT};
use crate::client::{Quality, State};
use crate::scenario::ranges::{self, Range};
use crate::scenario::shape::ScenarioFile;

pub(super) fn find(file: &ScenarioFile, finder: &mut Finder) {
    if !(1..=5).contains(&file.level) {
        finder.error(
            "S004",
            &ROOT.field("level"),
            format!("the level {} is not one of 1 to 5", file.level),
            Some("1 is for the first weeks, 5 for the experienced".to_owned()),
        );
    }
    within(file.minutes_a_turn, ranges::MINUTES_A_TURN, &ROOT.field("minutes_a_turn"), finder);
    temperament(file, finder);
    disclosures(file, finder);
    sessions(file, finder);
    reactions(file, finder);
    expectations(file, finder);
}

fn expectations(file: &ScenarioFile, finder: &mut Finder) {
    let all = ROOT.field("expects");
    for (n, expectation) in file.expects.iter().enumerate() {
        let at = all.entry(n);
        for (value, range) in [
            (expectation.trust_at_least, ranges::TRUST_LEAST),
            (expectation.trust_at_most, ranges::TRUST_MOST),
            (expectation.layers_at_least, ranges::LAYERS_LEAST),
            (expectation.layers_at_most, ranges::LAYERS_MOST),
            (expectation.leaves_at_least, ranges::LEAVES_LEAST),
            (expectation.leaves_at_most, ranges::LEAVES_MOST),
        ] {
            if let Some(value) = value {
                within(value, range, &at.field(range.field), finder);
            }
        }
    }
}

fn within(value: f64, Range { least, most, .. }: Range, at: &At<'_>, finder: &mut Finder) {
    if !(least..=most).contains(&value) {
        finder.error("S006", at, format!("{value} is not between {least} and {most}"), Some(format!("write a number from {least} to {most}")));
    }
}

fn range(pair: (f64, f64), most: Range, at: &At<'_>, finder: &mut Finder) {
    within(pair.0, most, &at.entry(0), finder);
    within(pair.1, most, &at.entry(1), finder);
    if pair.0 > pair.1 {
        finder.error("S007", at, format!("the range from {} to {} holds nothing", pair.0, pair.1), Some("write the lower number first".to_owned()));
    }
}

fn state(state: &State, at: &At<'_>, finder: &mut Finder) {
    let all = [ranges::SAFETY, ranges::BOND, ranges::UNDERSTOOD, ranges::AGENCY, ranges::AROUSAL, ranges::HOPE];
    for (quality, range) in Quality::ALL.into_iter().zip(all) {
        within(state.get(quality), range, &at.field(quality.name()), finder);
    }
}

fn temperament(file: &ScenarioFile, finder: &mut Finder) {
    let at = ROOT.field("temperament");
    let temperament = &file.temperament;
    for (value, range) in [
        (temperament.mistrust, ranges::MISTRUST),
        (temperament.credulity, ranges::CREDULITY),
        (temperament.window, ranges::WINDOW),
        (temperament.pace, ranges::PACE),
        (temperament.loss, ranges::LOSS),
    ] {
        within(value, range, &at.field(range.field), finder);
    }
    state(&temperament.start, &at.field("start"), finder);
    let all = at.field("sensitivities");
    for (n, sensitivity) in temperament.sensitivities.iter().enumerate() {
        let entry = all.entry(n);
        within(sensitivity.times, ranges::TIMES, &entry.field("times"), finder);
        if sensitivity.act.is_none() == sensitivity.topic.is_none() {
            finder.error("S008", &entry, "a sensitivity is for an act or for a topic", Some("give it `act:` or `topic:`, one of the two".to_owned()));
        }
    }
}

fn disclosures(file: &ScenarioFile, finder: &mut Finder) {
    let all = ROOT.field("disclosures");
    for (n, disclosure) in file.disclosures.iter().enumerate() {
        let at = all.entry(n);
        if disclosure.layer > 4 {
            finder.error(
                "S009",
                &at.field("layer"),
                format!("there is no layer {}", disclosure.layer),
                Some("layers are 0 (told to anyone) to 4 (told last)".to_owned()),
            );
        }
        if let Some(opens_at) = disclosure.opens_at {
            within(opens_at, ranges::OPENS_AT, &at.field("opens_at"), finder);
        }
    }
    for layer in 1..=4 {
        if !file.disclosures.iter().any(|disclosure| disclosure.layer == layer) {
            finder.advice(
                "S010",
                &all,
                format!("nothing is told on layer {layer}"),
                "a client with all four layers has something to give at each stage of trust",
            );
        }
    }
}

fn sessions(file: &ScenarioFile, finder: &mut Finder) {
    let all = ROOT.field("sessions");
    if file.sessions.is_empty() {
        finder.error("S005", &all, "there is no session", Some("write one entry a session: `(number: 1, …)`".to_owned()));
    }
    for (n, session) in file.sessions.iter().enumerate() {
        let at = all.entry(n);
        if session.number as usize != n + 1 {
            finder.error(
                "S005",
                &at.field("number"),
                format!("session {} stands where session {} belongs", session.number, n + 1),
                Some("sessions are numbered 1, 2, 3 in order".to_owned()),
            );
        }
        within(f64::from(session.turns), ranges::TURNS, &at.field("turns"), finder);
        if let Some(start) = &session.start {
            state(start, &at.field("start"), finder);
        }
        let between = at.field("between");
        for (n, (_, by, because)) in session.between.iter().enumerate() {
            let entry = between.entry(n);
            within(*by, ranges::BETWEEN, &entry.entry(1), finder);
            reason(because, &entry.entry(2), finder);
        }
        let recalls = at.field("recalls");
        for (n, recall) in session.recalls.iter().enumerate() {
            if let Some(pair) = recall.since.trust {
                range(pair, ranges::SINCE_TRUST, &recalls.entry(n).field("since").field("trust"), finder);
            }
        }
        let events = at.field("events");
        for (n, event) in session.events.iter().enumerate() {
            let shifts = events.entry(n);
            let shifts = shifts.field("shifts");
            for (n, (_, by, because)) in event.shifts.iter().enumerate() {
                let entry = shifts.entry(n);
                within(*by, ranges::EVENT_SHIFT, &entry.entry(1), finder);
                reason(because, &entry.entry(2), finder);
            }
        }
    }
}

fn reactions(file: &ScenarioFile, finder: &mut Finder) {
    let all = ROOT.field("reactions");
    for (n, reaction) in file.reactions.iter().enumerate() {
        let at = all.entry(n);
        let shifts = at.field("shifts");
        for (n, (_, by, because)) in reaction.shifts.iter().enumerate() {
            let entry = shifts.entry(n);
            within(*by, ranges::SHIFT, &entry.entry(1), finder);
            reason(because, &entry.entry(2), finder);
        }
        if let Some((_, severity)) = reaction.ruptures {
            within(f64::from(severity), ranges::SEVERITY, &at.field("ruptures").entry(1), finder);
        }
        let when = at.field("when");
        let states = when.field("state");
        for (n, (_, least, most)) in reaction.when.state.iter().enumerate() {
            let entry = states.entry(n);
            within(*least, ranges::STATE_LEAST, &entry.entry(1), finder);
            within(*most, ranges::STATE_MOST, &entry.entry(2), finder);
            if least > most {
                finder.error("S007", &entry, format!("the range from {least} to {most} holds nothing"), Some("write the lower number first".to_owned()));
            }
        }
        for (most, pair) in [
            (ranges::WHEN_EMPATHY, reaction.when.empathy),
            (ranges::WHEN_NON_JUDGMENT, reaction.when.non_judgment),
            (ranges::WHEN_LISTENING, reaction.when.listening),
        ] {
            if let Some(pair) = pair {
                range(pair, most, &when.field(most.field), finder);
            }
        }
        if let Some((from, to)) = reaction.when.turns
            && from > to
        {
            finder.error("S007", &when.field("turns"), format!("the range from {from} to {to} holds nothing"), Some("write the lower number first".to_owned()));
        }
    }
}

fn reason(because: &str, at: &At<'_>, finder: &mut Finder) {
    if because.trim().is_empty() {
        finder.error("S011", at, "a reason is missing", Some("say in one sentence why it changes; the debrief shows it".to_owned()));
    }
}
