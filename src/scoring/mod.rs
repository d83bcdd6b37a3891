//! From turns to what a supervisor would say: scorecard, debrief, session measures, agreement. Each score with its evidence.

pub mod act_words;
pub mod agreement;
pub mod change;
pub mod debrief;
pub mod findings;
pub mod matrix_rows;
pub mod measures;
pub mod moments;
pub mod roughened;
pub mod rating;
pub mod rubric;
pub mod scorecard;
pub mod sheet;
pub mod validity;

pub use debrief::{Debrief, Layer, Naming, Sitting, percent};

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

/// Texts of the debrief that only this scenario can give.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DebriefTexts {
    /// The client's own four ratings in this client's words: (low, middling, high).
    pub understood: (String, String, String),
    /// Goals and topics: did we talk about what I wanted.
    pub goals: (String, String, String),
    /// Approach or method: does the way of working fit me.
    pub approach: (String, String, String),
    /// Overall.
    pub overall: (String, String, String),
    /// One paragraph a supervisor would say about this client after any session.
    pub supervisor: String,
    /// What to practise next with this client.
    pub next: String,
}

#[cfg(test)]
mod examples;
