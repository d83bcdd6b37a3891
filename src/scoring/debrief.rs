//! The debrief: what a warm supervisor would say after the session, as data. `report` finds the layout.
//!
//! Strengths come first, then the moments where it turned, then one thing to change (clinical notes, section 6: strengths first, one thing to change
//! next, one model reply). It works for a session of no turn and of ten thousand.

use super::change::{OneThing, one_thing};
use super::matrix_rows::{Matrix, matrix_of};
use super::moments::{Moment, Strength, strengths, turning_moments};
use super::rating::{ClientRating, client_rating};
use super::scorecard::{Counts, Scorecard, counts};
use super::{CloseReason, DebriefTexts, TurnRecord};
use crate::appraisal::{Kind, TrustFactor};
use crate::client::State;
use serde::Serialize;

/// What to call the client.
#[derive(Clone, Copy, Debug)]
pub struct Naming<'a> {
    /// The name the trainee sees.
    pub name: &'a str,
    /// Subject, object, possessive: ("she", "her", "her").
    pub pronouns: (&'a str, &'a str, &'a str),
}

impl Naming<'static> {
    /// For tests.
    #[must_use]
    pub const fn example() -> Self {
        Self { name: "Samantha", pronouns: ("she", "her", "her") }
    }
}

/// A layer of the story, for `/how` and for counting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// The disclosure's id.
    pub id: String,
    /// 0 to 4.
    pub layer: u8,
    /// Whether it has been told, in this session or before.
    pub told: bool,
    /// What it is, in a supervisor's words.
    pub unsaid: String,
    /// What would have opened it, in a supervisor's words.
    pub opened_by: String,
}

/// What a debrief is made from. Everything is known at the close; nothing is looked up.
#[derive(Clone, Copy, Debug)]
pub struct Sitting<'a> {
    /// What to call the client.
    pub naming: Naming<'a>,
    /// Number of the session in the course, 1 and up.
    pub session: u32,
    /// The turns, in order; of a very long session the latest ones.
    pub turns: &'a [TurnRecord],
    /// How many turns there were in all.
    pub played: u32,
    /// T at the opening, 0 to 1.
    pub trust_at_start: f64,
    /// The client at the close.
    pub state: State,
    /// T at the close, 0 to 1.
    pub trust: f64,
    /// The trait, 0 to 1.
    pub credulity: f64,
    /// Why it ended.
    pub reason: CloseReason,
    /// The scenario's own texts.
    pub texts: &'a DebriefTexts,
    /// The matrix rows that the scenario trains.
    pub teaches: &'a [TrustFactor],
    /// All layers, told and untold.
    pub layers: &'a [Layer],
}

/// Trust over the session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrustLine {
    /// T at the opening, 0 to 1.
    pub start: f64,
    /// T after each turn, 0 to 1.
    pub after: Vec<f64>,
    /// T at the close, 0 to 1.
    pub end: f64,
}

/// How much of the story was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LayersTold {
    /// Layers 1 to 4 that were told, in this session or before.
    pub told: usize,
    /// Layers 1 to 4 that there are.
    pub of: usize,
}

/// The debrief.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Debrief {
    /// The client's name.
    pub client: String,
    /// Number of the session.
    pub session: u32,
    /// Turns.
    pub turns: u32,
    /// Why it ended.
    pub reason: CloseReason,
    /// How it went, in one to three sentences.
    pub opening: String,
    /// The same without figures, for a display in words only.
    #[serde(skip)]
    pub opening_in_words: String,
    /// What went well, best first; empty where there is nothing to quote.
    pub strengths: Vec<Strength>,
    /// The two or three turns where it turned, in order.
    pub moments: Vec<Moment>,
    /// The three means.
    pub scores: Scorecard,
    /// The one thing to change.
    pub one_thing: Option<OneThing>,
    /// Trust over the session.
    pub trust: TrustLine,
    /// The trust matrix.
    pub matrix: Matrix,
    /// The client's own rating; `None` where nothing was said.
    pub rating: Option<ClientRating>,
    /// MITI's counts.
    pub counts: Counts,
    /// How much was told.
    pub layers: LayersTold,
    /// The scenario's word on this client.
    pub supervisor: String,
    /// What to practise next with this client.
    pub next: String,
}

impl Debrief {
    /// The debrief of a session.
    #[must_use]
    pub fn of(sitting: &Sitting<'_>) -> Self {
        let turns = sitting.turns;
        let moments = turning_moments(turns);
        let shown: Vec<u32> = moments.iter().map(|moment| moment.turn).collect();
        let deep = || sitting.layers.iter().filter(|layer| layer.layer >= 1);
        Self {
            client: sitting.naming.name.to_owned(),
            session: sitting.session,
            turns: sitting.played,
            reason: sitting.reason,
            opening: opening(sitting, true),
            opening_in_words: opening(sitting, false),
            strengths: strengths(turns),
            moments,
            scores: Scorecard::of(turns),
            one_thing: one_thing(turns, &shown),
            trust: TrustLine { start: sitting.trust_at_start, after: turns.iter().map(|turn| turn.trust.1).collect(), end: sitting.trust },
            matrix: matrix_of(turns, sitting.session, sitting.teaches),
            rating: (!turns.is_empty()).then(|| client_rating(&sitting.state, sitting.trust, sitting.credulity, sitting.texts, sitting.naming)),
            counts: counts(turns),
            layers: LayersTold { told: deep().filter(|layer| layer.told).count(), of: deep().count() },
            supervisor: sitting.texts.supervisor.clone(),
            next: sitting.texts.next.clone(),
        }
    }
}

