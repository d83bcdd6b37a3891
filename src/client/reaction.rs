//! What a reply would do to the client, as a proposal. A script or the scenario's table may add to it; the engine disposes.

use super::moment::PromiseHeard;
use super::{Quality, RuptureStyle};
use crate::appraisal::TrustFactor;
use serde::{Deserialize, Serialize};

/// The widest authored shift; a script cannot do in one line what ten good replies do. Contract of the scenario's `shifts`.
pub(super) const AUTHORED_MAX: f64 = 0.2;

/// One felt effect on one quality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Felt {
    /// Which quality.
    pub quality: Quality,
    /// Above 0: the share of the way to 1 that is gained. Below 0: the size of the loss. −1 to 1.
    pub amount: f64,
    /// The reason, one sentence.
    pub because: String,
    /// The matrix row it belongs to, if one.
    pub factor: Option<TrustFactor>,
    /// Written by an author: taken as it stands, not softened by where the quality is.
    pub authored: bool,
    /// Whether a loss of this kind can open a rupture. What depends on how the client is does not, so that a better state never hurts more.
    pub may_rupture: bool,
}

/// What a reply would do. Made by [`Client::weigh`](super::Client::weigh), added to by scripts and scenario, done by [`Client::apply`](super::Client::apply).
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Reaction {
    /// The felt effects, in the order of their reasons.
    pub felt: Vec<Felt>,
    /// Flags to set.
    pub sets: Vec<String>,
    /// Flags to clear.
    pub clears: Vec<String>,
    /// An authored trigger: opens a rupture of this style and severity (1 to 3), or adds one to an open one.
    pub ruptures: Option<(RuptureStyle, u8)>,
    /// A disclosure that a script proposes; the gate decides.
    pub discloses: Option<String>,
    /// Nothing is told in this turn, whatever the gates say.
    pub withholds: bool,
    /// The client ends the session.
    pub ends: bool,
    /// What memory takes from the turn.
    pub(super) noted: Noted,
}

/// What memory takes from a turn.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Noted {
    pub(super) is_turn: bool,
    pub(super) session: u32,
    pub(super) turn: u32,
    pub(super) acts: u64,
    pub(super) rows: u32,
    pub(super) topics: Vec<String>,
    pub(super) carried: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) promises: Vec<PromiseHeard>,
    pub(super) invites: bool,
    pub(super) silent: bool,
    pub(super) listening: Option<f64>,
    pub(super) roadblock: Option<String>,
    pub(super) insulted: Option<String>,
    pub(super) after_disclosure: bool,
    pub(super) owns: bool,
    pub(super) explores: bool,
    pub(super) avoids: Option<String>,
    /// What avoids was found by more than the shape of the reply.
    pub(super) avoids_surely: bool,
    pub(super) belittles: Option<String>,
    pub(super) warmth: f64,
    pub(super) check_in: bool,
    pub(super) confidentiality: bool,
    pub(super) overwhelmed: bool,
    pub(super) disengaged: bool,
    pub(super) words_factor: f64,
    pub(super) short: f64,
}

impl Reaction {
    /// An authored shift: −.2 to .2, clamped; what is not a number is nothing.
    pub fn shift(&mut self, quality: Quality, by: f64, because: impl Into<String>) -> &mut Self {
        if by.is_finite() && by != 0.0 {
            self.felt.push(Felt {
                quality,
                amount: by.clamp(-AUTHORED_MAX, AUTHORED_MAX),
                because: because.into(),
                factor: None,
                authored: true,
                may_rupture: false,
            });
        }
        self
    }

    /// An authored trigger of a rupture.
    pub fn rupture(&mut self, style: RuptureStyle, severity: u8) -> &mut Self {
        self.ruptures = Some((style, severity.clamp(1, 3)));
        self
    }
}
