//! What happens, one event at a time; names and fields as in the contract (`play --format json`).

use crate::appraisal::FoundAct;
use crate::client::{RuptureStyle, Shift, State};
use serde::{Deserialize, Serialize};

pub use crate::scenario::transcript::CloseReason;

/// An event with the turn it belongs to: the opening is turn 0, the answer to input n has turn n.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The turn.
    pub turn: u32,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum What {
    /// The session begins.
    SessionOpened {
        /// Scenario id.
        scenario: String,
        /// Digest of everything in the scenario that decides.
        digest: String,
        /// Engine version.
        engine: String,
        /// The seed.
        seed: u64,
        /// Session number.
        session: u32,
    },
    /// The client speaks or acts.
    ClientSaid {
        /// Words and `*gestures*`.
        text: String,
        /// The beat it came from (reaction, disclosure, topic or pool).
        beat: String,
        /// The thought behind it (shown only on asking).
        feel: String,
        /// Whether only a fallback answered.
        fallback: bool,
    },
    /// What the trainee said or did, neutralised for display.
    Heard {
        /// The words.
        text: String,
    },
    /// What it was.
    Appraised {
        /// 1 to 5 or null.
        empathy: Option<f64>,
        /// 1 to 5 or null.
        non_judgment: Option<f64>,
        /// 1 to 5 or null.
        listening: Option<f64>,
        /// The acts with their evidence.
        acts: Vec<FoundAct>,
    },
    /// The client changed.
    Shifted {
        /// Before.
        before: State,
        /// After.
        after: State,
        /// T before and after.
        trust: (f64, f64),
        /// Why.
        shifts: Vec<Shift>,
    },
    /// A rupture opened or grew.
    Ruptured {
        /// How it shows.
        style: RuptureStyle,
        /// 1 to 3.
        severity: u8,
        /// What did it.
        because: String,
    },
    /// A rupture was mended.
    Repaired {
        /// How.
        because: String,
    },
    /// A layer was told.
    Disclosed {
        /// The disclosure.
        id: String,
        /// 0 to 4.
        layer: u8,
    },
    /// A promise was made, kept or broken.
    Promised {
        /// The promise.
        id: String,
        /// `made`, `kept` or `broken`.
        state: String,
    },
    /// A script failed; the turn went on with the scenario's own table.
    ScriptFault {
        /// Which hook.
        hook: String,
        /// File, line and reason.
        message: String,
    },
    /// The trainee took this turn back: what it brought never happened.
    Undone,
    /// The trainee looked behind the scene.
    Looked {
        /// `hint` (a model reply), `feel` (the client's thought), `how` (what stayed unsaid), `why` (how a reply was scored).
        at: String,
        /// What was shown.
        text: String,
    },
    /// The session ends.
    SessionClosed {
        /// Why.
        reason: CloseReason,
    },
    /// The debrief, as data.
    Debrief {
        /// Its JSON form.
        debrief: serde_json::Value,
    },
}