/// So few turns are a beginning, not a session.
const A_BEGINNING: usize = 3;
/// T moved clearly: five points of a hundred, the debrief's own rounding doubled and more.
const CLEARLY: f64 = 0.05;

/// How it went, honestly and without reproach.
fn opening(sitting: &Sitting<'_>, numbers: bool) -> String {
    let name = sitting.naming.name;
    let turns = sitting.turns;
    if turns.is_empty() {
        return format!(
            "You sat down with {name} and did not say anything yet. That is allowed. When you come back, the first sentence can be small: \
             “Hello, I'm glad you're here. Where would you like to start?”"
        );
    }
    let mut said = String::new();
    if turns.len() <= A_BEGINNING {
        let few = if turns.len() == 1 { "one turn".to_owned() } else { format!("{} turns", turns.len()) };
        said = format!("This was a beginning of {few}, so take everything below lightly. ");
    }
    let silent = turns.iter().all(|turn| matches!(turn.appraisal.kind, Kind::Silence | Kind::Gesture));
    let moved = sitting.trust - sitting.trust_at_start;
    let (from, to) = (percent(sitting.trust_at_start), percent(sitting.trust));
    let figures = |words: String| if numbers { words } else { String::new() };
    said += &match sitting.reason {
        CloseReason::SupervisorTookOver => {
            format!(
                "Your supervisor came in and took over, as supervisors do when someone's safety is at stake. {name} is looked after. Let us see what was there to be noticed."
            )
        }
        CloseReason::ClientLeft => {
            format!(
                "{name} ended the session. That happens to everyone who does this work, and here it costs nobody anything: {name} will be there again, as before, whenever you are ready. Let us look at where it turned."
            )
        }
        _ if silent => format!(
            "You stayed without words throughout. Silence can hold a person, and it can leave a person alone; from the other chair {name} could not tell which it was. A few words before a silence make the difference: “Take your time. I'm here.”"
        ),
        _ if moved >= CLEARLY => format!("{name} trusts you more than at the start{}. Here is what did it.", figures(format!(": {to} of 100, from {from}"))),
        _ if moved <= -CLEARLY => format!(
            "This was a hard one: trust is lower than at the start{}. Hard sessions are what a practice room is for. Let us see what there was, and where it turned.",
            figures(format!(", {to} of 100, from {from}"))
        ),
        _ => format!(
            "Trust stayed about where it was{}. With a person like {name} that is not nothing. Let us see where it could have moved.",
            figures(format!(", {to} of 100, from {from}"))
        ),
    };
    said
}

/// T as people read it: 0 to 100.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 100 after the clamp
pub fn percent(trust: f64) -> u32 {
    if trust.is_finite() { (trust.clamp(0.0, 1.0) * 100.0).round() as u32 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{fall, rise, silence};
    use super::*;

    fn sitting(turns: &[TurnRecord], reason: CloseReason) -> Debrief {
        let texts = DebriefTexts::default();
        let trust = turns.last().map_or(0.1, |turn| turn.trust.1);
        Debrief::of(&Sitting {
            naming: Naming::example(),
            session: 1,
            turns,
            played: turns.len() as u32,
            trust_at_start: 0.1,
            state: State::default(),
            trust,
            credulity: 0.2,
            reason,
            texts: &texts,
            teaches: &[TrustFactor::Autonomy, TrustFactor::Empathy],
            layers: &[],
        })
    }

    #[test]
    fn a_session_without_a_word_is_met_kindly() {
        let debrief = sitting(&[], CloseReason::InputClosed);
        assert!(debrief.opening.contains("That is allowed"));
        assert!(debrief.moments.is_empty() && debrief.strengths.is_empty() && debrief.one_thing.is_none() && debrief.rating.is_none());
    }

    #[test]
    fn sessions_of_one_three_and_two_hundred_turns_work() {
        for length in [1, 3, 200] {
            let turns: Vec<_> = (1..=length).map(|n| if n % 3 == 0 { fall(n, 0.2, 0.15) } else { rise(n, 0.15, 0.2) }).collect();
            let debrief = sitting(&turns, CloseReason::Ended);
            assert_eq!(debrief.turns, length);
            assert_eq!(debrief.trust.after.len(), length as usize);
            assert!(!debrief.moments.is_empty() && debrief.moments.len() <= 3);
            assert!(!debrief.strengths.is_empty());
            serde_json::to_string(&debrief).unwrap();
        }
    }

    #[test]
    fn all_silence_and_all_rudeness_get_no_invented_praise() {
        let silent: Vec<_> = (1..=20).map(silence).collect();
        let debrief = sitting(&silent, CloseReason::InputClosed);
        assert!(debrief.strengths.is_empty());
        assert!(debrief.opening.contains("without words"), "{}", debrief.opening);
        let rude: Vec<_> = (1..=8).map(|n| fall(n, 0.1, 0.08)).collect();
        let debrief = sitting(&rude, CloseReason::ClientLeft);
        assert!(debrief.strengths.is_empty());
        assert!(debrief.opening.contains("ended the session"));
        assert!(debrief.one_thing.is_some());
    }

    #[test]
    fn rows_that_the_client_trains_and_that_did_not_come_up_are_named() {
        let debrief = sitting(&[rise(1, 0.1, 0.2)], CloseReason::Ended);
        assert_eq!(debrief.matrix.not_met, [TrustFactor::Autonomy]);
        assert!(debrief.matrix.earned.iter().any(|row| row.factor == TrustFactor::ActiveListening && row.times == 1));
    }
}
