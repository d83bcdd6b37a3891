//! Turns made by hand, for the tests of this layer.

use super::{ModelReply, TurnRecord};
use crate::appraisal::{Act, Appraisal, FoundAct, Kind, ReflectionKind, Score, Scores};
use crate::client::State;
use crate::text::Span;

/// A turn without any finding.
pub(super) fn turn(number: u32, heard: &str) -> TurnRecord {
    TurnRecord {
        turn: number,
        answered: "*looks at the door* I don't know.".into(),
        answered_feel: String::new(),
        heard: heard.into(),
        appraisal: Appraisal::default(),
        before: State::default(),
        after: State::default(),
        trust: (0.1, 0.1),
        shifts: Vec::new(),
        ruptured: None,
        repaired: false,
        disclosed: None,
        said: "Mm.".into(),
        feel: "They do not get it.".into(),
        model: Some(ModelReply { say: "It's hard to say it here.".into(), because: "names what makes it hard".into() }),
    }
}

/// A good reflection, on which trust rises.
pub(super) fn rise(number: u32, before: f64, after: f64) -> TurnRecord {
    let mut turn = turn(number, "You sound worn out from holding it all alone.");
    turn.trust = (before, after);
    turn.appraisal.acts = vec![found(Act::ComplexReflection, 0, 18), found(Act::EmotionNaming, 10, 18)];
    turn.appraisal.behaviour.reflection = Some(ReflectionKind::Complex);
    turn.appraisal.scores = scores(4.5, 4.1, 4.2);
    turn
}

/// Advice, on which trust falls.
pub(super) fn fall(number: u32, before: f64, after: f64) -> TurnRecord {
    let mut turn = turn(number, "Well, you should just write it down.");
    turn.trust = (before, after);
    turn.appraisal.acts = vec![found(Act::Advice, 6, 16)];
    turn.appraisal.scores = scores(2.0, 1.5, 2.0);
    turn
}

/// A silence: nothing is scored.
pub(super) fn silence(number: u32) -> TurnRecord {
    let mut turn = turn(number, "(silence)");
    turn.appraisal.kind = Kind::Silence;
    turn.appraisal.acts = vec![found(Act::Silence, 0, 9)];
    turn
}

fn found(act: Act, start: usize, end: usize) -> FoundAct {
    FoundAct { act, rule: "test.rule".into(), span: Span::new(start, end), because: "shows it".into(), strength: 0.8 }
}

fn scores(empathy: f64, non_judgment: f64, listening: f64) -> Scores {
    let score = |points| Some(Score { points, because: Vec::new() });
    Scores { empathy: score(empathy), non_judgment: score(non_judgment), listening: score(listening) }
}
