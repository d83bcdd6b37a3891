//! Trust is what has come in; guard is what is held against it; openness is what is left to speak with.

use super::{Client, Quality, State};

/// How much each quality counts in T: safety first, for a client who does not feel safe hears nothing else (clinical.md, section 4).
pub(super) const WEIGHTS: [(Quality, f64); 4] = [(Quality::Safety, 0.35), (Quality::Bond, 0.25), (Quality::Understood, 0.25), (Quality::Agency, 0.15)];

/// Arousal up to here needs no guard of its own (clinical.md, section 4).
const CALM: f64 = 0.65;
/// What arousal above calm adds to the guard (clinical.md, section 4).
const STIRRED: f64 = 0.6;
/// What an open rupture adds to the guard (clinical.md, section 4).
const HURT: f64 = 0.25;
/// How much of trust the guard holds back (clinical.md, section 4).
const HELD_BACK: f64 = 0.75;

impl State {
    /// Trust T, 0 to 1: .35 safety + .25 bond + .25 understood + .15 agency.
    #[must_use]
    pub fn trust(&self) -> f64 {
        WEIGHTS.iter().map(|(quality, weight)| weight * self.get(*quality)).sum()
    }

    /// Guard G, 0 to about 1.5, for a client of this mistrust (0 to 1).
    #[must_use]
    pub fn guard(&self, mistrust: f64, rupture_open: bool) -> f64 {
        let stirred = (self.arousal - CALM).max(0.0);
        mistrust * (1.0 - self.trust()) + STIRRED * stirred + if rupture_open { HURT } else { 0.0 }
    }

    /// Capacity to disclose D, 0 to 1.
    #[must_use]
    pub fn openness(&self, mistrust: f64, rupture_open: bool) -> f64 {
        (self.trust() * (1.0 - HELD_BACK * self.guard(mistrust, rupture_open))).clamp(0.0, 1.0)
    }
}

impl Client {
    /// Trust T, 0 to 1.
    #[must_use]
    pub fn trust(&self) -> f64 {
        self.now.state.trust()
    }

    /// Guard G, 0 to about 1.5.
    #[must_use]
    pub fn guard(&self) -> f64 {
        self.now.state.guard(self.mistrust(), self.now.rupture.is_some())
    }

    /// Capacity to disclose D, 0 to 1; gates and bands go by it.
    #[must_use]
    pub fn openness(&self) -> f64 {
        self.now.state.openness(self.mistrust(), self.now.rupture.is_some())
    }

    /// The temperament's mistrust, inside 0 to 1.
    pub(super) fn mistrust(&self) -> f64 {
        super::unit(self.nature.temperament.mistrust)
    }
}
