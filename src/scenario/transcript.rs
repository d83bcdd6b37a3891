//! A transcript is a session written down as a test that an author can read: what was said, and what should have come of it.
//!
//! ```ron
//! (
//!   format: 1,
//!   title: "Advice too early",
//!   why: "the client closes when told what to do before she is heard",
//!   turns: [
//!     (say: "You should write him a letter.", heard: [advice], trust: falls, client: ["I've tried that"]),
//!     (say: "That was too quick of me. You hadn't finished.", heard: [apology], trust: rises),
//!   ],
//!   ends: (trust: (0.0, 0.25), not_told: ["the_letters"]),
//! )
//! ```
//! Whatever is left out is not checked.

use crate::appraisal::Act;
use crate::client::Quality;
use serde::{Deserialize, Serialize};

/// A whole `transcripts/*.ron`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptFile {
    /// Always 1 for now.
    pub format: u32,
    /// What it shows, for the list.
    pub title: String,
    /// Why it is kept: the lesson or the mended bug.
    #[serde(default)]
    pub why: String,
    /// Which session of the scenario.
    #[serde(default = "one")]
    pub session: u32,
    /// The seed of every choice.
    #[serde(default = "one_seed")]
    pub seed: u64,
    /// Qualities set before the opening, each 0 to 1.
    #[serde(default)]
    pub set: Vec<(Quality, f64)>,
    /// Flags set before the opening.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Disclosures that count as told before the opening.
    #[serde(default)]
    pub told: Vec<String>,
    /// What the trainee says or does, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<TranscriptTurn>,
    /// A whole course instead of one session: its hours from the first on. `turns` stays empty, and `ends` is what holds at the end of the course.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<TranscriptHour>,
    /// What should hold after the close.
    #[serde(default)]
    pub ends: Option<TranscriptEnd>,
}

/// One session of a course.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptHour {
    /// The first line holds any of these fragments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opens: Vec<String>,
    /// What the trainee says or does, in order.
    pub turns: Vec<TranscriptTurn>,
    /// The last line holds any of these fragments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closes: Vec<String>,
    /// What should hold after the close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<TranscriptEnd>,
}

fn one() -> u32 {
    1
}

fn one_seed() -> u64 {
    1
}

pub use crate::scoring::CloseReason;

/// Which way trust should move in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moves {
    /// T rises by more than [`HOLDS_WITHIN`].
    Rises,
    /// T falls by more than [`HOLDS_WITHIN`].
    Falls,
    /// T moves by at most [`HOLDS_WITHIN`] either way.
    Holds,
}

/// A change of T that a reader of the trust chart would not see: half a point of a hundred.
pub const HOLDS_WITHIN: f64 = 0.005;

/// One turn: what is said, and what should come of it. Only `say` must be given.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranscriptTurn {
    /// As typed at the prompt: words, `*nods*`, `(silence)`.
    pub say: String,
    /// Acts that must all be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heard: Vec<Act>,
    /// Acts that must not be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_heard: Vec<Act>,
    /// Which way T moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Moves>,
    /// Score, at least and at most, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empathy: Option<(f64, f64)>,
    /// Likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_judgment: Option<(f64, f64)>,
    /// Likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listening: Option<(f64, f64)>,
    /// The answer holds any of these fragments (case and typographic quotes do not matter).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client: Vec<String>,
    /// The answer came from any of these: ids of lines, reactions, topics, disclosures, or `fallback`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beat: Vec<String>,
    /// This is told in answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discloses: Option<String>,
    /// Whether a rupture opens or grows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruptures: Option<bool>,
    /// Whether a rupture is mended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repairs: Option<bool>,
    /// Whether the client ends the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves: Option<bool>,
}

/// What should hold after the close.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TranscriptEnd {
    /// T at the close, at least and at most, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust: Option<(f64, f64)>,
    /// Disclosures that were all told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<String>,
    /// Disclosures of which none was told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_told: Vec<String>,
    /// Why it closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CloseReason>,
    /// Promises that were all kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// Promises that were all broken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<String>,
    /// In a course: whether the client comes to the next session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns: Option<bool>,
}
