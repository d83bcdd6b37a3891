//! What a client shows is not what is: a pleasing client says nine of ten while understanding falls. A check-in asks, and the answer is worth as much as the client's courage.

use super::change::Revealed;
use super::{Client, Quality};

/// From this credulity on a client hides a loss behind agreement (clinical.md, section 4, "Masks"). [G]
const HIDES: f64 = 0.5;
/// "Nine of ten": where a wholly pleasing client's outward answer lies. Clinical.md, section 4, "Masks".
const NINE_OF_TEN: f64 = 0.9;
/// An answer this far above the truth is a mask. [G]
const MASKED: f64 = 0.15;
/// What a pleasing client loses in `understood` with each reply that is agreed to and does not fit, before the speed of loss. [G]
pub(super) const AGREED_TO: f64 = 0.008;

impl Client {
    /// Whether this client hides hurt behind agreement.
    #[must_use]
    pub fn pleases(&self) -> bool {
        super::unit(self.nature.temperament.credulity) >= HIDES
    }

    /// What an honest or less honest answer to "how is this for you?" would speak of: the quality of the four that lacks most.
    #[must_use]
    pub fn reveals(&self) -> Revealed {
        let four = [Quality::Safety, Quality::Bond, Quality::Understood, Quality::Agency];
        let quality =
            four.into_iter().fold(Quality::Safety, |least, quality| if self.now.state.get(quality) < self.now.state.get(least) { quality } else { least });
        let inward = self.now.state.get(quality);
        let credulity = super::unit(self.nature.temperament.credulity);
        let outward = inward + credulity * (NINE_OF_TEN - inward).max(0.0);
        Revealed { quality, outward, inward, masked: self.pleases() && outward - inward > MASKED }
    }
}
