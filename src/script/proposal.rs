//! What a hook proposes. Every value is clamped here already; gates, ruptures and the client's state stay with the engine.

use crate::appraisal::Scale;
use crate::client::{Quality, Reaction, RuptureStyle};

/// What the client should say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// A line or reaction of the scenario, by its id.
    Line(String),
    /// These very words and `*gestures*`.
    Words(String),
}

/// What a hook proposes.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Proposal {
    /// What the client says; without it, the scenario's table answers.
    pub says: Option<Says>,
    /// What the client thinks and does not say.
    pub feels: Option<String>,
    /// Shifts with their reasons, −.2 to .2 each.
    pub shifts: Vec<(Quality, f64, String)>,
    /// Score adjustments with their reasons, −1 to 1 each.
    pub adjusts: Vec<(Scale, f64, String)>,
    /// Flags to set.
    pub sets: Vec<String>,
    /// Flags to clear.
    pub clears: Vec<String>,
    /// A disclosure to tell, if its gate is open.
    pub discloses: Option<String>,
    /// Nothing is told in this turn.
    pub withholds: bool,
    /// A rupture of this style and severity, 1 to 3.
    pub ruptures: Option<(RuptureStyle, u8)>,
    /// The client ends the session.
    pub ends: bool,
}

/// No script moves a score further than this: a script may know better than the codebook, not override it.
pub(super) const ADJUST_MOST: f64 = 1.0;
/// No script moves a quality further than this in one go.
pub(super) const SHIFT_MOST: f64 = 0.2;
/// So many shifts, adjustments and flags a proposal may hold; what goes beyond is dropped.
pub(super) const MOST_OF_EACH: usize = 8;

impl Proposal {
    /// Adds what concerns the client to what the engine weighs; line, thought and score adjustments stay with the session.
    pub fn add_to(&self, reaction: &mut Reaction) {
        for (quality, by, because) in &self.shifts {
            reaction.shift(*quality, *by, because.clone());
        }
        reaction.sets.extend(self.sets.iter().cloned());
        reaction.clears.extend(self.clears.iter().cloned());
        if let Some((style, severity)) = self.ruptures {
            reaction.rupture(style, severity);
        }
        if self.discloses.is_some() {
            reaction.discloses.clone_from(&self.discloses);
        }
        reaction.withholds |= self.withholds;
        reaction.ends |= self.ends;
    }

    /// Whether nothing at all is proposed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
