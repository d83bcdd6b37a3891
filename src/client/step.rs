//! The arithmetic of one turn. It keeps order: of two clients who hear the same, the one who stood higher still does.

use super::reaction::Felt;
use super::trust::WEIGHTS;
use super::{Quality, State};

/// The four qualities that make T.
pub(super) const FOUR: [Quality; 4] = [Quality::Safety, Quality::Bond, Quality::Understood, Quality::Agency];
/// A shift below this is not worth a sentence.
pub(super) const WORTH_TELLING: f64 = 0.0005;
/// The most that one turn gains of the way to 1. With `MOST_LOST` it keeps the arithmetic in order (1 − .3 − .94 × .7 is not below 0). [G]
const MOST_GAINED: f64 = 0.3;
/// The most that one turn loses.
const MOST_LOST: f64 = 0.7;
/// A loss is so large where there is nothing to lose, and full where there is everything: who has given little has less to take back. [G]
const AT_NOTHING: f64 = 0.06;

/// Each step of severity of each rupture, mended or not, lowers what safety, bond, understood and agency can reach by this: what was torn once is
/// mended, not new. It goes by severity alone, so that it weighs the same on every client. Without it fifty good turns would close the gap that an
/// insult left. [G]
const SCAR: f64 = 0.03;
/// Scars do not close the way for good.
const SCARS_AT_MOST: f64 = 0.3;

/// A loss of this size where the quality stands at `value`.
pub(super) fn shaped(loss: f64, value: f64) -> f64 {
    loss * (AT_NOTHING + (1.0 - AT_NOTHING) * value)
}

/// What one felt effect does to a quality that stands at `value`.
pub(super) fn by(felt: &Felt, value: f64, ceiling: f64) -> f64 {
    if felt.amount >= 0.0 {
        felt.amount * (ceiling - value).max(0.0)
    } else if felt.authored {
        felt.amount
    } else if felt.quality == Quality::Arousal {
        felt.amount * value
    } else {
        -shaped(-felt.amount, value)
    }
}

/// All effects of one turn, summed by quality.
pub(super) struct Step {
    /// Where the turn began; filled in when it is felt.
    pub(super) from: State,
    gains: [f64; 6],
    /// What the four qualities can reach, below 1 after ruptures.
    pub(super) ceiling: f64,
    losses: [f64; 6],
    flat: [f64; 6],
    /// The weight in T of the losses that may tear, before they meet the state.
    pub(super) raw: f64,
}

impl Step {
    pub(super) fn of(felt: &[Felt], from: State, scars: u8) -> Self {
        let ceiling = 1.0 - (SCAR * f64::from(scars)).min(SCARS_AT_MOST);
        let mut step = Self { from, ceiling, gains: [0.0; 6], losses: [0.0; 6], flat: [0.0; 6], raw: 0.0 };
        for felt in felt.iter().filter(|felt| felt.amount.is_finite()) {
            let index = felt.quality as usize;
            if felt.amount >= 0.0 {
                step.gains[index] += felt.amount;
            } else if felt.authored {
                step.flat[index] -= felt.amount;
            } else {
                step.losses[index] -= felt.amount;
            }
            if felt.amount < 0.0 && felt.may_rupture {
                let weight = WEIGHTS.iter().find(|(quality, _)| *quality == felt.quality).map_or(0.0, |(_, weight)| *weight);
                step.raw -= weight * felt.amount;
            }
        }
        for (gain, loss) in step.gains.iter_mut().zip(&mut step.losses) {
            *gain = gain.min(MOST_GAINED);
            *loss = loss.min(MOST_LOST);
        }
        step
    }

    /// While something is torn nothing is earned; arousal may still be stirred.
    pub(super) fn earn_nothing(&mut self) {
        for quality in FOUR.into_iter().chain([Quality::Hope]) {
            self.gains[quality as usize] = 0.0;
        }
    }

    /// Where a quality that stood at `value` stands after this turn. Never falls as `value` rises.
    pub(super) fn moves(&self, quality: Quality, value: f64) -> f64 {
        let index = quality as usize;
        let loss = if quality == Quality::Arousal { self.losses[index] * value } else { shaped(self.losses[index], value) };
        let ceiling = if FOUR.contains(&quality) { self.ceiling } else { 1.0 };
        (value + self.gains[index] * (ceiling - value).max(0.0) - loss - self.flat[index]).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_turn_keeps_the_order_of_two_clients() {
        let felt = |amount| Felt { quality: Quality::Bond, amount, because: String::new(), factor: None, authored: false, may_rupture: true };
        for (gain, loss) in [(0.0, -1.0), (1.0, -1.0), (0.1, -0.4), (0.3, 0.0)] {
            let step = Step::of(&[felt(gain), felt(loss)], State::default(), 2);
            let steps: Vec<f64> = (0..=20).map(|tenth| step.moves(Quality::Bond, f64::from(tenth) / 20.0)).collect();
            assert!(steps.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12), "{steps:?}");
        }
    }
}
