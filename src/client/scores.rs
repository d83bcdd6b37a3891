//! Which score moves what: understood by empathy and listening, safety by non-judgment, bond by empathy and non-judgment.
//!
//! Trust is slow to gain and quick to lose: this module holds both speeds. A score that is none moves nothing; a 3 moves nothing either.

use super::Quality::{self, Bond, Safety, Understood};
use crate::appraisal::{Scale, TrustFactor};

/// One way from a score to a quality.
pub(super) struct Way {
    pub(super) scale: Scale,
    pub(super) quality: Quality,
    /// `a` of the gain rule; summed over a quality it is .06 to .085 (clinical.md, section 4, "Gain").
    pub(super) a: f64,
    pub(super) row: TrustFactor,
    pub(super) up: &'static str,
    pub(super) down: &'static str,
}

/// Clinical.md, section 4, "Which score moves what".
pub(super) static WAYS: &[Way] = &[
    Way { scale: Scale::Empathy, quality: Understood, a: 0.040, row: TrustFactor::Empathy, up: "The feeling was met.", down: "The feeling was missed." },
    Way {
        scale: Scale::Listening,
        quality: Understood,
        a: 0.035,
        row: TrustFactor::ActiveListening,
        up: "It was listened to closely.",
        down: "It was not listened to.",
    },
    Way {
        scale: Scale::NonJudgment,
        quality: Safety,
        a: 0.068,
        row: TrustFactor::NonJudgment,
        up: "It could be said without being judged.",
        down: "It was judged.",
    },
    Way {
        scale: Scale::Empathy,
        quality: Bond,
        a: 0.032,
        row: TrustFactor::Empathy,
        up: "Somebody cared what it is like.",
        down: "Nobody seemed to care what it is like.",
    },
    Way { scale: Scale::NonJudgment, quality: Bond, a: 0.030, row: TrustFactor::NonJudgment, up: "It was accepted.", down: "It was looked down on." },
];

/// x of the handbook; a loss goes by its square, so that a middling reply (2.5) costs a sixteenth of the worst one and ordinary clumsiness is forgiven.
/// Read from simulated novices: the rubric's scores lie mostly between 2 and 3, and with a straight line no well-meaning novice ever got anywhere.
///
/// −1 at a score of 1, 0 at 3, 1 at 5.
pub(super) fn above_middle(points: f64) -> f64 {
    ((points - 3.0) / 2.0).clamp(-1.0, 1.0)
}
