//! From turns to what a supervisor would say: scorecard, debrief, session measures, agreement. Each score with its evidence.

use crate::appraisal::Appraisal;
use crate::client::{RuptureStyle, Shift, State};
use serde::{Deserialize, Serialize};

/// A better reply, with its reason; shown after the trainee has tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelReply {
    /// What one could say.
    pub say: String,
    /// Why it helps.
    pub because: String,
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// The trainee ended it, or the time was up.
    Ended,
    /// The client walked out.
    ClientLeft,
    /// A risk was missed too long.
    SupervisorTookOver,
    /// No more input.
    InputClosed,
}

/// A rupture as it stood after a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuptureMark {
    /// How the client shows it.
    pub style: RuptureStyle,
    /// 1 to 3.
    pub severity: u8,
}

/// One turn as the debrief needs it: what the client had said, what the trainee did, what it did to the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TurnRecord {
    /// 1, 2, 3 …
    pub turn: u32,
    /// The client's words that this turn answered.
    pub answered: String,
    /// What the client thought then and did not say.
    pub answered_feel: String,
    /// What the trainee said or did, neutralised for display.
    pub heard: String,
    /// What it was.
    pub appraisal: Appraisal,
    /// The client before.
    pub before: State,
    /// The client after.
    pub after: State,
    /// T before and after, 0 to 1.
    pub trust: (f64, f64),
    /// Every change with its reason.
    pub shifts: Vec<Shift>,
    /// A rupture that opened or grew worse in this turn.
    pub ruptured: Option<RuptureMark>,
    /// Whether a rupture was mended in this turn.
    pub repaired: bool,
    /// What was told in answer: id and layer.
    pub disclosed: Option<(String, u8)>,
    /// The client's answer.
    pub said: String,
    /// What the client thought with it.
    pub feel: String,
    /// A model reply to `answered`.
    pub model: Option<ModelReply>,
}
