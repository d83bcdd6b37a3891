//! Both speeds of trust: what slows a gain, what makes a loss larger.

use super::{Client, Moment};
use crate::appraisal::{Act, Appraisal};

/// How much of a gain full mistrust holds back (clinical.md, section 4, "Gain").
const HOLDS_BACK: f64 = 0.5;
/// The reply after a disclosure counts so many times (clinical.md, section 4, "A disclosure is a test").
pub(super) const TEST: f64 = 1.5;
/// How much of a gain is lost where the reply only repeats. [G]
const MERE_ECHO: f64 = 0.75;
/// The range of λ and of pace that a scenario may set; beyond it a client is no longer playable.
const LOSS_RANGE: (f64, f64) = (0.5, 6.0);
const PACE_RANGE: (f64, f64) = (0.5, 2.0);
/// The range of one sensitivity, as the docs of `Sensitivity` promise.
const SENSITIVITY_RANGE: (f64, f64) = (0.25, 4.0);
/// Below this non-judgment nothing kind in the same reply is heard; at 3 all of it is. Between them it is heard in part.
const DROWNED: f64 = 1.5;

/// An author's factor inside its range; what is not a number counts as 1.
fn within(value: f64, (low, high): (f64, f64)) -> f64 {
    if value.is_nan() { 1.0 } else { value.clamp(low, high) }
}

impl Client {
    /// The factor on every gain: mistrust, pace, the test after a disclosure, and how far a roadblock in the same reply drowns it.
    pub(super) fn gain_speed(&self, appraisal: &Appraisal, moment: &Moment) -> f64 {
        let heard = appraisal.scores.non_judgment.as_ref().map_or(1.0, |score| ((score.points - DROWNED) / (3.0 - DROWNED)).clamp(0.0, 1.0));
        self.plain_gain_speed() * test(moment) * heard * echoed(appraisal)
    }

    /// The factor on a gain that no words bring: mistrust and pace.
    pub(super) fn plain_gain_speed(&self) -> f64 {
        (1.0 - HOLDS_BACK * self.mistrust()) * within(self.nature.temperament.pace, PACE_RANGE)
    }

    /// λ(1+mistrust): the factor on a loss that no single reply's words or topic make larger.
    pub(super) fn base_loss_speed(&self) -> f64 {
        within(self.nature.temperament.loss, LOSS_RANGE) * (1.0 + self.mistrust())
    }

    /// The factor on every loss: λ(1+mistrust), the client's sensitivities, the test after a disclosure.
    pub(super) fn loss_speed(&self, appraisal: &Appraisal, moment: &Moment) -> f64 {
        self.base_loss_speed() * self.sensitivity(appraisal, moment) * test(moment)
    }

    /// The largest sensitivity that this reply touches; where only smaller ones are touched, the smallest; 1 where none is.
    fn sensitivity(&self, appraisal: &Appraisal, moment: &Moment) -> f64 {
        let touched = self.nature.temperament.sensitivities.iter().filter(|sensitivity| {
            sensitivity.act.is_some_and(|act| appraisal.does(act)) || sensitivity.topic.as_ref().is_some_and(|topic| moment.topics.contains(topic))
        });
        let (mut high, mut low) = (1.0f64, 1.0f64);
        for sensitivity in touched {
            let times = within(sensitivity.times, SENSITIVITY_RANGE);
            high = high.max(times);
            low = low.min(times);
        }
        if high > 1.0 { high } else { low }
    }
}

/// Saying the client's words back unchanged earns little, however well they fit (clinical.md, section 2, `parroting`; the rubric's 2).
fn echoed(appraisal: &Appraisal) -> f64 {
    1.0 - MERE_ECHO * appraisal.found(Act::Parroting).map_or(0.0, |found| super::unit(found.strength))
}

fn test(moment: &Moment) -> f64 {
    if moment.after_disclosure { TEST } else { 1.0 }
}
