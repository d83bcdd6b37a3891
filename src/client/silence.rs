//! Silence is an answer too: after feeling it holds, after a client's question at high arousal it presses, and three in a row leave the client alone.

use super::{Client, Moment};

/// Three silences in a row (clinical.md, section 4, "Silence").
pub(super) const ALONE: u8 = 3;
/// What a silence that presses costs in safety, before the client's own speed of loss. [G]
pub(super) const PRESSES: f64 = 0.012;
/// What being left alone costs in bond and in agency, before the client's own speed of loss. [G]
pub(super) const LEFT_ALONE: f64 = 0.020;

impl Client {
    /// A silence now would press: the client has asked something, or is near the end of what can be borne.
    pub(super) fn silence_presses(&self, moment: &Moment) -> bool {
        moment.after_question && self.is_tense() && !moment.after_feeling && !moment.after_disclosure
    }

    /// A silence now would hold: the client has just shown feeling or told something.
    pub(super) fn silence_holds(&self, moment: &Moment) -> bool {
        moment.after_feeling || moment.after_disclosure
    }
}
