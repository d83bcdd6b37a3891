//! Gates that can never open, proved by a trainee better than any: every reply perfect in every way, and never habit.

use crate::appraisal::{Act, Appraisal, FoundAct, Kind, Named, Recalled, Score, Scores};
use crate::client::{Client, Moment, Quality, State};
use crate::diagnostic::Span;
use crate::scenario::Scenario;
use crate::scenario::findings::Finder;
use crate::scenario::findings::at::ROOT;

/// Beyond the bound by this, a gate is named: what lies within may be the bound's own looseness.
const CLEARLY: f64 = 0.005;

pub(super) fn find(scenario: &Scenario, script: Option<&str>, finder: &mut Finder) {
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
/// replies would give a client who remembers none before it; arousal takes the lowest.
#[must_use]
pub fn highest_openness(scenario: &Scenario) -> f64 {
    let temperament = &scenario.file.temperament;
    let mut state = temperament.start.clamped();
    let mut highest: f64 = 0.0;
    let replies = perfect_replies(scenario);
    for session in &scenario.file.sessions {
        if let Some(start) = session.start {
            state = best(state, start.clamped());
        }
        // As if all that can happen in between did.
        for (quality, by, _) in session.between.iter().chain(session.events.iter().flat_map(|event| &event.shifts)) {
            state.set(*quality, state.get(*quality) + by.abs());
        }
        for turn in 1..=session.turns.min(60) {
            state = after_best_reply(scenario, state, session.number, turn, &replies);
            highest = highest.max(state.openness(temperament.mistrust, false));
        }
    }
    highest
}

fn after_best_reply(scenario: &Scenario, state: State, session: u32, turn: u32, replies: &[Appraisal]) -> State {
    let mut after = state;
    for appraisal in replies {
        let client = Client::new(scenario.file.temperament.clone(), Vec::new()).starting_at(session, state, &[], &[]);
        let moment = Moment { session, turn, after_feeling: true, ..Moment::default() };
        let change = client.preview(&client.weigh(appraisal, &moment));
        after = best(after, change.after);
        // After a disclosure a reply counts more.
        let moment = Moment { after_disclosure: true, ..moment };
        after = best(after, client.preview(&client.weigh(appraisal, &moment)).after);
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
