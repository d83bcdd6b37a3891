//! Gates that can never open, proved by a trainee better than any: every reply perfect in every way, and what wears off by repetition is
//! spent where it does most. And gates that wait for a flag which nothing before them can set.

use crate::appraisal::{Act, Appraisal, FoundAct, Kind, Named, Recalled, Score, Scores};
use crate::client::{Client, Moment, Quality, State};
use crate::diagnostic::Span;
use crate::scenario::Scenario;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;

/// Beyond the bound by this, a gate is named: what lies within may be the bound's own looseness.
const CLEARLY: f64 = 0.005;

pub(super) fn find(scenario: &Scenario, script: Option<&str>, finder: &mut Finder) {
    super::waiting::find(&scenario.file, script, finder);
    // A script that raises qualities may do so each turn: nothing can be proved.
    if script.is_some_and(super::script_words::raises) {
        return;
    }
    let ceiling = highest_openness(scenario);
    let all = ROOT.field("disclosures");
    for (n, gate) in scenario.gates.iter().enumerate() {
        if gate.opens_at > ceiling + CLEARLY {
            let at = all.entry(n);
            finder.error(
                "K001",
                &at.field("opens_at"),
                format!("the gate `{}` can never open: it needs an openness of {:.2}, and the best trainee there could be reaches {ceiling:.2} by the end of the last session", gate.id, gate.opens_at),
                Some(format!("write `opens_at: {:.2}` or less, lower `mistrust`, or raise `pace`", (ceiling * 0.7 * 100.0).floor() / 100.0)),
            );
        }
    }
}

/// An openness that no trainee can exceed over all sessions. Each turn takes, quality by quality, the best that any of many perfect
/// replies would give; arousal takes the lowest. What the scores earn is taken as fresh each time, for the acts can be rotated. What the
/// rows of the matrix earn wears off for all acts of a row alike: over a session each row is worth so many fresh turns and no more, and
/// they are spent first. A reply counts more after a disclosure, and there are only so many of those.
#[must_use]
pub fn highest_openness(scenario: &Scenario) -> f64 {
    let temperament = &scenario.file.temperament;
    let mut state = temperament.start.clamped();
    let mut highest: f64 = 0.0;
    let replies = perfect_replies(scenario);
    let mut tellings: usize = scenario.file.disclosures.iter().map(|told| 1 + told.more.len()).sum();
    for session in &scenario.file.sessions {
        if let Some(start) = session.start {
            state = best(state, start.clamped());
        }
        // As if all that can happen in between did.
        for (quality, by, _) in session.between.iter().chain(session.events.iter().flat_map(|event| &event.shifts)) {
            state.set(*quality, state.get(*quality) + by.abs());
        }
        let turns = session.turns.min(60);
        let fresh = most_fresh_turns(turns);
        for turn in 1..=turns {
            let moment = Moment { session: session.number, turn, after_feeling: true, after_disclosure: tellings > 0, ..Moment::default() };
            tellings = tellings.saturating_sub(1);
            state = after_best_reply(scenario, state, &moment, f64::from(turn) <= fresh.ceil(), &replies);
            highest = highest.max(state.openness(temperament.mistrust, false));
        }
    }
    highest
}

/// The most that one behaviour can be worth over so many turns, in fresh turns: each use is worth .6 for each time that it stood in the
/// last six turns. Found by trying every pattern, six turns at a time.
fn most_fresh_turns(turns: u32) -> f64 {
    /// As `client::habit` has it (clinical.md, section 4, "Gain").
    const AGAIN: f64 = 0.6;
    const WINDOW: u32 = 6;
    let mut best = [f64::NEG_INFINITY; 1 << WINDOW];
    best[0] = 0.0;
    for _ in 0..turns {
        let mut next = [f64::NEG_INFINITY; 1 << WINDOW];
        for (used, worth) in best.iter().enumerate() {
            let worn = (0..used.count_ones()).fold(1.0, |left, _| left * AGAIN);
            let after = (used << 1) & ((1 << WINDOW) - 1);
            next[after] = next[after].max(*worth);
            next[after | 1] = next[after | 1].max(worth + worn);
        }
        best = next;
    }
    best.into_iter().fold(0.0, f64::max)
}

