//! Mending: the trainee names an own part and then names, explores or validates what happened. It gives back most of what was lost, never all.
//!
//! Repair never pays. While a rupture is open nothing else is earned, the windows of memory stand still, and arousal does not fall below where
//! it was; mending gives back at most four fifths; and the resilience it leaves saves, at the next loss, at most what stayed unrestored. So of
//! two histories that differ only by an insult and its repair, the one without is never behind (held by a property test).

use super::reaction::Noted;
use super::standing::Rupture;
use crate::appraisal::{Act, Appraisal, Scale};

/// The most that is given back (clinical.md, section 4, "Repair never pays").
pub(super) const AT_MOST: f64 = 0.8;
/// The least, by a mending that just passes. [G]
const AT_LEAST: f64 = 0.4;
/// After a repair the next loss is so many times as large (clinical.md, section 4).
pub(super) const RESILIENT: f64 = 0.7;
/// A loss smaller than this, in T before it meets the state, does not use up the resilience. [G]
pub(super) const NOTICED: f64 = 0.01;
/// A severe rupture is explored twice before it is mended (3RS: resolution takes more than one exchange). [G]
const SEVERE_EXPLORED: u8 = 2;
/// Below this non-judgment or listening an apology mends nothing.
const GENUINE: f64 = 2.5;

/// Takes note of what mends: own part, exploring, and how warmly.
pub(super) fn note(noted: &mut Noted, appraisal: &Appraisal) {
    let points = |scale| appraisal.scores.points(scale);
    let genuine = |scale| points(scale).is_none_or(|points| points >= GENUINE);
    if !genuine(Scale::NonJudgment) || !genuine(Scale::Listening) {
        return;
    }
    noted.owns = appraisal.does(Act::Apology);
    noted.explores = appraisal.acts.iter().any(|found| {
        matches!(
            found.act,
            Act::Immediacy
                | Act::Validation
                | Act::OpenQuestion
                | Act::CheckIn
                | Act::EmotionNaming
                | Act::ComplexReflection
                | Act::SimpleReflection
                | Act::AutonomySupport
        )
    });
    let three = [Scale::Empathy, Scale::NonJudgment, Scale::Listening];
    let sum: f64 = three.iter().map(|scale| points(*scale).unwrap_or(1.0)).sum();
    noted.warmth = sum / 3.0;
}

/// The share of the loss that a mending of this warmth (mean score, 1 to 5) gives back.
pub(super) fn gives_back(warmth: f64) -> f64 {
    AT_LEAST + (AT_MOST - AT_LEAST) * ((warmth - 2.0) / 2.0).clamp(0.0, 1.0)
}

impl Rupture {
    /// Takes the step that this reply makes towards mending; whether it is mended now.
    pub(super) fn mended_by(&mut self, noted: &Noted) -> bool {
        self.owned |= noted.owns;
        if self.owned && noted.explores {
            self.explored = self.explored.saturating_add(1);
        }
        self.owned && self.explored >= if self.severity >= 3 { SEVERE_EXPLORED } else { 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mending_never_gives_back_more_than_four_fifths() {
        for warmth in [0.0, 1.0, 2.5, 3.0, 4.0, 5.0, 50.0] {
            let share = gives_back(warmth);
            assert!((AT_LEAST..=AT_MOST).contains(&share), "{share}");
        }
    }
}
