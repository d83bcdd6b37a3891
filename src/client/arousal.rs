//! How stirred up the client is: probing raises it, choice and quiet lower it, and above the window nothing is taken in (Siegel).

use super::{Client, Moment};
use crate::appraisal::{Act, Appraisal, Kind};

/// The share of the way to 1 that an act stirs, at full strength. Order after clinical.md, section 4, "Arousal": threat, then pressure and "why", then probing. [G]
fn stirs(act: Act) -> f64 {
    match act {
        Act::ConfidentialityBreach => 0.12,
        Act::Pressure | Act::Warning | Act::Blame => 0.08,
        Act::Interrogation | Act::Labelling | Act::Sarcasm | Act::Disbelief | Act::Moralising | Act::Stereotype => 0.06,
        Act::WhyChallenge => 0.05,
        Act::PrematureInterpretation | Act::Dismissal | Act::Directing => 0.04,
        Act::LeadingQuestion | Act::RiskQuestion | Act::TopicShift => 0.02,
        _ => 0.0,
    }
}

/// The share of itself that arousal loses by an act, at full strength. [G]
fn settles(act: Act) -> f64 {
    match act {
        Act::AutonomySupport => 0.06,
        Act::Silence => 0.05,
        Act::Presence | Act::Confidentiality | Act::PermissionSeeking => 0.04,
        Act::Validation | Act::Normalising | Act::Structuring | Act::Boundary => 0.03,
        Act::Encourager => 0.01,
        _ => 0.0,
    }
}

/// An empathic reply (4 or more) settles by itself. [G]
const MET: f64 = 0.03;
/// A fitting silence settles (clinical.md, section 4). A silence that does not fit stirs by as much.
const QUIET: f64 = 0.05;
/// The body comes back to its usual level by this share of the distance each turn. [K] arousal decays within minutes when nothing feeds it.
pub(super) const BACK: f64 = 0.05;
/// Being asked too deep stirs by this for each layer too far. [G]
pub(super) const TOO_DEEP: f64 = 0.04;
/// A rupture stirs by this for each step of severity. [G]
pub(super) const HURT: f64 = 0.05;
/// So near to the window a question followed by silence is pressure, not presence. [G]
const NEAR: f64 = 0.12;

impl Client {
    /// What the reply does to arousal: above 0 the share of the way to 1, below 0 the share of itself that goes.
    pub(super) fn stirred_by(&self, appraisal: &Appraisal, moment: &Moment) -> (f64, f64) {
        let (mut up, mut down) = (0.0, 0.0);
        let believed = super::weigh::credit(appraisal);
        for found in &appraisal.acts {
            up += stirs(found.act) * super::unit(found.strength) * super::weigh::hinders(appraisal);
            down += settles(found.act) * super::unit(found.strength) * believed;
        }
        if appraisal.scores.empathy.as_ref().is_some_and(|score| score.points >= 4.0) {
            down += MET;
        }
        if appraisal.kind == Kind::Silence {
            if self.silence_presses(moment) {
                up += QUIET;
            } else {
                down += QUIET;
            }
        }
        (up.min(0.5), down.min(0.5))
    }

    /// Above the window of tolerance: the client takes nothing in.
    #[must_use]
    pub fn is_overwhelmed(&self) -> bool {
        self.now.state.arousal > super::unit(self.nature.temperament.window)
    }

    /// Near or above the window.
    pub(super) fn is_tense(&self) -> bool {
        self.now.state.arousal > super::unit(self.nature.temperament.window) - NEAR
    }
}