fn after_best_reply(scenario: &Scenario, state: State, moment: &Moment, fresh: bool, replies: &[Appraisal]) -> State {
    let mut after = state;
    for appraisal in replies {
        let client = Client::new(scenario.file.temperament.clone(), Vec::new()).starting_at(moment.session, state, &[], &[]);
        let client = if fresh { client } else { client.with_every_row_worn() };
        after = best(after, client.preview(&client.weigh(appraisal, moment)).after);
        if moment.after_disclosure {
            let plain = Moment { after_disclosure: false, ..moment.clone() };
            after = best(after, client.preview(&client.weigh(appraisal, &plain)).after);
        }
    }
    // What an author's own reactions and scripts may add in a turn.
    let authored = scenario.file.reactions.iter().flat_map(|reaction| &reaction.shifts);
    for quality in Quality::ALL {
        let most = authored.clone().filter(|(of, ..)| *of == quality).map(|(_, by, _)| if quality == Quality::Arousal { -by } else { *by }).fold(0.0, f64::max);
        let signed = if quality == Quality::Arousal { -most } else { most };
        after.set(quality, after.get(quality) + signed);
    }
    after
}

fn best(a: State, b: State) -> State {
    let mut best = a;
    for quality in Quality::ALL {
        let (a, b) = (a.get(quality), b.get(quality));
        best.set(quality, if quality == Quality::Arousal { a.min(b) } else { a.max(b) });
    }
    best
}

/// One reply with every facilitative act, and one for each alone.
fn perfect_replies(scenario: &Scenario) -> Vec<Appraisal> {
    let acts: Vec<Act> = Act::ALL.iter().copied().filter(|act| act.is_facilitative()).collect();
    let mut replies = vec![perfect(scenario, &acts, Kind::Speech), perfect(scenario, &[Act::Silence], Kind::Silence)];
    replies.extend(acts.iter().map(|act| perfect(scenario, &[*act], Kind::Speech)));
    replies
}

fn perfect(scenario: &Scenario, acts: &[Act], kind: Kind) -> Appraisal {
    let full = || Some(Score { points: 5.0, because: Vec::new() });
    let span = Span::default();
    let file = &scenario.file;
    Appraisal {
        kind,
        acts: acts.iter().map(|&act| FoundAct { act, rule: "perfect".into(), span, because: "perfect".into(), strength: 1.0 }).collect(),
        scores: Scores { empathy: full(), non_judgment: full(), listening: full() },
        recalled: file.details.iter().take(1).map(|detail| Recalled { detail: detail.id.clone(), right: true, span }).collect(),
        undertones: file.undertones.iter().take(1).map(|undertone| Named { id: undertone.id.clone(), span }).collect(),
        fears_met: file.fears.iter().take(1).map(|fear| Named { id: fear.id.clone(), span }).collect(),
        ..Appraisal::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_is_worth_a_few_fresh_turns_in_an_hour() {
        assert_eq!(most_fresh_turns(1), 1.0);
        assert!((most_fresh_turns(2) - 1.6).abs() < 1e-9);
        let hour = most_fresh_turns(20);
        // Never less than the two simple ways: each turn, or each seventh.
        assert!((3.0..6.0).contains(&hour), "{hour}");
    }

    #[test]
    fn the_shipped_clients_can_be_reached_and_not_without_limit() {
        for folder in crate::scenario::Shelf::built_in().folders() {
            let scenario = Scenario::read(folder).0.expect("what is shipped can be read");
            let highest = highest_openness(&scenario);
            assert!(highest > 0.5 && highest <= 1.0, "{highest}");
        }
    }
}
